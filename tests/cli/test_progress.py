"""Progress is shown on a terminal only."""

import io
import sys

import pytest

from zhiban.cli.progress import progress_text, shown_progress
from zhiban.solver.settings import Progress


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


def test_the_line_names_stage_part_value_and_bound() -> None:
    assert progress_text(Progress("公平", 3, 12, 1200, 1180)) == "第 3/12 部分：公平 值 1200 下界 1180"
    assert progress_text(Progress("W01", 1, 2)) == "第 1/2 部分：W01"
    # A value of 0 is one worth showing.
    assert progress_text(Progress("空岗", 1, 1, 0, 0)) == "第 1/1 部分：空岗 值 0 下界 0"


def test_nothing_is_told_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with shown_progress() as tell:
        assert tell is None
    assert stream.getvalue() == ""


def test_a_terminal_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Screen()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    with shown_progress() as tell:
        assert tell is not None
        tell(Progress("公平", 3, 12, 1200, 1180))
    assert "第 3/12 部分：公平 值 1200 下界 1180" in stream.getvalue()
