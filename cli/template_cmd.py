"""`zhiban template`: an empty input workbook for a policy."""

from pathlib import Path

import click

DEFAULT_POLICY = "淄博2024"


@click.command("template", help="写出空白的排班数据工作簿：含全部工作表、下拉选项、填写说明和方案的默认值。")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("排班数据.xlsx"),
    show_default=True,
    help="写到哪个文件。",
)
@click.option("--policy", default=DEFAULT_POLICY, show_default=True, metavar="方案", help="服务方案。")
def command(output: Path, policy: str) -> None:
    """Write the template whole or not at all."""
    from zhiban.io.atomic import written_whole
    from zhiban.io.template import write_template
    from zhiban.model.policy import preset_names

    if policy not in preset_names():
        raise click.UsageError(f"没有服务方案“{policy}”，可用：{'、'.join(preset_names())}")
    if output.suffix.lower() != ".xlsx":
        raise click.UsageError(f"输出文件名应以 .xlsx 结尾，如 {output.with_suffix('.xlsx')}")
    with written_whole(output) as temporary:
        write_template(temporary, policy)
    click.echo(f"已写出 {output}（{policy}）。请填写基本设置、窗口、人员，其余各表按需填写")
