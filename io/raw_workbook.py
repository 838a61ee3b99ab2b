"""Raw cells of an .xlsx file: values, cached values of formulas, cell errors, hidden rows and columns, merged cells.

A reader of its own: one pass gives formula and cached value at once, and hostile files end quickly. Nothing is ever
evaluated; macros are not even looked at. Formats: ECMA-376 part 1 (SpreadsheetML), transitional and strict.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from zhiban.io.raw_cells import (
    BUILT_IN_DATES,
    Plain,
    RawCell,
    RawRow,
    SheetFrame,
    column_letters,
    serial_datetime,
    shows_date,
)
from zhiban.io.raw_package import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, SAVE_AS, Package, UnreadableError
from zhiban.io.raw_sheet import SheetParser, StringCollector

__all__ = [
    "MAX_COLUMNS",
    "MAX_ROWS",
    "Plain",
    "RawCell",
    "RawRow",
    "RawWorkbook",
    "SheetEntry",
    "SheetFrame",
    "UnreadableError",
    "column_letters",
    "serial_datetime",
]


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it."""

    name: str
    hidden: bool
    part: str


class RawWorkbook:
    """An open workbook; use as a context manager. Every failure is an `UnreadableError` with one clear message."""

    def __init__(self, path: Path) -> None:
        self._package = Package(path)
        self._strings: list[str] | None = None
        self._cells = 0
        try:
            self._rooted = self._root()
            self.sheets, self.epoch_1904 = self._read_workbook()
            self._dated_styles = self._read_styles()
        except BaseException:
            self._package.close()
            raise

    def __enter__(self) -> "RawWorkbook":
        return self

    def __exit__(self, *_: object) -> None:
        self._package.close()

    def to_datetime(self, serial: float) -> datetime | None:
        """A date serial as date and time (rounded to the second), None outside what a calendar can hold."""
        return serial_datetime(serial, self.epoch_1904)

    def rows(self, entry: SheetEntry, frame: SheetFrame) -> Iterator[RawRow]:
        """The filled rows of a sheet in file order; blank cells and rows are left out, `frame` is filled on the way."""
        self._count_cells(entry)
        parser = SheetParser(frame, self._shared_string, self._dated_styles)
        filled = 0
        for _ in self._package.parse(entry.part, parser.start, parser.end, parser.text, parser.simple_row):
            for row in parser.take():
                filled += 1
                if filled > MAX_ROWS:
                    raise UnreadableError(
                        f"工作表“{entry.name}”超过 {MAX_ROWS:,} 行，不像是一个中心一个月的数据。请删去多余的行后再试"
                    )
                if any(cell.column > MAX_COLUMNS for cell in row.cells):
                    raise UnreadableError(
                        f"工作表“{entry.name}”第 {row.number} 行超过 {MAX_COLUMNS} 列。请删去多余的列后再试"
                    )
                yield row

    def _count_cells(self, entry: SheetEntry) -> None:
        """Refuse too many cells before parsing them: counting is far quicker, but worth it for big parts only."""
        if self._package.size(entry.part) < MAX_CELLS:
            return
        self._cells += self._package.count(entry.part, b"<v>") + self._package.count(entry.part, b"<is>")
        if self._cells > MAX_CELLS:
            raise UnreadableError(f"{self._package.name} 超过 {MAX_CELLS:,} 个单元格。请删去多余的内容后再试")

    def _root(self) -> str:
        """The part that is the workbook: named by the package's relations, mostly xl/workbook.xml."""
        for kind, target in self._package.relations("").values():
            if kind.endswith("/officeDocument"):
                if target.lower().endswith(".bin"):
                    raise UnreadableError(f"{self._package.name} 是 .xlsb 二进制工作簿，无法读取。{SAVE_AS}")
                if self._package.has(target) and target.lower().startswith("xl/"):
                    return target
        if self._package.has("content.xml") and self._package.has("mimetype"):
            raise UnreadableError(f"{self._package.name} 是 .ods 表格，无法读取。{SAVE_AS}")
        if self._package.has("word/document.xml") or self._package.has("ppt/presentation.xml"):
            raise UnreadableError(f"{self._package.name} 不是 Excel 工作簿（是 Word 或 PPT 文件）。请选择 .xlsx 文件")
        raise UnreadableError(f"{self._package.name} 不是 Excel 工作簿，或缺少必要的部件。{SAVE_AS}")

    def _part_of_kind(self, kind: str) -> str:
        """The workbook's styles or shared strings, wherever the writer put them; empty where there are none."""
        relations = self._package.relations(self._rooted).values()
        return next((part for name, part in relations if name.endswith(f"/{kind}")), "")

    def _read_workbook(self) -> tuple[list[SheetEntry], bool]:
        relations = self._package.relations(self._rooted)
        sheets: list[SheetEntry] = []
        epoch_1904 = False

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal epoch_1904
            if tag == "workbookPr":
                epoch_1904 = attributes.get("date1904") in {"1", "true"}
            elif tag == "sheet":
                relation = next((value for name, value in attributes.items() if name.endswith(":id")), "")
                kind, part = relations.get(relation, ("", ""))
                if kind.endswith("/worksheet") and self._package.has(part):
                    hidden = attributes.get("state", "visible") != "visible"
                    sheets.append(SheetEntry(attributes.get("name", ""), hidden, part))

        self._package.run(self._rooted, start)
        return sheets, epoch_1904

    def _read_styles(self) -> list[bool]:
        """Per cell style: whether its number format shows a date or a time."""
        part = self._part_of_kind("styles")
        formats: dict[str, bool] = {}
        styles: list[bool] = []
        inside = False

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal inside
            if tag == "numFmt":
                formats[attributes.get("numFmtId", "")] = shows_date(attributes.get("formatCode", ""))
            elif tag == "cellXfs":
                inside = True
            elif tag == "xf" and inside:
                number = attributes.get("numFmtId", "0")
                styles.append(formats.get(number, number in BUILT_IN_DATES))

        def end(tag: str) -> None:
            nonlocal inside
            if tag == "cellXfs":
                inside = False

        if self._package.has(part):
            self._package.run(part, start, end)
        return styles

    def _shared_string(self, index: int) -> str:
        if self._strings is None:
            part = self._part_of_kind("sharedStrings")
            collector = StringCollector()
            if self._package.has(part):
                self._package.run(part, collector.start, collector.end, collector.text)
            self._strings = collector.strings
        return self._strings[index] if 0 <= index < len(self._strings) else ""
