"""docs/cli.md from the commands themselves: `python -m zhiban.cli.cli_doc docs/cli.md`."""

import sys
from pathlib import Path

import click

from zhiban.cli.main import cli

HEAD = """# 命令

本页由 `python -m zhiban.cli.cli_doc docs/cli.md` 从程序生成，请勿手改。

`zhiban 命令 --help` 显示同样的说明。结果写到标准输出，提醒和错误写到标准错误；进度只在终端上显示。
`--json` 把结果（出错时把错误）以 JSON 写到标准输出，供程序使用。

## 退出码

| 退出码 | 意思 |
|---|---|
| 0 | 需求全部满足，没有违反规则；只有提醒也是 0（admit：可以） |
| 1 | 输入有错误，没有写出文件；全部错误一次列出 |
| 2 | 命令用法有误，或输出文件不能写（如正被 Excel 打开） |
| 3 | 已写出值班表，但有需求未满足；check：发现违反规则或未满足；admit：不可以 |
| 4 | 指定、锁定或已公布的安排互相矛盾或与规则抵触，没有写出文件；列出去掉任何一条即可的那几条 |
| 5 | 时限内没有排出值班表，或被 Ctrl-C 中断而尚无结果，没有写出文件 |
| 70 | 程序内部错误（核验与求解不一致等），没有写出文件 |

batch 的退出码是各文件中最大的一个。文件要么完整写出，要么保持原样。

求解时按 Ctrl-C：核验并写出目前最好的值班表，未证明最优的层级标为“可行”；再按一次则放弃。

环境变量：`ZHIBAN_DEBUG=1` 显示内部错误的详细信息；`NO_COLOR=1` 不用颜色（输出到文件或管道时本来就没有颜色）。

## 命令补全

按 Tab 键补全命令、选项和文件名。把下面一行加到所用外壳的启动文件：

| 外壳 | 启动文件 | 加这一行 |
|---|---|---|
| bash | `~/.bashrc` | `eval "$(_ZHIBAN_COMPLETE=bash_source zhiban)"` |
| zsh | `~/.zshrc` | `eval "$(_ZHIBAN_COMPLETE=zsh_source zhiban)"` |
| fish | `~/.config/fish/completions/zhiban.fish` | `_ZHIBAN_COMPLETE=fish_source zhiban \\| source` |

Windows 的命令提示符和 PowerShell 不支持。
"""


def document() -> str:
    """The whole page."""
    context = click.Context(cli, info_name="zhiban")
    commands = [(name, cli.get_command(context, name)) for name in cli.list_commands(context)]
    return "\n".join([HEAD, *(_section(name, command, context) for name, command in commands if command)])


def _section(name: str, command: click.Command, parent: click.Context) -> str:
    context = click.Context(command, info_name=name, parent=parent)
    usage = " ".join(("zhiban", name, *command.collect_usage_pieces(context)))
    lines = [f"## {name}\n", f"    {usage}\n", f"{command.help}\n", "| 选项 | 说明 |", "|---|---|"]
    options = [option for option in command.get_params(context) if isinstance(option, click.Option)]
    records = (option.get_help_record(context) for option in options)
    lines += [f"| `{_cell(names)}` | {_cell(text)} |" for names, text in filter(None, records) if "--help" not in names]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("  [", " [")


if __name__ == "__main__":
    if len(sys.argv) == 2:
        Path(sys.argv[1]).write_text(document(), encoding="utf-8")
    else:
        print(document())
