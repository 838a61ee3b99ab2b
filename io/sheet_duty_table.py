"""值班表 (weekends and holidays): one column a window for up to ten windows, else one row a date and window."""

from collections.abc import Sequence
from functools import cached_property

from zhiban.io.duty_plan import (
    KEY_COLUMN,
    LEAD_COLUMN,
    SEGMENT_COLUMN,
    WINDOW_COLUMN,
    DutyDay,
    DutyPlan,
    column_key,
    row_key,
)
from zhiban.io.look import (
    BODY,
    HEADER,
    KEY,
    LEFT,
    LINE_SPACING,
    NOT_ASKED,
    TOTAL_FILL,
    Look,
    Page,
    Style,
    lines_of,
)
from zhiban.io.pagination import Piece, page_height, page_heights, page_units, paged, scale_of
from zhiban.io.roster_view import RosterView
from zhiban.model.kinds import Line
from zhiban.model.segments import Segment

SHEET = "值班表"
PUBLIC_SHEET = "公示版"
WIDE_AT_MOST = 10
"""Windows up to which each has a column of its own."""

TWO_PAGES_AT_MOST = 12
"""Windows up to which a month's long table is laid on two pages."""

WIDE_ROW = 26
LONG_ROW = 15.5
HEAD_HEIGHT = 84
FOOT_HEIGHT = 110
WINDOW_WIDTH, HEAD_WIDTH = 16, 9
WIDE_FOOT = 130
MOST_SHRINK = 1.45
"""How far a wide table may be shrunk to come out on one page."""
LINES = (Line.WEEKEND, Line.HOLIDAY)
NO_DUTY = "本期周末及节假日不安排值班"


def write(look: Look, view: RosterView) -> None:
    """The duty table for the office: with phones and remarks, read back when edited."""
    _Table(look, view, SHEET, public=False).write()


def write_public(look: Look, view: RosterView) -> None:
    """The table for the public: no mobile phones unless 公示隐藏手机 is 否, hotlines under it."""
    _Table(look, view, PUBLIC_SHEET, public=True).write()


