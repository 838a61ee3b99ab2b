"""统计表: what each person did, the spread of every line, the mean of every window, and a chart of the shares."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhiban.io.look import BODY, HEADER, NOT_ASKED, TOTAL_FILL, Look, Page, Style, Value
from zhiban.io.roster_view import RosterView
from zhiban.io.share_chart import insert_share_chart
from zhiban.model.kinds import Line, Presence
from zhiban.model.records import Person

SHEET = "统计表"
COUNTS = ("午间", "周六", "周日", "节假日", "法定当日", "预约件数", "顶岗", "带班", "总小时", "已休小时", "未休小时")
COLUMNS = ("窗口", "工号", "姓名", *COUNTS, "与平均差", "到岗率", "空岗", "应约率")
WIDTHS = (17, 9, 12, *(8.6 for _ in COUNTS), 8.6, 8, 7, 8)
FIRST_COUNT = 3
CHARTED = ("午间", "周六", "周日", "节假日", "预约件数", "带班")
CHART_PEOPLE_AT_MOST = 60
"""People up to which the chart shows each of them; beyond, the mean of each window."""

LINE_OF_COUNT = {
    "午间": Line.LUNCH,
    "周六": Line.WEEKEND,
    "周日": Line.WEEKEND,
    "节假日": Line.HOLIDAY,
    "法定当日": Line.HOLIDAY,
    "预约件数": Line.CALL_IN,
    "带班": Line.LEAD,
}
TOTAL = BODY._replace(fill=TOTAL_FILL)
KEPT = (Presence.NORMAL, Presence.LATE, Presence.EARLY, Presence.SUBSTITUTE)


@dataclass(frozen=True, slots=True)
class Share:
    """The counts of one person, in the order of `COUNTS`."""

    person: Person
    counts: tuple[float, ...]

    @property
    def hours(self) -> float:
        """Hours of duty."""
        return self.counts[COUNTS.index("总小时")]


def write(look: Look, view: RosterView) -> None:
    """People in the order of the windows, then spread and means in the same columns, then the chart."""
    page = Page(look, SHEET, WIDTHS)
    page.title(f"{view.problem.center}{view.period_text}值班统计表")
    page.seal_line("次数为本期值班日数、件数；时长单位：小时")
    page.header(COLUMNS, HEADER._replace(size=11))
    shares = _shares(view)
    means = _group_means(shares)
    people_rows = (page.row, page.row + len(shares) - 1)
    for share in shares:
        _person_line(page, view, share, share.hours - means[_group(share.person)])
    _spread(page, view, shares)
    window_rows = _windows(page, view, shares)
    page.notes(_notes(view))
    page.sign()
    by_person = len(shares) <= CHART_PEOPLE_AT_MOST
    rows, names = (people_rows, 2) if by_person else (window_rows, 0)
    columns = [FIRST_COUNT + COUNTS.index(name) for name in CHARTED]
    title = "各人值班次数" if by_person else "各窗口人均值班次数"
    insert_share_chart(page, SHEET, title, rows, names, columns)
    page.finish()


def _shares(view: RosterView) -> list[Share]:
    bank = {row.person: row for row in view.outcome.judgement.bank}
    served: dict[str, set[str]] = defaultdict(set)
    for row in view.roster.appointments:
        for person in row.people:
            served[person].add(row.appointment)
    shares: list[Share] = []
    for person in view.people_by_window:
        days, minutes = _days(view, person.id)
        weekend = days[Line.WEEKEND]
        saturdays = sum(day.weekday() == 5 for day in weekend)
        statutory = sum(view.problem.day(day).statutory for day in days[Line.HOLIDAY])
        stood_in = len({(row.day, row.half) for row in view.stood_in_by.get(person.id, ())})
        account = bank.get(person.id)
        counts = (
            len(days[Line.LUNCH]),
            saturdays,
            len(weekend) - saturdays,
            len(days[Line.HOLIDAY]),
            statutory,
            len(served[person.id]),
            stood_in,
            len(days[Line.LEAD]),
            round(minutes / 60, 2),
            round(account.taken / 60, 2) if account else 0,
            round(account.closing / 60, 2) if account else 0,
        )
        shares.append(Share(person, counts))
    return shares


def _days(view: RosterView, person: str) -> tuple[dict[Line, set[date]], int]:
    """The dates of each line, and the minutes of all rows that are work."""
    days: dict[Line, set[date]] = defaultdict(set)
    minutes = 0
    for row in view.duties_of.get(person, ()):
        days[row.line].add(row.day)
        if row.line != Line.LEAD or row.credited:
            minutes += row.end - row.start
    return days, minutes


def _group(person: Person) -> str:
    return f"组{person.fairness_group}" if person.fairness_group else f"窗{person.window}"


def _group_means(shares: Sequence[Share]) -> dict[str, float]:
    """Mean hours of each 公平组 (else window)."""
    hours: dict[str, list[float]] = defaultdict(list)
    for share in shares:
        hours[_group(share.person)].append(share.hours)
    return {group: sum(values) / len(values) for group, values in hours.items()}


def _person_line(page: Page, view: RosterView, share: Share, above_mean: float) -> None:
    person = share.person
    values: list[Value] = [view.window_name(person.window), person.id, view.name(person.id), *share.counts]
    values += [round(above_mean, 1), _attendance(view, "person", person.id), NOT_ASKED, NOT_ASKED]
    row = page.line(values, BODY, 20)
    _as_percent(page, row, COLUMNS.index("到岗率"), values[COLUMNS.index("到岗率")], BODY)


def _attendance(view: RosterView, field: str, value: str) -> Value:
    """到岗率 by 实际到岗: kept over recorded; a slash where nothing is recorded."""
    records = [a for a in view.problem.actuals if getattr(a, field) == value and a.person]
    if not records:
        return NOT_ASKED
    return sum(record.presence in KEPT for record in records) / len(records)


def _as_percent(page: Page, row: int, column: int, value: Value, style: Style) -> None:
    if isinstance(value, float):
        page.put(row, column, value, style._replace(number="0%"))


def _spread(page: Page, view: RosterView, shares: Sequence[Share]) -> None:
    """Highest, lowest, spread and mean of each count, among those who could serve its line."""
    could = view.problem.facts.serve_days
    columns: list[list[float]] = []
    for number, name in enumerate(COUNTS):
        line = LINE_OF_COUNT.get(name)
        columns.append([s.counts[number] for s in shares if line is None or could.get((s.person.id, line))])
    rows = (
        ("最高", [max(values, default=0) for values in columns]),
        ("最低", [min(values, default=0) for values in columns]),
        ("极差", [max(values, default=0) - min(values, default=0) for values in columns]),
        ("平均", [sum(values) / len(values) if values else 0 for values in columns]),
    )
    for label, values in rows:
        _total_line(page, label, [round(value, 2) for value in values], (NOT_ASKED,) * 4)


def _total_line(page: Page, label: str, values: Sequence[float], rest: Sequence[Value]) -> int:
    row = page.row
    page.put(row, 0, label, TOTAL)
    page.fit(row, label, page.widths[0], TOTAL)
    page.put(row, 1, "", TOTAL)
    page.put(row, 2, "", TOTAL)
    for column, value in enumerate([*values, *rest], FIRST_COUNT):
        page.put(row, column, value, TOTAL)
        _as_percent(page, row, column, value if COLUMNS[column] in ("到岗率", "应约率") else None, TOTAL)
    page.tall(row, 20)
    page.row += 1
    return row


def _windows(page: Page, view: RosterView, shares: Sequence[Share]) -> tuple[int, int]:
    """The mean per person of each window, its empty posts and kept appointments; first and last row."""
    by_window: dict[str, list[Share]] = defaultdict(list)
    for share in shares:
        by_window[share.person.window].append(share)
    empty: dict[str, int] = defaultdict(int)
    for found in view.outcome.judgement.unmet:
        if found.code == "D2":
            empty[found.window] += found.amount
    first = page.row
    for window in view.problem.windows:
        own = by_window[window.id]
        means = [round(sum(s.counts[n] for s in own) / len(own), 2) if own else 0 for n in range(len(COUNTS))]
        rows = [row for row in view.roster.appointments if row.window == window.id]
        kept: Value = sum(row.met for row in rows) / len(rows) if rows else NOT_ASKED
        rest = (NOT_ASKED, _attendance(view, "window", window.id), empty[window.id], kept)
        row = _total_line(page, view.window_name(window.id), means, rest)
        page.put(row, 2, f"人均（{len(own)}人）", TOTAL)
    return first, page.row - 1


def _notes(view: RosterView) -> list[str]:
    lines = [
        "注：与平均差为总小时减本公平组（未设公平组的为本窗口）平均；极差按能参加该线的人员计算。",
        "　　窗口行为人均；空岗为岗位无人的时段数；到岗率按实际到岗计算，“／”为无记录或不适用。",
    ]
    return lines + [f"　　{note}" for note in view.projected_notes]
