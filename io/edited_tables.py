"""值班表 and 午间值班表 as they stand now: who is named in each cell, by the hidden keys of rows and columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from zhiban.io.duty_plan import (
    DATE_ROW,
    DAY_COLUMN,
    KEY_COLUMN,
    KEY_MARK,
    LEAD_COLUMN,
    SEGMENT_COLUMN,
    WINDOW_COLUMN,
    group_label,
)
from zhiban.io.name_book import NameBook, Unclear, clean
from zhiban.io.raw_workbook import RawCell, RawWorkbook, SheetFrame, column_letters
from zhiban.io.roster_cells import as_day, plain_text
from zhiban.io.roster_view import RosterView
from zhiban.model.errors import Complaint
from zhiban.model.kinds import Line

SHEETS = ("值班表", "午间值班表")
GROUP_MARK = "·"


class RowKey(NamedTuple):
    """What a printed row is about; an empty part is told by the column, or is all there is."""

    day: date | None
    line: Line
    segment: str
    window: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell of a printed table: a place (window or leader group; no segment: all of the day's) and who is named."""

    sheet: str
    cell: str
    row: int
    column: int
    day: date
    line: Line
    window: str
    segment: str
    people: tuple[str, ...]


def table_cells(
    book: RawWorkbook, view: RosterView | None, names: NameBook | None, complaints: list[Complaint]
) -> Iterator[TableCell]:
    """All cells that name people, of both tables; sheets that were deleted are passed over.

    Without view and name book only the places are read, nobody's name.
    """
    entries = {entry.name.strip(): entry for entry in book.sheets}
    for sheet in SHEETS:
        if sheet in entries:
            grid = {row.number: {c.column: c for c in row.cells} for row in book.rows(entries[sheet], SheetFrame())}
            yield from _Reader(sheet, grid, view, names, complaints).cells()


class _Reader:
    def __init__(
        self,
        sheet: str,
        grid: dict[int, dict[int, RawCell]],
        view: RosterView | None,
        names: NameBook | None,
        complaints: list[Complaint],
    ) -> None:
        self.sheet, self.grid, self.view, self.names, self.complaints = sheet, grid, view, names, complaints
        self.columns: dict[int, tuple[str, str]] = {}
        self.key_column = 0
        self.dates: dict[int, date] = {}

    def cells(self) -> Iterator[TableCell]:
        """The cells of the sheet, row by row."""
        for number, cells in sorted(self.grid.items()):
            if not self.key_column:
                self._read_column_keys(cells)
                continue
            key = plain_text(cells.get(self.key_column))
            if key.startswith(DATE_ROW):
                days = {
                    column: as_day(cells.get(column))
                    for column, (kind, _) in self.columns.items()
                    if kind == DAY_COLUMN
                }
                self.dates = {column: day for column, day in days.items() if day}
            elif key:
                yield from self._row(number, cells, _row_key(key))
        if not self.key_column:
            text = f"{self.sheet} 中用于识别的隐藏行列已被删除，无法读取其中的改动"
            advice = "请在排班明细中修改，或从原文件恢复该表"
            self.complaints.append(Complaint(self.sheet, 0, "", "", text, advice, cell=self.sheet))

    def _read_column_keys(self, cells: dict[int, RawCell]) -> None:
        found: dict[int, tuple[str, str]] = {}
        for column, cell in cells.items():
            kind, mark, value = plain_text(cell).partition(KEY_MARK)
            if mark:
                found[column] = (kind, value)
        keys = [column for column, (kind, _) in found.items() if kind == KEY_COLUMN]
        if keys:
            self.key_column, self.columns = keys[0], found

    def _row(self, number: int, cells: dict[int, RawCell], key: RowKey) -> Iterator[TableCell]:
        for column, (kind, value) in self.columns.items():
            text = plain_text(cells.get(column))
            if kind == WINDOW_COLUMN and key.day:
                yield from self._cell(number, column, text, key.day, key, value, key.segment)
            elif kind == SEGMENT_COLUMN and key.day and key.window:
                yield from self._cell(number, column, text, key.day, key, key.window, value)
            elif kind == DAY_COLUMN and column in self.dates:
                yield from self._cell(number, column, text, self.dates[column], key, key.window, key.segment)
            elif kind == LEAD_COLUMN and key.day and key.groups:
                yield from self._leaders(number, column, text, key.day, key.groups)

    def _cell(
        self, number: int, column: int, text: str, day: date, key: RowKey, window: str, segment: str
    ) -> Iterator[TableCell]:
        people = self._people(number, column, text)
        if people is not None:
            place = self._place(number, column)
            yield TableCell(self.sheet, place, number, column, day, key.line, window, segment, tuple(people))

    def _leaders(self, number: int, column: int, text: str, day: date, groups: Sequence[str]) -> Iterator[TableCell]:
        """The leaders of each group: one a line, group and segment before the name where there are several."""
        if self.view is None:
            place = self._place(number, column)
            for group in groups:
                yield TableCell(self.sheet, place, number, column, day, Line.LEAD, group, "", ())
            return
        labels = {clean(group_label(self.view, group)): group for group in groups}
        said: dict[tuple[str, str], list[str]] = {}
        place = self._place(number, column)
        for line in text.split("\n"):
            before, mark, after = line.rpartition(":")
            words = [clean(word) for word in before.split(GROUP_MARK)] if mark else []
            group = next((labels[word] for word in words if word in labels), groups[0] if len(groups) == 1 else "")
            segment = next((word for word in words if word not in labels), "")
            people = self._people(number, column, after)
            if people is None:
                return
            if not group and people:
                self._complain(number, column, line, "没有写明是哪一组的带班", "请按“组名：姓名”填写，一组一行")
                return
            said.setdefault((group, segment), []).extend(people)
        for group in groups:
            parts = {segment: people for (g, segment), people in said.items() if g == group} or {"": []}
            for segment, people in parts.items():
                yield TableCell(self.sheet, place, number, column, day, Line.LEAD, group, segment, tuple(people))

    def _people(self, number: int, column: int, text: str) -> list[str] | None:
        """Who is named; None, and a complaint, where a name is unclear."""
        if self.names is None:
            return []
        try:
            return self.names.several(text)
        except Unclear as error:
            self._complain(number, column, text, f"：{error.text}", error.advice)
            return None

    def _place(self, number: int, column: int) -> str:
        return f"{self.sheet}!{column_letters(column)}{number}"

    def _complain(self, number: int, column: int, value: str, text: str, advice: str) -> None:
        place = self._place(number, column)
        self.complaints.append(Complaint(self.sheet, number, "", value, f"{place} {text}", advice, cell=place))


def _row_key(text: str) -> RowKey:
    day, line, segment, window, groups = (text.split(KEY_MARK) + [""] * 5)[:5]
    names = tuple(name for name in groups.replace("；", ";").split(";") if name)
    return RowKey(date.fromisoformat(day) if day else None, Line(line), segment, window, names)
