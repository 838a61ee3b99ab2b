"""问题清单: what must be dealt with, what should be looked at; the first sheet when there is anything."""

from collections.abc import Sequence

from zhiban.io.look import BODY, DATE, LEFT, NOT_ASKED, Look, Page, Style
from zhiban.io.roster_view import RosterView
from zhiban.model.kinds import Severity
from zhiban.model.roster import Finding

SHEET = "问题清单"
COLUMNS = (
    ("级别", 11),
    ("日期", 15),
    ("窗口", 15),
    ("人员", 13),
    ("规则(依据条文)", 22),
    ("说明", 46),
    ("建议", 34),
)
RULES = {
    "D1": "值班人数",
    "D2": "AB角，不得空岗",
    "D3": "带班制度",
    "D4": "预约应约，不得拒绝",
    "H1": "一人一处",
    "H2": "请假、参加范围与免加班",
    "H3": "窗口与事项资格",
    "H4": "调休期间在岗",
    "H5": "休息日（劳动法第三十八条）",
    "H6": "周末与延时上限（劳动法第四十一条）",
    "H7": "午间值班者当日在岗",
    "H8": "等时调休",
    "H9": "指定与锁定",
    "H10": "已公布的安排",
    "F1": "不属于任何值班的行",
    "F2": "所载数值有误",
}
FILLS = {Severity.MUST: "#F8D7D3", Severity.REMIND: "#FFF2CC", Severity.INFO: ""}


def rule_text(code: str) -> str:
    """A rule's name with its code; the code alone for one not listed."""
    return f"{RULES[code]}（{code}）" if code in RULES else code or "输入数据"


def write(look: Look, view: RosterView, findings: Sequence[Finding]) -> None:
    """The findings, the gravest first."""
    page = Page(look, SHEET, [width for _, width in COLUMNS])
    page.title(f"{view.problem.center}{view.period_text}排班问题清单")
    grave = sum(found.severity == Severity.MUST for found in findings)
    page.seal_line(f"必须处理 {grave} 项，共 {len(findings)} 项")
    page.header([name for name, _ in COLUMNS])
    for found in findings:
        _line(page, view, found)
    page.notes([f"注：{note}" for note in view.projected_notes])
    page.sign()
    page.finish()


def _line(page: Page, view: RosterView, found: Finding) -> None:
    when = f"{found.line}{found.segment}" if found.line else ""
    window = view.window_name(found.window) if found.window else ""
    place = "\n".join(word for word in (window, when) if word)
    values = (
        (found.severity.value, Style(fill=FILLS[found.severity])),
        (found.day, DATE._replace(number=view.date_format(found.day)) if found.day else BODY),
        (place or NOT_ASKED, BODY),
        (view.name(found.person) if found.person else NOT_ASKED, BODY),
        (rule_text(found.code), BODY),
        (found.text if not found.subject else f"{found.subject}：{found.text}", LEFT),
        (found.advice or NOT_ASKED, LEFT),
    )
    for column, (value, style) in enumerate(values):
        page.put(page.row, column, value or NOT_ASKED, style)
        if isinstance(value, str):
            page.fit(page.row, value, page.widths[column], style)
    page.tall(page.row, 24)
    page.row += 1
