"""`zhiban admit`: yes with who and what it costs, no with the reason and the nearest times; nothing is written."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from zhiban import sample_data
from zhiban.cli.main import cli

Run = Callable[..., Result]
NOW = "2026-11-05 09:30"


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample tiny, solved and written."""
    path = tmp_path_factory.mktemp("solved") / "值班表.xlsx"
    words = ["solve", str(sample_data.path_of("tiny")), "-o", str(path), "--workers", "1"]
    assert CliRunner().invoke(cli, words).exit_code == 0
    return path


@pytest.fixture
def admit(run: Run, tiny: Path, solved: Path, tmp_path: Path) -> Run:
    """`zhiban admit` of tiny."""
    roster = Path(shutil.copy(solved, tmp_path / "值班表.xlsx"))
    return lambda *words: run("admit", tiny, "--roster", roster, "--now", NOW, *words)


@pytest.fixture
def item(tiny: Path) -> str:
    """The first item of the sample."""
    import openpyxl

    return str(openpyxl.load_workbook(tiny)["事项"]["A2"].value)


def data(result: Result, code: int) -> dict[str, Any]:
    assert result.exit_code == code, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    assert found["exit"] == code
    return found


def test_yes_names_who_and_the_cost(admit: Run, item: str, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    result = admit("--item", item, "--date", "2026-11-14", "--time", "10:00")
    assert result.exit_code == 0, result.output
    assert "可以受理" in result.stdout and "当班办理" in result.stdout
    assert "另需调动：无" in result.stdout and "T5a改动人数 +1" in result.stdout
    assert sorted(tmp_path.iterdir()) == before


def test_no_is_exit_3_with_the_reason_and_three_times(admit: Run, item: str) -> None:
    found = data(admit("--item", item, "--date", "2026-11-02", "--time", "10:00", "--json"), 3)
    assert found["reasons"] == ["2026-11-02（周一） 10:00 已经过去"]
    assert [offer["date"] for offer in found["nearest"]] == ["2026-11-05"] * 3


def test_without_a_time_the_cheapest_is_chosen(admit: Run, item: str) -> None:
    found = data(admit("--item", item, "--date", "2026-11-14", "--json"), 0)
    assert found["offer"]["date"] == "2026-11-14"
    assert found["offer"]["cost"]["T5a"] >= 1


def test_a_range_is_ranked_in_one_call(admit: Run, item: str) -> None:
    found = data(admit("--item", item, "--from", "2026-11-13", "--to", "2026-11-15", "--json"), 0)
    ranks = [list(offer["cost"].values()) for offer in found["alternatives"]]
    assert ranks == sorted(ranks)
    assert {offer["date"] for offer in found["alternatives"]} == {"2026-11-13", "2026-11-14", "2026-11-15"}
    assert found["offer"] == found["alternatives"][0]


def test_a_resolve_with_the_row_costs_what_was_told(
    admit: Run, run: Run, tiny: Path, item: str, tmp_path: Path
) -> None:
    """The row typed into the input afterwards: the same start, people and changes."""
    from datetime import date, datetime, time

    import openpyxl

    told = data(admit("--item", item, "--date", "2026-11-14", "--time", "10:00", "--json"), 0)["offer"]
    book = openpyxl.load_workbook(tiny)
    sheet = book["预约登记"]
    row = dict.fromkeys([cell.value for cell in sheet[1]])
    row |= {"预约编号": "YX", "登记时间": datetime(2026, 11, 5, 9, 30), "渠道": "电话", "预约人": "甲"}
    row |= {
        "联系电话": "12000000000",
        "事项编号": item,
        "预约日期": date(2026, 11, 14),
        "开始时间": time(10),
        "状态": "已登记",
    }
    sheet.append(list(row.values()))
    book.save(tiny)
    out = tmp_path / "新.xlsx"
    words = ("--roster", tmp_path / "值班表.xlsx", "--now", NOW, "-o", out, "--json")
    found = json.loads(run("resolve", tiny, *words).stdout)
    changed = {(change["person"], change["window"]) for change in found["changes"]}
    assert changed == {(person["person"], person["window"]) for person in told["people"]}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--item", "没有", "--date", "2026-11-14"], "不存在"),
        (["--date", "2026-11-14"], "--item"),
        (["--item", "{item}"], "--date"),
        (["--item", "{item}", "--from", "2026-11-15", "--to", "2026-11-14"], "早于"),
        (["--item", "{item}", "--date", "2026-11-14", "--time", "25:00"], "不是时刻"),
    ],
)
def test_wrong_usage(admit: Run, item: str, words: list[str], said: str) -> None:
    result = admit(*(word.replace("{item}", item) for word in words))
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_day_outside_the_roster(admit: Run, item: str) -> None:
    found = data(admit("--item", item, "--date", "2026-12-14", "--json"), 3)
    assert "不在值班表的期间" in found["reasons"][0]
    assert found["nearest"][0]["date"] == "2026-11-30"
