"""Ctrl-C during a search: the best so far is kept; pressed again, it is given up."""

import os
import signal
import threading
from collections.abc import Callable

import pytest

from zhiban.cli.running import interruptible
from zhiban.model.errors import ContradictionError, NoRosterError


class Switch:
    """What stops a search; `stopped` may be waited for."""

    def __init__(self) -> None:
        self.stopped = threading.Event()

    def stop(self) -> None:
        self.stopped.set()


def press_ctrl_c() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def interrupted(switch: Switch, result: Callable[[], str]) -> Callable[[], str]:
    """A search that somebody interrupts while it runs."""

    def search() -> str:
        press_ctrl_c()
        assert switch.stopped.wait(20)
        return result()

    return search


def test_a_search_left_alone_gives_its_result() -> None:
    switch = Switch()
    assert interruptible(switch, lambda: "roster") == "roster"
    assert not switch.stopped.is_set()


@pytest.mark.skipif(os.name == "nt", reason="os.kill sends no Ctrl-C on Windows")
def test_ctrl_c_stops_the_search_and_keeps_its_best(capsys: pytest.CaptureFixture[str]) -> None:
    switch = Switch()
    assert interruptible(switch, interrupted(switch, lambda: "best so far")) == "best so far"
    assert "正在停止" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="os.kill sends no Ctrl-C on Windows")
def test_ctrl_c_before_anything_was_found() -> None:
    def nothing() -> str:
        raise NoRosterError("时限内未找到")

    switch = Switch()
    with pytest.raises(NoRosterError, match="已中断"):
        interruptible(switch, interrupted(switch, nothing))


@pytest.mark.skipif(os.name == "nt", reason="os.kill sends no Ctrl-C on Windows")
def test_ctrl_c_twice_gives_up_without_waiting() -> None:
    switch, freed = Switch(), threading.Event()

    def deaf() -> str:
        press_ctrl_c()
        assert switch.stopped.wait(20)
        press_ctrl_c()
        freed.wait(20)
        return "too late"

    with pytest.raises(NoRosterError, match="已放弃"):
        interruptible(switch, deaf)
    freed.set()


def test_what_the_search_raises_comes_through() -> None:
    def fail() -> str:
        raise ContradictionError(["甲"])

    with pytest.raises(ContradictionError):
        interruptible(Switch(), fail)


def test_ctrl_c_means_afterwards_what_it_meant_before() -> None:
    before = signal.getsignal(signal.SIGINT)
    interruptible(Switch(), lambda: "roster")
    assert signal.getsignal(signal.SIGINT) is before


def test_a_search_may_run_beside_the_main_thread() -> None:
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(interruptible(Switch(), lambda: "roster")))
    thread.start()
    thread.join()
    assert found == ["roster"]
