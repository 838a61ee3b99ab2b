"""Admitting an appointment: can it be kept on a day, by whom, who else moves, and what it costs; if not, when it can.

Most appointments need nobody to move: somebody on duty, at the post or free to be called in takes them. Such a way
has the fewest people and entries that any has (one for each person asked for), and only T6 to T9 tell those ways apart,
which is quickly worked out (`placing`). Only where there is none is the roster re-solved.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from zhiban.model.demand import Need
from zhiban.model.errors import ContradictionError, NoRosterError
from zhiban.model.intake import Intake, Remark, at
from zhiban.model.kinds import DayClass, Mode
from zhiban.model.problem import Problem
from zhiban.model.records import Appointment, Item
from zhiban.model.roster import TIER_NAMES, Change, Judgement, Roster
from zhiban.solver.candidates import day_starts
from zhiban.solver.placing import Placer, Placing, hindrance
from zhiban.solver.refresh import refreshed
from zhiban.solver.resolve import resolve
from zhiban.solver.settings import Settings
from zhiban.solver.verify import judge
from zhiban.solver.wording import day_text, person_text, window_text

NEW = "新预约"
"""Id of the appointment that is asked about."""
NEAREST = 3
MOST_SEARCHES = 6
"""So many times that need somebody else to move are searched when others are to be offered."""
COSTS = tuple(code for code in TIER_NAMES)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: an item, `minutes` (None: its 标准分钟) and how it is booked."""

    item: Item
    minutes: int | None = None
    channel: str = "电话"
    servers: int | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A time that can be kept: who serves in which window and how, who else moves, what each tier costs more."""

    day: date
    start: int
    end: int
    people: tuple[tuple[str, str, Mode], ...]
    changes: tuple[Change, ...]
    cost: dict[str, int]
    remarks: tuple[Remark, ...]

    @property
    def rank(self) -> tuple[int, ...]:
        """Cost tier by tier, then the moment: the smaller the better."""
        return (*(self.cost.get(code, 0) for code in COSTS), self.day.toordinal(), self.start)

    @property
    def movers(self) -> tuple[str, ...]:
        """The others who have to move, each once."""
        serving = {person for _, person, _ in self.people}
        return tuple(dict.fromkeys(c.person for c in self.changes if c.person not in serving))


@dataclass(frozen=True, slots=True)
class Answer:
    """`offer` None: no, for `reasons`; `nearest` are then the nearest times that can. `others`: those of the range."""

    offer: Offer | None
    reasons: tuple[str, ...] = ()
    nearest: tuple[Offer, ...] = ()
    others: tuple[Offer, ...] = ()


class Admission:
    """Questions about one more appointment against one roster at one time.

    Where the roster does not fit the input any more, it is re-solved first, so that a cost is the appointment's alone.
    Raises as `resolve`.
    """

    def __init__(
        self,
        problem: Problem,
        old: Roster,
        now: datetime,
        request: Request,
        settings: Settings | None = None,
    ) -> None:
        self.problem, self.now, self.request = problem, now, request
        self.settings = settings or Settings()
        self.until = time.monotonic() + self.settings.seconds
        self.roster, self.base, self.repaired = self._base(old)
        self.placer = Placer(problem, self.roster)
        self.intake = Intake(problem.policy, problem.calendar, problem.segments, problem.channels)
        self.searches = 0

    def _base(self, old: Roster) -> tuple[Roster, Judgement, bool]:
        """The roster as it has to be without the appointment, and whether it had to be re-solved for that."""
        kept = refreshed(self.problem, old)
        said = judge(self.problem, kept, old, self.now)
        if not said.breaches and not said.unmet:
            return kept, replace(said, tiers={**said.tiers, "T5a": 0, "T5b": 0}), False
        outcome = resolve(self.problem, old, self.now, self._settings_left())
        tiers = {**outcome.judgement.tiers, "T5a": 0, "T5b": 0}
        return outcome.roster, replace(outcome.judgement, tiers=tiers), outcome.roster != kept

    def _settings_left(self) -> Settings:
        """The settings with what is left of the time, a second at least."""
        return replace(self.settings, seconds=max(1.0, self.until - time.monotonic()))

    # ---- the answers ------------------------------------------------------------------------------------------

    def ask(self, day: date, start: int | None = None) -> Answer:
        """Whether it can be kept on a day, at a time or at the cheapest one; else why not, and the nearest three."""
        starts = [start] if start is not None else self.starts(day)
        offer, reasons = self._best(day, starts)
        if offer is not None:
            return Answer(offer)
        return Answer(None, reasons, self.nearest(day, start))

    def within(self, first: date, last: date, start: int | None = None) -> tuple[Offer, ...]:
        """All times of a range of days that can be kept, the cheapest first; one of each day that needs a search."""
        found: list[Offer] = []
        for day in self._days(first, last):
            starts = [start] if start is not None else self.starts(day)
            open_starts = [s for s in starts if not self.refusal(day, s)]
            offers = [offer for s in open_starts if (offer := self._direct(day, s)) is not None]
            if not offers and self.searches < MOST_SEARCHES:
                searched = self._searched(day, open_starts)
                offers = [searched] if isinstance(searched, Offer) else []
            found += offers
        return tuple(sorted(found, key=lambda offer: offer.rank))

    def nearest(self, day: date, start: int | None) -> tuple[Offer, ...]:
        """The three times nearest to a moment that can be kept: those for which nobody moves are looked at first."""
        around = at(day, start if start is not None else 12 * 60)
        moments = [(d, s) for d in self._days(self.problem.first, self.problem.last) for s in self.starts(d)]
        if start is None:
            moments = [(d, s) for d, s in moments if d != day]
        moments.sort(key=lambda m: (abs(at(*m) - around), at(*m)))
        found: list[Offer] = []
        for moment in moments:
            if len(found) == NEAREST:
                break
            if self.refusal(*moment):
                continue
            offer = self._direct(*moment)
            if offer is None or not self._confirmed(offer):
                offer = self._search_one(*moment)
            if offer is not None:
                found.append(offer)
        return tuple(found)

    def _days(self, first: date, last: date) -> Iterator[date]:
        """The dates of a range within the period that are not over."""
        day = max(first, self.problem.first, self.now.date())
        while day <= min(last, self.problem.last):
            yield day
            day += timedelta(1)

    def starts(self, day: date) -> list[int]:
        """The starts a day offers, 预约步长 apart from the opening of each segment on."""
        return day_starts(self.problem, day, self.minutes)

    @property
    def minutes(self) -> int:
        """Length: asked for, else 标准分钟."""
        return self.request.minutes or self.request.item.minutes or 0

    def _best(self, day: date, starts: Sequence[int]) -> tuple[Offer | None, tuple[str, ...]]:
        """The cheapest of a day's starts; else why none of them can be kept."""
        reasons: list[str] = []
        able: list[int] = []
        for start in starts:
            said = self.refusal(day, start)
            reasons += said
            if not said:
                able.append(start)
        if not starts:
            reasons += self.refusal(day, 9 * 60) or [f"{day_text(day)}没有容得下 {self.minutes} 分钟的时段"]
        offers = [offer for start in able if (offer := self._direct(day, start)) is not None]
        for offer in sorted(offers, key=lambda offer: offer.rank)[:1]:
            if self._confirmed(offer):
                return offer, ()
        if able:
            searched = self._searched(day, able)
            if isinstance(searched, Offer):
                return searched, ()
            reasons += searched
        return None, tuple(dict.fromkeys(reasons))

    # ---- what the input alone forbids ---------------------------------------------------------------------------

    def refusal(self, day: date, start: int) -> list[str]:
        """Why a time cannot be accepted whoever is there: over, closed, intake rules taken hard, too few people."""
        problem, item = self.problem, self.request.item
        if not problem.holds(day):
            return [f"{day_text(day)}不在值班表的期间（{problem.first} 至 {problem.last}）之内"]
        if at(day, start) <= self.now:
            return [f"{day_text(day)} {_clock(start)} 已经过去"]
        if start + self.minutes > 24 * 60:
            return [f"{_clock(start)} 开始、{self.minutes} 分钟，会过午夜"]
        closed = self._closed(day)
        if closed:
            return closed
        hard = [remark.text for remark in self.remarks(day, start) if remark.hard]
        if hard:
            return hard
        need = self.need(day, [start])
        return [text for window in item.windows if (text := hindrance(problem, need, window, start))]

    def _closed(self, day: date) -> list[str]:
        facts, info = self.problem.facts, self.problem.day(day)
        line = facts.line_of(day)
        if info.day_class == DayClass.CLOSED:
            return [f"该日不开：{day_text(day)}闭馆"]
        if line is not None and facts.line_mode(line, day) == "不开":
            return [f"该日不开：{day_text(day)}是{info.day_class}，{line}不开"]
        inactive = [w for w in self.request.item.windows if not self.problem.window[w].active_on(day)]
        return [f"该日不开：{window_text(self.problem, w)}在{day_text(day)}未启用" for w in inactive]

    def remarks(self, day: date, start: int) -> tuple[Remark, ...]:
        """What the intake rules say of it, registered now."""
        item = self.request.item
        return self.intake.remarks(
            registered=self.now,
            channel=self.request.channel,
            start=at(day, start),
            minutes=self.minutes,
            weekend_open=item.weekend_ok,
            holiday_open=item.holiday_ok,
        )

    # ---- one time -----------------------------------------------------------------------------------------------

    def need(self, day: date, starts: Sequence[int]) -> Need:
        """The appointment as it would be demanded."""
        count = self.request.servers or self.problem.policy.servers
        return Need(self._row(day, starts), self.request.item, tuple(starts), self.minutes, count)

    def _row(self, day: date, starts: Sequence[int]) -> Appointment:
        fixed = len(starts) == 1
        return Appointment(
            id=NEW,
            registered=self.now,
            channel=self.request.channel,
            applicant=NEW,
            phone="",
            item=self.request.item.id,
            day=day,
            start=starts[0] if fixed else None,
            earliest=None if fixed else starts[0],
            latest=None if fixed else starts[-1],
            duration=self.minutes,
            servers=self.request.servers,
            state="已登记",
        )

    def _direct(self, day: date, start: int) -> Offer | None:
        """The cheapest way without anybody else moving; None where there is none."""
        placing = self.placer.best(self.need(day, [start]), start)
        return self._offered(day, start, placing) if placing is not None else None

    def _confirmed(self, offer: Offer) -> bool:
        """Whether the verifier says the same of a way that was worked out without a search."""
        need = self.need(offer.day, [offer.start])
        problem = self.problem.changed(appointments=(*self.problem.appointments, need.appointment))
        roster = self.placer.roster_with(need, offer.start, Placing(offer.people, {}))
        said = judge(problem, roster, self.roster, self.now)
        rises = {code: (said.tiers[code] or 0) - (self.base.tiers[code] or 0) for code in COSTS}
        return not said.breaches and rises == offer.cost

    def _offered(self, day: date, start: int, placing: Placing) -> Offer:
        changes = tuple(
            Change(person, day, "预约", window, "", "", f"预约{NEW} {_clock(start)}", "新增预约")
            for window, person, _ in placing.people
        )
        touched = {person for _, person, _ in placing.people}
        cost = dict.fromkeys(COSTS, 0) | placing.cost | {"T5a": len(touched), "T5b": len(placing.people)}
        return Offer(day, start, start + self.minutes, placing.people, changes, cost, self.remarks(day, start))

    def _search_one(self, day: date, start: int) -> Offer | None:
        if self.searches >= MOST_SEARCHES:
            return None
        found = self._searched(day, [start])
        return found if isinstance(found, Offer) else None

    def _searched(self, day: date, starts: Sequence[int]) -> "Offer | list[str]":
        """The cheapest way with others moving, starts one step apart in one search; else why there is none."""
        reasons: list[str] = []
        offers: list[Offer] = []
        for run in _runs(starts, self.problem.policy.start_step):
            self.searches += 1
            problem = self.problem.changed(appointments=(*self.problem.appointments, self._row(day, run)))
            try:
                outcome = resolve(problem, self.roster, self.now, self._settings_left())
            except (ContradictionError, NoRosterError) as error:
                reasons.append(str(error))
                continue
            rows = [row for row in outcome.roster.appointments if row.appointment == NEW]
            cost = {code: (outcome.judgement.tiers[code] or 0) - (self.base.tiers[code] or 0) for code in COSTS}
            if cost["T1"] > 0 or not all(row.met for row in rows):
                reasons += self._why_not(problem, day, run)
                continue
            people = tuple((row.window, p, m) for row in rows for p, m in zip(row.people, row.modes, strict=True))
            start = rows[0].start
            remarks = self.remarks(day, start)
            offers.append(Offer(day, start, start + self.minutes, people, outcome.changes, cost, remarks))
        return min(offers, key=lambda offer: offer.rank) if offers else reasons

    def _why_not(self, problem: Problem, day: date, starts: Sequence[int]) -> list[str]:
        """Who may serve it and what keeps each of them from it, at the first of the starts."""
        need, start = self.need(day, starts), starts[0]
        span = f"{_clock(start)}–{_clock(start + self.minutes)}"
        if len(starts) > 1:
            span += f" 至 {_clock(starts[-1])}–{_clock(starts[-1] + self.minutes)} 各时间"
        found: list[str] = []
        for window in need.windows:
            blocked = self.placer.hindrances(need, window, start)
            if blocked:
                listed = "；".join(f"{person_text(problem, person)}{why}" for person, why in blocked)
                found.append(f"{day_text(day)} {span} {window_text(problem, window)}腾不出人：{listed}")
        return found or [f"{day_text(day)} {span} 腾不出 {need.count * len(need.windows)} 人同时办理（已证明）"]


def _runs(starts: Sequence[int], step: int) -> list[list[int]]:
    """The starts in runs that are one step apart: one flexible appointment each."""
    runs: list[list[int]] = []
    for start in sorted(starts):
        if runs and start == runs[-1][-1] + step:
            runs[-1].append(start)
        else:
            runs.append([start])
    return runs


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
