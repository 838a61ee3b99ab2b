"""抗风险: which single absence would leave a post, a window or a leader group empty, and whom to train against it."""

from zhiban.io.look import BODY, LEFT, Look, Page
from zhiban.io.roster_view import RosterView
from zhiban.model.roster import Risk

SHEET = "抗风险"
COLUMNS = (
    ("序号", 6),
    ("类别", 9),
    ("对象", 22),
    ("线", 9),
    ("不可缺席的人", 14),
    ("天数", 7),
    ("日期", 34),
    ("补救", 34),
    ("可覆盖天数", 11),
)
MOST_DATES = 8
"""So many dates a cell lists before it says 等."""


def write(look: Look, view: RosterView) -> None:
    """The risks, those of the most days first."""
    page = Page(look, SHEET, [width for _, width in COLUMNS])
    page.title(f"{view.problem.center}{view.period_text}抗风险表")
    people = len({risk.person for risk in view.outcome.risks})
    page.seal_line(f"一人缺勤一天即无人接替的共 {len(view.outcome.risks)} 项，涉及 {people} 人")
    page.header([name for name, _ in COLUMNS])
    for number, risk in enumerate(view.outcome.risks, 1):
        _line(page, view, number, risk)
    page.notes(["注：按本值班表推算，其余人员安排不变，有资格且空闲的人员视为可以接替。", *view.projected_notes])
    page.sign()
    page.finish()


def _line(page: Page, view: RosterView, number: int, risk: Risk) -> None:
    values = (
        number,
        risk.kind,
        subject_text(view, risk),
        risk.line,
        view.name(risk.person),
        len(risk.days),
        "",
        "",
        risk.covered,
    )
    row = page.line(values, BODY, 24)
    for column, text in ((6, dates_text(risk)), (7, risk.cure)):
        page.put(row, column, text, LEFT)
        page.fit(row, text, page.widths[column], LEFT)


def subject_text(view: RosterView, risk: Risk) -> str:
    """名称(编号) of a post or window; a leader group's name."""
    if risk.subject in view.problem.post and risk.kind == "岗位":
        return f"{view.problem.post[risk.subject].name}({risk.subject})"
    if risk.subject in view.problem.window:
        return f"{view.problem.window[risk.subject].name}({risk.subject})"
    return risk.subject


def dates_text(risk: Risk) -> str:
    """12-05、12-06、…, cut with 等N天."""
    shown = "、".join(f"{day:%m-%d}" for day in risk.days[:MOST_DATES])
    return shown if len(risk.days) <= MOST_DATES else f"{shown}等{len(risk.days)}天"
