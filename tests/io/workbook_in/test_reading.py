"""Every clause of the paragraph Reading of the workbook's contract: what people really produce is read."""

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from zhiban.model.kinds import Half, SegmentKind

LEAVE = ["工号", "类型", "开始日", "开始半日", "结束日", "结束半日", "状态"]
WISH = ["工号", "日期", "意愿"]


def texts(complaints: Any) -> str:
    return "\n".join(f"{c.weight} {c.cell} {c.text}" for c in complaints)


def test_a_plain_workbook_reads_without_a_remark(office: Any) -> None:
    result = office.read()
    assert result.remarks == ()
    problem = result.problem
    assert problem.center == "清河区政务服务中心"
    assert (problem.first, problem.last) == (dt.date(2026, 11, 2), dt.date(2026, 11, 15))
    assert [w.id for w in problem.windows] == ["W01", "W02"]
    assert problem.person["103"].windows == ("W01", "W02")
    assert problem.item["SX2"].windows == ("W01", "W02")
    assert problem.window["W01"].row == 2
    assert len(problem.sha256) == 64
    assert problem.setting_sources["带班范围"] != problem.setting_sources["带班方式"]


# ---- the sheet around the data --------------------------------------------------------------------------------


def test_a_title_above_the_header(office: Any, basics: Any) -> None:
    rows = [["政务服务中心人员名单"], [None], [None, "2026年11月"], *basics["人员"]]
    problem = office.read({"人员": rows}).problem
    assert [p.id for p in problem.people] == ["101", "102", "103", "201", "202"]
    assert problem.people[0].row == 5


def test_a_title_that_is_itself_a_column_name(office: Any) -> None:
    rows = [["意愿"], WISH, ["101", "2026-11-07", "希望"]]
    assert len(office.read({"意愿": rows}).problem.wishes) == 1


def test_the_header_is_looked_for_in_the_first_ten_rows(office: Any, basics: Any) -> None:
    nine = [["标题"]] + [["第二行说明"]] * 8
    assert len(office.read({"人员": nine + basics["人员"]}).problem.people) == 5
    found = office.errors({"人员": [["标题"], *nine, *basics["人员"]]})
    assert "前 10 行中找不到表头" in texts(found)


@pytest.mark.parametrize(
    "label", ["工号*", "工号（必填）", "工号(必填)*", " 工 号 ", "工号＊", "工\n号", "工号【唯一】"]
)
def test_stars_brackets_and_blanks_of_headers_are_cut(office: Any, label: str) -> None:
    people = {"人员": [[label, "姓名*", "窗口编号（见窗口表）"], ["101", "张三", "W01"]]}
    assert office.read(people).problem.people[0].id == "101"


def test_a_header_repeated_further_down_is_skipped(office: Any) -> None:
    head = ["工号", "姓名", "窗口编号"]
    rows = [head, ["101", "张三", "W01"], head, ["102", "李四", "W01"]]
    assert [p.id for p in office.read({"人员": rows}).problem.people] == ["101", "102"]


def test_blank_rows_are_left_out_and_one_with_optional_cells_is_told(office: Any) -> None:
    rows = [["工号", "姓名", "窗口编号", "备注"], ["101", "张三", "W01", None], [None] * 4, [" ", None, None, "待定"]]
    result = office.read({"人员": rows})
    assert len(result.problem.people) == 1
    assert "第 4 行没有填任何必填的列" in texts(result.remarks)


@pytest.mark.parametrize("word", ["合计", "小计", "总计", "合 计", "合计："])
def test_totals_rows_are_left_out(office: Any, word: str) -> None:
    rows = [["工号", "姓名", "窗口编号"], ["101", "张三", "W01"], [word, "1人", None], ["102", "李四", "W01"]]
    assert [p.id for p in office.read({"人员": rows}).problem.people] == ["101", "102"]


@pytest.mark.parametrize(
    "word", ["说明：本表由各窗口填写", "备注", "注：1. 工号唯一", "制表人：王某　审核人：赵某", "注1"]
)
def test_remarks_at_the_end_are_left_out(office: Any, word: str) -> None:
    rows = [["工号", "姓名", "窗口编号"], ["101", "张三", "W01"], [word], [None], ["说明", "请勿外传"]]
    result = office.read({"人员": rows})
    assert [p.id for p in result.problem.people] == ["101"]
    assert [c for c in result.remarks if c.sheet == "人员"] == []


