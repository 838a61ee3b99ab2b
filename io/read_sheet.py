"""One sheet of the input read row by row: header found, titles, totals and notes left out, every bad cell told."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from zhiban.io.cell_text import clean_header, plain
from zhiban.io.cells import BadCellError, Context, Value, cell_text, read_cell, read_range
from zhiban.io.raw_workbook import (
    MAX_ROWS,
    RawCell,
    RawRow,
    RawWorkbook,
    SheetEntry,
    SheetFrame,
    UnreadableError,
    column_letters,
)
from zhiban.io.sheet_parts import Column, Sheet
from zhiban.model.errors import Complaint

HEADER_ROWS = 10
"""The header is looked for in the first rows only (workbook.md, Reading)."""

NOTE = "提示"
_TOTALS = frozenset({"合计", "小计", "总计"})
_REMARK = re.compile(r"(?:说明|备注|注|制表)")
_SHOWN_ROWS = 5
_SHOWN_VALUE = 100
MAX_COMPLAINTS = 1000
"""So many faults of one sheet are told; beyond that something is wrong with the whole sheet."""


@dataclass(slots=True)
class ReadRow:
    """A row's values by field; `bad` holds the headers of cells that could not be read."""

    number: int
    values: dict[str, Value]
    bad: set[str] = field(default_factory=set[str])


@dataclass(slots=True)
class SheetReading:
    """What a sheet says, and what is wrong with it; `letters` gives the column letters of each header."""

    sheet: Sheet
    rows: list[ReadRow] = field(default_factory=list[ReadRow])
    letters: dict[str, str] = field(default_factory=dict[str, str])
    header_row: int = 1
    complaints: list[Complaint] = field(default_factory=list[Complaint])


@dataclass(slots=True)
class _Line:
    """A worksheet row with its cells of known columns by header; `first` is what its first filled cell says."""

    number: int
    hidden: bool
    first: str
    cells: dict[str, RawCell]
    own: int
    """Required cells filled by the row itself, not by a merge."""


def read_sheet(
    workbook: RawWorkbook, entry: SheetEntry, sheet: Sheet, period: tuple[date, date] | None
) -> SheetReading:
    """All rows of a sheet; complaints carry sheet, row and header. Raises `UnreadableError` beyond the limits."""
    return _SheetReader(workbook, entry, sheet, period).read()


