"""H7: presence on a day with lunch duty."""

from datetime import date

import pytest

from zhiban.model.kinds import Half, LeaveKind
from zhiban.model.records import Leave
from zhiban.solver.rules.lunch import LunchPresence

FRIDAY, MONDAY = date(2026, 12, 4), date(2026, 12, 7)
RULE = LunchPresence()
LUNCH = {"lunch_service": "值班"}


@pytest.mark.parametrize("day", [FRIDAY, MONDAY])
def test_one_half_present_is_enough(make_problem, rows, day):
    problem = make_problem(policy=LUNCH)
    duty = rows.lunch(day, "P1")
    assert RULE.breaches(problem, rows.roster(duty)) == []
    for half in Half:
        assert RULE.breaches(problem, rows.roster(duty, rows.leave("P1", day, half))) == []
    found = RULE.breaches(problem, rows.roster(rows.leave_day("P1", day), duty))
    assert [(f.person, f.day) for f in found] == [("P1", day)]


def test_approved_leave_and_comp_leave_add_up(make_problem, rows):
    morning = Leave(
        person="P1", kind=LeaveKind.MEETING, first=FRIDAY, first_half=Half.MORNING, last=FRIDAY, last_half=Half.MORNING
    )
    problem = make_problem(policy=LUNCH, leaves=(morning,))
    duty = rows.lunch(FRIDAY, "P1")
    assert RULE.breaches(problem, rows.roster(duty)) == []
    assert len(RULE.breaches(problem, rows.roster(duty, rows.leave("P1", FRIDAY, Half.AFTERNOON)))) == 1


def test_weekend_duty_is_none_of_its_business(make_problem, rows):
    assert RULE.breaches(make_problem(), rows.roster(rows.day(date(2026, 12, 5), "P1"))) == []
