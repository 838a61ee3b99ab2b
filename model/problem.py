"""A month's problem: everything the input says, cross-checked once; it is valid when it exists."""

from collections import defaultdict
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from zhiban.model.days import Calendar, Day
from zhiban.model.policy import Policy
from zhiban.model.records import (
    Actual,
    Appointment,
    DemandRow,
    History,
    Item,
    LeaderRow,
    Leave,
    OpeningLot,
    Overtime,
    Person,
    Pin,
    Post,
    Swap,
    Window,
    Wish,
)
from zhiban.model.roster import DutyRow, LeaveRow
from zhiban.model.segments import SegmentRow

if TYPE_CHECKING:
    from zhiban.model.facts import Facts


class Previous(BaseModel):
    """What an earlier roster brings: its rows (days in a row at the seam, caps of the month)."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    first: date
    last: date
    duties: tuple[DutyRow, ...] = ()
    leaves: tuple[LeaveRow, ...] = ()


class Problem(BaseModel):
    """One centre, one period.

    `segments` are the rows in force: the workbook's, and the preset's for kinds it has none of. `calendar` answers for
    every date; `preset` is the key of the policy preset; `setting_sources` says where each setting came from.
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    center: str
    preset: str
    policy: Policy
    first: date
    last: date
    calendar: Calendar
    segments: tuple[SegmentRow, ...]
    channels: tuple[str, ...] = ()
    windows: tuple[Window, ...]
    people: tuple[Person, ...]
    posts: tuple[Post, ...] = ()
    demand_rows: tuple[DemandRow, ...] = ()
    leaders: tuple[LeaderRow, ...] = ()
    leaves: tuple[Leave, ...] = ()
    items: tuple[Item, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    opening: tuple[OpeningLot, ...] = ()
    history: tuple[History, ...] = ()
    wishes: tuple[Wish, ...] = ()
    pins: tuple[Pin, ...] = ()
    swaps: tuple[Swap, ...] = ()
    overtime: tuple[Overtime, ...] = ()
    actuals: tuple[Actual, ...] = ()
    previous: Previous | None = None
    setting_sources: dict[str, str] = {}
    sha256: str = ""

    def changed(self, **fields: Any) -> "Problem":
        """The problem with other values of some fields; nothing worked out from the old ones is kept."""
        return Problem(**{name: getattr(self, name) for name in Problem.model_fields} | fields)

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """Every date of the period."""
        return tuple(self.first + timedelta(n) for n in range((self.last - self.first).days + 1))

    def day(self, day: date) -> Day:
        """Class and flags of any date."""
        return self.calendar.day(day)

    def holds(self, day: date) -> bool:
        """Whether a date lies in the period."""
        return self.first <= day <= self.last

    @cached_property
    def window(self) -> dict[str, Window]:
        """Windows by id."""
        return {w.id: w for w in self.windows}

    @cached_property
    def person(self) -> dict[str, Person]:
        """People by id."""
        return {p.id: p for p in self.people}

    @cached_property
    def post(self) -> dict[str, Post]:
        """Posts by id."""
        return {p.id: p for p in self.posts}

    @cached_property
    def item(self) -> dict[str, Item]:
        """Items by id."""
        return {i.id: i for i in self.items}

    @cached_property
    def appointment(self) -> dict[str, Appointment]:
        """Appointments by id."""
        return {a.id: a for a in self.appointments}

    @cached_property
    def people_of(self) -> dict[str, tuple[Person, ...]]:
        """The people whose own window it is, by window."""
        found: dict[str, list[Person]] = defaultdict(list)
        for person in self.people:
            found[person.window].append(person)
        return {window.id: tuple(found[window.id]) for window in self.windows}

    @cached_property
    def servers_of(self) -> dict[str, tuple[Person, ...]]:
        """The people who may serve a window: its own and those with it in 可顶岗窗口 (H3)."""
        found: dict[str, list[Person]] = defaultdict(list)
        for person in self.people:
            for window in person.windows:
                found[window].append(person)
        return {window.id: tuple(found[window.id]) for window in self.windows}

    @cached_property
    def facts(self) -> "Facts":
        """What follows from the input alone: duties, open posts, leader units, availability, shares."""
        from zhiban.model.facts import Facts

        return Facts(self)
