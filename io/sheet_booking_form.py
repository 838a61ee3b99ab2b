"""预约服务登记表 (Zibo annex 2): one A4 portrait page a booking, filled in as far as is known, the blanks kept."""

from zhiban.io.look import LEFT, TITLE, Look, Page, Style
from zhiban.io.roster_view import RosterView
from zhiban.model.kinds import Role
from zhiban.model.records import Appointment

SHEET = "预约服务登记表"
WIDTHS = (15.5, 13.5, 12, 14, 9.5, 14)
ROWS = 12
"""Rows of one form: the title, an empty one, and the grid A3:F12."""

FORM = Style(size=14)
LABEL = Style("header", 14)
TEXT = LEFT._replace(size=13)
FINISHED = frozenset({"已办结", "已备案", "已回访"})
HEIGHTS = (46, 14, 46, 56, 46, 46, 46, 46, 56, 150, 46, 60)


def write(look: Look, view: RosterView) -> None:
    """One form per accepted appointment of the period, by date; a blank form where there is none."""
    page = Page(look, SHEET, WIDTHS, landscape=False)
    needs = sorted(view.problem.facts.needs, key=lambda need: (need.day, need.starts[0], need.id))
    for need in needs:
        rows = view.appointment_rows.get(need.id, [])
        start = rows[0].start if rows else need.starts[0]
        people = [(row.role, person) for row in rows for person in row.people]
        _form(page, view, need.appointment, start, [need.item.name, *need.windows], people)
    if not needs:
        _form(page, view, None, 0, [], [])
    page.sheet.set_h_pagebreaks([ROWS * number for number in range(1, len(needs))])
    page.finish()


def _form(
    page: Page,
    view: RosterView,
    appointment: Appointment | None,
    start: int,
    item_and_windows: list[str],
    people: list[tuple[Role, str]],
) -> None:
    top = page.row
    page.span((top, 0, top, 5), f"{view.problem.center}预约服务登记表", TITLE._replace(size=22))
    item, windows = item_and_windows[:1], item_and_windows[1:]
    a = appointment
    _pairs(page, top + 2, [("预约人姓名", a.applicant if a else ""), ("联系电话", a.phone if a else "")])
    page.put(top + 2, 4, "单位", LABEL)
    page.put(top + 2, 5, a.unit if a else "", FORM)
    page.put(top + 3, 0, "预约事项", LABEL)
    page.span((top + 3, 1, top + 3, 5), "".join(item), FORM)
    agreed = f"{a.day.month}月{a.day.day}日{start // 60}时{start % 60:02}分" if a else "月　　日　　时　　分"
    _wide_pair(page, top + 4, ("预约办理时间", agreed), ("预约窗口", _windows(view, windows)))
    registered = f"{a.registered.month}月{a.registered.day}日" if a else "月　　日"
    _wide_pair(page, top + 5, ("记录时间", registered), ("记录人", a.recorder if a else ""))
    handed = f"{a.handed_over.month}月{a.handed_over.day}日" if a and a.handed_over else "月　　日"
    _wide_pair(page, top + 6, ("交办时间", handed), ("签收人", a.signed_by if a else ""))
    _outcome(page, view, top + 7, a, people)
    for offset, height in enumerate(HEIGHTS):
        page.tall(top + offset, height)
    page.row = top + ROWS


def _pairs(page: Page, row: int, pairs: list[tuple[str, str]]) -> None:
    for number, (label, value) in enumerate(pairs):
        page.put(row, 2 * number, label, LABEL)
        page.put(row, 2 * number + 1, value, FORM)


def _wide_pair(page: Page, row: int, left: tuple[str, str], right: tuple[str, str]) -> None:
    """Label A, value B:C, label D, value E:F."""
    page.put(row, 0, left[0], LABEL)
    page.span((row, 1, row, 2), left[1], FORM)
    page.put(row, 3, right[0], LABEL)
    page.span((row, 4, row, 5), right[1], FORM)
    page.fit(row, right[1], WIDTHS[4] + WIDTHS[5], FORM)


def _windows(view: RosterView, windows: list[str]) -> str:
    """The 主办 window; with 配合 windows behind it where there are some."""
    names = [view.window_name(window) for window in windows]
    if len(names) < 2:
        return "".join(names)
    return f"{names[0]}（主办）\n{'、'.join(names[1:])}（配合）"


def _outcome(
    page: Page, view: RosterView, top: int, appointment: Appointment | None, people: list[tuple[Role, str]]
) -> None:
    """The merged 办理情况 and its five lines."""
    page.span((top, 0, top + 4, 0), "办理情况", LABEL)
    hosts = [view.name(person) for role, person in people if role == Role.HOST]
    others = hosts[1:] + [f"{view.name(person)}（配合）" for role, person in people if role == Role.ASSIST]
    lines = (
        f"是否完成预约办理：{_finished(appointment)}",
        f"办理时间：{_when(appointment)}",
        f"办理情况：{appointment.outcome if appointment else ''}",
        f"承办人1：{''.join(hosts[:1]):　<10}承办人2：{'、'.join(others)}",
        "预约人（签字）：",
    )
    for offset, text in enumerate(lines):
        style = TEXT._replace(valign="top") if offset == 2 else TEXT
        page.span((top + offset, 1, top + offset, 5), text, style)
        page.fit(top + offset, text, sum(WIDTHS[1:]), style)


def _finished(appointment: Appointment | None) -> str:
    if appointment is None:
        return ""
    if appointment.state in FINISHED:
        return "是"
    return "否（申请人爽约放弃）" if appointment.state == "爽约放弃" else ""


def _when(appointment: Appointment | None) -> str:
    """The time it really took, or the blanks to fill in."""
    if appointment is None or appointment.actual_start is None or appointment.actual_end is None:
        return "　　　年　　月　　日　　时　　分至　　时　　分"
    start, end = appointment.actual_start, appointment.actual_end
    return f"{start.year}年{start.month}月{start.day}日{start.hour}时{start.minute:02}分至{end.hour}时{end.minute:02}分"
