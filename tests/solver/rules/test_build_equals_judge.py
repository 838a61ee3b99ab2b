"""Every rule says the same twice: what its clauses let CP-SAT find is what its judge passes, roster by roster."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

import pytest
from ortools.sat.python import cp_model

from zhiban.model.kinds import Half, LeaveKind, Line, PinMode
from zhiban.model.problem import Previous, Problem
from zhiban.model.records import (
    Appointment,
    Item,
    LeaderRow,
    Leave,
    OpeningLot,
    Overtime,
    Person,
    Pin,
    Post,
    Window,
)
from zhiban.model.roster import DutyRow, Roster
from zhiban.solver.draft import Draft
from zhiban.solver.part_result import PartResult
from zhiban.solver.parts import whole
from zhiban.solver.replan import Plan, plan_of
from zhiban.solver.rows import roster_of
from zhiban.solver.rule import Case, Rule, catalogue
from zhiban.solver.rules.rest import Rest
from zhiban.solver.search import Status

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 12, d) for d in (4, 5, 6, 7))
RULES = {rule.code: rule for rule in catalogue()}
FREE = (Window(id="W1", name="综合窗口", leave_cap=9),)
"""No cap on those on leave at once: H4 counts on that of H8."""
TWO_WINDOWS = (Window(id="W1", name="一"), Window(id="W2", name="二"))
HELPED = (
    Person(id="P1", name="员工1", window="W1", stand_in_windows=("W2",)),
    Person(id="P2", name="员工2", window="W2", stand_in_windows=("W1",)),
)
TWO = tuple(Person(id=f"P{n}", name=f"员工{n}", window="W1") for n in (1, 2))
ONE = TWO[:1]
ITEMS = (Item(id="S1", name="事项", host="W1", minutes=60), Item(id="S2", name="联办", host="W1", assists=("W2",)))
BOOKED = {"registered": "2026-11-30T09:00:00", "channel": "现场", "applicant": "某某", "phone": "0", "state": "已登记"}


def booking(number: int, **fields: object) -> Appointment:
    """An appointment of one item, at 10:00 on Saturday where nothing else is said."""
    when = {} if "earliest" in fields else {"start": 600}
    return Appointment(**{"id": f"Y{number}", "item": "S1", "day": SATURDAY, **BOOKED, **when, **fields})


def lots(*people: str, minutes: int = 900, earned: date = date(2026, 11, 7), expires: date | None = None):
    """Credit from before the period."""
    return tuple(OpeningLot(person=p, earned=earned, minutes=minutes, expires=expires) for p in people)


def pin(mode: PinMode, **fields: object) -> Pin:
    return Pin(**{"day": SATURDAY, "line": "周末", "mode": mode, **fields})


def post(number: str, a: str, *b: str) -> Post:
    return Post(id=number, name=f"{number}岗", window="W1", a=a, b=b)


BARE = {"credit_weekend": False}
"""No credit for weekends, so that leave comes from the opening balance alone."""

WORKED = Previous(
    first=SATURDAY,
    last=SUNDAY,
    duties=tuple(DutyRow(day, Line.WEEKEND, 540, 720, "W1", "P1", "上午") for day in (SATURDAY, SUNDAY)),
)

CASES: dict[tuple[str, str], dict[str, object]] = {
    ("H1", "two windows"): {"windows": TWO_WINDOWS, "people": HELPED, "policy": BARE},
    ("H1", "half days"): {
        "windows": TWO_WINDOWS, "people": HELPED, "policy": {**BARE, "granularity": "半天"}, "last": SATURDAY,
    },
    ("H1", "appointments one after the other, and at once"): {
        "people": TWO, "items": ITEMS, "last": SATURDAY,
        "appointments": (booking(1), booking(2, start=630), booking(3, start=660)),
    },
    ("H1", "an appointment at the post, and leave"): {
        "people": ONE, "items": ITEMS, "policy": BARE, "opening": lots("P1"), "first": MONDAY,
        "appointments": (booking(1, day=MONDAY, start=540), booking(2, day=MONDAY, start=750)),
    },
    ("H1", "leave by the hour around an appointment"): {
        "people": ONE, "items": ITEMS, "policy": {**BARE, "leave_unit": "1小时"}, "opening": lots("P1"),
        "first": MONDAY, "appointments": (booking(1, day=MONDAY),),
    },
    ("H4", "enough people"): {
        "windows": FREE, "policy": {**BARE, "workday_minimum": 2}, "opening": lots("P1", "P2", "P3"), "first": MONDAY,
    },
    ("H4", "two of three ill or on leave"): {
        "windows": FREE,
        "policy": {**BARE, "workday_minimum": 1}, "opening": lots("P1", "P2", "P3"), "last": FRIDAY,
        "leaves": (Leave(person="P3", kind=LeaveKind.SICK, first=FRIDAY, first_half=Half.AFTERNOON, last=FRIDAY),),
    },
    ("H4", "posts"): {
        "windows": FREE,
        "policy": {**BARE, "workday_minimum": 0, "post_cap": 1}, "opening": lots("P1", "P2", "P3"), "first": MONDAY,
        "posts": (post("K1", "P1", "P2"), post("K2", "P2")),
    },
    ("H4", "a post nobody can hold"): {
        "windows": FREE,
        "policy": {**BARE, "workday_minimum": 0, "post_cap": 2}, "opening": lots("P1", "P2"), "first": MONDAY,
        "leaves": (Leave(person="P3", kind=LeaveKind.SICK, first=MONDAY, last=MONDAY),),
        "posts": (post("K1", "P3"), post("K2", "P1", "P2")),
    },
    ("H4", "a stand-in from elsewhere"): {
        "windows": TWO_WINDOWS, "policy": {**BARE, "workday_minimum": 1}, "opening": lots("P1", "P2"), "first": MONDAY,
        "people": (Person(id="P1", name="员工1", window="W1"), Person(id="P2", name="员工2", window="W2"),
                   Person(id="P3", name="员工3", window="W2")),
        "posts": (post("K1", "P1", "P2"),),
    },
    ("H5", "a weekend in a week of work"): {
        "people": ONE, "last": date(2026, 12, 12), "policy": {**BARE, "max_days_in_row": 3, "leave_unit": "全天"},
        "opening": lots("P1", minutes=420),
    },
    ("H5", "a day off by leave"): {
        "people": ONE, "last": date(2026, 12, 8), "policy": {**BARE, "max_days_in_row": 4, "leave_unit": "全天"},
        "opening": lots("P1"), "first": date(2026, 12, 3),
    },
    ("H5", "half a day ill, the other on leave"): {
        "people": ONE, "policy": {**BARE, "max_days_in_row": 2}, "opening": lots("P1"),
        "leaves": (Leave(person="P1", kind=LeaveKind.SICK, first=MONDAY, last=MONDAY, last_half=Half.MORNING),),
    },
    ("H5", "workdays before the period"): {"people": ONE, "first": SATURDAY, "policy": {**BARE, "max_days_in_row": 6}},
    ("H5", "a weekend worked before"): {
        "people": ONE, "first": MONDAY, "last": date(2026, 12, 9), "policy": {**BARE, "max_days_in_row": 4},
        "opening": lots("P1"), "previous": WORKED,
    },
    ("H6", "weekends a month"): {
        "people": tuple(p.model_copy(update={"weekend_cap": 1}) for p in TWO), "policy": BARE,
        "last": date(2026, 12, 12),
    },
    ("H6", "hours a month"): {
        "people": ONE, "policy": {"monthly_hours_cap": 13, "credit_overtime": True, "leave_unit": "全天"},
        "last": date(2026, 12, 12),
        "overtime": (Overtime(person="P1", day=FRIDAY, start=1020, end=1080, filed=True),),
    },
    ("H6", "months apart"): {
        "people": tuple(p.model_copy(update={"weekend_cap": 1}) for p in ONE), "policy": BARE,
        "first": date(2027, 1, 30), "last": date(2027, 2, 7),
    },
    ("H6", "not both days"): {"people": TWO, "policy": {**BARE, "weekend_pair": "禁止"}, "last": date(2026, 12, 12)},
    ("H6", "both days or none"): {
        "people": TWO, "policy": {**BARE, "weekend_pair": "要求"}, "last": date(2026, 12, 13),
    },
    ("H6", "both days, half by half"): {
        "people": ONE, "policy": {**BARE, "weekend_pair": "要求", "granularity": "半天"}, "last": date(2026, 12, 13),
    },
    ("H7", "lunch"): {
        "people": TWO, "policy": {**BARE, "lunch_service": "值班"}, "opening": lots("P1", "P2"), "first": MONDAY,
    },
    ("H7", "lunch beside half a day ill"): {
        "people": TWO, "policy": {**BARE, "lunch_service": "值班"}, "opening": lots("P1", "P2"), "last": FRIDAY,
        "leaves": (
            Leave(person="P1", kind=LeaveKind.SICK, first=FRIDAY, last=FRIDAY, last_half=Half.MORNING),
            Leave(person="P2", kind=LeaveKind.SICK, first=FRIDAY, last=FRIDAY),
        ),
    },
    ("H8", "earned before it is taken"): {"people": TWO},
    ("H8", "a balance of half a day"): {
        "people": ONE, "opening": lots("P1", minutes=200), "policy": {"credit_ratio": "0.5"},
    },
    ("H8", "whole days"): {"people": TWO, "policy": {"leave_unit": "全天"}, "opening": lots("P1", minutes=480)},
    ("H8", "by the hour"): {
        "people": ONE, "policy": {**BARE, "leave_unit": "1小时"}, "opening": lots("P1", minutes=240), "first": MONDAY,
    },
    ("H8", "credit that lapses"): {
        "people": ONE, "last": date(2026, 12, 8), "first": SATURDAY,
        "opening": (*lots("P1", minutes=300, expires=MONDAY), *lots("P1", minutes=200, earned=date(2026, 11, 8))),
    },
    ("H8", "few at once"): {
        "windows": (Window(id="W1", name="一", leave_cap=1),), "policy": BARE, "opening": lots("P1", "P2", "P3"),
        "first": MONDAY,
    },
    ("H8", "not after a holiday"): {
        "people": ONE, "policy": {**BARE, "no_leave_after_holiday": True, "holiday_mode": "不开"},
        "opening": lots("P1", minutes=480), "first": date(2026, 12, 31), "last": date(2027, 1, 5),
    },
    ("H9", "a person, and nobody"): {
        "people": TWO, "policy": BARE,
        "pins": (pin(PinMode.MUST, person="P1"), pin(PinMode.MUST_NOT, day=SUNDAY, person="P2")),
    },
    ("H9", "somebody of a window, half by half"): {
        "windows": TWO_WINDOWS, "people": HELPED, "policy": {**BARE, "granularity": "半天"}, "last": SATURDAY,
        "pins": (pin(PinMode.MUST, segment="下午", window="W2"), pin(PinMode.MUST_NOT, segment="上午", person="P1")),
    },
    ("H9", "leave and an appointment"): {
        "people": TWO, "items": ITEMS, "policy": BARE, "opening": lots("P1"), "first": SATURDAY,
        "appointments": (booking(1),),
        "pins": (
            pin(PinMode.MUST, day=MONDAY, line="调休", segment="上午", person="P1"),
            pin(PinMode.MUST_NOT, appointment="Y1", person="P2"),
        ),
    },
    ("D3", "on call"): {
        "people": TWO, "leaders": (LeaderRow(person="P1"), LeaderRow(person="P2")),
        "policy": {**BARE, "leader_scope": "全中心", "leader_mode": "听班"}, "last": SUNDAY,
    },
    ("D3", "two groups"): {
        "windows": tuple(w.model_copy(update={"head": "P1", "deputies": ("P2",)}) for w in TWO_WINDOWS),
        "people": HELPED, "last": SATURDAY, "policy": {**BARE, "leader_scope": "窗口", "leader_mode": "听班"},
    },
    ("D3", "two groups half by half"): {
        "windows": tuple(w.model_copy(update={"head": "P1"}) for w in TWO_WINDOWS), "people": HELPED[:1],
        "last": SATURDAY, "policy": {**BARE, "leader_scope": "窗口", "leader_mode": "听班", "granularity": "半天"},
    },
    ("D3", "on the spot or alone"): {
        "windows": (Window(id="W1", name="一"), Window(id="W0", name="主任室", weekend_minimum=0)),
        "people": (*TWO, Person(id="D1", name="主任", window="W0")), "last": SUNDAY,
        "leaders": (LeaderRow(person="D1"), LeaderRow(person="P1")),
        "policy": {**BARE, "leader_scope": "全中心", "leader_mode": "在岗"},
    },
    ("D4", "one or two people"): {
        "windows": TWO_WINDOWS, "people": (*HELPED, *TWO[1:1]), "items": ITEMS, "last": SATURDAY,
        "appointments": (booking(1, item="S2", duration=60),),
    },
    ("D4", "a choice of starts"): {
        "people": TWO, "items": ITEMS, "last": SATURDAY, "appointments": (booking(1, earliest=600, latest=720),),
    },
}  # fmt: skip


class Solutions(cp_model.CpSolverSolutionCallback):
    """Gathers which of some literals hold in each solution."""

    def __init__(self, lits: list[cp_model.IntVar]) -> None:
        super().__init__()
        self.lits = lits
        self.found: set[frozenset[int]] = set()

    def on_solution_callback(self) -> None:
        self.found.add(frozenset(lit.index for lit in self.lits if self.value(lit)))


def decisions(draft: Draft) -> list[cp_model.IntVar]:
    """The literals that make a roster."""
    lits = [d.lit for d in draft.duties.values()] + [s.lit for s in draft.services] + [x.lit for x in draft.leadings]
    lits += [o.lit for options in draft.leaves.values() for o in options]
    lits += [lit for starts in draft.starts.values() for lit in starts.values()]
    return list({lit.index: lit for lit in lits}.values())


def solutions(draft: Draft) -> set[frozenset[int]]:
    """All rosters that a draft allows, by the literals that hold."""
    solver = cp_model.CpSolver()
    solver.parameters.enumerate_all_solutions = True
    solver.parameters.num_workers = 1
    gathered = Solutions(decisions(draft))
    assert solver.solve(draft.model, gathered) in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return gathered.found


def roster(draft: Draft, on: frozenset[int]) -> Roster:
    """The rows of a solution."""
    result = PartResult(draft.part, Status.FEASIBLE)
    result.duties = [d for d in draft.duties.values() if d.lit.index in on]
    result.services = [s for s in draft.services if s.lit.index in on]
    result.leaves = [o for options in draft.leaves.values() for o in options if o.lit.index in on]
    result.leadings = [x for x in draft.leadings if x.lit.index in on]
    for need, starts in draft.starts.items():
        result.starts[need] = next(start for start, lit in starts.items() if lit.index in on)
    return roster_of(draft.problem, [result])


def drafted(problem: Problem, *rules: Rule, plan: Plan | None = None, exact_posts: bool = True) -> Draft:
    """A draft of the whole problem with the clauses of some rules alone."""
    draft = Draft(problem, whole(problem)[0], exact_posts=exact_posts, plan=plan)
    for rule in rules:
        rule.build(draft)
    return draft


def nobody_idle(draft: Draft, on: frozenset[int]) -> bool:
    """Nobody serves an appointment beyond the people asked for; the judge does not mind, the clauses do."""
    served = [(s.need.id, s.window) for s in draft.services if s.lit.index in on]
    return all(served.count((need.id, w)) <= need.count for need in draft.problem.facts.needs for w in need.windows)


def compared(problem: Problem, rule: Rule, built: Rule | None = None) -> tuple[set, set, set]:
    """All rosters of a problem, those that the rule's clauses allow (of `built`, if given) and those it passes."""
    free = drafted(problem)
    everything = solutions(free)
    helping = [RULES["D2"]] if rule.code == "H4" else []  # the clauses of H4 stand on the holders of D2
    allowed = solutions(drafted(problem, *helping, built or rule))
    judged = {on for on in everything if rule.breaches(problem, roster(free, on)) == []}
    if rule.code == "D4":
        judged = {on for on in judged if nobody_idle(free, on)}
    return everything, allowed, judged


