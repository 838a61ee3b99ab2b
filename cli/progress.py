"""How far a search is, on a terminal only: stage, part k of n, best value and bound."""

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhiban.solver.settings import Progress


@contextmanager
def shown_progress() -> "Generator[Callable[[Progress], None] | None]":
    """What a search tells its progress to, drawn on stderr while the block runs; None where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    started = time.monotonic()
    with Console(stderr=True, highlight=False).status("求解中…") as status:

        def tell(progress: "Progress") -> None:
            status.update(progress_text(progress, time.monotonic() - started))

        yield tell


def progress_text(progress: "Progress", seconds: float) -> str:
    """第 3/12 部分：公平 值 1200 下界 1180（5 秒）."""
    said = [f"第 {progress.part}/{progress.parts} 部分：{progress.stage}"]
    if progress.value is not None:
        said.append(f"值 {progress.value}")
    if progress.bound is not None:
        said.append(f"下界 {progress.bound}")
    return " ".join(said) + f"（{seconds:.0f} 秒）"
