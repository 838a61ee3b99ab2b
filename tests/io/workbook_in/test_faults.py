"""Every class of fault of an input: one cell, its value, what is expected, what to type instead."""

import datetime as dt
from typing import Any

import pytest

WISH = ["工号", "日期", "线", "意愿", "权重"]
LEAVE = ["工号", "类型", "开始日", "开始半日", "结束日", "结束半日", "状态"]
APPOINTMENT = ["预约编号", "登记时间", "渠道", "预约人", "联系电话", "事项编号", "预约日期", "状态"]
BOOKED = ["Y1", "2026-11-05 9:25", "电话", "王某", "13900000002", "SX1", "2026-11-07", "已登记"]
POST = ["岗位编号", "岗位名称", "窗口编号", "A角", "B角"]
SEGMENT = ["名称", "类型", "适用日", "开始", "结束"]
LOT = ["工号", "产生日期", "分钟", "到期日"]


def booked(**changes: Any) -> dict[str, Any]:
    """预约登记 of one row, columns replaced or added; the start is 9:30 unless a start is given."""
    row: dict[str, Any] = dict(zip(APPOINTMENT, BOOKED, strict=True))
    if not changes.keys() & {"开始时间", "最早开始", "最晚开始"}:
        row["开始时间"] = "9:30"
    row.update(changes)
    return {"预约登记": [list(row), list(row.values())]}


def only(complaints: Any) -> Any:
    """The one complaint there is."""
    assert len(complaints) == 1, [(c.cell, c.text) for c in complaints]
    return complaints[0]


def cells(complaints: Any) -> list[str]:
    return [c.cell for c in complaints]


# ---- sheets, columns, cells missing or doubled ------------------------------------------------------------------


def test_a_required_sheet_missing_names_the_near_miss(office: Any) -> None:
    def rename(book: Any) -> None:
        book["人员"].title = "人员表"

    found = [c for c in office.errors(edit=rename) if c.sheet == "人员"]
    assert "缺少工作表“人员”，是否为“人员表”？" in only(found).text
    assert "改名为“人员”" in only(found).advice


def test_a_required_column_missing_names_the_near_miss(office: Any) -> None:
    rows = [["工号码", "姓名", "窗口编号"], ["101", "张三", "W01"]]
    fault = next(c for c in office.errors({"人员": rows}) if c.sheet == "人员")
    assert "缺少必填的列“工号”，是否为“工号码”这一列？" in fault.text


def test_required_cells_missing(office: Any) -> None:
    found = office.errors(office.people(["101", None, "W01"], [None, "李四", "W01"]))
    assert cells(found) == ["人员!B2", "人员!A3"]
    assert found[0].text == "姓名没有填，这一列必填"


def test_people_without_a_row(office: Any) -> None:
    found = [c for c in office.errors(office.people()) if c.sheet == "人员"]
    assert only(found).text == "工作表“人员”没有一个人"


def test_an_empty_required_sheet(office: Any) -> None:
    found = [c for c in office.errors({"窗口": []}) if c.sheet == "窗口"]
    assert only(found).text == "工作表“窗口”是空的"


def test_header_text_twice(office: Any) -> None:
    rows = [["工号", "姓名", "窗口编号", "姓名（必填）"], ["101", "张三", "W01", "张三"]]
    fault = only(office.errors({"人员": rows}))
    assert (fault.cell, fault.text) == ("人员!B1", "表头“姓名”出现了 2 次（B1、D1）")


def test_two_sheets_of_one_name(office: Any) -> None:
    assert "工作表“人员”有两个" in only(office.errors({"人员 ": [["工号"]]})).text


