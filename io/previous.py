"""What an earlier roster brings to the next period: its rows, the lots left and the counts, and whether they join."""

from collections import defaultdict
from datetime import timedelta

from zhiban.io.read_roster import RosterFile
from zhiban.model.errors import Complaint, InputError
from zhiban.model.problem import Problem

SHEET = "求解信息"
PREVIOUS_ITEM = "上期值班表"
"""项目 of 求解信息: the file name of the earlier roster that a roster carries on from."""


def seam_remarks(file: RosterFile, problem: Problem) -> list[Complaint]:
    """What should be looked at where an earlier roster meets this period.

    InputError where it cannot be the earlier one: another centre's, or of a period that does not end before this one.
    """
    name = file.path.name
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
    return found + _left_behind(file, problem)


def _left_behind(file: RosterFile, problem: Problem) -> list[Complaint]:
    """Minutes of people whom the input no longer knows: they go with nobody."""
    minutes: dict[str, int] = defaultdict(int)
    for lot in file.lots:
        if lot.person not in problem.person:
            minutes[lot.person] += lot.minutes
    if not any(minutes.values()):
        return []
    told = "、".join(
        f"{file.people.get(person, person)}({person}) {left} 分钟" for person, left in minutes.items() if left
    )
    text = f"上期值班表 {file.path.name} 中 {told} 尚未调休，本期人员表中没有此人，不再接续"
    return [_complaint(text, "请另行结清；工号改了的请用原来的工号", "提醒")]


def _complaint(text: str, advice: str, weight: str) -> Complaint:
    return Complaint(SHEET, 0, "", "", text, advice, weight, cell=PREVIOUS_ITEM)
