"""Shares, earlier counts and cost of duties: the fairness of T6."""

from collections import defaultdict
from datetime import date
from fractions import Fraction
from functools import cached_property

from zhiban.model.facts_credit import CreditFacts
from zhiban.model.kinds import FAIRNESS_LINES, Line
from zhiban.model.records import History
from zhiban.model.roster import round_half_up

LEAST_SHARE = Fraction(1, 20)


class FairnessFacts(CreditFacts):
    """What T6 compares people by."""

    @cached_property
    def duty_days(self) -> dict[Line, set[date]]:
        """Duty days of each line (rules.md 4): the denominators of the shares."""
        days: dict[Line, set[date]] = {line: set() for line in FAIRNESS_LINES}
        for slot in self.slots:
            days[slot.line].add(slot.day)
        for need in self.needs:
            if self.half_of(need.day, need.starts[0], need.starts[0] + need.duration) is None:
                days[Line.CALL_IN].add(need.day)
        for unit in self.units:
            days[Line.LEAD].add(unit.day)
        return days

    @cached_property
    def serve_days(self) -> dict[tuple[str, Line], set[date]]:
        """The dates on which each person could serve each line by H2 and H3 alone."""
        found: dict[tuple[str, Line], set[date]] = defaultdict(set)
        for slot in self.slots:
            for person in self.candidates(slot):
                found[person.id, slot.line].add(slot.day)
        for need in self.needs:
            start, end = need.starts[0], need.starts[0] + need.duration
            if self.half_of(need.day, start, end) is not None:
                continue
            for window in need.windows:
                for person in self.problem.servers_of[window]:
                    if person.may_do(need.item.id) and self.available(person.id, Line.CALL_IN, need.day, start, end):
                        found[person.id, Line.CALL_IN].add(need.day)
        present = str(self.problem.policy.leader_mode) == "在岗"
        for unit in self.units:
            for person in unit.leaders:
                exempt = present and self.problem.person[person].exempt_on(unit.day)
                if not exempt and self.may_lead(person, unit):
                    found[person, Line.LEAD].add(unit.day)
        return found

    def share(self, person: str, line: Line) -> Fraction | None:
        """a of the fairness cost: dates he could serve ÷ duty days, at least 1/20; None: not counted."""
        could = len(self.serve_days.get((person, line), ()))
        if not could:
            return None
        return max(LEAST_SHARE, Fraction(could, len(self.duty_days[line])))

    def history_count(self, person: str, line: Line) -> int:
        """h of the fairness cost: the count from 历史累计, or the mean of the group for a newcomer."""
        record = self.history_record(person)
        if record is not None:
            return record.count(line)
        counts = [r.count(line) for other in self._peers(person, line) if (r := self.history_record(other)) is not None]
        return round_half_up(Fraction(sum(counts), len(counts))) if counts else 0

    def history_record(self, person: str) -> History | None:
        """The person's row of 历史累计, if any."""
        return self._history_rows.get(person)

    @cached_property
    def _history_rows(self) -> dict[str, History]:
        return {h.person: h for h in self.problem.history}

    def _peers(self, person: str, line: Line) -> list[str]:
        """The group whose mean a newcomer is given: 公平组, else window; on 带班 the leaders of his group."""
        if line == Line.LEAD:
            groups = [g for g in self.leader_groups if person in self.leaders_of(g)]
            return list(dict.fromkeys(p for g in groups for p in self.leaders_of(g)))
        who = self.problem.person[person]
        if who.fairness_group:
            return [p.id for p in self.problem.people if p.fairness_group == who.fairness_group]
        return [p.id for p in self.problem.people_of[who.window]]

    def fairness_cost(self, person: str, line: Line, count: int) -> int:
        """c = ⌊100·(h + n)² / a + 1/2⌋ for n = `count` duties; 0 for somebody who is not counted."""
        share = self.share(person, line)
        if share is None:
            return 0
        return round_half_up(100 * (self.history_count(person, line) + count) ** 2 / share)
