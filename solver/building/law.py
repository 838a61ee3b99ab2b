"""H1 to H7 as clauses over the decisions of a draft. H2 and H3 hold by which decisions exist at all."""

from calendar import monthrange
from collections import defaultdict
from datetime import date, timedelta

from zhiban.model.facts_hours import overlap
from zhiban.model.kinds import DayClass, Half, Line, Mode
from zhiban.solver.building.bank import leave_room
from zhiban.solver.decisions import LeaveModel, Place
from zhiban.solver.draft import Draft
from zhiban.solver.linear import Lit, Literal, summed, weighted


def build_one_place(draft: Draft) -> None:
    """H1: places of one person never overlap; appointments are served one at a time."""
    keys = dict.fromkeys([*draft.duties_of, *draft.services_of, *draft.leadings_of])
    for person, day in keys:
        places = draft.places_of(person, day)
        places += [
            Place(o.start, o.end, o.lit)
            for half in Half
            for o in draft.leaves.get((person, day, half), ())
            if any(overlap((o.start, o.end), (p.start, p.end)) for p in places)
        ]
        draft.at_most_one_at_a_time(places)
        services = [Place(s.start, s.end, s.lit) for s in draft.services_of.get((person, day), ())]
        draft.at_most_one_at_a_time(services)


def build_rest(draft: Draft) -> None:
    """H5: of every 最多连续工作天 + 1 consecutive dates one is without work, unless all are workdays.

    With leave by the stretch, a day off somewhere in a stretch that touches the dates will do (a relaxation).
    """
    if draft.leave_model == LeaveModel.NONE:
        return
    counts: dict[str, list[tuple[date, date, Lit]]] = defaultdict(list)
    if draft.rest_by_day:
        _place_rest_days(draft)
    for stretch in draft.stretches if not draft.rest_by_day else ():
        # Half a day off is no rest, unless the other half is off by approved leave.
        halves = [(stretch.morning, stretch.lone_morning), (stretch.afternoon, stretch.lone_afternoon)]
        for count, lone in [(stretch.whole, False), *halves]:
            if count is not None and not lone:
                counts[stretch.person].append((stretch.days[0], stretch.days[-1], count))
    span = draft.problem.policy.max_days_in_row + 1
    for person in draft.part.people:
        rested = {day: _rest_of(draft, person, day) for day in draft.problem.dates}
        _rest_windows(draft, person, rested, span, counts[person])


def _rest_of(draft: Draft, person: str, day: date) -> list[Literal] | bool:
    """What makes a date a date without work: True (always), False (never), or literals each of which implies it."""
    facts = draft.facts
    if facts.plain_work(person, day):
        lit = draft.rest_days.get((person, day), draft.both_off.get((person, day)))
        if lit is None or not _is_rest(draft, person, day):
            return False
        if not draft.work_lits(person, day):
            return [lit]
        free = draft.bool_var()
        draft.model.add_implication(free, lit)
        for work in draft.work_lits(person, day):
            draft.model.add_implication(free, ~work)
        return [free]
    works = draft.work_lits(person, day)
    if not works:
        return True
    if len(works) == 1:
        return [~works[0]]
    free = draft.bool_var()
    for work in works:
        draft.model.add_implication(free, ~work)
    return [free]


def _place_rest_days(draft: Draft) -> None:
    """Days off of the stretches, as many as their counts and no more a day than may be on leave at once."""
    by_day: dict[tuple[str, date], list[Lit]] = defaultdict(list)
    for stretch in draft.stretches:
        halves = [(stretch.morning, stretch.lone_morning), (stretch.afternoon, stretch.lone_afternoon)]
        counts = [c for c, lone in [(stretch.whole, False), *halves] if c is not None and not lone]
        if not counts:
            continue
        days = [draft.bool_var() for _ in stretch.days]
        draft.model.add(summed(days) <= summed(counts))
        for day, lit in zip(stretch.days, days, strict=True):
            draft.rest_days[stretch.person, day] = lit
            by_day[draft.problem.person[stretch.person].window, day].append(lit)
    for (window, day), lits in by_day.items():
        room = max(leave_room(draft, window, day, half) for half in Half)
        if len(lits) > room:
            draft.model.add(summed(lits) <= room)


def _is_rest(draft: Draft, person: str, day: date) -> bool:
    """Whether being off by placed leave makes a rest day: the other half is placed too, or off by true leave."""
    if (person, day) in draft.rest_days:
        choices = draft.leave_choices[person][day]
        return all(half in choices or draft.facts.off_by_input(person, day, half) for half in Half)
    return all(draft.away(person, day, half) or draft.facts.off_by_input(person, day, half) for half in Half)


def _rest_windows(
    draft: Draft,
    person: str,
    rested: dict[date, list[Literal] | bool],
    span: int,
    counts: list[tuple[date, date, Lit]],
) -> None:
    first, last = draft.problem.first, draft.problem.last
    start = first - timedelta(days=span - 1)
    while start + timedelta(days=span - 1) <= last:
        days = [start + timedelta(days=n) for n in range(span)]
        start += timedelta(days=1)
        if all(draft.problem.day(d).is_workday for d in days):
            continue
        ways: list[Literal] = []
        for day in days:
            if day < first:
                rest: list[Literal] | bool = not draft.facts.worked_before(person, day)
            else:
                rest = rested[day]
            if rest is True:
                break
            if rest:
                ways += rest
        else:
            near = [count for since, until, count in counts if since <= days[-1] and days[0] <= until]
            if near:
                draft.model.add(summed(near) + sum(ways) >= 1)
            elif ways:
                draft.model.add_bool_or(ways)
            # Without any way the dates are full by the input alone (an earlier roster, no leave to take): a reminder.


