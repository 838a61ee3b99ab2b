"""Valid inequalities for T9 with leave by the stretch: a balance that is used up to the minute costs lone halves.

Let a morning have m minutes, a whole day S, and let the credits of a person be multiples of S (a full day's duty for a
full day's leave); c is what is not taken, left over or lapsed. With A mornings and B afternoons alone, leave is
≡ m·(A − B) mod S, so that c fixes A − B mod S/gcd(m, S), and A + B ≥ |A − B| ≥ g(c). The lower convex envelope of g
over the possible c is linear in c and A + B; without it the relaxation pays a fraction of a lone half where it likes.
"""

from collections import defaultdict
from itertools import pairwise
from math import gcd

from zhiban.solver.decisions import Stretch
from zhiban.solver.draft import Draft
from zhiban.solver.linear import Linear, Lit, summed, weighted

Point = tuple[int, int]
MOST_ODD_SHARE = 0.5
"""Where more of a person's possible credits than this are no whole days, the inequality would seldom bite."""


def build_lone_halves(draft: Draft) -> None:
    """Add the envelope of every person whose credits all are whole days."""
    by_person: dict[str, list[Stretch]] = defaultdict(list)
    for stretch in draft.stretches:
        by_person[stretch.person].append(stretch)
    for person, stretches in by_person.items():
        lengths = {s.minutes for s in stretches}
        alike = len(lengths) == 1 and all(s.lone_morning and s.lone_afternoon for s in stretches)
        if alike and str(draft.problem.policy.leave_unit) == "半天":
            morning, afternoon = next(iter(lengths))
            _add_envelope(draft, person, stretches, morning, morning + afternoon)


def _add_envelope(draft: Draft, person: str, stretches: list[Stretch], morning: int, whole: int) -> None:
    certain = sum(lot.minutes for lot in draft.problem.opening if lot.person == person)
    certain += sum(m for who, _, _, m in draft.facts.overtime_credits if who == person)
    certain -= sum(row.minutes for row in draft.granted.values() if row.person == person)
    facets = envelope(certain, morning, whole)
    earned: list[tuple[Lit, int]] = [(lit, m) for lit, m, _, _ in draft.credit_terms(person)]
    odd = [lit for lit, m in earned if m % whole]
    if not facets or len(odd) > MOST_ODD_SHARE * len(earned):
        return
    taken = [term for s in stretches for term in s.terms()]
    closing: Linear = certain - weighted([t[0] for t in taken], [t[1] for t in taken])
    if earned:
        closing = closing + weighted([t[0] for t in earned], [t[1] for t in earned])
    lone = summed([lit for s in stretches for lit in (s.morning, s.afternoon) if lit is not None])
    for (low, most), (high, least) in facets:
        # Between two corners: lone ≥ most − (most − least)·(c − low)/(high − low).
        right = most * high - least * low
        # Any credit that is no whole day (a call-in) changes the residues: the inequality yields to it.
        draft.model.add((high - low) * lone + (most - least) * closing + right * summed(odd) >= right)


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
    return [(a, b) for a, b in pairwise(corners) if a[1] > b[1]]


def _above(first: Point, middle: Point, last: Point) -> bool:
    """Whether the middle corner lies on or above the line through the others."""
    return (middle[1] - first[1]) * (last[0] - first[0]) >= (last[1] - first[1]) * (middle[0] - first[0])
