"""H10 and T5 as clauses: frozen entries stand, nothing new comes in too late, and every change is counted."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from zhiban.model.kinds import Line
from zhiban.model.settings import Granularity
from zhiban.solver.draft import Draft
from zhiban.solver.entries import APPOINTMENT, LEAVE, Entry, leave_entry
from zhiban.solver.freezing import unit_of
from zhiban.solver.linear import Linear, Lit, summed, total
from zhiban.solver.replan import Plan, is_open


def build_changes(draft: Draft) -> None:
    """Freeze what must stand, and state T5a and T5b of a draft with a plan."""
    plan = draft.plan
    if plan is None:
        return
    choices = entry_choices(draft)
    _freeze(draft, plan, choices)
    changes: dict[str, list[Linear]] = defaultdict(list)
    certain = {leave_entry(row) for row in draft.granted.values()}
    people = draft.people | set(draft.part.leaders)
    for entry, choice in choices.items():
        here = summed(choice.lits)
        changes[entry.person].append(1 - here if entry in plan.entries else here)
    for entry in plan.entries | certain:
        lost = entry.person in people and entry not in choices and (entry in plan.entries) != (entry in certain)
        if lost and _mine(draft, entry):
            changes[entry.person].append(1)
    draft.touched = [_touched(draft, terms) for terms in changes.values()]
    draft.changed = [term for terms in changes.values() for term in terms]


def _mine(draft: Draft, entry: Entry) -> bool:
    """Whether a lost entry is counted in this part: leading goes with the leaders, all else with the people."""
    if entry.line == Line.LEAD:
        return entry.person in draft.part.leaders
    return entry.person in draft.people


def _touched(draft: Draft, terms: list[Linear]) -> Linear:
    """1 where any of a person's terms is 1."""
    if any(isinstance(t, int) and t > 0 for t in terms):
        return 1
    flag = draft.bool_var()
    for term in terms:
        draft.model.add(term <= flag)
    return flag


@dataclass(slots=True)
class Choice:
    """An entry that a draft may make: its literals, of which at most one holds, and its earliest start."""

    lits: list[Lit]
    start: int


def entry_choices(draft: Draft) -> dict[Entry, Choice]:
    """Every entry a draft may make; a day's duty starts with its first segment."""
    by_segment = draft.problem.policy.granularity is Granularity.HALF
    found: dict[Entry, Choice] = {}

    def note(entry: Entry, start: int, lits: list[Lit]) -> None:
        choice = found.setdefault(entry, Choice([], start))
        choice.lits += lits
        choice.start = min(choice.start, start)

    for duty in draft.duties.values():
        slot = duty.slot
        span = (slot.segments[0].start, slot.segments[0].end) if by_segment else (0, 0)
        note(Entry(duty.person, slot.day, slot.line.value, slot.window, *span), slot.start, [duty.lit])
    for leading in draft.leadings:
        unit = leading.unit
        span = (leading.start, leading.end) if by_segment else (0, 0)
        entry = Entry(leading.person, unit.day, Line.LEAD.value, unit.group, *span)
        note(entry, leading.start, [leading.lit])
    for service in draft.services:
        need = service.need
        entry = Entry(service.person, need.day, APPOINTMENT, service.window, service.start, appointment=need.id)
        note(entry, service.start, [service.lit])
    for (person, day, half), options in draft.leaves.items():
        note(Entry(person, day, LEAVE, half=half), min(o.start for o in options), [o.lit for o in options])
    return found


STANDS, LATE = "已冻结", "已过变更期限"
"""Why a frozen entry clashes: it has to stand, or it came too late to be added."""


def _freeze(draft: Draft, plan: Plan, choices: dict[Entry, Choice]) -> None:
    for entry in plan.frozen:
        if entry in choices:
            _require(draft, (STANDS, entry), choices[entry].lits)
        elif _mine(draft, entry):
            # No choice is left for what has to stand: the law forbids it now for another reason than absence.
            _require(draft, (STANDS, entry), [])
    added: dict[tuple[object, ...], list[tuple[Entry, list[Lit]]]] = defaultdict(list)
    for entry, choice in choices.items():
        free = entry in plan.entries or is_open(plan, entry)
        if not free and plan.is_frozen(entry.day, choice.start, appointment=entry.line == APPOINTMENT):
            added[unit_of(entry)].append((entry, choice.lits))
    for unit, late in added.items():
        room = plan.lost[unit]
        if room == 0:
            for entry, lits in late:
                for lit in lits:
                    _require(draft, (LATE, entry), [~lit])
        else:
            draft.model.add(summed([lit for _, lits in late for lit in lits]) <= room)


def _require(draft: Draft, key: tuple[str, Entry], lits: Sequence[cp_model.LiteralT]) -> None:
    """At least one of the literals holds; where the draft is switched, only if the switch of this entry is on."""
    if draft.switched:
        switch = draft.freeze_switches.setdefault(key, draft.bool_var())
        draft.model.add_bool_or([*lits, ~switch])
    else:
        draft.model.add_bool_or(lits)


def change_tiers(draft: Draft) -> list[tuple[str, Linear]]:
    """T5a and T5b, where there is a plan."""
    if draft.plan is None:
        return []
    return [("T5a", total(draft.touched)), ("T5b", total(draft.changed))]
