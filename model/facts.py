"""What follows from the input alone, before anybody is rostered; the solver and the verifier both start from it.

The reading of rules.md sections 1 and 2: modes of lines, segments, standing duties and their minima, open posts,
leader units, accepted appointments, who is available when (H2), credits and fairness shares.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from zhiban.model.demand import GroupDemand, LeaderUnit, Need, Opening, Slot
from zhiban.model.kinds import (
    FAIRNESS_LINES,
    LEAVE_PIN,
    STANDING_LINES,
    WORK_LEAVES,
    DayClass,
    Half,
    LeaveKind,
    Line,
    PinMode,
    Presence,
    SegmentKind,
)
from zhiban.model.problem import Problem
from zhiban.model.records import Actual, DemandRow, History, LeaderRow, Leave, Person, Pin, Window
from zhiban.model.roster import LeaveRow, round_half_up
from zhiban.model.segments import Segment, segments_on

NOON = 720
MIDNIGHT = 1440
WHOLE_CENTER = "全中心"
LEAST_SHARE = Fraction(1, 20)
Range = tuple[int, int]


class _Wanted(NamedTuple):
    """A group duty before it is laid on the segments of a day."""

    label: str
    windows: list[str]
    minimum: int
    by_window: bool = False
    by_row: bool = False


def overlap(first: Range, second: Range) -> int:
    """Minutes that two ranges share."""
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))


class Facts:
    """Derived facts of one problem, each worked out once when asked for."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._segments: dict[date, dict[SegmentKind, list[Segment]]] = {}
        self._halves: dict[date, dict[Half, Range]] = {}
        self._candidates: dict[tuple[date, Line, str, int], list[Person]] = {}

    # ---- time -------------------------------------------------------------------------------------------------

    def segments_of(self, day: date, kind: SegmentKind) -> list[Segment]:
        """The segments of a kind on a date, by start."""
        if day not in self._segments:
            self._segments[day] = segments_on(self.problem.segments, self.problem.day(day))
        return self._segments[day].get(kind, [])

    def halves(self, day: date) -> dict[Half, Range]:
        """Clock ranges of the two working halves; empty on a date that is no workday."""
        found = self._halves.get(day)
        if found is None:
            found = self._halves[day] = self._halves_of(day)
        return found

    def _halves_of(self, day: date) -> dict[Half, Range]:
        if not self.problem.day(day).is_workday:
            return {}
        morning = self.segments_of(day, SegmentKind.WORKDAY_MORNING)
        afternoon = self.segments_of(day, SegmentKind.WORKDAY_AFTERNOON)
        return {
            Half.MORNING: (morning[0].start, morning[0].end),
            Half.AFTERNOON: (afternoon[0].start, afternoon[0].end),
        }

    @cached_property
    def workdays(self) -> tuple[date, ...]:
        """The workdays of the period."""
        return tuple(d for d in self.problem.dates if self.problem.day(d).is_workday)

    def line_of(self, day: date) -> Line | None:
        """The line that runs all day on a date that is no workday."""
        return {DayClass.WEEKEND: Line.WEEKEND, DayClass.HOLIDAY: Line.HOLIDAY}.get(self.problem.day(day).day_class)

    def line_mode(self, line: Line, day: date) -> str:
        """值班, 预约 or 不开 of a standing line on a date."""
        policy, info = self.problem.policy, self.problem.day(day)
        if line == Line.LUNCH:
            mode = str(policy.lunch_service) if info.is_workday else "不开"
        elif self.line_of(day) != line:
            return "不开"
        elif info.booking_only:
            mode = "预约"
        elif line == Line.HOLIDAY:
            mode = str(policy.holiday_mode)
        else:
            served = {"周六日": (5, 6), "仅周六": (5,), "仅周日": (6,), "不开": ()}[str(policy.weekend_service)]
            mode = str(policy.weekend_mode) if day.weekday() in served else "不开"
        if mode == "值班" and not self.line_segments(line, day):
            return "不开"
        return mode

    def line_segments(self, line: Line, day: date) -> list[Segment]:
        """The segments of a standing line on a date."""
        return self.segments_of(day, SegmentKind(line.value))

    # ---- standing duties (D1) ---------------------------------------------------------------------------------

    @cached_property
    def _standing(self) -> tuple[list[Slot], list[GroupDemand]]:
        slots: list[Slot] = []
        groups: list[GroupDemand] = []
        for day in self.problem.dates:
            for line in STANDING_LINES:
                if self.line_mode(line, day) == "值班":
                    self._demand_of(line, day, slots, groups)
        return slots, groups

    @property
    def slots(self) -> list[Slot]:
        """Every standing duty of the period, by date, line and window."""
        return self._standing[0]

    @property
    def group_demands(self) -> list[GroupDemand]:
        """Every group duty of the period."""
        return self._standing[1]

    def _demand_of(self, line: Line, day: date, slots: list[Slot], groups: list[GroupDemand]) -> None:
        windows = [w for w in self.problem.windows if w.active_on(day)]
        rows = self._rows_in_force(line, day)
        covered = {w.id for row in rows for w in windows if _in_scope(row, w)}
        own = {w.id: w.own_minimum(line) for w in windows}
        policy_minimum = {
            Line.LUNCH: self.problem.policy.lunch_minimum,
            Line.WEEKEND: self.problem.policy.weekend_minimum,
            Line.HOLIDAY: self.problem.policy.holiday_minimum,
        }[line]
        free = [w for w in windows if own[w.id] is None and w.id not in covered]
        wanted = [
            _Wanted(row.name or WHOLE_CENTER, [w.id for w in windows if _in_scope(row, w)], row.minimum, by_row=True)
            for row in rows
        ]
        if line == Line.LUNCH and str(self.problem.policy.lunch_mode) != "每窗口":
            wanted += self._lunch_groups(free, policy_minimum)
            own.update({w.id: 0 for w in free})
        minimum = {w.id: policy_minimum if own[w.id] is None else own[w.id] or 0 for w in windows}
        minimum.update({w: 0 for w in covered if own[w] is None})
        wanted = [g for g in wanted if g.minimum > 0 and g.windows]
        standing = {w for w, least in minimum.items() if least > 0} | {w for g in wanted for w in g.windows}
        segments = tuple(self.line_segments(line, day))
        pieces = [segments] if str(self.problem.policy.granularity) == "全天" else [(s,) for s in segments]
        for piece in pieces:
            made = {w.id: Slot(day, line, w.id, piece, minimum[w.id]) for w in windows if w.id in standing}
            slots.extend(made.values())
            for g in wanted:
                members = tuple(made[w] for w in g.windows)
                groups.append(GroupDemand(day, line, g.label, members, piece, g.minimum, g.by_window, g.by_row))

    def _rows_in_force(self, line: Line, day: date) -> list[DemandRow]:
        """The rows of 值班需求 of a line on a date; a dated row replaces the undated one of its name."""
        chosen: dict[tuple[str, str], DemandRow] = {}
        for row in self.problem.demand_rows:
            if row.line == line and row.day in (None, day):
                key = (row.scope, row.name)
                if key not in chosen or row.day is not None:
                    chosen[key] = row
        return list(chosen.values())

    def _lunch_groups(self, free: list[Window], least: int) -> "list[_Wanted]":
        mode = str(self.problem.policy.lunch_mode)
        ids = [w.id for w in free]
        if not ids:
            return []
        if mode == "比例":
            ratio = self.problem.policy.lunch_ratio * len(ids)
            return [_Wanted("比例", ids, -((-ratio.numerator) // ratio.denominator), by_window=True)]
        if mode == "总值班岗":
            return [_Wanted("总值班岗", ids, least)]
        groups: dict[str, list[str]] = defaultdict(list)
        for window in free:
            groups[window.mutual_group or f"\0{window.id}"].append(window.id)
        return [_Wanted(label.lstrip("\0"), members, least) for label, members in groups.items()]

    @cached_property
    def slots_by_day_line(self) -> dict[tuple[date, Line], list[Slot]]:
        """Slots by date and line."""
        found: dict[tuple[date, Line], list[Slot]] = defaultdict(list)
        for slot in self.slots:
            found[slot.day, slot.line].append(slot)
        return found

    def slots_on(self, day: date) -> list[Slot]:
        """The slots of a date, all lines."""
        return [s for line in STANDING_LINES for s in self.slots_by_day_line.get((day, line), [])]

    def standing_at(self, day: date, window: str) -> list[Slot]:
        """The slots of a window on a date, all lines."""
        return [s for s in self.slots_on(day) if s.window == window]

    @cached_property
    def openings(self) -> list[Opening]:
        """Every post-segment of the period (D2)."""
        found: list[Opening] = []
        own_or_row: set[tuple[date, Line, str]] = {(s.day, s.line, s.window) for s in self.slots if s.minimum > 0}
        for group in self.group_demands:
            if group.by_row:
                own_or_row |= {(s.day, s.line, s.window) for s in group.slots}
        for day in self.problem.dates:
            halves = self.halves(day)
            for post in self.problem.posts:
                window = self.problem.window[post.window]
                if not (window.active_on(day) and (post.valid_from or day) <= day <= (post.valid_to or day)):
                    continue
                for half, (start, end) in halves.items():
                    found.append(Opening(post, day, start, end, half.value, half=half))
                for line in STANDING_LINES:
                    if post.open_on_line(line) and (day, line, post.window) in own_or_row:
                        for s in self.line_segments(line, day):
                            found.append(Opening(post, day, s.start, s.end, s.name, line=line))
        return found

    # ---- appointments (D4) and leaders (D3) -------------------------------------------------------------------

    @cached_property
    def needs(self) -> list[Need]:
        """The accepted appointments of the period, in the order of the sheet."""
        found: list[Need] = []
        step = self.problem.policy.start_step
        for appointment in self.problem.appointments:
            if not (appointment.accepted and self.problem.holds(appointment.day)):
                continue
            item = self.problem.item[appointment.item]
            if appointment.start is not None:
                starts = (appointment.start,)
            else:
                starts = tuple(range(appointment.earliest or 0, (appointment.latest or 0) + 1, step))
            duration = appointment.duration or item.minutes or 0
            count = appointment.servers or self.problem.policy.servers
            found.append(Need(appointment, item, starts, duration, count))
        return found

    @cached_property
    def need(self) -> dict[str, Need]:
        """Accepted appointments of the period by id."""
        return {n.id: n for n in self.needs}

    def half_of(self, day: date, start: int, end: int) -> Half | None:
        """The working half in which a whole range lies."""
        for half, (first, last) in self.halves(day).items():
            if first <= start and end <= last:
                return half
        return None

    @cached_property
    def units(self) -> list[LeaderUnit]:
        """Every unit of D3, by group and date."""
        found: list[LeaderUnit] = []
        if str(self.problem.policy.leader_scope) == "无":
            return found
        needs_by_day: dict[date, list[Need]] = defaultdict(list)
        for need in self.needs:
            needs_by_day[need.day].append(need)
        for group, windows in self.leader_groups.items():
            inside = set(windows)
            leaders = self.leaders_of(group)
            for day in self.problem.dates:
                line = self.line_of(day)
                if line is None:
                    continue
                slots = [s for s in self.slots_by_day_line.get((day, line), []) if s.window in inside]
                pieces = sorted({s.segments for s in slots}, key=lambda p: p[0].start)
                for piece in pieces:
                    found.append(LeaderUnit(group, windows, day, line, piece, (), leaders))
                needs = tuple(n for n in needs_by_day[day] if inside & set(n.windows))
                if not slots and needs:
                    found.append(LeaderUnit(group, windows, day, line, (), needs, leaders))
        return found

    @cached_property
    def leader_groups(self) -> dict[str, tuple[str, ...]]:
        """The windows of each leader group by the group's name."""
        scope = str(self.problem.policy.leader_scope)
        groups: dict[str, list[str]] = defaultdict(list)
        for window in self.problem.windows:
            name = {
                "全中心": WHOLE_CENTER,
                "带班组": window.leader_group or WHOLE_CENTER,
                "窗口": window.id,
                "无": "",
            }[scope]
            groups[name].append(window.id)
        return {} if scope == "无" else {name: tuple(ids) for name, ids in groups.items()}

    def leaders_of(self, group: str) -> tuple[str, ...]:
        """Those who may lead a group: by 次序 on the sheet, else the heads of its windows."""
        scope = str(self.problem.policy.leader_scope)
        if scope == "窗口" or not self.problem.leaders:
            heads = [h for w in self.leader_groups[group] for h in self.problem.window[w].heads]
            return tuple(dict.fromkeys(heads))
        rows = [r for r in self.problem.leaders if scope == "全中心" or r.group in ("", group)]
        rows.sort(key=lambda r: (r.order is None, r.order or 0, r.row))
        return tuple(dict.fromkeys(r.person for r in rows))

    @cached_property
    def leader_rows(self) -> dict[str, tuple[LeaderRow, ...]]:
        """The rows of 带班领导 of each person."""
        found: dict[str, list[LeaderRow]] = defaultdict(list)
        for row in self.problem.leaders:
            found[row.person].append(row)
        return {person: tuple(rows) for person, rows in found.items()}

    def may_lead(self, person: str, unit: LeaderUnit, span: Range | None = None) -> bool:
        """Whether H2 lets a person lead a unit as 听班 does: employed, 参加, not 不可用, on no approved leave."""
        if not self.problem.person[person].employed_on(unit.day) or person not in unit.leaders:
            return False
        rows = self.leader_rows.get(person, ())
        if str(self.problem.policy.leader_scope) == "带班组":
            rows = tuple(r for r in rows if r.group in ("", unit.group))
        if rows and not any(r.joins in ("", unit.line.value) and unit.day not in r.unavailable for r in rows):
            return False
        pieces = [span] if span else [(s.start, s.end) for s in unit.segments] or [unit.earliest]
        return not any(self.on_leave(person, unit.day, *piece) for piece in pieces)

    def may_lead_alone(self, person: str, unit: LeaderUnit) -> bool:
        """Whether a person could lead a unit alone: on the sheet, no exemption, no standing duty at the own window."""
        return (
            person in self.leader_rows
            and not self.problem.person[person].exempt_on(unit.day)
            and not self.standing_at(unit.day, self.problem.person[person].window)
        )

    # ---- availability (H2) ------------------------------------------------------------------------------------

    @cached_property
    def _absences(self) -> dict[tuple[str, date], list[tuple[int, int, Leave]]]:
        found: dict[tuple[str, date], list[tuple[int, int, Leave]]] = defaultdict(list)
        for leave in self.problem.leaves:
            if leave.approved:
                for day, start, end in self.leave_pieces(leave):
                    found[leave.person, day].append((start, end, leave))
        return found

    def leave_pieces(self, leave: Leave) -> Iterable[tuple[date, int, int]]:
        """Date, start and end of a leave on each of its dates near the period."""
        margin = timedelta(days=self.problem.policy.max_days_in_row + 1)
        day = max(leave.first, self.problem.first - margin)
        while day <= min(leave.last, self.problem.last + margin):
            halves = self.halves(day)
            start, end = 0, MIDNIGHT
            if day == leave.first and leave.first_half == Half.AFTERNOON:
                start = halves[Half.AFTERNOON][0] if halves else NOON
            if day == leave.last and leave.last_half == Half.MORNING:
                end = halves[Half.MORNING][1] if halves else NOON
            if start < end:
                yield day, start, end
            day += timedelta(days=1)

    def absences(self, person: str, day: date) -> list[tuple[int, int, Leave]]:
        """Start, end and leave of each approved absence of a person on a date (granted 调休 among them)."""
        return self._absences.get((person, day), [])

    def on_leave(self, person: str, day: date, start: int, end: int) -> bool:
        """Whether approved leave overlaps a range."""
        absences = self._absences.get((person, day))
        return absences is not None and any(overlap((start, end), (a, b)) for a, b, _ in absences)

    def leave_in(self, person: str, day: date, half: Half) -> Leave | None:
        """The approved leave that takes a person out of a working half; None on a date without halves."""
        absences = self._absences.get((person, day))
        if not absences:  # nearly always, and asked very often
            return None
        span = self.halves(day).get(half)
        if span is None:
            return None
        return next((leave for a, b, leave in absences if overlap(span, (a, b))), None)

    def available(self, person: str, line: Line, day: date, start: int, end: int) -> bool:
        """H2 for a standing line or 应约: employed, no approved leave overlapping, takes part, not exempt."""
        who = self.problem.person[person]
        joined = self.line_of(day) if line == Line.CALL_IN else line
        return (
            (joined is None or who.joins(joined))
            and who.employed_on(day)
            and not who.exempt_on(day)
            and not self.on_leave(person, day, start, end)
        )

    def may_work(self, person: str, slot: Slot) -> bool:
        """H2 and H3 for every segment of a slot."""
        return slot.window in self.problem.person[person].windows and self._is_ready(person, slot)

    def _is_ready(self, person: str, slot: Slot) -> bool:
        """H2 for every segment of a slot."""
        return all(self.available(person, slot.line, slot.day, s.start, s.end) for s in slot.segments)

    def present_by_input(self, person: str, day: date, half: Half) -> bool:
        """Present in a half of a workday as far as the input says: employed and on no approved leave."""
        return (person, day, half) not in self._absent_halves and self.problem.person[person].employed_on(day)

    @cached_property
    def _absent_halves(self) -> set[tuple[str, date, Half]]:
        """The working halves that approved leave takes a person out of."""
        return {
            (person, day, half)
            for (person, day), absences in self._absences.items()
            for half, span in self.halves(day).items()
            if any(overlap(span, (a, b)) for a, b, _ in absences)
        }

    def candidates(self, slot: Slot) -> list[Person]:
        """The people whom H2 and H3 let serve a slot."""
        known = self._candidates.get(slot.key)
        if known is None:
            known = [p for p in self.problem.servers_of[slot.window] if self._is_ready(p.id, slot)]
            self._candidates[slot.key] = known
        return known

    def may_serve(self, person: str, need: Need, window: str) -> bool:
        """H3 for an appointment: the window and the item."""
        who = self.problem.person[person]
        return window in who.windows and who.may_do(need.item.id)

    # ---- credit (H8) ------------------------------------------------------------------------------------------

    def credited(self, line: Line, minutes: int, day: date | None = None) -> int:
        """计入分钟 of so many minutes on a line; 带班 (alone) goes by the day's class."""
        policy = self.problem.policy
        if line == Line.LEAD and day is not None:
            line = self.line_of(day) or Line.LEAD
        counts = {
            Line.WEEKEND: policy.credit_weekend,
            Line.HOLIDAY: policy.credit_holiday,
            Line.LUNCH: policy.credit_lunch,
            Line.CALL_IN: policy.credit_call_in,
            Line.LEAD: False,
        }
        return round_half_up(minutes * Fraction(policy.credit_ratio)) if counts[line] else 0

    def call_in_credit(self, day: date, start: int, end: int) -> int:
        """计入分钟 of a call-in: minutes in a working half of a workday earn nothing."""
        worked = sum(overlap((start, end), span) for span in self.halves(day).values())
        return self.credited(Line.CALL_IN, end - start - worked)

    def duty_credit(self, person: str, slot_line: Line, window: str, day: date, segment: Segment) -> int:
        """计入分钟 of a standing row, corrected by 实际到岗 where it says so."""
        minutes = segment.end - segment.start
        actual = self.actual_of(person, slot_line, window, day, segment)
        if actual is not None:
            if actual.presence == Presence.MISSING:
                return 0
            if actual.arrived is not None and actual.departed is not None:
                minutes = overlap((segment.start, segment.end), (actual.arrived, actual.departed))
        return self.credited(slot_line, minutes)

    @cached_property
    def _actuals(self) -> dict[tuple[str, date, Line, str], list[Actual]]:
        found: dict[tuple[str, date, Line, str], list[Actual]] = defaultdict(list)
        for actual in self.problem.actuals:
            if actual.person:
                found[actual.person, actual.day, actual.line, actual.window].append(actual)
        return found

    def actual_of(self, person: str, line: Line, window: str, day: date, segment: Segment) -> Actual | None:
        """The row of 实际到岗 about a person on a segment; a row without 时段 holds for all of the day's."""
        rows = self._actuals.get((person, day, line, window), [])
        named = [a for a in rows if a.segment == segment.name]
        return (named or [a for a in rows if not a.segment] or [None])[0]

    def missing(self, person: str, line: Line, window: str, day: date, segment: Segment) -> bool:
        """Whether 实际到岗 says 缺岗: neither headcount nor credit."""
        actual = self.actual_of(person, line, window, day, segment)
        return actual is not None and actual.presence == Presence.MISSING

    @cached_property
    def granted(self) -> list[LeaveRow]:
        """The halves of approved 调休 in the input: leave already granted, drawing on the bank."""
        rows: list[LeaveRow] = []
        for leave in self.problem.leaves:
            if leave.kind == LeaveKind.COMPENSATORY and leave.approved:
                for day, start, end in self.leave_pieces(leave):
                    if self.problem.holds(day) and self.problem.person[leave.person].employed_on(day):
                        for half, span in self.halves(day).items():
                            if overlap(span, (start, end)):
                                rows.append(LeaveRow(leave.person, day, half, *span, granted=True))
        return rows

    @cached_property
    def overtime_credits(self) -> list[tuple[str, date, int, int]]:
        """Person, date, end and credited minutes of each filed row of 延时记录 in the period."""
        policy = self.problem.policy
        if not policy.credit_overtime:
            return []
        return [
            (o.person, o.day, o.end, round_half_up((o.end - o.start) * Fraction(policy.credit_ratio)))
            for o in self.problem.overtime
            if o.filed and self.problem.holds(o.day)
        ]

    def first_workday_after_holiday(self, day: date) -> bool:
        """Whether a workday is the first after a run of 节假日 (节后首日)."""
        earlier = day - timedelta(days=1)
        while not (info := self.problem.day(earlier)).is_workday:
            if info.day_class == DayClass.HOLIDAY:
                return True
            earlier -= timedelta(days=1)
        return False

    # ---- rest (H5) --------------------------------------------------------------------------------------------

    def off_by_input(self, person: str, day: date, half: Half) -> bool:
        """Off in a half by approved leave that is not work (公差, 培训, 会议 are work)."""
        leave = self.leave_in(person, day, half)
        return leave is not None and leave.kind not in WORK_LEAVES

    def plain_work(self, person: str, day: date) -> bool:
        """Work on a date by the input alone: a workday, employed, not off in both halves."""
        if not self.problem.day(day).is_workday or not self.problem.person[person].employed_on(day):
            return False
        return not all(self.off_by_input(person, day, half) for half in Half)

    @cached_property
    def _worked_before(self) -> dict[tuple[str, date], bool]:
        previous = self.problem.previous
        worked: dict[tuple[str, date], bool] = {}
        if previous is None:
            return worked
        off: dict[tuple[str, date], set[Half]] = defaultdict(set)
        for leave in previous.leaves:
            off[leave.person, leave.day].add(leave.half)
        for person in self.problem.people:
            day = max(previous.first, self.problem.first - timedelta(days=self.problem.policy.max_days_in_row + 1))
            while day < self.problem.first and day <= previous.last:
                halves = off[person.id, day]
                free = all(h in halves or self.off_by_input(person.id, day, h) for h in Half)
                worked[person.id, day] = self.plain_work(person.id, day) and not free
                day += timedelta(days=1)
        for row in previous.duties:
            if row.line != Line.LEAD or row.credited:
                worked[row.person, row.day] = True
        return worked

    @property
    def worked_before_dates(self) -> list[tuple[str, date]]:
        """The people and dates of work that the previous roster tells of."""
        return [key for key, worked in self._worked_before.items() if worked]

    def worked_before(self, person: str, day: date) -> bool:
        """Work on a date before the period: the previous roster, else every workday worked."""
        known = self._worked_before.get((person, day))
        if known is not None:
            return known
        return self.problem.day(day).is_workday and self.problem.person[person].employed_on(day)

    # ---- fairness (T6) ----------------------------------------------------------------------------------------

    @cached_property
    def duty_days(self) -> dict[Line, set[date]]:
        """Duty days of each line (rules.md 4): the denominators of the shares."""
        days: dict[Line, set[date]] = {line: set() for line in FAIRNESS_LINES}
        for slot in self.slots:
            days[slot.line].add(slot.day)
        for need in self.needs:
            if self.half_of(need.day, need.starts[0], need.starts[0] + need.duration) is None:
                days[Line.CALL_IN].add(need.day)
        for unit in self.units:
            days[Line.LEAD].add(unit.day)
        return days

    @cached_property
    def serve_days(self) -> dict[tuple[str, Line], set[date]]:
        """The dates on which each person could serve each line by H2 and H3 alone."""
        found: dict[tuple[str, Line], set[date]] = defaultdict(set)
        for slot in self.slots:
            for person in self.candidates(slot):
                found[person.id, slot.line].add(slot.day)
        for need in self.needs:
            start, end = need.starts[0], need.starts[0] + need.duration
            if self.half_of(need.day, start, end) is not None:
                continue
            for window in need.windows:
                for person in self.problem.servers_of[window]:
                    if person.may_do(need.item.id) and self.available(person.id, Line.CALL_IN, need.day, start, end):
                        found[person.id, Line.CALL_IN].add(need.day)
        present = str(self.problem.policy.leader_mode) == "在岗"
        for unit in self.units:
            for person in unit.leaders:
                exempt = present and self.problem.person[person].exempt_on(unit.day)
                if not exempt and self.may_lead(person, unit):
                    found[person, Line.LEAD].add(unit.day)
        return found

    def share(self, person: str, line: Line) -> Fraction | None:
        """a of the fairness cost: dates he could serve ÷ duty days, at least 1/20; None: not counted."""
        could = len(self.serve_days.get((person, line), ()))
        if not could:
            return None
        return max(LEAST_SHARE, Fraction(could, len(self.duty_days[line])))

    def history_count(self, person: str, line: Line) -> int:
        """h of the fairness cost: the count from 历史累计, or the mean of the group for a newcomer."""
        record = self.history_record(person)
        if record is not None:
            return record.count(line)
        counts = [r.count(line) for other in self._peers(person, line) if (r := self.history_record(other)) is not None]
        return round_half_up(Fraction(sum(counts), len(counts))) if counts else 0

    def history_record(self, person: str) -> History | None:
        """The person's row of 历史累计, if any."""
        return self._history_rows.get(person)

    @cached_property
    def _history_rows(self) -> dict[str, History]:
        return {h.person: h for h in self.problem.history}

    def _peers(self, person: str, line: Line) -> list[str]:
        """The group whose mean a newcomer is given: 公平组, else window; on 带班 the leaders of his group."""
        if line == Line.LEAD:
            groups = [g for g in self.leader_groups if person in self.leaders_of(g)]
            return list(dict.fromkeys(p for g in groups for p in self.leaders_of(g)))
        who = self.problem.person[person]
        if who.fairness_group:
            return [p.id for p in self.problem.people if p.fairness_group == who.fairness_group]
        return [p.id for p in self.problem.people_of[who.window]]

    def fairness_cost(self, person: str, line: Line, count: int) -> int:
        """c = ⌊100·(h + n)² / a + 1/2⌋ for n = `count` duties; 0 for somebody who is not counted."""
        share = self.share(person, line)
        if share is None:
            return 0
        return round_half_up(100 * (self.history_count(person, line) + count) ** 2 / share)

    # ---- pins (H9) --------------------------------------------------------------------------------------------

    @cached_property
    def pins(self) -> list[Pin]:
        """All pins in force: the sheet's, and those that swaps and recorded presences stand for."""
        found = [p for p in self.problem.pins if p.appointment or self.problem.holds(p.day)]
        found = [p for p in found if not p.appointment or p.appointment in self.need]
        for swap in self.problem.swaps:
            pairs = [(swap.a, swap.b, swap.a_day, swap.a_line)]
            if swap.kind == "对调" and swap.b_day is not None:
                pairs.append((swap.b, swap.a, swap.b_day, swap.b_line or swap.a_line))
            for due, serves, day, line in pairs:
                if self.problem.holds(day):
                    cell = f"调换班!第{swap.row}行"
                    found.append(Pin(row=swap.row, day=day, line=line, person=serves, mode=PinMode.MUST, source=cell))
                    found.append(Pin(row=swap.row, day=day, line=line, person=due, mode=PinMode.MUST_NOT, source=cell))
        for actual in self.problem.actuals:
            if actual.person and actual.presence != Presence.EMPTY_POST and self.problem.holds(actual.day):
                found.append(
                    Pin(
                        row=actual.row,
                        day=actual.day,
                        line=actual.line,
                        segment=actual.segment,
                        window=actual.window,
                        person=actual.person,
                        mode=PinMode.MUST,
                        source=f"实际到岗!第{actual.row}行",
                    )
                )
        return found

    @cached_property
    def due_instead(self) -> dict[tuple[str, date, Line], str]:
        """Who was due for a swapped duty, by (who serves it, date, line): the duty counts in n for him."""
        found: dict[tuple[str, date, Line], str] = {}
        for swap in self.problem.swaps:
            found[swap.b, swap.a_day, swap.a_line] = swap.a
            if swap.kind == "对调" and swap.b_day is not None:
                found[swap.a, swap.b_day, swap.b_line or swap.a_line] = swap.b
        return found


def _in_scope(row: DemandRow, window: Window) -> bool:
    """Whether a row of 值班需求 covers a window."""
    return {
        "互助组": window.mutual_group == row.name,
        "类别": window.category == row.name,
        "全中心": True,
    }[row.scope]


def leave_pins(pins: Iterable[Pin]) -> list[Pin]:
    """The pins about compensatory leave."""
    return [p for p in pins if p.line == LEAVE_PIN and not p.appointment]