@pytest.mark.parametrize(
    ("sheets", "cell"),
    [
        ({"窗口": [["窗口编号", "窗口名称"], ["W01", "甲"], ["W02", "乙"], ["W01", "丙"]]}, "窗口!A4"),
        ({"岗位": [POST, ["G1", "岗", "W01", "101", "102"], ["G1", "岗", "W01", "102", "101"]]}, "岗位!A3"),
        ({"值班需求": [["线", "范围", "最少人数"], ["周末", "全中心", 1], ["周末", "全中心", 2]]}, "值班需求!A3"),
        ({"带班领导": [["工号", "带班组"], ["101", None], ["101", None]]}, "带班领导!A3"),
        ({"历史累计": [["工号", "周六"], ["101", 1], ["101", 2]]}, "历史累计!A3"),
        ({"意愿": [WISH, ["101", "11-7", None, "希望", 1], ["101", "11-7", None, "不希望", 1]]}, "意愿!A3"),
        (
            {
                "实际到岗": [
                    ["日期", "线", "时段", "窗口编号", "工号", "情况"],
                    ["11-7", "周末", "上午", "W01", "101", "正常"],
                    ["11-7", "周末", "上午", "W01", "101", "迟到"],
                ]
            },
            "实际到岗!A3",
        ),
    ],
)
def test_a_key_twice(office: Any, sheets: Any, cell: str) -> None:
    fault = only(office.errors(sheets))
    assert fault.cell == cell
    assert "重复，与第 2 行相同" in fault.text


def test_people_and_appointments_with_one_id_twice(office: Any) -> None:
    people = office.people(["1001", "张三", "W01"], [1001.0, "李四", "W01"])
    assert only(office.errors(people)).cell == "人员!A3"
    sheets = booked()
    sheets["预约登记"].append(sheets["预约登记"][1])
    assert only(office.errors(sheets)).cell == "预约登记!A3"


def test_keys_that_differ_in_one_column_are_two(office: Any) -> None:
    rows = [
        WISH,
        ["101", "11-7", "周末", "希望", 1],
        ["101", "11-7", None, "希望", 1],
        ["101", "11-8", None, "希望", 1],
    ]
    assert office.errors({"意愿": rows}) == []


# ---- settings ---------------------------------------------------------------------------------------------------


def test_an_unknown_setting_names_the_near_miss(office: Any) -> None:
    fault = only(office.errors(office.settings(["周未服务", "周六日", None])))
    assert fault.cell == "基本设置!A7"
    assert "是否为 周末服务？" in fault.text


def test_a_setting_given_twice(office: Any, basics: Any) -> None:
    rows = [*basics["基本设置"], ["带班范围", None, None]]
    fault = only(office.errors({"基本设置": rows}))
    assert (fault.cell, fault.text) == ("基本设置!A7", "项目“带班范围”重复，与第 6 行相同")


def test_required_settings_missing_or_empty(office: Any, basics: Any) -> None:
    rows = [row for row in basics["基本设置"] if row[0] != "中心名称"]
    rows = [["结束日期", None, None] if row[0] == "结束日期" else row for row in rows]
    found = office.errors({"基本设置": rows})
    assert [c.text for c in found] == ["缺少必填的项目“中心名称”", "结束日期没有填，这一项必填"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("服务方案", "淄博2023"),
        ("开始日期", "十一月一日"),
        ("结束日期", "2101-01-01"),
        ("开始日期", "2003-12-31"),
        ("结束日期", "2026-11-01"),
        ("结束日期", "2027-11-03"),
        ("周末服务", "周六"),
        ("午间比例", 0),
        ("午间比例", 1.01),
        ("计入比例", "1:0"),
        ("计入比例", 10.5),
        ("兼岗上限", 0),
        ("兼岗上限", 1.5),
        ("承办人数", 6),
        ("标准日小时", 25),
        ("提前小时", -1),
        ("周末最少人数", 1001),
        ("周末最少人数", "NaN"),
        ("计入午间", "也许"),
        ("最多连续工作天", "六"),
    ],
)
def test_values_of_settings(office: Any, key: str, value: Any) -> None:
    found = office.errors(office.settings([key, value, None]))
    fault = only([c for c in found if c.sheet == "基本设置"])
    assert fault.column == "值"
    assert fault.cell.startswith("基本设置!B")
    assert "请改为" in fault.advice


def test_a_leap_year_is_the_longest_period(office: Any) -> None:
    assert office.errors(office.settings(["结束日期", "2027-11-02", None])) == []


# ---- lists, references ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheets", "cell", "near"),
    [
        ({"意愿": [WISH, ["101", "11-7", None, "希望的", 1]]}, "意愿!D2", "希望"),
        ({"意愿": [WISH, ["101", "11-7", "周未", "希望", 1]]}, "意愿!C2", "周末"),
        ({"请假外出": [LEAVE, ["101", "年假", "11-4", None, "11-4", None, None]]}, "请假外出!B2", "年休假"),
        ({"作息时段": [SEGMENT, ["上午", "周末", "工作", "9:00", "12:00"]]}, "作息时段!C2", "工作日"),
    ],
)
def test_unknown_values_of_a_list(office: Any, sheets: Any, cell: str, near: str) -> None:
    fault = only(office.errors(sheets))
    assert fault.cell == cell
    assert "请改为" in fault.advice
    assert f"是否为 {near}？" in fault.text


