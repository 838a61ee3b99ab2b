"""Contradictory pins: a clashing set from which none can be left out, named by cell."""

from collections.abc import Callable
from datetime import date

import pytest
from ortools.sat.python import cp_model

from zhiban.model.errors import ContradictionError
from zhiban.model.kinds import LeaveKind, PinMode
from zhiban.model.problem import Problem
from zhiban.model.records import Leave, Person, Pin
from zhiban.solver.build import build
from zhiban.solver.building.pins import pins_of
from zhiban.solver.clash import smallest_clash
from zhiban.solver.draft import Draft
from zhiban.solver.explain.edits import edited
from zhiban.solver.parts import split, whole
from zhiban.solver.settings import Settings
from zhiban.solver.solve import solve

MakeProblem = Callable[..., Problem]
SATURDAY = date(2026, 12, 5)
QUICK = Settings(seconds=20, workers=1)


def december(day: int) -> date:
    """A date of December 2026: 5, 6, 12, 13, 19, 20 are weekends."""
    return date(2026, 12, day)


def pin(row: int, day: date, person: str, mode: PinMode = PinMode.MUST, **more: object) -> Pin:
    """A pin of weekend duty."""
    return Pin(row=row, day=day, line="周末", person=person, mode=mode, **more)  # type: ignore[arg-type]


def possible(problem: Problem) -> bool:
    """Whether there is a lawful roster at all, found out by solving."""
    try:
        solve(problem, QUICK)
    except ContradictionError:
        return False
    return True


def assert_minimal(problem: Problem, clash: list[Pin]) -> None:
    """The pins alone cannot hold; without any one of them they can."""
    assert not possible(edited(problem, pins=tuple(clash)))
    for one in clash:
        assert possible(edited(problem, pins=tuple(p for p in clash if p != one)))


def clash_of(problem: Problem) -> list[Pin]:
    """The clash of the centre, all of it pins."""
    found = [demand for part in split(problem) for demand in smallest_clash(problem, part)]
    pins = [demand for demand in found if isinstance(demand, Pin)]
    assert len(pins) == len(found)
    return pins


def test_must_against_must_not(make_problem: MakeProblem) -> None:
    pins = (pin(2, SATURDAY, "P1"), pin(3, SATURDAY, "P2"), pin(4, SATURDAY, "P1", PinMode.MUST_NOT))
    problem = make_problem(pins=pins)
    assert clash_of(problem) == [pins[0], pins[2]]
    assert_minimal(problem, clash_of(problem))


def test_a_pin_on_somebody_on_leave_clashes_alone(make_problem: MakeProblem) -> None:
    leave = Leave(person="P1", kind=LeaveKind.ANNUAL, first=SATURDAY, last=SATURDAY)
    problem = make_problem(pins=(pin(2, SATURDAY, "P1"), pin(3, SATURDAY, "P2")), leaves=(leave,))
    assert [found.row for found in clash_of(problem)] == [2]
    assert_minimal(problem, clash_of(problem))


def test_more_pins_than_the_weekend_cap_allows(make_problem: MakeProblem) -> None:
    """Two dates are allowed; any three of the four pins clash, so a minimal set has three."""
    people = (Person(row=2, id="P1", name="员工1", window="W1", weekend_cap=2),)
    pins = tuple(pin(n, december(day), "P1") for n, day in enumerate((5, 12, 19, 26), 2))
    problem = make_problem(first=december(4), last=december(28), people=people, pins=pins)
    clash = clash_of(problem)
    assert len(clash) == 3
    assert_minimal(problem, clash)


def test_the_error_names_the_cells(make_problem: MakeProblem) -> None:
    pins = (
        pin(7, SATURDAY, "P1"),
        pin(9, SATURDAY, "P1", PinMode.MUST_NOT, source="值班表!D6"),
        pin(11, SATURDAY, "P2"),
    )
    with pytest.raises(ContradictionError) as raised:
        solve(make_problem(pins=pins), QUICK)
    told = "\n".join(raised.value.clash)
    assert "指定与锁定!第7行" in told
    assert "值班表!D6" in told
    assert "第11行" not in told


def raw_core(problem: Problem) -> list[Pin]:
    """What CP-SAT itself names as a sufficient set of assumptions."""
    draft = Draft(problem, whole(problem)[0], exact_posts=True, switched=True)
    build(draft)
    switches = {p: draft.pin_switches[p] for p in dict.fromkeys(pins_of(draft))}
    model = draft.model.clone()
    model.add_assumptions(switches.values())
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.INFEASIBLE
    named = set(solver.sufficient_assumptions_for_infeasibility())
    return [p for p, switch in switches.items() if switch.index in named]


@pytest.fixture(scope="module")
def tangled(make_problem: MakeProblem) -> Problem:
    """Pins on a Sunday and the Saturday after it leave no day of rest; the search's core takes one more along."""
    people = tuple(
        Person(row=n + 1, id=f"P{n}", name=f"员工{n}", window="W1", weekend_cap=cap)
        for n, cap in ((1, 2), (2, 2), (3, None))
    )
    pins = (
        pin(2, december(12), "P1"),
        pin(3, december(12), "P1"),
        pin(4, december(13), "P2"),
        pin(5, december(6), "P2"),
        pin(6, december(19), "P2"),
        pin(7, december(19), "P3"),
        pin(8, december(6), "P1", PinMode.MUST_NOT),
        pin(9, december(19), "P1", PinMode.MUST_NOT),
    )
    return make_problem(first=december(4), last=december(19), people=people, pins=pins)


def test_the_raw_core_of_the_search_is_not_minimal_and_ours_is(tangled: Problem) -> None:
    core, ours = raw_core(tangled), clash_of(tangled)
    assert not possible(edited(tangled, pins=tuple(core)))
    assert any(not possible(edited(tangled, pins=tuple(p for p in core if p != one))) for one in core)
    assert_minimal(tangled, ours)
    assert [found.row for found in ours] == [4, 6]
