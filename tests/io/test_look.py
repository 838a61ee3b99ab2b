"""Widths, lines and names of printed cells."""

from datetime import date, datetime

import pytest

from zhiban.io.look import lines_of, packed_names, serial, units_of


def test_a_chinese_character_is_two_units_wide() -> None:
    assert (units_of("值班A1"), units_of("，"), units_of("")) == (6, 2, 0)


def test_texts_wrap_at_the_width_of_their_column() -> None:
    # At 12 points a Chinese character is 16 pixels, two of Excel's units of 8 pixels: four fit a column of 8.3.
    assert [lines_of("值" * n, 8.3, 12) for n in (1, 4, 5, 8, 9)] == [1, 1, 2, 2, 3]
    assert lines_of("一\n二\n\n四", 8.3, 12) == 4


def test_names_are_never_torn() -> None:
    assert packed_names(["张三", "李四"], 20) == "张三、李四"
    assert packed_names(["欧阳晓明", "司马文静"], 9) == "欧阳晓明、\n司马文静"
    assert packed_names([], 9) == ""


@pytest.mark.parametrize(
    ("value", "number"),
    [(date(2026, 11, 21), 46347), (datetime(2026, 11, 21, 18, 0), 46347.75), (3, 3), (date(1900, 3, 1), 61)],
)
def test_serials_are_those_of_spreadsheets(value: date | int, number: float) -> None:
    assert serial(value) == number
