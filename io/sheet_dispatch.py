"""节假日预约派单表: every accepted appointment of the period with the people who serve it."""

from datetime import datetime, time, timedelta

from zhiban.io.look import HEADER, LEFT, NOT_ASKED, SHORT_MOMENT_FORMAT, VACANT, Look, Page, Style
from zhiban.io.pagination import page_units
from zhiban.io.roster_view import RosterView
from zhiban.model.demand import Need
from zhiban.model.kinds import Role
from zhiban.model.roster import AppointmentRow

SHEET = "节假日预约派单表"
COLUMNS = (
    ("序号", 5),
    ("节日", 8),
    ("预约人", 8),
    ("电话", 12.5),
    ("事项", 13),
    ("预约时间", 13),
    ("主办窗口/承办人", 16),
    ("配合窗口/承办人", 16),
    ("登记时间", 14),
    ("交办时间", 14),
    ("签收人(签字)", 12.5),
    ("最迟变更告知时间", 15.5),
    ("状态", 8),
)
NOTHING = "本期没有需要派单的预约"


def write(look: Look, view: RosterView) -> None:
    """The dispatch list, by date and time."""
    scale = page_units(True) / (sum(width for _, width in COLUMNS) + 0.7 * len(COLUMNS))
    page = Page(look, SHEET, [width * max(scale, 1) for _, width in COLUMNS])
    page.title(f"{view.problem.center}{view.period_text}节假日预约派单表")
    page.seal_line()
    page.header([name for name, _ in COLUMNS], HEADER._replace(size=11))
    needs = sorted(view.problem.facts.needs, key=lambda need: (need.day, need.starts[0], need.id))
    for number, need in enumerate(needs, 1):
        _line(page, view, number, need)
    if not needs:
        page.span((page.row, 0, page.row, page.columns - 1), NOTHING)
        page.tall(page.row, 30)
        page.row += 1
    page.notes(_notes(view))
    page.sign()
    page.finish()


def _line(page: Page, view: RosterView, number: int, need: Need) -> None:
    appointment = need.appointment
    rows = view.appointment_rows.get(need.id, [])
    start = rows[0].start if rows else need.starts[0]
    end = rows[0].end if rows else start + need.duration
    fill = Style(fill=view.fill(need.day))
    begins = datetime.combine(need.day, time()) + timedelta(minutes=start)
    deadline = begins - timedelta(hours=view.problem.policy.appointment_change_hours)
    values = (
        (number, fill),
        (view.weekday(need.day), fill),
        (appointment.applicant, fill),
        (appointment.phone, fill),
        (need.item.name, LEFT._replace(fill=fill.fill)),
        (f"{view.day_text(need.day)}\n{view.span_text(start, end)}", fill),
        (_served(view, need, rows, Role.HOST), fill),
        (_served(view, need, rows, Role.ASSIST), fill),
        (appointment.registered, fill._replace(number=SHORT_MOMENT_FORMAT)),
        (appointment.handed_over, fill._replace(number=SHORT_MOMENT_FORMAT)),
        (appointment.signed_by, fill),
        (deadline, fill._replace(number=SHORT_MOMENT_FORMAT)),
        (appointment.state, fill),
    )
    row = page.row
    for column, (value, style) in enumerate(values):
        page.put(row, column, value, style)
        if isinstance(value, str):
            page.fit(row, value, page.widths[column], style)
    page.tall(row, 36)
    page.row += 1


def _served(view: RosterView, need: Need, rows: list[AppointmentRow], role: Role) -> str:
    """Window and people, one window a line; a dash for each person missing."""
    windows = need.windows[:1] if role == Role.HOST else need.windows[1:]
    lines: list[str] = []
    for window in windows:
        people = [p for row in rows if row.window == window for p in row.people]
        names = [view.name(p) for p in people] + [VACANT] * (need.count - len(people))
        lines.append(f"{view.window_name(window)}\n{'、'.join(names)}")
    return "\n".join(lines) or NOT_ASKED


def _notes(view: RosterView) -> list[str]:
    hours = f"{view.problem.policy.appointment_change_hours:g}"
    lines = [
        f"注：确需推迟或变更的，须经批准并提前{hours}小时告知申请人，最迟时间见表。",
        "　　承办人应提前与申请人联系，一次性告知所需材料并再次确认办理时间。",
    ]
    return lines + [f"　　{note}" for note in view.projected_notes]
