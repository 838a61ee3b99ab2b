"""Putting one more appointment into a roster without moving anybody: who can take it, how, and what that costs.

Works out exactly, from the roster's own rows, what the verifier would say of the roster with the appointment in it.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations

from zhiban.model.demand import Need
from zhiban.model.facts_fairness import LEAST_SHARE
from zhiban.model.facts_hours import overlap
from zhiban.model.kinds import STANDING_LINES, Line, Mode, PinMode, Role
from zhiban.model.ledger import Lot, duty_lot, settle
from zhiban.model.problem import Problem
from zhiban.model.roster import AppointmentRow, DutyRow, LeaveRow, Roster, round_half_up
from zhiban.model.settings import LeaveUnit
from zhiban.solver.counts import totals
from zhiban.solver.rules.caps import credited_by_month
from zhiban.solver.view import RosterView, view_of
from zhiban.solver.wording import window_text

LOWER = ("T6", "T7", "T8", "T9")
Person = str
Way = tuple[tuple[int, int, int], Person, Mode]
"""Cost in T6, T7 and T8, person, mode. T9 counts nothing that an appointment brings."""


@dataclass(frozen=True, slots=True)
class Placing:
    """Window, person and mode of everybody who serves; what T6 to T9 rise by."""

    people: tuple[tuple[str, Person, Mode], ...]
    cost: dict[str, int]


def hindrance(problem: Problem, need: Need, window: str, start: int) -> str:
    """Why a window has too few people for an appointment by the input alone; empty where it may have enough."""
    able = [p.id for p in problem.servers_of[window] if p.may_do(need.item.id)]
    where = window_text(problem, window)
    if len(able) < need.count:
        return f"{where}能办理{need.item.name}的只有 {len(able)} 人，需 {need.count} 人"
    free = [p for p in able if not barred(problem, p, need, start)]
    if len(free) >= need.count:
        return ""
    listed = "；".join(f"{problem.person[p].name}({p}){barred(problem, p, need, start)}" for p in able if p not in free)
    return f"{where}可承办的不足 {need.count} 人：{listed}"


def barred(problem: Problem, person: Person, need: Need, start: int) -> str:
    """Why the input alone keeps a person from serving at a time, in whatever way; empty where it does not."""
    facts, who, day, end = problem.facts, problem.person[person], need.day, start + need.duration
    if not who.employed_on(day):
        return "不在岗（未到岗或已离岗）"
    if facts.on_leave(person, day, start, end):
        return "请假外出"
    if facts.half_of(day, start, end) is not None or facts.available(person, Line.CALL_IN, day, start, end):
        return ""
    return "免加班" if who.exempt_on(day) else f"不参加{facts.line_of(day) or '值班'}"


class Placer:
    """One roster, asked about many appointments."""

    def __init__(self, problem: Problem, roster: Roster) -> None:
        self.problem, self.facts = problem, problem.facts
        self.view = RosterView(problem, roster)
        self.counts = totals(self.view)
        self.minutes = credited_by_month(self.view)
        self.lots: dict[Person, list[Lot]] = defaultdict(list)
        for lot in self.view.lots:
            self.lots[lot.person].append(lot)
        self.serving_on: dict[tuple[Person, date], list[tuple[int, int]]] = defaultdict(list)
        for serving in self.view.servings:
            self.serving_on[serving.person, serving.day].append((serving.start, serving.end))
        self.history = {p.id: self.facts.history_count(p.id, Line.CALL_IN) for p in problem.people}
        costs = (self.facts.fairness_cost(p.id, Line.CALL_IN, self.counts[p.id, Line.CALL_IN]) for p in problem.people)
        self.call_in_cost = sum(costs)

    def best(self, need: Need, start: int) -> Placing | None:
        """The cheapest way to serve an appointment from a start on with everything else as it is; None: no way.

        None too where something else could answer to the appointment without anybody's entries changing, or a leader
        has to come because of it: that is for the search.
        """
        if self._brings_leader(need):
            return None
        wanted = need.count * len(need.windows)
        shares = _Shares(self, need, start)
        if loose_call_ins(self.view, shares.joining):
            return None
        ways: list[list[Way]] = []
        for window in need.windows:
            # Of the people of one window at most wanted - 1 may be taken by the others.
            ways.append(sorted(self._ways(need, window, start, shares))[:wanted])
        chosen = _cheapest(ways, need.count)
        if chosen is None:
            return None
        people = tuple(
            (w, person, mode) for w, group in zip(need.windows, chosen, strict=True) for _, person, mode in group
        )
        if self.problem.policy.leave_unit is LeaveUnit.HOUR and any(w[0][1] for group in chosen for w in group):
            return None  # the hours of leave already placed may take up the credit
        sums = [sum(cost[n] for group in chosen for cost, _, _ in group) for n in range(3)]
        return Placing(people, dict(zip(LOWER, (sums[0] + shares.base, *sums[1:], 0), strict=True)))

    def _brings_leader(self, need: Need) -> bool:
        """Whether a leader unit hangs on appointments at one of the windows that date."""
        line = self.facts.line_of(need.day)
        if line is None:
            return False
        standing = {s.window for s in self.facts.slots_by_day_line.get((need.day, line), ())}
        groups = (set(windows) for windows in self.facts.leader_groups.values())
        return any(group & set(need.windows) and not group & standing for group in groups)

    # ---- ways ---------------------------------------------------------------------------------------------------

    def _ways(self, need: Need, window: str, start: int, shares: "_Shares") -> list[Way]:
        """The cheapest way of each person who may serve a window."""
        found: list[Way] = []
        for person in self.problem.servers_of[window]:
            if person.may_do(need.item.id):
                modes = [m for m in Mode if not self.hindered(person.id, need, window, start, m)]
                ways = [(self._cost(person.id, need, start, mode, shares), person.id, mode) for mode in modes]
                found += [min(ways)] if ways else []
        return found

    def hindrances(self, need: Need, window: str, start: int) -> list[tuple[Person, str]]:
        """Everybody who may serve a window, with what keeps him from it as the roster stands."""
        found: list[tuple[Person, str]] = []
        for person in self.problem.servers_of[window]:
            if person.may_do(need.item.id):
                why = barred(self.problem, person.id, need, start) or self._busy(person.id, need, window, start)
                found.append((person.id, why or "可以承办"))
        return found

    def _busy(self, person: Person, need: Need, window: str, start: int) -> str:
        whys = [self.hindered(person, need, window, start, mode) for mode in Mode]
        return "" if not all(whys) else next((why for why in reversed(whys) if why != OTHER_WAY), whys[-1])

    def hindered(self, person: Person, need: Need, window: str, start: int, mode: Mode) -> str:
        """What keeps a person from serving in a way as the roster stands; empty: nothing."""
        day, span = need.day, (start, start + need.duration)
        if self._forbidden(person, need, window):
            return "被指定为禁止"
        if any(overlap(span, other) for other in self.serving_on[person, day]):
            return "同一时间已承办其他预约"
        if mode == Mode.ON_DUTY:
            rows = self.view.rows_on.get((person, day), ())
            inside = any(
                r.line in STANDING_LINES and r.window == window and r.start <= span[0] and span[1] <= r.end
                for r in rows
            )
            return "" if inside else OTHER_WAY
        taken = next((p for p in self.view.places.get((person, day), ()) if overlap(span, (p.start, p.end))), None)
        if taken is not None:
            return f"已有{taken.text}"
        if mode == Mode.AT_POST:
            half = self.facts.half_of(day, *span)
            return "" if half is not None and self.view.present(person, day, half) else OTHER_WAY
        if not self.facts.available(person, Line.CALL_IN, day, *span):
            return "不能应约"
        return self._overworked(person, day, span)

    def _forbidden(self, person: Person, need: Need, window: str) -> bool:
        """Whether a pin forbids calling a person in on a date (it has no more to say of a new appointment)."""
        return any(
            pin.mode is PinMode.MUST_NOT
            and not pin.appointment
            and (pin.day, pin.line) == (need.day, Line.CALL_IN)
            and pin.person in (None, person)
            and pin.window in (None, window)
            for pin in self.facts.pins
        )

    def _overworked(self, person: Person, day: date, span: tuple[int, int]) -> str:
        """H5 and the month's cap of H6 for one more call-in; who leads alone may have no other row."""
        if any(self.view.alone(row) for row in self.view.rows_on.get((person, day), ())):
            return "当日单独带班"
        cap, credit = self.problem.policy.monthly_minutes_cap, self.facts.call_in_credit(day, *span)
        key = (person, (day.year, day.month))
        if cap and credit and self.minutes[0].get(key, 0) + self.minutes[1].get(key, 0) + credit > cap:
            return "超过每月延时上限"
        return "" if self.view.works(person, day) or not self._too_long(person, day) else "连续工作天数已满"

    def _too_long(self, person: Person, day: date) -> bool:
        span = self.problem.policy.max_days_in_row + 1
        for back in range(span):
            first = day - timedelta(back)
            window = [first + timedelta(n) for n in range(span)]
            if window[-1] > self.problem.last:
                continue
            full = all(d == day or self._works(person, d) for d in window)
            if full and not all(self.problem.day(d).is_workday for d in window):
                return True
        return False

    def _works(self, person: Person, day: date) -> bool:
        if self.problem.holds(day):
            return self.view.works(person, day)
        return self.facts.worked_before(person, day)

    # ---- cost ---------------------------------------------------------------------------------------------------

    def _cost(self, person: Person, need: Need, start: int, mode: Mode, shares: "_Shares") -> tuple[int, int, int]:
        """What T6, T7 and T8 rise by when a person serves so."""
        if mode == Mode.ON_DUTY:
            return 0, 0, 0
        span = (start, start + need.duration)
        pending = self._pending_broken(person, need.day, span)
        if mode == Mode.AT_POST:
            return 0, 0, pending
        row = DutyRow(need.day, Line.CALL_IN, *span, need.windows[0], person)
        return shares.rise(person), self._unused(person, row), pending + self._wishes(person, need.day)

    def _pending_broken(self, person: Person, day: date, span: tuple[int, int]) -> int:
        """待批 leave that a place within it breaks, unless another place has broken it."""
        broken = 0
        for leave in self.problem.leaves:
            if leave.person == person and not leave.approved:
                pieces = list(self.facts.leave_pieces(leave))
                before = any(
                    not place.leave and overlap((place.start, place.end), (a, b))
                    for d, a, b in pieces
                    for place in self.view.places.get((person, d), ())
                )
                broken += not before and any(d == day and overlap(span, (a, b)) for d, a, b in pieces)
        return broken

    def _wishes(self, person: Person, day: date) -> int:
        """Wishes that one more row of 应约 breaks or keeps."""
        rows = self.view.rows_on.get((person, day), ())
        change = 0
        for wish in self.problem.wishes:
            about = (wish.person, wish.day) == (person, day) and wish.line in (None, Line.CALL_IN)
            if about and not any(wish.line in (None, row.line) for row in rows):
                change += -wish.weight if wish.wants else wish.weight
        return change

    def _unused(self, person: Person, row: DutyRow) -> int:
        """What one more call-in adds to 期末."""
        credit = self.facts.call_in_credit(row.day, row.start, row.end)
        if not credit:
            return 0
        lots, leaves = self.lots[person], [r for r in self.view.leaves if r.person == person]
        lot = duty_lot(self.problem, replace(row, credited=credit))
        if all(each.expires is None or each.expires > self.problem.last for each in (*lots, lot)):
            return credit
        return self._closing(person, [*lots, lot], leaves) - self._closing(person, lots, leaves)

    def _closing(self, person: Person, lots: list[Lot], leaves: list[LeaveRow]) -> int:
        return settle(self.problem, lots, leaves, [self.problem.person[person]]).bank[0].closing

    # ---- the roster with it -------------------------------------------------------------------------------------

    def roster_with(self, need: Need, start: int, placing: Placing) -> Roster:
        """The roster with the appointment served so."""
        old, end = self.view.roster, start + need.duration
        duties, rows = list(old.duties), [r for r in old.appointments if r.appointment != need.id]
        for window in need.windows:
            role = Role.HOST if window == need.windows[0] else Role.ASSIST
            served = sorted((p, m) for w, p, m in placing.people if w == window)
            for person, mode in served:
                if mode == Mode.CALL_IN:
                    credit = self.facts.call_in_credit(need.day, start, end)
                    duties.append(
                        DutyRow(
                            need.day, Line.CALL_IN, start, end, window, person, "应约", role, (), (need.id,), credit
                        )
                    )
                elif mode == Mode.ON_DUTY:
                    duties = [_listing(r, need, start, window, person) for r in duties]
            rows.append(
                AppointmentRow(
                    need.id, window, need.day, start, end,
                    tuple(p for p, _ in served), tuple(m for _, m in served), role, met=True,
                )
            )  # fmt: skip
        return Roster.of(duties, list(old.leaves), list(old.stand_ins), rows)


