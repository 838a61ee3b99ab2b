"""H8: shape, date, cover by the bank, and how many at once."""

from datetime import date

import pytest

from zhiban.model.days import HolidayKind, HolidayRow
from zhiban.model.kinds import Half, LeaveKind
from zhiban.model.records import Leave, OpeningLot, Person, Window
from zhiban.model.roster import LeaveRow
from zhiban.solver.rules.comp_leave import CompLeave

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 12, d) for d in (4, 5, 6, 7))
RULE = CompLeave()


def lots(minutes=10_000, **more):
    return tuple(OpeningLot(person=f"P{n}", earned=date(2026, 11, 1), minutes=minutes, **more) for n in (1, 2, 3))


def breaches(make_problem, rows, *parts, minutes=10_000, **overrides):
    return RULE.breaches(make_problem(opening=lots(minutes), **overrides), rows.roster(*parts))


@pytest.mark.parametrize("day", [FRIDAY, MONDAY])
@pytest.mark.parametrize("half", list(Half))
def test_a_half_of_the_first_and_the_last_workday(make_problem, rows, day, half):
    assert breaches(make_problem, rows, rows.leave("P1", day, half)) == []


@pytest.mark.parametrize("day", [SATURDAY, SUNDAY])
def test_only_on_workdays(make_problem, rows, day):
    assert len(breaches(make_problem, rows, rows.leave("P1", day, Half.MORNING))) == 1


def test_exactly_one_half(make_problem, rows):
    assert len(breaches(make_problem, rows, LeaveRow("P1", FRIDAY, Half.MORNING, 540, 660))) == 1
    assert len(breaches(make_problem, rows, LeaveRow("P1", FRIDAY, Half.MORNING, 780, 1020))) == 1


def test_whole_days_where_the_unit_is_a_day(make_problem, rows):
    unit = {"leave_unit": "全天"}
    assert breaches(make_problem, rows, rows.leave_day("P1", FRIDAY), policy=unit) == []
    assert len(breaches(make_problem, rows, rows.leave("P1", FRIDAY, Half.MORNING), policy=unit)) == 1


@pytest.mark.parametrize(
    ("start", "end", "faults"),
    [(540, 600, 0), (570, 690, 0), (540, 720, 0), (540, 630, 1), (660, 780, 1), (540, 540, 1)],
)
def test_whole_hours_inside_a_half_where_the_unit_is_an_hour(make_problem, rows, start, end, faults):
    row = LeaveRow("P1", FRIDAY, Half.MORNING, start, end)
    assert len(breaches(make_problem, rows, row, policy={"leave_unit": "1小时"})) == faults


@pytest.mark.parametrize(
    ("hired", "left", "faults"),
    [(None, None, 0), (FRIDAY, FRIDAY, 0), (SATURDAY, None, 1), (None, date(2026, 12, 3), 1)],
)
def test_only_while_employed(make_problem, rows, hired, left, faults):
    people = (Person(id="P1", name="员工一", window="W1", hired=hired, left=left),)
    found = breaches(make_problem, rows, rows.leave("P1", FRIDAY, Half.MORNING), people=people)
    assert len(found) == faults


def test_not_during_approved_leave(make_problem, rows):
    morning = Leave(
        person="P1", kind=LeaveKind.SICK, first=FRIDAY, first_half=Half.MORNING, last=FRIDAY, last_half=Half.MORNING
    )
    leaves = {"leaves": (morning,)}
    assert breaches(make_problem, rows, rows.leave("P1", FRIDAY, Half.AFTERNOON), **leaves) == []
    assert len(breaches(make_problem, rows, rows.leave("P1", FRIDAY, Half.MORNING), **leaves)) == 1


