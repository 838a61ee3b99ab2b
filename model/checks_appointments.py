"""What the rows of 预约登记 must say, and whether the centre can be open for them (rules.md D4, Intake)."""

from datetime import date, datetime, time, timedelta

from zhiban.model.errors import Complaint
from zhiban.model.inputs import Inputs
from zhiban.model.intake import Intake, Remark, RemarkKind
from zhiban.model.kinds import DayClass
from zhiban.model.problem import Problem
from zhiban.model.records import Appointment, Item
from zhiban.model.segments import clock

SHEET = "预约登记"
NOTE = "提示"
REMIND = "提醒"
MIDNIGHT = 1440
UNCONFIRMED = "待确认"
POSTPONED = "已推迟"
FORCE_MAJEURE = "不可抗力"

_COLUMNS = {
    RemarkKind.LEAD: "登记时间",
    RemarkKind.DEADLINE: "登记时间",
    RemarkKind.HOURS: "登记时间",
    RemarkKind.CHANNEL: "渠道",
    RemarkKind.LENGTH: "预计分钟",
    RemarkKind.ITEM: "事项编号",
    RemarkKind.CHANGE: "告知时间",
}
_MERE_REMARKS = frozenset({RemarkKind.HOURS, RemarkKind.CHANNEL})
"""Intake rules that only say something (rules.md 5: a remark)."""


def appointment_row_complaints(inputs: Inputs) -> list[Complaint]:
    """What is wrong with single rows, whatever their date."""
    items = {item.id: item for item in inputs.items}
    found: list[Complaint] = []
    for row in inputs.appointments:
        if (SHEET, row.row) not in inputs.damaged:
            found += _start(row) + _length(row, items.get(row.item), inputs) + _registration(row)
    return found


def first_start(row: Appointment) -> int | None:
    """开始时间, or 最早开始: the start that intake rules are measured to."""
    return row.start if row.start is not None else row.earliest


def _tell(row: Appointment, column: str, value: object, text: str, advice: str, weight: str = "错误") -> Complaint:
    shown = "" if value is None else str(value)
    return Complaint(SHEET, row.row, column, shown, f"预约 {row.id}：{text}", advice, weight)


def _start(row: Appointment) -> list[Complaint]:
    """One fixed start, or both ends of a flexible one."""
    flexible = (row.earliest is not None) + (row.latest is not None)
    if row.start is not None and flexible:
        text = f"既有开始时间 {clock(row.start)}，又有最早开始或最晚开始"
        return [_tell(row, "开始时间", clock(row.start), text, "请只保留开始时间，或只保留最早开始和最晚开始")]
    if flexible == 1:
        column = "最早开始" if row.earliest is None else "最晚开始"
        return [_tell(row, column, "", f"{column}没有填；时间可商量时两端都要填", f"请填写{column}，或改填开始时间")]
    if row.start is None and not flexible and row.accepted:
        return [_tell(row, "开始时间", "", "没有开始时间", "请填写开始时间，如 9:30；或填写最早开始和最晚开始")]
    return []


def _length(row: Appointment, item: Item | None, inputs: Inputs) -> list[Complaint]:
    """A length, the whole range before midnight."""
    minutes = row.duration or (item.minutes if item is not None else None)
    if minutes is None:
        unknown = item is None or ("事项", item.row) in inputs.damaged
        if unknown or not row.accepted:
            return []
        text = f"没有预计分钟，事项 {row.item} 也没有标准分钟"
        return [_tell(row, "预计分钟", "", text, "请填写预计分钟（1 到 600），或在事项表填写标准分钟")]
    latest = row.start if row.start is not None else row.latest
    if latest is None or latest + minutes <= MIDNIGHT:
        return []
    column = "开始时间" if row.start is not None else "最晚开始"
    text = f"{clock(latest)} 开始、{minutes} 分钟，会过午夜"
    return [_tell(row, column, clock(latest), text, f"请改为 {clock(MIDNIGHT - minutes)} 或更早，或缩短预计分钟")]


def _registration(row: Appointment) -> list[Complaint]:
    start = first_start(row)
    if start is None or row.registered <= moment(row.day, start):
        return []
    text = f"登记时间 {_told(row.registered)} 晚于办理开始 {_told(moment(row.day, start))}"
    advice = f"请改为不晚于 {_told(moment(row.day, start))} 的登记时间，或更正预约日期"
    return [_tell(row, "登记时间", _told(row.registered), text, advice)]


