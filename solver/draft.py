"""A CP-SAT model under construction: the decisions of one part behind speaking names.

A draft holds the decisions; each rule adds its clauses (`Rule.build`), each tier its terms. Variables exist only where
the input leaves a choice: candidates by H2 and H3, leave only where credit can have been earned, and so on.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from ortools.sat.python import cp_model

from zhiban.model.demand import Slot
from zhiban.model.facts_hours import overlap
from zhiban.model.kinds import Half, Line, Mode
from zhiban.model.problem import Problem
from zhiban.model.records import Pin
from zhiban.model.roster import LeaveRow
from zhiban.solver.building.duty_choices import add_duties, add_services
from zhiban.solver.building.leader_choices import add_leaders
from zhiban.solver.building.leave_choices import add_leaves
from zhiban.solver.decisions import Duty, Leading, LeaveModel, LeaveOption, Place, Service, Stretch
from zhiban.solver.entries import Entry
from zhiban.solver.linear import Linear, Lit
from zhiban.solver.parts import Part
from zhiban.solver.replan import Plan


@dataclass(eq=False)
class Gathered:
    """What the rules leave in a draft, for the tiers and for each other."""

    unserved: list[Linear] = field(default_factory=list[Linear])
    """Missing people of appointments, one term per appointment and window (T1)."""
    shortages: list[Linear] = field(default_factory=list[Linear])
    """Missing people of standing and group duties (T2)."""
    empty_posts: list[Linear] = field(default_factory=list[Linear])
    """Open post-segments without a holder (T3)."""
    empty_on_duty: list[Lit] = field(default_factory=list[Lit])
    """Those of them that lie on a standing line."""
    forced_gaps: int = 0
    """Workday posts, half by half, that the input alone leaves without a holder."""
    unled: list[Linear] = field(default_factory=list[Linear])
    """Leader units without a leader (T4)."""
    touched: list[Linear] = field(default_factory=list[Linear])
    """One term per person with a change (T5a)."""
    changed: list[Linear] = field(default_factory=list[Linear])
    """One term per entry that is in one roster only (T5b)."""
    lapsed: dict[str, list[Linear]] = field(default_factory=dict[str, list[Linear]])
    """过期 minutes per person."""
    weekend_flags: dict[tuple[str, date], Lit] = field(default_factory=dict[tuple[str, date], Lit])
    """Who is on the line 周末 when, where several rows may say so."""
    ordered_holds: dict[tuple[str, date, Half, str], Lit] = field(
        default_factory=dict[tuple[str, date, Half, str], Lit]
    )
    """Holders of workday posts by post, date, half and member, where the order is modelled."""
    rest_days: dict[tuple[str, date], Lit] = field(default_factory=dict[tuple[str, date], Lit])
    """Days off taken out of a stretch's count, where rest is placed day by day."""
    stretches: list[Stretch] = field(default_factory=list[Stretch])
    """Leave by the stretch, where it stands so."""
    stretch_numbers: dict[date, int] = field(default_factory=dict[date, int])
    """Workdays between the same two instants of credit have one number."""
    freeze_switches: dict[tuple[str, Entry], Lit] = field(default_factory=dict[tuple[str, Entry], Lit])
    """What H10 asks, each under its literal where the draft is switched (see `changes`)."""


