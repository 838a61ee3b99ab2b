"""`zhiban resolve`: a published roster, perhaps edited by hand, brought up to the input with the fewest changes."""

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhiban.cli.published import Published, local_now, moment, read_published
from zhiban.cli.solve_cmd import SECONDS, UNMET, Search, check_output, run_info, seconds_limit, verdict

if TYPE_CHECKING:
    from zhiban.model.problem import Problem
    from zhiban.model.roster import Change, Finding, Outcome

SHOWN = 20
"""So many changes are printed; all of them are in 变更记录."""


@click.command("resolve", help="重排：按新的排班数据调整已公布（可手工改过）的值班表，变动最少。写出变更记录。")
@click.argument("workbook", metavar="排班数据", type=click.Path(path_type=Path))
@click.option(
    "--roster", metavar="值班表", required=True, type=click.Path(path_type=Path), help="已公布的值班表，可以手工改过。"
)
@click.option(
    "--now", metavar="时间", callback=moment, show_default="此刻", help="现在，如 2026-11-21 08:10；临近的不动。"
)
@click.option(
    "-o", "--output", metavar="文件", required=True, type=click.Path(path_type=Path), help="新值班表写到哪里。"
)
@click.option("--previous", metavar="值班表", type=click.Path(path_type=Path), help="排班时用过的上期值班表。")
@click.option(
    "--seconds",
    metavar="秒",
    type=float,
    default=SECONDS,
    show_default=True,
    callback=seconds_limit,
    help="求解最多用多少秒。",
)
@click.option("--workers", metavar="个", type=click.IntRange(0), default=0, show_default="全部处理器", help="并行数。")
@click.option(
    "--seed", metavar="整数", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True, help="随机种子。"
)
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出。")
def command(
    workbook: Path,
    roster: Path,
    now: datetime | None,
    output: Path,
    previous: Path | None,
    seconds: float,
    workers: int,
    seed: int,
    as_json: bool,
) -> None:
    """Re-solve near a roster; exit 0 when everything demanded is met, else 3."""
    from zhiban.io.atomic import check_target
    from zhiban.solver.explain.robust import risks

    check_output(output, {"排班数据": workbook, "原值班表": roster, "上期值班表": previous})
    check_target(output)
    started = time.monotonic()
    published = read_published(workbook, roster, previous)
    search = Search(seconds, workers, seed)
    outcome = _searched(published, now or local_now(), search)
    info = run_info(outcome, search, workbook, previous, time.monotonic() - started)
    info |= {"原值班表": roster.name, "现在": outcome.info["现在"]}
    outcome = replace(outcome, info=info, risks=risks(published.problem, outcome.roster))
    raise SystemExit(_written(output, published, outcome, started, as_json))


def _searched(published: Published, now: datetime, search: Search) -> "Outcome":
    """The re-solve with its progress on a terminal, ended early by Ctrl-C."""
    from zhiban.cli.progress import shown_progress
    from zhiban.cli.running import interruptible
    from zhiban.solver.clock import RESERVE, Clock
    from zhiban.solver.resolve import resolve
    from zhiban.solver.settings import Settings

    clock = Clock(search.seconds * (1 - RESERVE))
    with shown_progress() as progress:
        settings = Settings(search.seconds, search.workers, search.seed, progress=progress)
        return interruptible(clock, lambda: resolve(published.problem, published.old, now, settings, clock))


def _written(output: Path, published: Published, outcome: "Outcome", started: float, as_json: bool) -> int:
    from zhiban.io.machine_rows import all_findings
    from zhiban.io.write_workbook import write_roster

    write_roster(output, published.problem, outcome, published.remarks)
    findings = all_findings(outcome, published.remarks)
    report = _print_data if as_json else _print_report
    report(output, published, outcome, findings, time.monotonic() - started)
    return UNMET if outcome.judgement.unmet else 0


# ---- what is said ---------------------------------------------------------------------------------------------------


def _print_report(
    output: Path, published: Published, outcome: "Outcome", findings: "Sequence[Finding]", seconds: float
) -> None:
    from zhiban.cli.summary import print_findings, print_tiers
    from zhiban.cli.terminal import terminal

    out = terminal()
    out.print(f"已写出 {output}：{verdict(outcome)}（{seconds:.1f} 秒）", markup=False)
    out.print(_said(published, outcome), markup=False)
    for change in outcome.changes[:SHOWN]:
        out.print(f"  {change_line(published.problem, change)}", markup=False, soft_wrap=True)
    if len(outcome.changes) > SHOWN:
        out.print(f"  …… 其余 {len(outcome.changes) - SHOWN} 项见 变更记录", markup=False)
    print_tiers(out, outcome.tiers)
    print_findings(out, findings)


def _said(published: Published, outcome: "Outcome") -> str:
    people = len({change.person for change in outcome.changes})
    edits = f"手工修改 {len(published.edits)} 处；" if published.edits else ""
    return (
        f"{edits}与原值班表相比变动 {people} 人、{len(outcome.changes)} 项"
        if people
        else f"{edits}与原值班表相比没有变动"
    )


def change_line(problem: "Problem", change: "Change") -> str:
    """王某(1001) 11月21日 周末 综合窗口：周末 → 取消，由李某接替（原因）."""
    person = problem.person[change.person].name if change.person in problem.person else change.person
    window = problem.window[change.window].name if change.window in problem.window else change.window
    where = " ".join(part for part in (f"{change.day.month}月{change.day.day}日", change.line, window) if part)
    moved = " → ".join(part for part in (change.before, change.after) if part)
    return f"{person}({change.person}) {where}：{moved}（{change.why}）"


def change_data(problem: "Problem", change: "Change") -> dict[str, object]:
    """A change as plain data."""
    return {
        "person": change.person,
        "name": problem.person[change.person].name if change.person in problem.person else "",
        "day": change.day.isoformat(),
        "line": change.line,
        "window": change.window,
        "segment": change.segment,
        "before": change.before,
        "after": change.after,
        "why": change.why,
    }


def _print_data(
    output: Path, published: Published, outcome: "Outcome", findings: "Sequence[Finding]", seconds: float
) -> None:
    from zhiban.cli.summary import counts_of, finding_data, tier_data

    data = {
        "exit": UNMET if outcome.judgement.unmet else 0,
        "file": str(output),
        "verdict": verdict(outcome),
        "seconds": round(seconds, 2),
        "tiers": [tier_data(tier) for tier in outcome.tiers],
        "edits": [{"cell": pin.source, "mode": pin.mode.value, "person": pin.person} for pin in published.edits],
        "changes": [change_data(published.problem, change) for change in outcome.changes],
        "counts": counts_of(findings),
        "findings": [finding_data(found) for found in findings],
        "info": outcome.info,
    }
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
