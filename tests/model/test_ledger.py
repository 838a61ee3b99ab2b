"""The time bank by hand: lots, draws, lapses, what is left."""

from datetime import date

import pytest

from zhiban.model.kinds import Half, Line, PinMode
from zhiban.model.ledger import add_months, granted_shortages, ledger_of
from zhiban.model.records import Leave, OpeningLot, Overtime, Pin
from zhiban.model.roster import ClosingLot, DutyRow, LeaveRow

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 12, d) for d in (4, 5, 6, 7))


def lot(earned, minutes, expires=None, person="P1", source="周末"):
    return OpeningLot(person=person, earned=earned, minutes=minutes, source=source, expires=expires)


def morning(day, person="P1"):
    return LeaveRow(person, day, Half.MORNING, 540, 720)


def afternoon(day, person="P1"):
    return LeaveRow(person, day, Half.AFTERNOON, 780, 1020)


def saturday_rows(person="P1"):
    return [
        DutyRow(SATURDAY, Line.WEEKEND, 540, 720, "W1", person, "上午", credited=180),
        DutyRow(SATURDAY, Line.WEEKEND, 780, 960, "W1", person, "下午", credited=180),
    ]


def bank_of(ledger, person="P1"):
    return next(row for row in ledger.bank if row.person == person)


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
        (date(2026, 11, 30), 13, date(2027, 12, 30)),
    ],
)
def test_months_are_calendar_months(day, months, result):
    assert add_months(day, months) == result


def test_closing_is_opening_and_credits_less_taken(make_problem):
    problem = make_problem(opening=[lot(date(2026, 11, 1), 100)])
    ledger = ledger_of(problem, saturday_rows(), [afternoon(MONDAY)])
    bank = bank_of(ledger)
    # 100 + 180 + 180 − 240 − 0 = 220
    assert (bank.opening, bank.weekend, bank.taken, bank.expired, bank.closing) == (100, 360, 240, 0, 220)
    assert ledger.closing_minutes == 220
    # The leave takes the whole opening lot (100) and 140 of Saturday's 360.
    assert ledger.closing_lots == (ClosingLot("P1", SATURDAY, 220, "周末", None),)
    assert ledger.uncovered == ()


def test_leave_before_the_duty_is_not_covered(make_problem):
    ledger = ledger_of(make_problem(), saturday_rows(), [morning(FRIDAY)])
    assert [(u.leave.day, u.missing) for u in ledger.uncovered] == [(FRIDAY, 180)]
    assert bank_of(ledger).closing == 180  # 360 − 180


def test_leave_at_the_minute_the_duty_ends_is_covered(make_problem):
    lunch = DutyRow(FRIDAY, Line.LUNCH, 720, 780, "W1", "P1", "午间", credited=240)
    assert ledger_of(make_problem(), [lunch], [afternoon(FRIDAY)]).uncovered == ()
    assert len(ledger_of(make_problem(), [lunch], [morning(FRIDAY)]).uncovered) == 1


def test_a_short_bank_names_what_lacks(make_problem):
    problem = make_problem(opening=[lot(date(2026, 11, 1), 200)])
    ledger = ledger_of(problem, [], [afternoon(MONDAY)])
    assert ledger.uncovered[0].missing == 40  # 240 − 200
    assert bank_of(ledger).closing == -40


def test_oldest_first_even_if_a_younger_lot_lapses_sooner(make_problem):
    old, young = lot(date(2026, 10, 1), 180), lot(date(2026, 11, 1), 180, SUNDAY)
    ledger = ledger_of(make_problem(opening=[young, old]), [], [morning(FRIDAY)])
    # The leave spends the lot of October; November's 180 lapse on Sunday.
    assert ledger.closing_lots == ()
    assert (bank_of(ledger).expired, bank_of(ledger).closing) == (180, 0)


