"""What happens to a published roster: the same hall with one more appointment, and with somebody ill for a week."""

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl

NUMBER = "YY2099999999"


def rows_of(path: Path, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet by its header."""
    header, *rows = openpyxl.load_workbook(path, read_only=True)[sheet].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def add_row(path: Path, target: Path, sheet: str, values: dict[str, Any]) -> None:
    """A copy of a workbook with one more row."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    page.append([values.get(str(cell.value)) for cell in page[1]])
    book.save(target)


def more_booked(hall: Path, target: Path) -> tuple[str, dt.date]:
    """One more appointment of several departments on the last weekend of the month; its item and date."""
    item = next(row for row in rows_of(hall, "事项") if row["配合窗口"] and row["周末可办"] == "是")
    booked = rows_of(hall, "预约登记")[0]
    last = next(row["值"] for row in rows_of(hall, "基本设置") if row["项目"] == "结束日期").date()
    day = last - dt.timedelta((last.weekday() - 5) % 7)
    changed = {
        "预约编号": NUMBER,
        "事项编号": item["事项编号"],
        "预约日期": dt.datetime.combine(day, dt.time()),
        "开始时间": None,
        "最早开始": dt.time(9, 30),
        "最晚开始": dt.time(11, 0),
        "状态": "已登记",
    }
    add_row(hall, target, "预约登记", booked | changed)
    return item["事项编号"], day


def week_ill(hall: Path, roster: Path, target: Path) -> dt.date:
    """Who has most duties in the last full week of the month is ill for it; its Monday."""
    last = next(row["值"] for row in rows_of(hall, "基本设置") if row["项目"] == "结束日期").date()
    monday = last - dt.timedelta((last.weekday() + 1) % 7 + 6)
    week = [dt.datetime.combine(monday + dt.timedelta(n), dt.time()) for n in range(7)]
    duties = Counter(row["工号"] for row in rows_of(roster, "排班明细") if row["日期"] in week)
    person = min(duties, key=lambda who: (-duties[who], who))
    ill = {
        "工号": person,
        "类型": "病假",
        "开始日": week[0],
        "结束日": week[-1],
        "状态": "已批",
        "批准人": "窗口负责人",
    }
    add_row(hall, target, "请假外出", ill)
    return monday
