"""D3: units, who may lead, on the spot or alone."""

from datetime import date

from zhiban.model.kinds import Line, Mode, Role
from zhiban.model.records import Appointment, Item, LeaderRow, Person, Window
from zhiban.model.roster import DutyRow, Roster
from zhiban.solver.rules.leader import LeaderOnDuty

SATURDAY, SUNDAY = date(2026, 12, 5), date(2026, 12, 6)
RULE = LeaderOnDuty()
WINDOWS = (Window(id="W1", name="一"), Window(id="W0", name="主任室", weekend_minimum=0, holiday_minimum=0))
PEOPLE = (
    *(Person(id=f"P{n}", name=f"员工{n}", window="W1") for n in (1, 2)),
    Person(id="D1", name="主任", window="W0"),
)


def centre(make_problem, mode="在岗", scope="全中心", **more):
    policy = {"leader_scope": scope, "leader_mode": mode}
    records = {"windows": WINDOWS, "people": PEOPLE, "leaders": (LeaderRow(person="D1"), LeaderRow(person="P1"))}
    return make_problem(policy=policy, **{**records, **more})


def judged(problem, roster):
    return [f.person for f in RULE.breaches(problem, roster)], [f.day for f in RULE.unmet(problem, roster)]


def test_every_day_with_standing_duty_needs_a_leader(make_problem):
    assert judged(centre(make_problem), Roster()) == ([], [SATURDAY, SUNDAY])


def test_a_leader_of_the_sheet_may_lead_alone(make_problem, rows):
    roster = rows.roster(rows.lead(SATURDAY, "D1"), rows.lead(SUNDAY, "D1"), rows.day(SATURDAY, "P2"))
    assert judged(centre(make_problem), roster) == ([], [])


def test_on_the_spot_a_window_person_leads_only_beside_his_own_duty(make_problem, rows):
    problem = centre(make_problem, last=SATURDAY)
    assert judged(problem, rows.roster(rows.lead(SATURDAY, "P1"), rows.day(SATURDAY, "P1"))) == ([], [])
    assert judged(problem, rows.roster(rows.lead(SATURDAY, "P1"), rows.day(SATURDAY, "P2"))) == (["P1"], [])


def test_on_call_nobody_needs_a_duty(make_problem, rows):
    problem = centre(make_problem, mode="听班", last=SATURDAY)
    assert judged(problem, rows.roster(rows.lead(SATURDAY, "P1"))) == ([], [])


def test_half_a_unit_is_no_unit(make_problem, rows):
    problem = centre(make_problem, mode="听班", last=SATURDAY)
    assert judged(problem, rows.roster(rows.lead(SATURDAY, "P1", only="下午")))[1] == [SATURDAY]


def test_each_segment_is_a_unit_in_half_days(make_problem, rows):
    problem = make_problem(
        policy={"leader_scope": "全中心", "leader_mode": "听班", "granularity": "半天"},
        windows=WINDOWS,
        people=PEOPLE,
        leaders=(LeaderRow(person="D1"),),
        last=SATURDAY,
    )
    found = RULE.unmet(problem, rows.roster(rows.lead(SATURDAY, "D1", only="下午")))
    assert [f.segment for f in found] == ["上午"]


def test_only_leaders_of_the_group_lead_it(make_problem, rows):
    problem = centre(make_problem, mode="听班", last=SATURDAY)
    assert judged(problem, rows.roster(rows.lead(SATURDAY, "P2"))) == (["P2"], [])


def test_one_leader_a_unit(make_problem, rows):
    problem = centre(make_problem, mode="听班", last=SATURDAY)
    two = rows.lead(SATURDAY, "D1") + rows.lead(SATURDAY, "P1")
    for order in (two, two[::-1]):
        assert len(RULE.breaches(problem, Roster(duties=tuple(order)))) == 1


def test_nobody_leads_two_groups_at_once(make_problem, rows):
    windows = (Window(id="W1", name="一", leader_group="甲组"), Window(id="W2", name="二", leader_group="乙组"))
    people = (Person(id="P1", name="员工一", window="W1"), Person(id="P2", name="员工二", window="W2"))
    problem = centre(
        make_problem, mode="听班", scope="带班组", last=SATURDAY, windows=windows, people=people,
        leaders=(LeaderRow(person="P1"), LeaderRow(person="P2", group="乙组")),
    )  # fmt: skip
    both = rows.lead(SATURDAY, "P1", "甲组") + rows.lead(SATURDAY, "P1", "乙组")
    assert judged(problem, rows.roster(both)) == (["P1"], [])
    apart = rows.lead(SATURDAY, "P1", "甲组") + rows.lead(SATURDAY, "P2", "乙组")
    assert judged(problem, rows.roster(apart)) == ([], [])


def test_a_date_with_appointments_only_is_one_unit_over_their_whole_time(make_problem, rows):
    registered = {"registered": "2026-11-30T09:00:00", "channel": "现场", "applicant": "某某", "phone": "0"}
    bookings = tuple(
        Appointment(id=f"Y{n}", item="S1", day=SATURDAY, start=start, duration=60, state="已登记", **registered)
        for n, start in ((1, 540), (2, 840))
    )
    problem = make_problem(
        policy={"leader_scope": "全中心", "leader_mode": "听班", "weekend_mode": "预约"},
        items=(Item(id="S1", name="事项", host="W1"),),
        appointments=bookings,
        leaders=(LeaderRow(person="P1"),),
    )
    served = [
        rows.served("Y1", SATURDAY, 540, 600, {"P2": Mode.CALL_IN}),
        rows.served("Y2", SATURDAY, 840, 900, {"P2": Mode.CALL_IN}),
    ]
    assert judged(problem, rows.roster(*served)) == ([], [SATURDAY])
    whole = DutyRow(SATURDAY, Line.LEAD, 540, 900, "全中心", "P1", role=Role.LEAD)
    assert judged(problem, rows.roster(*served, whole)) == ([], [])
    short = DutyRow(SATURDAY, Line.LEAD, 540, 840, "全中心", "P1", role=Role.LEAD)
    assert judged(problem, rows.roster(*served, short)) == ([], [SATURDAY])


def test_workdays_make_no_unit(make_problem):
    problem = centre(make_problem, first=date(2026, 12, 7), last=date(2026, 12, 11))
    assert judged(problem, Roster()) == ([], [])