def test_of_one_date_the_sooner_lapsing_lot_goes_first(make_problem):
    never, sooner = lot(date(2026, 10, 1), 180), lot(date(2026, 10, 1), 180, SUNDAY)
    ledger = ledger_of(make_problem(opening=[never, sooner]), [], [morning(FRIDAY)])
    assert (bank_of(ledger).expired, bank_of(ledger).closing) == (0, 180)


@pytest.mark.parametrize(("expires", "missing"), [(MONDAY, 0), (SUNDAY, 180), (date(2026, 12, 31), 0)])
def test_a_lot_serves_until_midnight_of_its_last_day(make_problem, expires, missing):
    problem = make_problem(opening=[lot(date(2026, 11, 1), 180, expires)])
    ledger = ledger_of(problem, [], [morning(MONDAY)])
    assert sum(u.missing for u in ledger.uncovered) == missing


def test_only_lots_lapsing_within_the_period_lapse(make_problem):
    lots = [lot(date(2026, 9, 1), 10, MONDAY), lot(date(2026, 9, 2), 20, date(2026, 12, 8)), lot(date(2026, 9, 3), 40)]
    ledger = ledger_of(make_problem(opening=lots), [], [])
    assert (bank_of(ledger).expired, bank_of(ledger).closing) == (10, 60)
    assert [left.minutes for left in ledger.closing_lots] == [20, 40]


def test_months_of_validity_hold_for_lots_without_a_date(make_problem):
    lots = [lot(date(2026, 11, 7), 10), lot(date(2026, 11, 8), 20), lot(date(2026, 1, 1), 40, date(2027, 1, 1))]
    ledger = ledger_of(make_problem(policy={"leave_valid_months": 1}, opening=lots), saturday_rows(), [])
    # 2026-11-07 + 1 month = 2026-12-07, the last day: lapses; 2026-11-08 does not.
    assert bank_of(ledger).expired == 10
    assert [(left.minutes, left.expires) for left in ledger.closing_lots] == [
        (40, date(2027, 1, 1)),
        (20, date(2026, 12, 8)),
        (360, date(2027, 1, 5)),
    ]


def test_overtime_counts_where_filed_and_credited(make_problem):
    rows = [
        Overtime(person="P1", day=FRIDAY, start=1020, end=1061, filed=True),
        Overtime(person="P1", day=FRIDAY, start=1080, end=1140, filed=False),
        Overtime(person="P2", day=date(2026, 12, 3), start=1020, end=1080, filed=True),
    ]
    policy = {"credit_overtime": True, "credit_ratio": 1.5}
    ledger = ledger_of(make_problem(policy=policy, overtime=rows), [], [])
    assert bank_of(ledger).overtime == 62  # 41 × 1.5 = 61.5, rounded half up
    assert bank_of(ledger, "P2").overtime == 0


def granted(day, half):
    return Leave(person="P1", kind="调休", first=day, first_half=half, last=day, last_half=half)


def test_granted_leave_must_be_covered_by_what_is_sure(make_problem):
    leave = [granted(MONDAY, Half.MORNING)]
    assert [u.missing for u in granted_shortages(make_problem(leaves=leave))] == [180]
    assert granted_shortages(make_problem(leaves=leave, opening=[lot(date(2026, 11, 1), 180)])) == ()
    pin = Pin(day=SATURDAY, line="周末", person="P1", mode=PinMode.MUST)
    assert granted_shortages(make_problem(leaves=leave, pins=[pin])) == ()
    assert len(granted_shortages(make_problem(leaves=leave, pins=[pin.model_copy(update={"person": "P2"})]))) == 1


def test_two_pins_on_one_duty_earn_once(make_problem):
    leave = [granted(MONDAY, Half.MORNING), granted(MONDAY, Half.AFTERNOON)]
    pins = [Pin(day=SATURDAY, line="周末", person="P1", mode=mode) for mode in (PinMode.MUST, PinMode.LOCKED)]
    # 360 earned on Saturday, 180 + 240 taken on Monday: 60 lack.
    assert [u.missing for u in granted_shortages(make_problem(leaves=leave, pins=pins))] == [60]
