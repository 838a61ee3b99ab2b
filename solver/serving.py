"""Who serves which appointment, where and how, as 预约明细 and 排班明细 say (rules.md D4)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from zhiban.model.demand import Need
from zhiban.model.kinds import STANDING_LINES, Line, Mode
from zhiban.model.roster import AppointmentRow, DutyRow

if TYPE_CHECKING:
    from zhiban.solver.view import RosterView


@dataclass(frozen=True, slots=True)
class Serving:
    """One person serving one appointment in one window. `fault`: why the stated way does not hold (empty: it does)."""

    person: str
    need: Need
    window: str
    mode: Mode
    start: int
    end: int
    row: AppointmentRow
    fault: str = ""

    @property
    def day(self) -> date:
        """The appointment's date."""
        return self.need.day


def rows_of_needs(view: "RosterView") -> dict[tuple[str, str], list[AppointmentRow]]:
    """The rows of 预约明细 by accepted appointment and one of its windows, on its date."""
    found: dict[tuple[str, str], list[AppointmentRow]] = defaultdict(list)
    for row in view.roster.appointments:
        need = view.facts.need.get(row.appointment)
        if need is not None and row.window in need.windows and row.day == need.day:
            found[row.appointment, row.window].append(row)
    return found


def servings_of(view: "RosterView") -> list[Serving]:
    """Every known person of the rows of 预约明细 that belong to a need; of two rows for one window the first counts."""
    found: list[Serving] = []
    for (appointment, window), rows in rows_of_needs(view).items():
        need, row = view.facts.need[appointment], rows[0]
        modes = row.modes if len(row.modes) == len(row.people) else (Mode.ON_DUTY,) * len(row.people)
        for person, mode in zip(row.people, modes, strict=True):
            if person in view.problem.person:
                fault = _fault(view, need, row, person, mode)
                found.append(Serving(person, need, window, mode, row.start, row.end, row, fault))
    return found


def _fault(view: "RosterView", need: Need, row: AppointmentRow, person: str, mode: Mode) -> str:
    """Why a person cannot be said to serve that way."""
    rows = view.rows_on.get((person, need.day), ())
    if mode == Mode.ON_DUTY:
        return "" if any(_contains(duty, row) for duty in rows) else "当日该窗口没有包含整个时段的值班"
    if mode == Mode.CALL_IN:
        return "" if any(_calls_in(duty, row) for duty in rows) else "排班明细没有相同窗口、起止的应约行"
    half = view.facts.half_of(need.day, row.start, row.end)
    if half is None:
        return "时段不在同一个工作半天内，不能在岗办理"
    return "" if view.present(person, need.day, half) else "该半天不在岗"


def _contains(duty: DutyRow, row: AppointmentRow) -> bool:
    same = duty.line in STANDING_LINES and duty.window == row.window
    return same and duty.start <= row.start and row.end <= duty.end


def _calls_in(duty: DutyRow, row: AppointmentRow) -> bool:
    same = duty.line == Line.CALL_IN and duty.window == row.window and row.appointment in duty.appointments
    return same and (duty.start, duty.end) == (row.start, row.end)