def loose_call_ins(view: RosterView, joining: Collection[Person] = ()) -> list[DutyRow]:
    """Call-ins that could be served at the post or on duty instead, the entry being the same, with some tier changing.

    `joining`: people whom one more appointment gives a share in the line 应约.
    """
    return [row for row in view.call_ins if _is_there(view, row) and _matters(view, row, joining)]


def loose_people(problem: Problem, roster: Roster) -> set[Person]:
    """People whose rows may become better ones with not one entry changed: a call-in served at the post instead, leave
    by the hour lengthened.
    """
    found = {row.person for row in loose_call_ins(view_of(problem, roster))}
    if problem.policy.leave_unit is LeaveUnit.HOUR:
        found |= {row.person for row in roster.leaves if not row.granted}
    return found


def _is_there(view: RosterView, row: DutyRow) -> bool:
    half = view.facts.half_of(row.day, row.start, row.end)
    if half is not None and view.present(row.person, row.day, half):
        return True
    return any(
        r.line in STANDING_LINES and r.window == row.window and r.start <= row.start and row.end <= r.end
        for r in view.rows_on.get((row.person, row.day), ())
    )


def _matters(view: RosterView, row: DutyRow, joining: Collection[Person]) -> bool:
    """Whether a call-in counts in T6, earns credit, or bears on a wish."""
    problem, person = view.problem, row.person
    if person in joining or view.facts.share(person, Line.CALL_IN) is not None or view.credited[row]:
        return True
    wished = any((wish.person, wish.day) == (person, row.day) for wish in problem.wishes)
    return wished or any(leave.person == person and not leave.approved for leave in problem.leaves)


