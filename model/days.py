"""The class of every date: sheet 放假安排, else the bundled arrangement, else the statutory days by rule (rules.md 1).

Never an exception and never silence: dates of a year that nobody has published carry the flag `projected` (推算).
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from zhiban.model.arrangement import Arrangement, bundled
from zhiban.model.errors import Complaint
from zhiban.model.kinds import DayClass
from zhiban.model.records import Record
from zhiban.model.statutory import spring_booking_days, statutory_days

SATURDAY = 5
SEARCH_DAYS = 1200
"""How far a workday is looked for before giving up (a centre closed for more than three years)."""

ONE_DAY = dt.timedelta(days=1)


class HolidayKind(StrEnum):
    """类型 of a row of 放假安排."""

    STATUTORY = "法定节假日"
    SHIFTED = "放假调休"
    REST_DAY = "休息日放假"
    MAKE_UP = "调休上班"
    LOCAL = "本地假日"
    CLOSED = "闭馆"
    BOOKING_ONLY = "仅预约"
    NORMAL = "正常"


class DaySource(StrEnum):
    """来源 of a day's class."""

    NOTICE = "通知"
    MANUAL = "手工"
    PROJECTED = "推算"


class HolidayRow(Record):
    """A row of 放假安排."""

    date: dt.date
    kind: HolidayKind
    name: str = ""
    source: DaySource = DaySource.MANUAL


@dataclass(frozen=True, slots=True)
class Day:
    """A date with its class and flags: 法定当日, 仅预约, 推算; `name` is the festival's (empty on other days)."""

    date: dt.date
    day_class: DayClass
    statutory: bool = False
    booking_only: bool = False
    projected: bool = False
    name: str = ""
    source: str = DaySource.NOTICE

    @property
    def is_workday(self) -> bool:
        """Whether the centre works (工作日 or 调休上班)."""
        return self.day_class in (DayClass.WORKDAY, DayClass.MAKE_UP)

    @property
    def weekday(self) -> str:
        """一 to 日."""
        return "一二三四五六日"[self.date.weekday()]


class Calendar:
    """Day classes of all dates.

    `rows` are those of 放假安排 (of two class rows of a date, an input error, the later stands);
    `spring_booking` flags 除夕 to 初二 as 仅预约.
    """

    def __init__(
        self, rows: Iterable[HolidayRow] = (), spring_booking: bool = False, arrangement: Arrangement | None = None
    ) -> None:
        self.rows = tuple(rows)
        self.spring_booking = spring_booking
        self._arrangement = arrangement
        self._class_rows = {row.date: row for row in self.rows if row.kind is not HolidayKind.BOOKING_ONLY}
        self._booking_only = frozenset(row.date for row in self.rows if row.kind is HolidayKind.BOOKING_ONLY)
        self._days: dict[dt.date, Day] = {}
        self._published: dict[int, bool] = {}

    def day(self, date: dt.date) -> Day:
        """Class and flags of a date."""
        known = self._days.get(date)
        if known is None:
            known = self._days[date] = self._flagged(self._classified(date))
        return known

    def period(self, first: dt.date, last: dt.date) -> tuple[Day, ...]:
        """Every day from `first` to `last`, both included."""
        return tuple(self.day(first + dt.timedelta(days=n)) for n in range((last - first).days + 1))

    def holiday_span(self, date: dt.date) -> tuple[dt.date, dt.date]:
        """First and last date of the run of 节假日 that holds `date`; the date itself twice where it is none."""
        if self.day(date).day_class is not DayClass.HOLIDAY:
            return date, date
        first = last = date
        while self.day(first - ONE_DAY).day_class is DayClass.HOLIDAY:
            first -= ONE_DAY
        while self.day(last + ONE_DAY).day_class is DayClass.HOLIDAY:
            last += ONE_DAY
        return first, last

    def next_workday(self, date: dt.date) -> dt.date | None:
        """The first workday after `date`; None where none follows within three years."""
        return self._workday_from(date, ONE_DAY)

    def previous_workday(self, date: dt.date) -> dt.date | None:
        """The last workday before `date`; None where none precedes within three years."""
        return self._workday_from(date, -ONE_DAY)

    def published(self, year: int) -> bool:
        """Whether the year's arrangement is known: bundled, or all its statutory days in 放假安排 from the 通知."""
        if year not in self._published:
            self._published[year] = year in self._bundled.years or self._given_by_notice(year)
        return self._published[year]

    def unpublished_years(self, first: dt.date, last: dt.date) -> tuple[int, ...]:
        """The years of a period in which a date is 推算."""
        return tuple(sorted({day.date.year for day in self.period(first, last) if day.projected}))

    @property
    def _bundled(self) -> Arrangement:
        return bundled() if self._arrangement is None else self._arrangement

    def _given_by_notice(self, year: int) -> bool:
        rows = [self._class_rows.get(date) for date in statutory_days(year)]
        return all(row is not None and row.source is DaySource.NOTICE for row in rows)

    def _workday_from(self, date: dt.date, step: dt.timedelta) -> dt.date | None:
        for _ in range(SEARCH_DAYS):
            date += step
            if self.day(date).is_workday:
                return date
        return None

    def _classified(self, date: dt.date) -> Day:
        """The class by the strongest source that knows the date."""
        row = self._class_rows.get(date)
        if row is not None:
            return _by_row(row)
        if date.year in self._bundled.years:
            return self._by_arrangement(date)
        name = statutory_days(date.year).get(date, "")
        day_class = DayClass.HOLIDAY if name else plain_class(date)
        if self.published(date.year):
            return Day(date, day_class, statutory=bool(name), name=name)
        return Day(date, day_class, bool(name), projected=True, name=name, source=DaySource.PROJECTED)

    def _by_arrangement(self, date: dt.date) -> Day:
        name = self._bundled.holidays.get(date)
        if name is not None:
            statutory = statutory_days(date.year).get(date)
            return Day(date, DayClass.HOLIDAY, statutory is not None, name=statutory or name)
        if date in self._bundled.make_up and date.weekday() >= SATURDAY:
            return Day(date, DayClass.MAKE_UP)
        return Day(date, plain_class(date))

    def _flagged(self, day: Day) -> Day:
        booked = self.spring_booking and day.date in spring_booking_days(day.date.year)
        return replace(day, booking_only=True) if booked or day.date in self._booking_only else day


