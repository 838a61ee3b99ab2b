"""What is struck from texts before they leave the centre, and what stays."""

import pytest

from zhiban.io.public_text import public_reason, public_text
from zhiban.model.kinds import AbsenceReason, LeaveKind


@pytest.mark.parametrize("kind", [kind for kind in LeaveKind if kind != LeaveKind.COMPENSATORY])
def test_no_kind_of_leave_is_told(kind: LeaveKind) -> None:
    business = kind in (LeaveKind.BUSINESS, LeaveKind.TRAINING, LeaveKind.MEETING)
    word = "公务外出" if business else "请假"
    assert public_reason(kind.value) == word
    assert public_text(f"12月5日周末 王芳(0101) 已批{kind.value}") == f"12月5日周末 王芳(0101) 已批{word}"


@pytest.mark.parametrize("reason", ["调休", *AbsenceReason, ""])
def test_open_reasons_stay(reason: str) -> None:
    assert public_reason(reason) == reason


def test_a_reason_typed_by_hand_is_no_exception() -> None:
    assert public_reason("住院") == "请假"


def test_other_words_stay() -> None:
    text = "请改由其他B角顶岗；参加培训会议的人不计"
    assert public_text(text) == text


@pytest.mark.parametrize(
    "phone", ["13900000001", "139 0000 0001", "139-0000-0001", "+86 13900000001", "0533-2512345", "05332512345"]
)
def test_phones_are_struck(phone: str) -> None:
    assert public_text(f"请拨打{phone}。") == "请拨打（略）。"


@pytest.mark.parametrize(
    "text", ["预约 YY2026110001 缺 1 人", "2026-11-07 至 2026-11-08", "缺 13900 分钟", "工号 100002026"]
)
def test_other_numbers_stay(text: str) -> None:
    assert public_text(text) == text


def test_what_a_remark_quotes_from_a_private_sheet_is_struck() -> None:
    text = "“申请人甲”读作“申请人”"
    assert public_text(text, "预约登记!E5") == "（略）读作（略）"
    assert public_text(text, "窗口!B5") == text
