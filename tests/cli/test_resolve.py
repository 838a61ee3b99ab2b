"""`zhiban resolve` from words to workbook: edits, freezing, the record of changes, and what it refuses."""

import json
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from zhiban import sample_data
from zhiban.cli.main import cli
from zhiban.io.read_roster import read_roster
from zhiban.io.read_workbook import read_problem
from zhiban.solver.verify import judge

Run = Callable[..., Result]
AddRows = Callable[[str, list[list[object]]], None]

SATURDAY, SUNDAY = date(2026, 11, 7), date(2026, 11, 8)
NOW = "2026-11-02 08:10"
HELD_BY_NOBODY = "9999"


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample tiny, solved and written."""
    path = tmp_path_factory.mktemp("solved") / "原值班表.xlsx"
    words = ["solve", str(sample_data.path_of("tiny")), "-o", str(path), "--workers", "1"]
    assert CliRunner().invoke(cli, words).exit_code == 0
    return path


@pytest.fixture
def roster(solved: Path, tmp_path: Path) -> Path:
    """A copy to edit."""
    return Path(shutil.copy(solved, tmp_path / "原值班表.xlsx"))


@pytest.fixture
def resolve(run: Run, tiny: Path, roster: Path, out: Path) -> Run:
    """`zhiban resolve` of tiny."""
    return lambda *more: run("resolve", tiny, "--roster", roster, "--now", NOW, "-o", out, "--workers", "1", *more)


def who(path: Path, day: date, window: str) -> str:
    (person,) = {r.person for r in read_roster(path).roster.duties if (r.day, r.window) == (day, window)}
    return person


def edit(path: Path, sheet: str, change: Callable[[Any], object]) -> None:
    book = openpyxl.load_workbook(path)
    change(book[sheet])
    book.save(path)


def detail_rows(sheet: Any, day: date, window: str) -> list[int]:
    wanted = datetime(day.year, day.month, day.day)
    return [
        r for r in range(2, sheet.max_row + 1) if (sheet.cell(r, 1).value, sheet.cell(r, 8).value) == (wanted, window)
    ]


def test_nothing_new_is_nothing_changed(resolve: Run, roster: Path, out: Path, tiny: Path) -> None:
    result = resolve()
    assert result.exit_code == 0, result.stderr
    assert "与原值班表相比没有变动" in result.stdout
    after = read_roster(out)
    assert after.roster == read_roster(roster).roster
    assert {t.code: t.value for t in after.tiers}["T5a"] == 0
    assert (after.info["现在"], after.info["原值班表"]) == (NOW, roster.name)
    assert "没有变更" in "".join(str(c.value) for row in openpyxl.load_workbook(out)["变更记录"] for c in row)


def test_a_swap_typed_into_the_printed_table(resolve: Run, roster: Path, out: Path, tiny: Path) -> None:
    a, b = who(roster, SATURDAY, "W01"), who(roster, SUNDAY, "W01")
    names = read_roster(roster).people
    assert a != b

    def swap(sheet: Any) -> None:
        for row in sheet.iter_rows(min_row=4, max_row=8):
            if row[0].value in (datetime(2026, 11, 7), datetime(2026, 11, 8)):
                row[2].value = names[b] if row[0].value == datetime(2026, 11, 7) else names[a]

    edit(roster, "值班表", swap)
    result = resolve()
    assert result.exit_code == 0, result.stderr
    assert "手工修改 4 处" in result.stdout
    assert (who(out, SATURDAY, "W01"), who(out, SUNDAY, "W01")) == (b, a)
    problem = read_problem(tiny).problem
    assert judge(problem, read_roster(out, problem).roster).breaches == ()


def test_an_emptied_row_is_filled_by_somebody_else(resolve: Run, roster: Path, out: Path) -> None:
    gone = who(roster, SATURDAY, "W02")

    def empty(sheet: Any) -> None:
        for row in detail_rows(sheet, SATURDAY, "W02"):
            sheet.cell(row, 10).value = sheet.cell(row, 11).value = None

    edit(roster, "排班明细", empty)
    assert resolve().exit_code == 0
    assert who(out, SATURDAY, "W02") not in ("", gone)


def test_what_is_said_as_data(resolve: Run, roster: Path, add_rows: AddRows) -> None:
    ill = who(roster, SATURDAY, "W01")
    add_rows("请假外出", [[ill, "病假", SATURDAY, None, SATURDAY, None, "已批", "窗口负责人"]])
    result = resolve("--json")
    data = json.loads(result.stdout)
    assert (result.exit_code, data["exit"]) == (0, 0)
    assert [t["bound"] for t in data["tiers"]] == [t["value"] for t in data["tiers"]]
    assert {t["code"]: t["value"] for t in data["tiers"]}["T5b"] == len(data["changes"])
    change = next(c for c in data["changes"] if c["person"] == ill and c["day"] == "2026-11-07")
    assert change["why"] == f"{change['name']}11月7日不能到岗"
    assert data["edits"] == []


def test_an_unlawful_edit_is_exit_4_with_its_cell(resolve: Run, roster: Path, out: Path, add_rows: AddRows) -> None:
    add_rows("请假外出", [["10101", "事假", SATURDAY, None, SATURDAY, None, "已批", "窗口负责人"]])
    names = read_roster(roster).people
    edit(roster, "值班表", lambda sheet: sheet["C6"].__setattr__("value", names["10101"]))
    result = resolve()
    assert result.exit_code == 4, result.output
    assert "值班表!C6：必须" in result.stderr and "10101" in result.stderr
    assert not out.exists()


def test_an_edit_of_what_has_begun_is_exit_4(run: Run, tiny: Path, roster: Path, out: Path) -> None:
    other = next(p for p in ("10101", "10102", "10103") if p not in (who(roster, SATURDAY, "W01"),))
    edit(roster, "值班表", lambda sheet: sheet["C6"].__setattr__("value", other))
    result = run("resolve", tiny, "--roster", roster, "--now", "2026-11-07T08:10", "-o", out)
    assert result.exit_code == 4
    assert "已冻结" in result.stderr and "值班表!C6" in result.stderr


# ---- rosters that do not fit ----------------------------------------------------------------------------------------


def set_info(path: Path, item: str, value: object) -> None:
    def change(sheet: Any) -> None:
        row = next(r for r in sheet.iter_rows(min_row=2) if r[0].value == item)
        row[1].value = value

    edit(path, "求解信息", change)


def drop_rows(path: Path, sheet: str, row: int, number: int = 1) -> None:
    edit(path, sheet, lambda found: found.delete_rows(row, number))


def set_cell(path: Path, sheet: str, cell: str, value: object) -> None:
    edit(path, sheet, lambda found: found[cell].__setattr__("value", value))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda p: set_info(p, "中心名称", "别处政务服务中心"), "别处政务服务中心"),
        (lambda p: set_info(p, "开始日期", "2026-10-01"), "请选用同一期间的值班表"),
        (lambda p: set_info(p, "格式版本", "0"), "另一版本"),
        (lambda p: drop_rows(p, "排班明细", 5, 2), "排班明细少了 2 行"),
        (lambda p: drop_rows(p, "调休明细", 2), "调休明细少了"),
        (lambda p: set_cell(p, "排班明细", "J3", HELD_BY_NOBODY), HELD_BY_NOBODY),
        (lambda p: set_cell(p, "值班表", "C6", "查无此人"), "值班表!C6"),
        (lambda p: drop_rows(p, "求解信息", 2, 200), "求解信息"),
    ],
    ids=[
        "centre",
        "period",
        "version",
        "deleted duty",
        "deleted leave",
        "unknown id",
        "unknown name",
        "no information",
    ],
)
def test_a_roster_that_does_not_fit_is_told_and_nothing_written(
    resolve: Run, roster: Path, out: Path, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(roster)
    out.write_bytes(b"before")
    result = resolve()
    assert result.exit_code == 1, result.output
    assert said in result.stderr
    assert out.read_bytes() == b"before"


def test_the_input_where_the_roster_should_stand(run: Run, tiny: Path, out: Path) -> None:
    result = run("resolve", tiny, "--roster", tiny, "-o", out)
    assert result.exit_code == 1
    assert "不是本程序写出的值班表" in result.stderr


def test_the_old_roster_is_never_overwritten(run: Run, tiny: Path, roster: Path) -> None:
    before = roster.read_bytes()
    assert run("resolve", tiny, "--roster", roster, "-o", roster).exit_code == 2
    assert roster.read_bytes() == before


@pytest.mark.parametrize("words", [["--now", "昨天"], ["--now", "2026-13-01"], ["--seconds", "0"]])
def test_wrong_usage(run: Run, tiny: Path, roster: Path, out: Path, words: list[str]) -> None:
    assert run("resolve", tiny, "--roster", roster, "-o", out, *words).exit_code == 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-11-21 08:10", datetime(2026, 11, 21, 8, 10)),
        ("2026-11-21T08:10", datetime(2026, 11, 21, 8, 10)),
        ("2026-11-21 8:10", datetime(2026, 11, 21, 8, 10)),
        ("2026/11/21 8：10", datetime(2026, 11, 21, 8, 10)),
        ("2026-11-21", datetime(2026, 11, 21)),
    ],
)
def test_now_as_people_write_it(text: str, found: datetime) -> None:
    import click

    from zhiban.cli.published import moment

    assert moment(click.Context(click.Command("x")), click.Option(["--now"]), text) == found


def test_an_earlier_roster_that_is_not_there_is_asked_for(resolve: Run, roster: Path) -> None:
    def add(sheet: Any) -> None:
        sheet.append(["上期值班表", "十月.xlsx"])

    edit(roster, "求解信息", add)
    result = resolve()
    assert result.exit_code == 1
    assert "请加上 --previous 十月.xlsx" in result.stderr
