"""Day classes: sources in their order, published and unpublished years, spans, booking-only days."""

import datetime as dt
from collections import Counter

import chinese_calendar
import pytest

from zhiban.model.arrangement import Arrangement
from zhiban.model.days import (
    Calendar,
    DaySource,
    HolidayKind,
    HolidayRow,
    holiday_row_complaints,
    unpublished_warning,
)
from zhiban.model.kinds import DayClass
from zhiban.model.statutory import statutory_days


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def row(
    text: str, kind: HolidayKind, source: DaySource = DaySource.MANUAL, name: str = "", number: int = 0
) -> HolidayRow:
    return HolidayRow(date=day(text), kind=kind, source=source, name=name, row=number)


def classes_of(calendar: Calendar, year: int) -> Counter[str]:
    return Counter(str(d.day_class) for d in calendar.period(dt.date(year, 1, 1), dt.date(year, 12, 31)))


def test_2026_counts() -> None:
    # 242 + 6 + 84 + 33 = 365; 248 workdays.
    assert classes_of(Calendar(), 2026) == {"工作日": 242, "调休上班": 6, "周末": 84, "节假日": 33}
    days = Calendar().period(day("2026-01-01"), day("2026-12-31"))
    assert sum(d.statutory for d in days) == 13
    assert not any(d.projected or d.booking_only for d in days)
    weekends = Counter(d.weekday for d in days if d.day_class == DayClass.WEEKEND)
    assert weekends == {"六": 41, "日": 43}


def test_2025_counts() -> None:
    assert classes_of(Calendar(), 2025) == {"工作日": 243, "调休上班": 5, "周末": 89, "节假日": 28}


def test_make_up_days_of_2026() -> None:
    days = Calendar().period(day("2026-01-01"), day("2026-12-31"))
    made_up = [d.date.isoformat()[5:] + d.weekday for d in days if d.day_class == DayClass.MAKE_UP]
    assert made_up == ["01-04日", "02-14六", "02-28六", "05-09六", "09-20日", "10-10六"]


@pytest.mark.parametrize("year", range(2004, 2027))
def test_every_published_day_is_off_or_worked_as_the_package_says(year: int) -> None:
    calendar = Calendar()
    for d in calendar.period(dt.date(year, 1, 1), dt.date(year, 12, 31)):
        assert d.is_workday == chinese_calendar.is_workday(d.date), d
        assert not d.projected
        if chinese_calendar.get_holiday_detail(d.date) == (True, None):
            assert d.day_class is DayClass.WEEKEND or d.date in FILLED
        if d.statutory:
            assert d.day_class is DayClass.HOLIDAY


FILLED = {day("2011-06-05"), day("2012-06-23"), day("2015-06-21"), day("2015-09-05")}
"""Weekend days inside a span that the package does not list."""


@pytest.mark.parametrize("date", sorted(FILLED))
def test_weekend_days_inside_a_span_are_holidays(date: dt.date) -> None:
    assert Calendar().day(date).day_class is DayClass.HOLIDAY
    assert Calendar().day(date).statutory == (date == day("2012-06-23"))  # 端午节 itself


def test_a_substitute_day_off_is_no_statutory_day() -> None:
    # 清明节 2026 is Sunday 04-05; Monday 04-06 makes up for it.
    calendar = Calendar()
    assert [calendar.day(day(f"2026-04-0{n}")).statutory for n in (4, 5, 6)] == [False, True, False]
    assert calendar.holiday_span(day("2026-04-06")) == (day("2026-04-04"), day("2026-04-06"))


@pytest.mark.parametrize("year", range(2004, 2027))
def test_every_statutory_day_of_a_published_year_is_off_and_flagged(year: int) -> None:
    calendar = Calendar()
    assert all(calendar.day(date).statutory for date in statutory_days(year))


def test_names_follow_the_festival_of_the_day() -> None:
    calendar = Calendar()
    assert calendar.day(day("2025-10-06")).name == "中秋节"
    assert calendar.day(day("2025-10-07")).name == "国庆节"
    assert calendar.day(day("2026-02-14")).name == ""


