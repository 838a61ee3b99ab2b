"""Look ahead before any solving: per window, the minutes demanded against what its people can give under the rules.

Counting only, so that it can promise trouble (more is asked for than can be given) but never success.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zhiban.model.demand import Slot
from zhiban.model.kinds import STANDING_LINES, Line
from zhiban.model.problem import Problem
from zhiban.solver.wording import day_text, window_text


@dataclass(frozen=True, slots=True)
class WindowCapacity:
    """A window's standing duty and appointments of the period, minutes.

    `supply` is what those who may serve it can give on its duty days, caps, rest days and their other windows' share
    of them taken off; `short_days` are dates on which fewer people may serve than are asked for; `bottleneck` names
    what gives out first (empty: nothing that counting shows).
    """

    window: str
    name: str
    people: int
    demand: dict[str, int]
    supply: int
    short_days: tuple[date, ...]
    bottleneck: str

    @property
    def demanded(self) -> int:
        """Minutes demanded over all lines."""
        return sum(self.demand.values())

    @property
    def text(self) -> str:
        """One line about the window."""
        parts = "，".join(f"{line} {minutes / 60:g} 小时" for line, minutes in self.demand.items() if minutes)
        said = f"{self.name}({self.window})：需 {parts or '0 小时'}，{self.people} 人最多可供 {self.supply / 60:g} 小时"
        return f"{said}。瓶颈：{self.bottleneck}" if self.bottleneck else said


def look_ahead(problem: Problem) -> tuple[WindowCapacity, ...]:
    """Every window with its demand, its supply and its first bottleneck, in the order of the sheet."""
    slots: dict[str, list[Slot]] = defaultdict(list)
    for slot in problem.facts.slots:
        if slot.minimum > 0:
            slots[slot.window].append(slot)
    spread = _spread(problem, slots)
    return tuple(_window(problem, window.id, slots[window.id], spread) for window in problem.windows)


def group_shortages(problem: Problem) -> tuple[str, ...]:
    """Group duties (rows of 值班需求, lunch modes) for which fewer people may serve than are asked for."""
    found: list[str] = []
    for group in problem.facts.group_demands:
        if group.by_window:
            able = sum(1 for slot in group.slots if problem.facts.candidates(slot))
        else:
            able = len({p.id for slot in group.slots for p in problem.facts.candidates(slot)})
        if able < group.minimum:
            found.append(f"{day_text(group.day)}{group.line} {group.label}需{group.minimum}，只有{able}可排")
    return tuple(found)


def _spread(problem: Problem, slots: dict[str, list[Slot]]) -> dict[str, int]:
    """How many windows with standing duty each person may serve: his time is shared among them."""
    return {p.id: max(1, sum(1 for w in p.windows if slots.get(w))) for p in problem.people}


def _window(problem: Problem, window: str, slots: list[Slot], spread: dict[str, int]) -> WindowCapacity:
    demand: dict[str, int] = {line.value: 0 for line in STANDING_LINES}
    for slot in slots:
        demand[slot.line.value] += _length(slot) * slot.minimum
    demand["预约"] = sum(n.duration * n.count for n in problem.facts.needs if window in n.windows)
    able = {slot: [p.id for p in problem.facts.candidates(slot)] for slot in slots}
    people = dict.fromkeys(p for ids in able.values() for p in ids)
    gives = {person: _gives(problem, person, [s for s in slots if person in able[s]]) for person in people}
    short = tuple(dict.fromkeys(s.day for s in slots if len(able[s]) < s.minimum))
    return WindowCapacity(
        window,
        problem.window[window].name,
        len(people),
        demand,
        sum(gives.values()),
        short,
        _bottleneck(problem, window, slots, able, gives, spread),
    )


def _length(slot: Slot) -> int:
    return sum(s.end - s.start for s in slot.segments)


def _gives(problem: Problem, person: str, slots: Iterable[Slot]) -> int:
    """Minutes a person can give a window's duties at most: weekend and hours caps, and a day of rest in so many."""
    by_month: dict[tuple[Line, int, int], list[int]] = defaultdict(list)
    for slot in slots:
        by_month[slot.line, slot.day.year, slot.day.month].append(_length(slot))
    cap, hours = problem.person[person].weekend_cap, problem.policy.monthly_hours_cap
    total = 0
    for (line, *_), lengths in by_month.items():
        lengths.sort(reverse=True)
        if line == Line.WEEKEND and cap is not None:
            lengths = lengths[:cap]
        minutes = sum(lengths)
        credited = bool(problem.facts.credited(line, 60))
        total += min(minutes, int(hours * 60)) if hours and credited else minutes
    return total


def _bottleneck(
    problem: Problem,
    window: str,
    slots: list[Slot],
    able: dict[Slot, list[str]],
    gives: dict[str, int],
    spread: dict[str, int],
) -> str:
    """The first date with too few people; else a line whose minutes cannot be given; else people shared with others."""
    for slot in sorted(slots, key=lambda s: (s.day, s.start)):
        if len(able[slot]) < slot.minimum:
            return f"{day_text(slot.day)}{slot.line}需{slot.minimum}人，只有{len(able[slot])}人可排"
    demanded = sum(_length(s) * s.minimum for s in slots)
    if demanded > sum(gives.values()):
        caps = [p for p in gives if problem.person[p].weekend_cap is not None]
        why = "（其中有每月周末上限）" if caps else "（每月延时上限）"
        return f"全月值班 {demanded / 60:g} 小时，{len(gives)}人在上限内只能承担 {sum(gives.values()) / 60:g} 小时{why}"
    alone = _rest_bottleneck(problem, slots, able)
    if alone:
        return alone
    shared = sum(minutes / spread[p] for p, minutes in gives.items())
    if demanded > shared:
        return f"{window_text(problem, window)}的人员同时要顶其他窗口，平均只能分给它 {shared / 60:g} 小时"
    return ""


def _rest_bottleneck(problem: Problem, slots: list[Slot], able: dict[Slot, list[str]]) -> str:
    """A weekend or holiday run for which one person alone would work more days in a row than 最多连续工作天 allows."""
    for slot in sorted(slots, key=lambda s: (s.day, s.start)):
        if slot.line != Line.LUNCH and len(able[slot]) == slot.minimum == 1:
            person = able[slot][0]
            if not _could_rest(problem, person, slot, slots, able):
                return f"{day_text(slot.day)}{slot.line}只有{problem.person[person].name}一人可排，前后又无休息日"
    return ""


def _could_rest(problem: Problem, person: str, slot: Slot, slots: list[Slot], able: dict[Slot, list[str]]) -> bool:
    """Whether some date around a duty is free for a person who must serve every duty that nobody else can."""
    bound = {s.day for s in slots if able[s] == [person]}
    span = problem.policy.max_days_in_row + 1
    number = problem.dates.index(slot.day)
    for start in range(max(0, number - span + 1), number + 1):
        days = problem.dates[start : start + span]
        if len(days) == span and all(d in bound or problem.facts.plain_work(person, d) for d in days):
            return False
    return True
