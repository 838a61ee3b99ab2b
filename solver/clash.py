"""Which pins clash: a set from which none can be left out, verified by solving without each."""

from collections.abc import Sequence

from zhiban.model.problem import Problem
from zhiban.model.records import Pin
from zhiban.solver.build import build
from zhiban.solver.building.pins import pins_of
from zhiban.solver.draft import Draft
from zhiban.solver.parts import Part
from zhiban.solver.search import Clock, Status, minimise
from zhiban.solver.settings import Settings

SECONDS_A_TRIAL = 10.0


def clashing_pins(problem: Problem, parts: Sequence[Part]) -> list[str]:
    """The clashing pins of the parts that have no lawful roster, each as people read it, with its cell."""
    return [pin_text(problem, pin) for part in parts for pin in smallest_clash(problem, part)]


def smallest_clash(problem: Problem, part: Part) -> list[Pin]:
    """Pins of a part that cannot hold together, none of them superfluous (deletion filter, each step solved again).

    Every demand may stay unmet, so that without pins there always is a lawful roster; empty where the input alone,
    with no pin at all, breaks the law.
    """
    draft = Draft(problem, part, exact_posts=True, switched=True)
    build(draft)
    pins = list(dict.fromkeys(pins_of(draft)))
    if _lawful(draft, []) is not True:
        return []
    kept = list(pins)
    for pin in pins:
        trial = [p for p in kept if p != pin]
        if _lawful(draft, trial) is False:
            kept = trial
    return kept


def _lawful(draft: Draft, pins: Sequence[Pin]) -> bool | None:
    """Whether some roster keeps these pins; None: not settled in time."""
    model = draft.model.clone()
    for pin, switch in draft.pin_switches.items():
        model.add_bool_and(switch if pin in pins else ~switch)
    attempt = minimise(model, 0, Settings(), Clock(SECONDS_A_TRIAL))
    if attempt.status == Status.UNKNOWN:
        return None
    return attempt.solved


def pin_text(problem: Problem, pin: Pin) -> str:
    """A pin as people read it, with the cell it comes from."""
    cell = pin.source or f"指定与锁定!第{pin.row}行"
    who = f"{problem.person[pin.person].name}({pin.person})" if pin.person in problem.person else "任何人"
    where = f" 窗口{pin.window}" if pin.window else ""
    what = f"预约{pin.appointment}" if pin.appointment else f"{pin.day:%Y-%m-%d} {pin.line}{pin.segment}"
    return f"{cell}：{pin.mode} {who} {what}{where}"
