"""The statutory days of a year by rule (全国年节及纪念日放假办法), for years whose arrangement is not published too.

Needs no data but the lunar calendar; `lunar_python` is imported when first asked, to keep the start quick.
"""

import datetime as dt
from functools import lru_cache
from importlib import import_module

NEW_YEAR = "元旦"
SPRING = "春节"
TOMB_SWEEPING = "清明节"
LABOUR = "劳动节"
DRAGON_BOAT = "端午节"
MID_AUTUMN = "中秋节"
NATIONAL = "国庆节"

LUNAR_FESTIVALS_SINCE = 2008
"""First year with 清明节, 端午节 and 中秋节 as days off, and with one day instead of three for 劳动节."""

NEW_YEARS_EVE_YEARS = frozenset(range(2008, 2014))
"""Years in which 春节 began with 除夕 but had three days (除夕 to 初二); 2014-2024: 初一 to 初三."""

THIRTEEN_DAYS_SINCE = 2025
"""First year with 除夕 to 初三 and two days for 劳动节 (revision of 2024-11-10)."""


def lunar_date(year: int, month: int, day: int) -> dt.date | None:
    """The solar date of a lunar one; None beyond the years 1900-2100, for which no almanac has been compared."""
    if not 1900 <= year <= 2100:
        return None
    solar = import_module("lunar_python").Lunar.fromYmd(year, month, day).getSolar()
    return dt.date(solar.getYear(), solar.getMonth(), solar.getDay())


def tomb_sweeping_day(year: int) -> dt.date:
    """清明 by the usual formula, right for 2000-2099, and in 2100 (April 5)."""
    if year >= 2100:
        return dt.date(year, 4, 5)
    short = year % 100
    return dt.date(year, 4, int(short * 0.2422 + 4.81) - short // 4)


def new_years_eve(year: int) -> dt.date | None:
    """除夕, the day before 正月初一 (never 腊月三十, which short months do not have)."""
    first = lunar_date(year, 1, 1)
    return None if first is None else first - dt.timedelta(days=1)


@lru_cache(maxsize=256)
def spring_booking_days(year: int) -> frozenset[dt.date]:
    """除夕, 正月初一 and 正月初二 of a year (春节预约日 除夕至初二)."""
    eve = new_years_eve(year)
    return frozenset() if eve is None else frozenset(eve + dt.timedelta(days=n) for n in range(3))


@lru_cache(maxsize=256)
def statutory_days(year: int) -> dict[dt.date, str]:
    """The statutory days of a year with their festivals, those of two festivals as 国庆节、中秋节.

    13 days from 2025, 11 in 2008-2024, 10 before; fewer dates where festivals coincide. Do not change the result.
    """
    found: dict[dt.date, str] = {}
    for day, name in sorted(_solar_days(year) + _lunar_days(year)):
        found[day] = f"{name}、{found[day]}" if day in found else name
    return found


def _solar_days(year: int) -> list[tuple[dt.date, str]]:
    """元旦, 清明, 劳动节 and 国庆节."""
    labour = 2 if year >= THIRTEEN_DAYS_SINCE else 1 if year >= LUNAR_FESTIVALS_SINCE else 3
    days = [(dt.date(year, 1, 1), NEW_YEAR)]
    days += [(dt.date(year, 5, 1 + n), LABOUR) for n in range(labour)]
    days += [(dt.date(year, 10, 1 + n), NATIONAL) for n in range(3)]
    if year >= LUNAR_FESTIVALS_SINCE:
        days.append((tomb_sweeping_day(year), TOMB_SWEEPING))
    return days


def _lunar_days(year: int) -> list[tuple[dt.date, str]]:
    """春节, 端午节 and 中秋节; none where the lunar calendar is not at hand."""
    eve = new_years_eve(year)
    if eve is None:
        return []
    first = 0 if year in NEW_YEARS_EVE_YEARS or year >= THIRTEEN_DAYS_SINCE else 1
    length = 4 if year >= THIRTEEN_DAYS_SINCE else 3
    days = [(eve + dt.timedelta(days=first + n), SPRING) for n in range(length)]
    if year >= LUNAR_FESTIVALS_SINCE:
        for month, day, name in ((5, 5, DRAGON_BOAT), (8, 15, MID_AUTUMN)):
            solar = lunar_date(year, month, day)
            if solar is not None:
                days.append((solar, name))
    return days
