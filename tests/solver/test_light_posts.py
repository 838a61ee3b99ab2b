"""Where the input leaves posts empty, the others are held by Hall's inequalities: nothing may be lost by that."""

from datetime import date, timedelta
from random import Random

import pytest

from zhiban.model.kinds import Half, LeaveKind, TierStatus
from zhiban.model.problem import Problem
from zhiban.model.records import Leave, OpeningLot, Person, Pin, Post, Window
from zhiban.solver.build import build
from zhiban.solver.draft import Draft
from zhiban.solver.part_result import DEMAND, PartResult
from zhiban.solver.parts import whole
from zhiban.solver.search import Clock, Status, minimise
from zhiban.solver.settings import Settings
from zhiban.solver.solve import solve
from zhiban.solver.solve_part import PartSearch

FRIDAY = date(2026, 12, 4)


def drawn(make_problem, seed: int, **more) -> Problem:
    """Four or five people over two weekends, posts with short teams, two people ill, more asked for than there is."""
    random = Random(seed)
    people = tuple(Person(id=f"P{n}", name=f"员工{n}", window="W1") for n in range(1, random.randint(5, 6)))
    names, days = [p.id for p in people], [FRIDAY + timedelta(days=n) for n in range(10)]
    posts = [random.sample(names, random.randint(1, 2)) for _ in range(random.randint(2, 3))]
    ill = random.sample(names, 2)
    first = random.choice(days[:6])
    return make_problem(
        last=days[-1],
        windows=(Window(id="W1", name="综合窗口", leave_cap=2, weekend_minimum=random.randint(1, 3)),),
        people=people,
        policy={
            "max_days_in_row": random.choice((5, 6)),
            "workday_minimum": 1,
            "post_cap": random.randint(1, 2),
            "leave_unit": random.choice(("半天", "全天")),
        },
        posts=tuple(
            Post(id=f"K{n}", name=f"岗{n}", window="W1", a=a, b=tuple(b), open_weekend=random.random() < 0.5)
            for n, (a, *b) in enumerate(posts)
        ),
        opening=tuple(
            OpeningLot(person=p, earned=date(2026, 11, 8), minutes=random.choice((180, 240, 420))) for p in names
        ),
        leaves=tuple(
            Leave(person=p, kind=LeaveKind.SICK, first=first, last=first + timedelta(days=3), last_half=half)
            for p, half in zip(ill, (None, Half.MORNING), strict=True)
        ),
        **more,
    )


def one_by_one(problem: Problem) -> dict[str, int]:
    """Every tier minimised in turn with the holders of all posts as variables."""
    draft = Draft(problem, whole(problem)[0], exact_posts=True)
    found: dict[str, int] = {}
    for tier in build(draft):
        attempt = minimise(draft.model, tier.value, Settings(workers=1), Clock(60))
        assert attempt.status == Status.OPTIMAL
        found[tier.code] = attempt.value or 0
        if not isinstance(tier.value, int):
            draft.model.add(tier.value <= found[tier.code])
    return found


@pytest.fixture
def went(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each part with something missing went on with light posts."""
    seen: list[bool] = []
    start = PartSearch.start

    def noted(search: PartSearch, limit: float | None = None) -> PartResult:
        result = start(search, limit)
        if any(result.tiers[code].value for code in DEMAND):
            seen.append(not search.draft.exact_posts)
        return result

    monkeypatch.setattr(PartSearch, "start", noted)
    return seen


@pytest.mark.parametrize("seed", range(16))
@pytest.mark.parametrize("bounded", [True, False])
def test_light_posts_lose_nothing(make_problem, monkeypatch, seed, bounded):
    """Both ways: T1 to T4 at the relaxation's bounds, or minimised with all holders first."""
    if not bounded:
        monkeypatch.setattr(PartSearch, "_least_unmet", lambda search: False)
    problem = drawn(make_problem, seed)
    outcome = solve(problem, Settings(workers=1))
    best = one_by_one(problem)
    tiers = {tier.code: tier for tier in outcome.tiers if tier.status != TierStatus.NOT_ASKED}
    assert {code: tier.value for code, tier in tiers.items()} == {code: best[code] for code in tiers}
    assert all(tier.status == TierStatus.OPTIMAL for tier in tiers.values())


@pytest.mark.parametrize("bounded", [True, False])
def test_light_posts_are_used(make_problem, monkeypatch, went, bounded):
    if not bounded:
        monkeypatch.setattr(PartSearch, "_least_unmet", lambda search: False)
    for seed in range(16):
        solve(drawn(make_problem, seed), Settings(workers=1))
    assert went.count(True) >= 5


def test_leave_that_empties_a_post_is_not_taken_for_a_gap_of_the_input(make_problem, went):
    """A pin sends A of K1 on leave, whose B leaves K2 empty: no gap of the input alone, so holders stay variables."""
    problem = make_problem(
        last=FRIDAY + timedelta(days=6),
        windows=(Window(id="W1", name="综合窗口", leave_cap=2),),
        people=tuple(Person(id=f"P{n}", name=f"员工{n}", window="W1") for n in (1, 2, 3)),
        policy={"post_cap": 1},
        posts=(
            Post(id="K1", name="岗1", window="W1", a="P1", b=("P2",)),
            Post(id="K2", name="岗2", window="W1", a="P2"),
        ),
        opening=(OpeningLot(person="P1", earned=date(2026, 11, 8), minutes=420),),
        leaves=(Leave(person="P3", kind=LeaveKind.SICK, first=FRIDAY, last=FRIDAY),),
        pins=(Pin(day=FRIDAY, line="调休", person="P1", mode="必须"),),
    )
    outcome = solve(problem, Settings(workers=1))
    best = one_by_one(problem)
    tiers = {tier.code: tier.value for tier in outcome.tiers if tier.status != TierStatus.NOT_ASKED}
    assert tiers == {code: best[code] for code in tiers}
    assert tiers["T3"] > 0
    assert went == [False]
