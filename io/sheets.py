"""Every sheet and column of the workbooks, stated once; reader, template, documentation and errors come from here."""

from zhiban.io.machine_sheets import MACHINE_SHEETS
from zhiban.io.sheet_parts import Column, Kind, Sheet
from zhiban.io.sheets_demand import APPOINTMENTS, DEMAND, ITEMS, LEADERS, POSTS
from zhiban.io.sheets_people import PEOPLE, SETTINGS, WINDOWS
from zhiban.io.sheets_requests import (
    ACTUALS,
    HISTORY,
    HOLIDAYS,
    LEAVES,
    OPENING,
    OVERTIME,
    PINS,
    SEGMENTS,
    SWAPS,
    WISHES,
)

__all__ = ["INPUT_SHEETS", "MACHINE_SHEETS", "SHEET_BY_NAME", "Column", "Kind", "Sheet"]

INPUT_SHEETS: tuple[Sheet, ...] = (
    SETTINGS,
    WINDOWS,
    PEOPLE,
    POSTS,
    DEMAND,
    LEADERS,
    LEAVES,
    ITEMS,
    APPOINTMENTS,
    OPENING,
    HISTORY,
    WISHES,
    PINS,
    SWAPS,
    OVERTIME,
    ACTUALS,
    SEGMENTS,
    HOLIDAYS,
)
"""The sheets of 排班数据.xlsx in the order of the template."""

SHEET_BY_NAME: dict[str, Sheet] = {sheet.name: sheet for sheet in INPUT_SHEETS}
