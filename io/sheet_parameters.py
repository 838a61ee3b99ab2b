"""参数与日历: every setting with its source at the left, the class of every date with its source at the right."""

from datetime import date
from itertools import zip_longest

from zhiban.io.look import BODY, DATE, LEFT, NOT_ASKED, Look, Page
from zhiban.io.machine_rows import settings, versions
from zhiban.io.roster_view import RosterView
from zhiban.model.segments import SegmentRow

SHEET = "参数与日历"
LEFT_COLUMNS = (("参数", 20), ("值", 19), ("来源", 34))
GAP = 1.5
RIGHT_COLUMNS = (("日期", 18), ("星期", 8), ("日类", 10), ("节日", 9), ("标志", 15), ("来源", 7))


def write(look: Look, view: RosterView) -> None:
    """Settings, segments and the run at the left; the calendar of the period at the right."""
    widths = [*(w for _, w in LEFT_COLUMNS), GAP, *(w for _, w in RIGHT_COLUMNS)]
    page = Page(look, SHEET, widths, landscape=False)
    page.title(f"{view.problem.center}{view.period_text}参数与日历")
    page.seal_line(f"服务方案：{view.problem.preset}")
    page.header([*(name for name, _ in LEFT_COLUMNS), "", *(name for name, _ in RIGHT_COLUMNS)])
    for left, day in zip_longest(_left(view), view.problem.dates):
        _line(page, view, left, day)
    page.notes([f"注：{note}" for note in view.projected_notes])
    page.sign()
    page.finish()


def _left(view: RosterView) -> list[tuple[str, str, str]]:
    """Settings, then the segments in force, then program, seed and run time."""
    rows = [(name, value, source or "服务方案") for name, value, source in settings(view.problem)]
    rows += [
        (f"时段：{s.kind} {s.name}", _segment(view, s), "作息时段" if s.row else "服务方案")
        for s in view.problem.segments
    ]
    run = dict(view.outcome.info) | {k: v for k, v in versions() if k not in view.outcome.info}
    return rows + [(name, value, "求解信息") for name, value in run.items()]


def _segment(view: RosterView, row: SegmentRow) -> str:
    """9:00-12:00, with its days and season where it has them."""
    parts = [view.span_text(row.start, row.end), "、".join(row.days)]
    ends = [f"{end[0]}月{end[1]}日" if end else "" for end in (row.season_from, row.season_to)]
    if any(ends):
        parts.append("至".join(ends))
    return " ".join(part for part in parts if part)


def _line(page: Page, view: RosterView, left: tuple[str, str, str] | None, day: date | None) -> None:
    row = page.row
    for column, text in enumerate(left or ()):
        style = LEFT if column else BODY
        page.put(row, column, text, style)
        page.fit(row, text, page.widths[column], style)
    if day is not None:
        _day(page, view, row, day)
    page.tall(row, 18)
    page.row += 1


def _day(page: Page, view: RosterView, row: int, day: date) -> None:
    info = view.problem.day(day)
    style = BODY._replace(fill=view.fill(day))
    flags = (("法定当日", info.statutory), ("仅预约", info.booking_only), ("推算", info.projected))
    values = (
        info.day_class.value,
        info.name or NOT_ASKED,
        "、".join(name for name, holds in flags if holds) or NOT_ASKED,
        str(info.source),
    )
    first = len(LEFT_COLUMNS) + 1
    page.put(row, first, day, DATE._replace(number=view.date_format(day), fill=style.fill))
    page.put(row, first + 1, f"星期{info.weekday}", style)
    for column, value in enumerate(values, first + 2):
        page.put(row, column, value, style)
        page.fit(row, value, page.widths[column], style)
