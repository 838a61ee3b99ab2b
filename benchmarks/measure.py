"""One measurement, in a process of its own so that its memory and processor time are its own; prints JSON.

    python benchmarks/measure.py hall.xlsx --mode parts --seconds 60

Times are seconds from the start of the search unless named otherwise. Modes: `parts` is what `zhiban solve` does,
`whole` the same settings on one model of the whole hall, `default` one model with CP-SAT's own defaults.
"""

import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import click

MODES: dict[str, dict[str, bool]] = {
    "parts": {},
    "whole": {"parts": False},
    "default": {"parts": False, "tuned": False},
}


def measure(path: Path, mode: str, seconds: float, workers: int = 0, begun: float | None = None) -> dict[str, Any]:
    """Read, solve and write one workbook; `begun` is when the process began (time.monotonic)."""
    begun = time.monotonic() if begun is None else begun
    from zhiban.io.read_workbook import read_problem
    from zhiban.io.write_workbook import write_roster
    from zhiban.model.errors import NoRosterError
    from zhiban.solver.settings import Settings
    from zhiban.solver.solve import solve

    read = read_problem(path)
    problem = read.problem
    size = {"windows": len(problem.windows), "people": len(problem.people), "appointments": len(problem.appointments)}
    found: dict[str, Any] = {"file": path.name, "mode": mode, "limit": seconds, **size}
    started, processor = time.monotonic(), time.process_time()
    found["read_seconds"] = started - begun
    try:
        outcome = solve(problem, Settings(seconds, workers, **MODES[mode]))
    except NoRosterError:
        outcome = None
    found["solve_seconds"] = time.monotonic() - started
    found["cpu_seconds"] = time.process_time() - processor
    if outcome is not None:
        found |= reached(outcome)
        with tempfile.TemporaryDirectory() as folder:
            write_roster(Path(folder) / "roster.xlsx", problem, outcome, read.remarks)
        found["command_seconds"] = time.monotonic() - begun
    found["memory_mib"] = peak_memory()
    return found


def reached(outcome: Any) -> dict[str, Any]:
    """First roster, tiers and parts of an outcome; a hall has a roster or a proof when its last part has."""
    from zhiban.model.kinds import TierStatus

    parts = outcome.parts
    tiers = [
        {
            "code": tier.code,
            "value": tier.value,
            "bound": tier.bound,
            "proven": tier.status == TierStatus.OPTIMAL,
            "seconds": max((part.tier_seconds.get(tier.code, 0.0) for part in parts), default=0.0),
        }
        for tier in outcome.tiers
        if tier.status != TierStatus.NOT_ASKED
    ]
    firsts = [part.first_seconds for part in parts]
    return {
        "first_seconds": None if None in firsts else max(firsts, default=0.0),
        "tiers": tiers,
        "parts": len(parts),
        "largest_part": max((part.people for part in parts), default=0),
        "variables": sum(part.variables for part in parts),
        "build_seconds": sum(part.build_seconds for part in parts),
        "search_seconds": sum(part.solve_seconds for part in parts),
    }


def peak_memory() -> float:
    """The most memory this process ever held, MiB; macOS counts in bytes, everybody else in KiB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


@click.command()
@click.argument("workbook", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--mode", type=click.Choice(list(MODES)), default="parts", show_default=True)
@click.option("--seconds", default=60.0, show_default=True, help="Limit of the search.")
@click.option("--workers", default=0, show_default="all processors")
def main(workbook: Path, mode: str, seconds: float, workers: int) -> None:
    """Measure one workbook and print what was found as JSON."""
    click.echo(json.dumps(measure(workbook, mode, seconds, workers, BEGUN)))


if __name__ == "__main__":
    BEGUN = time.monotonic()
    main()
