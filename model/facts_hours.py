"""Hours of the days of a problem: segments, working halves, and which standing line runs when (rules.md 1)."""

from datetime import date, timedelta
from functools import cached_property

from zhiban.model.kinds import DayClass, Half, Line, SegmentKind
from zhiban.model.problem import Problem
from zhiban.model.segments import Segment, segments_on

NOON = 720
MIDNIGHT = 1440
Range = tuple[int, int]


def overlap(first: Range, second: Range) -> int:
    """Minutes that two ranges share."""
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))


class HourFacts:
    """When the centre works and serves."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._segments: dict[date, dict[SegmentKind, list[Segment]]] = {}
        self._halves: dict[date, dict[Half, Range]] = {}

    def segments_of(self, day: date, kind: SegmentKind) -> list[Segment]:
        """The segments of a kind on a date, by start."""
        if day not in self._segments:
            self._segments[day] = segments_on(self.problem.segments, self.problem.day(day))
        return self._segments[day].get(kind, [])

    def halves(self, day: date) -> dict[Half, Range]:
        """Clock ranges of the two working halves; empty on a date that is no workday."""
        found = self._halves.get(day)
        if found is None:
            found = self._halves[day] = self._halves_of(day)
        return found

    def _halves_of(self, day: date) -> dict[Half, Range]:
        if not self.problem.day(day).is_workday:
            return {}
        morning = self.segments_of(day, SegmentKind.WORKDAY_MORNING)
        afternoon = self.segments_of(day, SegmentKind.WORKDAY_AFTERNOON)
        return {
            Half.MORNING: (morning[0].start, morning[0].end),
            Half.AFTERNOON: (afternoon[0].start, afternoon[0].end),
        }

    @cached_property
    def workdays(self) -> tuple[date, ...]:
        """The workdays of the period."""
        return tuple(d for d in self.problem.dates if self.problem.day(d).is_workday)

    def line_of(self, day: date) -> Line | None:
        """The line that runs all day on a date that is no workday."""
        return {DayClass.WEEKEND: Line.WEEKEND, DayClass.HOLIDAY: Line.HOLIDAY}.get(self.problem.day(day).day_class)

    def line_mode(self, line: Line, day: date) -> str:
        """值班, 预约 or 不开 of a standing line on a date."""
        policy, info = self.problem.policy, self.problem.day(day)
        if line == Line.LUNCH:
            mode = str(policy.lunch_service) if info.is_workday else "不开"
        elif self.line_of(day) != line:
            return "不开"
        elif info.booking_only:
            mode = "预约"
        elif line == Line.HOLIDAY:
            mode = str(policy.holiday_mode)
        else:
            served = {"周六日": (5, 6), "仅周六": (5,), "仅周日": (6,), "不开": ()}[str(policy.weekend_service)]
            mode = str(policy.weekend_mode) if day.weekday() in served else "不开"
        if mode == "值班" and not self.line_segments(line, day):
            return "不开"
        return mode

    def line_segments(self, line: Line, day: date) -> list[Segment]:
        """The segments of a standing line on a date."""
        return self.segments_of(day, SegmentKind(line.value))

    def half_of(self, day: date, start: int, end: int) -> Half | None:
        """The working half in which a whole range lies."""
        for half, (first, last) in self.halves(day).items():
            if first <= start and end <= last:
                return half
        return None

    def first_workday_after_holiday(self, day: date) -> bool:
        """Whether a workday is the first after a run of 节假日 (节后首日)."""
        earlier = day - timedelta(days=1)
        while not (info := self.problem.day(earlier)).is_workday:
            if info.day_class == DayClass.HOLIDAY:
                return True
            earlier -= timedelta(days=1)
        return False
