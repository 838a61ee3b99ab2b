"""N−1: what hangs on one person, by hand."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from zhiban.model.kinds import Half, LeaveKind
from zhiban.model.problem import Problem
from zhiban.model.records import LeaderRow, Leave, Person, Post, Window
from zhiban.model.roster import Risk, Roster
from zhiban.solver.explain.robust import risks, summary

MakeProblem = Callable[..., Problem]
FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 12, day) for day in (4, 5, 6, 7))
CLOSED = {"weekend_service": "不开"}


def person(number: int, window: str = "W1", **more: Any) -> Person:
    """P1, P2, …"""
    return Person(id=f"P{number}", name=f"员工{number}", window=window, **more)


def found(problem: Problem, roster: Roster) -> set[tuple[str, str, str, str, int]]:
    """Kind, subject, line, person and number of days of every risk."""
    return {(r.kind, r.subject, r.line, r.person, len(r.days)) for r in risks(problem, roster)}


def test_a_post_without_b_hangs_on_its_a(make_problem: MakeProblem) -> None:
    post = Post(id="K1", name="社保岗", window="W1", a="P1")
    problem = make_problem(policy=CLOSED, people=(person(1), person(2)), posts=(post,))
    (risk,) = risks(problem, Roster())
    assert (risk.kind, risk.subject, risk.person, risk.days) == ("岗位", "K1", "P1", (FRIDAY, MONDAY))
    assert (risk.cure, risk.covered) == ("培训员工2(P2)为社保岗(K1)的B角", 2)


def test_a_post_with_b_is_safe(make_problem: MakeProblem) -> None:
    post = Post(id="K1", name="社保岗", window="W1", a="P1", b=("P2",))
    assert risks(make_problem(policy=CLOSED, people=(person(1), person(2)), posts=(post,)), Roster()) == ()


def test_on_the_day_b_is_away_the_post_hangs_on_a(make_problem: MakeProblem, rows: Any) -> None:
    post = Post(id="K1", name="社保岗", window="W1", a="P1", b=("P2",))
    leave = Leave(person="P2", kind=LeaveKind.ANNUAL, first=MONDAY, last=MONDAY, last_half=Half.MORNING)
    problem = make_problem(policy=CLOSED, people=(person(1), person(2), person(3)), posts=(post,), leaves=(leave,))
    assert found(problem, rows.roster()) == {("岗位", "K1", "工作日", "P1", 1)}


def test_a_stand_in_at_the_cap_cannot_take_one_more(make_problem: MakeProblem) -> None:
    """兼岗上限 1: P2 holds K2 already, so K1 or K2 is empty when either is away."""
    posts = (
        Post(id="K1", name="社保岗", window="W1", a="P1", b=("P2",)),
        Post(id="K2", name="医保岗", window="W1", a="P2", b=("P1",)),
    )
    staff = (person(1), person(2))
    tight = make_problem(policy={**CLOSED, "post_cap": 1}, people=staff, posts=posts)
    assert {r.person for r in risks(tight, Roster())} == {"P1", "P2"}
    assert risks(make_problem(policy={**CLOSED, "post_cap": 2}, people=staff, posts=posts), Roster()) == ()


def test_a_window_of_one_person(make_problem: MakeProblem) -> None:
    windows = (Window(id="W1", name="综合窗口"), Window(id="W2", name="医保窗口"))
    alone = make_problem(policy=CLOSED, windows=windows, people=(person(1), person(2, "W2"), person(3, "W2")))
    assert found(alone, Roster()) == {("窗口", "W1", "工作日", "P1", 2)}
    helped = (person(1), person(2, "W2", stand_in_windows=("W1",)), person(3, "W2"))
    assert risks(make_problem(policy=CLOSED, windows=windows, people=helped), Roster()) == ()


@pytest.mark.parametrize(("cap", "at_risk"), [(None, False), (1, True)])
def test_a_weekend_duty_needs_somebody_free(
    make_problem: MakeProblem, rows: Any, cap: int | None, at_risk: bool
) -> None:
    """P2 has served Sunday already: with a cap of one weekend day he cannot step in on Saturday."""
    problem = make_problem(policy={"max_days_in_row": 14}, people=(person(1), person(2, weekend_cap=cap)))
    roster = rows.roster(rows.day(SATURDAY, "P1"), rows.day(SUNDAY, "P2"))
    assert (("窗口", "W1", "周末", "P1", 1) in found(problem, roster)) == at_risk


def test_who_worked_too_long_cannot_step_in(make_problem: MakeProblem, rows: Any) -> None:
    """Monday to Saturday worked: Sunday would be the seventh day in a row."""
    problem = make_problem(first=date(2026, 12, 7), last=date(2026, 12, 13), people=(person(1), person(2)))
    roster = rows.roster(rows.day(date(2026, 12, 12), "P2"), rows.day(date(2026, 12, 13), "P1"))
    assert ("窗口", "W1", "周末", "P1", 1) in found(problem, roster)


def test_a_leader_group_of_one(make_problem: MakeProblem, rows: Any) -> None:
    policy = {"weekend_service": "仅周六", "leader_scope": "全中心"}
    roster = rows.roster(rows.day(SATURDAY, "P2"), rows.lead(SATURDAY, "P1"))
    one = make_problem(policy=policy, leaders=(LeaderRow(person="P1"),))
    assert ("带班组", "全中心", "周末", "P1", 1) in found(one, roster)
    two = make_problem(policy=policy, leaders=(LeaderRow(person="P1"), LeaderRow(person="P3")))
    assert not any(kind == "带班组" for kind, *_ in found(two, roster))


def test_the_line_of_the_summary() -> None:
    assert "都有人接替" in summary(())
    risk = Risk("岗位", "K1", "工作日", "P1", (FRIDAY,), "", 0)
    assert summary((risk, risk)).startswith("抗风险：一人缺勤即无人可替的有岗位 2 项")
