"""Dates and clock times as people really type them; clock times are minutes from midnight, 0 to 1440."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import TypeVar

from zhiban.io.cell_text import plain

Part = TypeVar("Part")
Period = tuple[date, date]
"""First and last day."""

EARLIEST = date(2004, 1, 1)
LATEST = date(2100, 12, 31)
"""Dates the product knows (workbook.md)."""

MINUTES_A_DAY = 1440

_CLOCK = r"(?P<hour>\d{1,2}) ?(?:[:时点] ?)(?P<minute>半|[0-5]?\d)?(?:分|(?:[:] ?| ?分 ?)[0-5]?\d(?:\.\d+)?秒?)?"
_CLOCK_TEXT = re.compile(_CLOCK)
_FULL_DATE = re.compile(
    r"(?P<year>\d{4}) ?[-./年] ?(?P<month>\d{1,2}) ?[-./月] ?(?P<day>\d{1,2})(?: ?[日号])?|(?P<compact>\d{8})"
)
_SHORT_DATE = re.compile(r"(?P<month>\d{1,2}) ?(?:[-./] ?|月 ?)(?P<day>\d{1,2})(?: ?[日号])?")
_WEEKDAY = re.compile(r" ?\(?(?:星期|周|礼拜)[一二三四五六日天]\)? ?")
_RANGE_SIGN = re.compile(r" ?(?:[~～〜∼—–―−‐‑至到]+|-+) ?")
_ISO_ZONE = re.compile(r"(?<=\d)T(?=\d)")


def read_date(text: str, period: Period | None = None) -> tuple[date, bool] | None:
    """A date from text and whether a clock time stood behind it.

    A date without a year is read only with a `period`, and only when exactly one year puts it inside. None: no date.
    """
    found = _date_and_clock(text, period)
    return (found[0], found[1] is not None) if found else None


def read_moment(text: str, period: Period | None = None) -> datetime | None:
    """Date and time of day from text, to the minute; a date alone is its midnight. None: neither."""
    found = _date_and_clock(text, period)
    if found is None:
        return None
    day, minutes = found
    return datetime(day.year, day.month, day.day) + timedelta(minutes=minutes or 0)


def _date_and_clock(text: str, period: Period | None) -> tuple[date, int | None] | None:
    """A date and the minutes of the clock time behind it (None: no clock time)."""
    text = _WEEKDAY.sub(" ", _ISO_ZONE.sub(" ", plain(text))).strip()
    for pattern in (_FULL_DATE, _SHORT_DATE):
        match = pattern.match(text)
        if match is None:
            continue
        found = _full(match) if pattern is _FULL_DATE else _short(match, period)
        rest = text[match.end() :]
        if found is not None and not rest:
            return found, None
        minutes = read_clock(rest)
        apart = rest.startswith(" ") or match[0].endswith(("日", "号"))
        if found is not None and apart and minutes is not None and minutes < MINUTES_A_DAY:
            return found, minutes
    return None


def read_clock(text: str) -> int | None:
    """A time of day from text: 9:00, 13：00, 12: 00, 9时30分, 9点半, 24:00; seconds are dropped. None: no time."""
    match = _CLOCK_TEXT.fullmatch(plain(text))
    if match is None:
        return None
    hour = int(match["hour"])
    minute = 30 if match["minute"] == "半" else int(match["minute"] or 0)
    if match["minute"] is None and ":" in match[0]:
        return None
    total = hour * 60 + minute
    return total if total <= MINUTES_A_DAY else None


def read_month_day(text: str) -> tuple[int, int] | None:
    """Month and day of a season's end: 05-01, 5/1, 5月1日; None where no year has that day."""
    match = _SHORT_DATE.fullmatch(plain(text))
    if match is None:
        found = read_date(text)
        return (found[0].month, found[0].day) if found else None
    return _month_day(int(match["month"]), int(match["day"]))


def fraction_clock(fraction: float) -> int | None:
    """A fraction of a day as minutes from midnight, seconds dropped; None outside 0 to 1."""
    if not 0 <= fraction <= 1:
        return None
    return round(fraction * 86_400) // 60


def range_parts(text: str) -> Iterator[tuple[str, str]]:
    """What stands before and after each sign in a text that may mean "to" (~ ～ — – - 至 到)."""
    text = plain(text)
    for match in _RANGE_SIGN.finditer(text):
        if match.start() and match.end() < len(text):
            yield text[: match.start()], text[match.end() :]


def split_range(text: str, read: Callable[[str], Part | None]) -> tuple[Part, Part] | None:
    """The two ends of a range written in one cell (9:00-12:00), each read by `read`; None: no range."""
    for first, last in range_parts(text):
        before, after = read(first), read(last)
        if before is not None and after is not None:
            return before, after
    return None


def known(day: date) -> bool:
    """Whether a date lies in the years the product knows."""
    return EARLIEST <= day <= LATEST


def _full(match: re.Match[str]) -> date | None:
    if match["compact"]:
        digits = match["compact"]
        return _date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    return _date(int(match["year"]), int(match["month"]), int(match["day"]))


def _short(match: re.Match[str], period: Period | None) -> date | None:
    """The one date of the period with that month and day; a period of up to 366 days may hold two: then none."""
    if period is None:
        return None
    first, last = period
    years = range(first.year, last.year + 1)
    fits = [d for y in years if (d := _date(y, int(match["month"]), int(match["day"]))) and first <= d <= last]
    return fits[0] if len(fits) == 1 else None


def _month_day(month: int, day: int) -> tuple[int, int] | None:
    return (month, day) if _date(2000, month, day) else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
