"""H5: runs of work, at the seams too. Friday 2026-12-04; Monday to Friday before are workdays."""

from datetime import date

import pytest

from zhiban.model.days import HolidayKind, HolidayRow
from zhiban.model.kinds import Half, LeaveKind
from zhiban.model.problem import Previous
from zhiban.model.records import Leave, OpeningLot
from zhiban.model.roster import Roster
from zhiban.solver.rules.rest import Rest

MONDAY, FRIDAY, SATURDAY, SUNDAY = date(2026, 12, 7), date(2026, 12, 4), date(2026, 12, 5), date(2026, 12, 6)
RULE = Rest()


def amounts(problem, roster):
    return [(f.person, f.amount) for f in RULE.breaches(problem, roster)]


def test_six_days_in_a_row_are_lawful(make_problem, rows):
    assert amounts(make_problem(), rows.roster(rows.day(SATURDAY, "P1"), rows.day(SUNDAY, "P2"))) == []


def test_both_days_of_a_weekend_after_a_week_of_work(make_problem, rows):
    both = rows.day(SATURDAY, "P1") + rows.day(SUNDAY, "P1")
    # Mon 30 Nov … Mon 7 Dec, as the period ends there: 8 days − 6 = 2 windows of 7
    for order in (both, both[::-1]):
        assert amounts(make_problem(), Roster(duties=tuple(order))) == [("P1", 2)]
    assert amounts(make_problem(last=SUNDAY), rows.roster(both)) == [("P1", 1)]


def test_leave_of_a_whole_day_breaks_the_run_and_of_half_a_day_does_not(make_problem, rows):
    both = rows.day(SATURDAY, "P1") + rows.day(SUNDAY, "P1")
    problem = make_problem(last=SUNDAY)
    assert amounts(problem, rows.roster(both, rows.leave_day("P1", FRIDAY))) == []
    assert amounts(problem, rows.roster(both, rows.leave("P1", FRIDAY, Half.MORNING))) == [("P1", 1)]


@pytest.mark.parametrize(("kind", "faults"), [(LeaveKind.ANNUAL, 0), (LeaveKind.TRAINING, 1), (LeaveKind.MEETING, 1)])
def test_training_and_the_like_are_work(make_problem, rows, kind, faults):
    leave = Leave(person="P1", kind=kind, first=FRIDAY, last=FRIDAY)
    problem = make_problem(last=SUNDAY, leaves=(leave,))
    roster = rows.roster(rows.day(SATURDAY, "P1"), rows.day(SUNDAY, "P1"))
    assert len(RULE.breaches(problem, roster)) == faults


@pytest.mark.parametrize(("limit", "faults"), [(5, 1), (6, 0), (7, 0)])
def test_the_limit_is_the_policys(make_problem, rows, limit, faults):
    problem = make_problem(policy={"max_days_in_row": limit}, last=SATURDAY)
    assert len(RULE.breaches(problem, rows.roster(rows.day(SATURDAY, "P1")))) == faults  # Mon … Sat = 6 days


def test_the_previous_roster_counts_before_the_first_day(make_problem, rows):
    before = [row for day in (date(2026, 11, 28), date(2026, 11, 29)) for row in rows.day(day, "P1")]
    problem = make_problem(first=date(2026, 11, 30), last=FRIDAY)
    # Without a previous roster the weekend before was free.
    assert amounts(problem, Roster()) == []
    known = Previous(first=date(2026, 11, 1), last=date(2026, 11, 29), duties=tuple(before))
    lots = (OpeningLot(person="P1", earned=date(2026, 11, 1), minutes=1000),)
    # Mon 23 Nov … Fri 4 Dec = 12 days, looked at from Tue 24 on = 11 days: 11 − 6 = 5 windows
    with_previous = make_problem(first=date(2026, 11, 30), last=FRIDAY, previous=known, opening=lots)
    assert amounts(with_previous, Roster()) == [("P1", 5)]
    # A whole day of leave on Monday leaves Tue … Sun: 6 days. One on Tuesday is one day late.
    assert amounts(with_previous, rows.roster(rows.leave_day("P1", date(2026, 11, 30)))) == []
    assert amounts(with_previous, rows.roster(rows.leave_day("P1", date(2026, 12, 1)))) == [("P1", 1)]
    off = known.model_copy(update={"leaves": tuple(rows.leave_day("P1", date(2026, 11, 27)))})
    # From Sat 28 on: 7 days in a row, 1 window
    with_rest = make_problem(first=date(2026, 11, 30), last=FRIDAY, previous=off, opening=lots)
    assert amounts(with_rest, Roster()) == [("P1", 1)]


def test_a_seam_that_no_roster_can_mend_is_a_reminder(make_problem, rows):
    before = [row for day in (date(2026, 11, 28), date(2026, 11, 29)) for row in rows.day(day, "P1")]
    known = Previous(first=date(2026, 11, 1), last=date(2026, 11, 29), duties=tuple(before))
    centre = {"first": date(2026, 11, 30), "last": SATURDAY, "previous": known}
    without_credit = make_problem(**centre)
    assert amounts(without_credit, Roster()) == []
    assert [(f.person, f.amount) for f in RULE.reminders(without_credit, Roster())] == [("P1", 5)]
    # Saturday's duty is of this roster's making: Sun 29 Nov … Sat 5 Dec is a breach
    assert amounts(without_credit, rows.roster(rows.day(SATURDAY, "P1"))) == [("P1", 1)]


def test_workdays_alone_are_a_reminder(make_problem):
    rows = tuple(HolidayRow(date=day, kind=HolidayKind.MAKE_UP) for day in (SATURDAY, SUNDAY))
    problem = make_problem(holidays=rows, last=SUNDAY)
    assert RULE.breaches(problem, Roster()) == []
    assert [f.person for f in RULE.reminders(problem, Roster())] == ["P1", "P2", "P3"]


def test_on_call_leading_is_no_work(make_problem, rows):
    policy = {"leader_scope": "全中心", "leader_mode": "听班"}
    roster = rows.roster(rows.lead(SATURDAY, "P1"), rows.lead(SUNDAY, "P1"))
    assert amounts(make_problem(policy=policy), roster) == []