def test_a_row_of_data_whose_id_begins_like_a_remark_stays(office: Any) -> None:
    rows = [["窗口编号", "窗口名称"], ["W01", "社会保险窗口"], ["W02", "医保窗口"], ["注册01", "企业注册窗口"]]
    assert "注册01" in office.read({"窗口": rows}).problem.window


def test_hidden_sheets_rows_and_columns_are_read_with_a_note(office: Any) -> None:
    def hide(book: Any) -> None:
        book["窗口"].sheet_state = "hidden"
        book["人员"].row_dimensions[3].hidden = True
        book["人员"].column_dimensions["D"].hidden = True

    result = office.read(edit=hide)
    assert len(result.problem.people) == 5
    assert result.problem.person["103"].stand_in_windows == ("W02",)
    told = texts(result.remarks)
    assert {c.weight for c in result.remarks} == {"提示"}
    assert "工作表“窗口”是隐藏的" in told
    assert "有 1 个隐藏行（第 3 行）" in told
    assert "列“可顶岗窗口”是隐藏的" in told


def test_vertically_merged_cells_hold_for_rows_that_are_not_otherwise_blank(office: Any) -> None:
    rows = [
        ["窗口编号", "工号", "姓名"],
        ["W01", "101", "张三"],
        [None, "102", "李四"],
        [None] * 3,
        [None, "103", "王五"],
    ]

    def merge(book: Any) -> None:
        book["人员"].merge_cells("A2:A5")

    people = office.read({"人员": rows}, merge).problem.people
    assert [(p.id, p.window) for p in people] == [("101", "W01"), ("102", "W01"), ("103", "W01")]


def test_columns_in_any_order_and_unknown_ones_with_a_note(office: Any) -> None:
    rows = [["姓名", "出生年月", "窗口编号", "工号"], ["张三", "1990-01", "W01", "101"]]
    result = office.read({"人员": rows})
    assert result.problem.people[0].name == "张三"
    assert "不认识的列“出生年月”（B1）不读" in texts(result.remarks)


def test_unknown_sheets_with_a_note_that_names_a_near_miss(office: Any) -> None:
    result = office.read({"通讯录": [["甲"]], "岗位表": [["甲"]]})
    told = texts(result.remarks)
    assert "不认识的工作表“通讯录”不读" in told
    assert "“岗位表”不读（是否为“岗位”？）" in told


def test_empty_optional_sheets_are_as_good_as_absent(office: Any) -> None:
    result = office.read({"岗位": [], "意愿": [WISH]})
    assert result.problem.posts == ()
    assert result.remarks == ()


# ---- texts, ids, names ------------------------------------------------------------------------------------------


def test_full_width_digits_letters_and_punctuation(office: Any) -> None:
    people = office.people(["１０１", "张三", "Ｗ０１"])
    person = office.read(people).problem.people[0]
    assert (person.id, person.window) == ("101", "W01")


def test_blanks_and_invisible_characters_in_names_and_ids(office: Any) -> None:
    people = office.people(["\ufeff101\u200b", "　张　三 ", "W0\n1"], ["102\r\n", "John  Smith", " W01 "])
    first, second = office.read(people).problem.people
    assert (first.id, first.name, first.window) == ("101", "张三", "W01")
    assert (second.id, second.name, second.window) == ("102", "John Smith", "W01")


@pytest.mark.parametrize("written", [1001, 1001.0, "1001", "1001.0"])
def test_ids_written_as_numbers_are_one(office: Any, written: Any) -> None:
    sheets = office.people([written, "张三", "W01"]) | {"意愿": [WISH, ["1001", "2026-11-07", "希望"]]}
    assert office.read(sheets).problem.wishes[0].person == "1001"


def test_leading_zeros_are_part_of_an_id(office: Any) -> None:
    people = office.read(office.people(["0012", "张三", "W01"], ["12", "李四", "W01"])).problem.people
    assert [p.id for p in people] == ["0012", "12"]


