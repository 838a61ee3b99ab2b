"""How often each person served each line (n of the fairness cost), and the counts carried on (期末累计)."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from zhiban.model.kinds import FAIRNESS_LINES, Line
from zhiban.model.roster import ClosingCount
from zhiban.model.settings import Granularity
from zhiban.solver.view import RosterView

SATURDAY = 5
Count = tuple[str, Line, date]


@lru_cache(maxsize=2)
def duties_done(view: RosterView) -> Counter[Count]:
    """Duties by who was due, line and date: dates with 全天, segments with 半天, appointments, units led.

    In a 对调 or 代班 the duty counts for who was due; a duty of which every segment is 缺岗 counts for nobody.
    """
    found: Counter[Count] = Counter()
    due = view.facts.due_instead
    for person, line, day, number in _served(view):
        found[due.get((person, day, line), person), line, day] += number
    return found


def _served(view: RosterView) -> Iterable[tuple[str, Line, date, int]]:
    """Person, line, date and number of duties as really served."""
    whole_days = view.problem.policy.granularity is Granularity.DAY
    pieces: dict[tuple[str, Line, date], set[tuple[int, int]]] = {}
    for row in view.standing:
        slot = view.slot_of(row)
        if slot is None or not view.missed_all(row.person, slot):
            pieces.setdefault((row.person, row.line, row.day), set()).add((row.start, row.end))
    for (person, line, day), spans in pieces.items():
        yield person, line, day, 1 if whole_days else len(spans)
    called = {(row.person, a, row.day) for row in view.call_ins for a in row.appointments}
    for person, _, day in called:
        yield person, Line.CALL_IN, day, 1
    for leading in view.leadings:
        if leading.whole:
            yield leading.person, Line.LEAD, leading.unit.day, 1


def totals(view: RosterView) -> Counter[tuple[str, Line]]:
    """n of every person and line."""
    found: Counter[tuple[str, Line]] = Counter()
    for (person, line, _), number in duties_done(view).items():
        found[person, line] += number
    return found


def fairness(view: RosterView) -> int:
    """T6: Σ c over lines and people."""
    counts = totals(view)
    return sum(
        view.facts.fairness_cost(person.id, line, counts[person.id, line])
        for person in view.problem.people
        for line in FAIRNESS_LINES
    )


def closing_counts(view: RosterView) -> tuple[ClosingCount, ...]:
    """期末累计: h + n per person; who has no row in 历史累计 is carried with the mean he was given."""
    n = totals(view)
    by_weekday: Counter[tuple[str, bool]] = Counter()
    statutory: Counter[str] = Counter()
    for (person, line, day), number in duties_done(view).items():
        if line == Line.WEEKEND:
            by_weekday[person, day.weekday() == SATURDAY] += number
        if line == Line.HOLIDAY and view.problem.day(day).statutory:
            statutory[person] += number
    last = _last_duties(view)
    found: list[ClosingCount] = []
    for person in view.problem.people:
        record = view.facts.history_record(person.id)
        h = {line: view.facts.history_count(person.id, line) for line in FAIRNESS_LINES}
        found.append(
            ClosingCount(
                person.id,
                saturday=(record.saturday if record else h[Line.WEEKEND]) + by_weekday[person.id, True],
                sunday=(record.sunday if record else 0) + by_weekday[person.id, False],
                holiday=h[Line.HOLIDAY] + n[person.id, Line.HOLIDAY],
                statutory=(record.statutory if record else 0) + statutory[person.id],
                lunch=h[Line.LUNCH] + n[person.id, Line.LUNCH],
                call_in=h[Line.CALL_IN] + n[person.id, Line.CALL_IN],
                lead=h[Line.LEAD] + n[person.id, Line.LEAD],
                last_duty=last.get(person.id, record.last_duty if record else None),
            )
        )
    return tuple(found)


def _last_duties(view: RosterView) -> dict[str, date]:
    """The last date on which each person served: any row but 带班 by 听班 or beside his own duty, nor 缺岗."""
    last: dict[str, date] = {}
    for row in view.duties:
        slot = view.slot_of(row)
        absent = slot is not None and view.missed_all(row.person, slot)
        if not absent and (row.line != Line.LEAD or view.alone(row)):
            last[row.person] = max(row.day, last.get(row.person, row.day))
    return last
