"""What a manager can add where something is short: a stand-in, a B角, a leader, another time for an appointment."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from zhiban.model.demand import LeaderUnit, Need, Opening
from zhiban.model.facts_hours import Range
from zhiban.model.kinds import Line
from zhiban.model.problem import Problem
from zhiban.model.records import LeaderRow, Person, Window
from zhiban.model.settings import LeaderScope
from zhiban.solver.explain.edits import edited, with_person
from zhiban.solver.explain.fact import PRICES, Fact, FactKind
from zhiban.solver.explain.scope import Scope
from zhiban.solver.explain.unit import Demand, Unit
from zhiban.solver.view import RosterView
from zhiban.solver.wording import person_text, span_text, window_text

MOST_CURES = 4
"""So many people are tried for each kind of cure: the likeliest first."""
TIME_PRICE = 4
"""Asking an applicant for another hour of the same day."""


def cures(view: RosterView, unit: Unit, demand: Demand, scope: Scope) -> list[Fact]:
    """What can be added for a demand, the likeliest first."""
    if isinstance(demand, Opening):
        return _b_roles(view, demand)
    if isinstance(demand, LeaderUnit):
        return _leaders(view, demand)
    found = _stand_ins(view, unit, demand, scope)
    return found + (_times(view, demand) if isinstance(demand, Need) else [])


def _stand_ins(view: RosterView, unit: Unit, demand: Demand, scope: Scope) -> list[Fact]:
    """People of other windows who are free then and could be given the window."""
    problem, spans = view.problem, unit.spans(demand)
    if isinstance(demand, (LeaderUnit, Opening)):
        return []
    line = Line.CALL_IN if isinstance(demand, Need) else demand.line
    window = problem.window[unit.windows[0]]
    lenders = [
        p
        for p in problem.people
        if window.id not in p.windows
        and (not isinstance(demand, Need) or p.may_do(demand.item.id))
        and all(problem.facts.available(p.id, line, unit.day, *span) for span in spans[:1])
        and not _busy(view, p.id, unit.day, spans)
    ]
    load = Counter(row.person for row in view.standing)
    lenders.sort(key=lambda p: _distance(problem, p, window, scope, load[p.id]))
    return [_stand_in(problem, p, window) for p in lenders[:MOST_CURES]]


def _busy(view: RosterView, person: str, day: date, spans: Iterable[Range]) -> bool:
    places = view.places.get((person, day), ())
    return any(place.start < end and start < place.end for place in places for start, end in spans)


def _distance(problem: Problem, who: Person, window: Window, scope: Scope, load: int) -> tuple[bool, bool, int, str]:
    """How far one would have to ask: the same part, the same kind of window, those with little duty first."""
    own = problem.window[who.window]
    near = own.mutual_group == window.mutual_group != "" or own.category == window.category != ""
    return who.id not in scope.people, not near, load, who.id


def _stand_in(problem: Problem, who: Person, window: Window) -> Fact:
    name, own = person_text(problem, who.id), window_text(problem, who.window)
    return Fact(
        FactKind.STAND_IN,
        f"{window.id}/{who.id}",
        f"{window_text(problem, window.id)}没有别的可顶岗人员（如{own}的{name}）",
        f"人员!第{who.row}行“可顶岗窗口”",
        who.id,
        window.id,
        f"从{own}借{name}（可顶岗窗口加{window.id}）",
        PRICES[FactKind.STAND_IN],
        lift=lambda p: with_person(p, who.id, lambda w: {"stand_in_windows": (*w.stand_in_windows, window.id)}),
    )


def _b_roles(view: RosterView, opening: Opening) -> list[Fact]:
    """People there at the time who may serve the window and are not of the post's team."""
    problem, post = view.problem, opening.post
    able = [p for p in problem.servers_of[post.window] if p.id not in post.team and _there(view, opening, p.id)]
    posts = {p.id: sum(p.id in other.team for other in problem.posts) for p in able}
    able.sort(key=lambda p: (p.window != post.window, posts[p.id], p.id))
    found: list[Fact] = []
    for who in able[:MOST_CURES]:
        name = person_text(problem, who.id)
        found.append(
            Fact(
                FactKind.B_ROLE,
                f"{post.id}/{who.id}",
                f"{post.name}({post.id})没有别的B角（如{name}）",
                f"岗位!第{post.row}行“B角”",
                who.id,
                post.window,
                f"{post.name}({post.id})增设B角{name}",
                PRICES[FactKind.B_ROLE],
                lift=lambda p, who=who: _with_b(p, post.id, who.id),
            )
        )
    return found


