"""`zhiban calendar`."""

import json
from importlib.resources import files
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from zhiban.cli.calendar_cmd import command
from zhiban.io.notice import NoticeError

NOTICE = """关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、国庆节：10月1日至7日放假调休。10月9日（周六）上班。
"""


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "通知.txt"
    path.write_text(NOTICE, encoding="utf-8")
    return path


def test_a_month_day_by_day() -> None:
    result = run("2026-02")
    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines() if line.strip().startswith("2026-")]
    assert len(lines) == 28
    assert lines[13] == ["2026-02-14", "六", "调休上班", "通知"]
    assert lines[16] == ["2026-02-17", "二", "节假日", "春节", "法定当日", "通知"]
    assert "工作日 14" in result.stdout
    assert result.stderr == ""


def test_an_unpublished_month_is_warned_of_and_marked() -> None:
    result = run("2027-02", "--policy", "山亭2022")
    assert "2027年放假安排未公布，节假日按法定日推算" in result.stderr
    assert "法定当日；仅预约；推算" in result.stdout


def test_a_year_as_data() -> None:
    data = json.loads(run("2026", "--json").stdout)
    assert data["未公布年份"] == []
    assert len(data["日历"]) == 365
    assert data["日历"][0] == {
        "日期": "2026-01-01",
        "星期": "四",
        "日类": "节假日",
        "名称": "元旦",
        "标记": "法定当日",
        "来源": "通知",
    }


@pytest.mark.parametrize("month", ["2026-12", "2026.12", "2026/12", "2026年12月"])
def test_ways_to_write_a_month(month: str) -> None:
    assert "合计 31 天：工作日 23，周末 8" in run(month).stdout


def test_a_notice_as_lines_and_as_data(notice: Path) -> None:
    lines = run("--notice", notice).stdout.splitlines()
    assert lines[0] == "2027-01-01\t法定节假日\t元旦\t通知"
    assert lines[-1] == "2027-10-09\t调休上班\t国庆节\t通知"
    assert len(lines) == 3 + 7 + 1
    data = json.loads(run("--notice", notice, "--json").stdout)
    assert [row["日期"] for row in data["放假安排"]] == [line.split("\t")[0] for line in lines]


def test_a_notice_without_a_year_takes_the_months(tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text("一、国庆节：10月1日至7日放假调休。", encoding="utf-8")
    assert run("2028", "--notice", path).stdout.startswith("2028-10-01\t")
    assert isinstance(run("--notice", path).exception, NoticeError)


def test_a_notice_as_a_workbook(notice: Path, tmp_path: Path) -> None:
    path = tmp_path / "放假.xlsx"
    result = run("--notice", notice, "-o", path)
    assert str(path) in result.stdout
    assert openpyxl.load_workbook(path)["放假安排"].max_row == 12


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "请写明年月"),
        (("2026-13",), "看不懂年月"),
        (("2026-0",), "看不懂年月"),
        (("1999",), "看不懂年月"),
        (("下个月",), "看不懂年月"),
        (("2026", "--policy", "淄博"), "没有服务方案"),
        (("2026", "-o", "x.xlsx"), "-o 只与 --notice 同用"),
        (("2026", "--policy", "淄博2024", "--input", "x.xlsx"), "只写一个"),
        (("--notice", "x.txt", "--policy", "淄博2024"), "不能与"),
    ],
)
def test_wrong_words(words: tuple[str, ...], told: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert told in result.stderr


def test_the_days_of_a_workbook() -> None:
    workbook = Path(str(files("zhiban.sample_data") / "jan2027.xlsx"))
    result = run("--input", workbook)
    assert "2027-01-01" in result.stdout
    assert "合计 31 天" in result.stdout
    assert "2027年放假安排未公布" in result.stderr
    assert "合计 28 天" in run("2027-02", "--input", workbook).stdout
