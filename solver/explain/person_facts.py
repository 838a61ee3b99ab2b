"""What the input says against one person on one date: the facts behind H2, H3, H6 and H9."""

from collections.abc import Iterable
from datetime import date

from zhiban.model.facts_hours import Range, overlap
from zhiban.model.kinds import LeaveKind, Line
from zhiban.model.problem import Problem
from zhiban.model.records import LeaderRow, Leave, Person, Pin
from zhiban.solver.explain.edits import edited, with_person, without
from zhiban.solver.explain.fact import MOVABLE_LEAVES, PRICES, Fact, FactKind
from zhiban.solver.wording import person_text

JOIN_FIELDS = {
    Line.LUNCH: ("joins_lunch", "参加午间"),
    Line.WEEKEND: ("joins_weekend", "参加周末"),
    Line.HOLIDAY: ("joins_holiday", "参加节假日"),
}


def short_day(day: date) -> str:
    """12月5日."""
    return f"{day.month}月{day.day}日"


def employment(problem: Problem, who: Person, day: date) -> list[Fact]:
    """Not yet, or no longer, on the staff."""
    if who.employed_on(day):
        return []
    late = who.hired is not None and day < who.hired
    field, column = ("hired", "到岗日") if late else ("left", "离岗日")
    when = getattr(who, field)
    return [
        Fact(
            FactKind.EMPLOYMENT,
            f"{who.id}/{field}",
            f"{person_text(problem, who.id)}{column}为{when}",
            f"人员!第{who.row}行“{column}”",
            who.id,
            lift=lambda p: with_person(p, who.id, lambda _: {field: None}),
        )
    ]


def leaves(problem: Problem, who: Person, day: date, spans: Iterable[Range]) -> list[Fact]:
    """Approved leave on the date that overlaps one of the ranges; none given: any leave on the date."""
    spans = list(spans)
    found: dict[int, Leave] = {}
    for start, end, leave in problem.facts.absences(who.id, day):
        if not spans or any(overlap((start, end), span) for span in spans):
            found[id(leave)] = leave
    return [leave_fact(problem, leave, day) for leave in found.values()]


def leave_fact(problem: Problem, leave: Leave, day: date) -> Fact:
    """A row of 请假外出."""
    name = person_text(problem, leave.person)
    until = "" if leave.last == leave.first else f"至{short_day(leave.last)}"
    when = f"{short_day(leave.first)}{leave.first_half or ''}{until}{leave.last_half or '' if until else ''}"
    granted = leave.kind == LeaveKind.COMPENSATORY
    part = leave.first_half or "" if leave.first == leave.last else ""
    return Fact(
        FactKind.GRANTED if granted else FactKind.LEAVE,
        f"{leave.person}/{leave.first}/{leave.row}",
        f"{name}{when}{leave.kind}",
        f"请假外出!第{leave.row}行",
        leave.person,
        remedy=f"{name}{short_day(day)}{part}的{leave.kind}改期",
        price=MOVABLE_LEAVES.get(leave.kind.value),
        lift=lambda p: edited(p, leaves=without(p.leaves, [leave])),
    )


def exemption(problem: Problem, who: Person, day: date) -> list[Fact]:
    """免加班; the law's, and nobody's to lift."""
    if not who.exempt_on(day):
        return []
    reason = f"（{who.exempt_reason}）" if who.exempt_reason else ""
    return [
        Fact(
            FactKind.EXEMPTION,
            who.id,
            f"{person_text(problem, who.id)}免加班{reason}",
            f"人员!第{who.row}行“免加班起”“免加班止”",
            who.id,
            lift=lambda p: with_person(p, who.id, lambda _: {"exempt_from": None, "exempt_to": None}),
        )
    ]


def joining(problem: Problem, who: Person, line: Line) -> list[Fact]:
    """参加午间, 参加周末, 参加节假日 = 否."""
    field, column = JOIN_FIELDS[line]
    if getattr(who, field):
        return []
    name = person_text(problem, who.id)
    return [
        Fact(
            FactKind.JOINS,
            f"{who.id}/{field}",
            f"{name}不{column}",
            f"人员!第{who.row}行“{column}”",
            who.id,
            remedy=f"请{name}{column}",
            price=PRICES[FactKind.JOINS],
            lift=lambda p: with_person(p, who.id, lambda _: {field: True}),
        )
    ]


def items(problem: Problem, who: Person, item: str) -> list[Fact]:
    """可办事项 that leaves an item out."""
    if who.may_do(item):
        return []
    name = person_text(problem, who.id)
    return [
        Fact(
            FactKind.ITEMS,
            f"{who.id}/{item}",
            f"{name}的可办事项不含{item}",
            f"人员!第{who.row}行“可办事项”",
            who.id,
            remedy=f"培训{name}办理事项{item}",
            price=PRICES[FactKind.ITEMS],
            lift=lambda p: with_person(p, who.id, lambda w: {"items": (*w.items, item) if w.items else ()}),
        )
    ]


