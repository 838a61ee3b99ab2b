"""What an old roster asks of a new one: which entries it has, which of them are frozen, where others may come in."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zhiban.model.problem import Problem
from zhiban.model.roster import AppointmentRow, Roster
from zhiban.solver.entries import APPOINTMENT, Entry
from zhiban.solver.freezing import may_go, sources_of, unit_of


@dataclass(frozen=True, slots=True)
class Plan:
    """An old roster at a moment: `entries` of the period, those `frozen` that must stand, and per duty, unit or
    appointment how many frozen entries it `lost`, which is how many may be added to it with a frozen start.
    """

    roster: Roster
    now: datetime
    entries: frozenset[Entry]
    frozen: frozenset[Entry]
    lost: "Counter[tuple[object, ...]]"
    open_appointments: frozenset[str]
    """Appointments that the old roster did not have or had unmet: entries may be added at any time."""
    roster_notice: timedelta
    appointment_notice: timedelta

    def is_frozen(self, day: date, start: int, *, appointment: bool = False) -> bool:
        """Whether something that starts then is too close to be changed."""
        notice = self.appointment_notice if appointment else self.roster_notice
        return datetime.combine(day, datetime.min.time()) + timedelta(minutes=start) < self.now + notice


def plan_of(problem: Problem, old: Roster, now: datetime) -> Plan:
    """The plan for re-solving a problem near an old roster."""
    sources = sources_of(problem, old)
    policy = problem.policy
    notice = timedelta(minutes=policy.roster_change_minutes)
    appointment_notice = timedelta(minutes=policy.appointment_change_minutes)
    frozen: set[Entry] = set()
    lost: Counter[tuple[object, ...]] = Counter()
    for entry, rows in sources.items():
        first = min((r.day, r.start) for r in rows)
        start = datetime.combine(first[0], datetime.min.time()) + timedelta(minutes=first[1])
        if start < now + (appointment_notice if isinstance(rows[0], AppointmentRow) else notice):
            if may_go(problem, entry, rows):
                lost[unit_of(entry)] += 1
            else:
                frozen.add(entry)
    met: dict[str, bool] = {}
    for row in old.appointments:
        met[row.appointment] = met.get(row.appointment, True) and row.met
    unmet = {need.id for need in problem.facts.needs if not met.get(need.id, False)}
    return Plan(old, now, frozenset(sources), frozenset(frozen), lost, frozenset(unmet), notice, appointment_notice)


def is_open(plan: Plan, entry: Entry) -> bool:
    """Whether an entry may be added however soon it starts."""
    return entry.line == APPOINTMENT and entry.appointment in plan.open_appointments
