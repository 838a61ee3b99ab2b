"""F2 for the texts of the detail sheets that follow from the rest of their rows: 星期, 日类, 窗口名称, 姓名, 分钟 …"""

from zhiban.io.name_book import clean
from zhiban.io.read_roster import RosterFile
from zhiban.io.roster_rows import Label
from zhiban.model.kinds import Severity
from zhiban.model.problem import Problem
from zhiban.model.roster import Finding

CODE = "F2"


def label_findings(file: RosterFile, problem: Problem) -> list[Finding]:
    """One finding per stated text that is not what the input says; an empty one says nothing."""
    found: list[Finding] = []
    for label in file.labels:
        right = _right(label, problem)
        if label.value and right and clean(label.value) not in {clean(text) for text in right}:
            text = f"{label.cell} 的{label.column}为“{label.value}”，应为“{right[0]}”"
            found.append(
                Finding(
                    Severity.MUST,
                    CODE,
                    text,
                    f"请改为 {right[0]}",
                    label.day,
                    label.line,
                    window="" if label.column == "窗口编号" else label.window,
                    person=label.person,
                    subject=label.cell,
                )
            )
    return found


def _right(label: Label, problem: Problem) -> list[str]:
    """What may stand there; empty where the input does not know the person or the window."""
    day = problem.day(label.day)
    person, window = problem.person.get(label.person), problem.window.get(label.window)
    match label.column:
        case "星期":
            return [f"星期{day.weekday}", f"周{day.weekday}", day.weekday]
        case "日类":
            return [day.day_class.value]
        case "窗口名称":
            return [window.name] if window else []
        case "姓名":
            return [person.name, person.id, f"{person.name}({person.id})"] if person else []
        case "窗口编号":
            return [person.window] if person else []
        case _:
            return [str(label.minutes)]
