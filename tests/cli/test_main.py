"""The entry point: commands found unimported, help and usage errors in Chinese, no traceback ever."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TextIO

import click
import pytest
from click.testing import CliRunner, Result

from zhiban.cli import main as entry
from zhiban.cli.main import FOLDER, cli, short_help, speak_utf8
from zhiban.model.errors import Complaint, ContradictionError, DisagreementError, InputError, NoRosterError, UsageError
from zhiban.model.kinds import Severity
from zhiban.model.roster import Finding

HEAVY = {"ortools", "pandas", "numpy", "pydantic", "openpyxl", "xlsxwriter", "rich"}
COMPLAINT = (
    "错误（须更正，更正前不能排班）\n  人员!C7  不存在\n      请改为 W01\n\n共 1 处错误，请更正后再试。没有写出文件"
)
NAMES = [path.stem.removesuffix("_cmd") for path in FOLDER.glob("*_cmd.py")]


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException, *words: str) -> Result:
    """Run a command `fail` that raises an error."""

    @click.command("fail")
    @click.option("--json", "as_json", is_flag=True)
    def fail(as_json: bool) -> None:
        raise error

    monkeypatch.setattr(entry.CommandFolder, "get_command", lambda self, ctx, name: fail)  # pyright: ignore
    return run("fail", *words)


def imported(*words: str) -> set[str]:
    """The packages that a run of the program imports."""
    command = [sys.executable, "-X", "importtime", "-m", "zhiban.cli", *words]
    told = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stderr
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in told.splitlines() if "|" in line}


def test_help_imports_nothing_heavy_and_no_command() -> None:
    found = imported("--help")
    assert "click" in found
    assert found & HEAVY == set()


def test_the_help_lists_every_command_in_chinese() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert {"sample", "template", "check", "solve", "calendar"} <= set(NAMES)
    for name in NAMES:
        assert f"  {name} " in result.stdout
        assert re.search("[\u4e00-\u9fff]", short_help(name)), name
    assert "用法：" in result.stdout and "选项" in result.stdout
    assert re.findall(r"Usage|Options|Commands|Show|Error", result.stdout) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_its_own_help(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert short_help(name) in re.sub(r"\n\s*", "", result.stdout)
    assert re.findall(r"Usage|Options\b|Show|default:|required", result.stdout) == []


def test_work_comes_in_its_order() -> None:
    names = re.findall(r"^  ([a-z]+) ", run("--help").stdout.partition("命令:")[2], flags=re.MULTILINE)
    assert sorted(names) == sorted(NAMES)
    assert names.index("sample") < names.index("check") < names.index("solve") < names.index("calendar")


def test_without_a_command_the_help_is_shown_as_wrong_usage() -> None:
    result = run()
    assert result.exit_code == 2
    assert "solve" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere"], "没有命令 nowhere"),
        (["--nowhere"], "没有选项 --nowhere"),
        (["solve"], "缺少 '排班数据'"),
        (["solve", "a.xlsx", "b.xlsx"], "多出了 b.xlsx"),
        (["solve", "a.xlsx", "--seconds"], "选项 --seconds 之后要写值"),
        (["solve", "a.xlsx", "--seconds", "many"], "many 不是数"),
        (["solve", "a.xlsx", "--workers", "-1"], "不在 x>=0 之内"),
        (["solve", "a.xlsx", "--json=1"], "之后不写值"),
        (["sample", "nowhere", "-o", "x.xlsx"], "没有名为“nowhere”的示例"),
    ],
)
def test_wrong_usage_is_told_in_chinese(words: list[str], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr
    assert re.findall(r"Error|Usage|Try|Missing|Invalid|No such", result.stderr) == []


def test_the_version() -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert re.fullmatch(r"zhiban \d+\.\d+\.\d+\n", result.stdout)


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (InputError([Complaint("人员", 7, "窗口编号", "W0l", "不存在", "请改为 W01", cell="人员!C7")]), 1, COMPLAINT),
        (UsageError("文件夹不可写"), 2, "文件夹不可写。"),
        (ContradictionError(["甲!A2：必须", "乙!A3：禁止"]), 4, "  甲!A2：必须\n  乙!A3：禁止\n"),
        (ContradictionError([]), 4, "互相矛盾"),
        (NoRosterError("时限内未找到"), 5, "--seconds"),
        (DisagreementError([Finding(Severity.MUST, "H1", "一人两处")]), 70, "H1 一人两处"),
        (KeyError("row"), 70, "内部错误（KeyError）"),
        (MemoryError(), 70, "内存不够"),
        (KeyboardInterrupt(), 5, "已中断"),
    ],
)
def test_every_error_has_its_code_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, said: str
) -> None:
    monkeypatch.delenv("ZHIBAN_DEBUG", raising=False)
    result = failing(monkeypatch, error)
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_the_details_of_an_internal_error_are_shown_on_demand(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "ZHIBAN_DEBUG=1" in failing(monkeypatch, KeyError("row")).stderr
    monkeypatch.setenv("ZHIBAN_DEBUG", "1")
    result = failing(monkeypatch, KeyError("row"))
    assert result.exit_code == 70
    assert "Traceback" in result.stderr
    assert "KeyError: 'row'" in result.stderr


def test_an_import_that_was_interrupted_is_no_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    error = ImportError("half loaded")
    error.__cause__ = KeyboardInterrupt()
    assert failing(monkeypatch, error).exit_code == 5


def test_json_gets_the_error_as_data(monkeypatch: pytest.MonkeyPatch) -> None:
    data = json.loads(failing(monkeypatch, ContradictionError(["甲!A2：必须"]), "--json").stdout)
    assert data == {"exit": 4, "error": {"kind": "ContradictionError", "text": "甲!A2：必须", "clash": ["甲!A2：必须"]}}


def test_python_m_runs_the_program_in_utf8_whatever_the_locale() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "zhiban.cli", "sample"]
    done = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert "淄博 2024" in done.stdout.decode("utf-8")


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = [sys.executable, "-m", "zhiban.cli", "calendar", "2026"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0


def test_completion_offers_the_commands() -> None:
    environment = {**os.environ, "_ZHIBAN_COMPLETE": "bash_complete", "COMP_WORDS": "zhiban s", "COMP_CWORD": "1"}
    command = [sys.executable, "-m", "zhiban.cli"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=True)
    assert done.stdout.splitlines() == ["plain,sample", "plain,solve"]


def test_what_a_console_cannot_show_does_not_end_the_program(tmp_path: Path) -> None:
    stream: TextIO
    with (tmp_path / "said").open("w", encoding="ascii") as stream:
        speak_utf8(stream)
        stream.write("值班\udcff")
    assert (tmp_path / "said").read_bytes() == "值班\\udcff".encode()
