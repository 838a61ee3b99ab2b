"""Tiers that the first slices leave open: more rounds, by days and in the relaxation, end at the same values."""

from pathlib import Path

import pytest

from zhiban.io.read_workbook import read_problem
from zhiban.solver import search
from zhiban.solver.relaxation import StretchBounds
from zhiban.solver.settings import Settings
from zhiban.solver.solve import solve
from zhiban.solver.solve_part import PartSearch

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"


@pytest.mark.parametrize("late", [False, True])
def test_rounds_end_at_the_same_values(monkeypatch: pytest.MonkeyPatch, late: bool) -> None:
    """`late`: no part has time for them of its own, so that they come in the time that others left."""
    problem = read_problem(SAMPLES / "yangquan.xlsx").problem
    usual = solve(problem, Settings(60))
    sharpen, rounds, begun = PartSearch._sharpen, list[str](), set[str]()

    def noted(part: PartSearch, bounds: StretchBounds) -> None:
        if late and part.part.name not in begun:
            begun.add(part.part.name)
            return
        if not part._all_proven():
            rounds.append(part.part.name)
        sharpen(part, bounds)

    monkeypatch.setattr(PartSearch, "_sharpen", noted)
    monkeypatch.setattr(search, "FIRST_SLICE", 0.002)
    hasty = solve(problem, Settings(60))
    assert rounds
    assert [(t.code, t.value, t.status) for t in hasty.tiers] == [(t.code, t.value, t.status) for t in usual.tiers]
