"""Tiny centres in which something is short, and a judge of explanations that solves each centre as a whole."""

import random
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from zhiban.model.kinds import Half, LeaveKind, Line, PinMode
from zhiban.model.problem import Problem
from zhiban.model.records import Appointment, Item, LeaderRow, Leave, Person, Pin, Post, Window
from zhiban.model.roster import Outcome
from zhiban.solver.build import build
from zhiban.solver.draft import Draft
from zhiban.solver.explain.clauses import hold_date, hold_tiers, relieve
from zhiban.solver.explain.fact import Fact, all_lifted
from zhiban.solver.explain.scope import Scope
from zhiban.solver.explain.trial import Base
from zhiban.solver.explain.unit import Unit, unit_of
from zhiban.solver.parts import whole
from zhiban.solver.search import Clock, Status, minimise
from zhiban.solver.settings import Settings
from zhiban.solver.solve import solve

MakeProblem = Callable[..., Problem]
QUICK = Settings(seconds=20, workers=1)


class Judge:
    """Asks of the whole centre at once, by none of the shortcuts of the explanations, whether a demand is relieved."""

    def __init__(self, problem: Problem, outcome: Outcome, unit: Unit) -> None:
        self.problem, self.unit = problem, unit
        everything = Scope(
            frozenset(problem.window),
            frozenset(problem.person),
            frozenset(problem.facts.leader_groups),
        )
        unmet = [u for f in outcome.judgement.unmet if (u := unit_of(problem, f)) is not None]
        self.base = Base.of(unmet, unit, everything)

    def relieved(self, facts: Iterable[Fact]) -> bool:
        """Whether a lawful roster relieves the demand once the facts are lifted."""
        problem = all_lifted(self.problem, facts)
        demand = self.unit.find(problem.facts)
        if demand is None:
            return True
        draft = Draft(problem, whole(problem)[0], exact_posts=True)
        hold_tiers(draft, {t.code: t for t in build(draft)}, self.unit.tier, self.base.total)
        hold_date(draft, self.unit, self.base.on_day)
        relieve(draft, self.unit, demand)
        status = minimise(draft.model, 0, QUICK, Clock(20)).status
        assert status in (Status.OPTIMAL, Status.FEASIBLE, Status.INFEASIBLE)
        return status != Status.INFEASIBLE


def demand_vector(outcome: Outcome, tier: str) -> tuple[int, ...]:
    """T1 up to a tier."""
    values = outcome.judgement.tiers
    return tuple(values[t] or 0 for t in ("T1", "T2", "T3", "T4") if t <= tier)


