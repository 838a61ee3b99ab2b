"""The date of a demand by itself, and the same date made anew between the other dates of a roster as they are."""

from collections.abc import Collection, Iterable, Mapping

from zhiban.model.kinds import Line
from zhiban.model.problem import Problem
from zhiban.model.roster import Finding, LeaveRow, Roster
from zhiban.solver.build import build
from zhiban.solver.draft import Draft
from zhiban.solver.explain.clauses import hold_tiers, relieve, taken
from zhiban.solver.explain.scope import Scope, one_day, part_of
from zhiban.solver.explain.unit import Unit, UnitKind
from zhiban.solver.linear import Linear, Lit, weighted
from zhiban.solver.rows import roster_of
from zhiban.solver.rule import catalogue
from zhiban.solver.search import Clock, Status, minimise
from zhiban.solver.settings import Settings

MOST_ROUNDS = 8
"""So often a date is made anew, each time without those whom the law forbade."""
SETTINGS = Settings(workers=1)


class Day:
    """The demand's date in a restricted problem, the demand relieved and nobody else the worse for it that date."""

    def __init__(
        self, problem: Problem, scope: Scope, unit: Unit, most: Mapping[str, int], away: Iterable[LeaveRow] = ()
    ) -> None:
        self.unit = unit
        self.problem = one_day(problem, unit.day, away)
        self.part = part_of(self.problem, scope)
        if unit.kind == UnitKind.POST:
            self.part.openings = [o for o in self.part.openings if (o.line, o.start) == (unit.line, unit.start)]
        self.draft = Draft(self.problem, self.part, exact_posts=True)
        tiers = {t.code: t for t in build(self.draft)}
        hold_tiers(self.draft, tiers, unit.tier, most)
        demand = unit.find(self.problem.facts)
        assert demand is not None, "what is demanded on a date is demanded in the month"
        relieve(self.draft, unit, demand)

    def impossible(self, clock: Clock) -> bool:
        """Whether the date by itself, all law of other dates forgotten, rules relief out: then nothing relieves."""
        return minimise(self.draft.model, 0, SETTINGS, clock).status == Status.INFEASIBLE

    def made_anew(self, clock: Clock, month: Problem, old: Roster, known: Collection[Finding]) -> Roster | None:
        """The roster with this date as little changed as relief takes, if the verifier finds no new breach in it.

        `known` are the breaches it had before. Whoever a new one names gets no new row on the date, and the date is
        made once more. None: no such roster found.
        """
        change = self._change(old)
        for _ in range(MOST_ROUNDS):
            attempt = minimise(self.draft.model, change, SETTINGS, clock)
            if not attempt.solved:
                return None
            new = self._joined(old, roster_of(self.problem, [taken(self.part, self.draft, attempt.values)]))
            faults = [f for f in breaches(month, new) if f not in known]
            if not faults:
                return new
            fresh = [lit for lit in self._fresh(old, {f.person for f in faults}) if attempt.values[lit.index]]
            if not fresh:
                return None
            self.draft.model.add_bool_and([~lit for lit in fresh])
        return None

    def _decisions(self) -> list[tuple[tuple[object, ...], Lit]]:
        """Every row that may be made on the date, by what it is."""
        draft = self.draft
        found: list[tuple[tuple[object, ...], Lit]] = []
        found += [((d.person, d.slot.line, d.slot.window, d.slot.start), d.lit) for d in draft.duties.values()]
        found += [((s.person, s.need.id, s.window, s.mode, s.start), s.lit) for s in draft.services]
        found += [((x.person, *self._led(x.unit.group, x.start)), x.lit) for x in draft.leadings]
        found += [((o.person, o.half), o.lit) for pieces in draft.leaves.values() for o in pieces]
        return found

    def _led(self, group: str, start: int) -> tuple[object, ...]:
        """What a row of 带班 is about: its span where appointments are led follows from theirs."""
        units = (u for u in self.problem.facts.units if u.group == group)
        return (Line.LEAD, group, -1 if any(u.by_appointment for u in units) else start)

    def _old(self, old: Roster) -> set[tuple[object, ...]]:
        rows = [r for r in old.duties if r.day == self.unit.day]
        keys: set[tuple[object, ...]] = {
            (r.person, *self._led(r.window, r.start)) if r.line == Line.LEAD else (r.person, r.line, r.window, r.start)
            for r in rows
        }
        for row in old.appointments:
            if row.day == self.unit.day:
                served = zip(row.people, row.modes, strict=False)
                keys |= {(p, row.appointment, row.window, mode, row.start) for p, mode in served}
        return keys

    def _change(self, old: Roster) -> Linear:
        """Rows added and rows dropped."""
        keys = self._old(old)
        decisions = self._decisions()
        weights = [-1 if key in keys else 1 for key, _ in decisions]
        return weighted([lit for _, lit in decisions], weights) if decisions else 0

    def _fresh(self, old: Roster, people: set[str]) -> list[Lit]:
        """The rows that some people did not have before."""
        keys = self._old(old)
        return [lit for key, lit in self._decisions() if key not in keys and key[0] in people]

    def _joined(self, old: Roster, date: Roster) -> Roster:
        day = self.unit.day
        return Roster.of(
            [r for r in old.duties if r.day != day] + list(date.duties),
            list(old.leaves),
            list(old.stand_ins),
            [r for r in old.appointments if r.day != day] + list(date.appointments),
        )


def breaches(problem: Problem, roster: Roster) -> list[Finding]:
    """Every breach of every rule."""
    return [f for rule in catalogue() for f in rule.breaches(problem, roster)]
