"""Writing an input workbook: the same rows give the same bytes."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from xlsxwriter import Workbook  # pyright: ignore[reportMissingTypeStubs]
from xlsxwriter.format import Format  # pyright: ignore[reportMissingTypeStubs]
from xlsxwriter.worksheet import Worksheet  # pyright: ignore[reportMissingTypeStubs]

from zhiban.io.sheets import INPUT_SHEETS

Row = Mapping[str, object]

CREATED = dt.datetime(2026, 1, 1)
"""Stands in the file's properties instead of the clock."""

MAX_WIDTH = 40
MINUTES_A_DAY = 24 * 60
HEAD: dict[str, object] = {"bold": True, "bg_color": "#E7E6E6", "border": 1, "text_wrap": True, "valign": "vcenter"}
DATE, TIME, STAMP = "yyyy-mm-dd", "hh:mm", "yyyy-mm-dd hh:mm"
FORMATS: tuple[dict[str, object], ...] = (HEAD, *({"num_format": kind} for kind in (DATE, TIME, STAMP)))


def write_hall(sheets: Mapping[str, Sequence[Row]], path: Path) -> None:
    """Write rows by sheet as an input workbook with all columns; a sheet without a row is left out.

    Dates, times and clock stamps become real Excel values, ids and phones stay text.
    """
    book = Workbook(str(path), {"in_memory": True, "strings_to_formulas": False})
    # The library comes without type information.
    book.set_properties({"title": "排班数据", "created": CREATED})  # pyright: ignore[reportUnknownMemberType]
    head, *others = (book.add_format(look) for look in FORMATS)  # pyright: ignore[reportUnknownMemberType]
    formats: dict[str, Format] = dict(zip((DATE, TIME, STAMP), others, strict=True))
    for declared in INPUT_SHEETS:
        rows = sheets.get(declared.name, ())
        if rows:
            header = [column.header for column in declared.columns]
            unknown = {title for row in rows for title in row} - set(header)
            if unknown:
                raise KeyError(f"{declared.name} has no column {sorted(unknown)}")
            sheet = book.add_worksheet(declared.name)  # pyright: ignore[reportUnknownMemberType]
            _write_sheet(sheet, header, rows, head, formats)
    book.close()


def _write_sheet(
    sheet: Worksheet, header: Sequence[str], rows: Sequence[Row], head: Format, formats: Mapping[str, Format]
) -> None:
    sheet.freeze_panes(1, 0)
    for place, title in enumerate(header):
        sheet.write_string(0, place, title, head)
        sheet.set_column(place, place, _width([title, *(_text(row.get(title)) for row in rows)]))
    for line, row in enumerate(rows, 1):
        for place, title in enumerate(header):
            _write_cell(sheet, line, place, row.get(title), formats)


def _write_cell(sheet: Worksheet, line: int, place: int, value: object, formats: Mapping[str, Format]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, dt.datetime):
        sheet.write_datetime(line, place, value, formats[STAMP])
    elif isinstance(value, dt.date):
        sheet.write_datetime(line, place, dt.datetime.combine(value, dt.time()), formats[DATE])
    elif isinstance(value, dt.time):
        sheet.write_number(line, place, (value.hour * 60 + value.minute) / MINUTES_A_DAY, formats[TIME])
    elif isinstance(value, int | float):
        sheet.write_number(line, place, value)
    else:
        sheet.write_string(line, place, str(value))


def _text(value: object) -> str:
    """Roughly what the cell will show, for its width."""
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "minutes")
    return "" if value is None else str(value)


def _width(texts: Sequence[str]) -> float:
    """Column width in Excel's units: a Chinese character takes two places."""
    places = max(sum(2 if ord(letter) > 0xFF else 1 for letter in text) for text in texts)
    return min(places + 2, MAX_WIDTH)
