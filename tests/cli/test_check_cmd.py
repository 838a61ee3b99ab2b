"""`zhiban check` and `zhiban template`."""

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from zhiban import sample_data
from zhiban.cli.check_cmd import command as check
from zhiban.cli.complaints import complaint_lines
from zhiban.cli.template_cmd import command as template
from zhiban.model.errors import Complaint


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """The sample tiny with a person whose window does not exist."""
    path = tmp_path / "坏.xlsx"
    book = openpyxl.load_workbook(sample_data.path_of("tiny"))
    book["人员"]["C3"] = "W99"
    book.save(path)
    return path


def test_a_sound_input() -> None:
    result = CliRunner().invoke(check, [str(sample_data.path_of("tiny"))])
    assert result.exit_code == 0
    assert "没有错误，可以排班" in result.stdout


def test_an_input_with_errors_exits_1_and_names_cell_and_advice(faulty: Path) -> None:
    result = CliRunner().invoke(check, [str(faulty)])
    assert result.exit_code == 1
    assert "人员!C3  窗口编号 W99 不存在" in result.stdout
    assert "请改为" in result.stdout
    assert "Traceback" not in result.output


def test_json_is_the_same_as_data(faulty: Path) -> None:
    result = CliRunner().invoke(check, [str(faulty), "--json"])
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    assert data["file"] == "坏.xlsx"
    assert data["counts"]["错误"] == sum(c["weight"] == "错误" for c in data["complaints"]) > 0
    fault = next(c for c in data["complaints"] if c["cell"] == "人员!C3")
    assert (fault["sheet"], fault["row"], fault["column"], fault["value"]) == ("人员", 3, "窗口编号", "W99")


def test_a_file_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("hello")
    result = CliRunner().invoke(check, [str(path)])
    assert result.exit_code == 1
    assert "不是 Excel 工作簿" in result.stdout
    missing = CliRunner().invoke(check, [str(tmp_path / "b.xlsx")])
    assert missing.exit_code == 1
    assert "找不到文件" in missing.stdout


def test_the_weights_in_their_order() -> None:
    mixed = [
        Complaint("人员", 2, "备注", "", "甲", weight="提示", cell="人员!D2"),
        Complaint("人员", 3, "姓名", "", "乙", "请填写", cell="人员!B3"),
        Complaint("岗位", 2, "B角", "", "丙", weight="提醒"),
    ]
    assert complaint_lines(mixed) == [
        "错误（须更正，更正前不能排班）",
        "  人员!B3  乙",
        "      请填写",
        "",
        "提醒（请核对，不影响排班）",
        "  丙",
        "",
        "提示（供参考）",
        "  人员!D2  甲",
    ]
    assert complaint_lines([]) == []


def test_template_writes_a_workbook_for_the_policy(tmp_path: Path) -> None:
    path = tmp_path / "新.xlsx"
    result = CliRunner().invoke(template, ["-o", str(path), "--policy", "山亭2022"])
    assert result.exit_code == 0
    assert openpyxl.load_workbook(path)["基本设置"]["B3"].value == "山亭2022"


@pytest.mark.parametrize(
    ("arguments", "word"), [(["--policy", "济南"], "没有服务方案"), (["-o", "a.csv"], "应以 .xlsx 结尾")]
)
def test_template_used_wrongly(
    arguments: list[str], word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(template, arguments)
    assert result.exit_code == 2
    assert word in result.output
    assert list(tmp_path.iterdir()) == []
