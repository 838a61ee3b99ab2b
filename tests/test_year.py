"""Twelve months in a row: the ledger stays exact to the minute, and the shares even, because each month remembers."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from zhiban.io.read_roster import RosterFile, read_roster
from zhiban.io.write_workbook import write_roster
from zhiban.model.kinds import Line
from zhiban.model.ledger import opening_lots
from zhiban.model.problem import Problem
from zhiban.model.records import LeaderRow, Person, Window
from zhiban.solver.settings import Settings
from zhiban.solver.solve import solve

YEAR = 2026
PEOPLE = 8
SETTINGS = Settings(seconds=20, workers=1)
POLICY = {
    "leader_scope": "全中心",
    "leader_mode": "听班",
    "lunch_service": "值班",
    "leave_unit": "半天",
    "credit_lunch": False,
}


def month(number: int, make_problem: Callable[..., Problem]) -> Problem:
    """A month of one window of eight people who are all alike."""
    first = date(YEAR, number, 1)
    last = (first + timedelta(31)).replace(day=1) - timedelta(1)
    people = tuple(Person(id=f"P{n}", name=f"员工{n}", window="W1") for n in range(1, PEOPLE + 1))
    leaders = tuple(LeaderRow(person=f"P{n}", order=n) for n in range(1, 4))
    return make_problem(
        first=first,
        last=last,
        people=people,
        leaders=leaders,
        windows=(Window(id="W1", name="综合窗口"),),
        policy=POLICY,
    )


def play(make_problem: Callable[..., Problem], folder: Path, *, memory: bool) -> list[RosterFile]:
    """The year month by month, through written workbooks: solve, write, read back, carry on."""
    files: list[RosterFile] = []
    for number in range(1, 13):
        problem = month(number, make_problem)
        if files:
            last = files[-1]
            carried = {"previous": last.previous, "opening": last.lots}
            problem = problem.changed(**carried, history=last.counts if memory else ())
        path = folder / f"{number}.xlsx"
        write_roster(path, problem, solve(problem, SETTINGS))
        files.append(read_roster(path, problem))
    return files


def spreads(files: list[RosterFile]) -> dict[Line, int]:
    """Most less least duties anybody had in the year, per line."""
    lines = (Line.LUNCH, Line.WEEKEND, Line.HOLIDAY, Line.LEAD)
    found: dict[Line, int] = {}
    for line in lines:
        served = {(row.person, row.day) for file in files for row in file.roster.duties if row.line == line}
        people = [f"P{n}" for n in range(1, (4 if line == Line.LEAD else PEOPLE + 1))]
        counts = [sum(person == p for p, _ in served) for person in people]
        found[line] = max(counts) - min(counts)
    return found


@pytest.fixture(scope="module")
def year(make_problem: Callable[..., Problem], tmp_path_factory: pytest.TempPathFactory) -> list[RosterFile]:
    """The year with memory."""
    return play(make_problem, tmp_path_factory.mktemp("year"), memory=True)


@pytest.mark.slow
def test_the_ledger_of_a_year_is_exact(year: list[RosterFile], make_problem: Callable[..., Problem]) -> None:
    """Worked out afresh from all rows of the year: what was earned less what was taken, and every lot with its date."""
    earned = dict.fromkeys((f"P{n}" for n in range(1, PEOPLE + 1)), 0)
    taken = dict(earned)
    for file in year:
        for row in file.roster.duties:
            earned[row.person] += row.credited
        for leave in file.roster.leaves:
            taken[leave.person] += leave.minutes
    closing = {row.person: row.closing for row in year[-1].bank}
    assert closing == {person: earned[person] - taken[person] for person in earned}
    assert sum(earned.values()) > 0 and sum(taken.values()) > 0
    for before, after in pairwise(year):
        assert {row.person: row.opening for row in after.bank} == {row.person: row.closing for row in before.bank}
    assert sum(lot.minutes for lot in year[-1].lots) == sum(closing.values())
    assert len(opening_lots(month(12, make_problem).changed(opening=year[-2].lots))) == len(year[-2].lots)


@pytest.mark.slow
def test_the_shares_of_a_year_are_even(
    year: list[RosterFile], make_problem: Callable[..., Problem], tmp_path: Path
) -> None:
    remembered = spreads(year)
    assert max(remembered.values()) <= 1, remembered
    forgotten = spreads(play(make_problem, tmp_path, memory=False))
    assert all(forgotten[line] >= remembered[line] for line in remembered), (forgotten, remembered)
    assert sum(forgotten.values()) > sum(remembered.values())
