"""What a report adds from the printed sheets of a roster: mean hours (统计表), changes (变更记录), the calendar.

A printed sheet that was deleted or laid out anew gives nothing; the machine sheets alone must suffice.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from zhiban.io.public_roster import CalendarDay, ChangeLine, PersonShare
from zhiban.io.public_text import public_text
from zhiban.io.raw_workbook import RawCell, RawWorkbook, SheetFrame
from zhiban.io.roster_cells import as_day, plain_text
from zhiban.model.kinds import DayClass

HEADER_WITHIN = 10
"""A printed sheet's header stands among its first so many filled rows, below title and seal line."""

NOTHING = {"/", "／", "—", ""}
WEEKDAYS = "一二三四五六日"

Cells = dict[str, RawCell]


def shares_in(book: RawWorkbook) -> list[PersonShare]:
    """The people of 统计表 with their hours and, less the difference from it, the mean of their group."""
    found: list[PersonShare] = []
    for row in _rows(book, "统计表", ("窗口", "工号", "姓名", "总小时", "与平均差")):
        person = plain_text(row.get("工号"))
        if not person:
            continue
        hours, above = _number(row.get("总小时")), _number(row.get("与平均差"))
        mean = round(hours - above, 1) if hours is not None and above is not None else None
        name, place = plain_text(row.get("姓名")), plain_text(row.get("窗口"))
        found.append(PersonShare(person=person, name=name, place=place, hours=hours, mean_hours=mean))
    return found


def changes_in(book: RawWorkbook) -> list[ChangeLine]:
    """The rows of 变更记录; none outside a re-solve."""
    found: list[ChangeLine] = []
    for row in _rows(book, "变更记录", ("日期", "线", "时段", "窗口", "人员", "原安排", "新安排", "原因")):
        day = as_day(row.get("日期"))
        if day is None:
            continue
        line, segment, place, who, before, after, why = (
            _told(row.get(column)) for column in ("线", "时段", "窗口", "人员", "原安排", "新安排", "原因")
        )
        found.append(
            ChangeLine(
                day=day,
                line=line,
                segment=segment,
                place=place,
                who=who,
                before=public_text(before),
                after=public_text(after),
                why=public_text(why),
            )
        )
    return found


def calendar_in(book: RawWorkbook) -> dict[date, CalendarDay]:
    """The dates of 参数与日历 with class, festival and flags."""
    found: dict[date, CalendarDay] = {}
    for row in _rows(book, "参数与日历", ("日期", "日类", "节日", "标志")):
        day, day_class = as_day(row.get("日期")), plain_text(row.get("日类"))
        if day is None or day_class not in list(DayClass):
            continue
        flags = tuple(flag for flag in _told(row.get("标志")).split("、") if flag)
        found[day] = calendar_day(day, DayClass(day_class), _told(row.get("节日")), flags)
    return found


def calendar_day(day: date, day_class: DayClass | None, festival: str = "", flags: tuple[str, ...] = ()) -> CalendarDay:
    """A date with its weekday."""
    weekday = f"星期{WEEKDAYS[day.weekday()]}"
    return CalendarDay(day=day, weekday=weekday, day_class=day_class, festival=festival, flags=flags)


def _rows(book: RawWorkbook, sheet: str, columns: Sequence[str]) -> Iterator[Cells]:
    """The rows below a header that has all these columns; nothing where there is no such sheet or header."""
    entry = next((entry for entry in book.sheets if entry.name.strip() == sheet), None)
    if entry is None:
        return
    places: dict[str, int] = {}
    for number, row in enumerate(book.rows(entry, SheetFrame())):
        cells = {cell.column: cell for cell in row.cells}
        if places:
            yield {column: cells[place] for column, place in places.items() if place in cells}
        elif number >= HEADER_WITHIN:
            return
        else:
            named = {plain_text(cell): place for place, cell in cells.items()}
            if all(column in named for column in columns):
                places = {column: named[column] for column in columns}


def _told(cell: RawCell | None) -> str:
    """The text of a cell, empty for the signs that stand for nothing."""
    text = plain_text(cell)
    return "" if text in NOTHING else text


def _number(cell: RawCell | None) -> float | None:
    try:
        return float(plain_text(cell))
    except ValueError:
        return None
