"""From decisions to the rows of the machine sheets."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from zhiban.model.facts import Facts
from zhiban.model.kinds import AbsenceReason, Half, Line, Mode, PinMode, Role
from zhiban.model.problem import Problem
from zhiban.model.records import Pin
from zhiban.model.roster import AppointmentRow, DutyRow, LeaveRow, Roster, StandInRow
from zhiban.solver.holders import assign_holders

if TYPE_CHECKING:
    from zhiban.solver.part_result import PartResult

HolderKey = tuple[str, object, object]


def roster_of(problem: Problem, results: "Iterable[PartResult]") -> Roster:
    """The roster that the parts' decisions make together (of the appointments those that the parts staff)."""
    results = with_agreed_starts(results)
    leaves = list(problem.facts.granted)
    for result in results:
        leaves += [LeaveRow(o.person, o.day, o.half, o.start, o.end) for o in result.leaves]
    holders = {key: member for result in results for key, member in result.holders.items()}
    return Roster.of(
        _duty_rows(problem, results),
        leaves,
        stand_in_rows(problem, leaves, holders),
        _appointment_rows(problem, results),
    )


def with_agreed_starts(results: "Iterable[PartResult]") -> "list[PartResult]":
    """The results with every service at the start that the part chose to which it matters."""
    results = list(results)
    chosen: dict[str, int] = {}
    for result in results:
        for share in result.part.needs:
            if share.need.id in result.starts and (len(share.starts) > 1 or share.need.id not in chosen):
                chosen[share.need.id] = result.starts[share.need.id]
    for result in results:
        result.starts = {need: chosen[need] for need in result.starts}
        result.services = [
            replace(s, start=chosen[s.need.id], end=chosen[s.need.id] + s.need.duration) for s in result.services
        ]
    return results


def _duty_rows(problem: Problem, results: "list[PartResult]") -> list[DutyRow]:
    facts = problem.facts
    served: dict[tuple[str, date, str], list[tuple[int, int, str]]] = defaultdict(list)
    rows: list[DutyRow] = []
    for result in results:
        for service in result.services:
            key = (service.person, service.need.day, service.window)
            if service.mode == Mode.ON_DUTY:
                served[key].append((service.start, service.end, service.need.id))
            elif service.mode == Mode.CALL_IN:
                role = Role.HOST if service.window == service.need.windows[0] else Role.ASSIST
                credit = facts.call_in_credit(service.need.day, service.start, service.end)
                rows.append(
                    DutyRow(service.need.day, Line.CALL_IN, service.start, service.end, service.window, service.person,
                            "应约", role, (), (service.need.id,), credit)
                )  # fmt: skip
    starts = {need: start for result in results for need, start in result.starts.items()}
    for result in results:
        rows += _standing_rows(facts, result, served)
        rows += _lead_rows(facts, result, starts)
    return finished_rows(problem, rows)


def finished_rows(problem: Problem, rows: list[DutyRow]) -> list[DutyRow]:
    """Rows with the posts they hold and 锁定 filled in."""
    return [_locked(row, problem.facts.pins) for row in _with_posts(problem, rows)]


def _standing_rows(
    facts: Facts, result: "PartResult", served: dict[tuple[str, date, str], list[tuple[int, int, str]]]
) -> list[DutyRow]:
    rows: list[DutyRow] = []
    for duty in result.duties:
        slot = duty.slot
        for segment in slot.segments:
            inside = tuple(
                need
                for start, end, need in sorted(served[duty.person, slot.day, slot.window])
                if segment.start <= start and end <= segment.end
            )
            credit = facts.duty_credit(duty.person, slot.line, slot.window, slot.day, segment)
            rows.append(
                DutyRow(slot.day, slot.line, segment.start, segment.end, slot.window, duty.person, segment.name,
                        Role.DUTY, (), inside, credit)
            )  # fmt: skip
    return rows


def _lead_rows(facts: Facts, result: "PartResult", starts: dict[str, int]) -> list[DutyRow]:
    """The rows of 带班; where appointments are led they run from the first start to the last end that these have."""
    rows: list[DutyRow] = []
    for leading in result.leadings:
        unit = leading.unit
        pieces = [(s.start, s.end, s.name) for s in unit.segments]
        if unit.by_appointment:
            spans = [(starts[n.id], starts[n.id] + n.duration) for n in unit.needs if n.id in starts]
            spans = spans or [(leading.start, leading.end)]
            pieces = [(min(start for start, _ in spans), max(end for _, end in spans), "应约")]
        for start, end, name in pieces:
            credit = facts.credited(Line.LEAD, end - start, unit.day) if leading.alone else 0
            rows.append(
                DutyRow(unit.day, Line.LEAD, start, end, unit.group, leading.person, name, Role.LEAD, (), (), credit)
            )
    return rows