class _SheetReader:
    """The state of reading one sheet."""

    def __init__(
        self, workbook: RawWorkbook, entry: SheetEntry, sheet: Sheet, period: tuple[date, date] | None
    ) -> None:
        self._workbook = workbook
        self._entry = entry
        self._sheet = sheet
        self._period = period
        self._frame = SheetFrame()
        self._result = SheetReading(sheet)
        self._headers: dict[int, str] = {}
        self._lines: list[_Line] = []

    def read(self) -> SheetReading:
        head: list[RawRow] = []
        found = False
        for row in self._workbook.rows(self._entry, self._frame):
            row.cells = [cell for cell in row.cells if not isinstance(cell.value, str) or plain(cell.value)]
            if not row.cells:
                continue
            if not found and row.number <= HEADER_ROWS:
                head.append(row)
                continue
            if not found:
                found = True
                if not self._take_header(head):
                    return self._result
            self._take_row(row)
        if not found and not self._take_header(head):
            return self._result
        self._spread_merged()
        self._tell_hidden()
        self._read_lines()
        return self._result

    def _tell(self, row: int, column: str, value: str, text: str, advice: str = "", weight: str = "错误") -> None:
        value = value if len(value) <= _SHOWN_VALUE else f"{value[:_SHOWN_VALUE]}…"
        self._result.complaints.append(Complaint(self._sheet.name, row, column, value, text, advice, weight))

    # ---- the header ---------------------------------------------------------------------------------------------

    def _take_header(self, head: list[RawRow]) -> bool:
        """Find the header among the first rows and keep what follows it; False where there is none."""
        required = set(self._sheet.required_headers)
        hits = [(sum(self._label(cell) in required for cell in row.cells), row) for row in head]
        best = max((hit for hit, _ in hits), default=0)
        if best == 0:
            self._tell_no_header(bool(head))
            return False
        header = next(row for hit, row in hits if hit == best)
        self._result.header_row = header.number
        self._name_columns(header)
        for row in head:
            if row.number > header.number:
                self._take_row(row)
        return True

    def _label(self, cell: RawCell) -> str:
        return clean_header(cell_text(cell))

    def _tell_no_header(self, filled: bool) -> None:
        if not filled and not self._sheet.required:
            return
        listed = "、".join(column.header for column in self._sheet.columns)
        text = f"工作表“{self._sheet.name}”" + ("前 10 行中找不到表头" if filled else "是空的")
        self._tell(0, "", "", text, f"请在第一行写上表头：{listed}")

    def _name_columns(self, header: RawRow) -> None:
        known = self._sheet.by_header
        places: dict[str, list[RawCell]] = {}
        for cell in header.cells:
            places.setdefault(self._label(cell), []).append(cell)
        missing = [name for name in self._sheet.required_headers if name not in places]
        for label, cells in places.items():
            if label not in known:
                self._tell_unknown(header.number, label, cells[0], missing)
                continue
            self._headers[cells[0].column] = label
            self._result.letters[label] = column_letters(cells[0].column)
            if len(cells) > 1:
                where = "、".join(f"{column_letters(cell.column)}{header.number}" for cell in cells)
                self._tell(
                    header.number, label, label, f"表头“{label}”出现了 {len(cells)} 次（{where}）", "请只保留一列"
                )
        for name in missing:
            near = get_close_matches(name, [label for label in places if label not in known], n=1, cutoff=0.5)
            guess = f"，是否为“{near[0]}”这一列？" if near else ""
            column = known[name]
            advice = f"请把表头“{near[0]}”改为“{name}”" if near else f"请增加一列“{name}”（{column.help}）"
            self._tell(header.number, "", name, f"工作表“{self._sheet.name}”缺少必填的列“{name}”{guess}", advice)

    def _tell_unknown(self, row: int, label: str, cell: RawCell, missing: list[str]) -> None:
        place = f"{column_letters(cell.column)}{row}"
        free = [name for name in self._sheet.by_header if name not in self._result.letters]
        near = get_close_matches(label, free, n=1, cutoff=0.6)
        guess = f"（是否为“{near[0]}”？）" if near and near[0] not in missing else ""
        self._tell(row, "", label, f"不认识的列“{label[:40]}”（{place}）不读{guess}", weight=NOTE)

    # ---- the rows -----------------------------------------------------------------------------------------------

    def _take_row(self, row: RawRow) -> None:
        cells = {self._headers[cell.column]: cell for cell in row.cells if cell.column in self._headers}
        first = plain(cell_text(row.cells[0]))
        if not cells and not _REMARK.match(first):
            return
        own = sum(header in cells for header in self._sheet.required_headers)
        self._lines.append(_Line(row.number, row.hidden, first, cells, own))

    def _spread_merged(self) -> None:
        """Give the value of a vertically merged cell to every covered row that is not otherwise blank."""
        numbers = [line.number for line in self._lines]
        spread = 0
        for first_row, column, last_row, _ in self._frame.merged:
            header = self._headers.get(column)
            start = bisect_left(numbers, first_row)
            if header is None or first_row >= last_row or start == len(numbers) or numbers[start] != first_row:
                continue
            cell = self._lines[start].cells.get(header)
            for line in self._lines[start + 1 :]:
                if line.number > last_row or cell is None:
                    break
                spread += 1
                if spread > MAX_ROWS * len(self._headers):
                    raise UnreadableError(f"工作表“{self._entry.name}”的合并单元格互相重叠，无法读取。请取消合并后再试")
                if line.own:
                    line.cells.setdefault(header, cell)

    def _tell_hidden(self) -> None:
        if self._entry.hidden:
            self._tell(0, "", "", f"工作表“{self._sheet.name}”是隐藏的，照常读取", weight=NOTE)
        rows = [line.number for line in self._lines if line.hidden and line.own]
        if rows:
            shown = "、".join(map(str, rows[:_SHOWN_ROWS])) + ("等" if len(rows) > _SHOWN_ROWS else "")
            text = f"工作表“{self._sheet.name}”有 {len(rows)} 个隐藏行（第 {shown} 行），照常读取"
            self._tell(rows[0], "", "", text, weight=NOTE)
        for column, header in self._headers.items():
            if any(low <= column <= high for low, high in self._frame.hidden_columns):
                text = f"工作表“{self._sheet.name}”的列“{header}”是隐藏的，照常读取"
                self._tell(self._result.header_row, header, header, text, weight=NOTE)

    def _read_lines(self) -> None:
        for line in self._without_remarks():
            if len(self._result.complaints) >= MAX_COMPLAINTS:
                text = f"工作表“{self._sheet.name}”的问题超过 {MAX_COMPLAINTS} 处，第 {line.number} 行起不再检查"
                self._tell(line.number, "", "", text, "请先更正以上各处；也请核对是否填错了工作表")
                return
            if "".join(line.first.rstrip(":").split()) in _TOTALS or self._repeats_header(line):
                continue
            if line.own:
                self._read_line(line)
            elif line.cells:
                text = f"第 {line.number} 行没有填任何必填的列，当作空行"
                self._tell(line.number, "", line.first[:40], text, weight=NOTE)

    def _without_remarks(self) -> list[_Line]:
        """The rows without the remarks at the end (说明 备注 注 制表)."""
        end = len(self._lines)
        while end and self._is_remark(self._lines[end - 1]):
            end -= 1
        return self._lines[:end]

    def _is_remark(self, line: _Line) -> bool:
        """A row of data may begin with such a word too (注册01): then it has all its required cells and no colon."""
        whole = line.own == len(self._sheet.required_headers) and ":" not in line.first
        return _REMARK.match(line.first) is not None and not whole

    def _repeats_header(self, line: _Line) -> bool:
        return all(self._label(cell) == header for header, cell in line.cells.items())

    def _read_line(self, line: _Line) -> None:
        context = Context(self._workbook.epoch_1904, self._period)
        row = ReadRow(line.number, {})
        taken: set[str] = set()
        present = set(self._headers.values())
        for column in self._sheet.columns:
            if column.header in present and column.header not in taken:
                self._read_one(line, column, row, context, taken)
        for column in self._sheet.columns:
            empty = row.values.get(column.field) is None and column.header not in row.bad
            if column.required and empty and column.header in self._result.letters:
                row.bad.add(column.header)
                text = f"{column.header}没有填，这一列必填"
                self._tell(line.number, column.header, "", text, f"请填写{column.expected}，如 {column.example}")
        self._result.rows.append(row)

    def _read_one(self, line: _Line, column: Column, row: ReadRow, context: Context, taken: set[str]) -> None:
        cell = line.cells.get(column.header)
        end = self._sheet.by_header.get(column.end)
        if end is not None and self._take_range(line, column, end, row, context):
            taken.add(end.header)
            return
        if cell is None or not self._is_readable(cell, column, line, row):
            return
        try:
            value = read_cell(cell, column, context)
        except BadCellError as error:
            row.bad.add(column.header)
            self._tell(line.number, column.header, cell_text(cell, context.epoch_1904), error.text, error.advice)
            return
        for note in context.notes:
            self._tell(line.number, column.header, cell_text(cell, context.epoch_1904), note, weight=NOTE)
        context.notes.clear()
        if value is not None:
            row.values[column.field] = value
        if isinstance(value, date) and column.field == "day":
            context.row_day = value

    def _take_range(self, line: _Line, column: Column, end: Column, row: ReadRow, context: Context) -> bool:
        """Read a range that stands in one of two cells, the other being empty; False where there is none."""
        first, last = line.cells.get(column.header), line.cells.get(end.header)
        cell = first if last is None else last if first is None else None
        if cell is None or cell.error or cell.value is None:
            return False
        ends = read_range(cell, column, end, context)
        if ends is None:
            return False
        row.values[column.field], row.values[end.field] = ends
        return True

    def _is_readable(self, cell: RawCell, column: Column, line: _Line, row: ReadRow) -> bool:
        """Whether a cell holds a value; a cell error or a formula without a cached value is told."""
        if not cell.error and cell.value is not None:
            return True
        shown = str(cell.value) if cell.error else "公式"
        what = f"{column.header}是错误值 {shown}" if cell.error else f"{column.header}是没有计算结果的公式"
        if column.lenient:
            self._tell(line.number, column.header, shown, f"{what}，当作空白", weight=NOTE)
            return False
        row.bad.add(column.header)
        advice = "请改为直接填写的值" if cell.error else "请在 Excel 或 WPS 中打开并保存一次，或改为直接填写的值"
        self._tell(line.number, column.header, shown, f"{what}，应为{column.expected}", advice)
        return False
