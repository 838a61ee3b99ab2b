"""zhiban sample lists the samples and writes one."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from zhiban import sample_data
from zhiban.cli.sample_cmd import command
from zhiban.model.errors import UsageError


def test_without_a_name_it_lists_all() -> None:
    result = CliRunner().invoke(command, [])
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == list(sample_data.names())
    assert "淄博 2024" in result.stdout


def test_it_writes_the_sample(tmp_path: Path) -> None:
    target = tmp_path / "排班数据.xlsx"
    result = CliRunner().invoke(command, ["zibo", "-o", str(target)])
    assert result.exit_code == 0
    assert target.read_bytes() == sample_data.path_of("zibo").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["nowhere", "-o", "x.xlsx"], "没有名为“nowhere”的示例"), (["zibo"], "请用 -o"), (["-o", "x.xlsx"], "示例名称")],
)
def test_wrong_usage_says_what_to_type(arguments: list[str], words: str) -> None:
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert "zibo" in result.stderr or "-o" in result.stderr


def test_a_missing_folder_writes_nothing(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, ["zibo", "-o", str(tmp_path / "none" / "x.xlsx")])
    assert isinstance(result.exception, UsageError)
    assert list(tmp_path.iterdir()) == []
