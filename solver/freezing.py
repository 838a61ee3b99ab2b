"""When entries of an old roster bind a new one, and when they may go (rules.md H10)."""

from zhiban.model.facts_hours import MIDNIGHT
from zhiban.model.kinds import Line, Mode
from zhiban.model.problem import Problem
from zhiban.model.roster import AppointmentRow, DutyRow, LeaveRow, Roster
from zhiban.model.settings import LeaderMode
from zhiban.solver.entries import APPOINTMENT, LEAVE, Entry, appointment_entry, duty_entry, leave_entry

Source = DutyRow | AppointmentRow | LeaveRow
"""A row that an entry stands for."""


def sources_of(problem: Problem, roster: Roster) -> dict[Entry, list[Source]]:
    """The rows behind each entry of a roster."""
    found: dict[Entry, list[Source]] = {}
    for duty in roster.duties:
        if problem.holds(duty.day) and duty.line != Line.CALL_IN:
            found.setdefault(duty_entry(problem, duty), []).append(duty)
    for served in roster.appointments:
        for person in served.people if problem.holds(served.day) else ():
            found.setdefault(appointment_entry(served, person), []).append(served)
    for leave in roster.leaves:
        if problem.holds(leave.day):
            found.setdefault(leave_entry(leave), []).append(leave)
    return found


def unit_of(entry: Entry) -> tuple[object, ...]:
    """The duty, D3 unit or appointment of an entry; leave is a unit of each person's own."""
    if entry.line == APPOINTMENT:
        return (APPOINTMENT, entry.appointment)
    if entry.line == LEAVE:
        return (entry,)
    return (entry.day, entry.line, entry.window, entry.start, entry.end)


def may_go(problem: Problem, entry: Entry, rows: list[Source]) -> bool:
    """Whether a frozen entry need not stand: H2 fails for it now, or what it was for is no more."""
    if entry.person not in problem.person:
        return True
    return any(_gone(problem, entry.person, row) for row in rows)


def _gone(problem: Problem, person: str, row: Source) -> bool:
    if isinstance(row, DutyRow):
        return _duty_gone(problem, row)
    absent = _absent(problem, person, row)
    if isinstance(row, LeaveRow):
        return row.granted or absent or not problem.day(row.day).is_workday
    need = problem.facts.need.get(row.appointment)
    if need is None or need.day != row.day or row.start not in need.starts or row.window not in need.windows:
        return True
    mode = dict(zip(row.people, row.modes, strict=False)).get(person)
    if absent or mode == Mode.AT_POST:
        return absent
    line = Line.CALL_IN if mode == Mode.CALL_IN else problem.facts.line_of(row.day) or Line.LUNCH
    return not problem.facts.available(person, line, row.day, row.start, row.end)


def _absent(problem: Problem, person: str, row: AppointmentRow | LeaveRow) -> bool:
    employed = problem.person[person].employed_on(row.day)
    return not employed or problem.facts.on_leave(person, row.day, row.start, min(row.end, MIDNIGHT))


def _duty_gone(problem: Problem, row: DutyRow) -> bool:
    facts = problem.facts
    if row.line != Line.LEAD:
        slots = [s for s in facts.slots_by_day_line.get((row.day, row.line), ()) if s.window == row.window]
        spans = {(segment.start, segment.end) for slot in slots for segment in slot.segments}
        able = facts.available(row.person, row.line, row.day, row.start, row.end)
        return not able or (row.start, row.end) not in spans
    units = [u for u in facts.units if u.day == row.day and u.group == row.window]
    exempt = problem.policy.leader_mode is LeaderMode.PRESENT and problem.person[row.person].exempt_on(row.day)
    return exempt or not any(facts.may_lead(row.person, u, (row.start, row.end)) for u in units)
