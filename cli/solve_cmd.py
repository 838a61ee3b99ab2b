"""`zhiban solve`: read, solve, verify, write."""

import json
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhiban.model.errors import Complaint

if TYPE_CHECKING:
    from zhiban.cli.summary import Share
    from zhiban.io.read_changes import Change
    from zhiban.io.read_workbook import ReadResult
    from zhiban.model.roster import Finding, Outcome

UNMET = 3
SECONDS = 60


@dataclass(frozen=True, slots=True)
class Search:
    """What the user says of the search."""

    seconds: float
    workers: int
    seed: int


def seconds_limit(_ctx: click.Context, _param: click.Parameter, value: float) -> float:
    """A number of seconds above 0."""
    if not math.isfinite(value) or value <= 0:
        raise click.BadParameter("请写大于 0 的秒数")
    return value


@click.command("solve", help="排班：读排班数据，求解，独立核验，写出值班表。按 Ctrl-C 提前结束，写出目前最好的。")
@click.argument("workbook", metavar="排班数据", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="文件",
    type=click.Path(path_type=Path),
    default=Path("值班表.xlsx"),
    show_default=True,
    help="值班表写到哪里。",
)
@click.option(
    "--previous", metavar="值班表", type=click.Path(path_type=Path), help="上期值班表：接续时间银行、累计和连续工作天。"
)
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
@click.option(
    "--what-if",
    metavar="文件",
    type=click.Path(path_type=Path),
    help="如果……：含要改的行的工作簿（表的格式同排班数据，按编号替换或增加）；比较改前改后，不写文件。",
)
@click.option(
    "--set", "changes", metavar="项目=值", multiple=True, help="如果……：改一项基本设置，可写多次；只比较，不写文件。"
)
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出。")
def command(
    workbook: Path,
    output: Path,
    previous: Path | None,
    seconds: float,
    workers: int,
    seed: int,
    what_if: Path | None,
    changes: tuple[str, ...],
    as_json: bool,
) -> None:
    """Solve an input; exit 0 when everything demanded is met, else 3. What-if compares and writes nothing."""
    from zhiban.io.atomic import check_target

    if what_if is not None or changes:
        from zhiban.cli.what_if import compare_with, settings_of

        search = Search(seconds, workers, seed)
        raise SystemExit(compare_with(workbook, previous, what_if, settings_of(changes), search, as_json))
    check_output(output, {"排班数据": workbook, "上期值班表": previous})
    check_target(output)
    raise SystemExit(_solve(workbook, output, previous, Search(seconds, workers, seed), as_json))


def check_output(output: Path, sources: dict[str, Path | None]) -> None:
    """UsageError where the output is no .xlsx or would overwrite what is read."""
    if output.suffix.lower() != ".xlsx":
        raise click.UsageError(f"输出文件名应以 .xlsx 结尾，如 {output.with_suffix('.xlsx')}")
    for what, source in sources.items():
        if source is not None and (
            output == source or (source.exists() and output.exists() and output.samefile(source))
        ):
            raise click.UsageError(f"输出 {output} 就是{what}，会把它覆盖。请用 -o 写另一个文件名，如 -o 值班表.xlsx")


def _solve(workbook: Path, output: Path, previous: Path | None, search: Search, as_json: bool) -> int:
    from zhiban.io.machine_rows import all_findings
    from zhiban.io.write_workbook import write_roster
    from zhiban.solver.explain.robust import risks

    started = time.monotonic()
    read = read_inputs(workbook, previous)
    outcome = searched(read, search)
    info = run_info(outcome, search, workbook, previous, time.monotonic() - started)
    outcome = replace(outcome, info=info, risks=risks(read.problem, outcome.roster))
    write_roster(output, read.problem, outcome, read.remarks)
    seconds = time.monotonic() - started
    findings = all_findings(outcome, read.remarks)
    report = _print_data if as_json else _print_report
    report(output, read, outcome, findings, seconds)
    return UNMET if outcome.judgement.unmet else 0


