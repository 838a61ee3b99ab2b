"""D1: headcount by window, by group and by lunch mode; all amounts by hand."""

from datetime import date

from zhiban.model.kinds import Line
from zhiban.model.records import Actual, DemandRow, Person, Window
from zhiban.model.roster import Roster
from zhiban.solver.rules.headcount import Headcount

SATURDAY, SUNDAY, MONDAY = (date(2026, 12, d) for d in (5, 6, 7))
RULE = Headcount()
TWO_WINDOWS = {
    "windows": (Window(id="W1", name="一"), Window(id="W2", name="二")),
    "people": tuple(Person(id=f"P{n}", name=f"员工{n}", window=f"W{1 + n % 2}") for n in (1, 2, 3, 4)),
}


def missing(problem, roster):
    return [(f.day, f.window or f.subject, f.amount) for f in RULE.unmet(problem, roster)]


def test_enough_people_on_the_first_and_the_last_day(make_problem, rows):
    problem = make_problem(first=SATURDAY, last=SUNDAY)
    assert missing(problem, rows.roster(rows.day(SATURDAY, "P1"), rows.day(SUNDAY, "P2"))) == []
    assert RULE.breaches(problem, Roster()) == []


def test_every_short_duty_is_named_with_what_lacks(make_problem, rows):
    problem = make_problem(policy={"weekend_minimum": 2}, first=SATURDAY, last=SUNDAY)
    # 2 − 1 on Saturday, 2 − 0 on Sunday
    assert missing(problem, rows.roster(rows.day(SATURDAY, "P1"))) == [(SATURDAY, "W1", 1), (SUNDAY, "W1", 2)]


def test_more_than_asked_for_is_lawful_in_any_order(make_problem, rows):
    problem = make_problem(last=SATURDAY)
    duties = rows.day(SATURDAY, "P1", "P2")
    for order in (duties, duties[::-1]):
        assert missing(problem, Roster(duties=tuple(order))) == []


def test_half_a_day_does_not_count_for_a_whole_day(make_problem, rows):
    problem = make_problem(last=SATURDAY)
    assert missing(problem, rows.roster(rows.day(SATURDAY, "P1", only="上午"))) == [(SATURDAY, "W1", 1)]
    both = rows.day(SATURDAY, "P1", only="上午") + rows.day(SATURDAY, "P2", only="下午")
    assert missing(problem, rows.roster(both)) == [(SATURDAY, "W1", 1)]


def test_each_segment_is_a_duty_in_half_days(make_problem, rows):
    problem = make_problem(policy={"granularity": "半天"}, last=SATURDAY)
    found = RULE.unmet(problem, rows.roster(rows.day(SATURDAY, "P1", only="上午")))
    assert [(f.segment, f.amount) for f in found] == [("下午", 1)]


def test_who_was_missing_does_not_count(make_problem, rows):
    actual = Actual(day=SATURDAY, line=Line.WEEKEND, window="W1", person="P1", segment="下午", presence="缺岗")
    problem = make_problem(last=SATURDAY, actuals=(actual,))
    assert missing(problem, rows.roster(rows.day(SATURDAY, "P1"))) == [(SATURDAY, "W1", 1)]
    assert missing(problem, rows.roster(rows.day(SATURDAY, "P1", "P2"))) == []


def test_a_group_counts_different_people_over_its_windows(make_problem, rows):
    demand = (DemandRow(line=Line.WEEKEND, scope="全中心", minimum=3),)
    problem = make_problem(demand_rows=demand, last=SATURDAY, **TWO_WINDOWS)
    one_each = rows.roster(rows.day(SATURDAY, "P2"), rows.day(SATURDAY, "P1", window="W2"))
    assert missing(problem, one_each) == [(SATURDAY, "全中心", 1)]  # 3 − 2; the windows themselves ask for 0
    three = rows.roster(rows.day(SATURDAY, "P2", "P4"), rows.day(SATURDAY, "P1", window="W2"))
    assert missing(problem, three) == []


def test_a_share_of_windows_must_have_somebody_at_lunch(make_problem, rows):
    policy = {"lunch_service": "值班", "lunch_mode": "比例", "lunch_ratio": 0.75}
    problem = make_problem(policy=policy, first=MONDAY, last=MONDAY, **TWO_WINDOWS)
    # ⌈0.75 × 2⌉ = 2 windows; two people at one window serve one
    found = RULE.unmet(problem, rows.roster(rows.lunch(MONDAY, "P2", "P4")))
    assert [(f.line, f.amount) for f in found] == [("午间", 1)]
    assert missing(problem, rows.roster(rows.lunch(MONDAY, "P2"), rows.lunch(MONDAY, "P1", window="W2"))) == []


def test_who_could_help_is_named(make_problem, rows):
    problem = make_problem(policy={"weekend_minimum": 2}, last=SATURDAY)
    advice = RULE.unmet(problem, rows.roster(rows.day(SATURDAY, "P1")))[0].advice
    assert "P2" in advice and "P1" not in advice