class _Table:
    def __init__(self, look: Look, view: RosterView, name: str, *, public: bool) -> None:
        self.look, self.view, self.name, self.public = look, view, name, public
        self.plan = DutyPlan(view, LINES)
        self.leads = bool(self.plan.groups)
        self.phones = self.leads and (not public or not view.problem.policy.hide_phones)

    def date_width(self, usual: float) -> float:
        """Width of the date column, with room for 推算 where it is needed."""
        return 14.5 if self.view.projected_notes else usual

    def write(self) -> None:
        """The variant that suits the number of windows."""
        if len(self.plan.windows) <= WIDE_AT_MOST:
            self._write_wide()
        else:
            self._write_long()

    # ---- one column a window ----------------------------------------------------------------------------------

    def _write_wide(self) -> None:
        plan, view = self.plan, self.view
        columns: list[tuple[str, float, str]] = [("日期", self.date_width(10), ""), ("星期", 10, "")]
        if plan.by_turn:
            columns.append(("时段", 7, ""))
        if self.leads:
            columns.append(("带班领导", 18 if len(plan.groups) > 1 else 12, column_key(LEAD_COLUMN)))
        if self.phones:
            columns.append(("带班电话", 14, ""))
        left = (
            page_units(True) - sum(width for _, width, _ in columns) - 14 - 0.7 * len(columns) - 0.7 * len(plan.windows)
        )
        each = max(9.5, min(22, left / max(1, len(plan.windows))))
        columns += [(view.window_name(w), each, column_key(WINDOW_COLUMN, w)) for w in plan.windows]
        columns.append(("备注", 14, ""))
        stretch, room, heights = self._wide_layout([width for _, width, _ in columns], each)
        columns = [(name, width * stretch, key) for name, width, key in columns]
        columns.append((KEY_COLUMN, 4, column_key(KEY_COLUMN)))
        page = self._page(columns, landscape=True)
        breaks: list[int] = []
        for piece in paged(heights, room):
            if piece.new_page:
                breaks.append(page.row)
            # A day has few turns: a piece is always a whole day.
            self._wide_day(page, plan.days[piece.day])
        page.sheet.set_h_pagebreaks(breaks)
        self._wide_foot(page)
        self._close(page)

    def _wide_layout(self, widths: list[float], each: float) -> tuple[float, float, list[list[float]]]:
        """How far the columns are widened (which shrinks the print), what a page then holds, the heights of the days.

        What is a little too long for one page is shrunk onto it; the rest flows over as many as it needs.
        """
        usual = page_height(True) / scale_of(widths, True)
        # One height a day: a day is never cut, however many turns it has.
        heights = [[self._wide_height(day, each)] for day in self.plan.days]
        total = sum(height for (height,) in heights)
        needed = HEAD_HEIGHT + total + 2 * WIDE_ROW + WIDE_FOOT
        if needed <= usual * MOST_SHRINK:
            return max(1.0, needed / usual), total + 1, heights
        return 1.0, usual - HEAD_HEIGHT, heights

    def _wide_height(self, day: DutyDay, width: float) -> float:
        """The height of a day's rows."""
        total = 0.0
        for turn in day.turns or [()]:
            texts = [self.plan.cell(day, window, turn, turn, width) for window in self.plan.windows]
            lines = max((lines_of(text, width, BODY.size) for text in texts), default=1)
            total += max(WIDE_ROW, lines * BODY.size * LINE_SPACING + 6)
        return total

    def _wide_day(self, page: Page, day: DutyDay) -> None:
        fill = Style(fill=self.view.fill(day.day))
        first, rows = page.row, max(1, len(day.turns))
        for number in range(rows):
            turn: tuple[Segment, ...] = day.turns[number] if day.turns else ()
            segment = turn[0].name if turn and len(day.turns) > 1 else ""
            column = 2
            if self.plan.by_turn:
                page.put(page.row, column, segment or NOT_ASKED, fill)
                column += 1
            column += self.leads + self.phones
            for window in self.plan.windows:
                width = page.widths[column]
                text = self.plan.cell(day, window, turn, turn, width) if day.open else NOT_ASKED
                self._text(page, page.row, column, text, fill)
                column += 1
            self._key(page, row_key(day.day, day.line, segment, "", day.groups if number == 0 else ()))
            page.tall(page.row, WIDE_ROW)
            page.row += 1
        self._day_cells(page, day, (first, page.row - 1), fill, day.groups)

    def _wide_foot(self, page: Page) -> None:
        """Head and phone of each window, under its column."""
        if not self.plan.windows:
            return
        before = 2 + self.plan.by_turn + self.leads + self.phones
        style = BODY._replace(fill=TOTAL_FILL)
        for label, words in (
            ("窗口负责人", [self.view.head_of(w) for w in self.plan.windows]),
            ("窗口电话", [self.view.problem.window[w].phone for w in self.plan.windows]),
        ):
            page.span((page.row, 0, page.row, before - 1), label, style)
            for column, word in enumerate(words, before):
                self._text(page, page.row, column, word or NOT_ASKED, style)
            page.put(page.row, page.columns - 2, "", style)
            page.tall(page.row, WIDE_ROW)
            page.row += 1

    # ---- one row a date and window ----------------------------------------------------------------------------

    def _write_long(self) -> None:
        plan = self.plan
        columns: list[tuple[str, float, str]] = [("日期", self.date_width(9.5), ""), ("星期", 8.5, "")]
        if self.leads:
            columns.append(("带班领导", 10, column_key(LEAD_COLUMN)))
        if self.phones:
            columns.append(("电话", 13, ""))
        columns += [("窗口", WINDOW_WIDTH, ""), ("负责人", HEAD_WIDTH, "")]
        columns += [(name, self._segment_width, column_key(SEGMENT_COLUMN, name)) for name in plan.segments]
        columns += [("窗口电话", 14, ""), ("备注", 9, "")]
        heights = [[self._long_height(day, w) for w in day.windows or [""]] for day in plan.days]
        stretch, room = self._layout([width for _, width, _ in columns], heights)
        columns = [(name, width * stretch, key) for name, width, key in columns]
        columns.append((KEY_COLUMN, 4, column_key(KEY_COLUMN)))
        page = self._page(columns, landscape=False)
        breaks: list[int] = []
        for piece in paged(heights, room):
            if piece.new_page:
                breaks.append(page.row)
            self._long_piece(page, plan.days[piece.day], piece)
        page.sheet.set_h_pagebreaks(breaks)
        self._close(page)

    @cached_property
    def _segment_width(self) -> float:
        """Room for one name, or for two where some duty has two people."""
        days = self.plan.days
        served = (len(self.plan.people(d, w, turn)) for d in days for w in d.windows for turn in d.turns)
        return 11 if max(served, default=1) < 2 else 15

    def _long_height(self, day: DutyDay, window: str) -> float:
        """The height of the row of a window."""
        people = [self.plan.cell(day, window, turn, turn, self._segment_width) for turn in day.turns if window]
        lines = max((lines_of(text, self._segment_width, BODY.size) for text in people), default=1)
        lines = max(lines, lines_of(self.view.window_name(window), WINDOW_WIDTH, BODY.size))
        lines = max(lines, lines_of(self.view.head_of(window), HEAD_WIDTH, BODY.size))
        return LONG_ROW if lines == 1 else lines * BODY.size * LINE_SPACING + 6

    def _layout(self, widths: list[float], heights: list[list[float]]) -> tuple[float, float]:
        """How far the columns are widened (which shrinks the print), and what a page then holds, in points.

        A month of up to twelve windows is shrunk onto two pages; larger halls flow over as many as they need.
        """
        usual = page_height(False) / scale_of(widths, False)
        room, total = usual - HEAD_HEIGHT - FOOT_HEIGHT, sum(sum(rows) for rows in heights)
        if len(self.plan.windows) > TWO_PAGES_AT_MOST or len(self.view.problem.dates) > 31 or total <= room:
            return 1.0, room
        least = max(sum(rows) for rows in heights)
        # The smallest page that two of hold everything, found by trying the heights of runs of days.
        tried = (sum(sum(rows) for rows in heights[:number]) for number in range(1, len(heights) + 1))
        half = next(height for height in tried if height >= least and len(page_heights(heights, height)) <= 2)
        first, last = (page_heights(heights, half) * 2)[:2]
        needed = max(first + HEAD_HEIGHT, last + HEAD_HEIGHT + FOOT_HEIGHT)
        return max(1.0, needed / usual), half

    def _long_piece(self, page: Page, day: DutyDay, piece: Piece) -> None:
        fill = Style(fill=self.view.fill(day.day))
        first = page.row
        windows: Sequence[str] = day.windows[piece.first : piece.last] or [""]
        for window in windows:
            self._long_row(page, day, window, fill)
        self._day_cells(page, day, (first, page.row - 1), fill, (), leads=False)
        if self.leads:
            self._long_leaders(page, day, windows, first, fill)

    def _long_row(self, page: Page, day: DutyDay, window: str, fill: Style) -> None:
        known = self.view.problem.window.get(window)
        column = 2 + self.leads + self.phones
        self._text(page, page.row, column, self.view.window_name(window) if window else NOT_ASKED, fill)
        self._text(page, page.row, column + 1, self.view.head_of(window) or NOT_ASKED, fill)
        column += 2
        for name in self.plan.segments:
            text = NOT_ASKED
            for turn in day.turns:
                here = [segment for segment in turn if segment.name == name]
                if here and window:
                    text = self.plan.cell(day, window, turn, here, page.widths[column])
            self._text(page, page.row, column, text, fill)
            column += 1
        self._text(page, page.row, column, known.phone if known and known.phone else NOT_ASKED, fill)
        groups = self._groups_of(day, window)
        self._key(page, row_key(day.day, day.line, "", window, groups if self._leads_here(page, day, window) else ()))
        page.tall(page.row, LONG_ROW)
        page.row += 1

    def _groups_of(self, day: DutyDay, window: str) -> list[str]:
        """The leader group of a window on a day (all the day's where no window stands)."""
        groups = self.view.problem.facts.leader_groups
        return [g for g in day.groups if not window or window in groups.get(g, ())]

    def _leads_here(self, page: Page, day: DutyDay, window: str) -> bool:
        """Whether the leader cell of the window's group begins in this row."""
        here = (day.day, *self._groups_of(day, window))
        begins = self._last_led != (here, page.row - 1)
        self._last_led = (here, page.row)
        return begins

    _last_led: tuple[tuple[object, ...], int] | None = None

    def _long_leaders(self, page: Page, day: DutyDay, windows: Sequence[str], first: int, fill: Style) -> None:
        """The leader of each run of windows of one group, merged over the run."""
        start = 0
        for number in range(1, len(windows) + 1):
            groups = self._groups_of(day, windows[start])
            if number < len(windows) and self._groups_of(day, windows[number]) == groups:
                continue
            rows = (first + start, first + number - 1)
            self._leader_cells(page, day, rows, 2, groups, fill)
            start = number

    # ---- what both have ---------------------------------------------------------------------------------------

    def _page(self, columns: Sequence[tuple[str, float, str]], *, landscape: bool) -> Page:
        """A page with title, seal line, hidden keys and header; the last column holds the row keys and is hidden."""
        view = self.view
        page = Page(self.look, self.name, [width for _, width, _ in columns], landscape=landscape)
        shown = len(columns) - 1
        kind = "周末无休值班公示" if self.public else "周末无休值班表"
        page.title(f"{view.problem.center}{view.period_text}{kind}", shown)
        if not self.public:
            page.seal_line(f"服务方案：{view.problem.preset}", shown)
            for column, (_, _, key) in enumerate(columns):
                if key:
                    page.put(page.row, column, key, KEY)
            page.hide_row(page.row)
            page.row += 1
        for column, (name, width, _) in enumerate(columns[:-1]):
            page.put(page.row, column, name, HEADER)
            page.fit(page.row, name, width, HEADER)
        page.tall(page.row, 26)
        page.row += 1
        page.repeat_above()
        page.sheet.set_column(shown, shown, 4, None, {"hidden": True})
        return page

    def _key(self, page: Page, key: str) -> None:
        if not self.public:
            page.put(page.row, page.columns - 1, key, KEY)

    def _text(self, page: Page, row: int, column: int, text: str, style: Style) -> None:
        page.put(row, column, text, style)
        page.fit(row, text, page.widths[column], style)

    def _day_cells(
        self, page: Page, day: DutyDay, rows: tuple[int, int], fill: Style, groups: Sequence[str], *, leads: bool = True
    ) -> None:
        """Date, weekday, leader and remark of a day, merged over its rows."""
        first, last = rows
        page.span((first, 0, last, 0), day.day, fill._replace(number=self.view.month_day_format(day.day)))
        weekday = self.view.weekday(day.day)
        page.span((first, 1, last, 1), weekday, fill)
        page.fit(first, weekday, page.widths[1], fill)
        if self.leads and leads:
            self._leader_cells(page, day, rows, 2 + self.plan.by_turn, groups, fill)
        remark = "；".join(day.remarks)
        place = page.columns - 2
        page.span((first, place, last, place), remark, LEFT._replace(fill=fill.fill))
        self._fit_over(page, rows, remark, page.widths[place], fill)

    def _leader_cells(
        self, page: Page, day: DutyDay, rows: tuple[int, int], column: int, groups: Sequence[str], fill: Style
    ) -> None:
        first, last = rows
        text = self.plan.leaders(day, groups)
        page.span((first, column, last, column), text, fill)
        self._fit_over(page, rows, text, page.widths[column], fill)
        if self.phones:
            page.span((first, column + 1, last, column + 1), self.plan.leaders(day, groups, names=False), fill)

    def _fit_over(self, page: Page, rows: tuple[int, int], text: str, width: float, style: Style) -> None:
        """Share the height a merged text needs among its rows."""
        first, last = rows
        page.share_height(range(first, last + 1), text, width, style)

    def _close(self, page: Page) -> None:
        """Notes, hotlines or signatures, and the print area without the keys."""
        shown = page.columns - 1
        if not self.plan.days:
            page.span((page.row, 0, page.row, shown - 1), NO_DUTY, BODY)
            page.tall(page.row, 30)
            page.row += 1
        page.notes(self._notes(), shown)
        if not self.public:
            page.sign(shown)
        page.sheet.print_area(0, 0, page.row - 1, shown - 1)
        page.finish()

    def _notes(self) -> list[str]:
        hours = self.plan.hours()
        lines = [f"值班时间：{hours}。"] if hours else []
        if self.public:
            lines += hotline_notes(self.view)
        else:
            lines.append("因故不能到岗须提前一天报窗口负责人并落实顶岗人员。")
            lines.append("“—”为缺人，见问题清单；“／”为该窗口当时不单独设岗；备注“预约服务”的日期见节假日预约派单表。")
        lines += self.view.projected_notes
        return [f"注：{lines[0]}" if not n else f"　　{line}" for n, line in enumerate(lines)]


def hotline_notes(view: RosterView) -> list[str]:
    """Phones for the public: of the information desk and of the desk for complaints, else left to fill in."""
    phones = {w.category: f"{w.name} {w.phone}" for w in reversed(view.problem.windows) if w.phone}
    return [
        f"预约咨询电话：{phones.get('咨询台', '____________')}。",
        f"监督投诉电话：{phones.get('办不成事', '____________')}。",
    ]