OTHER_WAY = "当时不在该窗口值班或在岗"


def _listing(row: DutyRow, need: Need, start: int, window: str, person: Person) -> DutyRow:
    """A duty row with the appointment among those it serves, where it is the one that does."""
    end = start + need.duration
    mine = (row.person, row.day, row.window) == (person, need.day, window) and row.line in STANDING_LINES
    if not mine or not (row.start <= start and end <= row.end):
        return row
    return replace(row, appointments=(*row.appointments, need.id))


class _Shares:
    """T6 of the line 应约 once the appointment makes its date a duty day of the line: it changes everybody's share."""

    def __init__(self, placer: Placer, need: Need, start: int) -> None:
        self.placer, self.facts = placer, placer.facts
        end = start + need.duration
        days = self.facts.duty_days[Line.CALL_IN]
        outside = self.facts.half_of(need.day, start, end) is None
        self.days = len(days | {need.day}) if outside else len(days)
        self.joining: set[Person] = set()
        if outside:
            for window in need.windows:
                for person in placer.problem.servers_of[window]:
                    if person.may_do(need.item.id) and self.facts.available(
                        person.id, Line.CALL_IN, need.day, start, end
                    ):
                        self.joining.add(person.id)
        self.day = need.day
        self.base = self._all() - placer.call_in_cost if outside else 0

    def _all(self) -> int:
        counts = self.placer.counts
        return sum(self.cost(p.id, counts[p.id, Line.CALL_IN]) for p in self.placer.problem.people)

    def cost(self, person: Person, count: int) -> int:
        """c of the line 应约 with the appointment in the input."""
        could = self.facts.serve_days.get((person, Line.CALL_IN), set[date]())
        number = len(could | {self.day}) if person in self.joining else len(could)
        if not number:
            return 0
        share = max(LEAST_SHARE, Fraction(number, self.days))
        return round_half_up(100 * (self.placer.history[person] + count) ** 2 / share)

    def rise(self, person: Person) -> int:
        """What one more call-in of a person adds."""
        count = self.placer.counts[person, Line.CALL_IN]
        return self.cost(person, count + 1) - self.cost(person, count)


def _cheapest(ways: list[list[Way]], count: int) -> list[tuple[Way, ...]] | None:
    """So many people for each window, nobody for two, the least cost tier by tier; ties by the people's ids."""
    best: tuple[tuple[int, ...], list[str], list[tuple[Way, ...]]] | None = None

    def extend(chosen: list[tuple[Way, ...]]) -> None:
        nonlocal best
        if len(chosen) == len(ways):
            flat = [way for group in chosen for way in group]
            key = (tuple(sum(w[0][n] for w in flat) for n in range(3)), [w[1] for w in flat])
            if best is None or key < best[:2]:
                best = (*key, list(chosen))
            return
        taken = {way[1] for group in chosen for way in group}
        for group in combinations([w for w in ways[len(chosen)] if w[1] not in taken], count):
            extend([*chosen, group])

    extend([])
    return best[2] if best else None
