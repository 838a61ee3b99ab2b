"""H4: posts and presence where leave is placed."""

from datetime import date

import pytest

from zhiban.model.kinds import Half, LeaveKind
from zhiban.model.records import Leave, Person, Post, Window
from zhiban.model.roster import Roster
from zhiban.solver.rules.cover import Cover

FRIDAY, MONDAY = date(2026, 12, 4), date(2026, 12, 7)
RULE = Cover()
SICK = Leave(person="P2", kind=LeaveKind.SICK, first=FRIDAY, last=FRIDAY)


@pytest.mark.parametrize(("least", "missing"), [(0, []), (2, []), (3, [1])])
@pytest.mark.parametrize("day", [FRIDAY, MONDAY])
def test_enough_people_stay_at_the_window(make_problem, rows, day, least, missing):
    problem = make_problem(windows=(Window(id="W1", name="一", workday_minimum=least),))
    roster = rows.roster(rows.leave("P1", day, Half.MORNING))
    # 3 people − 1 on leave = 2
    assert [f.amount for f in RULE.breaches(problem, roster)] == missing


def test_an_empty_column_takes_the_policy(make_problem, rows):
    problem = make_problem(policy={"workday_minimum": 3})
    assert len(RULE.breaches(problem, rows.roster(rows.leave_day("P1", FRIDAY)))) == 2


def test_approved_leave_counts_among_the_absent(make_problem, rows):
    problem = make_problem(policy={"workday_minimum": 2}, leaves=(SICK,))
    found = RULE.breaches(problem, rows.roster(rows.leave("P1", FRIDAY, Half.MORNING)))
    assert [(f.segment, f.amount) for f in found] == [("上午", 1)]  # 3 − 1 ill − 1 on leave = 1 of 2


def test_by_the_input_alone_it_is_a_reminder(make_problem, rows):
    problem = make_problem(policy={"workday_minimum": 3}, leaves=(SICK,), last=FRIDAY)
    assert RULE.breaches(problem, Roster()) == []
    assert [(f.segment, f.amount) for f in RULE.reminders(problem, Roster())] == [("上午", 1), ("下午", 1)]


def test_granted_leave_is_not_judged(make_problem, rows):
    granted = Leave(person="P1", kind=LeaveKind.COMPENSATORY, first=FRIDAY, last=FRIDAY)
    problem = make_problem(policy={"workday_minimum": 3}, leaves=(granted,), last=FRIDAY)
    roster = rows.roster([rows.leave("P1", FRIDAY, half, granted=True) for half in Half])
    assert RULE.breaches(problem, roster) == []


def test_no_leave_for_the_team_of_an_empty_post(make_problem, rows):
    post = Post(id="K1", name="受理", window="W1", a="P1", b=("P2",))
    problem = make_problem(posts=(post,))
    empty = rows.cover(FRIDAY, Half.MORNING, "P1", None, "调休")
    held = rows.cover(FRIDAY, Half.MORNING, "P1", "P2", "调休")
    leave = rows.leave("P1", FRIDAY, Half.MORNING)
    assert [f.person for f in RULE.breaches(problem, rows.roster(leave, empty))] == ["P1"]
    assert RULE.breaches(problem, rows.roster(leave, held)) == []
    elsewhere = rows.roster(leave, held, rows.leave("P3", FRIDAY, Half.MORNING))
    assert RULE.breaches(problem, elsewhere) == []  # P3 is of no team


def test_a_stand_in_from_elsewhere_counts_while_holding_a_post(make_problem, rows):
    windows = (Window(id="W1", name="一", workday_minimum=1), Window(id="W2", name="二", workday_minimum=0))
    people = (
        Person(id="P1", name="员工一", window="W1"),
        Person(id="P2", name="员工二", window="W2", stand_in_windows=("W1",)),
    )
    post = Post(id="K1", name="受理", window="W1", a="P1", b=("P2",))
    leave = rows.leave("P1", FRIDAY, Half.MORNING)
    held = rows.roster(leave, rows.cover(FRIDAY, Half.MORNING, "P1", "P2", "调休"))
    assert RULE.breaches(make_problem(windows=windows, people=people, posts=(post,)), held) == []
    alone = RULE.breaches(make_problem(windows=windows, people=people), rows.roster(leave))
    assert [f.amount for f in alone] == [1]
