"""F2: what a roster states beside its rows is what follows from them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zhiban.model.kinds import AbsenceReason, Half, Line, Mode, Role, Severity
from zhiban.model.problem import Problem
from zhiban.model.roster import AppointmentRow, DutyRow, Finding, Roster, StandInRow
from zhiban.solver.claims import wrong_claims
from zhiban.solver.rule import Case, Rule
from zhiban.solver.rules.appointments import valid_servings
from zhiban.solver.serving import rows_of_needs
from zhiban.solver.view import RosterView, view_of
from zhiban.solver.wording import day_text, person_text, window_text

ADVICE = "请按核验值改正"
EMPTY = Case()


@dataclass(frozen=True)
class StatedValues(Rule):
    """排班明细的角色与计入分钟、顶岗原因、预约是否满足、时间银行、期末余额、期末累计和目标层级都与各行推算一致。"""

    case: Case = EMPTY

    code = "F2"
    name = "所列数值"

    def about(self, case: Case) -> "StatedValues":
        """The rule for the values that a case's roster states."""
        return StatedValues(case)

    def breaches(self, problem: Problem, roster: Roster) -> list[Finding]:
        """One finding per value that is not what the rows give."""
        view = view_of(problem, roster)
        found = [*self._duties(view), *self._stand_ins(view), *self._appointments(view), *self._granted(view)]
        if self.case.stated is not None:
            found += [
                Finding(Severity.MUST, self.code, text, ADVICE, person=person, subject=subject)
                for person, subject, text in wrong_claims(view, self.case.stated, self.case.old)
            ]
        return found

    def _duties(self, view: RosterView) -> Iterable[Finding]:
        served: set[tuple[str, str, date]] = {
            (s.person, s.need.id, s.day) for s in view.servings if s.mode != Mode.AT_POST
        }
        listed: set[tuple[str, str, date]] = set()
        for row in view.duties:
            listed.update((row.person, a, row.day) for a in row.appointments)
            stray = [a for a in row.appointments if (row.person, a, row.day) not in served]
            right = view.credited[row]
            if row.credited != right:
                yield self._duty(view, row, f"计入分钟为{row.credited}，应为{right}")
            if row.role not in _roles(view, row):
                yield self._duty(view, row, f"角色为{row.role}，应为{'或'.join(sorted(_roles(view, row)))}")
            if stray and row.line != Line.CALL_IN:
                yield self._duty(view, row, f"预约编号{'、'.join(stray)}在预约明细中不由该人值班承办")
        for person, appointment, day in sorted(served - listed):
            text = f"{day_text(day)} 预约{appointment}由{person_text(view.problem, person)}承办，排班明细未列该预约编号"
            yield Finding(Severity.MUST, self.code, text, ADVICE, day, person=person, subject=appointment)

    def _duty(self, view: RosterView, row: DutyRow, said: str) -> Finding:
        text = f"{day_text(row.day)}{row.line}{row.segment} {person_text(view.problem, row.person)} {said}"
        return Finding(Severity.MUST, self.code, text, ADVICE, row.day, row.line, row.segment, row.window, row.person)

    def _stand_ins(self, view: RosterView) -> Iterable[Finding]:
        for holding in view.holdings:
            row = holding.row
            if row is None:
                continue
            post, said = holding.opening.post, list[str]()
            if row.absentee != post.a:
                said.append(f"缺席人为{row.absentee}，应为A角{post.a}")
            right = reason_of(view, post.a, row)
            if row.reason != right:
                said.append(f"原因为“{row.reason}”，应为“{right}”")
            for text in said:
                what = f"{day_text(row.day)}{row.half} 顶岗明细 {post.name}({post.id}) {text}"
                yield Finding(
                    Severity.MUST, self.code, what, ADVICE, row.day, "", row.half, post.window, post.a, post.id
                )

    def _appointments(self, view: RosterView) -> Iterable[Finding]:
        rows = rows_of_needs(view)
        served = Counter((s.need.id, s.window) for s in valid_servings(view))
        for need in view.facts.needs:
            for window in need.windows:
                row = next(iter(rows.get((need.id, window), ())), None)
                if row is None:
                    said = ["预约明细缺少该行"]
                else:
                    met = served[need.id, window] >= need.count
                    said = _wrong_appointment(row, met, Role.HOST if window == need.item.host else Role.ASSIST)
                for text in said:
                    what = f"{day_text(need.day)} 预约{need.id} {window_text(view.problem, window)} {text}"
                    yield Finding(Severity.MUST, self.code, what, ADVICE, need.day, window=window, subject=need.id)

    def _granted(self, view: RosterView) -> Iterable[Finding]:
        """Approved 调休 of the input that does not stand in 调休明细."""
        rows = {(r.person, r.day, r.half, r.start, r.end) for r in view.leaves if r.granted}
        for leave in view.facts.granted:
            if (leave.person, leave.day, leave.half, leave.start, leave.end) not in rows:
                text = f"{day_text(leave.day)}{leave.half} {person_text(view.problem, leave.person)} 已批调休未列入"
                yield Finding(
                    Severity.MUST,
                    self.code,
                    text,
                    "请补一行，来源为已批",
                    leave.day,
                    segment=leave.half,
                    person=leave.person,
                )


def reason_of(view: RosterView, person: str, row: StandInRow) -> str:
    """原因 of a row of 顶岗明细: why A is not at the post in that half."""
    who = view.problem.person[person]
    if not who.employed_on(row.day):
        return AbsenceReason.NOT_JOINED if who.hired and row.day < who.hired else AbsenceReason.LEFT
    leave = view.facts.leave_in(person, row.day, Half(row.half))
    if leave is not None:
        return leave.kind
    return "调休" if view.leave_in(person, row.day, row.half) else AbsenceReason.AT_CAP


def _roles(view: RosterView, row: DutyRow) -> set[Role]:
    """The roles a row may state."""
    if row.line == Line.LEAD:
        return {Role.LEAD}
    if row.line != Line.CALL_IN:
        return {Role.DUTY}
    needs = [view.facts.need[a] for a in row.appointments if a in view.facts.need]
    return {Role.HOST if n.item.host == row.window else Role.ASSIST for n in needs} or {Role.HOST, Role.ASSIST}


def _wrong_appointment(row: AppointmentRow, met: bool, role: Role) -> list[str]:
    said: list[str] = []
    if row.met != met:
        said.append(f"满足为{'是' if row.met else '否'}，应为{'是' if met else '否'}")
    if row.role != role:
        said.append(f"角色为{row.role}，应为{role}")
    if len(row.modes) != len(row.people):
        said.append("方式与工号的个数不一致")
    return said
