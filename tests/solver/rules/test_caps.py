"""H6: months and weekends."""

from datetime import date, timedelta

import pytest

from zhiban.model.kinds import Half
from zhiban.model.problem import Previous
from zhiban.model.records import Overtime, Person
from zhiban.model.roster import Roster
from zhiban.solver.rules.caps import Caps

SATURDAY, SUNDAY = date(2026, 12, 5), date(2026, 12, 6)
RULE = Caps()


def one(**person):
    return {"people": (Person(id="P1", name="员工一", window="W1", **person),)}


def amounts(problem, roster):
    return [f.amount for f in RULE.breaches(problem, roster)]


@pytest.mark.parametrize(("cap", "over"), [(None, []), (2, []), (1, [1]), (0, [2])])
def test_weekend_dates_a_month(make_problem, rows, cap, over):
    both = rows.day(SATURDAY, "P1") + rows.day(SUNDAY, "P1")
    for order in (both, both[::-1]):
        assert amounts(make_problem(**one(weekend_cap=cap)), Roster(duties=tuple(order))) == over


def test_months_are_counted_apart(make_problem, rows):
    first, last = date(2026, 10, 31), date(2026, 11, 1)  # a Saturday and a Sunday
    problem = make_problem(first=first, last=last, **one(weekend_cap=1))
    assert amounts(problem, rows.roster(rows.day(first, "P1"), rows.day(last, "P1"))) == []


def test_the_previous_rosters_rows_of_the_month_count(make_problem, rows):
    def centre(day, cap):
        known = Previous(first=date(2026, 11, 1), last=date(2026, 12, 12), duties=tuple(rows.day(day, "P1")))
        return make_problem(first=date(2026, 12, 13), last=date(2026, 12, 20), previous=known, **one(weekend_cap=cap))

    roster = rows.roster(rows.day(date(2026, 12, 13), "P1"))
    assert amounts(centre(SATURDAY, 1), roster) == [1]
    assert amounts(centre(SATURDAY, 2), roster) == []
    assert amounts(centre(date(2026, 11, 28), 1), roster) == []
    assert amounts(centre(SATURDAY, 0), Roster()) == []  # nothing of this roster's doing


@pytest.mark.parametrize(("hours", "over"), [(0, []), (6, []), (5, [60])])
def test_credited_hours_a_month(make_problem, rows, hours, over):
    problem = make_problem(policy={"monthly_hours_cap": hours}, **one())
    assert amounts(problem, rows.roster(rows.day(SATURDAY, "P1"))) == over  # 180 + 180 = 360 minutes


def test_overtime_and_the_previous_roster_fill_the_hours(make_problem, rows):
    filed = Overtime(person="P1", day=date(2026, 12, 14), start=1020, end=1080, filed=True)
    known = Previous(first=date(2026, 12, 1), last=date(2026, 12, 12), duties=tuple(rows.day(SATURDAY, "P1")))
    problem = make_problem(
        policy={"monthly_hours_cap": 12, "credit_overtime": True},
        first=date(2026, 12, 13),
        last=date(2026, 12, 14),
        previous=known,
        overtime=(filed,),
        **one(),
    )
    # 360 of the previous roster + 60 overtime + 360 here − 720 = 60
    assert amounts(problem, rows.roster(rows.day(date(2026, 12, 13), "P1"))) == [60]


def test_what_is_not_credited_does_not_fill_the_hours(make_problem, rows):
    problem = make_problem(policy={"monthly_hours_cap": 1, "credit_weekend": False}, **one())
    assert amounts(problem, rows.roster(rows.day(SATURDAY, "P1"))) == []


def test_thirty_six_hours_beyond_leave_are_a_reminder(make_problem, rows):
    days = [SATURDAY + timedelta(days=7 * k + n) for k in range(4) for n in (0, 1)][:7]
    problem = make_problem(last=date(2026, 12, 31), **one())
    duties = [row for day in days for row in rows.day(day, "P1")]
    # 7 × 360 − 36 × 60 = 360; a whole day of leave (420) takes it below
    assert [f.amount for f in RULE.reminders(problem, rows.roster(duties))] == [360]
    rested = rows.roster(duties, rows.leave_day("P1", date(2026, 12, 21)))
    assert RULE.reminders(problem, rested) == []
    half = rows.roster(duties, rows.leave("P1", date(2026, 12, 21), Half.MORNING))
    assert [f.amount for f in RULE.reminders(problem, half)] == [180]


@pytest.mark.parametrize(("rule", "days", "faults"), [
    ("允许", (SATURDAY, SUNDAY), 0),
    ("禁止", (SATURDAY,), 0),
    ("禁止", (SATURDAY, SUNDAY), 1),
    ("禁止", (SUNDAY, date(2026, 12, 12)), 0),
    ("要求", (SATURDAY, SUNDAY), 0),
    ("要求", (), 0),
    ("要求", (SATURDAY,), 1),
    ("要求", (SUNDAY,), 1),
])  # fmt: skip
def test_both_days_of_a_weekend(make_problem, rows, rule, days, faults):
    problem = make_problem(policy={"weekend_pair": rule}, last=date(2026, 12, 13), **one())
    roster = rows.roster([row for day in days for row in rows.day(day, "P1")])
    assert len(RULE.breaches(problem, roster)) == faults


def test_one_day_is_enough_where_the_other_cannot_be(make_problem, rows):
    policy = {"weekend_pair": "要求"}
    roster = rows.roster(rows.day(SATURDAY, "P1"))
    assert amounts(make_problem(policy=policy, **one(left=SATURDAY)), roster) == []
    assert amounts(make_problem(policy=policy, last=SATURDAY, **one()), roster) == []
    saturdays = {**policy, "weekend_service": "仅周六"}
    assert amounts(make_problem(policy=saturdays, **one()), roster) == []


def test_a_saturday_of_the_previous_roster_bars_the_sunday(make_problem, rows):
    known = Previous(first=date(2026, 12, 1), last=SATURDAY, duties=tuple(rows.day(SATURDAY, "P1")))
    problem = make_problem(policy={"weekend_pair": "禁止"}, first=SUNDAY, last=SUNDAY, previous=known)
    assert len(RULE.breaches(problem, rows.roster(rows.day(SUNDAY, "P1")))) == 1
    assert RULE.breaches(problem, rows.roster(rows.day(SUNDAY, "P2"))) == []
