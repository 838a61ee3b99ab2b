"""T7, T8 and T9 bounded with leave by the stretch (see `bulk`)."""

import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from zhiban.model.kinds import Line, Mode
from zhiban.solver.build import build
from zhiban.solver.decisions import LeaveModel
from zhiban.solver.draft import Draft
from zhiban.solver.linear import Lit
from zhiban.solver.part_result import DEMAND, LAST
from zhiban.solver.parts import Part, only_line, split_part, without_line
from zhiban.solver.search import MOST_SLICES, Attempt, Status, minimise, minimise_restarting

if TYPE_CHECKING:
    from zhiban.solver.solve_part import PartSearch

SHARE_OF_TIME = {"T6": 0.3, "T7": 0.5, "T8": 0.4, "T9": 0.6}
"""What a tier of the relaxation may take of the time that is left; a guard: what ends a run is its number of slices,
which is the same on every machine.
"""
FIRST_SLICES = 3
"""Slices of a tier before days are picked; each time it is minimised once more it gets another, twice as long."""
ALL_BUT_LUNCH = frozenset(Line) - {Line.LUNCH}


class Relaxation:
    """One part, or a piece of it, with leave by the stretch; its tiers are minimised in turn."""

    def __init__(self, search: "PartSearch", part: Part, *, left_out: frozenset[Line], rest_by_day: bool) -> None:
        self.search = search
        started = time.monotonic()
        self.draft = Draft(
            search.problem,
            part,
            leave=LeaveModel.BY_STRETCH,
            exact_posts=search.draft.exact_posts,
            left_out=left_out,
            rest_by_day=rest_by_day,
        )
        self.tiers = {t.code: t for t in build(self.draft)}
        search.result.build_seconds += time.monotonic() - started
        self.solution: list[int] = []
        self.floors: dict[str, int] = {}
        """Bounds proven so far; what is held only ever grows tighter, so they stay true."""
        self.slices: dict[str, int] = {}

    def hold(self, code: str, value: int) -> None:
        """Keep a tier at a value or below."""
        term = self.tiers[code].value
        if not isinstance(term, int):
            self.draft.model.add(term <= value)

    def minimise(self, code: str, share: float, slices: int = MOST_SLICES) -> Attempt:
        """The least value of a tier within what is held, as far as so many slices go; it is held then."""
        attempt = minimise_restarting(
            self.draft.model,
            self.tiers[code].value,
            self.search.settings,
            self.search.clock,
            limit=self.search.left() * share,
            hint=self.solution,
            floor=self.floors.get(code),
            begun=self.slices.get(code, 0),
            most=slices,
        )
        self.slices[code] = attempt.slices
        self.search.result.solve_seconds += attempt.seconds
        if attempt.bound is not None:
            self.floors[code] = attempt.bound
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

    def __init__(self, search: "PartSearch", *, rest_by_day: bool = False) -> None:
        self.search = search
        self.rest_by_day = rest_by_day
        self.lunch_apart = self._lunch_stands_apart(search)
        self.left_out = frozenset({Line.LUNCH}) if self.lunch_apart else frozenset[Line]()
        self.pieces: list[Relaxation] = []
        self.values: dict[str, int] = {}
        self.bounds: dict[str, int] = {}
        """Bounds of each tier for rosters that have the tiers above no worse than `values`."""

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
                value = self.search.result.tiers[code].value
                # Workday posts are no variables by the stretch; what the input leaves empty is not counted there.
                piece.hold(code, value - self.search.draft.forced_gaps if code == "T3" else value)
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

    def _minimise_in_turn(self, codes: Sequence[str] = LAST, slices: int = FIRST_SLICES) -> bool:
        """Minimise tiers in turn; False where one has no solution in the time there is."""
        for code in codes:
            share = SHARE_OF_TIME[code] / len(self.pieces) ** 0.5
            attempts = [piece.minimise(code, share, slices) for piece in self.pieces]
            if not all(a.solved and a.value is not None and a.bound is not None for a in attempts):
                return False
            self.values[code] = sum(a.value or 0 for a in attempts)
            self.bounds[code] = sum(a.bound or 0 for a in attempts)
        return True

    def sharpen(self, reached: dict[str, int], proven: dict[str, bool]) -> bool:
        """Minimise once more the first tier that days have not proven, and those below it, with what days have reached
        held; False where that ends without a solution.
        """
        first = next(n for n, code in enumerate(LAST) if not proven[code])
        if len(self.pieces) == 1:
            for code in LAST[: first + 1]:
                self.pieces[0].hold(code, reached[code])
        return self._minimise_in_turn(LAST[first:], 1)

    @staticmethod
    def _lunch_stands_apart(search: "PartSearch") -> bool:
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
    """The decisions of a piece in the draft of the part, but for leave, and for lunch: it must fit around leave."""
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