def moment(day: date, minutes: int) -> datetime:
    """A date and minutes from midnight as one moment."""
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def _told(when: datetime) -> str:
    return f"{when:%Y-%m-%d} {when.hour}:{when.minute:02}"


# ---- against calendar and policy ----------------------------------------------------------------------------------


def appointment_complaints(problem: Problem) -> list[Complaint]:
    """Closed days, inactive windows and intake rules of accepted rows; what is to be looked at in the others."""
    intake = Intake(problem.policy, problem.calendar, problem.segments, problem.channels)
    found: list[Complaint] = []
    for row in problem.appointments:
        if not problem.holds(row.day):
            if row.accepted:
                text = f"预约日期 {row.day} 不在排班期间，本次不排"
                found.append(_tell(row, "预约日期", row.day, text, "", NOTE))
        elif row.accepted:
            found += _closed(problem, row) + _intake(problem, intake, row)
        else:
            found += _open_matters(intake, row)
    return found


def _closed(problem: Problem, row: Appointment) -> list[Complaint]:
    """ "该日不开": the centre is closed, the line does not run, or a window is not active."""
    day = problem.day(row.day)
    line = problem.facts.line_of(row.day)
    advice = "请改为开放的日期，或更正状态（如 转工作日、已推迟）"
    if day.day_class == DayClass.CLOSED:
        return [_tell(row, "预约日期", row.day, f"该日不开：{row.day} 闭馆", advice)]
    if line is not None and problem.facts.line_mode(line, row.day) == "不开":
        return [_tell(row, "预约日期", row.day, f"该日不开：{row.day} 是{day.day_class}，{line}不开", advice)]
    found: list[Complaint] = []
    for window in problem.item[row.item].windows:
        if not problem.window[window].active_on(row.day):
            text = f"该日不开：窗口 {window} 在 {row.day} 未启用"
            found.append(_tell(row, "预约日期", row.day, text, "请改为窗口启用期内的日期，或更正窗口的启用起止"))
    return found


def _intake(problem: Problem, intake: Intake, row: Appointment) -> list[Complaint]:
    item, start = problem.item[row.item], first_start(row)
    if start is None:
        return []
    remarks = intake.remarks(
        registered=row.registered,
        channel=row.channel,
        start=moment(row.day, start),
        minutes=row.duration or item.minutes or 0,
        weekend_open=item.weekend_ok,
        holiday_open=item.holiday_ok,
    )
    return [_remarked(row, remark) for remark in remarks]


def _remarked(row: Appointment, remark: Remark) -> Complaint:
    mild = NOTE if remark.kind in _MERE_REMARKS else REMIND
    weight = "错误" if remark.hard else mild
    advice = "请改约更晚的时间，或更正登记时间" if remark.latest else "请与申请人核对"
    value = {
        "登记时间": _told(row.registered),
        "渠道": row.channel,
        "预计分钟": row.duration or "",
        "事项编号": row.item,
        "告知时间": _told(row.told_at) if row.told_at else "",
    }
    if remark.hard and remark.kind is RemarkKind.LENGTH:
        advice = "请缩短预计分钟，或分两次预约"
    elif remark.kind is RemarkKind.ITEM:
        advice = "请改约工作日，或更正事项表的周末可办、节假日可办"
    elif remark.kind is RemarkKind.CHANGE:
        advice = "请向申请人说明并取得同意，补填告知时间和批准人"
    column = _COLUMNS[remark.kind]
    return _tell(row, column, value[column], remark.text, advice, weight)


def _open_matters(intake: Intake, row: Appointment) -> list[Complaint]:
    """Rows that are not served: still to be confirmed, or changed too late."""
    if row.state == UNCONFIRMED:
        text = f"还没有确认（{row.day}），未排人"
        return [_tell(row, "状态", row.state, text, "请与申请人确认后改为 已登记，或改为 申请人取消", REMIND)]
    start = first_start(row)
    if start is None or row.state not in {POSTPONED, FORCE_MAJEURE}:
        return []
    remark = intake.change(row.told_at, moment(row.day, start), force_majeure=row.state == FORCE_MAJEURE)
    return [_remarked(row, remark)] if remark else []
