"""The deadline of a search; whoever sets one need not load the solver for it."""

import threading
import time
from typing import Protocol

RESERVE = 0.08
"""Share of the time kept back for joining, verifying and writing."""


class Stoppable(Protocol):
    """A running search: CP-SAT's solver."""

    def stop_search(self) -> None:
        """End soon; what was found stands."""
        ...


class Clock:
    """The deadline of a search, and the switch that ends it early (Ctrl-C)."""

    def __init__(self, seconds: float) -> None:
        self.deadline = time.monotonic() + seconds
        self.stopped = threading.Event()
        self._lock = threading.Lock()
        self._running: set[Stoppable] = set()

    @property
    def left(self) -> float:
        """Seconds until the deadline, 0 when stopped."""
        return 0.0 if self.stopped.is_set() else max(0.0, self.deadline - time.monotonic())

    def stop(self) -> None:
        """End all running searches as soon as they can; what they found stands."""
        self.stopped.set()
        with self._lock:
            for solver in self._running:
                solver.stop_search()

    def enter(self, solver: Stoppable) -> None:
        """Register a running solver."""
        with self._lock:
            self._running.add(solver)

    def leave(self, solver: Stoppable) -> None:
        """Forget a solver that has ended."""
        with self._lock:
            self._running.discard(solver)
