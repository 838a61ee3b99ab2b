"""`zhiban explain` on a roster with one gap, and what-if beside it."""

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

from zhiban.io.read_workbook import read_problem

Run = Callable[..., Result]


@pytest.fixture
def short(tiny: Path, add_rows: Callable[..., None]) -> Path:
    """The sample tiny with everybody who may serve its first window in training over a weekend."""
    problem = read_problem(tiny).problem
    slot = next(s for s in problem.facts.slots if s.minimum > 0 and s.line.value == "周末")
    people = [p.id for p in problem.servers_of[slot.window]]
    book = openpyxl.load_workbook(tiny)
    rows = [[p, "培训", slot.day, None, slot.day, None, "已批", None] for p in people]
    header = [["工号", "类型", "开始日", "开始半日", "结束日", "结束半日", "状态", "批准人"]]
    add_rows("请假外出", rows if "请假外出" in book.sheetnames else header + rows)
    return tiny


@pytest.fixture
def roster(run: Run, short: Path, out: Path) -> Path:
    """Its roster."""
    assert run("solve", short, "-o", out, "--seconds", 30, "--workers", 1).exit_code == 3
    return out


def test_all_unmet_lines_with_reason_and_cure(run: Run, short: Path, roster: Path) -> None:
    result = run("explain", short, roster)
    assert result.exit_code == 0
    assert result.stdout.startswith("[1] ")
    assert "原因：" in result.stdout
    assert "培训" in result.stdout
    assert "办法：" in result.stdout


def test_one_line_in_full(run: Run, short: Path, roster: Path) -> None:
    result = run("explain", short, roster, "--issue", 1)
    assert result.exit_code == 0
    assert "已求解验证" in result.stdout
    assert "〔请假外出!第" in result.stdout
    assert "的培训改期" in result.stdout
    data = json.loads(run("explain", short, roster, "--issue", 1, "--json").stdout)
    (line,) = data["explained"]
    assert line["proven"]
    assert {fact["kind"] for fact in line["conflict"]} >= {"请假外出"}
    assert all(repair["price"] >= 1 for repair in line["repairs"])


def test_a_person_and_why_not_another(run: Run, short: Path, roster: Path) -> None:
    problem = read_problem(short).problem
    leave = problem.leaves[-1]
    result = run("explain", short, roster, "--person", leave.person)
    assert result.exit_code == 0
    assert "可值班" in result.stdout
    answer = run("explain", short, roster, "--why-not", f"{leave.person}@{leave.first}/周末")
    assert answer.exit_code == 0
    assert "按规则不能安排" in answer.stdout
    assert "培训" in answer.stdout


def test_a_duty_that_is_short(run: Run, short: Path, roster: Path) -> None:
    problem = read_problem(short).problem
    leave = problem.leaves[-1]
    window = problem.person[leave.person].window
    result = run("explain", short, roster, "--duty", f"{leave.first}/周末/{window}")
    assert result.exit_code == 0
    assert "可能的人员" in result.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--issue", "9999"), "没有第 9999 项"),
        (("--duty", "2026-11-07"), "请写成 日期/线/窗口编号"),
        (("--person", "nobody"), "没有工号"),
        (("--why-not", "nobody@2026-11-07/周末"), "没有工号"),
        (("--issue", "1", "--person", "x"), "一次只写一个"),
    ],
)
def test_wrong_words_are_told(run: Run, short: Path, roster: Path, words: tuple[str, ...], said: str) -> None:
    result = run("explain", short, roster, *words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_what_if_compares_and_writes_nothing(run: Run, short: Path, tmp_path: Path) -> None:
    """Without the training nothing is missing any more; the change names the rows by 工号 and 开始日."""
    rows = read_problem(short).problem.leaves
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "请假外出"
    sheet.append(["工号", "类型", "开始日", "结束日", "状态"])
    for leave in rows:
        if leave.kind.value == "培训":
            sheet.append([leave.person, "培训", leave.first, leave.last, "待批"])
    change = tmp_path / "改动.xlsx"
    book.save(change)
    before = short.read_bytes()
    result = run("solve", short, "--what-if", change, "--seconds", 30, "--workers", 1)
    assert "变好：T2值班缺人" in result.stdout
    assert "不再缺" in result.stdout
    assert short.read_bytes() == before
    assert not (Path.cwd() / "值班表.xlsx").exists()


def test_what_if_by_settings(run: Run, short: Path) -> None:
    result = run("solve", short, "--set", "最多连续工作天=7", "--seconds", 30, "--workers", 1, "--json")
    assert {tier["code"] for tier in json.loads(result.stdout)["tiers"]} >= {"T1", "T2", "T9"}
    wrong = run("solve", short, "--set", "最多连续=7")
    assert wrong.exit_code == 2
    assert "是否为 最多连续工作天" in wrong.stderr
    bad = run("solve", short, "--set", "最多连续工作天=零")
    assert bad.exit_code == 1