def told(problem: Problem, ons: set[frozenset[int]]) -> Iterator[str]:
    """A few rosters in words, for a failure."""
    free = drafted(problem)
    for on in sorted(ons, key=len)[:3]:
        made = roster(free, on)
        yield "; ".join(
            [f"{r.day:%m-%d} {r.line}{r.segment} {r.window} {r.person}" for r in made.duties]
            + [f"{r.day:%m-%d}{r.half} 调休 {r.start}-{r.end} {r.person}" for r in made.leaves]
            + [f"{r.appointment} {r.window} {r.start} {r.people} {r.modes}" for r in made.appointments]
        )


@pytest.mark.parametrize(("code", "name"), CASES, ids=[" ".join(case) for case in CASES])
def test_the_clauses_allow_what_the_judge_passes(make_problem, code, name):
    problem = make_problem(**CASES[code, name])
    everything, allowed, judged = compared(problem, RULES[code])
    assert set() < judged < everything, "the centre does not put the rule to the test"
    assert list(told(problem, allowed - judged)) == []
    assert list(told(problem, judged - allowed)) == []


def test_every_rule_with_clauses_is_put_to_the_test():
    with_clauses = {rule.code for rule in catalogue() if type(rule).build is not Rule.build}
    # D1 forbids nothing; D2 by H4 and by the posts below; H10 by the old roster below.
    assert with_clauses - {code for code, _ in CASES} == {"D1", "D2", "H10"}


