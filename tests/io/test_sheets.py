"""The declaration of the sheets agrees with the contract's lists, the records, the checks and the page made from it."""

from enum import StrEnum
from pathlib import Path

import pytest

from zhiban.io.read_settings import OWN_KEYS
from zhiban.io.sheet_parts import Kind, Sheet
from zhiban.io.sheets import INPUT_SHEETS, MACHINE_SHEETS, SHEET_BY_NAME
from zhiban.io.workbook_doc import document
from zhiban.model.checks_references import ID_COLUMNS, KEYS, REFERENCES
from zhiban.model.checks_rows import ENDS
from zhiban.model.inputs import TABLES
from zhiban.model.policy import settings

CONTRACT = {
    "基本设置": "项目*, 值, 说明",
    "窗口": "窗口编号*, 窗口名称*, 进驻单位, 类别, 窗口负责人, 代理负责人, 工作日最少, 午间最少, "
    "周末最少, 节假日最少, 互助组, "
    "带班组, 同时调休上限, 窗口电话, 启用起, 启用止",
    "人员": "工号*, 姓名*, 窗口编号*, 性别, 可顶岗窗口, 可办事项, 身份, 公平组, 手机, 参加午间, "
    "参加周末, 参加节假日, 免加班起, "
    "免加班止, 免加班原因, 到岗日, 离岗日, 每月周末上限, 备注",
    "岗位": "岗位编号*, 岗位名称*, 窗口编号*, A角*, B角, 午间开放, 周末开放, 节假日开放, 起, 止",
    "值班需求": "线*, 范围*, 名称, 最少人数*, 日期",
    "带班领导": "工号*, 职务, 带班组, 参加, 次序, 不可用",
    "请假外出": "工号*, 类型*, 开始日*, 开始半日, 结束日*, 结束半日, 状态, 批准人",
    "事项": "事项编号*, 事项名称*, 主办窗口*, 配合窗口, 标准分钟, 周末可办, 节假日可办, 所需材料",
    "预约登记": "预约编号*, 登记时间*, 渠道*, 预约人*, 联系电话*, 单位, 代理人, 事项编号*, 预约日期*, "
    "开始时间, 最早开始, 最晚开始, "
    "预计分钟, 承办人数, 记录人, 交办时间, 签收人, 联系确认时间, 已一次性告知, 状态*, "
    "变更原因, 批准人, 告知时间, 实际开始, 实际结束, "
    "办理情况, 评价, 备案日期, 回访日期, 备注",
    "时间银行期初": "工号*, 产生日期*, 分钟*, 来源, 到期日",
    "历史累计": "工号*, 周六, 周日, 节假日, 法定当日, 午间, 应约, 带班, 最近值班日",
    "意愿": "工号*, 日期*, 线, 意愿*, 权重",
    "指定与锁定": "日期*, 线*, 时段, 窗口编号, 工号, 预约编号, 方式*, 原因",
    "调换班": "类型*, 甲*, 甲日期*, 甲线*, 乙*, 乙日期, 乙线, 批准人, 原因",
    "延时记录": "工号*, 日期*, 开始*, 结束*, 事由, 备案",
    "实际到岗": "日期*, 线*, 时段, 窗口编号*, 工号, 实到, 实离, 情况*",
    "作息时段": "名称*, 类型*, 适用日, 开始*, 结束*, 季节起, 季节止",
    "放假安排": "日期*, 类型*, 节日名称, 来源",
}


def test_sheets_and_columns_are_those_of_the_contract_in_its_order() -> None:
    stated = {
        sheet.name: ", ".join(column.header + "*" * column.required for column in sheet.columns)
        for sheet in INPUT_SHEETS
    }
    assert stated == CONTRACT
    assert list(stated) == list(CONTRACT)
    assert [sheet.name for sheet in INPUT_SHEETS if sheet.required] == ["基本设置", "窗口", "人员"]


def test_the_keys_of_the_settings() -> None:
    assert list(OWN_KEYS) == ["中心名称", "服务方案", "开始日期", "结束日期"]
    assert "周末服务" in settings()
    assert len(settings()) == 39


@pytest.mark.parametrize("sheet", [s for s in INPUT_SHEETS if s.name != "基本设置"], ids=lambda sheet: sheet.name)
def test_every_column_is_a_field_of_the_record_and_every_field_a_column(sheet: Sheet) -> None:
    fields = {column.field for column in sheet.columns}
    assert len(fields) == len(sheet.columns)
    unnamed = set(sheet.record.model_fields) - fields
    assert unnamed <= {"row", "source"}
    assert fields <= set(sheet.record.model_fields)


@pytest.mark.parametrize("sheet", INPUT_SHEETS, ids=lambda sheet: sheet.name)
def test_columns_agree_among_themselves(sheet: Sheet) -> None:
    for column in sheet.columns:
        assert (column.kind in {Kind.CHOICE, Kind.CHOICES}) == bool(column.choices), column.header
        assert column.help
        assert column.example
        assert column.end == "" or column.end in sheet.by_header
        if column.kind is Kind.CHOICE:
            assert column.example in column.choices
        annotation = sheet.record.model_fields[column.field].annotation if sheet.name != "基本设置" else None
        if isinstance(annotation, type) and issubclass(annotation, StrEnum):
            assert {str(member) for member in annotation} >= set(column.choices), column.header
    assert set(sheet.key) <= set(sheet.by_header)


def test_lenient_columns_are_those_of_the_contract() -> None:
    lenient = {column.header for sheet in INPUT_SHEETS for column in sheet.columns if column.lenient}
    assert lenient == {"备注", "说明", "所需材料", "办理情况", "评价"}


def test_the_checks_know_the_same_references_keys_and_ranges() -> None:
    declared = {
        (sheet.name, column.header, column.field, column.refers)
        for sheet in INPUT_SHEETS
        for column in sheet.columns
        if column.refers
    }
    checked = {(TABLES[r.table], r.column, r.field, TABLES[r.target]) for r in REFERENCES}
    assert declared == checked
    keys = {sheet.name: sheet.key for sheet in INPUT_SHEETS if sheet.key}
    assert keys == {TABLES[key.table]: key.columns for key in KEYS}
    for key in KEYS:
        columns = SHEET_BY_NAME[TABLES[key.table]].by_header
        assert tuple(columns[header].field for header in key.columns) == key.fields
    for ends in ENDS:
        columns = SHEET_BY_NAME[TABLES[ends.table]].by_header
        assert (columns[ends.start_column].field, columns[ends.end_column].field) == (ends.start, ends.end)
    assert all(SHEET_BY_NAME[TABLES[table]].columns[0].header == header for table, header in ID_COLUMNS.items())


def test_machine_sheets_that_are_read_again_have_the_columns_of_the_input() -> None:
    assert MACHINE_SHEETS["期末余额"] == tuple(SHEET_BY_NAME["时间银行期初"].by_header)
    assert MACHINE_SHEETS["期末累计"] == tuple(SHEET_BY_NAME["历史累计"].by_header)


def test_the_committed_page_is_current() -> None:
    page = Path(__file__).parents[2] / "docs" / "workbook.md"
    assert page.read_text(encoding="utf-8") == document(), "run: python -m zhiban.io.workbook_doc docs/workbook.md"
