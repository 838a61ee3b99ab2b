"""Presets against the table of the rules, overrides, and what bad values are told."""

import datetime as dt
from fractions import Fraction

import pytest

from zhiban.model.days import Calendar, HolidayKind, HolidayRow
from zhiban.model.errors import InputError
from zhiban.model.kinds import SegmentKind
from zhiban.model.policy import Policy, load_preset, preset_names, setting_text, settings
from zhiban.model.segments import clock

NAMES = ("淄博2024", "沂源2022", "阳泉2023", "西峡2023", "山亭2022", "自定义")

TABLE = {
    "周末服务": ("周六日", "周六日", "周六日", "仅周六", "周六日", "不开"),
    "周末方式": ("值班", "值班", "值班", "预约", "值班", "值班"),
    "节假日方式": ("预约", "预约", "预约", "不开", "值班", "不开"),
    "春节预约日": ("无", "无", "无", "无", "除夕至初二", "无"),
    "午间方式": ("不开", "不开", "值班", "值班", "值班", "不开"),
    "带班范围": ("全中心", "全中心", "全中心", "无", "无", "无"),
    "带班方式": ("在岗", "在岗", "听班", "听班", "听班", "听班"),
    "提前小时": ("0", "0", "24", "24", "0", "0"),
    "提前方式": ("无", "无", "提示", "必须", "无", "无"),
    "节前截止": ("是", "是", "否", "否", "否", "否"),
    "变更提前小时": ("12", "12", "8", "12", "12", "12"),
    "爽约分钟": ("30", "30", "30", "0", "0", "0"),
    "单次上限分钟": ("210", "210", "0", "0", "0", "0"),
    "标准日小时": ("7", "7", "8", "8", "7", "8"),
}
"""Settings that differ, in the order of NAMES."""

COMMON = {
    "值班粒度": "全天",
    "午间模式": "每窗口",
    "午间比例": "0.25",
    "工作日最少人数": "1",
    "午间最少人数": "1",
    "周末最少人数": "1",
    "节假日最少人数": "1",
    "兼岗上限": "2",
    "承办人数": "1",
    "排班变更提前小时": "24",
    "预约步长": "30",
    "计入周末": "是",
    "计入节假日": "是",
    "计入午间": "否",
    "计入应约": "是",
    "计入延时": "否",
    "计入比例": "1",
    "调休最小单位": "半天",
    "调休有效月数": "0",
    "节后首日不调休": "否",
    "最多连续工作天": "6",
    "每月延时上限小时": "0",
    "同人周六日": "允许",
    "公示隐藏手机": "是",
    "字体方案": "方正",
}
"""Settings that are the same in all presets."""

SEGMENTS = {
    "淄博2024": "工作日上午 9:00-12:00 工作日下午 13:00-17:00 周末 9:00-12:00 周末 13:00-17:00",
    "沂源2022": "工作日上午 8:30-12:00 工作日下午 13:30-17:00 周末 8:30-12:00 周末 13:30-17:00",
    "阳泉2023": "",
    "西峡2023": "午间 12:00-14:30 周末 8:00-11:30 周末 15:00-17:30",
    "山亭2022": "周末 9:00-16:00 节假日 9:00-16:00",
    "自定义": "",
}


def test_the_presets_and_every_one_of_their_settings() -> None:
    assert preset_names() == NAMES
    assert set(TABLE) | set(COMMON) == set(settings())
    for place, name in enumerate(NAMES):
        expected = COMMON | {key: values[place] for key, values in TABLE.items()}
        stated = {key: setting_text(value) for key, value in load_preset(name).policy.values.items()}
        assert stated == expected, name


@pytest.mark.parametrize("name", NAMES)
def test_segments_of_the_presets(name: str) -> None:
    rows = [row for row in load_preset(name).segments if row.kind is not SegmentKind.INTAKE]
    assert " ".join(f"{row.kind} {clock(row.start)}-{clock(row.end)}" for row in rows) == SEGMENTS[name]


@pytest.mark.parametrize("name", NAMES)
def test_every_value_and_segment_says_where_it_comes_from(name: str) -> None:
    preset = load_preset(name)
    assert list(preset.sources) == list(settings())
    assert all(preset.sources.values())
    assert len(preset.segment_sources) == len(preset.segments)
    assert all(preset.segment_sources)


def test_channels() -> None:
    assert [load_preset(name).channels for name in NAMES] == [
        ("现场", "电话"),
        ("现场", "电话"),
        ("现场", "电话", "网上"),
        ("电话", "掌上", "现场"),
        ("现场", "电话", "网上"),
        ("现场", "电话", "网上", "掌上", "其他"),
    ]


