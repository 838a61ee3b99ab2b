"""H1: overlaps of places, and of appointments within duty."""

from datetime import date

from zhiban.model.kinds import Half, Mode
from zhiban.model.records import Appointment, Item, LeaderRow, Person, Window
from zhiban.model.roster import DutyRow, Roster
from zhiban.solver.rules.one_place import OnePlace

FRIDAY, SATURDAY = date(2026, 12, 4), date(2026, 12, 5)
RULE = OnePlace()
BOOKED = {"registered": "2026-11-30T09:00:00", "channel": "现场", "applicant": "某某", "phone": "0", "state": "已登记"}


def bookings(day, *starts):
    return {
        "items": (Item(id="S1", name="事项", host="W1", minutes=60),),
        "appointments": tuple(
            Appointment(id=f"Y{n}", item="S1", day=day, start=start, **BOOKED) for n, start in enumerate(starts, 1)
        ),
    }


def people(problem, roster):
    return [f.person for f in RULE.breaches(problem, roster)]


def test_two_people_at_once_and_one_person_in_turn_are_lawful(make_problem, rows):
    assert people(make_problem(), rows.roster(rows.day(SATURDAY, "P1", "P2"))) == []


def test_two_windows_at_once(make_problem, rows):
    problem = make_problem(windows=(Window(id="W1", name="一"), Window(id="W2", name="二")))
    both = rows.day(SATURDAY, "P1") + rows.day(SATURDAY, "P1", window="W2")
    for order in (both, both[::-1]):
        assert people(problem, Roster(duties=tuple(order))) == ["P1", "P1"]  # once in each segment


def test_touching_is_no_overlap_and_a_minute_is(make_problem, rows):
    problem = make_problem(**bookings(SATURDAY, 720, 719))
    duty = rows.day(SATURDAY, "P1")
    at_noon = rows.roster(duty, rows.call_in("Y1", SATURDAY, 720, 780, "P1"))
    assert people(problem, at_noon) == []
    early = rows.roster(duty, rows.call_in("Y2", SATURDAY, 719, 779, "P1"))
    assert people(problem, early) == ["P1"]


def test_leave_is_a_place(make_problem, rows):
    problem = make_problem(**bookings(FRIDAY, 600))
    served = rows.served("Y1", FRIDAY, 600, 660, {"P1": Mode.AT_POST})
    assert people(problem, rows.roster(served, rows.leave("P1", FRIDAY, Half.AFTERNOON))) == []
    assert people(problem, rows.roster(served, rows.leave("P1", FRIDAY, Half.MORNING))) == ["P1"]


def test_appointments_within_duty_are_served_one_at_a_time(make_problem, rows):
    duty = rows.day(SATURDAY, "P1")

    def served(start, number):
        return rows.served(f"Y{number}", SATURDAY, start, start + 60, {"P1": Mode.ON_DUTY})

    in_turn = make_problem(**bookings(SATURDAY, 600, 660))
    assert people(in_turn, rows.roster(duty, served(600, 1), served(660, 2))) == []
    at_once = make_problem(**bookings(SATURDAY, 600, 659))
    assert people(at_once, rows.roster(duty, served(659, 2), served(600, 1))) == ["P1"]


def test_leading_is_a_place_only_alone_on_the_spot(make_problem, rows):
    windows = (Window(id="W1", name="一"), Window(id="W0", name="主任室", weekend_minimum=0))
    staff = (
        Person(id="P1", name="员工一", window="W1"),
        Person(id="D1", name="主任", window="W0", stand_in_windows=("W1",)),
    )
    leaders = (LeaderRow(person="P1"), LeaderRow(person="D1"))

    def centre(mode, group="全中心"):
        policy = {"leader_scope": group, "leader_mode": mode}
        return make_problem(policy=policy, windows=windows, people=staff, leaders=leaders)

    beside = rows.roster(rows.day(SATURDAY, "P1"), rows.lead(SATURDAY, "P1"))
    assert people(centre("在岗"), beside) == []
    assert people(centre("听班"), beside) == []
    lunch = DutyRow(SATURDAY, rows.day(SATURDAY, "D1")[0].line, 700, 800, "W1", "D1")
    assert people(centre("听班"), rows.roster(rows.lead(SATURDAY, "D1"), lunch)) == []
    assert people(centre("在岗"), rows.roster(rows.lead(SATURDAY, "D1"), lunch)) == ["D1", "D1"]