@pytest.mark.parametrize(
    "written", ["W01；W02", "W01;W02", "W01、W02", "W01，W02", "W01,W02", "W01\nW02", " W01 ； ；W02；"]
)
def test_lists_by_any_separator(office: Any, written: str) -> None:
    people = office.people(["101", "张三", "W01", written], header=["工号", "姓名", "窗口编号", "可顶岗窗口"])
    assert office.read(people).problem.people[0].stand_in_windows == ("W01", "W02")


def test_phones_as_numbers(office: Any) -> None:
    people = office.people(["101", "张三", "W01", 13900000001], header=["工号", "姓名", "窗口编号", "手机"])
    assert office.read(people).problem.people[0].mobile == "13900000001"


# ---- dates and times --------------------------------------------------------------------------------------------

SATURDAY = dt.date(2026, 11, 7)


@pytest.mark.parametrize(
    "written",
    [
        SATURDAY,
        dt.datetime(2026, 11, 7),
        46333,
        "2026年11月7日",
        "2026-11-7",
        "2026.11.7",
        "2026/11/7",
        "20261107",
        20261107,
        "２０２６－１１－０７",
        "11月7日",
        "11-7",
        "11/7",
        "2026年11月7日（星期六）",
    ],
)
def test_dates_in_all_forms(office: Any, written: Any) -> None:
    result = office.read({"意愿": [WISH, ["101", written, "希望"]]})
    assert result.problem.wishes[0].day == SATURDAY
    assert result.remarks == ()


def test_dates_of_the_1904_system(office: Any) -> None:
    def old_mac(book: Any) -> None:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        book.epoch = CALENDAR_MAC_1904

    sheets = {"意愿": [WISH, ["101", SATURDAY, "希望"]]}
    assert office.read(sheets, old_mac).problem.wishes[0].day == SATURDAY


@pytest.mark.parametrize("written", [dt.datetime(2026, 11, 7, 9, 30), "2026-11-07 9:30", "2026年11月7日 09:30:00"])
def test_the_date_part_of_a_moment_with_a_note(office: Any, written: Any) -> None:
    result = office.read({"意愿": [WISH, ["101", written, "希望"]]})
    assert result.problem.wishes[0].day == SATURDAY
    assert "带有时刻，只取日期 2026-11-07" in texts(result.remarks)
    assert result.remarks[0].cell == "意愿!B2"


def test_a_date_without_a_year_takes_the_year_that_fits(office: Any) -> None:
    sheets = office.settings(["开始日期", "2026-12-28", None], ["结束日期", "2027-01-10", None])
    sheets["意愿"] = [WISH, ["101", "12-30", "希望"], ["101", "1月3日", "希望"]]
    days = [w.day for w in office.read(sheets).problem.wishes]
    assert days == [dt.date(2026, 12, 30), dt.date(2027, 1, 3)]


def test_a_date_without_a_year_that_fits_no_year_or_no_period_is_an_error(office: Any) -> None:
    outside = office.errors({"意愿": [WISH, ["101", "10-30", "希望"]]})
    assert [c.cell for c in outside] == ["意愿!B2"]
    people = office.people(["101", "张三", "W01", "11-7"], header=["工号", "姓名", "窗口编号", "到岗日"])
    assert [c.cell for c in office.errors(people)] == ["人员!D2"]


def test_lists_of_dates_with_ranges(office: Any) -> None:
    header = ["工号", "不可用"]
    rows = [header, ["101", "2026-11-07；11-14~11-15"], ["102", SATURDAY], ["103", "11月3日～11月4日、2026/11/9"]]
    leaders = office.read({"带班领导": rows}).problem.leaders
    assert leaders[0].unavailable == (SATURDAY, dt.date(2026, 11, 14), dt.date(2026, 11, 15))
    assert leaders[1].unavailable == (SATURDAY,)
    assert leaders[2].unavailable == (dt.date(2026, 11, 3), dt.date(2026, 11, 4), dt.date(2026, 11, 9))


