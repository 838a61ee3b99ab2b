"""D1, D3 and D4 as clauses: every demand may stay unmet, and what is missing is counted."""

from collections import defaultdict
from datetime import date

from zhiban.model.demand import GroupDemand, LeaderUnit, Slot
from zhiban.model.facts_hours import overlap
from zhiban.model.kinds import Mode
from zhiban.solver.decisions import Leading
from zhiban.solver.draft import Draft
from zhiban.solver.linear import Linear, Lit, summed


def build_headcount(draft: Draft) -> None:
    """D1: people of each standing duty and of each group duty, what lacks going to T2."""
    for slot in draft.part.slots:
        if slot.minimum > 0:
            _shortage(draft, _counted(draft, slot), slot.minimum)
    for group in draft.part.groups:
        _build_group(draft, group)


def _counted(draft: Draft, slot: Slot) -> list[Lit]:
    return [d.lit for d in draft.duties_at[slot] if d.counted]


def _shortage(draft: Draft, lits: list[Lit], minimum: int) -> None:
    """A term of T2: max(0, minimum − people)."""
    if not lits:
        draft.shortages.append(minimum)
        return
    if minimum == 1:
        missing = draft.bool_var()
        draft.model.add_bool_or([*lits, missing])
    else:
        missing = draft.model.new_int_var(0, minimum, "")
        draft.model.add(summed(lits) + missing >= minimum)
    draft.shortages.append(missing)


def _build_group(draft: Draft, group: GroupDemand) -> None:
    if not group.by_window:
        # One person has one place at a time, so that different windows mean different people (H1).
        _shortage(draft, [lit for slot in group.slots for lit in _counted(draft, slot)], group.minimum)
        return
    served: list[Lit] = []
    for slot in group.slots:
        lits = _counted(draft, slot)
        if lits:
            somebody = draft.bool_var()
            draft.model.add_bool_or([*lits, ~somebody])
            served.append(somebody)
    _shortage(draft, served, group.minimum)


def build_appointments(draft: Draft) -> None:
    """D4: in each window so many people from one start on; nobody serves in two windows of an appointment."""
    by_window: dict[tuple[str, str], list[Lit]] = defaultdict(list)
    by_person: dict[tuple[str, str], list[Lit]] = defaultdict(list)
    for service in draft.services:
        by_window[service.need.id, service.window].append(service.lit)
        by_person[service.need.id, service.person].append(service.lit)
    for share in draft.part.needs:
        need = share.need
        for window in share.windows:
            lits = by_window[need.id, window]
            missing = draft.model.new_int_var(0, need.count, "")
            # Exactly as many as asked for: one more would be a row that serves nobody.
            draft.model.add(summed(lits) + missing == need.count)
            draft.unserved.append(missing)
    for lits in by_person.values():
        if len(lits) > 1:
            draft.model.add_at_most_one(lits)


def build_leaders(draft: Draft) -> None:
    """D3: at most one leader a unit, nobody leads two groups at one time; a unit without goes to T4."""
    by_unit: dict[LeaderUnit, list[Lit]] = defaultdict(list)
    by_person: dict[tuple[str, date], list[Leading]] = defaultdict(list)
    for leading in draft.leadings:
        by_unit[leading.unit].append(leading.lit)
        by_person[leading.person, leading.unit.day].append(leading)
        if leading.alone:
            _only_alone(draft, leading)
    for unit in draft.part.units:
        missing = draft.bool_var()
        draft.model.add_exactly_one([missing, *by_unit[unit]])
        draft.unled.append(missing)
    for leadings in by_person.values():
        for number, first in enumerate(leadings):
            for second in leadings[:number]:
                if first.unit != second.unit and overlap((first.start, first.end), (second.start, second.end)):
                    draft.model.add_bool_or([~first.lit, ~second.lit])


def _only_alone(draft: Draft, leading: Leading) -> None:
    """Who leads an appointment unit alone has no duty row that date; elsewhere H1 keeps his rows apart."""
    if leading.unit.by_appointment:
        rows = [d.lit for d in draft.duties_of.get((leading.person, leading.unit.day), ())]
        rows += [s.lit for s in draft.services_of.get((leading.person, leading.unit.day), ()) if s.mode == Mode.CALL_IN]
        for row in rows:
            draft.model.add_implication(leading.lit, ~row)


def total(terms: list[Linear]) -> Linear:
    """Σ of terms, constants allowed."""
    constant = sum(t for t in terms if isinstance(t, int))
    variables = [t for t in terms if not isinstance(t, int)]
    return summed(variables) + constant if variables else constant
