"""提醒 and 提示: what should be looked at though nothing is wrong."""

from typing import Any

LEAVE = ["工号", "类型", "开始日", "开始半日", "结束日", "结束半日"]
POST = ["岗位编号", "岗位名称", "窗口编号", "A角", "B角", "起", "止"]
APPOINTMENT = [
    "预约编号",
    "登记时间",
    "渠道",
    "预约人",
    "联系电话",
    "事项编号",
    "预约日期",
    "开始时间",
    "状态",
    "告知时间",
]


def told(complaints: Any) -> list[tuple[str, str]]:
    return [(c.weight, c.cell) for c in complaints]


def booked(
    day: str, state: str = "已登记", registered: str = "2026-11-05 9:25", told_at: Any = None, **changes: Any
) -> Any:
    row = ["Y1", registered, "电话", "王某", "1", "SX1", day, "9:30", state, told_at]
    return {"预约登记": [[*APPOINTMENT, *changes], [*row, *changes.values()]]}


def test_a_post_without_stand_ins(office: Any) -> None:
    found = office.complaints({"岗位": [POST, ["G1", "岗", "W01", "101", None, None, None]]})
    assert told(found) == [("提醒", "岗位!E2")]


def test_a_window_short_by_leave_alone(office: Any) -> None:
    windows = [["窗口编号", "窗口名称", "工作日最少"], ["W01", "甲", 3], ["W02", "乙", 1]]
    leave = {"请假外出": [LEAVE, ["101", "事假", "11-4", None, "11-5", "上午"]]}
    found = office.complaints({"窗口": windows} | leave)
    assert told(found) == [("提醒", "窗口!C2")]
    # The whole of the 4th and the morning of the 5th: two of three people are there.
    assert (
        "有 3 个半天本窗口人员在岗少于工作日最少 3 人（最少时 2 人）：11-04上午、11-04下午、11-05上午" in found[0].text
    )


def test_a_window_short_because_somebody_left(office: Any) -> None:
    people = office.people(
        ["101", "张", "W01", "2026-11-12"], ["201", "李", "W02", None], header=["工号", "姓名", "窗口编号", "离岗日"]
    )
    found = office.complaints(people)
    assert told(found) == [("提醒", "窗口!A2")]
    assert "有 2 个半天" in found[0].text
    assert "最少时 0 人" in found[0].text


def test_wishes_for_leave_make_nobody_absent(office: Any) -> None:
    windows = [["窗口编号", "窗口名称", "工作日最少"], ["W01", "甲", 3], ["W02", "乙", 1]]
    leave = {"请假外出": [[*LEAVE, "状态"], ["101", "事假", "11-4", None, "11-5", None, "待批"]]}
    assert office.complaints({"窗口": windows} | leave) == []


def test_a_and_all_stand_ins_absent_at_once(office: Any) -> None:
    posts = {
        "岗位": [
            POST,
            ["G1", "岗", "W01", "101", "102", None, None],
            ["G2", "岗", "W01", "101", "102；103", None, None],
        ]
    }
    leave = {
        "请假外出": [LEAVE, ["101", "事假", "11-4", None, "11-4", None], ["102", "公差", "11-4", "下午", "11-5", None]]
    }
    found = office.complaints(posts | leave)
    assert told(found) == [("提醒", "岗位!D2")]
    assert "共 1 个半天：11-04下午" in found[0].text


def test_absences_outside_a_posts_time_do_not_count(office: Any) -> None:
    posts = {"岗位": [POST, ["G1", "岗", "W01", "101", "102", "2026-11-06", None]]}
    leave = {
        "请假外出": [LEAVE, ["101", "事假", "11-4", None, "11-4", None], ["102", "公差", "11-4", None, "11-4", None]]
    }
    assert office.complaints(posts | leave) == []


def test_appointments_still_to_be_confirmed(office: Any) -> None:
    assert told(office.complaints(booked("11-7", "待确认"))) == [("提醒", "预约登记!I2")]


def test_appointments_outside_the_period_are_notes(office: Any) -> None:
    assert told(office.complaints(booked("2026-11-21"))) == [("提示", "预约登记!G2")]
    assert office.complaints(booked("2026-11-21", "申请人取消")) == []


def test_intake_outside_the_telephone_hours_is_a_note(office: Any) -> None:
    assert told(office.complaints(booked("11-7", registered="2026-11-05 12:30"))) == [("提示", "预约登记!B2")]


def test_a_length_over_the_cap_is_a_reminder(office: Any) -> None:
    # Zibo: 单次上限分钟 210.
    assert told(office.complaints(booked("11-7", 预计分钟=211))) == [("提醒", "预约登记!K2")]
    assert office.complaints(booked("11-7", 预计分钟=210)) == []


