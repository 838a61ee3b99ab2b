"""Page breaks between days, so that no merged date is torn over two pages."""

from collections.abc import Sequence
from typing import NamedTuple

from zhiban.io.look import UNIT_PIXELS

A4_SHORT = 595.0
A4_LONG = 842.0
MARGINS = 0.6 * 72
MARGINS_BOTTOM = 0.75 * 72
CELL_PADDING = 5 / UNIT_PIXELS
SAFETY = 0.95
"""Part of the page that is counted on: programs lay out Chinese fonts a little differently."""


class Piece(NamedTuple):
    """Rows `first` to `last` (exclusive) of a day that are printed together; `new_page`: a page begins before it."""

    day: int
    first: int
    last: int
    new_page: bool


def page_height(landscape: bool) -> float:
    """Printable height in points that is counted on."""
    return ((A4_SHORT if landscape else A4_LONG) - MARGINS - MARGINS_BOTTOM) * SAFETY


def page_units(landscape: bool) -> float:
    """Printable width in Excel's unit at full size."""
    return ((A4_LONG if landscape else A4_SHORT) - 2 * MARGINS) / 72 * 96 / UNIT_PIXELS


def scale_of(widths: Sequence[float], landscape: bool) -> float:
    """How far a page is shrunk to be one page wide; never enlarged."""
    return min(1.0, page_units(landscape) / (sum(widths) + CELL_PADDING * len(widths)))


def paged(sizes: Sequence[int], capacity: int, first_capacity: int | None = None) -> list[Piece]:
    """Lay days of so many rows on pages of so many rows; a day larger than a page is cut into even pieces."""
    pieces: list[Piece] = []
    room = capacity if first_capacity is None else first_capacity
    for day, size in enumerate(sizes):
        if size <= room:
            pieces.append(Piece(day, 0, size, False))
            room -= size
            continue
        parts = -(-size // capacity)
        length = -(-size // parts)
        for first in range(0, size, length):
            last = min(size, first + length)
            new_page = bool(pieces)
            pieces.append(Piece(day, first, last, new_page))
            room = capacity - (last - first)
    return pieces
