"""Segments: which rows apply on which days, and what is wrong with them."""

import datetime as dt

import pytest
from pydantic import ValidationError

from zhiban.model.days import Calendar, HolidayKind, HolidayRow
from zhiban.model.kinds import SegmentKind
from zhiban.model.policy import CHANNELS, load_preset
from zhiban.model.segments import SegmentRow, intake_on, merged_rows, segment_complaints, segments_on

CALENDAR = Calendar()
MORNING, AFTERNOON = SegmentKind.WORKDAY_MORNING, SegmentKind.WORKDAY_AFTERNOON
LUNCH, WEEKEND, HOLIDAY, INTAKE = SegmentKind.LUNCH, SegmentKind.WEEKEND, SegmentKind.HOLIDAY, SegmentKind.INTAKE

THURSDAY = CALENDAR.day(dt.date(2026, 11, 19))
SATURDAY = CALENDAR.day(dt.date(2026, 11, 21))
SUNDAY = CALENDAR.day(dt.date(2026, 11, 22))
MAKE_UP_SATURDAY = CALENDAR.day(dt.date(2026, 2, 14))
HOLIDAY_SATURDAY = CALENDAR.day(dt.date(2026, 10, 3))
HOLIDAY_THURSDAY = CALENDAR.day(dt.date(2026, 10, 1))


def row(kind: SegmentKind, start: str, end: str, *days: str, name: str = "甲", **more: object) -> SegmentRow:
    def minutes(text: str) -> int:
        hours, rest = text.split(":")
        return int(hours) * 60 + int(rest)

    data = {"name": name, "kind": kind, "days": days, "start": minutes(start), "end": minutes(end), **more}
    return SegmentRow.model_validate(data)


HALVES = (row(MORNING, "9:00", "12:00", "工作日"), row(AFTERNOON, "13:00", "17:00", "工作日"))


def kinds_on(rows: tuple[SegmentRow, ...], date: dt.date) -> dict[str, list[tuple[int, int]]]:
    found = segments_on(rows, CALENDAR.day(date))
    return {str(kind): [(s.start, s.end) for s in segments] for kind, segments in found.items()}


def test_a_workday_has_its_halves_and_no_weekend_or_intake() -> None:
    rows = load_preset("淄博2024").segments
    nine_to_five = {"工作日上午": [(540, 720)], "工作日下午": [(780, 1020)]}
    assert kinds_on(rows, THURSDAY.date) == nine_to_five
    assert kinds_on(rows, MAKE_UP_SATURDAY.date) == nine_to_five
    assert kinds_on(rows, SATURDAY.date) == {"周末": [(540, 720), (780, 1020)]}
    assert kinds_on(rows, HOLIDAY_SATURDAY.date) == {}


def test_segments_come_by_start_whatever_the_order_of_rows() -> None:
    rows = (row(WEEKEND, "13:00", "16:00"), row(WEEKEND, "8:00", "11:00"))
    assert [s.start for s in segments_on(rows, SATURDAY)[WEEKEND]] == [480, 780]
    assert segments_on(rows, SATURDAY) == segments_on(rows[::-1], SATURDAY)


def test_a_closed_day_has_no_segments() -> None:
    closed = Calendar([HolidayRow(date=THURSDAY.date, kind=HolidayKind.CLOSED)]).day(THURSDAY.date)
    assert segments_on((row(MORNING, "9:00", "12:00"), row(WEEKEND, "9:00", "12:00")), closed) == {}


@pytest.mark.parametrize(
    ("days", "applies"),
    [
        ((), "四六日补节假"),
        (("工作日",), "四补"),
        (("周末",), "六日"),
        (("节假日",), "节假"),
        (("周四",), "四节"),
        (("周六",), "六假"),
        (("周日",), "日"),
        (("工作日", "周日"), "四日补"),
    ],
)
def test_applicable_days(days: tuple[str, ...], applies: str) -> None:
    # 四: a Thursday, 补: a Saturday worked (no weekday's name fits it), 节: a Thursday off, 假: a Saturday in a span.
    of = (THURSDAY, SATURDAY, SUNDAY, MAKE_UP_SATURDAY, HOLIDAY_THURSDAY, HOLIDAY_SATURDAY)
    samples = dict(zip("四六日补节假", of, strict=True))
    held = row(INTAKE, "9:00", "12:00", *days)
    assert "".join(name for name, day in samples.items() if held.applies_on(day)) == applies


