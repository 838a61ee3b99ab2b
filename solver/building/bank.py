"""H8 and H4 as clauses: leave after it is earned, drawn oldest first, with somebody left at the window."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from zhiban.model.facts_hours import MIDNIGHT
from zhiban.model.kinds import Half
from zhiban.model.ledger import Lot, expiry, instant, opening_lots
from zhiban.solver.decisions import LeaveModel, LeaveOption
from zhiban.solver.draft import Draft
from zhiban.solver.linear import Linear, Lit, summed, weighted


@dataclass(slots=True)
class _Account:
    """What one person's bank is made of; instants as in the ledger."""

    opening: list[Lot]
    earned: list[tuple[int, date, Lit | None, int]] = field(default_factory=list[tuple[int, date, Lit | None, int]])
    """Usable from, date, literal (None: certain) and minutes, by instant."""
    leaves: list[tuple[int, date, Lit | None, int]] = field(default_factory=list[tuple[int, date, Lit | None, int]])
    """Start, date, literal (None: granted) and minutes, by instant."""


def build_comp_leave(draft: Draft) -> None:
    """H8: the bank of every person, and how many of a window may be away at once."""
    if draft.leave_model == LeaveModel.BY_STRETCH:
        from zhiban.solver.building.lone_halves import build_lone_halves
        from zhiban.solver.building.stretches import build_stretch_limits

        build_stretch_limits(draft)
        build_lone_halves(draft)
    else:
        build_leave_limits(draft)
    build_bank(draft)


def build_bank(draft: Draft) -> None:
    """H8: every leave is covered in full at its start by what was earned before and is neither lapsed nor taken."""
    options: dict[str, list[LeaveOption]] = defaultdict(list)
    for pieces in draft.leaves.values():
        for option in pieces:
            options[option.person].append(option)
    lots: dict[str, list[Lot]] = defaultdict(list)
    for lot in opening_lots(draft.problem):
        lots[lot.person].append(lot)
    for person in draft.part.people:
        account = _account(draft, person, lots[person], options[person])
        for stretch in draft.stretches:
            if stretch.person == person:
                account.leaves += [(stretch.start, stretch.days[-1], lit, m) for lit, m in stretch.terms()]
        account.leaves.sort(key=lambda e: e[0])
        draft.lapsed[person] = []
        lapses = _build_lapses(draft, person, account) if _lapses_within(draft, account) else []
        if account.leaves:
            _cover(draft, account, lapses)


def _account(draft: Draft, person: str, lots: list[Lot], options: list[LeaveOption]) -> _Account:
    account = _Account(sorted(lots, key=lambda lot: (lot.earned, lot.expires or date.max)))
    for who, day, end, minutes in draft.facts.overtime_credits:
        if who == person and minutes:
            account.earned.append((instant(day, end), day, None, minutes))
    for lit, minutes, day, end in draft.credit_terms(person):
        account.earned.append((instant(day, end), day, lit, minutes))
    account.earned.sort(key=lambda e: e[0])
    for row in draft.granted.values():
        if row.person == person:
            account.leaves.append((instant(row.day, row.start), row.day, None, row.minutes))
    for option in options:
        account.leaves.append((instant(option.day, option.start), option.day, option.lit, option.minutes))
    return account


def _sum(terms: list[tuple[Lit | None, int]]) -> Linear:
    """Σ minutes of literals and constants."""
    lits = [t for t in terms if t[0] is not None]
    constant = sum(m for lit, m in terms if lit is None)
    if not lits:
        return constant
    return weighted([lit for lit, _ in lits if lit is not None], [m for _, m in lits]) + constant


def _cover(draft: Draft, account: _Account, lapses: list[tuple[date, Linear]]) -> None:
    """Before each new credit, and at the end: leave so far ≤ credit so far − what has lapsed.

    Leave only grows between two credits, so that the last leave before the next credit is the binding one.
    """
    opening = sum(lot.minutes for lot in account.opening)
    starts = [leave[0] for leave in account.leaves]
    moments = {e[0] for e in account.earned} | {instant(day, MIDNIGHT) for day, _ in lapses}
    cuts = sorted({bisect_right(starts, m - 1) for m in moments} | {len(starts)})
    for cut in cuts:
        if cut == 0:
            continue
        start, day = account.leaves[cut - 1][:2]
        taken = [(lit, m) for _, _, lit, m in account.leaves[:cut]]
        if all(lit is None for lit, _ in taken):
            continue
        earned = [(lit, m) for when, _, lit, m in account.earned if when <= start]
        gone = [amount for when, amount in lapses if when < day]
        draft.model.add(_sum(taken) + sum(gone) <= _sum(earned) + opening)


