"""D2 and H4 as clauses: who can hold which post, and what must stay covered while somebody is on leave.

Holders need no order among the clauses: from any assignment of posts to present people a post can be moved to an
earlier free member of its team without losing one, so the order of D2 is restored afterwards (`holders`). Only where
people from elsewhere must make up 工作日最少 does the order matter before, and is modelled (`_ordered_holders`).

All posts of a half can be held iff for every set Q of posts the present members of their teams number at least
⌈|Q| / 兼岗上限⌉ (Hall); as linear inequalities over the leave literals these need no further variable.
"""

from collections import defaultdict
from datetime import date
from itertools import combinations

from zhiban.model.demand import Opening
from zhiban.model.kinds import Half
from zhiban.solver.building.bank import leave_room
from zhiban.solver.decisions import LeaveModel
from zhiban.solver.draft import Draft
from zhiban.solver.holders import most_held
from zhiban.solver.linear import Lit, only_if, summed
from zhiban.solver.parts import Components

MOST_POSTS_FOR_HALL = 12
"""Up to so many posts hang together in a half before their subsets are too many to list."""


def build_posts(draft: Draft) -> None:
    """D2 for every half and every open segment; in a half the holders also keep H4's teams from leave."""
    halves: dict[tuple[date, Half], list[Opening]] = defaultdict(list)
    segments: dict[tuple[date, int], list[Opening]] = defaultdict(list)
    for opening in draft.part.openings:
        if opening.half is not None:
            halves[opening.day, opening.half].append(opening)
        else:
            segments[opening.day, opening.start].append(opening)
    for (day, half), openings in halves.items() if draft.leave_model == LeaveModel.BY_DAY else ():
        for cluster in clusters(openings):
            _build_half(draft, day, half, cluster)
    for openings in segments.values():
        for cluster in clusters(openings):
            _build_segment(draft, cluster)


def clusters(openings: list[Opening]) -> list[list[Opening]]:
    """Openings of one time that share members of their teams, directly or through others."""
    joined = Components()
    for opening in openings:
        joined.join([("post", opening.post.id), *(("person", p) for p in opening.post.team)])
    found: dict[object, list[Opening]] = defaultdict(list)
    for opening in openings:
        found[joined.find(("post", opening.post.id))].append(opening)
    return list(found.values())


def _build_half(draft: Draft, day: date, half: Half, cluster: list[Opening]) -> None:
    facts, cap = draft.facts, draft.problem.policy.post_cap
    teams = {o.post.id: o.post.team for o in cluster}
    members = dict.fromkeys(m for team in teams.values() for m in team)
    present = {m for m in members if facts.present_by_input(m, day, half)}
    held = most_held(teams, present, cap)
    draft.forced_gaps += len(teams) - held
    movable = any(draft.away(m, day, half) for m in present)
    if held == len(teams) and not movable:
        return
    if not movable:
        draft.empty_posts.append(len(teams) - held)
        return
    if needs_order(draft, day, half, cluster):
        _ordered_holders(draft, day, half, cluster)
    elif held < len(teams) or draft.exact_posts or len(cluster) > MOST_POSTS_FOR_HALL:
        _free_holders(draft, day, half, cluster)
    else:
        _hall(draft, day, half, teams, present, cap)