def test_a_value_that_is_neither_yes_nor_no(office: Any) -> None:
    header = ["工号", "日期", "开始", "结束", "备案"]
    fault = only(office.errors({"延时记录": [header, ["101", "11-5", "17:00", "18:00", "大概"]]}))
    assert (fault.cell, fault.advice) == ("延时记录!E2", "请改为是或否")


def test_a_reference_to_nothing_names_the_near_miss(office: Any) -> None:
    fault = only(office.errors(office.people(["101", "张三", "W0l"])))
    assert fault.cell == "人员!C2"
    assert fault.text == "窗口编号 W0l 不存在，是否为 W01？"
    assert fault.advice == "请改为 W01"


def test_a_name_where_the_id_belongs_names_the_id(office: Any) -> None:
    fault = only(office.errors({"意愿": [WISH, ["何雨晴", "11-7", None, "希望", 1]]}))
    assert (fault.text, fault.advice) == ("工号 何雨晴 不存在，是否为 101？", "请改为 101")


@pytest.mark.parametrize(
    ("sheets", "cell"),
    [
        ({"窗口": [["窗口编号", "窗口名称", "窗口负责人"], ["W01", "甲", "999"], ["W02", "乙", None]]}, "窗口!C2"),
        ({"窗口": [["窗口编号", "窗口名称", "代理负责人"], ["W01", "甲", "101；X"], ["W02", "乙", None]]}, "窗口!C2"),
        ({"人员": [["工号", "姓名", "窗口编号", "可顶岗窗口"], ["101", "张", "W01", "W09"]]}, "人员!D2"),
        ({"人员": [["工号", "姓名", "窗口编号", "可办事项"], ["101", "张", "W01", "SX1、SX9"]]}, "人员!D2"),
        ({"岗位": [POST, ["G1", "岗", "W01", "999", "102"]]}, "岗位!D2"),
        ({"岗位": [POST, ["G1", "岗", "W01", "101", "102；999"]]}, "岗位!E2"),
        ({"带班领导": [["工号"], ["999"]]}, "带班领导!A2"),
        ({"请假外出": [LEAVE, ["999", "事假", "11-4", None, "11-4", None, None]]}, "请假外出!A2"),
        ({"事项": [["事项编号", "事项名称", "主办窗口", "配合窗口"], ["SX1", "甲", "W01", "W08"]]}, "事项!D2"),
        (booked(事项编号="SX8"), "预约登记!F2"),
        ({"时间银行期初": [LOT, ["999", "2026-10-18", 60, None]]}, "时间银行期初!A2"),
        ({"历史累计": [["工号", "周六"], ["999", 1]]}, "历史累计!A2"),
        ({"意愿": [WISH, ["999", "11-7", None, "希望", 1]]}, "意愿!A2"),
        ({"指定与锁定": [["日期", "线", "工号", "方式"], ["11-7", "周末", "999", "必须"]]}, "指定与锁定!C2"),
        (
            {"指定与锁定": [["日期", "线", "预约编号", "工号", "方式"], ["11-7", "应约", "Y9", "101", "必须"]]},
            "指定与锁定!C2",
        ),
        ({"调换班": [["类型", "甲", "甲日期", "甲线", "乙"], ["代班", "101", "11-7", "周末", "999"]]}, "调换班!E2"),
        (
            {"实际到岗": [["日期", "线", "窗口编号", "工号", "情况"], ["11-7", "周末", "W09", "101", "正常"]]},
            "实际到岗!C2",
        ),
        ({"值班需求": [["线", "范围", "名称", "最少人数"], ["周末", "互助组", "一组", 1]]}, "值班需求!C2"),
        ({"值班需求": [["线", "范围", "名称", "最少人数"], ["周末", "类别", "综合", 1]]}, "值班需求!C2"),
        ({"值班需求": [["线", "范围", "名称", "最少人数"], ["周末", "类别", None, 1]]}, "值班需求!C2"),
    ],
)
def test_references_to_nothing(office: Any, sheets: Any, cell: str) -> None:
    fault = only(office.errors(sheets))
    assert fault.cell == cell
    assert "请改为" in fault.advice


