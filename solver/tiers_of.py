"""The tier values of a roster, from its rows (rules.md 4)."""

from collections import defaultdict
from datetime import date, timedelta
from functools import lru_cache

from zhiban.model.facts_hours import overlap
from zhiban.model.kinds import Half, Line
from zhiban.model.roster import TIER_NAMES, Finding, Roster
from zhiban.solver.counts import fairness
from zhiban.solver.entries import changed_entries
from zhiban.solver.rule import catalogue
from zhiban.solver.view import RosterView


def tiers_of(view: RosterView, old: Roster | None = None) -> dict[str, int | None]:
    """Every tier's value by its code; T5a and T5b are None without an old roster."""
    values: dict[str, int | None] = dict.fromkeys(TIER_NAMES)
    values.update(unmet_amounts(view))
    if old is not None:
        changed = changed_entries(view.problem, old, view.roster)
        values["T5a"] = len({entry.person for entry in changed})
        values["T5b"] = len(changed)
    values["T6"] = fairness(view)
    values["T7"] = view.ledger.closing_minutes
    values["T8"] = wishes_broken(view)
    values["T9"] = halves_apart(view) + lunches_half_off(view) + weekends_in_a_row(view)
    return values


@lru_cache(maxsize=1)
def unmet_of(view: RosterView) -> tuple[tuple[str, Finding], ...]:
    """Everything unmet, each finding with the tier that counts it."""
    found = ((rule.tier, f) for rule in catalogue() for f in rule.unmet(view.problem, view.roster))
    return tuple(found)


def unmet_amounts(view: RosterView) -> dict[str, int]:
    """T1 to T4: the sums of what lacks."""
    sums = {rule.tier: 0 for rule in catalogue() if rule.tier}
    for tier, finding in unmet_of(view):
        sums[tier] += finding.amount
    return sums


def wishes_broken(view: RosterView) -> int:
    """T8: Σ weight of broken wishes; a row of 待批 leave is a wish of weight 1."""
    total = 0
    for wish in view.problem.wishes:
        if view.problem.holds(wish.day):
            rows = view.rows_on.get((wish.person, wish.day), ())
            held = any(wish.line in (None, row.line) for row in rows)
            total += wish.weight if held != wish.wants else 0
    for leave in view.problem.leaves:
        if not leave.approved and any(
            not place.leave and overlap((place.start, place.end), (start, end))
            for day, start, end in view.facts.leave_pieces(leave)
            for place in view.places.get((leave.person, day), ())
        ):
            total += 1
    return total


def halves_apart(view: RosterView) -> int:
    """T9 (i): person-halves of placed leave whose day is not off in both halves."""
    return sum(1 for person, day, _ in view.placed_halves if not all(view.off(person, day, half) for half in Half))


def lunches_half_off(view: RosterView) -> int:
    """T9 (ii): person-dates with lunch duty and exactly one half off."""
    lunches = {(row.person, row.day) for row in view.standing if row.line == Line.LUNCH}
    return sum(1 for person, day in lunches if sum(view.off(person, day, half) for half in Half) == 1)


def weekends_in_a_row(view: RosterView) -> int:
    """T9 (iii): person × pairs of consecutive Monday–Sunday weeks with line 周末 in both."""
    weeks: dict[str, set[date]] = defaultdict(set)
    for row in view.standing:
        if row.line == Line.WEEKEND:
            weeks[row.person].add(row.day - timedelta(days=row.day.weekday()))
    return sum(1 for own in weeks.values() for monday in own if monday + timedelta(days=7) in own)
