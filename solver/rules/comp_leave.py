"""H8: comp leave in its unit, earned before, within the caps of its window."""

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING

from zhiban.model.facts_hours import overlap
from zhiban.model.kinds import Half, Severity
from zhiban.model.problem import Problem
from zhiban.model.roster import Finding, LeaveRow, Roster
from zhiban.model.settings import LeaveUnit
from zhiban.solver.rule import Rule
from zhiban.solver.view import RosterView, view_of
from zhiban.solver.wording import day_text, minutes_text, person_text, span_text, window_text

if TYPE_CHECKING:
    from zhiban.solver.draft import Draft

HOUR = 60


class CompLeave(Rule):
    """调休在工作日按最小单位安排，开始前已挣得并由最早的余额足额抵扣，不超过同时调休上限，节后首日可设为不调休。"""

    code = "H8"
    name = "调休"

    def build(self, draft: "Draft") -> None:
        """Leave after it is earned, oldest credit first, within its limits."""
        from zhiban.solver.building.bank import build_comp_leave

        build_comp_leave(draft)

    def breaches(self, problem: Problem, roster: Roster) -> list[Finding]:
        """Leave of a wrong shape, on a wrong date, not covered by the bank, or of too many people at once."""
        view = view_of(problem, roster)
        found = [self._finding(view, row, why) for row in view.leaves if (why := _wrong(view, row))]
        if problem.policy.leave_unit is LeaveUnit.DAY:
            found += self._half_days(view)
        for leave, missing in view.ledger.uncovered:
            why = f"时间银行不足，缺{minutes_text(missing)}（须先值班后调休）"
            found.append(self._finding(view, leave, why, missing, "请移到挣得之后，或减少调休"))
        return found + self._too_many(view)

    def _half_days(self, view: RosterView) -> list[Finding]:
        halves: dict[tuple[str, date], list[LeaveRow]] = defaultdict(list)
        for row in view.leaves:
            if not row.granted:
                halves[row.person, row.day].append(row)
        return [
            self._finding(view, rows[0], "最小单位为全天，只安排了半天")
            for rows in halves.values()
            if {row.half for row in rows} != set(Half)
        ]

    def _too_many(self, view: RosterView) -> list[Finding]:
        """Windows with more of their own people on leave in a half than 同时调休上限, one of them placed."""
        problem, found = view.problem, list[Finding]()
        placed = Counter((problem.person[p].window, day, half) for p, day, half in view.placed_halves)
        for window, day, half in placed:
            own = problem.people_of[window]
            off = sum(1 for p in own if view.leave_in(p.id, day, half))
            cap = problem.window[window].leave_cap
            if cap is None:
                cap = max(1, sum(1 for p in own if p.employed_on(day)) // 3)
            if off > cap:
                text = f"{day_text(day)}{half} {window_text(problem, window)} {off}人同时调休，超过上限{cap}人"
                found.append(
                    Finding(Severity.MUST, self.code, text, "请错开调休", day, "", half, window, amount=off - cap)
                )
        return found

    def _finding(
        self, view: RosterView, row: LeaveRow, why: str, amount: int = 1, advice: str = "请改到符合条件的半天"
    ) -> Finding:
        text = f"{day_text(row.day)}{row.half} {person_text(view.problem, row.person)} 调休：{why}"
        window = view.problem.person[row.person].window
        return Finding(Severity.MUST, self.code, text, advice, row.day, "", row.half, window, row.person, amount=amount)


def _wrong(view: RosterView, row: LeaveRow) -> str:
    """What is wrong with a placed row by itself; granted rows are the input's (F1 compares them)."""
    if row.granted:
        return ""
    span = view.halves(row.day).get(row.half)
    if span is None:
        return f"{view.problem.day(row.day).day_class}不安排调休"
    if not view.problem.person[row.person].employed_on(row.day):
        return "当日不在职"
    if any(overlap((row.start, row.end), (a, b)) for a, b, _ in view.facts.absences(row.person, row.day)):
        return "与已批的请假外出重叠"
    if view.problem.policy.no_leave_after_holiday and view.facts.first_workday_after_holiday(row.day):
        return "节后首日不安排调休"
    if view.problem.policy.leave_unit is LeaveUnit.HOUR:
        inside = span[0] <= row.start < row.end <= span[1]
        return "" if inside and row.minutes % HOUR == 0 else f"不是{row.half}内的整小时"
    return "" if (row.start, row.end) == span else f"应为整个{row.half}{span_text(*span)}"
