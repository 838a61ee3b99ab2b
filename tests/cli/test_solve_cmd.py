"""`zhiban solve` from words to workbook: every exit code, what is printed, what is written and what is left alone."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

from zhiban.io.read_roster import RosterFile, read_roster
from zhiban.io.read_workbook import read_problem
from zhiban.model.kinds import Line, Severity
from zhiban.solver.verify import judge

Run = Callable[..., Result]
AddRows = Callable[[str, list[list[object]]], None]

SATURDAY = date(2026, 11, 7)
PINS = ["日期", "线", "窗口编号", "工号", "方式"]
LEAVES = ["10301", "10302", "10303"]
"""Everybody who may serve the window W03."""


def away(day: date) -> list[list[object]]:
    """Rows of 请假外出 that leave W03 without anybody."""
    return [[person, "事假", day, None, day, None, "已批", "窗口负责人"] for person in LEAVES]


def lines_of(file: RosterFile, day: date, window: str) -> list[str]:
    return [row.person for row in file.roster.duties if row.day == day and row.window == window]


def test_the_sample_is_solved_and_the_verifier_agrees_with_what_was_written(run: Run, tiny: Path, out: Path) -> None:
    result = run("solve", tiny, "-o", out)
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    problem = read_problem(tiny).problem
    file = read_roster(out, problem)
    judgement = judge(problem, file.roster, stated=file.stated)
    assert (judgement.breaches, judgement.unmet) == ((), ())
    assert judgement.tiers == {tier.code: tier.value for tier in file.tiers}


def test_the_summary_shows_tiers_bounds_and_shares(run: Run, tiny: Path, out: Path) -> None:
    printed = run("solve", tiny, "-o", out).stdout
    assert f"已写出 {out}：需求全部满足，各层均已证明最优" in printed
    rows = [line.split() for line in printed.splitlines()]
    assert ["T1", "预约未满足", "0", "0", "最优"] in rows
    assert ["T9", "舒适", "0", "0", "最优"] in rows
    # 9 weekend days, 3 windows, one person each; 10 people, so that some have 2 and some 3.
    assert ["周末", "10", "27", "3", "2", "1"] in rows
    assert "问题" not in printed
    assert "\x1b" not in printed


def test_json_is_the_same_as_data(run: Run, tiny: Path, out: Path) -> None:
    result = run("solve", tiny, "-o", out, "--json")
    data = json.loads(result.stdout)
    assert result.exit_code == data["exit"] == 0
    assert data["file"] == str(out)
    assert [tier["code"] for tier in data["tiers"]] == ["T1", "T2", "T3", "T4", "T5a", "T5b", "T6", "T7", "T8", "T9"]
    assert data["tiers"][0] == {"code": "T1", "name": "预约未满足", "value": 0, "bound": 0, "status": "最优"}
    assert data["tiers"][4]["status"] == "未求"
    assert data["shares"] == [{"line": "周末", "people": 10, "duties": 27, "most": 3, "least": 2, "spread": 1}]
    assert data["findings"] == []


def test_how_it_was_made_is_written(run: Run, tiny: Path, out: Path) -> None:
    run("solve", tiny, "-o", out, "--seed", "7", "--workers", "1", "--seconds", "30")
    info = read_roster(out).info
    assert info["输入文件"] == tiny.name
    assert info["输入文件SHA-256"] == read_problem(tiny).problem.sha256
    assert (info["随机种子"], info["并行数"], info["时限(秒)"]) == ("7", "1", "30")
    assert {"现在", "时区", "Python 版本", "ortools 版本", "程序版本", "参数·周末服务"} <= set(info)
    rows = openpyxl.load_workbook(out)["求解信息"].iter_rows(values_only=True)
    items = [row[0] for row in rows]
    assert len(items) == len(set(items))


def test_the_same_input_and_seed_give_the_same_rows(run: Run, tiny: Path, tmp_path: Path) -> None:
    files: list[RosterFile] = []
    for name in ("one.xlsx", "two.xlsx"):
        run("solve", tiny, "-o", tmp_path / name, "--workers", "2")
        files.append(read_roster(tmp_path / name))
    assert files[0].roster == files[1].roster


def test_unmet_demand_is_written_listed_and_exit_3(run: Run, tiny: Path, out: Path, add_rows: AddRows) -> None:
    add_rows("请假外出", away(SATURDAY))
    result = run("solve", tiny, "-o", out)
    assert result.exit_code == 3
    assert "项需求未满足" in result.stdout
    assert "必须处理 D1 2026-11-07（周六）周末 民政窗口(W03) 缺1人" in result.stdout
    file = read_roster(out)
    assert {tier.code: tier.value for tier in file.tiers}["T2"] == 1
    assert any(f.code == "D1" and f.day == SATURDAY and f.window == "W03" for f in file.findings)
    assert lines_of(file, SATURDAY, "W03") == []
    assert openpyxl.load_workbook(out).sheetnames[0] == "问题清单"


def test_a_reminder_alone_is_exit_0_and_is_listed(run: Run, tiny: Path, out: Path, add_rows: AddRows) -> None:
    add_rows("岗位", [["G0303", "备用岗", "W03", "10303", None]])
    result = run("solve", tiny, "-o", out)
    assert result.exit_code == 0
    found = [f for f in read_roster(out).findings if f.severity == Severity.REMIND]
    assert any("B角" in f.text for f in found)
    assert f"问题：提醒 {len(found)} 项" in result.stdout


def test_a_bad_input_tells_everything_and_touches_nothing(run: Run, tiny: Path, out: Path, add_rows: AddRows) -> None:
    add_rows("请假外出", [["10l01", "事假", SATURDAY, None, SATURDAY], ["10101", "旅游", SATURDAY, None, SATURDAY]])
    add_rows("岗位", [["G0303", "备用岗", "W03", "10l03", "10301"]])
    out.write_bytes(b"before")
    result = run("solve", tiny, "-o", out)
    assert result.exit_code == 1
    assert result.stdout == ""
    for cell, value in (("岗位!D8", "10l03"), ("请假外出!A4", "10l01"), ("请假外出!B5", "旅游")):
        assert any(cell in line and value in line for line in result.stderr.splitlines()), cell
    assert "共 3 处错误" in result.stderr
    assert out.read_bytes() == b"before"
    assert [path.name for path in sorted(out.parent.iterdir())] == sorted([tiny.name, out.name])


def test_a_bad_input_as_data(run: Run, tiny: Path, out: Path, add_rows: AddRows) -> None:
    add_rows("岗位", [["G0303", "备用岗", "W03", "10l03", "10301"]])
    data = json.loads(run("solve", tiny, "-o", out, "--json").stdout)
    assert data["exit"] == 1
    assert data["error"]["counts"]["错误"] == 1
    (complaint,) = [c for c in data["error"]["complaints"] if c["weight"] == "错误"]
    assert (complaint["cell"], complaint["value"]) == ("岗位!D8", "10l03")


def test_a_roster_given_as_input_is_told_in_one_word(run: Run, tiny: Path, out: Path) -> None:
    run("solve", tiny, "-o", out)
    result = run("solve", out, "-o", out.with_name("又一份.xlsx"))
    assert result.exit_code == 1
    assert f"{out.name} 是排好的值班表，不是排班数据" in result.stderr
    assert "共 1 处错误" in result.stderr


def test_contradictory_pins_are_exit_4_with_just_the_clash(run: Run, tiny: Path, out: Path, add_rows: AddRows) -> None:
    wednesday = date(2026, 11, 18)
    rows: list[list[object]] = [
        PINS,
        [SATURDAY, "周末", "W01", "10101", "必须"],
        [SATURDAY, "周末", "W01", "10102", "必须"],
        [date(2026, 11, 14), "周末", "W02", "10202", "必须"],
        [wednesday, "调休", None, "10301", "必须"],
    ]
    add_rows("指定与锁定", rows)
    add_rows("请假外出", [["10202", "事假", date(2026, 11, 14), None, date(2026, 11, 14), None, "已批", None]])
    result = run("solve", tiny, "-o", out)
    assert result.exit_code == 4, result.stderr
    assert "指定与锁定" in result.stderr and "毕永胜(10202)" in result.stderr
    assert "臧慧敏" not in result.stderr
    assert not out.exists()


def test_too_little_time_writes_nothing_or_a_verified_roster(run: Run, tiny: Path, out: Path) -> None:
    result = run("solve", tiny, "-o", out, "--seconds", "0.001")
    if result.exit_code == 5:
        assert "没有写出文件" in result.stderr
        assert not out.exists()
    else:
        assert result.exit_code in (0, 3)
        problem = read_problem(tiny).problem
        assert judge(problem, read_roster(out, problem).roster).breaches == ()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "值班表.csv"], "应以 .xlsx 结尾"),
        (["--seconds", "0"], "大于 0 的秒数"),
        (["--seconds", "nan"], "大于 0 的秒数"),
        (["--seed", "-1"], "不在"),
        (["-o", "nowhere/值班表.xlsx"], "文件夹 nowhere 不存在"),
    ],
)
def test_wrong_usage(run: Run, tiny: Path, words: list[str], said: str) -> None:
    result = run("solve", tiny, *words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_the_input_is_never_overwritten(run: Run, tiny: Path) -> None:
    before = tiny.read_bytes()
    other_spelling = tiny.parent / ".." / tiny.parent.name / tiny.name
    for spelling in (tiny, other_spelling):
        result = run("solve", tiny, "-o", spelling)
        assert result.exit_code == 2
        assert "覆盖" in result.stderr
    assert tiny.read_bytes() == before


def test_an_output_open_in_excel_is_told_before_any_work(run: Run, tiny: Path, out: Path) -> None:
    out.write_bytes(b"before")
    out.with_name(f"~${out.name}").write_bytes(b"")
    result = run("solve", tiny, "-o", out)
    assert result.exit_code == 2
    assert "值班表(2).xlsx" in result.stderr
    assert out.read_bytes() == b"before"


# ---- the month after ------------------------------------------------------------------------------------------------


@pytest.fixture
def december(run: Run, tiny: Path, out: Path) -> Path:
    """The input of December; `out` is the roster of November."""
    assert run("solve", tiny, "-o", out).exit_code == 0
    book = openpyxl.load_workbook(tiny)
    settings = book["基本设置"]
    for row in settings.iter_rows(min_row=2):
        dates = {"开始日期": date(2026, 12, 1), "结束日期": date(2026, 12, 31)}
        if row[0].value in dates:
            row[1].value = dates[str(row[0].value)]
    for sheet in ("请假外出", "预约登记"):
        book[sheet].delete_rows(2, book[sheet].max_row)
    path = tiny.with_name("十二月.xlsx")
    book.save(path)
    return path


def test_the_earlier_roster_brings_lots_and_counts(run: Run, december: Path, out: Path) -> None:
    target = out.with_name("十二月值班表.xlsx")
    result = run("solve", december, "--previous", out, "-o", target)
    assert result.exit_code == 0, result.stderr
    before, after = read_roster(out), read_roster(target)
    closing = {row.person: row.closing for row in before.bank}
    assert any(closing.values())
    assert {row.person: row.opening for row in after.bank} == closing
    h = {row.person: row.saturday + row.sunday for row in before.counts}
    n = dict.fromkeys(h, 0)
    for person, _ in {(row.person, row.day) for row in after.roster.duties if row.line == Line.WEEKEND}:
        n[person] += 1
    assert {row.person: row.saturday + row.sunday for row in after.counts} == {p: h[p] + n[p] for p in h}
    assert after.info["上期值班表"] == out.name
    assert run("check", december, target, "--previous", out).stderr == ""
    assert f"--previous {out.name}" in run("check", december, target).stderr


def test_people_with_rows_of_their_own_take_those_alone(run: Run, december: Path, out: Path) -> None:
    book = openpyxl.load_workbook(december)
    for sheet, rows in (
        ("时间银行期初", [["工号", "产生日期", "分钟", "来源"], ["10101", date(2026, 11, 30), 60, "其他"]]),
        ("历史累计", [["工号", "周六", "周日"], ["10101", 40, 2]]),
    ):
        target = book[sheet] if sheet in book.sheetnames else book.create_sheet(sheet)
        for row in rows:
            target.append(row)
    book.save(december)
    target = out.with_name("十二月值班表.xlsx")
    assert run("solve", december, "--previous", out, "-o", target).exit_code == 0
    after = read_roster(target)
    assert {row.person: row.opening for row in after.bank}["10101"] == 60
    (count,) = [row for row in after.counts if row.person == "10101"]
    assert count.saturday + count.sunday == 42  # so many before that he is spared


def test_a_roster_of_this_very_month_is_no_earlier_one(run: Run, tiny: Path, out: Path) -> None:
    run("solve", tiny, "-o", out)
    result = run("solve", tiny, "--previous", out, "-o", out.with_name("又一份.xlsx"))
    assert result.exit_code == 1
    assert "重叠" in result.stderr


def test_the_earlier_roster_is_never_overwritten(run: Run, december: Path, out: Path) -> None:
    before = out.read_bytes()
    assert run("solve", december, "--previous", out, "-o", out).exit_code == 2
    assert out.read_bytes() == before
