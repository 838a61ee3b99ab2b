"""One part from model to decisions: the tiers in strict order, each with value, bound and proof."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from zhiban.model.kinds import Half, Line, Mode
from zhiban.model.problem import Problem
from zhiban.model.roster import TIER_NAMES
from zhiban.solver.build import build
from zhiban.solver.draft import Draft, Duty, Leading, LeaveModel, LeaveOption, Linear, Lit, Service
from zhiban.solver.parts import Part, only_line, split_part, without_line
from zhiban.solver.replan import Plan
from zhiban.solver.search import Attempt, Clock, Status, minimise, minimise_restarting
from zhiban.solver.settings import Progress, Settings
from zhiban.solver.tiers import Tier

DEMAND = ("T1", "T2", "T3", "T4")
LAST = ("T7", "T8", "T9")
SECONDS_TO_PICK = 2.0
"""Days are picked in some hundredths of a second, or not at all."""
SHARE_OF_TIME = {"T6": 0.3, "T7": 0.3, "T8": 0.2, "T9": 0.5}
"""What a tier of the relaxation may take of the time that is left."""
ALL_BUT_LUNCH = frozenset(Line) - {Line.LUNCH}


@dataclass(slots=True)
class Standing:
    """A tier of a part: its value, the bound given the tiers above, whether all is proven, and the bound given nothing."""

    value: int
    bound: int
    proven: bool
    least: int


@dataclass(slots=True)
class PartResult:
    """What was decided in a part; `found` is False when there is no lawful solution at all (or none in time)."""

    part: Part
    status: Status
    tiers: dict[str, Standing] = field(default_factory=dict[str, Standing])
    duties: list[Duty] = field(default_factory=list[Duty])
    services: list[Service] = field(default_factory=list[Service])
    leaves: list[LeaveOption] = field(default_factory=list[LeaveOption])
    leadings: list[Leading] = field(default_factory=list[Leading])
    starts: dict[str, int] = field(default_factory=dict[str, int])
    holders: dict[tuple[str, object, object], str] = field(default_factory=dict[tuple[str, object, object], str])
    variables: int = 0
    constraints: int = 0
    build_seconds: float = 0.0
    solve_seconds: float = 0.0
    first_at: float | None = None
    """When the first roster of the part was there, time.monotonic."""
    tier_at: dict[str, float] = field(default_factory=dict[str, float])
    """When each tier got its final value and bound, time.monotonic."""

    @property
    def found(self) -> bool:
        """Whether there is a solution."""
        return self.status in (Status.OPTIMAL, Status.FEASIBLE)


class PartSearch:
    """The staged search of one part.

    First everything demanded is taken as met and the shares are balanced: where that can be, four tiers are proven at
    one stroke. Else the tiers of demand are minimised one by one. Light posts (Hall) are exact while nothing is
    missing; otherwise the holders are modelled one by one.
    """

    def __init__(
        self, problem: Problem, part: Part, settings: Settings, clock: Clock, plan: Plan | None = None
    ) -> None:
        self.problem = problem
        self.part = part
        self.plan = plan
        self.settings = settings
        self.clock = clock
        self.result = PartResult(part, Status.UNKNOWN)
        self.solution: list[int] = []
        self.solved = False
        self.place = (1, 1)
        """Which part of how many this is, for progress."""

    def run(self, limit: float | None = None) -> PartResult:
        """Solve within `limit` seconds (and the clock)."""
        self.start(limit)
        return self.finish(limit if limit is None else max(0.0, self.until - time.monotonic()))

    def start(self, limit: float | None = None) -> PartResult:
        """The tiers of demand and the shares: after this there is a roster, if time allows for one at all."""
        self._allow(limit)
        if self.left() <= 0:
            return self.result
        self._build(exact=False)
        if self._forced_gaps() or not self._demand_met():
            self._build(exact=True)
            self._staged_demand()
            if self.result.found:
                self._settle_in_turn(["T6"] if self.plan is None else ["T5a", "T5b", "T6"])
        if self.solved:
            self.result.status = Status.FEASIBLE
        return self.result

    def finish(self, limit: float | None = None) -> PartResult:
        """The tiers below the shares, from the roster that `start` left; without one it tries again."""
        self._allow(limit)
        if not self.result.found and self.result.status != Status.INFEASIBLE:
            self.start(limit)
        if self.result.found:
            self._lower_tiers()
            self._collect()
        return self.result

    def _allow(self, limit: float | None) -> None:
        self.until = time.monotonic() + (self.clock.left if limit is None else min(limit, self.clock.left))

    # ---- stages -----------------------------------------------------------------------------------------------

    def _build(self, *, exact: bool) -> None:
        started = time.monotonic()
        self.draft = Draft(self.problem, self.part, exact_posts=exact, plan=self.plan)
        self.tiers: dict[str, Tier] = {t.code: t for t in build(self.draft)}
        self.solution = []
        self.solved = False
        self.result.tiers.clear()
        proto = self.draft.model.proto
        self.result.variables = len(proto.variables)
        self.result.constraints = len(proto.constraints)
        self.result.build_seconds += time.monotonic() - started

    def _forced_gaps(self) -> bool:
        """Whether something is missing whatever is decided."""
        return any(isinstance(t, int) and t > 0 for d in self._demand_terms() for t in d)

    def _demand_terms(self) -> list[list[Linear]]:
        draft = self.draft
        return [draft.unserved, draft.shortages, draft.empty_posts, draft.unled]

    def left(self) -> float:
        """Seconds left to this part."""
        return max(0.0, self.until - time.monotonic())

    def _minimise(self, objective: Linear, *, floor: int | None = None, share: float = 1.0) -> Attempt:
        """Minimise with what is left of the time (a `share` of it), from the best solution on; `floor` is a known bound."""
        attempt = minimise(
            self.draft.model,
            objective,
            self.settings,
            self.clock,
            limit=self.left() * share,
            hint=self.solution,
            floor=floor,
        )
        self.result.solve_seconds += attempt.seconds
        if attempt.solved:
            self.solution, self.solved = attempt.values, True
            self.result.first_at = self.result.first_at or attempt.first
        return attempt

    def _demand_met(self) -> bool:
        """Tiers T1 to T4 at 0 and T6 minimised; False where that cannot be (or is not found)."""
        model = self.draft.model
        gaps = [t for terms in self._demand_terms() for t in terms if not isinstance(t, int)]
        for term in gaps:
            model.add(term == 0)
        first = "T6" if self.plan is None else "T5a"
        attempt = self._minimise(self.tiers[first].value)
        if not attempt.solved:
            return False
        for code in DEMAND:
            self._stand(code, 0, 0, proven=True)
        self._settle(first, attempt)
        if self.plan is not None:
            self._settle_in_turn(["T5b", "T6"])
        return True

    def _settle_in_turn(self, codes: list[str]) -> None:
        """Tiers one after the other, each within what those above leave."""
        for code in codes:
            above = self._above_proven()
            self._settle(code, self._minimise(self.tiers[code].value, share=0.5), proven=above)

    def _staged_demand(self) -> None:
        proven = True
        for code in DEMAND:
            attempt = self._minimise(self.tiers[code].value)
            if not attempt.solved:
                if not self.solved:
                    self.result.status = attempt.status
                    return
                self._stand(code, self._value(code), 0, proven=False)
                proven = False
                continue
            proven = proven and attempt.status == Status.OPTIMAL
            self._settle(code, attempt, proven=proven)
        self.result.status = Status.FEASIBLE

    def _lower_tiers(self) -> None:
        """T7, T8 and T9: bounds by the stretch, days picked to meet them.

        Where no days fit, the rest days of H5 are placed day by day in the relaxation, which costs more, and then the
        tiers are searched day by day.
        """
        if self.plan is not None:
            # Near an old roster little is left to choose: no relaxation is needed.
            self._settle_in_turn(list(LAST))
            return
        if self.left() <= 0:
            self._leave_open()
            return
        allowed = self.left()
        for rest_by_day in (False, True):
            bounds = StretchBounds(self, rest_by_day=rest_by_day)
            bounds.run()
            if bounds.complete and self._pick_days(bounds):
                return
            if not bounds.complete or self.left() < allowed / 2:
                break
        if bounds.complete:
            self._fit(bounds)
        self._finish(bounds)

    def _fit(self, bounds: "StretchBounds") -> None:
        """A good roster to go on from: the relaxation's duties, and the least T7 that any days give them."""
        model = self.draft.model.clone()
        self._fix_duties(model, bounds)
        attempt = minimise(model, self.tiers["T7"].value, self.settings, self.clock, limit=self.left() * 0.2)
        self.result.solve_seconds += attempt.seconds
        if attempt.solved and evaluate(self.tiers["T7"].value, attempt.values) <= self._value("T7"):
            self.solution = attempt.values

    def _fix_duties(self, model: cp_model.CpModel, bounds: "StretchBounds") -> None:
        for piece in bounds.pieces:
            for mine, theirs in decision_pairs(self.draft, piece.draft):
                model.add_bool_and(mine if piece.solution[theirs.index] else ~mine)

    def _leave_open(self) -> None:
        """The remaining tiers as they are, with the bounds that cost nothing."""
        for code in LAST:
            value = self._value(code)
            self._stand(code, value, min(value, self.tiers[code].least), proven=False)

    def _pick_days(self, bounds: "StretchBounds") -> bool:
        """Days for the stretches: the relaxation's duties, first with its counts, then with any; all its values met."""
        return any(self._pick(bounds, counts=counts) for counts in (True, False))

    def _pick(self, bounds: "StretchBounds", *, counts: bool) -> bool:
        model = self.draft.model.clone()
        self._fix_duties(model, bounds)
        for code in LAST:
            if not isinstance(self.tiers[code].value, int):
                model.add(self.tiers[code].value <= bounds.values[code])
        if counts:
            for piece in bounds.pieces:
                self._fix_counts(model, piece)
        limit = min(SECONDS_TO_PICK, self.left())
        attempt = minimise(model, 0, self.settings, self.clock, limit=limit)
        self.result.solve_seconds += attempt.seconds
        if not attempt.solved:
            return False
        self.solution = attempt.values
        above = self._above_proven()
        for code in LAST:
            value = self._value(code)
            above = above and bounds.proven[code] and value == bounds.values[code]
            self._stand(code, value, value if above else min(value, bounds.bounds[code]), proven=above)
        return True

    def _fix_counts(self, model: cp_model.CpModel, piece: "Relaxation") -> None:
        """As many whole days, mornings and afternoons in every stretch as the relaxation counted."""
        on, draft = piece.solution, self.draft
        for stretch in piece.draft.stretches:
            person = stretch.person
            if stretch.whole is not None:
                whole = [draft.both_off[person, d] for d in stretch.days if (person, d) in draft.both_off]
                model.add(cp_model.LinearExpr.sum(whole) == on[stretch.whole.index])
            for half in Half:
                lits = [lit for d in stretch.days for lit in draft.away(person, d, half)]
                model.add(cp_model.LinearExpr.sum(lits) == sum(on[c.index] for c in stretch.count(half)))

    def _finish(self, bounds: "StretchBounds") -> None:
        """T7, T8 and T9 day by day, one after the other, each ending early where the relaxation's bound is met."""
        equal = True
        for code in LAST:
            above = self._above_proven()
            floor = bounds.bounds.get(code, self.tiers[code].least) if equal and above else self.tiers[code].least
            attempt = self._minimise(self.tiers[code].value, floor=floor, share=0.5)
            value = self._value(code)
            bound = floor
            if attempt.bound is not None and attempt.solved:
                bound = max(floor, attempt.bound) if above else floor
            self._stand(code, value, min(bound, value), proven=above and bound >= value)
            self._hold(code, value)
            equal = equal and value == bounds.values.get(code)

    # ---- bookkeeping ------------------------------------------------------------------------------------------

    def _value(self, code: str) -> int:
        """The value of a tier in the best solution so far."""
        return evaluate(self.tiers[code].value, self.solution)

    def _above_proven(self) -> bool:
        return all(s.proven for s in self.result.tiers.values())

    def _settle(self, code: str, attempt: Attempt, *, proven: bool = True) -> None:
        value = self._value(code)
        bound = attempt.bound if attempt.bound is not None else self.tiers[code].least
        if not proven and attempt.status != Status.OPTIMAL:
            bound = self.tiers[code].least
        self._stand(code, value, min(bound, value), proven=proven and attempt.status == Status.OPTIMAL)
        self._hold(code, value)

    def _stand(self, code: str, value: int, bound: int, *, proven: bool) -> None:
        self.result.tiers[code] = Standing(value, bound, proven, self.tiers[code].least)
        self.result.tier_at[code] = time.monotonic()
        if self.settings.progress is not None:
            number, parts = self.place
            self.settings.progress(Progress(TIER_NAMES[code], number, parts, value, bound))

    def _hold(self, code: str, value: int) -> None:
        """No later tier may be bought with this one."""
        term = self.tiers[code].value
        if not isinstance(term, int):
            self.draft.model.add(term <= value)

    def _collect(self) -> None:
        if not self.solved:
            return
        if all(s.proven for s in self.result.tiers.values()):
            self.result.status = Status.OPTIMAL
        draft, on = self.draft, self.solution
        self.result.duties = [d for d in draft.duties.values() if on[d.lit.index]]
        self.result.services = [s for s in draft.services if on[s.lit.index]]
        self.result.leaves = [o for pieces in draft.leaves.values() for o in pieces if on[o.lit.index]]
        self.result.leadings = [x for x in draft.leadings if on[x.lit.index]]
        for need, starts in draft.starts.items():
            self.result.starts[need] = next(s for s, lit in starts.items() if on[lit.index])
        for (post, day, half, member), lit in draft.ordered_holds.items():
            if on[lit.index]:
                self.result.holders[post, day, half] = member


