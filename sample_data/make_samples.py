"""Write every sample workbook anew: `python sample_data/make_samples.py [FOLDER]`; the same bytes each time."""

import sys
from collections.abc import Callable
from pathlib import Path

from zhiban import sample_data
from zhiban.sample_data import further_samples, notice_samples
from zhiban.sample_data.hall import Hall
from zhiban.sample_data.workbook import write_hall

MAKERS: dict[str, Callable[[], Hall]] = {
    "tiny": further_samples.tiny,
    "zibo": notice_samples.zibo,
    "yiyuan": notice_samples.yiyuan,
    "yangquan": notice_samples.yangquan,
    "xixia": notice_samples.xixia,
    "shanting": notice_samples.shanting,
    "jan2027": further_samples.jan2027,
    "overloaded": further_samples.overloaded,
}
"""How each sample is made."""


def make(name: str, path: Path) -> None:
    """Write one sample."""
    write_hall(MAKERS[name]().sheets, path)


def main(arguments: list[str]) -> None:
    """Write all samples into a folder (default: beside this file)."""
    folder = Path(arguments[0]) if arguments else sample_data.path_of("tiny").parent
    folder.mkdir(parents=True, exist_ok=True)
    for name in sample_data.names():
        make(name, folder / f"{name}.xlsx")


if __name__ == "__main__":
    main(sys.argv[1:])
