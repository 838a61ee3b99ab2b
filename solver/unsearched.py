"""Re-solves that need no search: nothing to change at all, or one new appointment that somebody can take as things are.

The verifier says of the old roster, with the appointment in it if there is one, that it is lawful and that nothing is
missing: T1 to T4 are 0. Whoever serves is one changed person and one changed entry each, nothing else has changed, and
fewer there cannot be. Among the ways to do so T6 to T9 are worked out one by one: each value is its own bound.
"""

from dataclasses import dataclass

from zhiban.model.demand import Need
from zhiban.model.kinds import TierStatus
from zhiban.model.problem import Problem
from zhiban.model.roster import TIER_NAMES, Judgement, PartReport, Roster, TierValue
from zhiban.model.settings import LeaveUnit
from zhiban.solver.entries import entries_of
from zhiban.solver.placing import Placer, loose_people
from zhiban.solver.replan import Plan
from zhiban.solver.verify import judge

DEMAND = ("T1", "T2", "T3", "T4")


@dataclass(frozen=True, slots=True)
class Placed:
    """The roster, verified, with its tiers; nothing was searched."""

    roster: Roster
    judgement: Judgement
    tiers: tuple[TierValue, ...]
    parts: tuple[PartReport, ...] = ()
    number: int = 0


def unsearched(problem: Problem, kept: Roster, plan: Plan) -> Placed | Judgement | None:
    """The best roster with its verified tiers; where it takes a search to know it, the judgement of `kept` if that was
    worked out on the way.
    """
    if entries_of(problem, kept) != set(plan.entries):
        return None
    known = {row.appointment for row in plan.roster.appointments}
    new = [need for need in problem.facts.needs if need.id not in known]
    if len(new) > 1 or plan.open_appointments != frozenset(need.id for need in new):
        return None
    if not new:
        if loose_people(problem, kept):
            return None
        judgement = judge(problem, kept, plan.roster, plan.now)
        return _placed(kept, judgement, 0) or judgement
    if problem.policy.leave_unit is LeaveUnit.HOUR and any(not row.granted for row in kept.leaves):
        return None
    return _with_one_more(problem, kept, plan, new[0])


def _with_one_more(problem: Problem, kept: Roster, plan: Plan, need: Need) -> Placed | None:
    placer = Placer(problem, kept)
    found = [(tuple(p.cost.values()), start, p) for start in need.starts if (p := placer.best(need, start)) is not None]
    if not found:
        return None
    _, start, placing = min(found, key=lambda way: way[:2])
    roster = placer.roster_with(need, start, placing)
    return _placed(roster, judge(problem, roster, plan.roster, plan.now), len(placing.people))


def _placed(roster: Roster, judgement: Judgement, changes: int) -> Placed | None:
    """The roster, where it is lawful, misses nothing and has so many changes, the least there can be."""
    met = not judgement.breaches and not any(judgement.tiers[code] for code in DEMAND)
    if not met or judgement.tiers["T5b"] != changes:
        return None
    tiers = (TierValue(c, n, judgement.tiers[c], judgement.tiers[c], TierStatus.OPTIMAL) for c, n in TIER_NAMES.items())
    return Placed(roster, judgement, tuple(tiers))
