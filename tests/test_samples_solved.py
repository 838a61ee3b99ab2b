"""Every sample from workbook to workbook: solved, written, read back, and judged again from what was written alone."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from zhiban import sample_data
from zhiban.io.label_check import label_findings
from zhiban.io.read_roster import RosterFile, read_roster
from zhiban.io.read_workbook import read_problem
from zhiban.io.write_workbook import write_roster
from zhiban.model.kinds import TierStatus
from zhiban.model.problem import Problem
from zhiban.model.roster import Judgement, Outcome
from zhiban.solver.settings import Settings
from zhiban.solver.solve import solve
from zhiban.solver.verify import judge

QUICK = ("tiny", "yiyuan", "yangquan", "overloaded")
SLOW = ("zibo", "xixia", "shanting", "jan2027")
SHORT = "overloaded"
"""The one that asks for more than can be."""

DEMAND = ("T1", "T2", "T3", "T4")
SECONDS = 30


@dataclass(frozen=True)
class Solved:
    """A sample's roster as made, and as the workbook gives it back."""

    name: str
    problem: Problem
    outcome: Outcome
    file: RosterFile
    judgement: Judgement


@pytest.fixture(
    scope="module", params=[*QUICK, *(pytest.param(name, marks=pytest.mark.slow) for name in SLOW)], ids=str
)
def solved(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Solved:
    """A sample solved and written; everything else is asked of the file."""
    name: str = request.param
    path: Path = tmp_path_factory.mktemp(name) / "值班表.xlsx"
    read = read_problem(sample_data.path_of(name))
    outcome = solve(read.problem, Settings(seconds=SECONDS))
    write_roster(path, read.problem, outcome, read.remarks)
    # Read anew: nothing of the first reading or of the search can be in what is judged.
    problem = read_problem(sample_data.path_of(name)).problem
    file = read_roster(path, problem)
    return Solved(name, problem, outcome, file, judge(problem, file.roster, stated=file.stated))


def test_every_sample_is_solved_here() -> None:
    assert {*QUICK, *SLOW} == set(sample_data.names())


def test_the_rows_come_back_as_they_were(solved: Solved) -> None:
    assert solved.file.roster == solved.outcome.roster
    assert not solved.file.edited
    assert solved.file.bank == solved.outcome.judgement.bank


def test_the_verifier_finds_nothing_wrong_in_what_was_written(solved: Solved) -> None:
    assert solved.judgement.breaches == ()
    assert label_findings(solved.file, solved.problem) == []


def test_every_tier_recomputed_from_the_workbook_is_what_it_states(solved: Solved) -> None:
    assert {tier.code: tier.value for tier in solved.file.tiers} == solved.judgement.tiers
    asked = [tier for tier in solved.file.tiers if tier.code not in ("T5a", "T5b")]
    assert len(asked) == 8
    proven = True
    for tier in asked:
        assert tier.value is not None and tier.bound is not None
        assert 0 <= tier.bound <= tier.value
        proven = proven and tier.bound == tier.value
        assert tier.status == (TierStatus.OPTIMAL if proven else TierStatus.FEASIBLE)


def test_demand_is_met_and_proven(solved: Solved) -> None:
    tiers = {tier.code: tier for tier in solved.file.tiers}
    assert [tiers[code].status for code in DEMAND] == [TierStatus.OPTIMAL] * 4
    if solved.name == SHORT:
        assert all(value for value in (tiers[code].value for code in DEMAND))
    else:
        assert [tiers[code].value for code in DEMAND] == [0] * 4


def test_everything_unmet_is_named(solved: Solved) -> None:
    missing = sum(found.amount for found in solved.judgement.unmet)
    assert missing == sum(solved.judgement.tiers[code] or 0 for code in DEMAND)
    named = {(found.code, found.text) for found in solved.file.findings}
    assert {(found.code, found.text) for found in solved.judgement.unmet} <= named


def test_the_bank_is_conserved_to_the_minute(solved: Solved) -> None:
    assert solved.file.bank
    for row in solved.file.bank:
        earned = row.weekend + row.holiday + row.lunch + row.call_in + row.overtime
        assert row.closing == row.opening + earned - row.taken - row.expired
        assert row.closing == sum(lot.minutes for lot in solved.file.lots if lot.person == row.person)
