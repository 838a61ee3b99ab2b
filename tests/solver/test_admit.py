"""Admitting: what is worked out without a search is what a search finds, and a refusal is true."""

import random
from datetime import date, datetime, timedelta

import pytest

from zhiban.model.errors import ContradictionError
from zhiban.model.kinds import LeaveKind, Mode
from zhiban.model.records import Appointment, Item, Leave, OpeningLot, Person, Pin, Window, Wish
from zhiban.solver.admit import COSTS, NEW, Admission, Request
from zhiban.solver.resolve import resolve
from zhiban.solver.settings import Settings
from zhiban.solver.solve import solve

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 12, d) for d in (4, 5, 6, 7))
BEFORE = datetime(2026, 12, 1, 9)
SETTINGS = Settings(seconds=20, workers=1)
ITEM = Item(id="I1", name="开办企业", host="W1", minutes=60)
JOINT = Item(id="I2", name="一件事", host="W1", assists=("W2",), minutes=60)


def booked(number, day, start, **more):
    return Appointment(
        id=f"A{number}", registered=BEFORE, channel="电话", applicant="甲", phone="1", item="I1", day=day, start=start,
        **{"state": "已登记", **more},
    )  # fmt: skip


def asked(problem, item=ITEM, now=BEFORE, old=None, **more):
    return Admission(problem, old or solve(problem, SETTINGS).roster, now, Request(item, **more), SETTINGS)


def searched(admission, day, start):
    """The cost by a search of the whole, None where it cannot be."""
    problem = admission.problem
    row = admission.need(day, [start]).appointment
    try:
        outcome = resolve(problem.changed(appointments=(*problem.appointments, row)), admission.roster, admission.now)
    except ContradictionError:
        return None
    cost = {code: (outcome.judgement.tiers[code] or 0) - (admission.base.tiers[code] or 0) for code in COSTS}
    met = all(row.met for row in outcome.roster.appointments if row.appointment == NEW)
    return cost if met and cost["T1"] <= 0 else None


def case(seed):
    """A centre of two windows with appointments, leave, wishes and credit at random."""
    dice = random.Random(seed)
    ids = ("P1", "P2", "P3", "Q1", "Q2")
    people = tuple(
        Person(id=p, name=p, window="W1" if p[0] == "P" else "W2", stand_in_windows=("W2",) if p == "P3" else ())
        for p in ids
    )
    days, starts = (FRIDAY, SATURDAY, SUNDAY, MONDAY), (540, 600, 780, 840, 1080)
    person, day = dice.choice(ids), dice.choice(days)
    records = {
        "windows": (Window(id="W1", name="综合"), Window(id="W2", name="社保")),
        "people": people,
        "items": (ITEM, JOINT),
        "appointments": tuple(booked(n, dice.choice(days), dice.choice(starts)) for n in range(dice.randrange(3))),
        "leaves": (Leave(person=person, kind=LeaveKind.ANNUAL, first=day, last=day, approved=dice.random() < 0.6),),
        "wishes": (Wish(person=dice.choice(ids), day=dice.choice(days), wants=dice.random() < 0.5),),
        "opening": (OpeningLot(person=dice.choice(ids), earned=date(2026, 11, 1), minutes=420),),
        "policy": {"leave_valid_months": dice.choice((0, 1)), "granularity": dice.choice(("全天", "半天"))},
    }
    return records, dice.choice((ITEM, JOINT)), dice.choice(days), dice.choice(starts)


def compare(make_problem, seed):
    records, item, day, start = case(seed)
    admission = asked(make_problem(**records), item)
    answer = admission.ask(day, start)
    expected = None if admission.refusal(day, start) else searched(admission, day, start)
    assert (answer.offer.cost if answer.offer else None) == expected
    if answer.offer is None:
        assert answer.reasons
    assert all(searched(admission, offer.day, offer.start) == offer.cost for offer in answer.nearest)


@pytest.mark.parametrize("seed", range(10))
def test_the_cost_is_what_a_search_finds(make_problem, seed):
    compare(make_problem, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 120))
def test_the_cost_is_what_a_search_finds_in_any_case(make_problem, seed):
    compare(make_problem, seed)


def test_whoever_is_on_duty_takes_it_and_nobody_moves(make_problem):
    admission = asked(make_problem(items=(ITEM,)))
    offer = admission.ask(SATURDAY, 540).offer
    on_duty = {row.person for row in admission.roster.duties if row.day == SATURDAY}
    assert {(window, mode) for window, _, mode in offer.people} == {("W1", Mode.ON_DUTY)}
    assert {person for _, person, _ in offer.people} == on_duty
    assert offer.movers == ()
    assert (offer.cost["T5a"], offer.cost["T5b"], offer.cost["T1"]) == (1, 1, 0)