def test_an_unpublished_year_has_statutory_days_and_plain_weekends_all_projected() -> None:
    calendar = Calendar()
    days = calendar.period(day("2027-01-01"), day("2027-12-31"))
    assert all(d.projected and d.source == DaySource.PROJECTED for d in days)
    assert {d.date for d in days if d.day_class is DayClass.HOLIDAY} == set(statutory_days(2027))
    assert sum(d.statutory for d in days) == 13
    assert not any(d.day_class is DayClass.MAKE_UP for d in days)
    assert calendar.day(day("2027-01-02")).day_class is DayClass.WEEKEND


def test_a_period_across_new_year_is_published_on_one_side_only() -> None:
    calendar = Calendar()
    days = calendar.period(day("2026-12-28"), day("2027-01-03"))
    assert [d.projected for d in days] == [False] * 4 + [True] * 3
    assert calendar.unpublished_years(day("2026-12-28"), day("2027-01-03")) == (2027,)
    assert unpublished_warning((2027,)) == "2027年放假安排未公布，节假日按法定日推算"
    assert unpublished_warning(()) == ""


@pytest.mark.parametrize("year", [1899, 1999, 2003, 2100, 2150])
def test_no_year_raises(year: int) -> None:
    days = Calendar(spring_booking=True).period(dt.date(year, 1, 1), dt.date(year, 12, 31))
    assert days[273 + (len(days) == 366)].day_class is DayClass.HOLIDAY  # October 1
    assert all(d.projected for d in days)


def test_a_later_release_of_the_package_with_more_years_is_used() -> None:
    holidays = {day("2027-01-01"): "元旦", day("2027-01-02"): "元旦", day("2027-10-01"): "国庆节"}
    calendar = Calendar(arrangement=Arrangement(holidays, frozenset({day("2027-01-09")})))
    assert calendar.day(day("2027-01-02")).day_class is DayClass.HOLIDAY
    assert calendar.day(day("2027-01-09")).day_class is DayClass.MAKE_UP
    assert not calendar.day(day("2027-03-01")).projected
    assert calendar.day(day("2028-03-01")).projected


def test_a_lone_day_of_a_neighbouring_year_publishes_nothing() -> None:
    holidays = {day("2027-10-01"): "国庆节", day("2028-01-01"): "元旦"}
    assert Calendar(arrangement=Arrangement(holidays, frozenset())).day(day("2028-01-04")).projected


@pytest.mark.parametrize(
    ("kind", "date", "day_class", "statutory"),
    [
        (HolidayKind.STATUTORY, "2026-11-19", DayClass.HOLIDAY, True),
        (HolidayKind.SHIFTED, "2026-10-01", DayClass.HOLIDAY, False),
        (HolidayKind.REST_DAY, "2026-11-21", DayClass.HOLIDAY, False),
        (HolidayKind.LOCAL, "2026-11-19", DayClass.HOLIDAY, False),
        (HolidayKind.MAKE_UP, "2026-11-21", DayClass.MAKE_UP, False),
        (HolidayKind.MAKE_UP, "2026-10-02", DayClass.WORKDAY, False),
        (HolidayKind.CLOSED, "2026-11-19", DayClass.CLOSED, False),
        (HolidayKind.NORMAL, "2026-10-03", DayClass.WEEKEND, False),
        (HolidayKind.NORMAL, "2026-10-01", DayClass.WORKDAY, False),
        (HolidayKind.NORMAL, "2026-02-14", DayClass.WEEKEND, False),
    ],
)
def test_the_sheet_wins_over_everything(kind: HolidayKind, date: str, day_class: DayClass, statutory: bool) -> None:
    found = Calendar([row(date, kind)]).day(day(date))
    assert (found.day_class, found.statutory, found.source) == (day_class, statutory, "手工")


