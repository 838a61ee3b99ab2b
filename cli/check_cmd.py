"""`zhiban check`: every error and warning of an input."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from zhiban.cli.complaints import complaint_data, complaint_lines, tally
from zhiban.model.errors import Complaint, InputError


@click.command("check", help="检查排班数据：列出全部错误、提醒和提示，不排班。")
@click.argument("workbook", metavar="排班数据", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def command(workbook: Path, as_json: bool) -> None:
    """Check an input; exit 1 where it has errors, else 0."""
    from zhiban.io.read_workbook import read_problem

    try:
        complaints: Sequence[Complaint] = read_problem(workbook).remarks
    except InputError as error:
        complaints = error.complaints
    _show(workbook, complaints, as_json)
    if tally(complaints)["错误"]:
        raise SystemExit(InputError.exit_code)


def _show(workbook: Path, complaints: Sequence[Complaint], as_json: bool) -> None:
    counts = tally(complaints)
    if as_json:
        data = {
            "file": workbook.name,
            "counts": counts,
            "complaints": [complaint_data(complaint) for complaint in complaints],
        }
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    for line in complaint_lines(complaints):
        click.echo(line)
    if complaints:
        click.echo()
    told = "，".join(f"{weight} {count} 处" for weight, count in counts.items())
    click.echo(f"{workbook.name}：{told}。" + ("请更正错误后再试" if counts["错误"] else "没有错误，可以排班"))
