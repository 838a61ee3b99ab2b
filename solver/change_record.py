"""变更记录 of a re-solve: what went and what came, for whom, who takes over, and what forced it.

A reason names an appointment by its number, a leave by its person and date alone, an edit by its cell: the record is
handed to the people concerned, and neither applicants nor the kinds of leave are their business.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from datetime import date

from zhiban.model.kinds import Line, PinMode
from zhiban.model.problem import Problem
from zhiban.model.records import BY_HAND
from zhiban.model.roster import Change, Finding, Roster
from zhiban.solver.entries import APPOINTMENT, LEAVE, Entry, entries_of
from zhiban.solver.replan import Plan
from zhiban.solver.wording import window_text

ALONG = "连带调整"
Place = tuple[object, ...]


def changes_of(problem: Problem, plan: Plan, roster: Roster, findings: Sequence[Finding]) -> tuple[Change, ...]:
    """One row per entry that went or came; `findings` are what was wrong with the old roster under the new input."""
    new = entries_of(problem, roster)
    gone = sorted(plan.entries - new, key=_entry_key)
    came = sorted(new - plan.entries, key=_entry_key)
    whys = _reasons(problem, plan, [*gone, *came], findings)
    left: dict[Place, list[str]] = defaultdict(list)
    joined: dict[Place, list[str]] = defaultdict(list)
    for entry in gone:
        left[_place(entry)].append(entry.person)
    for entry in came:
        joined[_place(entry)].append(entry.person)
    rows = [_gone(problem, plan, e, joined[_place(e)], whys[e]) for e in gone]
    rows += [_came(problem, plan, e, left[_place(e)], whys[e]) for e in came]
    return tuple(sorted(rows, key=lambda c: (c.day, c.line, c.window, c.person, c.before == "")))


def _entry_key(entry: Entry) -> tuple[object, ...]:
    return (entry.day, entry.line, entry.window, entry.start, entry.person, str(entry.half or ""), entry.appointment)


def _place(entry: Entry) -> Place:
    """What one person may take over from another."""
    if entry.line == LEAVE:
        return (entry.day, LEAVE, entry.half, entry.person)
    if entry.line == APPOINTMENT:
        return (APPOINTMENT, entry.appointment, entry.window)
    return (entry.day, entry.line, entry.window, entry.start)


def _gone(problem: Problem, plan: Plan, entry: Entry, others: Sequence[str], why: str) -> Change:
    names = _names(problem, others, entry.person)
    if entry.person in others:
        return _change(problem, entry, _what(problem, plan, entry), "改期", why)
    return _change(problem, entry, _what(problem, plan, entry), f"取消，由{names}接替" if names else "取消", why)


def _came(problem: Problem, plan: Plan, entry: Entry, others: Sequence[str], why: str) -> Change:
    names = _names(problem, others, entry.person)
    before = "本人改期" if entry.person in others else f"原为{names}" if names else ""
    return _change(problem, entry, before, _what(problem, plan, entry), why)


def _names(problem: Problem, people: Sequence[str], but: str) -> str:
    return "、".join(_name(problem, p) for p in people if p != but)


def _change(problem: Problem, entry: Entry, before: str, after: str, why: str) -> Change:
    segment = str(entry.half or "") or _segment(problem, entry)
    return Change(entry.person, entry.day, entry.line, entry.window, segment, before, after, why)


def _segment(problem: Problem, entry: Entry) -> str:
    """The name of a segment of 半天; a whole day's duty and an appointment have none."""
    if not entry.end:
        return ""
    spans = (s for slot in problem.facts.slots for s in slot.segments if slot.day == entry.day)
    return next((s.name for s in spans if (s.start, s.end) == (entry.start, entry.end)), "")


def _what(problem: Problem, plan: Plan, entry: Entry) -> str:
    """What an entry is: the line, or the appointment with its number and start."""
    if entry.line == APPOINTMENT:
        return f"预约{entry.appointment} {entry.start // 60}:{entry.start % 60:02}"
    return f"{entry.line}{entry.half or _segment(problem, entry)}"


# ---- why ----------------------------------------------------------------------------------------------------------


def _reasons(problem: Problem, plan: Plan, entries: Sequence[Entry], findings: Sequence[Finding]) -> dict[Entry, str]:
    """A reason for each changed entry: its own, else that of the nearest one of the same person or place."""
    found: dict[Entry, str] = {}
    for entry in entries:
        own = _own_reason(problem, plan, entry, findings)
        if own:
            found[entry] = own
    _spread(problem, entries, found)
    return {entry: found.get(entry, ALONG) for entry in entries}


