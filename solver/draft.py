"""A CP-SAT model under construction: the decisions of one part behind speaking names.

A draft holds the decisions; each rule adds its clauses (`Rule.build`), each tier its terms. Variables exist only where
the input leaves a choice: candidates by H2 and H3, leave only where credit can have been earned, and so on.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from functools import cached_property

from ortools.sat.python import cp_model

from zhiban.model.demand import LeaderUnit, Need, Slot
from zhiban.model.facts import MIDNIGHT, overlap
from zhiban.model.kinds import Half, Line, Mode
from zhiban.model.ledger import instant
from zhiban.model.problem import Problem
from zhiban.model.records import Pin
from zhiban.model.roster import LeaveRow
from zhiban.solver.entries import Entry
from zhiban.solver.parts import Part
from zhiban.solver.replan import Plan

Lit = cp_model.IntVar
Linear = cp_model.LinearExprT


@dataclass(frozen=True, slots=True)
class Duty:
    """One person on one standing duty."""

    person: str
    slot: Slot
    lit: Lit
    counted: bool
    """False where 实际到岗 says 缺岗 on a segment: not all served, so that T2 does not count it."""
    burdens: bool
    """False where 实际到岗 says 缺岗 on every segment: n does not count it either."""


@dataclass(frozen=True, slots=True)
class Service:
    """One person serving one appointment in one window, in one way, from one start."""

    person: str
    need: Need
    window: str
    mode: Mode
    start: int
    end: int
    lit: Lit


@dataclass(frozen=True, slots=True)
class LeaveOption:
    """One piece of compensatory leave that may be placed."""

    person: str
    day: date
    half: Half
    start: int
    end: int
    lit: Lit

    @property
    def minutes(self) -> int:
        """Clock length."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Leading:
    """One person leading one unit over one span; `alone`: 在岗 without a duty row, which is a place and work."""

    person: str
    unit: LeaderUnit
    alone: bool
    start: int
    end: int
    lit: Lit


@dataclass(frozen=True, slots=True)
class Place:
    """A literal that puts its person somewhere between two times of a date."""

    start: int
    end: int
    lit: Lit


@dataclass(frozen=True, slots=True)
class Stretch:
    """Alike workdays of one person between two instants of credit.

    `whole`, `morning`, `afternoon`: how many of the days are taken in full, or half only; None where that half is not
    free. `lone_morning`: whether a morning alone leaves the afternoon worked. `spent`: the hours taken where leave goes by the hour.
    """

    person: str
    days: tuple[date, ...]
    minutes: tuple[int, int]
    whole: Lit | None
    morning: Lit | None
    afternoon: Lit | None
    lone_morning: bool
    lone_afternoon: bool
    hours: Lit | None = None

    def count(self, half: Half) -> list[Lit]:
        """The counts whose sum is the number of days away in a half."""
        single = self.morning if half == Half.MORNING else self.afternoon
        return [lit for lit in (self.whole, single) if lit is not None]

    def terms(self) -> list[tuple[Lit, int]]:
        """Counts with the minutes each draws."""
        if self.hours is not None:
            return [(self.hours, 60)]
        morning, afternoon = self.minutes
        pairs = [(self.whole, morning + afternoon), (self.morning, morning), (self.afternoon, afternoon)]
        return [(lit, m) for lit, m in pairs if lit is not None]

    @property
    def start(self) -> int:
        """An instant of the last day: no credit is earned between any two of a stretch."""
        return instant(self.days[-1], MIDNIGHT - 1)


class LeaveModel(Enum):
    """How compensatory leave stands in a draft: half-day by half-day, by the stretch (see `bulk`), or not at all."""

    BY_DAY = auto()
    BY_STRETCH = auto()
    NONE = auto()


