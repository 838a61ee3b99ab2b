"""The search of a re-solve: which parts of an old roster have to be searched, and how they join with the rest."""

import time
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from zhiban.model.kinds import Line, TierStatus
from zhiban.model.problem import Problem
from zhiban.model.roster import (
    TIER_NAMES,
    AppointmentRow,
    DutyRow,
    Finding,
    Judgement,
    LeaveRow,
    PartReport,
    Roster,
    TierValue,
)
from zhiban.solver.part_result import PartResult
from zhiban.solver.parts import Components, Part, split
from zhiban.solver.placing import loose_people
from zhiban.solver.replan import Plan
from zhiban.solver.rows import finished_rows, roster_of, stand_in_rows
from zhiban.solver.search import Clock
from zhiban.solver.settings import Settings
from zhiban.solver.solve import RESERVE, check_found, confirm, part_reports, search_parts
from zhiban.solver.verify import judge


@dataclass(frozen=True, slots=True)
class Near:
    """What a re-solve found: `parts` were searched of `number`."""

    roster: Roster
    judgement: Judgement
    tiers: tuple[TierValue, ...]
    parts: tuple[PartReport, ...]
    number: int


def search_near(
    problem: Problem, kept: Roster, before: Judgement, plan: Plan, settings: Settings, clock: Clock | None
) -> Near:
    """The touched parts searched again and joined with `kept`, verified; raises as `solve`."""
    started = time.monotonic()
    clock = clock or Clock(settings.seconds * (1 - RESERVE))
    parts = split(problem, starts_count=True)
    findings = [*before.breaches, *before.unmet]
    touched = with_their_leaders(touched_parts(problem, parts, findings, loose_people(problem, kept)))
    results = search_parts(problem, touched, settings, clock, plan)
    check_found(problem, results, plan)
    roster = _joined(problem, kept, touched, results)
    judgement = judge(problem, roster, plan.roster, plan.now)
    tiers = confirm(judgement, join_near(judgement, results))
    return Near(roster, judgement, tiers, part_reports(results, started), len(parts))


def touched_parts(
    problem: Problem, parts: Sequence[Part], findings: Iterable[Finding], people: Iterable[str] = ()
) -> list[Part]:
    """The parts of `people`, and those that findings about the old roster fall in; all of them where a finding names
    nobody and no place.
    """
    tokens = {f"person {p}" for p in people}
    for finding in findings:
        found = _tokens(problem, finding)
        if not found:
            return list(parts)
        tokens |= found
    return [part for part in parts if tokens & _names(part)]


def with_their_leaders(parts: Sequence[Part]) -> list[Part]:
    """The parts, those in one that decide about the same person: once as a leader (听班), once as one of the people.

    A person is touched once (T5a), whichever of his entries change. Parts that are not searched change nothing.
    """
    joined = Components()
    for number, part in enumerate(parts):
        joined.join([("part", number), *(("person", p) for p in {*part.people, *part.leaders})])
    groups: dict[Hashable, list[Part]] = {}
    for number, part in enumerate(parts):
        groups.setdefault(joined.find(("part", number)), []).append(part)
    return [group[0] if len(group) == 1 else _one_part(group) for group in groups.values()]


def _one_part(parts: Sequence[Part]) -> Part:
    return Part(
        "、".join(part.name for part in parts),
        [w for part in parts for w in part.windows],
        [p for part in parts for p in part.people],
        [s for part in parts for s in part.slots],
        [g for part in parts for g in part.groups],
        [o for part in parts for o in part.openings],
        [n for part in parts for n in part.needs],
        [u for part in parts for u in part.units],
        list(dict.fromkeys(p for part in parts for p in part.leaders)),
    )


def _tokens(problem: Problem, finding: Finding) -> set[str]:
    """What a finding names: a person, a window or leader group, a post's window, an appointment."""
    found = {f"person {finding.person}"} if finding.person in problem.person else set[str]()
    if finding.window in problem.window:
        found.add(f"window {finding.window}")
    if finding.line == Line.LEAD or finding.code == "D3":
        found |= {f"group {g}" for g in problem.facts.leader_groups if g in (finding.window, finding.subject)}
        found |= {f"leader {finding.person}"} if finding.person else set()
    if finding.subject in problem.post:
        found.add(f"window {problem.post[finding.subject].window}")
    if finding.subject in problem.facts.need:
        found.add(f"need {finding.subject}")
    return found


def _names(part: Part) -> set[str]:
    names = {f"person {p}" for p in part.people} | {f"window {w.id}" for w in part.windows}
    names |= {f"need {share.need.id}" for share in part.needs}
    return names | {f"group {u.group}" for u in part.units} | {f"leader {p}" for p in part.leaders}


def _joined(problem: Problem, kept: Roster, parts: Sequence[Part], results: Sequence[PartResult]) -> Roster:
    """The searched parts' rows, and the old ones everywhere else."""
    if not results:
        return kept
    new = roster_of(problem, results)
    people = {p for part in parts for p in part.people}
    leaders = {p for part in parts for p in part.leaders}
    shares = {(share.need.id, w) for part in parts for share in part.needs for w in share.windows}
    duties: list[DutyRow] = list(new.duties)
    duties += [r for r in kept.duties if r.person not in (leaders if r.line == Line.LEAD else people)]
    leaves: list[LeaveRow] = [*problem.facts.granted, *(r for r in new.leaves if not r.granted)]
    leaves += [r for r in kept.leaves if r.person not in people and not r.granted]
    rows: list[AppointmentRow] = [r for r in new.appointments if (r.appointment, r.window) in shares]
    rows += [r for r in kept.appointments if (r.appointment, r.window) not in shares]
    holders = {key: member for result in results for key, member in result.holders.items()}
    return Roster.of(finished_rows(problem, duties), leaves, stand_in_rows(problem, leaves, holders), rows)


def join_near(judgement: Judgement, results: Sequence[PartResult]) -> tuple[TierValue, ...]:
    """The tiers of a re-solve: the searched parts' bounds, and the values of the rest, where nothing can be better."""
    found: list[TierValue] = []
    proven = True
    for code, name in TIER_NAMES.items():
        total = judgement.tiers.get(code) or 0
        value = sum(r.tiers[code].value for r in results)
        rest = max(0, total - sum(_exact(r, code) for r in results))
        bound = sum(r.tiers[code].bound if proven else r.tiers[code].least for r in results)
        bound += rest if proven else 0
        proven = proven and all(r.tiers[code].proven for r in results)
        status = TierStatus.OPTIMAL if proven else TierStatus.FEASIBLE
        if proven:
            found.append(TierValue(code, name, value + rest, value + rest, status))
        else:
            found.append(TierValue(code, name, max(total, value + rest), min(bound, total), status))
    return tuple(found)


def _exact(result: PartResult, code: str) -> int:
    return result.tiers[code].value
