"""Look ahead by counting, sums by hand. The tiny centre's weekend day is 3 + 3 hours = 360 minutes."""

from collections.abc import Callable
from datetime import date
from typing import Any

from zhiban.model.kinds import LeaveKind, Line
from zhiban.model.problem import Problem
from zhiban.model.records import DemandRow, Leave, Person, Window
from zhiban.solver.capacity import group_shortages, look_ahead

MakeProblem = Callable[..., Problem]
SATURDAY, SUNDAY = date(2026, 12, 5), date(2026, 12, 6)


def person(number: int, **more: Any) -> Person:
    """P1, P2, …"""
    return Person(id=f"P{number}", name=f"员工{number}", window="W1", **more)


def test_enough_for_everything(make_problem: MakeProblem) -> None:
    """Saturday and Sunday: 2 · 360 asked for, three people can give 2 · 360 each."""
    (window,) = look_ahead(make_problem())
    assert window.demand["周末"] == window.demanded == 720
    assert (window.people, window.supply) == (3, 2160)
    assert (window.short_days, window.bottleneck) == ((), "")


def test_the_first_date_with_too_few_people(make_problem: MakeProblem) -> None:
    leaves = tuple(Leave(person=f"P{n}", kind=LeaveKind.ANNUAL, first=SUNDAY, last=SUNDAY) for n in (1, 2))
    windows = (Window(id="W1", name="综合窗口", weekend_minimum=2),)
    (window,) = look_ahead(make_problem(windows=windows, leaves=leaves))
    assert window.short_days == (SUNDAY,)
    assert window.bottleneck == "2026-12-06（周日）周末需2人，只有1人可排"


def test_weekend_caps_in_sum(make_problem: MakeProblem) -> None:
    """Two days asked for, one person with a cap of one day: 720 against 360 minutes."""
    (window,) = look_ahead(make_problem(people=(person(1, weekend_cap=1),)))
    assert (window.demanded, window.supply) == (720, 360)
    assert "每月周末上限" in window.bottleneck


def test_a_month_s_hours(make_problem: MakeProblem) -> None:
    """At most 5 credited hours a month and person: 300 minutes against 720."""
    (window,) = look_ahead(make_problem(people=(person(1),), policy={"monthly_hours_cap": 5}))
    assert window.supply == 300
    assert "每月延时上限" in window.bottleneck


def test_one_person_without_a_day_of_rest(make_problem: MakeProblem) -> None:
    """Monday to Sunday with nobody else: seven days in a row."""
    problem = make_problem(first=date(2026, 12, 7), last=date(2026, 12, 13), people=(person(1),))
    (window,) = look_ahead(problem)
    assert "无休息日" in window.bottleneck
    assert look_ahead(make_problem(people=(person(1),)))[0].bottleneck == ""


def test_group_duties(make_problem: MakeProblem) -> None:
    row = DemandRow(line=Line.WEEKEND, scope="全中心", minimum=4, day=SATURDAY)
    assert group_shortages(make_problem(demand_rows=(row,))) == ("2026-12-05（周六）周末 全中心需4，只有3可排",)
    assert group_shortages(make_problem(demand_rows=(row.model_copy(update={"minimum": 3}),))) == ()
