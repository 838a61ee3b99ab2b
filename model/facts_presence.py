"""Who is there and who may be asked for duty, by the input alone (H2, H5): employment, leave, exemptions."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property

from zhiban.model.facts_hours import MIDNIGHT, NOON, HourFacts, overlap
from zhiban.model.kinds import WORK_LEAVES, Half, Line
from zhiban.model.problem import Problem
from zhiban.model.records import Leave


class PresenceFacts(HourFacts):
    """Who is there."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self._staff: dict[tuple[date, Half], frozenset[str]] = {}
        self._ready: dict[tuple[Line, date], frozenset[str]] = {}

    @cached_property
    def _absences(self) -> dict[tuple[str, date], list[tuple[int, int, Leave]]]:
        found: dict[tuple[str, date], list[tuple[int, int, Leave]]] = defaultdict(list)
        for leave in self.problem.leaves:
            if leave.approved:
                for day, start, end in self.leave_pieces(leave):
                    found[leave.person, day].append((start, end, leave))
        return found

    def leave_pieces(self, leave: Leave) -> Iterable[tuple[date, int, int]]:
        """Date, start and end of a leave on each of its dates near the period."""
        margin = timedelta(days=self.problem.policy.max_days_in_row + 1)
        day = max(leave.first, self.problem.first - margin)
        while day <= min(leave.last, self.problem.last + margin):
            halves = self.halves(day)
            start, end = 0, MIDNIGHT
            if day == leave.first and leave.first_half == Half.AFTERNOON:
                start = halves[Half.AFTERNOON][0] if halves else NOON
            if day == leave.last and leave.last_half == Half.MORNING:
                end = halves[Half.MORNING][1] if halves else NOON
            if start < end:
                yield day, start, end
            day += timedelta(days=1)

    def absences(self, person: str, day: date) -> list[tuple[int, int, Leave]]:
        """Start, end and leave of each approved absence of a person on a date (granted 调休 among them)."""
        return self._absences.get((person, day), [])

    def on_leave(self, person: str, day: date, start: int, end: int) -> bool:
        """Whether approved leave overlaps a range."""
        absences = self._absences.get((person, day))
        return absences is not None and any(overlap((start, end), (a, b)) for a, b, _ in absences)

    def leave_in(self, person: str, day: date, half: Half) -> Leave | None:
        """The approved leave that takes a person out of a working half; None on a date without halves."""
        absences = self._absences.get((person, day))
        if not absences:  # nearly always, and asked very often
            return None
        span = self.halves(day).get(half)
        if span is None:
            return None
        return next((leave for a, b, leave in absences if overlap(span, (a, b))), None)

    def available(self, person: str, line: Line, day: date, start: int, end: int) -> bool:
        """H2 for a standing line or 应约: employed, no approved leave overlapping, takes part, not exempt."""
        who = self.problem.person[person]
        joined = self.line_of(day) if line == Line.CALL_IN else line
        return (
            (joined is None or who.joins(joined))
            and who.employed_on(day)
            and not who.exempt_on(day)
            and not self.on_leave(person, day, start, end)
        )

    @cached_property
    def _absent_halves(self) -> dict[tuple[date, Half], set[str]]:
        """Who is out by approved leave in each working half."""
        found: dict[tuple[date, Half], set[str]] = defaultdict(set)
        for (person, day), absences in self._absences.items():
            for half, span in self.halves(day).items():
                if any(overlap(span, (a, b)) for a, b, _ in absences):
                    found[day, half].add(person)
        return found

    def staff_in(self, day: date, half: Half) -> frozenset[str]:
        """The people present in a half of a workday as far as the input says: employed and on no approved leave."""
        known = self._staff.get((day, half))
        if known is None:
            known = self._staff[day, half] = self.employed(day) - self._absent_halves.get((day, half), set())
        return known

    @cached_property
    def _always_employed(self) -> frozenset[str]:
        return frozenset(p.id for p in self.problem.people if p.hired is None and p.left is None)

    def employed(self, day: date) -> frozenset[str]:
        """The people on the staff on a date."""
        others = (p for p in self.problem.people if p.id not in self._always_employed)
        return self._always_employed.union(p.id for p in others if p.employed_on(day))

    def ready_all_day(self, line: Line, day: date) -> frozenset[str]:
        """People whom H2 lets serve a standing line whatever the hours: most of those whom it lets serve at all."""
        known = self._ready.get((line, day))
        if known is None:
            out = {person for person, absent in self._absences if absent == day}
            out |= {p.id for p in self.problem.people if not p.joins(line) or p.exempt_on(day)}
            known = self._ready[line, day] = self.employed(day) - out
        return known

    def present_by_input(self, person: str, day: date, half: Half) -> bool:
        """Whether a person is among `staff_in`."""
        return person in self.staff_in(day, half)

    # ---- rest (H5) --------------------------------------------------------------------------------------------

    def off_by_input(self, person: str, day: date, half: Half) -> bool:
        """Off in a half by approved leave that is not work (公差, 培训, 会议 are work)."""
        leave = self.leave_in(person, day, half)
        return leave is not None and leave.kind not in WORK_LEAVES

    def plain_work(self, person: str, day: date) -> bool:
        """Work on a date by the input alone: a workday, employed, not off in both halves."""
        if not self.problem.day(day).is_workday or not self.problem.person[person].employed_on(day):
            return False
        return not all(self.off_by_input(person, day, half) for half in Half)

    @cached_property
    def _worked_before(self) -> dict[tuple[str, date], bool]:
        previous = self.problem.previous
        worked: dict[tuple[str, date], bool] = {}
        if previous is None:
            return worked
        off: dict[tuple[str, date], set[Half]] = defaultdict(set)
        for leave in previous.leaves:
            off[leave.person, leave.day].add(leave.half)
        for person in self.problem.people:
            day = max(previous.first, self.problem.first - timedelta(days=self.problem.policy.max_days_in_row + 1))
            while day < self.problem.first and day <= previous.last:
                halves = off[person.id, day]
                free = all(h in halves or self.off_by_input(person.id, day, h) for h in Half)
                worked[person.id, day] = self.plain_work(person.id, day) and not free
                day += timedelta(days=1)
        for row in previous.duties:
            if row.line != Line.LEAD or row.credited:
                worked[row.person, row.day] = True
        return worked

    @property
    def worked_before_dates(self) -> list[tuple[str, date]]:
        """The people and dates of work that the previous roster tells of."""
        return [key for key, worked in self._worked_before.items() if worked]

    def worked_before(self, person: str, day: date) -> bool:
        """Work on a date before the period: the previous roster, else every workday worked."""
        known = self._worked_before.get((person, day))
        if known is not None:
            return known
        return self.problem.day(day).is_workday and self.problem.person[person].employed_on(day)