OVERTIME = ["工号", "日期", "开始", "结束", "备案"]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (dt.time(17), dt.time(18, 30)),
        (17 / 24, 18.5 / 24),
        ("17:00", "18:30"),
        ("17：00", "18： 30"),
        ("17点", "18点半"),
        ("17时00分", "18时30分"),
        ("17:00—18:30", None),
        ("17: 00~18: 30", None),
        ("17:00～18:30", None),
        ("17:00-18:30", None),
        ("17:00 – 18:30", None),
        ("17:00至18:30", None),
        (None, "17:00-18:30"),
    ],
)
def test_times_in_all_forms_and_ranges_in_one_cell(office: Any, start: Any, end: Any) -> None:
    row = office.read({"延时记录": [OVERTIME, ["101", "2026-11-05", start, end, "是"]]}).problem.overtime[0]
    assert (row.start, row.end, row.filed) == (17 * 60, 18 * 60 + 30, True)


@pytest.mark.parametrize("end", ["24:00", 1.0])
def test_midnight_as_an_end(office: Any, end: Any) -> None:
    sheets = {"延时记录": [OVERTIME, ["101", "2026-11-05", "22:00", end, None]]}
    row = office.read(sheets).problem.overtime[0]
    assert (row.end, row.filed) == (1440, False)


def test_midnight_as_a_start_is_an_error(office: Any) -> None:
    sheets = {"延时记录": [OVERTIME, ["101", "2026-11-05", "24:00", "24:00", None]]}
    assert [c.cell for c in office.errors(sheets)] == ["延时记录!C2"]


def test_a_range_beside_a_filled_end_is_an_error(office: Any) -> None:
    sheets = {"延时记录": [OVERTIME, ["101", "2026-11-05", "17:00-18:00", "18:30", None]]}
    assert [c.cell for c in office.errors(sheets)] == ["延时记录!C2"]


@pytest.mark.parametrize(
    "written", ["2026-11-05 9:25", dt.datetime(2026, 11, 5, 9, 25, 40), "2026年11月5日9时25分", "2026-11-05T09:25"]
)
def test_moments(office: Any, written: Any) -> None:
    header = ["预约编号", "登记时间", "渠道", "预约人", "联系电话", "事项编号", "预约日期", "开始时间", "状态"]
    row = ["Y1", written, "电话", "王某", "13900000002", "SX1", "2026-11-07", "9:30", "已登记"]
    appointment = office.read({"预约登记": [header, row]}).problem.appointments[0]
    assert appointment.registered == dt.datetime(2026, 11, 5, 9, 25)


def test_clock_times_as_moments_are_on_the_day_of_the_row(office: Any) -> None:
    header = [
        "预约编号",
        "登记时间",
        "渠道",
        "预约人",
        "联系电话",
        "事项编号",
        "预约日期",
        "开始时间",
        "状态",
        "实际开始",
        "实际结束",
    ]
    row = ["Y1", "2026-11-05 9:25", "电话", "王某", "1", "SX1", "2026-11-07", "9:30", "已登记", "9:32-10:05", None]
    appointment = office.read({"预约登记": [header, row]}).problem.appointments[0]
    assert appointment.actual_start == dt.datetime(2026, 11, 7, 9, 32)
    assert appointment.actual_end == dt.datetime(2026, 11, 7, 10, 5)


def test_seasons_and_weekdays_of_segments(office: Any) -> None:
    header = ["名称", "类型", "适用日", "开始", "结束", "季节起", "季节止"]
    rows = [
        header,
        ["上午", "周末", "周六；周日", "8:30-12:00", None, "05-01", "9月30日"],
        ["上午", "周末", "周末", "9:00", "12:00", "10/1", dt.date(2026, 4, 30)],
    ]
    segments = [s for s in office.read({"作息时段": rows}).problem.segments if s.kind is SegmentKind.WEEKEND]
    assert [(s.season_from, s.season_to) for s in segments] == [((5, 1), (9, 30)), ((10, 1), (4, 30))]
    assert segments[0].days == ("周六", "周日")
    assert (segments[0].start, segments[0].end) == (510, 720)


# ---- truth values, numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["是", "√", "✓", 1, 1.0, "1", "Y", "y", "TRUE", True, "有", "Ｙ"])
def test_yes(office: Any, written: Any) -> None:
    sheets = {"延时记录": [OVERTIME, ["101", "2026-11-05", "17:00", "18:00", written]]}
    assert office.read(sheets).problem.overtime[0].filed is True


