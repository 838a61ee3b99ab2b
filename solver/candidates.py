"""At which times of a day an appointment may be offered."""

from datetime import date

from zhiban.model.facts_hours import Range
from zhiban.model.kinds import SegmentKind
from zhiban.model.problem import Problem

WORKING = (SegmentKind.WORKDAY_MORNING, SegmentKind.WORKDAY_AFTERNOON)


def day_starts(problem: Problem, day: date, minutes: int) -> list[int]:
    """Starts 预约步长 apart from the opening of each of the day's segments on, the whole length within it."""
    step = problem.policy.start_step
    found = {s for start, end in day_ranges(problem, day) for s in range(start, end - minutes + 1, step)}
    return sorted(found)


def day_ranges(problem: Problem, day: date) -> list[Range]:
    """The working halves of a workday; elsewhere the line's segments, or the usual hours where it has none.

    A 节假日 served by appointment only has no hours of its own: those of weekends, else of workdays, are offered.
    """
    facts = problem.facts
    halves = facts.halves(day)
    if halves:
        return list(halves.values())
    line = facts.line_of(day)
    own = [(s.start, s.end) for s in facts.line_segments(line, day)] if line is not None else []
    if own:
        return own
    usual = [r for r in problem.segments if r.kind == SegmentKind.WEEKEND]
    usual = usual or [r for r in problem.segments if r.kind in WORKING]
    return sorted({(row.start, row.end) for row in usual})
