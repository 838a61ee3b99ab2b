"""Why me, and why not him: a person's load, and what each duty would have cost with somebody else."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from zhiban.model.demand import Slot
from zhiban.model.kinds import FAIRNESS_LINES, Line, PinMode
from zhiban.model.problem import Problem
from zhiban.model.records import Pin
from zhiban.model.roster import DutyRow, Roster
from zhiban.solver.counts import totals
from zhiban.solver.explain.cost import Cost, Costs
from zhiban.solver.explain.fact import Fact
from zhiban.solver.explain.gather import against
from zhiban.solver.explain.scope import Scope, Scopes
from zhiban.solver.explain.unit import Unit, UnitKind
from zhiban.solver.parts import split
from zhiban.solver.rows import stand_in_rows
from zhiban.solver.search import Clock
from zhiban.solver.view import view_of

SECONDS = 4.5
SHORTEST_SOLVE = 0.5
"""Seconds below which a part is not solved anew."""
MOST_LEAVES_BACK = 3


@dataclass(frozen=True, slots=True)
class Load:
    """One line of a person: n duties of this period on top of h, for the dates he could serve (a of the duty days).

    `mean` is the mean n of his group (公平组, else window) among those who could serve; `cost` his c of tier T6.
    """

    line: Line
    count: int
    before: int
    could: int
    duty_days: int
    share: Fraction
    cost: int
    mean: float


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody who might have had a duty: why he may not (`facts`), or what the exchange would cost."""

    person: str
    name: str
    facts: tuple[Fact, ...]
    cost: Cost | None

    @property
    def text(self) -> str:
        """The reason in words."""
        if self.facts:
            return "；".join(fact.text for fact in self.facts)
        return self.cost.text if self.cost is not None else "未及核算"


@dataclass(frozen=True, slots=True)
class DutyWhy:
    """One duty of a person: who else could have had it; `forbidden` is the price of a roster in which he has it not."""

    person: str
    day: date
    line: Line
    window: str
    others: tuple[Other, ...]
    forbidden: Cost | None


