"""What an earlier roster brings to the next period: its rows, the lots left and the counts, and whether they join."""

from datetime import timedelta
from pathlib import Path

from zhiban.io.read_roster import RosterFile
from zhiban.model.errors import Complaint, InputError
from zhiban.model.problem import Problem

SHEET = "求解信息"


def seam_remarks(file: RosterFile, problem: Problem) -> list[Complaint]:
    """What should be looked at where an earlier roster meets this period.

    InputError where it cannot be the earlier one: another centre's, or of a period that does not end before this one.
    """
    name = Path(file.path).name
    if file.center and file.center != problem.center:
        text = f"上期值班表 {name} 是“{file.center}”的，本期输入是“{problem.center}”的"
        raise InputError([_complaint(text, "请选用同一中心的上期值班表", "错误")])
    if file.last >= problem.first:
        text = f"上期值班表 {name} 到 {file.last} 为止，与本期 {problem.first} 至 {problem.last} 重叠"
        raise InputError([_complaint(text, "请选用在本期开始日期之前结束的值班表", "错误")])
    found: list[Complaint] = []
    if file.last + timedelta(1) < problem.first:
        text = f"上期值班表 {name} 到 {file.last} 为止，与本期之间隔着 {(problem.first - file.last).days - 1} 天"
        found.append(_complaint(text, "请核对是否选错了值班表；中间各天按工作日都上班计", "提醒"))
    if file.edited:
        text = f"上期值班表 {name} 的排班明细被手工改过，期末余额和期末累计仍是原来的"
        found.append(_complaint(text, "请先用 zhiban resolve 按修改后的值班表重排，再接续本期", "提醒"))
    return found


def _complaint(text: str, advice: str, weight: str) -> Complaint:
    return Complaint(SHEET, 0, "", "", text, advice, weight, cell="上期值班表")
