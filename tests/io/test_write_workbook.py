"""The roster workbook: which sheets, how they print, what stands in them, and what must never."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from zhiban.io import write_workbook
from zhiban.io.machine_sheets import MACHINE_SHEETS
from zhiban.io.write_workbook import write_roster
from zhiban.model.errors import Complaint
from zhiban.model.kinds import Line, Severity
from zhiban.model.problem import Problem
from zhiban.model.roster import Change, Finding, Judgement, Outcome, Roster

PRINTED = [
    "值班表",
    "午间值班表",
    "节假日预约派单表",
    "预约服务登记表",
    "预约登记台账",
    "调休安排表",
    "时间银行台账",
    "个人排班表",
    "统计表",
    "公示版",
]
PORTRAIT = {"预约服务登记表", "参数与日历"}

Write = Callable[..., Any]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(problem: Problem, outcome: Outcome, *remarks: Finding | Complaint) -> Any:
        write_roster(tmp_path / "值班表.xlsx", problem, outcome, remarks)
        return openpyxl.load_workbook(tmp_path / "值班表.xlsx")

    return written


def texts(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def _is_day(cell: Any) -> bool:
    return getattr(cell, "is_date", False) and "d" in cell.number_format


def visible(sheet: Worksheet) -> list[list[Any]]:
    """The values of a sheet without its hidden rows and columns, merged cells as one, blanks as ''."""
    columns = range(1, sheet.max_column + 1)
    hidden = {column for column in columns if sheet.column_dimensions[get_column_letter(column)].hidden}
    return [
        ["" if cell.value is None else cell.value for cell in row if cell.column not in hidden]
        for row in sheet.iter_rows()
        if not sheet.row_dimensions[row[0].row].hidden
    ]


# ---- sheets and print setup ----------------------------------------------------------------------------------------


def test_the_sheets_stand_in_their_order(write: Write, small_problem: Problem, small_outcome: Outcome) -> None:
    assert write(small_problem, small_outcome).sheetnames == [*PRINTED, "参数与日历", *MACHINE_SHEETS]


def test_problems_come_first_and_changes_before_the_parameters(
    write: Write, small_problem: Problem, make_outcome: Callable[..., Outcome]
) -> None:
    outcome = make_outcome(small_problem, resolved=True)
    remark = Complaint("人员", 7, "手机", "123", "手机号码只有3位", "请核对", weight="提醒", cell="人员!H7")
    book = write(small_problem, outcome, remark)
    assert book.sheetnames == ["问题清单", *PRINTED, "变更记录", "参数与日历", *MACHINE_SHEETS]
    assert "人员!H7：手机号码只有3位" in texts(book["问题清单"])
    assert "与原值班表相比没有变更" in texts(book["变更记录"])
    assert [cell.value for cell in book["问题明细"][2]][:2] == ["提醒", None]


def test_every_sheet_prints_on_a4_one_page_wide_with_page_numbers(
    write: Write, small_problem: Problem, small_outcome: Outcome
) -> None:
    book = write(small_problem, small_outcome)
    for sheet in book.worksheets:
        assert sheet.page_setup.paperSize == 9 or sheet.page_setup.paperSize == "9"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
        assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
        assert 0.55 <= sheet.page_margins.left <= 0.8 and sheet.print_options.horizontalCentered
        assert (sheet.page_setup.orientation == "portrait") == (sheet.title in PORTRAIT)
        if sheet.title != "预约服务登记表":
            assert sheet.print_title_rows


def test_the_printed_tables_close_with_signatures(write: Write, small_problem: Problem, small_outcome: Outcome) -> None:
    book = write(small_problem, small_outcome)
    for name in PRINTED:
        signed = any("审批人" in text for text in texts(book[name]))
        assert signed == (name not in {"预约服务登记表", "预约登记台账", "公示版"})


@pytest.mark.parametrize(
    ("scheme", "title", "body"), [("方正", "方正小标宋简体", "仿宋_GB2312"), ("系统", "宋体", "仿宋")]
)
def test_fonts_follow_the_scheme(
    write: Write,
    make_problem: Callable[..., Problem],
    make_outcome: Callable[..., Outcome],
    scheme: str,
    title: str,
    body: str,
) -> None:
    problem = make_problem(fonts=scheme)
    sheet = write(problem, make_outcome(problem))["值班表"]
    assert (sheet["A1"].font.name, sheet["A1"].font.bold, sheet["A1"].font.size) == (title, scheme == "系统", 22)
    assert (sheet["A4"].font.name, sheet["A4"].fill.fgColor.rgb, sheet["A4"].font.size) == ("黑体", "FFE7E6E6", 12)
    assert (sheet["A5"].font.name, sheet["A5"].border.left.style) == (body, "thin")


# ---- 值班表 --------------------------------------------------------------------------------------------------------


def test_the_wide_table_cell_by_cell(write: Write, small_problem: Problem, small_outcome: Outcome) -> None:
    rows = visible(write(small_problem, small_outcome)["值班表"])
    assert rows[0][0] == "青山市政务服务中心2026年11月周末无休值班表"
    assert (rows[1][0], rows[1][-4]) == ("单位（盖章）：", "服务方案：淄博2024")
    assert rows[2] == ["日期", "星期", "带班领导", "带班电话", "企业开办", "社会保险", "医疗保险", "备注"]
    # 申请1 on 11-01 takes the heads of W01 and W02; then the least burdened, by 工号.
    table = [[row[0].date().isoformat(), *row[1:]] for row in rows[3:12]]
    assert table[0] == ["2026-11-01", "星期日", "赵文静", "13900000000", "钱宇航", "周海燕", "郑丽华", ""]
    assert [row[0][-2:] for row in table] == ["01", "07", "08", "14", "15", "21", "22", "28", "29"]
    assert (rows[12][0] == "窗口负责人" and rows[12][4:7] == ["赵文静", "吴一鸣", "褚雪梅"]) or rows[12][4] == "赵文静"
    assert rows[13][4:7] == ["0999-5551200", "0999-5551201", "0999-5551202"]
    assert rows[14][0] == "注：值班时间：周末 上午9:00-12:00、下午13:00-17:00。"


def test_names_in_the_tables_are_those_of_the_roster(
    write: Write, small_problem: Problem, small_outcome: Outcome
) -> None:
    rows = visible(write(small_problem, small_outcome)["值班表"])
    for row in rows[3:12]:
        for column, window in enumerate(("W01", "W02", "W03"), 4):
            served = {
                small_problem.person[r.person].name
                for r in small_outcome.roster.duties
                if (r.day, r.line, r.window) == (row[0].date(), Line.WEEKEND, window)
            }
            assert row[column] == "、".join(served)


@pytest.mark.parametrize(("windows", "wide"), [(10, True), (11, False)])
def test_ten_windows_stand_side_by_side_eleven_below_each_other(
    write: Write,
    make_problem: Callable[..., Problem],
    make_outcome: Callable[..., Outcome],
    windows: int,
    wide: bool,
) -> None:
    problem = make_problem(windows, 3)
    rows = visible(write(problem, make_outcome(problem))["值班表"])
    header = rows[2]
    if wide:
        assert header[4:14] == [window.name for window in problem.windows]
    else:
        assert header == ["日期", "星期", "带班领导", "电话", "窗口", "负责人", "上午", "下午", "窗口电话", "备注"]
        assert [row[4] for row in rows[3:14]] == [window.name for window in problem.windows]
        assert rows[3][8] == "0999-5551200"


def test_a_vacancy_is_a_dash_and_stands_in_the_list_of_problems(
    write: Write, make_problem: Callable[..., Problem], make_outcome: Callable[..., Outcome]
) -> None:
    problem = make_problem(2, 2)
    outcome = make_outcome(problem)
    roster = replace(
        outcome.roster,
        duties=tuple(r for r in outcome.roster.duties if (r.day, r.window) != (date(2026, 11, 7), "W02")),
    )
    finding = Finding(Severity.MUST, "D1", "缺 1 人", "请增加可顶岗人员", date(2026, 11, 7), "周末", "", "W02")
    judgement = replace(outcome.judgement, unmet=(finding,))
    book = write(problem, replace(outcome, roster=roster, judgement=judgement))
    row = next(r for r in visible(book["值班表"])[3:] if r[0].date() == date(2026, 11, 7))
    assert row[5] == "—"
    assert book.sheetnames[0] == "问题清单"
    listed = visible(book["问题清单"])[3]
    assert [listed[0], listed[2], listed[4], listed[6]] == [
        "必须处理",
        "社会保险\n周末",
        "值班人数（D1）",
        "请增加可顶岗人员",
    ]


def test_half_days_have_a_row_each(
    write: Write, make_problem: Callable[..., Problem], make_outcome: Callable[..., Outcome]
) -> None:
    problem = make_problem(granularity="半天")
    rows = visible(write(problem, make_outcome(problem))["值班表"])
    assert rows[2][2] == "时段" and [rows[3][2], rows[4][2]] == ["上午", "下午"]
    assert rows[3][0].date() == date(2026, 11, 1) and rows[4][0] == ""


def test_holidays_by_appointment_are_said_to_be_so(
    write: Write, make_problem: Callable[..., Problem], make_outcome: Callable[..., Outcome]
) -> None:
    problem = make_problem(first=date(2026, 10, 1), last=date(2026, 10, 31))
    rows = visible(write(problem, make_outcome(problem))["值班表"])
    assert [rows[3][1], rows[3][-1], rows[3][4]] == ["国庆节", "预约服务", "／"]


def test_dates_of_an_unpublished_year_say_so_everywhere(
    write: Write, make_problem: Callable[..., Problem], make_outcome: Callable[..., Outcome]
) -> None:
    problem = make_problem(first=date(2027, 1, 1), last=date(2027, 1, 31))
    book = write(problem, make_outcome(problem))
    for name in ("值班表", "午间值班表", "公示版", "调休安排表", "时间银行台账", "参数与日历", "排班明细", "调休明细"):
        cells = [
            cell
            for row in book[name].iter_rows()
            for cell in row
            if getattr(cell, "is_date", False) and "d" in cell.number_format
        ]
        said = any("推算" in text for text in texts(book[name]))
        dated = [cell for cell in cells if cell.value.year == 2027]
        assert dated or said
        assert all("推算" in cell.number_format for cell in dated)
    for name in (*PRINTED, "参数与日历"):
        if name not in {"预约服务登记表", "预约登记台账"}:
            assert any("2027年放假安排未公布" in text for text in texts(book[name])), name


def test_weekends_and_holidays_have_a_light_fill(
    write: Write, make_problem: Callable[..., Problem], make_outcome: Callable[..., Outcome]
) -> None:
    problem = make_problem(first=date(2026, 10, 1), last=date(2026, 10, 31))
    sheet = write(problem, make_outcome(problem))["值班表"]
    fills = {row[1].value: row[1].fill.fgColor.rgb for row in sheet.iter_rows(min_row=5, max_row=15) if row[1].value}
    assert (fills["国庆节"], fills["星期日"]) == ("FFFBEDEB", "FFEEF4FA")


def test_two_people_of_one_name_are_told_apart(
    write: Write,
    small_problem: Problem,
    changed_problem: Callable[..., Problem],
    make_outcome: Callable[..., Outcome],
) -> None:
    people = list(small_problem.people)
    for number in (0, 1, 3):  # two of W01, one of W02
        people[number] = people[number].model_copy(update={"name": "张伟"})
    problem = changed_problem(small_problem, people=tuple(people))
    book = write(problem, make_outcome(problem))
    printed = {cell for row in visible(book["统计表"]) for cell in row if str(cell).startswith("张伟")}
    assert printed == {"张伟(0101)", "张伟(0102)", "张伟(市社会保险局)"}


# ---- 午间值班表 ----------------------------------------------------------------------------------------------------


def test_lunch_stands_in_week_blocks_with_counts(write: Write, small_problem: Problem, small_outcome: Outcome) -> None:
    rows = visible(write(small_problem, small_outcome)["午间值班表"])
    assert rows[2] == ["窗口", "星期一", "星期二", "星期三", "星期四", "星期五", "人次"]
    assert [cell.date().day for cell in rows[3][1:6]] == [2, 3, 4, 5, 6]
    assert [row[0] for row in rows[4:8]] == ["企业开办", "社会保险", "医疗保险", "日期"]
    names = {p.id: p.name for p in small_problem.people}
    served = {(r.day.day, r.window): names[r.person] for r in small_outcome.roster.duties if r.line == Line.LUNCH}
    assert rows[5][1:] == [*(served[day, "W02"] for day in (2, 3, 4, 5, 6)), 5]
    counts = next(row for row in rows if row[0] == "社会保险" and "次" in str(row[1]))
    lunches = [r.person for r in small_outcome.roster.duties if (r.line, r.window) == (Line.LUNCH, "W02")]
    assert counts[1] == "、".join(f"{names[p]} {lunches.count(p)}次" for p in sorted(set(lunches)))
    assert counts[6] == len(lunches)


def test_a_worked_saturday_has_its_column(
    write: Write, make_problem: Callable[..., Problem], make_outcome: Callable[..., Outcome]
) -> None:
    problem = make_problem(first=date(2026, 2, 1), last=date(2026, 2, 28))
    rows = visible(write(problem, make_outcome(problem))["午间值班表"])
    assert rows[2] == ["窗口", *(f"星期{d}" for d in "一二三四五六"), "人次"]
    holiday_week = next(n for n, row in enumerate(rows) if n > 3 and row[0] == "日期" and row[1].date().day == 23)
    assert rows[holiday_week + 1][1] == "休"


# ---- the forms -----------------------------------------------------------------------------------------------------


def test_the_form_is_annex_2_cell_by_cell(write: Write, small_problem: Problem, small_outcome: Outcome) -> None:
    sheet = write(small_problem, small_outcome)["预约服务登记表"]
    merged = {str(area) for area in sheet.merged_cells.ranges if area.max_row <= 12}
    assert merged == {
        "A1:F1", "B4:F4", "B5:C5", "E5:F5", "B6:C6", "E6:F6", "B7:C7", "E7:F7",
        "A8:A12", "B8:F8", "B9:F9", "B10:F10", "B11:F11", "B12:F12",
    }  # fmt: skip
    names = small_problem.person
    expected = {
        "A1": "青山市政务服务中心预约服务登记表",
        "A3": "预约人姓名", "B3": "申请人1", "C3": "联系电话", "D3": "13800000000", "E3": "单位", "F3": "青山机械厂",
        "A4": "预约事项", "B4": "企业设立登记",
        "A5": "预约办理时间", "B5": "11月1日9时30分", "D5": "预约窗口", "E5": "企业开办（主办）\n社会保险（配合）",
        "A6": "记录时间", "B6": "10月29日", "D6": "记录人", "E6": "林小满",
        "A7": "交办时间", "B7": "月　　日", "D7": "签收人", "E7": None,
        "A8": "办理情况", "B8": "是否完成预约办理：", "B10": "办理情况：",
        "B9": "办理时间：　　　年　　月　　日　　时　　分至　　时　　分",
        "B11": f"承办人1：{names['0101'].name:　<10}承办人2：{names['0201'].name}（配合）",
        "B12": "预约人（签字）：",
    }  # fmt: skip
    assert {cell: sheet[cell].value for cell in expected} == expected
    assert sheet["A1"].font.size == 22 and sheet.row_dimensions[10].height == 150
    assert [brk.id for brk in sheet.row_breaks.brk] == [12]  # two bookings, two pages
    assert sheet["B15"].value == "申请人2"


def test_a_finished_booking_is_filled_in(
    write: Write,
    small_problem: Problem,
    changed_problem: Callable[..., Problem],
    make_outcome: Callable[..., Outcome],
) -> None:
    first, second = small_problem.appointments
    done = first.model_copy(
        update={
            "state": "已办结",
            "actual_start": datetime(2026, 11, 1, 9, 35),
            "actual_end": datetime(2026, 11, 1, 10, 20),
            "outcome": "当场办结",
            "signed_by": "赵某",
        }
    )
    missed = second.model_copy(update={"state": "爽约放弃"})
    problem = changed_problem(small_problem, appointments=(done, missed))
    sheet = write(problem, make_outcome(problem))["预约服务登记表"]
    assert sheet["B8"].value == "是否完成预约办理：是"
    assert sheet["B9"].value == "办理时间：2026年11月1日9时35分至10时20分"
    assert (sheet["B10"].value, sheet["E7"].value) == ("办理情况：当场办结", "赵某")
    assert sheet["B20"].value == "是否完成预约办理：否（申请人爽约放弃）"


def test_without_bookings_a_blank_form_is_printed(
    write: Write, make_problem: Callable[..., Problem], make_outcome: Callable[..., Outcome]
) -> None:
    problem = make_problem(appointments=0)
    book = write(problem, make_outcome(problem))
    assert book["预约服务登记表"]["A3"].value == "预约人姓名" and book["预约服务登记表"]["B3"].value is None
    assert "本期没有需要派单的预约" in texts(book["节假日预约派单表"])


@pytest.mark.parametrize(("bookings", "rows", "breaks"), [(0, 10, []), (2, 10, []), (10, 10, []), (11, 20, [13])])
def test_the_ledger_is_appendix_a_with_ten_rows_a_page(
    write: Write,
    make_problem: Callable[..., Problem],
    make_outcome: Callable[..., Outcome],
    bookings: int,
    rows: int,
    breaks: list[int],
) -> None:
    problem = make_problem(appointments=bookings)
    sheet = write(problem, make_outcome(problem))["预约登记台账"]
    assert [cell.value for cell in sheet[2]] == [
        "序号", "登记日期", "预约人", None, "预约时间", "预约事项/内容", "受理人员", "备注",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[3]][2:4] == ["姓名", "联系电话"]
    assert {"C2:D2", "A2:A3", "H2:H3"} <= {str(area) for area in sheet.merged_cells.ranges}
    assert [sheet.cell(row, 1).value for row in range(4, 4 + rows)] == list(range(1, rows + 1))
    assert sheet.max_row == 3 + rows and sheet.cell(3 + rows, 8).border.left.style == "thin"
    assert [brk.id for brk in sheet.row_breaks.brk] == breaks
    assert sheet.print_title_rows == "$1:$3"
    if bookings:
        assert [sheet.cell(4, c).value for c in (3, 4, 5, 6)] == [
            "申请人1",
            "13800000000",
            "11月1日 9:30",
            "企业设立登记",
        ]


def test_the_dispatch_list_says_until_when_changes_may_be_told(
    write: Write, small_problem: Problem, small_outcome: Outcome
) -> None:
    sheet = write(small_problem, small_outcome)["节假日预约派单表"]
    row = visible(sheet)[3]
    names = small_problem.person
    assert row[:8] == [
        1, "星期日", "申请人1", "13800000000", "企业设立登记", "11月1日\n9:30-10:30",
        f"企业开办\n{names['0101'].name}", f"社会保险\n{names['0201'].name}",
    ]  # fmt: skip
    assert row[11].isoformat() == "2026-10-31T21:30:00"  # 12 hours before 9:30


# ---- people --------------------------------------------------------------------------------------------------------


def test_the_account_book_adds_up(write: Write, small_problem: Problem, small_outcome: Outcome) -> None:
    rows = visible(write(small_problem, small_outcome)["时间银行台账"])[3:]
    bank = {row.person: row for row in small_outcome.judgement.bank}
    seen = 0
    for row in rows:
        if str(row[3]).startswith("本期合计") and row[0]:
            seen += 1
            account = bank[row[0]]
            lines = [r for r in rows if r[0] == row[0] and not str(r[3]).startswith("本期合计")]
            paid_in = sum(r[6] or 0 for r in lines)
            assert paid_in * 60 == account.closing + account.taken + account.expired
            assert sum(r[7] or 0 for r in lines) * 60 == account.taken
            assert lines[-1][9] * 60 == row[9] * 60 == account.closing
    assert seen == sum(any((r.opening, r.weekend, r.call_in, r.taken)) for r in bank.values()) > 5


def test_leave_names_the_duty_it_pays_for_and_the_stand_in(
    write: Write, small_problem: Problem, small_outcome: Outcome
) -> None:
    rows = visible(write(small_problem, small_outcome)["调休安排表"])[3:]
    leaves = [row for row in rows if isinstance(row[0], int)]
    assert len(leaves) == len(small_outcome.roster.leaves)
    post = {p.a: p for p in small_problem.posts}
    heads = {small_problem.person[a].name: small_problem.person[p.b[0]] for a, p in post.items()}
    assert any(row[1] in heads for row in leaves)
    for row in leaves:
        assert row[4] == row[6] == "3" and "小时" in row[3]
        if row[1] in heads:
            assert (row[7], row[8]) == (heads[row[1]].name, heads[row[1]].mobile)


def test_the_grid_has_a_code_for_everything(write: Write, small_problem: Problem, small_outcome: Outcome) -> None:
    rows = visible(write(small_problem, small_outcome)["个人排班表"])
    names = {p.name: p.id for p in small_problem.people}
    grid = {names[row[1]]: row[2:32] for row in rows if row[1] in names}
    assert set(grid) == set(small_problem.person)
    for duty in small_outcome.roster.duties:
        code = {"午间": "午", "周末": "周", "应约": "约", "带班": "带"}[duty.line]
        assert code in grid[duty.person][duty.day.day - 1].split("\n")
    for leave in small_outcome.roster.leaves:
        assert "调上" in grid[leave.person][leave.day.day - 1].split("\n")
    assert [grid["0103"][day] for day in (2, 3)] == ["假", "假"]  # 3 and 4 November
    assert "假上" in grid["0103"][4].split("\n")  # back in the afternoon of the 5th


def test_statistics_count_what_was_rostered(write: Write, small_problem: Problem, small_outcome: Outcome) -> None:
    sheet = write(small_problem, small_outcome)["统计表"]
    rows = visible(sheet)
    header = rows[2]
    people = {row[1]: dict(zip(header, row, strict=True)) for row in rows[3:12]}
    counts = {c.person: c for c in small_outcome.judgement.closing_counts}
    for person, row in people.items():
        said = counts[person]
        assert (row["午间"], row["周六"], row["周日"], row["带班"]) == (
            said.lunch, said.saturday, said.sunday, said.lead,
        )  # fmt: skip
    spread = {row[0]: dict(zip(header, row, strict=True)) for row in rows[12:16]}
    lunches = [row["午间"] for row in people.values()]
    assert spread["极差"]["午间"] == max(lunches) - min(lunches)
    assert spread["最高"]["午间"] == max(lunches)
    windows = {row[0]: dict(zip(header, row, strict=True)) for row in rows[16:19]}
    assert windows["企业开办"]["应约率"] == 1 and windows["企业开办"]["姓名"] == "人均（3人）"
    assert len(sheet._charts) == 1  # pyright: ignore


def test_changes_are_ready_to_be_handed_out(write: Write, small_problem: Problem, make_outcome: Any) -> None:
    change = Change("0101", date(2026, 11, 7), "周末", "W01", "", "赵文静", "钱宇航", "请假外出第5行：病假")
    outcome = replace(make_outcome(small_problem, resolved=True), changes=(change,))
    row = visible(write(small_problem, outcome)["变更记录"])[3]
    assert row[2:10] == ["星期六", "周末", "／", "企业开办", "赵文静", "赵文静", "钱宇航", "请假外出第5行：病假"]


def test_parameters_show_values_and_the_calendar(write: Write, small_problem: Problem, small_outcome: Outcome) -> None:
    rows = visible(write(small_problem, small_outcome)["参数与日历"])
    left = {row[0]: row[1] for row in rows[3:]}
    assert (left["值班粒度"], left["计入周末"], left["时段：周末 上午"]) == ("全天", "是", "9:00-12:00 周末")
    assert left["随机种子"] == "1"
    first = rows[3]
    assert [first[4].date(), *first[5:7]] == [date(2026, 11, 1), "星期日", "周末"]


# ---- what must never happen ----------------------------------------------------------------------------------------

RISKY = ['=HYPERLINK("http://x","y")', "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1"]


@pytest.mark.parametrize("text", RISKY)
def test_no_text_ever_runs(
    tmp_path: Path,
    small_problem: Problem,
    changed_problem: Callable[..., Problem],
    make_outcome: Callable[..., Outcome],
    text: str,
) -> None:
    window = small_problem.windows[0].model_copy(update={"name": text, "unit": text, "phone": text})
    person = small_problem.people[1].model_copy(update={"name": text, "mobile": text})
    booking = small_problem.appointments[0].model_copy(update={"applicant": text, "unit": text, "note": text})
    problem = changed_problem(
        small_problem,
        center=text,
        windows=(window, *small_problem.windows[1:]),
        people=(small_problem.people[0], person, *small_problem.people[2:]),
        appointments=(booking, *small_problem.appointments[1:]),
    )
    finding = Finding(Severity.REMIND, "D1", text, text, subject=text)
    path = tmp_path / "a.xlsx"
    write_roster(path, problem, make_outcome(problem, {"备注": text}), [finding])
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
        charts = [archive.read(name).decode() for name in archive.namelist() if "charts/chart" in name]
    assert sheets and not [sheet for sheet in sheets if "<f>" in sheet or "<hyperlink" in sheet]
    formulas = re.findall("<c:f>(.*?)</c:f>", "".join(charts))
    assert formulas and all(re.fullmatch(r"统计表!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?", formula) for formula in formulas)
    found = 0
    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@", "\t", "_x000D_")):
                    assert cell.data_type == "s" and cell.quotePrefix, cell
                    found += 1
    assert found > 5


def test_the_public_sheet_has_no_private_data(
    write: Write,
    make_problem: Callable[..., Problem],
    make_outcome: Callable[..., Outcome],
    changed_problem: Callable[..., Problem],
) -> None:
    problem = make_problem(12, 3, appointments=4)
    desk = problem.windows[0].model_copy(update={"category": "咨询台"})
    problem = changed_problem(problem, windows=(desk, *problem.windows[1:]))
    book = write(problem, make_outcome(problem))
    said = "\n".join(texts(book["公示版"]))
    assert problem.person["0102"].name in said and "0999-5551200" in said and "企业开办 0999-5551200" in said
    for person in problem.people:
        assert person.mobile not in said
    for booking in problem.appointments:
        assert booking.applicant not in said and booking.phone not in said
    assert not re.search("年休假|病假|事假|产假|婚假|丧假|公差|培训|会议|调休|免加班", said)


def test_leaders_phones_are_public_only_where_the_setting_says_so(
    write: Write, make_problem: Callable[..., Problem], make_outcome: Callable[..., Outcome]
) -> None:
    problem = make_problem(hide_phones=False)
    said = texts(write(problem, make_outcome(problem))["公示版"])
    assert "13900000000" in said


def test_the_reasons_of_leave_stand_nowhere(write: Write, small_problem: Problem, small_outcome: Outcome) -> None:
    book = write(small_problem, small_outcome)
    for name in (*PRINTED, "参数与日历"):
        assert not [text for text in texts(book[name]) if "病假" in text]


def test_written_whole_or_not_at_all(
    tmp_path: Path, small_problem: Problem, small_outcome: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "值班表.xlsx"
    path.write_text("旧文件")

    def fails(*_: object) -> None:
        raise RuntimeError("写到一半")

    monkeypatch.setattr(write_workbook, "write_machine_sheets", fails)
    with pytest.raises(RuntimeError):
        write_roster(path, small_problem, small_outcome)
    assert path.read_text() == "旧文件" and [p.name for p in tmp_path.iterdir()] == ["值班表.xlsx"]


def test_an_empty_roster_can_be_written(write: Write, make_problem: Callable[..., Problem]) -> None:
    problem = make_problem(weekend_service="不开", lunch=False, appointments=0)
    outcome = Outcome(Roster(), Judgement((), (), (), {}, (), (), ()), ())
    book = write(problem, outcome)
    assert "本期周末及节假日不安排值班" in texts(book["值班表"])
    assert "本期午间不安排值班" in texts(book["午间值班表"])
    assert "本期不安排调休" in texts(book["调休安排表"])


def test_the_same_outcome_gives_the_same_cells(write: Write, small_problem: Problem, small_outcome: Outcome) -> None:
    first, second = write(small_problem, small_outcome), write(small_problem, small_outcome)
    for name in first.sheetnames:
        assert visible(first[name]) == visible(second[name])
