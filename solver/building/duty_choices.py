"""Who may be on which duty and who may serve which appointment: candidates by H2 and H3, ways of serving by D4."""

from typing import TYPE_CHECKING

from zhiban.model.demand import Need
from zhiban.model.kinds import Line, Mode
from zhiban.solver.decisions import Duty, Service

if TYPE_CHECKING:
    from zhiban.solver.draft import Draft


def add_duties(draft: "Draft") -> None:
    """One decision per standing duty of the part and candidate."""
    facts = draft.facts
    for slot in draft.part.slots:
        at: list[Duty] = []
        for person in facts.candidates(slot):
            missed = [facts.missing(person.id, slot.line, slot.window, slot.day, s) for s in slot.segments]
            duty = Duty(person.id, slot, draft.bool_var(), not any(missed), not all(missed))
            draft.duties[person.id, slot] = duty
            draft.duties_of[person.id, slot.day].append(duty)
            at.append(duty)
        draft.duties_at[slot] = at


def add_services(draft: "Draft") -> None:
    """The starts of every appointment, and one decision per window, person, start and way of serving."""
    for share in draft.part.needs:
        need = share.need
        if len(share.starts) > 1:
            draft.starts[need.id] = {s: draft.bool_var() for s in share.starts}
            draft.model.add_exactly_one(draft.starts[need.id].values())
        else:
            draft.starts[need.id] = {s: draft.model.new_constant(1) for s in share.starts}
        for window in share.windows:
            for person in draft.problem.servers_of[window]:
                if person.may_do(need.item.id):
                    for start in share.starts:
                        _add_service(draft, person.id, need, window, start)


def _add_service(draft: "Draft", person: str, need: Need, window: str, start: int) -> None:
    end = start + need.duration
    facts = draft.facts
    around = [
        d.lit
        for d in draft.duties_of.get((person, need.day), ())
        if d.slot.window == window and any(s.start <= start and end <= s.end for s in d.slot.segments)
    ]
    modes: list[Mode] = []
    if around:
        modes.append(Mode.ON_DUTY)
    half = facts.half_of(need.day, start, end)
    if half is not None and facts.present_by_input(person, need.day, half):
        modes.append(Mode.AT_POST)
    if facts.available(person, Line.CALL_IN, need.day, start, end):
        modes.append(Mode.CALL_IN)
    for mode in modes:
        lit = draft.bool_var()
        draft.services.append(Service(person, need, window, mode, start, end, lit))
        chosen = draft.starts[need.id][start]
        if len(draft.starts[need.id]) > 1:
            draft.model.add_implication(lit, chosen)
        if mode == Mode.ON_DUTY:
            draft.model.add_bool_or([*around, ~lit])
