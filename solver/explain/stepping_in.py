"""Who, free by the roster as it stands, could by the rules take over a duty of somebody who is missing."""

from collections import Counter
from datetime import date, timedelta

from zhiban.model.demand import LeaderUnit, Slot
from zhiban.model.facts_hours import overlap
from zhiban.model.kinds import DayClass, Half, Line
from zhiban.model.settings import LeaderMode, WeekendPair
from zhiban.solver.view import RosterView


class SteppingIn:
    """H1, H2, H5, H6 and H7 asked of one person and one duty, all other rows as they are."""

    def __init__(self, view: RosterView) -> None:
        self.view = view
        self.problem = view.problem
        self.facts = view.facts
        self._weekends: Counter[tuple[str, int, int]] = Counter()
        for person, day in {(r.person, r.day) for r in view.standing if r.line == Line.WEEKEND}:
            self._weekends[person, day.year, day.month] += 1
        self._minutes: Counter[tuple[str, int, int]] = Counter()
        for row, minutes in view.credited.items():
            self._minutes[row.person, row.day.year, row.day.month] += minutes

    def anybody(self, slot: Slot, missing: str) -> bool:
        """Whether anybody but the missing one could take a duty."""
        return any(p.id != missing and self.free(p.id, slot) for p in self.problem.servers_of[slot.window])

    def free(self, person: str, slot: Slot) -> bool:
        """Whether a person could take a duty; that he may serve its window (H3) is not asked."""
        spans = [(s.start, s.end) for s in slot.segments]
        if not all(self.facts.available(person, slot.line, slot.day, *span) for span in spans):
            return False
        places = self.view.places.get((person, slot.day), ())
        if any(overlap((p.start, p.end), span) for p in places for span in spans):
            return False
        if slot.line == Line.LUNCH:
            return any(self.view.present(person, slot.day, half) for half in Half)
        return self._below_caps(person, slot) and self.rests(person, slot.day)

    def _below_caps(self, person: str, slot: Slot) -> bool:
        month = (person, slot.day.year, slot.day.month)
        cap = self.problem.person[person].weekend_cap
        if slot.line == Line.WEEKEND:
            if cap is not None and self._weekends[month] >= cap:
                return False
            if self.problem.policy.weekend_pair is WeekendPair.FORBIDDEN and self._on_other_day(person, slot.day):
                return False
        hours = self.problem.policy.monthly_hours_cap
        earned = sum(self.facts.credited(slot.line, s.end - s.start) for s in slot.segments)
        return not hours or self._minutes[month] + earned <= hours * 60

    def _on_other_day(self, person: str, day: date) -> bool:
        other = day + timedelta(days=1 if day.weekday() == 5 else -1)
        return any(r.line == Line.WEEKEND for r in self.view.rows_on.get((person, other), ()))

    def rests(self, person: str, day: date) -> bool:
        """H5 with one more day of work: no run of 最多连续工作天 + 1 dates around it without a day off."""
        span = self.problem.policy.max_days_in_row + 1
        before = self._run(person, day, -1, span)
        after = self._run(person, day, 1, span)
        return before + 1 + after < span

    def _run(self, person: str, day: date, step: int, most: int) -> int:
        """Days worked without a break next to a date, at most so many."""
        count = 0
        while count < most:
            day += timedelta(days=step)
            if day > self.problem.last or not self._works(person, day):
                return count
            count += 1
        return count

    def _works(self, person: str, day: date) -> bool:
        if self.problem.holds(day):
            return self.view.works(person, day)
        return self.facts.worked_before(person, day)

    def may_lead(self, person: str, unit: LeaderUnit) -> bool:
        """Whether a person could lead a unit by the rows there are, or alone."""
        if not self.facts.may_lead(person, unit):
            return False
        if self.problem.policy.leader_mode is LeaderMode.ON_CALL:
            return True
        rows = [r for r in self.view.rows_on.get((person, unit.day), ()) if r.line != Line.LEAD]
        if rows:
            return any(r.window in unit.windows for r in rows)
        own_class = self.problem.day(unit.day).day_class in (DayClass.WEEKEND, DayClass.HOLIDAY)
        return own_class and self.facts.may_lead_alone(person, unit) and self.rests(person, unit.day)
