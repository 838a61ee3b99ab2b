"""The tier values by hand, from rows alone."""

from dataclasses import replace
from datetime import date

import pytest

from zhiban.model.days import HolidayKind, HolidayRow
from zhiban.model.kinds import Half, LeaveKind, Line, Mode
from zhiban.model.records import (
    Actual,
    Appointment,
    History,
    Item,
    LeaderRow,
    Leave,
    OpeningLot,
    Person,
    Swap,
    Window,
    Wish,
)
from zhiban.model.roster import Roster
from zhiban.solver.counts import closing_counts
from zhiban.solver.tiers_of import tiers_of
from zhiban.solver.view import RosterView

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 12, d) for d in (4, 5, 6, 7))


def tier(code, problem, *parts, old=None):
    return tiers_of(RosterView(problem, parts[0] if parts else Roster()), old)[code]


# ---- T5 -----------------------------------------------------------------------------------------------------------


def test_changes_are_asked_for_only_beside_an_old_roster(make_problem):
    assert tier("T5a", make_problem()) is None and tier("T5b", make_problem()) is None


def test_a_day_moved_from_one_to_another_is_two_entries_of_two_people(make_problem, rows):
    problem = make_problem()
    old, new = rows.roster(rows.day(SATURDAY, "P1")), rows.roster(rows.day(SATURDAY, "P2"))
    assert (tier("T5a", problem, new, old=old), tier("T5b", problem, new, old=old)) == (2, 2)
    halves = make_problem(policy={"granularity": "半天"})
    assert (tier("T5a", halves, new, old=old), tier("T5b", halves, new, old=old)) == (2, 4)
    assert tier("T5b", problem, old, old=old) == 0


def test_entries_outside_the_period_are_none(make_problem, rows):
    old = rows.roster(rows.day(date(2026, 11, 28), "P1"))
    assert tier("T5b", make_problem(), Roster(), old=old) == 0


def test_a_call_in_is_one_entry_with_its_appointment(make_problem, rows):
    row = rows.call_in("Y1", SATURDAY, 600, 660, "P1")
    served = rows.served("Y1", SATURDAY, 600, 660, {"P1": Mode.CALL_IN})
    assert tier("T5b", make_problem(), rows.roster(row, served), old=Roster()) == 1
    later = rows.roster(replace(row, start=630), replace(served, start=630))
    assert tier("T5b", make_problem(), later, old=rows.roster(row, served)) == 2
    inside = rows.roster(replace(served, modes=(Mode.ON_DUTY,)))
    assert tier("T5b", make_problem(), inside, old=rows.roster(row, served)) == 0


def test_leave_counts_by_half(make_problem, rows):
    away = rows.roster(rows.leave_day("P1", FRIDAY), rows.leave("P2", MONDAY, Half.MORNING))
    assert (tier("T5a", make_problem(), away, old=Roster()), tier("T5b", make_problem(), away, old=Roster())) == (2, 3)


# ---- T6 -----------------------------------------------------------------------------------------------------------


def test_everybody_can_serve_both_days(make_problem, rows):
    problem = make_problem()
    # a = 2/2 for each: 100·1² + 100·1² = 200, against 100·2² = 400 for one person on both
    assert tier("T6", problem, rows.roster(rows.day(SATURDAY, "P1"), rows.day(SUNDAY, "P2"))) == 200
    assert tier("T6", problem, rows.roster(rows.day(SATURDAY, "P1"), rows.day(SUNDAY, "P1"))) == 400


def test_the_share_is_what_one_could_serve(make_problem, rows):
    left = Person(id="P1", name="员工一", window="W1", left=SATURDAY)
    problem = make_problem(people=(left, Person(id="P2", name="员工二", window="W1")))
    # a(P1) = 1/2: 100·1²/½ = 200; P2: 100·1² = 100
    assert tier("T6", problem, rows.roster(rows.day(SATURDAY, "P1"), rows.day(SUNDAY, "P2"))) == 300


def test_segments_count_in_half_days(make_problem, rows):
    problem = make_problem(policy={"granularity": "半天"}, last=SATURDAY)
    assert tier("T6", problem, rows.roster(rows.day(SATURDAY, "P1"))) == 400  # 100·2²
    halves = rows.day(SATURDAY, "P1", only="上午") + rows.day(SATURDAY, "P2", only="下午")
    assert tier("T6", problem, rows.roster(halves)) == 200


def test_history_counts_and_a_newcomer_gets_the_mean(make_problem, rows):
    history = (History(person="P1", saturday=2, sunday=1), History(person="P2", saturday=0, sunday=0))
    problem = make_problem(history=history)
    # h: P1 = 3, P2 = 0, P3 = ⌊1.5 + ½⌋ = 2. Nobody serves: 100·(9 + 0 + 4) = 1300
    assert tier("T6", problem) == 1300
    # P2 on both days: 900 + 100·2² + 400 = 1700
    assert tier("T6", problem, rows.roster(rows.day(SATURDAY, "P2"), rows.day(SUNDAY, "P2"))) == 1700


