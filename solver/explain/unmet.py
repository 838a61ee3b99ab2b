"""Why a demand is short: who could be meant and what rules each out, the facts that force it, and what would help.

Everything said is solved for: the conflict is unmet with its facts alone and met when any one of them is lifted, and
every repair relieves the demand in a roster of the repaired problem.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from zhiban.model.kinds import Line
from zhiban.model.problem import Problem
from zhiban.model.roster import DutyRow, Finding, Judgement, Roster
from zhiban.solver.explain.cures import cures
from zhiban.solver.explain.fact import Fact
from zhiban.solver.explain.gather import demand_fact, own_facts, part_facts
from zhiban.solver.explain.ruled_out import RuledOut, ruled_out
from zhiban.solver.explain.scope import Scopes
from zhiban.solver.explain.trial import Trials
from zhiban.solver.explain.unit import Demand, Unit, UnitKind, unit_of
from zhiban.solver.parts import split
from zhiban.solver.search import Clock
from zhiban.solver.view import view_of
from zhiban.solver.wording import person_text

SECONDS = 4.5
"""For one question, so that the answer is there within 5 s."""
MOST_REPAIRS = 5
MOST_PAIRS = 15
REPAIR_SHARE = 0.55
"""Share of the time that single repairs may take before the conflict is looked for."""


@dataclass(frozen=True, slots=True)
class Repair:
    """Changes of the input that together relieve the demand, with the rows that then serve it (the proof)."""

    facts: tuple[Fact, ...]
    price: int
    rows: tuple[DutyRow, ...]

    @property
    def text(self) -> str:
        """What to do."""
        return "，并".join(fact.remedy for fact in self.facts)


@dataclass(frozen=True, slots=True)
class UnmetExplanation:
    """What can be said of one line of 问题清单.

    `conflict`: facts that together force it, none superfluous once `supposed` (all other facts looked at) are lifted;
    `proven`: both were solved for. `avoidable`: it can be met with the input as it is (the roster is not the best).
    """

    finding: Finding
    people: tuple[RuledOut, ...]
    conflict: tuple[Fact, ...]
    supposed: tuple[Fact, ...]
    proven: bool
    avoidable: bool
    repairs: tuple[Repair, ...]
    solved: int


class Explainer:
    """Answers about one roster; the parts are split once for all questions."""

    def __init__(self, problem: Problem, roster: Roster, judgement: Judgement) -> None:
        self.problem = problem
        self.roster = roster
        self.judgement = judgement
        self._scopes = Scopes(split(problem))
        self._units = [unit for f in judgement.unmet if (unit := unit_of(problem, f)) is not None]

    def unmet(self, finding: Finding, seconds: float = SECONDS) -> UnmetExplanation | None:
        """Why the demand that a finding names is short; None for a finding that is about no demand of this problem."""
        unit = unit_of(self.problem, finding)
        demand = unit.find(self.problem.facts) if unit is not None else None
        if unit is None or demand is None:
            return None
        trials = Trials(self.problem, self.roster, self._units, unit, Clock(seconds), self._scopes)
        people = tuple(ruled_out(view_of(self.problem, self.roster), unit, demand, trials.scope))
        if trials.ask().relieved:
            return UnmetExplanation(finding, people, (), (), True, True, (), trials.asked)
        return self._explained(trials, finding, unit, demand, people)

    def _explained(
        self, trials: Trials, finding: Finding, unit: Unit, demand: Demand, people: tuple[RuledOut, ...]
    ) -> UnmetExplanation:
        facts = own_facts(self.problem, unit, demand)
        added = cures(view_of(self.problem, self.roster), unit, demand, trials.scope)
        repairs = list(single_repairs(trials, [*facts, *added], trials.clock.left * (1 - REPAIR_SHARE)))
        working = {fact for repair in repairs for fact in repair.facts}
        # Of each kind of cure one that works stands for 'there is nobody else'.
        named = {f.kind: f for f in reversed(added) if f in working}
        conflict, supposed, proven = self._conflict(trials, unit, demand, [*facts, *named.values()])
        if not repairs:
            priced = [f for f in [*facts, *added] if f.price is not None]
            repairs = list(pair_repairs(trials, priced))
        return UnmetExplanation(
            finding, people, conflict, supposed, proven, False, tuple(ranked(repairs)), trials.asked
        )

    def _conflict(
        self, trials: Trials, unit: Unit, demand: Demand, facts: list[Fact]
    ) -> tuple[tuple[Fact, ...], tuple[Fact, ...], bool]:
        universe = facts
        if trials.ask(universe).relieved is not True:
            near = {(f.kind, f.key) for f in facts}
            wider = part_facts(self.problem, unit, trials.scope)
            universe = [*(f for f in wider if (f.kind, f.key) not in near), *facts]
            if trials.ask(universe).relieved is not True:
                universe = [*universe, demand_fact(unit, demand)]
        return smallest_conflict(trials, universe)


def smallest_conflict(trials: Trials, universe: Sequence[Fact]) -> tuple[tuple[Fact, ...], tuple[Fact, ...], bool]:
    """The conflict, the facts lifted beside it, and whether it was proven in time.

    Facts are lifted in ever smaller bundles while the demand stays unmet (by the date alone, where that forces it);
    then each that is left is lifted by itself. Since lifting a fact can also bind (whoever is on leave no more has no
    rest), this goes on until nothing changes.
    """
    lifted: list[Fact] = []
    by_date = trials.impossible()

    def stays_unmet(facts: Sequence[Fact]) -> bool:
        return trials.impossible(facts) if by_date else trials.ask(facts).relieved is False

    def lift(bundle: Sequence[Fact]) -> None:
        if bundle and stays_unmet([*lifted, *bundle]):
            lifted.extend(bundle)
        elif len(bundle) > 1:
            middle = len(bundle) // 2
            lift(bundle[:middle])
            lift(bundle[middle:])

    middle = len(universe) // 2
    lift(universe[:middle])
    lift(universe[middle:])
    settled = False
    while not settled:
        settled = True
        for fact in [f for f in universe if f not in lifted]:
            if trials.ask([*lifted, fact]).relieved is False:
                lifted.append(fact)
                settled = False
    kept = tuple(f for f in universe if f not in lifted)
    proven = all(trials.ask([*lifted, fact]).relieved for fact in kept) and trials.ask(lifted).relieved is False
    return kept, tuple(lifted), proven


def single_repairs(trials: Trials, facts: Iterable[Fact], keep: float) -> Iterator[Repair]:
    """Repairs by one change, cheapest first, while more than `keep` seconds are left for the rest."""
    found = 0
    for fact in sorted((f for f in facts if f.price is not None), key=lambda f: (f.price or 0, f.kind, f.key)):
        if found == MOST_REPAIRS or trials.clock.left < keep:
            return
        answer = trials.ask([fact])
        if answer.relieved and answer.rows is not None:
            found += 1
            yield _repair(trials, (fact,), answer.rows)


def pair_repairs(trials: Trials, facts: Sequence[Fact]) -> Iterator[Repair]:
    """Repairs by two changes, for where one does not help."""
    pairs = sorted(combinations(facts, 2), key=lambda pair: sum(f.price or 0 for f in pair))
    found = 0
    for pair in pairs[:MOST_PAIRS]:
        answer = trials.ask(pair)
        if answer.relieved and answer.rows is not None:
            found += 1
            yield _repair(trials, pair, answer.rows)
            if found == 2:
                return


def _repair(trials: Trials, facts: tuple[Fact, ...], rows: Roster) -> Repair:
    """The repair with the demand's rows on the date that the roster did not have."""
    places = {*trials.unit.windows, trials.unit.subject}
    known = {(r.day, r.line, r.start, r.window, r.person) for r in trials.roster.duties}
    new = (r for r in rows.duties if r.day == trials.unit.day and r.window in places)
    if trials.unit.kind == UnitKind.LEADER:
        new = (r for r in new if r.line == Line.LEAD)
    fresh = tuple(r for r in new if (r.day, r.line, r.start, r.window, r.person) not in known)
    return Repair(facts, sum(f.price or 0 for f in facts), fresh)


def ranked(repairs: Iterable[Repair]) -> list[Repair]:
    """The cheapest first."""
    return sorted(repairs, key=lambda r: (len(r.facts), r.price, r.text))


def served_text(problem: Problem, rows: Iterable[DutyRow]) -> str:
    """Who then serves: 由张三(1001)、李四(1002)值班."""
    people = dict.fromkeys(row.person for row in rows)
    return f"由{'、'.join(person_text(problem, p) for p in people)}承担" if people else ""
