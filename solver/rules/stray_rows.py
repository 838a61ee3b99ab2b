"""F1: rows that belong to no duty, post, unit, appointment or granted leave."""

from collections import Counter
from collections.abc import Iterable

from zhiban.model.kinds import Line, Severity
from zhiban.model.problem import Problem
from zhiban.model.roster import DutyRow, Finding, Roster
from zhiban.model.settings import Granularity
from zhiban.solver.rule import Rule
from zhiban.solver.serving import rows_of_needs
from zhiban.solver.view import RosterView, view_of
from zhiban.solver.wording import day_text, person_text, span_text, window_text


class StrayRows(Rule):
    """每一行都对应一个值班、应约、带班、岗位、预约或已批调休，起止相符，全天值班各时段齐全。"""

    code = "F1"
    name = "无对应的行"

    def breaches(self, problem: Problem, roster: Roster) -> list[Finding]:
        """One finding per row of no duty."""
        view = view_of(problem, roster)
        found = [self._duty(problem, row, "人员、窗口或日期不在本次排班范围内") for row in view.strange]
        found += [self._duty(problem, row, why) for row in view.duties if (why := _why_stray(view, row))]
        found += [self._duty(problem, row, why) for row, why in _partial(view)]
        found += [self._duty(problem, row, why) for row, why in _wrong_posts(view)]
        return [*found, *self._stand_ins(view), *self._appointments(view), *self._leaves(view)]

    def _duty(self, problem: Problem, row: DutyRow, why: str) -> Finding:
        who, where = person_text(problem, row.person), window_text(problem, row.window)
        text = f"{day_text(row.day)}{row.line}{span_text(row.start, row.end)} {where} {who}：{why}"
        return Finding(
            Severity.MUST, self.code, text, "请删除或改正该行", row.day, row.line, row.segment, row.window, row.person
        )

    def _stand_ins(self, view: RosterView) -> Iterable[Finding]:
        """Rows of 顶岗明细 for no open post-half, second rows for one, and unknown people."""
        open_halves = {(h.opening.day, h.opening.half, h.opening.post.id) for h in view.holdings if h.opening.half}
        seen: Counter[tuple[object, ...]] = Counter()
        for row in view.roster.stand_ins:
            key = (row.day, row.half, row.post)
            seen[key] += 1
            why = "该岗位该半天不开放" if key not in open_halves else "同一岗位半天有多行" if seen[key] > 1 else ""
            if not why and row.stand_in is not None and row.stand_in not in view.problem.person:
                why = f"顶岗人{row.stand_in}不在人员表中"
            if why:
                text = f"{day_text(row.day)}{row.half} 顶岗明细 {row.post}：{why}"
                yield Finding(
                    Severity.MUST, self.code, text, "请删除或改正该行", row.day, "", row.half, "", "", row.post
                )

    def _appointments(self, view: RosterView) -> Iterable[Finding]:
        """Rows of 预约明细 of no accepted appointment, second rows for one window, and unknown people."""
        first = {id(rows[0]) for rows in rows_of_needs(view).values()}
        for row in view.roster.appointments:
            unknown = [p for p in row.people if p not in view.problem.person]
            if id(row) not in first:
                why = "没有对应的已受理预约，或同一窗口有多行"
            elif unknown:
                why = f"承办人{'、'.join(unknown)}不在人员表中"
            else:
                continue
            text = f"{day_text(row.day)} 预约明细 {row.appointment} {window_text(view.problem, row.window)}：{why}"
            yield Finding(
                Severity.MUST, self.code, text, "请删除或改正该行", row.day, window=row.window, subject=row.appointment
            )

    def _leaves(self, view: RosterView) -> Iterable[Finding]:
        """Rows of 调休明细 about nobody known, outside the period, or 已批 that the input does not grant."""
        granted = {(r.person, r.day, r.half, r.start, r.end) for r in view.facts.granted}
        known = set(view.leaves)
        for row in view.roster.leaves:
            stray = row.granted and (row.person, row.day, row.half, row.start, row.end) not in granted
            if row in known and not stray:
                continue
            why = "请假外出中没有这次已批调休" if row in known else "人员或日期不在本次排班范围内"
            text = f"{day_text(row.day)}{row.half} {person_text(view.problem, row.person)} 调休明细：{why}"
            yield Finding(
                Severity.MUST, self.code, text, "请删除或改正该行", row.day, segment=row.half, person=row.person
            )


def _why_stray(view: RosterView, row: DutyRow) -> str:
    """Why a row of 排班明细 belongs to nothing; empty: it does."""
    if row.line == Line.LEAD:
        matched = {id(r) for leading in view.leadings for r in leading.rows}
        return "" if id(row) in matched else "该日该时段没有带班单元，或起止不符"
    if row.line == Line.CALL_IN:
        served = [s for s in view.servings if s.person == row.person and s.window == row.window and not s.fault]
        fits = [s for s in served if (s.day, s.start, s.end) == (row.day, row.start, row.end)]
        return "" if any(row.appointments == (s.need.id,) for s in fits) else "预约明细中没有对应的应约"
    return "" if view.slot_of(row) else "该日该窗口没有值班，或起止不符"


def _partial(view: RosterView) -> Iterable[tuple[DutyRow, str]]:
    """Rows on a part of a day's duty or unit (全天)."""
    if view.problem.policy.granularity is not Granularity.DAY:
        return
    partial = {(slot.key, person) for slot in view.facts.slots for person in view.partly_on_duty(slot)}
    for row in view.standing:
        slot = view.slot_of(row)
        if slot is not None and (slot.key, row.person) in partial:
            yield row, "全天值班须各时段齐全，只有部分时段"
    for leading in view.leadings:
        if not leading.whole:
            yield from ((row, "全天带班须各时段齐全，只有部分时段") for row in leading.rows)


def _wrong_posts(view: RosterView) -> Iterable[tuple[DutyRow, str]]:
    """Rows that name a post which is not open on their segment."""
    opened = {(h.opening.day, h.opening.line, h.opening.start, h.opening.end, h.opening.post.id) for h in view.holdings}
    for row in view.duties:
        for post in row.posts:
            if (row.day, row.line, row.start, row.end, post) not in opened:
                yield row, f"岗位{post}该时段不开放"
