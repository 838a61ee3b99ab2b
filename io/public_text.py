"""What of a roster's texts may leave the centre: no leave reasons, no phones, nothing quoted from private sheets."""

import re

from zhiban.model.kinds import WORK_LEAVES, AbsenceReason, LeaveKind

ON_LEAVE = "请假"
ON_BUSINESS = "公务外出"
HIDDEN = "（略）"

OPEN_REASONS = {LeaveKind.COMPENSATORY.value, *(reason.value for reason in AbsenceReason), ""}
"""Values of 原因 that say nothing private."""

PRIVATE_SHEETS = ("预约登记", "请假外出", "人员")
"""Input sheets whose cells a remark may quote."""

_PERSONAL = "|".join(kind.value for kind in LeaveKind if kind not in WORK_LEAVES and kind.value not in ("调休", "其他"))
_BUSINESS = "|".join(kind.value for kind in WORK_LEAVES)
_LEAVE = re.compile(rf"{_PERSONAL}|(?<=已批)其他")
_ON_BUSINESS = re.compile(rf"(?<=已批)(?:{_BUSINESS})")
_MOBILE = r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
_LANDLINE = r"0\d{2,3}[- ]?\d{7,8}"
_PHONE = re.compile(rf"(?<![\dA-Za-z])(?:{_MOBILE}|{_LANDLINE})(?![\dA-Za-z])")
_QUOTED = re.compile(r"“[^”]*”")


def public_reason(reason: str) -> str:
    """原因 of 顶岗明细 without the kind of leave."""
    if reason in OPEN_REASONS:
        return reason
    return ON_BUSINESS if reason in WORK_LEAVES else ON_LEAVE


def public_text(text: str, subject: str = "") -> str:
    """A sentence of 问题明细 or 变更记录 without leave reasons and phones.

    `subject` is 对象: for a cell of a private sheet nothing that is quoted from it stays.
    """
    if subject.startswith(PRIVATE_SHEETS):
        text = _QUOTED.sub(HIDDEN, text)
    return _PHONE.sub(HIDDEN, _ON_BUSINESS.sub(ON_BUSINESS, _LEAVE.sub(ON_LEAVE, text)))
