"""Writes the machine sheets: one header row, no merged cells, real dates and times."""

from collections.abc import Sequence
from datetime import date

from zhiban.io.look import DATE, DATE_FORMAT, HEADER, LEFT, PROJECTED_DATE_FORMAT, TIME, Look, Page, Style
from zhiban.io.machine_rows import MACHINE_ROWS, Clock, Rows, finding_rows
from zhiban.io.machine_sheets import MACHINE_SHEETS
from zhiban.io.roster_digest import ORIGINAL_ITEM
from zhiban.io.roster_view import RosterView
from zhiban.model.roster import Finding

MACHINE_CELL = Style(wrap=False)
MACHINE_TEXT = LEFT._replace(wrap=False)
MACHINE_TIME = TIME._replace(wrap=False)
MACHINE_HEADER = HEADER._replace(size=11)
TAB_COLOR = "#A6A6A6"

WIDTHS = {
    "日期": 13,
    "产生日期": 13,
    "到期日": 13,
    "最近值班日": 13,
    "窗口名称": 18,
    "姓名": 14,
    "说明": 60,
    "建议": 40,
    "对象": 20,
    "项目": 28,
    "值": 60,
    "岗位编号": 16,
    "预约编号": 16,
    "名称": 14,
}
USUAL_WIDTH = 10
PROJECTED_WIDTH = 19
DATE_COLUMNS = {"日期", "产生日期", "到期日", "最近值班日"}
FREE_TEXTS = {"说明", "建议", "对象", "值", "项目"}


def write_machine_sheets(look: Look, view: RosterView, findings: Sequence[Finding]) -> None:
    """All machine sheets, in the order of their declaration."""
    for name, columns in MACHINE_SHEETS.items():
        rows = finding_rows(findings) if name == "问题明细" else MACHINE_ROWS[name](view)
        _write(look, view, name, columns, rows)


def _write(look: Look, view: RosterView, name: str, columns: Sequence[str], rows: Rows) -> None:
    page = Page(look, name, [_width(view, column) for column in columns])
    page.sheet.set_tab_color(TAB_COLOR)
    page.header(columns, MACHINE_HEADER)
    styles = [MACHINE_TEXT if column in FREE_TEXTS else MACHINE_CELL for column in columns]
    dates = {mark: DATE._replace(wrap=False, number=mark) for mark in (DATE_FORMAT, PROJECTED_DATE_FORMAT)}
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, Clock):
                page.put(number, column, value.fraction, MACHINE_TIME)
            elif isinstance(value, date):
                page.put(number, column, value, dates[view.date_format(value)])
            else:
                page.put_filled(number, column, value, styles[column])
        page.row = number + 1
        if str(row[0]).startswith(ORIGINAL_ITEM):
            # For programs only: long, and of no use on a screen or on paper.
            page.hide_row(number)
    page.rule((1, 0, page.row - 1, len(columns) - 1))
    page.sheet.autofilter(0, 0, max(page.row - 1, 0), len(columns) - 1)
    page.finish()


def _width(view: RosterView, column: str) -> float:
    """A column's width; dates need room for 推算 where a year of the period is not published."""
    if column in DATE_COLUMNS and view.projected_notes:
        return PROJECTED_WIDTH
    return WIDTHS.get(column, USUAL_WIDTH)
