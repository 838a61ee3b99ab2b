"""Marks what is wrong in a copy of a roster workbook: the cells coloured, the reason as a comment on each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from zhiban.io.atomic import written_whole
from zhiban.io.edited_rows import PlacedRow
from zhiban.io.edited_tables import TableCell, table_cells
from zhiban.io.read_roster import opened, placed_in
from zhiban.io.roster_cells import plain_name
from zhiban.model.kinds import Severity
from zhiban.model.roster import Finding

DETAIL = "排班明细"
BANK = "时间银行"
COLORS = {Severity.MUST: "FFC7CE", Severity.REMIND: "FFEB9C", Severity.INFO: "DDEBF7"}
AUTHOR = "zhiban"
COMMENT_WIDTH, COMMENT_LINE = 320, 22

Place = tuple[date, str, str]
"""Date, line and window (带班: group)."""


def paint_cells(path_in: str | Path, path_out: str | Path, findings: Iterable[Finding]) -> list[Finding]:
    """Write a copy of a roster with the findings marked in 排班明细, 值班表, 午间值班表 and 时间银行.

    The findings that have no place in these sheets are returned. `InputError` when the roster cannot be read,
    `UsageError` when the copy cannot be written.
    """
    findings = list(findings)
    with opened(path_in) as book:
        rows = placed_in(book, Path(path_in).name)
        cells = list(table_cells(book, None, None, []))
    marks: dict[tuple[str, int, int], list[Finding]] = defaultdict(list)
    homeless: list[Finding] = []
    for found in findings:
        places = _places(found, rows, cells)
        for place in places:
            marks[place].append(found)
        if not places and not (found.person and not found.day):
            homeless.append(found)
    book = load_workbook(path_in)
    homeless += _mark_accounts(book[BANK] if BANK in book.sheetnames else None, findings)
    for (sheet, row, column), about in marks.items():
        if sheet == DETAIL:
            _mark_row(book[sheet], row, about)
        else:
            _mark(book[sheet].cell(row, column), about)
    with written_whole(path_out) as temporary:
        book.save(temporary)
    return homeless


def _places(found: Finding, rows: Sequence[PlacedRow], cells: Sequence[TableCell]) -> list[tuple[str, int, int]]:
    """Sheet, row and column of everything a finding is about."""
    if found.day is None:
        return []
    own = [placed for placed in rows if _concerns(found, placed)]
    about: set[Place] = {(p.row.day, p.row.line.value, p.row.window) for p in own}
    places = [(DETAIL, placed.number, 0) for placed in own]
    for cell in cells:
        place = (cell.day, cell.line.value, cell.window)
        direct = (
            not found.person
            and cell.day == found.day
            and cell.window == found.window
            and found.line in ("", cell.line.value)
        )
        if (place in about or direct) and (not found.segment or not cell.segment or cell.segment == found.segment):
            places.append((cell.sheet, cell.row, cell.column))
    return list(dict.fromkeys(places))


def _concerns(found: Finding, placed: PlacedRow) -> bool:
    """Whether a row is one the finding speaks of."""
    row = placed.row
    said = (
        (found.line, row.line.value),
        (found.window, row.window),
        (found.person, row.person),
        (found.segment, row.segment),
    )
    return row.day == found.day and all(not word or word == own for word, own in said)


def _mark_row(sheet: Worksheet, row: int, about: Sequence[Finding]) -> None:
    """Colour the filled cells of a row; the comment goes on the cell of 工号."""
    header = [plain_name(cell.value) for cell in sheet[1]]
    for column in range(1, len(header) + 1):
        _fill(sheet.cell(row, column), about)
    _mark(sheet.cell(row, header.index("工号") + 1 if "工号" in header else 1), about)


def _mark_accounts(sheet: Worksheet | None, findings: Sequence[Finding]) -> list[Finding]:
    """Findings about a person as a whole stand in his row of 时间银行; those of people without a row are returned."""
    by_person: dict[str, list[Finding]] = defaultdict(list)
    for found in findings:
        if found.person and found.day is None:
            by_person[found.person].append(found)
    for row in range(2, sheet.max_row + 1) if sheet is not None else ():
        cell = sheet.cell(row, 1) if sheet is not None else None
        about = by_person.pop(plain_name(cell.value), []) if cell is not None else []
        if about and isinstance(cell, Cell):
            _mark(cell, about)
    return [found for rest in by_person.values() for found in rest]


def _mark(cell: object, about: Sequence[Finding]) -> None:
    """Colour a cell and say why."""
    if not isinstance(cell, Cell):
        return
    _fill(cell, about)
    lines = [f"{found.code} {found.text}" + (f"（{found.advice}）" if found.advice else "") for found in about]
    lines = list(dict.fromkeys(lines))
    before = [cell.comment.text] if cell.comment else []
    height = COMMENT_LINE * (2 + sum(len(line) // 20 + 1 for line in lines))
    cell.comment = Comment("\n".join(before + lines), AUTHOR, height=height, width=COMMENT_WIDTH)


def _fill(cell: object, about: Sequence[Finding]) -> None:
    if isinstance(cell, Cell):
        order = list(Severity)
        gravest = min((found.severity for found in about), key=order.index)
        cell.fill = PatternFill("solid", fgColor=COLORS[gravest])
