"""个人排班表: people down, the days of a month across, a code for what each does; one block a calendar month."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from zhiban.io.look import HEADER, Look, Page, Style
from zhiban.io.roster_view import RosterView
from zhiban.model.kinds import WORK_LEAVES, Half, Line
from zhiban.model.records import Person
from zhiban.model.roster import DutyRow

SHEET = "个人排班表"
CODES = {Line.LUNCH: "午", Line.WEEKEND: "周", Line.HOLIDAY: "节", Line.CALL_IN: "约", Line.LEAD: "带"}
LEGEND = (
    "午 午间值班；周 周末值班；节 节假日值班；约 应约服务；带 带班；调 调休；顶 顶岗；假 请假；公 公差、培训、会议。"
    "“上”“下”为半日，不注为全天。"
)
NAME_COLUMNS = (("窗口", 14), ("姓名", 9.5))
TOTALS = ("午间", "周末", "节假日", "应约", "带班", "调休", "顶岗")
DAY_WIDTH = 3.5
TOTAL_WIDTH = 4.6
SMALL = 10
CELL = Style(size=SMALL)


def write(look: Look, view: RosterView) -> None:
    """The grid of everybody, in the order of the windows."""
    months = [list(days) for _, days in groupby(view.problem.dates, key=lambda day: (day.year, day.month))]
    most = max(len(days) for days in months)
    widths = [*(w for _, w in NAME_COLUMNS), *(DAY_WIDTH for _ in range(most)), *(TOTAL_WIDTH for _ in TOTALS)]
    page = Page(look, SHEET, widths)
    for column in range(len(NAME_COLUMNS), page.columns):
        page.column_style(column, CELL)
    page.title(f"{view.problem.center}{view.period_text}个人排班表")
    page.seal_line()
    if len(months) == 1:
        _header(page, view, months[0], most)
        page.repeat_above()
    else:
        page.repeat_above()
    codes = _codes(view)
    breaks: list[int] = []
    for number, days in enumerate(months):
        if number:
            breaks.append(page.row)
        if len(months) > 1:
            _header(page, view, days, most)
        top, fills = page.row, [view.fill(day) for day in days] + [""] * (most - len(days))
        styles = [CELL._replace(fill=fill) for fill in fills]
        for person in view.people_by_window:
            _line(page, view, person, days, codes.get(person.id, {}), styles)
        first, bottom = len(NAME_COLUMNS), page.row - 1
        for column, fill in enumerate(fills, first):
            page.rule((top, column, bottom, column), fill)
        page.rule((top, first + most, bottom, page.columns - 1))
    page.sheet.set_h_pagebreaks(breaks)
    page.notes([f"注：{LEGEND}", *(f"　　{note}" for note in view.projected_notes)])
    page.sign()
    page.finish()


def _header(page: Page, view: RosterView, days: Sequence[date], most: int) -> None:
    """Names, day numbers over weekdays (a festival's first sign in its place), totals."""
    style = HEADER._replace(size=10)
    top = page.row
    for column, (name, _) in enumerate(NAME_COLUMNS):
        page.span((top, column, top + 1, column), name, style)
    for column in range(most):
        place = len(NAME_COLUMNS) + column
        if column >= len(days):
            page.span((top, place, top + 1, place), "", style)
            continue
        day = days[column]
        filled = style._replace(fill=view.fill(day) or style.fill, size=SMALL)
        page.put(top, place, day, filled._replace(number="d"))
        page.put(top + 1, place, _weekday(view, day), filled)
    for column, name in enumerate(TOTALS):
        place = len(NAME_COLUMNS) + most + column
        page.span((top, place, top + 1, place), name, style._replace(size=SMALL))
    projected = any(view.problem.day(day).projected for day in days)
    page.tall(top, 18)
    page.tall(top + 1, 40 if projected else 20)
    page.row += 2


def _weekday(view: RosterView, day: date) -> str:
    info = view.problem.day(day)
    mark = "\n推算" if info.projected else ""
    return info.weekday + mark


def _line(
    page: Page,
    view: RosterView,
    person: Person,
    days: Sequence[date],
    codes: dict[date, list[str]],
    styles: Sequence[Style],
) -> None:
    row = page.row
    page.put(row, 0, view.window_name(person.window), CELL)
    page.put(row, 1, view.name(person.id), CELL)
    page.fit(row, view.window_name(person.window), page.widths[0], CELL)
    page.fit(row, view.name(person.id), page.widths[1], CELL)
    deepest = 1
    for column, day in enumerate(days):
        here = codes.get(day)
        if here:
            page.put(row, len(NAME_COLUMNS) + column, "\n".join(here), styles[column])
            deepest = max(deepest, len(here))
    for column, total in enumerate(_totals(view, person.id, days), len(NAME_COLUMNS) + len(styles)):
        page.put_filled(row, column, total or None, CELL)
    page.tall(row, max(18, deepest * SMALL * 1.35 + 4))
    page.row += 1


def _totals(view: RosterView, person: str, days: Sequence[date]) -> tuple[int, ...]:
    """Days per line, appointments, half-days of leave and of standing in."""
    inside = set(days)
    served: dict[Line, set[date]] = defaultdict(set)
    call_ins = 0
    for row in view.duties_of.get(person, ()):
        if row.day in inside:
            served[row.line].add(row.day)
            call_ins += row.line == Line.CALL_IN
    leaves = sum(row.day in inside for row in view.leaves_of.get(person, ()))
    stood_in = len({(r.day, r.half) for r in view.stood_in_by.get(person, ()) if r.day in inside})
    lines = [len(served[line]) for line in (Line.LUNCH, Line.WEEKEND, Line.HOLIDAY)]
    return (*lines, call_ins, len(served[Line.LEAD]), leaves, stood_in)


def _codes(view: RosterView) -> dict[str, dict[date, list[str]]]:
    """The codes of each person on each date, duties first."""
    found: dict[str, dict[date, list[str]]] = defaultdict(lambda: defaultdict(list))
    for person, rows in view.duties_of.items():
        for (day, line), group in groupby(rows, key=lambda row: (row.day, row.line)):
            found[person][day].append(CODES[line] + _part(view, day, line, list(group)))
    for person, leaves in view.leaves_of.items():
        for day, rows in groupby(leaves, key=lambda row: row.day):
            found[person][day].append("调" + _halves({row.half for row in rows}))
    for person, rows in view.stood_in_by.items():
        halves: dict[date, set[Half]] = defaultdict(set)
        for row in rows:
            halves[row.day].add(row.half)
        for day, which in halves.items():
            found[person][day].append("顶" + _halves(which))
    _add_leave(view, found)
    return found


def _part(view: RosterView, day: date, line: Line, rows: list[DutyRow]) -> str:
    """上 or 下 where only a part of the line's segments is served and it is called so."""
    if line not in (Line.WEEKEND, Line.HOLIDAY):
        return ""
    segments = view.problem.facts.line_segments(line, day)
    served = {row.start for row in rows}
    if len(segments) < 2 or len(served) >= len(segments):
        return ""
    return "".join(dict.fromkeys(row.segment[:1] for row in rows if row.segment))


def _halves(halves: set[Half]) -> str:
    return "" if len(halves) == 2 else next(iter(halves)).value[:1]


def _add_leave(view: RosterView, found: dict[str, dict[date, list[str]]]) -> None:
    """假 and 公 on workdays, without the reason; granted 调休 stands among the leave rows already."""
    facts = view.problem.facts
    for person in view.problem.people:
        for day in facts.workdays:
            if not facts.absences(person.id, day):
                continue
            codes: dict[str, set[Half]] = defaultdict(set)
            for half in Half:
                leave = facts.leave_in(person.id, day, half)
                if leave is not None and leave.kind.value != "调休":
                    codes["公" if leave.kind in WORK_LEAVES else "假"].add(half)
            for code, halves in codes.items():
                found[person.id][day].append(code + _halves(halves))
