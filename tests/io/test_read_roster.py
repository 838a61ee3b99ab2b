"""What the machine sheets say is what was written, also after another program saved the file."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from zhiban.io.machine_sheets import MACHINE_SHEETS
from zhiban.io.read_roster import read_roster, require_period
from zhiban.io.write_workbook import write_roster
from zhiban.model.errors import InputError
from zhiban.model.problem import Problem
from zhiban.model.roster import Outcome


@pytest.fixture
def written(tmp_path: Path, small_problem: Problem, small_outcome: Outcome) -> Path:
    path = tmp_path / "值班表.xlsx"
    write_roster(path, small_problem, small_outcome)
    return path


def test_machine_sheets_have_their_columns_and_no_merged_cells(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    assert [name for name in book.sheetnames if name in MACHINE_SHEETS] == list(MACHINE_SHEETS)
    for name, columns in MACHINE_SHEETS.items():
        assert tuple(cell.value for cell in book[name][1]) == columns
        assert not book[name].merged_cells.ranges


def test_reads_back_equal(written: Path, small_problem: Problem, small_outcome: Outcome) -> None:
    file = read_roster(written, small_problem)
    judgement = small_outcome.judgement
    assert file.roster == small_outcome.roster
    assert file.tiers == small_outcome.tiers
    assert file.bank == judgement.bank
    assert [(x.person, x.earned, x.minutes, x.source, x.expires) for x in file.lots] == [
        (x.person, x.earned, x.minutes, x.source, x.expires) for x in judgement.closing_lots
    ]
    assert [(x.person, x.saturday, x.lead, x.last_duty) for x in file.counts] == [
        (x.person, x.saturday, x.lead, x.last_duty) for x in judgement.closing_counts
    ]
    assert (file.center, file.first, file.last) == ("青山市政务服务中心", date(2026, 11, 1), date(2026, 11, 30))
    assert file.written is not None and sorted(file.written) == sorted(small_outcome.roster.duties)
    assert not file.edited
    assert file.people["0101"] == small_problem.person["0101"].name
    assert file.windows["W01"] == "企业开办"
    assert file.info["现在"] == "2026-10-25 09:00"
    assert file.info["输入文件SHA-256"] == small_problem.sha256


def test_reads_back_after_saving_again_with_columns_moved(
    written: Path, small_problem: Problem, small_outcome: Outcome
) -> None:
    book = openpyxl.load_workbook(written)
    sheet = book["排班明细"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    formats = [cell.number_format for cell in sheet[2]]
    for r, values in enumerate(rows, 1):
        for c, value in enumerate(reversed(values), 1):
            cell = sheet.cell(r, c)
            cell.value = value
            if r > 1:
                cell.number_format = formats[-c]
    book.save(written)
    file = read_roster(written, small_problem)
    assert file.roster == small_outcome.roster
    assert not file.edited


def test_midnight_as_an_end_survives(tmp_path: Path, small_problem: Problem, small_outcome: Outcome, edit: Any) -> None:
    first = small_outcome.roster.duties[0]
    late = edit(first, start=1200, end=1440)
    roster = edit(small_outcome.roster, duties=(late, *small_outcome.roster.duties[1:]))
    write_roster(tmp_path / "a.xlsx", small_problem, edit(small_outcome, roster=roster))
    assert late in read_roster(tmp_path / "a.xlsx").roster.duties


def test_numbers_for_ids_and_texts_for_dates_are_read(written: Path, small_outcome: Outcome) -> None:
    book = openpyxl.load_workbook(written)
    sheet = book["排班明细"]
    duty = small_outcome.roster.duties[0]
    sheet["A2"] = f"{duty.day.year}年{duty.day.month}月{duty.day.day}日"
    sheet["J2"] = 1001.0
    sheet["F2"] = "9：00"
    book.save(written)
    file = read_roster(written)
    changed = next(row for row in file.roster.duties if row.person == "1001")
    assert (changed.day, changed.start) == (duty.day, 540)
    assert file.edited


def _refused(path: Path, problem: Problem | None = None) -> list[str]:
    with pytest.raises(InputError) as error:
        read_roster(path, problem)
    return [complaint.text for complaint in error.value.complaints]


def test_missing_sheets_are_named_all_at_once(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    del book["调休明细"], book["时间银行"]
    book.save(written)
    assert _refused(written) == ["值班表.xlsx 缺少工作表：调休明细、时间银行"]


def test_another_programs_workbook_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "人员"  # pyright: ignore[reportOptionalMemberAccess]
    book.save(tmp_path / "别的.xlsx")
    (text,) = _refused(tmp_path / "别的.xlsx")
    assert "不是本程序写出的值班表" in text and "输入工作簿" in text


def test_a_text_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "值班表.xlsx"
    path.write_text("工号,姓名")
    assert len(_refused(path)) == 1


def test_an_older_version_is_refused(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    for row in book["求解信息"].iter_rows():
        if row[0].value == "格式版本":
            row[1].value = "0"
    book.save(written)
    (text,) = _refused(written)
    assert "另一版本" in text


def test_a_deleted_column_is_named(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    book["排班明细"].delete_cols(10)
    book.save(written)
    assert _refused(written) == ["工作表“排班明细”缺少“工号”列"]


def test_every_unreadable_cell_is_told(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    sheet = book["排班明细"]
    sheet["A2"], sheet["D3"], sheet["F4"] = "明天", "夜班", "早上"
    book.save(written)
    texts = _refused(written)
    assert [text.split(" ")[0] for text in texts] == ["排班明细!A2", "排班明细!D3", "排班明细!F4"]


def test_unknown_people_and_windows_are_named_with_near_misses(written: Path, small_problem: Problem) -> None:
    book = openpyxl.load_workbook(written)
    sheet = book["排班明细"]
    row = next(r for r in range(2, 50) if sheet.cell(r, 4).value == "周末")
    sheet.cell(row, 10, "01011")
    sheet.cell(row, 8, "W0l")
    book.save(written)
    texts = _refused(written, small_problem)
    assert texts[0] == f"排班明细!J{row} 的工号 01011 在输入中不存在，是否为 0101？"
    assert texts[1].startswith(f"排班明细!H{row} 的窗口编号 W0l 在输入中不存在，是否为 W0")


def test_another_centre_is_refused(written: Path, small_problem: Problem) -> None:
    other = small_problem.model_copy(update={"center": "碧水县政务服务中心"})
    (text,) = _refused(written, other)
    assert "青山市" in text and "碧水县" in text


def test_another_period_is_refused_where_it_matters(written: Path, make_problem: Any) -> None:
    december = make_problem(first=date(2026, 12, 1), last=date(2026, 12, 31))
    file = read_roster(written, december)
    with pytest.raises(InputError):
        require_period(file, december)
