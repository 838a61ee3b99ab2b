"""An old roster read against new facts: its rows as they would be written today.

Who does what stays; what follows from the input is worked out again: credits, holders of posts, granted leave,
appointments that are no more.
"""

from collections.abc import Collection
from dataclasses import replace

from zhiban.model.kinds import Line, Role
from zhiban.model.problem import Problem
from zhiban.model.roster import AppointmentRow, DutyRow, Roster
from zhiban.model.segments import Segment
from zhiban.model.settings import Granularity, LeaderMode
from zhiban.solver.rows import finished_rows, stand_in_rows


def refreshed(problem: Problem, old: Roster) -> Roster:
    """The old roster with everything that follows from the input brought up to date."""
    known = set(problem.person)
    appointments = [_appointment_row(problem, old, need_id, window) for need_id, window in _needed(problem)]
    duties = [r for r in old.duties if r.person in known and problem.holds(r.day) and _still_served(problem, r)]
    duties = list(dict.fromkeys(row for r in duties for row in _laid(problem, r, appointments)))
    served = {(row.appointment, row.window, p) for row in appointments for p in row.people}
    duties = [_duty_row(problem, r, duties, served) for r in duties]
    leaves = [r for r in old.leaves if not r.granted and r.person in known and problem.holds(r.day)]
    leaves += problem.facts.granted
    return Roster.of(finished_rows(problem, duties), leaves, stand_in_rows(problem, leaves), appointments)


def _needed(problem: Problem) -> list[tuple[str, str]]:
    return [(need.id, window) for need in problem.facts.needs for window in need.windows]


def _still_served(problem: Problem, row: DutyRow) -> bool:
    """Whether a call-in's appointment is still accepted, at its date and start."""
    if row.line != Line.CALL_IN:
        return True
    needs = [problem.facts.need[a] for a in row.appointments if a in problem.facts.need]
    return any(n.day == row.day and row.start in n.starts and row.end == row.start + n.duration for n in needs)


def _laid(problem: Problem, row: DutyRow, appointments: Collection[AppointmentRow]) -> list[DutyRow]:
    """A row on the segments that its duty has now: itself, other ones (the hours have changed), none (no such duty).

    In 半天 another segment is another duty, and nobody is put there.
    """
    if row.line == Line.CALL_IN:
        return [row]
    spans = _lead_spans(problem, row, appointments) if row.line == Line.LEAD else _duty_spans(problem, row)
    if (row.start, row.end) in {(start, end) for start, end, _ in spans}:
        return [row]
    if problem.policy.granularity is Granularity.HALF:
        return []
    return [replace(row, start=start, end=end, segment=name, appointments=()) for start, end, name in spans]


def _duty_spans(problem: Problem, row: DutyRow) -> list[tuple[int, int, str]]:
    slots = [s for s in problem.facts.slots_by_day_line.get((row.day, row.line), ()) if s.window == row.window]
    return [(s.start, s.end, s.name) for slot in slots for s in slot.segments]


def _lead_spans(problem: Problem, row: DutyRow, appointments: Collection[AppointmentRow]) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    for unit in problem.facts.units:
        if unit.day == row.day and unit.group == row.window:
            ids = {need.id for need in unit.needs}
            served = [(a.start, a.end) for a in appointments if a.appointment in ids]
            if unit.by_appointment and served:
                spans.append((min(s for s, _ in served), max(e for _, e in served), row.segment))
            spans += [(s.start, s.end, s.name) for s in unit.segments]
    return spans


def _appointment_row(problem: Problem, old: Roster, need_id: str, window: str) -> AppointmentRow:
    need = problem.facts.need[need_id]
    role = Role.HOST if window == need.windows[0] else Role.ASSIST
    before = [r for r in old.appointments if r.appointment == need_id]
    start = next((r.start for r in before if r.day == need.day and r.start in need.starts), None)
    if start is None:
        first = need.starts[0]
        return AppointmentRow(need_id, window, need.day, first, first + need.duration, role=role)
    row = next((r for r in before if r.window == window), None)
    kept = [(p, m) for p, m in zip(row.people, row.modes, strict=False) if p in problem.person] if row else []
    kept = kept[: need.count]
    return AppointmentRow(
        need_id, window, need.day, start, start + need.duration,
        tuple(p for p, _ in kept), tuple(m for _, m in kept), role, len(kept) == need.count,
    )  # fmt: skip


def _duty_row(
    problem: Problem, row: DutyRow, rows: Collection[DutyRow], served: Collection[tuple[str, str, str]]
) -> DutyRow:
    facts = problem.facts
    inside = tuple(a for a in row.appointments if (a, row.window, row.person) in served)
    if row.line == Line.CALL_IN:
        credit = facts.call_in_credit(row.day, row.start, row.end)
    elif row.line == Line.LEAD:
        alone = problem.policy.leader_mode is LeaderMode.PRESENT and not _on_the_spot(problem, row, rows)
        credit = facts.credited(Line.LEAD, row.end - row.start, row.day) if alone else 0
    else:
        segment = _segment(problem, row)
        credit = facts.duty_credit(row.person, row.line, row.window, row.day, segment) if segment else row.credited
    if (credit, inside) == (row.credited, row.appointments):
        return row
    return replace(row, credited=credit, appointments=inside)


def _segment(problem: Problem, row: DutyRow) -> Segment | None:
    segments = problem.facts.line_segments(row.line, row.day)
    return next((s for s in segments if (s.start, s.end) == (row.start, row.end)), None)


def _on_the_spot(problem: Problem, lead: DutyRow, rows: Collection[DutyRow]) -> bool:
    """Whether a leader leads beside a row of his own in one of the group's windows."""
    windows = problem.facts.leader_groups.get(lead.window, ())
    return any(
        r.person == lead.person
        and r.day == lead.day
        and r.line != Line.LEAD
        and r.window in windows
        and (r.line == Line.CALL_IN or (r.start, r.end) == (lead.start, lead.end))
        for r in rows
    )
