"""Typed cells of a machine sheet, as written by the program or saved again by Excel, WPS or LibreOffice.

Every cell that cannot be read becomes a complaint with its place; the reading goes on, so that all are told at once.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from zhiban.io.look import EPOCH
from zhiban.io.raw_workbook import RawCell, RawWorkbook, SheetEntry, SheetFrame, column_letters
from zhiban.model.errors import Complaint

Kind = TypeVar("Kind", bound=StrEnum)

MIDNIGHT = 1440
_DATE = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})日?")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
_LIST_MARKS = re.compile(r"[;；、,，\n]+")


def plain_text(cell: RawCell | None) -> str:
    """The text of a cell, NFKC and stripped; a whole number without its .0, an empty cell as the empty text."""
    if cell is None or cell.value is None:
        return ""
    if isinstance(cell.value, bool):
        return "是" if cell.value else "否"
    if isinstance(cell.value, (int, float)):
        return str(int(cell.value)) if float(cell.value).is_integer() else repr(cell.value)
    return _tidy(cell.value)


@lru_cache(maxsize=8192)
def _tidy(text: str) -> str:
    """NFKC and stripped; the same few texts fill most cells of a roster."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip()


def plain_name(value: object) -> str:
    """The text of a cell as openpyxl gives it."""
    if isinstance(value, (int, float)):
        return str(int(value)) if float(value).is_integer() else str(value)
    return unicodedata.normalize("NFKC", str(value or "")).strip()


def as_day(cell: RawCell | None) -> date | None:
    """A date from a serial or a text such as 2026-11-21; None for anything else."""
    if cell is None:
        return None
    if isinstance(cell.value, float) and 1 <= cell.value < 2_958_466:
        return EPOCH + timedelta(int(cell.value))
    found = _DATE.match(plain_text(cell))
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def as_minutes(cell: RawCell | None) -> int | None:
    """Minutes from midnight from a fraction of a day or a text such as 9:00; 1 and 24:00 are the end of the day."""
    if cell is None:
        return None
    if isinstance(cell.value, float) and cell.value >= 0:
        part = cell.value if cell.value <= 1 else cell.value % 1
        return round(part * MIDNIGHT)
    found = _TIME.fullmatch(plain_text(cell))
    minutes = int(found[1]) * 60 + int(found[2]) if found else MIDNIGHT + 1
    return minutes if minutes <= MIDNIGHT else None


def as_whole(cell: RawCell | None) -> int | None:
    """A whole number; None for anything else."""
    if cell is not None and isinstance(cell.value, float) and abs(cell.value) < 1e12 and cell.value.is_integer():
        return int(cell.value)
    text = plain_text(cell)
    return int(text) if re.fullmatch(r"-?\d{1,12}", text) else None


@dataclass(slots=True)
class Table:
    """The rows of one machine sheet; `complaints` gathers what cannot be read."""

    sheet: str
    places: dict[str, int]
    rows: list[tuple[int, dict[int, RawCell]]]
    complaints: list[Complaint]

    def records(self) -> Iterator["TableRow"]:
        """The rows below the header, blank ones left out."""
        for number, cells in self.rows:
            yield TableRow(self, number, cells)


@dataclass(slots=True)
class TableRow:
    """One row of a machine sheet, read column by column."""

    table: Table
    number: int
    cells: dict[int, RawCell] = field(repr=False)

    def cell(self, column: str) -> RawCell | None:
        """The raw cell of a column."""
        return self.cells.get(self.table.places.get(column, 0))

    def place(self, column: str) -> str:
        """Sheet and cell as people write it."""
        place = self.table.places.get(column, 0)
        return f"{self.table.sheet}!{column_letters(place) if place else '?'}{self.number}"

    def text(self, column: str) -> str:
        """Text, empty for an empty cell."""
        return plain_text(self.cell(column))

    def prose(self, column: str) -> str:
        """Sentences for people as they stand, with their full-width punctuation."""
        cell = self.cell(column)
        return cell.value.strip() if cell is not None and isinstance(cell.value, str) else plain_text(cell)

    def needed(self, column: str) -> str:
        """Text that must be there."""
        text = self.text(column)
        if not text:
            self.complain(column, "此格不能为空", "请填写，或删去整行")
        return text

    def items(self, column: str) -> tuple[str, ...]:
        """A list in one cell."""
        return tuple(part for part in (p.strip() for p in _LIST_MARKS.split(self.text(column))) if part)

    def day(self, column: str) -> date:
        """A date; day one of the calendar, and a complaint, where there is none."""
        day = as_day(self.cell(column))
        if day is None:
            self.complain(column, "不是日期", "请改为日期，如 2026-11-21")
        return day or date.min

    def day_or_none(self, column: str) -> date | None:
        """A date, or None for an empty cell."""
        return self.day(column) if self.text(column) else None

    def minutes(self, column: str) -> int:
        """A time of day in minutes; 0, and a complaint, where there is none."""
        minutes = as_minutes(self.cell(column))
        if minutes is None:
            self.complain(column, "不是时间", "请改为时间，如 9:00")
        return minutes or 0

    def whole(self, column: str) -> int:
        """A whole number; an empty cell is 0."""
        number = as_whole(self.cell(column))
        if number is None and self.text(column):
            self.complain(column, "不是整数", "请改为整数")
        return number or 0

    def whole_or_none(self, column: str) -> int | None:
        """A whole number, or None for an empty cell."""
        return self.whole(column) if self.text(column) else None

    def choice(self, column: str, kind: type[Kind], default: Kind | None = None) -> Kind:
        """A value of a closed list; the list's first one, and a complaint, where it is none."""
        text = self.text(column)
        if not text and default is not None:
            return default
        try:
            return kind(text)
        except ValueError:
            self.complain(column, "不在可选值之中", "请改为：" + "、".join(member.value for member in kind))
            return next(iter(kind))

    def complain(self, column: str, text: str, advice: str) -> None:
        """Note that a cell cannot be read."""
        value, place = self.text(column), self.place(column)
        told = f"{place} 的“{value}”{text}" if value else f"{place} {text}"
        self.table.complaints.append(Complaint(self.table.sheet, self.number, column, value, told, advice, cell=place))


def read_table(
    book: RawWorkbook, entry: SheetEntry, columns: Sequence[str], needed: Sequence[str], complaints: list[Complaint]
) -> Table:
    """The table of a machine sheet: its header is the first filled row, columns may stand in any order."""
    table = Table(entry.name, {}, [], complaints)
    for row in book.rows(entry, SheetFrame()):
        cells = {cell.column: cell for cell in row.cells}
        if not table.places:
            named = {plain_text(cell): place for place, cell in reversed(cells.items())}
            table.places = {column: named[column] for column in columns if column in named}
            if not table.places:
                break
        elif any(plain_text(cells.get(place)) for place in table.places.values()):
            table.rows.append((row.number, cells))
    for column in needed:
        if column not in table.places:
            text = f"工作表“{entry.name}”缺少“{column}”列"
            complaints.append(
                Complaint(entry.name, 1, column, "", text, "请使用本程序写出的值班表，不要删除列", cell=entry.name)
            )
    return table
