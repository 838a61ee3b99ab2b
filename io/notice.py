"""The State Council's holiday notice, pasted as text, turned into rows of 放假安排.

Dates are taken with the verb that follows them (放假, 补休, 上班). Weekdays and lengths that the text states are
checked, so that a wrong year or a slip of the pen is told and not passed on.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from zhiban.model.days import SATURDAY, DaySource, HolidayKind, HolidayRow
from zhiban.model.errors import ZhibanError
from zhiban.model.statutory import statutory_days

LONGEST_SPAN = 30
"""Days off in a row beyond which a range must be a misreading."""

LARGEST_FILE = 1_000_000
"""Bytes; a notice has some two thousand."""

NUMERAL = "[一二三四五六七八九十]+"
FESTIVAL_HEAD = rf"{NUMERAL}、\s*(?P<name>[^,。:;()\d]{{1,20}}):"
# Only at line starts: 农历腊月二十八、周日 looks like a clause number too.
CLAUSE_AT_LINE = re.compile(rf"^\s*{FESTIVAL_HEAD}", re.MULTILINE)
CLAUSE_ANYWHERE = re.compile(FESTIVAL_HEAD)
"""For a text pasted without line breaks; the name and colon behind the number tell a clause from a lunar date."""

YEAR_IN_TITLE = re.compile(r"关于(?:调整|延长)?\s*(\d{4})年")
ANY_YEAR = re.compile(r"(\d{4})年")
DATE = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^()]*)\))?"
TOKEN = re.compile(
    rf"(?P<dates>{DATE}(?:(?:至|到|-|~|—|–)+{DATE})?)(?P<since>起)?"
    r"|(?P<work>上班)|(?P<off>放假|补休|调休|公休)|共(?P<length>\d+)天|(?P<comma>,)"
)
SHORT_RANGE = re.compile(r"(?<=[月\d])(\d)(?=(?:至|到|-|~|—|–)+(?:\d{1,2}月)?\d{1,2}日)")
"""The first end of 10月1至7日, which lacks its 日."""

WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
EXTENDED = re.compile(rf"延长.{{0,12}}?假期至({DATE})")


class NoticeError(ZhibanError):
    """The text is no holiday notice, or contradicts itself."""

    exit_code = 1


@dataclass
class _Clause:
    """A clause being read: its festival, the notice's year, the year of dates without one, and the month last named."""

    name: str
    stated: int
    year: int
    month: int | None = None
    off: set[dt.date] = field(default_factory=set[dt.date])
    work: set[dt.date] = field(default_factory=set[dt.date])


def read_notice(path: Path) -> str:
    """The text of a notice file, UTF-8 or GB18030; raises NoticeError when it is no text or too long."""
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST_FILE else None
    except OSError as error:
        raise NoticeError(f"读不了通知文件 {path}：{error.strerror or error}") from None
    if data is None:
        raise NoticeError(f"通知文件 {path} 超过 1 MB，请只粘贴通知正文到文本文件")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NoticeError(f"通知文件 {path} 不是文本，请把通知正文粘贴到 .txt 文件（UTF-8 编码）")


def parse_notice(text: str, year: int | None = None) -> list[HolidayRow]:
    """The rows of 放假安排 a notice states, by date; `year` stands where the text names none.

    Days off on workdays and 补休 are 放假调休, weekend days of a span 休息日放假, the days of the law 法定节假日.
    Raises NoticeError when nothing is found or when dates, weekdays and lengths contradict each other.
    """
    text = re.sub(r"[ \t\u3000]+", "", unicodedata.normalize("NFKC", text).replace("\r", ""))
    text = SHORT_RANGE.sub(r"\1日", text)
    stated = _year_of(text, year)
    off: dict[dt.date, str] = {}
    work: dict[dt.date, str] = {}
    for name, body in _clauses(text):
        clause = _Clause(name, stated, stated)
        _read_clause(clause, body)
        off |= dict.fromkeys(clause.off, name)
        work |= dict.fromkeys(clause.work, name)
    both = sorted(off.keys() & work.keys())
    if both:
        raise NoticeError(f"通知中 {both[0]} 既放假又上班，请核对文字")
    if not off:
        raise NoticeError("没有读到放假日期；请粘贴国务院办公厅节假日安排通知的正文")
    rows = [_off_row(date, name) for date, name in off.items()]
    rows += [_row(date, HolidayKind.MAKE_UP, name) for date, name in work.items()]
    return sorted(rows, key=lambda row: row.date)


def _year_of(text: str, year: int | None) -> int:
    """The year the notice is about: its title's, else the one given, else the first one named."""
    found = YEAR_IN_TITLE.search(text)
    first = ANY_YEAR.search(text)
    if found:
        return int(found[1])
    if year is not None:
        return year
    if first:
        return int(first[1])
    raise NoticeError("通知文字中没有年份；请连同标题一起粘贴，或写明年份，如 zhiban calendar 2027 --notice 文件")


