"""A centre's policy: every key of 基本设置 but its name, preset and period, typed and within its range (rules.md 5).

The alias of a field is the only place in the code of its Chinese name. The presets (five published notices and 自定义)
are data: policies.toml holds each value with the clause it comes from.
"""

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files
from typing import TypedDict, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from zhiban.model.days import Day
from zhiban.model.errors import Complaint, InputError
from zhiban.model.kinds import DayClass, SegmentKind
from zhiban.model.segments import SegmentRow
from zhiban.model.settings import (
    Count,
    CreditRatio,
    DayHours,
    Fonts,
    Granularity,
    HolidayMode,
    Hours,
    LeaderMode,
    LeaderScope,
    LeadRule,
    LeaveUnit,
    LunchMode,
    LunchRatio,
    LunchService,
    Minimum,
    Minutes,
    Months,
    Servers,
    SpringBooking,
    StartStep,
    WeekendMode,
    WeekendPair,
    WeekendService,
    YesNo,
    cleaned,
)

SHEET = "基本设置"

COMMON = "通用"
"""The table of policies.toml with the values that are the same in all presets."""

CHANNELS = ("现场", "电话", "网上", "掌上", "其他")
"""All values of 渠道."""

OWN_SETTING = SHEET
"""The source of a value that the workbook gives."""


class Policy(BaseModel):
    """The settings in force; hours as floats (their minutes as properties), ratios as exact fractions."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    weekend_service: WeekendService = Field(alias="周末服务")
    weekend_mode: WeekendMode = Field(alias="周末方式")
    holiday_mode: HolidayMode = Field(alias="节假日方式")
    spring_booking: SpringBooking = Field(alias="春节预约日")
    granularity: Granularity = Field(alias="值班粒度")
    lunch_service: LunchService = Field(alias="午间方式")
    lunch_mode: LunchMode = Field(alias="午间模式")
    lunch_ratio: LunchRatio = Field(alias="午间比例")
    workday_minimum: Minimum = Field(alias="工作日最少人数")
    lunch_minimum: Minimum = Field(alias="午间最少人数")
    weekend_minimum: Minimum = Field(alias="周末最少人数")
    holiday_minimum: Minimum = Field(alias="节假日最少人数")
    leader_scope: LeaderScope = Field(alias="带班范围")
    leader_mode: LeaderMode = Field(alias="带班方式")
    post_cap: Count = Field(alias="兼岗上限")
    servers: Servers = Field(alias="承办人数")
    lead_hours: Hours = Field(alias="提前小时")
    lead_rule: LeadRule = Field(alias="提前方式")
    before_holiday_deadline: YesNo = Field(alias="节前截止")
    appointment_change_hours: Hours = Field(alias="变更提前小时")
    roster_change_hours: Hours = Field(alias="排班变更提前小时")
    no_show_minutes: Minutes = Field(alias="爽约分钟")
    appointment_minutes_cap: Minutes = Field(alias="单次上限分钟")
    start_step: StartStep = Field(alias="预约步长")
    standard_day_hours: DayHours = Field(alias="标准日小时")
    credit_weekend: YesNo = Field(alias="计入周末")
    credit_holiday: YesNo = Field(alias="计入节假日")
    credit_lunch: YesNo = Field(alias="计入午间")
    credit_call_in: YesNo = Field(alias="计入应约")
    credit_overtime: YesNo = Field(alias="计入延时")
    credit_ratio: CreditRatio = Field(alias="计入比例")
    leave_unit: LeaveUnit = Field(alias="调休最小单位")
    leave_valid_months: Months = Field(alias="调休有效月数")
    no_leave_after_holiday: YesNo = Field(alias="节后首日不调休")
    max_days_in_row: Count = Field(alias="最多连续工作天")
    monthly_hours_cap: Hours = Field(alias="每月延时上限小时")
    weekend_pair: WeekendPair = Field(alias="同人周六日")
    hide_phones: YesNo = Field(alias="公示隐藏手机")
    fonts: Fonts = Field(alias="字体方案")

    @model_validator(mode="before")
    @classmethod
    def _clean_texts(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        return {name: cleaned(value) for name, value in cast(dict[str, object], data).items()}

    @property
    def books_spring(self) -> bool:
        """Whether 除夕 to 初二 are flagged 仅预约."""
        return self.spring_booking is SpringBooking.EVE_TO_SECOND

    @property
    def lead_minutes(self) -> int:
        """提前小时 in minutes."""
        return round(self.lead_hours * 60)

    @property
    def appointment_change_minutes(self) -> int:
        """变更提前小时 in minutes."""
        return round(self.appointment_change_hours * 60)

    @property
    def roster_change_minutes(self) -> int:
        """排班变更提前小时 in minutes."""
        return round(self.roster_change_hours * 60)

    @property
    def monthly_minutes_cap(self) -> int:
        """每月延时上限小时 in minutes (0: no cap)."""
        return round(self.monthly_hours_cap * 60)

    def serves_weekday(self, date: dt.date) -> bool:
        """Whether 周末服务 names the weekday of a Saturday or Sunday."""
        served = {WeekendService.BOTH: (5, 6), WeekendService.SATURDAY: (5,), WeekendService.SUNDAY: (6,)}
        return date.weekday() in served.get(self.weekend_service, ())

    def standing_kinds(self, days: Iterable[Day]) -> tuple[SegmentKind, ...]:
        """The kinds of segments that must be given for the lines with mode 值班 on some of these days."""
        found: list[SegmentKind] = []
        for day in days:
            if day.is_workday:
                standing, kind = self.lunch_service is LunchService.STANDING, SegmentKind.LUNCH
            elif day.day_class is DayClass.WEEKEND:
                standing = self.weekend_mode is WeekendMode.STANDING and self.serves_weekday(day.date)
                standing, kind = standing and not day.booking_only, SegmentKind.WEEKEND
            else:
                standing = self.holiday_mode is HolidayMode.STANDING and day.day_class is DayClass.HOLIDAY
                standing, kind = standing and not day.booking_only, SegmentKind.HOLIDAY
            if standing and kind not in found:
                found.append(kind)
        return tuple(found)

    @property
    def values(self) -> dict[str, object]:
        """The typed values by their Chinese keys, in the order of the sheet."""
        return {key: getattr(self, setting.field) for key, setting in settings().items()}


@dataclass(frozen=True, slots=True)
class Setting:
    """A key of 基本设置: its field of Policy, its choices (empty: a number) and what is expected, in words."""

    key: str
    field: str
    choices: tuple[str, ...]
    expected: str


@lru_cache(maxsize=1)
def settings() -> dict[str, Setting]:
    """Every setting by its Chinese key, in the order of the sheet. Do not change the result."""
    found: dict[str, Setting] = {}
    for name, info in Policy.model_fields.items():
        key = info.alias or name
        kind = info.annotation
        choices: tuple[str, ...] = ()
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            choices = tuple(str(member) for member in kind)
        elif kind is bool:
            choices = ("是", "否")
        found[key] = Setting(key, name, choices, _listed(choices) if choices else info.description or "")
    return found


def _listed(choices: tuple[str, ...]) -> str:
    """周六日、仅周六或不开."""
    return f"{'、'.join(choices[:-1])}或{choices[-1]}"


def setting_text(value: object) -> str:
    """A typed value as people write it in 基本设置."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Fraction):
        short = f"{float(value):.10g}"
        return short if Fraction(short) == value else str(value)
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value)


