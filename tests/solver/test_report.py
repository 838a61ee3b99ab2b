"""A judgement in words and as data."""

import json
from datetime import date

from zhiban.model.roster import Roster
from zhiban.solver.report import breach_lines, judgement_data, tier_lines
from zhiban.solver.verify import judge

SATURDAY = date(2026, 12, 5)


def test_nothing_to_say_is_said(make_problem, rows):
    problem = make_problem(last=SATURDAY)
    assert breach_lines(judge(problem, rows.roster(rows.day(SATURDAY, "P1")))) == ["没有违反规则，需求全部满足"]


def test_findings_stand_under_their_headings(make_problem, rows):
    said = judge(make_problem(last=SATURDAY), rows.roster(rows.day(SATURDAY, "P1", only="上午")))
    lines = breach_lines(said)
    assert [line for line in lines if not line.startswith("  ")] == ["违反规则（1项）", "未满足的需求（1项）"]
    assert "必须处理 F1 2026-12-05（周六）周末9:00–12:00" in lines[1]
    assert "必须处理 D1 2026-12-05（周六）周末 综合窗口(W1) 缺1人" in lines[3]


def test_tiers_in_their_order(make_problem):
    lines = tier_lines(judge(make_problem(last=SATURDAY), Roster()))
    assert [line.split()[0] for line in lines] == ["T1", "T2", "T3", "T4", "T5a", "T5b", "T6", "T7", "T8", "T9"]
    assert lines[1] == "T2 值班缺人 1" and lines[4] == "T5a 改动人数 未求"


def test_the_data_is_plain_json(make_problem):
    data = json.loads(json.dumps(judgement_data(judge(make_problem(last=SATURDAY), Roster())), ensure_ascii=False))
    assert data["目标层级"]["T2"] == 1
    assert data["未满足的需求"][0]["日期"] == "2026-12-05" and data["未满足的需求"][0]["线"] == "周末"
