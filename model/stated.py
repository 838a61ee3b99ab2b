"""What a written roster says of itself beside its rows, to be compared with what follows from them (F2)."""

from collections.abc import Iterable
from dataclasses import dataclass

from zhiban.model.records import History, OpeningLot
from zhiban.model.roster import BankRow, ClosingCount, ClosingLot, TierValue


@dataclass(frozen=True, slots=True)
class Stated:
    """The sheets 时间银行, 期末余额, 期末累计 and 目标层级 (value by code); None where the roster has no such sheet."""

    bank: tuple[BankRow, ...] | None = None
    closing_lots: tuple[ClosingLot, ...] | None = None
    closing_counts: tuple[ClosingCount, ...] | None = None
    tiers: dict[str, int | None] | None = None


def stated_by(
    bank: Iterable[BankRow], lots: Iterable[OpeningLot], counts: Iterable[History], tiers: Iterable[TierValue]
) -> Stated:
    """The claims of a roster workbook from its sheets as they are read: lots and counts in the columns of the input."""
    return Stated(
        tuple(bank),
        tuple(ClosingLot(lot.person, lot.earned, lot.minutes, lot.source, lot.expires) for lot in lots),
        tuple(
            ClosingCount(
                row.person,
                row.saturday,
                row.sunday,
                row.holiday,
                row.statutory,
                row.lunch,
                row.call_in,
                row.lead,
                row.last_duty,
            )
            for row in counts
        ),
        {tier.code: tier.value for tier in tiers},
    )
