"""A lawful roster of a small centre, and what happens to it when somebody tampers with it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from zhiban.model.kinds import Half, LeaveKind, Line, Mode, PinMode, Role
from zhiban.model.records import (
    Appointment,
    Item,
    LeaderRow,
    Leave,
    OpeningLot,
    Person,
    Pin,
    Post,
    Window,
)
from zhiban.model.roster import DutyRow, LeaveRow, Roster, StandInRow
from zhiban.model.stated import Stated
from zhiban.solver.verify import judge

MON, TUE, WED, THU, FRI, SAT, SUN = (date(2026, 12, d) for d in range(7, 14))
AM, PM = Half.MORNING, Half.AFTERNOON

BOOKED = {"registered": "2026-11-30T09:00:00", "channel": "现场", "applicant": "某某", "phone": "0", "state": "已登记"}


@pytest.fixture
def problem(make_problem):
    """Monday 7 to Sunday 13 December: two windows, posts, lunch, a director who leads, two appointments."""
    return make_problem(
        first=MON,
        last=SUN,
        policy={"leader_scope": "全中心", "leader_mode": "在岗", "lunch_service": "值班", "leave_valid_months": 12},
        windows=(
            Window(id="W1", name="综合", lunch_minimum=1),
            Window(id="W2", name="税务", lunch_minimum=0, weekend_minimum=0, leave_cap=1),
            Window(id="W0", name="主任室", lunch_minimum=0, weekend_minimum=0, workday_minimum=0),
        ),
        people=(
            *(Person(id=f"P{n}", name=f"员工{n}", window="W1", weekend_cap=1) for n in (1, 2, 3)),
            Person(id="P4", name="员工4", window="W2", items=("S1",)),
            Person(id="P5", name="员工5", window="W2", stand_in_windows=("W1",), joins_weekend=False),
            Person(id="D1", name="主任", window="W0"),
        ),
        posts=(
            Post(id="K1", name="受理", window="W1", a="P1", b=("P2", "P3"), open_weekend=True),
            Post(id="K2", name="审核", window="W2", a="P4", b=("P5",)),
        ),
        leaders=(LeaderRow(person="D1"),),
        leaves=(
            Leave(person="P3", kind=LeaveKind.SICK, first=FRI, last=FRI),
            Leave(person="D1", kind=LeaveKind.ANNUAL, first=MON, last=MON),
        ),
        items=(Item(id="S1", name="登记", host="W1", assists=("W2",), minutes=60),),
        appointments=(
            Appointment(id="Y1", item="S1", day=SAT, start=600, **BOOKED),
            Appointment(id="Y2", item="S1", day=TUE, earliest=540, latest=600, **BOOKED),
        ),
        opening=(OpeningLot(person="P1", earned=date(2026, 11, 1), minutes=420),),
        pins=(Pin(day=SUN, line="周末", person="P2", mode=PinMode.MUST),),
    )


@pytest.fixture
def lawful(rows):
    """Everything demanded is there, and nothing else."""
    named = {"posts": ("K1",)}
    saturday = rows.day(SAT, "P1", **named)
    return rows.roster(
        [replace(saturday[0], appointments=("Y1",)), saturday[1]],
        rows.day(SUN, "P2", **named),
        rows.lead(SAT, "D1", credited=180),
        rows.lead(SUN, "D1", credited=180),
        [
            row
            for day, person in zip((MON, TUE, WED, THU, FRI), "12312", strict=True)
            for row in rows.lunch(day, f"P{person}")
        ],
        rows.leave_day("P1", WED),
        [rows.cover(WED, half, "P1", "P2", "调休") for half in Half],
        rows.call_in("Y1", SAT, 600, 660, "P4", "W2", Role.ASSIST, credited=60),
        rows.served("Y1", SAT, 600, 660, {"P1": Mode.ON_DUTY}),
        rows.served("Y1", SAT, 600, 660, {"P4": Mode.CALL_IN}, "W2", Role.ASSIST),
        rows.served("Y2", TUE, 570, 630, {"P2": Mode.AT_POST}),
        rows.served("Y2", TUE, 570, 630, {"P5": Mode.AT_POST}, "W2", Role.ASSIST),
    )


def codes(problem, roster: Roster, **case) -> set[str]:
    said = judge(problem, roster, **case)
    return {f.code for f in (*said.breaches, *said.unmet)}


def test_the_roster_is_lawful_and_meets_everything(problem, lawful):
    said = judge(problem, lawful)
    assert said.breaches == () and said.unmet == () and said.warnings == ()
    assert [said.tiers[t] for t in ("T1", "T2", "T3", "T4", "T8", "T9")] == [0] * 6
    stated = Stated(said.bank, said.closing_lots, said.closing_counts, said.tiers)
    assert codes(problem, lawful, stated=stated, old=lawful, now=datetime(2026, 12, 12, 8)) == set()


def test_the_order_of_the_rows_does_not_matter(problem, lawful):
    turned = Roster(lawful.duties[::-1], lawful.leaves[::-1], lawful.stand_ins[::-1], lawful.appointments[::-1])
    one, other = judge(problem, lawful), judge(problem, turned)
    assert one.breaches == other.breaches == ()
    assert (one.tiers, one.bank, one.closing_lots) == (other.tiers, other.bank, other.closing_lots)


# ---- tampering ----------------------------------------------------------------------------------------------------

Wanted = Callable[[DutyRow], bool]


def without(roster: Roster, wanted: Wanted) -> Roster:
    return replace(roster, duties=tuple(r for r in roster.duties if not wanted(r)))


def changed(roster: Roster, wanted: Wanted, **change) -> Roster:
    return replace(roster, duties=tuple(replace(r, **change) if wanted(r) else r for r in roster.duties))


def on(day: date, line: Line) -> Wanted:
    return lambda row: (row.day, row.line) == (day, line)


def extra_leave(roster: Roster, *leaves: LeaveRow) -> Roster:
    return replace(roster, leaves=(*roster.leaves, *leaves))


def served_by(roster: Roster, appointment: str, window: str, **change) -> Roster:
    return replace(
        roster,
        appointments=tuple(
            replace(r, **change) if (r.appointment, r.window) == (appointment, window) else r
            for r in roster.appointments
        ),
    )


def stand_ins(roster: Roster, *changed_rows: StandInRow) -> Roster:
    return replace(roster, stand_ins=changed_rows)


MORNING = (540, 720)
AFTERNOON = (780, 1020)

TAMPERING: dict[str, tuple[str, Callable[[Roster], Roster]]] = {
    "nobody on Saturday": ("D1", lambda r: without(r, on(SAT, Line.WEEKEND))),
    "nobody at lunch": ("D1", lambda r: without(r, on(WED, Line.LUNCH))),
    "the post at the weekend not named": ("D2", lambda r: changed(r, on(SUN, Line.WEEKEND), posts=())),
    "no row for the absent A": ("D2", lambda r: stand_ins(r, r.stand_ins[0])),
    "the later stand-in first": (
        "D2", lambda r: stand_ins(r, replace(r.stand_ins[0], stand_in="P3"), r.stand_ins[1]),
    ),
    "an unneeded stand-in": ("D2", lambda r: stand_ins(r, *r.stand_ins, StandInRow(MON, AM, "K1", "P1", "兼岗", "P2"))),
    "no leader on Sunday": ("D3", lambda r: without(r, on(SUN, Line.LEAD))),
    "a leader who is none": ("D3", lambda r: changed(r, on(SUN, Line.LEAD), person="P2", credited=0)),
    "an appointment in one window only": ("D4", lambda r: served_by(r, "Y2", "W2", people=(), modes=(), met=False)),
    "two windows at two times": ("D4", lambda r: served_by(r, "Y2", "W2", start=540, end=600)),
    "a start that is no choice": (
        "D4", lambda r: served_by(served_by(r, "Y2", "W2", start=550, end=610), "Y2", "W1", start=550, end=610),
    ),
    "a call-in without its row": ("D4", lambda r: without(r, on(SAT, Line.CALL_IN))),
    "one person in both windows": ("D4", lambda r: served_by(r, "Y2", "W1", people=("P5",))),
    "two duties at once": (
        "H1", lambda r: replace(r, duties=(*r.duties, DutyRow(SAT, Line.CALL_IN, 600, 660, "W2", "P1"))),
    ),
    "leave during an appointment": ("H1", lambda r: extra_leave(r, LeaveRow("P2", TUE, AM, *MORNING))),
    "lunch duty while ill": ("H2", lambda r: changed(r, on(FRI, Line.LUNCH), person="P3")),
    "a weekend without taking part": ("H2", lambda r: changed(r, on(SAT, Line.WEEKEND), person="P5")),
    "a stranger at the window": ("H3", lambda r: changed(r, on(MON, Line.LUNCH), person="P4")),
    "leave with an empty post": (
        "H4", lambda r: stand_ins(r, *(replace(s, stand_in=None) for s in r.stand_ins)),
    ),
    "seven days in a row": ("H5", lambda r: changed(r, on(SAT, Line.WEEKEND), person="P2")),
    "one weekend too many": (
        "H6", lambda r: changed(changed(r, on(SUN, Line.WEEKEND), person="P3"), on(SAT, Line.WEEKEND), person="P3"),
    ),
    "lunch duty on a day off": ("H7", lambda r: changed(r, on(WED, Line.LUNCH), person="P1")),
    "leave before it is earned": ("H8", lambda r: extra_leave(r, LeaveRow("P4", MON, PM, *AFTERNOON))),
    "leave on a Sunday": ("H8", lambda r: extra_leave(r, LeaveRow("P1", SUN, AM, *MORNING))),
    "leave that is no half": ("H8", lambda r: replace(r, leaves=(replace(r.leaves[0], end=700), *r.leaves[1:]))),
    "two of three on leave": ("H8", lambda r: extra_leave(r, LeaveRow("P3", WED, AM, *MORNING))),
    "another person than pinned": ("H9", lambda r: changed(r, on(SUN, Line.WEEKEND), person="P3")),
    "half a day of a whole-day duty": (
        "F1", lambda r: without(r, lambda row: on(SAT, Line.WEEKEND)(row) and row.start == 780),
    ),
    "another time than the segment's": (
        "F1", lambda r: changed(r, lambda row: on(MON, Line.LUNCH)(row), start=730),
    ),
    "a weekend row on a workday": ("F1", lambda r: changed(r, on(SAT, Line.WEEKEND), day=FRI)),
    "an unknown person": ("F1", lambda r: changed(r, on(SAT, Line.WEEKEND), person="P9")),
    "a granted leave nobody granted": (
        "F1", lambda r: replace(r, leaves=tuple(replace(row, granted=True) for row in r.leaves)),
    ),
    "too much credit": ("F2", lambda r: changed(r, on(SAT, Line.WEEKEND), credited=360)),
    "a wrong reason": ("F2", lambda r: stand_ins(r, replace(r.stand_ins[0], reason="事假"), r.stand_ins[1])),
    "met though it is not": ("F2", lambda r: served_by(r, "Y2", "W2", people=(), modes=())),
    "a wrong role": ("F2", lambda r: changed(r, on(SAT, Line.CALL_IN), role=Role.HOST)),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_caught(problem, lawful, what):
    code, tamper = TAMPERING[what]
    doctored = tamper(lawful)
    assert doctored != lawful
    assert code in codes(problem, doctored)


def test_every_rule_but_the_frozen_catches_something():
    assert {code for code, _ in TAMPERING.values()} == {
        "D1", "D2", "D3", "D4", *(f"H{n}" for n in range(1, 10)), "F1", "F2",
    }  # fmt: skip


def test_what_was_frozen_is_not_moved(problem, lawful):
    moved = changed(lawful, on(SUN, Line.WEEKEND), person="P3")
    # Sunday 9:00 is 23 hours off at 10:00 on Saturday, and 25 hours off at 8:00.
    assert "H10" in codes(problem, moved, old=lawful, now=datetime(2026, 12, 12, 10))
    assert "H10" not in codes(problem, moved, old=lawful, now=datetime(2026, 12, 12, 8))


def test_the_unmet_make_the_tiers(problem, lawful):
    empty = judge(problem, Roster())
    sums = {
        tier: sum(f.amount for f in empty.unmet if f.code == code)
        for code, tier in {"D4": "T1", "D1": "T2", "D2": "T3", "D3": "T4"}.items()
    }
    # 2 appointments × 2 windows; 5 lunches + 2 weekend days; Saturday and Sunday 2 segments each; 2 units
    assert sums == {"T1": 4, "T2": 7, "T3": 4, "T4": 2}
    assert {tier: empty.tiers[tier] for tier in sums} == sums
