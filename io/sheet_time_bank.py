"""时间银行台账: every account line by line with its balance, a closing line per person, the sums of the centre."""

from collections.abc import Sequence

from zhiban.io.bank_lines import Entry, entries_of
from zhiban.io.look import BODY, DATE, TOTAL_FILL, Look, Page
from zhiban.io.roster_view import RosterView
from zhiban.io.sheet_comp_leave import hours
from zhiban.model.records import Person
from zhiban.model.roster import BankRow

SHEET = "时间银行台账"
COLUMNS = (
    ("工号", 9),
    ("姓名", 12),
    ("窗口", 13),
    ("日期", 15),
    ("摘要", 23),
    ("类别", 10),
    ("存入", 8),
    ("支取", 8),
    ("过期", 8),
    ("结余", 8),
    ("到期日", 15),
    ("经办", 8),
    ("负责人签字", 11),
)
CONTRACT = frozenset({"合同", "派遣"})
NOTHING = "本期没有账目"


def write(look: Look, view: RosterView) -> None:
    """All accounts that are not empty, in the order of the windows; hours."""
    page = Page(look, SHEET, [width for _, width in COLUMNS])
    page.title(f"{view.problem.center}{view.period_text}时间银行台账")
    page.seal_line(f"单位：小时；1 天 = {view.problem.policy.standard_day_hours:g} 小时")
    page.header([name for name, _ in COLUMNS])
    entries = entries_of(view)
    bank = {row.person: row for row in view.outcome.judgement.bank}
    shown = [person for person in view.people_by_window if entries.get(person.id)]
    top = page.row
    for column in range(page.columns):
        page.column_style(column, BODY)
    for person in shown:
        _account(page, view, person, entries[person.id], bank.get(person.id))
    if shown and bank:
        _total(page, view, list(bank.values()))
    page.rule((top, 0, page.row - 1, page.columns - 1))
    if not shown:
        page.span((page.row, 0, page.row, page.columns - 1), NOTHING)
        page.tall(page.row, 30)
        page.row += 1
    page.notes(_notes(view))
    page.sign()
    page.finish()


def _account(page: Page, view: RosterView, person: Person, entries: Sequence[Entry], bank: BankRow | None) -> None:
    balance = statutory = 0
    for entry in entries:
        balance += entry.paid_in - entry.drawn - entry.lapsed
        statutory += entry.paid_in if entry.kind == "法定当日" else 0
        amounts = [_amount(m) for m in (entry.paid_in, entry.drawn, entry.lapsed)]
        texts = (person.id, view.name(person.id), view.window_name(person.window))
        row = page.line(
            [*texts, None, entry.text, entry.kind, *amounts, _amount(balance, zero=True)], BODY, 20, ruled=True
        )
        page.put(row, 3, entry.day, DATE._replace(number=view.date_format(entry.day)))
        if entry.expires:
            page.put(row, 10, entry.expires, DATE._replace(number=view.date_format(entry.expires)))
    if bank is None:
        return
    note = ""
    if statutory and person.status in CONTRACT:
        note = f"；法定当日 {hours(statutory)} 小时另按规定"
    _closing(page, view, (person.id, view.name(person.id), view.window_name(person.window)), bank, note)


def _closing(page: Page, view: RosterView, who: tuple[str, str, str], bank: BankRow, note: str = "") -> None:
    """The closing line: 期初, 存入, 支取, 过期, 期末 in hours, 期末 in days too."""
    style = BODY._replace(bold=True, fill=TOTAL_FILL)
    earned = bank.weekend + bank.holiday + bank.lunch + bank.call_in + bank.overtime
    days = bank.closing / 60 / view.problem.policy.standard_day_hours
    text = f"期初 {hours(bank.opening)}，期末 {hours(bank.closing)} 小时（{round(days, 2):g} 天）{note}"
    row = page.row
    for column, value in enumerate(who):
        page.put(row, column, value, style)
    page.span((row, 3, row, 5), f"本期合计：{text}", style._replace(align="left", indent=1))
    page.fit(row, f"本期合计：{text}", sum(page.widths[3:6]), style)
    for column, minutes in enumerate((earned, bank.taken, bank.expired, bank.closing), 6):
        page.put(row, column, _amount(minutes, zero=True), style)
    for column in range(10, page.columns):
        page.put(row, column, "", style)
    page.tall(row, 22)
    page.row += 1


def _total(page: Page, view: RosterView, rows: list[BankRow]) -> None:
    sums = [sum(values) for values in zip(*(_numbers(row) for row in rows), strict=True)]
    _closing(page, view, ("", "全中心", ""), BankRow("", *sums))


def _numbers(row: BankRow) -> tuple[int, ...]:
    return (
        row.opening,
        row.weekend,
        row.holiday,
        row.lunch,
        row.call_in,
        row.overtime,
        row.taken,
        row.expired,
        row.closing,
    )


def _amount(minutes: int, *, zero: bool = False) -> float | None:
    """Hours as a number; an empty cell for nothing."""
    return round(minutes / 60, 2) if minutes or zero else None


def _notes(view: RosterView) -> list[str]:
    lines = ["注：先存先用；到期未休的时长作废。未列人员的账户本期无发生额、无余额。"]
    return lines + [f"　　{note}" for note in view.projected_notes]
