"""H9 as clauses: pins, each under a literal that says it is meant, so that a clash can be named."""

from zhiban.model.facts import leave_pins
from zhiban.model.kinds import LEAVE_PIN, Half, Line, Mode, PinMode
from zhiban.model.records import Pin
from zhiban.solver.decisions import LeaveModel
from zhiban.solver.draft import Draft
from zhiban.solver.linear import Lit


def pins_of(draft: Draft) -> list[Pin]:
    """The pins about people or windows of the draft's part."""
    windows = {w.id for w in draft.part.windows}
    needs = {share.need.id for share in draft.part.needs}
    groups = {u.group for u in draft.part.units}
    leaders = set(draft.part.leaders)
    all_leaders = {p for u in draft.facts.units for p in u.leaders}
    found: list[Pin] = []
    for pin in draft.facts.pins:
        if pin.appointment:
            mine = pin.person in draft.people if pin.person else pin.appointment in needs
        elif pin.line == Line.LEAD:
            mine = pin.person in leaders if pin.person else pin.window in groups
            mine = mine or (pin.person in draft.people and pin.person not in all_leaders)
        elif pin.person:
            mine = pin.person in draft.people
        else:
            mine = pin.window in windows
        if mine:
            found.append(pin)
    return found


def build_pins(draft: Draft) -> None:
    """Every pin in force as a hard clause; with `draft.pin_switches`, as a clause under its own literal."""
    for pin in pins_of(draft):
        if _left_out(draft, pin):
            continue
        lits = rows_of(draft, pin)
        switch = draft.pin_switches.get(pin)
        if pin.mode == PinMode.MUST_NOT:
            for lit in lits:
                draft.model.add_bool_or([~lit] if switch is None else [~lit, ~switch])
        else:
            draft.model.add_bool_or([*lits] if switch is None else [*lits, ~switch])


def _left_out(draft: Draft, pin: Pin) -> bool:
    """Whether a pin speaks of what a relaxation leaves out."""
    if pin.appointment:
        return Line.CALL_IN in draft.left_out
    if pin.line == LEAVE_PIN:
        return draft.leave_model != LeaveModel.BY_DAY
    return pin.line in draft.left_out


def rows_of(draft: Draft, pin: Pin) -> list[Lit]:
    """The literals of the rows a pin speaks of."""
    if pin.appointment:
        return [
            s.lit
            for s in draft.services
            if s.need.id == pin.appointment and pin.person in (None, s.person) and pin.window in (None, s.window)
        ]
    if pin in leave_pins([pin]):
        people = [pin.person] if pin.person else [p for p in draft.part.people if _own(draft, p) == pin.window]
        halves = [h for h in Half if pin.segment in ("", h.value)]
        return [lit for p in people for half in halves for lit in draft.away(p, pin.day, half)]
    if pin.line == Line.CALL_IN:
        return [
            s.lit
            for s in draft.services
            if s.need.day == pin.day
            and s.mode == Mode.CALL_IN
            and pin.person in (None, s.person)
            and pin.window in (None, s.window)
        ]
    if pin.line == Line.LEAD:
        return [
            x.lit
            for x in draft.leadings
            if x.unit.day == pin.day
            and pin.person in (None, x.person)
            and pin.window in (None, x.unit.group)
            and (not pin.segment or any(s.name == pin.segment for s in x.unit.segments))
        ]
    return [
        d.lit
        for d in draft.duties.values()
        if d.slot.day == pin.day
        and d.slot.line == pin.line
        and pin.person in (None, d.person)
        and pin.window in (None, d.slot.window)
        and (not pin.segment or any(s.name == pin.segment for s in d.slot.segments))
    ]


def _own(draft: Draft, person: str) -> str:
    return draft.problem.person[person].window
