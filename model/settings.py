"""The typed values of 基本设置: what each kind accepts, and how people are told what is expected.

Each kind is an annotated type whose description is the sentence shown to people; values may come from a workbook cell,
a TOML file or a command line, hence the tolerant readers (full-width digits, units, percentages).
"""

import datetime as dt
import unicodedata
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, Field

YES = frozenset({"是", "√", "✓", "✔", "1", "Y", "YES", "TRUE", "有"})
NO = frozenset({"否", "×", "✗", "✘", "X", "0", "N", "NO", "FALSE", "无"})
UNITS = ("分钟", "小时", "个月", "人", "分", "时", "天", "月", "个")

MOST_HOURS = 100_000
"""Far beyond any use, and small enough that no sum overflows."""


class WeekendService(StrEnum):
    """周末服务: the weekend days on which the centre serves at all."""

    BOTH = "周六日"
    SATURDAY = "仅周六"
    SUNDAY = "仅周日"
    NONE = "不开"


class WeekendMode(StrEnum):
    """周末方式."""

    STANDING = "值班"
    BOOKED = "预约"


class HolidayMode(StrEnum):
    """节假日方式."""

    STANDING = "值班"
    BOOKED = "预约"
    CLOSED = "不开"


class LunchService(StrEnum):
    """午间方式."""

    STANDING = "值班"
    CLOSED = "不开"


class SpringBooking(StrEnum):
    """春节预约日: the days of 春节 on which the centre serves by booking only."""

    NONE = "无"
    EVE_TO_SECOND = "除夕至初二"


class Granularity(StrEnum):
    """值班粒度: whether the same people serve all segments of a day."""

    DAY = "全天"
    HALF = "半天"


class LunchMode(StrEnum):
    """午间模式: whom the lunch minimum is for."""

    EACH_WINDOW = "每窗口"
    RATIO = "比例"
    MUTUAL_GROUP = "互助组"
    HALL = "总值班岗"


class LeaderScope(StrEnum):
    """带班范围."""

    CENTER = "全中心"
    GROUP = "带班组"
    WINDOW = "窗口"
    NONE = "无"


class LeaderMode(StrEnum):
    """带班方式."""

    PRESENT = "在岗"
    ON_CALL = "听班"


class LeadRule(StrEnum):
    """提前方式: what becomes of an appointment registered too late."""

    MUST = "必须"
    HINT = "提示"
    NONE = "无"


class LeaveUnit(StrEnum):
    """调休最小单位."""

    HALF = "半天"
    DAY = "全天"
    HOUR = "1小时"


class WeekendPair(StrEnum):
    """同人周六日: whether one person may, must or must not serve both days of a weekend."""

    ALLOWED = "允许"
    FORBIDDEN = "禁止"
    REQUIRED = "要求"


class Fonts(StrEnum):
    """字体方案 of the printed sheets."""

    FOUNDER = "方正"
    SYSTEM = "系统"


def cleaned(value: object) -> object:
    """Text in NFKC without surrounding blanks; anything else as it is."""
    return unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else value


def yes_or_no(value: object) -> object:
    """True or False for the ways people write 是 and 否; anything else is left for the type to refuse."""
    if isinstance(value, bool):
        return value
    text = str(value).strip().upper() if isinstance(value, int) else cleaned(value)
    if isinstance(text, str):
        word = text.upper()
        return True if word in YES else False if word in NO else None
    return None


def exact(value: object) -> object:
    """A number as an exact fraction, from 0.25, "25%", "1:1", "30分钟" or Excel's time for 1:1; else None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, dt.time):
        # Excel turns a typed 1:1 into the time 01:01.
        return Fraction(value.hour, value.minute) if value.minute else None
    if isinstance(value, Fraction):
        return value
    if isinstance(value, (int, float, Decimal)):
        return _fraction(str(value))
    text = cleaned(value)
    return _fraction(_bare(text)) if isinstance(text, str) else None


def whole(value: object) -> object:
    """A whole number, also from 2.0 or "2人"; None for a fraction or no number."""
    number = exact(value)
    return int(number) if isinstance(number, Fraction) and number.denominator == 1 else None


def decimal(value: object) -> object:
    """A number of hours as a float; None for no number."""
    number = exact(value)
    return float(number) if isinstance(number, Fraction) and abs(number) < 10**9 else None


def _bare(text: str) -> str:
    """A number's text without its unit and thousands separators."""
    for unit in UNITS:
        text = text.removesuffix(unit)
    return text.replace(",", "").strip()


def _fraction(text: str) -> Fraction | None:
    """Exactly what the digits say; None for no number, NaN and infinities."""
    if ":" in text or "/" in text:
        parts = text.replace(":", "/").split("/")
        ends = [_fraction(part.strip()) for part in parts]
        above, below = ends if len(ends) == 2 else (None, None)
        return above / below if above is not None and below else None
    share = text.endswith("%")
    try:
        number = Decimal(text.rstrip("%").strip())
    except InvalidOperation:
        return None
    # Beyond that no setting makes sense, and 1e999999 would take for ever to write out.
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return Fraction(0) if number.is_zero() else None
    return Fraction(number) / (100 if share else 1)


YesNo = Annotated[bool, BeforeValidator(yes_or_no), Field(description="是或否")]
Minimum = Annotated[int, BeforeValidator(whole), Field(ge=0, le=1000, description="0 到 1000 的整数")]
Servers = Annotated[int, BeforeValidator(whole), Field(ge=1, le=5, description="1 到 5 的整数")]
Count = Annotated[int, BeforeValidator(whole), Field(ge=1, le=10_000, description="不小于 1 的整数（至多 10000）")]
Minutes = Annotated[int, BeforeValidator(whole), Field(ge=0, le=100_000, description="不小于 0 的整数（分钟）")]
StartStep = Annotated[int, BeforeValidator(whole), Field(ge=1, le=1440, description="1 到 1440 的整数（分钟）")]
Months = Annotated[int, BeforeValidator(whole), Field(ge=0, le=1200, description="0 到 1200 的整数（月）")]
Hours = Annotated[float, BeforeValidator(decimal), Field(ge=0, le=MOST_HOURS, description="不小于 0 的数（小时）")]
DayHours = Annotated[float, BeforeValidator(decimal), Field(ge=1, le=24, description="1 到 24 的数（小时）")]
LunchRatio = Annotated[Fraction, BeforeValidator(exact), Field(gt=0, le=1, description="大于 0、不大于 1 的数")]
CreditRatio = Annotated[Fraction, BeforeValidator(exact), Field(gt=0, le=10, description="大于 0、不大于 10 的数")]
