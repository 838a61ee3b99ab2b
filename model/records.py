"""What the input workbook says, one frozen record a row.

`row` is the worksheet row a record came from (0: none), so that every complaint can name its cell.
Clock times are minutes from midnight, 0 to 1440; durations are minutes; all date ranges include both ends
and an empty end is open.
"""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from zhiban.model.kinds import ACCEPTED, Half, LeaveKind, Line, PinMode, Presence


def within(day: date, first: date | None, last: date | None) -> bool:
    """Whether `day` lies in a range that includes both ends, an empty end being open."""
    return (first is None or first <= day) and (last is None or day <= last)


class Record(BaseModel):
    """A row of the input workbook."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    row: int = 0


class Window(Record):
    """A window (窗口); an empty minimum falls back on the policy's."""

    id: str
    name: str
    unit: str = ""
    category: str = ""
    head: str | None = None
    deputies: tuple[str, ...] = ()
    workday_minimum: int | None = None
    lunch_minimum: int | None = None
    weekend_minimum: int | None = None
    holiday_minimum: int | None = None
    mutual_group: str = ""
    leader_group: str = ""
    leave_cap: int | None = None
    phone: str = ""
    active_from: date | None = None
    active_to: date | None = None

    def active_on(self, day: date) -> bool:
        """Whether the window exists on a date (启用起 … 启用止)."""
        return within(day, self.active_from, self.active_to)

    def own_minimum(self, line: Line) -> int | None:
        """The window's own column for a standing line; None where it is empty."""
        return {
            Line.LUNCH: self.lunch_minimum,
            Line.WEEKEND: self.weekend_minimum,
            Line.HOLIDAY: self.holiday_minimum,
        }[line]

    @property
    def heads(self) -> tuple[str, ...]:
        """窗口负责人 and 代理负责人, in order."""
        return ((self.head,) if self.head else ()) + self.deputies


class Person(Record):
    """A person of a window (人员). `items` empty: every item in every window the person may serve."""

    id: str
    name: str
    window: str
    gender: str = ""
    stand_in_windows: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    status: str = ""
    fairness_group: str = ""
    mobile: str = ""
    joins_lunch: bool = True
    joins_weekend: bool = True
    joins_holiday: bool = True
    exempt_from: date | None = None
    exempt_to: date | None = None
    exempt_reason: str = ""
    hired: date | None = None
    left: date | None = None
    weekend_cap: int | None = None
    note: str = ""

    def employed_on(self, day: date) -> bool:
        """Whether the person is on the staff on a date (到岗日 … 离岗日)."""
        return within(day, self.hired, self.left)

    def exempt_on(self, day: date) -> bool:
        """Whether 免加班 holds on a date; it takes at least one filled end."""
        return (self.exempt_from is not None or self.exempt_to is not None) and within(
            day, self.exempt_from, self.exempt_to
        )

    def joins(self, line: Line) -> bool:
        """Whether the person takes part in a standing line."""
        return (
            self.joins_lunch
            if line == Line.LUNCH
            else (self.joins_weekend if line == Line.WEEKEND else self.joins_holiday)
        )

    @property
    def windows(self) -> tuple[str, ...]:
        """Every window the person may serve, the own one first (H3)."""
        return (self.window, *(w for w in self.stand_in_windows if w != self.window))

    def may_do(self, item: str) -> bool:
        """Whether the person may do an item."""
        return not self.items or item in self.items


class Post(Record):
    """A post (岗位) with its A person and its stand-ins in order."""

    id: str
    name: str
    window: str
    a: str
    b: tuple[str, ...] = ()
    open_lunch: bool = False
    open_weekend: bool = False
    open_holiday: bool = False
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def team(self) -> tuple[str, ...]:
        """A and the stand-ins, in the order in which they take the post."""
        return (self.a, *self.b)

    def open_on_line(self, line: Line) -> bool:
        """Whether the post's column for a standing line says 是."""
        return {Line.LUNCH: self.open_lunch, Line.WEEKEND: self.open_weekend, Line.HOLIDAY: self.open_holiday}[line]


class DemandRow(Record):
    """A row of 值班需求: one more duty over the windows of a group, a category or the whole centre."""

    line: Line
    scope: str
    """互助组, 类别 or 全中心."""
    name: str = ""
    minimum: int
    day: date | None = None


