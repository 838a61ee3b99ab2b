"""D4: people in every window, at one time, by a way that holds."""

from datetime import date

import pytest

from zhiban.model.kinds import Half, Mode, Role
from zhiban.model.records import Appointment, Item, Person, Window
from zhiban.model.roster import Roster
from zhiban.solver.rules.appointments import Appointments

FRIDAY, SATURDAY, SUNDAY = (date(2026, 12, d) for d in (4, 5, 6))
RULE = Appointments()
SERVED = {"registered": "2026-11-30T09:00:00", "channel": "现场", "applicant": "某某", "phone": "0", "state": "已登记"}
WINDOWS = (Window(id="W1", name="一"), Window(id="W2", name="二"))
PEOPLE = (
    *(Person(id=f"P{n}", name=f"员工{n}", window="W1", stand_in_windows=("W2",)) for n in (1, 2)),
    Person(id="P3", name="员工3", window="W2"),
)


def centre(make_problem, day=SATURDAY, item=None, **booking):
    appointment = Appointment(
        id="Y1", item="S1", day=day, **{**SERVED, **({} if "earliest" in booking else {"start": 600}), **booking}
    )
    items = (item or Item(id="S1", name="事项", host="W1", minutes=60),)
    return make_problem(items=items, appointments=(appointment,), windows=WINDOWS, people=PEOPLE)


def judged(problem, roster):
    found = [(f.window, f.amount) for f in RULE.unmet(problem, roster)]
    return [f.person for f in RULE.breaches(problem, roster)], found


def test_served_from_duty_or_called_in(make_problem, rows):
    problem = centre(make_problem)
    inside = rows.roster(rows.day(SATURDAY, "P1"), rows.served("Y1", SATURDAY, 600, 660, {"P1": Mode.ON_DUTY}))
    assert judged(problem, inside) == ([], [])
    called = rows.roster(
        rows.call_in("Y1", SATURDAY, 600, 660, "P2"), rows.served("Y1", SATURDAY, 600, 660, {"P2": Mode.CALL_IN})
    )
    assert judged(problem, called) == ([], [])


def test_nobody_is_unmet_by_the_number_asked_for(make_problem):
    assert judged(centre(make_problem, servers=2), Roster()) == ([], [("W1", 2)])


@pytest.mark.parametrize("state", ["待确认", "已推迟", "申请人取消", "不可抗力", "转工作日"])
def test_what_is_not_accepted_needs_nobody(make_problem, state):
    assert judged(centre(make_problem, state=state), Roster()) == ([], [])


@pytest.mark.parametrize(
    ("day", "needed"), [(date(2026, 12, 3), 0), (FRIDAY, 1), (date(2026, 12, 7), 1), (date(2026, 12, 8), 0)]
)
def test_only_dates_of_the_period_count(make_problem, day, needed):
    assert len(RULE.unmet(centre(make_problem, day=day), Roster())) == needed


def test_each_window_of_the_item_needs_its_own_people(make_problem, rows):
    item = Item(id="S1", name="事项", host="W1", assists=("W2",), minutes=60)
    problem = centre(make_problem, item=item)
    host = rows.served("Y1", SATURDAY, 600, 660, {"P1": Mode.ON_DUTY})
    assist = rows.served("Y1", SATURDAY, 600, 660, {"P3": Mode.ON_DUTY}, "W2", Role.ASSIST)
    duties = rows.day(SATURDAY, "P1") + rows.day(SATURDAY, "P3", window="W2")
    assert judged(problem, rows.roster(duties, host)) == ([], [("W2", 1)])
    assert judged(problem, rows.roster(duties, host, assist)) == ([], [])


def test_nobody_counts_for_two_windows(make_problem, rows):
    item = Item(id="S1", name="事项", host="W1", assists=("W2",), minutes=60)
    parts = [
        rows.call_in("Y1", SATURDAY, 600, 660, "P1"),
        rows.call_in("Y1", SATURDAY, 600, 660, "P1", "W2", Role.ASSIST),
        rows.served("Y1", SATURDAY, 600, 660, {"P1": Mode.CALL_IN}),
        rows.served("Y1", SATURDAY, 600, 660, {"P1": Mode.CALL_IN}, "W2", Role.ASSIST),
    ]
    for order in (parts, parts[::-1]):
        assert judged(centre(make_problem, item=item), rows.roster(*order)) == (["P1"], [("W2", 1)])


def test_all_windows_at_one_time_within_the_choice(make_problem, rows):
    item = Item(id="S1", name="事项", host="W1", assists=("W2",), minutes=60)
    problem = centre(make_problem, item=item, earliest=540, latest=600)  # starts 540, 570, 600
    duties = rows.day(SATURDAY, "P1") + rows.day(SATURDAY, "P3", window="W2")

    def at(host, assist):
        return rows.roster(
            duties,
            rows.served("Y1", SATURDAY, host, host + 60, {"P1": Mode.ON_DUTY}),
            rows.served("Y1", SATURDAY, assist, assist + 60, {"P3": Mode.ON_DUTY}, "W2", Role.ASSIST),
        )

    assert RULE.breaches(problem, at(570, 570)) == []
    assert [f.window for f in RULE.breaches(problem, at(570, 600))] == ["W2"]
    assert [f.window for f in RULE.breaches(problem, at(585, 585))] == ["W1", "W2"]
    assert RULE.breaches(problem, at(600, 600)) == []  # 10:00–11:00 still fits the duty 9:00–12:00


@pytest.mark.parametrize(
    ("mode", "start"),
    [(Mode.ON_DUTY, 600), (Mode.CALL_IN, 600), (Mode.AT_POST, 600), (Mode.ON_DUTY, 690)],
)
def test_a_way_that_does_not_hold_serves_nobody(make_problem, rows, mode, start):
    """No duty at that window, no row of 应约, no workday, a range that leaves the segment."""
    problem = centre(make_problem, start=start)
    duties = rows.day(SATURDAY, "P1") if start == 690 else rows.day(SATURDAY, "P1", window="W2")
    roster = rows.roster(duties, rows.served("Y1", SATURDAY, start, start + 60, {"P1": mode}))
    assert judged(problem, roster) == (["P1"], [("W1", 1)])


def test_at_the_post_in_one_half_of_a_workday_and_present(make_problem, rows):
    served = rows.served("Y1", FRIDAY, 660, 720, {"P1": Mode.AT_POST})
    problem = centre(make_problem, day=FRIDAY, start=660)
    assert judged(problem, rows.roster(served)) == ([], [])
    away = rows.leave("P1", FRIDAY, Half.MORNING)
    assert judged(problem, rows.roster(served, away)) == (["P1"], [("W1", 1)])
    later = rows.served("Y1", FRIDAY, 690, 750, {"P1": Mode.AT_POST})  # runs into lunch
    assert judged(centre(make_problem, day=FRIDAY, start=690), rows.roster(later)) == (["P1"], [("W1", 1)])
