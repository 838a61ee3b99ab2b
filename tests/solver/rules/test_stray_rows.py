"""F1: rows of no duty."""

from dataclasses import replace
from datetime import date

import pytest

from zhiban.model.kinds import Half, LeaveKind, Line, Mode
from zhiban.model.records import Appointment, Item, Leave, Post, Window
from zhiban.model.roster import Roster
from zhiban.solver.rules.stray_rows import StrayRows

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 12, d) for d in (4, 5, 6, 7))
RULE = StrayRows()


def count(problem, roster):
    return len(RULE.breaches(problem, roster))


@pytest.mark.parametrize("day", [SATURDAY, SUNDAY])
def test_rows_of_a_duty_belong(make_problem, rows, day):
    both = rows.day(day, "P1")
    for order in (both, both[::-1]):
        assert count(make_problem(first=SATURDAY, last=SUNDAY), Roster(duties=tuple(order))) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"day": FRIDAY},
        {"day": date(2026, 12, 12)},
        {"person": "P9"},
        {"window": "W9"},
        {"line": Line.HOLIDAY},
        {"line": Line.LUNCH},
    ],
)
def test_a_row_of_another_day_person_window_or_line(make_problem, rows, change):
    changed = [replace(row, **change) for row in rows.day(SATURDAY, "P1")]
    assert count(make_problem(), rows.roster(changed)) == 2


def test_a_row_with_other_times_and_the_half_day_it_leaves(make_problem, rows):
    morning, afternoon = rows.day(SATURDAY, "P1")
    found = count(make_problem(), rows.roster(replace(morning, start=570), afternoon))
    assert found == 2  # the row itself, and the afternoon that is now a part of the day only


def test_a_part_of_a_day_is_no_duty_in_whole_days(make_problem, rows):
    part = rows.roster(rows.day(SATURDAY, "P1", only="上午"))
    assert count(make_problem(), part) == 1
    assert count(make_problem(policy={"granularity": "半天"}), part) == 0


def test_no_row_where_the_window_keeps_no_duty(make_problem, rows):
    problem = make_problem(windows=(Window(id="W1", name="一", weekend_minimum=0),))
    assert count(problem, rows.roster(rows.day(SATURDAY, "P1"))) == 2


def test_leading_a_unit_in_whole(make_problem, rows):
    problem = make_problem(policy={"leader_scope": "全中心", "leader_mode": "听班"})
    assert count(problem, rows.roster(rows.lead(SATURDAY, "P1"))) == 0
    assert count(problem, rows.roster(rows.lead(SATURDAY, "P1", only="上午"))) == 1
    assert count(problem, rows.roster(rows.lead(SATURDAY, "P1", "甲组"))) == 2
    assert count(problem, rows.roster(rows.lead(MONDAY, "P1"))) == 2


def test_posts_named_where_they_are_open(make_problem, rows):
    post = Post(id="K1", name="受理", window="W1", a="P1", open_weekend=True)
    assert count(make_problem(posts=(post,)), rows.roster(rows.day(SATURDAY, "P1", posts=("K1",)))) == 0
    closed = post.model_copy(update={"valid_to": FRIDAY})
    assert count(make_problem(posts=(closed,)), rows.roster(rows.day(SATURDAY, "P1", posts=("K1",)))) == 2


def test_stand_in_rows_of_an_open_half_once(make_problem, rows):
    problem = make_problem(posts=(Post(id="K1", name="受理", window="W1", a="P1", b=("P2",)),))
    row = rows.cover(FRIDAY, Half.MORNING, "P1", "P2")
    assert count(problem, rows.roster(row)) == 0
    assert count(problem, rows.roster(row, replace(row, stand_in=None))) == 1
    assert count(problem, rows.roster(replace(row, day=SATURDAY))) == 1
    assert count(problem, rows.roster(replace(row, post="K9"))) == 1
    assert count(problem, rows.roster(replace(row, stand_in="P9"))) == 1


def test_appointment_rows_and_call_ins(make_problem, rows):
    booking = Appointment(
        id="Y1", registered="2026-11-30T09:00:00", channel="现场", applicant="某某", phone="0", item="S1",
        day=SATURDAY, start=600, state="已登记",
    )  # fmt: skip
    items = (Item(id="S1", name="事项", host="W1", minutes=60),)
    problem = make_problem(items=items, appointments=(booking,))
    row, served = (
        rows.call_in("Y1", SATURDAY, 600, 660, "P1"),
        rows.served("Y1", SATURDAY, 600, 660, {"P1": Mode.CALL_IN}),
    )
    assert count(problem, rows.roster(row, served)) == 0
    assert count(problem, rows.roster(row)) == 1
    assert count(problem, rows.roster(replace(row, end=690), served)) == 1
    assert count(problem, rows.roster(row, served, replace(served, met=False))) == 1
    assert count(problem, rows.roster(row, served, replace(served, appointment="Y9"))) == 1
    cancelled = booking.model_copy(update={"state": "申请人取消"})
    assert count(make_problem(items=items, appointments=(cancelled,)), rows.roster(row, served)) == 2


def test_granted_leave_is_what_the_input_grants(make_problem, rows):
    granted = Leave(person="P1", kind=LeaveKind.COMPENSATORY, first=FRIDAY, last=FRIDAY)
    given = [rows.leave("P1", FRIDAY, half, granted=True) for half in Half]
    assert count(make_problem(leaves=(granted,)), rows.roster(given)) == 0
    assert count(make_problem(), rows.roster(given)) == 2
    assert count(make_problem(), rows.roster(rows.leave("P1", date(2026, 12, 8), Half.MORNING))) == 1
