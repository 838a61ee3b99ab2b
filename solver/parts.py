"""Independent parts of a problem: components that share no person, window, group duty, appointment or leader unit."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace

from zhiban.model.demand import GroupDemand, LeaderUnit, Need, Opening, Slot
from zhiban.model.facts_hours import overlap
from zhiban.model.kinds import STANDING_LINES, Line
from zhiban.model.problem import Problem
from zhiban.model.records import Window


class Components:
    """Union-find over any hashable tokens."""

    def __init__(self) -> None:
        self._parent: dict[Hashable, Hashable] = {}

    def find(self, token: Hashable) -> Hashable:
        """The representative of a token's component."""
        parent = self._parent.setdefault(token, token)
        while parent != self._parent[parent]:
            self._parent[parent] = parent = self._parent[self._parent[parent]]
        self._parent[token] = parent
        return parent

    def join(self, tokens: Iterable[Hashable]) -> None:
        """Put all tokens into one component."""
        first: Hashable | None = None
        for token in tokens:
            root = self.find(token)
            if first is None:
                first = root
            else:
                self._parent[root] = first


@dataclass(frozen=True, slots=True)
class NeedShare:
    """The windows of one appointment that a part has to staff, and the starts among which it chooses.

    One start stands for all where they are interchangeable in these windows: whatever another part chooses will do.
    """

    need: Need
    windows: tuple[str, ...]
    starts: tuple[int, ...]


@dataclass(slots=True)
class Part:
    """What one CP-SAT model is about. `leaders` are people whose leading alone is decided here (听班)."""

    name: str
    windows: list[Window] = field(default_factory=list[Window])
    people: list[str] = field(default_factory=list[str])
    slots: list[Slot] = field(default_factory=list[Slot])
    groups: list[GroupDemand] = field(default_factory=list[GroupDemand])
    openings: list[Opening] = field(default_factory=list[Opening])
    needs: list[NeedShare] = field(default_factory=list[NeedShare])
    units: list[LeaderUnit] = field(default_factory=list[LeaderUnit])
    leaders: list[str] = field(default_factory=list[str])

    @property
    def weight(self) -> int:
        """A rough size, to start the large parts first."""
        return len(self.slots) + len(self.openings) + 10 * len(self.people)


def leads_apart(problem: Problem) -> bool:
    """Whether leading is no place and no work (听班), so that leaders couple with nothing but their wishes."""
    return str(problem.policy.leader_mode) == "听班"


def whole(problem: Problem) -> list[Part]:
    """Everything as one part: the monolithic model."""
    facts = problem.facts
    people = [p.id for p in problem.people]
    leaders = list(dict.fromkeys(p for u in facts.units for p in u.leaders))
    return [
        Part("全部", list(problem.windows), people, facts.slots, facts.group_demands, facts.openings,
             [NeedShare(n, n.windows, n.starts) for n in facts.needs], facts.units, leaders)
    ]  # fmt: skip


def split(problem: Problem, *, starts_count: bool = False) -> list[Part]:
    """The independent parts of a problem, largest first; names are those of their windows.

    `starts_count`: every start of a flexible appointment makes a difference (a re-solve counts it as a change).
    """
    return split_part(problem, whole(problem)[0], starts_count=starts_count)


def split_part(problem: Problem, part: Part, *, starts_count: bool = False) -> list[Part]:
    """The independent parts of a part, by what it holds: without its lunch duties, say, it may fall apart further."""
    joined = _joined(problem, part, starts_count)
    parts: dict[Hashable, Part] = {}

    def part_of(token: Hashable) -> Part:
        return parts.setdefault(joined.find(token), Part(""))

    for window in part.windows:
        part_of(("window", window.id)).windows.append(window)
    for person in part.people:
        part_of(("person", person)).people.append(person)
    for slot in part.slots:
        part_of(("window", slot.window)).slots.append(slot)
    for group in part.groups:
        part_of(("window", group.slots[0].window)).groups.append(group)
    for opening in part.openings:
        part_of(("window", opening.post.window)).openings.append(opening)
    for share in part.needs:
        shares: dict[Hashable, list[str]] = defaultdict(list)
        for window in share.windows:
            shares[joined.find(("window", window))].append(window)
        for root, windows in shares.items():
            free = starts_count or any(matters(problem, share.need, w) for w in windows)
            starts = share.starts if free else share.starts[:1]
            part_of(root).needs.append(NeedShare(share.need, tuple(windows), starts))
    for unit in part.units:
        part_of(("unit", unit.group)).units.append(unit)
    for leader in part.leaders:
        part_of(("leader", leader)).leaders.append(leader)
    for piece in parts.values():
        piece.name = "、".join(w.id for w in piece.windows[:4]) + (" 等" if len(piece.windows) > 4 else "")
        piece.name = piece.name or ("带班" if piece.units else "人员")
    found = [p for p in parts.values() if p.people or p.slots or p.units or p.needs]
    return sorted(found, key=lambda p: (-p.weight, p.name))


