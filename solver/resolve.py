"""Re-solving near an old roster: what starts soon stands, and as few people and entries change as can be (H10, T5)."""

import time
from datetime import datetime
from typing import TYPE_CHECKING

from zhiban.model.problem import Problem
from zhiban.model.roster import Finding, Outcome, Roster
from zhiban.solver.change_record import changes_of
from zhiban.solver.refresh import refreshed
from zhiban.solver.replan import plan_of
from zhiban.solver.settings import Settings
from zhiban.solver.unsearched import Placed, unsearched
from zhiban.solver.verify import judge

if TYPE_CHECKING:
    from zhiban.solver.search import Clock


def resolve(
    problem: Problem, old: Roster, now: datetime, settings: Settings | None = None, clock: "Clock | None" = None
) -> Outcome:
    """The roster nearest to an old one under the new input, verified; its changes say why.

    Only parts in which the old roster breaks a rule or leaves something unmet are searched again: everywhere else it
    is lawful with nothing missing and no change at all, which no roster can better. Nothing to change, or one more
    appointment that somebody can take as things stand, needs no search. Raises as `solve`.
    """
    started = time.monotonic()
    plan = plan_of(problem, old, now)
    kept = refreshed(problem, old)
    found = unsearched(problem, kept, plan)
    info: dict[str, str] = {}
    wrong: list[Finding] = []
    if not isinstance(found, Placed):
        from zhiban.solver.near import search_near

        before = found or judge(problem, kept, old, now)
        wrong = [*before.breaches, *before.unmet]
        found = search_near(problem, kept, before, plan, settings or Settings(), clock)
        info["部分数"] = str(found.number)
    info |= {
        "求解用时(秒)": f"{time.monotonic() - started:.1f}",
        "重排部分数": str(len(found.parts)),
        "现在": f"{now:%Y-%m-%d %H:%M}",
    }
    changes = changes_of(problem, plan, found.roster, wrong)
    return Outcome(found.roster, found.judgement, found.tiers, changes, found.parts, info)
