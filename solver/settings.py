"""How the search is run; every default was measured (docs/how_it_solves.md)."""

import os
from collections.abc import Callable
from dataclasses import dataclass

LARGEST_COEFFICIENT = 2**31 - 1
"""Weights on booleans stay below this: CP-SAT 9.15 may overflow beyond (or-tools issue 5293)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`seconds` of wall time for the whole search, `workers` parts side by side, `seed` of the random choices."""

    seconds: float = 60.0
    workers: int = 0
    seed: int = 0
    parts: bool = True
    """False: one monolithic model (benchmarks only)."""
    threads_a_part: int = 1
    linearization: int = 2
    symmetry: int = 2
    presolve_rounds: int = 1
    slice: float | None = None
    """Deterministic time of one run, None: no limit but the clock's."""
    tuned: bool = True
    """False: CP-SAT's own defaults (benchmarks only)."""
    progress: "Callable[[Progress], None] | None" = None

    @property
    def side_by_side(self) -> int:
        """Parts solved at one time."""
        return self.workers or os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Progress:
    """What is told while the search runs: the stage, part k of n, the best value and the bound so far."""

    stage: str
    part: int
    parts: int
    value: int | None = None
    bound: int | None = None
