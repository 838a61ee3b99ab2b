"""Writes 值班表.xlsx: the printed sheets first, then the machine sheets; whole or not at all."""

from collections.abc import Callable, Iterable
from pathlib import Path

from xlsxwriter import Workbook  # pyright: ignore[reportMissingTypeStubs]

from zhiban.io import (
    sheet_booking_form,
    sheet_booking_ledger,
    sheet_changes,
    sheet_comp_leave,
    sheet_dispatch,
    sheet_duty_table,
    sheet_lunch_table,
    sheet_parameters,
    sheet_person_grid,
    sheet_problems,
    sheet_resilience,
    sheet_statistics,
    sheet_time_bank,
)
from zhiban.io.atomic import written_whole
from zhiban.io.look import BOOK_OPTIONS, Look
from zhiban.io.machine_rows import all_findings
from zhiban.io.roster_view import RosterView
from zhiban.io.write_machine import write_machine_sheets
from zhiban.model.errors import Complaint
from zhiban.model.problem import Problem
from zhiban.model.roster import Finding, Outcome

PRINTED: tuple[Callable[[Look, RosterView], None], ...] = (
    sheet_duty_table.write,
    sheet_lunch_table.write,
    sheet_dispatch.write,
    sheet_booking_form.write,
    sheet_booking_ledger.write,
    sheet_comp_leave.write,
    sheet_time_bank.write,
    sheet_person_grid.write,
    sheet_statistics.write,
    sheet_duty_table.write_public,
)
"""The printed sheets that every workbook has, in their order."""


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
        if findings:
            sheet_problems.write(look, view, findings)
        for write in PRINTED:
            write(look, view)
        if sheet_changes.is_resolved(view):
            sheet_changes.write(look, view)
        if outcome.risks:
            sheet_resilience.write(look, view)
        sheet_parameters.write(look, view)
        write_machine_sheets(look, view, findings)
