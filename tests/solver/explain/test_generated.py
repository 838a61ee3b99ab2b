"""Generated over-constrained centres: every conflict is minimal, every repair works, each re-checked by solving."""

import random
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from zhiban.model.problem import Problem
from zhiban.model.roster import Outcome
from zhiban.solver.explain.fact import all_lifted
from zhiban.solver.explain.unit import unit_of
from zhiban.solver.explain.unmet import Explainer, UnmetExplanation

CASES = 300
PATIENT = 30.0
"""Seconds for a question here: whether it is answered in time is not what is tested."""


class Tally:
    """What was explained and what did not hold."""

    def __init__(self) -> None:
        self.explained = 0
        self.members = 0
        self.repairs = 0
        self.faults: list[str] = []


def examine(seeds: Iterable[int], centre: Callable[[int], Problem], solved: Any, judge: Any, vector: Any) -> Tally:
    """Explain one unmet demand of each centre that has any, and check all that is claimed."""
    tally = Tally()
    for seed in seeds:
        problem = centre(seed)
        outcome: Outcome = solved(problem)
        if not outcome.judgement.unmet:
            continue
        finding = random.Random(seed).choice(outcome.judgement.unmet)
        unit = unit_of(problem, finding)
        explained = Explainer(problem, outcome.roster, outcome.judgement).unmet(finding, PATIENT)
        assert unit is not None and explained is not None
        tally.explained += 1
        where = f"{seed} {finding.text}"
        _check_conflict(tally, where, explained, judge(problem, outcome, unit))
        for repair in explained.repairs:
            tally.repairs += 1
            again: Outcome = solved(all_lifted(problem, repair.facts))
            if not vector(again, unit.tier) < vector(outcome, unit.tier):
                tally.faults.append(f"{where}: {repair.text} does not help")
            if not judge(problem, outcome, unit).relieved(repair.facts):
                tally.faults.append(f"{where}: {repair.text} helps elsewhere only")
    return tally


def _check_conflict(tally: Tally, where: str, explained: UnmetExplanation, judge: Any) -> None:
    if explained.avoidable or not explained.proven or not explained.conflict:
        tally.faults.append(f"{where}: not explained")
        return
    if judge.relieved(explained.supposed):
        tally.faults.append(f"{where}: the conflict does not force it")
    for fact in explained.conflict:
        tally.members += 1
        if not judge.relieved([*explained.supposed, fact]):
            tally.faults.append(f"{where}: {fact.text} is superfluous")


def test_a_handful_of_centres(centre: Callable[[int], Problem], solved: Any, judge: Any, vector: Any) -> None:
    tally = examine((3, 11, 38, 57, 91), centre, solved, judge, vector)
    assert tally.faults == []
    assert tally.explained == 5
    assert tally.members >= 5


@pytest.mark.slow
def test_every_conflict_is_minimal_and_every_repair_works(
    centre: Callable[[int], Problem], solved: Any, judge: Any, vector: Any
) -> None:
    """The few seeds whose centre lacks nothing are made up for by further ones."""
    tally = examine(range(1000, 1000 + CASES + 10), centre, solved, judge, vector)
    assert tally.faults == []
    assert tally.explained >= CASES
    assert tally.repairs > CASES / 2
