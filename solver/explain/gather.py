"""The facts that may stand behind an unmet demand: those against its own people first, those of the whole part next."""

from collections.abc import Iterable
from datetime import date

from zhiban.model.demand import GroupDemand, LeaderUnit, Need, Opening, Slot
from zhiban.model.facts_hours import Range
from zhiban.model.kinds import STANDING_LINES, Line, PinMode
from zhiban.model.problem import Problem
from zhiban.model.records import Pin
from zhiban.model.settings import LeaderMode, LeaderScope, WeekendPair
from zhiban.solver.explain import person_facts as about
from zhiban.solver.explain.edits import edited, with_policy
from zhiban.solver.explain.fact import PRICES, Fact, FactKind
from zhiban.solver.explain.scope import Scope, rested
from zhiban.solver.explain.unit import Demand, Unit, UnitKind

MANY = 10_000
"""兼岗上限 that never binds."""


def own_facts(problem: Problem, unit: Unit, demand: Demand) -> list[Fact]:
    """The facts about the demand's own people on its date, the windows' pins, and the settings that bear on it."""
    found: list[Fact] = []
    spans = unit.spans(demand)
    people = unit.people(problem, demand)
    for person in people:
        found += against(problem, unit, demand, person, spans)
    found += about.pin_facts(problem, [p for p in problem.facts.pins if _bears_on(p, unit, demand, set(people))])
    return _distinct([*found, *policy_facts(problem, unit)])


def against(problem: Problem, unit: Unit, demand: Demand, person: str, spans: Iterable[Range]) -> list[Fact]:
    """What the input says against one person, by H2 and H3."""
    who, day = problem.person[person], unit.day
    found = about.employment(problem, who, day)
    if isinstance(demand, Opening) and demand.half is not None:
        return found + about.leaves(problem, who, day, spans)
    found += about.leaves(problem, who, day, spans)
    if isinstance(demand, LeaderUnit):
        found += about.leading(problem, person, day, demand.line)
        if problem.policy.leader_mode is LeaderMode.PRESENT:
            found += about.exemption(problem, who, day) + _duty_facts(problem, person, day, demand.line)
        return found
    found += about.exemption(problem, who, day)
    if isinstance(demand, Need):
        found += about.items(problem, who, demand.item.id)
    line = problem.facts.line_of(day) if isinstance(demand, Need) else demand.line
    return found + (_duty_facts(problem, person, day, line) if line is not None else [])


def _duty_facts(problem: Problem, person: str, day: date, line: Line) -> list[Fact]:
    who = problem.person[person]
    found = about.joining(problem, who, line) if line in STANDING_LINES else []
    return found + (about.weekend_cap(problem, who) if line == Line.WEEKEND else [])


def _bears_on(pin: Pin, unit: Unit, demand: Demand, people: set[str]) -> bool:
    """A pin of one of the people on the date, one that closes a window, one about the appointment."""
    if pin.appointment:
        return (isinstance(demand, Need) and pin.appointment == demand.id) or pin.person in people
    if pin.day != unit.day:
        return False
    return pin.person in people if pin.person else pin.mode == PinMode.MUST_NOT and pin.window in unit.windows


def policy_facts(problem: Problem, unit: Unit) -> list[Fact]:
    """The settings that keep people from a duty: days in a row, hours a month, both days of a weekend, posts."""
    policy = problem.policy
    found: list[Fact] = []

    def setting(kind: FactKind, field: str, lifted: object, value: object) -> None:
        text = f"{kind}：{value}"
        found.append(
            Fact(kind, field, text, f"基本设置“{kind}”", price=PRICES.get(kind), remedy=f"放宽{text}",
                 lift=lambda p: with_policy(p, **{field: lifted}))
        )  # fmt: skip

    if unit.kind == UnitKind.POST:
        setting(FactKind.POST_CAP, "post_cap", MANY, policy.post_cap)
    setting(FactKind.REST, "max_days_in_row", rested(problem), policy.max_days_in_row)
    if policy.monthly_hours_cap:
        setting(FactKind.HOURS_CAP, "monthly_hours_cap", 0, f"{policy.monthly_hours_cap:g}小时")
    if policy.weekend_pair is not WeekendPair.ALLOWED:
        setting(FactKind.WEEKEND_PAIR, "weekend_pair", WeekendPair.ALLOWED, policy.weekend_pair)
    return found


