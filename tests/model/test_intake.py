"""Intake rules, with the worked deadlines of the notices."""

import datetime as dt

import pytest

from zhiban.model.days import Calendar, HolidayKind, HolidayRow
from zhiban.model.intake import Intake, RemarkKind
from zhiban.model.kinds import DayClass
from zhiban.model.policy import load_preset
from zhiban.model.segments import SegmentRow, merged_rows


def intake(
    name: str, calendar: Calendar | None = None, own: tuple[SegmentRow, ...] = (), **overrides: object
) -> Intake:
    preset = load_preset(name)
    policy = preset.policy_with(overrides)
    held = calendar or Calendar(spring_booking=policy.books_spring)
    return Intake(policy, held, merged_rows(preset.segments, own), preset.channels)


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


ZIBO, YANGQUAN, XIXIA, SHANTING = (intake(name) for name in ("淄博2024", "阳泉2023", "西峡2023", "山亭2022"))


@pytest.mark.parametrize(
    ("start", "deadline"),
    [
        ("2026-10-03 09:00", "2026-09-30 17:00"),
        ("2026-10-07 16:00", "2026-09-30 17:00"),
        ("2026-01-02 09:00", "2025-12-31 17:00"),
        # The last workday before 春节 is a Saturday worked.
        ("2026-02-15 09:00", "2026-02-14 17:00"),
        ("2026-02-23 09:00", "2026-02-14 17:00"),
        ("2026-04-05 09:00", "2026-04-03 17:00"),
        ("2026-05-02 09:00", "2026-04-30 17:00"),
        ("2026-06-20 09:00", "2026-06-18 17:00"),
        ("2026-09-26 09:00", "2026-09-24 17:00"),
    ],
)
def test_zibo_holiday_deadlines_of_2026(start: str, deadline: str) -> None:
    at, last = moment(start), moment(deadline)
    assert ZIBO.last_registration("电话", at) == last
    assert ZIBO.deadline(last, "电话", at.date()) is None
    late = ZIBO.deadline(last + dt.timedelta(minutes=1), "电话", at.date())
    assert late is not None
    assert (late.kind, late.hard, late.latest) == (RemarkKind.DEADLINE, False, last)


def test_no_deadline_for_weekends_and_workdays_nor_where_the_policy_has_none() -> None:
    assert ZIBO.holiday_deadline("电话", dt.date(2026, 11, 21)) is None
    assert ZIBO.holiday_deadline("电话", dt.date(2026, 11, 19)) is None
    assert XIXIA.deadline(moment("2026-10-01 08:00"), "电话", dt.date(2026, 10, 1)) is None


def test_the_deadline_falls_back_on_office_hours_where_the_channel_takes_none_that_day() -> None:
    halves = (
        SegmentRow.model_validate({"name": "上午", "kind": "工作日上午", "start": 480, "end": 720}),
        SegmentRow.model_validate({"name": "下午", "kind": "工作日下午", "start": 840, "end": 1050}),
    )
    # The Saturday worked before 春节: no weekday's name fits it, so nobody answers the phone.
    held = intake("西峡2023", own=halves, 节前截止="是")
    assert held.holiday_deadline("电话", dt.date(2026, 2, 17)) == moment("2026-02-14 17:30")
    assert intake("自定义", 节前截止="是").holiday_deadline("电话", dt.date(2026, 2, 17)) == moment("2026-02-15 00:00")


def test_zibo_and_yangquan_change_notice() -> None:
    start = moment("2026-10-03 09:00")
    assert ZIBO.change_notice(start) == moment("2026-10-02 21:00")
    assert ZIBO.suggested_change_notice(start) == moment("2026-10-02 17:00")
    assert YANGQUAN.change_notice(start) == moment("2026-10-03 01:00")
    assert YANGQUAN.suggested_change_notice(start) == moment("2026-10-02 17:00")
    afternoon = moment("2026-10-03 21:30")
    assert ZIBO.suggested_change_notice(afternoon) == ZIBO.change_notice(afternoon) == moment("2026-10-03 09:30")


def test_a_change_told_too_late_is_remarked_unless_it_was_force_majeure() -> None:
    start = moment("2026-10-03 09:00")
    assert ZIBO.change(moment("2026-10-02 21:00"), start) is None
    late = ZIBO.change(moment("2026-10-02 23:00"), start)
    assert late is not None
    assert (late.kind, late.latest) == (RemarkKind.CHANGE, moment("2026-10-02 21:00"))
    assert ZIBO.change(moment("2026-10-02 23:00"), start, force_majeure=True) is None
    assert ZIBO.change(None, start, force_majeure=True) is not None


@pytest.mark.parametrize(("held", "hard"), [(YANGQUAN, False), (XIXIA, True)])
def test_saturday_at_eight_is_asked_for_by_friday_at_eight(held: Intake, hard: bool) -> None:
    start = moment("2026-11-21 08:00")
    assert held.lead(moment("2026-11-20 08:00"), start) is None
    late = held.lead(moment("2026-11-20 08:01"), start)
    assert late is not None
    assert (late.kind, late.hard, late.latest) == (RemarkKind.LEAD, hard, moment("2026-11-20 08:00"))


def test_a_policy_without_lead_rule_asks_for_no_hours() -> None:
    held = intake("自定义", 提前小时=24, 提前方式="无")
    assert held.lead(moment("2026-11-21 07:59"), moment("2026-11-21 08:00")) is None


