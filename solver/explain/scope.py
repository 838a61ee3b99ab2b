"""The part of a hall that a question is about, as a problem of its own: small enough to be solved many times over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from zhiban.model.kinds import LEAVE_PIN, Half, LeaveKind, Line, PinMode
from zhiban.model.problem import Problem
from zhiban.model.records import Item, Leave, Pin
from zhiban.model.roster import AppointmentRow, DutyRow, LeaveRow, Roster
from zhiban.model.settings import LeaderScope
from zhiban.solver.explain.edits import edited
from zhiban.solver.explain.fact import Fact
from zhiban.solver.explain.unit import Unit, UnitKind
from zhiban.solver.parts import NeedShare, Part
from zhiban.solver.rows import stand_in_rows

DAYS_BEFORE = 14
"""So many days before a period hold a weekend, on which nobody is taken to have worked."""


def rested(problem: Problem) -> int:
    """最多连续工作天 that never binds: longer than the period and a fortnight before it."""
    return len(problem.dates) + DAYS_BEFORE


@dataclass(frozen=True, slots=True)
class Scope:
    """Windows, people and leader groups that hang together; nothing outside bears on them."""

    windows: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    leaders: frozenset[str] = frozenset()

    def joined(self, other: "Scope") -> "Scope":
        """Both together."""
        return Scope(
            self.windows | other.windows,
            self.people | other.people,
            self.groups | other.groups,
            self.leaders | other.leaders,
        )


class Scopes:
    """The independent parts of a problem, to be asked which of them a question touches."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._scopes = [
            Scope(
                frozenset(w.id for w in part.windows),
                frozenset(part.people),
                frozenset(u.group for u in part.units),
                frozenset(part.leaders),
            )
            for part in parts
        ]

    def of_unit(self, unit: Unit) -> Scope:
        """The part that staffs a demand."""
        if unit.kind == UnitKind.LEADER:
            return self._union(s for s in self._scopes if unit.subject in s.groups)
        return self._union(s for s in self._scopes if s.windows & set(unit.windows))

    def with_facts(self, scope: Scope, facts: Iterable[Fact]) -> Scope:
        """The scope with the parts that the facts bring in."""
        for fact in facts:
            touched = {fact.window, *fact.touched}
            for part in self._scopes:
                if fact.person in part.people or touched & part.windows:
                    scope = scope.joined(part)
        return scope

    def of_person(self, person: str) -> Scope:
        """The parts in which a person serves or leads."""
        return self._union(s for s in self._scopes if person in s.people or person in s.leaders)

    @staticmethod
    def _union(scopes: Iterable[Scope]) -> Scope:
        found = Scope()
        for scope in scopes:
            found = found.joined(scope)
        return found


def restricted(problem: Problem, scope: Scope) -> Problem:
    """The problem of a scope alone.

    With leader groups all windows stay, for a unit is made by the duties of all windows of its group; leaders where
    the scope has no group bear on nothing in it and go.
    """
    led = bool(scope.groups)
    people = set(scope.people) | set(scope.leaders)
    windows = {w.id for w in problem.windows} if led else set(scope.windows)
    if led:
        people |= {r.person for r in problem.leaders} | {h for w in problem.windows for h in w.heads}
    items, kept = _items(problem.items, windows), set[str]()
    kept = {item.id for item in items}
    changes: dict[str, object] = {
        "windows": tuple(w for w in problem.windows if w.id in windows),
        "people": tuple(p for p in problem.people if p.id in people),
        "posts": tuple(p for p in problem.posts if p.window in scope.windows),
        "leaders": tuple(r for r in problem.leaders if led),
        "leaves": tuple(r for r in problem.leaves if r.person in people),
        "items": items,
        "appointments": tuple(a for a in problem.appointments if a.item in kept),
        "opening": tuple(r for r in problem.opening if r.person in people),
        "history": tuple(r for r in problem.history if r.person in people),
        "wishes": tuple(w for w in problem.wishes if w.person in people and (led or w.line != Line.LEAD)),
        "pins": tuple(p for p in problem.pins if _pin_stays(p, people, windows, led)),
        "swaps": tuple(s for s in problem.swaps if s.a in people and (led or s.a_line != Line.LEAD)),
        "overtime": tuple(r for r in problem.overtime if r.person in people),
        "actuals": tuple(r for r in problem.actuals if r.person is None or r.person in people),
    }
    if not led:
        changes["policy"] = problem.policy.model_copy(update={"leader_scope": LeaderScope.NONE})
    return edited(problem, **changes)


