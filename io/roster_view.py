"""What all written sheets ask of a roster: who stands where, how people are printed, what a day is called."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from zhiban.io.look import (
    CLOSED_FILL,
    DATE_FORMAT,
    HOLIDAY_FILL,
    MONTH_DAY_FORMAT,
    PROJECTED_DATE_FORMAT,
    PROJECTED_MONTH_DAY_FORMAT,
    WEEKEND_FILL,
)
from zhiban.model.kinds import DayClass, Line
from zhiban.model.problem import Problem
from zhiban.model.records import Person
from zhiban.model.roster import AppointmentRow, DutyRow, LeaveRow, Outcome, StandInRow
from zhiban.model.segments import clock

FILLS = {DayClass.WEEKEND: WEEKEND_FILL, DayClass.HOLIDAY: HOLIDAY_FILL, DayClass.CLOSED: CLOSED_FILL}


class RosterView:
    """A problem and its outcome, indexed for printing."""

    def __init__(self, problem: Problem, outcome: Outcome) -> None:
        self.problem = problem
        self.outcome = outcome
        self.roster = outcome.roster

    # ---- people and windows -----------------------------------------------------------------------------------

    @cached_property
    def printed(self) -> dict[str, str]:
        """How each person is printed, by 工号."""
        return printed_names(self.problem)

    def name(self, person: str) -> str:
        """A person as printed; the id itself for somebody who is not in 人员."""
        return self.printed.get(person, person)

    def names(self, people: Iterable[str]) -> str:
        """Several people in one cell."""
        return "、".join(self.name(person) for person in people)

    def window_name(self, window: str) -> str:
        """A window's printed name; with its id where two windows share the name; a leader group's name as it is."""
        known = self.problem.window.get(window)
        if known is None:
            return window
        return f"{known.name}({known.id})" if self._window_names[known.name] > 1 else known.name

    @cached_property
    def _window_names(self) -> Counter[str]:
        return Counter(window.name for window in self.problem.windows)

    def head_of(self, window: str) -> str:
        """窗口负责人 as printed, empty where none is given."""
        known = self.problem.window.get(window)
        return self.name(known.head) if known and known.head else ""

    def mobile(self, person: str) -> str:
        """A person's mobile phone, empty where none is given."""
        known = self.problem.person.get(person)
        return known.mobile if known else ""

    # ---- days -------------------------------------------------------------------------------------------------

    def weekday(self, day: date) -> str:
        """星期X, or the festival's name in its place; 调休上班 is said below the weekday."""
        info = self.problem.day(day)
        if info.day_class == DayClass.HOLIDAY and info.name:
            return info.name
        if info.day_class == DayClass.MAKE_UP:
            return f"星期{info.weekday}\n调休上班"
        return f"星期{info.weekday}"

    def fill(self, day: date) -> str:
        """The light fill of a day's rows, empty on workdays."""
        return FILLS.get(self.problem.day(day).day_class, "")

    def date_format(self, day: date) -> str:
        """The number format of a full date; it says 推算 where the day's class is a projection."""
        return PROJECTED_DATE_FORMAT if self.problem.day(day).projected else DATE_FORMAT

    def month_day_format(self, day: date) -> str:
        """The number format of a date without its year, 推算 marked likewise."""
        return PROJECTED_MONTH_DAY_FORMAT if self.problem.day(day).projected else MONTH_DAY_FORMAT

    def day_text(self, day: date) -> str:
        """A date in a text: 11月21日, 推算 marked."""
        return f"{day.month}月{day.day}日" + ("（推算）" if self.problem.day(day).projected else "")

    @cached_property
    def projected_notes(self) -> list[str]:
        """One sentence per year of the period whose arrangement is not published."""
        years = self.problem.calendar.unpublished_years(self.problem.first, self.problem.last)
        return [f"{year}年放假安排未公布，标“推算”的日期按法定节假日推算，公布后请重新排班核对。" for year in years]

    @cached_property
    def period_text(self) -> str:
        """The period in a title: 2026年11月, or both ends where it is not one whole calendar month."""
        first, last = self.problem.first, self.problem.last
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.year}年{first.month}月"
        if first.year == last.year:
            return f"{first.year}年{first.month}月{first.day}日至{last.month}月{last.day}日"
        return f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日"

    # ---- rows -------------------------------------------------------------------------------------------------

    @cached_property
    def duties_at(self) -> dict[tuple[date, Line, str], list[DutyRow]]:
        """The rows of 排班明细 by date, line and window (带班: group)."""
        found: dict[tuple[date, Line, str], list[DutyRow]] = defaultdict(list)
        for row in self.roster.duties:
            found[row.day, row.line, row.window].append(row)
        return found

    @cached_property
    def duties_of(self) -> dict[str, list[DutyRow]]:
        """The rows of each person."""
        found: dict[str, list[DutyRow]] = defaultdict(list)
        for row in self.roster.duties:
            found[row.person].append(row)
        return found

    @cached_property
    def leaves_of(self) -> dict[str, list[LeaveRow]]:
        """The compensatory leave of each person."""
        found: dict[str, list[LeaveRow]] = defaultdict(list)
        for row in self.roster.leaves:
            found[row.person].append(row)
        return found

    @cached_property
    def stand_ins_for(self) -> dict[tuple[str, date], list[StandInRow]]:
        """The rows of 顶岗明细 by absentee and date."""
        found: dict[tuple[str, date], list[StandInRow]] = defaultdict(list)
        for row in self.roster.stand_ins:
            found[row.absentee, row.day].append(row)
        return found

    @cached_property
    def stood_in_by(self) -> dict[str, list[StandInRow]]:
        """The rows of 顶岗明细 by who stands in."""
        found: dict[str, list[StandInRow]] = defaultdict(list)
        for row in self.roster.stand_ins:
            if row.stand_in:
                found[row.stand_in].append(row)
        return found

    @cached_property
    def appointment_rows(self) -> dict[str, list[AppointmentRow]]:
        """The rows of 预约明细 by appointment, the 主办 window first."""
        found: dict[str, list[AppointmentRow]] = defaultdict(list)
        for row in self.roster.appointments:
            found[row.appointment].append(row)
        return found

    @cached_property
    def people_by_window(self) -> list[Person]:
        """Everybody, in the order of the windows."""
        return [person for window in self.problem.windows for person in self.problem.people_of[window.id]]

    def span_text(self, start: int, end: int) -> str:
        """A clock range, 9:00-12:00."""
        return f"{clock(start)}-{clock(end)}"


def printed_names(problem: Problem) -> dict[str, str]:
    """姓名; where two people share it 姓名(单位), or 姓名(工号) where that does not tell them apart either."""
    names = Counter(person.name for person in problem.people)
    with_unit = {
        person.id: f"{person.name}({problem.window[person.window].unit})"
        for person in problem.people
        if names[person.name] > 1 and problem.window[person.window].unit
    }
    taken = Counter(with_unit.values()) + names
    found: dict[str, str] = {}
    for person in problem.people:
        if names[person.name] == 1:
            found[person.id] = person.name
        else:
            text = with_unit.get(person.id, "")
            found[person.id] = text if taken[text] == 1 else f"{person.name}({person.id})"
    return found