@pytest.mark.parametrize("written", ["否", "×", "✗", 0, "0", "N", "n", "FALSE", False, "无"])
def test_no(office: Any, written: Any) -> None:
    people = office.people(["101", "张三", "W01", written], header=["工号", "姓名", "窗口编号", "参加周末"])
    assert office.read(people).problem.people[0].joins_weekend is False


def test_numbers_with_their_units(office: Any) -> None:
    windows = [["窗口编号", "窗口名称", "周末最少"], ["W01", "社保", "2人"], ["W02", "医保", "１ 人"]]
    items = [
        ["事项编号", "事项名称", "主办窗口", "标准分钟"],
        ["SX1", "甲", "W01", "30分钟"],
        ["SX2", "乙", "W01", "45 分"],
    ]
    problem = office.read({"窗口": windows, "事项": items}).problem
    assert [w.weekend_minimum for w in problem.windows] == [2, 1]
    assert [i.minutes for i in problem.items] == [30, 45]


@pytest.mark.parametrize(
    ("key", "written", "field", "expected"),
    [
        ("计入比例", "1:1", "credit_ratio", Fraction(1)),
        ("计入比例", dt.time(1, 1), "credit_ratio", Fraction(1)),
        ("计入比例", "150%", "credit_ratio", Fraction(3, 2)),
        ("午间比例", "25%", "lunch_ratio", Fraction(1, 4)),
        ("午间比例", 0.25, "lunch_ratio", Fraction(1, 4)),
        ("提前小时", "24小时", "lead_hours", 24.0),
        ("单次上限分钟", "210分钟", "appointment_minutes_cap", 210),
        ("周末最少人数", "2人", "weekend_minimum", 2),
        ("计入午间", "√", "credit_lunch", True),
        ("周末服务", " 仅周六 ", "weekend_service", "仅周六"),
    ],
)
def test_settings(office: Any, key: str, written: Any, field: str, expected: Any) -> None:
    problem = office.read(office.settings([key, written, None])).problem
    assert getattr(problem.policy, field) == expected


@pytest.mark.parametrize("key", ["提前小时（小时）", "提前小时*", " 提前 小时："])
def test_keys_of_settings_are_cleaned_like_headers(office: Any, key: str) -> None:
    assert office.read(office.settings([key, 24, None])).problem.policy.lead_hours == 24


def test_an_empty_setting_is_the_policys(office: Any) -> None:
    assert office.read(office.settings(["周末服务", None, "空着"])).problem.policy.weekend_service == "周六日"


# ---- formulas and cell errors -----------------------------------------------------------------------------------


def test_a_formula_is_read_by_its_cached_value(tmp_path: Any, office: Any, basics: Any) -> None:
    import xlsxwriter

    path = tmp_path / "公式.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in basics.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
            if name == "人员":
                page.write_formula(1, 1, '="何"&"雨晴"', None, "何雨晴")
                page.write_formula(2, 0, "=100+2", None, 102)
    from zhiban.io.read_workbook import read_problem

    people = read_problem(path).problem.people
    assert people[0].name == "何雨晴"
    assert people[1].id == "102"


def test_formulas_without_a_value_and_cell_errors_in_remarks_are_notes(office: Any) -> None:
    header = ["工号", "姓名", "窗口编号", "备注"]
    result = office.read({"人员": [header, ["101", "张三", "W01", "=A1"], ["102", "李四", "W01", "#REF!"]]})
    assert [p.note for p in result.problem.people] == ["", ""]
    told = [(c.weight, c.cell) for c in result.remarks if c.sheet == "人员"]
    assert told == [("提示", "人员!D2"), ("提示", "人员!D3")]


def test_halves_and_states_of_leave(office: Any) -> None:
    rows = [
        LEAVE,
        ["101", "年休假", "11-4", "下午", "11-6", "上午", None],
        ["102", "事假", "11-4", None, "11-4", None, "待批"],
    ]
    first, second = office.read({"请假外出": rows}).problem.leaves
    assert (first.first_half, first.last_half, first.approved) == (Half.AFTERNOON, Half.MORNING, True)
    assert second.approved is False
