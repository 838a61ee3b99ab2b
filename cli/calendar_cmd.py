"""`zhiban calendar`: the class of each day with its source; the State Council's notice as rows of 放假安排."""

import datetime as dt
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from zhiban.model.days import Calendar, Day

Period = tuple[dt.date, dt.date]

FIRST_YEAR, LAST_YEAR = 2004, 2100


@click.command("calendar", help="列出一个月或一年每天的日类及来源；或把国务院办公厅的放假通知变成放假安排的行。")
@click.argument("month", required=False, metavar="[年-月]")
@click.option("--policy", metavar="方案", help="服务方案（如 山亭2022），决定春节预约日。")
@click.option(
    "--input",
    "workbook",
    type=click.Path(path_type=Path),
    help="按该排班数据的放假安排和方案；不写年月则为其起止日期。",
)
@click.option("--notice", type=click.Path(path_type=Path), help="放假通知的文本文件；逐行输出放假安排，可粘贴到表格。")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="与 --notice 同用：写成只有放假安排表的工作簿。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def command(
    month: str | None,
    policy: str | None,
    workbook: Path | None,
    notice: Path | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """Show day classes, or turn a notice into rows."""
    if notice is not None:
        if policy is not None or workbook is not None:
            raise click.UsageError("--notice 不能与 --policy 或 --input 同用")
        _convert(notice, month, output, as_json)
        return
    if output is not None:
        raise click.UsageError("-o 只与 --notice 同用")
    if policy is not None and workbook is not None:
        raise click.UsageError("--policy 与 --input 只写一个；工作簿里已有服务方案")
    calendar, period = _calendar(policy, workbook)
    if month is not None:
        period = _period(month)
    if period is None:
        raise click.UsageError("请写明年月，例如 zhiban calendar 2026-12")
    _show(calendar, period, as_json)


def _period(text: str) -> Period:
    """First and last date of 2026-12 or 2026."""
    found = re.fullmatch(r"(\d{4})(?:[-./年](\d{1,2})月?|年)?", text.strip())
    year, month = (int(found[1]), int(found[2] or 0)) if found else (0, 0)
    if not FIRST_YEAR <= year <= LAST_YEAR or month > 12 or (found and found[2] and month == 0):
        raise click.UsageError(f"看不懂年月“{text}”，请写成 2026-12 或 2026（{FIRST_YEAR} 至 {LAST_YEAR} 年）")
    first = dt.date(year, month or 1, 1)
    after = dt.date(year + month // 12, month % 12 + 1, 1) if month else dt.date(year + 1, 1, 1)
    return first, after - dt.timedelta(days=1)


def _calendar(policy: str | None, workbook: Path | None) -> "tuple[Calendar, Period | None]":
    """The calendar asked for, and the period of the workbook, if one is given."""
    from zhiban.model.days import Calendar

    if workbook is not None:
        from zhiban.io.read_workbook import read_problem

        problem = read_problem(workbook).problem
        return problem.calendar, (problem.first, problem.last)
    if policy is None:
        return Calendar(), None
    from zhiban.model.policy import load_preset, preset_names

    if policy not in preset_names():
        raise click.UsageError(f"没有服务方案“{policy}”，可用：{'、'.join(preset_names())}")
    return Calendar(spring_booking=load_preset(policy).policy.books_spring), None


def _convert(notice: Path, month: str | None, output: Path | None, as_json: bool) -> None:
    """Print the rows a notice states, or write them as a sheet."""
    from zhiban.io.notice import parse_notice, read_notice
    from zhiban.io.notice_sheet import holiday_lines, holiday_records, write_holiday_sheet

    rows = parse_notice(read_notice(notice), _period(month)[0].year if month else None)
    if output is not None:
        write_holiday_sheet(rows, output)
        click.echo(f"已写出 {output}（{len(rows)} 行），请把放假安排表复制到排班数据", err=as_json)
    if as_json:
        click.echo(json.dumps({"放假安排": holiday_records(rows)}, ensure_ascii=False, indent=2))
    elif output is None:
        click.echo(holiday_lines(rows))


def _show(calendar: "Calendar", period: Period, as_json: bool) -> None:
    """Print the days of a period, with a word on stderr where an arrangement is not published."""
    from zhiban.model.days import unpublished_warning

    days = calendar.period(*period)
    years = calendar.unpublished_years(*period)
    if as_json:
        data = {"未公布年份": list(years), "日历": [_record(day) for day in days]}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        _print_table(days)
        click.echo(_counts(days))
    if years:
        click.echo(f"提醒：{unpublished_warning(years)}", err=True)


def _record(day: "Day") -> dict[str, str]:
    """A day by the headers of the table."""
    flags = {"法定当日": day.statutory, "仅预约": day.booking_only, "推算": day.projected}
    return {
        "日期": day.date.isoformat(),
        "星期": day.weekday,
        "日类": str(day.day_class),
        "名称": day.name,
        "标记": "；".join(flag for flag, is_set in flags.items() if is_set),
        "来源": str(day.source),
    }


def _print_table(days: "Sequence[Day]") -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from zhiban.cli.terminal import terminal

    styles = {"周末": "cyan", "节假日": "red", "调休上班": "yellow", "闭馆": "dim"}
    table = Table(box=SIMPLE_HEAD)
    for header in _record(days[0]):
        table.add_column(header, no_wrap=True)
    for day in days:
        table.add_row(*_record(day).values(), style=styles.get(str(day.day_class)))
    terminal().print(table)


def _counts(days: "Sequence[Day]") -> str:
    """合计 31 天：工作日 23，周末 8."""
    counts: dict[str, int] = {}
    for day in days:
        counts[str(day.day_class)] = counts.get(str(day.day_class), 0) + 1
    return f"合计 {len(days)} 天：" + "，".join(f"{name} {count}" for name, count in counts.items())
