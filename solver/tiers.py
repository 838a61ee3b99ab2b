"""The tiers as linear terms over the decisions of a draft (rules.md 4). The verifier has its own, over rows."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from zhiban.model.kinds import FAIRNESS_LINES, Half, Line, Mode
from zhiban.model.records import Leave, Wish
from zhiban.solver.building.changes import change_tiers
from zhiban.solver.building.law import weekend_flag
from zhiban.solver.draft import Draft
from zhiban.solver.linear import Linear, Lit, bounds_of, flat_terms, summed, total, weighted


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier of a draft: its code, the value to be minimised, its trivial range and its largest coefficient."""

    code: str
    value: Linear
    least: int
    most: int
    largest: int

    @staticmethod
    def of(code: str, value: Linear, draft: Draft) -> "Tier":
        """The tier, its range by the domains of its variables; no tier is ever below 0."""
        if isinstance(value, int):
            return Tier(code, value, value, value, abs(value))
        offset, terms = flat_terms(value)
        least = most = offset
        largest = 1
        for variable, weight in terms:
            ends = [weight * bound for bound in bounds_of(variable)]
            least += min(ends)
            most += max(ends)
            largest = max(largest, abs(weight))
        return Tier(code, value, max(0, least), most, largest)


def fairness(draft: Draft) -> Linear:
    """T6: Σ c over lines and people, each convex cost by unary steps (y₁ ≥ y₂ ≥ …, cost Δ₁y₁ + Δ₂y₂ + …)."""
    counts: dict[tuple[str, Line], list[Lit]] = defaultdict(list)
    due = draft.facts.due_instead
    for duty in draft.duties.values():
        if duty.burdens:
            owner = due.get((duty.person, duty.slot.day, duty.slot.line), duty.person)
            counts[owner, duty.slot.line].append(duty.lit)
    for service in draft.services:
        if service.mode == Mode.CALL_IN:
            owner = due.get((service.person, service.need.day, Line.CALL_IN), service.person)
            counts[owner, Line.CALL_IN].append(service.lit)
    for leading in draft.leadings:
        owner = due.get((leading.person, leading.unit.day, Line.LEAD), leading.person)
        counts[owner, Line.LEAD].append(leading.lit)
    constant = 0
    steps: list[Lit] = []
    prices: list[int] = []
    for line in FAIRNESS_LINES:
        people = draft.part.leaders if line == Line.LEAD else draft.part.people
        for person in people:
            constant += draft.facts.fairness_cost(person, line, 0)
            lits = counts.get((person, line), [])
            if lits and draft.facts.share(person, line) is not None:
                made = _steps(draft, lits, _most(draft, person, line, lits))
                steps += made
                prices += _prices(draft, person, line, len(made))
    return weighted(steps, prices) + constant if steps else constant


def _most(draft: Draft, person: str, line: Line, lits: list[Lit]) -> int:
    """An upper bound of n: in 全天 a person has one place a date on a standing line."""
    whole = str(draft.problem.policy.granularity) == "全天"
    if whole and line in (Line.WEEKEND, Line.HOLIDAY, Line.LUNCH) and not draft.problem.swaps:
        return min(len(lits), len(draft.facts.serve_days.get((person, line), ())))
    return len(lits)


def _steps(draft: Draft, lits: list[Lit], most: int) -> list[Lit]:
    if len(lits) == 1:
        return lits
    steps = [draft.bool_var() for _ in range(most)]
    draft.model.add(summed(lits) == summed(steps))
    for lower, upper in pairwise(steps):
        draft.model.add_implication(upper, lower)
    return steps


def _prices(draft: Draft, person: str, line: Line, count: int) -> list[int]:
    costs = [draft.facts.fairness_cost(person, line, n) for n in range(count + 1)]
    return [after - before for before, after in pairwise(costs)]


def closing(draft: Draft) -> Linear:
    """T7: Σ 期末 = opening + credits − leave − lapsed, minutes."""
    constant = sum(lot.minutes for lot in draft.problem.opening if lot.person in draft.people)
    constant += sum(m for who, _, _, m in draft.facts.overtime_credits if who in draft.people)
    constant -= sum(row.minutes for row in draft.granted.values())
    lits: list[Lit] = []
    weights: list[int] = []
    for person in draft.part.people:
        for lit, minutes, _, _ in draft.credit_terms(person):
            lits.append(lit)
            weights.append(minutes)
    for options in draft.leaves.values():
        for option in options:
            lits.append(option.lit)
            weights.append(-option.minutes)
    for stretch in draft.stretches:
        for lit, minutes in stretch.terms():
            lits.append(lit)
            weights.append(-minutes)
    lapsed = total([amount for amounts in draft.lapsed.values() for amount in amounts])
    value: Linear = weighted(lits, weights) + constant if lits else constant
    return value - lapsed


def wishes(draft: Draft) -> Linear:
    """T8: Σ weight of wishes broken, 待批 leave among them with weight 1."""
    terms: list[Linear] = []
    for wish in draft.problem.wishes:
        if draft.problem.holds(wish.day) and _mine(draft, wish):
            terms.append(_broken(draft, wish))
    for leave in draft.problem.leaves:
        if not leave.approved and leave.person in draft.people:
            terms.append(_overrun(draft, leave))
    return total(terms)