class Draft(Gathered):
    """The decisions of a part.

    `exact_posts`: posts may stay empty; their holders are variables instead of Hall's inequalities (see `posts`);
    `leave` other than by the day relaxes the model (see `bulk`);
    `left_out` names the lines whose duties the part was stripped of (a relaxation, see `bulk`);
    `rest_by_day` places the days off that H5 needs even where leave stands by the stretch;
    `plan` is the old roster that a re-solve keeps close to;
    `switched` gives every pin a literal of its own in `pin_switches`, to find which of them clash.
    """

    def __init__(
        self,
        problem: Problem,
        part: Part,
        *,
        leave: LeaveModel = LeaveModel.BY_DAY,
        exact_posts: bool = False,
        switched: bool = False,
        left_out: frozenset[Line] = frozenset(),
        rest_by_day: bool = False,
        plan: Plan | None = None,
    ) -> None:
        super().__init__()
        self.problem = problem
        self.facts = problem.facts
        self.part = part
        self.exact_posts = exact_posts
        self.leave_model = leave
        self.left_out = left_out
        self.rest_by_day = rest_by_day
        self.plan = plan
        self.switched = switched
        self.model = cp_model.CpModel()
        self.people = set(part.people)
        self.duties: dict[tuple[str, Slot], Duty] = {}
        self.duties_of: dict[tuple[str, date], list[Duty]] = defaultdict(list)
        self.duties_at: dict[Slot, list[Duty]] = {}
        self.services: list[Service] = []
        self.starts: dict[str, dict[int, Lit]] = {}
        self.leaves: dict[tuple[str, date, Half], list[LeaveOption]] = {}
        self.leave_choices: dict[str, dict[date, dict[Half, list[tuple[int, int]]]]] = {}
        """The pieces of leave a person may be given, by date and half."""
        self.leadings: list[Leading] = []
        self.pin_switches: dict[Pin, Lit] = {pin: self.bool_var() for pin in self.facts.pins} if switched else {}
        add_duties(self)
        add_services(self)
        add_leaves(self)
        add_leaders(self)

    # ---- small helpers ----------------------------------------------------------------------------------------

    def bool_var(self) -> Lit:
        """A fresh boolean, unnamed: names cost memory and nobody reads them."""
        return self.model.new_bool_var("")

    @cached_property
    def false(self) -> Lit:
        """The constant false."""
        return self.model.new_constant(0)

    def at_most_one_at_a_time(self, places: list[Place]) -> None:
        """No two of the places that share more than 0 minutes hold together: a clique at every start is exact."""
        if len(places) < 2:
            return
        seen: set[frozenset[int]] = set()
        for moment in {p.start for p in places}:
            clique = [p for p in places if p.start <= moment < p.end]
            ids = frozenset(p.lit.index for p in clique)
            if len(ids) > 1 and ids not in seen:
                seen.add(ids)
                unique = {p.lit.index: p.lit for p in clique}
                self.model.add_at_most_one(unique.values())

    # ---- decisions --------------------------------------------------------------------------------------------

    @cached_property
    def services_of(self) -> dict[tuple[str, date], list[Service]]:
        """Services by person and date."""
        found: dict[tuple[str, date], list[Service]] = defaultdict(list)
        for service in self.services:
            found[service.person, service.need.day].append(service)
        return found

    def half_minutes(self, day: date) -> tuple[int, int]:
        """Clock lengths of the two halves of a workday."""
        morning, afternoon = (self.facts.halves(day)[half] for half in Half)
        return morning[1] - morning[0], afternoon[1] - afternoon[0]

    # ---- what follows from decisions --------------------------------------------------------------------------

    def duty_minutes(self, duty: Duty) -> int:
        """计入分钟 of all segments of a duty."""
        return sum(
            self.facts.duty_credit(duty.person, duty.slot.line, duty.slot.window, duty.slot.day, s)
            for s in duty.slot.segments
        )

    def service_minutes(self, service: Service) -> int:
        """计入分钟 of a call-in; 0 for the other ways."""
        if service.mode != Mode.CALL_IN:
            return 0
        return self.facts.call_in_credit(service.need.day, service.start, service.end)

    def leading_minutes(self, leading: Leading) -> int:
        """计入分钟 of leading alone, row by row; 0 otherwise."""
        if not leading.alone:
            return 0
        return sum(self.facts.credited(Line.LEAD, end - start, leading.unit.day) for start, end in leading.pieces)

    @cached_property
    def _credit_terms(self) -> dict[str, list[tuple[Lit, int, date, int]]]:
        found: dict[str, list[tuple[Lit, int, date, int]]] = defaultdict(list)
        for duty in self.duties.values():
            found[duty.person].append((duty.lit, self.duty_minutes(duty), duty.slot.day, duty.slot.segments[-1].end))
        for service in self.services:
            found[service.person].append((service.lit, self.service_minutes(service), service.need.day, service.end))
        for leading in self.leadings:
            minutes = self.leading_minutes(leading)
            found[leading.person].append((leading.lit, minutes, leading.unit.day, leading.end))
        return {who: [t for t in terms if t[1]] for who, terms in found.items()}

    def credit_terms(self, person: str) -> list[tuple[Lit, int, date, int]]:
        """Literal, 计入分钟, date and end of everything credited that a person may do."""
        return self._credit_terms.get(person, [])

    @cached_property
    def granted(self) -> dict[tuple[str, date, Half], LeaveRow]:
        """Leave already granted by the input."""
        return {(r.person, r.day, r.half): r for r in self.facts.granted if r.person in self.people}

    def away(self, person: str, day: date, half: Half) -> list[Lit]:
        """The literals of placed leave in a half; at most one of them holds."""
        return [o.lit for o in self.leaves.get((person, day, half), ())]

    @cached_property
    def both_off(self) -> dict[tuple[str, date], Lit]:
        """Off in both halves by leave of which a part at least is placed: implies the halves, never the reverse."""
        found: dict[tuple[str, date], Lit] = {}
        for person, day in dict.fromkeys((p, d) for p, d, _ in self.leaves):
            needed: list[list[Lit]] = []
            for half in Half:
                if self.facts.leave_in(person, day, half) is None:
                    needed.append(self.away(person, day, half))
            if all(needed):
                if len(needed) == 1 and len(needed[0]) == 1:
                    found[person, day] = needed[0][0]
                    continue
                lit = self.bool_var()
                for lits in needed:
                    self.model.add_bool_or([*lits, ~lit])
                found[person, day] = lit
        return found

    def places_of(self, person: str, day: date) -> list[Place]:
        """The places (H1) of a person on a date, comp leave aside."""
        places: list[Place] = []
        for duty in self.duties_of.get((person, day), ()):
            places += [Place(s.start, s.end, duty.lit) for s in duty.slot.segments]
        for service in self.services_of.get((person, day), ()):
            if service.mode != Mode.ON_DUTY:
                places.append(Place(service.start, service.end, service.lit))
        for leading in self.leadings_of.get((person, day), ()):
            if leading.alone:
                places += [Place(start, end, leading.lit) for start, end in leading.pieces]
        return places

    @cached_property
    def leadings_of(self) -> dict[tuple[str, date], list[Leading]]:
        """Leadings by person and date."""
        found: dict[tuple[str, date], list[Leading]] = defaultdict(list)
        for leading in self.leadings:
            found[leading.person, leading.unit.day].append(leading)
        return found

    def work_lits(self, person: str, day: date) -> list[Lit]:
        """The literals of rows that make a date work (H5): any row but 带班, and leading alone."""
        lits = [d.lit for d in self.duties_of.get((person, day), ())]
        lits += [s.lit for s in self.services_of.get((person, day), ()) if s.mode == Mode.CALL_IN]
        lits += [x.lit for x in self.leadings_of.get((person, day), ()) if x.alone]
        return lits

    def on_line(self, person: str, day: date, line: Line) -> list[Lit]:
        """The literals of rows of a line of a person on a date."""
        if line == Line.CALL_IN:
            return [s.lit for s in self.services_of.get((person, day), ()) if s.mode == Mode.CALL_IN]
        if line == Line.LEAD:
            return [x.lit for x in self.leadings_of.get((person, day), ())]
        return [d.lit for d in self.duties_of.get((person, day), ()) if d.slot.line == line]

    def leaves_overlapping(self, person: str, day: date, start: int, end: int) -> list[Lit]:
        """The literals of placed leave that overlap a range."""
        return [
            o.lit
            for half in Half
            for o in self.leaves.get((person, day, half), ())
            if overlap((o.start, o.end), (start, end))
        ]
