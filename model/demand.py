"""What the input demands: standing duties, group duties, open posts, leader units, appointments (rules.md 2)."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from zhiban.model.kinds import Half, Line
from zhiban.model.records import Appointment, Item, Post
from zhiban.model.segments import Segment


@dataclass(frozen=True, slots=True)
class Slot:
    """A standing duty: a line at a window on a date, all its segments together (全天) or one of them (半天).

    `minimum` is the window's own headcount; it is 0 where only a group demands people here.
    """

    day: date
    line: Line
    window: str
    segments: tuple[Segment, ...]
    minimum: int

    @property
    def key(self) -> tuple[date, Line, str, int]:
        """Date, line, window and first start: one slot, whatever its segments are called."""
        return (self.day, self.line, self.window, self.segments[0].start)

    @property
    def start(self) -> int:
        """Start of the first segment, minutes from midnight."""
        return self.segments[0].start


@dataclass(frozen=True, slots=True)
class GroupDemand:
    """People demanded over several windows together (a row of 值班需求, or a lunch mode).

    `by_window`: the count is of windows with somebody (比例), else of different people. `by_row`: it stems from a row
    of 值班需求, which opens posts; the lunch modes do not.
    """

    day: date
    line: Line
    label: str
    slots: tuple[Slot, ...]
    segments: tuple[Segment, ...]
    minimum: int
    by_window: bool = False
    by_row: bool = False


class Opening(NamedTuple):
    """A post open in a half of a workday (`half`), or in a segment of a standing line (`line`); one post-segment."""

    post: Post
    day: date
    start: int
    end: int
    name: str
    half: Half | None = None
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """An accepted appointment of the period: `count` people a window, from one of `starts` on, `duration` minutes."""

    appointment: Appointment
    item: Item
    starts: tuple[int, ...]
    duration: int
    count: int

    @property
    def id(self) -> str:
        """The appointment's id."""
        return self.appointment.id

    @property
    def day(self) -> date:
        """The appointment's date."""
        return self.appointment.day

    @property
    def windows(self) -> tuple[str, ...]:
        """The 主办 window, then the 配合 windows."""
        return self.item.windows


@dataclass(frozen=True, slots=True)
class LeaderUnit:
    """One unit of D3: a leader group and a date (全天), a segment of it (半天), or a date with appointments only.

    `segments` is empty for an appointment unit, whose row runs from the first start to the last end of `needs`.
    """

    group: str
    windows: tuple[str, ...]
    day: date
    line: Line
    segments: tuple[Segment, ...]
    needs: tuple[Need, ...]
    leaders: tuple[str, ...]

    @property
    def by_appointment(self) -> bool:
        """Whether the unit stems from appointments, not from standing duty."""
        return not self.segments

    @property
    def earliest(self) -> tuple[int, int]:
        """First start and last end, appointments by their earliest ranges."""
        if self.segments:
            return self.segments[0].start, self.segments[-1].end
        return min(n.starts[0] for n in self.needs), max(n.starts[0] + n.duration for n in self.needs)
