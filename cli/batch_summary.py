"""What a batch came to: 汇总.xlsx, a table for a terminal, and data."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from zhiban.cli.batch_centre import Centre
from zhiban.model.kinds import TierStatus
from zhiban.model.roster import TIER_NAMES

if TYPE_CHECKING:
    from rich.console import Console

    from zhiban.io.look import Look, Style, Value

RESULTS = {
    0: "全部满足",
    1: "输入有错误",
    2: "不能写出",
    3: "有需求未满足",
    4: "规定互相矛盾",
    5: "没有排出",
    70: "内部错误",
}
"""Exit code → what it means for a centre."""

HEAD = ("文件", "中心", "开始日期", "截止日期", "退出码", "结果")
TAIL = ("证明", "用时(秒)", "试次", "值班表", "说明")
ASKED = {code: name for code, name in TIER_NAMES.items() if not code.startswith("T5")}
"""The tiers of a roster made afresh: nothing is there that could be changed."""

CENTRE_COLUMNS = (*HEAD, *(f"{code} {name}" for code, name in ASKED.items()), *TAIL)
TIER_COLUMNS = ("文件", "中心", "层级", "名称", "值", "下界", "状态")
REMARK_COLUMNS = ("文件", "中心", "级别", "代码", "位置", "说明", "建议")
SKIPPED_COLUMNS = ("文件", "原因")

WIDTHS = {
    "文件": 26,
    "中心": 26,
    "开始日期": 13,
    "截止日期": 13,
    "结果": 15,
    "证明": 16,
    "值班表": 30,
    "说明": 60,
    "位置": 28,
    "建议": 44,
    "原因": 44,
    "名称": 14,
}
USUAL_WIDTH = 9
TEXT_COLUMNS = {"文件", "中心", "值班表", "说明", "位置", "建议", "原因", "证明", "结果"}


def worst(centres: Iterable[Centre]) -> int:
    """The exit code of a batch: the largest of its centres'."""
    return max((centre.exit for centre in centres), default=0)


def proof(centre: Centre) -> str:
    """Whether no roster is better, or which tiers are open; empty without a roster."""
    if not centre.tiers:
        return ""
    unproven = [tier.code for tier in centre.tiers if tier.status == TierStatus.FEASIBLE]
    return "、".join(unproven) + " 未证明" if unproven else "全部证明"


# ---- the workbook ---------------------------------------------------------------------------------------------------


def write_summary(path: Path, centres: Sequence[Centre], skipped: Sequence[tuple[str, str]]) -> None:
    """汇总.xlsx: a row per centre; every tier with its bound; every error; the files left out."""
    from xlsxwriter import Workbook  # pyright: ignore[reportMissingTypeStubs]

    from zhiban.io.atomic import written_whole
    from zhiban.io.look import BOOK_OPTIONS, Look

    with written_whole(path) as temporary, Workbook(str(temporary), BOOK_OPTIONS) as book:
        look = Look(book, "系统")
        _sheet(look, "汇总", CENTRE_COLUMNS, map(centre_row, centres))
        _sheet(look, "目标层级", TIER_COLUMNS, (row for centre in centres for row in tier_rows(centre)))
        _sheet(look, "问题明细", REMARK_COLUMNS, (row for centre in centres for row in remark_rows(centre)))
        if skipped:
            _sheet(look, "未处理的文件", SKIPPED_COLUMNS, skipped)


def centre_row(centre: Centre) -> tuple["Value", ...]:
    """A row of 汇总, by CENTRE_COLUMNS."""
    values = {tier.code: tier.value for tier in centre.tiers}
    return (
        centre.name,
        centre.center,
        centre.first,
        centre.last,
        centre.exit,
        RESULTS.get(centre.exit, ""),
        *(values.get(code) for code in ASKED),
        proof(centre),
        round(centre.seconds, 1),
        centre.tries,
        centre.file,
        centre.message,
    )


def tier_rows(centre: Centre) -> list[tuple["Value", ...]]:
    """The rows of 目标层级 of one centre."""
    tiers = [tier for tier in centre.tiers if tier.code in ASKED]
    return [(centre.name, centre.center, t.code, t.name, t.value, t.bound, t.status.value) for t in tiers]


def remark_rows(centre: Centre) -> list[tuple["Value", ...]]:
    """The rows of 问题明细 of one centre."""
    return [(centre.name, centre.center, r.weight, r.code, r.place, r.text, r.advice) for r in centre.remarks]


def _sheet(look: "Look", name: str, columns: Sequence[str], rows: Iterable[Sequence["Value"]]) -> None:
    from zhiban.io.look import BODY, HEADER, LEFT, Page

    page = Page(look, name, [WIDTHS.get(column, USUAL_WIDTH) for column in columns])
    page.header(columns, HEADER._replace(size=11))
    styles = [LEFT if column in TEXT_COLUMNS else BODY for column in columns]
    for row in rows:
        number = page.line("" for _ in columns)
        for column, (value, style) in enumerate(zip(row, styles, strict=True)):
            page.put(number, column, value, _dated(style, value))
            if isinstance(value, str):
                page.fit(number, value, page.widths[column], style)
    page.sheet.autofilter(0, 0, max(page.row - 1, 0), len(columns) - 1)
    page.finish()


def _dated(style: "Style", value: "Value") -> "Style":
    from datetime import date

    from zhiban.io.look import DATE_FORMAT

    return style._replace(number=DATE_FORMAT) if isinstance(value, date) else style


# ---- the terminal and programs --------------------------------------------------------------------------------------


def print_summary(out: "Console", centres: Sequence[Centre]) -> None:
    """A line per centre, and how many there are of each result."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD)
    for header in ("文件", "退出码", "结果", "证明", "用时(秒)", "说明"):
        table.add_column(header, justify="right" if header in ("退出码", "用时(秒)") else "left")
    for centre in centres:
        result = RESULTS.get(centre.exit, "")
        style = {0: "green", 3: "yellow"}.get(centre.exit, "red")
        told = "" if centre.file else centre.message
        cells = (str(centre.exit), result, proof(centre), f"{centre.seconds:.1f}", told)
        table.add_row(_plain(centre.name), *map(_plain, cells), style=style)
    out.print(table)
    told = "，".join(f"{name} {count} 个" for name, count in tally(centres).items())
    out.print(f"共 {len(centres)} 个中心：{told}", markup=False)


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)


def tally(centres: Iterable[Centre]) -> dict[str, int]:
    """How many centres there are of each result that occurs."""
    codes = [centre.exit for centre in centres]
    return {result: codes.count(code) for code, result in RESULTS.items() if code in codes}


def centre_data(centre: Centre) -> dict[str, object]:
    """A centre as plain data."""
    from zhiban.cli.summary import tier_data

    return {
        "file": centre.name,
        "center": centre.center,
        "first": centre.first.isoformat() if centre.first else None,
        "last": centre.last.isoformat() if centre.last else None,
        "exit": centre.exit,
        "roster": centre.file or None,
        "proven": centre.proven,
        "tiers": [tier_data(tier) for tier in centre.tiers],
        "seconds": round(centre.seconds, 2),
        "tries": centre.tries,
        "message": centre.message,
        "remarks": [asdict(remark) for remark in centre.remarks],
    }
