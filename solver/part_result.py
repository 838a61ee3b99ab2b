"""What was decided in a part, tier by tier."""

from dataclasses import dataclass, field

from zhiban.solver.decisions import Duty, Leading, LeaveOption, Service
from zhiban.solver.parts import Part
from zhiban.solver.search import Status

DEMAND = ("T1", "T2", "T3", "T4")
LAST = ("T7", "T8", "T9")


@dataclass(slots=True)
class Standing:
    """A tier of a part: value, bound given the tiers above, whether all is proven, and the bound given nothing."""

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
