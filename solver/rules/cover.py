"""H4: comp leave leaves no post empty and enough people at the window."""

from collections import defaultdict
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from zhiban.model.kinds import Half, Severity
from zhiban.model.problem import Problem
from zhiban.model.roster import Finding, Roster
from zhiban.solver.rule import Rule
from zhiban.solver.view import RosterView, view_of
from zhiban.solver.wording import day_text, person_text, window_text

if TYPE_CHECKING:
    from zhiban.solver.draft import Draft

Moment = tuple[date, Half]


class Cover(Rule):
    """安排调休的半天：该人员所在AB岗不空岗，所在窗口的在岗人数不少于工作日最少人数。"""

    code = "H4"
    name = "调休时在岗"

    def build(self, draft: "Draft") -> None:
        """Somebody stays at the window, and at its posts, in comp leave."""
        from zhiban.solver.building.posts import build_presence

        build_presence(draft)

    def breaches(self, problem: Problem, roster: Roster) -> list[Finding]:
        """Placed leave of a member of an empty post's team, and windows short in a half with placed leave."""
        view = view_of(problem, roster)
        found: list[Finding] = []
        for holding in view.holdings:
            opening = holding.opening
            if opening.half is None or holding.holders:
                continue
            for person in opening.post.team:
                if view.placed_in(person, opening.day, opening.half):
                    what = f"{opening.post.name}({opening.post.id})空岗时 {person_text(problem, person)} 调休"
                    found.append(self._finding(opening.day, opening.half, opening.post.window, what, person))
        placed = {(problem.person[p].window, day, half) for p, day, half in view.placed_halves}
        for window, day, half, missing in _short(view):
            if (window, day, half) in placed:
                what = f"{window_text(problem, window)} 有人调休而在岗缺{missing}人"
                found.append(self._finding(day, half, window, what, "", missing))
        return found

    def reminders(self, problem: Problem, roster: Roster) -> list[Finding]:
        """Windows short in a half by the input alone."""
        view = view_of(problem, roster)
        placed = {(problem.person[p].window, day, half) for p, day, half in view.placed_halves}
        return [
            Finding(
                Severity.REMIND,
                self.code,
                f"{day_text(day)}{half} {window_text(problem, window)} 在岗比最少人数少{missing}人（因请假外出或人手）",
                "请从可顶岗人员中安排顶岗，或调整请假",
                day,
                segment=half,
                window=window,
                amount=missing,
            )
            for window, day, half, missing in _short(view)
            if (window, day, half) not in placed
        ]

    def _finding(self, day: date, half: Half, window: str, what: str, person: str, amount: int = 1) -> Finding:
        text = f"{day_text(day)}{half} {what}"
        return Finding(
            Severity.MUST, self.code, text, "请把调休移到其他半天", day, "", half, window, person, amount=amount
        )


@lru_cache(maxsize=1)
def _short(view: RosterView) -> list[tuple[str, date, Half, int]]:
    """Window, date, half and missing people wherever fewer than 工作日最少 are present.

    Windows not in use on the date or without people of their own are left out.
    """
    helpers: dict[tuple[str, Moment], set[str]] = defaultdict(set)
    for holding in view.holdings:
        if holding.opening.half is not None:
            moment = (holding.opening.day, holding.opening.half)
            helpers[holding.opening.post.window, moment].update(holding.holders)
    found: list[tuple[str, date, Half, int]] = []
    for window in view.problem.windows:
        own = {p.id for p in view.problem.people_of[window.id]}
        least = view.problem.policy.workday_minimum if window.workday_minimum is None else window.workday_minimum
        if not own or not least:
            continue
        for day in view.facts.workdays:
            for half in Half if window.active_on(day) else ():
                there = len((own | helpers[window.id, (day, half)]) & view.staff_in(day, half))
                if there < least:
                    found.append((window.id, day, half, least - there))
    return found
