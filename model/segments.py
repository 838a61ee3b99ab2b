"""Segments (时段): the clock ranges of a day, from the rows of 作息时段 or the policy preset (rules.md 1).

Clock times are minutes from midnight, 0 to 1440; both ends of a season are included.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple, Self

from pydantic import Field, model_validator

from zhiban.model.days import Day
from zhiban.model.errors import Complaint
from zhiban.model.kinds import DayClass, SegmentKind
from zhiban.model.records import Record

SHEET = "作息时段"
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
APPLICABLE_DAYS = ("工作日", "周末", "节假日", *WEEKDAYS)
"""What 适用日 may list."""

WORKDAY_KINDS = (SegmentKind.WORKDAY_MORNING, SegmentKind.LUNCH, SegmentKind.WORKDAY_AFTERNOON)
KINDS_OF_CLASS = {
    DayClass.WORKDAY: WORKDAY_KINDS,
    DayClass.MAKE_UP: WORKDAY_KINDS,
    DayClass.WEEKEND: (SegmentKind.WEEKEND,),
    DayClass.HOLIDAY: (SegmentKind.HOLIDAY,),
    DayClass.CLOSED: (),
}
"""The kinds of segments a day of each class has."""

MonthDay = tuple[int, int]
"""Month and day of a season's end."""

YEAR_START: MonthDay = (1, 1)
YEAR_END: MonthDay = (12, 31)


class Segment(NamedTuple):
    """A clock range of a day, in minutes from midnight; its name is a label."""

    name: str
    kind: SegmentKind
    start: int
    end: int


class SegmentRow(Record):
    """A row of 作息时段. `days` empty: every day; a season open at one end runs from or to the turn of the year."""

    name: str
    kind: SegmentKind
    days: tuple[str, ...] = ()
    start: int = Field(ge=0, lt=1440)
    end: int = Field(gt=0, le=1440)
    season_from: MonthDay | None = None
    season_to: MonthDay | None = None

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if self.start >= self.end:
            raise ValueError(f"{self.name}的结束 {clock(self.end)} 须晚于开始 {clock(self.start)}")
        unknown = set(self.days).difference(APPLICABLE_DAYS)
        if unknown:
            raise ValueError(f"适用日 {'；'.join(sorted(unknown))} 不在 {'、'.join(APPLICABLE_DAYS)} 之中")
        return self

    @property
    def segment(self) -> Segment:
        """The clock range of the row."""
        return Segment(self.name, self.kind, self.start, self.end)

    def in_season(self, date: dt.date) -> bool:
        """Whether a date lies in the season, which may pass over New Year."""
        day = (date.month, date.day)
        first, last = self.season_from or YEAR_START, self.season_to or YEAR_END
        return first <= day <= last if first <= last else day >= first or day <= last

    def applies_on(self, day: Day) -> bool:
        """Whether 适用日 and season fit a day."""
        return (not self.days or any(_fits(name, day) for name in self.days)) and self.in_season(day.date)


def clock(minutes: int) -> str:
    """Minutes from midnight as people write them, 9:00."""
    return f"{minutes // 60}:{minutes % 60:02}"


def _fits(name: str, day: Day) -> bool:
    """Whether a name of 适用日 fits a day; a weekday's name does not on 调休上班."""
    if name == "工作日":
        return day.is_workday
    if name in WEEKDAYS:
        return WEEKDAYS[day.date.weekday()] == name and day.day_class is not DayClass.MAKE_UP
    return day.day_class == name


def merged_rows(preset: Iterable[SegmentRow], own: Iterable[SegmentRow]) -> tuple[SegmentRow, ...]:
    """The workbook's rows, and the preset's of the kinds the workbook has no row of."""
    own = tuple(own)
    given = {row.kind for row in own}
    return (*own, *(row for row in preset if row.kind not in given))


def segments_on(rows: Iterable[SegmentRow], day: Day) -> dict[SegmentKind, list[Segment]]:
    """The segments of a day by kind, each list by start; only the kinds its class has, 预约受理 left out."""
    found: dict[SegmentKind, list[Segment]] = defaultdict(list)
    for row in _rows_on(rows, day):
        found[row.kind].append(row.segment)
    return {kind: sorted(segments, key=_by_start) for kind, segments in found.items()}


