"""The common look of the written sheets: fonts, fills, borders, A4 print setup, and texts that never run as formulas.

Widths are in Excel's unit (one digit of the standard font), heights in points, rows and columns count from 0.
"""

import math
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from xlsxwriter import Workbook  # pyright: ignore[reportMissingTypeStubs]
from xlsxwriter.format import Format  # pyright: ignore[reportMissingTypeStubs]
from xlsxwriter.worksheet import Worksheet  # pyright: ignore[reportMissingTypeStubs]

from zhiban.io.quick_sheet import QuickSheet

A4 = 9
FOOTER = "&C第 &P 页 共 &N 页"
MARGIN_INCHES = 0.6
SIGNATURES = "制表人：　　　　　　审核人：　　　　　　审批人：　　　　　　制表日期：　　　年　　月　　日"
VACANT = "—"
NOT_ASKED = "／"

HEADER_FILL = "#E7E6E6"
WEEKEND_FILL = "#EEF4FA"
HOLIDAY_FILL = "#FBEDEB"
CLOSED_FILL = "#F2F2F2"
TOTAL_FILL = "#F7F7F7"

MOST_CHARACTERS = 32_000
"""A cell holds at most 32,767 characters; longer texts are cut with an ellipsis."""

RISKY = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet take typed text for a formula."""

EPOCH = date(1899, 12, 30)
DATE_FORMAT = "yyyy-mm-dd"
PROJECTED_DATE_FORMAT = 'yyyy-mm-dd"(推算)"'
MONTH_DAY_FORMAT = 'm"月"d"日"'
PROJECTED_MONTH_DAY_FORMAT = 'm"月"d"日"\\(推算\\)'
TIME_FORMAT = "[h]:mm"
MOMENT_FORMAT = "yyyy-mm-dd hh:mm"
SHORT_MOMENT_FORMAT = 'm"月"d"日" hh:mm'

Value: TypeAlias = str | int | float | date | datetime | None


class Style(NamedTuple):
    """How a cell looks; `font` is title, header or body."""

    font: str = "body"
    size: float = 11
    bold: bool = False
    align: str = "center"
    valign: str = "vcenter"
    fill: str = ""
    border: bool = True
    wrap: bool = True
    number: str = ""
    color: str = ""
    quote: bool = False
    indent: int = 0


BODY = Style()
LEFT = Style(align="left", indent=1)
HEADER = Style("header", 12, fill=HEADER_FILL)
TITLE = Style("title", 22, border=False)
SUBTITLE = Style("body", 12, border=False)
NOTE = Style("body", 10.5, align="left", border=False)
PLAIN = Style("body", 11, align="left", border=False)
KEY = Style(size=8, align="left", border=False, wrap=False, number=";;;")
"""Keys by which an edited sheet is read back: in hidden rows and columns, and invisible should they be shown."""

DATE = Style(number=DATE_FORMAT)
TIME = Style(number=TIME_FORMAT)
MOMENT = Style(number=MOMENT_FORMAT)

FONT_SCHEMES = {
    "方正": {"title": ("方正小标宋简体", False), "header": ("黑体", False), "body": ("仿宋_GB2312", False)},
    "系统": {"title": ("宋体", True), "header": ("黑体", False), "body": ("仿宋", False)},
}
"""字体方案 → the font of each part and whether it is bold; fonts are only named, never bundled."""


BOOK_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": "宋体", "font_size": 11},
    "default_column_width": 72,
}
"""Texts stay texts; the standard font, which column widths are measured in, is one that every office here has."""


class Look:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook, fonts: str) -> None:
        self.book = book
        self._fonts = FONT_SCHEMES[fonts]
        self._formats: dict[Style, Format] = {}
        self._rules: dict[str, Format] = {}

    def format(self, style: Style) -> Format:
        """The workbook's format of a style."""
        known = self._formats.get(style)
        if known is None:
            properties = self._properties(style)
            known = self._formats[style] = self.book.add_format(properties)  # pyright: ignore[reportUnknownMemberType]
        return known

    def rules(self, fill: str = "") -> Format:
        """A conditional format that draws borders, and a fill, around cells that are not written at all."""
        known = self._rules.get(fill)
        if known is None:
            properties: dict[str, Any] = {"border": 1, "bg_color": fill} if fill else {"border": 1}
            known = self._rules[fill] = self.book.add_format(properties)  # pyright: ignore[reportUnknownMemberType]
        return known

    def _properties(self, style: Style) -> dict[str, Any]:
        name, bold = self._fonts[style.font]
        properties: dict[str, Any] = {
            "font_name": name,
            "font_size": style.size,
            "bold": bold or style.bold,
            "align": style.align,
            "valign": style.valign,
            "text_wrap": style.wrap,
            "quote_prefix": style.quote,
            "indent": style.indent,
        }
        if style.border:
            properties["border"] = 1
        if style.fill:
            properties["bg_color"] = style.fill
        if style.number:
            properties["num_format"] = style.number
        if style.color:
            properties["font_color"] = style.color
        return properties


