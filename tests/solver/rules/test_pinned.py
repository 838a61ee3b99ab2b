"""H9: pins by person, window, segment, appointment and leave; swaps; recorded presence."""

from dataclasses import replace
from datetime import date

import pytest

from zhiban.model.kinds import Half, LeaveKind, Line, Mode, PinMode
from zhiban.model.records import Actual, Appointment, Item, Leave, Pin, Swap, Window
from zhiban.model.roster import Roster
from zhiban.solver.rules.pinned import Pinned

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 12, d) for d in (4, 5, 6, 7))
RULE = Pinned()
WINDOWS = (Window(id="W1", name="一"), Window(id="W2", name="二"))


def kept(make_problem, roster, *pins, **overrides):
    return RULE.breaches(make_problem(pins=pins, **overrides), roster) == []


def pin(mode, day=SATURDAY, line="周末", person="P1", **more):
    return Pin(day=day, line=line, person=person, mode=mode, **more)


@pytest.mark.parametrize(("mode", "with_row"), [("必须", True), ("锁定", True), ("禁止", False)])
@pytest.mark.parametrize("day", [SATURDAY, SUNDAY])
def test_a_person_on_a_date_and_line(make_problem, rows, mode, with_row, day):
    there, elsewhere = rows.roster(rows.day(day, "P1", "P2")), rows.roster(rows.day(day, "P2"))
    rule = pin(PinMode(mode), day)
    assert kept(make_problem, there, rule) is with_row
    assert kept(make_problem, elsewhere, rule) is not with_row


def test_the_window_where_it_is_named(make_problem, rows):
    at_two = rows.roster(rows.day(SATURDAY, "P1", window="W2"))
    assert kept(make_problem, at_two, pin(PinMode.MUST), windows=WINDOWS)
    assert kept(make_problem, at_two, pin(PinMode.MUST, window="W2"), windows=WINDOWS)
    assert not kept(make_problem, at_two, pin(PinMode.MUST, window="W1"), windows=WINDOWS)
    assert kept(make_problem, at_two, pin(PinMode.MUST_NOT, window="W1"), windows=WINDOWS)


def test_the_segment_where_it_is_named(make_problem, rows):
    policy = {"granularity": "半天"}
    morning = rows.roster(rows.day(SATURDAY, "P1", only="上午"))
    assert kept(make_problem, morning, pin(PinMode.MUST, segment="上午"), policy=policy)
    assert not kept(make_problem, morning, pin(PinMode.MUST, segment="下午"), policy=policy)
    assert kept(make_problem, morning, pin(PinMode.MUST_NOT, segment="下午"), policy=policy)
    relabelled = Roster(duties=(replace(morning.duties[0], segment="早班"),))
    assert kept(make_problem, relabelled, pin(PinMode.MUST, segment="上午"), policy=policy)


def test_a_window_closed_to_everybody(make_problem, rows):
    closed = pin(PinMode.MUST_NOT, person=None, window="W1")
    assert kept(make_problem, rows.roster(rows.day(SATURDAY, "P1", window="W2")), closed, windows=WINDOWS)
    assert not kept(make_problem, rows.roster(rows.day(SATURDAY, "P1")), closed, windows=WINDOWS)


def test_outside_the_period_a_pin_is_not_read(make_problem):
    assert kept(make_problem, Roster(), pin(PinMode.MUST, date(2026, 12, 12)))


@pytest.mark.parametrize(("mode", "faults"), [("必须", [True, False]), ("禁止", [False, True])])
def test_an_appointment_whatever_its_date(make_problem, rows, mode, faults):
    booking = Appointment(
        id="Y1", registered="2026-11-30T09:00:00", channel="现场", applicant="某某", phone="0", item="S1",
        day=FRIDAY, start=600, state="已登记",
    )  # fmt: skip
    records = {"items": (Item(id="S1", name="事项", host="W1", minutes=60),), "appointments": (booking,)}
    rule = pin(PinMode(mode), SATURDAY, appointment="Y1")
    for person, fault in zip(("P2", "P1"), faults, strict=True):
        roster = rows.roster(rows.served("Y1", FRIDAY, 600, 660, {person: Mode.AT_POST}))
        assert kept(make_problem, roster, rule, **records) is not fault


def test_leave_by_half(make_problem, rows):
    away = rows.roster(rows.leave("P1", MONDAY, Half.MORNING))
    assert kept(make_problem, away, pin(PinMode.MUST, MONDAY, "调休"))
    assert kept(make_problem, away, pin(PinMode.MUST, MONDAY, "调休", segment="上午"))
    assert not kept(make_problem, away, pin(PinMode.MUST, MONDAY, "调休", segment="下午"))
    assert not kept(make_problem, away, pin(PinMode.MUST_NOT, MONDAY, "调休"))


def test_granted_leave_is_no_breach_of_a_ban(make_problem, rows):
    granted = Leave(person="P1", kind=LeaveKind.COMPENSATORY, first=MONDAY, last=MONDAY)
    roster = rows.roster([rows.leave("P1", MONDAY, half, granted=True) for half in Half])
    assert kept(make_problem, roster, pin(PinMode.MUST_NOT, MONDAY, "调休"), leaves=(granted,))


def test_leading(make_problem, rows):
    policy = {"leader_scope": "全中心", "leader_mode": "听班"}
    led = rows.roster(rows.lead(SATURDAY, "P1"))
    assert kept(make_problem, led, pin(PinMode.MUST, line="带班"), policy=policy)
    assert not kept(make_problem, led, pin(PinMode.MUST_NOT, line="带班"), policy=policy)
    assert not kept(make_problem, led, pin(PinMode.MUST, SUNDAY, "带班"), policy=policy)


def test_one_serves_for_the_other(make_problem, rows):
    swap = Swap(kind="代班", a="P1", a_day=SATURDAY, a_line=Line.WEEKEND, b="P2")
    people = {
        date_and_people: [f.person for f in RULE.breaches(make_problem(swaps=(swap,)), rows.roster(*parts))]
        for date_and_people, parts in {
            "P2": [rows.day(SATURDAY, "P2")],
            "P1": [rows.day(SATURDAY, "P1")],
            "nobody": [],
        }.items()
    }
    assert people == {"P2": [], "P1": ["P2", "P1"], "nobody": ["P2"]}


def test_both_change_places(make_problem, rows):
    swap = Swap(kind="对调", a="P1", a_day=SATURDAY, a_line=Line.WEEKEND, b="P2", b_day=SUNDAY)
    problem = make_problem(swaps=(swap,))
    assert RULE.breaches(problem, rows.roster(rows.day(SATURDAY, "P2"), rows.day(SUNDAY, "P1"))) == []
    assert len(RULE.breaches(problem, rows.roster(rows.day(SATURDAY, "P1"), rows.day(SUNDAY, "P2")))) == 4


@pytest.mark.parametrize(
    ("presence", "faults"), [("正常", 1), ("迟到", 1), ("早退", 1), ("替班", 1), ("缺岗", 1), ("空岗", 0)]
)
def test_who_was_recorded_has_the_duty(make_problem, rows, presence, faults):
    person = None if presence == "空岗" else "P1"
    actual = Actual(day=SATURDAY, line=Line.WEEKEND, window="W1", person=person, presence=presence)
    problem = make_problem(actuals=(actual,))
    assert RULE.breaches(problem, rows.roster(rows.day(SATURDAY, "P1"))) == []
    assert len(RULE.breaches(problem, rows.roster(rows.day(SATURDAY, "P2")))) == faults
