"""The sheets as LibreOffice prints them: nothing overflows, tables come out on the pages they should."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from zhiban.io.read_edits import read_with_edits
from zhiban.io.write_workbook import write_roster
from zhiban.model.problem import Problem
from zhiban.model.roster import Outcome

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (shutil.which("soffice") and shutil.which("pdftotext")), reason="needs LibreOffice"),
]


def _convert(path: Path, form: str, folder: Path) -> Path:
    """The file as LibreOffice saves it in another form."""
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / path.with_suffix(f".{form}").name


def _pages(path: Path) -> list[str]:
    """The text of every printed page."""
    pdf = str(_convert(path, "pdf", path.parent))
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, timeout=60).stdout
    return text.decode().split("\f")


@pytest.mark.parametrize(("windows", "people"), [(3, 3), (12, 5)])
def test_nothing_overflows_and_tables_end_on_their_pages(
    tmp_path: Path,
    make_problem: Callable[..., Problem],
    make_outcome: Callable[..., Outcome],
    windows: int,
    people: int,
) -> None:
    problem = make_problem(windows, people, appointments=5)
    path = tmp_path / "a.xlsx"
    write_roster(path, problem, make_outcome(problem))
    pages = _pages(path)
    assert not [page for page in pages if "##" in page]
    duty_pages = [page for page in pages if "周末无休值班表" in page]
    assert 1 <= len(duty_pages) <= (1 if windows <= 10 else 2)
    assert all("带班领导" in page for page in duty_pages)  # the header is repeated
    assert "制表人" in duty_pages[-1]
    forms = [page for page in pages if "预约人（签字）" in page]
    assert len(forms) == len(problem.facts.needs) == 5
    assert all("预约人姓名" in page and "承办人1" in page for page in forms)


def test_dates_of_an_unpublished_year_fit_their_columns(
    tmp_path: Path, make_problem: Callable[..., Problem], make_outcome: Callable[..., Outcome]
) -> None:
    problem = make_problem(12, 3, date(2027, 1, 1), date(2027, 1, 31))
    path = tmp_path / "a.xlsx"
    write_roster(path, problem, make_outcome(problem))
    pages = _pages(path)
    assert not [page for page in pages if "##" in page]
    assert len([page for page in pages if "周末无休值班表" in page]) <= 2


@pytest.mark.parametrize("changes", [{}, {"windows": 11, "granularity": "半天"}, {"first": date(2027, 1, 1)}])
def test_what_libreoffice_saves_reads_back_the_same(
    tmp_path: Path,
    make_problem: Callable[..., Problem],
    make_outcome: Callable[..., Outcome],
    changes: dict[str, Any],
) -> None:
    problem = make_problem(**{"last": date(2027, 1, 31) if "first" in changes else date(2026, 11, 30), **changes})
    outcome = make_outcome(problem)
    path = tmp_path / "a.xlsx"
    write_roster(path, problem, outcome)
    again = _convert(path, "xlsx", tmp_path / "again")
    file, pins = read_with_edits(again, problem)
    assert (file.roster, pins, file.edited) == (outcome.roster, [], False)
    assert file.bank == outcome.judgement.bank
