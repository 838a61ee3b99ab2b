"""No export tells who applied for an appointment, anybody's phone, or why somebody is on leave."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zhiban.io.export_csv import csv_files
from zhiban.io.export_ics import IcsExport
from zhiban.io.export_json import json_text
from zhiban.io.read_public import read_public
from zhiban.io.report_html import html_text
from zhiban.io.write_workbook import write_roster
from zhiban.model.errors import Complaint
from zhiban.model.kinds import Half, LeaveKind, Severity
from zhiban.model.problem import Problem
from zhiban.model.roster import Change, Finding, Outcome, Roster, StandInRow


def leaky(problem: Problem, outcome: Outcome, edit: Callable[..., Any]) -> Outcome:
    """The outcome with leave reasons, phones and an applicant wherever a text may carry them."""
    day = problem.facts.workdays[3]
    reasons = [kind for kind in LeaveKind if kind != LeaveKind.COMPENSATORY]
    rows = [StandInRow(day, Half.MORNING, f"P9{n}", "0103", kind.value) for n, kind in enumerate(reasons)]
    old = outcome.roster
    roster = Roster.of(list(old.duties), list(old.leaves), [*old.stand_ins, *rows], list(old.appointments))
    found = tuple(
        Finding(
            Severity.MUST, "H2", f"0103 已批{kind.value}，电话 13900000002", "请拨 0999-7654321", day, person="0103"
        )
        for kind in reasons
    )
    change = Change("0103", day, "午间", "W01", "", "值班", "", "0103 已批病假 13900000002")
    return edit(outcome, roster=roster, judgement=edit(outcome.judgement, breaches=found), changes=(change,))


REMARK = Complaint("预约登记", 2, "预约人", "申请人1", "预约人“申请人1”中的空格不读", "", "提示", "预约登记!E2")


@pytest.fixture
def book(tmp_path: Path, small_problem: Problem, small_outcome: Outcome, edit: Callable[..., Any]) -> Path:
    path = tmp_path / "值班表.xlsx"
    write_roster(path, small_problem, leaky(small_problem, small_outcome, edit), [REMARK])
    return path


def private_words(problem: Problem) -> set[str]:
    words = {kind.value for kind in LeaveKind} - {"调休", "其他", "会议", "培训"} | {"已批其他", "已批会议", "已批培训"}
    words |= {row.applicant for row in problem.appointments} | {row.phone for row in problem.appointments}
    words |= {row.unit for row in problem.appointments}
    return words | {person.mobile for person in problem.people} | {"0999-7654321"}


def test_the_workbook_itself_holds_what_must_not_get_out(book: Path, small_problem: Problem) -> None:
    with zipfile.ZipFile(book) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))
    held = {word for word in private_words(small_problem) if word in text}
    assert {
        "申请人1",
        "青山机械厂",
        "13800000000",
        "13900000002",
        "病假",
        "产假",
        "公差",
        "已批其他",
        "0999-7654321",
    } <= held


@pytest.mark.parametrize("form", ["html", "csv", "json", "ics"])
def test_no_export_does(book: Path, small_problem: Problem, form: str) -> None:
    roster = read_public(book)
    texts = {
        "html": lambda: html_text(roster),
        "json": lambda: json_text(roster),
        "csv": lambda: "".join(content.decode() for content in csv_files(roster).values()),
        # Lines of iCalendar are folded; a word must not hide behind a fold.
        "ics": lambda: "".join(content.decode() for content in IcsExport(roster).files().values()).replace("\r\n ", ""),
    }
    text = texts[form]()
    assert small_problem.person["0103"].name in text
    assert sorted(word for word in private_words(small_problem) if word in text) == []
