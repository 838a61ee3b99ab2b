"""What if: two solved problems side by side, tier by tier and person by person."""

from dataclasses import dataclass

from zhiban.model.kinds import FAIRNESS_LINES, Line, TierStatus
from zhiban.model.problem import Problem
from zhiban.model.roster import TIER_NAMES, Finding, Outcome
from zhiban.solver.counts import totals
from zhiban.solver.entries import changed_entries
from zhiban.solver.view import view_of


@dataclass(frozen=True, slots=True)
class TierPair:
    """A tier before and after; `proven`: both values are the best there are."""

    code: str
    name: str
    before: int
    after: int
    proven: bool


@dataclass(frozen=True, slots=True)
class PersonPair:
    """A person whose duties, comp leave or balance differ; `lines` holds the counts of each line before and after.

    `leave` and `closing` are minutes taken and left in the time bank, before and after; `entries` are the duties and
    leaves that only one of the rosters has.
    """

    person: str
    name: str
    lines: dict[Line, tuple[int, int]]
    leave: tuple[int, int]
    closing: tuple[int, int]
    entries: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rosters compared. `gone` and `come` are the unmet demands that only the first or only the second has."""

    tiers: tuple[TierPair, ...]
    people: tuple[PersonPair, ...]
    gone: tuple[Finding, ...]
    come: tuple[Finding, ...]

    @property
    def verdict(self) -> str:
        """Better, worse or as good: the first tier that differs decides."""
        for pair in self.tiers:
            if pair.before != pair.after:
                better = "变好" if pair.after < pair.before else "变差"
                return f"{better}：{pair.code}{pair.name} {pair.before} → {pair.after}"
        return "各层级相同"


def compare(before: Problem, old: Outcome, after: Problem, new: Outcome) -> Comparison:
    """Two outcomes of nearly the same problem."""
    gone = {_demand(f): f for f in old.judgement.unmet}
    come = {_demand(f): f for f in new.judgement.unmet}
    return Comparison(
        _tiers(old, new),
        _people(before, old, after, new),
        tuple(f for key, f in gone.items() if key not in come),
        tuple(f for key, f in come.items() if key not in gone),
    )


def _demand(finding: Finding) -> tuple[object, ...]:
    return (finding.code, finding.day, finding.line, finding.segment, finding.window, finding.subject, finding.amount)


def _tiers(old: Outcome, new: Outcome) -> tuple[TierPair, ...]:
    proven = {t.code for t in old.tiers if t.status == TierStatus.OPTIMAL}
    proven &= {t.code for t in new.tiers if t.status == TierStatus.OPTIMAL}
    found: list[TierPair] = []
    for code, name in TIER_NAMES.items():
        before, after = old.judgement.tiers.get(code), new.judgement.tiers.get(code)
        if before is not None and after is not None:
            found.append(TierPair(code, name, before, after, code in proven))
    return tuple(found)


def _people(before: Problem, old: Outcome, after: Problem, new: Outcome) -> tuple[PersonPair, ...]:
    counts = totals(view_of(before, old.roster)), totals(view_of(after, new.roster))
    banks = {r.person: r for r in old.judgement.bank}, {r.person: r for r in new.judgement.bank}
    differ = changed_entries(after, old.roster, new.roster)
    found: list[PersonPair] = []
    for person in dict.fromkeys([*before.person, *after.person]):
        name = (after.person.get(person) or before.person[person]).name
        lines = {line: (counts[0][person, line], counts[1][person, line]) for line in FAIRNESS_LINES}
        rows = tuple(bank.get(person) for bank in banks)
        leave = tuple(row.taken if row else 0 for row in rows)
        closing = tuple(row.closing if row else 0 for row in rows)
        entries = sum(1 for entry in differ if entry.person == person)
        if entries or closing[0] != closing[1] or any(a != b for a, b in lines.values()):
            pair = PersonPair(person, name, lines, (leave[0], leave[1]), (closing[0], closing[1]), entries)
            found.append(pair)
    return tuple(found)
