"""Rows of 放假安排 as lines and as a workbook."""

import datetime as dt
from pathlib import Path

import openpyxl

from zhiban.io.notice_sheet import holiday_lines, write_holiday_sheet
from zhiban.model.days import DaySource, HolidayKind, HolidayRow

ROWS = [
    HolidayRow(date=dt.date(2027, 1, 1), kind=HolidayKind.STATUTORY, name="元旦", source=DaySource.NOTICE),
    HolidayRow(date=dt.date(2027, 1, 9), kind=HolidayKind.MAKE_UP, name="=1+1", source=DaySource.NOTICE),
]


def test_lines_are_in_the_order_of_the_sheet() -> None:
    assert holiday_lines(ROWS) == "2027-01-01\t法定节假日\t元旦\t通知\n2027-01-09\t调休上班\t=1+1\t通知"


def test_the_workbook_has_real_dates_and_no_formulas(tmp_path: Path) -> None:
    path = tmp_path / "放假.xlsx"
    write_holiday_sheet(ROWS, path)
    sheet = openpyxl.load_workbook(path)["放假安排"]
    assert list(sheet.values) == [
        ("日期", "类型", "节日名称", "来源"),
        (dt.datetime(2027, 1, 1), "法定节假日", "元旦", "通知"),
        (dt.datetime(2027, 1, 9), "调休上班", "=1+1", "通知"),
    ]
    assert sheet["C3"].data_type == "s"
    assert sheet["A2"].number_format == "yyyy-mm-dd"