def test_references_to_a_row_with_another_fault_are_not_told_again(office: Any, basics: Any) -> None:
    people = [basics["人员"][0] + ["到岗日"], *([*row, None] for row in basics["人员"][1:])]
    people[1][-1] = "去年"
    sheets = {"人员": people, "意愿": [WISH, ["101", "11-7", None, "希望", 1]]}
    assert cells(office.errors(sheets)) == ["人员!E2"]


def test_a_row_with_two_faults_tells_both(office: Any) -> None:
    people = office.people(["101", None, "W0l", "-1"], header=["工号", "姓名", "窗口编号", "每月周末上限"])
    assert cells(office.errors(people)) == ["人员!B2", "人员!C2", "人员!D2"]


def test_all_faults_at_once_in_sheet_order(office: Any) -> None:
    sheets = office.settings(["周末服务", "天天", None]) | office.people(["101", "张三", "W07"], ["102", None, "W01"])
    sheets["意愿"] = [WISH, ["101", "11-7", None, "想", 1], ["109", "11-7", None, "希望", 99]]
    assert cells(office.errors(sheets)) == ["基本设置!B7", "人员!C2", "人员!B3", "意愿!D2", "意愿!A3", "意愿!E3"]


# ---- numbers, texts, dates --------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", [-1, 1.5, "两人", "NaN", "1e400", True, 1001, "2天半", "1,5"])
def test_counts_that_are_none(office: Any, written: Any) -> None:
    rows = [["窗口编号", "窗口名称", "周末最少"], ["W01", "甲", written], ["W02", "乙", 0]]
    fault = only(office.errors({"窗口": rows}))
    assert fault.cell == "窗口!C2"
    assert "0 到 1,000 的整数" in fault.text
    assert "请改为" in fault.advice


@pytest.mark.parametrize("minutes", [0, 601, -30, 10.5])
def test_minutes_outside_their_range(office: Any, minutes: Any) -> None:
    assert only(office.errors(booked(预计分钟=minutes))).column == "预计分钟"


@pytest.mark.parametrize("minutes", [0, 100_001])
def test_minutes_of_a_lot(office: Any, minutes: int) -> None:
    assert only(office.errors({"时间银行期初": [LOT, ["101", "2026-10-18", minutes, None]]})).cell == "时间银行期初!C2"


@pytest.mark.parametrize(("header", "value"), [("承办人数", 6), ("承办人数", 0)])
def test_servers(office: Any, header: str, value: int) -> None:
    assert only(office.errors(booked(**{header: value}))).column == header


@pytest.mark.parametrize("weight", [0, 11])
def test_weights_of_wishes(office: Any, weight: int) -> None:
    assert only(office.errors({"意愿": [WISH, ["101", "11-7", None, "希望", weight]]})).cell == "意愿!E2"


@pytest.mark.parametrize("written", ["2026-11-31", "2003-12-31", dt.date(2101, 1, 1), "明天", 1.5, True, 99999999])
def test_dates_that_are_none(office: Any, written: Any) -> None:
    fault = only(office.errors({"意愿": [WISH, ["101", written, None, "希望", 1]]}))
    assert fault.cell == "意愿!B2"
    assert "请改为日期" in fault.advice


@pytest.mark.parametrize("written", ["25:00", "9:75", "上午", 9, "9"])
def test_times_that_are_none(office: Any, written: Any) -> None:
    assert only(office.errors(booked(开始时间=written))).column == "开始时间"


def test_a_text_that_is_too_long(office: Any) -> None:
    long, edge = "字" * 2001, "字" * 2000
    people = office.people(
        ["101", "张", "W01", long], ["102", "李", "W01", edge], header=["工号", "姓名", "窗口编号", "备注"]
    )
    fault = only(office.errors(people))
    assert fault.cell == "人员!D2"
    assert len(fault.value) < 200


def test_an_id_cell_with_two_ids(office: Any) -> None:
    assert "列了 2 个" in only(office.errors(office.people(["101", "张三", "W01；W02"]))).text


