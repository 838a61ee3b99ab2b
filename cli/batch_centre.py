"""One centre of a batch: workbook in, roster and what is to be said of it out, all of it bytes and plain data.

Nothing here knows where it runs: a process beside ours and a machine without our disk do the same.
"""

import re
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from zhiban.model.errors import Complaint, ContradictionError, InputError
from zhiban.model.roster import Finding, TierValue

if TYPE_CHECKING:
    from zhiban.model.roster import Outcome

UNMET = 3
ERROR = "错误"
INPUT = "排班数据"
PREVIOUS = "上期值班表"
ROSTER = "值班表.xlsx"


@dataclass(frozen=True, slots=True)
class Job:
    """A centre to be solved: its workbook (file `name`), the roster it carries on from, and how to search."""

    name: str
    workbook: bytes
    seconds: float
    seed: int
    previous: bytes | None = None
    previous_name: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A row of 问题明细 of the summary: an error of the input, an unmet demand, or why there is no roster."""

    weight: str
    code: str
    place: str
    text: str
    advice: str


@dataclass(frozen=True, slots=True)
class Centre:
    """What came of a centre. `exit` is the code that `solve` would have ended with, `seconds` the whole wall time.

    `roster` is the written workbook until it is on the disk; `file` its name there, empty where there is none.
    """

    name: str
    exit: int
    message: str
    center: str = ""
    first: date | None = None
    last: date | None = None
    tiers: tuple[TierValue, ...] = ()
    proven: bool = False
    remarks: tuple[Remark, ...] = ()
    seconds: float = 0.0
    tries: int = 1
    file: str = ""
    roster: bytes | None = None


def solve_centre(job: Job) -> Centre:
    """Solve one centre on one core; whatever goes wrong with it is in what is returned."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="zhiban-", ignore_cleanup_errors=True) as folder:
        try:
            centre = _solved(job, Path(folder))
        except Exception as error:
            centre = failed(job.name, error, Path(folder))
    return replace(centre, seconds=time.monotonic() - started)


def _solved(job: Job, folder: Path) -> Centre:
    from zhiban.cli.solve_cmd import Search, read_inputs, run_info, verdict
    from zhiban.io.write_workbook import write_roster
    from zhiban.model.kinds import TierStatus
    from zhiban.solver.explain.robust import risks
    from zhiban.solver.settings import Settings
    from zhiban.solver.solve import solve

    started = time.monotonic()
    # Folders of their own: an output may have any name that an input has.
    source = _written(folder / INPUT / job.name, job.workbook)
    previous = _written(folder / PREVIOUS / job.previous_name, job.previous) if job.previous is not None else None
    search = Search(job.seconds, 1, job.seed)
    read = read_inputs(source, previous)
    outcome = solve(read.problem, Settings(search.seconds, search.workers, search.seed))
    info = run_info(outcome, search, source, previous, time.monotonic() - started)
    outcome = replace(outcome, info=info, risks=risks(read.problem, outcome.roster))
    target = folder / ROSTER
    write_roster(target, read.problem, outcome, read.remarks)
    return Centre(
        name=job.name,
        exit=UNMET if outcome.judgement.unmet else 0,
        message=verdict(outcome),
        tiers=outcome.tiers,
        proven=all(tier.status != TierStatus.FEASIBLE for tier in outcome.tiers),
        remarks=_unmet_remarks(outcome),
        roster=target.read_bytes(),
        center=read.problem.center,
        first=read.problem.first,
        last=read.problem.last,
    )


def _written(path: Path, content: bytes) -> Path:
    path.parent.mkdir()
    path.write_bytes(content)
    return path


# ---- what is said ---------------------------------------------------------------------------------------------------


def failed(name: str, error: Exception, folder: Path | None = None) -> Centre:
    """A centre without a roster; the folder in which it was worked on is nobody's business."""
    from zhiban.cli.telling import told

    code, lines, _ = told(error)
    remarks = _error_remarks(error) or (Remark(ERROR, "", "", " ".join(line.strip() for line in lines), ""),)
    if folder is not None:
        remarks = tuple(replace(remark, text=_without(folder, remark.text)) for remark in remarks)
    return Centre(name, code, _headline(remarks), remarks=remarks)


def given_up(name: str, code: int, text: str, tries: int = 1) -> Centre:
    """A centre that was never solved to an end: interrupted, or its worker died every time."""
    return Centre(name, code, text, remarks=(Remark(ERROR, "", "", text, ""),), tries=tries)


def _error_remarks(error: Exception) -> tuple[Remark, ...]:
    match error:
        case InputError():
            return tuple(_complaint_remark(complaint) for complaint in error.complaints)
        case ContradictionError():
            return tuple(Remark(ERROR, "", "", text, "与其他各条或规则抵触，去掉其中一条即可") for text in error.clash)
        case _:
            return ()


def _complaint_remark(complaint: Complaint) -> Remark:
    return Remark(complaint.weight, "", complaint.cell, complaint.text, complaint.advice)


def _unmet_remarks(outcome: "Outcome") -> tuple[Remark, ...]:
    return tuple(_finding_remark(found) for found in outcome.judgement.unmet)


def _finding_remark(found: Finding) -> Remark:
    day = found.day.isoformat() if found.day else ""
    place = " ".join(part for part in (day, found.line, found.segment, found.window or found.subject) if part)
    return Remark(found.severity.value, found.code, place, found.text, found.advice)


def _headline(remarks: Iterable[Remark]) -> str:
    """The first error, and how many there are."""
    errors = [remark for remark in remarks if remark.weight == ERROR]
    if not errors:
        return ""
    first = " ".join(part for part in (errors[0].place, errors[0].text) if part)
    return first if len(errors) == 1 else f"{first}（共 {len(errors)} 处错误）"


def _without(folder: Path, text: str) -> str:
    return re.sub(rf"{re.escape(str(folder))}[\\/](?:(?:{INPUT}|{PREVIOUS})[\\/])?", "", text)
