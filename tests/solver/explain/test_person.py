"""Why me, why not him: loads by hand, exchanges judged, bans and orders solved."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from zhiban.model.kinds import LeaveKind, Line
from zhiban.model.problem import Problem
from zhiban.model.records import History, Leave, Person, Window
from zhiban.model.roster import Roster
from zhiban.solver.explain.cost import Cost, TierChange
from zhiban.solver.explain.fact import FactKind
from zhiban.solver.explain.person import PersonExplainer

MakeProblem = Callable[..., Problem]
SATURDAY, SUNDAY = date(2026, 12, 5), date(2026, 12, 6)
POLICY = {"weekend_service": "仅周六", "credit_weekend": False}


def people(count: int, **first: Any) -> tuple[Person, ...]:
    """P1 (with anything special) and others of window W1."""
    return tuple(
        Person(row=n + 1, id=f"P{n}", name=f"员工{n}", window="W1", **(first if n == 1 else {}))
        for n in range(1, count + 1)
    )


@pytest.fixture
def asked(solved: Callable[[Problem], Any]) -> Callable[[Problem], PersonExplainer]:
    """Questions about the roster of a problem."""
    return lambda problem: PersonExplainer(problem, solved(problem).roster)


def test_the_load_by_hand(make_problem: MakeProblem, asked: Any) -> None:
    """One Saturday, two people with 2 and 0 before: P2 serves; P1 costs 100·(2+0)² = 400, P2 100·(0+1)² = 100."""
    history = (History(person="P1", saturday=2), History(person="P2"))
    explainer = asked(make_problem(policy=POLICY, people=people(2), history=history))
    (one,), (two,) = explainer.loads("P1"), explainer.loads("P2")
    assert (one.line, one.count, one.before, one.could, one.duty_days, one.cost) == (Line.WEEKEND, 0, 2, 1, 1, 400)
    assert (two.count, two.cost, two.mean) == (1, 100, 0.5)


def test_an_exchange_costs_fairness(make_problem: MakeProblem, asked: Any) -> None:
    """Instead of P2, P1 would serve: 100·(2+1)² + 0 = 900 against 400 + 100 = 500."""
    history = (History(person="P1", saturday=2), History(person="P2"))
    explainer = asked(make_problem(policy=POLICY, people=people(2), history=history))
    (duty,) = explainer.why_me("P2", 20).duties
    (other,) = duty.others
    assert (other.person, other.facts) == ("P1", ())
    assert other.cost is not None
    assert [(c.code, c.by) for c in other.cost.changes] == [("T6", 400)]
    assert duty.forbidden is not None
    assert duty.forbidden.exact
    assert [(c.code, c.by) for c in duty.forbidden.changes] == [("T6", 400)]
    assert "T6公平变差400" in duty.forbidden.text


def test_nobody_else_could(make_problem: MakeProblem, asked: Any) -> None:
    leave = Leave(row=2, person="P2", kind=LeaveKind.ANNUAL, first=SATURDAY, last=SATURDAY)
    explainer = asked(make_problem(policy=POLICY, people=people(2), leaves=(leave,)))
    (duty,) = explainer.why_duty(SATURDAY, Line.WEEKEND, "W1", 20)
    assert duty.person == "P1"
    assert [(o.person, [f.kind for f in o.facts]) for o in duty.others] == [("P2", [FactKind.LEAVE])]
    assert duty.forbidden is not None
    # The window would lack one person.
    assert (duty.forbidden.changes[0].code, duty.forbidden.changes[0].by) == ("T2", 1)


def test_why_not_somebody_exempt(make_problem: MakeProblem, asked: Any) -> None:
    explainer = asked(make_problem(policy=POLICY, people=people(2, exempt_from=SATURDAY)))
    answer = explainer.why_not("P1", SATURDAY, Line.WEEKEND, 20)
    assert [fact.kind for fact in answer.facts] == [FactKind.EXEMPTION]
    assert answer.forced is None


def test_why_not_somebody_who_had_more_before(make_problem: MakeProblem, asked: Any) -> None:
    history = (History(person="P1", saturday=2), History(person="P2"))
    explainer = asked(make_problem(policy=POLICY, people=people(2), history=history))
    answer = explainer.why_not("P1", SATURDAY, Line.WEEKEND, 20)
    assert answer.forced is not None
    assert [(c.code, c.by) for c in answer.forced.changes] == [("T6", 400)]
    assert explainer.why_not("P2", SATURDAY, Line.WEEKEND, 20).has_it


def test_an_order_against_the_law_is_impossible(make_problem: MakeProblem, asked: Any) -> None:
    """P1 may serve no weekend at all."""
    explainer = asked(make_problem(policy=POLICY, people=people(2, weekend_cap=0)))
    answer = explainer.why_not("P1", SATURDAY, Line.WEEKEND, 20)
    assert answer.forced == Cost(impossible=True)


def test_people_of_other_parts_do_not_enter(make_problem: MakeProblem, asked: Any) -> None:
    staff = (*people(2), Person(row=9, id="P9", name="员工9", window="W2"))
    windows = (Window(id="W1", name="综合窗口"), Window(id="W2", name="医保窗口"))
    explainer = asked(make_problem(policy=POLICY, people=staff, windows=windows))
    (duty,) = explainer.why_duty(SATURDAY, Line.WEEKEND, "W1", 20)
    assert {other.person for other in duty.others} <= {"P1", "P2"}


def test_the_first_tier_decides_a_price() -> None:
    dear = Cost(changes=(TierChange("T2", "值班缺人", 1), TierChange("T6", "公平", -900)))
    cheap = Cost(changes=(TierChange("T6", "公平", 5000),))
    assert cheap.rank < dear.rank
    assert dear.text == "T2值班缺人变差1"


def test_an_empty_roster_has_nothing_to_tell(make_problem: MakeProblem) -> None:
    explainer = PersonExplainer(make_problem(policy=POLICY), Roster())
    assert explainer.why_me("P1", 5).duties == ()
    assert explainer.why_duty(SUNDAY, Line.WEEKEND, "W1", 5) == ()
