"""F2: credits, roles, reasons, 满足, and the sheets that sum up."""

from dataclasses import replace
from datetime import date

import pytest

from zhiban.model.kinds import Half, LeaveKind, Line, Mode, Role
from zhiban.model.records import Actual, Appointment, Item, LeaderRow, Leave, Person, Post, Window
from zhiban.model.roster import Roster
from zhiban.model.stated import Stated
from zhiban.solver.rule import Case
from zhiban.solver.rules.stated_values import StatedValues
from zhiban.solver.verify import judge

FRIDAY, SATURDAY, SUNDAY = (date(2026, 12, d) for d in (4, 5, 6))
RULE = StatedValues()


def count(problem, roster):
    return len(RULE.breaches(problem, roster))


@pytest.mark.parametrize(
    ("policy", "credited"),
    [({}, 180), ({"credit_weekend": False}, 0), ({"credit_ratio": 1.5}, 270), ({"credit_ratio": "0.125"}, 23)],
)
def test_credit_of_weekend_duty(make_problem, rows, policy, credited):
    problem = make_problem(policy=policy)  # 180 × 0.125 = 22.5, rounded half up
    assert count(problem, rows.roster(rows.day(SATURDAY, "P1", credited=credited))) == 0
    assert count(problem, rows.roster(rows.day(SATURDAY, "P1", credited=credited + 1))) == 2


@pytest.mark.parametrize(
    ("presence", "arrived", "departed", "credited"),
    [
        ("正常", None, None, 180),
        ("迟到", 570, 720, 150),
        ("早退", 500, 700, 160),
        ("缺岗", None, None, 0),
        ("迟到", 570, None, 180),
    ],
)
def test_credit_by_recorded_presence(make_problem, rows, presence, arrived, departed, credited):
    actual = Actual(
        day=SATURDAY, line=Line.WEEKEND, segment="上午", window="W1", person="P1", arrived=arrived, departed=departed,
        presence=presence,
    )  # fmt: skip
    duty = rows.day(SATURDAY, "P1")
    right = rows.roster(replace(duty[0], credited=credited), duty[1])
    assert count(make_problem(actuals=(actual,)), right) == 0
    if credited != 180:
        assert count(make_problem(actuals=(actual,)), rows.roster(duty)) == 1


def call_in(make_problem, rows, day, start, minutes, credited, mode=Mode.CALL_IN, **policy):
    booking = Appointment(
        id="Y1", registered="2026-11-30T09:00:00", channel="现场", applicant="某某", phone="0", item="S1", day=day,
        start=start, duration=minutes, state="已登记",
    )  # fmt: skip
    problem = make_problem(policy=policy, items=(Item(id="S1", name="事项", host="W1"),), appointments=(booking,))
    row = rows.call_in("Y1", day, start, start + minutes, "P1", credited=credited)
    return count(problem, rows.roster(row, rows.served("Y1", day, start, start + minutes, {"P1": mode})))


def test_a_call_in_earns_nothing_in_working_halves(make_problem, rows):
    assert call_in(make_problem, rows, SATURDAY, 600, 90, 90) == 0
    assert call_in(make_problem, rows, SATURDAY, 600, 90, 90, credit_call_in=False) == 1
    # Friday 16:30–18:00: 30 minutes lie in the afternoon that ends at 17:00, 60 are credited
    assert call_in(make_problem, rows, FRIDAY, 990, 90, 60) == 0
    assert call_in(make_problem, rows, FRIDAY, 990, 90, 90) == 1


def test_leading_is_credited_alone_only(make_problem, rows):
    windows = (Window(id="W1", name="一"), Window(id="W0", name="主任室", weekend_minimum=0))
    people = (Person(id="P1", name="员工一", window="W1"), Person(id="D1", name="主任", window="W0"))
    problem = make_problem(
        policy={"leader_scope": "全中心", "leader_mode": "在岗"},
        windows=windows,
        people=people,
        leaders=(LeaderRow(person="P1"), LeaderRow(person="D1")),
    )
    assert count(problem, rows.roster(rows.lead(SATURDAY, "D1", credited=180))) == 0
    assert count(problem, rows.roster(rows.lead(SATURDAY, "D1", credited=0))) == 2
    beside = rows.roster(rows.day(SATURDAY, "P1"), rows.lead(SATURDAY, "P1"))
    assert count(problem, beside) == 0


def test_roles(make_problem, rows):
    assert count(make_problem(), rows.roster(rows.day(SATURDAY, "P1", role=Role.HOST))) == 2


