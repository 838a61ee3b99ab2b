"""H2: employment, leave, taking part, exemption."""

from datetime import date

import pytest

from zhiban.model.kinds import Half, LeaveKind
from zhiban.model.records import Appointment, Item, LeaderRow, Leave, Person, Window
from zhiban.solver.rules.availability import Availability

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 12, d) for d in (4, 5, 6, 7))
RULE = Availability()


def breaches(make_problem, roster, policy=None, **person):
    records = {k: person.pop(k) for k in ("leaves", "leaders", "windows", "items", "appointments") if k in person}
    one = Person(id="P1", name="员工一", window="W1", **person)
    return [f.person for f in RULE.breaches(make_problem(policy=policy, people=(one,), **records), roster)]


@pytest.mark.parametrize(
    ("person", "faults"),
    [
        ({}, 0),
        ({"hired": SATURDAY, "left": SATURDAY}, 0),
        ({"hired": SUNDAY}, 1),
        ({"left": FRIDAY}, 1),
        ({"joins_weekend": False}, 1),
        ({"joins_holiday": False, "joins_lunch": False}, 0),
        ({"exempt_from": SATURDAY}, 1),
        ({"exempt_to": SATURDAY}, 1),
        ({"exempt_from": SUNDAY}, 0),
        ({"exempt_to": FRIDAY}, 0),
        ({"exempt_from": SATURDAY, "exempt_to": SATURDAY}, 1),
    ],
)
def test_weekend_duty(make_problem, rows, person, faults):
    roster = rows.roster(rows.day(SATURDAY, "P1"))
    assert len(breaches(make_problem, roster, **person)) == faults


def leave(first, last, first_half=None, last_half=None, **more):
    given = {"kind": LeaveKind.ANNUAL, **more}
    return Leave(person="P1", first=first, last=last, first_half=first_half, last_half=last_half, **given)


@pytest.mark.parametrize(
    ("leaves", "faults"),
    [
        (leave(FRIDAY, SATURDAY), 1),
        (leave(SATURDAY, MONDAY), 1),
        (leave(FRIDAY, FRIDAY), 0),
        (leave(SUNDAY, MONDAY), 0),
        (leave(FRIDAY, SATURDAY, None, Half.MORNING), 1),
        (leave(SATURDAY, SATURDAY, kind=LeaveKind.BUSINESS), 1),
        (leave(SATURDAY, SATURDAY, approved=False), 0),
    ],
)
def test_approved_leave_of_any_kind(make_problem, rows, leaves, faults):
    assert len(breaches(make_problem, rows.roster(rows.day(SATURDAY, "P1")), leaves=(leaves,))) == faults


def test_half_a_day_of_leave_ends_at_noon_off_workdays(make_problem, rows):
    morning = leave(SATURDAY, SATURDAY, Half.MORNING, Half.MORNING)
    policy = {"granularity": "半天"}
    later = rows.roster(rows.day(SATURDAY, "P1", only="下午"))
    assert breaches(make_problem, later, policy, leaves=(morning,)) == []
    sooner = rows.roster(rows.day(SATURDAY, "P1", only="上午"))
    assert breaches(make_problem, sooner, policy, leaves=(morning,)) == ["P1"]


def test_lunch_lies_outside_both_halves_of_leave(make_problem, rows):
    policy = {"lunch_service": "值班"}
    roster = rows.roster(rows.lunch(FRIDAY, "P1"))
    for half in Half:
        assert breaches(make_problem, roster, policy, leaves=(leave(FRIDAY, FRIDAY, half, half),)) == []
    assert breaches(make_problem, roster, policy, leaves=(leave(FRIDAY, FRIDAY),)) == ["P1"]
    assert breaches(make_problem, roster, policy, joins_lunch=False) == ["P1"]


@pytest.mark.parametrize(
    ("day", "start", "person", "faults"),
    [
        (SATURDAY, 600, {"joins_weekend": False}, 1),
        (SATURDAY, 600, {"joins_lunch": False, "joins_holiday": False}, 0),
        (FRIDAY, 1080, {"joins_weekend": False, "joins_lunch": False}, 0),
        (FRIDAY, 1080, {"exempt_from": FRIDAY}, 1),
    ],
)
def test_called_in(make_problem, rows, day, start, person, faults):
    booking = Appointment(
        id="Y1", registered="2026-11-30T09:00:00", channel="现场", applicant="某某", phone="0", item="S1", day=day,
        start=start, state="已登记",
    )  # fmt: skip
    records = {"items": (Item(id="S1", name="事项", host="W1", minutes=60),), "appointments": (booking,)}
    roster = rows.roster(rows.call_in("Y1", day, start, start + 60, "P1"))
    assert len(breaches(make_problem, roster, **person, **records)) == faults


@pytest.mark.parametrize(
    ("mode", "row", "person", "faults"),
    [
        ("听班", {}, {}, 0),
        ("听班", {"joins": "节假日"}, {}, 1),
        ("听班", {"joins": "周末"}, {}, 0),
        ("听班", {"unavailable": (SATURDAY,)}, {}, 1),
        ("听班", {"unavailable": (SUNDAY,)}, {}, 0),
        ("听班", {}, {"exempt_from": SATURDAY, "joins_weekend": False}, 0),
        ("听班", {}, {"left": FRIDAY}, 1),
        ("在岗", {}, {"exempt_from": SATURDAY}, 1),
        ("在岗", {}, {"joins_weekend": False}, 0),
    ],
)
def test_leading_alone_or_on_call(make_problem, rows, mode, row, person, faults):
    """His own window W0 keeps no weekend duty, so that 在岗 he leads alone."""
    windows = (Window(id="W1", name="一"), Window(id="W0", name="主任室", weekend_minimum=0))
    people = (Person(id="P1", name="主任", window="W0", **person), Person(id="P2", name="员工二", window="W1"))
    problem = make_problem(
        policy={"leader_scope": "全中心", "leader_mode": mode},
        windows=windows,
        people=people,
        leaders=(LeaderRow(person="P1", **row),),
    )
    assert len(RULE.breaches(problem, rows.roster(rows.lead(SATURDAY, "P1")))) == faults
