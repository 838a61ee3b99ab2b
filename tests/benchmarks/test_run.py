"""The benchmark runner on tiny halls: every section measured, page and picture written, the data kept."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from zhiban.io.read_workbook import read_problem

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks"
INSTANCES = sorted((FOLDER / "instances").glob("*.xlsx"))


def run(*words: object) -> str:
    """What the runner prints."""
    command = [sys.executable, str(FOLDER / "run.py"), *map(str, words)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.mark.slow
def test_a_small_run_measures_every_section(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    page, data = tmp_path / "page.md", tmp_path / "data.json"
    assert str(page) in run("--small", "--data", data, "--output", page)
    found = json.loads(data.read_text("utf-8"))
    assert set(found) == {"growth", "baselines", "instances", "living", "batch"}

    ours, whole, default = found["baselines"]["rows"]
    assert [row["mode"] for row in (ours, whole, default)] == ["parts", "whole", "default"]
    assert all(tier["proven"] for tier in ours["tiers"])
    assert 0 < ours["first_seconds"] <= ours["solve_seconds"] <= ours["command_seconds"]
    seconds = [tier["seconds"] for tier in ours["tiers"]]
    assert seconds == sorted(seconds) and seconds[-1] <= ours["solve_seconds"]
    assert [row["size"] for row in found["growth"]["rows"]] == [1, 2]
    assert all(row["memory_mib"] > 20 and row["cpu_seconds"] > 0 for row in found["growth"]["rows"])
    same, *others = found["living"]["rows"]
    assert (same["people"], same["exit"], len(others)) == (0, 0, 3)
    assert all(row["seconds"] > 0 for row in (same, *others))
    one, two = found["batch"]["rows"]
    assert (one["jobs"], two["jobs"]) == (1, 2)
    assert one["rosters"] == two["rosters"] == 2 and one["tiers"] == two["tiers"]

    text = page.read_text("utf-8")
    for heading in ("## Growth", "## Against one model", "## Tight and over-constrained halls", "## Many centres"):
        assert heading in text
    assert (tmp_path / "pictures" / "benchmarks.svg").read_text("utf-8").count("<svg") == 1

    # The page alone, from the data as they are.
    page.unlink()
    before = data.read_text("utf-8")
    run("--render", "--data", data, "--output", page)
    assert page.read_text("utf-8") == text
    assert data.read_text("utf-8") == before


def test_instances_are_there() -> None:
    levels = {path.stem.rsplit("-", 1)[1] for path in INSTANCES}
    assert levels == {"easy", "tight", "over"}


@pytest.mark.parametrize("path", INSTANCES, ids=lambda path: path.stem)
def test_every_stored_instance_reads_without_an_error(path: Path) -> None:
    problem = read_problem(path).problem
    assert (len(problem.windows), len(problem.people)) == (16, 155)
