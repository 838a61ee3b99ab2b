"""One cell read as its column wants it, or the reason why not (workbook.md, Reading)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches

from zhiban.io import cell_dates
from zhiban.io.cell_text import clean_id, clean_name, free_text, number_of, number_text, plain, split_list
from zhiban.io.raw_workbook import Plain, RawCell, serial_datetime
from zhiban.io.sheet_parts import Column, Kind
from zhiban.model.settings import NO, YES

LONGEST_TEXT = 2000
LONGEST_DATE_RANGE = 400
"""Dates that one a~b of a list may span."""

Value = object


class BadCellError(Exception):
    """The cell is not what its column wants: what is wrong, and what to type instead."""

    def __init__(self, text: str, advice: str) -> None:
        super().__init__(text)
        self.text = text
        self.advice = advice


@dataclass
class Context:
    """What reading a cell needs to know of its workbook and row; `notes` gathers what is worth saying (提示)."""

    epoch_1904: bool = False
    period: tuple[date, date] | None = None
    row_day: date | None = None
    """The date of the row, for clock times that stand where a moment is wanted."""
    notes: list[str] = field(default_factory=list[str])


def cell_text(cell: RawCell, epoch_1904: bool = False) -> str:
    """What a cell shows, roughly: for messages, and for columns of text that hold a number or a date."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value
    moment = serial_datetime(value, epoch_1904) if cell.dated else None
    return _moment_text(moment, value) if moment else number_text(value)


def _moment_text(moment: datetime, serial: float) -> str:
    clock = f"{moment.hour}:{moment.minute:02}" + (f":{moment.second:02}" if moment.second else "")
    if serial < 1:
        return clock
    day = moment.date().isoformat()
    return day if serial == int(serial) else f"{day} {clock}"


def read_cell(cell: RawCell, column: Column, context: Context) -> Value:
    """The cell's value as the column's kind; None where it is empty after cleaning. Raises `BadCellError`."""
    text = cell_text(cell, context.epoch_1904)
    if len(text) > LONGEST_TEXT:
        most = f"{LONGEST_TEXT:,} 个字"
        raise BadCellError(f"{column.header}的文字超过 {most}", f"请改为不超过 {most}")
    if not plain(text):
        return None
    return _READERS[column.kind](cell, text, column, context)


def _wrong(text: str, column: Column, why: str = "") -> BadCellError:
    shown = plain(text)
    shown = shown if len(shown) <= 40 else f"{shown[:40]}…"
    return BadCellError(
        f"{column.header}“{shown}”{why or '看不懂'}，应为{column.expected}",
        f"请改为{column.expected}，如 {column.example}",
    )


# ---- text and ids -----------------------------------------------------------------------------------------------


def _free(cell: RawCell, text: str, column: Column, context: Context) -> Value:
    return free_text(text) or None


def _name(cell: RawCell, text: str, column: Column, context: Context) -> Value:
    return clean_name(text) or None


def _id(cell: RawCell, text: str, column: Column, context: Context) -> Value:
    found = clean_id(text)
    pieces = split_list(found)
    if len(pieces) > 1:
        raise BadCellError(
            f"{column.header}“{found}”列了 {len(pieces)} 个，这里只能填一个", f"请改为一个，如 {pieces[0]}"
        )
    return found or None


def _ids(cell: RawCell, text: str, column: Column, context: Context) -> Value:
    return tuple(dict.fromkeys(clean_id(piece) for piece in split_list(text)))


def _choice(cell: RawCell, text: str, column: Column, context: Context) -> Value:
    word = "".join(plain(text).split())
    if word in column.choices:
        return word
    raise _unknown_choice(word, column)


def _choices(cell: RawCell, text: str, column: Column, context: Context) -> Value:
    words = [clean_name(piece) for piece in split_list(text)]
    for word in words:
        if word not in column.choices:
            raise _unknown_choice(word, column)
    return tuple(dict.fromkeys(words))


