"""The one way from what was read to a `Problem`: every law of the input checked once, every fault told at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from zhiban.model.checks import ERROR, input_complaints, problem_complaints
from zhiban.model.checks_references import without_dangling
from zhiban.model.days import Calendar
from zhiban.model.errors import Complaint, InputError
from zhiban.model.inputs import SETTINGS_SHEET, Inputs
from zhiban.model.policy import Policy, Preset, load_preset
from zhiban.model.problem import Problem
from zhiban.model.records import History, OpeningLot, Person
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
    found += _period_complaints(inputs, bool(found))
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


def _period_complaints(inputs: Inputs, told: bool) -> list[Complaint]:
    """What is wrong with the period; `told`: the reader has complaints already, a missing end among them."""
    first, last = inputs.first, inputs.last
    row = inputs.setting_rows.get("结束日期", 0)
    if first is None or last is None:
        text = "没有排班期间（开始日期、结束日期）"
        return [] if told else [Complaint(SETTINGS_SHEET, 0, "值", "", text, "请填写开始日期和结束日期")]
    days = (last - first).days + 1
    if days < 1:
        text, advice = f"结束日期 {last} 早于开始日期 {first}", f"请改为不早于 {first} 的日期"
    elif days > LONGEST_PERIOD:
        text = f"排班期间从 {first} 到 {last} 有 {days} 天，超过 {LONGEST_PERIOD} 天"
        advice = f"请改为不晚于 {first + timedelta(LONGEST_PERIOD - 1)} 的日期"
    else:
        return []
    return [Complaint(SETTINGS_SHEET, row, "值", last.isoformat(), text, advice)]


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
        opening=(*inputs.opening, *_for_others(inputs.previous_lots, inputs.opening, inputs.people)),
        history=(*inputs.history, *_for_others(inputs.previous_counts, inputs.history, inputs.people)),
        wishes=tuple(inputs.wishes),
        pins=tuple(inputs.pins),
        swaps=tuple(inputs.swaps),
        overtime=tuple(inputs.overtime),
        actuals=tuple(inputs.actuals),
        previous=inputs.previous,
        setting_sources=preset.sources_with(inputs.settings),
        sha256=inputs.sha256,
    )


def _for_others(carried: Sequence[Carried], own: Sequence[Carried], people: Sequence[Person]) -> list[Carried]:
    """The rows of an earlier roster for people of today without a row of their own in the input's sheet."""
    wanted = {person.id for person in people} - {row.person for row in own}
    return [row for row in carried if row.person in wanted]
