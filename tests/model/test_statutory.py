"""Statutory days by rule, checked against the calendar facts of the law and of published almanacs."""

import datetime as dt

import pytest

from zhiban.model.statutory import lunar_date, new_years_eve, spring_booking_days, statutory_days, tomb_sweeping_day


def test_2027_has_the_thirteen_days_of_the_law() -> None:
    assert {day.strftime("%m-%d"): name for day, name in statutory_days(2027).items()} == {
        "01-01": "元旦",
        "02-05": "春节",
        "02-06": "春节",
        "02-07": "春节",
        "02-08": "春节",
        "04-05": "清明节",
        "05-01": "劳动节",
        "05-02": "劳动节",
        "06-09": "端午节",
        "09-15": "中秋节",
        "10-01": "国庆节",
        "10-02": "国庆节",
        "10-03": "国庆节",
    }


@pytest.mark.parametrize(("year", "count"), [(2007, 10), (2008, 11), (2014, 11), (2024, 11), (2025, 13), (2026, 13)])
def test_how_many_days_the_law_of_each_time_gives(year: int, count: int) -> None:
    assert len(statutory_days(year)) == count


@pytest.mark.parametrize(
    ("year", "first", "last"),
    [(2013, "02-09", "02-11"), (2014, "01-31", "02-02"), (2024, "02-10", "02-12"), (2025, "01-28", "01-31")],
)
def test_new_years_eve_was_in_and_out_of_spring_festival(year: int, first: str, last: str) -> None:
    spring = [day.strftime("%m-%d") for day, name in statutory_days(year).items() if name == "春节"]
    assert (spring[0], spring[-1]) == (first, last)


@pytest.mark.parametrize("year", [2009, 2028, 2031])
def test_a_day_of_two_festivals_counts_once(year: int) -> None:
    days = statutory_days(year)
    assert [name for name in days.values() if "、" in name] == ["国庆节、中秋节"]
    assert len(days) == (13 if year >= 2025 else 11) - 1


@pytest.mark.parametrize(
    ("year", "eve"),
    [
        (2025, "01-28"),
        (2026, "02-16"),
        (2027, "02-05"),
        (2028, "01-25"),
        (2029, "02-12"),
        (2030, "02-02"),
        (2031, "01-22"),
    ],
)
def test_new_years_eve_in_years_whose_last_month_is_short_too(year: int, eve: str) -> None:
    found = new_years_eve(year)
    assert found is not None
    assert found.strftime("%m-%d") == eve


def test_spring_booking_runs_from_the_eve_to_the_second_day() -> None:
    assert sorted(spring_booking_days(2026)) == [dt.date(2026, 2, 16), dt.date(2026, 2, 17), dt.date(2026, 2, 18)]


@pytest.mark.parametrize(("year", "day"), [(2004, 4), (2007, 5), (2012, 4), (2019, 5), (2026, 5), (2027, 5), (2100, 5)])
def test_tomb_sweeping_day(year: int, day: int) -> None:
    assert tomb_sweeping_day(year) == dt.date(year, 4, day)


def test_the_lunar_calendar_reaches_2100_and_says_when_it_ends() -> None:
    assert lunar_date(2100, 1, 1) == dt.date(2100, 2, 9)
    assert lunar_date(2101, 1, 1) is None
    assert dt.date(2101, 10, 1) in statutory_days(2101)
