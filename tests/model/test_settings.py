"""The values of 基本设置 as people write them."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from zhiban.model.settings import decimal, exact, whole, yes_or_no


@pytest.mark.parametrize("value", ["是", "√", "✓", "1", 1, "Y", "y", "TRUE", "true", True, "有", " 是 ", "Ｙ"])
def test_yes(value: object) -> None:
    assert yes_or_no(value) is True


@pytest.mark.parametrize("value", ["否", "×", "✗", "0", 0, "N", "n", "FALSE", False, "无", "　否"])
def test_no(value: object) -> None:
    assert yes_or_no(value) is False


@pytest.mark.parametrize("value", ["也许", 2, 0.5, "", None, dt.time(1)])
def test_neither_yes_nor_no(value: object) -> None:
    assert yes_or_no(value) is None


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (0.1, Fraction(1, 10)),
        ("0.25", Fraction(1, 4)),
        ("25%", Fraction(1, 4)),
        ("２５％", Fraction(1, 4)),
        ("12.5 %", Fraction(1, 8)),
        ("1:1", Fraction(1)),
        ("1：2", Fraction(1, 2)),
        ("1/3", Fraction(1, 3)),
        (dt.time(1, 1), Fraction(1)),
        (Decimal("1.5"), Fraction(3, 2)),
        (2, Fraction(2)),
        ("24小时", Fraction(24)),
        ("30 分钟", Fraction(30)),
        ("2人", Fraction(2)),
        ("1,000", Fraction(1000)),
        ("-3", Fraction(-3)),
    ],
)
def test_numbers_are_read_to_the_digit(value: object, number: Fraction) -> None:
    assert exact(value) == number


@pytest.mark.parametrize(
    "value", ["", "若干", "nan", float("nan"), float("inf"), "1:0", "1:2:3", True, None, "1e400", "%", dt.time(8, 0)]
)
def test_no_numbers(value: object) -> None:
    assert exact(value) is None


def test_whole_numbers_and_hours() -> None:
    assert (whole("2人"), whole(2.0), whole(2.5), whole("两")) == (2, 2, None, None)
    assert (decimal("7.5小时"), decimal(24), decimal("一天"), decimal("1e20")) == (7.5, 24.0, None, None)
