"""The Ray engine: every centre a task on a cluster; its workers need zhiban installed and no disk in common."""

import importlib
import io
import logging
import socket
import sys
from contextlib import redirect_stdout
from typing import Any

from zhiban.cli.batch_centre import Centre, Job, given_up, solve_centre
from zhiban.cli.telling import INTERNAL
from zhiban.model.errors import UsageError

MISSING = "没有安装 Ray。请先安装：pip install 'zhiban[cluster]'，或用 --engine local"

REACHED_WITHIN = 5.0
"""Seconds for the cluster's head to answer."""


class RayPool:
    """Tasks of one core each. Retries are the caller's, so that both engines try equally often."""

    def __init__(self, address: str | None, jobs: int) -> None:
        # Ray is an extra: nothing of it may be needed to read this module.
        try:
            self._ray: Any = importlib.import_module("ray")
        except ImportError as error:
            raise UsageError(MISSING) from error
        _check_reachable(address)
        # Ray prints its own news of lost workers on stdout, which belongs to the results; what matters of them is told.
        self._quiet = redirect_stdout(io.StringIO())
        self._quiet.__enter__()
        try:
            self._ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
        except (ConnectionError, RuntimeError, ValueError, OSError) as error:
            self._quiet.__exit__(None, None, None)
            raise UsageError(f"连不上 Ray 集群 {address or ''}：{_first_line(error)}") from error
        self._task = self._ray.remote(num_cpus=1, max_retries=0)(solve_centre)
        self._most = jobs or sys.maxsize
        self._running: dict[Any, str] = {}

    @property
    def room(self) -> int:
        """Without a limit of the user's the whole batch is handed to the cluster, which places it."""
        return self._most - len(self._running)

    def begin(self, job: Job) -> None:
        """Send a centre to the cluster."""
        self._running[self._task.remote(job)] = job.name

    def finished(self, seconds: float) -> list[tuple[str, Centre | None]]:
        """The tasks that have ended after at most so many seconds."""
        ended, _ = self._ray.wait(list(self._running), num_returns=1, timeout=seconds)
        names = [(task, self._running.pop(task)) for task in ended]
        return [(name, self._outcome(task, name)) for task, name in names]

    def close(self) -> None:
        """Leave the cluster; its tasks of ours end with that."""
        try:
            self._ray.shutdown()
        finally:
            self._quiet.__exit__(None, None, None)

    def _outcome(self, task: object, name: str) -> Centre | None:
        """None where the worker or its machine was lost; an error of the task itself would come again."""
        try:
            centre: Centre = self._ray.get(task)
        except self._ray.exceptions.RayTaskError as error:
            return given_up(name, INTERNAL, f"集群上的任务出错：{_first_line(error.cause)}")
        except self._ray.exceptions.RayError:
            return None
        return centre


def _check_reachable(address: str | None) -> None:
    """UsageError where nobody listens at host:port; Ray itself would try for minutes, and end the whole program."""
    host, _, port = (address or "").removeprefix("ray://").rpartition(":")
    if not host or not port.isdecimal():
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), REACHED_WITHIN).close()
    except (OSError, OverflowError) as error:
        raise UsageError(f"连不上 Ray 集群 {address}：{error}。请检查地址，并确认集群已启动（ray status）") from error


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
