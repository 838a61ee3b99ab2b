"""The time bank as a bank would print it: what came in, what was drawn from which duty, what lapsed, the balance."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from zhiban.io.roster_view import RosterView
from zhiban.model.kinds import Line
from zhiban.model.ledger import OPENING, OVERTIME, Lot, duty_lots, instant, opening_lots, overtime_lots
from zhiban.model.roster import LeaveRow


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an account; minutes. `order` sorts entries of one date: what came in stands before what went out."""

    day: date
    order: int
    text: str
    kind: str
    paid_in: int = 0
    drawn: int = 0
    lapsed: int = 0
    expires: date | None = None


def drawn_from(view: RosterView) -> dict[LeaveRow, list[tuple[Lot, int]]]:
    """The lots that pay for each leave, oldest first, with the minutes taken from each."""
    return _settled(view)[0]


def entries_of(view: RosterView) -> dict[str, list[Entry]]:
    """The lines of every account that has any, by person."""
    drawn, lots, left = _settled(view)
    found: dict[str, list[Entry]] = defaultdict(list)
    merged: dict[tuple[str, date, str, str, date | None], int] = defaultdict(int)
    for lot in lots:
        merged[lot.person, lot.earned, lot.column, lot.source, lot.expires] += lot.minutes
    for (person, earned, column, source, expires), minutes in merged.items():
        kind = source if column == OPENING else _kind(column, source)
        found[person].append(Entry(earned, 0, _text(column, source), kind, minutes, expires=expires))
    for leave in drawn:
        text = f"调休{leave.half}" + ("（已批）" if leave.granted else "")
        found[leave.person].append(Entry(leave.day, 1, text, "调休", drawn=leave.minutes))
    for lot, rest in zip(lots, left, strict=True):
        if rest and lot.expires is not None and lot.expires <= view.problem.last:
            found[lot.person].append(Entry(lot.expires, 2, "到期作废", "过期", lapsed=rest))
    return {person: sorted(entries, key=lambda e: (e.day, e.order)) for person, entries in found.items()}


def _text(column: str, source: str) -> str:
    """摘要 of what came in."""
    if column == OPENING:
        return f"期初结转（{source}）"
    return f"{column}服务" if column in (Line.CALL_IN.value, OVERTIME) else f"{column}值班"


def _kind(column: str, source: str) -> str:
    """类别: 法定当日 stands apart from the other holidays; a call-in is 应约."""
    if column == Line.HOLIDAY.value and source == "法定当日":
        return source
    return column


def _settled(view: RosterView) -> tuple[dict[LeaveRow, list[tuple[Lot, int]]], list[Lot], list[int]]:
    """What each leave drew from which lot, all lots oldest first, and what is left of each (rules.md H8)."""
    problem = view.problem
    lots = opening_lots(problem) + overtime_lots(problem) + duty_lots(problem, view.roster.duties)
    lots.sort(key=lambda lot: (lot.earned, lot.expires or date.max))
    left = [lot.minutes for lot in lots]
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, lot in enumerate(lots):
        numbers[lot.person].append(number)
    drawn: dict[LeaveRow, list[tuple[Lot, int]]] = {}
    for leave in sorted(view.roster.leaves, key=lambda row: instant(row.day, row.start)):
        missing = leave.minutes
        taken: list[tuple[Lot, int]] = []
        for number in numbers[leave.person]:
            part = min(missing, left[number]) if lots[number].serves(leave) else 0
            if part:
                left[number] -= part
                missing -= part
                taken.append((lots[number], part))
        drawn[leave] = _by_day(taken)
    return drawn, lots, left


def _by_day(taken: list[tuple[Lot, int]]) -> list[tuple[Lot, int]]:
    """Parts of lots of one date and source put together (a duty earns a lot for each of its segments)."""
    merged: dict[tuple[date, str], tuple[Lot, int]] = {}
    for lot, minutes in taken:
        first, sum_before = merged.get((lot.earned, lot.source), (lot, 0))
        merged[lot.earned, lot.source] = (first, sum_before + minutes)
    return list(merged.values())
