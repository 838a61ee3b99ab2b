"""H5: a day without work in every so many days."""

from collections import defaultdict
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from zhiban.model.kinds import Half, Severity
from zhiban.model.problem import Problem
from zhiban.model.roster import Finding, LeaveRow, Roster
from zhiban.model.settings import LeaveUnit
from zhiban.solver.rule import Rule
from zhiban.solver.view import RosterView, view_of
from zhiban.solver.wording import day_text, person_text

if TYPE_CHECKING:
    from zhiban.solver.draft import Draft


class Rest(Rule):
    """任意连续（最多连续工作天+1）天内至少有一天不工作；全部是工作日、或由以前的排班造成而无假可休的，只作提醒。"""

    code = "H5"
    name = "休息"

    def build(self, draft: "Draft") -> None:
        """A day without work in every run of days."""
        from zhiban.solver.building.law import build_rest

        build_rest(draft)

    def breaches(self, problem: Problem, roster: Roster) -> list[Finding]:
        """One finding per run of worked days that is too long, `amount` the days to be freed if taken one by one."""
        return [
            self._finding(problem, Severity.MUST, person, run, count, "请在其间安排一天休息")
            for person, run, count, _ in _long_runs(view_of(problem, roster))
            if count
        ]

    def reminders(self, problem: Problem, roster: Roster) -> list[Finding]:
        """Runs that are too long on workdays alone, or by the input alone."""
        advice = "由工作日或以前的排班造成，不算违规；请留意劳逸"
        return [
            self._finding(problem, Severity.REMIND, person, run, excused, advice)
            for person, run, count, excused in _long_runs(view_of(problem, roster))
            if excused and not count
        ]

    def _finding(
        self, problem: Problem, severity: Severity, person: str, run: list[date], count: int, advice: str
    ) -> Finding:
        limit = problem.policy.max_days_in_row
        when = f"{day_text(run[0])}至{day_text(run[-1])}"
        text = f"{person_text(problem, person)} {when}连续工作{len(run)}天，超过{limit}天"
        return Finding(severity, self.code, text, advice, max(run[0], problem.first), person=person, amount=count)


@lru_cache(maxsize=1)
def _long_runs(view: RosterView) -> list[tuple[str, list[date], int, int]]:
    """Person, run, and how many of its windows of 最多连续工作天 + 1 dates are breaches, and how many are excused.

    Dates before the period that can share a window with it are looked at; windows wholly before it are not judged.
    """
    problem, span = view.problem, view.problem.policy.max_days_in_row + 1
    before = [problem.first - timedelta(days=n) for n in range(span - 1, 0, -1)]
    dates = [*before, *problem.dates]
    seeds = _seeds(view, dates, span)
    found: list[tuple[str, list[date], int, int]] = []
    for person in problem.people:
        end = -1
        for number in seeds.get(person.id, seeds[""]):
            if number <= end or not _works(view, person.id, dates[number]):
                continue
            start = end = number
            while start and _works(view, person.id, dates[start - 1]):
                start -= 1
            while end + 1 < len(dates) and _works(view, person.id, dates[end + 1]):
                end += 1
            run = dates[start : end + 1]
            windows = [run[n : n + span] for n in range(len(run) - span + 1)]
            excused = sum(_excused(view, person.id, window) for window in windows)
            if windows:
                found.append((person.id, run, len(windows) - excused, excused))
    return found


def _seeds(view: RosterView, dates: list[date], span: int) -> dict[str, list[int]]:
    """Person → numbers of the dates among which every long run of theirs has one; "" for people not listed.

    Where no `span` workdays come in a row, a long run has a date that is no workday.
    """
    workdays = "".join("x" if view.problem.day(day).is_workday else " " for day in dates)
    if "x" * span in workdays:
        return {"": list(range(len(dates)))}
    others = {day: number for number, day in enumerate(dates) if workdays[number] == " "}
    found: dict[str, set[int]] = defaultdict(set)
    for person, day in (*view.rows_on, *view.facts.worked_before_dates):
        if day in others:
            found[person].add(others[day])
    return {"": [], **{person: sorted(numbers) for person, numbers in found.items()}}


def _works(view: RosterView, person: str, day: date) -> bool:
    return view.works(person, day) if view.problem.holds(day) else view.facts.worked_before(person, day)


def _excused(view: RosterView, person: str, window: list[date]) -> bool:
    """Whether a window is full of workdays, or full by the input alone: no roster could have freed a date of it."""
    if all(view.problem.day(day).is_workday for day in window):
        return True
    inside = [day for day in window if view.problem.holds(day)]
    return all(view.facts.plain_work(person, day) and not _could_be_off(view, person, day) for day in inside)


def _could_be_off(view: RosterView, person: str, day: date) -> bool:
    """Whether comp leave could make a workday a day off, as far as date, other leave and any credit by then go."""
    policy = view.problem.policy
    if policy.no_leave_after_holiday and view.facts.first_workday_after_holiday(day):
        return False
    needed = [half for half in Half if not view.facts.off_by_input(person, day, half)]
    if policy.leave_unit is LeaveUnit.DAY and len(needed) < len(Half):
        return False
    pieces = [LeaveRow(person, day, half, *view.halves(day)[half]) for half in needed]
    lots = [lot for lot in view.lots if lot.person == person and lot.minutes]
    return all(
        view.facts.present_by_input(person, day, piece.half) and any(lot.serves(piece) for lot in lots)
        for piece in pieces
    )
