"""`zhiban check INPUT ROSTER`: every breach and the tier values of a roster, whoever made it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from zhiban.io.read_roster import RosterFile
    from zhiban.model.problem import Problem
    from zhiban.model.roster import Finding, Judgement

BREACHED = 3


def check_roster(workbook: Path, roster: Path, previous: Path | None, paint: Path | None, as_json: bool) -> int:
    """Judge a roster by the independent verifier and say all of it; 3 where anything is breached or unmet, else 0."""
    from zhiban.cli.solve_cmd import read_inputs

    read = read_inputs(workbook, previous)
    judgement = _judged(roster, read.problem)
    homeless = _painted(roster, paint, judgement) if paint is not None else []
    _show(roster, judgement, paint, homeless, as_json)
    return BREACHED if judgement.breaches or judgement.unmet else 0


def _judged(path: Path, problem: "Problem") -> "Judgement":
    """The verifier's judgement of the roster as it now stands, hand-made edits included."""
    from zhiban.io.label_check import label_findings
    from zhiban.io.previous import PREVIOUS_ITEM
    from zhiban.io.read_roster import require_period
    from zhiban.solver.verify import judge

    file = _read(path, problem)
    require_period(file, problem)
    carried = file.info.get(PREVIOUS_ITEM)
    if carried and problem.previous is None:
        click.echo(f"提醒：这份值班表接续 {carried} 排成，请加 --previous {carried} 再核验", err=True)
    judgement = judge(problem, file.roster, stated=file.stated)
    return replace(judgement, breaches=(*judgement.breaches, *label_findings(file, problem)))


def _read(path: Path, problem: "Problem") -> "RosterFile":
    """A roster of the program with its edits, or one made by hand, which need not have more than 排班明细."""
    from zhiban.io.read_edits import read_edited
    from zhiban.io.read_roster import opened, plain_text_of, read_roster

    with opened(path) as book:
        own = "求解信息" in {plain_text_of(entry) for entry in book.sheets}
    return read_edited(path, problem) if own else read_roster(path, problem, by_hand=True)


def _painted(roster: Path, paint: Path, judgement: "Judgement") -> "list[Finding]":
    from zhiban.io.paint import paint_cells

    return paint_cells(roster, paint, [*judgement.breaches, *judgement.unmet])


def _show(roster: Path, judgement: "Judgement", paint: Path | None, homeless: "list[Finding]", as_json: bool) -> None:
    from zhiban.solver.report import breach_lines, judgement_data, tier_lines

    if as_json:
        data = {"file": roster.name, **judgement_data(judgement), "painted": paint.name if paint else None}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    for line in (*breach_lines(judgement), "", "目标层级", *(f"  {line}" for line in tier_lines(judgement))):
        click.echo(line)
    if paint is not None:
        rest = f"，另有 {len(homeless)} 项没有对应的单元格" if homeless else ""
        click.echo(f"\n已在 {paint} 中标出{rest}")