class LeaderRow(Record):
    """A row of 带班领导."""

    person: str
    title: str = ""
    group: str = ""
    joins: str = ""
    """周末, 节假日 or empty (both)."""
    order: int | None = None
    unavailable: tuple[date, ...] = ()


class Leave(Record):
    """A row of 请假外出; empty halves mean the whole day."""

    person: str
    kind: LeaveKind
    first: date
    first_half: Half | None = None
    last: date
    last_half: Half | None = None
    approved: bool = True
    approver: str = ""


class Item(Record):
    """A service item (事项)."""

    id: str
    name: str
    host: str
    assists: tuple[str, ...] = ()
    minutes: int | None = None
    weekend_ok: bool = True
    holiday_ok: bool = True
    materials: str = ""

    @property
    def windows(self) -> tuple[str, ...]:
        """The 主办 window, then the 配合 windows."""
        return (self.host, *self.assists)


class Appointment(Record):
    """A row of 预约登记. Either `start` or `earliest` and `latest` are filled; `duration` is in minutes.

    Applicant, phone, unit and the like are private: they appear on the forms of the centre's own workbook only.
    """

    id: str
    registered: datetime
    channel: str
    applicant: str
    phone: str
    unit: str = ""
    agent: str = ""
    item: str
    day: date
    start: int | None = None
    earliest: int | None = None
    latest: int | None = None
    duration: int | None = None
    servers: int | None = None
    recorder: str = ""
    handed_over: datetime | None = None
    signed_by: str = ""
    contacted: datetime | None = None
    told_all: bool | None = None
    state: str
    change_reason: str = ""
    approver: str = ""
    told_at: datetime | None = None
    actual_start: datetime | None = None
    actual_end: datetime | None = None
    outcome: str = ""
    rating: str = ""
    filed: date | None = None
    called_back: date | None = None
    note: str = ""

    @property
    def accepted(self) -> bool:
        """Whether the state is one in which the appointment must be served."""
        return self.state in ACCEPTED


class OpeningLot(Record):
    """A row of 时间银行期初: minutes of credit from an earlier duty."""

    person: str
    earned: date
    minutes: int = Field(ge=0)
    source: str = ""
    expires: date | None = None


class History(Record):
    """A row of 历史累计: counts of duties before the period."""

    person: str
    saturday: int = 0
    sunday: int = 0
    holiday: int = 0
    statutory: int = 0
    lunch: int = 0
    call_in: int = 0
    lead: int = 0
    last_duty: date | None = None

    def count(self, line: Line) -> int:
        """The duties of a line: 周末 is both weekend days; 节假日 has the statutory days in it."""
        return {
            Line.WEEKEND: self.saturday + self.sunday,
            Line.HOLIDAY: self.holiday,
            Line.LUNCH: self.lunch,
            Line.CALL_IN: self.call_in,
            Line.LEAD: self.lead,
        }[line]


class Wish(Record):
    """A row of 意愿; `line` None: any line."""

    person: str
    day: date
    line: Line | None = None
    wants: bool
    """True: 希望; False: 不希望."""
    weight: int = 1


BY_HAND = "手工修改值班表"
"""原因 of a pin that stands for a cell edited by hand in a written roster."""


class Pin(Record):
    """A row of 指定与锁定 (H9). `line` is a Line's value or 调休; with `appointment`, day and line are not read."""

    day: date
    line: str
    segment: str = ""
    window: str | None = None
    person: str | None = None
    appointment: str | None = None
    mode: PinMode
    reason: str = ""
    source: str = ""
    """The cell the pin comes from where it is not a row of 指定与锁定 (a swap, a recorded presence, an edited cell)."""


class Swap(Record):
    """A row of 调换班: 乙 serves 甲's duty (代班), or both serve each other's (对调)."""

    kind: str
    a: str
    a_day: date
    a_line: Line
    b: str
    b_day: date | None = None
    b_line: Line | None = None
    approver: str = ""
    reason: str = ""


class Overtime(Record):
    """A row of 延时记录."""

    person: str
    day: date
    start: int
    end: int
    matter: str = ""
    filed: bool = False


class Actual(Record):
    """A row of 实际到岗: who really was there."""

    day: date
    line: Line
    segment: str = ""
    window: str
    person: str | None = None
    arrived: int | None = None
    departed: int | None = None
    presence: Presence
