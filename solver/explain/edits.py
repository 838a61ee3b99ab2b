"""Problems with something changed, as a question supposes it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from zhiban.model.problem import Problem
from zhiban.model.records import Person, Record

AnyRecord = TypeVar("AnyRecord", bound=Record)


def edited(problem: Problem, **changes: object) -> Problem:
    """The problem with some fields replaced.

    Not by model_copy: that would carry along what was already worked out for the old problem (`facts` and the like).
    """
    fields: dict[str, Any] = {name: getattr(problem, name) for name in Problem.model_fields}
    fields.update(changes)
    return Problem.model_construct(**fields)


def with_policy(problem: Problem, **changes: object) -> Problem:
    """The problem under other settings."""
    return edited(problem, policy=problem.policy.model_copy(update=changes))


def with_person(problem: Problem, person: str, change: Callable[[Person], dict[str, object]]) -> Problem:
    """The problem with some fields of one person replaced."""
    people = (p.model_copy(update=change(p)) if p.id == person else p for p in problem.people)
    return edited(problem, people=tuple(people))


def without(records: Sequence[AnyRecord], gone: Iterable[Record]) -> tuple[AnyRecord, ...]:
    """The records but those given."""
    gone = list(gone)
    return tuple(record for record in records if record not in gone)
