"""The empty input workbook: every sheet and column, drop-downs, comments on headers, the policy's values shown."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from xlsxwriter import Workbook  # pyright: ignore[reportMissingTypeStubs]
from xlsxwriter.format import Format  # pyright: ignore[reportMissingTypeStubs]
from xlsxwriter.worksheet import Worksheet  # pyright: ignore[reportMissingTypeStubs]

from zhiban.io.read_settings import OWN_KEYS
from zhiban.io.sheet_parts import Column, Kind, Sheet
from zhiban.io.sheets import INPUT_SHEETS
from zhiban.model.kinds import SegmentKind
from zhiban.model.policy import Preset, Setting, load_preset, setting_text, settings
from zhiban.model.segments import SegmentRow, clock

ROWS = 1000
"""Rows below the header that have drop-downs."""

WRITTEN_ROWS = 300
"""Rows whose cells are there and unlocked one by one; further down the column's format holds."""

NOTE_WIDTH = 90
"""Width of 说明 in 基本设置, characters."""

LINE_HEIGHT = 16
"""Height of one line, points."""

LONGEST_LIST = 255
"""Characters that spreadsheets allow in a drop-down's own list."""

DATE_FORMAT, TIME_FORMAT, MOMENT_FORMAT, TEXT_FORMAT = "yyyy-mm-dd", "hh:mm", "yyyy-mm-dd hh:mm", "@"
FORMATS = {
    Kind.ID: TEXT_FORMAT,
    Kind.IDS: TEXT_FORMAT,
    Kind.PHONE: TEXT_FORMAT,
    Kind.DATES: TEXT_FORMAT,
    Kind.MONTH_DAY: TEXT_FORMAT,
    Kind.DATE: DATE_FORMAT,
    Kind.MOMENT: MOMENT_FORMAT,
    Kind.CLOCK: TIME_FORMAT,
    Kind.CLOCK_END: TIME_FORMAT,
}
"""Number formats of the input cells; ids and phones are text so that 0012 stays 0012."""

LIST_NAMES = {"窗口": "窗口编号表", "人员": "工号表", "事项": "事项编号表", "预约登记": "预约编号表"}
"""Defined names of the ids of a sheet, for drop-downs elsewhere; they end with the last filled row."""

REQUIRED_FILL, OPTIONAL_FILL, LOCKED_FILL = "#FFE699", "#E7E6E6", "#F2F2F2"
ALLOWED_UNDER_PROTECTION = {
    option: True
    for option in (
        "format_cells",
        "format_columns",
        "format_rows",
        "insert_rows",
        "delete_rows",
        "insert_columns",
        "sort",
        "autofilter",
    )
}


def write_template(path: str | Path, policy_key: str) -> None:
    """Write an empty input workbook for a policy to `path`. Raises InputError for an unknown policy."""
    preset = load_preset(policy_key)
    with Workbook(str(path), {"default_date_format": DATE_FORMAT}) as book:
        writer = _TemplateWriter(book, preset)
        for sheet in INPUT_SHEETS:
            writer.add(sheet)
        writer.define_lists()


