"""预约登记台账 (Yangquan appendix A): a two-level header, ten rows a page, empty rows printed."""

from datetime import datetime, time, timedelta

from zhiban.io.look import BODY, DATE_FORMAT, HEADER, LEFT, Look, Page
from zhiban.io.roster_view import RosterView
from zhiban.model.records import Appointment
from zhiban.model.segments import clock

SHEET = "预约登记台账"
WIDTHS = (6, 13, 11, 15, 19, 28, 14, 15)
ROWS_A_PAGE = 10
ROW = 34


def write(look: Look, view: RosterView) -> None:
    """Every appointment that was registered, whatever its state, in the order of registration."""
    page = Page(look, SHEET, WIDTHS)
    page.title(f"{view.problem.center}预约服务登记表")
    _header(page)
    entries = sorted(view.problem.appointments, key=lambda a: (a.registered, a.id))
    blank = -len(entries) % ROWS_A_PAGE or (0 if entries else ROWS_A_PAGE)
    top = page.row
    for number in range(len(entries) + blank):
        _line(page, view, number + 1, entries[number] if number < len(entries) else None)
    pages = (len(entries) + blank) // ROWS_A_PAGE
    page.sheet.set_h_pagebreaks([top + ROWS_A_PAGE * number for number in range(1, pages)])
    page.finish()


def _header(page: Page) -> None:
    """预约人 over 姓名 and 联系电话; all other names over both rows."""
    first, second = page.row, page.row + 1
    for column, name in enumerate(("序号", "登记日期", "", "", "预约时间", "预约事项/内容", "受理人员", "备注")):
        if name:
            page.span((first, column, second, column), name, HEADER)
    page.span((first, 2, first, 3), "预约人", HEADER)
    page.put(second, 2, "姓名", HEADER)
    page.put(second, 3, "联系电话", HEADER)
    page.tall(first, 22)
    page.tall(second, 22)
    page.row += 2
    page.repeat_above()


def _line(page: Page, view: RosterView, number: int, appointment: Appointment | None) -> None:
    row = page.line([number, *[""] * 7], BODY, ROW)
    if appointment is None:
        return
    item = view.problem.item.get(appointment.item)
    page.put(row, 1, appointment.registered.date(), BODY._replace(number=DATE_FORMAT))
    texts = (
        (appointment.applicant, BODY),
        (appointment.phone, BODY),
        (_when(view, appointment), BODY),
        (item.name if item else appointment.item, LEFT),
        (_staff(view, appointment), BODY),
        (_remark(appointment), LEFT),
    )
    for column, (text, style) in enumerate(texts, 2):
        page.put(row, column, text, style)
        page.fit(row, text, page.widths[column], style)


def _when(view: RosterView, appointment: Appointment) -> str:
    """The agreed time; for a flexible one the time it was given, else its range of starts."""
    rows = view.appointment_rows.get(appointment.id, [])
    start = rows[0].start if rows else appointment.start
    if start is not None:
        return _moment(view, appointment, start)
    return f"{_moment(view, appointment, appointment.earliest or 0)}至{clock(appointment.latest or 0)}间开始"


def _moment(view: RosterView, appointment: Appointment, minutes: int) -> str:
    begins = datetime.combine(appointment.day, time()) + timedelta(minutes=minutes)
    return f"{view.day_text(appointment.day)} {begins.hour}:{begins.minute:02}"


def _staff(view: RosterView, appointment: Appointment) -> str:
    """受理人员: who serves it; who wrote it down where nobody is named."""
    people = [person for row in view.appointment_rows.get(appointment.id, []) for person in row.people]
    return view.names(people) or (appointment.recorder if not appointment.accepted else "")


def _remark(appointment: Appointment) -> str:
    """The remark as registered; the state of what is no longer to be served."""
    state = "" if appointment.accepted else appointment.state
    return "；".join(text for text in (state, appointment.note) if text)