def test_the_mean_is_that_of_the_fairness_group(make_problem):
    people = (
        Person(id="P1", name="一", window="W1", fairness_group="甲"),
        Person(id="P2", name="二", window="W1"),
        Person(id="P3", name="三", window="W1", fairness_group="甲"),
    )
    problem = make_problem(people=people, history=(History(person="P1", saturday=5), History(person="P2", saturday=1)))
    # P1 = 5, P2 = 1, P3 = 5 (the mean of 甲): 100·(25 + 1 + 25)
    assert tier("T6", problem) == 5100


def test_a_swapped_duty_counts_for_who_was_due(make_problem, rows):
    swap = Swap(kind="代班", a="P1", a_day=SATURDAY, a_line=Line.WEEKEND, b="P2")
    problem = make_problem(swaps=(swap,))
    roster = rows.roster(rows.day(SATURDAY, "P2"), rows.day(SUNDAY, "P2"))
    # P1 has Saturday, P2 Sunday: 100 + 100
    assert tier("T6", problem, roster) == 200
    counts = {c.person: (c.saturday, c.sunday) for c in closing_counts(RosterView(problem, roster))}
    assert counts == {"P1": (1, 0), "P2": (0, 1), "P3": (0, 0)}


def test_both_sides_of_an_exchange(make_problem, rows):
    swap = Swap(kind="对调", a="P1", a_day=SATURDAY, a_line=Line.WEEKEND, b="P2", b_day=SUNDAY)
    problem = make_problem(swaps=(swap,))
    roster = rows.roster(rows.day(SATURDAY, "P2"), rows.day(SUNDAY, "P1"))
    counts = {c.person: (c.saturday, c.sunday) for c in closing_counts(RosterView(problem, roster))}
    assert counts == {"P1": (1, 0), "P2": (0, 1), "P3": (0, 0)}


@pytest.mark.parametrize(("segments", "cost"), [(("",), 0), (("上午",), 100), (("上午", "下午"), 0)])
def test_missing_every_segment_counts_for_nobody(make_problem, rows, segments, cost):
    actuals = tuple(
        Actual(day=SATURDAY, line=Line.WEEKEND, segment=s, window="W1", person="P1", presence="缺岗") for s in segments
    )
    problem = make_problem(actuals=actuals, last=SATURDAY)
    assert tier("T6", problem, rows.roster(rows.day(SATURDAY, "P1"))) == cost
    assert tier("T2", problem, rows.roster(rows.day(SATURDAY, "P1"))) == 1


def test_call_ins_and_units_led(make_problem, rows):
    booking = Appointment(
        id="Y1", registered="2026-11-30T09:00:00", channel="现场", applicant="某某", phone="0", item="S1",
        day=SATURDAY, start=1020, state="已登记",
    )  # fmt: skip
    problem = make_problem(
        policy={"leader_scope": "全中心", "leader_mode": "听班", "weekend_minimum": 0},
        windows=(Window(id="W1", name="一", weekend_minimum=0),),
        items=(Item(id="S1", name="事项", host="W1", minutes=60),),
        appointments=(booking,),
        leaders=(LeaderRow(person="P3"),),
    )
    row = rows.call_in("Y1", SATURDAY, 1020, 1080, "P1", credited=60)
    served = rows.served("Y1", SATURDAY, 1020, 1080, {"P1": Mode.CALL_IN})
    led = replace(rows.lead(SATURDAY, "P3", only="上午")[0], start=1020, end=1080, segment="")
    assert tier("T6", problem, rows.roster(row, served)) == 100
    assert tier("T6", problem, rows.roster(row, served, led)) == 200
    assert tier("T4", problem, rows.roster(row, served, led)) == 0


# ---- T7, T8, T9 ---------------------------------------------------------------------------------------------------


def test_what_is_left_in_the_bank(make_problem, rows):
    lots = (OpeningLot(person="P2", earned=date(2026, 11, 1), minutes=90, expires=SUNDAY),)
    problem = make_problem(opening=lots)
    # P1: 360 − 240; P2: 90 lapse on Sunday
    roster = rows.roster(rows.day(SATURDAY, "P1"), rows.leave("P1", MONDAY, Half.AFTERNOON))
    assert tier("T7", problem, roster) == 120


@pytest.mark.parametrize(
    ("line", "wants", "day", "broken"),
    [
        (None, True, SATURDAY, 0),
        (None, True, SUNDAY, 7),
        (None, False, SATURDAY, 7),
        (None, False, SUNDAY, 0),
        (Line.WEEKEND, True, SATURDAY, 0),
        (Line.HOLIDAY, True, SATURDAY, 7),
        (Line.HOLIDAY, False, SATURDAY, 0),
        (None, True, date(2026, 12, 12), 0),
    ],
)
def test_wishes(make_problem, rows, line, wants, day, broken):
    wish = Wish(person="P1", day=day, line=line, wants=wants, weight=7)
    assert tier("T8", make_problem(wishes=(wish,)), rows.roster(rows.day(SATURDAY, "P1"))) == broken


