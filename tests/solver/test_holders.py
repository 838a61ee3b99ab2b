"""Holders against every assignment there is: as many posts held as can be, in the order of the teams."""

from itertools import product
from random import Random

import pytest

from zhiban.solver.holders import assign_holders, most_held

PEOPLE = ("P1", "P2", "P3", "P4")


def drawn(seed: int) -> tuple[dict[str, list[str]], set[str], int]:
    """Teams of up to five posts, who is present, and 兼岗上限."""
    random = Random(seed)
    teams = {f"K{n}": random.sample(PEOPLE, random.randint(1, 3)) for n in range(random.randint(1, 5))}
    return teams, set(random.sample(PEOPLE, random.randint(0, 4))), random.randint(1, 2)


def most_of_all(teams: dict[str, list[str]], present: set[str], cap: int) -> int:
    """The most posts held in any assignment of posts to a present member or nobody."""
    choices = [[None, *(m for m in team if m in present)] for team in teams.values()]
    held = [[m for m in assignment if m] for assignment in product(*choices)]
    return max(len(members) for members in held if all(members.count(m) <= cap for m in PEOPLE))


def free_earlier(teams: dict[str, list[str]], present: set[str], cap: int, holders: dict[str, str]) -> list[str]:
    """The posts held by somebody, or nobody, while an earlier member has a hand free."""
    load = {p: list(holders.values()).count(p) for p in PEOPLE}
    found: list[str] = []
    for post, team in teams.items():
        earlier = team[: team.index(holders[post])] if post in holders else team
        if any(m in present and load[m] < cap for m in earlier):
            found.append(post)
    return found


@pytest.mark.parametrize("seed", range(60))
def test_as_many_posts_as_can_be_each_by_the_earliest_free(seed):
    teams, present, cap = drawn(seed)
    holders = assign_holders(teams, present, cap)
    assert len(holders) == most_held(teams, present, cap) == most_of_all(teams, present, cap)
    assert all(member in present and member in teams[post] for post, member in holders.items())
    assert max(map(list(holders.values()).count, PEOPLE)) <= cap
    assert free_earlier(teams, present, cap, holders) == []


@pytest.mark.parametrize("seed", range(60))
def test_posts_held_before_stay_held(seed):
    teams, present, cap = drawn(seed)
    keep: dict[str, str] = {}
    for post, team in teams.items():
        member = next((m for m in reversed(team) if m in present and list(keep.values()).count(m) < cap), None)
        if member is not None and len(keep) < 2:
            keep[post] = member  # the last who can, so that the order has to be restored
    holders = assign_holders(teams, present, cap, keep)
    assert set(keep) <= set(holders)
    assert len(holders) == most_of_all(teams, present, cap)
    assert free_earlier(teams, present, cap, holders) == []


def test_an_assignment_in_order_is_kept():
    teams = {"K1": ["P1", "P2"], "K2": ["P1", "P3"]}
    for keep in ({"K1": "P1", "K2": "P3"}, {"K1": "P2", "K2": "P1"}):
        assert assign_holders(teams, {"P1", "P2", "P3"}, 1, keep) == keep  # P1 holds one: both ways are in order