@pytest.mark.parametrize(
    ("held", "channel", "start", "last"),
    [
        (XIXIA, "现场", "2026-11-21 08:00", "2026-11-20 08:00"),
        (XIXIA, "电话", "2026-11-21 15:30", "2026-11-20 11:00"),
        (XIXIA, "现场", "2026-11-21 15:30", "2026-11-20 15:30"),
        (XIXIA, "现场", "2026-11-21 17:30", "2026-11-20 17:00"),
        # No hours are stated for 掌上: only the 24 hours count.
        (XIXIA, "掌上", "2026-11-21 07:15", "2026-11-20 07:15"),
        # Friday at eight lies before 9:00, so Thursday evening.
        (YANGQUAN, "电话", "2026-11-21 08:00", "2026-11-19 17:00"),
        # The desk answers on Sundays, not on holidays.
        (YANGQUAN, "电话", "2026-11-23 17:00", "2026-11-22 17:00"),
        (YANGQUAN, "电话", "2026-10-03 09:00", "2026-09-30 17:00"),
    ],
)
def test_last_moment_to_register(held: Intake, channel: str, start: str, last: str) -> None:
    assert held.last_registration(channel, moment(start)) == moment(last)


def test_no_moment_to_register_where_nobody_has_answered_for_months() -> None:
    closed = [HolidayRow(date=dt.date(2026, 1, 1) + dt.timedelta(days=n), kind=HolidayKind.CLOSED) for n in range(90)]
    held = intake("淄博2024", Calendar(closed))
    assert held.last_registration("电话", moment("2026-03-20 09:00")) is None


@pytest.mark.parametrize(
    ("held", "channel", "registered", "inside"),
    [
        (ZIBO, "电话", "2026-11-19 09:00", True),
        (ZIBO, "电话", "2026-11-19 12:00", True),
        (ZIBO, "电话", "2026-11-19 12:30", False),
        (ZIBO, "电话", "2026-11-21 10:00", False),
        (ZIBO, "电话", "2026-02-14 16:00", True),
        (YANGQUAN, "网上", "2026-11-22 14:00", True),
        (YANGQUAN, "电话", "2026-10-01 10:00", False),
        (XIXIA, "电话", "2026-11-20 16:00", False),
        (XIXIA, "电话", "2026-11-19 16:00", True),
        (XIXIA, "现场", "2026-11-20 16:00", True),
        (XIXIA, "现场", "2026-02-14 10:00", False),
        (XIXIA, "掌上", "2026-11-22 23:00", True),
        (SHANTING, "电话", "2026-11-22 23:00", True),
        # A date without a clock time is not judged.
        (ZIBO, "电话", "2026-11-21 00:00", True),
    ],
)
def test_intake_hours_by_channel(held: Intake, channel: str, registered: str, inside: bool) -> None:
    remark = held.hours(moment(registered), channel)
    assert (remark is None) == inside
    if remark is not None:
        assert (remark.kind, remark.hard) == (RemarkKind.HOURS, False)


def test_channels_are_only_remarked() -> None:
    assert ZIBO.channel("电话") is None
    remark = ZIBO.channel("网上")
    assert remark is not None
    assert (remark.kind, remark.hard) == (RemarkKind.CHANNEL, False)


def test_half_a_workday_is_the_cap() -> None:
    assert ZIBO.length(210) is None
    over = ZIBO.length(240)
    assert over is not None
    assert (over.kind, over.hard) == (RemarkKind.LENGTH, False)
    assert YANGQUAN.length(600) is None
    hard = intake("淄博2024", 提前方式="必须").length(240)
    assert hard is not None
    assert hard.hard


def test_items_closed_on_weekends_or_holidays() -> None:
    saturday, holiday, workday = dt.date(2026, 11, 21), dt.date(2026, 10, 3), dt.date(2026, 2, 14)
    assert ZIBO.item(saturday, weekend_open=True, holiday_open=False) is None
    assert ZIBO.item(holiday, weekend_open=False, holiday_open=True) is None
    assert ZIBO.item(workday, weekend_open=False, holiday_open=False) is None
    for date, weekend_open, holiday_open in ((saturday, False, True), (holiday, True, False)):
        remark = ZIBO.item(date, weekend_open=weekend_open, holiday_open=holiday_open)
        assert remark is not None
        assert remark.kind is RemarkKind.ITEM


def test_no_show_contact() -> None:
    assert ZIBO.no_show_contact(moment("2026-11-21 09:00")) == moment("2026-11-21 09:30")
    assert XIXIA.no_show_contact(moment("2026-11-21 09:00")) is None


def test_xixia_make_up_saturday_is_a_workday() -> None:
    assert XIXIA.calendar.day(dt.date(2026, 5, 9)).day_class is DayClass.MAKE_UP


def test_shanting_spring_of_2027() -> None:
    days = SHANTING.calendar.period(dt.date(2027, 2, 4), dt.date(2027, 2, 8))
    assert [day.booking_only for day in days] == [False, True, True, True, False]
    assert days[-1].day_class is DayClass.HOLIDAY


def test_all_remarks_of_an_appointment_together() -> None:
    found = XIXIA.remarks(
        registered=moment("2026-11-20 16:00"),
        channel="电话",
        start=moment("2026-11-21 08:00"),
        minutes=60,
        weekend_open=False,
    )
    assert [(remark.kind, remark.hard) for remark in found] == [
        (RemarkKind.LEAD, True),
        (RemarkKind.HOURS, False),
        (RemarkKind.ITEM, True),
    ]
    fine = XIXIA.remarks(
        registered=moment("2026-11-19 10:00"), channel="电话", start=moment("2026-11-21 08:00"), minutes=60
    )
    assert fine == ()
