"""A search that Ctrl-C ends early without losing what was found."""

import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType
from typing import Protocol, TypeVar

import click

from zhiban.model.errors import NoRosterError

GLANCE = 0.1
"""Seconds between two looks; some systems deliver Ctrl-C only between them."""

Result = TypeVar("Result")


class Stoppable(Protocol):
    """What ends a search early: the solver's `Clock`."""

    def stop(self) -> None:
        """End the search soon; what it found stands."""
        ...


def interruptible(clock: Stoppable, search: Callable[[], Result]) -> Result:
    """The result of `search`; the first Ctrl-C stops `clock`, so that the search returns its best, the second gives up.

    The search runs in a thread of its own, because code outside Python lets no signal through. Raises what the search
    raises, and NoRosterError when given up.
    """
    found: list[Result] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            found.append(search())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    with _stopped_by_interrupt(clock) as asked:
        thread.start()
        while thread.is_alive():
            thread.join(GLANCE)
    if asked and any(isinstance(error, NoRosterError) for error in failed):
        raise NoRosterError("已中断，此前尚未找到可行的值班表")
    if failed:
        raise failed[0]
    return found[0]


@contextmanager
def _stopped_by_interrupt(clock: Stoppable) -> Generator[list[int]]:
    """Ctrl-C stops the clock while the block runs, and is noted; only the main thread may say so to the system."""
    asked: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield asked
        return

    def stop(number: int, _frame: FrameType | None) -> None:
        if asked:
            raise NoRosterError("已放弃求解")
        asked.append(number)
        click.echo("正在停止：核验并写出目前最好的值班表（再按一次 Ctrl-C 放弃）。", err=True)
        clock.stop()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)
