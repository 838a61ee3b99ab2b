"""变更记录 (re-solve): what changed against the roster before, for whom, and why."""

from zhiban.io.look import BODY, DATE, LEFT, NOT_ASKED, Look, Page
from zhiban.io.roster_view import RosterView
from zhiban.model.kinds import TierStatus
from zhiban.model.roster import Change

SHEET = "变更记录"
COLUMNS = (
    ("序号", 6),
    ("日期", 15),
    ("星期", 9),
    ("线", 8),
    ("时段", 8),
    ("窗口", 14),
    ("人员", 12),
    ("原安排", 20),
    ("新安排", 20),
    ("原因", 34),
    ("本人签收", 10),
)
NOTHING = "与原值班表相比没有变更"


def is_resolved(view: RosterView) -> bool:
    """Whether the outcome stems from a re-solve: only then are changes counted (T5)."""
    counted = any(t.code.startswith("T5") and t.status != TierStatus.NOT_ASKED for t in view.outcome.tiers)
    return counted or bool(view.outcome.changes)


def write(look: Look, view: RosterView) -> None:
    """The changes by date, ready to be handed to the people concerned."""
    page = Page(look, SHEET, [width for _, width in COLUMNS])
    page.title(f"{view.problem.center}{view.period_text}值班变更记录")
    people = len({change.person for change in view.outcome.changes})
    page.seal_line(f"共涉及 {people} 人，{len(view.outcome.changes)} 项")
    page.header([name for name, _ in COLUMNS])
    for number, change in enumerate(view.outcome.changes, 1):
        _line(page, view, number, change)
    if not view.outcome.changes:
        page.span((page.row, 0, page.row, page.columns - 1), NOTHING)
        page.tall(page.row, 30)
        page.row += 1
    page.notes(["注：请及时告知本人并签收。", *(f"　　{note}" for note in view.projected_notes)])
    page.sign()
    page.finish()


def _line(page: Page, view: RosterView, number: int, change: Change) -> None:
    values = (
        number,
        None,
        view.weekday(change.day),
        change.line,
        change.segment or NOT_ASKED,
        view.window_name(change.window) if change.window else NOT_ASKED,
        view.name(change.person),
        change.before or NOT_ASKED,
        change.after or NOT_ASKED,
        "",
        "",
    )
    row = page.line(values, BODY, 24)
    page.put(row, 1, change.day, DATE._replace(number=view.date_format(change.day)))
    page.put(row, 9, change.why, LEFT)
    page.fit(row, change.why, page.widths[9], LEFT)
