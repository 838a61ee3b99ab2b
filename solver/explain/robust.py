"""N−1: which single absence would leave a post, a window or a leader group empty, and the cheapest cure.

A roster is judged as it stands, by arithmetic alone: somebody is missing for a day, everybody else keeps his duty, and
whoever is free and may by the rules steps in. Only where nobody can is there a risk.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from zhiban.model.demand import LeaderUnit, Opening, Slot
from zhiban.model.kinds import Half
from zhiban.model.problem import Problem
from zhiban.model.records import Person
from zhiban.model.roster import Risk, Roster
from zhiban.model.settings import LeaderMode
from zhiban.solver.explain.stepping_in import SteppingIn
from zhiban.solver.holders import assign_holders
from zhiban.solver.parts import Components
from zhiban.solver.view import RosterView, view_of
from zhiban.solver.wording import person_text, window_text

WORKDAY = "工作日"
POST, WINDOW, GROUP = "岗位", "窗口", "带班组"


@dataclass(frozen=True, slots=True)
class _Gap:
    """Something that one person's absence on a date would leave empty."""

    kind: str
    subject: str
    line: str
    person: str
    day: date
    half: Half | None = None
    slot: Slot | None = None
    unit: LeaderUnit | None = None


def risks(problem: Problem, roster: Roster) -> tuple[Risk, ...]:
    """Every post, window and leader group that hangs on one person, with the dates, the most dates first."""
    view = view_of(problem, roster)
    stepping = SteppingIn(view)
    gaps = [*_post_gaps(view), *_window_gaps(view), *_duty_gaps(view, stepping), *_leader_gaps(view, stepping)]
    together: dict[tuple[str, str, str, str], list[_Gap]] = defaultdict(list)
    for gap in gaps:
        together[gap.kind, gap.subject, gap.line, gap.person].append(gap)
    cures = _Cures(view, stepping)
    found = [
        Risk(*key, tuple(sorted({g.day for g in same})), *cures.of(key[0], key[1], same))
        for key, same in together.items()
    ]
    return tuple(sorted(found, key=lambda r: (-len(r.days), r.kind, r.subject, r.line, r.person)))


def _post_gaps(view: RosterView) -> Iterable[_Gap]:
    """Posts of workday halves that nobody left of the team could hold."""
    clusters = Components()
    for post in view.problem.posts:
        clusters.join([("post", post.id), *(("person", p) for p in post.team)])
    times: dict[tuple[date, Half, object], list[Opening]] = defaultdict(list)
    for holding in view.holdings:
        if holding.opening.half is not None and holding.holders:
            opening = holding.opening
            times[opening.day, holding.opening.half, clusters.find(("post", opening.post.id))].append(opening)
    members = {post.id: frozenset(post.team) for post in view.problem.posts}
    known: dict[tuple[tuple[str, ...], frozenset[str]], list[tuple[str, str]]] = {}
    for (day, half, _), openings in times.items():
        teams = {o.post.id: o.post.team for o in openings}
        present = frozenset[str]().union(*(members[post] for post in teams)) & view.staff_in(day, half)
        key = (tuple(teams), present)
        if key not in known:
            known[key] = _emptied(teams, present, view.problem.policy.post_cap)
        for person, post in known[key]:
            yield _Gap(POST, post, WORKDAY, person, day, half)


def _emptied(teams: dict[str, tuple[str, ...]], present: frozenset[str], cap: int) -> list[tuple[str, str]]:
    """Person and post for every post that is empty once that person is away."""
    found: list[tuple[str, str]] = []
    for person in sorted(present):
        held = assign_holders(teams, present - {person}, cap)
        found += [(person, post) for post in teams if post not in held]
    return found


def _window_gaps(view: RosterView) -> Iterable[_Gap]:
    """Windows with one person there in a half of a workday, whom nobody from elsewhere can replace.

    A window that needs nobody on workdays (工作日最少 0) is left out.
    """
    problem = view.problem
    least = problem.policy.workday_minimum
    manned = [
        (w, frozenset(p.id for p in problem.people_of[w.id]))
        for w in problem.windows
        if (least if w.workday_minimum is None else w.workday_minimum) > 0
    ]
    for day in view.facts.workdays:
        for half in Half:
            staff = view.staff_in(day, half)
            there = {window.id: own & staff for window, own in manned if window.active_on(day)}
            for window, people in there.items():
                alone = next(iter(people), "")
                if len(people) == 1 and not _neighbour(problem, window, alone, there):
                    yield _Gap(WINDOW, window, WORKDAY, alone, day, half)


def _neighbour(problem: Problem, window: str, person: str, there: dict[str, frozenset[str]]) -> bool:
    """Whether somebody of a window that can spare him may stand in."""
    return any(
        p.id in there.get(p.window, ()) and len(there[p.window]) > 1
        for p in problem.servers_of[window]
        if p.window != window and p.id != person
    )


