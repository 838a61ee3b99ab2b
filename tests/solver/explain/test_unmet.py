"""Each kind of unmet demand explained, on centres small enough to know the answer by hand."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from zhiban.model.kinds import LeaveKind, Line, PinMode
from zhiban.model.problem import Problem
from zhiban.model.records import Appointment, Item, LeaderRow, Leave, Person, Pin, Post, Window
from zhiban.model.roster import Outcome
from zhiban.solver.explain.fact import FactKind
from zhiban.solver.explain.unmet import Explainer, UnmetExplanation

MakeProblem = Callable[..., Problem]
FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 12, day) for day in (4, 5, 6, 7))
NO_LUNCH_SATURDAY = {"weekend_service": "仅周六"}


def person(number: int, window: str = "W1", **more: Any) -> Person:
    """P1, P2, …"""
    return Person(row=number + 1, id=f"P{number}", name=f"员工{number}", window=window, **more)


def away(number: int, kind: LeaveKind = LeaveKind.TRAINING, first: date = SATURDAY, last: date = SATURDAY) -> Leave:
    """Leave in row `number` + 1."""
    return Leave(row=number + 1, person=f"P{number}", kind=kind, first=first, last=last)


@pytest.fixture
def explained(solved: Callable[[Problem], Outcome]) -> Callable[..., UnmetExplanation]:
    """The explanation of the only unmet demand with a code, or of the first of them."""

    def explain(problem: Problem, code: str) -> UnmetExplanation:
        outcome = solved(problem)
        finding = next(f for f in outcome.judgement.unmet if f.code == code)
        found = Explainer(problem, outcome.roster, outcome.judgement).unmet(finding, 30)
        assert found is not None
        assert found.proven
        return found

    return explain


def kinds(found: UnmetExplanation) -> list[tuple[FactKind, str]]:
    """Kinds and people of the conflict."""
    return sorted((fact.kind, fact.person) for fact in found.conflict)


def test_everybody_of_a_window_is_away(make_problem: MakeProblem, explained: Any) -> None:
    problem = make_problem(
        policy=NO_LUNCH_SATURDAY,
        people=(person(1), person(2)),
        leaves=(away(1), away(2, LeaveKind.SICK)),
    )
    found = explained(problem, "D1")
    assert kinds(found) == [(FactKind.LEAVE, "P1"), (FactKind.LEAVE, "P2")]
    assert {fact.cell for fact in found.conflict} == {"请假外出!第2行", "请假外出!第3行"}
    assert [(p.person, p.code) for p in found.people] == [("P1", "H2"), ("P2", "H2")]
    # Illness cannot be asked to move; training can.
    assert [repair.text for repair in found.repairs] == ["员工1(P1)12月5日的培训改期"]
    assert {row.person for row in found.repairs[0].rows} == {"P1"}


def test_a_superfluous_leave_is_left_out(make_problem: MakeProblem, explained: Any) -> None:
    """P1 both on leave and not taking part in weekends: one of the two facts is enough to force it."""
    problem = make_problem(policy=NO_LUNCH_SATURDAY, people=(person(1, joins_weekend=False),), leaves=(away(1),))
    found = explained(problem, "D1")
    assert len(found.conflict) == 1
    assert found.conflict[0].kind in (FactKind.LEAVE, FactKind.JOINS)
    assert [len(repair.facts) for repair in found.repairs] == [2]


def test_exemption_is_named_and_never_offered(make_problem: MakeProblem, explained: Any) -> None:
    problem = make_problem(policy=NO_LUNCH_SATURDAY, people=(person(1, exempt_from=FRIDAY, exempt_reason="哺乳期"),))
    found = explained(problem, "D1")
    assert kinds(found) == [(FactKind.EXEMPTION, "P1")]
    assert "哺乳期" in found.conflict[0].text
    assert found.repairs == ()


def test_not_yet_employed(make_problem: MakeProblem, explained: Any) -> None:
    found = explained(make_problem(policy=NO_LUNCH_SATURDAY, people=(person(1, hired=MONDAY),)), "D1")
    assert kinds(found) == [(FactKind.EMPLOYMENT, "P1")]


def test_a_weekend_cap(make_problem: MakeProblem, explained: Any) -> None:
    found = explained(make_problem(policy=NO_LUNCH_SATURDAY, people=(person(1, weekend_cap=0),)), "D1")
    assert kinds(found) == [(FactKind.WEEKEND_CAP, "P1")]
    assert [(p.person, p.code) for p in found.people] == [("P1", "H6")]
    assert found.repairs[0].text == "员工1(P1)本月周末上限由0放宽为1"


def test_days_in_a_row(make_problem: MakeProblem, explained: Any) -> None:
    """Monday to Sunday are seven days: with 最多 6 in a row, one person cannot serve both Saturday and Sunday."""
    problem = make_problem(first=date(2026, 12, 7), last=date(2026, 12, 13), people=(person(1),))
    found = explained(problem, "D1")
    assert [fact.kind for fact in found.conflict] == [FactKind.REST]
    assert [(p.person, p.code) for p in found.people] == [("P1", "H5")]
    assert found.repairs == ()


def test_a_pin_that_closes_a_window(make_problem: MakeProblem, explained: Any) -> None:
    closing = Pin(row=5, day=SATURDAY, line=Line.WEEKEND, window="W1", mode=PinMode.MUST_NOT)
    found = explained(make_problem(policy=NO_LUNCH_SATURDAY, pins=(closing,)), "D1")
    assert [(fact.kind, fact.cell) for fact in found.conflict] == [(FactKind.PIN, "指定与锁定!第5行")]
    assert found.repairs[0].facts[0].kind == FactKind.PIN


def test_a_stand_in_is_borrowed_from_the_neighbour(make_problem: MakeProblem, explained: Any) -> None:
    problem = make_problem(
        policy=NO_LUNCH_SATURDAY,
        windows=(Window(id="W1", name="社保窗口"), Window(id="W2", name="医保窗口")),
        people=(person(1), person(2, "W2"), person(3, "W2")),
        leaves=(away(1, LeaveKind.SICK),),
    )
    found = explained(problem, "D1")
    assert {fact.kind for fact in found.conflict} == {FactKind.LEAVE, FactKind.STAND_IN}
    assert "从医保窗口(W2)借" in found.repairs[0].text
    assert {row.window for row in found.repairs[0].rows} == {"W1"}


def test_more_demanded_than_there_are_people(make_problem: MakeProblem, explained: Any) -> None:
    windows = (Window(id="W1", name="综合窗口", weekend_minimum=3),)
    found = explained(make_problem(policy=NO_LUNCH_SATURDAY, windows=windows, people=(person(1),)), "D1")
    assert [fact.kind for fact in found.conflict] == [FactKind.DEMAND]
    assert found.finding.amount == 2


def test_a_post_without_b(make_problem: MakeProblem, explained: Any) -> None:
    problem = make_problem(
        policy={"weekend_service": "不开"},
        people=(person(1), person(2)),
        posts=(Post(row=2, id="K1", name="社保岗", window="W1", a="P1"),),
        leaves=(away(1, LeaveKind.SICK, MONDAY, MONDAY),),
    )
    found = explained(problem, "D2")
    assert {fact.kind for fact in found.conflict} == {FactKind.LEAVE, FactKind.B_ROLE}
    assert found.repairs[0].text == "社保岗(K1)增设B角员工2(P2)"


def test_a_leader_group_without_leader(make_problem: MakeProblem, explained: Any) -> None:
    problem = make_problem(
        policy={**NO_LUNCH_SATURDAY, "leader_scope": "全中心"},
        leaders=(LeaderRow(row=2, person="P1", unavailable=(SATURDAY,)),),
    )
    found = explained(problem, "D3")
    assert (FactKind.UNAVAILABLE, "P1") in kinds(found)
    assert found.repairs[0].facts[0].kind == FactKind.UNAVAILABLE
    assert {row.line for row in found.repairs[0].rows} == {Line.LEAD}


def test_an_appointment_that_nobody_may_serve(make_problem: MakeProblem, explained: Any) -> None:
    problem = make_problem(
        policy={"weekend_service": "不开"},
        people=(person(1, items=("X2",)),),
        items=(Item(id="X1", name="社保卡", host="W1", minutes=60), Item(id="X2", name="其他", host="W1", minutes=60)),
        appointments=(
            Appointment(row=2, id="Y1", registered="2026-12-01T09:00", channel="电话", applicant="申请人", phone="1",
                        item="X1", day=MONDAY, start=600, state="已登记"),  # type: ignore[arg-type]
        ),
    )  # fmt: skip
    found = explained(problem, "D4")
    assert kinds(found) == [(FactKind.ITEMS, "P1")]
    assert [(p.person, p.code) for p in found.people] == [("P1", "H3")]


def test_what_could_be_met_is_called_avoidable(make_problem: MakeProblem, solved: Any) -> None:
    """A roster made by hand that leaves the Saturday empty although everybody is free."""
    from zhiban.model.roster import Roster
    from zhiban.solver.verify import judge

    problem = make_problem(policy=NO_LUNCH_SATURDAY)
    judgement = judge(problem, Roster())
    found = Explainer(problem, Roster(), judgement).unmet(judgement.unmet[0], 30)
    assert found is not None
    assert found.avoidable
    assert found.conflict == ()


def test_lifting_carries_nothing_over(make_problem: MakeProblem) -> None:
    """What was worked out for a problem does not survive into the problem without the fact."""
    from zhiban.solver.explain.edits import edited

    problem = make_problem(policy=NO_LUNCH_SATURDAY, people=(person(1),), leaves=(away(1),))
    slot = problem.facts.slots[0]
    assert not problem.facts.may_work("P1", slot)
    assert edited(problem, leaves=()).facts.may_work("P1", slot)
