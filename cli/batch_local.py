"""The local engine: processes of this machine, one core each; a process that dies takes nothing with it but its job."""

import multiprocessing
import os
import signal
import tempfile
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from zhiban.cli.batch_centre import Centre, Job, solve_centre

LAST_WORD = 2.0
"""Seconds for a worker to end by itself before it is made to."""


def cores() -> int:
    """Processors this program may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: "Connection[Any, Any]"
    job: str = ""


class LocalPool:
    """Long-lived processes that are started as they are needed: loading the solver takes as long as a small centre."""

    def __init__(self, jobs: int) -> None:
        self._most = jobs
        # Not forked: a copy of a process with threads may hang.
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        # A worker that is killed leaves its files behind: people's names and telephone numbers are in them.
        self._files = tempfile.TemporaryDirectory(prefix="zhiban-", ignore_cleanup_errors=True)

    @property
    def room(self) -> int:
        """Processes that are idle or not yet started."""
        return self._most - sum(1 for worker in self._workers if worker.job)

    @property
    def processes(self) -> list[BaseProcess]:
        """The processes there are, busy or idle."""
        return [worker.process for worker in self._workers]

    def begin(self, job: Job) -> None:
        """Give a job to an idle process, or to a new one."""
        worker = next((w for w in self._workers if not w.job), None) or self._started()
        worker.job = job.name
        try:
            worker.pipe.send(job)
        except OSError:
            # It died while idle; `finished` sees its pipe closed.
            return

    def finished(self, seconds: float) -> list[tuple[str, Centre | None]]:
        """The jobs that have ended after at most so many seconds."""
        busy = [worker for worker in self._workers if worker.job]
        ended: list[tuple[str, Centre | None]] = []
        for pipe in wait([worker.pipe for worker in busy], seconds):
            worker = next(worker for worker in busy if worker.pipe is pipe)
            try:
                centre: Centre | None = worker.pipe.recv()
            except (EOFError, OSError):
                centre = None
                self._workers.remove(worker)
                worker.pipe.close()
                worker.process.join(LAST_WORD)
            ended.append((worker.job, centre))
            worker.job = ""
        return ended

    def close(self) -> None:
        """End the idle processes by closing their pipes, the busy ones at once."""
        for worker in self._workers:
            worker.pipe.close()
            if worker.job:
                worker.process.terminate()
        for worker in self._workers:
            worker.process.join(LAST_WORD)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
        self._workers.clear()
        self._files.cleanup()

    def _started(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=work, args=(theirs, self._files.name), daemon=True)
        with _deaf_to_interrupts():
            process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours))
        return self._workers[-1]


def work(pipe: "Connection[Any, Any]", files: str) -> None:
    """A worker's life: jobs in, centres out, until the other end is closed; `files` is for temporary files."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tempfile.tempdir = files
    while True:
        try:
            job: Job = pipe.recv()
            pipe.send(solve_centre(job))
        except (EOFError, OSError):
            return


@contextmanager
def _deaf_to_interrupts() -> Generator[None]:
    """Ctrl-C goes to every process of a terminal; a worker inherits that it is none of its business."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
