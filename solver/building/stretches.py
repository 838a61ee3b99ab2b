"""Limits per half-day, summed over the days of a stretch (see `bulk`)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import combinations

from zhiban.model.demand import Opening
from zhiban.model.kinds import Half
from zhiban.solver.building.bank import leave_room
from zhiban.solver.building.posts import clusters, own_spare
from zhiban.solver.decisions import Stretch
from zhiban.solver.draft import Draft
from zhiban.solver.holders import most_held
from zhiban.solver.linear import Lit, summed

MOST_POSTS_TOGETHER = 3
"""Sets of up to so many posts are summed; larger ones seldom bind."""


def build_stretch_limits(draft: Draft) -> None:
    """H8 and H4 in sum: 同时调休上限, 工作日最少 and the teams of the posts."""
    # Where posts may stay empty, only those of somebody on leave must be held (H4), not all at once.
    together = 1 if draft.exact_posts else MOST_POSTS_TOGETHER
    short = _short_halves(draft) if together > 1 else set[tuple[str, date, Half]]()
    numbers = draft.stretch_numbers
    days: dict[int, list[date]] = defaultdict(list)
    for day, number in numbers.items():
        days[number].append(day)
    counts: dict[tuple[int, str], list[Stretch]] = defaultdict(list)
    for stretch in draft.stretches:
        counts[numbers[stretch.days[0]], stretch.person].append(stretch)
    for window in draft.part.windows:
        own = [p.id for p in draft.problem.people_of[window.id]]
        teams = [frozenset(p.team) for p in draft.problem.posts if p.window == window.id]
        helped = any(draft.problem.person[m].window != window.id for team in teams for m in team)
        for number, dates in days.items():
            for half in Half:
                lits = [lit for p in own for s in counts[number, p] for lit in s.count(half)]
                room = sum(_room(draft, window.id, day, half, helped) for day in dates)
                if lits:
                    draft.model.add(summed(lits) <= room)
                for union, least in _unions(teams, draft.problem.policy.post_cap, together).items():
                    stretches = [s for m in sorted(union) for s in counts[number, m]]
                    # Where a post is empty by the input, which one that is stays open: only single posts bind.
                    single = 1 if union in teams else 0
                    stay = {day: single if (window.id, day, half) in short else least for day in dates}
                    _keep_team(draft, union, stay, half, stretches)


def _takers(draft: Draft, people: Iterable[str], day: date, half: Half) -> int:
    """How many of some people could be given leave in a half at all."""
    return sum(1 for p in people if half in draft.leave_choices.get(p, {}).get(day, {}))


def _room(draft: Draft, window: str, day: date, half: Half, helped: bool) -> int:
    own = [p.id for p in draft.problem.people_of[window]]
    room = min(leave_room(draft, window, day, half), _takers(draft, own, day, half))
    return room if helped else max(0, min(room, own_spare(draft, window, day, half)))


def _unions(teams: list[frozenset[str]], cap: int, together: int) -> dict[frozenset[str], int]:
    """Sets of people of whom so many must stay, for single posts and for sets of up to so many `together`."""
    needed: dict[frozenset[str], int] = {}
    for size in range(1, min(len(teams), together) + 1):
        for chosen in combinations(teams, size):
            union = frozenset[str]().union(*chosen)
            needed[union] = max(needed.get(union, 0), -(-size // cap))
    return needed


def _short_halves(draft: Draft) -> set[tuple[str, date, Half]]:
    """Windows and halves with a post among others that the input leaves without a holder."""
    halves: dict[tuple[date, Half], list[Opening]] = defaultdict(list)
    for opening in draft.part.openings:
        if opening.half is not None:
            halves[opening.day, opening.half].append(opening)
    found: set[tuple[str, date, Half]] = set()
    for (day, half), openings in halves.items():
        staff = draft.facts.staff_in(day, half)
        for cluster in clusters(openings):
            teams = {o.post.id: o.post.team for o in cluster}
            present = {m for team in teams.values() for m in team if m in staff}
            if most_held(teams, present, draft.problem.policy.post_cap) < len(teams):
                found |= {(o.post.window, day, half) for o in cluster}
    return found


def _keep_team(
    draft: Draft, union: frozenset[str], stay: dict[date, int], half: Half, stretches: list[Stretch]
) -> None:
    """Σ away over a stretch ≤ Σ over its days of (present − those who must stay), 0 on days that lack people anyway."""
    lits: list[Lit] = [lit for s in stretches for lit in s.count(half)]
    spare = 0
    for day, least in stay.items():
        present = sum(1 for m in union if draft.facts.present_by_input(m, day, half))
        # A post that nobody can hold whatever is decided keeps nobody from leave but its own team, who are away.
        spare += min(_takers(draft, union, day, half), present - least if present >= least else present)
    if lits:
        draft.model.add(summed(lits) <= spare)