def test_formulas_without_a_value_and_cell_errors(office: Any) -> None:
    found = office.errors(office.people(["101", "=A1", "W01"], ["102", "李四", "#REF!"]))
    assert cells(found) == ["人员!B2", "人员!C3"]
    assert "没有计算结果的公式" in found[0].text
    assert "错误值 #REF!" in found[1].text


# ---- ranges -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheets", "cell"),
    [
        (
            {
                "窗口": [
                    ["窗口编号", "窗口名称", "启用起", "启用止"],
                    ["W01", "甲", "2026-11-05", "2026-11-04"],
                    ["W02", "乙", None, None],
                ]
            },
            "窗口!D2",
        ),
        (
            {
                "人员": [
                    ["工号", "姓名", "窗口编号", "到岗日", "离岗日"],
                    ["101", "张", "W01", "2026-11-05", "2026-11-04"],
                ]
            },
            "人员!E2",
        ),
        (
            {
                "人员": [
                    ["工号", "姓名", "窗口编号", "免加班起", "免加班止"],
                    ["101", "张", "W01", "2026-11-05", "2026-11-04"],
                ]
            },
            "人员!E2",
        ),
        ({"岗位": [[*POST, "起", "止"], ["G1", "岗", "W01", "101", "102", "2026-11-05", "2026-11-04"]]}, "岗位!G2"),
        ({"请假外出": [LEAVE, ["101", "事假", "11-5", None, "11-4", None, None]]}, "请假外出!E2"),
        ({"请假外出": [LEAVE, ["101", "事假", "11-5", "下午", "11-5", "上午", None]]}, "请假外出!F2"),
        ({"延时记录": [["工号", "日期", "开始", "结束"], ["101", "11-5", "18:00", "17:00"]]}, "延时记录!D2"),
        ({"延时记录": [["工号", "日期", "开始", "结束"], ["101", "11-5", "17:00", "17:00"]]}, "延时记录!D2"),
        ({"作息时段": [SEGMENT, ["上午", "周末", None, "12:00", "9:00"]]}, "作息时段!E2"),
        ({"时间银行期初": [LOT, ["101", "2026-10-18", 60, "2026-10-17"]]}, "时间银行期初!D2"),
        (booked(最早开始="10:00", 最晚开始="9:00"), "预约登记!J2"),
        (booked(实际开始="10:00", 实际结束="9:00"), "预约登记!K2"),
    ],
)
def test_an_end_before_its_start(office: Any, sheets: Any, cell: str) -> None:
    assert only(office.errors(sheets)).cell == cell


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        (["11-4", None, "11-6", None], ["11-6", "下午", "11-9", None], True),
        (["11-4", None, "11-6", "上午"], ["11-6", "下午", "11-9", None], False),
        (["11-4", None, "11-6", None], ["11-7", None, "11-9", None], False),
        (["11-9", None, "11-9", "上午"], ["11-4", None, "11-13", None], True),
    ],
)
def test_leave_overlapping_leave_of_the_same_person(office: Any, first: Any, second: Any, clash: bool) -> None:
    rows = [LEAVE, ["101", "事假", *first, None], ["101", "培训", *second, "待批"], ["102", "事假", *first, None]]
    assert cells(office.errors({"请假外出": rows})) == (["请假外出!C3"] if clash else [])


# ---- AB posts, items --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("post", "cell", "word"),
    [
        (["G1", "岗", "W01", "201", "102"], "岗位!D2", "不属于岗位 G1 的窗口 W01"),
        (["G1", "岗", "W01", "101", "201"], "岗位!E2", "不能在窗口 W01 服务"),
        (["G1", "岗", "W01", "101", "102；101"], "岗位!E2", "又列在B角中"),
    ],
)
def test_roles_of_posts(office: Any, post: Any, cell: str, word: str) -> None:
    fault = only(office.errors({"岗位": [POST, post]}))
    assert fault.cell == cell
    assert word in fault.text


def test_a_stand_in_from_elsewhere_who_may_serve_the_window(office: Any) -> None:
    assert office.errors({"岗位": [POST, ["G1", "岗", "W02", "201", "103"]]}) == []


def test_the_hosting_window_among_the_assisting(office: Any) -> None:
    rows = [["事项编号", "事项名称", "主办窗口", "配合窗口"], ["SX1", "甲", "W01", "W02；W01"]]
    assert only(office.errors({"事项": rows})).cell == "事项!D2"