def weekend_cap(problem: Problem, who: Person) -> list[Fact]:
    """每月周末上限."""
    cap = who.weekend_cap
    if cap is None:
        return []
    name = person_text(problem, who.id)
    return [
        Fact(
            FactKind.WEEKEND_CAP,
            who.id,
            f"{name}每月周末上限{cap}",
            f"人员!第{who.row}行“每月周末上限”",
            who.id,
            remedy=f"{name}本月周末上限由{cap}放宽为{cap + 1}",
            price=PRICES[FactKind.WEEKEND_CAP],
            lift=lambda p: with_person(p, who.id, lambda _: {"weekend_cap": cap + 1}),
        )
    ]


def leading(problem: Problem, who: str, day: date, line: Line) -> list[Fact]:
    """不可用 and 参加 of 带班领导."""
    found: list[Fact] = []
    for row in problem.facts.leader_rows.get(who, ()):
        name, cell = person_text(problem, who), f"带班领导!第{row.row}行"
        if day in row.unavailable:
            days = tuple(d for d in row.unavailable if d != day)
            found.append(
                _leader_fact(FactKind.UNAVAILABLE, row, {"unavailable": days}, f"{name}{short_day(day)}不可用", cell)
            )
        if row.joins not in ("", line.value):
            text = f"{name}只参加{row.joins}带班"
            found.append(_leader_fact(FactKind.LEADER_JOINS, row, {"joins": ""}, text, cell))
    return found


def _leader_fact(kind: FactKind, row: LeaderRow, change: dict[str, object], text: str, cell: str) -> Fact:
    def lift(problem: Problem) -> Problem:
        same = (row.person, row.group, row.row)
        rows = (r.model_copy(update=change) if (r.person, r.group, r.row) == same else r for r in problem.leaders)
        return edited(problem, leaders=tuple(rows))

    remedy = f"请{text.replace('不可用', '带班').replace('只参加', '也参加其他日的')}"
    if kind == FactKind.LEADER_JOINS:
        remedy = f"{text.removesuffix('带班')}改为周末、节假日都参加"
    return Fact(kind, f"{row.person}/{row.row}", text, cell, row.person, remedy=remedy, price=PRICES[kind], lift=lift)


def pin_facts(problem: Problem, pins: Iterable[Pin]) -> list[Fact]:
    """Pins in force: rows of 指定与锁定, of 调换班, of 实际到岗."""
    found: dict[str, Fact] = {}
    for pin in pins:
        fact = _pin_fact(problem, pin)
        if fact is not None:
            found.setdefault(f"{fact.kind}{fact.key}", fact)
    return list(found.values())


def _pin_fact(problem: Problem, pin: Pin) -> Fact | None:
    who = person_text(problem, pin.person) if pin.person else "任何人"
    where = f"窗口{pin.window}" if pin.window else ""
    what = f"预约{pin.appointment}" if pin.appointment else f"{short_day(pin.day)}{pin.line}{pin.segment}"
    text = f"{pin.mode}{who}{what}{where}"
    person, window = pin.person or "", pin.window or ""
    if pin in problem.pins:
        cell = pin.source or f"指定与锁定!第{pin.row}行"
        return Fact(
            FactKind.PIN, f"{pin.row}/{pin.source}/{text}", text, cell, person, window,
            f"取消“{text}”（{cell}）", PRICES[FactKind.PIN],
            lift=lambda p: edited(p, pins=without(p.pins, [pin])),
        )  # fmt: skip
    swap = next((s for s in problem.swaps if pin.source == f"调换班!第{s.row}行"), None)
    if swap is not None:
        text = f"{swap.kind}：{person_text(problem, swap.a)}与{person_text(problem, swap.b)}"
        return Fact(
            FactKind.SWAP, f"{swap.row}/{swap.a}/{swap.b}/{swap.a_day}", text, pin.source, person, window,
            f"撤回{text}", PRICES[FactKind.SWAP],
            lift=lambda p: edited(p, swaps=without(p.swaps, [swap])),
        )  # fmt: skip
    actual = next(
        (a for a in problem.actuals if pin.source == f"实际到岗!第{a.row}行" and a.person == pin.person), None
    )
    if actual is None:
        return None
    text = f"{person_text(problem, person)}{short_day(actual.day)}{actual.line}{actual.presence}"
    return Fact(
        FactKind.PRESENCE, f"{actual.row}/{person}/{actual.day}/{actual.line}/{actual.segment}", text, pin.source,
        person, window, lift=lambda p: edited(p, actuals=without(p.actuals, [actual])),
    )  # fmt: skip