def _joined(problem: Problem, part: Part, starts_count: bool) -> Components:
    facts = problem.facts
    joined = Components()
    inside = {w.id for w in part.windows}
    for window in part.windows:
        own = [("person", p.id) for p in problem.people_of[window.id]]
        joined.join([("window", window.id), *own])
    for slot in part.slots:
        joined.join([("window", slot.window), *(("person", p.id) for p in facts.candidates(slot))])
    for post in problem.posts:
        if post.window in inside:
            joined.join([("window", post.window), *(("person", p) for p in post.team)])
    for group in part.groups:
        joined.join([("window", s.window) for s in group.slots])
    for share in part.needs:
        need = share.need
        choice = starts_count and len(need.starts) > 1
        joined.join([("window", w) for w in share.windows if choice or matters(problem, need, w)])
        for window in share.windows:
            servers = problem.servers_of[window]
            joined.join([("window", window), *(("person", p.id) for p in servers if p.may_do(need.item.id))])
    for swap in problem.swaps:
        joined.join([("person", swap.a), ("person", swap.b)])
    _join_leaders(problem, part, joined, starts_count)
    return joined


def matters(problem: Problem, need: Need, window: str) -> bool:
    """Whether the start of a flexible appointment makes any difference in one of its windows.

    None where every start lies in the same segment or half, everybody who may serve is as free at one as at another,
    no other appointment of the day may get in their way, and no leader unit's rows hang on it.
    """
    if len(need.starts) == 1:
        return False
    facts = problem.facts
    if any(need in unit.needs and span_matters(problem, unit) for unit in facts.units if unit.by_appointment):
        return True
    servers = {p.id for p in problem.servers_of[window] if p.may_do(need.item.id)}
    for other in facts.needs:
        if other.id != need.id and other.day == need.day:
            rivals = {p.id for w in other.windows for p in problem.servers_of[w] if p.may_do(other.item.id)}
            if servers & rivals:
                return True
    around = {_surroundings(problem, need, servers, start) for start in need.starts}
    return len(around) > 1


def span_matters(problem: Problem, unit: LeaderUnit) -> bool:
    """Whether it makes a difference over which span of the day appointments are led.

    Not where leaders only listen in, none of them leads another group that day, and leave takes each of them out of all
    possible spans or out of none: the rows then get the span that the appointments have in the end.
    """
    if not leads_apart(problem):
        return True
    facts, leaders = problem.facts, set(unit.leaders)
    if any(other != unit and other.day == unit.day and leaders & set(other.leaders) for other in facts.units):
        return True
    first = min(n.starts[0] for n in unit.needs), max(n.starts[0] + n.duration for n in unit.needs)
    last = min(n.starts[-1] for n in unit.needs), max(n.starts[-1] + n.duration for n in unit.needs)
    widest, narrowest = (first[0], last[1]), (last[0], first[1])
    return any(
        facts.on_leave(p, unit.day, *widest)
        and not (narrowest[0] < narrowest[1] and facts.on_leave(p, unit.day, *narrowest))
        for p in leaders
    )


def _surroundings(problem: Problem, need: Need, servers: set[str], start: int) -> tuple[object, ...]:
    """What a start of an appointment brings with it."""
    facts, end = problem.facts, start + need.duration
    segments = tuple(
        s.start
        for line in STANDING_LINES
        for s in facts.line_segments(line, need.day)
        if s.start < end and start < s.end
    )
    inside = tuple(
        s.start <= start and end <= s.end
        for line in STANDING_LINES
        for s in facts.line_segments(line, need.day)
        if s.start < end and start < s.end
    )
    halves = tuple(overlap((start, end), span) for span in facts.halves(need.day).values())
    free = tuple(sorted(p for p in servers if facts.available(p, Line.CALL_IN, need.day, start, end)))
    return segments, inside, halves, facts.half_of(need.day, start, end), free


def _join_leaders(problem: Problem, part: Part, joined: Components, starts_count: bool) -> None:
    groups: dict[str, set[str]] = defaultdict(set)
    for unit in part.units:
        groups[unit.group] |= set(unit.leaders)
        flexible = unit.by_appointment and any(len(n.starts) > 1 for n in unit.needs)
        if flexible and (starts_count or span_matters(problem, unit)):
            # The unit's row runs over the appointments' chosen times: it goes with them.
            joined.join([("unit", unit.group), *(("window", n.windows[0]) for n in unit.needs)])
    apart = leads_apart(problem)
    for group, leaders in groups.items():
        joined.join([("unit", group), *(("leader", p) for p in leaders)])
    any_line_wish = {w.person for w in problem.wishes if w.line is None}
    for leader in {p for leaders in groups.values() for p in leaders}:
        swapped = any(s.a_line == Line.LEAD and leader in (s.a, s.b) for s in problem.swaps)
        if not apart or leader in any_line_wish or swapped:
            joined.join([("leader", leader), ("person", leader)])
    for swap in problem.swaps:
        if Line.LEAD in (swap.a_line, swap.b_line):
            joined.join([("leader", swap.a), ("leader", swap.b)])


def without_line(part: Part, line: Line) -> Part:
    """The part as if nobody ever had duty on a standing line."""
    return replace(
        part,
        slots=[s for s in part.slots if s.line != line],
        groups=[g for g in part.groups if g.line != line],
        openings=[o for o in part.openings if o.line != line],
    )


def only_line(part: Part, line: Line) -> Part:
    """The duties of a standing line alone."""
    return replace(
        part,
        slots=[s for s in part.slots if s.line == line],
        groups=[g for g in part.groups if g.line == line],
        openings=[o for o in part.openings if o.line == line],
        needs=[],
        units=[],
        leaders=[],
    )