# ---- appointments -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "column", "word"),
    [
        ({"开始时间": "9:30", "最早开始": "9:00", "最晚开始": "10:00"}, "开始时间", "既有开始时间"),
        ({"最早开始": "9:00"}, "最晚开始", "最晚开始没有填"),
        ({"最晚开始": "9:00"}, "最早开始", "最早开始没有填"),
        ({"开始时间": None}, "开始时间", "没有开始时间"),
        ({"事项编号": "SX3"}, "预计分钟", "没有预计分钟"),
        ({"登记时间": "2026-11-07 9:31"}, "登记时间", "晚于办理开始"),
        ({"开始时间": "23:45"}, "开始时间", "会过午夜"),
        ({"最早开始": "9:00", "最晚开始": "23:31"}, "最晚开始", "会过午夜"),
    ],
)
def test_rows_of_appointments(office: Any, changes: Any, column: str, word: str) -> None:
    fault = only(office.errors(booked(**changes)))
    assert fault.column == column
    assert word in fault.text


def test_an_appointment_that_ends_at_midnight(office: Any) -> None:
    assert office.errors(booked(开始时间="23:30")) == []


def test_registered_at_the_start_is_in_time(office: Any) -> None:
    assert office.errors(booked(登记时间="2026-11-07 9:30")) == []


def test_a_closed_day(office: Any) -> None:
    closed = {"放假安排": [["日期", "类型"], ["11-7", "闭馆"]]}
    assert "该日不开" in only(office.errors(booked() | closed)).text
    saturdays = office.settings(["周末服务", "仅周日", None])
    assert "该日不开" in only(office.errors(booked() | saturdays)).text
    assert office.errors(booked(预约日期="2026-11-08") | saturdays) == []


def test_a_closed_holiday_line(office: Any) -> None:
    local = {"放假安排": [["日期", "类型"], ["11-10", "本地假日"]]}
    booking = booked(预约日期="2026-11-10")
    assert office.errors(booking | local) == []
    never = office.settings(["节假日方式", "不开", None])
    assert "节假日不开" in only(office.errors(booking | local | never)).text


@pytest.mark.parametrize(("item", "bad"), [("SX1", False), ("SX2", True)])
def test_a_window_that_is_not_active_then(office: Any, item: str, bad: bool) -> None:
    rows = [["窗口编号", "窗口名称", "启用起"], ["W01", "甲", None], ["W02", "乙", "2026-11-08"]]
    found = office.errors({"窗口": rows} | booked(事项编号=item))
    assert [c.column for c in found] == (["预约日期"] if bad else [])


def test_a_window_minimum_of_zero_closes_no_appointment(office: Any) -> None:
    rows = [["窗口编号", "窗口名称", "周末最少"], ["W01", "甲", 0], ["W02", "乙", 0]]
    assert office.errors({"窗口": rows} | booked()) == []


@pytest.mark.parametrize("state", ["待确认", "已推迟", "申请人取消", "不可抗力", "转工作日"])
def test_rows_that_are_not_accepted_may_lie_on_closed_days(office: Any, state: str) -> None:
    closed = {"放假安排": [["日期", "类型"], ["11-7", "闭馆"]]}
    assert office.errors(booked(状态=state) | closed) == []


def test_intake_rules_are_errors_where_the_policy_insists(office: Any) -> None:
    late = booked(登记时间="2026-11-06 9:31")
    strict = office.settings(["提前小时", 24, None], ["提前方式", "必须", None])
    fault = only(office.errors(late | strict))
    assert fault.column == "登记时间"
    mild = office.settings(["提前小时", 24, None], ["提前方式", "提示", None])
    assert [c.weight for c in office.complaints(late | mild)] == ["提醒"]
    assert office.complaints(booked(登记时间="2026-11-06 9:30") | strict) == []


# ---- pins, swaps, presences -------------------------------------------------------------------------------------

PIN = ["日期", "线", "时段", "窗口编号", "工号", "预约编号", "方式"]


