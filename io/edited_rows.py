"""排班明细 as it stands now, edited or not: who is meant in each row, by 工号 and 姓名 together."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from zhiban.io.name_book import NameBook, Unclear, clean
from zhiban.io.roster_cells import Table, TableRow
from zhiban.model.kinds import Line, Role
from zhiban.model.roster import DutyRow

SHEET = "排班明细"
LOCKED = "是"

Key = tuple[date, Line, str, int, str]
"""Date, line, window (带班: group), start, and the appointment of an 应约 row: what one printed place is about."""


def key_of(row: DutyRow) -> Key:
    """The place of a row."""
    appointment = row.appointments[0] if row.line == Line.CALL_IN and row.appointments else ""
    return row.day, row.line, row.window, row.start, appointment


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row of 排班明细 with its worksheet row and the cell that names its person."""

    row: DutyRow
    number: int
    cell: str


def people_by_key(rows: Iterable[DutyRow]) -> dict[Key, list[str]]:
    """Who stands at each place."""
    found: dict[Key, list[str]] = defaultdict(list)
    for row in rows:
        found[key_of(row)].append(row.person)
    return found


def row_without_person(row: TableRow) -> DutyRow:
    """A row of 排班明细 but for its person."""
    return DutyRow(
        day=row.day("日期"),
        line=row.choice("线", Line),
        start=row.minutes("开始"),
        end=row.minutes("结束"),
        window=row.needed("窗口编号"),
        person="",
        segment=row.text("时段"),
        role=row.choice("角色", Role, Role.DUTY),
        posts=row.items("岗位编号"),
        appointments=row.items("预约编号"),
        credited=row.whole("计入分钟"),
        locked=row.text("锁定") == LOCKED,
    )


def placed_rows(table: Table, names: NameBook | None, written: Iterable[DutyRow] | None) -> list[PlacedRow]:
    """The rows that name somebody; without a name book the 工号 alone is read.

    A row whose 工号 and 姓名 disagree is read by the one that was edited: the other one is still as written.
    """
    before = people_by_key(written or ())
    rows = list(table.records())
    named = any(row.text("姓名") for row in rows)
    found: list[PlacedRow] = []
    for row in rows:
        bare = row_without_person(row)
        person = _person(row, names, before.get(key_of(bare), []), named)
        if person:
            column = "姓名" if row.text("工号") != person else "工号"
            found.append(PlacedRow(replace(bare, person=person), row.number, row.place(column)))
    return found


def emptied_rows(table: Table, placed: Iterable[PlacedRow]) -> list[Key]:
    """The places of the rows that name nobody; none where cells cannot be read (told already)."""
    if table.complaints:
        return []
    named = {found.number for found in placed}
    return [key_of(row_without_person(row)) for row in table.records() if row.number not in named]


def _person(row: TableRow, names: NameBook | None, before: list[str], named: bool) -> str:
    """The 工号 a row means; empty for a row that was emptied, or (with a complaint) where it is unclear."""
    number, name = row.text("工号"), row.text("姓名")
    if names is None or (number and not named):
        return number
    meant = names.candidates(name)
    if not number:
        return "" if not name or meant & set(before) else _resolved(row, names, "姓名", name)
    if not name:
        # The name was cleared and the number left: emptied, unless the number is what was edited.
        return "" if number in before else number
    if number in meant or clean(name) == clean(number):
        return number
    if number in before:
        return _resolved(row, names, "姓名", name)
    if meant & set(before) or not before:
        return number
    row.complain("姓名", f"与工号 {number} 不是同一人", "请使工号与姓名一致，或清空其中一格")
    return ""


def _resolved(row: TableRow, names: NameBook, column: str, text: str) -> str:
    try:
        return names.one(text)
    except Unclear as error:
        row.complain(column, f"：{error.text}", error.advice)
        return ""
