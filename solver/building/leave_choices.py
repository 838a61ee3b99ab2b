"""Which pieces of compensatory leave may be placed, as far as credit by then and the input go."""

from datetime import date
from typing import TYPE_CHECKING

from zhiban.model.kinds import Half, Line
from zhiban.solver.decisions import LeaveModel, LeaveOption

if TYPE_CHECKING:
    from zhiban.solver.draft import Draft


def add_leaves(draft: "Draft") -> None:
    """The pieces a person may be given; with leave by the day, one decision each."""
    whole_days = str(draft.problem.policy.leave_unit) == "全天"
    for person in draft.part.people if draft.leave_model != LeaveModel.NONE else ():
        earliest = _earliest_credit(draft, person)
        if earliest is None:
            continue
        chosen = {day: _leave_options(draft, person, day, earliest) for day in draft.facts.workdays}
        draft.leave_choices[person] = {
            day: halves for day, halves in chosen.items() if halves and (len(halves) == 2 or not whole_days)
        }
    if draft.leave_model != LeaveModel.BY_DAY:
        return
    for person, days in draft.leave_choices.items():
        for day, halves in days.items():
            together = draft.bool_var() if whole_days else None
            for half, pieces in halves.items():
                made = [
                    LeaveOption(person, day, half, start, end, draft.bool_var() if together is None else together)
                    for start, end in pieces
                ]
                if len(made) > 1:
                    draft.model.add_at_most_one(o.lit for o in made)
                draft.leaves[person, day, half] = made


def _leave_options(
    draft: "Draft", person: str, day: date, earliest: tuple[date, int]
) -> dict[Half, list[tuple[int, int]]]:
    found: dict[Half, list[tuple[int, int]]] = {}
    if _no_leave_on(draft, day):
        return found
    for half, (start, end) in draft.facts.halves(day).items():
        if not draft.facts.present_by_input(person, day, half):
            continue
        pieces = [(start, end)]
        if str(draft.problem.policy.leave_unit) == "1小时":
            pieces = [(start, start + 60 * k) for k in range(1, (end - start) // 60 + 1)]
            pieces += [(end - 60 * k, end) for k in range(1, (end - start) // 60 + 1) if (end - start) > 60 * k]
        pieces = [p for p in pieces if earliest <= (day, p[0])]
        if pieces:
            found[half] = pieces
    return found


def _no_leave_on(draft: "Draft", day: date) -> bool:
    """节后首日不调休: the first workday after a run of 节假日."""
    if not draft.problem.policy.no_leave_after_holiday:
        return False
    return draft.facts.first_workday_after_holiday(day)


def _earliest_credit(draft: "Draft", person: str) -> tuple[date, int] | None:
    """The first instant at which a person can have credit; None: never in this period."""
    first = (draft.problem.first, 0)
    if any(lot.person == person for lot in draft.problem.opening):
        return first
    moments = [(day, end) for who, day, end, minutes in draft.facts.overtime_credits if who == person and minutes]
    for (who, day), duties in draft.duties_of.items():
        if who == person:
            moments += [(day, d.slot.segments[-1].end) for d in duties if draft.duty_minutes(d)]
    moments += [(s.need.day, s.end) for s in draft.services if s.person == person and draft.service_minutes(s)]
    for unit in draft.part.units:
        if person in unit.leaders and draft.facts.credited(Line.LEAD, 60, unit.day):
            moments.append((unit.day, unit.earliest[1]))
    return min(moments, default=None)