def _unknown_choice(word: str, column: Column) -> BadCellError:
    near = get_close_matches(word, column.choices, n=1, cutoff=0.5)
    shown = word if len(word) <= 40 else f"{word[:40]}…"
    guess = f"是否为 {near[0]}？" if near else ""
    listed = "、".join(column.choices)
    return BadCellError(
        f"{column.header}“{shown}”不在可选的值之中" + (f"，{guess}" if guess else ""),
        f"请改为 {near[0]}（可选：{listed}）" if near else f"请改为以下之一：{listed}",
    )


def _yes_no(cell: RawCell, text: str, column: Column, context: Context) -> Value:
    if isinstance(cell.value, bool):
        return cell.value
    word = clean_id(text).upper()
    if word in YES:
        return True
    if word in NO:
        return False
    raise BadCellError(f"{column.header}“{plain(text)[:40]}”看不懂，应为是或否", "请改为是或否")


# ---- numbers ----------------------------------------------------------------------------------------------------


def _number(cell: RawCell, text: str, column: Column, context: Context) -> Value:
    if isinstance(cell.value, bool):
        raise _wrong(text, column, "不是数")
    shown = number_text(cell.value) if isinstance(cell.value, float) else text
    number = number_of(shown, column.units)
    if number is None:
        raise _wrong(text, column, "不是数")
    if number.denominator != 1:
        raise _wrong(shown, column, "不是整数")
    if not column.low <= number <= column.high:
        raise _wrong(shown, column, "超出范围")
    return int(number)


# ---- dates and times --------------------------------------------------------------------------------------------


def _date(cell: RawCell, text: str, column: Column, context: Context) -> Value:
    if isinstance(cell.value, bool):
        raise _wrong(text, column)
    if isinstance(cell.value, float) and not _compact(cell.value):
        moment = serial_datetime(cell.value, context.epoch_1904)
        found = (moment.date(), not cell.value.is_integer()) if moment else None
    else:
        found = _text_date(cell, text, column, context)
    if found is None:
        raise _wrong(text, column)
    day, cut = found
    if not cell_dates.known(day):
        raise _wrong(day.isoformat(), column, "不在 2004 年到 2100 年之间")
    if cut:
        context.notes.append(f"{column.header}“{plain(text)}”带有时刻，只取日期 {day.isoformat()}")
    return day


def _compact(value: float) -> bool:
    """Whether a number is a date written as one, 20260214; as a serial it would lie far beyond 9999."""
    return value == int(value) and 19_000_000 <= value <= 22_000_000


def _text_date(cell: RawCell, text: str, column: Column, context: Context) -> tuple[date, bool] | None:
    if isinstance(cell.value, float):
        text = number_text(cell.value)
    return cell_dates.read_date(text, context.period if column.in_period else None)


def _dates(cell: RawCell, text: str, column: Column, context: Context) -> Value:
    if isinstance(cell.value, float):
        return (_date(cell, text, column, context),)
    days: list[date] = []
    for piece in split_list(text):
        days.extend(_piece_dates(piece, column, context))
    return tuple(dict.fromkeys(days))


