"""Who stands where on which day, as 值班表, 午间值班表 and 公示版 print it.

A turn is what is staffed as one: a day in 全天, a segment in 半天.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from zhiban.io.look import NOT_ASKED, VACANT, packed_names
from zhiban.io.roster_view import RosterView
from zhiban.model.demand import GroupDemand, Slot
from zhiban.model.kinds import Line
from zhiban.model.roster import DutyRow
from zhiban.model.segments import Segment

KEY_MARK = "␟"
"""Parts of the hidden keys by which edited tables are read back."""


@dataclass(slots=True)
class DutyDay:
    """One date on one standing line: its windows with their minima, its segments, its leader groups and remarks.

    `turns` are the segments that are staffed as one; `open` is False where the day is by appointment only.
    """

    day: date
    line: Line
    open: bool
    turns: list[tuple[Segment, ...]]
    windows: list[str]
    minimum: dict[tuple[str, int], int]
    """By window and start of the turn."""
    groups: list[str] = field(default_factory=list[str])
    remarks: list[str] = field(default_factory=list[str])


class DutyPlan:
    """The duty days of some lines, and the texts of their cells."""

    def __init__(self, view: RosterView, lines: Sequence[Line]) -> None:
        self.view = view
        self._lines = lines
        self.days = [found for day in view.problem.dates if (found := self._day(day)) is not None]
        self.windows = self._windows()

    @property
    def by_turn(self) -> bool:
        """Whether some day has several turns (值班粒度 半天)."""
        return any(len(day.turns) > 1 for day in self.days)

    @property
    def segments(self) -> list[str]:
        """The names of all segments, by the clock."""
        starts: dict[str, int] = {}
        for day in self.days:
            for segment in (s for turn in day.turns for s in turn):
                starts[segment.name] = min(starts.get(segment.name, segment.start), segment.start)
        return sorted(starts, key=lambda name: starts[name])

    @property
    def groups(self) -> list[str]:
        """The leader groups that have somebody to name, in the order of the windows."""
        return list(dict.fromkeys(group for day in self.days for group in day.groups))

    # ---- texts ------------------------------------------------------------------------------------------------

    def people(self, day: DutyDay, window: str, segments: Iterable[Segment]) -> list[str]:
        """The people with a row at a window on some of the segments."""
        rows = self.view.duties_at.get((day.day, day.line, window), ())
        starts = {segment.start for segment in segments}
        return list(dict.fromkeys(row.person for row in rows if row.start in starts))

    def cell(
        self, day: DutyDay, window: str, turn: tuple[Segment, ...], segments: Iterable[Segment], width: float
    ) -> str:
        """The text of a cell: names, a dash for each missing person, a slash where nobody is asked for."""
        people = self.people(day, window, segments)
        missing = day.minimum.get((window, turn[0].start), 0) - len(people) if turn else 0
        if not people and missing <= 0:
            return NOT_ASKED
        return packed_names([self.view.name(person) for person in people] + [VACANT] * max(missing, 0), width)

    def leaders(self, day: DutyDay, groups: Sequence[str], names: bool = True) -> str:
        """带班 of some groups, one a line; with group and segment before the name where there are several.

        With `names` False the mobile phones instead.
        """
        lines: list[str] = []
        for group in groups:
            for segments, people in self._led(day, group):
                before = [group_label(self.view, group)] if len(groups) > 1 else []
                before += ["/".join(segments)] if segments else []
                said = [self.view.name(p) if names else self.view.mobile(p) for p in people]
                text = "、".join(word for word in said if word) or VACANT
                lines.append(f"{'·'.join(before)}：{text}" if before and names else text)
        return "\n".join(lines) or NOT_ASKED

    def _led(self, day: DutyDay, group: str) -> list[tuple[list[str], list[str]]]:
        """Segments (empty: the whole unit) and people leading a group; an empty place for a unit without leader."""
        rows = self.view.duties_at.get((day.day, Line.LEAD, group), [])
        if len(day.turns) < 2:
            return [([], list(dict.fromkeys(row.person for row in rows)))]
        by_turn = [(turn, [r.person for r in rows if r.start == turn[0].start]) for turn in day.turns]
        if all(people == by_turn[0][1] for _, people in by_turn):
            return [([], by_turn[0][1])]
        return [([turn[0].name], people) for turn, people in by_turn]

    # ---- the days ---------------------------------------------------------------------------------------------

    def _day(self, day: date) -> DutyDay | None:
        facts = self.view.problem.facts
        line = Line.LUNCH if Line.LUNCH in self._lines else facts.line_of(day)
        if line is None or line not in self._lines:
            return None
        slots = facts.slots_by_day_line.get((day, line), [])
        rows = [row for row in self._rows_on(day) if row.line == line]
        mode = facts.line_mode(line, day)
        units = [unit for unit in facts.units if unit.day == day] if line != Line.LUNCH else []
        if not slots and not rows and mode != "预约":
            return None
        turns = sorted({slot.segments for slot in slots} or self._turns_of(rows), key=lambda turn: turn[0].start)
        windows = list(dict.fromkeys([s.window for s in slots] + [row.window for row in rows]))
        order = {window.id: number for number, window in enumerate(self.view.problem.windows)}
        minimum = {(slot.window, slot.start): slot.minimum for slot in slots}
        found = DutyDay(day, line, bool(slots), turns, sorted(windows, key=lambda w: order.get(w, 0)), minimum)
        found.groups = list(dict.fromkeys(unit.group for unit in units))
        found.remarks = self._remarks(found)
        return found

    def _rows_on(self, day: date) -> list[DutyRow]:
        if not hasattr(self, "_by_day"):
            self._by_day: dict[date, list[DutyRow]] = defaultdict(list)
            for row in self.view.roster.duties:
                self._by_day[row.day].append(row)
        return self._by_day.get(day, [])

    def _turns_of(self, rows: list[DutyRow]) -> set[tuple[Segment, ...]]:
        """Turns of a day that has rows but no demand (a roster made by hand)."""
        if not rows:
            return set()
        segments = self.view.problem.facts.line_segments(rows[0].line, rows[0].day)
        return {tuple(segments)} if segments else set()

    def _remarks(self, day: DutyDay) -> list[str]:
        if not day.open:
            return ["预约服务"]
        facts = self.view.problem.facts
        demands = [g for g in facts.group_demands if g.day == day.day and g.line == day.line]
        return [text for demand in demands if (text := self._shortage(demand))]

    def _shortage(self, demand: GroupDemand) -> str:
        """What a group duty lacks, empty where it lacks nothing."""
        served = {slot.window: self._served(slot) for slot in demand.slots}
        people = {person for found in served.values() for person in found}
        have = sum(map(bool, served.values())) if demand.by_window else len(people)
        unit = "个窗口" if demand.by_window else "人"
        label = f"{demand.label}（{demand.segments[0].name}）" if len(demand.segments) == 1 else demand.label
        return f"{label}缺{demand.minimum - have}{unit}" if have < demand.minimum else ""

    def _served(self, slot: Slot) -> set[str]:
        rows = self.view.duties_at.get((slot.day, slot.line, slot.window), ())
        starts = {segment.start for segment in slot.segments}
        return {row.person for row in rows if row.start in starts}

    def _windows(self) -> list[str]:
        """The windows that stand on some day, in the order of the sheet 窗口."""
        used = {window for day in self.days for window in day.windows}
        return [w.id for w in self.view.problem.windows if w.id in used]

    # ---- service hours ----------------------------------------------------------------------------------------

    def hours(self) -> str:
        """值班时间 of all days, each different one once: 周末 上午9:00-12:00、下午13:00-17:00."""
        told: dict[str, list[str]] = defaultdict(list)
        for day in self.days:
            segments = sorted({s for turn in day.turns for s in turn}, key=lambda s: s.start)
            text = "、".join(f"{s.name}{self.view.span_text(s.start, s.end)}" for s in segments)
            if text and text not in told[day.line.value]:
                told[day.line.value].append(text)
        return "；".join(f"{line} {' 或 '.join(texts)}" for line, texts in told.items() if texts)


def group_label(view: RosterView, group: str) -> str:
    """A leader group as printed: a window's name where each window leads itself."""
    return view.window_name(group)


def row_key(day: date | None, line: Line, segment: str, window: str, groups: Sequence[str]) -> str:
    """The hidden key of a printed row: date, line, segment (empty: all), window (empty: by column), leader groups."""
    parts = (day.isoformat() if day else "", line.value, segment, window, "；".join(groups))
    return KEY_MARK.join(parts)


KEY_COLUMN = "键"
LEAD_COLUMN = "带班"
WINDOW_COLUMN = "窗"
SEGMENT_COLUMN = "段"
DAY_COLUMN = "日"
DATE_ROW = "日期行"


def column_key(kind: str, value: str = "") -> str:
    """The hidden key of a printed column: what its cells name."""
    return f"{kind}{KEY_MARK}{value}"
