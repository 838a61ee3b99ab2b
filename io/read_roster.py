"""Reads a roster back from the machine sheets of 值班表.xlsx alone, also after Excel, WPS or LibreOffice saved it."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from zhiban.io.edited_rows import Key, PlacedRow, emptied_rows, placed_rows
from zhiban.io.machine_rows import CENTER_ITEM, FIRST_ITEM, FORMAT_ITEM, FORMAT_VERSION, LAST_ITEM
from zhiban.io.machine_sheets import MACHINE_SHEETS
from zhiban.io.name_book import NameBook
from zhiban.io.raw_workbook import RawWorkbook, SheetEntry, UnreadableError
from zhiban.io.roster_cells import Table, TableRow, as_day, plain_text, read_table
from zhiban.io.roster_digest import DIGEST_ITEM, digest_of, unpacked
from zhiban.io.roster_rows import (
    Label,
    appointment_of,
    bank_of,
    count_of,
    duty_labels,
    finding_of,
    leave_of,
    lot_of,
    stand_in_of,
    tier_of,
)
from zhiban.model.errors import Complaint, InputError
from zhiban.model.kinds import Line
from zhiban.model.problem import Previous, Problem
from zhiban.model.records import History, OpeningLot
from zhiban.model.roster import (
    BankRow,
    DutyRow,
    Finding,
    Roster,
    TierValue,
)
from zhiban.model.stated import Stated, stated_by

OPTIONAL_COLUMNS = {
    "星期", "日类", "窗口名称", "姓名", "时段", "岗位编号", "预约编号", "锁定", "原因", "顶岗人", "到期日",
    "最近值班日", "下界", "建议", "对象", "说明", "名称",
}  # fmt: skip
"""Columns that can be worked out or are open; a roster without them can still be rebuilt (时段 of 调休明细 cannot)."""

NEEDED_ALL_THE_SAME = {("调休明细", "时段"), ("顶岗明细", "时段"), ("顶岗明细", "顶岗人")}
OPTIONAL_SHEETS = {"问题明细"}


@dataclass(frozen=True, slots=True)
class RosterFile:
    """A roster workbook as read.

    `written` is 排班明细 as the program wrote it (None: unknown), `placed` its rows now with their places.
    `people`, `windows` are the names that the sheets give, by id; `bank`, `lots`, `counts`, `tiers` what they state;
    `sheets` the machine sheets that are there, `emptied` the places of rows of 排班明细 that name nobody any more.
    """

    path: Path
    center: str
    first: date
    last: date
    roster: Roster
    tiers: tuple[TierValue, ...]
    bank: tuple[BankRow, ...]
    lots: tuple[OpeningLot, ...]
    counts: tuple[History, ...]
    findings: tuple[Finding, ...]
    info: dict[str, str]
    labels: tuple[Label, ...]
    placed: tuple[PlacedRow, ...]
    people: dict[str, str]
    windows: dict[str, str]
    written: tuple[DutyRow, ...] | None
    sheets: frozenset[str]
    emptied: tuple[Key, ...] = ()

    @property
    def stated(self) -> Stated:
        """What the roster says of itself beside its rows; None for sheets that are not there."""
        said = stated_by(self.bank, self.lots, self.counts, self.tiers)
        return Stated(
            said.bank if "时间银行" in self.sheets else None,
            said.closing_lots if "期末余额" in self.sheets else None,
            said.closing_counts if "期末累计" in self.sheets else None,
            said.tiers if "目标层级" in self.sheets else None,
        )

    @property
    def edited(self) -> bool:
        """Whether 排班明细 is no longer what the program wrote."""
        return digest_of(found.row for found in self.placed) != self.info.get(DIGEST_ITEM)

    @property
    def previous(self) -> Previous:
        """What the next month is told of this one."""
        return Previous(first=self.first, last=self.last, duties=self.roster.duties, leaves=self.roster.leaves)


def read_roster(path: str | Path, problem: Problem | None = None, *, by_hand: bool = False) -> RosterFile:
    """The roster of a workbook.

    With a problem its centre must be the roster's, every 工号 and 窗口编号 must be known, and a 姓名 typed into
    排班明细 counts. `by_hand`: only 排班明细 must be there (a roster made without the program; it needs the problem).
    `InputError` names missing sheets and columns, another program's workbook, an older version, and every cell that
    cannot be read.
    """
    with opened(path) as book:
        return roster_in(book, Path(path), problem, by_hand=by_hand)


def roster_in(book: RawWorkbook, path: Path, problem: Problem | None, *, by_hand: bool = False) -> RosterFile:
    """The roster of an open workbook; see `read_roster`."""
    tables = _tables(book, path.name, by_hand=by_hand and problem is not None)
    complaints = tables["排班明细"].complaints
    file = _rebuilt(path, tables, problem)
    if problem is not None:
        complaints += _strangers(file, problem, tables)
    if complaints:
        raise InputError(complaints)
    return file


def info_of(path: str | Path) -> dict[str, str]:
    """求解信息 of a roster workbook alone; empty where there is none."""
    with opened(path) as book:
        entry = next((e for e in book.sheets if plain_text_of(e) == "求解信息"), None)
        if entry is None:
            return {}
        return _info(read_table(book, entry, MACHINE_SHEETS["求解信息"], (), []))


def placed_in(book: RawWorkbook, name: str) -> list[PlacedRow]:
    """The rows of 排班明细 of an open workbook with their places, by 工号 alone."""
    tables = _tables(book, name, by_hand=True)
    return placed_rows(tables["排班明细"], None, None)


def require_period(file: RosterFile, problem: Problem) -> None:
    """`InputError` where the roster is of another period than the problem (for a re-solve, a check, an answer)."""
    if (file.first, file.last) != (problem.first, problem.last):
        text = f"值班表是 {file.first} 至 {file.last} 的，输入是 {problem.first} 至 {problem.last} 的"
        advice = "请选用同一期间的值班表，或修改基本设置的开始日期和结束日期"
        raise InputError([Complaint("求解信息", 0, "值", str(file.first), text, advice, cell="求解信息")])


@contextmanager
def opened(path: str | Path) -> Generator[RawWorkbook]:
    """A workbook open for reading; what makes a file unreadable is told as an `InputError`."""
    try:
        with RawWorkbook(Path(path)) as book:
            yield book
    except UnreadableError as error:
        raise InputError([Complaint("", 0, "", Path(path).name, str(error), "", cell=Path(path).name)]) from error


# ---- sheets and columns ---------------------------------------------------------------------------------------------


def _tables(book: RawWorkbook, name: str, *, by_hand: bool) -> dict[str, Table]:
    """The machine sheets, when they are there."""
    entries = {plain_text_of(entry): entry for entry in book.sheets}
    present = [sheet for sheet in MACHINE_SHEETS if sheet in entries]
    missing = [sheet for sheet in MACHINE_SHEETS if sheet not in entries and sheet not in OPTIONAL_SHEETS]
    if by_hand:
        missing = [sheet for sheet in missing if sheet == "排班明细"]
    elif "排班明细" not in present and "求解信息" not in present:
        hint = "它像是输入工作簿（排班数据）。" if "人员" in entries else ""
        raise _refusal(
            name, f"{name} 不是本程序写出的值班表（没有 排班明细 和 求解信息 两个工作表）。{hint}", SOLVE_FIRST
        )
    if missing:
        text = f"{name} 缺少工作表：{'、'.join(missing)}"
        raise _refusal(name, text, "请使用完整的值班表；工作表被删除时请从备份恢复或重新排班")
    complaints: list[Complaint] = []
    tables: dict[str, Table] = {}
    for sheet in present:
        columns = MACHINE_SHEETS[sheet]
        needed = [c for c in columns if c not in OPTIONAL_COLUMNS or (sheet, c) in NEEDED_ALL_THE_SAME]
        tables[sheet] = read_table(book, entries[sheet], columns, needed, complaints)
    if complaints:
        raise InputError(complaints)
    return tables


SOLVE_FIRST = "请先用 zhiban solve 写出值班表，再选用该文件"


def plain_text_of(entry: SheetEntry) -> str:
    """A sheet's name without blanks around it."""
    return entry.name.strip()


