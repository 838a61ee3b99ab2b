"""`zhiban batch`: every workbook in a folder, side by side."""

import json
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from zhiban.cli.solve_cmd import SECONDS, seconds_limit
from zhiban.model.errors import UsageError

if TYPE_CHECKING:
    from zhiban.cli.batch_centre import Centre
    from zhiban.cli.batch_files import Folder, Loader
    from zhiban.cli.batch_run import Pool

ROSTERS = "值班表"
"""The folder beside the workbooks that takes the rosters where -o is not given."""


@click.command(
    "batch",
    help="批量排班：文件夹中每个中心的排班数据，一个中心一个处理器，同时进行。"
    "每个中心写出 文件名-值班表.xlsx，另写 汇总.xlsx。一个中心出错不影响其他中心；值班表和其他文件跳过。"
    "按 Ctrl-C 结束：已完成的保留。",
)
@click.argument("folder", metavar="文件夹", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="local：本机多个进程；ray：Ray 集群（先装 zhiban[cluster]，各节点都要装）。",
)
@click.option("--address", metavar="地址", help="Ray 集群的地址，如 auto 或 192.0.2.1:6379；不写则由 Ray 自己找。")
@click.option(
    "-o",
    "--output",
    metavar="文件夹",
    type=click.Path(file_okay=False, path_type=Path),
    help=f"写到哪个文件夹，没有则新建。 [默认：文件夹/{ROSTERS}]",
)
@click.option(
    "--previous-dir",
    metavar="文件夹",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="上期值班表所在文件夹，按文件名对应：清河.xlsx 接续 清河-值班表.xlsx。",
)
@click.option(
    "--seconds",
    metavar="秒",
    type=float,
    default=SECONDS,
    show_default=True,
    callback=seconds_limit,
    help="每个中心最多用多少秒。",
)
@click.option(
    "--jobs", metavar="个", type=click.IntRange(0), default=0, show_default="全部处理器", help="同时算几个中心。"
)
@click.option(
    "--seed", metavar="整数", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True, help="随机种子。"
)
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出。")
def command(
    folder: Path,
    engine: str,
    address: str | None,
    output: Path | None,
    previous_dir: Path | None,
    seconds: float,
    jobs: int,
    seed: int,
    as_json: bool,
) -> None:
    """Solve every workbook of a folder; exit with the largest code among them."""
    from zhiban.cli.batch_files import SUMMARY, Loader, survey
    from zhiban.cli.batch_summary import worst, write_summary

    if address is not None and engine != "ray":
        raise click.UsageError("--address 只用于 --engine ray")
    surveyed = survey(folder)
    if not surveyed.centres:
        raise UsageError(f"文件夹 {folder} 中没有排班数据（.xlsx）")
    target = output or folder / ROSTERS
    if previous_dir is not None and target.exists() and target.samefile(previous_dir):
        raise click.UsageError(f"输出文件夹 {target} 就是上期值班表所在文件夹，会把它们覆盖。请用 -o 写另一个文件夹")
    _prepare(target)
    loader = Loader(folder, seconds, seed, previous_dir)
    _tell_skipped(surveyed, loader)
    centres = _solved(surveyed, loader, target, engine, address, jobs)
    write_summary(target / SUMMARY, centres, surveyed.skipped)
    _report(centres, surveyed, target, as_json)
    raise SystemExit(worst(centres))


def _prepare(target: Path) -> None:
    """Make the folder for the rosters where it is missing; UsageError before any work where it cannot be written."""
    from zhiban.cli.batch_files import SUMMARY
    from zhiban.io.atomic import check_target

    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"不能建立文件夹 {target}（{error.strerror or error}）。请用 -o 写另一个文件夹") from error
    check_target(target / SUMMARY)


def _tell_skipped(folder: "Folder", loader: "Loader") -> None:
    for name, reason in folder.skipped:
        click.echo(f"跳过 {name}：{reason}", err=True)
    if loader.previous is not None:
        for name in folder.centres:
            if loader.earlier(name) is None:
                click.echo(f"{name}：没有找到上期值班表，不接续", err=True)


# ---- the work -------------------------------------------------------------------------------------------------------


def _solved(
    folder: "Folder", loader: "Loader", target: Path, engine: str, address: str | None, jobs: int
) -> "list[Centre]":
    from zhiban.cli.batch_run import Batch, interrupt_noted

    with (
        closing(_pool(engine, address, jobs)) as pool,
        _shown(len(folder.centres)) as shown,
        interrupt_noted() as noted,
    ):

        def done(centre: "Centre") -> "Centre":
            kept = _kept(centre, target)
            shown(kept)
            return kept

        return Batch(pool, folder.centres, loader, done).run(noted)


def _pool(engine: str, address: str | None, jobs: int) -> "Pool":
    if engine == "ray":
        from zhiban.cli.batch_ray import RayPool

        return RayPool(address, jobs)
    from zhiban.cli.batch_local import LocalPool, cores

    return LocalPool(jobs or cores())


def _kept(centre: "Centre", target: Path) -> "Centre":
    """The centre with its roster on the disk; one that cannot be written (open in Excel) says so, the rest go on."""
    from zhiban.cli.batch_centre import failed
    from zhiban.cli.batch_files import roster_name
    from zhiban.io.atomic import written_whole

    if centre.roster is None:
        return centre
    path = target / roster_name(centre.name)
    try:
        with written_whole(path) as temporary:
            temporary.write_bytes(centre.roster)
    except UsageError as error:
        lost = failed(centre.name, error)
        return replace(lost, center=centre.center, first=centre.first, last=centre.last, seconds=centre.seconds)
    return replace(centre, roster=None, file=path.name)


# ---- what is said ---------------------------------------------------------------------------------------------------


class Shown(Protocol):
    """Is told of each centre as it ends."""

    def __call__(self, centre: "Centre") -> None:
        """A centre has ended."""
        ...


@contextmanager
def _shown(count: int) -> Generator[Shown]:
    """A bar of the centres that have ended, on stderr where that is a terminal."""
    from zhiban.cli.batch_summary import RESULTS
    from zhiban.cli.progress import bar_on_stderr

    with bar_on_stderr() as bar:
        task = bar.add_task(f"0/{count}", total=count) if bar else None
        ended = 0

        def tell(centre: "Centre") -> None:
            nonlocal ended
            ended += 1
            if bar is not None and task is not None:
                told = f"{ended}/{count} {centre.name}：{RESULTS.get(centre.exit, '')}"
                bar.update(task, completed=ended, description=told)

        yield tell


def _report(centres: "Sequence[Centre]", folder: "Folder", target: Path, as_json: bool) -> None:
    from zhiban.cli.batch_files import SUMMARY
    from zhiban.cli.batch_summary import centre_data, print_summary, worst
    from zhiban.cli.terminal import terminal

    if not as_json:
        out = terminal()
        print_summary(out, centres)
        out.print(f"已写出 {target / SUMMARY}", markup=False)
        return
    data = {
        "exit": worst(centres),
        "folder": str(target),
        "summary": str(target / SUMMARY),
        "centres": [centre_data(centre) for centre in centres],
        "skipped": [{"file": name, "reason": reason} for name, reason in folder.skipped],
    }
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
