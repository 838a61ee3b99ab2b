"""What a declaration of sheets is made of: kinds of cells, columns, sheets."""

from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from zhiban.model.records import Record


class Kind(Enum):
    """How the cells of a column are read (workbook.md, Reading)."""

    TEXT = auto()
    """Free text; line breaks are kept."""
    NAME = auto()
    ID = auto()
    IDS = auto()
    PHONE = auto()
    CHOICE = auto()
    CHOICES = auto()
    YES_NO = auto()
    NUMBER = auto()
    DATE = auto()
    DATES = auto()
    MOMENT = auto()
    CLOCK = auto()
    CLOCK_END = auto()
    MONTH_DAY = auto()
    SETTING = auto()
    """A value of 基本设置; its key says how it is read."""


KIND_WORDS = {
    Kind.TEXT: "文字",
    Kind.NAME: "名称",
    Kind.ID: "编号",
    Kind.IDS: "编号；可列多个，用“；”分隔",
    Kind.PHONE: "电话号码",
    Kind.CHOICE: "固定选项",
    Kind.CHOICES: "固定选项；可列多个，用“；”分隔",
    Kind.YES_NO: "是或否",
    Kind.NUMBER: "整数",
    Kind.DATE: "日期",
    Kind.DATES: "日期；可列多个，用“；”分隔，连续的写 a~b",
    Kind.MOMENT: "日期和时刻",
    Kind.CLOCK: "时刻",
    Kind.CLOCK_END: "时刻（可到 24:00）",
    Kind.MONTH_DAY: "月-日",
    Kind.SETTING: "见下表各项",
}
"""What each kind expects, in the words of messages, comments and documentation."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an input sheet. `field` is the record's; `refers` the sheet whose ids the cells name.

    `low`, `high` and `units` belong to numbers; `in_period` marks dates that may stand without a year; `end` names the
    column that takes the second end when this one holds a whole range and that one is empty; `private` columns never
    leave the centre's own workbook; in `lenient` ones a cell error is a note, and read as empty.
    """

    header: str
    field: str
    kind: Kind
    help: str
    example: str
    required: bool = False
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 1_000_000
    units: tuple[str, ...] = ()
    refers: str = ""
    in_period: bool = False
    end: str = ""
    private: bool = False
    lenient: bool = False

    @property
    def expected(self) -> str:
        """What the cells hold, in words."""
        if self.choices:
            return f"{'；'.join(self.choices)} 之{'一' if self.kind is Kind.CHOICE else '中的一个或几个'}"
        if self.kind is Kind.NUMBER:
            return f"{self.low:,} 到 {self.high:,} 的整数"
        return KIND_WORDS[self.kind]


@dataclass(frozen=True)
class Sheet:
    """An input sheet: its columns in the order of the template, and the columns that together may not repeat."""

    name: str
    record: type[Record]
    help: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    required: bool = False

    @cached_property
    def by_header(self) -> dict[str, Column]:
        """Columns by header."""
        return {column.header: column for column in self.columns}

    @cached_property
    def required_headers(self) -> tuple[str, ...]:
        """The headers marked * in the contract."""
        return tuple(column.header for column in self.columns if column.required)
