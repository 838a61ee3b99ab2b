"""`zhiban export`: every form, where it is written, and what is said of wrong usage and wrong files."""

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from zhiban import sample_data
from zhiban.cli.main import cli
from zhiban.io.machine_sheets import MACHINE_SHEETS

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The roster of the sample tiny."""
    path = tmp_path_factory.mktemp("solved") / "值班表.xlsx"
    result = CliRunner().invoke(cli, ["solve", str(sample_data.path_of("tiny")), "-o", str(path), "--workers", "1"])
    assert result.exit_code == 0, result.stderr
    return path


@pytest.fixture
def roster(solved: Path, tmp_path: Path) -> Path:
    """A copy of the roster, to be changed at will."""
    return Path(shutil.copy(solved, tmp_path / "值班表.xlsx"))


def test_each_form_goes_beside_the_roster(run: Run, roster: Path) -> None:
    for form in ("html", "json", "csv", "ics"):
        result = run("export", roster, "--to", form)
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.startswith(f"已写出 {roster.parent}")
    assert {path.name for path in roster.parent.iterdir()} == {
        "值班表.xlsx",
        "值班表.html",
        "值班表.json",
        "值班表-csv",
        "值班表-ics",
    }
    assert "<title>" in (roster.parent / "值班表.html").read_text("utf-8")
    assert json.loads((roster.parent / "值班表.json").read_text("utf-8"))["排班明细"]
    assert len(list((roster.parent / "值班表-csv").iterdir())) == len(MACHINE_SHEETS)


def test_many_files_go_into_one_zip_when_asked(run: Run, roster: Path, tmp_path: Path) -> None:
    result = run("export", roster, "--to", "ics", "-o", tmp_path / "日历.zip", "--json")
    data = json.loads(result.stdout)
    with zipfile.ZipFile(tmp_path / "日历.zip") as archive:
        names = archive.namelist()
    assert data == {
        "exit": 0,
        "form": "ics",
        "file": str(tmp_path / "日历.zip"),
        "files": len(names),
        "edited": False,
    }
    assert {name.split("/")[0] for name in names} == {"人员", "窗口"}


def test_one_person_and_one_window_are_one_file(run: Run, roster: Path, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(roster)["排班明细"]
    window, person = sheet["H2"].value, sheet["J2"].value
    assert run("export", roster, "--to", "ics", "--person", person).exit_code == 0
    assert run("export", roster, "--to", "ics", "--window", window, "-o", tmp_path).exit_code == 0
    for name in (f"值班表-{person}.ics", f"{window}.ics"):
        assert Calendar.from_ical((tmp_path / name).read_bytes()).events


def test_a_stranger_is_wrong_usage_and_nothing_is_written(run: Run, roster: Path) -> None:
    result = run("export", roster, "--to", "ics", "--person", "99999")
    assert result.exit_code == 2
    assert "没有人员 99999" in result.stderr
    assert list(roster.parent.iterdir()) == [roster]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--to", "html", "--person", "1"], "只与 --to ics 同用"),
        (["--to", "ics", "--person", "1", "--window", "W01"], "只写一个"),
        (["--to", "ics", "-o", "a.ics"], "文件夹或 .zip"),
        (["--to", "csv", "-o", "a.csv"], "文件夹或 .zip"),
        (["--to", "pdf"], "pdf"),
        ([], "--to"),
    ],
)
def test_wrong_usage(run: Run, roster: Path, words: list[str], told: str) -> None:
    result = run("export", roster, *words)
    assert result.exit_code == 2
    assert told in result.stderr


def test_the_roster_is_not_overwritten(run: Run, roster: Path) -> None:
    before = roster.read_bytes()
    result = run("export", roster, "--to", "json", "-o", roster)
    assert (result.exit_code, roster.read_bytes()) == (2, before)
    assert "不能是值班表本身" in result.stderr


def test_an_edited_roster_is_exported_with_a_reminder(run: Run, roster: Path) -> None:
    book = openpyxl.load_workbook(roster)
    book["排班明细"]["P2"] = "是"
    book.save(roster)
    result = run("export", roster, "--to", "json")
    assert result.exit_code == 0
    assert "手工改过" in result.stderr
    assert json.loads(roster.with_suffix(".json").read_text("utf-8"))["手工改动"] is True


def test_what_is_no_roster_is_refused(run: Run, roster: Path) -> None:
    result = run("export", sample_data.path_of("tiny"), "--to", "html", "-o", roster.parent / "a.html")
    assert result.exit_code == 1
    assert "不是本程序写出的值班表" in result.stderr and "输入工作簿" in result.stderr
    book = openpyxl.load_workbook(roster)
    del book["时间银行"], book["目标层级"]
    book.save(roster)
    result = run("export", roster, "--to", "html")
    assert result.exit_code == 1
    assert "缺少工作表：时间银行、目标层级" in result.stderr
    assert run("export", roster.with_name("没有.xlsx"), "--to", "html").exit_code == 1
    assert list(roster.parent.iterdir()) == [roster]
