"""The program as its users run it, and the smallest sample to change and solve."""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from zhiban import sample_data
from zhiban.cli.main import cli

Run = Callable[..., Result]
Rows = Iterable[Iterable[object]]
AddRows = Callable[[str, Rows], None]


@pytest.fixture
def run() -> Run:
    """Runs `zhiban` with words through the entry point."""
    return lambda *words: CliRunner().invoke(cli, [str(word) for word in words])


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """The sample tiny, to be changed at will: three windows, ten people, November 2026."""
    path = tmp_path / "排班数据.xlsx"
    shutil.copy(sample_data.path_of("tiny"), path)
    return path


@pytest.fixture
def add_rows(tiny: Path) -> AddRows:
    """Adds rows to a sheet of `tiny`; the first of them is the header where the sheet is new."""

    def add(sheet: str, rows: Rows) -> None:
        book = openpyxl.load_workbook(tiny)
        target = book[sheet] if sheet in book.sheetnames else book.create_sheet(sheet)
        for row in rows:
            target.append(list(row))
        book.save(tiny)

    return add


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where the roster is written; nothing stands there yet."""
    return tmp_path / "值班表.xlsx"
