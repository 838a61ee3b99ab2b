"""抗风险 in the written workbook."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl

from zhiban.io.write_workbook import write_roster
from zhiban.model.problem import Problem
from zhiban.model.roster import Judgement, Outcome, Risk, Roster

EMPTY = Judgement((), (), (), {}, (), (), ())
DAYS = tuple(date(2026, 12, day) for day in range(1, 11))


def cells(path: Path) -> list[list[object]]:
    """The filled cells of the sheet by row."""
    sheet = openpyxl.load_workbook(path)["抗风险"]
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


def test_the_risks_with_their_cures(make_problem: Callable[..., Problem], tmp_path: Path) -> None:
    problem = make_problem()
    first, second = problem.people[:2]
    risks = (
        Risk("岗位", "P01", "工作日", first.id, DAYS, "增设B角", 9),
        Risk("窗口", "W01", "周末", second.id, DAYS[:1], "需增配人员", 0),
    )
    path = tmp_path / "值班表.xlsx"
    write_roster(path, problem, Outcome(Roster(), EMPTY, (), risks=risks))
    rows = cells(path)
    top = next(row for row in rows if 1 in row and "岗位" in row)
    assert "受理岗(P01)" in top
    assert first.name in str(top)
    assert 10 in top
    assert "12-01、12-02、12-03、12-04、12-05、12-06、12-07、12-08等10天" in top
    assert "增设B角" in top
    assert any("企业开办(W01)" in row and "12-01" in row for row in rows)
    assert any("涉及 2 人" in str(cell) for row in rows for cell in row)


def test_no_sheet_without_risks(make_problem: Callable[..., Problem], tmp_path: Path) -> None:
    path = tmp_path / "值班表.xlsx"
    write_roster(path, make_problem(), Outcome(Roster(), EMPTY, ()))
    assert "抗风险" not in openpyxl.load_workbook(path).sheetnames
