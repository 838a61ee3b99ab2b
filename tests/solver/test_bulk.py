"""Leave by the stretch never promises less than it can keep: its optimum is at most that of leave day by day."""

from datetime import date, timedelta
from random import Random

import pytest

from zhiban.model.kinds import Half, LeaveKind
from zhiban.model.problem import Problem
from zhiban.model.records import Appointment, Item, Leave, OpeningLot, Person, Post, Window, Wish
from zhiban.solver.build import build
from zhiban.solver.decisions import LeaveModel
from zhiban.solver.draft import Draft
from zhiban.solver.parts import whole
from zhiban.solver.search import Clock, Status, minimise
from zhiban.solver.settings import Settings

FRIDAY = date(2026, 12, 4)
ABOVE, LAST = ("T1", "T2", "T3", "T4", "T6"), ("T7", "T8", "T9")
BOOKED = {"registered": "2026-11-30T09:00:00", "channel": "现场", "applicant": "某某", "phone": "0", "state": "已登记"}


def drawn(make_problem, seed: int) -> Problem:
    """Three or four people of a window over two weekends; posts, wishes, leave, a booking and balances by chance."""
    random = Random(seed)
    people = tuple(Person(id=f"P{n}", name=f"员工{n}", window="W1") for n in range(1, random.randint(4, 5)))
    names, days = [p.id for p in people], [FRIDAY + timedelta(days=n) for n in range(10)]
    posts = [random.sample(names, random.randint(1, 3)) for _ in range(random.randint(0, 2))]
    ill, half, lots = (
        random.choice(days),
        random.choice((None, *Half)),
        [random.choice((0, 100, 180, 240, 420, 600)) for _ in names],
    )
    booked = random.choice((FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=3)))
    return make_problem(
        last=days[-1],
        windows=(Window(id="W1", name="综合窗口", leave_cap=random.randint(1, 2)),),
        people=people,
        policy={
            "leave_unit": random.choice(("半天", "半天", "全天", "1小时")),
            "lunch_service": random.choice(("不开", "值班")),
            "credit_lunch": random.random() < 0.3,
            "credit_ratio": random.choice(("1", "0.5", "7/6")),
            "max_days_in_row": random.choice((4, 5, 6)),
            "workday_minimum": random.randint(1, 2),
            "leave_valid_months": random.choice((0, 1)),
            "post_cap": random.randint(1, 2),
        },
        posts=tuple(Post(id=f"K{n}", name=f"岗{n}", window="W1", a=a, b=tuple(b)) for n, (a, *b) in enumerate(posts)),
        opening=tuple(
            OpeningLot(person=p, earned=date(2026, 11, 8), minutes=m) for p, m in zip(names, lots, strict=True) if m
        ),
        leaves=(Leave(person=names[0], kind=LeaveKind.SICK, first=ill, last=ill, last_half=half),),
        wishes=tuple(
            Wish(person=random.choice(names), day=random.choice(days), wants=random.random() < 0.4, weight=n)
            for n in (1, 2, 3)
        ),
        items=(Item(id="S1", name="事项", host="W1", minutes=60),),
        appointments=(Appointment(id="Y1", item="S1", day=booked, start=600, **BOOKED),),
    )


def in_turn(draft: Draft, known: dict[str, int]) -> dict[str, int]:
    """The tiers minimised one after the other, each held at its value, or at the known one."""
    found = dict(known)
    for tier in build(draft):
        if tier.code not in found:
            attempt = minimise(draft.model, tier.value, Settings(workers=1), Clock(60))
            assert attempt.status == Status.OPTIMAL
            found[tier.code] = attempt.value
        if not isinstance(tier.value, int):
            draft.model.add(tier.value <= found[tier.code])
    return found


@pytest.mark.parametrize("seed", [*range(12), 86])  # 86: a post stays empty
def test_no_bound_is_above_the_optimum(make_problem, seed):
    problem = drawn(make_problem, seed)
    part = whole(problem)[0]
    best = in_turn(Draft(problem, part, exact_posts=True), {})
    for rest_by_day in (False, True):
        relaxed = Draft(problem, part, leave=LeaveModel.BY_STRETCH, exact_posts=best["T3"] > 0, rest_by_day=rest_by_day)
        bounds = in_turn(relaxed, {code: best[code] for code in ABOVE})
        assert [bounds[code] for code in LAST] <= [best[code] for code in LAST]


def test_between_two_credits_days_are_alike(make_problem):
    problem = make_problem(last=FRIDAY + timedelta(days=9), people=(Person(id="P1", name="员工1", window="W1"),))
    draft = Draft(problem, whole(problem)[0], leave=LeaveModel.BY_STRETCH)
    build(draft)
    # Credit on 5, 6, 12 and 13 December: the week between is one stretch, and before it there is nothing to take.
    assert [[d.day for d in s.days] for s in draft.stretches] == [[7, 8, 9, 10, 11]]
    assert draft.leaves == {}
