"""D1: enough people on every standing duty and group duty."""

from typing import TYPE_CHECKING

from zhiban.model.demand import GroupDemand, Slot
from zhiban.model.kinds import Severity
from zhiban.model.problem import Problem
from zhiban.model.roster import Finding, Roster
from zhiban.model.segments import Segment
from zhiban.solver.rule import Rule
from zhiban.solver.view import RosterView, view_of
from zhiban.solver.wording import day_text, people_text, window_text

if TYPE_CHECKING:
    from zhiban.solver.draft import Draft


class Headcount(Rule):
    """每个值班的人数不少于窗口、值班需求或午间模式要求的最少人数；全天值班须全程在岗才计数。"""

    code = "D1"
    name = "值班人数"
    tier = "T2"

    def build(self, draft: "Draft") -> None:
        """People of each duty and group; what lacks goes to T2."""
        from zhiban.solver.building.demand import build_headcount

        build_headcount(draft)

    def breaches(self, problem: Problem, roster: Roster) -> list[Finding]:
        """None: a demand may stay unmet."""
        return []

    def unmet(self, problem: Problem, roster: Roster) -> list[Finding]:
        """One finding per standing duty and group duty that is short, `amount` people (比例: windows)."""
        view = view_of(problem, roster)
        found = [self._slot(view, slot) for slot in problem.facts.slots if slot.minimum > 0]
        found += [self._group(view, group) for group in problem.facts.group_demands]
        return [finding for finding in found if finding is not None]

    def _slot(self, view: RosterView, slot: Slot) -> Finding | None:
        missing = slot.minimum - len(view.counted(slot))
        if missing <= 0:
            return None
        where = window_text(view.problem, slot.window)
        text = f"{day_text(slot.day)}{slot.line}{_segment(view, slot.segments)} {where} 缺{missing}人"
        return self._short(view, text, [slot], missing, window=slot.window)

    def _group(self, view: RosterView, group: GroupDemand) -> Finding | None:
        counted = {slot.window: view.counted(slot) for slot in group.slots}
        served = [w for w in counted if counted[w]] if group.by_window else {p for on in counted.values() for p in on}
        missing = group.minimum - len(served)
        if missing <= 0:
            return None
        what = "个窗口有人" if group.by_window else "人"
        text = f"{day_text(group.day)}{group.line}{_segment(view, group.segments)} {group.label} 缺{missing}{what}"
        return self._short(view, text, list(group.slots), missing, subject=group.label)

    def _short(
        self, view: RosterView, text: str, slots: list[Slot], missing: int, window: str = "", subject: str = ""
    ) -> Finding:
        slot = slots[0]
        return Finding(
            Severity.MUST,
            self.code,
            text,
            _advice(view, slots),
            slot.day,
            slot.line,
            _segment(view, slot.segments),
            window,
            subject=subject,
            amount=missing,
        )


def _segment(view: RosterView, segments: tuple[Segment, ...]) -> str:
    """The segment's name where each is a duty of its own (半天)."""
    return segments[0].name if view.problem.policy.granularity == "半天" else ""


def _advice(view: RosterView, slots: list[Slot]) -> str:
    """Whom one could ask: people whom H2 and H3 let serve and who are free at the time."""
    able = {p.id: slot for slot in slots for p in view.facts.candidates(slot)}
    free = [p for p, slot in able.items() if not _busy(view, p, slot)]
    if free:
        return f"可商请：{people_text(view.problem, free)}"
    if able:
        return "有资格的人员当时都另有安排：请调整其值班或调休，或增加可顶岗人员"
    return "无人可排：请增加可顶岗窗口、调整请假或免加班，或报政务服务管理科协调"


def _busy(view: RosterView, person: str, slot: Slot) -> bool:
    places = view.places.get((person, slot.day), ())
    return any(p.start < s.end and s.start < p.end for p in places for s in slot.segments)
