"""What a solved roster comes to, as tables for a terminal and as data: tiers, problems, shares per line."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from zhiban.model.kinds import FAIRNESS_LINES, Severity, TierStatus
from zhiban.model.roster import Finding, TierValue

if TYPE_CHECKING:
    from rich.console import Console

    from zhiban.model.problem import Problem
    from zhiban.model.roster import Roster

SHOWN = 10
"""So many findings are printed; all of them are in the workbook."""

STYLES = {Severity.MUST: "bold red", Severity.REMIND: "yellow", Severity.INFO: "dim"}


@dataclass(frozen=True, slots=True)
class Share:
    """Duties on one line: people who could serve, duties in sum, the most and the least anybody has."""

    line: str
    people: int
    duties: int
    most: int
    least: int

    @property
    def spread(self) -> int:
        """相差."""
        return self.most - self.least


def shares_of(problem: "Problem", roster: "Roster") -> list[Share]:
    """The lines that anybody serves in this period, with how they are shared among those who could."""
    from zhiban.solver.counts import totals
    from zhiban.solver.view import view_of

    view = view_of(problem, roster)
    counts = totals(view)
    found: list[Share] = []
    for line in FAIRNESS_LINES:
        numbers = [counts[p.id, line] for p in problem.people if view.facts.share(p.id, line) is not None]
        if any(numbers):
            found.append(Share(line.value, len(numbers), sum(numbers), max(numbers), min(numbers)))
    return found


# ---- for people -----------------------------------------------------------------------------------------------------


def print_tiers(out: "Console", tiers: Sequence[TierValue]) -> None:
    """层级, 名称, 值, 下界, 状态; tiers that were not asked for are left out."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD)
    for header in ("层级", "名称", "值", "下界", "状态"):
        table.add_column(header, justify="right" if header in ("值", "下界") else "left", no_wrap=True)
    for tier in tiers:
        if tier.status != TierStatus.NOT_ASKED:
            style = "green" if tier.status == TierStatus.OPTIMAL else "yellow"
            status = f"[{style}]{tier.status}[/]"
            table.add_row(tier.code, tier.name, _number(tier.value), _number(tier.bound), status)
    out.print(table)


def print_shares(out: "Console", shares: Sequence[Share]) -> None:
    """线, 可值班人数, 次数, 最多, 最少, 相差."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    if not shares:
        return
    table = Table(box=SIMPLE_HEAD)
    table.add_column("线", no_wrap=True)
    for header in ("可值班人数", "次数", "每人最多", "每人最少", "相差"):
        table.add_column(header, justify="right", no_wrap=True)
    for share in shares:
        numbers = (share.people, share.duties, share.most, share.least, share.spread)
        table.add_row(share.line, *map(str, numbers))
    out.print(table)


def print_findings(out: "Console", findings: Sequence[Finding]) -> None:
    """How many of each weight, and the first of them with what to do."""
    from rich.text import Text

    if not findings:
        return
    told = "，".join(f"{name} {count} 项" for name, count in counts_of(findings).items() if count)
    out.print(f"问题：{told}")
    for found in findings[:SHOWN]:
        out.print(Text(f"  {finding_line(found)}", style=STYLES[found.severity]), soft_wrap=True)
        if found.advice:
            out.print(Text(f"      {found.advice}"), soft_wrap=True)
    if len(findings) > SHOWN:
        out.print(f"  …… 其余 {len(findings) - SHOWN} 项见 问题清单")


def finding_line(found: Finding) -> str:
    """必须处理 D1 subject：text."""
    text = f"{found.subject}：{found.text}" if found.subject and found.subject not in found.text else found.text
    return " ".join(part for part in (found.severity.value, found.code, text) if part)


def counts_of(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each 级别."""
    counts = {severity.value: 0 for severity in Severity}
    for found in findings:
        counts[found.severity.value] += 1
    return counts


def _number(value: int | None) -> str:
    return "—" if value is None else str(value)


# ---- for programs ---------------------------------------------------------------------------------------------------


def tier_data(tier: TierValue) -> dict[str, object]:
    """A tier as plain data."""
    return {**asdict(tier), "status": tier.status.value}


def share_data(share: Share) -> dict[str, object]:
    """A line's shares as plain data."""
    return {**asdict(share), "spread": share.spread}


def finding_data(found: Finding) -> dict[str, object]:
    """A finding as plain data."""
    day = found.day.isoformat() if found.day else None
    return {**asdict(found), "severity": found.severity.value, "day": day}