@pytest.mark.parametrize(
    ("leaves", "placed", "person", "reason"),
    [
        ((LeaveKind.ANNUAL,), False, {}, "年休假"),
        ((LeaveKind.MEETING,), False, {}, "会议"),
        ((), True, {}, "调休"),
        ((), False, {"hired": SATURDAY}, "未到岗"),
        ((), False, {"left": date(2026, 12, 3)}, "离岗"),
        ((), False, {}, "兼岗"),
    ],
)
def test_reasons_of_stand_in_rows(make_problem, rows, leaves, placed, person, reason):
    problem = make_problem(
        posts=(Post(id="K1", name="受理", window="W1", a="P1", b=("P2",)),),
        leaves=tuple(Leave(person="P1", kind=kind, first=FRIDAY, last=FRIDAY) for kind in leaves),
        people=(Person(id="P1", name="员工一", window="W1", **person), Person(id="P2", name="员工二", window="W1")),
        last=FRIDAY,
    )
    away = rows.leave_day("P1", FRIDAY) if placed else []
    right = [rows.cover(FRIDAY, half, "P1", "P2", reason) for half in Half]
    assert count(problem, rows.roster(away, *right)) == 0
    wrong = [replace(row, reason="事假") for row in right]
    assert count(problem, rows.roster(away, *wrong)) == 2
    assert count(problem, rows.roster(away, *(replace(row, absentee="P2") for row in right))) == 2


def test_met_and_missing_rows_of_appointments(make_problem, rows):
    booking = Appointment(
        id="Y1", registered="2026-11-30T09:00:00", channel="现场", applicant="某某", phone="0", item="S1",
        day=SATURDAY, start=600, state="已登记",
    )  # fmt: skip
    problem = make_problem(items=(Item(id="S1", name="事项", host="W1", minutes=60),), appointments=(booking,))
    duty = rows.day(SATURDAY, "P1", appointments=("Y1",))
    row = rows.served("Y1", SATURDAY, 600, 660, {"P1": Mode.ON_DUTY})
    listed = [duty[0], replace(duty[1], appointments=())]
    assert count(problem, rows.roster(listed, row)) == 0
    assert count(problem, Roster()) == 1  # no row for the appointment
    assert count(problem, rows.roster(rows.served("Y1", SATURDAY, 600, 660, {}, met=False))) == 0
    assert count(problem, rows.roster(rows.served("Y1", SATURDAY, 600, 660, {}, met=True))) == 1
    assert count(problem, rows.roster(listed, replace(row, met=False))) == 1
    assert count(problem, rows.roster(listed, replace(row, role=Role.ASSIST))) == 1
    assert count(problem, rows.roster(rows.day(SATURDAY, "P1"), row)) == 1  # 排班明细 does not list it
    other = rows.day(SATURDAY, "P2", appointments=("Y1",))[0]
    assert count(problem, rows.roster(listed, row, other)) == 1


def test_granted_leave_stands_in_the_roster(make_problem):
    granted = Leave(person="P1", kind=LeaveKind.COMPENSATORY, first=FRIDAY, last=FRIDAY)
    assert count(make_problem(leaves=(granted,)), Roster()) == 2


@pytest.fixture
def summed_up(make_problem, rows):
    """A roster with one duty, and what it would state."""
    problem, roster = make_problem(), rows.roster(rows.day(SATURDAY, "P1"), rows.day(SUNDAY, "P2"))
    said = judge(problem, roster)
    return problem, roster, Stated(said.bank, said.closing_lots, said.closing_counts, said.tiers)


def found(problem, roster, stated):
    return [f.text for f in RULE.about(Case(stated=stated)).breaches(problem, roster)]


def test_true_sums_pass(summed_up):
    problem, roster, stated = summed_up
    assert found(problem, roster, stated) == []
    assert found(problem, roster, Stated()) == []


def test_every_wrong_sum_is_named(summed_up):
    problem, roster, stated = summed_up
    bank = (replace(stated.bank[0], closing=361), *stated.bank[1:])
    assert found(problem, roster, replace(stated, bank=bank)) == ["时间银行 员工1(P1) 期末为361，应为360"]
    assert len(found(problem, roster, replace(stated, bank=stated.bank[1:]))) == 1
    lots = (replace(stated.closing_lots[0], earned=FRIDAY), *stated.closing_lots[1:])
    assert len(found(problem, roster, replace(stated, closing_lots=lots))) == 2  # one too many, one missing
    counts = (replace(stated.closing_counts[0], saturday=2, sunday=1), *stated.closing_counts[1:])
    assert len(found(problem, roster, replace(stated, closing_counts=counts))) == 2
    tiers = {**stated.tiers, "T7": 0, "T6": 1}
    assert len(found(problem, roster, replace(stated, tiers=tiers))) == 2


def test_a_lot_split_in_two_is_the_same(summed_up):
    problem, roster, stated = summed_up
    whole = stated.closing_lots[0]
    halves = (replace(whole, minutes=100), replace(whole, minutes=260))
    assert found(problem, roster, replace(stated, closing_lots=(*stated.closing_lots[1:], *halves))) == []
