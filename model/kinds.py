"""The closed vocabularies of a roster, each value spelled as people write it in the workbook."""

from enum import StrEnum


class Line(StrEnum):
    """What a row of the roster is for (rules.md 1, Lines)."""

    WEEKEND = "周末"
    HOLIDAY = "节假日"
    LUNCH = "午间"
    CALL_IN = "应约"
    LEAD = "带班"


STANDING_LINES = (Line.LUNCH, Line.WEEKEND, Line.HOLIDAY)
"""Lines on which windows keep standing duties."""

FAIRNESS_LINES = (Line.LUNCH, Line.WEEKEND, Line.HOLIDAY, Line.CALL_IN, Line.LEAD)
"""Lines whose burden tier T6 shares out, in reporting order."""

LEAVE_PIN = "调休"
"""What a pin names as its line when it is about compensatory leave."""


class DayClass(StrEnum):
    """Class of a date."""

    WORKDAY = "工作日"
    MAKE_UP = "调休上班"
    WEEKEND = "周末"
    HOLIDAY = "节假日"
    CLOSED = "闭馆"


class Half(StrEnum):
    """Half of a day; on a workday its clock times are the segments 工作日上午 and 工作日下午."""

    MORNING = "上午"
    AFTERNOON = "下午"


class SegmentKind(StrEnum):
    """类型 of a row of 作息时段."""

    WORKDAY_MORNING = "工作日上午"
    WORKDAY_AFTERNOON = "工作日下午"
    LUNCH = "午间"
    WEEKEND = "周末"
    HOLIDAY = "节假日"
    INTAKE = "预约受理"


class Role(StrEnum):
    """What a person does in a row of 排班明细."""

    DUTY = "值班"
    HOST = "主办"
    ASSIST = "配合"
    LEAD = "带班"


class Mode(StrEnum):
    """How a person serves an appointment (rules.md D4)."""

    ON_DUTY = "值班"
    CALL_IN = "应约"
    AT_POST = "在岗"


class LeaveKind(StrEnum):
    """类型 of a row of 请假外出."""

    ANNUAL = "年休假"
    SICK = "病假"
    PERSONAL = "事假"
    MATERNITY = "产假"
    MARRIAGE = "婚假"
    BEREAVEMENT = "丧假"
    BUSINESS = "公差"
    TRAINING = "培训"
    MEETING = "会议"
    COMPENSATORY = "调休"
    OTHER = "其他"


WORK_LEAVES = frozenset({LeaveKind.BUSINESS, LeaveKind.TRAINING, LeaveKind.MEETING})
"""Absences that are work all the same for H5."""


class AbsenceReason(StrEnum):
    """原因 of a row of 顶岗明细 beyond the kinds of leave."""

    NOT_JOINED = "未到岗"
    LEFT = "离岗"
    AT_CAP = "兼岗"


class Severity(StrEnum):
    """级别 of a finding."""

    MUST = "必须处理"
    REMIND = "提醒"
    INFO = "提示"


class TierStatus(StrEnum):
    """状态 of a tier."""

    OPTIMAL = "最优"
    FEASIBLE = "可行"
    NOT_ASKED = "未求"


class PinMode(StrEnum):
    """方式 of a row of 指定与锁定."""

    MUST = "必须"
    MUST_NOT = "禁止"
    LOCKED = "锁定"


class Presence(StrEnum):
    """情况 of a row of 实际到岗."""

    NORMAL = "正常"
    LATE = "迟到"
    EARLY = "早退"
    MISSING = "缺岗"
    SUBSTITUTE = "替班"
    EMPTY_POST = "空岗"


ACCEPTED = frozenset({"已登记", "已派单", "已签收", "已联系", "已办结", "已备案", "已回访", "爽约放弃"})
"""States in which an appointment must be served (rules.md D4)."""

NOT_ACCEPTED = frozenset({"待确认", "已推迟", "申请人取消", "不可抗力", "转工作日"})