def _there(view: RosterView, opening: Opening, person: str) -> bool:
    if opening.half is not None:
        return view.present(person, opening.day, opening.half)
    assert opening.line is not None, "a post-segment lies in a half or on a line"
    return person in view.on_segment.get((opening.day, opening.line, opening.start, opening.end), {})


def _with_b(problem: Problem, post: str, person: str) -> Problem:
    posts = (p.model_copy(update={"b": (*p.b, person)}) if p.id == post else p for p in problem.posts)
    return edited(problem, posts=tuple(posts))


def _leaders(view: RosterView, unit: LeaderUnit) -> list[Fact]:
    """Heads of the group's windows and leaders of other groups, to be named leaders of this one."""
    problem = view.problem
    heads = [h for w in unit.windows for h in problem.window[w].heads]
    able = [p for p in dict.fromkeys([*heads, *(r.person for r in problem.leaders)]) if p not in unit.leaders]
    spans = [(s.start, s.end) for s in unit.segments] or [unit.earliest]
    free = [p for p in able if _free_to_lead(problem, p, unit.day, spans)]
    return [_leader(problem, p, unit) for p in free[:MOST_CURES]]


def _free_to_lead(problem: Problem, person: str, day: date, spans: Iterable[Range]) -> bool:
    employed = problem.person[person].employed_on(day)
    return employed and not any(problem.facts.on_leave(person, day, *span) for span in spans)


def _leader(problem: Problem, person: str, unit: LeaderUnit) -> Fact:
    name = person_text(problem, person)
    by_sheet = bool(problem.leaders) and problem.policy.leader_scope is not LeaderScope.WINDOW

    def lift(changed: Problem) -> Problem:
        if by_sheet:
            group = unit.group if problem.policy.leader_scope is LeaderScope.GROUP else ""
            return edited(changed, leaders=(*changed.leaders, LeaderRow(person=person, group=group)))
        named = {unit.windows[0]}
        windows = (
            w.model_copy(update={"deputies": (*w.deputies, person)}) if w.id in named else w for w in changed.windows
        )
        return edited(changed, windows=tuple(windows))

    return Fact(
        FactKind.LEADER,
        f"{unit.group}/{person}",
        f"{unit.group}没有别的带班领导（如{name}）",
        "带班领导" if by_sheet else "窗口“代理负责人”",
        person,
        remedy=f"{name}增列为{unit.group}的带班领导",
        price=PRICES[FactKind.LEADER],
        lift=lift,
    )


def _times(view: RosterView, need: Need) -> list[Fact]:
    """Other hours of the same day at which the centre is open, the nearest first."""
    problem = view.problem
    open_spans = list(problem.facts.halves(need.day).values())
    open_spans += [
        (s.start, s.end) for slot in problem.facts.standing_at(need.day, need.windows[0]) for s in slot.segments
    ]
    step = problem.policy.start_step
    starts = {s for first, last in open_spans for s in range(first, last - need.duration + 1, step)} - set(need.starts)
    nearest = sorted(starts, key=lambda s: (abs(s - need.starts[0]), s))[:MOST_CURES]
    return [_other_time(need, start) for start in nearest]


def _other_time(need: Need, start: int) -> Fact:
    def lift(problem: Problem) -> Problem:
        moved = {"start": start, "earliest": None, "latest": None}
        rows = (a.model_copy(update=moved) if a.id == need.id else a for a in problem.appointments)
        return edited(problem, appointments=tuple(rows))

    when = span_text(need.starts[0], need.starts[0] + need.duration)
    return Fact(
        FactKind.TIME,
        f"{need.id}/{start}",
        f"预约{need.id}定在{when}",
        f"预约登记!第{need.appointment.row}行",
        remedy=f"预约{need.id}与申请人改约为{span_text(start, start + need.duration)}",
        price=TIME_PRICE,
        lift=lift,
    )