@pytest.mark.parametrize(
    ("pin", "column"),
    [
        (["11-7", "周末", None, None, None, None, "必须"], "工号"),
        (["11-7", "周末", None, None, None, None, "禁止"], "工号"),
        (["11-7", "周末", None, "W01", None, None, "锁定"], "工号"),
        (["11-9", "周末", None, None, "101", None, "必须"], "日期"),
        (["11-9", "周末", None, None, "101", None, "禁止"], "日期"),
        (["11-9", "午间", None, None, "101", None, "必须"], "日期"),
        (["11-7", "节假日", None, None, "101", None, "必须"], "日期"),
        (["11-7", "应约", None, None, "101", None, "必须"], "日期"),
        (["11-7", "带班", None, None, "101", None, "必须"], "日期"),
        (["11-7", "调休", "上午", None, "101", None, "必须"], "日期"),
        (["11-9", "调休", "晚上", None, "101", None, "必须"], "时段"),
        (["11-7", "周末", None, "W09", "101", None, "必须"], "窗口编号"),
        (["11-7", "周末", "晚上", None, "101", None, "必须"], "时段"),
    ],
)
def test_pins_on_what_is_not_there(office: Any, pin: Any, column: str) -> None:
    assert only(office.errors({"指定与锁定": [PIN, pin]})).column == column


@pytest.mark.parametrize(
    "pin",
    [
        ["11-7", "周末", None, "W01", None, None, "禁止"],
        ["11-7", "周末", "上午", "W01", "101", None, "必须"],
        ["11-9", "调休", "上午", None, "101", None, "锁定"],
        ["11-9", "调休", None, None, "101", None, "禁止"],
        ["11-7", "周末", None, None, "201", None, "必须"],
    ],
)
def test_sound_pins(office: Any, pin: Any) -> None:
    assert office.complaints({"指定与锁定": [PIN, pin]}) == []


def test_a_pin_on_a_window_without_standing_duty(office: Any) -> None:
    windows = [["窗口编号", "窗口名称", "周末最少"], ["W01", "甲", 0], ["W02", "乙", None]]
    fault = only(
        office.errors({"窗口": windows, "指定与锁定": [PIN, ["11-7", "周末", None, "W01", "101", None, "必须"]]})
    )
    assert fault.text == "窗口 W01 在 2026-11-07 没有周末"


def test_a_pin_outside_the_period_is_a_note(office: Any) -> None:
    found = office.complaints({"指定与锁定": [PIN, ["2026-11-21", "周末", None, None, "101", None, "必须"]]})
    assert [(c.weight, c.cell) for c in found] == [("提示", "指定与锁定!A2")]


def test_pins_on_appointments(office: Any) -> None:
    pins = [
        PIN,
        ["2020-01-01", "午间", None, "W01", "101", "Y1", "必须"],
        ["11-7", "应约", None, "W02", "201", "Y1", "必须"],
        ["11-7", "应约", None, None, "102", None, "禁止"],
    ]
    assert cells(office.errors(booked() | {"指定与锁定": pins})) == ["指定与锁定!D3"]
    cancelled = office.complaints(booked(状态="申请人取消") | {"指定与锁定": pins[:2]})
    assert [(c.weight, c.cell) for c in cancelled] == [("提示", "指定与锁定!F2")]


def test_pins_of_leaders_name_a_group(office: Any) -> None:
    leaders = office.settings(["带班范围", "全中心", None]) | {"带班领导": [["工号"], ["101"]]}
    good = {"指定与锁定": [PIN, ["11-7", "带班", None, "全中心", "101", None, "必须"]]}
    assert office.errors(leaders | good) == []
    bad = {"指定与锁定": [PIN, ["11-7", "带班", None, "一楼", "101", None, "必须"]]}
    assert only(office.errors(leaders | bad)).cell == "指定与锁定!D2"


SWAP = ["类型", "甲", "甲日期", "甲线", "乙", "乙日期", "乙线"]


@pytest.mark.parametrize(
    ("swap", "column"),
    [
        (["对调", "101", "11-7", "周末", "102", None, None], "乙日期"),
        (["代班", "101", "11-7", "周末", "101", None, None], "乙"),
        (["代班", "101", "11-9", "周末", "102", None, None], "甲日期"),
        (["对调", "101", "11-7", "周末", "102", "11-9", None], "乙日期"),
        (["对调", "101", "11-7", "周末", "102", "11-8", "午间"], "乙日期"),
    ],
)
def test_swaps(office: Any, swap: Any, column: str) -> None:
    assert only(office.errors({"调换班": [SWAP, swap]})).column == column


