"""Who may lead which unit, over which span and in which way (D3)."""

from typing import TYPE_CHECKING

from zhiban.model.demand import LeaderUnit
from zhiban.model.kinds import Mode
from zhiban.solver.decisions import Leading
from zhiban.solver.linear import Lit
from zhiban.solver.parts import span_matters

if TYPE_CHECKING:
    from zhiban.solver.draft import Draft


def add_leaders(draft: "Draft") -> None:
    """One decision per unit of the part, span, leader and way of leading."""
    if not draft.part.units:
        return
    present = str(draft.problem.policy.leader_mode) == "在岗"
    for unit in draft.part.units:
        for start, end, spans in _spans(draft, unit):
            for person in unit.leaders:
                if not draft.facts.may_lead(person, unit, (start, end) if unit.by_appointment else None):
                    continue
                ways: list[tuple[bool, list[list[Lit]]]] = []
                if not present:
                    ways.append((False, []))
                else:
                    rows = _rows_for_leading(draft, person, unit)
                    if all(rows):
                        ways.append((False, rows))
                    if draft.facts.may_lead_alone(person, unit):
                        ways.append((True, []))
                for alone, rows in ways:
                    lit = draft.bool_var()
                    draft.leadings.append(Leading(person, unit, alone, start, end, lit))
                    for row in rows:
                        draft.model.add_bool_or([*row, ~lit])
                    if spans is not None:
                        draft.model.add_implication(lit, spans)


def _spans(draft: "Draft", unit: LeaderUnit) -> list[tuple[int, int, Lit | None]]:
    """The spans a unit's rows may cover, each with the literal that says it is the one (None: always)."""
    if not unit.by_appointment:
        return [(unit.segments[0].start, unit.segments[-1].end, None)]
    flexible = any(len(n.starts) > 1 for n in unit.needs)
    if not flexible or (draft.plan is None and not span_matters(draft.problem, unit)):
        return [(*unit.earliest, None)]
    firsts = sorted({s for n in unit.needs for s in n.starts})
    lasts = sorted({s + n.duration for n in unit.needs for s in n.starts})
    spans: list[tuple[int, int, Lit | None]] = []
    for first in firsts:
        for last in lasts:
            inside = [[s for s in n.starts if s >= first and s + n.duration <= last] for n in unit.needs]
            if not all(inside):
                continue
            lit = draft.bool_var()
            at_first: list[Lit] = []
            at_last: list[Lit] = []
            for need, starts in zip(unit.needs, inside, strict=True):
                draft.model.add_bool_or([*(draft.starts[need.id][s] for s in starts), ~lit])
                at_first += [draft.starts[need.id][s] for s in starts if s == first]
                at_last += [draft.starts[need.id][s] for s in starts if s + need.duration == last]
            draft.model.add_bool_or([*at_first, ~lit])
            draft.model.add_bool_or([*at_last, ~lit])
            spans.append((first, last, lit))
    return spans


def _rows_for_leading(draft: "Draft", person: str, unit: LeaderUnit) -> list[list[Lit]]:
    """For each segment of a unit, the rows of a person that let him lead it on the spot (在岗)."""
    inside = set(unit.windows)
    if unit.by_appointment:
        rows = [
            s.lit
            for s in draft.services_of.get((person, unit.day), ())
            if s.window in inside and s.mode == Mode.CALL_IN
        ]
        return [rows]
    duties = [d for d in draft.duties_of.get((person, unit.day), ()) if d.slot.window in inside]
    return [[d.lit for d in duties if segment in d.slot.segments] for segment in unit.segments]