def read_inputs(workbook: Path, previous: Path | None, change: "Change | None" = None) -> "ReadResult":
    """The input, with what an earlier roster carries over; InputError with all complaints of the input.

    `change` alters what was read before it is checked (what if).
    """
    from zhiban.io.read_workbook import ReadResult, read_problem

    if previous is None:
        return read_problem(workbook, change=change)
    from zhiban.io.previous import seam_remarks
    from zhiban.io.read_roster import read_roster

    file = read_roster(previous)
    read = read_problem(workbook, file.previous, file.lots, file.counts, change)
    remarks: Sequence[Complaint] = seam_remarks(file, read.problem)
    return ReadResult(read.problem, (*remarks, *read.remarks))


def searched(read: "ReadResult", search: Search) -> "Outcome":
    """The search with its progress on a terminal, ended early by Ctrl-C."""
    from zhiban.cli.progress import shown_progress
    from zhiban.cli.running import interruptible
    from zhiban.solver.search import Clock
    from zhiban.solver.settings import Settings
    from zhiban.solver.solve import RESERVE, solve

    clock = Clock(search.seconds * (1 - RESERVE))
    with shown_progress() as progress:
        settings = Settings(search.seconds, search.workers, search.seed, progress=progress)
        return interruptible(clock, lambda: solve(read.problem, settings, clock))


def run_info(
    outcome: "Outcome", search: Search, workbook: Path, previous: Path | None, seconds: float
) -> dict[str, str]:
    """项目 → 值 of 求解信息: how, when and with what the roster was made; versions are added by the writer."""
    import platform

    from zhiban.io.previous import PREVIOUS_ITEM
    from zhiban.solver.settings import Settings

    now = datetime.now().astimezone()
    offset = now.strftime("%z")
    return {
        "输入文件": workbook.name,
        **({PREVIOUS_ITEM: previous.name} if previous is not None else {}),
        **outcome.info,
        "读入和求解用时(秒)": f"{seconds:.1f}",
        "时限(秒)": f"{search.seconds:g}",
        "并行数": str(Settings(workers=search.workers).side_by_side),
        "随机种子": str(search.seed),
        "现在": now.strftime("%Y-%m-%d %H:%M:%S"),
        "时区": f"UTC{offset[:3]}:{offset[3:5]}",
        "Python 版本": platform.python_version(),
    }


# ---- what is said ---------------------------------------------------------------------------------------------------


def _print_report(
    output: Path, read: "ReadResult", outcome: "Outcome", findings: "Sequence[Finding]", seconds: float
) -> None:
    from zhiban.cli.summary import print_findings, print_shares, print_tiers
    from zhiban.cli.terminal import terminal
    from zhiban.solver.explain.robust import summary

    out = terminal()
    out.print(f"已写出 {output}：{verdict(outcome)}（{seconds:.1f} 秒）", markup=False)
    print_tiers(out, outcome.tiers)
    print_shares(out, _shares(read, outcome))
    print_findings(out, findings)
    out.print(summary(outcome.risks), markup=False)


def verdict(outcome: "Outcome") -> str:
    """Whether everything demanded is met, and whether it is proven that no roster is better."""
    from zhiban.model.kinds import TierStatus

    unmet = len(outcome.judgement.unmet)
    met = f"有 {unmet} 项需求未满足" if unmet else "需求全部满足"
    open_tiers = [tier.name for tier in outcome.tiers if tier.status == TierStatus.FEASIBLE]
    proven = f"{'、'.join(open_tiers)}未证明最优" if open_tiers else "各层均已证明最优"
    return f"{met}，{proven}"


def _shares(read: "ReadResult", outcome: "Outcome") -> "list[Share]":
    from zhiban.cli.summary import shares_of

    return shares_of(read.problem, outcome.roster)


def _print_data(
    output: Path, read: "ReadResult", outcome: "Outcome", findings: "Sequence[Finding]", seconds: float
) -> None:
    from zhiban.cli.summary import counts_of, finding_data, share_data, tier_data

    data = {
        "exit": UNMET if outcome.judgement.unmet else 0,
        "file": str(output),
        "verdict": verdict(outcome),
        "seconds": round(seconds, 2),
        "tiers": [tier_data(tier) for tier in outcome.tiers],
        "shares": [share_data(share) for share in _shares(read, outcome)],
        "counts": counts_of(findings),
        "findings": [finding_data(found) for found in findings],
        "info": outcome.info,
    }
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
