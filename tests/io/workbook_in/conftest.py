"""Small input workbooks, made as people make them, and what the reader says of them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from zhiban.io.read_workbook import ReadResult, read_problem
from zhiban.model.errors import Complaint, InputError

Rows = Sequence[Sequence[Any]]

SETTINGS: list[list[Any]] = [
    ["项目", "值", "说明"],
    ["中心名称", "清河区政务服务中心", None],
    ["服务方案", "淄博2024", None],
    ["开始日期", "2026-11-02", None],
    ["结束日期", "2026-11-15", None],
    ["带班范围", "无", None],
]
WINDOWS: list[list[Any]] = [["窗口编号", "窗口名称"], ["W01", "社会保险窗口"], ["W02", "医疗保障窗口"]]
PEOPLE: list[list[Any]] = [
    ["工号", "姓名", "窗口编号", "可顶岗窗口"],
    ["101", "何雨晴", "W01", None],
    ["102", "周倩", "W01", None],
    ["103", "江新民", "W01", "W02"],
    ["201", "赖雪", "W02", None],
    ["202", "傅娜", "W02", None],
]
ITEMS: list[list[Any]] = [
    ["事项编号", "事项名称", "主办窗口", "配合窗口", "标准分钟"],
    ["SX1", "企业职工参保登记", "W01", None, 30],
    ["SX2", "联办事项", "W01", "W02", 60],
    ["SX3", "没有标准时间的事项", "W02", None, None],
]


class Office:
    """Makes workbooks of a small office: the four basic sheets, others and replacements as given."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def write(self, sheets: dict[str, Rows] | None = None, edit: Callable[[Any], None] | None = None) -> Path:
        """A workbook of the basic sheets and `sheets`, changed by `edit`; the path of the file."""
        book = openpyxl.Workbook()
        book.remove(book.active)
        basic: dict[str, Rows] = {"基本设置": SETTINGS, "窗口": WINDOWS, "人员": PEOPLE, "事项": ITEMS}
        for name, rows in {**basic, **(sheets or {})}.items():
            page = book.create_sheet(name)
            for row in rows:
                page.append(list(row))
        if edit is not None:
            edit(book)
        self._count += 1
        path = self._folder / f"排班数据{self._count}.xlsx"
        book.save(path)
        return path

    def read(self, sheets: dict[str, Rows] | None = None, edit: Callable[[Any], None] | None = None) -> ReadResult:
        """What the reader makes of a sound workbook."""
        return read_problem(self.write(sheets, edit))

    def complaints(
        self, sheets: dict[str, Rows] | None = None, edit: Callable[[Any], None] | None = None
    ) -> list[Complaint]:
        """Everything the reader says of a workbook, sound or not."""
        try:
            return list(self.read(sheets, edit).remarks)
        except InputError as error:
            return error.complaints

    def errors(
        self, sheets: dict[str, Rows] | None = None, edit: Callable[[Any], None] | None = None
    ) -> list[Complaint]:
        """The errors alone."""
        return [complaint for complaint in self.complaints(sheets, edit) if complaint.weight == "错误"]

    @staticmethod
    def settings(*rows: Sequence[Any]) -> dict[str, Rows]:
        """基本设置 with rows put in the place of those of the same key, or after them."""
        given = {row[0]: list(row) for row in rows}
        kept = [given.pop(row[0], row) for row in SETTINGS]
        return {"基本设置": [*kept, *given.values()]}

    @staticmethod
    def people(*rows: Sequence[Any], header: Sequence[str] = ("工号", "姓名", "窗口编号")) -> dict[str, Rows]:
        """人员 of these rows alone."""
        return {"人员": [list(header), *rows]}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A maker of small workbooks."""
    return Office(tmp_path)


@pytest.fixture
def basics() -> dict[str, list[list[Any]]]:
    """The rows of the four basic sheets."""
    return {"基本设置": SETTINGS, "窗口": WINDOWS, "人员": PEOPLE, "事项": ITEMS}
