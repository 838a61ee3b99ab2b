"""What was read of an input, record by record, before anything is known to fit together."""

from dataclasses import dataclass, field
from datetime import date

from zhiban.model.days import HolidayRow
from zhiban.model.problem import Previous
from zhiban.model.records import (
    Actual,
    Appointment,
    DemandRow,
    History,
    Item,
    LeaderRow,
    Leave,
    OpeningLot,
    Overtime,
    Person,
    Pin,
    Post,
    Record,
    Swap,
    Window,
    Wish,
)
from zhiban.model.segments import SegmentRow

SETTINGS_SHEET = "基本设置"


@dataclass(kw_only=True)
class Inputs:
    """Settings and rows as the workbook states them; `settings` are raw values by key, `setting_rows` their rows.

    `broken` are ids of rows that were there but could not be read, by sheet: references to them are not told again.
    `damaged` are (sheet, row) of records with unreadable cells: their fields may be missing, so that only references
    are checked. `previous_lots` and `previous_counts` come from an earlier roster and hold for people without rows in
    the sheets.
    """

    center: str = ""
    preset: str = ""
    first: date | None = None
    last: date | None = None
    settings: dict[str, object] = field(default_factory=dict[str, object])
    setting_rows: dict[str, int] = field(default_factory=dict[str, int])
    windows: list[Window] = field(default_factory=list[Window])
    people: list[Person] = field(default_factory=list[Person])
    posts: list[Post] = field(default_factory=list[Post])
    demand_rows: list[DemandRow] = field(default_factory=list[DemandRow])
    leaders: list[LeaderRow] = field(default_factory=list[LeaderRow])
    leaves: list[Leave] = field(default_factory=list[Leave])
    items: list[Item] = field(default_factory=list[Item])
    appointments: list[Appointment] = field(default_factory=list[Appointment])
    opening: list[OpeningLot] = field(default_factory=list[OpeningLot])
    history: list[History] = field(default_factory=list[History])
    wishes: list[Wish] = field(default_factory=list[Wish])
    pins: list[Pin] = field(default_factory=list[Pin])
    swaps: list[Swap] = field(default_factory=list[Swap])
    overtime: list[Overtime] = field(default_factory=list[Overtime])
    actuals: list[Actual] = field(default_factory=list[Actual])
    segments: list[SegmentRow] = field(default_factory=list[SegmentRow])
    holidays: list[HolidayRow] = field(default_factory=list[HolidayRow])
    broken: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    damaged: set[tuple[str, int]] = field(default_factory=set[tuple[str, int]])
    previous: Previous | None = None
    previous_lots: list[OpeningLot] = field(default_factory=list[OpeningLot])
    previous_counts: list[History] = field(default_factory=list[History])
    sha256: str = ""

    def table(self, name: str) -> list[Record]:
        """The records of one of `TABLES`."""
        return list(getattr(self, name))


TABLES: dict[str, str] = {
    "windows": "窗口",
    "people": "人员",
    "posts": "岗位",
    "demand_rows": "值班需求",
    "leaders": "带班领导",
    "leaves": "请假外出",
    "items": "事项",
    "appointments": "预约登记",
    "opening": "时间银行期初",
    "history": "历史累计",
    "wishes": "意愿",
    "pins": "指定与锁定",
    "swaps": "调换班",
    "overtime": "延时记录",
    "actuals": "实际到岗",
    "segments": "作息时段",
    "holidays": "放假安排",
}
"""Field of `Inputs` → its sheet."""