class Relaxation:
    """One part, or a piece of it, with leave by the stretch; its tiers are minimised in turn."""

    def __init__(self, search: PartSearch, part: Part, *, left_out: frozenset[Line], rest_by_day: bool) -> None:
        self.search = search
        started = time.monotonic()
        self.draft = Draft(
            search.problem, part, leave=LeaveModel.BY_STRETCH, left_out=left_out, rest_by_day=rest_by_day
        )
        self.tiers = {t.code: t for t in build(self.draft)}
        search.result.build_seconds += time.monotonic() - started
        self.solution: list[int] = []

    def hold(self, code: str, value: int) -> None:
        """Keep a tier at a value or below."""
        term = self.tiers[code].value
        if not isinstance(term, int):
            self.draft.model.add(term <= value)

    def minimise(self, code: str, share: float) -> Attempt:
        """The least value of a tier within what is held; it is held then."""
        attempt = minimise_restarting(
            self.draft.model,
            self.tiers[code].value,
            self.search.settings,
            self.search.clock,
            limit=self.search.left() * share,
            hint=self.solution,
        )
        self.search.result.solve_seconds += attempt.seconds
        if attempt.solved and attempt.value is not None:
            self.solution = attempt.values
            self.hold(code, attempt.value)
        return attempt


class StretchBounds:
    """T7, T8 and T9 of a part with leave by the stretch: values that bound the true ones from below, and the duties.

    Where lunch stands apart the part may fall into pieces that share only lunch (one lunch duty for the whole hall).
    T6 is a sum over lines and people: when the pieces' least shares and lunch's add up to the part's, every roster with
    that T6 has each of them at its least, and the pieces are independent.
    """

    def __init__(self, search: PartSearch, *, rest_by_day: bool = False) -> None:
        self.search = search
        self.rest_by_day = rest_by_day
        self.lunch_apart = self._lunch_stands_apart(search)
        self.left_out = frozenset({Line.LUNCH}) if self.lunch_apart else frozenset[Line]()
        self.pieces: list[Relaxation] = []
        self.values: dict[str, int] = {}
        self.bounds: dict[str, int] = {}
        self.proven: dict[str, bool] = {}

    @property
    def complete(self) -> bool:
        """Whether every tier has a value."""
        return len(self.values) == len(LAST)

    def run(self) -> None:
        """Minimise the three tiers in their order, the tiers above held at the values reached."""
        part, shares = self.search.part, self.search.result.tiers["T6"].value
        if self.lunch_apart:
            least = self._least_lunch_cost()
            if least is None:
                return
            part, shares = without_line(part, Line.LUNCH), shares - least
            if not self._fall_apart(part, shares):
                self.pieces = [self._relaxed(part)]
                self.pieces[0].hold("T6", shares)
        else:
            self.pieces = [self._relaxed(part)]
            self.pieces[0].hold("T6", shares)
        self._minimise_in_turn()

    def _relaxed(self, part: Part) -> Relaxation:
        piece = Relaxation(self.search, part, left_out=self.left_out, rest_by_day=self.rest_by_day)
        for code in (*DEMAND, "T5a", "T5b"):
            if code in self.search.result.tiers and code in piece.tiers:
                piece.hold(code, self.search.result.tiers[code].value)
        return piece

    def _fall_apart(self, part: Part, shares: int) -> bool:
        """Set up the pieces of a part without lunch, each at its least T6; False where that proves nothing."""
        met = all(self.search.result.tiers[code].value == 0 for code in DEMAND)
        parts = split_part(self.search.problem, part)
        if len(parts) < 2 or not met:
            return False
        pieces = [self._relaxed(piece) for piece in parts]
        attempts = [piece.minimise("T6", SHARE_OF_TIME["T6"]) for piece in pieces]
        if not all(a.status == Status.OPTIMAL for a in attempts) or sum(a.value or 0 for a in attempts) != shares:
            return False
        self.pieces = pieces
        return True

    def _minimise_in_turn(self) -> None:
        proven = True
        for code in LAST:
            share = SHARE_OF_TIME[code] / len(self.pieces) ** 0.5
            attempts = [piece.minimise(code, share) for piece in self.pieces]
            if not all(a.solved and a.value is not None and a.bound is not None for a in attempts):
                return
            self.values[code] = sum(a.value or 0 for a in attempts)
            least = sum(piece.tiers[code].least for piece in self.pieces)
            self.bounds[code] = sum(a.bound or 0 for a in attempts) if proven else least
            proven = proven and all(a.status == Status.OPTIMAL for a in attempts)
            self.proven[code] = proven

    @staticmethod
    def _lunch_stands_apart(search: PartSearch) -> bool:
        """Whether lunch duty earns nothing and is no appointment's place: then leave hangs on it only by comfort."""
        lunch = any(s.line == Line.LUNCH for s in search.part.slots)
        served = any(
            s.mode == Mode.ON_DUTY and search.problem.day(s.need.day).is_workday for s in search.draft.services
        )
        return lunch and not search.problem.policy.credit_lunch and not served

    def _least_lunch_cost(self) -> int | None:
        """What lunch adds to T6 at least, beyond its cost with no duty at all: T6 is a sum over lines."""
        search = self.search
        alone = Draft(search.problem, only_line(search.part, Line.LUNCH), leave=LeaveModel.NONE, left_out=ALL_BUT_LUNCH)
        tiers = {t.code: t for t in build(alone)}
        for code in ("T2", "T3"):
            if not isinstance(tiers[code].value, int):
                alone.model.add(tiers[code].value <= search.result.tiers[code].value)
        attempt = minimise(alone.model, tiers["T6"].value, search.settings, search.clock, limit=search.left() * 0.3)
        search.result.solve_seconds += attempt.seconds
        return None if attempt.bound is None else max(0, attempt.bound - tiers["T6"].least)


