"""Valid inequalities for T9 with leave by the stretch: a balance that is used up to the minute costs lone halves.

Let a morning have m minutes, a whole day S, and let every credit of a person be a multiple of S (a full day's duty for
a full day's leave). With A mornings and B afternoons alone, leave is ≡ m·(A − B) mod S, so that the closing balance c
fixes A − B mod S/gcd(m, S), and A + B ≥ |A − B| ≥ g(c). The lower convex envelope of g over the possible c is linear
in c and A + B; without it the relaxation pays a fraction of a lone half wherever it likes.
"""

from collections import defaultdict
from math import gcd

from ortools.sat.python import cp_model

from zhiban.model.ledger import expiry
from zhiban.solver.draft import Draft, Linear, Lit, Stretch

LinearExpr = cp_model.LinearExpr
Point = tuple[int, int]


def build_lone_halves(draft: Draft) -> None:
    """Add the envelope of every person whose credits all are whole days."""
    by_person: dict[str, list[Stretch]] = defaultdict(list)
    for stretch in draft.stretches:
        by_person[stretch.person].append(stretch)
    for person, stretches in by_person.items():
        lengths = {s.minutes for s in stretches}
        alike = len(lengths) == 1 and all(s.lone_morning and s.lone_afternoon for s in stretches)
        if not alike or str(draft.problem.policy.leave_unit) != "半天" or _may_lapse(draft, person):
            continue
        morning, afternoon = next(iter(lengths))
        terms = draft.credit_terms(person)
        if any(minutes % (morning + afternoon) for _, minutes, _, _ in terms):
            continue
        _add_envelope(draft, person, stretches, morning, morning + afternoon)


def _may_lapse(draft: Draft, person: str) -> bool:
    days = [day for _, _, day, _ in draft.credit_terms(person)]
    ends = [lot.expires for lot in draft.problem.opening if lot.person == person]
    ends += [expiry(draft.problem, lot.earned, lot.expires) for lot in draft.problem.opening if lot.person == person]
    ends += [expiry(draft.problem, day) for day in days]
    return any(end is not None and end <= draft.problem.last for end in ends)


def _add_envelope(draft: Draft, person: str, stretches: list[Stretch], morning: int, whole: int) -> None:
    certain = sum(lot.minutes for lot in draft.problem.opening if lot.person == person)
    certain += sum(m for who, _, _, m in draft.facts.overtime_credits if who == person)
    certain -= sum(row.minutes for row in draft.granted.values() if row.person == person)
    facets = envelope(certain, morning, whole)
    if not facets:
        return
    earned: list[tuple[Lit, int]] = [(lit, m) for lit, m, _, _ in draft.credit_terms(person)]
    taken = [term for s in stretches for term in s.terms()]
    closing: Linear = certain - LinearExpr.weighted_sum([t[0] for t in taken], [t[1] for t in taken])
    if earned:
        closing = closing + LinearExpr.weighted_sum([t[0] for t in earned], [t[1] for t in earned])
    lone = LinearExpr.sum([lit for s in stretches for lit in (s.morning, s.afternoon) if lit is not None])
    for (low, most), (high, least) in facets:
        # Between two corners: lone ≥ most − (most − least)·(c − low)/(high − low).
        draft.model.add((high - low) * lone + (most - least) * closing >= most * high - least * low)


def envelope(certain: int, morning: int, whole: int) -> list[tuple[Point, Point]]:
    """The falling facets of the lower convex envelope of (closing balance, fewest lone halves).

    `certain`: minutes a person has whatever is decided, `morning` and `whole`: minutes of a morning and of a day.
    """
    cycle = whole // gcd(morning, whole)
    fewest: dict[int, int] = {}
    for steps in range(-cycle, cycle + 1):
        balance = (certain - morning * steps) % whole
        fewest[balance] = min(fewest.get(balance, abs(steps)), abs(steps))
    points = sorted(fewest.items())
    corners: list[Point] = []
    for point in points:
        while len(corners) > 1 and _above(corners[-2], corners[-1], point):
            corners.pop()
        corners.append(point)
    return [(a, b) for a, b in zip(corners, corners[1:], strict=False) if a[1] > b[1]]


def _above(first: Point, middle: Point, last: Point) -> bool:
    """Whether the middle corner lies on or above the line through the others."""
    return (middle[1] - first[1]) * (last[0] - first[0]) >= (last[1] - first[1]) * (middle[0] - first[0])
