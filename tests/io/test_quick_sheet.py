"""The quick worksheet writes what XlsxWriter's own writes, and is really used."""

import zipfile
from pathlib import Path

import pytest
from xlsxwriter.worksheet import Worksheet

from zhiban.io import look
from zhiban.io.quick_sheet import QuickSheet
from zhiban.io.write_workbook import write_roster
from zhiban.model.problem import Problem
from zhiban.model.roster import Outcome


def parts(path: Path) -> dict[str, bytes]:
    """The parts of a workbook but for the moment it was made."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "docProps/core.xml"}


def test_the_same_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_problem: Problem, small_outcome: Outcome
) -> None:
    write_roster(tmp_path / "quick.xlsx", small_problem, small_outcome)
    monkeypatch.setattr(look, "QuickSheet", Worksheet)
    write_roster(tmp_path / "usual.xlsx", small_problem, small_outcome)
    quick, usual = parts(tmp_path / "quick.xlsx"), parts(tmp_path / "usual.xlsx")
    assert [name for name in usual if quick[name] != usual[name]] == []
    assert list(quick) == list(usual)


def test_cells_are_written_by_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_problem: Problem, small_outcome: Outcome
) -> None:
    """XlsxWriter still asks for each cell: should it stop, only time is lost, and this says so."""
    seen: list[object] = []
    write = QuickSheet._write_cell

    def counted(self: QuickSheet, row: int, col: int, cell: object) -> None:
        seen.append(cell)
        write(self, row, col, cell)

    monkeypatch.setattr(QuickSheet, "_write_cell", counted)
    write_roster(tmp_path / "quick.xlsx", small_problem, small_outcome)
    assert len(seen) > 100
