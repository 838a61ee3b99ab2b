"""The samples: complete, made anew the same, invented throughout, and of the size they claim."""

import re
from pathlib import Path

import openpyxl
import pytest

from zhiban import sample_data
from zhiban.io.read_workbook import read_problem
from zhiban.model.intake import Intake, at
from zhiban.model.kinds import SegmentKind, TierStatus
from zhiban.model.policy import load_preset, preset_names
from zhiban.model.roster import TierValue
from zhiban.sample_data.hours import HOURS
from zhiban.sample_data.make_samples import MAKERS, make
from zhiban.solver.settings import Settings
from zhiban.solver.solve import solve

NOTICES = ("zibo", "yiyuan", "yangquan", "xixia", "shanting")

Cells = dict[str, list[tuple[object, ...]]]


def cells(path: Path) -> Cells:
    """Every value of a workbook."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def column(path: Path, sheet: str, header: str) -> list[object]:
    """The filled cells below a header."""
    rows = cells(path).get(sheet, [()])
    if header not in rows[0]:
        return []
    place = rows[0].index(header)
    return [row[place] for row in rows[1:] if row[place] is not None]


def test_every_sample_has_a_maker_a_file_and_a_description() -> None:
    folder = sample_data.path_of("zibo").parent
    assert {path.stem for path in folder.glob("*.xlsx")} == set(sample_data.names()) == set(MAKERS)


def test_an_unknown_name_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        sample_data.path_of("nowhere")


@pytest.mark.parametrize("name", sample_data.names())
def test_making_a_sample_gives_the_committed_one(name: str, tmp_path: Path) -> None:
    # Cells are compared, not bytes: another release of the writing library may zip the same workbook differently.
    make(name, tmp_path / "made.xlsx")
    assert cells(tmp_path / "made.xlsx") == cells(sample_data.path_of(name))


@pytest.mark.parametrize("name", sample_data.names())
def test_making_a_sample_twice_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    make(name, tmp_path / "one.xlsx")
    make(name, tmp_path / "two.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_sample_is_a_real_hall(name: str) -> None:
    path = sample_data.path_of(name)
    assert 8 <= len(column(path, "窗口", "窗口编号")) <= 15
    assert 30 <= len(column(path, "人员", "工号")) <= 70
    for sheet in ("岗位", "请假外出", "意愿", "历史累计", "时间银行期初", "事项", "预约登记"):
        assert len(cells(path)[sheet]) > 4, sheet
    assert column(path, "事项", "配合窗口")
    assert column(path, "预约登记", "最早开始")


@pytest.mark.parametrize("name", sample_data.names())
def test_no_phone_of_a_sample_can_exist(name: str) -> None:
    path = sample_data.path_of(name)
    mobiles = column(path, "人员", "手机") + column(path, "预约登记", "联系电话")
    assert mobiles
    assert [phone for phone in mobiles if not re.fullmatch(r"120\d{8}", str(phone))] == []
    assert [phone for phone in column(path, "窗口", "窗口电话") if not re.fullmatch(r"0000-\d{7}", str(phone))] == []


@pytest.mark.parametrize("policy", preset_names())
def test_the_hours_of_the_halls_are_those_of_the_preset(policy: str) -> None:
    hours, given = HOURS[policy], load_preset(policy).segments
    for kind in SegmentKind:
        spans = {(row.start, row.end) for row in given if row.kind is kind}
        if kind is SegmentKind.INTAKE:
            assert (
                all(any(low <= start and end <= high for low, high in spans) for start, end in hours.intake)
                or not spans
            )
        elif spans:
            assert kind.value not in hours.written
            assert set(hours.of(kind.value)) == spans


@pytest.mark.parametrize("name", sample_data.names())
def test_a_sample_reads_without_an_error(name: str) -> None:
    problem = read_problem(sample_data.path_of(name)).problem
    assert {person.id for person in problem.people} == set(column(sample_data.path_of(name), "人员", "工号"))


@pytest.mark.parametrize("name", sample_data.names())
def test_every_appointment_was_registered_by_the_rules(name: str) -> None:
    problem = read_problem(sample_data.path_of(name)).problem
    intake = Intake(problem.policy, problem.calendar, problem.segments, problem.channels)
    assert len(problem.appointments) > 1
    for booked in problem.appointments:
        item = problem.item[booked.item]
        start = booked.start if booked.start is not None else booked.earliest
        assert start is not None
        remarks = intake.remarks(
            registered=booked.registered,
            channel=booked.channel,
            start=at(booked.day, start),
            minutes=booked.duration or item.minutes or 0,
            weekend_open=item.weekend_ok,
            holiday_open=item.holiday_ok,
        )
        assert remarks == (), booked.id


def tiers(name: str) -> dict[str, TierValue]:
    """The tiers of a sample's roster by code, proven or not."""
    outcome = solve(read_problem(sample_data.path_of(name)).problem, Settings(seconds=40))
    return {tier.code: tier for tier in outcome.tiers}


@pytest.mark.slow
@pytest.mark.parametrize("name", ("tiny", *NOTICES, "jan2027"))
def test_all_demand_of_a_sample_can_be_met(name: str) -> None:
    found = tiers(name)
    for code in ("T1", "T2", "T3", "T4"):
        assert (found[code].value, found[code].bound, found[code].status) == (0, 0, TierStatus.OPTIMAL), code


@pytest.mark.slow
def test_the_overloaded_sample_lacks_something_in_every_tier_of_demand() -> None:
    found = tiers("overloaded")
    assert all(found[code].bound for code in ("T1", "T2", "T3", "T4"))
