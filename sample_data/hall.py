"""An input workbook under construction: one centre with its windows, people, posts and leaders.

The same seed and the same calls give the same rows. Clock times are minutes from midnight.
"""

import datetime as dt
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from zhiban.model.days import Calendar
from zhiban.model.kinds import DayClass
from zhiban.sample_data.catalogue import MEN, STATUSES, SURNAMES, WINDOW_KINDS, WOMEN, WindowKind
from zhiban.sample_data.workbook import Row

Span = tuple[int, int]
"""Start and end of a clock range."""

OFFICE = "GLK"
"""The directors' own window; its minima are 0, so that its people lead without a duty of their own."""

POSTS = ("综合受理岗", "审核岗", "出件岗", "导办岗")


@dataclass(frozen=True, slots=True)
class Hours:
    """The hall's hours. Kinds in `written` get a row of 作息时段, the others are what the policy's preset says."""

    morning: Span
    afternoon: Span
    weekend: tuple[Span, ...] = ()
    holiday: tuple[Span, ...] = ()
    lunch: tuple[Span, ...] = ()
    intake: tuple[Span, ...] = ()
    written: tuple[str, ...] = ()

    def of(self, kind: str) -> tuple[Span, ...]:
        """The ranges of a 类型 of 作息时段."""
        return {
            "工作日上午": (self.morning,),
            "工作日下午": (self.afternoon,),
            "午间": self.lunch,
            "周末": self.weekend,
            "节假日": self.holiday,
            "预约受理": self.intake,
        }[kind]


@dataclass(frozen=True, slots=True)
class WindowPlan:
    """What one window shall be.

    `posts` of them are kept, the first `open_posts` of which are open on the lines of `open_lines` as well;
    `cover_by` names the kind of window whose people stand in here; `cells` are further cells of its row in 窗口.
    """

    kind: str
    people: int
    posts: int = 3
    open_posts: int = 1
    open_lines: tuple[str, ...] = ("周末",)
    cover_by: str = ""
    cells: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(slots=True)
class HallWindow:
    """A window of the hall with the ids of its own people and of those who stand in."""

    id: str
    kind: WindowKind
    plan: WindowPlan
    people: list[str]
    helpers: list[str]


