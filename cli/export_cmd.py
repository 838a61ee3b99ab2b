"""`zhiban export`: a roster as a page, calendars, tables or data."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from zhiban.io.public_roster import PublicRoster

FORMS = ("html", "ics", "csv", "json")
SINGLE = ("html", "json")
"""Forms that are one file; the others are a folder of files, or a .zip."""


@click.command(
    "export",
    help="把值班表变成网页、日历、CSV 或 JSON。只取可以公开的内容：不含手机、预约申请人和请假原因。",
)
@click.argument("roster", type=click.Path(path_type=Path), metavar="值班表")
@click.option(
    "--to", "form", type=click.Choice(FORMS), required=True, help="html 网页，ics 日历，csv 一表一个文件，json 数据。"
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="写到哪里；不写则在值班表旁边。ics 和 csv 是文件夹，也可写 .zip 文件。",
)
@click.option("--person", metavar="工号", help="与 --to ics 同用：只写一个人的日历。")
@click.option("--window", metavar="窗口编号", help="与 --to ics 同用：只写一个窗口的日历。")
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出。")
def command(
    roster: Path, form: str, output: Path | None, person: str | None, window: str | None, as_json: bool
) -> None:
    """Read the roster once, write it in the form asked for, and say where it is."""
    from zhiban.io.read_public import read_public

    one = person or window
    if one and form != "ics":
        raise click.UsageError("--person 和 --window 只与 --to ics 同用")
    if person and window:
        raise click.UsageError("--person 与 --window 只写一个")
    target = output or _beside(roster, form, one)
    _check(roster, form, target, one)
    published = read_public(roster)
    if published.edited:
        click.echo("提醒：排班明细写出后被手工改过，导出的是改后的内容，请先用 zhiban check 检查", err=True)
    if one:
        target, count = _one_calendar(published, target, person, window), 1
    else:
        count = _written(published, form, target)
    if as_json:
        data = {"exit": 0, "form": form, "file": str(target), "files": count, "edited": published.edited}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        click.echo(f"已写出 {target}" + (f"（{count} 个文件）" if form not in SINGLE and not one else ""))


def _beside(roster: Path, form: str, one: str | None) -> Path:
    """Where an export goes that has not been told where."""
    if one:
        from zhiban.io.export_files import file_name

        return roster.with_name(f"{roster.stem}-{file_name(one)}.ics")
    return roster.with_suffix(f".{form}") if form in SINGLE else roster.with_name(f"{roster.stem}-{form}")


def _check(roster: Path, form: str, target: Path, one: str | None) -> None:
    """UsageError where the output is what is read, or one file where there will be many."""
    if target.exists() and roster.exists() and target.samefile(roster):
        raise click.UsageError(f"-o 不能是值班表本身（{roster}）")
    if form not in SINGLE and not one and target.suffix.lower() == f".{form}":
        hint = "；只要一个人或一个窗口请加 --person 或 --window" if form == "ics" else ""
        raise click.UsageError(f"{form} 有多个文件，-o 请写文件夹或 .zip 文件{hint}")


def _written(published: "PublicRoster", form: str, target: Path) -> int:
    """Write the whole roster; how many files."""
    if form == "html":
        from zhiban.io.report_html import write_html

        write_html(published, target)
    elif form == "json":
        from zhiban.io.export_json import write_json

        write_json(published, target)
    elif form == "csv":
        from zhiban.io.export_csv import write_csv

        return write_csv(published, target)
    else:
        from zhiban.io.export_ics import write_ics

        return write_ics(published, target)
    return 1


def _one_calendar(published: "PublicRoster", target: Path, person: str | None, window: str | None) -> Path:
    """Write one calendar; where it is, a folder being given a file of its own."""
    from zhiban.io.atomic import written_whole
    from zhiban.io.export_files import file_name
    from zhiban.io.export_ics import IcsExport

    export = IcsExport(published)
    content = export.person(person) if person else export.window(window or "")
    if target.is_dir():
        target = target / f"{file_name(person or window or '')}.ics"
    with written_whole(target) as temporary:
        temporary.write_bytes(content)
    return target