def intake_on(rows: Iterable[SegmentRow], day: Day, channel: str, channels: Iterable[str]) -> list[Segment] | None:
    """The 预约受理 segments of a channel on a day, by start; None where no row at all holds for the channel.

    A row whose name is one of `channels` (the names a 渠道 may have) holds for that channel only.
    """
    others = set(channels) - {channel}
    holding = [row for row in rows if row.kind is SegmentKind.INTAKE and row.name not in others]
    if not holding:
        return None
    return sorted((row.segment for row in holding if row.applies_on(day)), key=_by_start)


def segment_complaints(
    rows: Iterable[SegmentRow], days: Iterable[Day], standing: Iterable[SegmentKind]
) -> list[Complaint]:
    """Everything wrong with the rows in force over the days of a period.

    Overlaps, workdays without exactly one morning and one afternoon, and "must be given": a kind of `standing` (those
    of the lines with mode 值班 in the period) that no row has. Each fault is told once, with its first date.
    """
    rows, days = tuple(rows), tuple(days)
    found = _missing_kinds(rows, days, tuple(standing))
    missing = {complaint.value for complaint in found}
    told: set[tuple[object, ...]] = set()
    for day in days:
        for key, complaint in _faults_of(rows, day, missing):
            if key not in told:
                told.add(key)
                found.append(complaint)
    return found


def _by_start(segment: Segment) -> tuple[int, int]:
    return segment.start, segment.end


def _rows_on(rows: Iterable[SegmentRow], day: Day) -> list[SegmentRow]:
    kinds = KINDS_OF_CLASS[day.day_class]
    return [row for row in rows if row.kind in kinds and row.applies_on(day)]


def _missing_kinds(
    rows: tuple[SegmentRow, ...], days: tuple[Day, ...], standing: tuple[SegmentKind, ...]
) -> list[Complaint]:
    """One complaint a kind that the period needs and no row has."""
    needed = list(standing)
    if any(day.is_workday for day in days):
        needed = [SegmentKind.WORKDAY_MORNING, SegmentKind.WORKDAY_AFTERNOON, *needed]
    given = {row.kind for row in rows}
    return [
        Complaint(
            SHEET, 0, "类型", kind, f"缺少{kind}的时段", f"请在{SHEET}中增加一行：类型 {kind}，并填写名称、开始和结束"
        )
        for kind in dict.fromkeys(needed)
        if kind not in given
    ]


def _faults_of(rows: tuple[SegmentRow, ...], day: Day, missing: set[str]) -> list[tuple[tuple[object, ...], Complaint]]:
    """The overlaps and the wrong number of halves of one day, each with what makes it the same fault on another day."""
    found: list[tuple[tuple[object, ...], Complaint]] = []
    applying = sorted(_rows_on(rows, day), key=lambda row: (row.start, row.end, row.row))
    for first, second in pairwise(applying):
        if second.start < first.end:
            text = f"{day.date} {_told(first)}与{_told(second)}重叠"
            complaint = Complaint(
                SHEET, second.row or first.row, "开始", clock(second.start), text, "请改为互不重叠的时段"
            )
            found.append(((first, second), complaint))
    if not day.is_workday:
        return found
    for kind in (SegmentKind.WORKDAY_MORNING, SegmentKind.WORKDAY_AFTERNOON):
        here = [row for row in applying if row.kind is kind]
        if len(here) != 1 and kind not in missing:
            text = f"{day.date}（{day.day_class}）有 {len(here)} 个{kind}时段，须恰有一个"
            row = here[-1].row if here else next((r.row for r in rows if r.kind is kind), 0)
            found.append(
                (
                    (kind, *here),
                    Complaint(
                        SHEET, row, "适用日", kind, text, "请检查适用日与季节起止，使每个工作日各有一个上午和下午"
                    ),
                )
            )
    return found


def _told(row: SegmentRow) -> str:
    return f"{row.kind}“{row.name}”{clock(row.start)}–{clock(row.end)}"
