"""The input workbook, 排班数据.xlsx, read into a `Problem`, or every bad cell told at once."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from zhiban.io.cell_text import clean_header, plain
from zhiban.io.cells import Value
from zhiban.io.raw_workbook import RawWorkbook, SheetEntry, UnreadableError
from zhiban.io.read_settings import read_settings
from zhiban.io.read_sheet import ReadRow, SheetReading, read_sheet
from zhiban.io.sheets import INPUT_SHEETS, SHEET_BY_NAME, Sheet
from zhiban.model.build import LONGEST_PERIOD, build_problem
from zhiban.model.errors import Complaint, InputError
from zhiban.model.inputs import SETTINGS_SHEET, TABLES, Inputs
from zhiban.model.problem import Previous, Problem
from zhiban.model.records import History, OpeningLot, Record

NOTE = "提示"
OUTPUT_SHEET = "求解信息"
"""A sheet that every roster workbook has and no input."""


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A valid problem and what should be said of its workbook (提醒 and 提示), in sheet order."""

    problem: Problem
    remarks: tuple[Complaint, ...]


def read_problem(
    path: str | Path,
    previous: Previous | None = None,
    previous_lots: Sequence[OpeningLot] = (),
    previous_counts: Sequence[History] = (),
    change: Callable[[Inputs], None] | None = None,
) -> ReadResult:
    """Read an input workbook; lots and counts of an earlier roster hold for people without rows of their own.

    `change` may alter what was read before it is cross-checked (what if).
    Raises InputError with every complaint (errors, and what else there is to say) in sheet order, each with its cell.
    """
    path = Path(path)
    try:
        return _WorkbookReader(path, previous, previous_lots, previous_counts).read(change)
    except UnreadableError as error:
        raise InputError([Complaint("", 0, "", path.name, str(error))]) from error


def read_tables(path: str | Path, period: tuple[date, date] | None = None) -> Inputs:
    """The sheets of the input's form that a workbook happens to hold, none of them required, nothing cross-checked.

    Raises InputError with the cells that cannot be read.
    """
    path = Path(path)
    try:
        return _WorkbookReader(path, None, (), ()).read_alone(period)
    except UnreadableError as error:
        raise InputError([Complaint("", 0, "", path.name, str(error))]) from error