def _with_posts(problem: Problem, rows: list[DutyRow]) -> list[DutyRow]:
    """The rows with the posts they hold in the segments of standing lines."""
    teams: dict[tuple[date, Line, int], dict[str, tuple[str, ...]]] = defaultdict(dict)
    for opening in problem.facts.openings:
        if opening.line is not None:
            teams[opening.day, opening.line, opening.start][opening.post.id] = opening.post.team
    present: dict[tuple[date, Line, int], set[str]] = defaultdict(set)
    for row in rows:
        present[row.day, row.line, row.start].add(row.person)
    held: dict[tuple[date, Line, int, str], list[str]] = defaultdict(list)
    for key, posts in teams.items():
        for post, member in assign_holders(posts, present[key], problem.policy.post_cap).items():
            held[(*key, member)].append(post)
    return [_holding(row, tuple(sorted(held.get((row.day, row.line, row.start, row.person), ())))) for row in rows]


def _holding(row: DutyRow, posts: tuple[str, ...]) -> DutyRow:
    return row if row.posts == posts else replace(row, posts=posts)


def _locked(row: DutyRow, pins: Iterable[Pin]) -> DutyRow:
    """The row marked 锁定 when a pin asks for it."""
    for pin in pins:
        if pin.mode == PinMode.MUST_NOT or pin.person not in (None, row.person):
            continue
        if pin.appointment:
            match = pin.appointment in row.appointments
        else:
            match = (pin.day, pin.line) == (row.day, row.line) and pin.window in (None, row.window)
            match = match and pin.segment in ("", row.segment)
        if match:
            return replace(row, locked=True)
    return row


def stand_in_rows(
    problem: Problem, leaves: list[LeaveRow], kept: dict[HolderKey, str] | None = None
) -> list[StandInRow]:
    """顶岗明细: who holds each post in each half in which its A does not, by the order of the teams."""
    facts = problem.facts
    away: dict[tuple[date, Half], set[str]] = defaultdict(set)
    for row in leaves:
        away[row.day, row.half].add(row.person)
    placed = {(row.person, row.day, row.half) for row in leaves if not row.granted}
    openings: dict[tuple[date, Half], dict[str, tuple[str, ...]]] = defaultdict(dict)
    for opening in facts.openings:
        if opening.half is not None:
            openings[opening.day, opening.half][opening.post.id] = opening.post.team
    rows: list[StandInRow] = []
    for (day, half), teams in openings.items():
        members = {m for team in teams.values() for m in team}
        present = (members & facts.staff_in(day, half)) - away[day, half]
        # H4: a post with a member on placed leave must be held, so these come first where not all can be.
        teams = dict(sorted(teams.items(), key=lambda item: not any((m, day, half) in placed for m in item[1])))
        keep = {post: kept[post, day, half] for post in teams if (post, day, half) in kept} if kept else None
        holders = assign_holders(teams, present, problem.policy.post_cap, keep)
        for post, team in teams.items():
            if holders.get(post) != team[0] or team[0] not in present:
                reason = absence_reason(problem, team[0], day, half, team[0] in away[day, half])
                rows.append(StandInRow(day, half, post, team[0], reason, holders.get(post)))
    return rows


def absence_reason(problem: Problem, person: str, day: date, half: Half, on_comp_leave: bool) -> str:
    """原因 of a row of 顶岗明细."""
    who = problem.person[person]
    if who.hired is not None and day < who.hired:
        return AbsenceReason.NOT_JOINED.value
    if not who.employed_on(day):
        return AbsenceReason.LEFT.value
    leave = problem.facts.leave_in(person, day, half)
    if leave is not None:
        return leave.kind.value
    return "调休" if on_comp_leave else AbsenceReason.AT_CAP.value


def _appointment_rows(problem: Problem, results: "list[PartResult]") -> list[AppointmentRow]:
    found: dict[tuple[str, str], list[tuple[str, Mode]]] = defaultdict(list)
    starts: dict[str, int] = {}
    for result in results:
        starts.update(result.starts)
        for service in result.services:
            found[service.need.id, service.window].append((service.person, service.mode))
    rows: list[AppointmentRow] = []
    for need in problem.facts.needs:
        if need.id not in starts:
            continue
        start = starts[need.id]
        for window in need.windows:
            served = sorted(found[need.id, window])
            rows.append(
                AppointmentRow(
                    need.id, window, need.day, start, start + need.duration,
                    tuple(p for p, _ in served), tuple(m for _, m in served),
                    Role.HOST if window == need.windows[0] else Role.ASSIST, len(served) == need.count,
                )
            )  # fmt: skip
    return rows
