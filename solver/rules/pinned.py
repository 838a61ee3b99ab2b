"""H9: what the manager has decided stands."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from zhiban.model.kinds import LEAVE_PIN, STANDING_LINES, Line, PinMode, Severity
from zhiban.model.problem import Problem
from zhiban.model.records import Pin
from zhiban.model.roster import DutyRow, Finding, LeaveRow, Roster
from zhiban.solver.rule import Rule
from zhiban.solver.serving import Serving
from zhiban.solver.view import RosterView, view_of
from zhiban.solver.wording import day_text, person_text, window_text

if TYPE_CHECKING:
    from zhiban.solver.draft import Draft

Held = Sequence[DutyRow | LeaveRow | Serving]


class Pinned(Rule):
    """指定与锁定、调换班和实际到岗照办：必须、锁定的有安排，禁止的没有安排。"""

    code = "H9"
    name = "指定与锁定"

    def build(self, draft: "Draft") -> None:
        """Every pin, under a switch where a clash is looked for."""
        from zhiban.solver.building.pins import build_pins

        build_pins(draft)

    def breaches(self, problem: Problem, roster: Roster) -> list[Finding]:
        """One finding per pin in force that the rows do not keep."""
        view = view_of(problem, roster)
        found: list[Finding] = []
        for pin in problem.facts.pins:
            held = bool(rows_of_pin(view, pin))
            if held == (pin.mode is PinMode.MUST_NOT):
                found.append(self._finding(problem, pin, "不应有该安排" if held else "缺该安排"))
        return found

    def _finding(self, problem: Problem, pin: Pin, said: str) -> Finding:
        who = person_text(problem, pin.person) if pin.person else "任何人"
        where = f" {window_text(problem, pin.window)}" if pin.window else ""
        what = f"预约{pin.appointment}" if pin.appointment else f"{day_text(pin.day)}{pin.line}{pin.segment}"
        source = pin.source or f"指定与锁定!第{pin.row}行"
        need = problem.facts.need.get(pin.appointment or "")
        return Finding(
            Severity.MUST,
            self.code,
            f"{what}{where} {who}（{pin.mode}，{source}）：{said}",
            "请按指定调整排班，或修改该指定",
            need.day if need else pin.day,
            "" if pin.appointment or pin.line == LEAVE_PIN else pin.line,
            pin.segment,
            pin.window or "",
            pin.person or "",
            pin.appointment or "",
        )


def rows_of_pin(view: RosterView, pin: Pin) -> Held:
    """Everything in a roster that a pin speaks of; granted leave is the input's own and kept out of 禁止."""
    if pin.appointment:
        return [
            s
            for s in view.servings
            if s.need.id == pin.appointment and pin.person in (None, s.person) and pin.window in (None, s.window)
        ]
    if pin.line == LEAVE_PIN:
        return [
            row
            for row in view.leaves
            if row.day == pin.day
            and pin.segment in ("", row.half)
            and (pin.person == row.person if pin.person else view.problem.person[row.person].window == pin.window)
            and not (row.granted and pin.mode is PinMode.MUST_NOT)
        ]
    rows = view.rows_on.get((pin.person, pin.day), ()) if pin.person else view.duties
    return [row for row in rows if row.day == pin.day and row.line == pin.line and _fits(view, pin, row)]


def _fits(view: RosterView, pin: Pin, row: DutyRow) -> bool:
    """Whether window and segment of a row are those of a pin; segments go by their times, not by the row's label."""
    if pin.window is not None and pin.window != row.window:
        return False
    if row.line == Line.CALL_IN:
        return True  # an appointment has its own time, and no 时段
    return not pin.segment or pin.segment == _segment_name(view, row)


def _segment_name(view: RosterView, row: DutyRow) -> str:
    """The name of the segment whose times a row has; a row without such a segment goes by its label."""
    line = view.facts.line_of(row.day) if row.line == Line.LEAD else row.line
    segments = view.facts.line_segments(line, row.day) if line is not None and line in STANDING_LINES else []
    return next((s.name for s in segments if (s.start, s.end) == (row.start, row.end)), row.segment)
