"""Holiday notices of 2010-2026 in their wording, against the published days; and the traps of the wording."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import chinese_calendar
import pytest

from zhiban.io.notice import NoticeError, parse_notice, read_notice
from zhiban.model.days import Calendar, HolidayKind, HolidayRow
from zhiban.model.kinds import DayClass

NOTICES = Path(__file__).parent / "notices"

AMENDED = {2015: "2015-09", 2019: "2019-05", 2020: "2020-02"}
"""Years with a supplementary notice."""

JOINED_WEEKENDS = {"2019-04-06", "2019-04-07", "2019-06-08", "2019-06-09", "2019-09-14", "2019-09-15"} | {
    "2023-12-30",
    "2023-12-31",
}
"""Weekends of 与周末连休 that the package counts into the span, though the notices do not."""


def rows_of(*names: str) -> dict[dt.date, HolidayRow]:
    """The rows of notices by date; a later notice replaces an earlier one's."""
    return {row.date: row for name in names for row in parse_notice(read_notice(NOTICES / f"{name}.txt"))}


def short(rows: list[HolidayRow]) -> list[str]:
    return [f"{row.date:%Y-%m-%d} {row.kind}" for row in rows]


@pytest.fixture(scope="module")
def every_row() -> dict[dt.date, HolidayRow]:
    years = [name for year in range(2010, 2027) for name in (str(year), AMENDED.get(year)) if name]
    return rows_of(*years)


@pytest.mark.parametrize("year", range(2010, 2027))
def test_every_day_of_the_year_is_off_or_worked_as_published(year: int, every_row: dict[dt.date, HolidayRow]) -> None:
    bundled, by_notice = Calendar(), Calendar(every_row.values())
    for day in bundled.period(dt.date(year, 1, 1), dt.date(year, 12, 31)):
        row = every_row.get(day.date)
        off = row.kind is not HolidayKind.MAKE_UP if row else day.date.weekday() >= 5
        assert off == chinese_calendar.is_holiday(day.date), day
        if day.date.isoformat() not in JOINED_WEEKENDS:
            told = by_notice.day(day.date)
            assert row is not None or day.day_class in (DayClass.WORKDAY, DayClass.WEEKEND), day
            assert (told.day_class, told.statutory) == (day.day_class, day.statutory)


def test_2026_row_by_row() -> None:
    rows = list(rows_of("2026").values())
    assert short(rows)[:16] == [
        "2026-01-01 法定节假日",
        "2026-01-02 放假调休",
        "2026-01-03 休息日放假",
        "2026-01-04 调休上班",
        "2026-02-14 调休上班",
        "2026-02-15 休息日放假",
        "2026-02-16 法定节假日",
        "2026-02-17 法定节假日",
        "2026-02-18 法定节假日",
        "2026-02-19 法定节假日",
        "2026-02-20 放假调休",
        "2026-02-21 休息日放假",
        "2026-02-22 休息日放假",
        "2026-02-23 放假调休",
        "2026-02-28 调休上班",
        "2026-04-04 休息日放假",
    ]
    assert len(rows) == 39  # 33 off, 6 worked
    assert {row.source for row in rows} == {"通知"}
    assert {row.name for row in rows if row.date.month == 2} == {"春节"}


def test_a_span_that_begins_in_the_december_before() -> None:
    assert short(parse_notice(read_notice(NOTICES / "2019.txt")))[:4] == [
        "2018-12-29 调休上班",
        "2018-12-30 休息日放假",
        "2018-12-31 放假调休",
        "2019-01-01 法定节假日",
    ]
    text = "关于2034年节假日安排的通知\n一、元旦：12月30日至1月1日放假，共3天。12月29日（周四）上班。1月2日放假。"
    assert [row.date.isoformat() for row in parse_notice(text)] == [
        "2033-12-29",
        "2033-12-30",
        "2033-12-31",
        "2034-01-01",
        "2034-01-02",
    ]


def test_a_december_whose_year_is_written_out_is_taken_at_its_word() -> None:
    text = "2034年\n一、元旦：2033年12月30日、31日放假，2034年1月1日放假。"
    assert [row.date.isoformat() for row in parse_notice(text)] == ["2033-12-30", "2033-12-31", "2034-01-01"]


def test_joined_weekends_and_days_not_swapped_stay_single() -> None:
    assert short(parse_notice("2026年\n一、端午节：6月19日放假，与周末连休。")) == ["2026-06-19 法定节假日"]
    assert short(parse_notice("2025年\n一、元旦：1月1日（周三）放假1天，不调休。")) == ["2025-01-01 法定节假日"]


