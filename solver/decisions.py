"""What is decided: one record per decision, each with its literal."""

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from zhiban.model.demand import LeaderUnit, Need, Slot
from zhiban.model.facts_hours import MIDNIGHT
from zhiban.model.kinds import Half, Mode
from zhiban.model.ledger import instant
from zhiban.solver.linear import Lit


@dataclass(frozen=True, slots=True)
class Duty:
    """One person on one standing duty."""

    person: str
    slot: Slot
    lit: Lit
    counted: bool
    """False where 实际到岗 says 缺岗 on a segment: not all served, so that T2 does not count it."""
    burdens: bool
    """False where 实际到岗 says 缺岗 on every segment: n does not count it either."""


@dataclass(frozen=True, slots=True)
class Service:
    """One person serving one appointment in one window, in one way, from one start."""

    person: str
    need: Need
    window: str
    mode: Mode
    start: int
    end: int
    lit: Lit


@dataclass(frozen=True, slots=True)
class LeaveOption:
    """One piece of compensatory leave that may be placed."""

    person: str
    day: date
    half: Half
    start: int
    end: int
    lit: Lit

    @property
    def minutes(self) -> int:
        """Clock length."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Leading:
    """One person leading one unit over one span; `alone`: 在岗 without a duty row, which is a place and work."""

    person: str
    unit: LeaderUnit
    alone: bool
    start: int
    end: int
    lit: Lit

    @property
    def pieces(self) -> list[tuple[int, int]]:
        """The times of its rows: the unit's segments, or its one span."""
        return [(s.start, s.end) for s in self.unit.segments] or [(self.start, self.end)]


@dataclass(frozen=True, slots=True)
class Place:
    """A literal that puts its person somewhere between two times of a date."""

    start: int
    end: int
    lit: Lit


@dataclass(frozen=True, slots=True)
class Stretch:
    """Alike workdays of one person between two instants of credit.

    `whole`, `morning`, `afternoon`: how many of the days are taken in full, or half only; None where that half is not
    free. `lone_morning`: whether a morning alone leaves the afternoon worked. `hours`: the hours
    taken where leave goes by the hour.
    """

    person: str
    days: tuple[date, ...]
    minutes: tuple[int, int]
    whole: Lit | None
    morning: Lit | None
    afternoon: Lit | None
    lone_morning: bool
    lone_afternoon: bool
    hours: Lit | None = None

    def count(self, half: Half) -> list[Lit]:
        """The counts whose sum is the number of days away in a half."""
        single = self.morning if half == Half.MORNING else self.afternoon
        return [lit for lit in (self.whole, single) if lit is not None]

    def terms(self) -> list[tuple[Lit, int]]:
        """Counts with the minutes each draws."""
        if self.hours is not None:
            return [(self.hours, 60)]
        morning, afternoon = self.minutes
        pairs = [(self.whole, morning + afternoon), (self.morning, morning), (self.afternoon, afternoon)]
        return [(lit, m) for lit, m in pairs if lit is not None]

    @property
    def start(self) -> int:
        """An instant of the last day: no credit is earned between any two of a stretch."""
        return instant(self.days[-1], MIDNIGHT - 1)


class LeaveModel(Enum):
    """How compensatory leave stands in a draft: half-day by half-day, by the stretch (see `bulk`), or not at all."""

    BY_DAY = auto()
    BY_STRETCH = auto()
    NONE = auto()
