"""Would a demand be better met, were some facts otherwise? Answered by solving, never by looking.

A demand is *relieved* when a lawful roster exists in which it lacks fewer people and nobody else pays: on its date its
tier sums to less and no tier above to more, and over all dates likewise. Three steps, each exact in one direction:
the date by itself (if that cannot be, nothing can), the roster with that date made anew (if the verifier finds no
breach, it can be), and the whole part.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhiban.model.problem import Problem
from zhiban.model.roster import Finding, Roster
from zhiban.solver.build import build
from zhiban.solver.draft import Draft
from zhiban.solver.explain.clauses import DEMAND_TIERS, hold_date, hold_tiers, relieve, taken
from zhiban.solver.explain.day import SETTINGS, Day, breaches
from zhiban.solver.explain.fact import Fact, all_lifted
from zhiban.solver.explain.scope import Scope, Scopes, part_of, restricted, rows_within
from zhiban.solver.explain.unit import Unit, UnitKind
from zhiban.solver.rows import roster_of
from zhiban.solver.search import Clock, Status, minimise

SHORTEST_ASK = 0.2
"""Seconds that must be left to a question, so that a late one is answered 'not settled', not wrongly."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`relieved` None: not settled in time. `rows` are the rows of the scope in a roster that relieves the demand."""

    relieved: bool | None
    rows: Roster | None = None


class Trials:
    """One unmet demand of a roster, asked about under one supposition after the other.

    `unmet` are all that the roster has, this one among them.
    """

    def __init__(
        self, problem: Problem, roster: Roster, unmet: Sequence[Unit], unit: Unit, clock: Clock, scopes: Scopes
    ) -> None:
        self.problem = problem
        self.roster = roster
        self.unit = unit
        self.clock = clock
        self.scopes = scopes
        self.scope = scopes.of_unit(unit)
        self._unmet = unmet
        self._answers: dict[frozenset[Fact], Answer] = {}
        self._ruled_out: dict[frozenset[Fact], bool] = {}
        self._breaches: dict[Scope, frozenset[Finding]] = {}

    def ask(self, facts: Iterable[Fact] = ()) -> Answer:
        """Whether the demand is relieved once the facts are lifted; the same question is solved once."""
        lifted = frozenset(facts)
        if lifted not in self._answers:
            if self.clock.left < SHORTEST_ASK:
                return Answer(None)
            # In the order of their keys, so that a question has one answer.
            self._answers[lifted] = self._solved(sorted(lifted, key=lambda f: (f.kind, f.key)))
        return self._answers[lifted]

    def impossible(self, facts: Iterable[Fact] = ()) -> bool:
        """Whether the date by itself proves that nothing relieves the demand once the facts are lifted.

        Quick; False says nothing (also when there is no time left to find out).
        """
        lifted = frozenset(facts)
        if lifted not in self._ruled_out:
            scope = self.scopes.with_facts(self.scope, lifted)
            problem = restricted(all_lifted(self.problem, sorted(lifted, key=lambda f: (f.kind, f.key))), scope)
            if self.unit.find(problem.facts) is None:
                return False
            base = Base.of(self._unmet, self.unit, scope)
            self._ruled_out[lifted] = Day(problem, scope, self.unit, base.on_day).impossible(self.clock)
        return self._ruled_out[lifted]

    @property
    def asked(self) -> int:
        """How many questions were solved."""
        return len(self._answers)

    def _solved(self, facts: Sequence[Fact]) -> Answer:
        scope = self.scopes.with_facts(self.scope, facts)
        problem = restricted(all_lifted(self.problem, facts), scope)
        if self.unit.find(problem.facts) is None:
            return Answer(True)
        base = Base.of(self._unmet, self.unit, scope)
        if self.impossible(facts):
            return Answer(False)
        old = rows_within(problem, scope, self.roster, {f.person for f in facts}, self.unit.day)
        placed = [row for row in old.leaves if not row.granted]
        day = Day(problem, scope, self.unit, base.on_day, placed)
        new = day.made_anew(self.clock, problem, old, self._known(scope))
        return Answer(True, new) if new is not None else self._whole(problem, scope, base)

    def _known(self, scope: Scope) -> frozenset[Finding]:
        """The breaches that the roster has as it is, if it was made by hand."""
        if scope not in self._breaches:
            problem = restricted(self.problem, scope)
            self._breaches[scope] = frozenset(breaches(problem, rows_within(problem, scope, self.roster)))
        return self._breaches[scope]

    def _whole(self, problem: Problem, scope: Scope, base: "Base") -> Answer:
        """The whole part, all dates: exact both ways, and the slowest."""
        part = part_of(problem, scope)
        draft = Draft(problem, part, exact_posts=True)
        hold_tiers(draft, {t.code: t for t in build(draft)}, self.unit.tier, base.total)
        hold_date(draft, self.unit, base.on_day)
        demand = self.unit.find(problem.facts)
        assert demand is not None, "a demand that is gone is not asked about"
        relieve(draft, self.unit, demand)
        attempt = minimise(draft.model, 0, SETTINGS, self.clock)
        if attempt.status == Status.INFEASIBLE:
            return Answer(False)
        if not attempt.solved:
            return Answer(None)
        return Answer(True, roster_of(problem, [taken(part, draft, attempt.values)]))


@dataclass(frozen=True, slots=True)
class Base:
    """What is missing now in a scope, by tier: on the demand's date (for posts: its half or segment), and in all."""

    on_day: dict[str, int]
    total: dict[str, int]

    @staticmethod
    def of(unmet: Iterable[Unit], unit: Unit, scope: Scope) -> "Base":
        """Sums over what 问题清单 says is short."""
        on_day: Counter[str] = Counter(dict.fromkeys(DEMAND_TIERS, 0))
        total: Counter[str] = Counter(dict.fromkeys(DEMAND_TIERS, 0))
        for other in unmet:
            led = other.kind == UnitKind.LEADER
            if not (other.subject in scope.groups if led else scope.windows & set(other.windows)):
                continue
            total[other.tier] += other.missing
            post = other.kind == UnitKind.POST == unit.kind
            if other.day == unit.day and (not post or (other.line, other.start) == (unit.line, unit.start)):
                on_day[other.tier] += other.missing
        return Base(dict(on_day), dict(total))