def _items(items: Iterable[Item], windows: set[str]) -> tuple[Item, ...]:
    """The items of the windows; of an item of several departments, its windows here."""
    found: list[Item] = []
    for item in items:
        own = [w for w in item.windows if w in windows]
        if own:
            found.append(item.model_copy(update={"host": own[0], "assists": tuple(own[1:])}))
    return tuple(found)


def _pin_stays(pin: Pin, people: set[str], windows: set[str], led: bool) -> bool:
    if pin.line == Line.LEAD and not pin.appointment:
        return led
    return pin.person in people if pin.person else pin.appointment is not None or pin.window in windows


def part_of(problem: Problem, scope: Scope) -> Part:
    """A scope of its restricted problem as one part."""
    facts = problem.facts
    units = [u for u in facts.units if u.group in scope.groups]
    shares = [(n, tuple(w for w in n.windows if w in scope.windows)) for n in facts.needs]
    return Part(
        "问题所在部分",
        [w for w in problem.windows if w.id in scope.windows],
        [p.id for p in problem.people if p.id in scope.people],
        [s for s in facts.slots if s.window in scope.windows],
        [g for g in facts.group_demands if g.slots[0].window in scope.windows],
        [o for o in facts.openings if o.post.window in scope.windows],
        [NeedShare(need, windows, need.starts) for need, windows in shares if windows],
        units,
        list(dict.fromkeys(p for u in units for p in u.leaders)),
    )


def one_day(problem: Problem, day: date, away: Iterable[LeaveRow] = ()) -> Problem:
    """A day of a restricted problem by itself: whatever other days ask of anybody is forgotten.

    `away` is compensatory leave that stands; leave that a pin demands stands too. No roster of the problem does more
    on this day than the day by itself allows.
    """
    absent = [*problem.leaves]
    absent += [_absence(row.person, day, row.half) for row in away if row.day == day]
    for pin in problem.pins:
        pinned = pin.line == LEAVE_PIN and not pin.appointment and pin.mode != PinMode.MUST_NOT
        if pinned and pin.day == day and pin.person and pin.segment:
            absent.append(_absence(pin.person, day, Half(pin.segment)))
    return edited(
        problem,
        first=day,
        last=day,
        leaves=tuple(absent),
        pins=tuple(p for p in problem.pins if p.line != LEAVE_PIN or p.appointment),
        policy=problem.policy.model_copy(update={"max_days_in_row": DAYS_BEFORE}),
        wishes=(),
        opening=(),
        overtime=(),
        history=(),
        previous=None,
    )


def _absence(person: str, day: date, half: Half) -> Leave:
    return Leave(person=person, kind=LeaveKind.OTHER, first=day, first_half=half, last=day, last_half=half)


def rows_within(
    problem: Problem, scope: Scope, roster: Roster, free: Iterable[str] = (), day: date | None = None
) -> Roster:
    """The rows of a roster in a restricted problem; granted leave and 顶岗明细 as the problem now has them.

    The people `free` lose compensatory leave placed on `day`.
    """
    free = set(free)
    leaves = list(problem.facts.granted)
    leaves += [
        r
        for r in roster.leaves
        if not r.granted and r.person in scope.people and not (r.day == day and r.person in free)
    ]
    return Roster.of(
        [r for r in roster.duties if _row_stays(r, scope)],
        leaves,
        stand_in_rows(problem, leaves),
        [r for r in roster.appointments if _served_here(problem, scope, r)],
    )


def _row_stays(row: DutyRow, scope: Scope) -> bool:
    if row.line == Line.LEAD:
        return row.window in scope.groups
    return row.person in scope.people


def _served_here(problem: Problem, scope: Scope, row: AppointmentRow) -> bool:
    return row.window in scope.windows and row.appointment in problem.facts.need
