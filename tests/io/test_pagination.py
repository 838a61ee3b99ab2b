"""Days stay together on a page where a page can hold them."""

from zhiban.io.pagination import Piece, page_heights, paged


def test_days_flow_over_pages_whole() -> None:
    # Three days of 3 rows of 10 points; a page holds 70: two days, then one.
    days = [[10.0] * 3] * 3
    assert paged(days, 70) == [Piece(0, 0, 3, False), Piece(1, 0, 3, False), Piece(2, 0, 3, True)]
    assert page_heights(days, 70) == [60, 30]


def test_a_day_that_just_fits_needs_no_new_page() -> None:
    assert paged([[10.0] * 3, [10.0] * 4], 70) == [Piece(0, 0, 3, False), Piece(1, 0, 4, False)]


def test_a_day_larger_than_a_page_is_cut_evenly() -> None:
    # 10 rows of 10 points, a page of 60: five and five, not six and four.
    assert paged([[10.0] * 10], 60) == [Piece(0, 0, 5, False), Piece(0, 5, 10, True)]
    assert page_heights([[10.0] * 10], 60) == [50, 50]


def test_a_large_day_begins_a_page_and_a_small_one_may_follow_it() -> None:
    pieces = paged([[10.0], [10.0] * 10, [10.0]], 60)
    assert [p.new_page for p in pieces] == [False, True, True, False]


def test_no_page_holds_more_than_it_can() -> None:
    days = [[float(5 + n % 7)] * (n % 11 + 1) for n in range(40)]
    for room in (60, 100, 300):
        assert max(page_heights(days, room)) <= room
        rows = [(p.day, row) for p in paged(days, room) for row in range(p.first, p.last)]
        assert rows == [(day, row) for day, heights in enumerate(days) for row in range(len(heights))]
