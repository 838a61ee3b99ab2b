"""A roster as other programs and the public may see it: the machine sheets without anything private.

The published JSON schema is made from these models. Keys are the sheets and columns of the workbook, so that one
contract serves both; times are texts such as 09:00 (24:00 ends a day), lists are lists, 是 and 否 are true and false.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from zhiban.model.kinds import DayClass, Half, Line, Mode, Role, Severity, TierStatus

SCHEMA_NAME = "zhiban-roster"
TIME_ZONE = "Asia/Shanghai"

KEYS = {
    "schema_name": "格式",
    "version": "格式版本",
    "center": "中心名称",
    "first": "开始日期",
    "last": "结束日期",
    "time_zone": "时区",
    "edited": "手工改动",
    "calendar": "日历",
    "windows": "窗口",
    "people": "人员",
    "duties": "排班明细",
    "leaves": "调休明细",
    "stand_ins": "顶岗明细",
    "bookings": "预约明细",
    "bank": "时间银行",
    "lots": "期末余额",
    "counts": "期末累计",
    "issues": "问题明细",
    "tiers": "目标层级",
    "info": "求解信息",
    "changes": "变更记录",
    "day": "日期",
    "weekday": "星期",
    "day_class": "日类",
    "festival": "节日",
    "flags": "标志",
    "line": "线",
    "segment": "时段",
    "half": "时段",
    "start": "开始",
    "end": "结束",
    "window": "窗口编号",
    "window_name": "窗口名称",
    "person": "工号",
    "name": "姓名",
    "role": "角色",
    "posts": "岗位编号",
    "post": "岗位编号",
    "appointments": "预约编号",
    "appointment": "预约编号",
    "servers": "工号",
    "modes": "方式",
    "met": "满足",
    "credited": "计入分钟",
    "locked": "锁定",
    "minutes": "分钟",
    "origin": "来源",
    "absentee": "缺席人",
    "reason": "原因",
    "stand_in": "顶岗人",
    "opening": "期初",
    "weekend": "周末",
    "holiday": "节假日",
    "lunch": "午间",
    "call_in": "应约",
    "overtime": "延时",
    "taken": "已休",
    "expired": "过期",
    "closing": "期末",
    "earned": "产生日期",
    "expires": "到期日",
    "saturday": "周六",
    "sunday": "周日",
    "statutory": "法定当日",
    "lead": "带班",
    "last_duty": "最近值班日",
    "severity": "级别",
    "code": "代码",
    "rule": "规则",
    "subject": "对象",
    "text": "说明",
    "advice": "建议",
    "tier": "层级",
    "label": "名称",
    "value": "值",
    "bound": "下界",
    "status": "状态",
    "item": "项目",
    "content": "值",
    "hours": "总小时",
    "mean_hours": "本组平均小时",
    "place": "窗口",
    "who": "人员",
    "before": "原安排",
    "after": "新安排",
    "why": "原因",
}
"""Field → key; the columns of the machine sheets where there is one."""

ClockText = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]


class Published(BaseModel):
    """What all published records share."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        alias_generator=KEYS.__getitem__,
    )


class CalendarDay(Published):
    """A date of the period. `day_class` is open where the workbook does not state it (weekday without any duty)."""

    day: date
    weekday: str
    day_class: DayClass | None
    festival: str
    flags: tuple[str, ...]


class WindowName(Published):
    """A window or a leader group, by its id."""

    window: str
    window_name: str


class PersonShare(Published):
    """A person with the hours of duty and the mean of the people to be compared with (公平组, else window)."""

    person: str
    name: str
    place: str
    hours: float | None
    mean_hours: float | None


class Duty(Published):
    """One person on one segment of one duty; 应约: one row per person and appointment; 带班: a led segment."""

    day: date
    weekday: str
    day_class: DayClass | None
    line: Line
    segment: str
    start: ClockText
    end: ClockText
    window: str
    window_name: str
    person: str
    name: str
    role: Role
    posts: tuple[str, ...]
    appointments: tuple[str, ...]
    credited: int
    locked: bool


class CompLeave(Published):
    """Compensatory leave: one half of a workday, or whole hours in it."""

    person: str
    name: str
    window: str
    day: date
    half: Half
    start: ClockText
    end: ClockText
    minutes: int
    origin: Literal["优化", "已批"]


class StandIn(Published):
    """Who holds a post in place of its A; nobody: the post is empty. 原因 never says which kind of leave."""

    day: date
    half: Half
    post: str
    absentee: str
    reason: str
    stand_in: str | None


class Booking(Published):
    """One accepted appointment in one of its windows; people and modes run side by side."""

    appointment: str
    window: str
    day: date
    start: ClockText
    end: ClockText
    servers: tuple[str, ...]
    role: Role
    modes: tuple[Mode, ...]
    met: bool


class Account(Published):
    """A person's time bank, minutes."""

    person: str
    name: str
    opening: int
    weekend: int
    holiday: int
    lunch: int
    call_in: int
    overtime: int
    taken: int
    expired: int
    closing: int


class LotLeft(Published):
    """What is left of one lot, minutes."""

    person: str
    earned: date
    minutes: int
    origin: str
    expires: date | None


class CountSoFar(Published):
    """Duties of a person up to the end of the period."""

    person: str
    saturday: int
    sunday: int
    holiday: int
    statutory: int
    lunch: int
    call_in: int
    lead: int
    last_duty: date | None


class Issue(Published):
    """A breach, an unmet unit or a remark, with the rule in words."""

    severity: Severity
    code: str
    rule: str
    day: date | None
    line: str
    segment: str
    window: str
    person: str
    subject: str
    text: str
    advice: str


class Tier(Published):
    """A tier with its value, the bound below it, and whether it is proven optimal."""

    tier: str
    label: str
    value: int | None
    bound: int | None
    status: TierStatus


class InfoItem(Published):
    """An item of 求解信息."""

    item: str
    content: str


class ChangeLine(Published):
    """A change against the roster before."""

    day: date
    line: str
    segment: str
    place: str
    who: str
    before: str
    after: str
    why: str


class PublicRoster(Published):
    """A whole roster. `edited`: 排班明细 was changed by hand after the program wrote and verified it."""

    schema_name: Literal["zhiban-roster"]
    version: str
    center: str
    first: date
    last: date
    time_zone: Literal["Asia/Shanghai"]
    edited: bool
    calendar: tuple[CalendarDay, ...]
    windows: tuple[WindowName, ...]
    people: tuple[PersonShare, ...]
    duties: tuple[Duty, ...]
    leaves: tuple[CompLeave, ...]
    stand_ins: tuple[StandIn, ...]
    bookings: tuple[Booking, ...]
    bank: tuple[Account, ...]
    lots: tuple[LotLeft, ...]
    counts: tuple[CountSoFar, ...]
    issues: tuple[Issue, ...]
    tiers: tuple[Tier, ...]
    info: tuple[InfoItem, ...]
    changes: tuple[ChangeLine, ...]
