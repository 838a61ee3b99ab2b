"""Cells as an .xlsx file holds them: values, places (C7), number formats that show dates, date serials."""

import math
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

Plain = str | float | bool
"""What stands in a cell: text, number (dates are serials) or truth value."""


class RawCell(NamedTuple):
    """One filled cell. `value` None: a formula without a cached value. `dated`: a number shown as date or time."""

    row: int
    column: int
    value: Plain | None
    dated: bool = False
    formula: bool = False
    error: bool = False


@dataclass(slots=True)
class RawRow:
    """The filled cells of one worksheet row."""

    number: int
    hidden: bool
    cells: list[RawCell]


@dataclass(slots=True)
class SheetFrame:
    """What is known of a sheet beside its cells; columns and rows count from 1. Filled while the rows are read."""

    hidden_columns: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    merged: list[tuple[int, int, int, int]] = field(default_factory=list[tuple[int, int, int, int]])
    """First row, first column, last row, last column."""


_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d*)")


def column_number(place: str) -> int:
    """A and A7 → 1, AA → 27; 0 where no letter comes first."""
    return _number_of_letters(place.rstrip("0123456789"))


@lru_cache(maxsize=1024)
def _number_of_letters(place: str) -> int:
    number = 0
    for letter in place:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter.upper()) - 64
    return number


def column_letters(column: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def area(reference: str) -> tuple[int, int, int, int]:
    first, _, last = reference.partition(":")
    begin, finish = _PLACE.fullmatch(first), _PLACE.fullmatch(last or first)
    if begin is None or finish is None:
        raise ValueError(reference)
    return (
        int(begin[2] or 1),
        column_number(begin[1]),
        int(finish[2] or 1_048_576),
        column_number(finish[1]),
    )


BUILT_IN_DATES = frozenset(str(n) for n in (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Number formats for dates and times that no file spells out (ECMA-376 18.8.30, the Chinese ones included)."""

_NOT_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


def shows_date(code: str) -> bool:
    """Whether a number format shows a date or a time: a y, m, d, h or s outside quotes, escapes and colours."""
    section = code.split(";")[0]
    if section.strip().lower() in {"general", "g/通用格式", "@"}:
        return False
    return re.search("[ymdhs]", _NOT_DATE.sub("", section), re.IGNORECASE) is not None


_EPOCH_1900 = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_LAST_SERIAL = 2_958_465


def serial_datetime(serial: float, epoch_1904: bool = False) -> datetime | None:
    """A spreadsheet's date serial as a moment, rounded to the second; None outside 1900 to 9999.

    Serials below 61 lie before 1900-03-01, where spreadsheets count a 29 February 1900 that never was; no date of
    ours lies there, so they are not corrected.
    """
    if not math.isfinite(serial) or not 0 <= serial <= _LAST_SERIAL:
        return None
    epoch = _EPOCH_1904 if epoch_1904 else _EPOCH_1900
    return epoch + timedelta(seconds=round(serial * 86_400))