@dataclass(frozen=True, slots=True)
class PersonWhy:
    """Everything about one person's load."""

    person: str
    name: str
    loads: tuple[Load, ...]
    duties: tuple[DutyWhy, ...]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a person has no duty on a line and date: the facts against him, or the price of a roster in which he has."""

    person: str
    name: str
    day: date
    line: Line
    facts: tuple[Fact, ...]
    forced: Cost | None
    has_it: bool = False


class PersonExplainer:
    """Answers about the people of one roster."""

    def __init__(self, problem: Problem, roster: Roster) -> None:
        self.problem = problem
        self.roster = roster
        self.view = view_of(problem, roster)
        self._scopes = Scopes(split(problem))
        self._costs: dict[Scope, Costs] = {}

    def why_me(self, person: str, seconds: float = SECONDS) -> PersonWhy:
        """A person's load and all his duties; of those that time allows, the price of not having them."""
        clock = Clock(seconds)
        duties = self._duties_of(person)
        found = [self._with_others(person, rows, clock) for rows in duties]
        for number, duty in enumerate(found):
            limit = clock.left / (len(found) - number)
            found[number] = replace(duty, forbidden=self._forbidden(duty, clock, limit))
        return PersonWhy(person, self.problem.person[person].name, self.loads(person), tuple(found))

    def why_duty(self, day: date, line: Line, window: str, seconds: float = SECONDS) -> tuple[DutyWhy, ...]:
        """Everybody on one duty, as `why_me` tells it."""
        clock = Clock(seconds)
        people = dict.fromkeys(r.person for r in self.view.duties if (r.day, r.line, r.window) == (day, line, window))
        found: list[DutyWhy] = []
        for person in people:
            rows = [r for r in self.view.rows_on[person, day] if (r.line, r.window) == (line, window)]
            duty = self._with_others(person, rows, clock)
            limit = clock.left / (len(people) - len(found))
            found.append(replace(duty, forbidden=self._forbidden(duty, clock, limit)))
        return tuple(found)

    def why_not(self, person: str, day: date, line: Line, seconds: float = SECONDS) -> WhyNot:
        """Why a person does not serve a line on a date."""
        name = self.problem.person[person].name
        if any(r.line == line for r in self.view.rows_on.get((person, day), ())):
            return WhyNot(person, name, day, line, (), None, has_it=True)
        windows = self.problem.person[person].windows
        slots = [s for s in self.view.facts.slots_by_day_line.get((day, line), ()) if s.window in windows]
        if (
            line not in (Line.LEAD, Line.CALL_IN)
            and slots
            and not any(self.view.facts.may_work(person, s) for s in slots)
        ):
            return WhyNot(person, name, day, line, tuple(self._against(person, slots[0])), None)
        pin = Pin(day=day, line=line, person=person, mode=PinMode.MUST)
        cost = self._scope_costs(self._scopes.of_person(person)).of_pins([pin], Clock(seconds), seconds)
        return WhyNot(person, name, day, line, (), cost)

    def loads(self, person: str) -> tuple[Load, ...]:
        """The lines that a person could serve."""
        facts, counts = self.problem.facts, totals(self.view)
        who = self.problem.person[person]
        found: list[Load] = []
        for line in FAIRNESS_LINES:
            share = facts.share(person, line)
            if share is None:
                continue
            peers = [
                p.id
                for p in self.problem.people
                if _group(p.fairness_group, p.window) == _group(who.fairness_group, who.window)
            ]
            numbers = [counts[p, line] for p in peers if facts.share(p, line) is not None]
            could = len(facts.serve_days[person, line])
            count = counts[person, line]
            cost = facts.fairness_cost(person, line, count)
            mean = sum(numbers) / len(numbers)
            before = facts.history_count(person, line)
            found.append(Load(line, count, before, could, len(facts.duty_days[line]), share, cost, mean))
        return tuple(found)

    # ---- duties ---------------------------------------------------------------------------------------------------

    def _duties_of(self, person: str) -> list[list[DutyRow]]:
        """A person's rows of 排班明细, those of one duty together."""
        whole = str(self.problem.policy.granularity) == "全天"
        found: dict[tuple[object, ...], list[DutyRow]] = defaultdict(list)
        for row in self.view.duties:
            if row.person == person:
                piece = row.start if not whole and row.line != Line.LEAD else 0
                found[
                    row.day, row.line, row.window, piece, row.appointments if row.line == Line.CALL_IN else ()
                ].append(row)
        return list(found.values())

    def _with_others(self, person: str, rows: list[DutyRow], clock: Clock) -> DutyWhy:
        row = rows[0]
        slot = self.view.slot_of(row)
        others = self._others(person, slot, rows, clock) if slot is not None else ()
        return DutyWhy(person, row.day, row.line, row.window, tuple(others), None)

    def _others(self, person: str, slot: Slot, rows: list[DutyRow], clock: Clock) -> Iterable[Other]:
        """Everybody else who may serve the window; the exchange leaves all other rows as they are."""
        costs = self._scope_costs(self._scopes.of_person(person))
        for who in self.problem.servers_of[slot.window]:
            if who.id == person:
                continue
            facts = self._against(who.id, slot)
            if facts or clock.left < SHORTEST_SOLVE:
                yield Other(who.id, who.name, tuple(facts), None)
                continue
            yield Other(who.id, who.name, (), self._exchange(costs, rows, who.id))

    def _exchange(self, costs: Costs, rows: list[DutyRow], person: str) -> Cost:
        """The price of another in his place; leave that he then has not earned is taken back."""
        changed = _exchanged(costs.rows, rows, person)
        for _ in range(MOST_LEAVES_BACK):
            cost = costs.of_rows(changed)
            fault = cost.fault
            if fault is None or (fault.code, fault.person) != ("H8", rows[0].person):
                break
            leaves = [r for r in changed.leaves if r.granted or (r.person, r.day) != (fault.person, fault.day)]
            if len(leaves) == len(changed.leaves):
                break
            changed = replace(changed, leaves=tuple(leaves), stand_ins=tuple(stand_in_rows(costs.inside, leaves)))
        return costs.of_rows(changed)

    def _against(self, person: str, slot: Slot) -> list[Fact]:
        """The facts that keep a person from a duty by H2; none where he may serve it."""
        if self.view.facts.may_work(person, slot):
            return []
        unit = Unit(UnitKind.SLOT, "T2", slot.day, slot.window, (slot.window,), 1, slot.line, slot.start)
        return [f for f in against(self.problem, unit, slot, person, unit.spans(slot)) if f.kind.name != "WEEKEND_CAP"]

    def _forbidden(self, duty: DutyWhy, clock: Clock, limit: float) -> Cost | None:
        """The price of a roster without it: the best exchange, or less if the part solved anew finds less."""
        exchanges = [other.cost for other in duty.others if other.cost is not None and other.cost.lawful]
        best = min(exchanges, key=lambda cost: cost.rank, default=None)
        if best is not None and not best.changes:
            return best
        if best is not None:
            best = replace(best, exact=False)
        if min(limit, clock.left) < SHORTEST_SOLVE:
            return best
        pin = Pin(day=duty.day, line=duty.line, window=duty.window, person=duty.person, mode=PinMode.MUST_NOT)
        scope = self._scopes.of_person(duty.person)
        solved = self._scope_costs(scope).of_pins([pin], clock, limit)
        if best is None or (solved is not None and solved.lawful and solved.rank <= best.rank):
            return solved
        return best

    def _scope_costs(self, scope: Scope) -> Costs:
        if scope not in self._costs:
            self._costs[scope] = Costs(self.problem, self.roster, scope)
        return self._costs[scope]


def _group(fairness_group: str, window: str) -> tuple[str, str]:
    return (fairness_group, "") if fairness_group else ("", window)


def _exchanged(roster: Roster, rows: list[DutyRow], person: str) -> Roster:
    """The roster with some rows in another person's name."""
    gone = {(r.day, r.line, r.window, r.start, r.person) for r in rows}
    duties = [
        replace(r, person=person) if (r.day, r.line, r.window, r.start, r.person) in gone else r for r in roster.duties
    ]
    was = rows[0].person
    served = {a for r in rows for a in r.appointments}
    appointments = [
        replace(r, people=tuple(person if p == was else p for p in r.people)) if r.appointment in served else r
        for r in roster.appointments
    ]
    return Roster.of(duties, list(roster.leaves), list(roster.stand_ins), appointments)
