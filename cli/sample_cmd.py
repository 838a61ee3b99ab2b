"""`zhiban sample`: write one of the sample workbooks."""

from pathlib import Path

import click

from zhiban import sample_data
from zhiban.io.atomic import written_whole


@click.command("sample", help="写出一个示例工作簿；不写名称则列出全部示例。")
@click.argument("name", required=False, metavar="[名称]")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="写到哪个文件。")
def command(name: str | None, output: Path | None) -> None:
    """Copy a sample to where the user wants it, or list the samples with a line about each."""
    if name is None:
        if output is not None:
            raise click.UsageError(f"请在 -o 之前写示例名称：{'、'.join(sample_data.names())}")
        width = max(map(len, sample_data.names()))
        for known, text in sample_data.DESCRIPTIONS.items():
            click.echo(f"{known:<{width}}  {text}")
        return
    if name not in sample_data.names():
        raise click.UsageError(f"没有名为“{name}”的示例，可用：{'、'.join(sample_data.names())}")
    if output is None:
        raise click.UsageError("请用 -o 写明输出文件，例如 -o 排班数据.xlsx")
    with written_whole(output) as path:
        path.write_bytes(sample_data.path_of(name).read_bytes())
    click.echo(f"已写出 {output}")
