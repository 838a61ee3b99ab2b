"""One part from model to decisions: the tiers in strict order, each with value, bound and proof."""

import time

from ortools.sat.python import cp_model

from zhiban.model.kinds import Half
from zhiban.model.problem import Problem
from zhiban.model.roster import TIER_NAMES
from zhiban.solver.build import build
from zhiban.solver.decisions import LeaveModel
from zhiban.solver.draft import Draft
from zhiban.solver.linear import Linear, size_of, summed, value_of
from zhiban.solver.part_result import DEMAND, LAST, PartResult, Standing
from zhiban.solver.parts import Part
from zhiban.solver.relaxation import Relaxation, StretchBounds, decision_pairs
from zhiban.solver.replan import Plan
from zhiban.solver.search import Attempt, Clock, Status, minimise, minimise_restarting
from zhiban.solver.settings import Progress, Settings
from zhiban.solver.tiers import Tier

LEAST_TO_SHARPEN = 0.5
"""Seconds; with less left a tier that is open stays open."""

SHARE_TO_POLISH = 0.5

SHARE_TO_BOUND = 0.1
"""Share of the time left for each bound of T1 to T4 by the stretch: they take some hundredths of a second, or long."""

SECONDS_TO_PICK = 2.0
"""Days are picked in some hundredths of a second, or not at all."""


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
        self.fewest_on_duty: int | None = None
        self.bounds: StretchBounds | None = None
        """The relaxation that days have been picked for."""
        self.polished = 0
        self.place: tuple[int, int] = (1, 1)
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
        nothing: dict[str, int] = dict.fromkeys(DEMAND, 0)
        if (self._forced_gaps() or not self._demand_met(nothing)) and not self._least_unmet():
            self._build(exact=True)
            self._staged_demand()
            if self.result.found and not self._lightened():
                self._settle_in_turn(self._nearness())
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

    @property
    def open(self) -> bool:
        """Whether more time might still improve or prove something."""
        return self.result.found and self.bounds is not None and not self._all_proven()

    def improve(self, limit: float | None = None) -> PartResult:
        """More time for tiers that `finish` left open."""
        self._allow(limit)
        if self.bounds is not None:
            self._sharpen(self.bounds)
            self._collect()
        return self.result

    def _nearness(self) -> list[str]:
        """The tiers between demand and leave."""
        return ["T6"] if self.plan is None else ["T5a", "T5b", "T6"]

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
        self.result.variables, self.result.constraints = size_of(self.draft.model)
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
        """Minimise with a `share` of the time left, from the best solution on; `floor` is a known bound."""
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

    def _demand_met(self, least: dict[str, int]) -> bool:
        """Tiers T1 to T4 at values that none can be below, and T6 minimised; False where that cannot be (or is not
        found).
        """
        for code in DEMAND:
            self._hold(code, least[code])
        first, *others = self._nearness()
        attempt = self._minimise(self.tiers[first].value, share=1.0 if not any(least.values()) else 0.5)
        if not attempt.solved:
            return False
        for code in DEMAND:
            self._stand(code, least[code], least[code], proven=True)
        self._settle(first, attempt)
        self._settle_in_turn(others)
        return True

    def _least_unmet(self) -> bool:
        """Something is missing: tiers T1 to T4 at the bounds of the relaxation by the stretch, where days allow that.

        There T3 is the workday posts that the input leaves empty and the fewest that standing lines must. A roster with
        no more holds all other workday posts, as Hall's inequalities say: nothing is lost by them.
        """
        relaxed = Draft(self.problem, self.part, leave=LeaveModel.BY_STRETCH, exact_posts=True)
        tiers = {t.code: t for t in build(relaxed)}
        least: dict[str, int] = {}
        for code in DEMAND:
            term, limit = tiers[code].value, self.left() * SHARE_TO_BOUND
            attempt = minimise(relaxed.model, term, self.settings, self.clock, limit=limit)
            self.result.solve_seconds += attempt.seconds
            if attempt.status != Status.OPTIMAL or attempt.value is None:
                return False
            least[code] = attempt.value
            if not isinstance(term, int):
                relaxed.model.add(term <= attempt.value)
        self._build(exact=False)
        least["T3"] += self.draft.forced_gaps
        return self._demand_met(least)

    def _settle_in_turn(self, codes: list[str]) -> None:
        """Tiers one after the other, each within what those above leave."""
        for code in codes:
            above = self._above_proven()
            self._settle(code, self._minimise(self.tiers[code].value, share=0.5), proven=above)

    def _staged_demand(self) -> None:
        proven = True
        for code in DEMAND:
            floor = None
            if code == "T3" and proven:
                self.fewest_on_duty = self._fewest_on_duty()
                floor = None if self.fewest_on_duty is None else self.draft.forced_gaps + self.fewest_on_duty
            attempt = self._minimise(self.tiers[code].value, floor=floor)
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

    def _fewest_on_duty(self) -> int | None:
        """The least number of posts on standing lines that T1 and T2 leave empty; None where that is not known."""
        if not self.draft.empty_on_duty:
            return 0
        attempt = self._minimise(summed(self.draft.empty_on_duty))
        return attempt.value if attempt.status == Status.OPTIMAL else None

    def _lightened(self) -> bool:
        """Go on with light posts though something is missing; False where that is not sure to lose nothing.

        T3 is never less than the workday posts that the input leaves empty plus the fewest that standing lines must.
        Where it is just that, every roster with the least T3 holds all other workday posts: Hall's inequalities.
        """
        tiers = dict(self.result.tiers)
        sure = all(standing.proven for standing in tiers.values()) and self.fewest_on_duty is not None
        if not sure or tiers["T3"].value != self.draft.forced_gaps + (self.fewest_on_duty or 0):
            return False
        heavy = self.draft, self.tiers, self.solution
        self._build(exact=False)
        self.result.tiers.update(tiers)
        self.solved = True
        for code, standing in tiers.items():
            self._hold(code, standing.value)
        first, *others = self._nearness()
        attempt = self._minimise(self.tiers[first].value)
        if not attempt.solved:
            self.draft, self.tiers, self.solution = heavy
            return False
        self._settle(first, attempt)
        self._settle_in_turn(others)
        return True

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
                self.bounds = bounds
                self._sharpen(bounds)
            if self._all_proven():
                self.bounds = None  # nothing more to bound: its models take room
                return
            if not bounds.complete or self.left() < allowed / 2:
                break
        if self.bounds is not None:
            return
        if bounds.complete:
            self._fit(bounds)
        self._finish(bounds)

    def _sharpen(self, bounds: StretchBounds) -> None:
        """Use the time left on tiers that stayed open: the relaxation once more, and days for what it finds."""
        while not self._all_proven() and self.left() > LEAST_TO_SHARPEN:
            self._polish(bounds)
            if self._all_proven():
                return
            standing = self.result.tiers
            reached = {code: standing[code].value for code in LAST}
            if not bounds.sharpen(reached, {code: standing[code].proven for code in LAST}):
                return
            if not self._pick_days(bounds):
                self._stand_below(bounds)
                return

    def _polish(self, bounds: StretchBounds) -> None:
        """A better value of the first open tier, by days and from the roster there is: where the relaxation finds its
        own best values only with luck, days may still meet its bounds.
        """
        code = next(code for code in LAST if not self.result.tiers[code].proven)
        model = self.draft.model.clone()
        for above in LAST[: LAST.index(code)]:
            if not isinstance(self.tiers[above].value, int):
                model.add(self.tiers[above].value <= self._value(above))
        attempt = minimise_restarting(
            model,
            self.tiers[code].value,
            self.settings,
            self.clock,
            limit=self.left() * SHARE_TO_POLISH,
            hint=self.solution,
            floor=self.result.tiers[code].bound,
            begun=self.polished,
            most=1,
        )
        self.polished += 1
        self.result.solve_seconds += attempt.seconds
        if attempt.solved and (attempt.value or 0) < self._value(code):
            self.solution = attempt.values
            self._stand_below(bounds)

    def _fit(self, bounds: StretchBounds) -> None:
        """A good roster to go on from: the relaxation's duties, and the least T7 that any days give them."""
        model = self.draft.model.clone()
        self._fix_duties(model, bounds)
        attempt = minimise(model, self.tiers["T7"].value, self.settings, self.clock, limit=self.left() * 0.2)
        self.result.solve_seconds += attempt.seconds
        if attempt.solved and value_of(self.tiers["T7"].value, attempt.values) <= self._value("T7"):
            self.solution = attempt.values

    def _fix_duties(self, model: cp_model.CpModel, bounds: StretchBounds) -> None:
        for piece in bounds.pieces:
            for mine, theirs in decision_pairs(self.draft, piece.draft):
                model.add_bool_and(mine if piece.solution[theirs.index] else ~mine)

    def _leave_open(self) -> None:
        """The remaining tiers as they are, with the bounds that cost nothing."""
        for code in LAST:
            value = self._value(code)
            self._stand(code, value, min(value, self.tiers[code].least), proven=False)

    def _pick_days(self, bounds: StretchBounds) -> bool:
        """Days for the stretches: the relaxation's duties, first with its counts, then with any; all its values met."""
        return any(self._pick(bounds, counts=counts) for counts in (True, False))

    def _pick(self, bounds: StretchBounds, *, counts: bool) -> bool:
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
        new = [value_of(self.tiers[code].value, attempt.values) for code in LAST]
        if LAST[-1] not in self.result.tiers or new <= [self._value(code) for code in LAST]:
            self.solution = attempt.values
        self._stand_below(bounds)
        return True

    def _stand_below(self, bounds: StretchBounds) -> None:
        """T7, T8 and T9 of the roster, with the relaxation's bounds: they hold for rosters whose tiers above are no
        worse than the relaxation's, so for the best ones where those are proven and no worse.
        """
        before = {code: self.result.tiers.pop(code).bound for code in LAST if code in self.result.tiers}
        within = True
        for code in LAST:
            value, above = self._value(code), self._above_proven()
            bound = max(
                bounds.bounds[code] if above and within else self.tiers[code].least,
                before.get(code, self.tiers[code].least),
            )
            self._stand(code, value, min(value, bound), proven=above and bound >= value)
            within = within and value <= bounds.values[code]

    def _fix_counts(self, model: cp_model.CpModel, piece: Relaxation) -> None:
        """As many whole days, mornings and afternoons in every stretch as the relaxation counted."""
        on, draft = piece.solution, self.draft
        for stretch in piece.draft.stretches:
            person = stretch.person
            if stretch.whole is not None:
                whole = [draft.both_off[person, d] for d in stretch.days if (person, d) in draft.both_off]
                model.add(summed(whole) == on[stretch.whole.index])
            for half in Half:
                lits = [lit for d in stretch.days for lit in draft.away(person, d, half)]
                model.add(summed(lits) == sum(on[c.index] for c in stretch.count(half)))

    def _finish(self, bounds: StretchBounds) -> None:
        """T7, T8 and T9 day by day, one after the other, each ending early where the relaxation's bound is met."""
        equal = True
        for code in LAST:
            above = self._above_proven()
            floor = bounds.bounds.get(code, self.tiers[code].least) if equal and above else self.tiers[code].least
            attempt = self._minimise(self.tiers[code].value, floor=floor, share=1.0 if code == LAST[-1] else 0.5)
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
        return value_of(self.tiers[code].value, self.solution)

    def _all_proven(self) -> bool:
        return LAST[-1] in self.result.tiers and self._above_proven()

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