class Hall:
    """The rows of an input workbook by sheet, and the dice."""

    def __init__(self, seed: int, policy: str, first: dt.date, last: dt.date, hours: Hours) -> None:
        self.dice = random.Random(seed)
        self.policy, self.first, self.last, self.hours = policy, first, last, hours
        self.calendar = Calendar(spring_booking=policy == "山亭2022")
        self.sheets: dict[str, list[Row]] = {}
        self.windows: dict[str, HallWindow] = {}
        self.names: dict[str, str] = {}
        self.absent: dict[str, set[dt.date]] = {}
        """Dates on which somebody of a window is on leave already, by window."""

    def add(self, sheet: str, row: Row) -> None:
        """Append a row to a sheet."""
        self.sheets.setdefault(sheet, []).append(row)

    def change(self, person: str, cells: Mapping[str, object]) -> None:
        """Fill further cells of somebody's row in 人员."""
        rows = self.sheets["人员"]
        place = next(n for n, row in enumerate(rows) if row["工号"] == person)
        rows[place] = {**rows[place], **cells}

    def woman(self, window: str) -> str:
        """The last woman of a window, its head only where there is no other."""
        people = self.windows[window].people
        women = {row["工号"] for row in self.sheets["人员"] if row["性别"] == "女"}
        return next((person for person in reversed(people) if person in women), people[-1])

    def dates(self, *classes: DayClass) -> list[dt.date]:
        """The dates of the period of these classes."""
        return [day.date for day in self.calendar.period(self.first, self.last) if day.day_class in classes]

    @property
    def workdays(self) -> list[dt.date]:
        """The workdays of the period, made-up ones included."""
        return self.dates(DayClass.WORKDAY, DayClass.MAKE_UP)

    def settings(self, center: str, values: Mapping[str, object]) -> None:
        """基本设置: the centre, its policy, the period, and what differs from the policy."""
        fixed = {"中心名称": center, "服务方案": self.policy, "开始日期": self.first, "结束日期": self.last}
        notes = {
            "服务方案": "所执行的通知；下面未写的项目都按它",
            "开始日期": "本表排班的第一天",
            "结束日期": "最后一天（含）",
        }
        for key, value in {**fixed, **values}.items():
            self.add("基本设置", {"项目": key, "值": value, "说明": notes.get(key, "")})

    def segments(self) -> None:
        """作息时段 for the kinds that the policy leaves open."""
        names = {1: ("全天",), 2: ("上午", "下午")}
        labels = {"工作日上午": ("上午",), "工作日下午": ("下午",), "午间": ("午间",)}
        for kind in self.hours.written:
            spans = self.hours.of(kind)
            for label, (start, end) in zip(labels.get(kind, names.get(len(spans), ())), spans, strict=True):
                name = f"受理{label}" if kind == "预约受理" else label
                days = kind if kind in ("周末", "节假日") else "工作日"
                self.add(
                    "作息时段", {"名称": name, "类型": kind, "适用日": days, "开始": clock(start), "结束": clock(end)}
                )

    def staff(self, plans: Sequence[WindowPlan]) -> None:
        """窗口, 人员 and 岗位 for all plans, the first window being W01."""
        for number, plan in enumerate(plans, 1):
            people = [f"{100 + number}{seat:02d}" for seat in range(1, plan.people + 1)]
            window = HallWindow(f"W{number:02d}", WINDOW_KINDS[plan.kind], plan, people, [])
            self.windows[window.id] = window
        for window in self.windows.values():
            self._find_helpers(window)
        serves: dict[str, list[str]] = {}
        for window in self.windows.values():
            for helper in window.helpers:
                serves.setdefault(helper, []).append(window.id)
        for number, window in enumerate(self.windows.values(), 1):
            self._add_window(number, window)
            for person in window.people:
                self._add_person(person, window.id, serves.get(person, ()))
            self._add_posts(number, window)

    def _find_helpers(self, window: HallWindow) -> None:
        """The last two people of the window named by `cover_by` (the nearest one of that kind)."""
        if not window.plan.cover_by:
            return
        number = int(window.id[1:])
        near = [
            other for other in self.windows.values() if other.plan.kind == window.plan.cover_by and other is not window
        ]
        window.helpers = min(near, key=lambda other: abs(int(other.id[1:]) - number)).people[-2:]

    def _add_window(self, number: int, window: HallWindow) -> None:
        again = sum(1 for other in self.windows.values() if other.kind is window.kind and other.id <= window.id)
        row: Row = {
            "窗口编号": window.id,
            "窗口名称": window.kind.name + (f"（{again}）" if again > 1 else ""),
            "进驻单位": window.kind.unit,
            "类别": window.kind.category,
            "窗口负责人": window.people[0],
            "代理负责人": ids(window.people[1:3]),
            "窗口电话": f"0000-{2000000 + number * 100}",
        }
        self.add("窗口", {**row, **window.plan.cells})

    def _add_person(self, person: str, window: str, serves: Iterable[str]) -> None:
        name, gender = self.invent_name()
        self.names[person] = name
        row: Row = {
            "工号": person,
            "姓名": name,
            "窗口编号": window,
            "性别": gender,
            "可顶岗窗口": ids(serves),
            "身份": self.dice.choice(STATUSES),
            "手机": fake_phone(int(person)),
        }
        self.add("人员", row)

    def _add_posts(self, number: int, window: HallWindow) -> None:
        """Posts whose A are the first people; the next ones in turn stand in, then those of the neighbour.

        A post open beyond working hours has everybody of the window in its chain: whoever is on duty can hold it.
        """
        plan, people = window.plan, window.people
        for place in range(min(plan.posts, len(people))):
            turned = people[place:] + people[:place]
            is_open = place < plan.open_posts
            chain = turned[1:] if is_open else turned[1:4]
            row: Row = {
                "岗位编号": f"G{number:02d}{place + 1:02d}",
                "岗位名称": POSTS[place % len(POSTS)],
                "窗口编号": window.id,
                "A角": turned[0],
                "B角": ids([*chain, *window.helpers]),
            }
            lines = {f"{line}开放": yes(is_open and line in plan.open_lines) for line in ("午间", "周末", "节假日")}
            self.add("岗位", {**row, **lines})

    def directors(self, titles: Sequence[str], groups: Sequence[str] = ()) -> list[str]:
        """Directors in a window of their own (minima 0) as rows of 带班领导; `groups` side by side with `titles`."""
        people = [f"900{seat:02d}" for seat in range(1, len(titles) + 1)]
        minima = dict.fromkeys(("工作日最少", "午间最少", "周末最少", "节假日最少"), 0)
        row: Row = {
            "窗口编号": OFFICE,
            "窗口名称": "政务服务管理科",
            "进驻单位": "行政审批服务局",
            "窗口负责人": people[0],
        }
        self.add("窗口", {**row, **minima, "窗口电话": "0000-2000000"})
        for order, (person, title) in enumerate(zip(people, titles, strict=True), 1):
            self._add_person(person, OFFICE, ())
            self.change(person, {"身份": "公务员", "参加午间": "否"})
            self.lead(person, title, order, groups[order - 1] if groups else "")
        return people

    def lead(self, person: str, title: str, order: int, group: str = "", **cells: object) -> None:
        """A row of 带班领导."""
        row: Row = {"工号": person, "职务": title, "带班组": group, "次序": order}
        self.add("带班领导", {**row, **cells})

    def invent_name(self) -> tuple[str, str]:
        """A name that nobody of the hall has yet, and its gender."""
        while True:
            gender = self.dice.choice("女女女男男")
            name = self.dice.choice(SURNAMES) + self.dice.choice(WOMEN if gender == "女" else MEN)
            if name not in self.names.values():
                return name, gender


def ids(values: Iterable[str]) -> str:
    """A list in one cell."""
    return "；".join(values)


def yes(value: bool) -> str:
    """是 or 否."""
    return "是" if value else "否"


def clock(minutes: int) -> dt.time:
    """A time of day from minutes."""
    return dt.time(minutes // 60, minutes % 60)


def fake_phone(number: int) -> str:
    """Eleven digits that no Chinese mobile can have: they begin with 12."""
    return f"120{number:08d}"
