"""Measure and report: growth, baselines, hard halls and batches, as a page with a table and a picture.

    python benchmarks/run.py                          everything: hours
    python benchmarks/run.py --only growth --only batch
    python benchmarks/run.py --small --output page.md --data data.json     seconds, to see that it works

Every measurement is a process of its own. What is compared is measured one after the other in one run: read the
ratios, the seconds belong to one machine on one day. The data are kept, so that sections may be measured apart.
"""

import datetime as dt
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any

import click

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent
INSTANCES = FOLDER / "instances"
SECTIONS = ("growth", "baselines", "instances", "living", "batch")
BASELINES = ("whole", "default")
RUNS = 3
"""A command of a second or two is run so often; the quickest run counts."""
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to measure. Limits are seconds of search; a baseline gets `patience` times what we needed, or more."""

    sizes: tuple[int, ...] = (15, 30, 60, 120, 240)
    people: int = 10
    compared: tuple[int, ...] = (15, 30, 60)
    limit: float = 600
    patience: float = 11
    least_patience: float = 60
    instances: tuple[Path, ...] = tuple(sorted(INSTANCES.glob("*.xlsx")))
    instance_limit: float = 60
    lived_in: int = 60
    """Windows of the hall whose published roster is worked with."""
    centres: int = 40
    centre_windows: int = 8
    centre_people: int = 8
    appointments: int = 40
    joint: int = 10


SMALL = Plan(
    sizes=(1, 2),
    people=3,
    compared=(1,),
    limit=10,
    patience=1,
    least_patience=2,
    instances=(),
    lived_in=4,
    centres=2,
    centre_windows=1,
    centre_people=3,
    appointments=2,
    joint=0,
)
"""A few seconds in all."""


class Bench:
    """Measures a plan's sections; generated halls are kept for the length of the run."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self.plan = plan
        self.folder = folder

    def section(self, name: str) -> list[Row]:
        """The rows of one section."""
        return getattr(self, name)()

    def growth(self) -> list[Row]:
        """What `zhiban solve` does, from small halls to large ones."""
        return [self._hall_measured(size, "parts", self.plan.limit) for size in self.plan.sizes]

    def baselines(self) -> list[Row]:
        """The same halls by us and by each baseline, one after the other."""
        rows: list[Row] = []
        for size in self.plan.compared:
            ours = self._hall_measured(size, "parts", self.plan.limit)
            limit = max(self.plan.least_patience, self.plan.patience * ours.get("solve_seconds", 0))
            rows += [ours, *(self._hall_measured(size, mode, limit) for mode in BASELINES)]
        return rows

    def instances(self) -> list[Row]:
        """The stored halls, tight and over-constrained."""
        return [self._measured(path, "parts", self.plan.instance_limit) for path in self.plan.instances]

    def living(self) -> list[Row]:
        """Whole commands on a published roster: nothing new, one more appointment, a sick week, a question."""
        from living import more_booked, week_ill

        hall, roster = self._hall(self.plan.lived_in), self.folder / "published.xlsx"
        booked, ill, new = (self.folder / f"{name}.xlsx" for name in ("booked", "ill", "new"))
        self._command("solve", hall, "-o", roster)
        item, day = more_booked(hall, booked)
        monday = week_ill(hall, roster, ill)
        now = f"{monday - dt.timedelta(5):%Y-%m-%d} 08:00"
        ways = {
            "resolve, nothing new": ("resolve", hall, "--roster", roster, "--now", now, "-o", new),
            "resolve, one more appointment": ("resolve", booked, "--roster", roster, "--now", now, "-o", new),
            "resolve, somebody ill for a week": ("resolve", ill, "--roster", roster, "--now", now, "-o", new),
            "admit": ("admit", hall, "--roster", roster, "--now", now, "--item", item, "--date", day),
        }
        return [
            {
                "way": way,
                "windows": self.plan.lived_in,
                **min((self._command(*words) for _ in range(RUNS)), key=lambda row: row["seconds"]),
            }
            for way, words in ways.items()
        ]

    def _command(self, *words: object) -> Row:
        told(" ".join(Path(str(word)).name for word in words))
        started, before = time.monotonic(), children_seconds()
        done = subprocess.run(
            [sys.executable, "-m", "zhiban.cli", *map(str, words), "--json"], capture_output=True, text=True
        )
        seconds = time.monotonic() - started
        if done.returncode not in (0, 3):
            raise RuntimeError(done.stderr)
        said = json.loads(done.stdout)
        return {
            "seconds": seconds,
            "cpu_seconds": children_seconds() - before,
            "people": len({change["person"] for change in said.get("changes", ())}),
            "entries": len(said.get("changes", ())),
            "exit": done.returncode,
        }

    def batch(self) -> list[Row]:
        """Many small centres by the batch command, on one core and on two."""
        folder = self.folder / "centres"
        folder.mkdir(exist_ok=True)
        for number in range(self.plan.centres):
            self._generated(
                folder / f"{number + 1:02}.xlsx", self.plan.centre_windows, self.plan.centre_people, seed=number + 1
            )
        return [self._batch(folder, jobs) for jobs in (1, 2)]

    # ---- one measurement ------------------------------------------------------------------------------------------

    def _hall_measured(self, windows: int, mode: str, limit: float) -> Row:
        return {**self._measured(self._hall(windows), mode, limit), "size": windows}

    def _hall(self, windows: int) -> Path:
        path = self.folder / f"hall-{windows}x{self.plan.people}.xlsx"
        if not path.exists():
            self._generated(path, windows, self.plan.people)
        return path

    def _generated(self, path: Path, windows: int, people: int, seed: int = 1) -> None:
        # 40 appointments belong to the hall of 60 windows; larger and smaller ones have their share.
        share = windows / 60
        appointments = max(2, round(self.plan.appointments * share))
        joint = round(self.plan.joint * share) if windows > 1 else 0
        words = {
            "--windows": windows,
            "--people": people,
            "--seed": seed,
            "--appointments": appointments,
            "--joint": joint,
        }
        command = [sys.executable, str(FOLDER / "generate.py"), "-o", str(path)]
        subprocess.run(
            [*command, *(str(part) for pair in words.items() for part in pair)], check=True, stdout=subprocess.DEVNULL
        )

    def _measured(self, path: Path, mode: str, limit: float) -> Row:
        told(f"{path.stem}, {mode}, at most {limit:.0f} s")
        command = [sys.executable, str(FOLDER / "measure.py"), str(path), "--mode", mode, "--seconds", str(limit)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            # A monolith may run out of memory, or a search claim what the verifier denies: that is a result.
            last = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
            return {"file": path.name, "mode": mode, "limit": limit, "error": last, "load": os.getloadavg()[0]}
        return {**json.loads(done.stdout), "load": os.getloadavg()[0]}

    def _batch(self, folder: Path, jobs: int) -> Row:
        told(f"{self.plan.centres} centres, {jobs} at a time")
        out = self.folder / f"rosters-{jobs}"
        words = ["batch", str(folder), "-o", str(out), "--jobs", str(jobs), "--json"]
        started, before = time.monotonic(), children_seconds()
        done = subprocess.run([sys.executable, "-m", "zhiban.cli", *words], capture_output=True, text=True)
        seconds, cpu = time.monotonic() - started, children_seconds() - before
        centres = json.loads(done.stdout)["centres"]
        return {
            "jobs": jobs,
            "seconds": seconds,
            "cpu_seconds": cpu,
            "centres": len(centres),
            "rosters": sum(centre["roster"] is not None for centre in centres),
            "proven": sum(centre["proven"] for centre in centres),
            "tiers": [[tier["value"] for tier in centre["tiers"]] for centre in centres],
            "load": os.getloadavg()[0],
        }


def children_seconds() -> float:
    """Processor seconds of all ended child processes."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def told(text: str) -> None:
    """Say on stderr what is being measured."""
    click.echo(f"{dt.datetime.now():%H:%M:%S} {text}", err=True)


def circumstances() -> Row:
    """What the figures depend on."""
    return {
        "date": f"{dt.date.today():%Y-%m-%d}",
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "ortools": metadata.version("ortools"),
        "load": os.getloadavg()[0],
    }


@click.command()
@click.option(
    "--only", multiple=True, type=click.Choice(SECTIONS), help="Sections to measure; others stay as they are."
)
@click.option("--small", is_flag=True, help="A run of seconds on tiny halls.")
@click.option("--sizes", help="Windows of the halls of growth, as 15,30,60.")
@click.option("--compared", help="Windows of the halls of baselines.")
@click.option("--limit", type=float, help="Seconds of search for our own runs of growth and baselines.")
@click.option("--render", is_flag=True, help="Measure nothing; write page and picture from the data.")
@click.option("--data", type=click.Path(path_type=Path, dir_okay=False), default=FOLDER / "results.json")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), default=ROOT / "docs" / "benchmarks.md")
def main(
    only: tuple[str, ...],
    small: bool,
    sizes: str | None,
    compared: str | None,
    limit: float | None,
    render: bool,
    data: Path,
    output: Path,
) -> None:
    """Measure, keep the data, write the page."""
    sys.path.insert(0, str(FOLDER))
    from report import write_page

    plan = SMALL if small else Plan()
    if sizes:
        plan = replace(plan, sizes=tuple(int(size) for size in sizes.split(",")))
    if compared:
        plan = replace(plan, compared=tuple(int(size) for size in compared.split(",")))
    if limit:
        plan = replace(plan, limit=limit)
    found: dict[str, Any] = json.loads(data.read_text("utf-8")) if data.exists() else {}
    if not render:
        with tempfile.TemporaryDirectory(prefix="zhiban-bench-") as folder:
            bench = Bench(plan, Path(folder))
            for name in only or SECTIONS:
                found[name] = {"under": circumstances(), "rows": bench.section(name)}
                data.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    write_page(output, found)
    click.echo(f"wrote {output}")


if __name__ == "__main__":
    main()
