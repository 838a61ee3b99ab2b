"""The envelope of lone halves against every way to take leave."""

from itertools import product

import pytest

from zhiban.solver.building.lone_halves import envelope


def fewest_lone_halves(certain: int, morning: int, whole: int, most: int = 7) -> dict[int, int]:
    """By what is left: the fewest halves alone, over days of credit and days, mornings and afternoons of leave."""
    found: dict[int, int] = {}
    for earned, days, mornings, afternoons in product(range(3), range(3), range(most), range(most)):
        left = certain + whole * (earned - days) - morning * mornings - (whole - morning) * afternoons
        if left >= 0:
            found[left] = min(found.get(left, mornings + afternoons), mornings + afternoons)
    return found


@pytest.mark.parametrize(("morning", "whole"), [(180, 420), (180, 360), (210, 450), (240, 420)])
@pytest.mark.parametrize("certain", [0, 60, 180, 200, 420, 500, 720])
def test_no_way_to_take_leave_lies_below_it(certain, morning, whole):
    facets = envelope(certain, morning, whole)
    ways = fewest_lone_halves(certain, morning, whole)
    for (low, most), (high, least) in facets:
        assert low < high
        assert most > least
        for left, lone in ways.items():
            assert (high - low) * lone + (most - least) * left >= most * high - least * low


def test_using_up_half_a_day_takes_one_half():
    # 600 minutes, mornings of 180, days of 420: a day and a morning use up all. With nothing alone 180 stay.
    assert envelope(600, 180, 420)[-1][1] == (180, 0)
    assert envelope(600, 180, 420)[0][0] == (0, 1)


def test_whole_days_of_credit_need_no_halves():
    assert envelope(840, 180, 420) == []