def part_facts(problem: Problem, unit: Unit, scope: Scope) -> list[Fact]:
    """The facts about everybody in the part: leave near the date, ranges of duty, caps, and every pin."""
    found: list[Fact] = []
    lines = [problem.facts.line_of(unit.day) or Line.LUNCH]
    for person in sorted(scope.people | scope.leaders):
        who = problem.person[person]
        found += about.employment(problem, who, unit.day)
        found += [
            about.leave_fact(problem, leave, unit.day)
            for leave in problem.leaves
            if leave.person == person and leave.approved
        ]
        found += about.exemption(problem, who, unit.day) + about.weekend_cap(problem, who)
        found += [fact for line in lines for fact in about.joining(problem, who, line)]
        found += about.leading(problem, person, unit.day, lines[0])
    pins = [
        p
        for p in problem.facts.pins
        if p.person in scope.people or p.person in scope.leaders or p.window in scope.windows
    ]
    return _distinct([*found, *about.pin_facts(problem, pins)])


def demand_fact(unit: Unit, demand: Demand) -> Fact:
    """The demand itself, for where nothing else explains it: more is asked for than there are people."""
    texts = {
        UnitKind.SLOT: f"窗口{unit.subject}当日最少{getattr(demand, 'minimum', 1)}人",
        UnitKind.GROUP: f"{unit.subject}当日最少{getattr(demand, 'minimum', 1)}",
        UnitKind.NEED: f"预约{unit.subject}需{getattr(demand, 'count', 1)}人同时承办",
        UnitKind.POST: f"岗位{unit.subject}当时开放",
        UnitKind.LEADER: f"{unit.subject}当日须有带班领导",
    }
    return Fact(FactKind.DEMAND, f"{unit.kind.name}/{unit.subject}", texts[unit.kind], _demand_cell(demand),
                lift=lambda p: _without_demand(p, unit))  # fmt: skip


def _demand_cell(demand: Demand) -> str:
    if isinstance(demand, Slot):
        return f"窗口“{demand.line}最少”或基本设置“{demand.line}最少人数”"
    if isinstance(demand, GroupDemand):
        return "值班需求" if demand.by_row else "基本设置“午间模式”"
    if isinstance(demand, Need):
        return f"预约登记!第{demand.appointment.row}行"
    return f"岗位!第{demand.post.row}行" if isinstance(demand, Opening) else "基本设置“带班范围”"


def _without_demand(problem: Problem, unit: Unit) -> Problem:
    """The problem in which the unit's demand is not made."""
    if unit.kind == UnitKind.LEADER:
        return with_policy(problem, leader_scope=LeaderScope.NONE)
    if unit.kind == UnitKind.POST:
        return edited(problem, posts=tuple(p for p in problem.posts if p.id != unit.subject))
    if unit.kind == UnitKind.NEED:
        return edited(problem, appointments=tuple(a for a in problem.appointments if a.id != unit.subject))
    if unit.kind == UnitKind.SLOT:
        field = {Line.LUNCH: "lunch_minimum", Line.WEEKEND: "weekend_minimum", Line.HOLIDAY: "holiday_minimum"}
        update = {field[unit.line or Line.WEEKEND]: 0}
        windows = (w.model_copy(update=update) if w.id == unit.subject else w for w in problem.windows)
        return edited(problem, windows=tuple(windows))
    rows = tuple(r for r in problem.demand_rows if r.line != unit.line or (r.name or "全中心") != unit.subject)
    lowered = edited(problem, demand_rows=rows)
    return (
        lowered if len(rows) < len(problem.demand_rows) else with_policy(lowered, lunch_minimum=0, lunch_mode="每窗口")
    )


def _distinct(facts: Iterable[Fact]) -> list[Fact]:
    found: dict[tuple[FactKind, str], Fact] = {}
    for fact in facts:
        found.setdefault((fact.kind, fact.key), fact)
    return list(found.values())
