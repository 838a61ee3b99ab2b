"""Pins, swaps and recorded presences must name something that exists in the period (rules.md H9)."""

from dataclasses import dataclass
from datetime import date

from zhiban.model.checks_references import nearest
from zhiban.model.errors import Complaint
from zhiban.model.inputs import Inputs
from zhiban.model.kinds import LEAVE_PIN, STANDING_LINES, Half, Line, PinMode, Presence
from zhiban.model.problem import Problem
from zhiban.model.records import Actual, Pin, Swap

NOTE = "提示"
PINS, SWAPS, ACTUALS = "指定与锁定", "调换班", "实际到岗"
EXCHANGE = "对调"


def pin_row_complaints(inputs: Inputs) -> list[Complaint]:
    """What is wrong with single rows, whatever the calendar says."""
    found: list[Complaint] = []
    for pin in inputs.pins:
        if (PINS, pin.row) not in inputs.damaged and pin.person is None:
            found += _without_person(pin)
    for swap in inputs.swaps:
        if (SWAPS, swap.row) not in inputs.damaged:
            found += _swap_row(swap)
    for actual in inputs.actuals:
        sound = (ACTUALS, actual.row) not in inputs.damaged
        if sound and actual.person is None and actual.presence != Presence.EMPTY_POST:
            text = f"情况为{actual.presence}时须填工号"
            found.append(Complaint(ACTUALS, actual.row, "工号", "", text, "请填写工号；没有人时情况请改为 空岗"))
    return found


def _without_person(pin: Pin) -> list[Complaint]:
    if pin.mode == PinMode.MUST_NOT and pin.window:
        return []
    text = f"方式为{pin.mode}时须填工号" if pin.mode != PinMode.MUST_NOT else "禁止没有工号时须填窗口编号"
    return [Complaint(PINS, pin.row, "工号", "", text, "请填写工号；只有“禁止”且填了窗口编号时可空")]


def _swap_row(swap: Swap) -> list[Complaint]:
    found: list[Complaint] = []
    if swap.kind == EXCHANGE and swap.b_day is None:
        found.append(
            Complaint(SWAPS, swap.row, "乙日期", "", "对调须填乙日期", "请填写乙原来值班的日期；只替一次请改为 代班")
        )
    if swap.a == swap.b:
        found.append(Complaint(SWAPS, swap.row, "乙", swap.b, f"甲和乙是同一人 {swap.a}", "请改为另一人的工号"))
    return found


# ---- against the calendar -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a complaint about a pinned duty belongs: sheet, row and the column of the date."""

    sheet: str
    row: int
    day_column: str = "日期"
    line_column: str = "线"


def pin_complaints(problem: Problem) -> list[Complaint]:
    """Pins, swaps and presences on dates, windows, segments and appointments that have no such duty."""
    found: list[Complaint] = []
    for pin in problem.pins:
        found += _pin(problem, pin)
    for swap in problem.swaps:
        found += _swap(problem, swap)
    for actual in problem.actuals:
        found += _actual(problem, actual)
    return found


def _pin(problem: Problem, pin: Pin) -> list[Complaint]:
    if pin.appointment:
        return _appointment_pin(problem, pin)
    place = _Place(PINS, pin.row)
    if not problem.holds(pin.day):
        return [_outside(place, pin.day)]
    if pin.line == LEAVE_PIN:
        return _leave_pin(problem, pin)
    return _duty(problem, place, Line(pin.line), pin.day, pin.window, pin.segment)


def _outside(place: _Place, day: date) -> Complaint:
    text = f"{place.day_column} {day} 不在排班期间，本次不用"
    return Complaint(place.sheet, place.row, place.day_column, day.isoformat(), text, "", NOTE)


def _appointment_pin(problem: Problem, pin: Pin) -> list[Complaint]:
    need = problem.facts.need.get(pin.appointment or "")
    if need is None:
        text = f"预约 {pin.appointment} 未受理或不在排班期间，本行不用"
        return [Complaint(PINS, pin.row, "预约编号", pin.appointment or "", text, "", NOTE)]
    if pin.window and pin.window not in need.windows:
        listed = "、".join(need.windows)
        text = f"预约 {need.id} 不在窗口 {pin.window} 办理（在 {listed}）"
        return [Complaint(PINS, pin.row, "窗口编号", pin.window, text, f"请改为 {listed}，或留空")]
    return []