class _WorkbookReader:
    """The state of reading one workbook."""

    def __init__(
        self,
        path: Path,
        previous: Previous | None,
        lots: Sequence[OpeningLot],
        counts: Sequence[History],
    ) -> None:
        self._path = path
        self._inputs = Inputs(previous=previous, previous_lots=list(lots), previous_counts=list(counts))
        self._complaints: list[Complaint] = []
        self._readings: dict[str, SheetReading] = {}
        self._order: dict[str, int] = {}

    def read_alone(self, period: tuple[date, date] | None) -> Inputs:
        """Whatever sheets there are; what is missing altogether is no fault."""
        with RawWorkbook(self._path) as workbook:
            for entry in workbook.sheets:
                sheet = SHEET_BY_NAME.get(clean_header(entry.name))
                if sheet is None:
                    continue
                reading = self._readings[sheet.name] = read_sheet(workbook, entry, sheet, period)
                self._complaints += [c for c in reading.complaints if c.row]
                if sheet.name == SETTINGS_SHEET:
                    told = read_settings(reading, self._inputs, workbook.epoch_1904)
                    self._complaints += [complaint for complaint in told if complaint.row]
                else:
                    self._take(sheet, reading)
        errors = [complaint for complaint in self._placed(self._complaints) if complaint.weight != NOTE]
        if errors:
            raise InputError(errors)
        return self._inputs

    def read(self, change: Callable[[Inputs], None] | None = None) -> ReadResult:
        with RawWorkbook(self._path) as workbook:
            entries = self._entries(workbook)
            self._read_sheets(workbook, entries)
        if change is not None:
            change(self._inputs)
        self._inputs.sha256 = hashlib.sha256(self._path.read_bytes()).hexdigest()
        try:
            built = build_problem(self._inputs, self._complaints)
        except InputError as error:
            raise InputError(self._placed(error.complaints)) from None
        return ReadResult(built.problem, tuple(self._placed(list(built.remarks))))

    def _tell(
        self, sheet: str, row: int, column: str, value: str, text: str, advice: str, weight: str = "错误"
    ) -> None:
        self._complaints.append(Complaint(sheet, row, column, value, text, advice, weight))

    # ---- sheets -------------------------------------------------------------------------------------------------

    def _entries(self, workbook: RawWorkbook) -> dict[str, SheetEntry]:
        """The sheets of the contract by name; unknown, missing and doubled ones are told."""
        found: dict[str, SheetEntry] = {}
        unknown: list[str] = []
        for number, entry in enumerate(workbook.sheets):
            name = clean_header(entry.name)
            if name not in SHEET_BY_NAME:
                unknown.append(plain(entry.name))
            elif name in found:
                text = f"工作表“{name}”有两个（“{found[name].name}”和“{entry.name}”）"
                self._tell(name, 0, "", entry.name, text, "请只保留一个")
            else:
                found[name] = entry
                self._order[name] = number
        if OUTPUT_SHEET in unknown and not any(sheet.required and sheet.name in found for sheet in INPUT_SHEETS):
            text = f"{self._path.name} 是排好的值班表，不是排班数据"
            raise InputError(
                [Complaint("", 0, "", self._path.name, text, "请选用排班数据工作簿", cell=self._path.name)]
            )
        self._tell_missing(found, unknown)
        return found

    def _tell_missing(self, found: dict[str, SheetEntry], unknown: list[str]) -> None:
        guessed: set[str] = set()
        for sheet in INPUT_SHEETS:
            if sheet.required and sheet.name not in found:
                near = get_close_matches(sheet.name, unknown, n=1, cutoff=0.5)
                guessed.update(near)
                guess = f"，是否为“{near[0]}”？" if near else ""
                advice = (
                    f"请把工作表“{near[0]}”改名为“{sheet.name}”"
                    if near
                    else f"请增加工作表“{sheet.name}”：{sheet.help}"
                )
                self._tell(sheet.name, 0, "", "", f"缺少工作表“{sheet.name}”{guess}", advice)
        absent = [sheet.name for sheet in INPUT_SHEETS if sheet.name not in found]
        for name in unknown:
            near = get_close_matches(name, absent, n=1, cutoff=0.6)
            guess = f"（是否为“{near[0]}”？）" if near and name not in guessed else ""
            self._tell(name, 0, "", name, f"不认识的工作表“{name[:40]}”不读{guess}", "", NOTE)

    def _read_sheets(self, workbook: RawWorkbook, entries: dict[str, SheetEntry]) -> None:
        period: tuple[date, date] | None = None
        for sheet in INPUT_SHEETS:
            if sheet.name not in entries:
                continue
            reading = read_sheet(workbook, entries[sheet.name], sheet, period)
            self._readings[sheet.name] = reading
            self._complaints += reading.complaints
            if sheet.name == SETTINGS_SHEET:
                self._complaints += read_settings(reading, self._inputs, workbook.epoch_1904)
                period = self._period()
            else:
                self._take(sheet, reading)
        if "人员" in self._readings and not self._readings["人员"].rows and self._readings["人员"].letters:
            self._tell("人员", 0, "", "", "工作表“人员”没有一个人", "请至少填写一人")

    def _period(self) -> tuple[date, date] | None:
        """The period if it makes sense, for dates without a year."""
        first, last = self._inputs.first, self._inputs.last
        if first is None or last is None or not timedelta(0) <= last - first < timedelta(LONGEST_PERIOD):
            return None
        return first, last

    # ---- records ------------------------------------------------------------------------------------------------

    def _take(self, sheet: Sheet, reading: SheetReading) -> None:
        """Turn the rows of a sheet into records; rows with bad cells are kept for their references only."""
        name = next(field for field, title in TABLES.items() if title == sheet.name)
        records = cast(list[Record], getattr(self._inputs, name))
        for row in reading.rows:
            values = {**_converted(sheet, row.values), "row": row.number}
            if row.bad or not reading.letters.keys() >= set(sheet.required_headers):
                self._keep_damaged(sheet, row, values, records)
                continue
            try:
                records.append(sheet.record.model_validate(values))
            except ValidationError as error:
                self._keep_damaged(sheet, row, values, records)
                self._tell_invalid(sheet, row, error)

    def _keep_damaged(self, sheet: Sheet, row: ReadRow, values: dict[str, Value], records: list[Record]) -> None:
        fields: dict[str, Any] = dict.fromkeys((column.field for column in sheet.columns if column.required), None)
        fields.update(values)
        records.append(sheet.record.model_construct(**fields))
        self._inputs.damaged.add((sheet.name, row.number))

    def _tell_invalid(self, sheet: Sheet, row: ReadRow, error: ValidationError) -> None:
        """What a record's own law refuses: so far only an end before its start."""
        fault = error.errors()[0]
        text = str(fault["msg"]).removeprefix("Value error, ")
        header = "结束" if "结束" in sheet.by_header else ""
        self._tell(sheet.name, row.number, header, "", text, "请改为晚于开始的时刻")

    # ---- complaints ---------------------------------------------------------------------------------------------

    def _placed(self, complaints: list[Complaint]) -> list[Complaint]:
        """Complaints with their cells, in the order of the workbook's sheets, then by row and column."""
        return sorted((self._with_cell(complaint) for complaint in complaints), key=self._place)

    def _with_cell(self, complaint: Complaint) -> Complaint:
        """Name the cell; where its column is not in the sheet, the row's first one of the contract."""
        if complaint.cell or not complaint.sheet:
            return complaint
        reading = self._readings.get(complaint.sheet)
        if reading is None or not complaint.row or not reading.letters:
            return replace(complaint, cell=complaint.sheet)
        letters = reading.letters.get(complaint.column) or next(iter(reading.letters.values()))
        return replace(complaint, cell=f"{complaint.sheet}!{letters}{complaint.row}")

    def _place(self, complaint: Complaint) -> tuple[int, int, int]:
        reading = self._readings.get(complaint.sheet)
        letters = reading.letters.get(complaint.column, "") if reading else ""
        last = len(self._order) + len(INPUT_SHEETS)
        return self._order.get(complaint.sheet, -1 if not complaint.sheet else last), complaint.row, _number(letters)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


_WORDS: dict[tuple[str, str], dict[object, object]] = {
    ("请假外出", "approved"): {"已批": True, "待批": False},
    ("意愿", "wants"): {"希望": True, "不希望": False},
}
"""Choices that the records hold as truth values."""


def _converted(sheet: Sheet, values: dict[str, Value]) -> dict[str, Value]:
    return {name: _WORDS.get((sheet.name, name), {}).get(value, value) for name, value in values.items()}
