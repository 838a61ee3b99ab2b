"""How far a search is, on a terminal only: stage, part k of n, best value and bound, time gone by."""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from zhiban.solver.settings import Progress


@contextmanager
def bar_on_stderr() -> "Generator[Bar | None]":
    """A bar with the time gone by and a line of text, while the block runs; None where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        BarColumn(bar_width=20),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True, highlight=False), transient=True) as bar:
        yield bar


@contextmanager
def shown_progress() -> "Generator[Callable[[Progress], None] | None]":
    """What a search tells its progress to, drawn on stderr while the block runs; None where that is no terminal."""
    with bar_on_stderr() as bar:
        if bar is None:
            yield None
            return
        task = bar.add_task("求解中…", total=None)

        def tell(progress: "Progress") -> None:
            bar.update(task, completed=progress.part, total=progress.parts, description=progress_text(progress))

        yield tell


def progress_text(progress: "Progress") -> str:
    """第 3/12 部分：公平 值 1200 下界 1180."""
    said = [f"第 {progress.part}/{progress.parts} 部分：{progress.stage}"]
    if progress.value is not None:
        said.append(f"值 {progress.value}")
    if progress.bound is not None:
        said.append(f"下界 {progress.bound}")
    return " ".join(said)
