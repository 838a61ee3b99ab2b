"""午间值班表: one block a week, a row a window, a column a day; the month's counts per person at the end."""

from collections import defaultdict
from datetime import date, timedelta

from zhiban.io.duty_plan import (
    DATE_ROW,
    DAY_COLUMN,
    KEY_COLUMN,
    KEY_MARK,
    DutyDay,
    DutyPlan,
    column_key,
    row_key,
)
from zhiban.io.look import (
    BODY,
    HEADER,
    HOLIDAY_FILL,
    KEY,
    LEFT,
    LINE_SPACING,
    NOT_ASKED,
    TOTAL_FILL,
    VACANT,
    Look,
    Page,
    Style,
    lines_of,
)
from zhiban.io.pagination import page_height, page_units, paged
from zhiban.io.roster_view import RosterView
from zhiban.model.kinds import Line
from zhiban.model.segments import Segment

SHEET = "午间值班表"
NO_DUTY = "本期午间不安排值班"
ROW = 22
HEAD_HEIGHT = 90
DATE_STYLE = HEADER._replace(size=11)
REST = "休"


def write(look: Look, view: RosterView) -> None:
    """The lunch table, read back when edited."""
    _LunchTable(look, view).write()


class _LunchTable:
    def __init__(self, look: Look, view: RosterView) -> None:
        self.view = view
        self.plan = DutyPlan(view, (Line.LUNCH,))
        self.by_date = {day.day: day for day in self.plan.days}
        self.segments = self.plan.segments if self.plan.by_turn else []
        self.weekdays = self._weekdays()
        self.before = 2 if self.segments else 1
        page_width = page_units(True)
        widths = [18.0, 9.0][: self.before]
        each = (page_width - sum(widths) - 8 - 0.7 * (len(self.weekdays) + 3)) / len(self.weekdays)
        self.page = Page(look, SHEET, [*widths, *(each for _ in self.weekdays), 8, 4])
        self.shown = self.page.columns - 1

    def write(self) -> None:
        """Title, weeks, counts, notes."""
        self._head()
        weeks = self._weeks()
        heights = [self._heights(monday) for monday in weeks]
        breaks: list[int] = []
        for piece in paged(heights, page_height(True) - HEAD_HEIGHT):
            if piece.new_page:
                breaks.append(self.page.row)
            if piece.first == 0 or piece.new_page:
                self._date_row(weeks[piece.day])
            for row in range(max(piece.first, 1), piece.last):
                self._window_row(weeks[piece.day], row - 1)
        self.page.sheet.set_h_pagebreaks(breaks)
        if self.plan.days:
            self._counts()
        else:
            self.page.span((self.page.row, 0, self.page.row, self.shown - 1), NO_DUTY)
            self.page.tall(self.page.row, 30)
            self.page.row += 1
        self.page.notes(self._notes(), self.shown)
        self.page.sign(self.shown)
        self.page.sheet.print_area(0, 0, self.page.row - 1, self.shown - 1)
        self.page.finish()

    def _head(self) -> None:
        page, view = self.page, self.view
        page.title(f"{view.problem.center}{view.period_text}午间值班表", self.shown)
        page.seal_line(f"午间模式：{view.problem.policy.lunch_mode}", self.shown)
        for column in range(len(self.weekdays)):
            page.put(page.row, self.before + column, column_key(DAY_COLUMN), KEY)
        page.put(page.row, self.shown, column_key(KEY_COLUMN), KEY)
        page.hide_row(page.row)
        page.row += 1
        names = ["窗口", "时段"][: self.before]
        page.header([*names, *(f"星期{'一二三四五六日'[n]}" for n in self.weekdays), "人次"])
        page.sheet.set_column(self.shown, self.shown, 4, None, {"hidden": True})

    def _weekdays(self) -> list[int]:
        """Monday to Friday, and the weekend days on which the centre works (调休上班)."""
        extra = {day.day.weekday() for day in self.plan.days if day.day.weekday() >= 5}
        return [*range(5), *sorted(extra)]

    def _weeks(self) -> list[date]:
        """The Mondays of the weeks in which there is lunch duty."""
        return sorted({day.day - timedelta(day.day.weekday()) for day in self.plan.days})

    def _date_row(self, monday: date) -> None:
        page = self.page
        page.put(page.row, 0, "日期", DATE_STYLE)
        if self.before == 2:
            page.put(page.row, 1, "", DATE_STYLE)
        for column, weekday in enumerate(self.weekdays, self.before):
            day = monday + timedelta(weekday)
            style = DATE_STYLE._replace(number=self.view.month_day_format(day))
            page.put(page.row, column, day, style)
        page.put(page.row, self.shown - 1, "", DATE_STYLE)
        page.put(page.row, self.shown, DATE_ROW + KEY_MARK, KEY)
        page.tall(page.row, ROW)
        page.row += 1

    def _heights(self, monday: date) -> list[float]:
        """The heights of a week's rows, its date row first."""
        heights: list[float] = [ROW]
        for number in range(len(self.plan.windows) * max(1, len(self.segments))):
            window, segment = self._place(number)
            texts = [self._cell(monday + timedelta(weekday), window, segment)[0] for weekday in self.weekdays]
            lines = max(lines_of(text, self.page.widths[self.before], BODY.size) for text in texts)
            lines = max(lines, lines_of(self.view.window_name(window), self.page.widths[0], BODY.size))
            heights.append(max(ROW, lines * BODY.size * LINE_SPACING + 6))
        return heights

    def _window_row(self, monday: date, number: int) -> None:
        page = self.page
        window, segment = self._place(number)
        label = self.view.window_name(window)
        page.put(page.row, 0, label, BODY)
        page.fit(page.row, label, page.widths[0])
        if segment:
            page.put(page.row, 1, segment, BODY)
        served = 0
        for column, weekday in enumerate(self.weekdays, self.before):
            day = monday + timedelta(weekday)
            text, style, people = self._cell(day, window, segment)
            served += people
            page.put(page.row, column, text, style)
            page.fit(page.row, text, page.widths[column])
        page.put(page.row, self.shown - 1, served, BODY)
        page.put(page.row, self.shown, row_key(None, Line.LUNCH, segment, window, ()), KEY)
        page.tall(page.row, ROW)
        page.row += 1

    def _place(self, number: int) -> tuple[str, str]:
        """Window and segment of the n-th row of a block."""
        if not self.segments:
            return self.plan.windows[number], ""
        window, segment = divmod(number, len(self.segments))
        return self.plan.windows[window], self.segments[segment]

    def _cell(self, day: date, window: str, segment: str) -> tuple[str, Style, int]:
        """Text, style and number of people of a cell."""
        found = self.by_date.get(day)
        if not self.view.problem.holds(day):
            return "", BODY._replace(fill=TOTAL_FILL), 0
        if found is None:
            workday = self.view.problem.day(day).is_workday
            return NOT_ASKED if workday else REST, BODY._replace(fill="" if workday else HOLIDAY_FILL), 0
        turn, segments = self._turn(found, segment)
        if not segments or window not in found.windows:
            return NOT_ASKED, BODY, 0
        return (
            self.plan.cell(found, window, turn, segments, self.page.widths[self.before]),
            BODY,
            len(self.plan.people(found, window, segments)),
        )

    def _turn(self, day: DutyDay, segment: str) -> tuple[tuple[Segment, ...], list[Segment]]:
        """The turn in which a segment lies, and the segments that the row is about."""
        for turn in day.turns:
            here = [s for s in turn if not segment or s.name == segment]
            if here:
                return turn, here
        return (), []

    def _counts(self) -> None:
        """The month's lunch duties per person, a row a window, for the lunch allowance."""
        page, view = self.page, self.view
        counts: dict[str, set[tuple[date, int]]] = defaultdict(set)
        by_turn = self.plan.by_turn
        for row in view.roster.duties:
            if row.line == Line.LUNCH:
                counts[row.person].add((row.day, row.start if by_turn else 0))
        page.span((page.row, 0, page.row, self.shown - 1), "本期午间值班次数统计", HEADER)
        page.tall(page.row, 26)
        page.row += 1
        last = self.shown - 2
        for window in view.problem.windows:
            people = [p for p in view.problem.people_of[window.id] if counts[p.id]]
            if not people:
                continue
            text = "、".join(f"{view.name(p.id)} {len(counts[p.id])}次" for p in people)
            page.put(page.row, 0, view.window_name(window.id), BODY)
            page.span((page.row, 1, page.row, last), text, LEFT)
            page.put(page.row, last + 1, sum(len(counts[p.id]) for p in people), BODY)
            page.tall(page.row, ROW)
            page.fit(page.row, text, sum(page.widths[1 : last + 1]), LEFT)
            page.row += 1

    def _notes(self) -> list[str]:
        hours = self.plan.hours()
        lines = [f"值班时间：{hours}。"] if hours else []
        lines += [f"{self.view.day_text(day.day)}：{'；'.join(day.remarks)}。" for day in self.plan.days if day.remarks]
        lines.append("午间值班人员错时就餐；因故不能到岗须提前报窗口负责人并落实顶岗人员。")
        lines.append(f"“{VACANT}”为缺人，见问题清单；“{NOT_ASKED}”为该窗口当日不单独设岗；“{REST}”为休息日。")
        lines.append("带班：__________　　监督电话：__________")
        lines += self.view.projected_notes
        return [f"注：{line}" if n == 0 else f"　　{line}" for n, line in enumerate(lines)]