class Page:
    """One worksheet that grows downwards: `row` is the next free row, heights follow the wrapped texts."""

    def __init__(self, look: Look, name: str, widths: Sequence[float], *, landscape: bool = True) -> None:
        self.look = look
        self.sheet: Worksheet = look.book.add_worksheet(name, QuickSheet)  # pyright: ignore[reportUnknownMemberType]
        self.widths = list(widths)
        self.row = self.header_row = 0
        self._heights: dict[int, float] = {}
        self._write_blank, self._write_string = self.sheet.write_blank, self.sheet.write_string
        self._write_number = self.sheet.write_number
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        self._set_print(landscape)

    def _set_print(self, landscape: bool) -> None:
        sheet = self.sheet
        sheet.set_paper(A4)
        if landscape:
            sheet.set_landscape()
        else:
            sheet.set_portrait()
        sheet.set_margins(left=MARGIN_INCHES, right=MARGIN_INCHES, top=MARGIN_INCHES, bottom=0.75)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(FOOTER)  # pyright: ignore[reportUnknownMemberType]

    @property
    def columns(self) -> int:
        """How many columns the page has."""
        return len(self.widths)

    # ---- cells ------------------------------------------------------------------------------------------------

    def put(self, row: int, column: int, value: Value, style: Style = BODY) -> None:
        """Write one value; a text that a spreadsheet might run keeps its characters and is marked as text."""
        if value is None or value == "":
            self._write_blank(row, column, None, self.look.format(style))
        elif isinstance(value, str):
            text = value if len(value) <= MOST_CHARACTERS else value[:MOST_CHARACTERS] + "…"
            if text[0] in RISKY:
                style = style._replace(quote=True)
            self._write_string(row, column, text, self.look.format(style))
        else:
            self._write_number(row, column, serial(value), self.look.format(style))

    def rule(self, area: tuple[int, int, int, int], fill: str = "") -> None:
        """Draw the borders of a part of a table whose blank cells are not written: most cells of a long table are
        blank, and a written blank costs as much as a filled one. What is typed there looks like the column.
        """
        if area[0] <= area[2]:
            rule = {"type": "formula", "criteria": "=TRUE", "format": self.look.rules(fill)}
            self.sheet.conditional_format(*area, rule)  # pyright: ignore[reportUnknownMemberType]

    def column_style(self, column: int, style: Style) -> None:
        """How a blank cell of a column looks when somebody types in it."""
        look = self.look.format(style._replace(border=False))
        self.sheet.set_column(column, column, self.widths[column], look)

    def put_filled(self, row: int, column: int, value: Value, style: Style = BODY) -> None:
        """Write one value unless it is blank, in a part of a table that `rule` draws."""
        if value is not None and value != "":
            self.put(row, column, value, style)

    def span(self, area: tuple[int, int, int, int], value: Value, style: Style = BODY) -> None:
        """Write one value over merged cells; `area` is first row, first column, last row, last column."""
        first_row, first_column, last_row, last_column = area
        if (first_row, first_column) != (last_row, last_column):
            self.sheet.merge_range(first_row, first_column, last_row, last_column, "", self.look.format(style))
        self.put(first_row, first_column, value, style)

    def line(self, values: Iterable[Value], style: Style = BODY, least: float = 22, *, ruled: bool = False) -> int:
        """Write one row of values from the first column on; the row's number is returned.

        `ruled`: blanks are left to `rule`.
        """
        row, put = self.row, self.put_filled if ruled else self.put
        for column, value in enumerate(values):
            put(row, column, value, style)
            if isinstance(value, str):
                self.fit(row, value, self.widths[column], style)
        self.tall(row, least)
        self.row += 1
        return row

    # ---- heights ----------------------------------------------------------------------------------------------

    def tall(self, row: int, height: float) -> None:
        """Make a row at least so high."""
        if height > self._heights.get(row, 0):
            self._heights[row] = height

    def fit(self, row: int, text: str, width: float, style: Style = BODY) -> None:
        """Make a row high enough for a text wrapped to a width."""
        if style.size <= 12 and len(text) * style.size * ROOMY < width - 2 * style.indent:
            return  # one line, whatever the signs; nearly every cell
        lines = lines_of(text, width - 1.5 * style.indent, style.size)
        if lines > 1 or style.size > 12:
            self.tall(row, lines * style.size * LINE_SPACING + 6)

    def share_height(self, rows: range, text: str, width: float, style: Style = BODY) -> None:
        """Share the height that a text merged over some rows needs among them."""
        needed = lines_of(text, width - 1.5 * style.indent, style.size) * style.size * LINE_SPACING + 6
        for row in rows:
            self.tall(row, needed / len(rows))

    def hide_row(self, row: int) -> None:
        """Hide a row (keys for reading the sheet back)."""
        self.sheet.set_row(row, None, None, {"hidden": True})

    # ---- the parts of a printed sheet -------------------------------------------------------------------------

    def title(self, text: str, width: int | None = None) -> None:
        """The merged title row; the size shrinks from 22 to 16 points before the text wraps."""
        last = (width or self.columns) - 1
        room = sum(self.widths[: last + 1])
        size = max(16, min(22, math.floor(room / (units_of(text) * UNITS_PER_POINT))))
        style = TITLE._replace(size=size)
        self.span((self.row, 0, self.row, last), text, style)
        self.tall(self.row, 36)
        self.fit(self.row, text, room, style)
        self.row += 1

    def seal_line(self, right: str = "", width: int | None = None) -> None:
        """单位（盖章）： at the left, a remark at the right."""
        last = (width or self.columns) - 1
        middle = max(0, last // 2)
        self.span((self.row, 0, self.row, middle), "单位（盖章）：", PLAIN)
        if middle < last:
            self.span((self.row, middle + 1, self.row, last), right, PLAIN._replace(align="right"))
            self.fit(self.row, right, sum(self.widths[middle + 1 : last + 1]), PLAIN)
        self.tall(self.row, 20)
        self.row += 1

    def header(self, names: Sequence[str], style: Style = HEADER) -> None:
        """The header row; it and all rows above are repeated on every printed page and stay in view."""
        self.header_row = self.line(names, style, 26)
        self.repeat_above()

    def repeat_above(self) -> None:
        """Repeat all rows written so far on every printed page, and keep them in view."""
        self.sheet.repeat_rows(0, self.row - 1)
        self.sheet.freeze_panes(self.row, 0)

    def notes(self, lines: Iterable[str], width: int | None = None) -> None:
        """Remarks under the table, each over the whole width."""
        last = (width or self.columns) - 1
        for text in lines:
            self.span((self.row, 0, self.row, last), text, NOTE)
            self.tall(self.row, 18)
            self.fit(self.row, text, sum(self.widths[: last + 1]), NOTE)
            self.row += 1

    def sign(self, width: int | None = None) -> None:
        """The signature line that closes a sheet."""
        last = (width or self.columns) - 1
        self.span((self.row, 0, self.row, last), SIGNATURES, PLAIN)
        self.tall(self.row, 30)
        self.row += 1

    def finish(self) -> None:
        """Set the heights gathered on the way; call once, at the end."""
        for row, height in self._heights.items():
            self.sheet.set_row(row, min(height, 409))


LINE_SPACING = 1.32
"""Height of a line over the font size; Chinese fonts need a little more than Latin ones."""

UNIT_PIXELS = 8
"""Excel's width unit: a digit of the workbook's standard font, 宋体 11, at 96 dpi."""

UNITS_PER_POINT = 96 / 72 / UNIT_PIXELS / 2
"""Width of half a Chinese character, per point of font size, in Excel's width unit."""

ROOMY = 2.5 * UNITS_PER_POINT
"""A text is sure to fit where every sign may be this wide, per point of font size: somewhat more than the widest."""


@lru_cache(maxsize=65536)
def units_of(text: str) -> int:
    """Display width of a text in halves of a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


@lru_cache(maxsize=65536)
def lines_of(text: str, width: float, size: float) -> int:
    """How many lines a text takes when wrapped to a width."""
    room = max(1.0, width - 0.3) / (UNITS_PER_POINT * size)
    return sum(max(1, math.ceil(units_of(part) / room)) for part in text.split("\n"))


def packed_names(names: Sequence[str], width: float, size: float = 11) -> str:
    """Names joined by 、, with a line break between two of them wherever the next would not fit the width."""
    lines: list[str] = []
    for name in names:
        longer = f"{lines[-1]}、{name}" if lines else name
        if lines and lines_of(longer, width, size) > lines_of(lines[-1], width, size):
            lines[-1] += "、"
            lines.append(name)
        elif lines:
            lines[-1] = longer
        else:
            lines.append(name)
    return "\n".join(lines)


def serial(value: float | date | datetime) -> float:
    """A number, or the spreadsheet serial of a date or a moment."""
    if isinstance(value, datetime):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return (value.date() - EPOCH).days + seconds / 86_400
    if isinstance(value, date):
        return (value - EPOCH).days
    return value


def day_fraction(minutes: int) -> float:
    """Minutes from midnight as a spreadsheet time; 24:00 is 1."""
    return minutes / 1440
