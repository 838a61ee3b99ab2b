"""What duty earns (H8), and the leave that the input already grants."""

from collections import defaultdict
from datetime import date
from fractions import Fraction
from functools import cached_property

from zhiban.model.facts_demand import DemandFacts
from zhiban.model.facts_hours import overlap
from zhiban.model.kinds import LeaveKind, Line, Presence
from zhiban.model.records import Actual
from zhiban.model.roster import LeaveRow, round_half_up
from zhiban.model.segments import Segment


class CreditFacts(DemandFacts):
    """Credit of duty and of filed overtime."""

    def credited(self, line: Line, minutes: int, day: date | None = None) -> int:
        """计入分钟 of so many minutes on a line; 带班 (alone) goes by the day's class."""
        policy = self.problem.policy
        if line == Line.LEAD and day is not None:
            line = self.line_of(day) or Line.LEAD
        counts = {
            Line.WEEKEND: policy.credit_weekend,
            Line.HOLIDAY: policy.credit_holiday,
            Line.LUNCH: policy.credit_lunch,
            Line.CALL_IN: policy.credit_call_in,
            Line.LEAD: False,
        }
        return round_half_up(minutes * Fraction(policy.credit_ratio)) if counts[line] else 0

    def call_in_credit(self, day: date, start: int, end: int) -> int:
        """计入分钟 of a call-in: minutes in a working half of a workday earn nothing."""
        worked = sum(overlap((start, end), span) for span in self.halves(day).values())
        return self.credited(Line.CALL_IN, end - start - worked)

    def duty_credit(self, person: str, slot_line: Line, window: str, day: date, segment: Segment) -> int:
        """计入分钟 of a standing row, corrected by 实际到岗 where it says so."""
        minutes = segment.end - segment.start
        actual = self.actual_of(person, slot_line, window, day, segment)
        if actual is not None:
            if actual.presence == Presence.MISSING:
                return 0
            if actual.arrived is not None and actual.departed is not None:
                minutes = overlap((segment.start, segment.end), (actual.arrived, actual.departed))
        return self.credited(slot_line, minutes)

    @cached_property
    def _actuals(self) -> dict[tuple[str, date, Line, str], list[Actual]]:
        found: dict[tuple[str, date, Line, str], list[Actual]] = defaultdict(list)
        for actual in self.problem.actuals:
            if actual.person:
                found[actual.person, actual.day, actual.line, actual.window].append(actual)
        return found

    def actual_of(self, person: str, line: Line, window: str, day: date, segment: Segment) -> Actual | None:
        """The row of 实际到岗 about a person on a segment; a row without 时段 holds for all of the day's."""
        rows = self._actuals.get((person, day, line, window), [])
        named = [a for a in rows if a.segment == segment.name]
        return (named or [a for a in rows if not a.segment] or [None])[0]

    def missing(self, person: str, line: Line, window: str, day: date, segment: Segment) -> bool:
        """Whether 实际到岗 says 缺岗: neither headcount nor credit."""
        actual = self.actual_of(person, line, window, day, segment)
        return actual is not None and actual.presence == Presence.MISSING

    @cached_property
    def granted(self) -> list[LeaveRow]:
        """The halves of approved 调休 in the input: leave already granted, drawing on the bank."""
        rows: list[LeaveRow] = []
        for leave in self.problem.leaves:
            if leave.kind == LeaveKind.COMPENSATORY and leave.approved:
                for day, start, end in self.leave_pieces(leave):
                    if self.problem.holds(day) and self.problem.person[leave.person].employed_on(day):
                        for half, span in self.halves(day).items():
                            if overlap(span, (start, end)):
                                rows.append(LeaveRow(leave.person, day, half, *span, granted=True))
        return rows

    @cached_property
    def overtime_credits(self) -> list[tuple[str, date, int, int]]:
        """Person, date, end and credited minutes of each filed row of 延时记录 in the period."""
        policy = self.problem.policy
        if not policy.credit_overtime:
            return []
        return [
            (o.person, o.day, o.end, round_half_up((o.end - o.start) * Fraction(policy.credit_ratio)))
            for o in self.problem.overtime
            if o.filed and self.problem.holds(o.day)
        ]
