"""What a roster workbook states in its sheets of sums against what follows from its rows (F2)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date

from zhiban.model.roster import TIER_NAMES, BankRow, ClosingCount, ClosingLot, Roster
from zhiban.model.stated import Stated
from zhiban.solver.counts import closing_counts
from zhiban.solver.tiers_of import tiers_of
from zhiban.solver.view import RosterView
from zhiban.solver.wording import person_text

Claim = tuple[str, str, str]
"""Person, subject and what is wrong."""

COLUMNS = {
    "person": "工号",
    "opening": "期初",
    "weekend": "周末",
    "holiday": "节假日",
    "lunch": "午间",
    "call_in": "应约",
    "overtime": "延时",
    "taken": "已休",
    "expired": "过期",
    "closing": "期末",
    "saturday": "周六",
    "sunday": "周日",
    "statutory": "法定当日",
    "lead": "带班",
    "last_duty": "最近值班日",
}
"""Fields of the ledger and the counts as their columns are called."""


def wrong_claims(view: RosterView, stated: Stated, old: Roster | None) -> Iterable[Claim]:
    """Every value of 时间银行, 期末余额, 期末累计 and 目标层级 that the rows do not give."""
    if stated.bank is not None:
        yield from _by_person(view, "时间银行", stated.bank, view.ledger.bank)
    if stated.closing_lots is not None:
        yield from _lots(view, stated.closing_lots)
    if stated.closing_counts is not None:
        yield from _by_person(view, "期末累计", stated.closing_counts, closing_counts(view))
    if stated.tiers is not None:
        right = tiers_of(view, old)
        for code, value in stated.tiers.items():
            true = right.get(code)
            # T5 is stated by a re-solve; without the old roster nobody can tell.
            if value is not None and true is not None and value != true:
                yield "", code, f"目标层级{code}{TIER_NAMES[code]}为{value}，应为{true}"


def _by_person(
    view: RosterView,
    sheet: str,
    stated: Sequence[BankRow] | Sequence[ClosingCount],
    right: Sequence[BankRow] | Sequence[ClosingCount],
) -> Iterable[Claim]:
    """Rows by person, column by column; rows that lack or are too many."""
    said, known = {row.person: row for row in stated}, {row.person: row for row in right}
    for person in dict.fromkeys([*known, *said]):
        who = person_text(view.problem, person)
        if person not in said or person not in known:
            yield person, sheet, f"{sheet} {'缺少' if person in known else '多出'}{who}的行"
            continue
        for field in fields(known[person]):
            value, true = getattr(said[person], field.name), getattr(known[person], field.name)
            if value != true:
                yield person, sheet, f"{sheet} {who} {COLUMNS[field.name]}为{value}，应为{true}"


def _lots(view: RosterView, stated: Sequence[ClosingLot]) -> Iterable[Claim]:
    said, right = _merged(stated), _merged(view.ledger.closing_lots)
    for key in sorted(said.keys() | right.keys(), key=str):
        if said[key] != right[key]:
            what = f"期末余额 {person_text(view.problem, key[0])} 产生日期{key[1]}"
            yield key[0], "期末余额", f"{what} 为{said[key]}分钟，应为{right[key]}分钟"


def _merged(lots: Iterable[ClosingLot]) -> Counter[tuple[str, date, str, date | None]]:
    merged: Counter[tuple[str, date, str, date | None]] = Counter()
    for lot in lots:
        merged[lot.person, lot.earned, lot.source, lot.expires] += lot.minutes
    return merged