class _TemplateWriter:
    """The workbook being written, with its formats."""

    def __init__(self, book: Workbook, preset: Preset) -> None:
        self._book = book
        self._preset = preset
        header = {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
        self._required = self._format({**header, "bg_color": REQUIRED_FILL})
        self._optional = self._format({**header, "bg_color": OPTIONAL_FILL})
        self._locked = self._format({"bg_color": LOCKED_FILL, "text_wrap": True, "valign": "vcenter"})
        self._inputs: dict[str, Format] = {}

    def _format(self, properties: Mapping[str, object]) -> Format:
        return self._book.add_format(dict(properties))  # pyright: ignore[reportUnknownMemberType]

    def add(self, sheet: Sheet) -> None:
        """One sheet with its header, column formats and drop-downs."""
        page: Worksheet = self._book.add_worksheet(sheet.name)  # pyright: ignore[reportUnknownMemberType]
        for number, column in enumerate(sheet.columns):
            page.set_column(number, number, _width(column), self._input(FORMATS.get(column.kind, "")))
            label = f"{column.header}*" if column.required else column.header
            page.write_string(0, number, label, self._required if column.required else self._optional)
            page.write_comment(0, number, self._comment(sheet, column), {"x_scale": 2.2, "y_scale": 1.6})
            for row in range(1, WRITTEN_ROWS + 1):
                page.write_blank(row, number, None, self._input(FORMATS.get(column.kind, "")))
            _restrict(page, number, column)
        page.set_row(0, 30)
        page.freeze_panes(1, _frozen_columns(sheet))
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        if sheet.name == "基本设置":
            self._fill_settings(page)
        page.protect("", ALLOWED_UNDER_PROTECTION)

    def define_lists(self) -> None:
        """The defined names that drop-downs refer to."""
        for sheet, name in LIST_NAMES.items():
            filled = f"MAX(1,COUNTA('{sheet}'!$A$2:$A${ROWS + 1}))"
            self._book.define_name(name, f"=OFFSET('{sheet}'!$A$2,0,0,{filled},1)")

    def _input(self, number_format: str, **extra: object) -> Format:
        """An unlocked cell of a number format."""
        key = f"{number_format}{sorted(extra.items())}"
        if key not in self._inputs:
            properties: dict[str, object] = {"locked": False, **extra}
            if number_format:
                properties["num_format"] = number_format
            self._inputs[key] = self._format(properties)
        return self._inputs[key]

    def _comment(self, sheet: Sheet, column: Column) -> str:
        lines = [
            f"{column.help}。",
            f"填：{column.expected}" + ("（必填）" if column.required else "（可空）"),
            f"例：{column.example}",
        ]
        if sheet.name == "作息时段" and column.header == "类型":
            lines += ["", f"本方案（{self._preset.name}）已有的时段：", *_preset_segments(self._preset)]
        return "\n".join(lines)

    # ---- 基本设置 -----------------------------------------------------------------------------------------------

    def _fill_settings(self, page: Worksheet) -> None:
        """One row a key: the required ones first, then the policy's, whose values stay empty but are told beside."""
        page.set_column(0, 0, 18)
        page.set_column(1, 1, 26)
        page.set_column(2, 2, NOTE_WIDTH)
        row = 1
        for key, column in OWN_KEYS.items():
            number_format = FORMATS.get(column.kind, "")
            cell = self._input(number_format, border=1, bg_color="#FFFFFF")
            page.write_string(row, 0, key, self._required)
            if key == "服务方案":
                page.write_string(row, 1, self._preset.name, cell)
            else:
                page.write_blank(row, 1, None, cell)
            page.write_string(row, 2, f"必填。{column.help}，如 {column.example}", self._locked)
            if column.choices:
                page.data_validation(row, 1, row, 1, _list_rule(column.choices))
            row += 1
        for key, setting in settings().items():
            page.write_string(row, 0, key, self._optional)
            page.write_blank(row, 1, None, self._input("", border=1, bg_color="#FFFFFF"))
            told = self._told(key, setting)
            page.write_string(row, 2, told, self._locked)
            page.set_row(row, LINE_HEIGHT * (1 + _cells(told) // NOTE_WIDTH))
            if setting.choices:
                page.data_validation(row, 1, row, 1, _list_rule(setting.choices))
            row += 1

    def _told(self, key: str, setting: Setting) -> str:
        value = setting_text(self._preset.policy.values[key])
        return f"空 = {value}（{self._preset.name}：{self._preset.sources[key]}）。可填：{setting.expected}"


def _width(column: Column) -> float:
    """Column width in characters: room for header and example, Chinese ones counting twice."""
    longest = max(_cells(column.header) + 3, min(_cells(column.example) + 2, 30))
    return max(9, longest)


def _cells(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)


def _frozen_columns(sheet: Sheet) -> int:
    """Columns that stay in sight: an id and its name."""
    return 2 if len(sheet.columns) > 9 and sheet.columns[0].kind is Kind.ID else 0


def _restrict(page: Worksheet, number: int, column: Column) -> None:
    """The drop-down of a column; ids of other sheets are offered, not enforced (they may follow later)."""
    rule: dict[str, object] | None = None
    if column.kind is Kind.CHOICE:
        rule = _list_rule(column.choices)
    elif column.kind is Kind.YES_NO:
        rule = _list_rule(("是", "否"))
    elif column.kind is Kind.ID and column.refers:
        rule = {"validate": "list", "source": f"={LIST_NAMES[column.refers]}", "show_error": False}
    elif column.kind is Kind.NUMBER:
        rule = {
            "validate": "integer",
            "criteria": "between",
            "minimum": column.low,
            "maximum": column.high,
            "error_title": column.header,
            "error_message": f"应为{column.expected}",
            "error_type": "warning",
        }
    if rule is not None:
        page.data_validation(1, number, ROWS, number, rule)


def _list_rule(choices: Iterable[str]) -> dict[str, object]:
    words = list(choices)
    assert sum(map(len, words)) + len(words) <= LONGEST_LIST
    return {
        "validate": "list",
        "source": words,
        "error_title": "请从列表中选择",
        "error_message": f"可选：{'、'.join(words)}"[:LONGEST_LIST],
    }


def _preset_segments(preset: Preset) -> list[str]:
    """The preset's segments by kind, and the kinds it leaves to the centre."""
    lines = [
        f"{row.kind}：{_days(row)}{clock(row.start)}–{clock(row.end)}（{source.split(' ')[0]}）"
        for row, source in zip(preset.segments, preset.segment_sources, strict=True)
    ]
    given = {row.kind for row in preset.segments}
    missing = [kind for kind in SegmentKind if kind not in given]
    return [*lines, *([f"方案没有、用到时须填写：{'、'.join(missing)}"] if missing else [])]


def _days(row: SegmentRow) -> str:
    return f"{'、'.join(row.days)} " if row.days else ""
