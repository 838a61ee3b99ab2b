"""Edits by hand come back as pins, each with its cell; what is unclear is told, never guessed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from zhiban.io.read_edits import read_edited, read_edits
from zhiban.io.write_workbook import write_roster
from zhiban.model.errors import InputError
from zhiban.model.kinds import Line, PinMode
from zhiban.model.problem import Problem
from zhiban.model.records import Pin
from zhiban.model.roster import Outcome

SATURDAY, SUNDAY = date(2026, 11, 7), date(2026, 11, 8)


class Book:
    """A written roster to be edited as somebody would in Excel."""

    def __init__(self, path: Path, problem: Problem, outcome: Outcome) -> None:
        self.path, self.problem, self.outcome = path, problem, outcome
        write_roster(path, problem, outcome)
        self.book = openpyxl.load_workbook(path)

    def name(self, person: str) -> str:
        return self.problem.person[person].name

    def who(self, day: date, line: str, window: str) -> str:
        return next(
            r.person for r in self.outcome.roster.duties if (r.day, r.line.value, r.window) == (day, line, window)
        )

    def other(self, day: date, line: str, window: str) -> str:
        """Somebody of the window who has no row on the date."""
        busy = {r.person for r in self.outcome.roster.duties if r.day == day}
        return next(p.id for p in self.problem.people_of[window] if p.id not in busy)

    def table_cell(self, day: date, column: str) -> str:
        """The cell of 值班表 (wide) in a date's row and the column of a header."""
        sheet = self.book["值班表"]
        header = next(r for r in range(1, 10) if sheet.cell(r, 1).value == "日期")
        place = next(c for c in range(1, 30) if sheet.cell(header, c).value == column)
        row = next(r for r in range(header, 60) if _day(sheet, r) == day)
        return sheet.cell(row, place).coordinate

    def lunch_cell(self, day: date, window: str) -> str:
        """The cell of 午间值班表 of a window's row under a date."""
        sheet = self.book["午间值班表"]
        top, column = next((r, c) for r in range(1, 80) for c in range(2, 9) if _as_date(sheet.cell(r, c).value) == day)
        row = next(r for r in range(top, top + 30) if sheet.cell(r, 1).value == window)
        return sheet.cell(row, column).coordinate

    def detail_row(self, day: date, line: str, window: str) -> int:
        sheet = self.book["排班明细"]
        return next(
            r
            for r in range(2, sheet.max_row + 1)
            if (_as_date(sheet.cell(r, 1).value), sheet.cell(r, 4).value, sheet.cell(r, 8).value) == (day, line, window)
        )

    def put(self, sheet: str, cell: str, value: object) -> None:
        self.book[sheet][cell].value = value

    def pins(self) -> list[Pin]:
        self.book.save(self.path)
        return read_edits(self.path, self.problem)

    def errors(self) -> list[str]:
        with pytest.raises(InputError) as error:
            self.pins()
        return [complaint.text for complaint in error.value.complaints]


def _as_date(value: Any) -> Any:
    return value.date() if hasattr(value, "date") else value


def _day(sheet: Worksheet, row: int) -> Any:
    return _as_date(sheet.cell(row, 1).value)


def _short(pins: list[Pin]) -> set[tuple[str, ...]]:
    return {(p.mode.value, p.day.isoformat(), p.line, p.segment, p.window or "", p.person or "") for p in pins}


@pytest.fixture
def book(tmp_path: Path, small_problem: Problem, small_outcome: Outcome) -> Book:
    return Book(tmp_path / "值班表.xlsx", small_problem, small_outcome)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"windows": 12, "people": 3},
        {"windows": 10, "people": 4},
        {"granularity": "半天"},
        {"granularity": "半天", "windows": 11, "people": 3},
        {"leader_scope": "窗口"},
        {"leader_scope": "窗口", "windows": 12, "granularity": "半天", "people": 4},
        {"lunch": False},
        {"first": date(2027, 1, 1), "last": date(2027, 2, 28)},
        {"first": date(2026, 10, 1), "last": date(2026, 10, 31)},
    ],
)
def test_an_unedited_roster_has_no_edits(
    tmp_path: Path, make_problem: Callable[..., Problem], make_outcome: Callable[..., Outcome], changes: dict[str, Any]
) -> None:
    problem = make_problem(**changes)
    book = Book(tmp_path / "a.xlsx", problem, make_outcome(problem))
    assert book.pins() == []


