"""The time bank to the minute: lots of credit, the leave drawn from them oldest first, what lapses and what is left.

An instant is a whole number, minutes since the start of the calendar: date ordinal × 1440 + minute of the day
(rules.md H8, Lots).
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from zhiban.model.facts_hours import MIDNIGHT
from zhiban.model.kinds import LEAVE_PIN, Line, PinMode
from zhiban.model.problem import Problem
from zhiban.model.records import Person, Pin
from zhiban.model.roster import BankRow, ClosingLot, DutyRow, LeaveRow
from zhiban.model.segments import Segment

OPENING = "期初"
OVERTIME = "延时"
FROM_THE_START = 0


def instant(day: date, minute: int) -> int:
    """Minutes since the start of the calendar."""
    return day.toordinal() * MIDNIGHT + minute


def add_months(day: date, months: int) -> date:
    """The same day so many calendar months later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Lot:
    """Minutes of credit of one person, usable from the instant `usable` to 24:00 of `expires` (None: never lapses).

    `column` is the column of 时间银行 it counts in, `source` its 来源 in 期末余额.
    """

    person: str
    earned: date
    minutes: int
    column: str
    source: str
    usable: int
    expires: date | None

    def serves(self, leave: LeaveRow) -> bool:
        """Whether leave that starts then may draw on the lot: earned before, not yet lapsed."""
        return self.usable <= instant(leave.day, leave.start) and (self.expires is None or leave.day <= self.expires)


class Uncovered(NamedTuple):
    """Leave that the bank does not cover, and the minutes that lack."""

    leave: LeaveRow
    missing: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """One row of 时间银行 per person, the lots left, and leave without cover."""

    bank: tuple[BankRow, ...]
    closing_lots: tuple[ClosingLot, ...]
    uncovered: tuple[Uncovered, ...]

    @property
    def closing_minutes(self) -> int:
        """Σ 期末 over all people: tier T7."""
        return sum(row.closing for row in self.bank)


def expiry(problem: Problem, earned: date, column: date | None = None) -> date | None:
    """到期日 of a lot: its column, else 调休有效月数 after it was earned (0: never)."""
    months = problem.policy.leave_valid_months
    return column or (add_months(earned, months) if months else None)


def opening_lots(problem: Problem) -> list[Lot]:
    """The rows of 时间银行期初, in sheet order."""
    return [
        Lot(
            row.person,
            row.earned,
            row.minutes,
            OPENING,
            row.source or "其他",
            FROM_THE_START,
            expiry(problem, row.earned, row.expires),
        )
        for row in problem.opening
    ]


def overtime_lots(problem: Problem) -> list[Lot]:
    """The credited rows of 延时记录, usable from their end."""
    return [
        Lot(person, day, minutes, OVERTIME, OVERTIME, instant(day, end), expiry(problem, day))
        for person, day, end, minutes in problem.facts.overtime_credits
    ]


def duty_lot(problem: Problem, row: DutyRow) -> Lot:
    """The lot of a credited row, usable from the end of its duty: in 全天 the last segment of the line that day."""
    line = row.line
    if line == Line.LEAD:
        line = problem.facts.line_of(row.day) or line
    end = row.end
    if row.line != Line.CALL_IN and str(problem.policy.granularity) == "全天":
        end = max([end, *(s.end for s in problem.facts.line_segments(line, row.day))])
    source = {Line.CALL_IN: "其他", Line.LEAD: "其他"}.get(line, line.value)
    if line == Line.HOLIDAY and problem.day(row.day).statutory:
        source = "法定当日"
    return Lot(row.person, row.day, row.credited, line.value, source, instant(row.day, end), expiry(problem, row.day))


def duty_lots(problem: Problem, duties: Iterable[DutyRow]) -> list[Lot]:
    """The lots of all credited rows, by 计入分钟 as it stands in them."""
    return [duty_lot(problem, row) for row in duties if row.credited > 0]


def ledger_of(problem: Problem, duties: Iterable[DutyRow], leaves: Iterable[LeaveRow]) -> Ledger:
    """The time bank of a roster; `duties` carry their 计入分钟, `leaves` are placed and granted alike."""
    return settle(problem, opening_lots(problem) + overtime_lots(problem) + duty_lots(problem, duties), leaves)


def settle(
    problem: Problem, lots: Iterable[Lot], leaves: Iterable[LeaveRow], people: Iterable[Person] | None = None
) -> Ledger:
    """Draw every leave at its start from the oldest lots that serve it; for `people`, or everybody.

    Oldest is the earliest 产生日期; ties go to the earlier 到期日, then to the order of `lots`. Leave without full
    cover draws what there is; 已休 is its whole length all the same, so that 期末 shows the debt.
    """
    lots_of: dict[str, list[Lot]] = defaultdict(list)
    for lot in sorted(lots, key=lambda lot: (lot.earned, lot.expires or date.max)):
        lots_of[lot.person].append(lot)
    leaves_of: dict[str, list[LeaveRow]] = defaultdict(list)
    for leave in sorted(leaves, key=lambda row: (row.day, row.start, row.end)):
        leaves_of[leave.person].append(leave)
    bank: list[BankRow] = []
    closing: list[ClosingLot] = []
    uncovered: list[Uncovered] = []
    for person in problem.people if people is None else people:
        own = lots_of[person.id]
        left = [lot.minutes for lot in own]
        for leave in leaves_of[person.id]:
            missing = _draw(own, left, leave)
            if missing:
                uncovered.append(Uncovered(leave, missing))
        bank.append(_bank_row(problem, person.id, own, left, leaves_of[person.id]))
        closing.extend(_remains(problem, person.id, own, left))
    return Ledger(tuple(bank), tuple(closing), tuple(uncovered))


