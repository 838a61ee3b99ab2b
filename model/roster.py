"""A roster: the rows of the machine sheets, and what is said about them.

Everything a program needs to rebuild or judge a roster is in `Roster`; findings and tiers are statements about it.
"""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from zhiban.model.kinds import Half, Line, Mode, Role, Severity, TierStatus


@dataclass(frozen=True, slots=True, order=True)
class DutyRow:
    """A row of 排班明细: one person on one segment of one duty, one call-in, or one led segment.

    `window` is a window's id, or the leader group's name on the line 带班. Times are minutes from midnight,
    `credited` is 计入分钟.
    """

    day: date
    line: Line
    start: int
    end: int
    window: str
    person: str
    segment: str = ""
    role: Role = Role.DUTY
    posts: tuple[str, ...] = ()
    appointments: tuple[str, ...] = ()
    credited: int = 0
    locked: bool = False


@dataclass(frozen=True, slots=True, order=True)
class LeaveRow:
    """A row of 调休明细. `granted`: the input's own approved 调休 (来源 已批), else placed by the optimiser (优化)."""

    person: str
    day: date
    half: Half
    start: int
    end: int
    granted: bool = False

    @property
    def minutes(self) -> int:
        """Clock length in minutes."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, order=True)
class StandInRow:
    """A row of 顶岗明细: who holds a post in a half of a workday in place of its A (`stand_in` None: nobody)."""

    day: date
    half: Half
    post: str
    absentee: str
    reason: str
    stand_in: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class AppointmentRow:
    """A row of 预约明细: one accepted appointment in one of its windows. `people` and `modes` run side by side."""

    appointment: str
    window: str
    day: date
    start: int
    end: int
    people: tuple[str, ...] = ()
    modes: tuple[Mode, ...] = ()
    role: Role = Role.HOST
    met: bool = False


@dataclass(frozen=True, slots=True)
class Roster:
    """All rows of a roster, each tuple sorted."""

    duties: tuple[DutyRow, ...] = ()
    leaves: tuple[LeaveRow, ...] = ()
    stand_ins: tuple[StandInRow, ...] = ()
    appointments: tuple[AppointmentRow, ...] = ()

    @staticmethod
    def of(
        duties: "list[DutyRow]",
        leaves: "list[LeaveRow]",
        stand_ins: "list[StandInRow]",
        appointments: "list[AppointmentRow]",
    ) -> "Roster":
        """A roster with its rows in canonical order."""
        return Roster(
            tuple(sorted(duties, key=_duty_key)),
            tuple(sorted(leaves)),
            tuple(sorted(stand_ins, key=lambda r: (r.day, r.half != Half.MORNING, r.post))),
            tuple(sorted(appointments, key=lambda r: (r.day, r.start, r.appointment, r.role != Role.HOST, r.window))),
        )


_LINE_ORDER = {line: number for number, line in enumerate(Line)}


def _duty_key(row: DutyRow) -> tuple[object, ...]:
    return (row.day, _LINE_ORDER[row.line], row.start, row.end, row.window, row.role, row.person, row.appointments)


@dataclass(frozen=True, slots=True)
class Finding:
    """A row of 问题明细 and 问题清单: one breach, one unmet unit, one warning."""

    severity: Severity
    code: str
    text: str
    advice: str = ""
    day: date | None = None
    line: str = ""
    segment: str = ""
    window: str = ""
    person: str = ""
    subject: str = ""
    amount: int = 1
    """Missing people, windows or posts of an unmet unit."""


@dataclass(frozen=True, slots=True)
class TierValue:
    """A row of 目标层级. `bound` None: nothing proven or not asked."""

    code: str
    name: str
    value: int | None
    bound: int | None
    status: TierStatus


TIER_NAMES = {
    "T1": "预约未满足",
    "T2": "值班缺人",
    "T3": "空岗",
    "T4": "缺带班",
    "T5a": "改动人数",
    "T5b": "改动项",
    "T6": "公平",
    "T7": "未调休",
    "T8": "意愿",
    "T9": "舒适",
}
"""The tiers in the order in which they are compared."""


@dataclass(frozen=True, slots=True)
class BankRow:
    """A row of 时间银行, minutes."""

    person: str
    opening: int
    weekend: int
    holiday: int
    lunch: int
    call_in: int
    overtime: int
    taken: int
    expired: int
    closing: int


@dataclass(frozen=True, slots=True)
class ClosingLot:
    """A row of 期末余额: what is left of one lot."""

    person: str
    earned: date
    minutes: int
    source: str
    expires: date | None


@dataclass(frozen=True, slots=True)
class ClosingCount:
    """A row of 期末累计: h + n per person."""

    person: str
    saturday: int
    sunday: int
    holiday: int
    statutory: int
    lunch: int
    call_in: int
    lead: int
    last_duty: date | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the verifier says of a roster: breaches of law and facts, unmet units, warnings, tier values, ledger."""

    breaches: tuple[Finding, ...]
    unmet: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    tiers: dict[str, int | None]
    bank: tuple[BankRow, ...]
    closing_lots: tuple[ClosingLot, ...]
    closing_counts: tuple[ClosingCount, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A row of 变更记录 (re-solve): an entry that one roster has and the other has not, and why."""

    person: str
    day: date
    line: str
    window: str
    segment: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class PartReport:
    """One independently solved part: its size and how long it took, seconds.

    `first_seconds` and `tier_seconds` run from the start of the whole search to the part's first roster and to the
    final value and bound of each of its tiers.
    """

    name: str
    people: int
    windows: int
    variables: int
    constraints: int
    build_seconds: float
    solve_seconds: float
    first_seconds: float | None = None
    tier_seconds: dict[str, float] = field(default_factory=dict[str, float])


@dataclass(frozen=True, slots=True)
class Risk:
    """A row of 抗风险: a post, window or leader group that one person's absence for a day would leave empty (N−1).

    `kind`: 岗位, 窗口 or 带班组; `subject` its id or name; `line`: 工作日 or the line of the duty; `person` is who must
    not be missing on `days`; `cure` is the cheapest remedy in words, which covers `covered` of the days.
    """

    kind: str
    subject: str
    line: str
    person: str
    days: tuple[date, ...]
    cure: str
    covered: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verified roster with everything that is written beside it."""

    roster: Roster
    judgement: Judgement
    tiers: tuple[TierValue, ...]
    changes: tuple[Change, ...] = ()
    parts: tuple[PartReport, ...] = ()
    info: dict[str, str] = field(default_factory=dict[str, str])
    """项目 → 值 of 求解信息 beyond what the writer adds itself."""
    risks: tuple[Risk, ...] = ()


def round_half_up(value: Fraction) -> int:
    """The nearest whole number, halves going up; exact."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
