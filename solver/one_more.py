"""The re-solve after one new appointment that somebody can take without anything else changing: no search is needed.

The old roster is lawful, nothing else is missing in it, and it has no other change. Then T1 to T4 are 0, whoever serves
is one changed person and one changed entry each, fewer there cannot be, and among the ways to do so T6 to T9 are
worked out one by one: each value is its own bound.
"""

from dataclasses import dataclass

from zhiban.model.demand import Need
from zhiban.model.kinds import TierStatus
from zhiban.model.problem import Problem
from zhiban.model.roster import TIER_NAMES, Judgement, PartReport, Roster, TierValue
from zhiban.model.settings import LeaveUnit
from zhiban.solver.entries import entries_of
from zhiban.solver.placing import Placer
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


def one_more(problem: Problem, kept: Roster, before: Judgement, plan: Plan) -> Placed | None:
    """The best roster with its verified tiers; None where it takes a search to know it."""
    need = _only_lack(problem, kept, before, plan)
    if need is None:
        return None
    placer = Placer(problem, kept)
    found = [(tuple(p.cost.values()), start, p) for start in need.starts if (p := placer.best(need, start)) is not None]
    if not found:
        return None
    _, start, placing = min(found, key=lambda way: way[:2])
    roster = placer.roster_with(need, start, placing)
    judgement = judge(problem, roster, plan.roster, plan.now)
    number = len(placing.people)
    met = not judgement.breaches and not any(judgement.tiers[code] for code in DEMAND)
    if not met or judgement.tiers["T5b"] != number:
        return None
    tiers = (TierValue(c, n, judgement.tiers[c], judgement.tiers[c], TierStatus.OPTIMAL) for c, n in TIER_NAMES.items())
    return Placed(roster, judgement, tuple(tiers))


def _only_lack(problem: Problem, kept: Roster, before: Judgement, plan: Plan) -> Need | None:
    """The new appointment that is all there is to do; None where there is more."""
    if before.breaches or any(before.tiers[code] for code in DEMAND[1:]):
        return None
    lacking = {finding.subject for finding in before.unmet}
    need = problem.facts.need.get(next(iter(lacking))) if len(lacking) == 1 else None
    if need is None or any(row.appointment == need.id for row in plan.roster.appointments):
        return None
    by_hour = problem.policy.leave_unit is LeaveUnit.HOUR and any(not row.granted for row in kept.leaves)
    return None if by_hour or entries_of(problem, kept) != set(plan.entries) else need
