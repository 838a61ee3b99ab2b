"""The machine sheets of a roster as CSV files, one a sheet, that Excel and WPS open rightly and never run."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from zhiban.io.export_files import write_files
from zhiban.io.look import RISKY
from zhiban.io.machine_sheets import MACHINE_SHEETS
from zhiban.io.public_roster import KEYS, PublicRoster, Published

LIST_MARK = "；"
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Tells Excel that the file is UTF-8."""

BLANK_WHEN_FALSE = {"锁定"}
"""Columns that the workbook leaves empty rather than 否."""


def csv_files(roster: PublicRoster) -> dict[str, bytes]:
    """File name → content, one a machine sheet, with the sheet's columns in their order."""
    field_of = {key: field for field, key in KEYS.items() if key in MACHINE_SHEETS}
    return {
        f"{sheet}.csv": _csv(columns, getattr(roster, field_of[sheet])) for sheet, columns in MACHINE_SHEETS.items()
    }


def write_csv(roster: PublicRoster, folder: Path) -> int:
    """Write the files into a folder, made if need be; how many there are. `UsageError` when that fails."""
    return write_files(csv_files(roster), folder)


def _csv(columns: Sequence[str], records: Sequence[Published]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    for record in records:
        values = record.model_dump(mode="json")
        writer.writerow([_cell(column, values[column]) for column in columns])
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def _cell(column: str, value: object) -> object:
    """A value as the workbook shows it; a text that a spreadsheet could run gets an apostrophe before it."""
    if isinstance(value, bool):
        return "是" if value else "" if column in BLANK_WHEN_FALSE else "否"
    if isinstance(value, (list, tuple)):
        value = LIST_MARK.join(str(part) for part in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(value, str) and value.startswith(RISKY):
        return f"'{value}"
    return "" if value is None else value
