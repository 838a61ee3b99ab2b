"""Rows of 放假安排 as text to paste and as a workbook to copy from."""

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from zhiban.io.atomic import written_whole
from zhiban.io.sheets import SHEET_BY_NAME
from zhiban.model.days import HolidayRow

SHEET = SHEET_BY_NAME["放假安排"]


def holiday_records(rows: Iterable[HolidayRow]) -> list[dict[str, str]]:
    """Each row by the headers of the sheet, dates in ISO form."""
    return [{column.header: str(getattr(row, column.field)) for column in SHEET.columns} for row in rows]


def holiday_lines(rows: Iterable[HolidayRow]) -> str:
    """Tab-separated lines in the order of the sheet's columns, to paste under its header."""
    return "\n".join("\t".join(record.values()) for record in holiday_records(rows))


def write_holiday_sheet(rows: Iterable[HolidayRow], path: Path) -> None:
    """A workbook with the one sheet 放假安排, its dates real dates; raises UsageError if it cannot be written."""
    workbook: Any = import_module("xlsxwriter").Workbook
    with written_whole(path) as temporary, workbook(temporary) as book:
        sheet = book.add_worksheet(SHEET.name)
        dated = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.set_column(0, len(SHEET.columns) - 1, 14)
        sheet.freeze_panes(1, 0)
        for number, column in enumerate(SHEET.columns):
            sheet.write_string(0, number, column.header)
        for number, row in enumerate(rows, start=1):
            for place, column in enumerate(SHEET.columns):
                value = getattr(row, column.field)
                if column.field == "date":
                    sheet.write_datetime(number, place, value, dated)
                else:
                    sheet.write_string(number, place, str(value))
