"""What an earlier roster brings beside the workbook."""

import datetime as dt
from typing import Any

from zhiban.io.read_workbook import read_problem
from zhiban.model.problem import Previous
from zhiban.model.records import History, OpeningLot

LOTS = [
    OpeningLot(person="101", earned=dt.date(2026, 10, 17), minutes=100),
    OpeningLot(person="101", earned=dt.date(2026, 10, 18), minutes=200),
    OpeningLot(person="102", earned=dt.date(2026, 10, 18), minutes=300),
]
COUNTS = [History(person="101", saturday=7), History(person="201", sunday=4)]


def test_lots_and_counts_of_people_without_rows_of_their_own(office: Any) -> None:
    sheets = {
        "时间银行期初": [["工号", "产生日期", "分钟"], ["101", "2026-10-25", 50]],
        "历史累计": [["工号", "周六"], ["101", 1]],
    }
    problem = read_problem(office.write(sheets), previous_lots=LOTS, previous_counts=COUNTS).problem
    assert [(lot.person, lot.minutes) for lot in problem.opening] == [("101", 50), ("102", 300)]
    assert [(row.person, row.saturday, row.sunday) for row in problem.history] == [("101", 1, 0), ("201", 0, 4)]


def test_people_who_are_gone_bring_nothing(office: Any) -> None:
    gone = [OpeningLot(person="999", earned=dt.date(2026, 10, 18), minutes=300)]
    problem = read_problem(office.write(), previous_lots=gone, previous_counts=[History(person="999")]).problem
    assert problem.opening == ()
    assert problem.history == ()


def test_the_earlier_roster_is_handed_on(office: Any) -> None:
    previous = Previous(first=dt.date(2026, 10, 1), last=dt.date(2026, 10, 31))
    assert read_problem(office.write(), previous).problem.previous is previous
    assert read_problem(office.write()).problem.previous is None


def test_carried_lots_cover_granted_leave(office: Any) -> None:
    leave = {
        "请假外出": [
            ["工号", "类型", "开始日", "开始半日", "结束日", "结束半日"],
            ["102", "调休", "11-5", "上午", "11-5", "上午"],
        ]
    }
    assert office.errors(leave) != []
    assert read_problem(office.write(leave), previous_lots=LOTS).problem.leaves[0].person == "102"
