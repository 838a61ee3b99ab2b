"""One run of CP-SAT: status by name, value, bound, and the solution as plain numbers."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ortools.sat.python import cp_model

from zhiban.solver.clock import Clock as Clock
from zhiban.solver.linear import Linear, values_of
from zhiban.solver.settings import Settings

FIRST_SLICE = 4.0
"""Deterministic seconds of the first two slices of a restarting search."""
MOST_SLICES = 12
SHORTEST_RUN = 0.01
"""Seconds; CP-SAT takes a limit of 0 for none."""


class Status(StrEnum):
    """What a run ended with."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Attempt:
    """`values` are those of all variables of the model by index; empty without a solution.

    `first` is when the first solution was there (time.monotonic), None without one; `slices` how many a restarting
    search has had in all.
    """

    status: Status
    value: int | None
    bound: int | None
    values: list[int]
    seconds: float
    first: float | None = None
    slices: int = 0

    @property
    def solved(self) -> bool:
        """Whether there is a solution."""
        return self.status in (Status.OPTIMAL, Status.FEASIBLE)


class FirstSolution(cp_model.CpSolverSolutionCallback):
    """Notes when the first solution is found."""

    def __init__(self) -> None:
        super().__init__()
        self.moment: float | None = None

    def on_solution_callback(self) -> None:
        """CP-SAT has found a solution."""
        self.moment = self.moment or time.monotonic()


_STATUS = {
    cp_model.OPTIMAL: Status.OPTIMAL,
    cp_model.FEASIBLE: Status.FEASIBLE,
    cp_model.INFEASIBLE: Status.INFEASIBLE,
    cp_model.UNKNOWN: Status.UNKNOWN,
}


def minimise(
    model: cp_model.CpModel,
    objective: Linear,
    settings: Settings,
    clock: Clock,
    *,
    limit: float | None = None,
    hint: Sequence[int] = (),
    floor: int | None = None,
) -> Attempt:
    """Minimise `objective` within the clock's time (and `limit` seconds); `hint` is a complete earlier solution.

    `floor` is a bound proven elsewhere: it is stated in the model, so that a solution that meets it ends the search.

    A constant objective makes it a search for any solution. Raises ValueError when the model itself is invalid.
    """
    started = time.monotonic()
    seconds = clock.left if limit is None else min(limit, clock.left)
    if clock.stopped.is_set() or seconds <= 0:
        return Attempt(Status.UNKNOWN, None, None, [], 0.0)
    model.clear_objective()
    model.clear_hints()
    constant = objective if isinstance(objective, int) else None
    if constant is None:
        if floor is not None:
            model.add(objective >= floor)
        model.minimize(objective)
    for index, value in enumerate(hint):
        model.add_hint(model.get_int_var_from_proto_index(index), value)
    solver = _solver(settings, max(SHORTEST_RUN, seconds))
    first = FirstSolution()
    clock.enter(solver)
    try:
        status = solver.solve(model, first)
    finally:
        clock.leave(solver)
    if status == cp_model.MODEL_INVALID:
        raise ValueError(model.validate())
    found = _STATUS[status]
    spent = time.monotonic() - started
    if found not in (Status.OPTIMAL, Status.FEASIBLE):
        return Attempt(found, None, None, [], spent)
    values = values_of(solver)
    value = constant if constant is not None else round(solver.objective_value)
    bound = constant if constant is not None else _ceil(solver.best_objective_bound)
    return Attempt(found, value, value if found == Status.OPTIMAL else bound, values, spent, first.moment)


def minimise_restarting(
    model: cp_model.CpModel,
    objective: Linear,
    settings: Settings,
    clock: Clock,
    *,
    limit: float | None = None,
    hint: Sequence[int] = (),
    floor: int | None = None,
    begun: int = 0,
    most: int = MOST_SLICES,
) -> Attempt:
    """As `minimise`, in slices that double, each with another seed and from the best solution so far.

    `begun`: as many slices an earlier search of the same objective has had; this one goes on from there, for `most`
    slices at most.

    How long a proof takes varies by a factor of ten with the seed: whoever starts anew soon seldom meets the worst.
    Slices are in CP-SAT's deterministic time, so that they end at the same point on every machine.
    """
    started = time.monotonic()
    best = Attempt(Status.UNKNOWN, None, None, list(hint), 0.0)
    found: Attempt | None = None
    bound, number = floor, begun
    for number in range(begun, begun + most):
        left = None if limit is None else limit - (time.monotonic() - started)
        if left is not None and left <= 0:
            break
        attempt = minimise(
            model,
            objective,
            replace(settings, seed=settings.seed + number, slice=FIRST_SLICE * 2 ** max(0, number - 1)),
            clock,
            limit=left,
            hint=found.values if found is not None else best.values,
            floor=bound,
        )
        if attempt.status == Status.INFEASIBLE:
            return replace(attempt, seconds=time.monotonic() - started, slices=number + 1)
        if attempt.bound is not None:
            bound = attempt.bound if bound is None else max(bound, attempt.bound)
        if attempt.solved and (found is None or (attempt.value or 0) <= (found.value or 0)):
            found = attempt
        if clock.left <= 0 or (found is not None and found.value == bound) or attempt.status == Status.OPTIMAL:
            break
    seconds = time.monotonic() - started
    if found is None:
        return replace(best, values=[], bound=bound, seconds=seconds, slices=number + 1)
    proven = found.value == bound or found.status == Status.OPTIMAL
    status = Status.OPTIMAL if proven else Status.FEASIBLE
    bound = bound if bound is not None else found.bound
    return replace(found, status=status, bound=bound, seconds=seconds, slices=number + 1)


def _ceil(bound: float) -> int:
    """The least whole number not below a bound that is a float only by its type."""
    nearest = round(bound)
    return nearest if abs(bound - nearest) < 1e-6 * max(1.0, abs(bound)) else int(-(-bound // 1))


def _solver(settings: Settings, seconds: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.max_time_in_seconds = seconds
    parameters.random_seed = settings.seed
    # Ctrl-C is the caller's (`Clock.stop`); CP-SAT's own handler would end one run only and replace Python's for good.
    parameters.catch_sigint_signal = False
    if settings.tuned:
        parameters.num_workers = settings.threads_a_part
        if settings.slice is not None:
            parameters.max_deterministic_time = settings.slice
        parameters.linearization_level = settings.linearization
        parameters.symmetry_level = settings.symmetry
        parameters.max_presolve_iterations = settings.presolve_rounds
    else:
        parameters.num_workers = settings.side_by_side
    return solver
