"""Who holds each open post in each half or segment, as the rows say (rules.md D2)."""

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from zhiban.model.demand import Opening
from zhiban.model.kinds import Half, Line
from zhiban.model.roster import StandInRow

if TYPE_CHECKING:
    from zhiban.solver.view import RosterView

Time = tuple[date, Half | Line, int, int]
"""Date, half or line, start and end: within one of these a person holds several posts at once."""


class Holding(NamedTuple):
    """One open post-segment with its holders (none: T3; more than one: a breach) and its row of 顶岗明细, if any.

    `unexplained`: A is absent in a half and no row of 顶岗明细 says so.
    """

    opening: Opening
    holders: tuple[str, ...]
    row: StandInRow | None = None
    unexplained: bool = False

    @property
    def time(self) -> Time:
        """The half or segment."""
        return time_of(self.opening)


def time_of(opening: Opening) -> Time:
    """The half or segment of a post-segment."""
    kind = opening.half or opening.line
    assert kind is not None, "a post-segment lies in a half or on a line"
    return (opening.day, kind, opening.start, opening.end)


def holdings_of(view: "RosterView") -> list[Holding]:
    """Every post-segment of the period with its holders."""
    stand_ins: dict[tuple[date, Half, str], StandInRow] = {}
    for row in view.roster.stand_ins:
        stand_ins.setdefault((row.day, row.half, row.post), row)
    named: dict[tuple[Time, str], list[str]] = defaultdict(list)
    for row in view.standing:
        for post in row.posts:
            named[(row.day, row.line, row.start, row.end), post].append(row.person)
    found: list[Holding] = []
    for opening in view.facts.openings:
        if opening.half is None:
            people = dict.fromkeys(named.get((time_of(opening), opening.post.id), ()))
            found.append(Holding(opening, tuple(people)))
        else:
            row = stand_ins.get((opening.day, opening.half, opening.post.id))
            found.append(_in_half(view, opening, opening.half, row))
    return found


def _in_half(view: "RosterView", opening: Opening, half: Half, row: StandInRow | None) -> Holding:
    """A holds unless a row names another; an absent A without a row holds nothing."""
    if row is not None:
        return Holding(opening, (row.stand_in,) if row.stand_in else (), row)
    if view.present(opening.post.a, opening.day, half):
        return Holding(opening, (opening.post.a,))
    return Holding(opening, (), unexplained=True)


def loads_of(holdings: list[Holding]) -> Counter[tuple[Time, str]]:
    """How many posts each person holds at each time."""
    return Counter((holding.time, person) for holding in holdings for person in holding.holders)


def is_present(view: "RosterView", opening: Opening, person: str) -> bool:
    """Whether a person is present in a post-segment: in a half by leave, elsewhere by a row of the line on it."""
    if person not in view.problem.person:
        return False
    if opening.half is not None:
        return view.present(person, opening.day, opening.half)
    assert opening.line is not None, "a post-segment lies in a half or on a line"
    return person in view.on_segment.get((opening.day, opening.line, opening.start, opening.end), {})
