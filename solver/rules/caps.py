"""H6: caps a month, and both or neither day of a weekend."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from zhiban.model.kinds import Line, Severity
from zhiban.model.problem import Problem
from zhiban.model.roster import Finding, Roster
from zhiban.model.settings import WeekendPair
from zhiban.solver.rule import Rule
from zhiban.solver.view import RosterView, view_of
from zhiban.solver.wording import day_text, minutes_text, person_text

if TYPE_CHECKING:
    from zhiban.solver.draft import Draft

SATURDAY = 5
LEGAL_OVERTIME_MINUTES = 36 * 60
"""Overtime a month that the law allows (劳动法第四十一条)."""

Month = tuple[int, int]
MonthKey = tuple[str, Month]


class Caps(Rule):
    """每人每月周末值班天数和计入时长不超过上限；同人周六日按设置允许、禁止或要求同值。"""

    code = "H6"
    name = "每月上限"

    def build(self, draft: "Draft") -> None:
        """Caps of weekends, hours and weekend pairs."""
        from zhiban.solver.building.law import build_caps

        build_caps(draft)

    def breaches(self, problem: Problem, roster: Roster) -> list[Finding]:
        """Months over 每月周末上限 or 每月延时上限小时 to which this roster adds, and weekends against 同人周六日."""
        view = view_of(problem, roster)
        return [*self._weekends(view), *self._hours(view), *self._pairs(view)]

    def reminders(self, problem: Problem, roster: Roster) -> list[Finding]:
        """Months in which 计入分钟 exceed the month's comp leave by more than 36 hours."""
        view = view_of(problem, roster)
        new, old = credited_by_month(view)
        leave: dict[MonthKey, int] = defaultdict(int)
        earlier = problem.previous.leaves if problem.previous else ()
        for row in (*view.leaves, *(r for r in earlier if r.day < problem.first)):
            leave[row.person, _month(row.day)] += row.minutes
        found: list[Finding] = []
        for key in new:
            over = new[key] + old[key] - leave[key] - LEGAL_OVERTIME_MINUTES
            if over > 0:
                said = f"计入时长扣除当月调休后超过36小时，多{minutes_text(over)}"
                found.append(self._finding(view, Severity.REMIND, key, said, "请尽快安排调休", over))
        return found

    def _weekends(self, view: RosterView) -> Iterable[Finding]:
        new: dict[MonthKey, set[date]] = defaultdict(set)
        for person, day in weekend_dates(view):
            new[person, _month(day)].add(day)
        old: dict[MonthKey, set[date]] = defaultdict(set)
        for person, day in _previous_weekends(view.problem):
            old[person, _month(day)].add(day)
        for key, dates in new.items():
            cap = view.problem.person[key[0]].weekend_cap
            count = len(dates | old[key])
            if cap is not None and count > cap:
                said = f"周末值班{count}天，超过每月周末上限{cap}天"
                yield self._finding(view, Severity.MUST, key, said, "请换人", count - cap, Line.WEEKEND)

    def _hours(self, view: RosterView) -> Iterable[Finding]:
        cap = view.problem.policy.monthly_minutes_cap
        if not cap:
            return
        new, old = credited_by_month(view)
        for key, minutes in new.items():
            over = minutes + old[key] - cap
            if over > 0 and minutes:
                said = f"计入{minutes_text(minutes + old[key])}，超过每月延时上限{minutes_text(cap)}"
                yield self._finding(view, Severity.MUST, key, said, "请换人", over)

    def _pairs(self, view: RosterView) -> Iterable[Finding]:
        rule = view.problem.policy.weekend_pair
        if rule is WeekendPair.ALLOWED:
            return
        on = weekend_dates(view)
        if rule is WeekendPair.FORBIDDEN:
            before = _previous_weekends(view.problem)
            for person, day in sorted(on):
                saturday = (person, day - timedelta(days=1))
                if day.weekday() != SATURDAY and (saturday in on or saturday in before):
                    yield self._pair_finding(view, person, day, "同一周末的周六、周日都值班，设置为禁止")
            return
        for saturday in view.problem.dates:
            sunday = saturday + timedelta(days=1)
            if saturday.weekday() != SATURDAY or not (_stands(view, saturday) and _stands(view, sunday)):
                continue
            for person in view.problem.people:
                served = [(person.id, day) in on for day in (saturday, sunday)]
                if any(served) and not all(served) and all(_can(view, person.id, d) for d in (saturday, sunday)):
                    day = saturday if served[0] else sunday
                    yield self._pair_finding(view, person.id, day, "只值周六、周日中的一天，设置为要求同值")

    def _pair_finding(self, view: RosterView, person: str, day: date, said: str) -> Finding:
        text = f"{day_text(day)} {person_text(view.problem, person)} {said}"
        return Finding(Severity.MUST, self.code, text, "请调整其中一天", day, Line.WEEKEND, person=person)

    def _finding(
        self, view: RosterView, severity: Severity, key: MonthKey, said: str, advice: str, over: int, line: str = ""
    ) -> Finding:
        person, (year, month) = key
        text = f"{year}年{month}月 {person_text(view.problem, person)} {said}"
        return Finding(severity, self.code, text, advice, None, line, person=person, amount=over)


def _month(day: date) -> Month:
    return day.year, day.month


def weekend_dates(view: RosterView) -> set[tuple[str, date]]:
    """Person and date of every row of the line 周末."""
    return {(row.person, row.day) for row in view.standing if row.line == Line.WEEKEND}


def _previous_weekends(problem: Problem) -> set[tuple[str, date]]:
    rows = problem.previous.duties if problem.previous else ()
    return {(r.person, r.day) for r in rows if r.line == Line.WEEKEND and r.day < problem.first}


@lru_cache(maxsize=1)
def credited_by_month(view: RosterView) -> tuple[dict[MonthKey, int], dict[MonthKey, int]]:
    """计入分钟 by person and month: of this roster with 延时记录, and of the previous roster."""
    new: dict[MonthKey, int] = defaultdict(int)
    for row in view.duties:
        new[row.person, _month(row.day)] += view.credited[row]
    for person, day, _, minutes in view.facts.overtime_credits:
        new[person, _month(day)] += minutes
    old: dict[MonthKey, int] = defaultdict(int)
    for row in view.problem.previous.duties if view.problem.previous else ():
        if row.day < view.problem.first:
            old[row.person, _month(row.day)] += row.credited
    return new, old


def _stands(view: RosterView, day: date) -> bool:
    """Whether the line 周末 has a standing duty on a date of the period."""
    return bool(view.facts.slots_by_day_line.get((day, Line.WEEKEND)))


def _can(view: RosterView, person: str, day: date) -> bool:
    """Whether H2 holds for a person on the line that date: on all segments, in 半天 on one."""
    segments = view.facts.line_segments(Line.WEEKEND, day)
    able = (view.facts.available(person, Line.WEEKEND, day, s.start, s.end) for s in segments)
    return all(able) if view.problem.policy.granularity == "全天" else any(able)