def _refusal(name: str, text: str, advice: str) -> InputError:
    return InputError([Complaint("", 0, "", name, text, advice, cell=name)])


def _info(table: Table) -> dict[str, str]:
    """求解信息; dates as 2026-11-21, whatever the cell holds."""
    found: dict[str, str] = {}
    for row in table.records():
        cell, item = row.cell("值"), row.text("项目")
        day = as_day(cell) if cell is not None and (cell.dated or item in (FIRST_ITEM, LAST_ITEM)) else None
        found[item] = day.isoformat() if day else plain_text(cell)
    return found


def _period(info: dict[str, str], name: str, problem: Problem | None) -> tuple[date, date]:
    """First and last date; refuses a roster of another version. A roster made by hand is of the problem's period."""
    if not info and problem is not None:
        return problem.first, problem.last
    version = info.get(FORMAT_ITEM)
    if version != FORMAT_VERSION:
        told = f"格式版本 {version}" if version else "没有格式版本"
        text = f"{name} 由另一版本的程序写出（求解信息：{told}；本程序为 {FORMAT_VERSION}）"
        raise _refusal(name, text, "请用写出它的版本打开，或用本版本重新排班")
    try:
        return date.fromisoformat(info[FIRST_ITEM]), date.fromisoformat(info[LAST_ITEM])
    except (KeyError, ValueError) as error:
        text = f"{name} 的求解信息缺少{FIRST_ITEM}或{LAST_ITEM}，无法确定期间"
        raise _refusal(name, text, "请从备份恢复求解信息，或重新排班") from error