class Draft:
    """The decisions of a part.

    `exact_posts` builds the holders of workday posts as variables instead of Hall's inequalities (see `posts`);
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
        self.problem = problem
        self.facts = problem.facts
        self.part = part
        self.exact_posts = exact_posts
        self.leave_model = leave
        self.left_out = left_out
        self.rest_by_day = rest_by_day
        self.rest_days: dict[tuple[str, date], Lit] = {}
        """Days off taken out of a stretch's count, where rest is placed day by day."""
        self.plan = plan
        self.touched: list[Linear] = []
        """One term per person with a change (T5a)."""
        self.changed: list[Linear] = []
        """One term per entry that is in one roster only (T5b)."""
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
        self.weekend_flags: dict[tuple[str, date], Lit] = {}
        self.stretches: list[Stretch] = []
        """Leave by the stretch, where it stands so."""
        self.stretch_numbers: dict[date, int] = {}
        """Workdays between the same two instants of credit have one number."""
        self.shortages: list[Linear] = []
        """Missing people of standing and group duties (T2)."""
        self.unserved: list[Linear] = []
        """Missing people of appointments, one term per appointment and window (T1)."""
        self.empty_posts: list[Linear] = []
        """Open post-segments without a holder (T3)."""
        self.unled: list[Linear] = []
        """Leader units without a leader (T4)."""
        self.ordered_holds: dict[tuple[str, date, Half, str], Lit] = {}
        """Holders of workday posts by post, date, half and member, where the order is modelled."""
        self.lapsed: dict[str, list[Linear]] = {}
        """过期 minutes per person."""
        self.freeze_switches: dict[tuple[str, Entry], Lit] = {}
        """What H10 asks, each under its literal where `switched` (see `changes`)."""
        self.switched = switched
        self.pin_switches: dict[Pin, Lit] = {}
        if switched:
            self.pin_switches = {pin: self.bool_var() for pin in self.facts.pins}
        self._add_duties()
        self._add_services()
        self._add_leaves()
        self._add_leaders()

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

    def _add_duties(self) -> None:
        facts = self.facts
        for slot in self.part.slots:
            at: list[Duty] = []
            for person in facts.candidates(slot):
                missed = [facts.missing(person.id, slot.line, slot.window, slot.day, s) for s in slot.segments]
                duty = Duty(person.id, slot, self.bool_var(), not any(missed), not all(missed))
                self.duties[person.id, slot] = duty
                self.duties_of[person.id, slot.day].append(duty)
                at.append(duty)
            self.duties_at[slot] = at

    def _add_services(self) -> None:
        for share in self.part.needs:
            need = share.need
            if len(share.starts) > 1:
                self.starts[need.id] = {s: self.bool_var() for s in share.starts}
                self.model.add_exactly_one(self.starts[need.id].values())
            else:
                self.starts[need.id] = {share.starts[0]: self.model.new_constant(1)}
            for window in share.windows:
                for person in self.problem.servers_of[window]:
                    if person.may_do(need.item.id):
                        for start in share.starts:
                            self._add_service(person.id, need, window, start)

    def _add_service(self, person: str, need: Need, window: str, start: int) -> None:
        end = start + need.duration
        facts = self.facts
        around = [
            d.lit
            for d in self.duties_of.get((person, need.day), ())
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
            lit = self.bool_var()
            self.services.append(Service(person, need, window, mode, start, end, lit))
            chosen = self.starts[need.id][start]
            if len(self.starts[need.id]) > 1:
                self.model.add_implication(lit, chosen)
            if mode == Mode.ON_DUTY:
                self.model.add_bool_or([*around, ~lit])

    @cached_property
    def services_of(self) -> dict[tuple[str, date], list[Service]]:
        """Services by person and date."""
        found: dict[tuple[str, date], list[Service]] = defaultdict(list)
        for service in self.services:
            found[service.person, service.need.day].append(service)
        return found

    def _add_leaders(self) -> None:
        if not self.part.units:
            return
        present = str(self.problem.policy.leader_mode) == "在岗"
        for unit in self.part.units:
            for start, end, spans in self._spans(unit):
                for person in unit.leaders:
                    if not self.facts.may_lead(person, unit, (start, end) if unit.by_appointment else None):
                        continue
                    ways: list[tuple[bool, list[list[Lit]]]] = []
                    if not present:
                        ways.append((False, []))
                    else:
                        rows = self._rows_for_leading(person, unit)
                        if all(rows):
                            ways.append((False, rows))
                        if self.facts.may_lead_alone(person, unit):
                            ways.append((True, []))
                    for alone, rows in ways:
                        lit = self.bool_var()
                        self.leadings.append(Leading(person, unit, alone, start, end, lit))
                        for row in rows:
                            self.model.add_bool_or([*row, ~lit])
                        if spans is not None:
                            self.model.add_implication(lit, spans)

    def _spans(self, unit: LeaderUnit) -> list[tuple[int, int, Lit | None]]:
        """The spans a unit's rows may cover, each with the literal that says it is the one (None: always)."""
        if not unit.by_appointment:
            return [(unit.segments[0].start, unit.segments[-1].end, None)]
        if all(len(n.starts) == 1 for n in unit.needs):
            return [(*unit.earliest, None)]
        firsts = sorted({s for n in unit.needs for s in n.starts})
        lasts = sorted({s + n.duration for n in unit.needs for s in n.starts})
        spans: list[tuple[int, int, Lit | None]] = []
        for first in firsts:
            for last in lasts:
                inside = [[s for s in n.starts if s >= first and s + n.duration <= last] for n in unit.needs]
                if not all(inside):
                    continue
                lit = self.bool_var()
                at_first: list[Lit] = []
                at_last: list[Lit] = []
                for need, starts in zip(unit.needs, inside, strict=True):
                    self.model.add_bool_or([*(self.starts[need.id][s] for s in starts), ~lit])
                    at_first += [self.starts[need.id][s] for s in starts if s == first]
                    at_last += [self.starts[need.id][s] for s in starts if s + need.duration == last]
                self.model.add_bool_or([*at_first, ~lit])
                self.model.add_bool_or([*at_last, ~lit])
                spans.append((first, last, lit))
        return spans

    def _rows_for_leading(self, person: str, unit: LeaderUnit) -> list[list[Lit]]:
        """For each segment of a unit, the rows of a person that let him lead it on the spot (在岗)."""
        inside = set(unit.windows)
        if unit.by_appointment:
            rows = [
                s.lit
                for s in self.services_of.get((person, unit.day), ())
                if s.window in inside and s.mode == Mode.CALL_IN
            ]
            return [rows]
        duties = [d for d in self.duties_of.get((person, unit.day), ()) if d.slot.window in inside]
        return [[d.lit for d in duties if segment in d.slot.segments] for segment in unit.segments]

    def _add_leaves(self) -> None:
        """Leave options: only where credit can have been earned by then, and no rule of the input forbids them."""
        whole_days = str(self.problem.policy.leave_unit) == "全天"
        for person in self.part.people if self.leave_model != LeaveModel.NONE else ():
            earliest = self._earliest_credit(person)
            if earliest is None:
                continue
            chosen = {day: self._leave_options(person, day, earliest) for day in self.facts.workdays}
            self.leave_choices[person] = {
                day: halves for day, halves in chosen.items() if halves and (len(halves) == 2 or not whole_days)
            }
        if self.leave_model != LeaveModel.BY_DAY:
            return
        for person, days in self.leave_choices.items():
            for day, halves in days.items():
                together = self.bool_var() if whole_days else None
                for half, pieces in halves.items():
                    made = [
                        LeaveOption(person, day, half, start, end, self.bool_var() if together is None else together)
                        for start, end in pieces
                    ]
                    if len(made) > 1:
                        self.model.add_at_most_one(o.lit for o in made)
                    self.leaves[person, day, half] = made

    def half_minutes(self, day: date) -> tuple[int, int]:
        """Clock lengths of the two halves of a workday."""
        morning, afternoon = (self.facts.halves(day)[half] for half in Half)
        return morning[1] - morning[0], afternoon[1] - afternoon[0]

    def _leave_options(self, person: str, day: date, earliest: tuple[date, int]) -> dict[Half, list[tuple[int, int]]]:
        found: dict[Half, list[tuple[int, int]]] = {}
        if self.no_leave_on(day):
            return found
        for half, (start, end) in self.facts.halves(day).items():
            if not self.facts.present_by_input(person, day, half):
                continue
            pieces = [(start, end)]
            if str(self.problem.policy.leave_unit) == "1小时":
                pieces = [(start, start + 60 * k) for k in range(1, (end - start) // 60 + 1)]
                pieces += [(end - 60 * k, end) for k in range(1, (end - start) // 60 + 1) if (end - start) > 60 * k]
            pieces = [p for p in pieces if earliest <= (day, p[0])]
            if pieces:
                found[half] = pieces
        return found

    def no_leave_on(self, day: date) -> bool:
        """节后首日不调休: the first workday after a run of 节假日."""
        if not self.problem.policy.no_leave_after_holiday:
            return False
        return self.facts.first_workday_after_holiday(day)

    def _earliest_credit(self, person: str) -> tuple[date, int] | None:
        """The first instant at which a person can have credit; None: never in this period."""
        first = (self.problem.first, 0)
        if any(lot.person == person for lot in self.problem.opening):
            return first
        moments = [(day, end) for who, day, end, minutes in self.facts.overtime_credits if who == person and minutes]
        for (who, day), duties in self.duties_of.items():
            if who == person:
                moments += [(day, d.slot.segments[-1].end) for d in duties if self.duty_minutes(d)]
        moments += [(s.need.day, s.end) for s in self.services if s.person == person and self.service_minutes(s)]
        for unit in self.part.units:
            if person in unit.leaders and self.facts.credited(Line.LEAD, 60, unit.day):
                moments.append((unit.day, unit.earliest[1]))
        return min(moments, default=None)

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
        pieces = [(s.start, s.end) for s in leading.unit.segments] or [(leading.start, leading.end)]
        return sum(self.facts.credited(Line.LEAD, end - start, leading.unit.day) for start, end in pieces)

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
        """The places (H1) of a person on a date but comp leave: duty rows, call-ins, appointments at the post, leading alone."""
        places: list[Place] = []
        for duty in self.duties_of.get((person, day), ()):
            places += [Place(s.start, s.end, duty.lit) for s in duty.slot.segments]
        for service in self.services_of.get((person, day), ()):
            if service.mode != Mode.ON_DUTY:
                places.append(Place(service.start, service.end, service.lit))
        for leading in self.leadings_of.get((person, day), ()):
            if leading.alone:
                pieces = [(s.start, s.end) for s in leading.unit.segments] or [(leading.start, leading.end)]
                places += [Place(start, end, leading.lit) for start, end in pieces]
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
