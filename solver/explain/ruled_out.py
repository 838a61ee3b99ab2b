"""The people who could be meant for a demand, each with the rule that rules him out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from zhiban.model.demand import LeaderUnit, Need, Opening, Slot
from zhiban.model.kinds import Line, Mode, Role
from zhiban.model.problem import Problem
from zhiban.model.roster import AppointmentRow, DutyRow, Roster
from zhiban.solver.explain.day import breaches
from zhiban.solver.explain.fact import Fact, FactKind
from zhiban.solver.explain.gather import against
from zhiban.solver.explain.scope import Scope, restricted, rows_within
from zhiban.solver.explain.unit import Demand, Unit
from zhiban.solver.rule import catalogue
from zhiban.solver.view import RosterView
from zhiban.solver.wording import person_text

NO_BAR = frozenset({FactKind.WEEKEND_CAP})
"""Facts about a person that do not by themselves keep him from a date."""
CODES = {FactKind.ITEMS: "H3"}
MOST_TRIED = 12
"""So many people who are free by the input are put to the verifier one by one."""


@dataclass(frozen=True, slots=True)
class RuledOut:
    """A person, the code of the rule against him (empty: none) and how it bears on him."""

    person: str
    name: str
    code: str
    text: str
    facts: tuple[Fact, ...] = ()


def ruled_out(view: RosterView, unit: Unit, demand: Demand, scope: Scope) -> list[RuledOut]:
    """Everybody who could be meant: by what the input says against him, else by what the verifier would say."""
    problem = view.problem
    spans = unit.spans(demand)
    found: list[RuledOut] = []
    free: list[str] = []
    for person in unit.people(problem, demand):
        facts = [f for f in against(problem, unit, demand, person, spans) if f.kind not in NO_BAR]
        if facts:
            text = "；".join(f"{f.text.removeprefix(person_text(problem, person))}（{f.cell}）" for f in facts)
            found.append(_entry(problem, person, CODES.get(facts[0].kind, "H2"), text, tuple(facts)))
        else:
            free.append(person)
    return found + _by_verifier(view, unit, demand, scope, free)


def _entry(problem: Problem, person: str, code: str, text: str, facts: tuple[Fact, ...] = ()) -> RuledOut:
    return RuledOut(person, problem.person[person].name, code, text, facts)


def _by_verifier(view: RosterView, unit: Unit, demand: Demand, scope: Scope, people: list[str]) -> list[RuledOut]:
    """What the verifier says when each gets the rows the demand lacks and all else stays."""
    problem = view.problem
    if isinstance(demand, Opening) and demand.half is not None:
        return [_entry(problem, p, *_not_holding(view, demand, p)) for p in people]
    inside = restricted(problem, scope)
    old = rows_within(inside, scope, view.roster)
    known = set(breaches(inside, old))
    found: list[RuledOut] = []
    for person in people[:MOST_TRIED]:
        tried = _with_rows(old, unit, demand, person)
        new = [f for f in breaches(inside, tried) if f not in known]
        fault = min(new, key=lambda f: (_rank(f.code), f.text), default=None)
        if fault is None:
            found.append(_entry(problem, person, "", "依规可以安排，现另有更优先的安排"))
        else:
            found.append(_entry(problem, person, fault.code, fault.text))
    return found


def _rank(code: str) -> int:
    """Law before the order of posts: D2 follows from any new row."""
    order = [rule.code for rule in catalogue()]
    return order.index(code) + (len(order) if code.startswith("D") else 0)


def _not_holding(view: RosterView, opening: Opening, person: str) -> tuple[str, str]:
    assert opening.half is not None, "asked about halves only"
    if not view.present(person, opening.day, opening.half):
        return "H8", "当时调休"
    held = [h.opening.post.id for h in view.holdings if person in h.holders and h.opening.half == opening.half
            and h.opening.day == opening.day]  # fmt: skip
    if len(held) >= view.problem.policy.post_cap:
        return "D2", f"当时已任{'、'.join(held)}，达兼岗上限{view.problem.policy.post_cap}"
    return "", "当时在岗，可以顶岗"


def _with_rows(old: Roster, unit: Unit, demand: Demand, person: str) -> Roster:
    """The roster with the rows that make one person serve a demand."""
    rows = [DutyRow(unit.day, line, *span, window, person, segment, role, (), needs)
            for line, span, window, segment, role, needs in _wanted_rows(unit, demand)]  # fmt: skip
    appointments = list(old.appointments)
    if isinstance(demand, Need):
        appointments = [_served_by(row, demand, unit, person) for row in appointments]
    return Roster.of([*old.duties, *rows], list(old.leaves), list(old.stand_ins), appointments)


def _wanted_rows(unit: Unit, demand: Demand) -> Iterable[tuple[Line, tuple[int, int], str, str, Role, tuple[str, ...]]]:
    if isinstance(demand, Need):
        for start, end in unit.spans(demand)[:1]:
            role = Role.HOST if unit.windows[0] == demand.windows[0] else Role.ASSIST
            yield Line.CALL_IN, (start, end), unit.windows[0], "应约", role, (demand.id,)
    elif isinstance(demand, LeaderUnit):
        for start, end in unit.spans(demand):
            name = next((s.name for s in demand.segments if s.start == start), "应约")
            yield Line.LEAD, (start, end), demand.group, name, Role.LEAD, ()
    elif isinstance(demand, Opening):
        yield demand.line or Line.WEEKEND, (demand.start, demand.end), demand.post.window, demand.name, Role.DUTY, ()
    else:
        slot = demand if isinstance(demand, Slot) else demand.slots[0]
        for segment in slot.segments:
            yield slot.line, (segment.start, segment.end), slot.window, segment.name, Role.DUTY, ()


def _served_by(row: AppointmentRow, need: Need, unit: Unit, person: str) -> AppointmentRow:
    if (row.appointment, row.window) != (need.id, unit.windows[0]):
        return row
    return replace(row, people=(*row.people, person), modes=(*row.modes, Mode.CALL_IN))
