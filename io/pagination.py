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


def paged(heights: Sequence[Sequence[float]], room: float) -> list[Piece]:
    """Lay days on pages: for each day the heights of its rows, `room` what a page holds of them, all in points.

    A day is kept together where a page can hold it, else cut into pieces of a page each.
    """
    pieces: list[Piece] = []
    left = room
    for day, rows in enumerate(heights):
        total = sum(rows)
        if total > left and pieces:
            left = 0.0
        if total <= left or total <= room:
            pieces.append(Piece(day, 0, len(rows), total > left))
            left = (left if total <= left else room) - total
            continue
        for first, last in _cuts(rows, room):
            pieces.append(Piece(day, first, last, bool(pieces)))
            left = room - sum(rows[first:last])
    return pieces


def _cuts(rows: Sequence[float], room: float) -> list[tuple[int, int]]:
    """Runs of rows that fit a page each, of about the same height."""
    even = sum(rows) / -(-sum(rows) // room)
    runs: list[tuple[int, int]] = []
    first, height = 0, 0.0
    for number, row in enumerate(rows):
        if number > first and (height + row > room or height + row / 2 > even):
            runs.append((first, number))
            first, height = number, 0.0
        height += row
    return [*runs, (first, len(rows))]


def page_heights(heights: Sequence[Sequence[float]], room: float) -> list[float]:
    """How much stands on each page."""
    pages = [0.0]
    for piece in paged(heights, room):
        if piece.new_page:
            pages.append(0.0)
        pages[-1] += sum(heights[piece.day][piece.first : piece.last])
    return pages