def build_caps(draft: Draft) -> None:
    """H6: dates of weekend duty and credited hours a month, and both or neither day of a weekend."""
    for person in draft.part.people:
        _cap_weekends(draft, person)
        _cap_hours(draft, person)
        _pair_weekends(draft, person)


def _months(draft: Draft) -> list[tuple[date, date]]:
    found: list[tuple[date, date]] = []
    day = draft.problem.first.replace(day=1)
    while day <= draft.problem.last:
        end = day.replace(day=monthrange(day.year, day.month)[1])
        found.append((day, end))
        day = end + timedelta(days=1)
    return found


def weekend_flag(draft: Draft, person: str, day: date) -> list[Lit]:
    """One literal or none: the person is on line 周末 that date (an upper aux where there are several rows)."""
    lits = draft.on_line(person, day, Line.WEEKEND)
    if len(lits) < 2:
        return lits
    if (person, day) not in draft.weekend_flags:
        flag = draft.bool_var()
        for lit in lits:
            draft.model.add_implication(lit, flag)
        draft.model.add_bool_or([*lits, ~flag])
        draft.weekend_flags[person, day] = flag
    return [draft.weekend_flags[person, day]]


def _cap_weekends(draft: Draft, person: str) -> None:
    cap = draft.problem.person[person].weekend_cap
    if cap is None:
        return
    previous = draft.problem.previous
    for start, end in _months(draft):
        before: set[date] = set()
        if previous is not None:
            before = {
                r.day
                for r in previous.duties
                if r.person == person
                and r.line == Line.WEEKEND
                and start <= r.day <= end
                and r.day < draft.problem.first
            }
        flags = [f for d in draft.problem.dates if start <= d <= end for f in weekend_flag(draft, person, d)]
        if flags:
            draft.model.add(summed(flags) <= max(0, cap - len(before)))


def _cap_hours(draft: Draft, person: str) -> None:
    cap = draft.problem.policy.monthly_hours_cap
    if not cap:
        return
    previous = draft.problem.previous
    for start, end in _months(draft):
        used = sum(m for who, day, _, m in draft.facts.overtime_credits if who == person and start <= day <= end)
        if previous is not None:
            used += sum(
                r.credited
                for r in previous.duties
                if r.person == person and start <= r.day <= end and r.day < draft.problem.first
            )
        terms = [(lit, m) for lit, m, day, _ in draft.credit_terms(person) if start <= day <= end]
        if terms:
            limit = max(0, int(cap * 60) - used)
            draft.model.add(weighted([t[0] for t in terms], [t[1] for t in terms]) <= limit)


def _pair_weekends(draft: Draft, person: str) -> None:
    rule = str(draft.problem.policy.weekend_pair)
    if rule == "允许":
        return
    if rule == "禁止":
        _no_sunday_after_previous(draft, person)
    for day in draft.problem.dates:
        after = day + timedelta(days=1)
        if day.weekday() != 5 or not draft.problem.holds(after):
            continue
        if any(draft.problem.day(d).day_class != DayClass.WEEKEND for d in (day, after)):
            continue
        saturday, sunday = weekend_flag(draft, person, day), weekend_flag(draft, person, after)
        if rule == "禁止":
            if saturday and sunday:
                draft.model.add_bool_or([~saturday[0], ~sunday[0]])
        elif _bound_together(draft, person, day, after):
            if saturday and sunday:
                draft.model.add(saturday[0] == sunday[0])
            elif saturday or sunday:
                draft.model.add_bool_and(~(saturday or sunday)[0])


def _no_sunday_after_previous(draft: Draft, person: str) -> None:
    """同人周六日 禁止 across the seam: a period that begins on a Sunday, the Saturday before served already."""
    previous, first = draft.problem.previous, draft.problem.first
    saturday = first - timedelta(days=1)
    if previous is None or saturday.weekday() != 5:
        return
    if any(r.person == person and r.line == Line.WEEKEND and r.day == saturday for r in previous.duties):
        for lit in draft.on_line(person, first, Line.WEEKEND):
            draft.model.add_bool_or([~lit])


def _bound_together(draft: Draft, person: str, *days: date) -> bool:
    """Whether 要求 holds for a person and a weekend: the line stands on both days, and H2 holds on both.

    H3 plays no part: whose only window is open on one of the days serves on neither.
    """
    whole = str(draft.problem.policy.granularity) == "全天"
    for day in days:
        segments = draft.facts.line_segments(Line.WEEKEND, day)
        able = [draft.facts.available(person, Line.WEEKEND, day, s.start, s.end) for s in segments]
        if not draft.facts.slots_by_day_line.get((day, Line.WEEKEND)) or not (all(able) if whole else any(able)):
            return False
    return True


def build_lunch(draft: Draft) -> None:
    """H7: whoever has lunch duty is present in one half at least; an appointment at the post needs presence then."""
    for (person, day), duties in draft.duties_of.items():
        lunches = [d.lit for d in duties if d.slot.line == Line.LUNCH]
        if not lunches:
            continue
        present = [draft.facts.present_by_input(person, day, half) for half in Half]
        away = [draft.away(person, day, half) for half in Half]
        if not any(present):
            for lit in lunches:
                draft.model.add_bool_and(~lit)
            continue
        for lit in lunches:
            if all(present):
                for morning in away[0]:
                    for afternoon in away[1]:
                        draft.model.add_bool_or([~lit, ~morning, ~afternoon])
            else:
                for leave in away[0] if present[0] else away[1]:
                    draft.model.add_bool_or([~lit, ~leave])
    for service in draft.services:
        if service.mode == Mode.AT_POST:
            half = draft.facts.half_of(service.need.day, service.start, service.end)
            for leave in draft.away(service.person, service.need.day, half) if half else ():
                draft.model.add_implication(service.lit, ~leave)
