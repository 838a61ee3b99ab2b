"""What a written roster says of itself beside its rows, to be compared with what follows from them (F2)."""

from dataclasses import dataclass

from zhiban.model.roster import BankRow, ClosingCount, ClosingLot


@dataclass(frozen=True, slots=True)
class Stated:
    """The sheets 时间银行, 期末余额, 期末累计 and 目标层级 (value by code); None where the roster has no such sheet."""

    bank: tuple[BankRow, ...] | None = None
    closing_lots: tuple[ClosingLot, ...] | None = None
    closing_counts: tuple[ClosingCount, ...] | None = None
    tiers: dict[str, int | None] | None = None
