"""What is published of a roster workbook, and what is said of a workbook that is none."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from zhiban.io.read_public import clock_text, read_public
from zhiban.io.write_workbook import write_roster
from zhiban.model.errors import InputError
from zhiban.model.kinds import DayClass
from zhiban.model.problem import Problem
from zhiban.model.roster import Change, Outcome


@pytest.fixture
def written(tmp_path: Path, small_problem: Problem, small_outcome: Outcome) -> Path:
    path = tmp_path / "值班表.xlsx"
    write_roster(path, small_problem, small_outcome)
    return path


def test_rows_and_statements_are_those_of_the_roster(
    written: Path, small_problem: Problem, small_outcome: Outcome
) -> None:
    roster = read_public(written)
    rows = small_outcome.roster
    assert [(d.day, d.line, d.start, d.person, d.name, d.credited) for d in roster.duties] == [
        (d.day, d.line, clock_text(d.start), d.person, small_problem.person[d.person].name, d.credited)
        for d in rows.duties
    ]
    assert [(r.person, r.day, r.half, r.minutes, r.window) for r in roster.leaves] == [
        (r.person, r.day, r.half, r.minutes, small_problem.person[r.person].window) for r in rows.leaves
    ]
    assert len(roster.stand_ins) == len(rows.stand_ins) > 0
    assert [b.servers for b in roster.bookings] == [a.people for a in rows.appointments]
    assert [a.closing for a in roster.bank] == [a.closing for a in small_outcome.judgement.bank]
    assert [(t.tier, t.value, t.status) for t in roster.tiers] == [
        (t.code, t.value, t.status) for t in small_outcome.tiers
    ]
    assert {w.window: w.window_name for w in roster.windows}["W01"] == "企业开办"
    assert not roster.edited


def test_the_calendar_is_that_of_the_workbook_with_every_date(written: Path) -> None:
    roster = read_public(written)
    assert [d.day for d in roster.calendar] == [date(2026, 11, n) for n in range(1, 31)]
    assert (roster.calendar[0].day_class, roster.calendar[0].weekday) == (DayClass.WEEKEND, "星期日")
    assert roster.calendar[1].day_class == DayClass.WORKDAY


def test_the_mean_hours_are_the_hours_less_the_difference(written: Path, small_outcome: Outcome) -> None:
    """统计表 rounds the difference to a tenth of an hour, hence the tolerance."""
    minutes: dict[str, int] = {}
    for row in small_outcome.roster.duties:
        if row.line != "带班" or row.credited:
            minutes[row.person] = minutes.get(row.person, 0) + row.end - row.start
    mean = sum(minutes[p] for p in ("0101", "0102", "0103")) / 3 / 60
    shares = {share.person: share for share in read_public(written).people}
    assert shares["0101"].hours == pytest.approx(minutes["0101"] / 60, abs=0.01)
    assert shares["0101"].mean_hours == pytest.approx(mean, abs=0.11)


def test_changes_are_read_from_the_printed_sheet(
    tmp_path: Path, small_problem: Problem, small_outcome: Outcome, edit: Callable[..., Any]
) -> None:
    change = Change("0101", date(2026, 11, 7), "周末", "W01", "", "值班", "", "0101 已批病假")
    write_roster(tmp_path / "a.xlsx", small_problem, edit(small_outcome, changes=(change,)))
    (told,) = read_public(tmp_path / "a.xlsx").changes
    assert (told.day, told.line, told.place, told.before, told.after) == (change.day, "周末", "企业开办", "值班", "")
    assert told.who == small_problem.person["0101"].name
    assert told.why == "0101 已批请假"


def test_the_machine_sheets_alone_suffice(written: Path) -> None:
    whole = read_public(written)
    book = openpyxl.load_workbook(written)
    for sheet in ("统计表", "参数与日历", "值班表"):
        del book[sheet]
    book.save(written)
    roster = read_public(written)
    assert roster.duties == whole.duties
    assert {p.person for p in roster.people} == {p.person for p in whole.people}
    assert all(p.mean_hours is None for p in roster.people)
    classes = {d.day: d.day_class for d in roster.calendar}
    assert classes[date(2026, 11, 1)] == DayClass.WEEKEND


def test_an_edit_by_hand_is_told(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    book["排班明细"]["J2"] = "0103"
    book.save(written)
    assert read_public(written).edited


def test_missing_sheets_and_foreign_workbooks_are_refused(written: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written)
    del book["调休明细"]
    book.save(written)
    with pytest.raises(InputError) as missing:
        read_public(written)
    assert "缺少工作表：调休明细" in missing.value.complaints[0].text
    openpyxl.Workbook().save(tmp_path / "别的.xlsx")
    with pytest.raises(InputError) as foreign:
        read_public(tmp_path / "别的.xlsx")
    assert "不是本程序写出的值班表" in foreign.value.complaints[0].text
