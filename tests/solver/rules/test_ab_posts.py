"""D2: holders, their order, 兼岗上限 and what 顶岗明细 must say."""

from datetime import date

import pytest

from zhiban.model.kinds import Half, LeaveKind
from zhiban.model.records import Leave, Person, Post
from zhiban.model.roster import Roster
from zhiban.solver.rules.ab_posts import AbPosts

FRIDAY, SATURDAY = date(2026, 12, 4), date(2026, 12, 5)
RULE = AbPosts()
POST = Post(id="K1", name="受理", window="W1", a="P1", b=("P2", "P3"))
A_AWAY = Leave(
    person="P1", kind=LeaveKind.ANNUAL, first=FRIDAY, first_half=Half.MORNING, last=FRIDAY, last_half=Half.MORNING
)


def judged(problem, roster):
    """The people of the breaches, and the number of empty post-segments."""
    return [f.person for f in RULE.breaches(problem, roster)], len(RULE.unmet(problem, roster))


def test_a_present_holds_without_any_row(make_problem):
    assert judged(make_problem(posts=(POST,), last=FRIDAY), Roster()) == ([], 0)


def test_the_absence_of_a_needs_a_row(make_problem, rows):
    problem = make_problem(posts=(POST,), leaves=(A_AWAY,), last=FRIDAY)
    assert judged(problem, Roster()) == (["P1"], 1)
    assert judged(problem, rows.roster(rows.cover(FRIDAY, Half.MORNING, "P1", "P2"))) == ([], 0)


def test_comp_leave_is_an_absence_too(make_problem, rows):
    problem = make_problem(posts=(POST,), last=FRIDAY)
    assert judged(problem, rows.roster(rows.leave("P1", FRIDAY, Half.AFTERNOON))) == (["P1"], 1)


def test_an_empty_post_is_unmet_and_no_breach(make_problem, rows):
    problem = make_problem(posts=(POST,), leaves=(A_AWAY,), last=FRIDAY)
    assert judged(problem, rows.roster(rows.cover(FRIDAY, Half.MORNING, "P1", None))) == ([], 1)


def test_the_earlier_stand_in_goes_first(make_problem, rows):
    problem = make_problem(posts=(POST,), leaves=(A_AWAY,), last=FRIDAY)
    assert judged(problem, rows.roster(rows.cover(FRIDAY, Half.MORNING, "P1", "P3"))) == (["P2"], 0)


def test_the_later_stand_in_may_serve_while_the_earlier_is_at_the_cap(make_problem, rows):
    own = Post(id="K2", name="审核", window="W1", a="P2")
    problem = make_problem(posts=(POST, own), leaves=(A_AWAY,), last=FRIDAY, policy={"post_cap": 1})
    assert judged(problem, rows.roster(rows.cover(FRIDAY, Half.MORNING, "P1", "P3"))) == ([], 0)


def test_no_row_while_a_is_there_and_free(make_problem, rows):
    problem = make_problem(posts=(POST,), last=FRIDAY)
    assert judged(problem, rows.roster(rows.cover(FRIDAY, Half.MORNING, "P1", "P2"))) == (["P1"], 0)
    assert judged(problem, rows.roster(rows.cover(FRIDAY, Half.MORNING, "P1", None))) == (["P1"], 1)


def test_a_at_the_cap_may_be_stood_in_for_and_must_be(make_problem, rows):
    posts = (POST, POST.model_copy(update={"id": "K2"}))
    problem = make_problem(posts=posts, last=FRIDAY, policy={"post_cap": 1})
    relief = [rows.cover(FRIDAY, half, "P1", "P2", "兼岗", "K2") for half in Half]
    assert judged(problem, rows.roster(*relief)) == ([], 0)
    found = RULE.breaches(problem, rows.roster(relief[0]))
    assert [(f.person, f.amount) for f in found] == [("P1", 1)]  # 2 posts in the afternoon, 兼岗上限 1


@pytest.mark.parametrize("stand_in", ["P4", "P1"])
def test_only_present_members_of_the_team_hold(make_problem, rows, stand_in):
    problem = make_problem(posts=(POST,), leaves=(A_AWAY,), last=FRIDAY)
    found = RULE.breaches(problem, rows.roster(rows.cover(FRIDAY, Half.MORNING, "P1", stand_in)))
    assert stand_in in [f.person for f in found]


def test_a_stand_in_on_leave_does_not_hold(make_problem, rows):
    problem = make_problem(posts=(POST,), leaves=(A_AWAY,), last=FRIDAY)
    roster = rows.roster(rows.cover(FRIDAY, Half.MORNING, "P1", "P2"), rows.leave("P2", FRIDAY, Half.MORNING))
    assert judged(problem, roster)[0] == ["P2"]


def test_a_post_open_at_weekends_is_held_by_the_row_that_names_it(make_problem, rows):
    post = POST.model_copy(update={"open_weekend": True})
    problem = make_problem(posts=(post,), first=SATURDAY, last=SATURDAY)
    assert judged(problem, rows.roster(rows.day(SATURDAY, "P1"))) == ([], 2)  # two segments, nobody named
    assert judged(problem, rows.roster(rows.day(SATURDAY, "P1", posts=("K1",)))) == ([], 0)
    both = rows.day(SATURDAY, "P1") + rows.day(SATURDAY, "P2", posts=("K1",))
    for order in (both, both[::-1]):
        assert judged(problem, Roster(duties=tuple(order))) == (["P1", "P1"], 0)  # A is there and free
    assert judged(problem, rows.roster(rows.day(SATURDAY, "P2", posts=("K1",)))) == ([], 0)


def test_one_holder_a_post(make_problem, rows):
    post = POST.model_copy(update={"open_weekend": True})
    problem = make_problem(posts=(post,), first=SATURDAY, last=SATURDAY)
    found = RULE.breaches(problem, rows.roster(rows.day(SATURDAY, "P1", "P2", posts=("K1",))))
    assert len(found) == 2 and all("一岗有2人" in f.text for f in found)


@pytest.mark.parametrize(
    ("first", "last", "open_halves"), [(FRIDAY, FRIDAY, 2), (SATURDAY, None, 0), (None, FRIDAY, 2)]
)
def test_a_post_is_open_on_its_first_and_last_day(make_problem, first, last, open_halves):
    gone = Person(id="P9", name="员工九", window="W1", left=date(2026, 11, 30))
    post = POST.model_copy(update={"valid_from": first, "valid_to": last, "a": "P9", "b": ()})
    problem = make_problem(posts=(post,), last=SATURDAY, people=(*make_problem().people, gone))
    assert len(RULE.unmet(problem, Roster())) == open_halves