def test_advice_to_rest_on_new_years_eve_is_no_day_off() -> None:
    assert dt.date(2024, 2, 9) not in rows_of("2024")
    text = "2024年\n一、春节：2月10日至17日放假调休，共8天。鼓励各单位安排职工在2月9日放假休息。"
    assert dt.date(2024, 2, 9) not in {row.date for row in parse_notice(text)}


def test_a_day_made_up_for_takes_the_sunday_between_into_the_span() -> None:
    rows = rows_of("2015")
    assert [rows[dt.date(2015, 6, n)].kind for n in (20, 21, 22)] == ["法定节假日", "休息日放假", "放假调休"]


def test_an_extended_holiday_reaches_back_to_its_first_day() -> None:
    rows = parse_notice(read_notice(NOTICES / "2020-02.txt"))
    assert (rows[0].date, rows[-1].date, len(rows)) == (dt.date(2020, 1, 25), dt.date(2020, 2, 2), 9)


FULL_WIDTH = str.maketrans("0123456789()~", "０１２３４５６７８９（）～")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.translate(FULL_WIDTH),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("日", " 日 "),
        lambda text: text.replace("至", "—"),
        lambda text: text.replace("至", "～"),
        lambda text: text.replace("：", ":").replace("，", ","),
        lambda text: text.replace("\n", ""),
        # A line broken just before what looks like a clause number.
        lambda text: text.replace("农历腊月二十八、", "农历腊月\n二十八、").replace("2月14", "2月1\n4"),
        lambda text: text.replace("周", "星期"),
        lambda text: text.replace("上班。", "上班\n").replace("共3天。", "共3天\n"),
    ],
)
def test_the_same_rows_however_the_text_was_pasted(change: Callable[[str], str]) -> None:
    text = (NOTICES / "2026.txt").read_text(encoding="utf-8")
    assert change(text) != text
    assert parse_notice(change(text)) == parse_notice(text)


def test_the_first_end_of_a_range_may_lack_its_day() -> None:
    text = "2027年\n一、国庆节：10月1至7日放假调休，共7天。\n二、元旦：1月1-3日放假，共3天。"
    assert len(parse_notice(text)) == 10


def test_the_year_comes_from_the_title_else_from_the_caller() -> None:
    body = "一、国庆节：10月1日至7日放假调休，共7天。\n国务院办公厅\n2026年11月3日"
    assert {row.date.year for row in parse_notice(body, 2027)} == {2027}
    assert {row.date.year for row in parse_notice(f"关于2028年节假日安排的通知\n{body}", 2027)} == {2028}
    with pytest.raises(NoticeError, match="没有年份"):
        parse_notice("一、国庆节：10月1日至7日放假调休，共7天。")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026年，明天天气晴", "没有读到放假日期"),
        ("2026年\n一、国庆节：10月1日（周五）至7日（周三）放假。", "不是星期五"),
        ("2026年\n一、国庆节：10月1日至7日放假调休，共8天。", "共 8 天，按日期却是 7 天"),
        ("2026年\n一、春节：2月15日至2月30日放假。", "没有 2026年2月30日"),
        ("2026年\n一、春节：2月15日至13月2日放假。", "没有 2026年13月2日"),
        ("2026年\n一、国庆节：10月7日至1日放假。", "看不懂日期范围"),
        ("2026年\n一、国庆节：10月1日至7日放假。10月3日上班。", "既放假又上班"),
    ],
)
def test_what_contradicts_itself_is_told(text: str, told: str) -> None:
    with pytest.raises(NoticeError, match=told):
        parse_notice(text)


def test_files_in_either_encoding_are_read(tmp_path: Path) -> None:
    text = (NOTICES / "2026.txt").read_text(encoding="utf-8")
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes(text.encode(encoding))
        assert parse_notice(read_notice(path)) == parse_notice(text)


@pytest.mark.parametrize(("data", "told"), [(b"PK\x03\x04\0\0\xff\xff", "不是文本"), (b" " * 1_000_001, "1 MB")])
def test_files_that_are_no_text_are_refused(data: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "notice.docx"
    path.write_bytes(data)
    with pytest.raises(NoticeError, match=told):
        read_notice(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoticeError, match="读不了"):
        read_notice(tmp_path / "none.txt")
