"""Changes laid over an input: rows by key, settings by name."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from zhiban import sample_data
from zhiban.io.read_changes import changes_of
from zhiban.io.read_workbook import read_problem
from zhiban.model.errors import InputError, UsageError
from zhiban.model.problem import Problem

TINY = sample_data.path_of("tiny")


def changed(tmp_path: Path, sheets: dict[str, list[list[object]]], settings: dict[str, str] | None = None) -> Problem:
    """The sample tiny with changes; each sheet's first row is its header."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = tmp_path / "改动.xlsx"
    if sheets:
        book.save(path)
    return read_problem(TINY, change=changes_of(path if sheets else None, settings or {})).problem


def test_a_row_with_a_known_key_replaces(tmp_path: Path) -> None:
    before = read_problem(TINY).problem
    person = before.people[0]
    after = changed(
        tmp_path, {"人员": [["工号", "姓名", "窗口编号", "参加周末"], [person.id, "赵新", person.window, "否"]]}
    )
    assert [p.id for p in after.people] == [p.id for p in before.people]
    assert (after.people[0].name, after.people[0].joins_weekend) == ("赵新", False)
    assert after.people[1:] == before.people[1:]


def test_a_row_with_a_new_key_is_added(tmp_path: Path) -> None:
    before = read_problem(TINY).problem
    window = before.windows[0].id
    after = changed(tmp_path, {"人员": [["工号", "姓名", "窗口编号"], ["Z9", "赵新", window]]})
    assert [p.id for p in after.people] == [*(p.id for p in before.people), "Z9"]


def test_pins_have_no_key_and_are_added(tmp_path: Path) -> None:
    before = read_problem(TINY).problem
    slot = next(s for s in before.facts.slots if s.line.value == "周末")
    rows: list[list[object]] = [
        ["日期", "线", "工号", "方式"],
        [slot.day, "周末", before.people_of[slot.window][0].id, "必须"],
    ]
    after = changed(tmp_path, {"指定与锁定": rows})
    assert len(after.pins) == len(before.pins) + 1


def test_settings_from_the_workbook_and_from_words(tmp_path: Path) -> None:
    sheets: dict[str, list[list[object]]] = {"基本设置": [["项目", "值"], ["兼岗上限", 3]]}
    after = changed(tmp_path, sheets, {"最多连续工作天": "5"})
    assert (after.policy.post_cap, after.policy.max_days_in_row) == (3, 5)
    assert (after.first, after.center) == (read_problem(TINY).problem.first, read_problem(TINY).problem.center)


def test_a_change_that_makes_the_input_wrong_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        changed(tmp_path, {"人员": [["工号", "姓名", "窗口编号"], ["Z9", "赵新", "W99"]]})
    assert any("W99" in complaint.text for complaint in raised.value.complaints)
    with pytest.raises(InputError):
        changed(
            tmp_path, {"请假外出": [["工号", "类型", "开始日", "结束日"], ["Z9", "培训", "无日期", date(2026, 11, 7)]]}
        )


def test_an_unknown_setting_names_the_near_miss() -> None:
    with pytest.raises(UsageError, match="是否为 兼岗上限"):
        changes_of(None, {"兼岗上": "3"})
