"""`zhiban check`: every error and warning of an input; with a roster, every breach in it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhiban.cli.complaints import complaint_data, complaint_lines, tally
from zhiban.model.errors import Complaint, InputError

if TYPE_CHECKING:
    from zhiban.model.problem import Problem
    from zhiban.solver.capacity import WindowCapacity

MOST_GROUPS = 10
"""So many group duties that are short are printed."""


@click.command("check", help="检查排班数据：列出全部错误、提醒和提示，不排班。写上值班表则独立核验值班表。")
@click.argument("workbook", metavar="排班数据", type=click.Path(path_type=Path))
@click.argument("roster", metavar="[值班表]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--paint", metavar="文件", type=click.Path(path_type=Path), help="写一份值班表的副本，标出有问题的单元格。"
)
@click.option(
    "--previous", metavar="值班表", type=click.Path(path_type=Path), help="排班时用过的上期值班表（核验值班表时）。"
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def command(workbook: Path, roster: Path | None, paint: Path | None, previous: Path | None, as_json: bool) -> None:
    """Check an input: exit 1 where it has errors, else 0. Check a roster: exit 3 where it has breaches, else 0."""
    if roster is None:
        if paint is not None or previous is not None:
            raise click.UsageError("--paint 和 --previous 须与值班表同用：zhiban check 排班数据 值班表 --paint 文件")
        raise SystemExit(_check_input(workbook, as_json))
    if paint is not None and (paint in (workbook, roster) or (paint.exists() and paint.samefile(roster))):
        raise click.UsageError(f"--paint 不能写到 {paint} 本身，请换一个文件名")
    from zhiban.cli.roster_check import check_roster

    raise SystemExit(check_roster(workbook, roster, previous, paint, as_json))


def _check_input(workbook: Path, as_json: bool) -> int:
    problem, complaints = _read(workbook)
    _show(workbook, complaints, as_json, _look_ahead(problem) if problem is not None else None)
    return 0 if problem is not None else InputError.exit_code


def _read(workbook: Path) -> "tuple[Problem | None, Sequence[Complaint]]":
    """The problem if the input is sound, and everything there is to say of it."""
    from zhiban.io.read_workbook import read_problem

    try:
        read = read_problem(workbook)
    except InputError as error:
        return None, error.complaints
    return read.problem, read.remarks


def _look_ahead(problem: "Problem") -> "tuple[Sequence[WindowCapacity], Sequence[str]]":
    """Per window what is demanded against what can be given, and the group duties that are short, by counting."""
    from zhiban.solver.capacity import group_shortages, look_ahead

    return look_ahead(problem), group_shortages(problem)


def _show(
    workbook: Path,
    complaints: Sequence[Complaint],
    as_json: bool,
    ahead: "tuple[Sequence[WindowCapacity], Sequence[str]] | None",
) -> None:
    counts = tally(complaints)
    if as_json:
        data: dict[str, object] = {
            "file": workbook.name,
            "counts": counts,
            "complaints": [complaint_data(complaint) for complaint in complaints],
        }
        if ahead is not None:
            data["capacity"] = [_capacity_data(window) for window in ahead[0]]
            data["group_shortages"] = list(ahead[1])
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    if ahead is not None:
        for line in _capacity_lines(*ahead):
            click.echo(line)
    for line in complaint_lines(complaints):
        click.echo(line)
    if complaints:
        click.echo()
    told = "，".join(f"{weight} {count} 处" for weight, count in counts.items())
    click.echo(f"{workbook.name}：{told}。" + ("请更正错误后再试" if counts["错误"] else "没有错误，可以排班"))


def _capacity_lines(windows: "Sequence[WindowCapacity]", groups: Sequence[str]) -> list[str]:
    """The first bottlenecks; a word where counting shows none."""
    short = [window for window in windows if window.bottleneck]
    if not short and not groups:
        return [f"容量预估：{len(windows)} 个窗口按人数和上限计算都够用", ""]
    lines = [f"容量预估：{len(short)} 个窗口有瓶颈（排班前按人数和上限计算）"]
    lines += [f"  {window.text}" for window in short]
    shown = [f"  {text}" for text in groups[:MOST_GROUPS]]
    more = [f"  …… 另有 {len(groups) - MOST_GROUPS} 项"] if len(groups) > MOST_GROUPS else []
    return [*lines, *shown, *more, ""]


def _capacity_data(window: "WindowCapacity") -> dict[str, object]:
    return {
        "window": window.window,
        "name": window.name,
        "people": window.people,
        "demand_minutes": window.demand,
        "supply_minutes": window.supply,
        "short_days": [day.isoformat() for day in window.short_days],
        "bottleneck": window.bottleneck,
    }
