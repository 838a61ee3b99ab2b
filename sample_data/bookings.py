"""Items and appointments: registered in time, inside the intake hours, at times that the hall can keep."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from zhiban.model.days import Day
from zhiban.model.kinds import DayClass
from zhiban.sample_data.catalogue import COMPANIES, JOINT_ITEMS, MEN, SURNAMES, WOMEN
from zhiban.sample_data.hall import Hall, HallWindow, Span, clock, fake_phone, ids
from zhiban.sample_data.workbook import Row

STATES = ("已登记", "已派单", "已签收", "已联系")
"""States in the order in which an appointment passes them."""

STEP = 30
"""Minutes between the starts that applicants are offered."""

HOLIDAY_HOURS: tuple[Span, ...] = ((9 * 60, 11 * 60 + 30), (14 * 60, 16 * 60 + 30))
"""When applicants like to come on a holiday that has no standing hours."""

MATERIALS = "身份证；申请表"


@dataclass(frozen=True, slots=True)
class BookedItem:
    """An item as the hall offers it: the 主办 window first, then the 配合 windows."""

    id: str
    name: str
    windows: tuple[str, ...]
    minutes: int
    weekend_ok: bool
    holiday_ok: bool


class Bookings:
    """The appointments of a hall: what is offered, and what is booked already."""

    def __init__(self, hall: Hall, channels: Sequence[str], lead_hours: int = 24, weekend_items: float = 1.0) -> None:
        self.hall, self.channels, self.lead_hours = hall, tuple(channels), lead_hours
        self.items: list[BookedItem] = []
        self.joint: list[BookedItem] = []
        self.taken: dict[tuple[str, dt.date], list[Span]] = {}
        self.count = 0
        self._offer(weekend_items)

    def _offer(self, weekend_items: float) -> None:
        """事项: those of every window, then those of several departments, once for every full set of their windows."""
        of_kind: dict[str, list[HallWindow]] = {}
        for window in self.hall.windows.values():
            again = of_kind.setdefault(window.plan.kind, [])
            again.append(window)
            for name, minutes in window.kind.items:
                numbered = _numbered(name, len(again))
                self.items.append(self._add_item(numbered, (window,), minutes, self.hall.dice.random() < weekend_items))
        for name, host, assists, minutes in JOINT_ITEMS:
            sets = zip(*(of_kind.get(kind, ()) for kind in (host, *assists)), strict=False)
            for number, windows in enumerate(sets, 1):
                self.joint.append(self._add_item(_numbered(name, number), windows, minutes, True))

    def _add_item(self, name: str, windows: tuple[HallWindow, ...], minutes: int, weekend_ok: bool) -> BookedItem:
        number = f"SX{len(self.items) + len(self.joint) + 1:03d}"
        holiday_ok = bool(windows[1:]) or self.hall.dice.random() < 0.7
        row: Row = {
            "事项编号": number,
            "事项名称": name,
            "主办窗口": windows[0].id,
            "配合窗口": ids(window.id for window in windows[1:]),
            "标准分钟": minutes,
            "周末可办": "是" if weekend_ok else "否",
            "节假日可办": "是" if holiday_ok else "否",
            "所需材料": MATERIALS,
        }
        self.hall.add("事项", row)
        return BookedItem(number, name, tuple(window.id for window in windows), minutes, weekend_ok, holiday_ok)

    def item(self, name: str) -> BookedItem:
        """The item of that name."""
        return next(item for item in (*self.items, *self.joint) if item.name == name)

    def several(self, amount: int, days: Sequence[dt.date], joint: bool = False, flexible: float = 0.3) -> int:
        """Book up to `amount` appointments on `days`; returns how many found room."""
        pool = self.joint if joint else self.items
        booked = 0
        for _ in range(amount * 20):
            if booked == amount or not pool or not days:
                break
            booked += self.try_one(self.hall.dice.choice(pool), self.hall.dice.choice(days), flexible)
        return booked

    def try_one(self, item: BookedItem, day: dt.date, flexible: float) -> bool:
        """Book one appointment at a free time of all its windows, if the item is open that day and there is one."""
        found = self.hall.calendar.day(day)
        if not (self._open(item, found) and all(self._active(window, day) for window in item.windows)):
            return False
        slots = [slot for span in self._spans(found) for slot in _slots(span, item.minutes)]
        starts = [(start, end) for start, end in slots if self._free(item, day, start, end)]
        if not starts:
            return False
        start, _ = self.hall.dice.choice(starts)
        room = [slot for slot in starts if start < slot[0] <= start + 3 * STEP]
        latest = room[-1] if room and self.hall.dice.random() < flexible else None
        self.book(item, day, start, latest=latest[0] if latest else None)
        return True

    def _active(self, window: str, day: dt.date) -> bool:
        opened = self.hall.windows[window].plan.cells.get("启用起")
        return not isinstance(opened, dt.date) or opened <= day

    def _open(self, item: BookedItem, day: Day) -> bool:
        if day.day_class is DayClass.WEEKEND:
            return item.weekend_ok
        return day.is_workday or (day.day_class is DayClass.HOLIDAY and item.holiday_ok)

    def _spans(self, day: Day) -> tuple[Span, ...]:
        if day.is_workday:
            return (self.hall.hours.morning, self.hall.hours.afternoon)
        if day.day_class is DayClass.WEEKEND:
            return self.hall.hours.weekend
        return HOLIDAY_HOURS if day.booking_only else self.hall.hours.holiday or HOLIDAY_HOURS

    def _free(self, item: BookedItem, day: dt.date, start: int, end: int) -> bool:
        taken = [span for window in item.windows for span in self.taken.get((window, day), ())]
        return all(end <= other or after <= start for other, after in taken)

    def book(
        self,
        item: BookedItem,
        day: dt.date,
        start: int,
        *,
        latest: int | None = None,
        servers: int | None = None,
        state: str = "",
        **cells: object,
    ) -> str:
        """Append a row to 预约登记, registered in time, and return its 预约编号."""
        dice = self.hall.dice
        self.count += 1
        number = f"YY{self.hall.first:%Y%m}{self.count:04d}"
        moment = dt.datetime.combine(day, clock(start))
        channel = dice.choice(self.channels)
        row: Row = {
            "预约编号": number,
            "登记时间": self._registered(moment),
            "渠道": channel,
            "预约人": dice.choice(SURNAMES) + dice.choice(WOMEN + MEN),
            "联系电话": fake_phone(90000000 + self.count),
            "单位": dice.choice(("", "", *COMPANIES)),
            "事项编号": item.id,
            "预约日期": day,
            "开始时间": clock(start) if latest is None else None,
            "最早开始": None if latest is None else clock(start),
            "最晚开始": None if latest is None else clock(latest),
            "预计分钟": None,
            "承办人数": servers,
        }
        self.hall.add("预约登记", {**row, **self._handling(row, item, state), **cells})
        for window in item.windows:
            end = (start if latest is None else latest) + item.minutes
            self.taken.setdefault((window, day), []).append((start, end))
        return number

    def _registered(self, moment: dt.datetime) -> dt.datetime:
        """A time inside the intake hours of a workday early enough, and before the holiday span of the appointment."""
        dice, calendar = self.hall.dice, self.hall.calendar
        before, _ = calendar.holiday_span(moment.date())
        deadline = min(moment - dt.timedelta(hours=self.lead_hours), dt.datetime.combine(before, dt.time()))
        days: list[dt.date] = []
        day = deadline.date()
        while len(days) < 5:
            day -= dt.timedelta(1)
            if calendar.day(day).is_workday and day.weekday() < 5:
                days.append(day)
        start, end = dice.choice(self.hall.hours.intake)
        return dt.datetime.combine(dice.choice(days), clock(dice.randrange(start, end, 5)))

    def _handling(self, row: Row, item: BookedItem, state: str) -> Row:
        """What has been noted so far, as far as the state says."""
        dice, desk = self.hall.dice, next(iter(self.hall.windows.values()))
        state = state or dice.choice(STATES)
        reached = STATES.index(state) if state in STATES else 0
        registered = row["登记时间"]
        assert isinstance(registered, dt.datetime)
        host = self.hall.windows[item.windows[0]]
        return {
            "记录人": self.hall.names[dice.choice(desk.people)],
            "交办时间": registered + dt.timedelta(minutes=30) if reached >= 1 else None,
            "签收人": self.hall.names[host.people[0]] if reached >= 2 else None,
            "联系确认时间": registered + dt.timedelta(minutes=90) if reached >= 3 else None,
            "已一次性告知": "是" if reached >= 3 else None,
            "状态": state,
        }


def _numbered(name: str, number: int) -> str:
    """The name of the second, third… item of that name."""
    return name if number == 1 else f"{name}（{number}）"


def _slots(span: Span, minutes: int) -> list[Span]:
    """The ranges of a length that begin on the half-hour and lie within a span."""
    start, end = span
    return [(at, at + minutes) for at in range(start, end - minutes + 1, STEP)]
