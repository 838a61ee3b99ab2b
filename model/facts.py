"""What follows from the input alone, before anybody is rostered; the solver and the verifier both start from it.

The reading of rules.md sections 1 and 2, each layer resting on the one before: hours, presence, demand, credit,
fairness; and here the pins in force.
"""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from zhiban.model.facts_fairness import FairnessFacts
from zhiban.model.kinds import LEAVE_PIN, Line, PinMode, Presence
from zhiban.model.records import Pin


class Facts(FairnessFacts):
    """Derived facts of one problem, each worked out once when asked for."""

    @cached_property
    def pins(self) -> list[Pin]:
        """All pins in force: the sheet's, and those that swaps and recorded presences stand for."""
        found = [p for p in self.problem.pins if p.appointment or self.problem.holds(p.day)]
        found = [p for p in found if not p.appointment or p.appointment in self.need]
        for swap in self.problem.swaps:
            pairs = [(swap.a, swap.b, swap.a_day, swap.a_line)]
            if swap.kind == "对调" and swap.b_day is not None:
                pairs.append((swap.b, swap.a, swap.b_day, swap.b_line or swap.a_line))
            for due, serves, day, line in pairs:
                if self.problem.holds(day):
                    cell = f"调换班!第{swap.row}行"
                    found.append(Pin(row=swap.row, day=day, line=line, person=serves, mode=PinMode.MUST, source=cell))
                    found.append(Pin(row=swap.row, day=day, line=line, person=due, mode=PinMode.MUST_NOT, source=cell))
        for actual in self.problem.actuals:
            if actual.person and actual.presence != Presence.EMPTY_POST and self.problem.holds(actual.day):
                found.append(
                    Pin(
                        row=actual.row,
                        day=actual.day,
                        line=actual.line,
                        segment=actual.segment,
                        window=actual.window,
                        person=actual.person,
                        mode=PinMode.MUST,
                        source=f"实际到岗!第{actual.row}行",
                    )
                )
        return found

    @cached_property
    def due_instead(self) -> dict[tuple[str, date, Line], str]:
        """Who was due for a swapped duty, by (who serves it, date, line): the duty counts in n for him."""
        found: dict[tuple[str, date, Line], str] = {}
        for swap in self.problem.swaps:
            found[swap.b, swap.a_day, swap.a_line] = swap.a
            if swap.kind == "对调" and swap.b_day is not None:
                found[swap.a, swap.b_day, swap.b_line or swap.a_line] = swap.b
        return found


def leave_pins(pins: Iterable[Pin]) -> list[Pin]:
    """The pins about compensatory leave."""
    return [p for p in pins if p.line == LEAVE_PIN and not p.appointment]
