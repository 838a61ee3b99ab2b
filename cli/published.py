"""A published roster against the input of today: as it was written, with what was edited by hand since as pins."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhiban.model.errors import Complaint, InputError

if TYPE_CHECKING:
    from zhiban.io.read_roster import RosterFile
    from zhiban.model.problem import Problem
    from zhiban.model.records import Pin
    from zhiban.model.roster import Roster

PREVIOUS_ITEM = "上期值班表"


@dataclass(frozen=True, slots=True)
class Published:
    """`problem` holds the edits among its pins; `old` is the roster as it was written, before anybody edited it."""

    problem: "Problem"
    old: "Roster"
    edits: "tuple[Pin, ...]"
    file: "RosterFile"
    remarks: tuple[Complaint, ...]


def read_published(workbook: Path, roster: Path, previous: Path | None) -> Published:
    """The input and the roster; InputError where they do not belong together or rows were deleted."""
    from zhiban.cli.solve_cmd import read_inputs
    from zhiban.io.deleted_rows import require_rows
    from zhiban.io.read_edits import read_with_edits
    from zhiban.io.read_roster import require_period

    previous = previous or previous_of(roster, workbook)
    read = read_inputs(workbook, previous)
    file, edits = read_with_edits(roster, read.problem)
    require_period(file, read.problem)
    require_rows(file)
    problem = read.problem.changed(pins=(*read.problem.pins, *edits)) if edits else read.problem
    return Published(problem, as_written(file), tuple(edits), file, read.remarks)


def as_written(file: "RosterFile") -> "Roster":
    """The roster without the edits of 排班明细 and the printed tables."""
    from zhiban.model.roster import Roster

    now = file.roster
    duties = now.duties if file.written is None else file.written
    return Roster.of(list(duties), list(now.leaves), list(now.stand_ins), list(now.appointments))


def previous_of(roster: Path, workbook: Path) -> Path | None:
    """The earlier roster that a roster says it was made with, beside it or beside the input.

    InputError where it is not there: credits, counts and days in a row would be missing.
    """
    from zhiban.io.read_roster import info_of

    name = info_of(roster).get(PREVIOUS_ITEM, "")
    if not name:
        return None
    for folder in (roster.parent, workbook.parent):
        if (folder / name).exists():
            return folder / name
    text = f"原值班表接续了上期值班表 {name}，没有它就没有上期的时间银行、累计和连续工作天"
    advice = f"请加上 --previous {name} 的位置，或把它放到原值班表旁边"
    raise InputError([Complaint("求解信息", 0, PREVIOUS_ITEM, name, text, advice, cell="求解信息")])


def moment(_ctx: click.Context, _param: click.Parameter, value: str | None) -> datetime | None:
    """2026-11-21 08:10, 2026-11-21T08:10 or a date alone (its 0:00); a time with a zone is told in local time."""
    if value is None:
        return None
    text = unicodedata.normalize("NFKC", value).strip().replace("/", "-")
    # 8:10 is as good as 08:10, 2026-1-5 as good as 2026-01-05.
    text = re.sub(r"(?<!\d)(\d)(?!\d)", r"0\1", text)
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"“{value}”不是时间，请写成 2026-11-21 08:10 或 2026-11-21") from error
    return found.astimezone().replace(tzinfo=None) if found.tzinfo else found


def day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """A date, 2026-11-21."""
    found = moment(ctx, param, value)
    return found.date() if found else None


def local_now() -> datetime:
    """The machine's local time, whole minutes."""
    return datetime.now().replace(second=0, microsecond=0)