class Centre:
    """One random centre of two windows over a week, with more against its people than it can bear."""

    def __init__(self, seed: int, make_problem: MakeProblem) -> None:
        self.dice = random.Random(seed)
        self.first = date(2026, 12, 2) + timedelta(days=self.dice.randrange(4))
        self.dates = [self.first + timedelta(days=n) for n in range(self.dice.randint(4, 9))]
        self.people = [self._person(n) for n in range(1, self.dice.randint(3, 5) + 1)]
        self.problem = make_problem(**self._records())

    def _chance(self, share: float) -> bool:
        return self.dice.random() < share

    def _person(self, number: int) -> Person:
        window = "W1" if number % 2 else "W2"
        other = "W2" if window == "W1" else "W1"
        return Person(
            row=number + 1,
            id=f"P{number}",
            name=f"员工{number}",
            window=window,
            stand_in_windows=(other,) if self._chance(0.25) else (),
            items=("X2",) if self._chance(0.2) else (),
            joins_weekend=not self._chance(0.25),
            joins_lunch=not self._chance(0.15),
            exempt_from=self.first if self._chance(0.15) else None,
            hired=self.dates[2] if self._chance(0.1) else None,
            weekend_cap=self.dice.choice((0, 1)) if self._chance(0.25) else None,
        )

    def _records(self) -> dict[str, Any]:
        lead = self.dice.choice(("无", "全中心", "全中心"))
        policy = {
            "lunch_service": self.dice.choice(("值班", "不开")),
            "leader_scope": lead,
            "leader_mode": self.dice.choice(("在岗", "听班")),
            "max_days_in_row": self.dice.choice((4, 5, 6)),
            "weekend_pair": self.dice.choice(("允许", "允许", "禁止")),
            "granularity": self.dice.choice(("全天", "全天", "半天")),
            "post_cap": self.dice.choice((1, 2)),
        }
        windows = tuple(
            Window(row=n + 1, id=f"W{n}", name=f"窗口{n}", weekend_minimum=self.dice.choice((None, None, 2)))
            for n in (1, 2)
        )
        return {
            "policy": policy,
            "first": self.dates[0],
            "last": self.dates[-1],
            "windows": windows,
            "people": tuple(self.people),
            "posts": self._posts(),
            "leaders": self._leaders() if lead != "无" else (),
            "leaves": self._leaves(),
            "items": (Item(id="X1", name="事项一", host="W1", minutes=60),
                      Item(id="X2", name="事项二", host="W2", minutes=60)),
            "appointments": self._appointments(),
            "pins": self._pins(),
        }  # fmt: skip

    def _posts(self) -> tuple[Post, ...]:
        found: list[Post] = []
        for window in ("W1", "W2"):
            own = [p.id for p in self.people if p.window == window]
            able = [p.id for p in self.people if window in p.windows]
            if own and self._chance(0.6):
                b = tuple(p for p in able if p != own[0] and self._chance(0.4))
                post = Post(row=len(found) + 2, id=f"K{window}", name="受理岗", window=window, a=own[0], b=b,
                            open_weekend=self._chance(0.3))  # fmt: skip
                found.append(post)
        return tuple(found)

    def _leaders(self) -> tuple[LeaderRow, ...]:
        chosen = self.dice.sample(self.people, 2)
        days = [d for d in self.dates if d.weekday() >= 5]
        return tuple(
            LeaderRow(
                row=n,
                person=who.id,
                joins=self.dice.choice(("", "", "节假日")),
                unavailable=tuple(days) if self._chance(0.4) else (),
            )
            for n, who in enumerate(chosen, 2)
        )

    def _leaves(self) -> tuple[Leave, ...]:
        kinds = (LeaveKind.TRAINING, LeaveKind.ANNUAL, LeaveKind.SICK, LeaveKind.MEETING)
        found: list[Leave] = []
        for who in self.people:
            if self._chance(0.55):
                start = self.dice.randrange(len(self.dates))
                end = min(start + self.dice.randrange(4), len(self.dates) - 1)
                half = Half.AFTERNOON if self._chance(0.2) else None
                found.append(Leave(row=len(found) + 2, person=who.id, kind=self.dice.choice(kinds),
                                   first=self.dates[start], first_half=half, last=self.dates[end]))  # fmt: skip
        return tuple(found)

    def _appointments(self) -> tuple[Appointment, ...]:
        found: list[Appointment] = []
        for number in range(self.dice.randrange(4)):
            day = self.dice.choice(self.dates)
            found.append(
                Appointment(row=number + 2, id=f"Y{number}", registered=f"{self.first - timedelta(days=5)}T09:00",
                            channel="电话", applicant="申请人", phone="1", item=self.dice.choice(("X1", "X2")), day=day,
                            start=self.dice.choice((540, 600, 630, 840)), state="已登记",
                            servers=self.dice.choice((None, None, 2)))  # type: ignore[arg-type]
            )  # fmt: skip
        return tuple(found)

    def _pins(self) -> tuple[Pin, ...]:
        days = [d for d in self.dates if d.weekday() >= 5]
        found: list[Pin] = []
        for who in self.people:
            if days and self._chance(0.25):
                found.append(Pin(row=len(found) + 2, day=self.dice.choice(days), line=Line.WEEKEND, person=who.id,
                                 mode=PinMode.MUST_NOT))  # fmt: skip
        if days and self._chance(0.15):
            pin = Pin(row=9, day=self.dice.choice(days), line=Line.WEEKEND, window="W1", mode=PinMode.MUST_NOT)
            found.append(pin)
        return tuple(found)


@pytest.fixture(scope="session")
def centre(make_problem: MakeProblem) -> Callable[[int], Problem]:
    """The over-constrained centre of a seed."""
    return lambda seed: Centre(seed, make_problem).problem


@pytest.fixture(scope="session")
def solved() -> Callable[[Problem], Outcome]:
    """A problem's roster."""
    return lambda problem: solve(problem, QUICK)


@pytest.fixture(scope="session")
def judge() -> type[Judge]:
    """The judge of explanations."""
    return Judge


@pytest.fixture(scope="session")
def vector() -> Callable[[Outcome, str], tuple[int, ...]]:
    """The demand tiers of an outcome down to one of them."""
    return demand_vector