def test_a_swap_typed_into_the_printed_table_is_understood(book: Book) -> None:
    first, second = book.who(SATURDAY, "周末", "W01"), book.who(SUNDAY, "周末", "W01")
    assert first != second
    saturday, sunday = book.table_cell(SATURDAY, "企业开办"), book.table_cell(SUNDAY, "企业开办")
    book.put("值班表", saturday, book.name(second))
    book.put("值班表", sunday, book.name(first))
    pins = book.pins()
    assert _short(pins) == {
        ("必须", "2026-11-07", "周末", "", "W01", second),
        ("禁止", "2026-11-07", "周末", "", "W01", first),
        ("必须", "2026-11-08", "周末", "", "W01", first),
        ("禁止", "2026-11-08", "周末", "", "W01", second),
    }
    assert {pin.source for pin in pins} == {f"值班表!{saturday}", f"值班表!{sunday}"}


@pytest.mark.parametrize("emptied", [None, "—", "  "])
def test_an_emptied_cell_only_takes_its_person_out(book: Book, emptied: str | None) -> None:
    first = book.who(SATURDAY, "周末", "W02")
    book.put("值班表", book.table_cell(SATURDAY, "社会保险"), emptied)
    assert _short(book.pins()) == {("禁止", "2026-11-07", "周末", "", "W02", first)}


def test_a_second_name_in_a_cell_adds_somebody(book: Book) -> None:
    first, more = book.who(SATURDAY, "周末", "W02"), book.other(SATURDAY, "周末", "W02")
    for mark in ("、", "，", "\n", " ", "/"):
        book.put("值班表", book.table_cell(SATURDAY, "社会保险"), f"{book.name(first)}{mark}{book.name(more)}")
        assert _short(book.pins()) == {("必须", "2026-11-07", "周末", "", "W02", more)}


def test_a_lunch_cell_is_understood(book: Book) -> None:
    day = date(2026, 11, 11)
    first, more = book.who(day, "午间", "W03"), book.other(day, "午间", "W03")
    cell = book.lunch_cell(day, "医疗保险")
    book.put("午间值班表", cell, more)  # a 工号 does as well as a name
    pins = book.pins()
    assert _short(pins) == {
        ("必须", "2026-11-11", "午间", "", "W03", more),
        ("禁止", "2026-11-11", "午间", "", "W03", first),
    }
    assert {pin.source for pin in pins} == {f"午间值班表!{cell}"}


@pytest.mark.parametrize("column", ["J", "K"])
def test_number_or_name_changed_in_the_detail_counts(book: Book, column: str) -> None:
    row = book.detail_row(SATURDAY, "周末", "W01")
    first, more = book.who(SATURDAY, "周末", "W01"), book.other(SATURDAY, "周末", "W01")
    book.put("排班明细", f"{column}{row}", more if column == "J" else book.name(more))
    pins = book.pins()
    assert _short(pins) == {
        ("必须", "2026-11-07", "周末", "上午", "W01", more),
        ("禁止", "2026-11-07", "周末", "上午", "W01", first),
    }
    assert {pin.source for pin in pins} == {f"排班明细!{column}{row}"}


def test_a_deleted_and_an_emptied_row_take_their_person_out(book: Book) -> None:
    first, second = book.who(SATURDAY, "周末", "W01"), book.who(SUNDAY, "周末", "W02")
    row = book.detail_row(SUNDAY, "周末", "W02")
    for offset in (0, 1):
        assert book.book["排班明细"].cell(row, 8).value == "W02"
        book.book["排班明细"].cell(row + offset * 3, 10).value = None
        book.book["排班明细"].cell(row + offset * 3, 11).value = None
    sheet = book.book["排班明细"]
    sheet.delete_rows(book.detail_row(SATURDAY, "周末", "W01"))
    assert _short(book.pins()) == {
        ("禁止", "2026-11-07", "周末", "上午", "W01", first),
        ("禁止", "2026-11-08", "周末", "", "W02", second),
    }


def test_a_lock_typed_into_the_detail_becomes_a_pin(book: Book) -> None:
    row = book.detail_row(SATURDAY, "周末", "W01")
    book.put("排班明细", f"P{row}", "是")
    (pin,) = book.pins()
    assert (pin.mode, pin.segment, pin.person) == (PinMode.LOCKED, "上午", book.who(SATURDAY, "周末", "W01"))


def test_another_leader_is_understood(book: Book) -> None:
    leader = book.who(SATURDAY, "带班", "全中心")
    other = next(row.person for row in book.problem.leaders if row.person != leader)
    cell = book.table_cell(SATURDAY, "带班领导")
    book.put("值班表", cell, book.name(other))
    assert _short(book.pins()) == {
        ("必须", "2026-11-07", "带班", "", "全中心", other),
        ("禁止", "2026-11-07", "带班", "", "全中心", leader),
    }