def _clauses(text: str) -> Iterator[tuple[str, str]]:
    """Festival and body of each numbered clause; a text without numbers is one clause."""
    heads = list(CLAUSE_AT_LINE.finditer(text)) or list(CLAUSE_ANYWHERE.finditer(text))
    if not heads:
        yield "", _joined(text)
        return
    ends = [head.start() for head in heads[1:]] + [len(text)]
    for head, end in zip(heads, ends, strict=True):
        yield head["name"].strip("“”\"' \n"), _joined(text[head.end() : end])


def _joined(body: str) -> str:
    """A clause without its line breaks; a break behind a finished phrase counts as a comma."""
    return re.sub(r"\n+", "", re.sub(r"(?<=[天班休假])\n+", ",", body))


def _read_clause(clause: _Clause, body: str) -> None:
    """Gather the days off and the make-up days of a clause."""
    extended = EXTENDED.search(body)
    if extended:
        _extend(clause, extended)
    for sentence in re.split(r"[。;]", body):
        # 鼓励…安排职工在除夕休息 is advice, no day off; what follows 其中 explains a span already stated.
        if "鼓励" not in sentence:
            _read_sentence(clause, sentence, explains=sentence.startswith("其中"))
    _fill_weekends(clause.off, clause.work)


def _read_sentence(clause: _Clause, sentence: str, *, explains: bool) -> None:
    """Give each date the verb that follows it."""
    waiting: list[dt.date] = []
    span = 0
    for token in TOKEN.finditer(sentence):
        if token["dates"]:
            dates = _dates_of(clause, token)
            # 2月3日起正常上班 tells when life goes on, it names no make-up day.
            waiting = [] if token["since"] else waiting + dates
        elif token["work"]:
            clause.work.update(waiting)
            waiting, span = [], 0
        elif token["off"]:
            if waiting and not explains:
                clause.off.update(waiting)
                span = len(waiting)
            waiting = []
        elif token["length"]:
            if span and span != int(token["length"]):
                raise NoticeError(
                    f"{clause.name or '通知'}写明共 {token['length']} 天，按日期却是 {span} 天，请核对文字和年份"
                )
        elif explains:
            waiting = []


def _dates_of(clause: _Clause, token: re.Match[str]) -> list[dt.date]:
    """The date or the range of dates of a token; none where no month has been named yet."""
    first = _date(clause, token.group(2, 3, 4, 5))
    if first is None:
        return []
    if token[8] is None:
        return [first]
    last = _date(clause, token.group(6, 7, 8, 9), after=first)
    if last is None or not 0 <= (last - first).days < LONGEST_SPAN:
        raise NoticeError(f"看不懂日期范围“{token['dates']}”")
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]


def _date(clause: _Clause, parts: Sequence[str | None], after: dt.date | None = None) -> dt.date | None:
    """A date with the year and month it leaves out; its weekday, where stated, must be right."""
    year, month, day, note = parts
    if year is not None:
        clause.year = int(year)
    if month is not None:
        clause.month = int(month)
    if clause.month is None or day is None:
        return None
    # 元旦 reaches into the December before, where the text need not say so.
    unsaid = year is None and after is None and clause.year == clause.stated
    before = unsaid and clause.month == 12 and "元旦" in clause.name
    try:
        date = dt.date(clause.year - before, clause.month, int(day))
        if after is not None and date < after and year is None:
            clause.year = after.year + 1
            date = date.replace(year=clause.year)
    except ValueError:
        raise NoticeError(f"没有 {clause.year}年{clause.month}月{day}日 这一天") from None
    stated = WEEKDAY.search(note or "")
    if stated and "一二三四五六日"[date.weekday()] != stated[1].replace("天", "日"):
        raise NoticeError(f"{date} 不是星期{stated[1]}，请核对通知的年份和日期")
    return date


def _extend(clause: _Clause, found: re.Match[str]) -> None:
    """延长春节假期至2月2日: from the festival's first day of the law to the date."""
    last = _date(clause, found.group(2, 3, 4, 5))
    if last is None:
        return
    first = next((day for day, name in statutory_days(last.year).items() if name in found[0]), None)
    if first is None or not 0 <= (last - first).days < LONGEST_SPAN:
        raise NoticeError(f"看不懂“{found[0]}”")
    clause.off.update(first + dt.timedelta(days=n) for n in range((last - first).days + 1))


def _fill_weekends(off: set[dt.date], work: set[dt.date]) -> None:
    """Add the weekend days between two days off: 6月20日放假，6月22日（星期一）补休 has the Sunday inside its span."""
    for date in sorted(off):
        between: list[dt.date] = []
        following = date + dt.timedelta(days=1)
        while following not in off | work and following.weekday() >= SATURDAY:
            between.append(following)
            following += dt.timedelta(days=1)
        if following in off:
            off.update(between)


def _off_row(date: dt.date, name: str) -> HolidayRow:
    festival = statutory_days(date.year).get(date)
    if festival is not None:
        return _row(date, HolidayKind.STATUTORY, festival)
    return _row(date, HolidayKind.REST_DAY if date.weekday() >= SATURDAY else HolidayKind.SHIFTED, name)


def _row(date: dt.date, kind: HolidayKind, name: str) -> HolidayRow:
    return HolidayRow(date=date, kind=kind, name=name, source=DaySource.NOTICE)