def _duty_gaps(view: RosterView, stepping: SteppingIn) -> Iterable[_Gap]:
    """Standing duties of one person for whom nobody free may step in."""
    for slot in view.facts.slots:
        if slot.minimum > 0:
            people = view.counted(slot)
            if len(people) == 1 and not stepping.anybody(slot, people[0]):
                yield _Gap(WINDOW, slot.window, slot.line.value, people[0], slot.day, slot=slot)


def _leader_gaps(view: RosterView, stepping: SteppingIn) -> Iterable[_Gap]:
    """Leader units whose leader nobody else of the group could replace."""
    leading: dict[date, set[str]] = defaultdict(set)
    for row in view.leads:
        leading[row.day].add(row.person)
    for led in view.leadings:
        if led.whole and not any(
            p not in leading[led.unit.day] and stepping.may_lead(p, led.unit) for p in led.unit.leaders
        ):
            yield _Gap(GROUP, led.unit.group, led.unit.line.value, led.person, led.unit.day, unit=led.unit)


class _Cures:
    """Whom to train for what, so that most of the gaps close; ties go to who has least to do with it already."""

    def __init__(self, view: RosterView, stepping: SteppingIn) -> None:
        self.view = view
        self.problem = view.problem
        self.stepping = stepping
        self.memberships = Counter(p for post in self.problem.posts for p in post.team)

    def of(self, kind: str, subject: str, gaps: list[_Gap]) -> tuple[str, int]:
        """The cure in words, and how many of the dates it covers."""
        if kind == POST:
            post = self.problem.post[subject]
            able = [p for p in self.problem.servers_of[post.window] if p.id not in post.team]
            words = f"培训{{}}为{post.name}({post.id})的B角"
            return self._best(able, gaps, self._there, words, f"{post.name}({post.id})需从外窗口增设B角")
        if kind == WINDOW:
            words = f"培训{{}}可顶岗{window_text(self.problem, subject)}"
            return self._best(self._near(subject), gaps, self._covers, words, "需增配人员")
        heads = [h for w in gaps[0].unit.windows for h in self.problem.window[w].heads] if gaps[0].unit else []
        able = [self.problem.person[h] for h in dict.fromkeys([*heads, *self.view.facts.leader_rows])]
        able = [p for p in able if gaps[0].unit is None or p.id not in gaps[0].unit.leaders]
        return self._best(able, gaps, self._can_lead, f"增列{{}}为{subject}的带班领导", "需增列带班领导")

    def _best(
        self,
        able: Iterable[Person],
        gaps: list[_Gap],
        covers: Callable[[str, _Gap], bool],
        words: str,
        otherwise: str,
    ) -> tuple[str, int]:
        best: tuple[int, int, str] | None = None
        for who in able:
            days = len({g.day for g in gaps if covers(who.id, g)})
            if days and (best is None or (-days, self.memberships[who.id], who.id) < best):
                best = (-days, self.memberships[who.id], who.id)
        if best is None:
            return otherwise, 0
        return words.format(person_text(self.problem, best[2])), -best[0]

    def _near(self, window: str) -> list[Person]:
        """People of windows of the same 互助组 or 类别; of all windows where there are none."""
        here = self.problem.window[window]
        others = [p for p in self.problem.people if window not in p.windows]
        groups = {w.id for w in self.problem.windows if w.mutual_group and w.mutual_group == here.mutual_group}
        kinds = {w.id for w in self.problem.windows if w.category and w.category == here.category}
        for chosen in (groups, kinds):
            near = [p for p in others if p.window in chosen]
            if near:
                return near
        return others

    def _there(self, person: str, gap: _Gap) -> bool:
        return person != gap.person and gap.half is not None and self.view.present(person, gap.day, gap.half)

    def _covers(self, person: str, gap: _Gap) -> bool:
        if gap.slot is not None:
            return self.stepping.free(person, gap.slot)
        return self._there(person, gap)

    def _can_lead(self, person: str, gap: _Gap) -> bool:
        assert gap.unit is not None, "leader groups have units"
        spans = [(s.start, s.end) for s in gap.unit.segments] or [gap.unit.earliest]
        employed = self.problem.person[person].employed_on(gap.day)
        busy = self.problem.policy.leader_mode is LeaderMode.PRESENT and bool(self.view.rows_on.get((person, gap.day)))
        return employed and not busy and not any(self.view.facts.on_leave(person, gap.day, *s) for s in spans)


def summary(found: Iterable[Risk]) -> str:
    """One line for the summary of a run."""
    found = list(found)
    if not found:
        return "抗风险：任何一人缺勤一天，岗位、窗口和带班都有人接替"
    count = Counter(risk.kind for risk in found)
    parts = "，".join(f"{kind} {count[kind]} 项" for kind in (POST, WINDOW, GROUP) if count[kind])
    return f"抗风险：一人缺勤即无人可替的有{parts}（见抗风险表）"
