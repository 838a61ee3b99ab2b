"""Where an earlier roster meets this period."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from zhiban.io.previous import seam_remarks
from zhiban.io.read_roster import RosterFile
from zhiban.io.roster_digest import DIGEST_ITEM, digest_of
from zhiban.model.errors import InputError
from zhiban.model.problem import Problem
from zhiban.model.records import OpeningLot
from zhiban.model.roster import Roster


def earlier(problem: Problem, days_before: int = 1) -> RosterFile:
    """A roster of three weeks that ends so many days before the problem's first one."""
    last = problem.first - timedelta(days_before)
    return RosterFile(
        path=Path("上月.xlsx"),
        center=problem.center,
        first=last - timedelta(20),
        last=last,
        roster=Roster(),
        tiers=(),
        bank=(),
        lots=(),
        counts=(),
        findings=(),
        info={DIGEST_ITEM: digest_of([])},
        labels=(),
        placed=(),
        people={},
        windows={},
        written=(),
        sheets=frozenset(),
    )


def test_a_roster_that_ends_the_day_before_joins_without_a_word(small_problem: Problem) -> None:
    assert seam_remarks(earlier(small_problem), small_problem) == []


def test_a_gap_is_told_with_its_days(small_problem: Problem) -> None:
    (remark,) = seam_remarks(earlier(small_problem, 3), small_problem)
    assert remark.weight == "提醒"
    assert "隔着 2 天" in remark.text


@pytest.mark.parametrize("days", [0, 1, 40])
def test_a_roster_that_ends_within_the_period_or_later_is_an_error(small_problem: Problem, days: int) -> None:
    with pytest.raises(InputError) as caught:
        seam_remarks(earlier(small_problem, -days), small_problem)
    assert "重叠" in caught.value.complaints[0].text


def test_another_centre_is_an_error(small_problem: Problem) -> None:
    with pytest.raises(InputError) as caught:
        seam_remarks(replace(earlier(small_problem), center="别处中心"), small_problem)
    assert "别处中心" in caught.value.complaints[0].text


def test_a_roster_edited_since_is_told(small_problem: Problem) -> None:
    edited = replace(earlier(small_problem), info={DIGEST_ITEM: "another"})
    (remark,) = seam_remarks(edited, small_problem)
    assert "手工改过" in remark.text


def test_minutes_of_people_who_are_gone_are_told(small_problem: Problem) -> None:
    day = small_problem.first - timedelta(5)
    known = small_problem.people[0].id
    lots = [
        OpeningLot(person=who, earned=day, minutes=minutes) for who, minutes in ((known, 60), ("X1", 90), ("X1", 30))
    ]
    gone = replace(earlier(small_problem), lots=tuple(lots), people={"X1": "旧同事"})
    (remark,) = seam_remarks(gone, small_problem)
    assert remark.weight == "提醒"
    assert "旧同事(X1) 120 分钟" in remark.text
    assert known not in remark.text
