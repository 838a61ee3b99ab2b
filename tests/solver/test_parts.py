"""Parts: what hangs together stays together, and nothing else does."""

from datetime import date

import pytest

from zhiban.model.kinds import Line
from zhiban.model.records import Appointment, DemandRow, Item, LeaderRow, Leave, Person, Post, Swap, Window, Wish
from zhiban.solver.parts import matters, only_line, split, whole, without_line

SATURDAY, SUNDAY, MONDAY = (date(2026, 12, d) for d in (5, 6, 7))
WINDOWS = tuple(Window(id=f"W{n}", name=f"窗口{n}") for n in (1, 2, 3))
PEOPLE = tuple(Person(id=f"P{n}", name=f"员工{n}", window=f"W{n}") for n in (1, 2, 3))
ITEMS = (Item(id="S1", name="单办", host="W1", minutes=60), Item(id="S2", name="联办", host="W1", assists=("W2",)))
BOOKED = {"registered": "2026-11-30T09:00:00", "channel": "现场", "applicant": "某某", "phone": "0", "state": "已登记"}
LEADERS = (LeaderRow(person="P1"), LeaderRow(person="P2"))
LED = {"leader_scope": "全中心"}


def booking(number=1, item="S1", day=SATURDAY, **when):
    return Appointment(id=f"Y{number}", item=item, day=day, **{**BOOKED, "duration": 60, **when})


def centre(make_problem, **more):
    return make_problem(**{"windows": WINDOWS, "people": PEOPLE, **more})


def together(problem, **how):
    """The windows of each part, in order."""
    return sorted("".join(w.id for w in part.windows) for part in split(problem, **how) if part.windows)


def stand_in(person, *windows):
    return tuple(
        p.model_copy(update={"stand_in_windows": windows}) if p.id == person else p for p in PEOPLE
    )  # fmt: skip


@pytest.mark.parametrize(
    ("records", "parts"),
    [
        ({}, ["W1", "W2", "W3"]),
        ({"people": stand_in("P1", "W2")}, ["W1W2", "W3"]),
        ({"posts": (Post(id="K1", name="岗", window="W2", a="P2", b=("P3",)),)}, ["W1", "W2W3"]),
        ({"demand_rows": (DemandRow(line=Line.WEEKEND, scope="全中心", minimum=1),)}, ["W1W2W3"]),
        ({"items": ITEMS, "appointments": (booking(item="S2", start=600),)}, ["W1", "W2", "W3"]),
        ({"items": ITEMS, "appointments": (booking(item="S2", earliest=600, latest=960),)}, ["W1W2", "W3"]),
        (
            {"swaps": (Swap(kind="代班", a="P1", a_day=SATURDAY, a_line=Line.WEEKEND, b="P3"),)},
            ["W1W3", "W2"],
        ),
        ({"policy": {**LED, "leader_mode": "在岗"}, "leaders": LEADERS}, ["W1W2", "W3"]),
        ({"policy": {**LED, "leader_mode": "听班"}, "leaders": LEADERS}, ["W1", "W2", "W3"]),
        (
            {
                "policy": {**LED, "leader_mode": "听班"},
                "leaders": LEADERS,
                "wishes": tuple(Wish(person=p, day=SATURDAY, wants=False) for p in ("P1", "P2")),
            },
            ["W1W2", "W3"],
        ),
    ],
    ids=["apart", "stand-in", "post", "group", "one time", "a choice of times", "swap", "leading", "on call", "wishes"],
)  # fmt: skip
def test_what_is_shared_joins_and_nothing_else(make_problem, records, parts):
    assert together(centre(make_problem, **records)) == parts


def test_every_thing_is_in_one_part(make_problem):
    problem = centre(
        make_problem, items=ITEMS, appointments=(booking(item="S2", start=600), booking(2, start=660)),
        policy={**LED, "leader_mode": "听班"}, leaders=(LeaderRow(person="P3"),),
        posts=(Post(id="K1", name="岗", window="W2", a="P2", b=("P3",)),),
    )  # fmt: skip
    parts, all_in_one = split(problem), whole(problem)[0]
    for name in ("windows", "people", "slots", "openings", "units", "leaders"):
        assert sorted(map(repr, (x for p in parts for x in getattr(p, name)))) == sorted(
            map(repr, getattr(all_in_one, name))
        )
    shares = sorted((s.need.id, w) for p in parts for s in p.needs for w in s.windows)
    assert shares == [("Y1", "W1"), ("Y1", "W2"), ("Y2", "W1")]


def flexible(make_problem, *others, **records):
    appointments = (booking(day=MONDAY, earliest=540, latest=660), *others)
    problem = centre(make_problem, items=ITEMS, appointments=appointments, **records)
    return problem, problem.facts.need["Y1"]


def test_a_start_matters_where_somebody_is_not_as_free_at_one_as_at_another(make_problem):
    problem, need = flexible(make_problem)
    assert len(need.starts) > 1
    assert not matters(problem, need, "W1")  # all within one morning
    ill = Leave(person="P1", kind="病假", first=MONDAY, last=MONDAY)
    assert not matters(*flexible(make_problem, leaves=(ill,)), "W1")  # away at every start alike
    assert matters(*flexible(make_problem, booking(2, day=MONDAY, start=600)), "W1")  # the same people, the same day
    assert not matters(*flexible(make_problem, booking(2, day=SUNDAY, start=600)), "W1")


def test_a_start_matters_across_the_edge_of_a_half(make_problem):
    problem = centre(make_problem, items=ITEMS, appointments=(booking(day=MONDAY, earliest=600, latest=900),))
    assert matters(problem, problem.facts.need["Y1"], "W1")


def test_where_starts_count_every_one_is_kept(make_problem):
    problem, need = flexible(make_problem)
    kept = {flag: [s.starts for p in split(problem, starts_count=flag) for s in p.needs] for flag in (False, True)}
    assert kept == {False: [need.starts[:1]], True: [need.starts]}


def test_a_line_and_all_the_rest_make_the_whole(make_problem):
    part = whole(centre(make_problem, policy={"lunch_service": "值班"}))[0]
    lunch, rest = only_line(part, Line.LUNCH), without_line(part, Line.LUNCH)
    assert {s.line for s in lunch.slots} == {Line.LUNCH}
    assert {s.line for s in rest.slots} == {Line.WEEKEND}
    assert len(lunch.slots) + len(rest.slots) == len(part.slots)
