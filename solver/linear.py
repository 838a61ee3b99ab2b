"""Variables and linear expressions of CP-SAT, typed: OR-tools leaves some of its own functions without types."""

from collections.abc import Sequence
from typing import Any

from ortools.sat.python import cp_model

Lit = cp_model.IntVar
"""A variable; mostly a boolean one."""
Literal = cp_model.BoolVarT
"""A boolean variable or its negation."""
Linear = cp_model.LinearExpr | int
"""A sum of variables, or a number."""


def summed(terms: Sequence[cp_model.LinearExpr]) -> cp_model.LinearExpr:
    """Σ of terms."""
    expression: cp_model.LinearExpr = cp_model.LinearExpr.sum(terms)  # pyright: ignore[reportUnknownMemberType]
    return expression


def weighted(terms: Sequence[cp_model.LinearExpr], weights: Sequence[int]) -> cp_model.LinearExpr:
    """Σ of terms times weights."""
    return cp_model.LinearExpr.weighted_sum(terms, weights)  # pyright: ignore[reportUnknownMemberType]


def total(terms: Sequence[Linear]) -> Linear:
    """Σ of terms, constants allowed; a number where no variable is among them."""
    constant = sum(t for t in terms if isinstance(t, int))
    variables = [t for t in terms if not isinstance(t, int)]
    return summed(variables) + constant if variables else constant


def flat_terms(expression: cp_model.LinearExpr) -> tuple[int, list[tuple[Lit, int]]]:
    """The constant of an expression, and its variables with their weights."""
    flat: Any = cp_model.FlatIntExpr(expression)
    pairs = zip(flat.vars, flat.coeffs, strict=True)
    return int(flat.offset), [(variable, int(weight)) for variable, weight in pairs]


def bounds_of(variable: Lit) -> tuple[int, int]:
    """The least and the greatest value of a variable's domain."""
    if variable.is_boolean:
        return 0, 1
    domain: Any = variable.domain
    return domain.min(), domain.max()


def only_if(constraint: cp_model.Constraint, literal: Literal) -> None:
    """Enforce a constraint only where a literal holds."""
    constraint.only_enforce_if(literal)  # pyright: ignore[reportUnknownMemberType]


def values_of(solver: cp_model.CpSolver) -> list[int]:
    """The values of all variables of a solved model, by index."""
    response: Any = solver.response_proto
    return list(response.solution)


def value_of(expression: Linear, values: Sequence[int]) -> int:
    """The value of an expression where the variables have these values by index."""
    if isinstance(expression, int):
        return expression
    offset, terms = flat_terms(expression)
    return offset + sum(weight * values[variable.index] for variable, weight in terms)


def size_of(model: cp_model.CpModel) -> tuple[int, int]:
    """How many variables and constraints a model has."""
    proto: Any = model.proto
    return len(proto.variables), len(proto.constraints)
