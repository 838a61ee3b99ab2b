"""One run of the search, and the same in slices."""

import pytest
from ortools.sat.python import cp_model

from zhiban.solver.search import Clock, Status, minimise, minimise_restarting
from zhiban.solver.settings import Settings

SETTINGS = Settings(workers=1)
BOTH = pytest.mark.parametrize("run", [minimise, minimise_restarting])


def knapsack(room: int) -> tuple[cp_model.CpModel, cp_model.LinearExpr]:
    """Weights 3, 4, 5 worth 4, 5, 6 in a sack: the least that is left at home."""
    model = cp_model.CpModel()
    taken = [model.new_bool_var("") for _ in range(3)]
    model.add(cp_model.LinearExpr.weighted_sum(taken, [3, 4, 5]) <= room)
    return model, 15 - cp_model.LinearExpr.weighted_sum(taken, [4, 5, 6])


@BOTH
@pytest.mark.parametrize(("room", "value"), [(0, 15), (5, 9), (7, 6), (8, 5), (9, 4), (12, 0)])
def test_the_least_value_with_its_proof(run, room, value):
    model, left = knapsack(room)  # 7 = 3 + 4 (9 of 15), 8 = 3 + 5 (10), 9 = 4 + 5 (11)
    attempt = run(model, left, SETTINGS, Clock(20))
    assert (attempt.status, attempt.value, attempt.bound) == (Status.OPTIMAL, value, value)
    assert attempt.first is not None


@BOTH
def test_no_solution_is_said_so(run):
    model, left = knapsack(-1)
    attempt = run(model, left, SETTINGS, Clock(20))
    assert (attempt.status, attempt.solved, attempt.values) == (Status.INFEASIBLE, False, [])


@BOTH
def test_a_number_asks_for_any_solution(run):
    model, _ = knapsack(5)
    attempt = run(model, 7, SETTINGS, Clock(20))
    assert (attempt.status, attempt.value, attempt.bound) == (Status.OPTIMAL, 7, 7)


@BOTH
def test_after_the_clock_has_stopped_nothing_is_searched(run):
    model, left = knapsack(5)
    clock = Clock(20)
    clock.stop()
    attempt = run(model, left, SETTINGS, clock)
    assert (attempt.status, attempt.solved) == (Status.UNKNOWN, False)


@BOTH
def test_a_bound_known_before_ends_the_search(run):
    model, left = knapsack(9)
    attempt = run(model, left, SETTINGS, Clock(20), floor=4, hint=[0, 1, 1])
    assert (attempt.status, attempt.value, attempt.values) == (Status.OPTIMAL, 4, [0, 1, 1])


def test_an_invalid_model_raises():
    model = cp_model.CpModel()
    huge = model.new_int_var(0, 2**62, "")
    model.add(huge * 2**10 <= 5)
    with pytest.raises(ValueError):
        minimise(model, huge, SETTINGS, Clock(20))