def _hall(draft: Draft, day: date, half: Half, teams: dict[str, tuple[str, ...]], present: set[str], cap: int) -> None:
    """Every post held: for each union of teams, enough of its present members stay."""
    needed: dict[frozenset[str], int] = {}
    posts = list(teams)
    for size in range(1, len(posts) + 1):
        for chosen in combinations(posts, size):
            union = frozenset(m for post in chosen for m in teams[post] if m in present)
            needed[union] = max(needed.get(union, 0), -(-size // cap))
    for union, least in needed.items():
        if any(other < union and needed[other] >= least for other in needed):
            continue
        lits = [lit for m in sorted(union) for lit in draft.away(m, day, half)]
        spare = len(union) - least
        if _most_away(draft, union, day, half) > spare:
            draft.model.add(summed(lits) <= spare)


def _most_away(draft: Draft, people: frozenset[str], day: date, half: Half) -> int:
    """How many of a set can be on placed leave at once under 同时调休上限."""
    by_window: dict[str, int] = defaultdict(int)
    for person in people:
        if draft.away(person, day, half):
            by_window[draft.problem.person[person].window] += 1
    return sum(min(count, leave_room(draft, window, day, half)) for window, count in by_window.items())


def _free_holders(draft: Draft, day: date, half: Half, cluster: list[Opening]) -> dict[tuple[str, str], Lit]:
    """Holders as variables: one a post, at most 兼岗上限 posts a person; an empty post keeps its team from leave."""
    model, cap = draft.model, draft.problem.policy.post_cap
    holds: dict[tuple[str, str], Lit] = {}
    load: dict[str, list[Lit]] = defaultdict(list)
    for opening in cluster:
        post = opening.post
        empty = draft.bool_var()
        for member in post.team:
            if draft.facts.present_by_input(member, day, half):
                lit = draft.bool_var()
                holds[post.id, member] = lit
                load[member].append(lit)
                for leave in draft.away(member, day, half):
                    model.add_implication(lit, ~leave)
                    model.add_implication(leave, ~empty)
        model.add_exactly_one([empty, *(holds[post.id, m] for m in post.team if (post.id, m) in holds)])
        draft.empty_posts.append(empty)
    for lits in load.values():
        if len(lits) > cap:
            model.add(summed(lits) <= cap)
    return holds


def _ordered_holders(draft: Draft, day: date, half: Half, cluster: list[Opening]) -> None:
    """Holders in the order of their teams: none holds while an earlier one is present and below 兼岗上限."""
    model, cap = draft.model, draft.problem.policy.post_cap
    holds = _free_holders(draft, day, half, cluster)
    full: dict[str, Lit] = {}
    for member in dict.fromkeys(m for _, m in holds):
        lits = [lit for (_, m), lit in holds.items() if m == member]
        full[member] = draft.bool_var()
        only_if(model.add(summed(lits) >= cap), full[member])
    for opening in cluster:
        team = [m for m in opening.post.team if (opening.post.id, m) in holds]
        for rank, member in enumerate(team):
            for earlier in team[:rank]:
                leave = draft.away(earlier, day, half)
                model.add_bool_or([~holds[opening.post.id, member], full[earlier], *leave])
        if opening.post.a in team:
            a = opening.post.a
            model.add_bool_or([holds[opening.post.id, a], full[a], *draft.away(a, day, half)])
        for member in team:
            draft.ordered_holds[opening.post.id, day, half, member] = holds[opening.post.id, member]


def needs_order(draft: Draft, day: date, half: Half, cluster: list[Opening]) -> bool:
    """Whether people from elsewhere may have to make up a window's 工作日最少 in a half."""
    for window in {o.post.window for o in cluster}:
        outside = any(
            draft.problem.person[m].window != window for o in cluster if o.post.window == window for m in o.post.team
        )
        if outside and own_spare(draft, window, day, half) < _most_own_away(draft, window, day, half):
            return True
    return False


def own_spare(draft: Draft, window: str, day: date, half: Half) -> int:
    """Own people present by the input beyond 工作日最少; negative where they are too few."""
    record = draft.problem.window[window]
    least = draft.problem.policy.workday_minimum if record.workday_minimum is None else record.workday_minimum
    own = draft.problem.people_of[window]
    return sum(1 for p in own if draft.facts.present_by_input(p.id, day, half)) - least


def _most_own_away(draft: Draft, window: str, day: date, half: Half) -> int:
    own = frozenset(p.id for p in draft.problem.people_of[window])
    return _most_away(draft, own, day, half)


def build_presence(draft: Draft) -> None:
    """H4: where leave is placed, 工作日最少 people are at the window, stand-ins who hold its posts counted."""
    for day in draft.facts.workdays:
        for window in draft.part.windows:
            for half in Half:
                lits = [lit for p in draft.problem.people_of[window.id] for lit in draft.away(p.id, day, half)]
                spare = own_spare(draft, window.id, day, half)
                if not lits or _most_own_away(draft, window.id, day, half) <= spare:
                    continue
                helpers = _helpers(draft, window.id, day, half)
                if not helpers:
                    if spare <= 0:
                        draft.model.add_bool_and([~lit for lit in lits])
                    else:
                        draft.model.add(summed(lits) <= spare)
                    continue
                anybody = draft.bool_var()
                for lit in lits:
                    draft.model.add_implication(lit, anybody)
                only_if(draft.model.add(summed(lits) - summed(helpers) <= spare), anybody)


def _helpers(draft: Draft, window: str, day: date, half: Half) -> list[Lit]:
    """One literal per person from elsewhere who may hold a post of the window; it implies that he holds one."""
    posts = [p for p in draft.problem.posts if p.window == window]
    by_member: dict[str, list[Lit]] = defaultdict(list)
    for post in posts:
        for member in post.team:
            lit = draft.ordered_holds.get((post.id, day, half, member))
            if lit is not None and draft.problem.person[member].window != window:
                by_member[member].append(lit)
    found: list[Lit] = []
    for lits in by_member.values():
        if len(lits) == 1:
            found.append(lits[0])
            continue
        helps = draft.bool_var()
        draft.model.add_bool_or([*lits, ~helps])
        found.append(helps)
    return found


def _build_segment(draft: Draft, cluster: list[Opening]) -> None:
    """Posts open in a segment of a standing line: holders are people on duty on it, wherever they sit."""
    model, cap = draft.model, draft.problem.policy.post_cap
    on_duty: dict[str, list[Lit]] = {}
    for member in dict.fromkeys(m for o in cluster for m in o.post.team):
        duties = draft.duties_of.get((member, cluster[0].day), ())
        on_duty[member] = [
            d.lit
            for d in duties
            if d.slot.line == cluster[0].line and any(s.start == cluster[0].start for s in d.slot.segments)
        ]
    holds: dict[str, list[Lit]] = defaultdict(list)
    for opening in cluster:
        empty = draft.bool_var()
        draft.empty_posts.append(empty)
        draft.empty_on_duty.append(empty)
        if cap >= len(cluster):
            model.add_bool_or([empty, *(lit for m in opening.post.team for lit in on_duty[m])])
            continue
        holders: list[Lit] = []
        for member in opening.post.team:
            if on_duty[member]:
                lit = draft.bool_var()
                model.add_bool_or([*on_duty[member], ~lit])
                holders.append(lit)
                holds[member].append(lit)
        model.add_exactly_one([empty, *holders])
    for lits in holds.values():
        if len(lits) > cap:
            model.add(summed(lits) <= cap)
