"""A rule of a roster: its code, its sentence for people, how it judges rows and how it becomes clauses.

The catalogue finds every rule in `zhiban.solver.rules` by itself; docs/adding_a_rule.md says how to add one.
"""

import pkgutil
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib import import_module
from inspect import getdoc, isabstract
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from zhiban.model.problem import Problem
from zhiban.model.roster import Finding, Roster
from zhiban.model.stated import Stated

if TYPE_CHECKING:
    from zhiban.solver.draft import Draft


@dataclass(frozen=True, slots=True)
class Case:
    """What else a roster is judged by: an old roster and the time of the change (re-solve), and its own claims."""

    old: Roster | None = None
    now: datetime | None = None
    stated: Stated | None = None


class Rule(ABC):
    """One rule of rules.md. The docstring of a rule is its sentence for people."""

    code: ClassVar[str]
    name: ClassVar[str]
    tier: ClassVar[str] = ""
    """The tier that counts what `unmet` finds (T1 to T4)."""

    def about(self, case: Case) -> "Rule":
        """The rule with the parameters it takes from a case; most take none."""
        return self

    @abstractmethod
    def breaches(self, problem: Problem, roster: Roster) -> list[Finding]:
        """Every breach of the rule in a roster."""

    def unmet(self, problem: Problem, roster: Roster) -> list[Finding]:
        """Every demand of the rule that is short, one finding a unit, its `amount` what lacks."""
        return []

    def reminders(self, problem: Problem, roster: Roster) -> list[Finding]:
        """What is lawful but should be looked at (提醒)."""
        return []

    def build(self, draft: "Draft") -> None:  # noqa: B027 a rule without clauses of its own has nothing to add
        """Add the rule's clauses to a draft."""

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return getdoc(type(self)) or self.name


@lru_cache(maxsize=1)
def catalogue() -> tuple[Rule, ...]:
    """One instance of every rule in `zhiban.solver.rules`, in order."""
    package = import_module("zhiban.solver.rules")
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        import_module(module.name)
    return in_order(kind() for kind in _concrete(Rule))


def in_order(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Rules by code: D1 … D4, H1 … H10, F1, F2; raises TypeError where two share a code."""
    ordered = sorted(rules, key=lambda rule: _place(rule.code))
    for first, second in pairwise(ordered):
        if first.code == second.code:
            raise TypeError(f"{type(first).__name__} and {type(second).__name__} share the code {first.code}")
    return tuple(ordered)


def _concrete(kind: type[Rule]) -> list[type[Rule]]:
    """Every rule class of the package below a class."""
    found: list[type[Rule]] = []
    for below in kind.__subclasses__():
        if not isabstract(below) and below.__module__.startswith("zhiban.solver.rules."):
            found.append(below)
        found.extend(_concrete(below))
    return found


def _place(code: str) -> tuple[int, int]:
    """Demand first, then law, then facts; numbers as numbers."""
    return "DHF".index(code[0]), int(code[1:])
