"""D4: every accepted appointment served in all its windows at one time."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from zhiban.model.demand import Need
from zhiban.model.kinds import Severity
from zhiban.model.problem import Problem
from zhiban.model.roster import AppointmentRow, Finding, Roster
from zhiban.solver.rule import Rule
from zhiban.solver.serving import Serving, rows_of_needs
from zhiban.solver.view import RosterView, view_of
from zhiban.solver.wording import day_text, people_text, person_text, span_text, window_text

if TYPE_CHECKING:
    from zhiban.solver.draft import Draft


class Appointments(Rule):
    """已受理的预约在主办和各配合窗口都有承办人数的人员，同一时段，由值班、应约或在岗人员承办，一人不兼两个窗口。"""

    code = "D4"
    name = "预约承办"
    tier = "T1"

    def build(self, draft: "Draft") -> None:
        """People for every appointment from one start on; what lacks goes to T1."""
        from zhiban.solver.building.demand import build_appointments

        build_appointments(draft)

    def breaches(self, problem: Problem, roster: Roster) -> list[Finding]:
        """Times that the appointment does not allow, ways of serving that do not hold, one person in two windows."""
        view = view_of(problem, roster)
        rows = {key: found[0] for key, found in rows_of_needs(view).items()}
        found = [self._finding(view, s.need, s.window, s.row, text, s.person) for s, text in _faults(view)]
        for need in problem.facts.needs:
            here = [(window, rows[need.id, window]) for window in need.windows if (need.id, window) in rows]
            for window, row in here:
                if row.start not in need.starts or row.end - row.start != need.duration:
                    text = f"时段{span_text(row.start, row.end)}不在可选开始时间之内或时长不对"
                    found.append(self._finding(view, need, window, row, text))
                elif row.start != here[0][1].start:
                    found.append(self._finding(view, need, window, row, "各窗口的时段不一致"))
        return found

    def unmet(self, problem: Problem, roster: Roster) -> list[Finding]:
        """One finding per appointment and window that is short, `amount` people."""
        view = view_of(problem, roster)
        rows = rows_of_needs(view)
        served = Counter((s.need.id, s.window) for s in valid_servings(view))
        found: list[Finding] = []
        for need in problem.facts.needs:
            for window in need.windows:
                missing = need.count - served[need.id, window]
                if missing > 0:
                    row = rows[need.id, window][0] if rows[need.id, window] else None
                    able = [p.id for p in problem.servers_of[window] if problem.facts.may_serve(p.id, need, window)]
                    advice = f"能办该事项的人员：{people_text(problem, able) or '无'}；或与申请人另约时间"
                    found.append(self._finding(view, need, window, row, f"缺{missing}人", "", missing, advice))
        return found

    def _finding(
        self,
        view: RosterView,
        need: Need,
        window: str,
        row: AppointmentRow | None,
        text: str,
        person: str = "",
        amount: int = 1,
        advice: str = "请核对预约明细与排班明细",
    ) -> Finding:
        start = row.start if row else need.starts[0]
        when = f"{day_text(need.day)}{span_text(start, start + need.duration)}"
        what = f"{when} 预约{need.id} {window_text(view.problem, window)} {text}"
        return Finding(
            Severity.MUST, self.code, what, advice, need.day, "", "", window, person, subject=need.id, amount=amount
        )


def _faults(view: RosterView) -> Iterable[tuple[Serving, str]]:
    """Servings that do not hold, each with what is wrong."""
    windows = _windows_of(view)
    for serving in view.servings:
        who = person_text(view.problem, serving.person)
        if serving.fault:
            yield serving, f"{who}以“{serving.mode}”承办不成立：{serving.fault}"
        elif len(windows[serving.need.id, serving.person]) > 1 and _is_second(view, serving):
            yield serving, f"{who}同时算作两个窗口的承办人"
        elif serving.row.people.count(serving.person) > 1:
            yield serving, f"{who}在承办人中重复"


def _windows_of(view: RosterView) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for serving in view.servings:
        windows = found.setdefault((serving.need.id, serving.person), [])
        if serving.window not in windows:
            windows.append(serving.window)
    return found


def _is_second(view: RosterView, serving: Serving) -> bool:
    """Whether a person already counts in a window named earlier by the item."""
    first = next(s for s in view.servings if s.need is serving.need and s.person == serving.person)
    return first.window != serving.window


def valid_servings(view: RosterView) -> list[Serving]:
    """The servings that count for T1: the stated way holds, each person once an appointment."""
    found: dict[tuple[str, str], Serving] = {}
    for serving in view.servings:
        if not serving.fault:
            found.setdefault((serving.need.id, serving.person), serving)
    return list(found.values())
