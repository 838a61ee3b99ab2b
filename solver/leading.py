"""Who leads each unit, as the rows of the line 带班 say (rules.md D3)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from zhiban.model.demand import LeaderUnit
from zhiban.model.facts_hours import Range
from zhiban.model.kinds import Line
from zhiban.model.roster import DutyRow
from zhiban.model.settings import LeaderMode

if TYPE_CHECKING:
    from zhiban.solver.view import RosterView


@dataclass(frozen=True, slots=True)
class Leading:
    """One person's rows on one unit. `whole`: on every piece of it; `alone`: 在岗 without a duty row of the group.

    A person who neither has the rows of 在岗 nor may lead alone leads by no right: `alone` is False, `present` too.
    """

    unit: LeaderUnit
    person: str
    rows: tuple[DutyRow, ...]
    whole: bool
    present: bool
    alone: bool


def pieces_of(view: "RosterView", unit: LeaderUnit) -> list[Range]:
    """The ranges a leader's rows must have: the segments, or first start to last end of the appointments."""
    if unit.segments:
        return [(s.start, s.end) for s in unit.segments]
    wanted = {need.id for need in unit.needs}
    spans = [(r.start, r.end) for r in view.roster.appointments if r.appointment in wanted and r.day == unit.day]
    return [(min(s for s, _ in spans), max(e for _, e in spans))] if spans else [unit.earliest]


def leadings_of(view: "RosterView") -> list[Leading]:
    """Everybody who leads any unit, in whole or in part, by unit."""
    rows: dict[tuple[date, str, int, int], list[DutyRow]] = defaultdict(list)
    for row in view.leads:
        rows[row.day, row.window, row.start, row.end].append(row)
    found: list[Leading] = []
    for unit in view.facts.units:
        pieces = pieces_of(view, unit)
        by_person: dict[str, dict[Range, DutyRow]] = defaultdict(dict)
        for piece in pieces:
            for row in rows.get((unit.day, unit.group, *piece), ()):
                by_person[row.person][piece] = row
        for person, own in by_person.items():
            present, alone = _way(view, unit, person)
            found.append(Leading(unit, person, tuple(own.values()), len(own) == len(pieces), present, alone))
    return found


def _way(view: "RosterView", unit: LeaderUnit, person: str) -> tuple[bool, bool]:
    """How a person leads a unit: by rows of his own in the group, alone, or (both False) by no right."""
    if view.problem.policy.leader_mode is LeaderMode.ON_CALL:
        return True, False
    present = has_rows(view, unit, person)
    return present, not present and may_be_alone(view, unit, person)


def has_rows(view: "RosterView", unit: LeaderUnit, person: str) -> bool:
    """Whether a person is on duty in the group on each segment of a unit (appointments: serves in it that date)."""
    inside = set(unit.windows)
    rows = [r for r in view.rows_on.get((person, unit.day), ()) if r.line != Line.LEAD and r.window in inside]
    if unit.by_appointment:
        return bool(rows)
    spans = {(r.start, r.end) for r in rows if r.line == unit.line}
    return all((s.start, s.end) in spans for s in unit.segments)


def may_be_alone(view: "RosterView", unit: LeaderUnit, person: str) -> bool:
    """Whether the sheet 带班领导 and his own window's standing duty let a person lead alone (H2 apart).

    On an appointment unit he has no duty row that date; elsewhere H1 keeps his rows off the unit's segments.
    """
    window = view.problem.person[person].window
    if person not in view.facts.leader_rows or view.facts.standing_at(unit.day, window):
        return False
    rows = [r for r in view.rows_on.get((person, unit.day), ()) if r.line != Line.LEAD]
    return not (unit.by_appointment and rows)
