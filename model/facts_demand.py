"""What the input demands: standing duties, open posts, appointments, leader units, and who could serve (rules.md 2)."""

from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import NamedTuple

from zhiban.model.demand import GroupDemand, LeaderUnit, Need, Opening, Slot
from zhiban.model.facts_hours import Range
from zhiban.model.facts_presence import PresenceFacts
from zhiban.model.kinds import STANDING_LINES, Line
from zhiban.model.problem import Problem
from zhiban.model.records import DemandRow, LeaderRow, Person, Window

WHOLE_CENTER = "全中心"


class _Wanted(NamedTuple):
    """A group duty before it is laid on the segments of a day."""

    label: str
    windows: list[str]
    minimum: int
    by_window: bool = False
    by_row: bool = False


class DemandFacts(PresenceFacts):
    """What is asked for, and of whom it may be asked."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self._candidates: dict[tuple[date, Line, str, int], list[Person]] = {}

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

    # ---- who could serve (H2, H3) -----------------------------------------------------------------------------

    def may_work(self, person: str, slot: Slot) -> bool:
        """H2 and H3 for every segment of a slot."""
        return slot.window in self.problem.person[person].windows and self._is_ready(person, slot)

    def _is_ready(self, person: str, slot: Slot) -> bool:
        """H2 for every segment of a slot."""
        return all(self.available(person, slot.line, slot.day, s.start, s.end) for s in slot.segments)

    def candidates(self, slot: Slot) -> list[Person]:
        """The people whom H2 and H3 let serve a slot."""
        known = self._candidates.get(slot.key)
        if known is None:
            ready = self.ready_all_day(slot.line, slot.day)
            known = [p for p in self.problem.servers_of[slot.window] if p.id in ready or self._is_ready(p.id, slot)]
            self._candidates[slot.key] = known
        return known

    def may_serve(self, person: str, need: Need, window: str) -> bool:
        """H3 for an appointment: the window and the item."""
        who = self.problem.person[person]
        return window in who.windows and who.may_do(need.item.id)


def _in_scope(row: DemandRow, window: Window) -> bool:
    """Whether a row of 值班需求 covers a window."""
    return {
        "互助组": window.mutual_group == row.name,
        "类别": window.category == row.name,
        "全中心": True,
    }[row.scope]