@pytest.mark.parametrize(
    ("first", "last", "kind", "broken"),
    [
        (SATURDAY, SATURDAY, LeaveKind.ANNUAL, 1),
        (FRIDAY, MONDAY, LeaveKind.COMPENSATORY, 1),
        (SUNDAY, MONDAY, LeaveKind.ANNUAL, 0),
        (date(2026, 12, 3), FRIDAY, LeaveKind.ANNUAL, 0),
    ],
)
def test_pending_leave_is_a_wish_broken_once(make_problem, rows, first, last, kind, broken):
    leave = Leave(person="P1", kind=kind, first=first, last=last, approved=False)
    roster = rows.roster(rows.day(SATURDAY, "P1"), rows.leave("P1", MONDAY, Half.MORNING))
    assert tier("T8", make_problem(leaves=(leave,)), roster) == broken


def test_halves_of_leave_on_their_own(make_problem, rows):
    sick = Leave(person="P2", kind=LeaveKind.SICK, first=MONDAY, first_half=Half.AFTERNOON, last=MONDAY)
    problem = make_problem(leaves=(sick,))
    roster = rows.roster(
        rows.leave("P1", FRIDAY, Half.MORNING),  # 1
        rows.leave_day("P1", MONDAY),  # whole day: 0
        rows.leave("P2", MONDAY, Half.MORNING),  # the afternoon is off too: 0
        rows.leave("P3", MONDAY, Half.AFTERNOON),  # 1
    )
    assert tier("T9", problem, roster) == 2


def test_granted_halves_cost_nothing(make_problem, rows):
    morning = {"first_half": Half.MORNING, "last_half": Half.MORNING}
    granted = Leave(person="P1", kind=LeaveKind.COMPENSATORY, first=FRIDAY, last=FRIDAY, **morning)
    roster = rows.roster(rows.leave("P1", FRIDAY, Half.MORNING, granted=True))
    assert tier("T9", make_problem(leaves=(granted,)), roster) == 0


def test_lunch_with_exactly_one_half_off(make_problem, rows):
    morning = {"first_half": Half.MORNING, "last_half": Half.MORNING}
    meeting = Leave(person="P2", kind=LeaveKind.MEETING, first=FRIDAY, last=FRIDAY, **morning)
    problem = make_problem(policy={"lunch_service": "值班"}, leaves=(meeting,))
    assert tier("T9", problem, rows.roster(rows.lunch(FRIDAY, "P2"))) == 1
    assert tier("T9", problem, rows.roster(rows.lunch(FRIDAY, "P1"))) == 0
    # P1's half of leave counts twice: on its own (i), and with lunch (ii)
    assert tier("T9", problem, rows.roster(rows.lunch(FRIDAY, "P1"), rows.leave("P1", FRIDAY, Half.MORNING))) == 2


def test_weekends_in_consecutive_weeks(make_problem, rows):
    days = [date(2026, 12, d) for d in (5, 6, 12, 13, 19, 26)]
    problem = make_problem(last=date(2026, 12, 31))

    def cost(*numbers):
        return tier("T9", problem, rows.roster([row for n in numbers for row in rows.day(days[n], "P1")]))

    assert cost(0, 1) == 0  # one week
    assert cost(1, 2) == 1  # Sunday, and Saturday of the week after
    assert cost(0, 4) == 0  # a week between
    assert cost(0, 2, 4, 5) == 3
    assert cost(0, 1, 2, 3) == 1


# ---- carried on ---------------------------------------------------------------------------------------------------


def test_counts_carried_on(make_problem, rows):
    holidays = (
        HolidayRow(date=FRIDAY, kind=HolidayKind.STATUTORY),
        HolidayRow(date=MONDAY, kind=HolidayKind.SHIFTED),
    )
    history = (
        History(person="P1", saturday=1, sunday=2, holiday=3, statutory=1, lunch=4, last_duty=date(2026, 11, 8)),
        History(person="P2", saturday=2, sunday=2, holiday=0),
    )
    problem = make_problem(holidays=holidays, history=history)
    roster = rows.roster(
        rows.day(FRIDAY, "P1", line=Line.HOLIDAY),
        rows.day(MONDAY, "P1", line=Line.HOLIDAY),
        rows.day(SATURDAY, "P3"),
        rows.day(SUNDAY, "P3"),
    )
    counts = {c.person: c for c in closing_counts(RosterView(problem, roster))}
    one, two, three = counts["P1"], counts["P2"], counts["P3"]
    assert (one.saturday, one.sunday, one.holiday, one.statutory, one.lunch) == (1, 2, 5, 2, 4)
    assert one.last_duty == MONDAY and two.last_duty is None and three.last_duty == SUNDAY
    # The mean of 3 and 4 weekend duties is 3.5, rounded half up to 4, all of it in 周六; of 3 and 0 holidays 1.5, 2.
    assert (three.saturday, three.sunday, three.holiday, three.statutory, three.lunch) == (5, 1, 2, 0, 2)
    assert (two.saturday, two.sunday, two.holiday) == (2, 2, 0)
