"""D3: a leader for every unit, by right and in one group at a time."""

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from zhiban.model.demand import LeaderUnit
from zhiban.model.facts_hours import overlap
from zhiban.model.kinds import Line, Severity
from zhiban.model.problem import Problem
from zhiban.model.roster import Finding, Roster
from zhiban.solver.leading import Leading
from zhiban.solver.rule import Rule
from zhiban.solver.view import RosterView, view_of
from zhiban.solver.wording import day_text, people_text, person_text

if TYPE_CHECKING:
    from zhiban.solver.draft import Draft


class LeaderOnDuty(Rule):
    """周末、节假日有值班或预约的每个带班单元有一名带班领导；在岗带班须同时在本组值班或独自带班，一人同时只带一组。"""

    code = "D3"
    name = "带班"
    tier = "T4"

    def build(self, draft: "Draft") -> None:
        """At most one leader a unit; units without one go to T4."""
        from zhiban.solver.building.demand import build_leaders

        build_leaders(draft)

    def breaches(self, problem: Problem, roster: Roster) -> list[Finding]:
        """Leaders by no right, two leaders of one unit, one leader of two groups at once."""
        view = view_of(problem, roster)
        found = [f for leading in view.leadings if (f := self._by_right(view, leading)) is not None]
        for leadings in _by_unit(view):
            if len(leadings) > 1:
                names, unit = people_text(problem, [leading.person for leading in leadings]), leadings[0].unit
                found.append(self._finding(unit, f"有多人带班：{names}", "每个带班单元只留一人", leadings[1].person))
        return found + self._two_groups(view)

    def unmet(self, problem: Problem, roster: Roster) -> list[Finding]:
        """One finding per unit without a leader who has all its rows."""
        view = view_of(problem, roster)
        led = {id(leading.unit) for leading in view.leadings if leading.whole}
        return [
            self._finding(unit, "缺带班领导", f"可商请：{people_text(problem, unit.leaders) or '（带班领导名单为空）'}")
            for unit in problem.facts.units
            if id(unit) not in led
        ]

    def _by_right(self, view: RosterView, leading: Leading) -> Finding | None:
        who = person_text(view.problem, leading.person)
        if leading.person not in leading.unit.leaders:
            return self._finding(leading.unit, f"{who}不是该组的带班领导", "请从带班领导名单中安排", leading.person)
        if not (leading.present or leading.alone):
            text = f"{who}带班时不在本组值班，也不符合独自带班的条件"
            return self._finding(leading.unit, text, "请同时安排其在本组值班，或改由他人带班", leading.person)
        return None

    def _two_groups(self, view: RosterView) -> list[Finding]:
        by_person: dict[str, list[Leading]] = defaultdict(list)
        for leading in view.leadings:
            by_person[leading.person].append(leading)
        found: list[Finding] = []
        for person, leadings in by_person.items():
            for one, other in combinations(leadings, 2):
                if one.unit.group != other.unit.group and one.unit.day == other.unit.day and _meet(one, other):
                    text = f"{person_text(view.problem, person)}同时为{one.unit.group}和{other.unit.group}带班"
                    found.append(self._finding(other.unit, text, "请改由他人带其中一组", person))
        return found

    def _finding(self, unit: LeaderUnit, text: str, advice: str, person: str = "") -> Finding:
        segment = unit.segments[0].name if len(unit.segments) == 1 else ""
        return Finding(
            Severity.MUST,
            self.code,
            f"{day_text(unit.day)}{segment} {unit.group} {text}",
            advice,
            unit.day,
            Line.LEAD,
            segment,
            unit.group,
            person,
            unit.group,
        )


def _by_unit(view: RosterView) -> list[list[Leading]]:
    found: dict[int, list[Leading]] = defaultdict(list)
    for leading in view.leadings:
        found[id(leading.unit)].append(leading)
    return list(found.values())


def _meet(one: Leading, other: Leading) -> bool:
    return any(overlap((a.start, a.end), (b.start, b.end)) for a in one.rows for b in other.rows)