class StopsADayEarly(Rest):
    """Rest that forgets the last day of the period."""

    def build(self, draft: Draft) -> None:
        draft.problem = draft.problem.changed(last=draft.problem.last - timedelta(days=1))
        super().build(draft)


def test_a_rule_that_stops_a_day_early_is_caught(make_problem):
    new = tuple(p.model_copy(update={"hired": FRIDAY}) for p in ONE)
    problem = make_problem(people=new, last=SUNDAY, policy={**BARE, "max_days_in_row": 2})
    _, allowed, judged = compared(problem, Rest(), StopsADayEarly())
    assert len(judged) == 3  # Saturday, Sunday or neither: Friday is a workday
    assert len(allowed) == 4


@pytest.mark.parametrize("seed", range(12))
def test_posts_held_by_counting_are_posts_held(make_problem, seed):
    """Hall's inequalities allow just the leave after which every post of the half has a holder of its team."""
    random = Random(seed)
    people = tuple(Person(id=f"P{n}", name=f"员工{n}", window="W1") for n in range(1, 5))
    names = [p.id for p in people]
    posts: list[Post] = []
    for a in random.sample(names, random.randint(1, 4)):  # another A for each, so that all can be held
        others = [name for name in names if name != a]
        posts.append(post(f"K{a}", a, *random.sample(others, random.randint(0, 2))))
    problem = make_problem(
        windows=FREE,
        people=people,
        posts=tuple(posts),
        opening=lots(*names),
        first=MONDAY,
        policy={**BARE, "workday_minimum": 0, "post_cap": random.randint(1, 2)},
    )
    free = drafted(problem, exact_posts=False)
    allowed = solutions(drafted(problem, RULES["D2"], exact_posts=False))
    full = {
        on
        for on in solutions(free)
        if not RULES["D2"].unmet(problem, roster(free, on)) and not RULES["D2"].breaches(problem, roster(free, on))
    }
    assert len(full) < len(solutions(free))
    assert list(told(problem, allowed - full)) == []
    assert list(told(problem, full - allowed)) == []


@pytest.mark.parametrize("notice", [0, 24, 48])
@pytest.mark.parametrize("granularity", ["全天", "半天"])
def test_what_is_frozen_stands(make_problem, rows, notice, granularity):
    problem = make_problem(
        people=TWO, policy={**BARE, "granularity": granularity, "roster_change_hours": notice}, last=SUNDAY
    )
    old, now = rows.roster(rows.day(SATURDAY, "P1"), rows.day(SUNDAY, "P2")), datetime(2026, 12, 4, 12, 0)
    free = drafted(problem)
    allowed = solutions(drafted(problem, RULES["H10"], plan=plan_of(problem, old, now)))
    frozen = RULES["H10"].about(Case(old, now))
    judged = {on for on in solutions(free) if frozen.breaches(problem, roster(free, on)) == []}
    assert (len(judged) < len(solutions(free))) is (notice > 0)
    assert list(told(problem, allowed - judged)) == []
    assert list(told(problem, judged - allowed)) == []
