"""The re-solve against every roster there is: the fewest people, then the fewest entries, then the other tiers."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import chain, combinations, product

import pytest

from zhiban.model.errors import ContradictionError
from zhiban.model.kinds import Half, LeaveKind, Line, Mode, PinMode, Role
from zhiban.model.records import Appointment, History, Item, Leave, OpeningLot, Person, Pin, Window
from zhiban.model.roster import AppointmentRow, DutyRow, Roster
from zhiban.solver.resolve import resolve
from zhiban.solver.settings import Settings
from zhiban.solver.solve import solve
from zhiban.solver.verify import judge

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 12, d) for d in (4, 5, 6, 7))
BEFORE = datetime(2026, 12, 1, 9)
PEOPLE = ("P1", "P2", "P3")
SETTINGS = Settings(seconds=20, workers=1)
PLAIN = {"credit_weekend": False, "credit_call_in": False}
ITEM = Item(id="I1", name="开办企业", host="W1", minutes=60)
TIERS = ("T1", "T2", "T3", "T4", "T5a", "T5b", "T6", "T7", "T8", "T9")


def appointment(number=1, day=SATURDAY, start=540, **more):
    return Appointment(
        id=f"A{number}", registered=BEFORE, channel="电话", applicant="甲", phone="1", item="I1", day=day, start=start,
        **{"state": "已登记", **more},
    )  # fmt: skip


def leave(person, day, last=None, kind=LeaveKind.SICK, **more):
    return Leave(person=person, kind=kind, first=day, last=last or day, **more)


def people_on(roster, day, line=Line.WEEKEND):
    return {row.person for row in roster.duties if row.day == day and row.line == line}


def values(outcome):
    assert all(tier.value == tier.bound for tier in outcome.tiers)
    return [tier.value for tier in outcome.tiers]


# ---- against every roster -------------------------------------------------------------------------------------------


def subsets(things) -> Iterator[tuple]:
    things = list(things)
    return chain.from_iterable(combinations(things, n) for n in range(len(things) + 1))


def services(problem, duties):
    """Every way to serve the one appointment there may be: rows of 应约, and its row of 预约明细."""
    if not problem.facts.needs:
        yield [], []
        return
    (need,) = problem.facts.needs
    end = need.starts[0] + need.duration

    def row(people, mode):
        modes = (mode,) * len(people)
        return AppointmentRow(need.id, "W1", need.day, need.starts[0], end, people, modes, Role.HOST, bool(people))

    yield [], [row((), Mode.ON_DUTY)]
    for person in PEOPLE:
        yield [], [row((person,), Mode.ON_DUTY)]
        called = DutyRow(need.day, Line.CALL_IN, need.starts[0], end, "W1", person, "应约", Role.HOST, (), (need.id,))
        yield [called], [row((person,), Mode.CALL_IN)]


def listed(duties, rows):
    """The duties with the appointments they serve."""
    found = []
    for duty in duties:
        mine = tuple(
            row.appointment
            for row in rows
            if duty.line != Line.CALL_IN
            and duty.person in row.people
            and row.modes[0] == Mode.ON_DUTY
            and duty.start <= row.start
            and row.end <= duty.end
            and duty.day == row.day
        )
        found.append(
            DutyRow(duty.day, duty.line, duty.start, duty.end, duty.window, duty.person, duty.segment, duty.role, (),
                    mine or duty.appointments)
        )  # fmt: skip
    return found


def best(problem, rows, old, now):
    """The least values, compared in their order, of all lawful rosters; None where there is none."""
    found = None
    for saturday, sunday in product(subsets(PEOPLE), subsets(PEOPLE)):
        duties = [*rows.day(SATURDAY, *saturday, credited=0), *rows.day(SUNDAY, *sunday, credited=0)]
        for called, served in services(problem, duties):
            roster = Roster.of(listed([*duties, *called], served), [], [], served)
            said = judge(problem, roster, old, now)
            least = [said.tiers[tier] for tier in TIERS]
            if not said.breaches and (found is None or least < found):
                found = least
    return found


def case(seed):
    """A centre, what changed in it since, and the time of the change."""
    dice = random.Random(seed)
    people = {p: Person(id=p, name=f"员工{p}", window="W1") for p in PEOPLE}
    history = tuple(History(person=p, saturday=dice.randrange(4)) for p in PEOPLE)
    before = {"items": (ITEM,), "history": history, "people": tuple(people.values()), "policy": PLAIN}
    if dice.random() < 0.4:
        before["appointments"] = (appointment(1, dice.choice((SATURDAY, SUNDAY)), dice.choice((540, 600, 1020))),)
    after = dict(before)
    for _ in range(dice.choice((1, 1, 2))):
        person, day = dice.choice(PEOPLE), dice.choice((SATURDAY, SUNDAY))
        what = dice.randrange(6)
        if what == 0:
            after["leaves"] = (leave(person, day, SUNDAY),)
        elif what == 1:
            people[person] = people[person].model_copy(update={"exempt_from": day})
            after["people"] = tuple(people.values())
        elif what == 2:
            after["windows"] = (Window(id="W1", name="综合窗口", weekend_minimum=dice.choice((0, 2))),)
        elif what == 3:
            mode = dice.choice((PinMode.MUST, PinMode.MUST_NOT))
            after["pins"] = (Pin(row=2, day=day, line="周末", person=person, mode=mode),)
        elif what == 4:
            after["appointments"] = (appointment(2, day, dice.choice((540, 600, 1020))),)
        else:
            after["appointments"] = ()
    return before, after, BEFORE + timedelta(hours=dice.randrange(24 * 6))


def compare(make_problem, rows, seed):
    before, after, now = case(seed)
    old = solve(make_problem(**before), SETTINGS).roster
    problem = make_problem(**after)
    least = best(problem, rows, old, now)
    if least is None:
        with pytest.raises(ContradictionError) as caught:
            resolve(problem, old, now, SETTINGS)
        assert caught.value.clash
    else:
        assert values(resolve(problem, old, now, SETTINGS)) == least


@pytest.mark.parametrize("seed", range(12))
def test_no_lawful_roster_touches_fewer_people(make_problem, rows, seed):
    compare(make_problem, rows, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12, 200))
def test_no_lawful_roster_touches_fewer_people_in_any_case(make_problem, rows, seed):
    compare(make_problem, rows, seed)


# ---- what changes, and why ------------------------------------------------------------------------------------------


@pytest.fixture
def centre(make_problem):
    """The tiny centre and its roster: Saturday and Sunday, one of three people each."""
    problem = make_problem(policy=PLAIN, items=(ITEM,))
    return problem, solve(problem, SETTINGS).roster


def test_nothing_new_changes_nothing(centre):
    problem, old = centre
    outcome = resolve(problem, old, BEFORE, SETTINGS)
    assert outcome.roster == old
    assert outcome.changes == ()
    assert outcome.info["重排部分数"] == "0"


def test_somebody_ill_is_replaced_and_nobody_else_moves(centre):
    problem, old = centre
    (ill,) = people_on(old, SATURDAY)
    outcome = resolve(problem.changed(leaves=(leave(ill, SATURDAY),)), old, BEFORE, SETTINGS)
    (other,) = people_on(outcome.roster, SATURDAY)
    assert other != ill
    assert people_on(outcome.roster, SUNDAY) == people_on(old, SUNDAY)
    assert {(c.person, c.after[:2]) for c in outcome.changes} == {(ill, "取消"), (other, "周末")}
    why = f"员工{ill[1]}12月5日不能到岗"
    assert {change.why for change in outcome.changes} == {why}
    assert "病" not in "".join(c.why + c.before + c.after for c in outcome.changes)  # why somebody is away is private


def test_a_new_appointment_goes_to_whoever_is_on_duty(centre):
    problem, old = centre
    outcome = resolve(problem.changed(appointments=(appointment(),)), old, BEFORE, SETTINGS)
    (row,) = outcome.roster.appointments
    assert (set(row.people), row.modes) == (people_on(old, SATURDAY), (Mode.ON_DUTY,))
    (change,) = outcome.changes
    assert (change.after, change.why) == ("预约A1 9:00", "新增预约A1")
    assert [t.value for t in outcome.tiers[4:6]] == [1, 1]


def test_a_cancelled_appointment_frees_its_people_and_moves_nobody(make_problem):
    problem = make_problem(policy=PLAIN, items=(ITEM,), appointments=(appointment(start=1020),))
    old = solve(problem, SETTINGS).roster
    (called,) = people_on(old, SATURDAY, Line.CALL_IN)
    cancelled = problem.changed(appointments=(appointment(start=1020, state="申请人取消"),))
    outcome = resolve(cancelled, old, datetime(2026, 12, 5, 8), SETTINGS)
    assert people_on(outcome.roster, SATURDAY, Line.CALL_IN) == set()
    assert people_on(outcome.roster, SATURDAY) == people_on(old, SATURDAY)
    (change,) = outcome.changes
    assert (change.person, change.after, change.why) == (called, "取消", "预约A1申请人取消")


def test_an_edit_is_named_by_its_cell(centre):
    problem, old = centre
    (was,) = people_on(old, SATURDAY)
    new = next(p for p in PEOPLE if p not in people_on(old, SATURDAY) | people_on(old, SUNDAY))
    pin = {"day": SATURDAY, "line": "周末", "reason": "手工修改值班表", "source": "值班表!C5"}
    pins = (Pin(person=new, mode=PinMode.MUST, **pin), Pin(person=was, mode=PinMode.MUST_NOT, **pin))
    outcome = resolve(problem.changed(pins=pins), old, BEFORE, SETTINGS)
    assert people_on(outcome.roster, SATURDAY) == {new}
    assert [change.why for change in outcome.changes] == ["按值班表!C5的手工修改"] * 2


def test_a_duty_that_is_no_more_goes_with_its_reason(centre):
    problem, old = centre
    closed = problem.changed(windows=(Window(id="W1", name="综合窗口", weekend_minimum=0),))
    outcome = resolve(closed, old, BEFORE, SETTINGS)
    assert outcome.roster.duties == ()
    assert {change.why for change in outcome.changes} == {"12月5日已不安排周末", "12月6日已不安排周末"}


# ---- frozen ---------------------------------------------------------------------------------------------------------

AT_THE_DOOR = datetime(2026, 12, 5, 8, 10)


def test_what_begins_soon_stands_although_a_wish_speaks_against_it(centre):
    problem, old = centre
    (was,) = people_on(old, SATURDAY)
    pin = Pin(row=7, day=SATURDAY, line="周末", person=was, mode=PinMode.MUST_NOT)
    with pytest.raises(ContradictionError) as caught:
        resolve(problem.changed(pins=(pin,)), old, AT_THE_DOOR, SETTINGS)
    first, second = sorted(caught.value.clash)
    assert first.startswith("原值班表：2026-12-05（周六） 周末") and "已冻结" in first
    assert second.startswith("指定与锁定!第7行")
    # A day and more ahead it is free.
    assert people_on(resolve(problem.changed(pins=(pin,)), old, BEFORE, SETTINGS).roster, SATURDAY) != {was}


def test_a_frozen_duty_is_filled_again_when_its_person_is_ill(centre):
    problem, old = centre
    (ill,) = people_on(old, SATURDAY)
    outcome = resolve(problem.changed(leaves=(leave(ill, SATURDAY),)), old, AT_THE_DOOR, SETTINGS)
    (other,) = people_on(outcome.roster, SATURDAY)
    assert other != ill and len(outcome.changes) == 2


def test_frozen_leave_that_leaves_a_post_empty_is_a_clash_that_names_it(make_problem):
    from zhiban.model.records import Post

    lots = (OpeningLot(person="P2", earned=date(2026, 11, 1), minutes=180),)
    posts = (Post(id="K1", name="受理岗", window="W1", a="P1", b=("P2",)),)
    pin = Pin(row=2, day=MONDAY, line="调休", segment="上午", person="P2", mode=PinMode.MUST)
    problem = make_problem(policy=PLAIN, opening=lots, posts=posts, pins=(pin,))
    old = solve(problem, SETTINGS).roster
    assert [(r.person, r.day, r.half) for r in old.leaves] == [("P2", MONDAY, Half.MORNING)]
    ill = problem.changed(pins=(), leaves=(leave("P1", MONDAY),))
    with pytest.raises(ContradictionError) as caught:
        resolve(ill, old, datetime(2026, 12, 7, 8, 10), SETTINGS)
    (text,) = caught.value.clash
    assert "调休上午" in text and "P2" in text and "已冻结" in text
    # Without the hours of notice he is called back: his credit stays, and he holds the post.
    policy = problem.policy.model_copy(update={"roster_change_hours": 0})
    outcome = resolve(ill.changed(policy=policy), old, datetime(2026, 12, 7, 8, 10), SETTINGS)
    assert not [row for row in outcome.roster.leaves if row.half == Half.MORNING and row.person == "P2"]
    assert ("K1", "P2") in {(row.post, row.stand_in) for row in outcome.roster.stand_ins if row.day == MONDAY}


def test_rows_follow_changed_hours_without_a_change(centre):
    problem, old = centre
    moved = tuple(
        s.model_copy(update={"start": 600}) if (s.kind, s.name) == ("周末", "上午") else s for s in problem.segments
    )
    outcome = resolve(problem.changed(segments=moved), old, BEFORE, SETTINGS)
    assert outcome.changes == ()
    assert {(row.start, row.end) for row in outcome.roster.duties} == {(600, 720), (780, 960)}


def test_a_leader_who_is_on_duty_too_is_one_person(make_problem):
    windows = (Window(id="W1", name="综合窗口", head="P1", deputies=("P2",)),)
    problem = make_problem(
        policy={**PLAIN, "leader_scope": "窗口", "leader_mode": "听班"}, windows=windows, last=SATURDAY
    )
    old = solve(problem, SETTINGS).roster
    (leader,) = people_on(old, SATURDAY, Line.LEAD)
    outcome = resolve(problem.changed(leaves=(leave(leader, SATURDAY),)), old, BEFORE, SETTINGS)
    assert outcome.judgement.breaches == ()
    found = {tier.code: tier.value for tier in outcome.tiers}
    assert found["T5a"] == len({change.person for change in outcome.changes})
