"""One line of 问题清单 as the demand it is about, found again in a changed problem."""

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from zhiban.model.demand import GroupDemand, LeaderUnit, Need, Opening, Slot
from zhiban.model.facts import Facts
from zhiban.model.facts_hours import Range
from zhiban.model.kinds import Line
from zhiban.model.problem import Problem
from zhiban.model.roster import Finding
from zhiban.model.segments import Segment

Demand = Slot | GroupDemand | Need | Opening | LeaderUnit
TIER_OF_RULE = {"D4": "T1", "D1": "T2", "D2": "T3", "D3": "T4"}


class UnitKind(Enum):
    """What sort of demand is short."""

    SLOT = auto()
    GROUP = auto()
    NEED = auto()
    POST = auto()
    LEADER = auto()


@dataclass(frozen=True, slots=True)
class Unit:
    """A demand that is short by `missing` people (比例: windows).

    `subject` is the window, the label of the group duty, the appointment, the post or the leader group; `start` tells
    apart what a date has several of (-1: appointments), `windows` are where people are wanted.
    """

    kind: UnitKind
    tier: str
    day: date
    subject: str
    windows: tuple[str, ...]
    missing: int
    line: Line | None = None
    start: int = -1

    def find(self, facts: Facts) -> Demand | None:
        """The demand in a problem; None where nothing is demanded any more."""
        return next((d for d in _demands(facts, self.kind, self.day) if _named(d, self)), None)

    def spans(self, demand: Demand) -> list[Range]:
        """The clock ranges in which somebody would serve it."""
        if isinstance(demand, Opening):
            return [(demand.start, demand.end)]
        if isinstance(demand, Need):
            return [(start, start + demand.duration) for start in demand.starts]
        segments = [(s.start, s.end) for s in demand.segments]
        return segments or ([demand.earliest] if isinstance(demand, LeaderUnit) else [])

    def people(self, problem: Problem, demand: Demand) -> list[str]:
        """Those who could be meant: who may serve the windows, the post's team, the group's leaders."""
        if isinstance(demand, Opening):
            return list(demand.post.team)
        if isinstance(demand, LeaderUnit):
            return list(demand.leaders)
        return list(dict.fromkeys(p.id for w in self.windows for p in problem.servers_of.get(w, ())))


def unit_of(problem: Problem, finding: Finding) -> Unit | None:
    """The demand that a finding of D1 to D4 says is short; None for any other finding."""
    tier = TIER_OF_RULE.get(finding.code)
    if tier is None or finding.day is None:
        return None
    for kind in _KINDS[tier]:
        for demand in _demands(problem.facts, kind, finding.day):
            unit = _unit(kind, tier, demand, finding)
            if unit is not None:
                return unit
    return None


_KINDS = {
    "T1": (UnitKind.NEED,),
    "T2": (UnitKind.SLOT, UnitKind.GROUP),
    "T3": (UnitKind.POST,),
    "T4": (UnitKind.LEADER,),
}


def _demands(facts: Facts, kind: UnitKind, day: date) -> list[Demand]:
    found: list[Demand] = []
    if kind == UnitKind.SLOT:
        found += [s for s in facts.slots if s.day == day and s.minimum > 0]
    elif kind == UnitKind.GROUP:
        found += [g for g in facts.group_demands if g.day == day]
    elif kind == UnitKind.NEED:
        found += [n for n in facts.needs if n.day == day]
    elif kind == UnitKind.POST:
        found += [o for o in facts.openings if o.day == day]
    else:
        found += [u for u in facts.units if u.day == day]
    return found


def _start(segments: tuple[Segment, ...]) -> int:
    return segments[0].start if segments else -1


def _named(demand: Demand, unit: Unit) -> bool:
    """Whether a demand of the unit's kind and date is the unit's."""
    if isinstance(demand, Slot):
        return (demand.line, demand.window, demand.start) == (unit.line, unit.subject, unit.start)
    if isinstance(demand, GroupDemand):
        same = (demand.line, demand.label, _start(demand.segments)) == (unit.line, unit.subject, unit.start)
        return same and bool(set(unit.windows) & {s.window for s in demand.slots})
    if isinstance(demand, Need):
        return demand.id == unit.subject
    if isinstance(demand, Opening):
        return (demand.post.id, demand.start) == (unit.subject, unit.start)
    return (demand.group, _start(demand.segments)) == (unit.subject, unit.start)


def _unit(kind: UnitKind, tier: str, demand: Demand, finding: Finding) -> Unit | None:
    """The unit of a demand where it is what the finding names."""
    day, missing = demand.day, finding.amount
    if isinstance(demand, Slot):
        if (demand.line, demand.window) != (finding.line, finding.window) or not _segment_fits(
            demand.segments, finding
        ):
            return None
        return Unit(kind, tier, day, demand.window, (demand.window,), missing, demand.line, demand.start)
    if isinstance(demand, GroupDemand):
        if finding.window or (demand.line, demand.label) != (finding.line, finding.subject):
            return None
        if not _segment_fits(demand.segments, finding):
            return None
        windows = tuple(slot.window for slot in demand.slots)
        return Unit(kind, tier, day, demand.label, windows, missing, demand.line, _start(demand.segments))
    if isinstance(demand, Need):
        if demand.id != finding.subject:
            return None
        return Unit(kind, tier, day, demand.id, (finding.window or demand.windows[0],), missing)
    if isinstance(demand, Opening):
        if (demand.post.id, demand.name, str(demand.line or "")) != (finding.subject, finding.segment, finding.line):
            return None
        return Unit(kind, tier, day, demand.post.id, (demand.post.window,), missing, demand.line, demand.start)
    if demand.group != finding.subject or not _segment_fits(demand.segments, finding):
        return None
    return Unit(kind, tier, day, demand.group, demand.windows, missing, Line.LEAD, _start(demand.segments))


def _segment_fits(segments: tuple[Segment, ...], finding: Finding) -> bool:
    return not finding.segment or any(s.name == finding.segment for s in segments)
