"""Which pins clash, with the law, each other or what is frozen: a set from which none can be left out.

Verified by solving without each; a core that the search names is where the filter starts.
"""

from collections.abc import Iterable, Mapping, Sequence

from ortools.sat.python import cp_model

from zhiban.model.problem import Problem
from zhiban.model.records import Pin
from zhiban.solver.build import build
from zhiban.solver.building.changes import STANDS
from zhiban.solver.building.pins import pins_of
from zhiban.solver.draft import Draft
from zhiban.solver.entries import APPOINTMENT, LEAVE, Entry
from zhiban.solver.linear import Lit
from zhiban.solver.parts import Part
from zhiban.solver.replan import Plan
from zhiban.solver.search import Clock, Status, minimise
from zhiban.solver.settings import Settings
from zhiban.solver.wording import day_text, person_text, window_text

SECONDS_A_TRIAL = 10.0

Demand = Pin | tuple[str, Entry]
"""A pin, or what H10 asks of an entry."""


def clashing_pins(problem: Problem, parts: Sequence[Part], plan: Plan | None = None) -> list[str]:
    """What clashes in the parts that have no lawful roster, each as people read it, with its cell."""
    return [demand_text(problem, demand) for part in parts for demand in smallest_clash(problem, part, plan)]


def smallest_clash(problem: Problem, part: Part, plan: Plan | None = None) -> list[Demand]:
    """Pins and frozen entries of a part that cannot hold together, none of them superfluous.

    Every demand may stay unmet, so that without them there always is a lawful roster; empty where the input alone
    breaks the law.
    """
    draft = Draft(problem, part, exact_posts=True, switched=True, plan=plan)
    build(draft)
    switches: dict[Demand, Lit] = {pin: draft.pin_switches[pin] for pin in dict.fromkeys(pins_of(draft))}
    switches |= draft.freeze_switches
    if _lawful(draft, switches, []) is not True:
        return []
    kept = _core(draft, switches)
    for demand in list(kept):
        trial = [d for d in kept if d != demand]
        if _lawful(draft, switches, trial) is False:
            kept = trial
    return kept


def _core(draft: Draft, switches: Mapping[Demand, Lit]) -> list[Demand]:
    """Demands that cannot hold together, few of them where the search can name some."""
    model = draft.model.clone()
    model.add_assumptions(switches.values())
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = SECONDS_A_TRIAL
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False
    if solver.solve(model) != cp_model.INFEASIBLE:
        return list(switches)
    named = set(solver.sufficient_assumptions_for_infeasibility())
    found = [demand for demand, switch in switches.items() if switch.index in named]
    return found if found and _lawful(draft, switches, found) is False else list(switches)


def _lawful(draft: Draft, switches: Mapping[Demand, Lit], demands: Iterable[Demand]) -> bool | None:
    """Whether some roster keeps these demands; None: not settled in time."""
    model = draft.model.clone()
    wanted = set(demands)
    for demand, switch in switches.items():
        model.add_bool_and(switch if demand in wanted else ~switch)
    attempt = minimise(model, 0, Settings(), Clock(SECONDS_A_TRIAL))
    if attempt.status == Status.UNKNOWN:
        return None
    return attempt.solved


def demand_text(problem: Problem, demand: Demand) -> str:
    """A pin with its cell, or a frozen entry, as people read it."""
    return pin_text(problem, demand) if isinstance(demand, Pin) else frozen_text(problem, *demand)


def pin_text(problem: Problem, pin: Pin) -> str:
    """A pin as people read it, with the cell it comes from."""
    cell = pin.source or f"指定与锁定!第{pin.row}行"
    who = f"{problem.person[pin.person].name}({pin.person})" if pin.person in problem.person else "任何人"
    where = f" 窗口{pin.window}" if pin.window else ""
    what = f"预约{pin.appointment}" if pin.appointment else f"{pin.day:%Y-%m-%d} {pin.line}{pin.segment}"
    return f"{cell}：{pin.mode} {who} {what}{where}"


def frozen_text(problem: Problem, kind: str, entry: Entry) -> str:
    """What H10 asks of an entry, and how the manager gets around it."""
    what = f"预约{entry.appointment}" if entry.line == APPOINTMENT else f"{entry.line}{entry.half or ''}"
    where = f" {window_text(problem, entry.window)}" if entry.window else ""
    who = f"{day_text(entry.day)} {what}{where} {person_text(problem, entry.person)}"
    if kind != STANDS:
        return f"{who}：{kind}，不能新增；确需变更的，请调小基本设置的排班变更提前小时或变更提前小时"
    way = "销假的请调小基本设置的排班变更提前小时" if entry.line == LEAVE else "本人不能到岗的，请填入请假外出"
    return f"原值班表：{who}：{kind}，不能取消；{way}"
