"""H10: in a re-solve, what begins soon stays as it was."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from zhiban.model.kinds import Severity
from zhiban.model.problem import Problem
from zhiban.model.roster import AppointmentRow, Finding, LeaveRow, Roster
from zhiban.solver.entries import APPOINTMENT, LEAVE, Entry
from zhiban.solver.freezing import Source, may_go, sources_of, unit_of
from zhiban.solver.rule import Case, Rule
from zhiban.solver.wording import day_text, person_text, window_text

if TYPE_CHECKING:
    from zhiban.solver.draft import Draft


@dataclass(frozen=True)
class Frozen(Rule):
    """重新排班时，即将开始的安排保持不变，除非本人已不可用或预约已变更；也不在此期间新增安排，补缺除外。"""

    old: Roster | None = None
    now: datetime | None = None

    code = "H10"
    name = "冻结"

    def build(self, draft: "Draft") -> None:
        """Frozen entries stand; changes are counted for T5."""
        from zhiban.solver.building.changes import build_changes

        build_changes(draft)

    def about(self, case: Case) -> "Frozen":
        """The rule for a re-solve of the case's old roster at its time."""
        return Frozen(case.old, case.now)

    def breaches(self, problem: Problem, roster: Roster) -> list[Finding]:
        """Frozen entries gone without need, and entries added with a frozen start beyond what was lost."""
        if self.old is None or self.now is None:
            return []
        before, after = sources_of(problem, self.old), sources_of(problem, roster)
        lost = {e: rows for e, rows in before.items() if e not in after and self._is_frozen(problem, rows)}
        added = {e: rows for e, rows in after.items() if e not in before and self._is_frozen(problem, rows)}
        found = [
            self._finding(problem, entry, "已冻结，不应取消")
            for entry, rows in lost.items()
            if not may_go(problem, entry, rows)
        ]
        room = Counter(unit_of(entry) for entry in lost)
        for entry, rows in added.items():
            unit = unit_of(entry)
            if any(isinstance(row, LeaveRow) and row.granted for row in rows) or self._was_unmet(entry):
                continue
            if room[unit] > 0:
                room[unit] -= 1
            else:
                found.append(self._finding(problem, entry, "开始时间已冻结，不应新增"))
        return found

    def _is_frozen(self, problem: Problem, rows: list[Source]) -> bool:
        """Whether an entry starts before 现在 plus the hours of notice for its kind."""
        assert self.now is not None, "only asked in a re-solve"
        policy = problem.policy
        notice = (
            policy.appointment_change_minutes if isinstance(rows[0], AppointmentRow) else policy.roster_change_minutes
        )
        first = min(rows, key=lambda row: (row.day, row.start))
        start = datetime.combine(first.day, datetime.min.time()) + timedelta(minutes=first.start)
        return start < self.now + timedelta(minutes=notice)

    def _was_unmet(self, entry: Entry) -> bool:
        """Whether an entry is for an appointment that the old roster did not have or had unmet."""
        assert self.old is not None, "only asked in a re-solve"
        if entry.line != APPOINTMENT:
            return False
        rows = [row for row in self.old.appointments if row.appointment == entry.appointment]
        return not rows or not all(row.met for row in rows)

    def _finding(self, problem: Problem, entry: Entry, said: str) -> Finding:
        what = f"{entry.line}{entry.appointment}{entry.half or ''}"
        where = f" {window_text(problem, entry.window)}" if entry.window else ""
        text = f"{day_text(entry.day)} {what}{where} {person_text(problem, entry.person)}：{said}"
        line = "" if entry.line in (APPOINTMENT, LEAVE) else entry.line
        return Finding(
            Severity.MUST,
            self.code,
            text,
            "请恢复原安排；确需变更的，先在人员、请假外出或预约登记中写明",
            entry.day,
            line,
            str(entry.half or ""),
            entry.window,
            entry.person,
            entry.appointment,
        )
