"""CSV files hold what the machine sheets show, and no spreadsheet runs any of it."""

import csv
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from zhiban.io.export_csv import csv_files, write_csv
from zhiban.io.machine_sheets import MACHINE_SHEETS
from zhiban.io.read_public import read_public
from zhiban.io.write_workbook import write_roster
from zhiban.model.kinds import Severity
from zhiban.model.problem import Problem
from zhiban.model.roster import Finding, Outcome


def shown(value: object) -> str:
    """A cell of the workbook as a CSV file shows it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return value.strftime("%H:%M") if hasattr(value, "hour") else str(value)


@pytest.fixture
def book(tmp_path: Path, small_problem: Problem, small_outcome: Outcome) -> Path:
    write_roster(tmp_path / "值班表.xlsx", small_problem, small_outcome)
    return tmp_path / "值班表.xlsx"


def test_every_machine_sheet_is_a_file_with_its_rows(book: Path, tmp_path: Path) -> None:
    folder = tmp_path / "表"
    assert write_csv(read_public(book), folder) == len(MACHINE_SHEETS)
    assert {path.name for path in folder.iterdir()} == {f"{sheet}.csv" for sheet in MACHINE_SHEETS}
    workbook = openpyxl.load_workbook(book)
    for sheet in ("排班明细", "调休明细", "顶岗明细", "预约明细", "时间银行", "期末累计", "目标层级"):
        content = (folder / f"{sheet}.csv").read_bytes()
        assert content.startswith(b"\xef\xbb\xbf"), "Excel takes a file without it for GBK"
        rows = list(csv.reader(content.decode("utf-8-sig").splitlines()))
        assert rows == [[shown(cell.value) for cell in row] for row in workbook[sheet].iter_rows()], sheet


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(
    tmp_path: Path, small_problem: Problem, small_outcome: Outcome, edit: Callable[..., Any], start: str
) -> None:
    found = Finding(Severity.REMIND, "D1", f"x{start}1+1", "", date(2026, 11, 1), subject=f"{start}1+1")
    outcome = edit(small_outcome, judgement=edit(small_outcome.judgement, warnings=(found,)))
    write_roster(tmp_path / "a.xlsx", small_problem, outcome)
    roster = read_public(tmp_path / "a.xlsx")
    issue = roster.issues[-1].model_copy(update={"subject": f"{start}1+1"})
    text = csv_files(roster.model_copy(update={"issues": (issue,)}))["问题明细.csv"].decode("utf-8-sig")
    (row,) = list(csv.DictReader(text.splitlines(keepends=True)))
    assert row["对象"] == f"'{start}1+1"
    assert row["说明"].startswith("x")
