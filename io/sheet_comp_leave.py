"""调休安排表: each half-day of compensatory leave, the duty it pays for, who stands in, and who signs."""

from zhiban.io.bank_lines import drawn_from
from zhiban.io.look import BODY, LEFT, NOT_ASKED, VACANT, Look, Page
from zhiban.io.roster_view import RosterView
from zhiban.model.ledger import Lot
from zhiban.model.roster import LeaveRow

SHEET = "调休安排表"
COLUMNS = (
    ("序号", 6),
    ("姓名", 12),
    ("窗口", 14),
    ("值班日期/时段", 24),
    ("时长", 8),
    ("调休日期(半日)", 17),
    ("时长", 8),
    ("顶岗人", 14),
    ("顶岗人电话", 14),
    ("交接", 8),
    ("窗口负责人(签字)", 12),
    ("备注", 10),
)
SOURCE = 3
NOTHING = "本期不安排调休"


def write(look: Look, view: RosterView) -> None:
    """The leave of the period, by date and window."""
    page = Page(look, SHEET, [width for _, width in COLUMNS])
    page.title(f"{view.problem.center}{view.period_text}调休安排表")
    page.seal_line("时长单位：小时")
    page.header([name for name, _ in COLUMNS])
    sources = drawn_from(view)
    order = {window.id: number for number, window in enumerate(view.problem.windows)}
    leaves = sorted(view.roster.leaves, key=lambda row: (row.day, order.get(_window(view, row), 0), row.start))
    top = page.row
    for column in range(page.columns):
        page.column_style(column, LEFT if column == SOURCE else BODY)
    for number, leave in enumerate(leaves, 1):
        _line(page, view, number, leave, sources.get(leave, []))
    page.rule((top, 0, page.row - 1, page.columns - 1))
    if not leaves:
        page.span((page.row, 0, page.row, page.columns - 1), NOTHING)
        page.tall(page.row, 30)
        page.row += 1
    notes = [
        "注：调休时长与值班时长相等，先存先用；由窗口负责人签字后执行。",
        "　　调休期间由顶岗人负责岗位工作，须提前一日交接。",
    ]
    page.notes(notes + [f"　　{note}" for note in view.projected_notes])
    page.sign()
    page.finish()


def _window(view: RosterView, row: LeaveRow) -> str:
    person = view.problem.person.get(row.person)
    return person.window if person else ""


def _line(page: Page, view: RosterView, number: int, leave: LeaveRow, lots: list[tuple[Lot, int]]) -> None:
    stand_ins = [
        row.stand_in for row in view.stand_ins_for.get((leave.person, leave.day), ()) if row.half == leave.half
    ]
    names = "、".join(dict.fromkeys(view.name(p) if p else VACANT for p in stand_ins)) or NOT_ASKED
    phones = "\n".join(dict.fromkeys(view.mobile(p) for p in stand_ins if p and view.mobile(p))) or NOT_ASKED
    values = (
        number,
        view.name(leave.person),
        view.window_name(_window(view, leave)),
        "\n".join(f"{view.day_text(lot.earned)} {lot.source}{hours(minutes)}小时" for lot, minutes in lots) or VACANT,
        hours(sum(minutes for _, minutes in lots)),
        f"{view.day_text(leave.day)}{leave.half}",
        hours(leave.minutes),
        names,
        phones,
        "",
        "",
        "已批" if leave.granted else "",
    )
    row = page.row
    for column, value in enumerate(values):
        style = LEFT if column == SOURCE else BODY
        page.put_filled(row, column, value, style)
        if isinstance(value, str):
            page.fit(row, value, page.widths[column], style)
    page.tall(row, 24)
    page.row += 1


def hours(minutes: int) -> str:
    """Minutes as hours, 210 → 3.5."""
    return f"{round(minutes / 60, 2):g}"
