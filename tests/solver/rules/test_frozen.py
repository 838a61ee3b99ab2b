"""H10: what begins within the hours of notice stays."""

from datetime import date, datetime

import pytest

from zhiban.model.kinds import Half, LeaveKind, Mode
from zhiban.model.records import Appointment, Item, Leave, OpeningLot
from zhiban.model.roster import Roster
from zhiban.solver.rule import Case
from zhiban.solver.rules.frozen import Frozen

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 12, d) for d in (4, 5, 6, 7))
FRIDAY_NOON = datetime(2026, 12, 4, 12, 0)
"""24 hours of notice reach to Saturday noon."""


def people(problem, old, new, now=FRIDAY_NOON):
    return [f.person for f in Frozen().about(Case(old, now)).breaches(problem, new)]


def test_without_an_old_roster_nothing_is_frozen(make_problem, rows):
    assert Frozen().breaches(make_problem(), rows.roster(rows.day(SATURDAY, "P1"))) == []


def test_a_frozen_duty_stands_and_none_is_added(make_problem, rows):
    old = rows.roster(rows.day(SATURDAY, "P1"), rows.day(SUNDAY, "P2"))
    assert people(make_problem(), old, old) == []
    assert people(make_problem(), old, rows.roster(rows.day(SATURDAY, "P1"), rows.day(SUNDAY, "P3"))) == []
    assert people(make_problem(), old, rows.roster(rows.day(SUNDAY, "P2"))) == ["P1"]
    # P3 comes for P1, who may not go: one breach for the going, none for the coming (as many as were lost).
    assert people(make_problem(), old, rows.roster(rows.day(SATURDAY, "P3"), rows.day(SUNDAY, "P2"))) == ["P1"]
    assert people(make_problem(), old, rows.roster(rows.day(SATURDAY, "P1", "P3"), rows.day(SUNDAY, "P2"))) == ["P3"]


@pytest.mark.parametrize(
    ("now", "frozen"),
    [
        (datetime(2026, 12, 4, 9, 0), False),  # Saturday 9:00 is exactly 24 hours off: not before
        (datetime(2026, 12, 4, 9, 1), True),
    ],
)
def test_the_day_starts_with_its_first_segment(make_problem, rows, now, frozen):
    old = rows.roster(rows.day(SATURDAY, "P1"))
    for new in (rows.roster(rows.day(SATURDAY, "P2")), Roster()):
        assert (people(make_problem(), old, new, now) != []) is frozen


def test_each_segment_has_its_own_start_in_half_days(make_problem, rows):
    problem = make_problem(policy={"granularity": "半天"})
    old = rows.roster(rows.day(SATURDAY, "P1"))
    assert people(problem, old, rows.roster(rows.day(SATURDAY, "P1", only="上午"))) == []  # 13:00 is after noon
    assert people(problem, old, rows.roster(rows.day(SATURDAY, "P1", only="下午"))) == ["P1"]


def test_who_is_no_longer_available_may_go_and_be_replaced(make_problem, rows):
    sick = Leave(person="P1", kind=LeaveKind.SICK, first=SATURDAY, last=SATURDAY)
    problem = make_problem(leaves=(sick,))
    old = rows.roster(rows.day(SATURDAY, "P1"))
    assert people(problem, old, rows.roster(rows.day(SATURDAY, "P2"))) == []
    assert people(problem, old, Roster()) == []
    assert people(problem, old, rows.roster(rows.day(SATURDAY, "P2", "P3"))) in (["P2"], ["P3"])


def test_leave_is_frozen_and_none_is_added(make_problem, rows):
    lots = (OpeningLot(person="P1", earned=date(2026, 11, 1), minutes=1000),)
    problem = make_problem(opening=lots)
    away = rows.roster(rows.leave("P1", FRIDAY, Half.AFTERNOON))
    assert people(problem, away, Roster()) == ["P1"]
    assert people(problem, Roster(), away) == ["P1"]
    later = rows.roster(rows.leave("P1", MONDAY, Half.MORNING))
    assert people(problem, Roster(), later) == []
    sick = Leave(person="P1", kind=LeaveKind.SICK, first=FRIDAY, last=FRIDAY)
    assert people(make_problem(opening=lots, leaves=(sick,)), away, Roster()) == []


def test_newly_granted_leave_is_the_inputs(make_problem, rows):
    granted = Leave(person="P1", kind=LeaveKind.COMPENSATORY, first=FRIDAY, last=FRIDAY)
    roster = rows.roster([rows.leave("P1", FRIDAY, half, granted=True) for half in Half])
    assert people(make_problem(leaves=(granted,)), Roster(), roster) == []


def test_a_leader_is_frozen(make_problem, rows):
    problem = make_problem(policy={"leader_scope": "全中心", "leader_mode": "听班"}, leaders=())
    old = rows.roster(rows.lead(SATURDAY, "P1"))
    # Nobody is a leader any more, so that H2 fails for leading: he may go.
    assert people(problem, old, Roster()) == []


def booked(make_problem, start=600, state="已登记", **more):
    booking = Appointment(
        id="Y1", registered="2026-11-30T09:00:00", channel="现场", applicant="某某", phone="0", item="S1",
        day=SATURDAY, start=start, state=state,
    )  # fmt: skip
    items = (Item(id="S1", name="事项", host="W1", minutes=60),)
    return make_problem(items=items, appointments=(booking,), **more)


def served(rows, *people, start=600, met=True):
    each = [rows.call_in("Y1", SATURDAY, start, start + 60, p) for p in people]
    return rows.roster(
        each, rows.served("Y1", SATURDAY, start, start + 60, dict.fromkeys(people, Mode.CALL_IN), met=met)
    )


@pytest.mark.parametrize(("hours", "frozen"), [(12, False), (24, True), (22, False), (23, True)])
def test_appointments_have_their_own_hours(make_problem, rows, hours, frozen):
    problem = booked(make_problem, policy={"appointment_change_hours": hours})  # Saturday 10:00 is 22 hours off
    old, new = served(rows, "P1"), served(rows, "P2")
    assert people(problem, old, old) == []
    assert (people(problem, old, new) != []) is frozen


def test_a_changed_appointment_may_be_served_anew(make_problem, rows):
    policy = {"appointment_change_hours": 24}
    old = served(rows, "P1")
    assert people(booked(make_problem, 570, policy=policy), old, served(rows, "P2", start=570)) == []
    assert people(booked(make_problem, state="申请人取消", policy=policy), old, Roster()) == []


def test_an_appointment_that_was_unmet_or_unknown_may_be_served(make_problem, rows):
    problem = booked(make_problem, policy={"appointment_change_hours": 24})
    for old in (Roster(), served(rows, met=False)):
        assert people(problem, old, served(rows, "P1")) == []
    assert people(problem, served(rows, "P1"), served(rows, "P1", "P2")) == ["P2"]
