"""The generator of benchmark halls: the size asked for, the same each time, each policy."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from zhiban.io.read_workbook import read_problem
from zhiban.sample_data.workbook import write_hall

PATH = Path(__file__).resolve().parents[2] / "benchmarks" / "generate.py"


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    """benchmarks/generate.py, which is no package."""
    spec = importlib.util.spec_from_file_location("benchmark_generator", PATH)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_hall_has_the_size_asked_for(generator: ModuleType) -> None:
    hall = generator.generate(generator.HallSize(windows=12, people=6, appointments=20, joint=5))
    assert len(hall.windows) == 12
    assert [len(window.people) for window in hall.windows.values()] == [6] * 12
    booked = [row["事项编号"] for row in hall.sheets["预约登记"]]
    joint = {row["事项编号"] for row in hall.sheets["事项"] if row["配合窗口"]}
    assert len(booked) == 20
    assert sum(item in joint for item in booked) == 5


def test_the_same_seed_gives_the_same_rows_another_seed_others(generator: ModuleType) -> None:
    one, same, other = (generator.generate(generator.HallSize(windows=6, people=4, seed=seed)) for seed in (1, 1, 2))
    assert one.sheets == same.sheets
    assert one.sheets["请假外出"] != other.sheets["请假外出"]


def test_over_constrained_halls_send_whole_windows_away(generator: ModuleType) -> None:
    easy = generator.generate(generator.HallSize(windows=10, people=5))
    over = generator.generate(generator.HallSize(windows=10, people=5, level="over"))
    assert len(over.sheets["请假外出"]) >= len(easy.sheets["请假外出"]) + 4


@pytest.mark.parametrize("policy", ["淄博2024", "沂源2022", "阳泉2023", "西峡2023", "山亭2022"])
@pytest.mark.parametrize("level", ["easy", "over"])
def test_a_hall_of_every_policy_reads_without_an_error(
    generator: ModuleType, policy: str, level: str, tmp_path: Path
) -> None:
    # October 2026 has a long holiday and a Saturday worked.
    size = generator.HallSize(windows=9, people=4, policy=policy, level=level, month="2026-10", lead="在岗")
    write_hall(generator.generate(size).sheets, tmp_path / "hall.xlsx")
    problem = read_problem(tmp_path / "hall.xlsx").problem
    assert len(problem.windows) == 10
    assert problem.appointments
