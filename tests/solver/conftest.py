"""Rows of the tiny centre, made by hand: halves 9–12 and 13–17, lunch 12–13, weekends and holidays 9–12 and 13–16."""

from datetime import date

import pytest

from zhiban.model.kinds import Half, Line, Mode, Role
from zhiban.model.roster import AppointmentRow, DutyRow, LeaveRow, Roster, StandInRow

HALVES = {Half.MORNING: (540, 720), Half.AFTERNOON: (780, 1020)}
DAY_SEGMENTS = {"上午": (540, 720), "下午": (780, 960)}

Row = DutyRow | LeaveRow | StandInRow | AppointmentRow


class Rows:
    """Makers of rows, and of rosters from any mixture of rows and lists of rows."""

    @staticmethod
    def day(
        day: date, *people: str, window: str = "W1", line: Line = Line.WEEKEND, only: str = "", **more: object
    ) -> list[DutyRow]:
        """The two segments of a weekend or holiday duty of each person, 180 minutes credited each."""
        given = {"credited": 180, **more}
        return [
            DutyRow(day, line, start, end, window, person, name, **given)  # type: ignore[arg-type]
            for person in people
            for name, (start, end) in DAY_SEGMENTS.items()
            if only in ("", name)
        ]

    @staticmethod
    def lunch(day: date, *people: str, window: str = "W1", credited: int = 0) -> list[DutyRow]:
        """Lunch duty."""
        return [DutyRow(day, Line.LUNCH, 720, 780, window, p, "午间", credited=credited) for p in people]

    @staticmethod
    def lead(day: date, person: str, group: str = "全中心", only: str = "", credited: int = 0) -> list[DutyRow]:
        """Leading a unit of two segments."""
        return [
            DutyRow(day, Line.LEAD, start, end, group, person, name, Role.LEAD, credited=credited)
            for name, (start, end) in DAY_SEGMENTS.items()
            if only in ("", name)
        ]

    @staticmethod
    def leave(person: str, day: date, half: Half, granted: bool = False) -> LeaveRow:
        """Comp leave of one whole half."""
        return LeaveRow(person, day, half, *HALVES[half], granted=granted)

    @staticmethod
    def leave_day(person: str, day: date) -> list[LeaveRow]:
        """Comp leave of both halves."""
        return [Rows.leave(person, day, half) for half in Half]

    @staticmethod
    def cover(
        day: date, half: Half, absentee: str, stand_in: str | None, reason: str = "年休假", post: str = "K1"
    ) -> StandInRow:
        """A row of 顶岗明细."""
        return StandInRow(day, half, post, absentee, reason, stand_in)

    @staticmethod
    def served(
        appointment: str,
        day: date,
        start: int,
        end: int,
        people: dict[str, Mode],
        window: str = "W1",
        role: Role = Role.HOST,
        met: bool = True,
    ) -> AppointmentRow:
        """A row of 预约明细."""
        return AppointmentRow(appointment, window, day, start, end, tuple(people), tuple(people.values()), role, met)

    @staticmethod
    def call_in(
        appointment: str,
        day: date,
        start: int,
        end: int,
        person: str,
        window: str = "W1",
        role: Role = Role.HOST,
        credited: int = 0,
    ) -> DutyRow:
        """A row of the line 应约."""
        return DutyRow(
            day, Line.CALL_IN, start, end, window, person, "", role, appointments=(appointment,), credited=credited
        )

    @staticmethod
    def roster(*parts: Row | list[DutyRow] | list[LeaveRow]) -> Roster:
        """A roster of rows in whatever order; lists are laid flat."""
        flat = [row for part in parts for row in (part if isinstance(part, list) else [part])]
        return Roster.of(
            [r for r in flat if isinstance(r, DutyRow)],
            [r for r in flat if isinstance(r, LeaveRow)],
            [r for r in flat if isinstance(r, StandInRow)],
            [r for r in flat if isinstance(r, AppointmentRow)],
        )


@pytest.fixture(scope="session")
def rows() -> type[Rows]:
    """Makers of rows."""
    return Rows