def _piece_dates(piece: str, column: Column, context: Context) -> list[date]:
    """One date of a list, or all dates of a~b."""
    period = context.period if column.in_period else None
    one = cell_dates.read_date(piece, period)
    if one is not None:
        first = last = one[0]
    else:
        ends = cell_dates.split_range(piece, lambda part: cell_dates.read_date(part, period))
        if ends is None:
            raise _wrong(piece, column)
        first, last = ends[0][0], ends[1][0]
    if not cell_dates.known(first) or not cell_dates.known(last):
        raise _wrong(piece, column, "不在 2004 年到 2100 年之间")
    if last < first:
        raise _wrong(piece, column, "止早于起")
    if (last - first).days > LONGEST_DATE_RANGE:
        raise _wrong(piece, column, f"超过 {LONGEST_DATE_RANGE} 天")
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def _moment(cell: RawCell, text: str, column: Column, context: Context) -> Value:
    found: datetime | None = None
    if isinstance(cell.value, float) and not _compact(cell.value):
        if cell.value < 1:
            found = _on_row_day(cell_dates.fraction_clock(cell.value), context)
        else:
            moment = serial_datetime(cell.value, context.epoch_1904)
            found = moment.replace(second=0) if moment else None
    elif not isinstance(cell.value, bool):
        text = number_text(cell.value) if isinstance(cell.value, float) else text
        found = cell_dates.read_moment(text, context.period if column.in_period else None) or _on_row_day(
            cell_dates.read_clock(text), context
        )
    if found is None:
        raise _wrong(text, column)
    if not cell_dates.known(found.date()):
        raise _wrong(found.date().isoformat(), column, "不在 2004 年到 2100 年之间")
    return found


def _on_row_day(minutes: int | None, context: Context) -> datetime | None:
    if minutes is None or context.row_day is None:
        return None
    return datetime.combine(context.row_day, time()) + timedelta(minutes=minutes)


def _clock(cell: RawCell, text: str, column: Column, context: Context) -> Value:
    if isinstance(cell.value, bool):
        raise _wrong(text, column)
    found = cell_dates.fraction_clock(cell.value) if isinstance(cell.value, float) else cell_dates.read_clock(text)
    if found is None:
        raise _wrong(text, column)
    if found == cell_dates.MINUTES_A_DAY and column.kind is not Kind.CLOCK_END:
        raise _wrong(text, column, "只能用作结束时刻")
    return found


def _month_day(cell: RawCell, text: str, column: Column, context: Context) -> Value:
    if isinstance(cell.value, float):
        moment = serial_datetime(cell.value, context.epoch_1904) if cell.value >= 1 else None
        found = (moment.month, moment.day) if moment else None
    else:
        found = cell_dates.read_month_day(text)
    if found is None:
        raise _wrong(text, column)
    return found


def _setting(cell: RawCell, text: str, column: Column, context: Context) -> Value:
    """The cell itself: only its key tells how to read it."""
    return cell


def setting_value(cell: RawCell) -> str | int | float | bool | time:
    """A setting's raw value, for the policy to type: Excel's time for 1:1 as a time, else a number or clean text."""
    value = cell.value
    if isinstance(value, float):
        if cell.dated and value < 1:
            minutes = cell_dates.fraction_clock(value) or 0
            return time(minutes // 60 % 24, minutes % 60)
        return int(value) if value.is_integer() else value
    return value if isinstance(value, bool) else plain(str(value or ""))


_Reader = Callable[[RawCell, str, Column, Context], Value]

_READERS: dict[Kind, _Reader] = {
    Kind.TEXT: _free,
    Kind.NAME: _name,
    Kind.ID: _id,
    Kind.IDS: _ids,
    Kind.PHONE: _name,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.YES_NO: _yes_no,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.DATES: _dates,
    Kind.MOMENT: _moment,
    Kind.CLOCK: _clock,
    Kind.CLOCK_END: _clock,
    Kind.MONTH_DAY: _month_day,
    Kind.SETTING: _setting,
}


def read_range(cell: RawCell, column: Column, end: Column, context: Context) -> tuple[Value, Value] | None:
    """Both ends of a range written in one cell, as the two columns want them; None where the cell holds none."""
    if not isinstance(cell.value, str):
        return None

    for first, last in cell_dates.range_parts(cell.value):
        try:
            return (
                read_cell(_with_text(cell, first), column, context),
                read_cell(_with_text(cell, last), end, context),
            )
        except BadCellError:
            continue
    return None


def _with_text(cell: RawCell, text: str) -> RawCell:
    value: Plain = text
    return RawCell(cell.row, cell.column, value)