def test_edits_that_agree_are_one_decision(book: Book) -> None:
    first, more = book.who(SATURDAY, "周末", "W01"), book.other(SATURDAY, "周末", "W01")
    row = book.detail_row(SATURDAY, "周末", "W01")
    book.put("排班明细", f"J{row}", more)
    book.put("值班表", book.table_cell(SATURDAY, "企业开办"), book.name(more))
    assert _short(book.pins()) == {
        ("必须", "2026-11-07", "周末", "", "W01", more),
        ("禁止", "2026-11-07", "周末", "", "W01", first),
    }


def test_edits_that_disagree_name_both_cells(book: Book) -> None:
    more = book.other(SATURDAY, "周末", "W01")
    row, cell = book.detail_row(SATURDAY, "周末", "W01"), book.table_cell(SATURDAY, "企业开办")
    book.put("排班明细", f"J{row}", more)
    book.put("值班表", cell, "—")
    (text,) = book.errors()
    assert f"值班表!{cell}" in text and f"排班明细!J{row}" in text and book.name(more) in text


def test_a_name_that_fits_nobody_is_told_with_its_cell(book: Book) -> None:
    cell = book.table_cell(SATURDAY, "企业开办")
    book.put("值班表", cell, "司马无名")
    (text,) = book.errors()
    assert text.startswith(f"值班表!{cell} ") and "司马无名" in text


def test_a_name_that_fits_two_people_is_told_with_both(
    tmp_path: Path,
    small_problem: Problem,
    changed_problem: Callable[..., Problem],
    make_outcome: Callable[..., Outcome],
) -> None:
    people = list(small_problem.people)
    people[4] = people[4].model_copy(update={"name": people[1].name})
    problem = changed_problem(small_problem, people=tuple(people))
    book = Book(tmp_path / "a.xlsx", problem, make_outcome(problem))
    assert book.pins() == []
    cell = book.table_cell(SATURDAY, "企业开办")
    first = book.who(SATURDAY, "周末", "W01")
    book.put("值班表", cell, people[1].name)
    (text,) = book.errors()
    assert text.startswith(f"值班表!{cell} ") and "可指 2 人" in text
    for way in (f"{people[1].name}（{people[1].id}）", f"{people[1].name}(市企业开办局)"):
        book.put("值班表", cell, way)
        assert ("必须", "2026-11-07", "周末", "", "W01", people[1].id) in _short(book.pins()) or first == people[1].id


def test_a_name_where_nobody_stands_is_told(
    tmp_path: Path, make_problem: Callable[..., Problem], make_outcome: Callable[..., Outcome]
) -> None:
    problem = make_problem(first=date(2026, 10, 1), last=date(2026, 10, 31))
    book = Book(tmp_path / "a.xlsx", problem, make_outcome(problem))
    cell = book.table_cell(date(2026, 10, 2), "企业开办")  # 节假日 by appointment only
    book.put("值班表", cell, book.problem.people[1].name)
    (text,) = book.errors()
    assert f"值班表!{cell}" in text


def test_a_roster_whose_original_is_gone_cannot_tell_its_edits(book: Book) -> None:
    sheet = book.book["求解信息"]
    for row in range(sheet.max_row, 0, -1):
        if str(sheet.cell(row, 1).value).startswith("排班明细原文"):
            sheet.delete_rows(row)
    assert book.pins() == []  # 排班明细 itself is still what was digested
    book.put("排班明细", f"J{book.detail_row(SATURDAY, '周末', 'W01')}", book.other(SATURDAY, "周末", "W01"))
    (text,) = book.errors()
    assert "原文" in text


def test_the_edited_roster_is_what_stands_there_now(book: Book) -> None:
    first, more = book.who(SATURDAY, "周末", "W01"), book.other(SATURDAY, "周末", "W01")
    lunch = date(2026, 11, 11)
    gone = book.who(lunch, "午间", "W03")
    book.put("值班表", book.table_cell(SATURDAY, "企业开办"), book.name(more))
    book.put("午间值班表", book.lunch_cell(lunch, "医疗保险"), "")
    book.book.save(book.path)
    roster = read_edited(book.path, book.problem).roster
    now = {
        (r.person, r.credited) for r in roster.duties if (r.day, r.line, r.window) == (SATURDAY, Line.WEEKEND, "W01")
    }
    assert now == {(more, 180), (more, 240)}  # 9:00-12:00 and 13:00-17:00
    assert not [r for r in roster.duties if (r.day, r.line, r.person) == (lunch, Line.LUNCH, gone)]
    assert len(roster.duties) == len(book.outcome.roster.duties) - 1
    assert first not in {p for p, _ in now}


def test_a_deleted_key_column_is_told(book: Book) -> None:
    sheet = book.book["值班表"]
    last = next(c for c in range(30, 0, -1) if "键" in str(sheet.cell(3, c).value))
    sheet.delete_cols(last)
    (text,) = book.errors()
    assert "值班表" in text and "隐藏" in text
