"""A batch on any engine: hands out the centres, tries a dead worker's centre again, stops at Ctrl-C."""

import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType
from typing import Protocol

import click

from zhiban.cli.batch_centre import Centre, Job, given_up
from zhiban.cli.telling import INTERNAL, INTERRUPTED

TRIES = 3
"""So often a centre is begun whose worker dies; the third time it is probably the centre that kills it."""

GLANCE = 0.2
"""Seconds between two looks for Ctrl-C."""

Load = Callable[[str], Job | Centre]
Done = Callable[[Centre], Centre]


class Pool(Protocol):
    """Workers somewhere."""

    @property
    def room(self) -> int:
        """How many more jobs may be begun now."""
        ...

    def begin(self, job: Job) -> None:
        """Have a worker solve a centre."""
        ...

    def finished(self, seconds: float) -> list[tuple[str, Centre | None]]:
        """What has ended, by the job's name, after at most so many seconds; None where the worker died."""
        ...

    def close(self) -> None:
        """Let all workers go, whatever they do."""
        ...


class Batch:
    """A batch under way.

    `load` reads a centre's files (or says why it cannot) when its turn comes; `done` gets each outcome at once, and
    gives it back as it is to be kept, so that what is finished is on the disk whatever happens later.
    """

    def __init__(self, pool: Pool, names: Iterable[str], load: Load, done: Done) -> None:
        self._pool, self._load, self._done = pool, load, done
        self._names = list(names)
        self._waiting = deque(self._names)
        self._running: set[str] = set()
        self._tries = dict.fromkeys(self._names, 0)
        self._found: dict[str, Centre] = {}

    def run(self, stopped: Callable[[], bool]) -> list[Centre]:
        """Every centre's outcome, in the order of the names; those not finished when `stopped` is true say so."""
        while (self._waiting or self._running) and not stopped():
            self._begin()
            self._gather(GLANCE)
        self._gather(0)
        for name in self._names:
            if name not in self._found:
                self._keep(given_up(name, INTERRUPTED, "已中断，未排班", self._tries[name]))
        return [self._found[name] for name in self._names]

    def _begin(self) -> None:
        while self._waiting and self._pool.room > 0:
            name = self._waiting.popleft()
            job = self._load(name)
            if isinstance(job, Centre):
                self._keep(job)
                continue
            self._tries[name] += 1
            self._running.add(name)
            self._pool.begin(job)

    def _gather(self, seconds: float) -> None:
        for name, centre in self._pool.finished(seconds) if self._running else ():
            self._running.remove(name)
            tries = self._tries[name]
            if centre is not None:
                self._keep(replace(centre, tries=tries))
            elif tries < TRIES:
                click.echo(f"{name}：计算进程中断，重新计算", err=True)
                self._waiting.appendleft(name)
            else:
                self._keep(given_up(name, INTERNAL, f"计算进程意外终止（共试 {tries} 次），可能是内存不够", tries))

    def _keep(self, centre: Centre) -> None:
        self._found[centre.name] = self._done(centre)


@contextmanager
def interrupt_noted() -> Generator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed, while the block runs; only the main thread may ask the system for that."""
    pressed = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield pressed.is_set
        return

    def note(_number: int, _frame: FrameType | None) -> None:
        if not pressed.is_set():
            click.echo("正在停止：已完成的值班表保留，写出汇总。", err=True)
        pressed.set()

    before = signal.signal(signal.SIGINT, note)
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, before)
