"""H5: a day without work in every so many days."""

from datetime import date, timedelta

from zhiban.model.kinds import Severity
from zhiban.model.problem import Problem
from zhiban.model.roster import Finding, Roster
from zhiban.solver.rule import Rule
from zhiban.solver.view import RosterView, view_of
from zhiban.solver.wording import day_text, person_text


class Rest(Rule):
    """任意连续（最多连续工作天+1）天内至少有一天不工作；全部是工作日的除外，只作提醒。"""

    code = "H5"
    name = "休息"

    def breaches(self, problem: Problem, roster: Roster) -> list[Finding]:
        """One finding per run of worked days that is too long, `amount` the days to be freed if taken one by one."""
        return [
            self._finding(problem, Severity.MUST, person, run, count, "请在其间安排一天休息")
            for person, run, count, _ in _long_runs(problem, roster)
            if count
        ]

    def reminders(self, problem: Problem, roster: Roster) -> list[Finding]:
        """Runs that are too long on workdays alone."""
        advice = "全部为工作日，不算违规；请留意劳逸"
        return [
            self._finding(problem, Severity.REMIND, person, run, plain, advice)
            for person, run, count, plain in _long_runs(problem, roster)
            if plain and not count
        ]

    def _finding(
        self, problem: Problem, severity: Severity, person: str, run: list[date], count: int, advice: str
    ) -> Finding:
        limit = problem.policy.max_days_in_row
        when = f"{day_text(run[0])}至{day_text(run[-1])}"
        text = f"{person_text(problem, person)} {when}连续工作{len(run)}天，超过{limit}天"
        return Finding(severity, self.code, text, advice, max(run[0], problem.first), person=person, amount=count)


def _long_runs(problem: Problem, roster: Roster) -> list[tuple[str, list[date], int, int]]:
    """Person, run, and how many of its windows of 最多连续工作天 + 1 dates hold a non-workday, and how many none.

    Dates before the period that can share a window with it are looked at; windows wholly before it are not judged.
    """
    view, span = view_of(problem, roster), problem.policy.max_days_in_row + 1
    before = [problem.first - timedelta(days=n) for n in range(span - 1, 0, -1)]
    found: list[tuple[str, list[date], int, int]] = []
    for person in problem.people:
        run: list[date] = []
        for day in (*before, *problem.dates, None):
            if day is not None and _works(view, person.id, day):
                run.append(day)
                continue
            windows = [run[n : n + span] for n in range(len(run) - span + 1)]
            plain = sum(all(problem.day(d).is_workday for d in window) for window in windows)
            if windows:
                found.append((person.id, run, len(windows) - plain, plain))
            run = []
    return found


def _works(view: RosterView, person: str, day: date) -> bool:
    return view.works(person, day) if view.problem.holds(day) else view.facts.worked_before(person, day)