def _leave_pin(problem: Problem, pin: Pin) -> list[Complaint]:
    found: list[Complaint] = []
    if not problem.day(pin.day).is_workday:
        text = f"{pin.day} 是{problem.day(pin.day).day_class}，不是工作日，不能调休"
        found.append(Complaint(PINS, pin.row, "日期", pin.day.isoformat(), text, "请改为工作日"))
    if pin.segment and pin.segment not in tuple(Half):
        text = f"调休的时段“{pin.segment}”不存在"
        found.append(Complaint(PINS, pin.row, "时段", pin.segment, text, "请改为 上午、下午，或留空"))
    return found


def _swap(problem: Problem, swap: Swap) -> list[Complaint]:
    sides = [(_Place(SWAPS, swap.row, "甲日期", "甲线"), swap.a_day, swap.a_line)]
    if swap.kind == EXCHANGE and swap.b_day is not None:
        column = "乙线" if swap.b_line else "甲线"
        sides.append((_Place(SWAPS, swap.row, "乙日期", column), swap.b_day, swap.b_line or swap.a_line))
    found: list[Complaint] = []
    for place, day, line in sides:
        found += _duty(problem, place, line, day) if problem.holds(day) else [_outside(place, day)]
    return found


def _actual(problem: Problem, actual: Actual) -> list[Complaint]:
    place = _Place(ACTUALS, actual.row)
    if not problem.holds(actual.day):
        return [_outside(place, actual.day)]
    if actual.presence == Presence.EMPTY_POST and actual.person is None:
        return []
    return _duty(problem, place, actual.line, actual.day, actual.window, actual.segment)


def _duty(
    problem: Problem, place: _Place, line: Line, day: date, window: str | None = None, segment: str = ""
) -> list[Complaint]:
    """What is missing for a row of a line on a date: the line, the window's duty, or the segment."""
    offers = _offers(problem, line, day)
    if line == Line.LEAD and window and window not in problem.facts.leader_groups:
        near = nearest(window, problem.facts.leader_groups)
        text = f"没有带班组“{window}”" + (f"，是否为 {near}？" if near else "")
        listed = "、".join(problem.facts.leader_groups) or "空"
        return [Complaint(place.sheet, place.row, "窗口编号", window, text, f"请改为：{listed}")]
    if not offers:
        info = problem.day(day)
        text = f"{day}（星期{info.weekday}，{info.day_class}）没有{line}"
        value, advice = day.isoformat(), f"请改为有{line}的日期，或更正{place.line_column}"
        return [Complaint(place.sheet, place.row, place.day_column, value, text, advice)]
    if window and window not in offers:
        text = f"窗口 {window} 在 {day} 没有{line}"
        advice = f"请改为当天有{line}的窗口（{_few(offers)}），或在窗口表、值班需求中增加最少人数"
        return [Complaint(place.sheet, place.row, "窗口编号", window, text, advice)]
    names = offers[window] if window else set[str]().union(*offers.values())
    if segment and names and segment not in names:
        text = f"{day} 的{line}没有时段“{segment}”"
        return [Complaint(place.sheet, place.row, "时段", segment, text, f"请改为 {_few(names)}，或留空")]
    return []


def _offers(problem: Problem, line: Line, day: date) -> dict[str, set[str]]:
    """Windows (leader groups on 带班) with duty on a line and a date, each with its segments' names."""
    facts = problem.facts
    if line in STANDING_LINES:
        found: dict[str, set[str]] = {}
        for slot in facts.slots_by_day_line.get((day, line), []):
            found.setdefault(slot.window, set()).update(segment.name for segment in slot.segments)
        return found
    if line == Line.CALL_IN:
        return {window: set[str]() for need in facts.needs if need.day == day for window in need.windows}
    found = {}
    for unit in facts.units:
        if unit.day == day:
            found.setdefault(unit.group, set()).update(segment.name for segment in unit.segments)
    return found


def _few(names: dict[str, set[str]] | set[str]) -> str:
    listed = sorted(names)
    return "、".join(listed[:5]) + ("等" if len(listed) > 5 else "")
