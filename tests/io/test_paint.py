"""check --paint: the findings on the cells they are about."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from zhiban.io.label_check import label_findings
from zhiban.io.paint import paint_cells
from zhiban.io.read_roster import read_roster
from zhiban.io.write_workbook import write_roster
from zhiban.model.kinds import Severity
from zhiban.model.problem import Problem
from zhiban.model.roster import Finding, Outcome

RED, YELLOW = "00FFC7CE", "00FFEB9C"
DAY = date(2026, 11, 7)


@pytest.fixture
def written(tmp_path: Path, small_problem: Problem, small_outcome: Outcome) -> Path:
    path = tmp_path / "值班表.xlsx"
    write_roster(path, small_problem, small_outcome)
    return path


def _painted(book: Any, sheet: str, color: str) -> dict[str, str]:
    return {
        cell.coordinate: cell.comment.text if cell.comment else ""
        for row in book[sheet].iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == color and cell.comment
    }


def test_a_breach_is_marked_in_the_detail_and_in_the_printed_table(
    written: Path, tmp_path: Path, small_outcome: Outcome
) -> None:
    row = next(r for r in small_outcome.roster.duties if (r.day, r.line, r.window) == (DAY, "周末", "W01"))
    finding = Finding(Severity.MUST, "H2", "请假期间值班", "请换人", DAY, "周末", "", "W01", row.person)
    assert paint_cells(written, tmp_path / "标注.xlsx", [finding]) == []
    book = openpyxl.load_workbook(tmp_path / "标注.xlsx")
    detail = _painted(book, "排班明细", RED)
    assert len(detail) == 2  # 上午 and 下午
    for cell, text in detail.items():
        assert book["排班明细"][cell].value == row.person and text == "H2 请假期间值班（请换人）"
        assert book["排班明细"].cell(book["排班明细"][cell].row, 1).fill.fgColor.rgb == RED
    ((cell, text),) = _painted(book, "值班表", RED).items()
    assert text.startswith("H2") and book["值班表"].cell(book["值班表"][cell].row, 1).value.date() == DAY
    assert not _painted(book, "午间值班表", RED)
    assert book.sheetnames == openpyxl.load_workbook(written).sheetnames


def test_an_unmet_duty_is_marked_where_somebody_lacks(written: Path, tmp_path: Path, small_outcome: Outcome) -> None:
    lunch = date(2026, 11, 11)
    finding = Finding(Severity.REMIND, "D1", "缺 1 人", "", lunch, "午间", "", "W03")
    paint_cells(written, tmp_path / "标注.xlsx", [finding])
    book = openpyxl.load_workbook(tmp_path / "标注.xlsx")
    ((cell, text),) = _painted(book, "午间值班表", YELLOW).items()
    assert text == "D1 缺 1 人"
    name = next(r.person for r in small_outcome.roster.duties if (r.day, r.line, r.window) == (lunch, "午间", "W03"))
    assert book["午间值班表"][cell].value == read_roster(written).people[name]


def test_two_findings_share_a_cell_and_the_graver_colours_it(written: Path, tmp_path: Path) -> None:
    where = {"day": DAY, "line": "周末", "window": "W02"}
    findings = [Finding(Severity.REMIND, "D1", "一", **where), Finding(Severity.MUST, "D3", "二", **where)]
    paint_cells(written, tmp_path / "标注.xlsx", findings)
    painted = _painted(openpyxl.load_workbook(tmp_path / "标注.xlsx"), "值班表", RED)
    assert list(painted.values()) == ["D1 一\nD3 二"]


def test_findings_about_a_person_stand_in_his_account(written: Path, tmp_path: Path) -> None:
    findings = [Finding(Severity.MUST, "F2", "期末应为 60", person="0102"), Finding(Severity.MUST, "F2", "层级有误")]
    assert paint_cells(written, tmp_path / "标注.xlsx", findings) == findings[1:]
    book = openpyxl.load_workbook(tmp_path / "标注.xlsx")
    ((cell, text),) = _painted(book, "时间银行", RED).items()
    assert (book["时间银行"][cell].value, text) == ("0102", "F2 期末应为 60")


def test_the_written_texts_are_right(written: Path, small_problem: Problem) -> None:
    assert label_findings(read_roster(written), small_problem) == []


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [("B", "星期三", "星期"), ("C", "工作日", "日类"), ("I", "别的窗口", "窗口名称"), ("K", "别人", "姓名")],
)
def test_a_wrong_text_is_told_with_its_cell(
    written: Path, small_problem: Problem, column: str, value: str, said: str
) -> None:
    book = openpyxl.load_workbook(written)
    book["排班明细"][f"{column}2"] = value
    book.save(written)
    (finding,) = label_findings(read_roster(written), small_problem)
    assert finding.code == "F2" and finding.text.startswith(f"排班明细!{column}2 的{said}为“{value}”，应为“")


def test_wrong_minutes_of_a_leave_are_told(written: Path, small_problem: Problem) -> None:
    book = openpyxl.load_workbook(written)
    book["调休明细"]["H2"] = 999
    book.save(written)
    (finding,) = label_findings(read_roster(written), small_problem)
    assert finding.text == "调休明细!H2 的分钟为“999”，应为“180”"
