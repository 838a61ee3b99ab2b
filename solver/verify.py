"""The judge of a roster: from the problem and the rows alone, whoever made them.

Nothing here knows how rosters are searched for; a disagreement with the search is a bug of one of the two.
"""

from collections.abc import Iterable
from datetime import date, datetime

from zhiban.model.problem import Problem
from zhiban.model.roster import Finding, Judgement, Roster
from zhiban.model.stated import Stated
from zhiban.solver.counts import closing_counts
from zhiban.solver.rule import Case, catalogue
from zhiban.solver.tiers_of import tiers_of, unmet_of
from zhiban.solver.view import view_of


def judge(
    problem: Problem,
    roster: Roster,
    old: Roster | None = None,
    now: datetime | None = None,
    stated: Stated | None = None,
) -> Judgement:
    """Every breach, everything unmet, reminders, the tier values and the time bank of a roster.

    `old` and `now` are for a re-solve (T5, H10); `stated` is what a written roster says of itself (F2).
    """
    rules = [rule.about(Case(old, now, stated)) for rule in catalogue()]
    view = view_of(problem, roster)
    return Judgement(
        breaches=_sorted(f for rule in rules for f in rule.breaches(problem, roster)),
        unmet=_sorted(finding for _, finding in unmet_of(view)),
        warnings=_sorted(f for rule in rules for f in rule.reminders(problem, roster)),
        tiers=tiers_of(view, old),
        bank=view.ledger.bank,
        closing_lots=view.ledger.closing_lots,
        closing_counts=closing_counts(view),
    )


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By date (those without one last), then in the order of the rules."""
    return tuple(sorted(findings, key=lambda f: f.day or date.max))