def _mine(draft: Draft, wish: Wish) -> bool:
    if wish.line == Line.LEAD:
        leads = wish.person in draft.part.leaders
        return leads or (wish.person in draft.people and wish.person not in _all_leaders(draft))
    return wish.person in draft.people


def _all_leaders(draft: Draft) -> set[str]:
    return {p for u in draft.facts.units for p in u.leaders}


def _broken(draft: Draft, wish: Wish) -> Linear:
    lines = [wish.line] if wish.line is not None else list(Line)
    elsewhere = {d.line for d in draft.facts.slots_on(wish.day)} & draft.left_out & set(lines)
    if wish.wants and elsewhere:
        return 0  # The line is decided elsewhere: the wish may come true there.
    lits = [lit for line in lines for lit in draft.on_line(wish.person, wish.day, line)]
    if wish.wants:
        if not lits:
            return wish.weight
        broken = draft.bool_var()
        draft.model.add_bool_or([*lits, broken])
        return wish.weight * broken
    return wish.weight * _any_of(draft, lits)


def _any_of(draft: Draft, lits: list[Lit]) -> Linear:
    """A literal that each of `lits` implies; itself where it is only one, 0 where there is none."""
    if len(lits) < 2:
        return lits[0] if lits else 0
    flag = draft.bool_var()
    for lit in lits:
        draft.model.add_implication(lit, flag)
    return flag


def _overrun(draft: Draft, leave: Leave) -> Linear:
    lits: dict[int, Lit] = {}
    for day, start, end in draft.facts.leave_pieces(leave):
        if draft.problem.holds(day):
            for place in draft.places_of(leave.person, day):
                if place.start < end and start < place.end:
                    lits[place.lit.index] = place.lit
    return _any_of(draft, list(lits.values()))


def comfort(draft: Draft) -> Linear:
    """T9: (i) halves of leave alone in their day, (ii) lunch duty on a half day off, (iii) weekends in a row."""
    terms: list[Linear] = []
    _lone_halves(draft, terms)
    for stretch in draft.stretches:
        terms += [stretch.morning] if stretch.morning is not None and stretch.lone_morning else []
        terms += [stretch.afternoon] if stretch.afternoon is not None and stretch.lone_afternoon else []
    for (person, day), duties in draft.duties_of.items():
        lunches = [d.lit for d in duties if d.slot.line == Line.LUNCH]
        if lunches:
            _half_day_lunch(draft, person, day, lunches, terms)
    _weeks_running(draft, terms)
    return total(terms)


def _lone_halves(draft: Draft, terms: list[Linear]) -> None:
    for (person, day, half), options in draft.leaves.items():
        other = Half.AFTERNOON if half == Half.MORNING else Half.MORNING
        if draft.facts.leave_in(person, day, other) is not None:
            continue
        terms.append(summed([o.lit for o in options]))
        if half == Half.MORNING and (person, day) in draft.both_off:
            terms.append(-2 * draft.both_off[person, day])


def _half_day_lunch(draft: Draft, person: str, day: date, lunches: list[Lit], terms: list[Linear]) -> None:
    approved = [draft.facts.leave_in(person, day, half) is not None for half in Half]
    away = [draft.away(person, day, half) for half in Half]
    if all(approved):
        return
    if any(approved):
        # The other half is free (H7), so that exactly one is off.
        terms.append(_any_of(draft, lunches))
        return
    pieces = away[0] + away[1]
    if not pieces:
        return
    tired = draft.bool_var()
    for lunch in lunches:
        for leave in pieces:
            draft.model.add_bool_or([~lunch, ~leave, tired])
    terms.append(tired)


def _weeks_running(draft: Draft, terms: list[Linear]) -> None:
    first_monday = draft.problem.first - timedelta(days=draft.problem.first.weekday())
    for person in draft.part.people:
        weeks: dict[int, list[Lit]] = defaultdict(list)
        for day in draft.problem.dates:
            weeks[(day - first_monday).days // 7] += weekend_flag(draft, person, day)
        for week, lits in weeks.items():
            after = weeks.get(week + 1)
            if lits and after:
                both = draft.bool_var()
                for one in lits:
                    for two in after:
                        draft.model.add_bool_or([~one, ~two, both])
                terms.append(both)


def all_tiers(draft: Draft) -> list[Tier]:
    """T1 to T9 of a draft; T5 only where it has a plan."""
    values: list[tuple[str, Linear]] = [
        ("T1", total(draft.unserved)),
        ("T2", total(draft.shortages)),
        ("T3", total(draft.empty_posts)),
        ("T4", total(draft.unled)),
        *change_tiers(draft),
        ("T6", fairness(draft)),
        ("T7", closing(draft)),
        ("T8", wishes(draft)),
        ("T9", comfort(draft)),
    ]
    return [Tier.of(code, value, draft) for code, value in values]