def test_earned_before_and_covered_in_full(make_problem, rows):
    duty = rows.day(SATURDAY, "P1")
    after = breaches(make_problem, rows, duty, rows.leave("P1", MONDAY, Half.AFTERNOON), minutes=0)
    assert after == []  # 360 earned, 240 taken
    before = breaches(make_problem, rows, duty, rows.leave("P1", FRIDAY, Half.AFTERNOON), minutes=0)
    assert [f.amount for f in before] == [240]
    too_much = breaches(make_problem, rows, rows.leave_day("P1", MONDAY), duty, minutes=0)
    assert [(f.segment, f.amount) for f in too_much] == [("下午", 60)]  # 180 + 240 − 360 = 60 lack at 13:00


def test_stated_credit_buys_nothing(make_problem, rows):
    duty = rows.day(SATURDAY, "P1", only="上午", credited=9999)
    found = breaches(make_problem, rows, duty, rows.leave("P1", MONDAY, Half.AFTERNOON), minutes=0)
    assert [f.amount for f in found] == [60]  # 180 by the rules, 240 taken


def test_a_lapsed_lot_covers_nothing(make_problem, rows):
    leave = rows.roster(rows.leave("P1", MONDAY, Half.MORNING))
    for expires, missing in ((MONDAY, []), (SUNDAY, [180])):
        problem = make_problem(opening=lots(180, expires=expires))
        assert [f.amount for f in RULE.breaches(problem, leave)] == missing


@pytest.mark.parametrize(("cap", "over"), [(None, [1]), (1, [1]), (2, []), (0, [2])])
def test_so_many_at_once(make_problem, rows, cap, over):
    """Three people, so that the empty column means max(1, ⌊3 / 3⌋) = 1."""
    window = (Window(id="W1", name="一", leave_cap=cap),)
    two = rows.leave("P1", FRIDAY, Half.MORNING), rows.leave("P2", FRIDAY, Half.MORNING)
    for order in (two, two[::-1]):
        assert [f.amount for f in breaches(make_problem, rows, *order, windows=window)] == over
    apart = rows.leave("P1", FRIDAY, Half.MORNING), rows.leave("P2", FRIDAY, Half.AFTERNOON)
    assert len(breaches(make_problem, rows, *apart, windows=window)) == (2 if cap == 0 else 0)


def test_granted_leave_counts_but_is_not_judged(make_problem, rows):
    granted = tuple(Leave(person=p, kind=LeaveKind.COMPENSATORY, first=FRIDAY, last=FRIDAY) for p in ("P1", "P2"))
    given = [rows.leave(p, FRIDAY, half, granted=True) for p in ("P1", "P2") for half in Half]
    assert breaches(make_problem, rows, given, leaves=granted) == []
    with_one_more = breaches(make_problem, rows, given, rows.leave("P3", FRIDAY, Half.MORNING), leaves=granted)
    assert [(f.segment, f.amount) for f in with_one_more] == [("上午", 2)]  # 3 of at most 1


def test_granted_leave_draws_on_the_bank(make_problem, rows):
    granted = (Leave(person="P1", kind=LeaveKind.COMPENSATORY, first=FRIDAY, last=FRIDAY),)
    given = [rows.leave("P1", FRIDAY, half, granted=True) for half in Half]
    found = breaches(make_problem, rows, given, rows.leave("P1", MONDAY, Half.MORNING), leaves=granted, minutes=500)
    assert [(f.day, f.amount) for f in found] == [(MONDAY, 100)]  # 500 − 420 = 80 of 180


def test_the_first_workday_after_a_holiday(make_problem, rows):
    holiday = (HolidayRow(date=FRIDAY, kind=HolidayKind.LOCAL),)
    for rest, faults in ((True, 1), (False, 0)):
        policy = {"no_leave_after_holiday": rest}
        leave = rows.leave("P1", MONDAY, Half.MORNING)
        assert len(breaches(make_problem, rows, leave, holidays=holiday, policy=policy)) == faults
    tuesday = rows.leave("P1", date(2026, 12, 8), Half.MORNING)
    policy = {"no_leave_after_holiday": True}
    assert breaches(make_problem, rows, tuesday, holidays=holiday, policy=policy, last=date(2026, 12, 8)) == []
