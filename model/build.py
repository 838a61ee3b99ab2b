"""The one way from what was read to a `Problem`: every law of the input checked once, every fault told at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from zhiban.model.checks import ERROR, input_complaints, problem_complaints
from zhiban.model.checks_references import without_dangling
from zhiban.model.days import Calendar
from zhiban.model.errors import Complaint, InputError
from zhiban.model.inputs import Inputs
from zhiban.model.policy import Policy, Preset, load_preset
from zhiban.model.problem import Problem
from zhiban.model.records import History, OpeningLot
from zhiban.model.segments import merged_rows

LONGEST_PERIOD = 366
"""Days of a period (workbook.md)."""

Carried = TypeVar("Carried", OpeningLot, History)


@dataclass(frozen=True, slots=True)
class Built:
    """A valid problem, and what should be said of its input (提醒 and 提示)."""

    problem: Problem
    remarks: tuple[Complaint, ...]


def build_problem(inputs: Inputs, complaints: list[Complaint] | None = None) -> Built:
    """The problem of an input; `complaints` are those the reader has already. Raises InputError with all of them."""
    found = list(complaints or [])
    preset, policy = _policy(inputs, found)
    found += input_complaints(inputs)
    sound = without_dangling(inputs, found)
    problem = _problem(sound, preset, policy)
    if problem is not None:
        found += problem_complaints(problem, sound)
    if any(complaint.weight == ERROR for complaint in found) or problem is None:
        raise InputError(found)
    return Built(problem, tuple(found))


def _policy(inputs: Inputs, found: list[Complaint]) -> tuple[Preset | None, Policy | None]:
    """Preset and policy; faults are told, and the values that are wrong left out."""
    if not inputs.preset and found:
        return None, None
    try:
        preset = load_preset(inputs.preset)
    except InputError as error:
        found += error.complaints
        return None, None
    try:
        return preset, preset.policy_with(inputs.settings, inputs.setting_rows)
    except InputError as error:
        found += error.complaints
        return preset, preset.policy


def _problem(inputs: Inputs, preset: Preset | None, policy: Policy | None) -> Problem | None:
    if preset is None or policy is None or inputs.first is None or inputs.last is None:
        return None
    if not timedelta(0) <= inputs.last - inputs.first < timedelta(LONGEST_PERIOD):
        return None
    return Problem(
        center=inputs.center,
        preset=preset.name,
        policy=policy,
        first=inputs.first,
        last=inputs.last,
        calendar=Calendar(inputs.holidays, policy.books_spring),
        segments=merged_rows(preset.segments, inputs.segments),
        channels=preset.channels,
        windows=tuple(inputs.windows),
        people=tuple(inputs.people),
        posts=tuple(inputs.posts),
        demand_rows=tuple(inputs.demand_rows),
        leaders=tuple(inputs.leaders),
        leaves=tuple(inputs.leaves),
        items=tuple(inputs.items),
        appointments=tuple(inputs.appointments),
        opening=(*inputs.opening, *_for_others(inputs.previous_lots, inputs.opening)),
        history=(*inputs.history, *_for_others(inputs.previous_counts, inputs.history)),
        wishes=tuple(inputs.wishes),
        pins=tuple(inputs.pins),
        swaps=tuple(inputs.swaps),
        overtime=tuple(inputs.overtime),
        actuals=tuple(inputs.actuals),
        previous=inputs.previous,
        setting_sources=preset.sources_with(inputs.settings),
        sha256=inputs.sha256,
    )


def _for_others(carried: Sequence[Carried], own: Sequence[Carried]) -> list[Carried]:
    """The rows of an earlier roster for people without a row of their own in the input's sheet."""
    stated = {row.person for row in own}
    return [row for row in carried if row.person not in stated]
