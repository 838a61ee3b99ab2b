"""The empty input workbook: what is on it, and that it reads back."""

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from zhiban.io.read_workbook import read_problem
from zhiban.io.sheets import INPUT_SHEETS
from zhiban.io.template import write_template
from zhiban.model.errors import InputError
from zhiban.model.policy import load_preset, preset_names, setting_text


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "排班数据.xlsx"
    write_template(path, "淄博2024")
    return path


def filled(path: Path, rows: dict[str, list[Any]]) -> Path:
    """Type rows below the headers, as somebody would; 基本设置 by key."""
    book = openpyxl.load_workbook(path)
    settings = book["基本设置"]
    values = rows.pop("基本设置")
    for row in range(2, settings.max_row + 1):
        key = settings.cell(row, 1).value
        if key in values:
            settings.cell(row, 2).value = values[key]
    for name, lines in rows.items():
        for number, line in enumerate(lines, 2):
            for column, value in enumerate(line, 1):
                book[name].cell(number, column).value = value
    book.save(path)
    return path


def test_every_sheet_and_header_in_order_with_stars(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    assert book.sheetnames == [sheet.name for sheet in INPUT_SHEETS]
    for sheet in INPUT_SHEETS:
        header = [cell.value for cell in book[sheet.name][1]]
        assert header == [column.header + "*" * column.required for column in sheet.columns]


def test_headers_carry_comments_with_an_example_and_stay_in_sight(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    for sheet in INPUT_SHEETS:
        page = book[sheet.name]
        assert page.freeze_panes in {"A2", "C2"}
        for cell, column in zip(page[1], sheet.columns, strict=True):
            assert column.help in cell.comment.text
            assert f"例：{column.example}" in cell.comment.text


def test_only_input_cells_are_unlocked(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    people, settings = book["人员"], book["基本设置"]
    assert people.protection.sheet
    assert people["A1"].protection.locked
    assert not people["A2"].protection.locked
    assert not people["S300"].protection.locked
    assert settings["A2"].protection.locked
    assert not settings["B2"].protection.locked
    assert settings["C6"].protection.locked


def rules_of(page: Any) -> dict[str, str]:
    return {str(rule.sqref).split(":")[0]: str(rule.formula1) for rule in page.data_validations.dataValidation}


def test_drop_downs_of_fixed_lists_and_of_other_sheets(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    people = rules_of(book["人员"])
    assert people["D2"] == '"男,女"'
    assert people["J2"] == '"是,否"'
    assert people["C2"] == "窗口编号表"
    assert rules_of(book["岗位"])["D2"] == "工号表"
    assert rules_of(book["预约登记"])["H2"] == "事项编号表"
    assert rules_of(book["指定与锁定"])["F2"] == "预约编号表"
    assert set(book.defined_names) == {"窗口编号表", "工号表", "事项编号表", "预约编号表"}
    assert "COUNTA('窗口'!$A$2" in book.defined_names["窗口编号表"].attr_text


@pytest.mark.parametrize("name", preset_names())
def test_the_policys_values_are_shown_with_their_clause_and_left_empty(tmp_path: Path, name: str) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path, name)
    rows = {row[0]: row[1:] for row in openpyxl.load_workbook(path)["基本设置"].iter_rows(values_only=True)}
    preset = load_preset(name)
    assert rows["服务方案"][0] == name
    for key, value in preset.policy.values.items():
        assert rows[key][0] is None
        assert f"空 = {setting_text(value)}（{name}：{preset.sources[key]}）" in rows[key][1]


def test_the_segments_of_the_policy_are_told(template: Path, tmp_path: Path) -> None:
    comment = openpyxl.load_workbook(template)["作息时段"]["B1"].comment.text
    assert "周末：周末 9:00–12:00（Z4）" in comment or "周末：9:00–12:00（Z4）" in comment
    other = tmp_path / "y.xlsx"
    write_template(other, "阳泉2023")
    text = openpyxl.load_workbook(other)["作息时段"]["B1"].comment.text
    assert "用到时须填写：工作日上午、工作日下午、午间、周末" in text


def test_an_empty_template_lacks_only_what_must_be_typed(template: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_problem(template)
    assert [c.cell for c in caught.value.complaints] == ["基本设置!B2", "基本设置!B4", "基本设置!B5", "人员"]


def test_a_filled_template_reads_back(template: Path) -> None:
    rows: dict[str, Any] = {
        "基本设置": {
            "中心名称": "清河区政务服务中心",
            "开始日期": dt.date(2026, 11, 2),
            "结束日期": dt.date(2026, 11, 15),
            "带班范围": "无",
        },
        "窗口": [["W01", "社会保险窗口"]],
        "人员": [["0012", "何雨晴", "W01"], ["0013", "周倩", "W01"]],
        "岗位": [["G1", "受理岗", "W01", "0012", "0013"]],
        "请假外出": [["0012", "年休假", dt.date(2026, 11, 5), "下午", dt.date(2026, 11, 5)]],
        "事项": [["SX1", "参保登记", "W01", None, 30]],
    }
    result = read_problem(filled(template, rows))
    assert result.remarks == ()
    assert [p.id for p in result.problem.people] == ["0012", "0013"]
    assert result.problem.posts[0].team == ("0012", "0013")
    assert result.problem.policy.weekend_service == "周六日"


def test_an_unknown_policy(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有服务方案"):
        write_template(tmp_path / "t.xlsx", "济南2024")
