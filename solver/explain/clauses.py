"""Clauses that questions add to a draft: this demand better met, that tier no worse."""

from collections import defaultdict
from collections.abc import Mapping

from zhiban.model.demand import GroupDemand, LeaderUnit, Need, Opening, Slot
from zhiban.solver.draft import Draft
from zhiban.solver.explain.unit import Demand, Unit, UnitKind
from zhiban.solver.linear import Linear, Lit, summed
from zhiban.solver.part_result import PartResult
from zhiban.solver.parts import Part
from zhiban.solver.search import Status
from zhiban.solver.tiers import Tier

DEMAND_TIERS = ("T1", "T2", "T3", "T4")


def hold_tiers(draft: Draft, tiers: Mapping[str, Tier], own: str, most: Mapping[str, int]) -> bool:
    """The own tier at least one better than `most`, those above no worse; False where that cannot be at all."""
    possible = True
    for tier in DEMAND_TIERS[: DEMAND_TIERS.index(own) + 1]:
        possible = _at_most(draft, tiers[tier].value, most[tier] - (tier == own)) and possible
    return possible


def hold_date(draft: Draft, unit: Unit, most: Mapping[str, int]) -> None:
    """The same for the unit's date (posts: its half or segment) in a draft of many dates."""
    for tier in DEMAND_TIERS[: DEMAND_TIERS.index(unit.tier) + 1]:
        missing = _missing_posts(draft, unit) if tier == "T3" else _missing_on(draft, tier, unit)
        _at_most(draft, summed(missing), most[tier] - (tier == unit.tier))


def _at_most(draft: Draft, value: Linear, most: int) -> bool:
    """False where the value is fixed, and above; then the draft has no solution."""
    if isinstance(value, int):
        if value > most:
            draft.model.add_bool_or([])
        return value <= most
    draft.model.add(value <= most)
    return True


def _missing_on(draft: Draft, tier: str, unit: Unit) -> list[Lit]:
    """Fresh counters of what is missing on the unit's date, each at least what really is."""
    demands: list[tuple[Demand, str]] = []
    part, day = draft.part, unit.day
    if tier == "T1":
        demands += [(s.need, w) for s in part.needs if s.need.day == day for w in s.windows]
    elif tier == "T2":
        demands += [(s, s.window) for s in part.slots if s.day == day and s.minimum > 0]
        demands += [(g, "") for g in part.groups if g.day == day]
    else:
        demands += [(u, "") for u in part.units if u.day == day]
    found: list[Lit] = []
    for demand, window in demands:
        missing = draft.model.new_int_var(0, wanted(demand), "")
        draft.model.add(summed(serving(draft, demand, window)) + missing >= wanted(demand))
        found.append(missing)
    return found


def _missing_posts(draft: Draft, unit: Unit) -> list[Lit]:
    """Fresh literals, each true where a post-segment of the unit's date (posts: of its time) has no holder."""
    openings = [o for o in draft.part.openings if o.day == unit.day]
    if unit.kind == UnitKind.POST:
        openings = [o for o in openings if (o.line, o.start) == (unit.line, unit.start)]
    load: dict[tuple[str, int], list[Lit]] = defaultdict(list)
    found: list[Lit] = []
    for opening in openings:
        empty = draft.bool_var()
        holds: list[Lit] = []
        for member in opening.post.team:
            for there in _presence(draft, opening, member):
                hold = draft.bool_var()
                draft.model.add_implication(hold, there)
                load[member, opening.start].append(hold)
                holds.append(hold)
        draft.model.add_bool_or([empty, *holds])
        found.append(empty)
    for holds in load.values():
        draft.model.add(summed(holds) <= draft.problem.policy.post_cap)
    return found


def wanted(demand: Demand) -> int:
    """How many people (比例: windows) a demand asks for."""
    if isinstance(demand, Need):
        return demand.count
    return demand.minimum if isinstance(demand, (Slot, GroupDemand)) else 1


def serving(draft: Draft, demand: Demand, window: str = "") -> list[Lit]:
    """Literals each of which is one more of what a demand asks for; `window` is an appointment's."""
    if isinstance(demand, Slot):
        return [d.lit for d in draft.duties_at.get(demand, ()) if d.counted]
    if isinstance(demand, Need):
        return [s.lit for s in draft.services if s.need.id == demand.id and s.window == window]
    if isinstance(demand, LeaderUnit):
        return [x.lit for x in draft.leadings if x.unit == demand]
    if isinstance(demand, Opening):
        return _team_present(draft, demand)
    lits = [[d.lit for d in draft.duties_at.get(s, ()) if d.counted] for s in demand.slots]
    return [_somebody(draft, each) for each in lits if each] if demand.by_window else [x for each in lits for x in each]


def _somebody(draft: Draft, lits: list[Lit]) -> Lit:
    """A literal that implies one of the others."""
    found = draft.bool_var()
    draft.model.add_bool_or([*lits, ~found])
    return found


def _team_present(draft: Draft, opening: Opening) -> list[Lit]:
    """Presence of the post's members.

    With one of them there, and one post-segment less empty at that time, the post itself can be among those held:
    sets of posts that can be held at once are the independent sets of a (transversal) matroid.
    """
    return [lit for member in opening.post.team for lit in _presence(draft, opening, member)]


def _presence(draft: Draft, opening: Opening, member: str) -> list[Lit]:
    """Literals that say a person is present in a post-segment; none where he cannot be."""
    if opening.half is None:
        return [
            d.lit
            for d in draft.duties_of.get((member, opening.day), ())
            if d.slot.line == opening.line and any(s.start == opening.start for s in d.slot.segments)
        ]
    if not draft.facts.present_by_input(member, opening.day, opening.half):
        return []
    there = draft.bool_var()
    for leave in draft.away(member, opening.day, opening.half):
        draft.model.add_implication(leave, ~there)
    return [there]


def relieve(draft: Draft, unit: Unit, demand: Demand) -> None:
    """The demand lacks at least one less than the unit says."""
    lits = serving(draft, demand, unit.windows[0] if unit.windows else "")
    least = wanted(demand) - (unit.missing - 1)
    if least > 0:
        draft.model.add(summed(lits) >= least)


def taken(part: Part, draft: Draft, values: list[int]) -> PartResult:
    """The decisions of a solution."""
    result = PartResult(part, Status.FEASIBLE)
    result.duties = [d for d in draft.duties.values() if values[d.lit.index]]
    result.services = [s for s in draft.services if values[s.lit.index]]
    result.leaves = [o for pieces in draft.leaves.values() for o in pieces if values[o.lit.index]]
    result.leadings = [x for x in draft.leadings if values[x.lit.index]]
    for need, starts in draft.starts.items():
        result.starts[need] = next(s for s, lit in starts.items() if values[lit.index])
    for (post, day, half, member), lit in draft.ordered_holds.items():
        if values[lit.index]:
            result.holders[post, day, half] = member
    return result
