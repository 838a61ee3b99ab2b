"""Leave by the stretch instead of by the day: a small relaxation whose bounds are nearly always met.

Between two instants at which somebody of a part can earn credit, a person's free workdays of one shape are alike: only
their number counts. A stretch holds them; its counts (whole days, mornings alone, afternoons alone) replace one literal
a half-day. Limits per half-day are summed over the stretch. Whatever the day-by-day model allows, this one allows, so
that its optimum bounds T7, T8 and T9 from below; days are then picked for the counts (`solve_part`).
"""

from bisect import bisect_right
from collections import defaultdict
from datetime import date

from zhiban.model.facts_hours import MIDNIGHT
from zhiban.model.kinds import Half
from zhiban.model.ledger import expiry, instant, opening_lots
from zhiban.solver.decisions import Stretch
from zhiban.solver.draft import Draft
from zhiban.solver.linear import Lit

CLOSE_DAYS = 3
"""Workdays at the end of the period on which every credit starts a stretch of its own."""


def add_stretches(draft: Draft) -> None:
    """Add to a draft the stretches of every person, their counts as variables, and number the workdays by them."""
    cuts = _cuts(draft)
    number = {
        day: bisect_right(cuts, instant(day, draft.facts.halves(day)[Half.AFTERNOON][0]))
        for day in draft.facts.workdays
    }
    for person, options in draft.leave_choices.items():
        by_key: dict[tuple[int, tuple[int, int], tuple[bool, ...], tuple[bool, ...]], list[date]] = defaultdict(list)
        for day, halves in options.items():
            off = tuple(draft.facts.leave_in(person, day, half) is not None for half in Half)
            free = tuple(half in halves for half in Half)
            by_key[number[day], draft.half_minutes(day), free, off].append(day)
        for (_, minutes, free, off), days in by_key.items():
            draft.stretches.append(_stretch(draft, person, tuple(days), minutes, free, off))
    draft.stretch_numbers = number


def _stretch(
    draft: Draft,
    person: str,
    days: tuple[date, ...],
    minutes: tuple[int, int],
    free: tuple[bool, ...],
    off: tuple[bool, ...],
) -> Stretch:
    model, count = draft.model, len(days)
    unit = str(draft.problem.policy.leave_unit)

    def counter(wanted: bool) -> Lit | None:
        return model.new_int_var(0, count, "") if wanted else None

    whole = counter(all(free))
    morning = counter(free[0] and unit != "全天")
    afternoon = counter(free[1] and unit != "全天")
    lits = [v for v in (whole, morning, afternoon) if v is not None]
    model.add(sum(lits) <= count)
    hours = None
    if unit == "1小时":
        most = (minutes[0] // 60, minutes[1] // 60)
        hours = model.new_int_var(0, count * sum(most), "")
        weights = [(whole, sum(most), 2), (morning, most[0], 1), (afternoon, most[1], 1)]
        model.add(hours <= sum(v * upper for v, upper, _ in weights if v is not None))
        model.add(hours >= sum(v * lower for v, _, lower in weights if v is not None))
    return Stretch(person, days, minutes, whole, morning, afternoon, not off[1], not off[0], hours)


def _cuts(draft: Draft) -> list[int]:
    """The instants at which somebody of the part may earn credit, or credit lapses.

    Credit earned on workdays (lunch) would cut every day: within a stretch it counts from the start, which relaxes the
    model a little more. Only the last workdays, after which nothing can be made up for, are told apart.
    """
    close = set(draft.facts.workdays[-CLOSE_DAYS:])
    cuts: set[int] = set()
    lots = opening_lots(draft.problem)
    ends = {lot.expires for lot in lots if lot.person in draft.people}
    for person in draft.part.people:
        for _, _, day, end in draft.credit_terms(person):
            if day in close or not draft.problem.day(day).is_workday:
                cuts.add(instant(day, end))
            ends.add(expiry(draft.problem, day))
    for person, day, end, _ in draft.facts.overtime_credits:
        if person in draft.people:
            cuts.add(instant(day, end))
            ends.add(expiry(draft.problem, day))
    cuts |= {instant(end, MIDNIGHT) for end in ends if end is not None}
    return sorted(cuts)
