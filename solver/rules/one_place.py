"""H1: nobody in two places at once."""

from collections import defaultdict
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from zhiban.model.kinds import Mode, Severity
from zhiban.model.problem import Problem
from zhiban.model.roster import Finding, Roster
from zhiban.solver.rule import Rule
from zhiban.solver.serving import Serving
from zhiban.solver.view import Place, RosterView, view_of
from zhiban.solver.wording import day_text, person_text, span_text

if TYPE_CHECKING:
    from zhiban.solver.draft import Draft


class OnePlace(Rule):
    """同一人的值班、应约、在岗预约、独自带班和调休在时间上不重叠；值班中的预约逐一办理。"""

    code = "H1"
    name = "一人一处"

    def build(self, draft: "Draft") -> None:
        """No two places of a person at one time."""
        from zhiban.solver.building.law import build_one_place

        build_one_place(draft)

    def breaches(self, problem: Problem, roster: Roster) -> list[Finding]:
        """One finding per pair of places, or of appointments within duty, that share more than 0 minutes."""
        view = view_of(problem, roster)
        found = [
            self._two_places(problem, person, day, one, other)
            for (person, day), places in view.places.items()
            for one, other in combinations(places, 2)
            if other.start < one.end and one.start < other.end
        ]
        return found + [self._two_appointments(problem, one, other) for one, other in _at_once(view)]

    def _two_places(self, problem: Problem, person: str, day: date, one: Place, other: Place) -> Finding:
        what = f"{one.text}{span_text(one.start, one.end)}与{other.text}{span_text(other.start, other.end)}"
        text = f"{day_text(day)} {person_text(problem, person)} {what}重叠"
        return Finding(
            Severity.MUST, self.code, text, "请取消或调整其中一项", day, other.line, "", other.window, person
        )

    def _two_appointments(self, problem: Problem, one: Serving, other: Serving) -> Finding:
        both = f"{one.need.id}和{other.need.id}"
        text = f"{day_text(one.day)} {person_text(problem, one.person)} 值班中同时承办预约{both}"
        advice = "请由另一人承办其中一项，或错开时间"
        return Finding(Severity.MUST, self.code, text, advice, one.day, "", "", other.window, one.person, other.need.id)


def _at_once(view: RosterView) -> list[tuple[Serving, Serving]]:
    """Pairs of appointments that one person would serve within duty at the same time."""
    inside: dict[tuple[str, date], list[Serving]] = defaultdict(list)
    for serving in view.servings:
        if serving.mode == Mode.ON_DUTY:
            inside[serving.person, serving.day].append(serving)
    return [
        (one, other)
        for servings in inside.values()
        for one, other in combinations(servings, 2)
        if one.need is not other.need and other.start < one.end and one.start < other.end
    ]
