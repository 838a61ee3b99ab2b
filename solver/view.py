"""A roster's rows indexed once, so that every rule can ask its questions quickly.

Rows that name nobody and nothing known, or a date outside the period, are set apart (`strange`) and judged by F1 alone.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from zhiban.model.demand import Slot
from zhiban.model.facts_hours import Range, overlap
from zhiban.model.kinds import STANDING_LINES, Half, Line, Mode
from zhiban.model.ledger import Ledger, Lot, duty_lots, opening_lots, overtime_lots, settle
from zhiban.model.problem import Problem
from zhiban.model.roster import DutyRow, LeaveRow, Roster
from zhiban.solver.holding import Holding, holdings_of
from zhiban.solver.leading import Leading, leadings_of
from zhiban.solver.serving import Serving, servings_of

SlotKey = tuple[date, Line, str, int]


class Place(NamedTuple):
    """Where a person is between two times of a date (H1); `leave`: on compensatory leave."""

    start: int
    end: int
    text: str
    window: str
    line: str
    leave: bool = False


class RosterView:
    """The rows of one roster against its problem."""

    def __init__(self, problem: Problem, roster: Roster) -> None:
        self.problem = problem
        self.roster = roster
        self.facts = problem.facts
        self._halves: dict[date, dict[Half, Range]] = {}
        self._staff: dict[tuple[date, Half], frozenset[str]] = {}

    # ---- rows -------------------------------------------------------------------------------------------------

    def _known(self, row: DutyRow) -> bool:
        places = self.facts.leader_groups if row.line == Line.LEAD else self.problem.window
        return row.person in self.problem.person and self.problem.holds(row.day) and row.window in places

    @cached_property
    def duties(self) -> list[DutyRow]:
        """The rows of 排班明细 about known people, places and dates."""
        return [row for row in self.roster.duties if self._known(row)]

    @cached_property
    def strange(self) -> list[DutyRow]:
        """The other rows of 排班明细."""
        return [row for row in self.roster.duties if not self._known(row)]

    @cached_property
    def standing(self) -> list[DutyRow]:
        """The rows of the lines 午间, 周末 and 节假日."""
        return [row for row in self.duties if row.line in STANDING_LINES]

    @cached_property
    def call_ins(self) -> list[DutyRow]:
        """The rows of the line 应约."""
        return [row for row in self.duties if row.line == Line.CALL_IN]

    @cached_property
    def leads(self) -> list[DutyRow]:
        """The rows of the line 带班."""
        return [row for row in self.duties if row.line == Line.LEAD]

    @cached_property
    def leaves(self) -> list[LeaveRow]:
        """The rows of 调休明细 about known people within the period."""
        return [r for r in self.roster.leaves if r.person in self.problem.person and self.problem.holds(r.day)]

    @cached_property
    def rows_on(self) -> dict[tuple[str, date], list[DutyRow]]:
        """All rows of 排班明细 by person and date."""
        found: dict[tuple[str, date], list[DutyRow]] = defaultdict(list)
        for row in self.duties:
            found[row.person, row.day].append(row)
        return found

    @cached_property
    def leaves_on(self) -> dict[tuple[str, date], list[LeaveRow]]:
        """Compensatory leave, placed and granted, by person and date."""
        found: dict[tuple[str, date], list[LeaveRow]] = defaultdict(list)
        for row in self.leaves:
            found[row.person, row.day].append(row)
        return found

    # ---- duties -----------------------------------------------------------------------------------------------

    @cached_property
    def _slots(self) -> dict[tuple[date, Line, str, int, int], Slot]:
        return {
            (slot.day, slot.line, slot.window, segment.start, segment.end): slot
            for slot in self.facts.slots
            for segment in slot.segments
        }

    def slot_of(self, row: DutyRow) -> Slot | None:
        """The standing duty that a row is a segment of; None where there is none with these times."""
        return self._slots.get((row.day, row.line, row.window, row.start, row.end))

    @cached_property
    def _attendance(self) -> dict[SlotKey, dict[str, set[int]]]:
        found: dict[SlotKey, dict[str, set[int]]] = defaultdict(dict)
        for row in self.standing:
            slot = self.slot_of(row)
            if slot is not None:
                found[slot.key].setdefault(row.person, set()).add(row.start)
        return found

    def on_duty(self, slot: Slot) -> list[str]:
        """The people who serve every segment of a standing duty."""
        starts = {s.start for s in slot.segments}
        return [person for person, served in self._attendance.get(slot.key, {}).items() if served >= starts]

    def partly_on_duty(self, slot: Slot) -> list[str]:
        """The people with a row on some segments of a standing duty only."""
        starts = {s.start for s in slot.segments}
        return [person for person, served in self._attendance.get(slot.key, {}).items() if not served >= starts]

    def counted(self, slot: Slot) -> list[str]:
        """The people who count for D1: on duty in every segment, 缺岗 in none."""
        return [person for person in self.on_duty(slot) if not any(self._missed(person, slot))]

    def missed_all(self, person: str, slot: Slot) -> bool:
        """Whether 实际到岗 says 缺岗 on every segment of a duty."""
        return all(self._missed(person, slot))

    def _missed(self, person: str, slot: Slot) -> list[bool]:
        return [self.facts.missing(person, slot.line, slot.window, slot.day, s) for s in slot.segments]

    @cached_property
    def on_segment(self) -> dict[tuple[date, Line, int, int], dict[str, list[DutyRow]]]:
        """Who has a row of a standing line on a segment, at whatever window: presence for D2."""
        found: dict[tuple[date, Line, int, int], dict[str, list[DutyRow]]] = defaultdict(dict)
        for row in self.standing:
            found[row.day, row.line, row.start, row.end].setdefault(row.person, []).append(row)
        return found

    # ---- presence ---------------------------------------------------------------------------------------------

    def halves(self, day: date) -> dict[Half, Range]:
        """Clock ranges of the working halves of a date."""
        if day not in self._halves:
            self._halves[day] = self.facts.halves(day)
        return self._halves[day]

    @cached_property
    def _away(self) -> dict[tuple[str, date, Half], list[LeaveRow]]:
        found: dict[tuple[str, date, Half], list[LeaveRow]] = defaultdict(list)
        for row in self.leaves:
            for half, span in self.halves(row.day).items():
                if overlap((row.start, row.end), span):
                    found[row.person, row.day, half].append(row)
        return found

    @cached_property
    def _on_comp_leave(self) -> dict[tuple[date, Half], set[str]]:
        found: dict[tuple[date, Half], set[str]] = defaultdict(set)
        for person, day, half in self._away:
            found[day, half].add(person)
        return found

    def leave_in(self, person: str, day: date, half: Half) -> list[LeaveRow]:
        """Compensatory leave, placed and granted, that overlaps a working half."""
        return self._away.get((person, day, half), [])

    def placed_in(self, person: str, day: date, half: Half) -> bool:
        """Whether compensatory leave was placed (not granted) in a working half."""
        return any(not row.granted for row in self.leave_in(person, day, half))

    @cached_property
    def placed_halves(self) -> list[tuple[str, date, Half]]:
        """Every person, date and half with placed leave, each once."""
        return [key for key, rows in self._away.items() if any(not row.granted for row in rows)]

    def staff_in(self, day: date, half: Half) -> frozenset[str]:
        """The people present in a half of a workday (D2): employed, no approved leave and no compensatory leave
        overlapping it.
        """
        known = self._staff.get((day, half))
        if known is None:
            known = self._staff[day, half] = self.facts.staff_in(day, half) - self._on_comp_leave[day, half]
        return known

    def present(self, person: str, day: date, half: Half) -> bool:
        """Whether a person is among `staff_in`."""
        return person in self.staff_in(day, half)

    def off_from_work(self, person: str, day: date, half: Half) -> bool:
        """Off in a half for H5: compensatory leave, or approved leave that is not work."""
        return (person, day, half) in self._away or self.facts.off_by_input(person, day, half)

    def off(self, person: str, day: date, half: Half) -> bool:
        """Off in a half for T9: compensatory leave, or approved leave of any 类型."""
        return (person, day, half) in self._away or self.facts.leave_in(person, day, half) is not None

    def works(self, person: str, day: date) -> bool:
        """Work on a date of the period (H5)."""
        if any(row.line != Line.LEAD or self.alone(row) for row in self.rows_on.get((person, day), ())):
            return True
        if (person, day) not in self.leaves_on and not self.facts.absences(person, day):
            # Nearly every date of nearly everybody.
            return self.problem.day(day).is_workday and self.problem.person[person].employed_on(day)
        if not self.facts.plain_work(person, day):
            return False
        return not all(self.off_from_work(person, day, half) for half in Half)

    # ---- posts, appointments, leaders, places -----------------------------------------------------------------

    @cached_property
    def holdings(self) -> list[Holding]:
        """Who holds each open post-segment."""
        return holdings_of(self)

    @cached_property
    def servings(self) -> list[Serving]:
        """Who serves which appointment, where and how."""
        return servings_of(self)

    @cached_property
    def leadings(self) -> list[Leading]:
        """Who leads each unit."""
        return leadings_of(self)

    @cached_property
    def _alone(self) -> set[DutyRow]:
        return {row for leading in self.leadings if leading.alone for row in leading.rows}

    def alone(self, row: DutyRow) -> bool:
        """Whether a row of the line 带班 is somebody leading alone 在岗: a place, work and credit."""
        return row in self._alone

    @cached_property
    def places(self) -> dict[tuple[str, date], list[Place]]:
        """Where each person is on each date (H1), by start."""
        found: dict[tuple[str, date], list[Place]] = defaultdict(list)
        for row in self.duties:
            if row.line != Line.LEAD or self.alone(row):
                text = f"{row.line}{row.segment}"
                found[row.person, row.day].append(Place(row.start, row.end, text, row.window, row.line))
        for serving in self.servings:
            if serving.mode == Mode.AT_POST:
                place = Place(serving.start, serving.end, f"预约{serving.need.id}", serving.window, "")
                found[serving.person, serving.day].append(place)
        for row in self.leaves:
            window = self.problem.person[row.person].window
            found[row.person, row.day].append(Place(row.start, row.end, f"{row.half}调休", window, "调休", leave=True))
        for places in found.values():
            places.sort(key=lambda p: (p.start, p.end))
        return found

    @cached_property
    def credited(self) -> dict[DutyRow, int]:
        """计入分钟 of each row as the rules give it."""
        return {row: self._credit(row) for row in self.duties}

    @cached_property
    def ledger(self) -> Ledger:
        """The time bank by the rules' own 计入分钟, whatever the rows state."""
        return settle(self.problem, self.lots, self.leaves)

    @cached_property
    def lots(self) -> list[Lot]:
        """Every lot of credit: 期初, 延时 and the credited rows."""
        duties = [
            row if row.credited == minutes else replace(row, credited=minutes) for row, minutes in self.credited.items()
        ]
        return opening_lots(self.problem) + overtime_lots(self.problem) + duty_lots(self.problem, duties)

    def _credit(self, row: DutyRow) -> int:
        if row.line == Line.LEAD:
            return self.facts.credited(Line.LEAD, row.end - row.start, row.day) if self.alone(row) else 0
        if row.line == Line.CALL_IN:
            return self.facts.call_in_credit(row.day, row.start, row.end)
        slot = self.slot_of(row)
        if slot is None:
            return 0
        segment = next(s for s in slot.segments if s.start == row.start)
        return self.facts.duty_credit(row.person, row.line, row.window, row.day, segment)


_latest: RosterView | None = None


def view_of(problem: Problem, roster: Roster) -> RosterView:
    """The view of a roster; asked again for the very same problem and roster, the very same view."""
    global _latest
    view = _latest
    if view is None or view.problem is not problem or view.roster is not roster:
        view = _latest = RosterView(problem, roster)
    return view