def test_somebody_else_moves_where_that_is_the_only_way(make_problem):
    """Only P1 may do the item, and Sunday's six days in a row leave him free on one day of the weekend only."""
    people = tuple(Person(id=p, name=p, window="W1", items=() if p == "P1" else ("I9",)) for p in ("P1", "P2", "P3"))
    items = (ITEM, ITEM.model_copy(update={"id": "I9"}))
    pins = (Pin(row=2, day=SUNDAY, line="周末", person="P1", mode="必须"),)
    problem = make_problem(
        items=items, people=people, pins=pins, first=MONDAY - timedelta(7), policy={"max_days_in_row": 6}
    )
    old = solve(problem, SETTINGS).roster
    assert {row.person for row in old.duties if row.day == SUNDAY} == {"P1"}
    free = problem.changed(pins=())
    admission = asked(free, old=old)
    offer = admission.ask(SATURDAY, 540).offer
    assert [person for _, person, _ in offer.people] == ["P1"]
    assert offer.movers and set(offer.movers) <= {"P2", "P3"}  # somebody takes his Sunday
    assert offer.cost == searched(admission, SATURDAY, 540)


def test_nobody_may_do_it(make_problem):
    people = tuple(Person(id=p, name=f"员工{p}", window="W1", items=("I9",)) for p in ("P1", "P2"))
    problem = make_problem(items=(ITEM, ITEM.model_copy(update={"id": "I9"})), people=people)
    answer = asked(problem).ask(SATURDAY, 540)
    assert answer.offer is None
    assert answer.reasons == ("综合窗口(W1)能办理开办企业的只有 0 人，需 1 人",)
    assert answer.nearest == ()


def test_everybody_away_is_told_by_name_and_the_nearest_days_are_offered(make_problem):
    leaves = tuple(Leave(person=p, kind=LeaveKind.SICK, first=SATURDAY, last=SATURDAY) for p in ("P1", "P2", "P3"))
    problem = make_problem(items=(ITEM,), leaves=leaves)
    answer = asked(problem).ask(SATURDAY, 540)
    (reason,) = answer.reasons
    assert "员工1(P1)请假外出" in reason and "病" not in reason
    assert len(answer.nearest) == 3
    assert answer.nearest[0].day == FRIDAY


@pytest.mark.parametrize(
    ("day", "start", "said"),
    [
        (date(2026, 12, 8), 540, "不在值班表的期间"),
        (FRIDAY, 1400, "会过午夜"),
        (SATURDAY, 540, "周末不开"),
    ],
)
def test_what_is_refused_whoever_is_there(make_problem, day, start, said):
    problem = make_problem(items=(ITEM,), policy={"weekend_service": "不开"})
    (reason,) = asked(problem).refusal(day, start)
    assert said in reason


def test_hard_intake_rules_refuse_and_soft_ones_remark(make_problem):
    policy = {"lead_hours": 24, "lead_rule": "必须"}
    problem = make_problem(items=(ITEM,), policy=policy)
    late = asked(problem, now=datetime(2026, 12, 4, 12))
    answer = late.ask(SATURDAY, 540)
    assert "不足提前24小时" in answer.reasons[0]
    assert all(datetime.combine(o.day, datetime.min.time()) + timedelta(minutes=o.start) >= datetime(2026, 12, 5, 12)
               for o in answer.nearest)  # fmt: skip
    soft = asked(make_problem(items=(ITEM,), policy={**policy, "lead_rule": "提示"}), now=datetime(2026, 12, 4, 12))
    assert "不足提前24小时" in soft.ask(SATURDAY, 540).offer.remarks[0].text


def test_a_roster_that_no_longer_fits_is_re_solved_first(make_problem):
    problem = make_problem(items=(ITEM,))
    old = solve(problem, SETTINGS).roster
    (ill,) = {row.person for row in old.duties if row.day == SATURDAY}
    away = problem.changed(leaves=(Leave(person=ill, kind=LeaveKind.SICK, first=SATURDAY, last=SATURDAY),))
    admission = asked(away, old=old)
    assert admission.repaired
    offer = admission.ask(SATURDAY, 540).offer
    assert ill not in {person for _, person, _ in offer.people}
    assert offer.cost["T5a"] == 1  # the appointment's alone


def test_a_range_is_ranked_by_cost(make_problem):
    admission = asked(make_problem(items=(ITEM,), appointments=(booked(1, SATURDAY, 540),)))
    offers = admission.within(FRIDAY, MONDAY)
    assert [offer.rank for offer in offers] == sorted(offer.rank for offer in offers)
    assert {offer.day for offer in offers} == {FRIDAY, SATURDAY, SUNDAY, MONDAY}
    called = [offer for offer in offers if any(mode == Mode.CALL_IN for _, _, mode in offer.people)]
    assert {(offer.day, offer.start) for offer in called} == {(SATURDAY, 540), (SATURDAY, 570)}  # he is busy till 10