def test_sound_swaps(office: Any) -> None:
    rows = [
        SWAP,
        ["代班", "101", "11-7", "周末", "102", None, None],
        ["对调", "201", "11-7", "周末", "202", "11-8", None],
    ]
    assert office.complaints({"调换班": rows}) == []


ACTUAL = ["日期", "线", "时段", "窗口编号", "工号", "实到", "实离", "情况"]


@pytest.mark.parametrize(
    ("actual", "column"),
    [
        (["11-7", "周末", None, "W01", None, None, None, "正常"], "工号"),
        (["11-9", "周末", None, "W01", "101", None, None, "正常"], "日期"),
        (["11-7", "周末", "晚上", "W01", "101", None, None, "正常"], "时段"),
        (["11-7", "周末", None, "W01", "101", "12:00", "9:00", "正常"], "实离"),
    ],
)
def test_presences(office: Any, actual: Any, column: str) -> None:
    assert only(office.errors({"实际到岗": [ACTUAL, actual]})).column == column


def test_an_empty_post_needs_nobody(office: Any) -> None:
    rows = [ACTUAL, ["11-7", "周末", "上午", "W01", None, None, None, "空岗"]]
    assert office.errors({"实际到岗": rows}) == []


# ---- calendar and segments --------------------------------------------------------------------------------------


def test_two_class_rows_of_a_date(office: Any) -> None:
    rows = [["日期", "类型"], ["11-10", "本地假日"], ["11-10", "仅预约"], ["11-10", "闭馆"]]
    assert only(office.errors({"放假安排": rows})).cell == "放假安排!B4"


def test_segments_that_overlap(office: Any) -> None:
    rows = [SEGMENT, ["上午", "周末", None, "9:00", "12:00"], ["下午", "周末", None, "11:59", "16:00"]]
    assert "重叠" in only(office.errors({"作息时段": rows})).text


def test_a_workday_without_its_afternoon(office: Any) -> None:
    rows = [SEGMENT, ["下午", "工作日下午", "周一；周二", "13:00", "17:00"]]
    assert "须恰有一个" in only(office.errors({"作息时段": rows})).text


def test_segments_that_must_be_given(office: Any) -> None:
    found = office.errors(office.settings(["服务方案", "阳泉2023", None], ["节假日方式", "不开", None]))
    assert [c.text for c in found] == [f"缺少{kind}的时段" for kind in ("工作日上午", "工作日下午", "午间", "周末")]
    assert all("请在作息时段中增加一行" in c.advice for c in found)


def test_segments_must_be_given_only_where_a_line_is_in_use(office: Any) -> None:
    windows = [["窗口编号", "窗口名称", "午间最少", "周末最少"], ["W01", "甲", 0, 0], ["W02", "乙", 0, 0]]
    sheets = office.settings(["服务方案", "阳泉2023", None]) | {"窗口": windows}
    assert [c.value for c in office.errors(sheets)] == ["工作日上午", "工作日下午"]


# ---- granted leave ----------------------------------------------------------------------------------------------


def granted(office: Any, minutes: int, day: str = "11-5", half: str = "上午") -> Any:
    sheets: dict[str, Any] = {
        "请假外出": [LEAVE, ["101", "调休", day, half, day, half, "已批"]],
        "时间银行期初": [LOT, ["101", "2026-10-18", minutes, None]],
    }
    return office.errors(sheets)


def test_granted_leave_that_the_bank_does_not_cover(office: Any) -> None:
    # A Zibo morning is 9:00-12:00, 180 minutes.
    assert granted(office, 180) == []
    fault = only(granted(office, 179))
    assert fault.cell == "请假外出!B2"
    assert "还差 1 分钟" in fault.text


def test_credits_of_pinned_duties_cover_granted_leave_after_them(office: Any) -> None:
    leave = [LEAVE, ["101", "调休", "11-9", None, "11-9", None, "已批"]]
    pins = {"指定与锁定": [PIN, ["11-7", "周末", None, None, "101", None, "必须"]]}
    # Saturday earns 180 + 240 = 420 minutes, as much as a Zibo workday costs.
    assert office.errors({"请假外出": leave} | pins) == []
    before = [LEAVE, ["101", "调休", "11-6", None, "11-6", None, "已批"]]
    assert "还差 420 分钟" in only(office.errors({"请假外出": before} | pins)).text
