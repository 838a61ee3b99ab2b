"""What it would cost to do it another way: an exchange judged by the verifier, a ban or an order solved for."""

from collections.abc import Iterable
from dataclasses import dataclass

from zhiban.model.kinds import FAIRNESS_LINES, Line
from zhiban.model.problem import Problem
from zhiban.model.records import Pin
from zhiban.model.roster import TIER_NAMES, Finding, Roster
from zhiban.solver.counts import totals
from zhiban.solver.explain.day import SETTINGS, breaches
from zhiban.solver.explain.edits import edited
from zhiban.solver.explain.scope import Scope, restricted, rows_within
from zhiban.solver.parts import split
from zhiban.solver.search import Clock, Status
from zhiban.solver.solve_part import PartSearch
from zhiban.solver.tiers_of import tiers_of
from zhiban.solver.view import RosterView, view_of

TIERS = tuple(code for code in TIER_NAMES if code not in ("T5a", "T5b"))


@dataclass(frozen=True, slots=True)
class TierChange:
    """A tier that another way of doing it makes worse (`by` > 0) or better."""

    code: str
    name: str
    by: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What another way comes to. `fault`: the breach of law that forbids it (None: lawful).

    `changes` are all tiers that change, in their order: the first decides. `exact`: no roster does it for less.
    """

    fault: Finding | None = None
    changes: tuple[TierChange, ...] = ()
    exact: bool = True
    impossible: bool = False
    """No lawful roster does it at all."""

    @property
    def lawful(self) -> bool:
        """Whether it can be done at all."""
        return self.fault is None and not self.impossible

    @property
    def rank(self) -> tuple[int, ...]:
        """Prices in the order in which tiers are compared."""
        by = {change.code: change.by for change in self.changes}
        return tuple(by.get(code, 0) for code in TIERS)

    @property
    def text(self) -> str:
        """The price in words."""
        if self.impossible:
            return "不可行：没有合规的排班"
        if self.fault is not None:
            return f"违反{self.fault.code}：{self.fault.text}"
        if not self.changes:
            return "各层级都不变（同样好）"
        first = self.changes[0]
        said = "变差" if first.by > 0 else "变好"
        most = "" if self.exact else "至多"
        return f"{first.code}{first.name}{said}{most}{abs(first.by)}"


class Costs:
    """Prices against one roster within one scope of it."""

    def __init__(self, problem: Problem, roster: Roster, scope: Scope) -> None:
        self.problem = problem
        self.scope = scope
        self.view = view_of(problem, roster)
        self.inside = restricted(problem, scope)
        self.rows = rows_within(self.inside, scope, roster)
        self.known = frozenset(breaches(self.inside, self.rows))
        self.counts = totals(self.view)
        self.values = self._values(self.rows)
        self.values["T6"] = self._shares(self.counts)
        self.values["T7"] = sum(r.closing for r in self.view.ledger.bank if r.person in scope.people)

    def _values(self, rows: Roster) -> dict[str, int]:
        found = tiers_of(RosterView(self.inside, rows))
        return {code: found[code] or 0 for code in TIERS}

    def _shares(self, counts: "dict[tuple[str, Line], int]") -> int:
        """T6 of the scope, by the shares of the whole centre."""
        total = 0
        for line in FAIRNESS_LINES:
            for person in self.scope.leaders if line == Line.LEAD else self.scope.people:
                total += self.view.facts.fairness_cost(person, line, counts.get((person, line), 0))
        return total

    def of_rows(self, rows: Roster) -> Cost:
        """The price of other rows for the scope, all else as it is."""
        new = [f for f in breaches(self.inside, rows) if f not in self.known]
        if new:
            return Cost(fault=min(new, key=lambda f: (f.code.startswith("D"), f.code, f.text)))
        view = RosterView(self.inside, rows)
        values = self._values(rows)
        counts = totals(view)
        values["T6"] = self._shares(counts)
        values["T7"] = sum(r.closing for r in view.ledger.bank if r.person in self.scope.people)
        return Cost(changes=changes(self.values, values))

    def of_pins(self, pins: Iterable[Pin], clock: Clock, limit: float) -> Cost | None:
        """The price of a roster that keeps the pins, the parts they touch solved anew; None: not settled in time."""
        pins = tuple(pins)
        changed = edited(self.problem, pins=(*self.problem.pins, *pins))
        people = {p.person for p in pins}
        values: dict[str, int] = dict.fromkeys(TIERS, 0)
        proven = dict.fromkeys(TIERS, True)
        for part in split(changed):
            if not (people & {*part.people, *part.leaders} or self.scope.windows & {w.id for w in part.windows}):
                continue
            result = PartSearch(changed, part, SETTINGS, clock).run(min(limit, clock.left))
            if result.status == Status.INFEASIBLE:
                return Cost(impossible=True)
            if not result.found or not all(code in result.tiers for code in TIERS):
                return None
            for code in TIERS:
                values[code] += result.tiers[code].value
                proven[code] = proven[code] and result.tiers[code].proven
        found = changes(self.values, values)
        # What decides is the first tier that differs; whether those after it are proven changes nothing.
        decisive = TIERS.index(found[0].code) if found else len(TIERS) - 1
        return Cost(changes=found, exact=all(proven[code] for code in TIERS[: decisive + 1]))


def changes(before: dict[str, int], after: dict[str, int]) -> tuple[TierChange, ...]:
    """The tiers that differ, in their order."""
    differ = (code for code in TIERS if before[code] != after[code])
    return tuple(TierChange(code, TIER_NAMES[code], after[code] - before[code]) for code in differ)