@pytest.mark.parametrize(
    ("first", "last", "inside", "outside"),
    [
        ((5, 1), (9, 30), ["05-01", "09-30"], ["04-30", "10-01"]),
        ((10, 1), (4, 30), ["10-01", "12-31", "01-01", "04-30"], ["09-30", "05-01"]),
        ((5, 1), None, ["05-01", "12-31"], ["04-30", "01-01"]),
        (None, (4, 30), ["01-01", "04-30"], ["05-01", "12-31"]),
        ((3, 1), (3, 1), ["03-01"], ["02-28", "03-02"]),
        (None, None, ["01-01", "12-31"], []),
    ],
)
def test_seasons_include_both_ends_and_may_pass_over_new_year(
    first: tuple[int, int] | None, last: tuple[int, int] | None, inside: list[str], outside: list[str]
) -> None:
    held = row(MORNING, "9:00", "12:00", season_from=first, season_to=last)
    assert all(held.in_season(dt.date.fromisoformat(f"2026-{day}")) for day in inside)
    assert not any(held.in_season(dt.date.fromisoformat(f"2026-{day}")) for day in outside)


def test_a_row_of_a_kind_drops_the_presets_rows_of_that_kind_altogether() -> None:
    own = row(WEEKEND, "10:00", "15:00", season_from=(5, 1), season_to=(5, 31))
    rows = merged_rows(load_preset("淄博2024").segments, [own])
    assert kinds_on(rows, SATURDAY.date) == {}
    assert kinds_on(rows, THURSDAY.date)["工作日上午"] == [(540, 720)]
    assert [held for held in rows if held.kind is WEEKEND] == [own]


def test_intake_rows_named_after_a_channel_hold_for_it_alone() -> None:
    rows = (row(INTAKE, "8:00", "11:00", name="电话"), row(INTAKE, "9:00", "17:00", name="窗口时间"))
    assert intake_on(rows, THURSDAY, "电话", CHANNELS) == [rows[0].segment, rows[1].segment]
    assert intake_on(rows, THURSDAY, "现场", CHANNELS) == [rows[1].segment]
    assert intake_on(rows[:1], THURSDAY, "现场", CHANNELS) is None
    assert intake_on((row(INTAKE, "8:00", "11:00", "周五"),), THURSDAY, "现场", CHANNELS) == []


def test_good_rows_draw_no_complaint() -> None:
    days = CALENDAR.period(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert segment_complaints(load_preset("淄博2024").segments, days, (WEEKEND,)) == []


def test_overlaps_are_told_once_with_the_first_date() -> None:
    rows = (*HALVES, row(LUNCH, "12:00", "13:30", "工作日", name="午间", row=7))
    days = CALENDAR.period(dt.date(2026, 11, 16), dt.date(2026, 11, 20))
    (complaint,) = segment_complaints(rows, days, ())
    assert complaint.sheet == "作息时段"
    assert "2026-11-16" in complaint.text
    assert "午间" in complaint.text
    # Touching ends do not overlap.
    assert segment_complaints((*HALVES, row(LUNCH, "12:00", "13:00")), days, ()) == []


def test_kinds_that_are_needed_and_missing_are_named() -> None:
    found = segment_complaints((), [THURSDAY, SATURDAY], (LUNCH, WEEKEND))
    assert [c.value for c in found] == ["工作日上午", "工作日下午", "午间", "周末"]
    assert all(c.sheet == "作息时段" and "增加一行" in c.advice for c in found)
    assert segment_complaints((), [SATURDAY], ()) == []


def test_each_workday_needs_exactly_one_morning_and_one_afternoon() -> None:
    summer = row(MORNING, "8:00", "12:00", season_from=(5, 1), season_to=(9, 30), row=3)
    (complaint,) = segment_complaints((summer, HALVES[1]), [THURSDAY], ())
    assert "0 个工作日上午" in complaint.text
    second = row(AFTERNOON, "17:30", "18:00", row=5)
    (complaint,) = segment_complaints((*HALVES, second), [THURSDAY], ())
    assert (complaint.row, "2 个工作日下午" in complaint.text) == (5, True)
    # Weekday names leave a made-up Saturday without halves.
    weekdays = ("周一", "周二", "周三", "周四", "周五")
    rows = (row(MORNING, "9:00", "12:00", *weekdays), row(AFTERNOON, "13:00", "17:00", *weekdays))
    assert segment_complaints(rows, [THURSDAY], ()) == []
    assert len(segment_complaints(rows, [MAKE_UP_SATURDAY], ())) == 2


@pytest.mark.parametrize(
    ("change", "told"),
    [({"end": 540}, "须晚于"), ({"end": 1441}, "1440"), ({"start": -1}, "0"), ({"days": ("星期八",)}, "适用日")],
)
def test_a_row_that_is_no_range_is_refused(change: dict[str, object], told: str) -> None:
    good: dict[str, object] = {"name": "上午", "kind": "工作日上午", "start": 540, "end": 720}
    assert SegmentRow.model_validate(good).segment.start == 540
    with pytest.raises(ValidationError, match=told):
        SegmentRow.model_validate(good | change)


def test_a_segment_may_end_at_midnight() -> None:
    assert row(HOLIDAY, "22:00", "24:00").segment.end == 1440
