"""H7: lunch duty only on a day on which one is there."""

from datetime import date
from typing import TYPE_CHECKING

from zhiban.model.kinds import Half, Line, Severity
from zhiban.model.problem import Problem
from zhiban.model.roster import Finding, Roster
from zhiban.solver.rule import Rule
from zhiban.solver.view import view_of
from zhiban.solver.wording import day_text, person_text

if TYPE_CHECKING:
    from zhiban.solver.draft import Draft


class LunchPresence(Rule):
    """午间值班的人当天上午或下午至少有一个半天在岗。"""

    code = "H7"
    name = "午间在岗"

    def build(self, draft: "Draft") -> None:
        """Presence in one half around lunch."""
        from zhiban.solver.building.law import build_lunch

        build_lunch(draft)

    def breaches(self, problem: Problem, roster: Roster) -> list[Finding]:
        """One finding per person and date with lunch duty and no half present."""
        view = view_of(problem, roster)
        found: dict[tuple[str, date], Finding] = {}
        for row in view.standing:
            if row.line == Line.LUNCH and not any(view.present(row.person, row.day, half) for half in Half):
                text = f"{day_text(row.day)} {person_text(problem, row.person)} 全天不在岗却安排午间值班"
                found.setdefault(
                    (row.person, row.day),
                    Finding(
                        Severity.MUST,
                        self.code,
                        text,
                        "请换人，或把调休改到其他日期",
                        row.day,
                        row.line,
                        row.segment,
                        row.window,
                        row.person,
                    ),
                )
        return list(found.values())