def unpublished_warning(years: Iterable[int]) -> str:
    """The sentence that every output with dates of unpublished years carries; empty where there is none."""
    told = "、".join(f"{year}年" for year in years)
    return f"{told}放假安排未公布，节假日按法定日推算" if told else ""


def plain_class(date: dt.date) -> DayClass:
    """周末 on Saturday and Sunday, else 工作日."""
    return DayClass.WEEKEND if date.weekday() >= SATURDAY else DayClass.WORKDAY


def _by_row(row: HolidayRow) -> Day:
    """The class a row of 放假安排 gives its date; only 法定节假日 sets 法定当日."""
    match row.kind:
        case HolidayKind.CLOSED:
            day_class = DayClass.CLOSED
        case HolidayKind.MAKE_UP:
            day_class = DayClass.MAKE_UP if row.date.weekday() >= SATURDAY else DayClass.WORKDAY
        case HolidayKind.NORMAL | HolidayKind.BOOKING_ONLY:
            day_class = plain_class(row.date)
        case _:
            day_class = DayClass.HOLIDAY
    statutory = row.kind is HolidayKind.STATUTORY
    name = ""
    if day_class is DayClass.HOLIDAY:
        name = row.name or statutory_days(row.date.year).get(row.date, "")
    elif day_class is DayClass.CLOSED:
        name = row.name
    projected = row.source is DaySource.PROJECTED
    return Day(row.date, day_class, statutory, projected=projected, name=name, source=row.source)


def holiday_row_complaints(rows: Iterable[HolidayRow]) -> list[Complaint]:
    """What is wrong with 放假安排 as a whole: two class rows, or two rows 仅预约, of one date."""
    found: list[Complaint] = []
    seen: dict[tuple[dt.date, bool], HolidayRow] = {}
    for row in rows:
        key = (row.date, row.kind is HolidayKind.BOOKING_ONLY)
        first = seen.setdefault(key, row)
        if first is not row:
            text = f"{row.date} 已在第 {first.row} 行写为{first.kind}，同一日期不能再有一行{row.kind}"
            advice = "请只保留一行；仅预约可以与一行其他类型并存"
            found.append(Complaint("放假安排", row.row, "类型", row.kind, text, advice))
    return found
