"""Intake rules of appointments (rules.md 5): lead time, deadline before holidays, intake hours, length, opening.

Pure functions over plain values, shared by everybody who takes or judges an appointment. Nothing here refuses: a remark
says what is wrong and whether the policy takes it hard (提前方式 必须). [Z7 Z15 Z24 Z26 Z28 Y4 Q3 Q6 Q14 X7 X9 X10]
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from zhiban.model.days import Calendar, Day
from zhiban.model.kinds import DayClass, SegmentKind
from zhiban.model.policy import CHANNELS, Policy
from zhiban.model.segments import Segment, SegmentRow, clock, intake_on, segments_on
from zhiban.model.settings import LeadRule

OFFICE_OPEN, OFFICE_CLOSE = 8 * 60, 17 * 60
"""Between these times of day people can reasonably be told of a change."""

SEARCH_DAYS = 60
"""How many days back a last moment inside the intake hours is looked for."""


class RemarkKind(StrEnum):
    """Which intake rule a remark is about."""

    LEAD = "提前小时"
    DEADLINE = "节前截止"
    HOURS = "预约受理"
    CHANNEL = "渠道"
    LENGTH = "单次上限"
    ITEM = "当日不办"
    CHANGE = "变更告知"


@dataclass(frozen=True, slots=True)
class Remark:
    """What an intake rule says of an appointment: `hard` where the policy insists, `latest` the last moment in time."""

    kind: RemarkKind
    text: str
    hard: bool = False
    latest: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """The rules in force: policy, calendar, rows of 作息时段 in force, and the policy's channels (empty: all)."""

    policy: Policy
    calendar: Calendar
    rows: tuple[SegmentRow, ...]
    channels: tuple[str, ...] = ()

    @property
    def _insists(self) -> bool:
        return self.policy.lead_rule is LeadRule.MUST

    def remarks(
        self,
        *,
        registered: dt.datetime,
        channel: str,
        start: dt.datetime,
        minutes: int,
        weekend_open: bool = True,
        holiday_open: bool = True,
    ) -> tuple[Remark, ...]:
        """Everything to say of an appointment registered at a time for a start (开始时间 or 最早开始) and a length."""
        found = (
            self.lead(registered, start),
            self.deadline(registered, channel, start.date()),
            self.hours(registered, channel),
            self.channel(channel),
            self.length(minutes),
            self.item(start.date(), weekend_open=weekend_open, holiday_open=holiday_open),
        )
        return tuple(remark for remark in found if remark is not None)

    def lead(self, registered: dt.datetime, start: dt.datetime) -> Remark | None:
        """Whether 提前小时 lie between registration and start; 提前方式 无 asks nothing."""
        if self.policy.lead_rule is LeadRule.NONE:
            return None
        latest = start - dt.timedelta(minutes=self.policy.lead_minutes)
        if registered <= latest:
            return None
        text = f"登记时间 {_told(registered)} 不足提前{self.policy.lead_hours:g}小时，最晚 {_told(latest)} 登记"
        return Remark(RemarkKind.LEAD, text, self._insists, latest)

    def holiday_deadline(self, channel: str, date: dt.date) -> dt.datetime | None:
        """End of the channel's 预约受理 on the last workday (make-up days counted) before the holiday span of a date.

        None on a date that is no 节假日. Where that workday has no intake hours, its office hours end the day.
        """
        if self.calendar.day(date).day_class is not DayClass.HOLIDAY:
            return None
        workday = self.calendar.previous_workday(self.calendar.holiday_span(date)[0])
        if workday is None:
            return None
        day = self.calendar.day(workday)
        ends = [segment.end for segment in self.intake_hours(day, channel) or ()]
        if not ends:
            ends = [segment.end for segment in segments_on(self.rows, day).get(SegmentKind.WORKDAY_AFTERNOON, [])]
        return at(workday, max(ends, default=24 * 60))

    def deadline(self, registered: dt.datetime, channel: str, date: dt.date) -> Remark | None:
        """Whether a holiday's appointment was registered before the span (节前截止 是)."""
        latest = self.holiday_deadline(channel, date) if self.policy.before_holiday_deadline else None
        if latest is None or registered <= latest:
            return None
        text = f"登记时间 {_told(registered)} 已过节前截止，{date:%m月%d日}的预约最晚 {_told(latest)} 登记"
        return Remark(RemarkKind.DEADLINE, text, self._insists, latest)

    def intake_hours(self, day: Day, channel: str) -> list[Segment] | None:
        """The channel's 预约受理 segments on a day; None where the centre states no hours for the channel at all."""
        return intake_on(self.rows, day, channel, CHANNELS)

    def hours(self, registered: dt.datetime, channel: str) -> Remark | None:
        """Whether the registration fell inside 预约受理 of its channel, both ends included; a remark, never hard.

        A registration at 0:00 is one without a clock time and is not judged.
        """
        day = self.calendar.day(registered.date())
        segments = self.intake_hours(day, channel)
        minute = registered.hour * 60 + registered.minute
        if segments is None or minute == 0 or any(s.start <= minute <= s.end for s in segments):
            return None
        stated = "、".join(f"{clock(s.start)}–{clock(s.end)}" for s in segments) or "当日不受理"
        text = f"登记时间 {_told(registered)} 不在{channel}预约受理时间内（{day.day_class}，{stated}）"
        return Remark(RemarkKind.HOURS, text)

    def channel(self, channel: str) -> Remark | None:
        """Whether the policy's notice names the channel; a remark, never hard."""
        if not self.channels or channel in self.channels:
            return None
        return Remark(RemarkKind.CHANNEL, f"渠道{channel}不在方案的预约渠道（{'、'.join(self.channels)}）之内")

    def length(self, minutes: int) -> Remark | None:
        """Whether the length keeps within 单次上限分钟 (0: no cap)."""
        cap = self.policy.appointment_minutes_cap
        if cap == 0 or minutes <= cap:
            return None
        text = f"预计 {minutes} 分钟，超过单次上限 {cap} 分钟；可分两次办理或由两人承办"
        return Remark(RemarkKind.LENGTH, text, self._insists)

    def item(self, date: dt.date, *, weekend_open: bool, holiday_open: bool) -> Remark | None:
        """Whether the item is handled on the date (周末可办, 节假日可办); always on workdays."""
        day_class = self.calendar.day(date).day_class
        closed = {DayClass.WEEKEND: not weekend_open, DayClass.HOLIDAY: not holiday_open}.get(day_class, False)
        if not closed:
            return None
        return Remark(RemarkKind.ITEM, f"该事项{day_class}不办理（{date:%m月%d日}）；可转工作日办理", self._insists)

    def last_registration(self, channel: str, start: dt.datetime) -> dt.datetime | None:
        """The last moment at which an appointment can be registered: lead, deadline and intake hours together.

        None where no intake hours are found within the two months before.
        """
        limits = [start]
        if self.policy.lead_rule is not LeadRule.NONE:
            limits.append(start - dt.timedelta(minutes=self.policy.lead_minutes))
        if self.policy.before_holiday_deadline:
            deadline = self.holiday_deadline(channel, start.date())
            limits += [deadline] if deadline is not None else []
        return self._last_inside_hours(channel, min(limits))

    def _last_inside_hours(self, channel: str, limit: dt.datetime) -> dt.datetime | None:
        for back in range(SEARCH_DAYS):
            date = limit.date() - dt.timedelta(days=back)
            segments = self.intake_hours(self.calendar.day(date), channel)
            if segments is None:
                return limit
            moments = [min(at(date, s.end), limit) for s in segments if at(date, s.start) <= limit]
            if moments:
                return max(moments)
        return None

    def change_notice(self, start: dt.datetime) -> dt.datetime:
        """The last moment to tell the applicant of a change: 变更提前小时 before the agreed start."""
        return start - dt.timedelta(minutes=self.policy.appointment_change_minutes)

    def suggested_change_notice(self, start: dt.datetime) -> dt.datetime:
        """The same moment, moved forward to office hours (17:00 of the evening before, rather than 1:00 at night)."""
        latest = self.change_notice(start)
        minute = latest.hour * 60 + latest.minute
        if minute > OFFICE_CLOSE:
            return at(latest.date(), OFFICE_CLOSE)
        if minute < OFFICE_OPEN:
            return at(latest.date() - dt.timedelta(days=1), OFFICE_CLOSE)
        return latest

    def change(self, told: dt.datetime | None, start: dt.datetime, *, force_majeure: bool = False) -> Remark | None:
        """Whether the applicant was told of a change in time; 不可抗力 is exempt from the hours, not from telling."""
        latest = self.change_notice(start)
        if told is None:
            text = f"未填告知时间；变更须不晚于 {_told(latest)} 告知申请人"
            return Remark(RemarkKind.CHANGE, text, latest=latest)
        if force_majeure or told <= latest:
            return None
        hours = self.policy.appointment_change_hours
        return Remark(
            RemarkKind.CHANGE, f"告知时间 {_told(told)} 不足提前{hours:g}小时，最晚 {_told(latest)}", latest=latest
        )

    def no_show_contact(self, start: dt.datetime) -> dt.datetime | None:
        """When an applicant who has not come is to be asked whether he gives up; None where 爽约分钟 is 0."""
        minutes = self.policy.no_show_minutes
        return start + dt.timedelta(minutes=minutes) if minutes else None


def at(date: dt.date, minutes: int) -> dt.datetime:
    """A date and minutes from midnight (up to 1440) as a moment."""
    return dt.datetime.combine(date, dt.time()) + dt.timedelta(minutes=minutes)


def _told(moment: dt.datetime) -> str:
    """A moment as people write it, 2026-10-01 9:00."""
    return f"{moment:%Y-%m-%d} {moment.hour}:{moment.minute:02}"
