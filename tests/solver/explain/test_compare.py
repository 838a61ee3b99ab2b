"""Two outcomes side by side."""

from collections.abc import Callable
from datetime import date
from typing import Any

from zhiban.model.kinds import LeaveKind, Line
from zhiban.model.problem import Problem
from zhiban.model.records import Leave, Person
from zhiban.solver.explain.compare import compare
from zhiban.solver.explain.edits import edited

SATURDAY = date(2026, 12, 5)
POLICY = {"weekend_service": "仅周六", "credit_weekend": False}
ONE = (Person(row=2, id="P1", name="员工1", window="W1"),)


def test_a_leave_opens_a_gap(make_problem: Callable[..., Problem], solved: Any) -> None:
    before = make_problem(policy=POLICY, people=ONE)
    leave = Leave(row=2, person="P1", kind=LeaveKind.ANNUAL, first=SATURDAY, last=SATURDAY)
    after = edited(before, leaves=(leave,))
    found = compare(before, solved(before), after, solved(after))
    assert {(t.code, t.before, t.after) for t in found.tiers if t.before != t.after and t.code == "T2"} == {
        ("T2", 0, 1)
    }
    assert found.verdict == "变差：T2值班缺人 0 → 1"
    assert found.gone == ()
    assert [finding.code for finding in found.come] == ["D1"]
    (person,) = found.people
    assert person.lines[Line.WEEKEND] == (1, 0)
    assert person.entries == 1
    back = compare(after, solved(after), before, solved(before))
    assert back.verdict.startswith("变好：T2")
    assert len(back.gone) == 1


def test_the_same_twice(make_problem: Callable[..., Problem], solved: Any) -> None:
    problem = make_problem(policy=POLICY, people=ONE)
    outcome = solved(problem)
    found = compare(problem, outcome, problem, outcome)
    assert found.verdict == "各层级相同"
    assert found.people == found.gone == found.come == ()
    assert all(tier.proven for tier in found.tiers)