# ---- rows -----------------------------------------------------------------------------------------------------------


def _rebuilt(path: Path, tables: dict[str, Table], problem: Problem | None) -> RosterFile:
    def rows(sheet: str) -> list[TableRow]:
        return list(tables[sheet].records()) if sheet in tables else []

    info = _info(tables["求解信息"]) if "求解信息" in tables else {}
    first, last = _period(info, path.name, problem)
    written = unpacked(info)
    names = NameBook(problem) if problem is not None else None
    placed = placed_rows(tables["排班明细"], names, written)
    labels = duty_labels(tables["排班明细"], placed)
    leaves = [leave_of(row, labels) for row in rows("调休明细")]
    roster = Roster.of(
        [found.row for found in placed],
        leaves,
        [stand_in_of(row) for row in rows("顶岗明细")],
        [appointment_of(row) for row in rows("预约明细")],
    )
    return RosterFile(
        path=path,
        center=info.get(CENTER_ITEM, ""),
        first=first,
        last=last,
        roster=roster,
        tiers=tuple(tier_of(row) for row in rows("目标层级")),
        bank=tuple(bank_of(row) for row in rows("时间银行")),
        lots=tuple(lot_of(row) for row in rows("期末余额")),
        counts=tuple(count_of(row) for row in rows("期末累计")),
        findings=tuple(finding_of(row) for row in rows("问题明细")),
        info=info,
        labels=tuple(labels),
        placed=tuple(placed),
        people={row.text("工号"): row.text("姓名") for row in (*rows("排班明细"), *rows("时间银行"))},
        windows={label.window: label.value for label in labels if label.column == "窗口名称" and label.value},
        written=written,
        sheets=frozenset(tables),
        emptied=tuple(emptied_rows(tables["排班明细"], placed)),
    )


# ---- against the problem --------------------------------------------------------------------------------------------


def _strangers(file: RosterFile, problem: Problem, tables: dict[str, Table]) -> list[Complaint]:
    """Another centre, and every 工号 and 窗口编号 that the input does not know."""
    found: list[Complaint] = []
    if file.center and file.center != problem.center:
        text = f"值班表是“{file.center}”的，输入是“{problem.center}”的"
        advice = "请选用同一中心的值班表；中心改名时请同时修改求解信息中的中心名称"
        found.append(Complaint("求解信息", 0, "值", file.center, text, advice, cell="求解信息"))
        return found
    people, windows = set(problem.person), set(problem.window) | set(problem.facts.leader_groups)
    for sheet, columns in PERSON_COLUMNS.items():
        for row in tables[sheet].records() if sheet in tables else ():
            for column in columns:
                for person in row.items(column):
                    if person not in people:
                        found.append(_unknown(row, column, person, "工号", sorted(people)))
    for sheet in ("排班明细", "预约明细"):
        for row in tables[sheet].records() if sheet in tables else ():
            window = row.text("窗口编号")
            # The groups of 带班 are not checked: the row's group may be gone without anybody else being concerned.
            if window not in windows and row.text("线") != Line.LEAD:
                found.append(_unknown(row, "窗口编号", window, "窗口编号", sorted(problem.window)))
    return found


PERSON_COLUMNS = {
    "排班明细": ("工号",),
    "调休明细": ("工号",),
    "顶岗明细": ("缺席人", "顶岗人"),
    "预约明细": ("工号",),
    "时间银行": ("工号",),
}


def _unknown(row: TableRow, column: str, value: str, what: str, known: list[str]) -> Complaint:
    near = get_close_matches(value, known, 1)
    hint = f"，是否为 {near[0]}？" if near else ""
    place = row.place(column)
    text = f"{place} 的{what} {value} 在输入中不存在{hint}"
    return Complaint(row.table.sheet, row.number, column, value, text, f"请改为输入中已有的{what}", cell=place)