def build_policy(values: Mapping[str, object], rows: Mapping[str, int] | None = None) -> Policy:
    """The policy of values by Chinese key (raw cells are fine); `rows` names the worksheet rows of keys.

    Raises InputError with a complaint for every value that is unknown, missing or out of range.
    """
    try:
        return Policy.model_validate(dict(values), by_alias=True, by_name=False)
    except ValidationError as error:
        faults = {str(fault["loc"][0]): None for fault in error.errors()}
        raise InputError([_complaint(key, values.get(key), (rows or {}).get(key, 0)) for key in faults]) from None


def _complaint(key: str, value: object, row: int) -> Complaint:
    """Name key, value and what is expected."""
    shown = "" if value is None else str(value)
    setting = settings().get(key)
    if setting is None:
        return Complaint(SHEET, row, "项目", key, f"{key}不是{SHEET}的项目", f"请改为：{'、'.join(settings())}")
    text = f"{key}的值“{shown}”不对，应为{setting.expected}"
    return Complaint(SHEET, row, "值", shown, text, f"请改为{setting.expected}")


class _Table(TypedDict):
    """A table of policies.toml: settings as (value, source), segments as (name, kind, days, start, end, source)."""

    title: str
    hotline: str
    channels: list[str]
    segments: list[tuple[str, str, list[str], str, str, str]]
    settings: dict[str, tuple[object, str]]


@dataclass(frozen=True, slots=True)
class Preset:
    """A named policy with the clause each value comes from; `segment_sources` go with `segments`, one by one."""

    name: str
    title: str
    hotline: str
    channels: tuple[str, ...]
    policy: Policy
    sources: dict[str, str]
    segments: tuple[SegmentRow, ...]
    segment_sources: tuple[str, ...]

    def policy_with(self, overrides: Mapping[str, object], rows: Mapping[str, int] | None = None) -> Policy:
        """The policy with values of 基本设置 laid over it; empty ones keep the preset's.

        `rows` are worksheet rows by key, for the complaints.
        Raises InputError naming each key, value and what is expected.
        """
        given = {key: value for key, value in overrides.items() if not _is_empty(value)}
        return build_policy({**self.policy.values, **given}, rows) if given else self.policy

    def sources_with(self, overrides: Mapping[str, object]) -> dict[str, str]:
        """Where each value comes from when the workbook gives some of them itself."""
        own = {key: OWN_SETTING for key, value in overrides.items() if not _is_empty(value)}
        return self.sources | own


def preset_names() -> tuple[str, ...]:
    """The names of all presets, in the order of the file."""
    return tuple(name for name in _tables() if name != COMMON)


@lru_cache(maxsize=16)
def load_preset(name: str) -> Preset:
    """A preset by its name; raises InputError naming those there are."""
    if name not in preset_names():
        expected = "、".join(preset_names())
        raise InputError([Complaint(SHEET, 0, "值", name, f"没有服务方案“{name}”", f"请改为：{expected}")])
    table = _tables()[name]
    stated = {**_tables()[COMMON]["settings"], **table["settings"]}
    policy = build_policy({key: value for key, (value, _) in stated.items()})
    return Preset(
        name=name,
        title=table["title"],
        hotline=table["hotline"],
        channels=tuple(table["channels"]),
        policy=policy,
        sources={key: stated[key][1] for key in policy.values},
        segments=tuple(_segment_row(*stated_row[:5]) for stated_row in table["segments"]),
        segment_sources=tuple(stated_row[5] for stated_row in table["segments"]),
    )


@lru_cache(maxsize=1)
def _tables() -> dict[str, _Table]:
    text = files("zhiban.model").joinpath("policies.toml").read_text(encoding="utf-8")
    return cast(dict[str, _Table], tomllib.loads(text))


def _segment_row(name: str, kind: str, days: list[str], start: str, end: str) -> SegmentRow:
    return SegmentRow(name=name, kind=SegmentKind(kind), days=tuple(days), start=_minutes(start), end=_minutes(end))


def _minutes(text: str) -> int:
    """Minutes from midnight of 9:00."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
