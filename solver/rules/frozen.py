"""H10: in a re-solve, what begins soon stays as it was."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhiban.model.facts import MIDNIGHT
from zhiban.model.kinds import Line, Mode, Severity
from zhiban.model.problem import Problem
from zhiban.model.roster import AppointmentRow, DutyRow, Finding, LeaveRow, Roster
from zhiban.model.settings import LeaderMode
from zhiban.solver.entries import APPOINTMENT, LEAVE, Entry, appointment_entry, duty_entry, leave_entry
from zhiban.solver.rule import Case, Rule
from zhiban.solver.wording import day_text, person_text, window_text

Source = DutyRow | AppointmentRow | LeaveRow


@dataclass(frozen=True)
class Frozen(Rule):
    """重新排班时，即将开始的安排保持不变，除非本人已不可用或预约已变更；也不在此期间新增安排，补缺除外。"""

    old: Roster | None = None
    now: datetime | None = None

    code = "H10"
    name = "冻结"

    def about(self, case: Case) -> "Frozen":
        """The rule for a re-solve of the case's old roster at its time."""
        return Frozen(case.old, case.now)

    def breaches(self, problem: Problem, roster: Roster) -> list[Finding]:
        """Frozen entries gone without need, and entries added with a frozen start beyond what was lost."""
        if self.old is None or self.now is None:
            return []
        before, after = _sources(problem, self.old), _sources(problem, roster)
        lost = {e: rows for e, rows in before.items() if e not in after and self._is_frozen(problem, rows)}
        added = {e: rows for e, rows in after.items() if e not in before and self._is_frozen(problem, rows)}
        found = [
            self._finding(problem, entry, "已冻结，不应取消")
            for entry, rows in lost.items()
            if not _may_go(problem, entry, rows)
        ]
        room = Counter(_unit(entry) for entry in lost)
        for entry, rows in added.items():
            unit = _unit(entry)
            if any(isinstance(row, LeaveRow) and row.granted for row in rows) or self._was_unmet(entry):
                continue
            if room[unit] > 0:
                room[unit] -= 1
            else:
                found.append(self._finding(problem, entry, "开始时间已冻结，不应新增"))
        return found

    def _is_frozen(self, problem: Problem, rows: list[Source]) -> bool:
        """Whether an entry starts before 现在 plus the hours of notice for its kind."""
        assert self.now is not None, "only asked in a re-solve"
        policy = problem.policy
        notice = (
            policy.appointment_change_minutes if isinstance(rows[0], AppointmentRow) else policy.roster_change_minutes
        )
        first = min(rows, key=lambda row: (row.day, row.start))
        start = datetime.combine(first.day, datetime.min.time()) + timedelta(minutes=first.start)
        return start < self.now + timedelta(minutes=notice)

    def _was_unmet(self, entry: Entry) -> bool:
        """Whether an entry is for an appointment that the old roster did not have or had unmet."""
        assert self.old is not None, "only asked in a re-solve"
        if entry.line != APPOINTMENT:
            return False
        rows = [row for row in self.old.appointments if row.appointment == entry.appointment]
        return not rows or not all(row.met for row in rows)

    def _finding(self, problem: Problem, entry: Entry, said: str) -> Finding:
        what = f"{entry.line}{entry.appointment}{entry.half or ''}"
        where = f" {window_text(problem, entry.window)}" if entry.window else ""
        text = f"{day_text(entry.day)} {what}{where} {person_text(problem, entry.person)}：{said}"
        line = "" if entry.line in (APPOINTMENT, LEAVE) else entry.line
        return Finding(
            Severity.MUST,
            self.code,
            text,
            "请恢复原安排；确需变更的，先在人员、请假外出或预约登记中写明",
            entry.day,
            line,
            str(entry.half or ""),
            entry.window,
            entry.person,
            entry.appointment,
        )


def _sources(problem: Problem, roster: Roster) -> dict[Entry, list[Source]]:
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


def _unit(entry: Entry) -> tuple[object, ...]:
    """The duty, D3 unit or appointment of an entry; leave is a unit of each person's own."""
    if entry.line == APPOINTMENT:
        return (APPOINTMENT, entry.appointment)
    if entry.line == LEAVE:
        return (entry,)
    return (entry.day, entry.line, entry.window, entry.start, entry.end)


def _may_go(problem: Problem, entry: Entry, rows: list[Source]) -> bool:
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