def _draw(lots: list[Lot], left: list[int], leave: LeaveRow) -> int:
    """Take a leave's minutes from the lots, `left` being what each still holds; the minutes that lack are returned."""
    missing = leave.minutes
    for number, lot in enumerate(lots):
        if missing and left[number] and lot.serves(leave):
            taken = min(missing, left[number])
            left[number] -= taken
            missing -= taken
    return missing


def _lapses(problem: Problem, lot: Lot) -> bool:
    """Whether what is left of a lot is 过期: its 到期日 is on or before the last day."""
    return lot.expires is not None and lot.expires <= problem.last


def _bank_row(problem: Problem, person: str, lots: list[Lot], left: list[int], leaves: Sequence[LeaveRow]) -> BankRow:
    sums: dict[str, int] = defaultdict(int)
    for lot in lots:
        sums[lot.column] += lot.minutes
    taken = sum(leave.minutes for leave in leaves)
    expired = sum(rest for lot, rest in zip(lots, left, strict=True) if _lapses(problem, lot))
    return BankRow(
        person,
        opening=sums[OPENING],
        weekend=sums[Line.WEEKEND.value],
        holiday=sums[Line.HOLIDAY.value],
        lunch=sums[Line.LUNCH.value],
        call_in=sums[Line.CALL_IN.value],
        overtime=sums[OVERTIME],
        taken=taken,
        expired=expired,
        closing=sum(sums.values()) - taken - expired,
    )


def _remains(problem: Problem, person: str, lots: list[Lot], left: list[int]) -> list[ClosingLot]:
    """期末余额 of a person; lots of one date, source and 到期日 stand in one row."""
    merged: dict[tuple[date, str, date | None], int] = defaultdict(int)
    for lot, rest in zip(lots, left, strict=True):
        if rest and not _lapses(problem, lot):
            merged[lot.earned, lot.source, lot.expires] += rest
    return [ClosingLot(person, earned, rest, source, end) for (earned, source, end), rest in merged.items()]


# ---- granted leave against what is sure to be there ---------------------------------------------------------------


def granted_shortages(problem: Problem) -> tuple[Uncovered, ...]:
    """Granted 调休 that opening lots, filed overtime and the credits of pinned duties do not cover (an input error)."""
    granted = problem.facts.granted
    if not granted:
        return ()
    lots = opening_lots(problem) + overtime_lots(problem) + duty_lots(problem, _pinned_rows(problem))
    return settle(problem, lots, granted).uncovered


def _pinned_rows(problem: Problem) -> list[DutyRow]:
    """The rows that pins make sure of; one person, date, line and segment earns once whatever pins it twice."""
    sure: dict[tuple[str, date, Line, int], DutyRow] = {}
    for pin in problem.facts.pins:
        if pin.mode == PinMode.MUST_NOT or not pin.person or pin.line == LEAVE_PIN:
            continue
        rows = [_pinned_call_in(problem, pin)] if pin.appointment else _pinned_standing(problem, pin)
        for row in rows:
            if row is not None:
                sure.setdefault((row.person, row.day, row.line, row.start), row)
    return list(sure.values())


def _pinned_standing(problem: Problem, pin: Pin) -> list[DutyRow | None]:
    """The rows of a pinned standing duty; in 半天 without 时段 the segment that earns least, as if served last."""
    facts, person = problem.facts, pin.person or ""
    if pin.line in (Line.CALL_IN, Line.LEAD):
        return []
    line = Line(pin.line)
    segments: list[Segment] = list(facts.line_segments(line, pin.day))
    window = pin.window or problem.person[person].window

    def row(segment: Segment) -> DutyRow:
        earned = facts.duty_credit(person, line, window, pin.day, segment)
        return DutyRow(pin.day, line, segment.start, segment.end, window, person, segment.name, credited=earned)

    rows = [row(segment) for segment in segments]
    if str(problem.policy.granularity) == "全天":
        return list(rows)
    if pin.segment:
        return [r for r in rows if r.segment == pin.segment]
    return [min(rows, key=lambda r: (r.credited, -r.end))] if rows else []


def _pinned_call_in(problem: Problem, pin: Pin) -> DutyRow | None:
    """The row of a pinned appointment that nobody can serve from a standing duty; None where somebody might."""
    facts = problem.facts
    need = facts.need.get(pin.appointment or "")
    if need is None or len(need.starts) != 1 or not pin.person:
        return None
    start, end = need.starts[0], need.starts[0] + need.duration
    at_desk = facts.half_of(need.day, start, end) is not None
    slots = [slot for window in need.windows for slot in facts.standing_at(need.day, window)]
    if at_desk or any(s.start <= start and end <= s.end for slot in slots for s in slot.segments):
        return None
    window = pin.window or need.windows[0]
    earned = facts.call_in_credit(need.day, start, end)
    return DutyRow(need.day, Line.CALL_IN, start, end, window, pin.person, credited=earned)
