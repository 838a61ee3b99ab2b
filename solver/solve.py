"""From a problem to a verified roster: parts, search, join, verify."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from zhiban.model.errors import ContradictionError, DisagreementError, NoRosterError
from zhiban.model.kinds import Severity, TierStatus
from zhiban.model.problem import Problem
from zhiban.model.roster import TIER_NAMES, Finding, Judgement, Outcome, PartReport, TierValue
from zhiban.solver.clock import RESERVE as RESERVE
from zhiban.solver.parts import Part, split, whole
from zhiban.solver.replan import Plan
from zhiban.solver.rows import roster_of
from zhiban.solver.search import Clock, Status
from zhiban.solver.settings import Settings
from zhiban.solver.solve_part import PartResult, PartSearch
from zhiban.solver.verify import judge

MOST_OF_THE_REST = 0.7
"""Share of the time left that one part may take while others wait."""


def solve(problem: Problem, settings: Settings | None = None, clock: Clock | None = None) -> Outcome:
    """The best roster there is, verified, with every tier's value and proven bound.

    Raises ContradictionError when pins contradict the law or each other, NoRosterError when the time was too short for
    any roster, DisagreementError when the verifier does not confirm what the search claims (a bug).
    """
    settings = settings or Settings()
    started = time.monotonic()
    clock = clock or Clock(settings.seconds * (1 - RESERVE))
    parts = split(problem) if settings.parts else whole(problem)
    results = search_parts(problem, parts, settings, clock)
    check_found(problem, results)
    roster = roster_of(problem, results)
    judgement = judge(problem, roster)
    tiers = confirm(judgement, join_tiers(results))
    info = {"求解用时(秒)": f"{time.monotonic() - started:.1f}", "部分数": str(len(parts))}
    return Outcome(roster, judgement, tiers, parts=part_reports(results, started), info=info)


def search_parts(
    problem: Problem, parts: Sequence[Part], settings: Settings, clock: Clock, plan: Plan | None = None
) -> list[PartResult]:
    """Every part searched, as many side by side as there are workers; CP-SAT leaves Python's lock while it works.

    First a roster for every part, then the tiers below the shares: whoever stops the search early has a whole roster.
    Time that is left goes to the parts with open tiers.
    """
    searches = [PartSearch(problem, part, settings, clock, plan) for part in parts]
    for number, search in enumerate(searches, 1):
        search.place = (number, len(searches))
    started = in_turn(searches, PartSearch.start, settings, clock)
    if any(result.status == Status.INFEASIBLE for result in started):
        return started
    results = in_turn(searches, PartSearch.finish, settings, clock)
    still_open = [search for search in searches if search.open]
    if still_open:
        in_turn(still_open, PartSearch.improve, settings, clock)
    return results


def in_turn(
    searches: Sequence[PartSearch],
    step: Callable[[PartSearch, float | None], PartResult],
    settings: Settings,
    clock: Clock,
) -> list[PartResult]:
    """One step of every search, each with a fair share of what is left, and more while others end early."""
    waiting = len(searches)

    def run(search: PartSearch) -> PartResult:
        nonlocal waiting
        # Whoever still waits gets something, however hard the parts before are.
        most = 1.0 if waiting <= settings.side_by_side else MOST_OF_THE_REST
        limit = clock.left * min(most, 3 * settings.side_by_side / max(1, waiting))
        result = step(search, limit)
        waiting -= 1
        return result

    if len(searches) <= 1 or settings.side_by_side == 1:
        return [run(search) for search in searches]
    with ThreadPoolExecutor(settings.side_by_side) as pool:
        return list(pool.map(run, searches))


def check_found(problem: Problem, results: Sequence[PartResult], plan: Plan | None = None) -> None:
    """Raise ContradictionError or NoRosterError where a part has no roster."""
    if any(r.status == Status.INFEASIBLE for r in results):
        from zhiban.solver.clash import clashing_pins

        lost = [r.part for r in results if r.status == Status.INFEASIBLE]
        raise ContradictionError(clashing_pins(problem, lost, plan))
    if not all(r.found for r in results):
        raise NoRosterError("时限内未找到可行的排班")


def join_tiers(results: Sequence[PartResult]) -> tuple[TierValue, ...]:
    """The tiers of all parts in sum; a bound counts in sum only where everything above is proven."""
    found: list[TierValue] = []
    proven = True
    for code, name in TIER_NAMES.items():
        if not all(code in r.tiers for r in results):
            found.append(TierValue(code, name, None, None, TierStatus.NOT_ASKED))
            continue
        value = sum(r.tiers[code].value for r in results)
        bound = sum(r.tiers[code].bound if proven else r.tiers[code].least for r in results)
        proven = proven and all(r.tiers[code].proven for r in results)
        status = TierStatus.OPTIMAL if proven else TierStatus.FEASIBLE
        found.append(TierValue(code, name, value, value if proven else min(bound, value), status))
    return tuple(found)


def confirm(judgement: Judgement, tiers: Sequence[TierValue]) -> tuple[TierValue, ...]:
    """The tiers as the verifier values them, against what the search claims.

    A search that was cut short may value its own roster too high (a helping variable left above what it stands for);
    never too low, and a proven tier is exact. Raises DisagreementError at a breach of law or any other difference.
    """
    findings = list(judgement.breaches)
    confirmed: list[TierValue] = []
    proven = True
    for tier in tiers:
        value = judgement.tiers.get(tier.code)
        if tier.status == TierStatus.NOT_ASKED or tier.value is None or tier.bound is None:
            confirmed.append(tier)
            continue
        exact = tier.status == TierStatus.OPTIMAL
        if value is None or value > tier.value or (exact and value != tier.value) or value < tier.bound:
            text = f"{tier.code} 求解得 {tier.value}（下界 {tier.bound}），核验得 {value}"
            findings.append(Finding(Severity.MUST, "F2", text))
            continue
        proven = proven and value == tier.bound
        status = TierStatus.OPTIMAL if proven else TierStatus.FEASIBLE
        confirmed.append(TierValue(tier.code, tier.name, value, tier.bound, status))
    if findings:
        raise DisagreementError(findings)
    return tuple(confirmed)


def part_reports(results: Sequence[PartResult], started: float) -> tuple[PartReport, ...]:
    """Sizes and times of the parts, for 求解信息; `started` is when the search began, time.monotonic."""
    return tuple(
        PartReport(
            r.part.name,
            len(r.part.people),
            len(r.part.windows),
            r.variables,
            r.constraints,
            r.build_seconds,
            r.solve_seconds,
            r.first_at - started if r.first_at is not None else None,
            {code: moment - started for code, moment in r.tier_at.items()},
        )
        for r in results
    )