def decision_pairs(mine: Draft, theirs: Draft) -> Iterator[tuple[Lit, Lit]]:
    """The decisions of a draft of a piece in the draft of the part, but for leave, and for lunch: it must fit around it."""
    for key, duty in theirs.duties.items():
        if duty.slot.line != Line.LUNCH:
            yield mine.duties[key].lit, duty.lit
    served = {(s.person, s.need.id, s.window, s.mode, s.start): s.lit for s in mine.services}
    for service in theirs.services:
        key = (service.person, service.need.id, service.window, service.mode, service.start)
        if key in served:
            yield served[key], service.lit
    led = {(x.person, x.unit, x.alone, x.start, x.end): x.lit for x in mine.leadings}
    for leading in theirs.leadings:
        yield led[leading.person, leading.unit, leading.alone, leading.start, leading.end], leading.lit
    for need, starts in theirs.starts.items():
        if len(starts) > 1:
            for start, lit in starts.items():
                yield mine.starts[need][start], lit


def evaluate(expression: Linear, values: list[int]) -> int:
    """The value of a linear expression under a solution."""
    if isinstance(expression, int):
        return expression
    flat = cp_model.FlatIntExpr(expression)
    return int(flat.offset) + sum(int(c) * values[v.index] for v, c in zip(flat.vars, flat.coeffs, strict=True))
