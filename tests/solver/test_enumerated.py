"""The search's optimum against every roster there is: all of them judged by the verifier, the best one compared."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain, combinations, product

import pytest

from zhiban.model.kinds import Half, Line, PinMode
from zhiban.model.problem import Previous
from zhiban.model.records import History, OpeningLot, Person, Pin, Wish
from zhiban.model.roster import DutyRow, Roster
from zhiban.solver.settings import Settings
from zhiban.solver.solve import solve
from zhiban.solver.verify import judge

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 12, d) for d in (4, 5, 6, 7))
PEOPLE = ("P1", "P2", "P3")
ASKED = ("T1", "T2", "T3", "T4", "T6", "T7", "T8", "T9")


def subsets(things: Iterable) -> Iterator[tuple]:
    """Every choice of some of the things."""
    things = list(things)
    return chain.from_iterable(combinations(things, n) for n in range(len(things) + 1))


def best(problem, rows, days, leaves=()):
    """The least tier values, compared in their order, of all lawful rosters with these dates and pieces of leave."""
    found = None
    for chosen in product(*(subsets(PEOPLE) for _ in days)):
        duties = [
            row for day, people in zip(days, chosen, strict=True) for row in credited(problem, rows.day(day, *people))
        ]
        for taken in subsets(leaves):
            said = judge(problem, Roster.of(duties, list(taken), [], []))
            values = [said.tiers[tier] for tier in ASKED]
            if not said.breaches and (found is None or values < found):
                found = values
    return found


def credited(problem, duties: list[DutyRow]) -> list[DutyRow]:
    return duties if problem.policy.credit_weekend else [
        DutyRow(r.day, r.line, r.start, r.end, r.window, r.person, r.segment) for r in duties
    ]  # fmt: skip


def people(**one):
    return tuple(Person(id=p, name=f"员工{p}", window="W1", **(one if p == "P1" else {})) for p in PEOPLE)


def centre(name):
    days = (SATURDAY, SUNDAY, SATURDAY + timedelta(days=7))
    plain = {"policy": {"credit_weekend": False}, "last": days[-1]}
    history = tuple(History(person=p, saturday=n) for p, n in zip(PEOPLE, (3, 0, 1), strict=True))
    wishes = (
        Wish(person="P2", day=SATURDAY, wants=False, weight=3),
        Wish(person="P3", day=SUNDAY, wants=True, weight=2),
        Wish(person="P1", day=days[2], line=Line.WEEKEND, wants=True),
    )
    return {
        "history": {**plain, "history": history},
        "wishes": {**plain, "wishes": wishes},
        "caps": {**plain, "people": people(weekend_cap=0), "policy": {"credit_weekend": False, "weekend_minimum": 2}},
        "a share": {**plain, "people": people(left=SUNDAY), "history": history[1:]},
        "both days or none": {
            **plain,
            "policy": {"credit_weekend": False, "weekend_pair": "要求", "max_days_in_row": 8},
        },
        "not both days": {**plain, "policy": {"credit_weekend": False, "weekend_pair": "禁止", "weekend_minimum": 2}},
        "rest": {**plain, "people": people(left=FRIDAY), "policy": {"credit_weekend": False, "weekend_minimum": 2}},
        "pins": {
            **plain,
            "pins": (
                Pin(row=2, day=SATURDAY, line="周末", person="P1", mode=PinMode.MUST),
                Pin(row=3, day=days[2], line="周末", person="P2", mode=PinMode.MUST_NOT),
            ),
            "history": history,
        },
    }[name], days


@pytest.mark.parametrize(
    "name", ["history", "wishes", "caps", "a share", "both days or none", "not both days", "rest", "pins"]
)
def test_no_roster_is_better(make_problem, rows, name):
    overrides, days = centre(name)
    problem = make_problem(**overrides)
    outcome = solve(problem, Settings(seconds=20, workers=1))
    found = {tier.code: (tier.value, tier.bound) for tier in outcome.tiers}
    assert [found[tier] for tier in ASKED] == [(value, value) for value in best(problem, rows, days)]


def test_the_previous_saturday_bars_the_sunday(make_problem, rows):
    known = Previous(first=date(2026, 12, 1), last=SATURDAY, duties=tuple(rows.day(SATURDAY, "P1")))
    history = tuple(History(person=p, saturday=n) for p, n in zip(PEOPLE, (0, 2, 3), strict=True))
    policy = {"credit_weekend": False, "weekend_pair": "禁止"}
    problem = make_problem(first=SUNDAY, last=SUNDAY, policy=policy, previous=known, history=history)
    outcome = solve(problem, Settings(seconds=20, workers=1))
    assert {row.person for row in outcome.roster.duties} == {"P2"}  # P1 has the fewest, but served on Saturday


@pytest.mark.parametrize(
    "policy",
    [
        {},
        {"leave_unit": "全天"},
        {"leave_valid_months": 1},
        {"workday_minimum": 3},
        {"max_days_in_row": 5},
        {"credit_ratio": "0.5"},
    ],
    ids=str,
)
def test_no_leave_is_better(make_problem, rows, policy):
    lots = (OpeningLot(person="P1", earned=date(2026, 11, 7), minutes=300, expires=SUNDAY),)
    problem = make_problem(policy={"credit_weekend": False, **policy}, opening=lots)
    pieces = [rows.leave("P1", day, half) for day in (FRIDAY, MONDAY) for half in Half]
    outcome = solve(problem, Settings(seconds=20, workers=1))
    found = {tier.code: (tier.value, tier.bound) for tier in outcome.tiers}
    assert [found[tier] for tier in ASKED] == [
        (value, value) for value in best(problem, rows, (SATURDAY, SUNDAY), pieces)
    ]
