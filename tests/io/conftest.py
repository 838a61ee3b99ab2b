"""A small office and halls of any size with a made-up roster, for everything that writes or reads roster workbooks.

The roster comes from turn-taking, not from the solver; it is lawful enough to be printed and read back.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from zhiban.model.days import Calendar
from zhiban.model.kinds import Half, LeaveKind, Line, Mode, Role, Severity, TierStatus
from zhiban.model.ledger import ledger_of
from zhiban.model.policy import load_preset
from zhiban.model.problem import Problem
from zhiban.model.records import (
    Appointment,
    Item,
    LeaderRow,
    Leave,
    OpeningLot,
    Person,
    Post,
    Window,
)
from zhiban.model.roster import (
    TIER_NAMES,
    AppointmentRow,
    ClosingCount,
    DutyRow,
    Finding,
    Judgement,
    LeaveRow,
    Outcome,
    PartReport,
    Roster,
    StandInRow,
    TierValue,
)
from zhiban.model.segments import SegmentKind, SegmentRow, merged_rows

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = ("文静", "建国", "晓燕", "志强", "丽华", "宇航", "思远", "海燕", "明", "芳", "雪梅", "子涵", "一鸣", "佳怡")
WINDOW_NAMES = (
    "企业开办",
    "社会保险",
    "医疗保险",
    "不动产登记",
    "税务",
    "公安户政",
    "住房公积金",
    "工程建设",
    "卫生健康",
    "市场监管",
    "交通运输",
    "民政",
    "教育",
    "人力资源",
    "水电气暖",
)


def problem_of(
    windows: int = 3,
    people: int = 3,
    first: date = date(2026, 11, 1),
    last: date = date(2026, 11, 30),
    preset: str = "淄博2024",
    *,
    lunch: bool = True,
    appointments: int = 2,
    **changes: Any,
) -> Problem:
    """A centre of so many windows with so many people each; every window has a post with a stand-in."""
    loaded = load_preset(preset)
    settings: dict[str, Any] = {"lunch_service": "值班" if lunch else "不开"}
    policy = loaded.policy.model_copy(
        update={name: type(getattr(loaded.policy, name))(value) for name, value in (settings | changes).items()}
    )
    own = [SegmentRow(name="午间", kind=SegmentKind.LUNCH, start=720, end=780)]
    ids = [f"W{number:02}" for number in range(1, windows + 1)]
    staff = [_person(w, n, people, ids) for w in range(windows) for n in range(people)]
    return Problem(
        center="青山市政务服务中心",
        preset=preset,
        policy=policy,
        first=first,
        last=last,
        calendar=Calendar(),
        segments=merged_rows(loaded.segments, own),
        windows=tuple(_window(number, ids, people) for number in range(windows)),
        people=tuple(staff),
        posts=tuple(
            Post(id=f"P{w + 1:02}", name="受理岗", window=ids[w], a=_id(w, 0), b=(_id(w, 1),)) for w in range(windows)
        ),
        leaders=tuple(LeaderRow(person=_id(w, 0), title="副主任", order=w + 1) for w in range(min(3, windows))),
        leaves=(
            Leave(
                person=_id(0, 2 % people),
                kind=LeaveKind.SICK,
                first=first + timedelta(2),
                last=first + timedelta(4),
                last_half=Half.MORNING,
            ),
        ),
        items=(
            Item(id="S01", name="企业设立登记", host=ids[0], assists=tuple(ids[1:2]), minutes=60),
            Item(id="S02", name="证照补领", host=ids[-1], minutes=45),
        ),
        appointments=tuple(_appointment(n, first, last) for n in range(appointments)),
        opening=(OpeningLot(person=_id(0, 0), earned=first - timedelta(20), minutes=420, source="周末"),),
        sha256="ab" * 32,
    )


def _id(window: int, number: int) -> str:
    return f"{window + 1:02}{number + 1:02}"


def _window(number: int, ids: list[str], people: int) -> Window:
    name = WINDOW_NAMES[number % len(WINDOW_NAMES)] + ("" if number < len(WINDOW_NAMES) else str(number))
    return Window(
        row=number + 2,
        id=ids[number],
        name=name,
        unit=f"市{name}局",
        category="综合",
        head=_id(number, 0),
        phone=f"0999-55512{number:02}",
    )


def _person(window: int, number: int, people: int, ids: list[str]) -> Person:
    index = window * people + number
    return Person(
        row=index + 2,
        id=_id(window, number),
        name=SURNAMES[index % len(SURNAMES)] + GIVEN[(index * 5 + window) % len(GIVEN)],
        window=ids[window],
        stand_in_windows=(ids[(window + 1) % len(ids)],) if len(ids) > 1 else (),
        mobile=f"1390000{index:04}",
        status="事业",
    )


def _appointment(number: int, first: date, last: date) -> Appointment:
    day = first + timedelta((7 * number) % ((last - first).days + 1))
    return Appointment(
        row=number + 2,
        id=f"Y{number + 1:03}",
        registered=datetime(first.year, first.month, first.day, 10, 20) - timedelta(3),
        channel="电话",
        applicant=f"申请人{number + 1}",
        phone=f"1380000{number:04}",
        unit="青山机械厂",
        item="S01" if number % 2 == 0 else "S02",
        day=day,
        start=9 * 60 + 30,
        recorder="林小满",
        state="已登记",
    )


# ---- a roster by turn-taking ---------------------------------------------------------------------------------------


@dataclass
class Turns:
    """Who comes next, and who is taken when."""

    problem: Problem
    count: dict[tuple[str, Line], int] = field(default_factory=lambda: defaultdict(int))
    taken: set[tuple[str, date]] = field(default_factory=set)

    def next(self, people: list[str], line: Line, day: date) -> str | None:
        free = [p for p in people if (p, day) not in self.taken]
        if not free:
            return None
        chosen = min(free, key=lambda p: (self.count[p, line], p))
        self.count[chosen, line] += 1
        self.taken.add((chosen, day))
        return chosen


def outcome_of(problem: Problem, info: dict[str, str] | None = None, *, resolved: bool = False) -> Outcome:
    """An outcome with a roster by turn-taking, its ledger, counts and tiers."""
    facts, turns = problem.facts, Turns(problem)
    appointments, duties = _served(problem, turns)
    unmet: list[Finding] = []
    for slot in facts.slots:
        for _ in range(slot.minimum):
            own = [p.id for p in facts.candidates(slot) if p.window == slot.window]
            person = turns.next(own, slot.line, slot.day)
            if person is None:
                text = f"{problem.window[slot.window].name}缺 1 人"
                unmet.append(
                    Finding(
                        Severity.MUST,
                        "D1",
                        text,
                        "请增加可顶岗人员",
                        slot.day,
                        slot.line,
                        "",
                        slot.window,
                        "",
                        f"{slot.line} {slot.window}",
                    )
                )
                continue
            for segment in slot.segments:
                credit = facts.duty_credit(person, slot.line, slot.window, slot.day, segment)
                duties.append(
                    DutyRow(
                        slot.day,
                        slot.line,
                        segment.start,
                        segment.end,
                        slot.window,
                        person,
                        segment.name,
                        credited=credit,
                    )
                )
    duties += _led(problem, turns)
    leaves, stand_ins = _rested(problem, duties)
    roster = Roster.of(duties, leaves, stand_ins, appointments)
    ledger = ledger_of(problem, roster.duties, roster.leaves)
    counts = tuple(_counts(problem, p.id, roster) for p in problem.people)
    judgement = Judgement((), tuple(unmet), (), {}, ledger.bank, ledger.closing_lots, counts)
    status = TierStatus.OPTIMAL
    tiers = tuple(
        TierValue(code, name, None, None, TierStatus.NOT_ASKED)
        if code.startswith("T5") and not resolved
        else TierValue(code, name, len(unmet) if code == "T2" else 0, 0, status)
        for code, name in TIER_NAMES.items()
    )
    part = PartReport("第1部分", len(problem.people), len(problem.windows), 1200, 900, 0.1, 0.4)
    said = {"现在": "2026-10-25 09:00", "时区": "Asia/Shanghai", "随机种子": "1", "总用时（秒）": "1.5"}
    return Outcome(roster, judgement, tiers, parts=(part,), info=said | (info or {}))


def _served(problem: Problem, turns: Turns) -> tuple[list[AppointmentRow], list[DutyRow]]:
    rows: list[AppointmentRow] = []
    duties: list[DutyRow] = []
    for need in problem.facts.needs:
        start, end = need.starts[0], need.starts[0] + need.duration
        for number, window in enumerate(need.windows):
            role = Role.ASSIST if number else Role.HOST
            people = [p.id for p in problem.people_of[window]]
            chosen = [p for _ in range(need.count) if (p := turns.next(people, Line.CALL_IN, need.day))]
            credit = problem.facts.call_in_credit(need.day, start, end)
            for person in chosen:
                duties.append(
                    DutyRow(
                        need.day,
                        Line.CALL_IN,
                        start,
                        end,
                        window,
                        person,
                        "",
                        role,
                        (),
                        (need.id,),
                        credit,
                    )
                )
            modes = tuple(Mode.CALL_IN for _ in chosen)
            rows.append(
                AppointmentRow(
                    need.id, window, need.day, start, end, tuple(chosen), modes, role, len(chosen) == need.count
                )
            )
    return rows, duties


def _led(problem: Problem, turns: Turns) -> list[DutyRow]:
    rows: list[DutyRow] = []
    for unit in problem.facts.units:
        leaders = [p for p in unit.leaders if problem.facts.may_lead(p, unit)]
        if not leaders:
            continue
        leader = min(leaders, key=lambda p: (turns.count[p, Line.LEAD], p))
        turns.count[leader, Line.LEAD] += 1
        spans = [(s.start, s.end, s.name) for s in unit.segments] or [(*unit.earliest, "")]
        for start, end, name in spans:
            rows.append(DutyRow(unit.day, Line.LEAD, start, end, unit.group, leader, name, Role.LEAD))
    return rows


def _rested(problem: Problem, duties: list[DutyRow]) -> tuple[list[LeaveRow], list[StandInRow]]:
    """A morning off on the second workday after a credited duty, with the stand-in named."""
    leaves: list[LeaveRow] = []
    stand_ins: list[StandInRow] = []
    away: set[tuple[str, date]] = set()
    earned: dict[str, int] = defaultdict(int)
    busy = {(row.person, row.day) for row in duties}
    post_of = {post.a: post for post in problem.posts}
    for row in sorted(duties, key=lambda r: (r.day, r.person)):
        earned[row.person] += row.credited
        day = row.day + timedelta(2)
        half = problem.facts.halves(day).get(Half.MORNING) if problem.holds(day) else None
        window = problem.person[row.person].window
        if half is None or earned[row.person] < half[1] - half[0] or (window, day) in away:
            continue
        if (row.person, day) in busy or problem.facts.on_leave(row.person, day, *half):
            continue
        earned[row.person] -= half[1] - half[0]
        away.add((window, day))
        leaves.append(LeaveRow(row.person, day, Half.MORNING, *half))
        post = post_of.get(row.person)
        if post is not None:
            stand_ins.append(StandInRow(day, Half.MORNING, post.id, row.person, "调休", post.b[0] if post.b else None))
    return leaves, stand_ins


def _counts(problem: Problem, person: str, roster: Roster) -> ClosingCount:
    days: dict[Line, set[date]] = defaultdict(set)
    for row in roster.duties:
        if row.person == person:
            days[row.line].add(row.day)
    saturdays = sum(day.weekday() == 5 for day in days[Line.WEEKEND])
    holidays = days[Line.HOLIDAY]
    statutory = sum(problem.day(day).statutory for day in holidays)
    served = [day for line, found in days.items() if line != Line.LEAD for day in found]
    return ClosingCount(
        person,
        saturdays,
        len(days[Line.WEEKEND]) - saturdays,
        len(holidays),
        statutory,
        len(days[Line.LUNCH]),
        len(days[Line.CALL_IN]),
        len(days[Line.LEAD]),
        max(served, default=None),
    )


def problem_with(problem: Problem, **changes: Any) -> Problem:
    """A problem with other records; unlike `model_copy` it keeps nothing that was worked out from the old ones."""
    return Problem(**{name: getattr(problem, name) for name in Problem.model_fields} | changes)


@pytest.fixture(scope="session")
def changed_problem() -> Callable[..., Problem]:
    """A problem with other records; see `problem_with`."""
    return problem_with


@pytest.fixture(scope="session")
def make_problem() -> Callable[..., Problem]:
    """Builds a made-up centre; see `problem_of`."""
    return problem_of


@pytest.fixture(scope="session")
def make_outcome() -> Callable[..., Outcome]:
    """Builds a made-up outcome; see `outcome_of`."""
    return outcome_of


@pytest.fixture(scope="session")
def small_problem() -> Problem:
    """Three windows of three people in November 2026."""
    return problem_of()


@pytest.fixture(scope="session")
def small_outcome(small_problem: Problem) -> Outcome:
    """A roster of the small office."""
    return outcome_of(small_problem)


@pytest.fixture(scope="session")
def edit() -> Callable[..., Outcome]:
    """`dataclasses.replace`, for outcomes that differ in one point."""
    return replace