def _spread(problem: Problem, entries: Sequence[Entry], found: dict[Entry, str]) -> None:
    """Hand reasons on along people and places, the nearest first."""
    near: dict[object, list[Entry]] = defaultdict(list)
    for entry in entries:
        for key in _links(problem, entry):
            near[key].append(entry)
    queue = deque(entry for entry in entries if entry in found)
    while queue:
        entry = queue.popleft()
        for other in [o for key in _links(problem, entry) for o in near[key]]:
            if other not in found:
                root = found[entry]
                found[other] = root if root.startswith(ALONG) else f"{ALONG}：{root}"
                queue.append(other)


def _links(problem: Problem, entry: Entry) -> tuple[object, ...]:
    """What joins an entry with others: its person, its place, its window (for leave the person's own) on that day."""
    who = problem.person.get(entry.person)
    window = entry.window or (who.window if who else "")
    return (("person", entry.person), ("place", _place(entry)), ("window", entry.day, window), ("window", window))


def _own_reason(problem: Problem, plan: Plan, entry: Entry, findings: Sequence[Finding]) -> str:
    """What directly forced an entry: somebody gone, an appointment, an edit, or a finding about its person or place."""
    if entry.person not in problem.person:
        return "人员表中已没有此人"
    cell = _pinned(problem, entry, lost=entry in plan.entries)
    if cell:
        return cell
    if entry.line == APPOINTMENT:
        reason = _appointment_reason(problem, plan, entry)
        if reason:
            return reason
    if entry in plan.entries and _no_duty(problem, entry):
        return f"{_day(entry.day)}已不安排{entry.line}"
    about = [f for f in findings if f.code != "H9" and _is_about(f, entry)]
    if entry in plan.entries:
        about.sort(key=lambda f: f.person != entry.person)
    return next((_told(problem, f) for f in about), "")


def _no_duty(problem: Problem, entry: Entry) -> bool:
    """Whether a standing duty or a unit is no more, so that nobody can be on it."""
    if entry.line in (APPOINTMENT, LEAVE):
        return False
    if entry.line == Line.LEAD:
        return not any(u.day == entry.day and u.group == entry.window for u in problem.facts.units)
    slots = problem.facts.slots_by_day_line.get((entry.day, Line(entry.line)), ())
    return not any(slot.window == entry.window for slot in slots)


def _is_about(finding: Finding, entry: Entry) -> bool:
    """Whether a finding speaks of an entry: its appointment, its place, or its person on its day (or on no day)."""
    if entry.appointment and finding.subject == entry.appointment:
        return True
    same_day = finding.day == entry.day
    if same_day and finding.window and finding.window == entry.window and finding.line in ("", entry.line):
        return True
    return bool(finding.person) and finding.person == entry.person and (same_day or finding.day is None)


def _pinned(problem: Problem, entry: Entry, *, lost: bool) -> str:
    """The cell of the pin that took an entry away or brought it in; empty where there is none."""
    for pin in problem.facts.pins:
        if lost != (pin.mode is PinMode.MUST_NOT) or pin.person not in (None, entry.person):
            continue
        here = (
            pin.appointment == entry.appointment if pin.appointment else (pin.day, pin.line) == (entry.day, entry.line)
        )
        if here and pin.window in (None, entry.window) and pin.segment in ("", entry.half or _segment(problem, entry)):
            cell = pin.source or f"指定与锁定!第{pin.row}行"
            return f"按{cell}的手工修改" if pin.reason == BY_HAND else f"按{cell}的指定"
    return ""


def _appointment_reason(problem: Problem, plan: Plan, entry: Entry) -> str:
    """New, changed or cancelled, by number; empty where the appointment stands as it stood."""
    number, need = entry.appointment, problem.facts.need.get(entry.appointment)
    before = {(row.day, row.start) for row in plan.roster.appointments if row.appointment == number}
    if need is None:
        held = problem.appointment.get(number)
        return f"预约{number}{held.state if held and not held.accepted else '已取消或改期'}"
    if not before:
        return f"新增预约{number}"
    if all(day != need.day or start not in need.starts for day, start in before):
        return f"预约{number}改期"
    return ""


def _told(problem: Problem, finding: Finding) -> str:
    """A finding as a reason."""
    day, place = _day(finding.day), window_text(problem, finding.window) if finding.window else ""
    match finding.code:
        case "H2":
            return f"{_name(problem, finding.person)}{day}不能到岗"
        case "D1":
            return f"{day}{finding.line}{finding.segment}{place}缺人"
        case "D2":
            return f"{day}{finding.segment}{place}岗位无人顶岗"
        case "D3":
            return f"{day}缺带班领导"
        case "D4":
            return f"预约{finding.subject}缺人"
        case "F1":
            return f"{day}{finding.line}{place}已不安排值班"
        case _:
            return finding.text


def _name(problem: Problem, person: str) -> str:
    return problem.person[person].name if person in problem.person else person


def _day(day: date | None) -> str:
    return f"{day.month}月{day.day}日" if day else ""


def people_touched(changes: Iterable[Change]) -> list[str]:
    """The people concerned, each once, in the order of the record."""
    return list(dict.fromkeys(change.person for change in changes))
