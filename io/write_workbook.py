"""Writes 值班表.xlsx: the printed sheets first, then the machine sheets; whole or not at all."""

from collections.abc import Iterable
from pathlib import Path

from xlsxwriter import Workbook  # pyright: ignore[reportMissingTypeStubs]

from zhiban.io.atomic import written_whole
from zhiban.io.look import Look
from zhiban.io.machine_rows import all_findings
from zhiban.io.roster_view import RosterView
from zhiban.io.write_machine import write_machine_sheets
from zhiban.model.errors import Complaint
from zhiban.model.problem import Problem
from zhiban.model.roster import Finding, Outcome

BOOK_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


def write_roster(
    path: str | Path, problem: Problem, outcome: Outcome, remarks: Iterable[Finding | Complaint] = ()
) -> None:
    """Write the roster workbook of an outcome.

    `remarks` are warnings about the input that belong in 问题清单 too. `UsageError` when the file cannot be written;
    an existing file then stays as it was.
    """
    findings = all_findings(outcome, remarks)
    view = RosterView(problem, outcome)
    with written_whole(path) as temporary, Workbook(str(temporary), BOOK_OPTIONS) as book:
        look = Look(book, str(problem.policy.fonts))
        write_machine_sheets(look, view, findings)
