"""Tiny centres for tests: a small Problem built from records directly, every part open to be overridden."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest

from zhiban.model.days import Calendar, HolidayRow
from zhiban.model.kinds import SegmentKind
from zhiban.model.policy import Policy, load_preset
from zhiban.model.problem import Problem
from zhiban.model.records import Person, Window
from zhiban.model.segments import SegmentRow

MakeProblem = Callable[..., Problem]

FRIDAY = date(2026, 12, 4)
MONDAY = date(2026, 12, 7)

SEGMENTS = (
    SegmentRow(name="上午", kind=SegmentKind.WORKDAY_MORNING, start=540, end=720),
    SegmentRow(name="下午", kind=SegmentKind.WORKDAY_AFTERNOON, start=780, end=1020),
    SegmentRow(name="午间", kind=SegmentKind.LUNCH, start=720, end=780),
    SegmentRow(name="上午", kind=SegmentKind.WEEKEND, start=540, end=720),
    SegmentRow(name="下午", kind=SegmentKind.WEEKEND, start=780, end=960),
    SegmentRow(name="上午", kind=SegmentKind.HOLIDAY, start=540, end=720),
    SegmentRow(name="下午", kind=SegmentKind.HOLIDAY, start=780, end=960),
)
"""Halves of 180 and 240 minutes, lunch of 60, weekends and holidays of 180 and 180."""

STANDING = {"weekend_service": "周六日", "weekend_mode": "值班", "holiday_mode": "值班"}
"""What the tiny centre sets beyond 自定义: standing weekends and holidays, no lunch, no leaders."""


def build_problem(
    *,
    policy: dict[str, Any] | None = None,
    holidays: Iterable[HolidayRow] = (),
    segments: Iterable[SegmentRow] = SEGMENTS,
    **records: Any,
) -> Problem:
    """A Problem of one window W1 with P1, P2, P3, from Friday 2026-12-04 to Monday 2026-12-07.

    `policy` holds fields of Policy to override, `holidays` rows of 放假安排; anything else is a field of Problem.
    """
    preset = load_preset("自定义")
    fields = {name: getattr(preset.policy, name) for name in Policy.model_fields}
    rules = Policy.model_validate({**fields, **STANDING, **(policy or {})}, by_name=True)
    defaults: dict[str, Any] = {
        "center": "清河区政务服务中心",
        "preset": "自定义",
        "policy": rules,
        "first": FRIDAY,
        "last": MONDAY,
        "calendar": Calendar(holidays, rules.books_spring),
        "segments": tuple(segments),
        "channels": preset.channels,
        "windows": (Window(id="W1", name="综合窗口"),),
        "people": tuple(Person(id=f"P{n}", name=f"员工{n}", window="W1") for n in (1, 2, 3)),
    }
    return Problem(**{**defaults, **records})


@pytest.fixture(scope="session")
def make_problem() -> MakeProblem:
    """Builds a tiny Problem; see build_problem for what can be overridden."""
    return build_problem