def test_a_booking_only_row_flags_the_day_and_leaves_its_class() -> None:
    calendar = Calendar([row("2026-10-01", HolidayKind.BOOKING_ONLY), row("2026-11-19", HolidayKind.BOOKING_ONLY)])
    holiday, workday = calendar.day(day("2026-10-01")), calendar.day(day("2026-11-19"))
    assert (holiday.day_class, holiday.statutory, holiday.booking_only) == (DayClass.HOLIDAY, True, True)
    assert (workday.day_class, workday.booking_only) == (DayClass.WORKDAY, True)
    assert not calendar.day(day("2026-10-02")).booking_only


def test_class_and_booking_only_stand_together() -> None:
    rows = [row("2026-11-21", HolidayKind.BOOKING_ONLY), row("2026-11-21", HolidayKind.LOCAL)]
    for ordered in (rows, rows[::-1]):
        found = Calendar(ordered).day(day("2026-11-21"))
        assert (found.day_class, found.booking_only) == (DayClass.HOLIDAY, True)
    assert holiday_row_complaints(rows) == []


def test_two_class_rows_of_a_date_are_an_error() -> None:
    rows = [
        row("2026-11-21", HolidayKind.LOCAL, number=2),
        row("2026-11-22", HolidayKind.LOCAL, number=3),
        row("2026-11-21", HolidayKind.CLOSED, number=4),
    ]
    (complaint,) = holiday_row_complaints(rows)
    assert (complaint.sheet, complaint.row, complaint.column) == ("放假安排", 4, "类型")
    assert "第 2 行" in complaint.text


def test_spring_booking_flags_three_days_published_or_not() -> None:
    calendar = Calendar(spring_booking=True)
    for year, days in ((2026, ("02-16", "02-17", "02-18")), (2027, ("02-05", "02-06", "02-07"))):
        year_days = calendar.period(dt.date(year, 1, 1), dt.date(year, 12, 31))
        assert tuple(d.date.isoformat()[5:] for d in year_days if d.booking_only) == days
    assert not Calendar().day(day("2026-02-17")).booking_only


def test_rows_of_the_notice_publish_a_year() -> None:
    rows = [row(date.isoformat(), HolidayKind.STATUTORY, DaySource.NOTICE) for date in statutory_days(2027)]
    assert not Calendar(rows).day(day("2027-03-01")).projected
    assert Calendar(rows).day(day("2027-03-01")).source == DaySource.NOTICE
    # One day of the law short, or written by hand: still a guess.
    assert Calendar(rows[1:]).day(day("2027-03-01")).projected
    by_hand = [held.model_copy(update={"source": DaySource.MANUAL}) for held in rows]
    assert Calendar(by_hand).day(day("2027-03-01")).projected
    assert not Calendar(by_hand).day(rows[0].date).projected


def test_a_row_that_is_itself_a_guess_is_shown_as_one() -> None:
    assert Calendar([row("2027-02-09", HolidayKind.SHIFTED, DaySource.PROJECTED)]).day(day("2027-02-09")).projected


def test_spans_and_workdays_around_them() -> None:
    calendar = Calendar()
    assert calendar.holiday_span(day("2026-02-17")) == (day("2026-02-15"), day("2026-02-23"))
    assert calendar.holiday_span(day("2026-02-15")) == (day("2026-02-15"), day("2026-02-23"))
    assert calendar.holiday_span(day("2026-11-19")) == (day("2026-11-19"), day("2026-11-19"))
    assert calendar.previous_workday(day("2026-02-15")) == day("2026-02-14")
    assert calendar.next_workday(day("2026-02-15")) == day("2026-02-24")
    # Neighbouring festivals make one span: 中秋节 and 国庆节 of 2023, 8 days.
    assert calendar.holiday_span(day("2023-10-01")) == (day("2023-09-29"), day("2023-10-06"))


def test_a_centre_closed_for_years_has_no_next_workday() -> None:
    start = day("2027-01-01")
    rows = [row((start + dt.timedelta(days=n)).isoformat(), HolidayKind.CLOSED) for n in range(1300)]
    assert Calendar(rows).next_workday(start) is None
    assert Calendar(rows).previous_workday(start) == day("2026-12-31")