def test_an_item_not_handled_on_weekends(office: Any) -> None:
    items = [["事项编号", "事项名称", "主办窗口", "标准分钟", "周末可办"], ["SX1", "甲", "W01", 30, "否"]]
    assert told(office.complaints({"事项": items} | booked("11-7"))) == [("提醒", "预约登记!F2")]
    assert office.complaints({"事项": items} | booked("11-9")) == []


def test_a_postponement_told_too_late(office: Any) -> None:
    # Zibo: 12 hours before Saturday 9:30 is Friday 21:30.
    assert office.complaints(booked("11-7", "已推迟", told_at="2026-11-06 21:30")) == []
    late = office.complaints(booked("11-7", "已推迟", told_at="2026-11-06 21:31"))
    assert told(late) == [("提醒", "预约登记!J2")]
    assert told(office.complaints(booked("11-7", "已推迟"))) == [("提醒", "预约登记!J2")]
    assert office.complaints(booked("11-7", "不可抗力", told_at="2026-11-07 9:00")) == []


def test_projected_holidays(office: Any) -> None:
    period = office.settings(["开始日期", "2027-01-04", None], ["结束日期", "2027-01-17", None])
    found = office.complaints(period)
    assert [c.weight for c in found] == ["提醒"]
    assert "2027年放假安排未公布" in found[0].text


def test_more_workdays_in_a_row_than_allowed(office: Any) -> None:
    make_up = {"放假安排": [["日期", "类型"], ["11-7", "调休上班"], ["11-8", "调休上班"]]}
    found = office.complaints(make_up)
    assert [c.weight for c in found] == ["提醒"]
    assert "2026-11-02 至 2026-11-13 连续 12 个工作日，超过最多连续工作天 6" in found[0].text
    six = {"放假安排": [["日期", "类型"], ["11-7", "调休上班"]]}
    assert office.complaints(six) == []


def test_credit_about_to_lapse(office: Any) -> None:
    header = ["工号", "产生日期", "分钟", "到期日"]
    # The last day is 15 November; 30 days later is 15 December.
    rows = [
        header,
        ["101", "2026-10-18", 60, "2026-12-15"],
        ["101", "2026-10-18", 30, "2026-12-16"],
        ["102", "2026-10-18", 45, None],
    ]
    found = office.complaints({"时间银行期初": rows})
    assert told(found) == [("提醒", "时间银行期初!D2")]
    assert "1 人共 60 分钟" in found[0].text


def test_dated_rows_outside_the_period_are_notes(office: Any) -> None:
    sheets = {
        "意愿": [["工号", "日期", "意愿"], ["101", "2026-11-21", "希望"]],
        "值班需求": [["线", "范围", "最少人数", "日期"], ["周末", "全中心", 1, "2026-11-21"]],
        "延时记录": [["工号", "日期", "开始", "结束"], ["101", "2026-11-21", "17:00", "18:00"]],
        "调换班": [["类型", "甲", "甲日期", "甲线", "乙"], ["代班", "101", "2026-11-21", "周末", "102"]],
        "实际到岗": [["日期", "线", "窗口编号", "工号", "情况"], ["2026-11-21", "周末", "W01", "101", "正常"]],
    }
    found = office.complaints(sheets)
    assert told(found) == [
        ("提示", "意愿!B2"),
        ("提示", "值班需求!D2"),
        ("提示", "延时记录!B2"),
        ("提示", "调换班!C2"),
        ("提示", "实际到岗!A2"),
    ]


def test_booking_only_on_a_workday_has_no_effect(office: Any) -> None:
    found = office.complaints({"放假安排": [["日期", "类型"], ["11-9", "仅预约"], ["11-7", "仅预约"]]})
    assert told(found) == [("提示", "放假安排!B2")]


def test_more_statutory_duties_than_holiday_duties(office: Any) -> None:
    found = office.complaints({"历史累计": [["工号", "节假日", "法定当日"], ["101", 1, 2], ["102", 2, 2]]})
    assert told(found) == [("提示", "历史累计!C2")]


def test_a_leader_group_that_no_window_has(office: Any) -> None:
    leaders = {"带班领导": [["工号", "带班组"], ["101", "一楼"]]}
    assert told(office.complaints(leaders)) == [("提示", "带班领导!B2")]
    grouped = office.settings(["带班范围", "带班组", None])
    assert told(office.complaints(leaders | grouped)) == [("错误", "带班领导!B2")]