def _lapses_within(draft: Draft, account: _Account) -> bool:
    last = draft.problem.last
    ends = [lot.expires for lot in account.opening] + [expiry(draft.problem, day) for _, day, _, _ in account.earned]
    return any(end is not None and end <= last for end in ends)


def _build_lapses(draft: Draft, person: str, account: _Account) -> list[tuple[date, Linear]]:
    """过期 by 到期日, exactly as oldest-first drawing leaves it.

    The leave between two 到期日 takes from the oldest lots; what a prefix of the lots (by age) still holds after leave
    of L minutes is max(held − L, 0). A lot that lapses loses its own share of the prefixes.
    """
    lots: list[tuple[date, date | None, Linear, int]] = [
        (lot.earned, lot.expires, lot.minutes, lot.minutes) for lot in account.opening
    ]
    by_day: dict[date, list[tuple[Lit | None, int]]] = defaultdict(list)
    for _, day, lit, minutes in account.earned:
        by_day[day].append((lit, minutes))
    for day, terms in by_day.items():
        lots.append((day, expiry(draft.problem, day), _sum(terms), sum(m for _, m in terms)))
    lots.sort(key=lambda lot: (lot[0], lot[1] or date.max))
    ends = sorted({end for _, end, _, _ in lots if end is not None and end <= draft.problem.last})
    youngest = max(n for n, lot in enumerate(lots) if lot[1] in ends)
    held: list[Linear] = [lot[2] for lot in lots[: youngest + 1]]
    most = [lot[3] for lot in lots[: youngest + 1]]
    lapses: list[tuple[date, Linear]] = []
    since = date.min
    for end in ends:
        spent = [(lit, m) for _, day, lit, m in account.leaves if since < day <= end]
        since = end
        left = _after(draft, held, most, _sum(spent)) if spent else held
        gone = [amount for amount, lot in zip(left, lots, strict=False) if lot[1] == end]
        held = [0 if lot[1] == end else amount for amount, lot in zip(left, lots, strict=False)]
        lapses.append((end, sum(gone)))
        draft.lapsed[person].append(sum(gone))
    return lapses


def _after(draft: Draft, held: list[Linear], most: list[int], spent: Linear) -> list[Linear]:
    """What each lot holds after leave of `spent` minutes is drawn from them in their order."""
    prefixes: list[Linear] = [0]
    total: Linear = 0
    limit = 0
    for amount, most_of_lot in zip(held, most, strict=True):
        total = total + amount
        limit += most_of_lot
        rest = draft.model.new_int_var(0, limit, "")
        draft.model.add_max_equality(rest, [total - spent, 0])
        prefixes.append(rest)
    return [later - earlier for earlier, later in pairwise(prefixes)]


def build_leave_limits(draft: Draft) -> None:
    """H8 同时调休上限: per window's own people and half, granted leave counted with the placed."""
    for day in draft.facts.workdays:
        for window in draft.part.windows:
            for half in Half:
                lits = [lit for p in draft.problem.people_of[window.id] for lit in draft.away(p.id, day, half)]
                room = leave_room(draft, window.id, day, half)
                if len(lits) > room:
                    draft.model.add(summed(lits) <= room)


def leave_room(draft: Draft, window: str, day: date, half: Half) -> int:
    """How many of a window's own people may have leave placed in a half."""
    record = draft.problem.window[window]
    own = draft.problem.people_of[window]
    cap = record.leave_cap
    if cap is None:
        cap = max(1, sum(1 for p in own if p.employed_on(day)) // 3)
    return max(0, cap - sum(1 for p in own if (p.id, day, half) in draft.granted))
