"""What two rosters of one period are compared by: their entries (rules.md T5b, H10)."""

from datetime import date
from typing import NamedTuple

from zhiban.model.kinds import Half, Line
from zhiban.model.problem import Problem
from zhiban.model.roster import AppointmentRow, DutyRow, LeaveRow, Roster
from zhiban.model.settings import Granularity


class Entry(NamedTuple):
    """One thing a person is told: a duty or a unit led, an appointment with its start, or a half of comp leave.

    `start` and `end` tell segments apart in 半天, `start` appointments everywhere; elsewhere they are 0.
    """

    person: str
    day: date
    line: str
    """A line's value; 预约 for an appointment (its 应约 row is the same entry), 调休 for leave."""
    window: str = ""
    start: int = 0
    end: int = 0
    appointment: str = ""
    half: Half | None = None


APPOINTMENT = "预约"
LEAVE = "调休"


def duty_entry(problem: Problem, row: DutyRow) -> Entry:
    """The entry of a row of a standing line or of 带班."""
    by_segment = problem.policy.granularity is Granularity.HALF
    start, end = (row.start, row.end) if by_segment else (0, 0)
    return Entry(row.person, row.day, row.line.value, row.window, start, end)


def appointment_entry(row: AppointmentRow, person: str) -> Entry:
    """The entry of one person of a row of 预约明细."""
    return Entry(person, row.day, APPOINTMENT, row.window, row.start, appointment=row.appointment)


def leave_entry(row: LeaveRow) -> Entry:
    """The entry of a row of 调休明细."""
    return Entry(row.person, row.day, LEAVE, half=row.half)


def entries_of(problem: Problem, roster: Roster) -> set[Entry]:
    """The entries of a roster on the dates of the problem's period."""
    found = {duty_entry(problem, r) for r in roster.duties if problem.holds(r.day) and r.line != Line.CALL_IN}
    found |= {appointment_entry(r, p) for r in roster.appointments if problem.holds(r.day) for p in r.people}
    return found | {leave_entry(r) for r in roster.leaves if problem.holds(r.day)}


def changed_entries(problem: Problem, old: Roster, new: Roster) -> set[Entry]:
    """The entries in one roster and not in the other (T5b)."""
    return entries_of(problem, old) ^ entries_of(problem, new)