def test_an_unknown_preset_names_those_there_are() -> None:
    with pytest.raises(InputError) as caught:
        load_preset("淄博")
    assert "淄博2024" in caught.value.complaints[0].advice


def test_overrides_are_read_as_people_write_them_and_empty_ones_ignored() -> None:
    preset = load_preset("淄博2024")
    overrides: dict[str, object] = {
        "午间比例": "30%",
        "计入比例": "1:2",
        "承办人数": "２人",
        "提前小时": "1.5小时",
        "节前截止": "×",
        "标准日小时": 7.5,
        "调休最小单位": " 1小时",
        "带班范围": "",
        "带班方式": None,
    }
    policy = preset.policy_with(overrides)
    assert (policy.lunch_ratio, policy.credit_ratio) == (Fraction(3, 10), Fraction(1, 2))
    assert (policy.servers, policy.lead_minutes, policy.standard_day_hours) == (2, 90, 7.5)
    assert (policy.before_holiday_deadline, policy.leave_unit, policy.leader_scope) == (False, "1小时", "全中心")
    sources = preset.sources_with(overrides)
    assert (sources["午间比例"], sources["带班范围"]) == ("基本设置", preset.sources["带班范围"])


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("兼岗上限", [1, "3"], [0, -1, 1.5]),
        ("最多连续工作天", [1, 14], [0]),
        ("预约步长", [1, 60], [0]),
        ("标准日小时", [1, 7.5, 24], [0.5, 24.5]),
        ("提前小时", [0, 72], [-1, "很久", float("nan")]),
        ("调休有效月数", [0, 12], [-1, 1.5]),
        ("午间最少人数", [0, 1000], [-1, 1001]),
        ("承办人数", [1, 5], [0, 6]),
        ("午间比例", ["0.01", 1], [0, "101%", -1]),
        ("计入比例", [Fraction(1, 3), 10], [0, 10.5]),
        ("周末服务", ["仅周日"], ["周日", "周六"]),
        ("周末方式", ["预约"], ["不开"]),
        ("计入延时", ["是", True], ["或许", 2]),
    ],
)
def test_ranges(key: str, good: list[object], bad: list[object]) -> None:
    preset = load_preset("自定义")
    for value in good:
        preset.policy_with({key: value})
    for value in bad:
        with pytest.raises(InputError) as caught:
            preset.policy_with({key: value}, {key: 9})
        (complaint,) = caught.value.complaints
        assert (complaint.sheet, complaint.row, complaint.column) == ("基本设置", 9, "值")
        assert key in complaint.text
        assert str(value) in complaint.text
        assert settings()[key].expected in complaint.advice


def test_every_bad_value_is_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        load_preset("自定义").policy_with({"兼岗上限": 0, "字体方案": "宋体", "午休": "是"})
    assert [c.text[:4] for c in caught.value.complaints] == ["兼岗上限", "字体方案", "午休不是"]


def test_a_value_in_the_sheets_words_reads_back() -> None:
    preset = load_preset("山亭2022")
    policy = preset.policy_with({"计入比例": "1/3", "标准日小时": "7.5"})
    words = {key: setting_text(value) for key, value in policy.values.items()}
    assert (words["计入比例"], words["标准日小时"]) == ("1/3", "7.5")
    assert load_preset("自定义").policy_with(words) == policy


def test_standing_kinds_are_those_of_days_in_the_period() -> None:
    calendar = Calendar([HolidayRow(date=Calendar().day(_date("2026-11-22")).date, kind=HolidayKind.BOOKING_ONLY)])
    weekday, saturday, sunday = (calendar.day(_date(f"2026-11-{n}")) for n in (20, 21, 22))
    holiday = calendar.day(_date("2026-10-01"))
    shanting = load_preset("山亭2022").policy
    assert shanting.standing_kinds([weekday]) == (SegmentKind.LUNCH,)
    assert shanting.standing_kinds([holiday, saturday]) == (SegmentKind.HOLIDAY, SegmentKind.WEEKEND)
    assert shanting.standing_kinds([sunday]) == ()
    assert _with("自定义", 周末服务="仅周日").standing_kinds([saturday]) == ()
    assert load_preset("西峡2023").policy.standing_kinds([saturday, holiday]) == ()
    assert load_preset("淄博2024").policy.standing_kinds([weekday, holiday]) == ()


def _with(name: str, **overrides: object) -> Policy:
    return load_preset(name).policy_with(overrides)


def _date(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
