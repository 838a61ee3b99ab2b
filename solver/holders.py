"""Who holds which post, given who is present: as many posts held as can be, each by the earliest free of its team."""

from collections.abc import Collection, Mapping, Sequence

Teams = Mapping[str, Sequence[str]]


def most_held(teams: Teams, present: Collection[str], cap: int) -> int:
    """How many posts can be held at once; `teams` maps a post to its members in order, `cap` is 兼岗上限."""
    return len(_matched(teams, present, cap))


def assign_holders(
    teams: Teams, present: Collection[str], cap: int, keep: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Post to holder: a largest assignment in which no post has an earlier member present with a free hand.

    `keep` is an assignment to start from (its held posts stay held). Moving a post to an earlier free member keeps
    every post held and shortens the sum of ranks, so the moves end.
    """
    holders = _matched(teams, present, cap, keep)
    load = {m: 0 for m in present}
    for member in holders.values():
        load[member] += 1
    moved = True
    while moved:
        moved = False
        for post, team in teams.items():
            for member in team:
                if holders.get(post) == member:
                    break
                if member in load and load[member] < cap:
                    if post in holders:
                        load[holders[post]] -= 1
                    holders[post] = member
                    load[member] += 1
                    moved = True
                    break
    return holders


def _matched(teams: Teams, present: Collection[str], cap: int, keep: Mapping[str, str] | None = None) -> dict[str, str]:
    """A largest assignment by augmenting paths, members tried in their order."""
    holders: dict[str, str] = dict(keep or {})
    held_by: dict[str, list[str]] = {m: [] for m in present}
    for post, member in holders.items():
        held_by[member].append(post)

    def place(post: str, seen: set[str]) -> bool:
        for member in teams[post]:
            if member not in held_by or member in seen:
                continue
            seen.add(member)
            if len(held_by[member]) < cap:
                _put(post, member)
                return True
            for other in list(held_by[member]):
                if place(other, seen):
                    _put(post, member)
                    return True
        return False

    def _put(post: str, member: str) -> None:
        if post in holders:
            held_by[holders[post]].remove(post)
        holders[post] = member
        held_by[member].append(post)

    for post in teams:
        if post not in holders:
            place(post, set())
    return holders
