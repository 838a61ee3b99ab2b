"""H2: only people who are there, take part and are not exempt."""

from datetime import date

from zhiban.model.kinds import Line, Severity
from zhiban.model.problem import Problem
from zhiban.model.roster import DutyRow, Finding, Roster
from zhiban.solver.leading import Leading
from zhiban.solver.rule import Rule
from zhiban.solver.view import RosterView, view_of
from zhiban.solver.wording import day_text, person_text


class Availability(Rule):
    """值班、应约和带班的人当日在职、没有已批的请假外出、参加该线，且不在免加班期间。"""

    code = "H2"
    name = "可用"

    def breaches(self, problem: Problem, roster: Roster) -> list[Finding]:
        """One finding per person, date, line and window, whatever the number of segments."""
        view = view_of(problem, roster)
        found: dict[tuple[str, date, str, str], Finding] = {}
        for row in view.standing + view.call_ins:
            if not problem.facts.available(row.person, row.line, row.day, row.start, row.end):
                found.setdefault(
                    (row.person, row.day, row.line, row.window), self._finding(problem, row, _why(view, row))
                )
        for leading in view.leadings:
            why = _why_not_lead(view, leading)
            if why and leading.person in leading.unit.leaders:
                row = leading.rows[0]
                found.setdefault((row.person, row.day, row.line, row.window), self._finding(problem, row, why))
        return list(found.values())

    def _finding(self, problem: Problem, row: DutyRow, why: str) -> Finding:
        text = f"{day_text(row.day)}{row.line} {person_text(problem, row.person)} {why}"
        return Finding(Severity.MUST, self.code, text, "请换人", row.day, row.line, row.segment, row.window, row.person)


def _absence(view: RosterView, person: str, day: date, start: int, end: int) -> str:
    """Not on the staff, or on leave in a range; empty: there."""
    if not view.problem.person[person].employed_on(day):
        return "当日不在职"
    for first, last, leave in view.facts.absences(person, day):
        if first < end and start < last:
            return f"已批{leave.kind}"
    return ""


def _why(view: RosterView, row: DutyRow) -> str:
    who = view.problem.person[row.person]
    absence = _absence(view, row.person, row.day, row.start, row.end)
    if absence:
        return absence
    if who.exempt_on(row.day):
        return "在免加班期间"
    line = view.facts.line_of(row.day) if row.line == Line.CALL_IN else row.line
    return f"不参加{line}"


def _why_not_lead(view: RosterView, leading: Leading) -> str:
    """Why a leader is not available as for 听班, or alone while exempt; empty: he is."""
    unit = leading.unit
    for row in leading.rows:
        absence = _absence(view, leading.person, row.day, row.start, row.end)
        if absence:
            return absence
    if leading.alone and view.problem.person[leading.person].exempt_on(unit.day):
        return "在免加班期间，不能独自带班"
    rows = view.facts.leader_rows.get(leading.person, ())
    own = [r for r in rows if view.problem.policy.leader_scope != "带班组" or r.group in ("", unit.group)]
    if own and not any(r.joins in ("", unit.line) and unit.day not in r.unavailable for r in own):
        return f"不参加{unit.line}带班，或该日列为不可用"
    return ""
