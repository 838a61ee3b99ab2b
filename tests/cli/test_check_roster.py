"""`zhiban check INPUT ROSTER`: the independent verifier on written, edited and hand-made rosters."""

import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from zhiban import sample_data
from zhiban.cli.check_cmd import command as check
from zhiban.io.read_workbook import read_problem
from zhiban.io.write_workbook import write_roster
from zhiban.model.errors import InputError
from zhiban.solver.settings import Settings
from zhiban.solver.solve import solve

INPUT = sample_data.path_of("tiny")


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample tiny, solved and written."""
    path = tmp_path_factory.mktemp("solved") / "值班表.xlsx"
    read = read_problem(INPUT)
    write_roster(path, read.problem, solve(read.problem, Settings(seconds=60, workers=1)), read.remarks)
    return path


@pytest.fixture
def roster(solved: Path, tmp_path: Path) -> Path:
    """A copy to doctor."""
    return Path(shutil.copy(solved, tmp_path / "值班表.xlsx"))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(check, [str(argument) for argument in arguments])


def drop_first_duty(roster: Path) -> None:
    """Delete the first row of 排班明细, as a careless hand would."""
    book = openpyxl.load_workbook(roster)
    book["排班明细"].delete_rows(2)
    book.save(roster)


def test_a_lawful_roster(roster: Path) -> None:
    result = run(INPUT, roster)
    assert result.exit_code == 0, result.output
    assert "没有违反规则，需求全部满足" in result.stdout
    assert "T2 值班缺人 0" in result.stdout


def test_a_doctored_roster_exits_3_and_says_what_is_wrong(roster: Path) -> None:
    drop_first_duty(roster)
    result = run(INPUT, roster)
    assert result.exit_code == 3
    assert "违反规则" in result.stdout or "未满足的需求" in result.stdout
    assert "T2 值班缺人 0" not in result.stdout


def test_json_holds_findings_and_tiers(roster: Path) -> None:
    drop_first_duty(roster)
    result = run(INPUT, roster, "--json")
    assert result.exit_code == 3
    data = json.loads(result.stdout)
    assert data["目标层级"]["T2"] > 0
    assert data["违反规则"] or data["未满足的需求"]


def test_a_roster_of_the_detail_sheet_alone(roster: Path) -> None:
    book = openpyxl.load_workbook(roster)
    for name in book.sheetnames:
        if name != "排班明细":
            del book[name]
    book.save(roster)
    result = run(INPUT, roster)
    # Duties are all there; who serves the appointments stood in a sheet that is gone.
    assert result.exit_code == 3
    assert "T2 值班缺人 0" in result.stdout
    assert "T1 预约未满足 0" not in result.stdout


def test_paint_writes_a_marked_copy_and_leaves_the_roster(roster: Path, tmp_path: Path) -> None:
    drop_first_duty(roster)
    before = roster.read_bytes()
    copy = tmp_path / "标注.xlsx"
    result = run(INPUT, roster, "--paint", copy)
    assert result.exit_code == 3
    assert "已在" in result.stdout
    assert "排班明细" in openpyxl.load_workbook(copy).sheetnames
    assert roster.read_bytes() == before


@pytest.mark.parametrize("extra", ["--paint", "--previous"])
def test_options_for_rosters_without_one(extra: str, tmp_path: Path) -> None:
    result = run(INPUT, extra, tmp_path / "a.xlsx")
    assert result.exit_code == 2
    assert "须与值班表同用" in result.output


def test_paint_over_the_roster_itself(roster: Path) -> None:
    assert run(INPUT, roster, "--paint", roster).exit_code == 2


def test_a_roster_of_another_period(roster: Path) -> None:
    other = sample_data.path_of("jan2027")
    result = run(other, roster)
    assert isinstance(result.exception, InputError)


def test_an_input_where_the_roster_should_stand() -> None:
    result = run(INPUT, INPUT)
    assert isinstance(result.exception, InputError)
