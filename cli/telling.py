"""Every error in Chinese on stderr (with `--json` as data on stdout too), and the exit code it stands for."""

import json
import os
import traceback
from collections.abc import Iterable

import click

from zhiban.cli.complaints import complaint_data, complaint_lines, tally
from zhiban.model.errors import ContradictionError, DisagreementError, InputError, NoRosterError, ZhibanError
from zhiban.model.roster import Finding

INTERNAL = 70
INTERRUPTED = NoRosterError.exit_code
"""Ctrl-C outside a search: nothing was made."""

DEBUG = "ZHIBAN_DEBUG"
"""Environment variable; set to anything, errors of the program itself show where they arose."""

NOTHING_WRITTEN = "没有写出文件，已有的文件保持原样。"


def tell(error: BaseException, *, as_json: bool) -> int:
    """Say what went wrong; the exit code."""
    code, lines, data = told(error)
    if code == INTERNAL and os.environ.get(DEBUG):
        lines = [*lines, "", *traceback.format_exception(error)]
    for line in lines:
        click.echo(line.rstrip("\n"), err=True)
    if as_json:
        click.echo(json.dumps({"exit": code, "error": data}, ensure_ascii=False, indent=2))
    return code


def told(error: BaseException) -> tuple[int, list[str], dict[str, object]]:
    """Exit code, lines for people, data for programs."""
    match error:
        case InputError():
            return error.exit_code, _input_lines(error), _data(error, _complaints(error))
        case ContradictionError():
            return error.exit_code, _clash_lines(error), _data(error, {"clash": error.clash})
        case NoRosterError():
            advice = "请加大 --seconds 再试。" if "时限" in str(error) else ""
            return error.exit_code, [_sentence(error), NOTHING_WRITTEN + advice], _data(error)
        case DisagreementError():
            lines = ["内部错误：核验与求解的结果不一致。" + NOTHING_WRITTEN, *_finding_lines(error.findings), _hint()]
            return error.exit_code, lines, _data(error)
        case ZhibanError():
            return error.exit_code, [_sentence(error)], _data(error)
        case click.exceptions.NoArgsIsHelpError():
            return error.exit_code, [error.format_message()], _data(error, {"text": "请写明命令"})
        case click.UsageError():
            return error.exit_code, _usage_lines(error), _data(error, {"text": error.format_message()})
        case click.ClickException():
            return error.exit_code, [error.format_message()], _data(error, {"text": error.format_message()})
        case _ if interrupted(error):
            return INTERRUPTED, [f"已中断。{NOTHING_WRITTEN}"], _data(error, {"text": "已中断"})
        case MemoryError():
            return INTERNAL, ["内存不够，程序无法继续。" + NOTHING_WRITTEN], _data(error)
        case _:
            return INTERNAL, [f"内部错误（{type(error).__name__}）：程序出错，无法继续。", _hint()], _data(error)


def interrupted(error: BaseException | None) -> bool:
    """Whether Ctrl-C is behind an error; a library interrupted while it loads says ImportError."""
    while error is not None and not isinstance(error, (KeyboardInterrupt, click.Abort)):
        error = error.__cause__ or error.__context__
    return error is not None


def _data(error: BaseException, more: dict[str, object] | None = None) -> dict[str, object]:
    return {"kind": type(error).__name__, "text": str(error), **(more or {})}


def _complaints(error: InputError) -> dict[str, object]:
    return {
        "counts": tally(error.complaints),
        "complaints": [complaint_data(complaint) for complaint in error.complaints],
    }


def _input_lines(error: InputError) -> list[str]:
    """All complaints, the errors first, and how many there are."""
    if not error.complaints:
        return [_sentence(error)]
    count = tally(error.complaints)["错误"]
    return [*complaint_lines(error.complaints), "", f"共 {count} 处错误，请更正后再试。{NOTHING_WRITTEN}"]


def _clash_lines(error: ContradictionError) -> list[str]:
    if not error.clash:
        return [f"输入的规定互相矛盾，排不出合法的值班表（重排时请先用 zhiban check 核对原值班表）。{NOTHING_WRITTEN}"]
    return [
        "下列各条指定不能同时满足，或与规则抵触；去掉或更改其中任何一条即可：",
        *(f"  {text}" for text in error.clash),
        NOTHING_WRITTEN,
    ]


def _finding_lines(findings: Iterable[Finding]) -> list[str]:
    shown = list(findings)
    lines = [f"  {found.code} {found.text}" for found in shown[:5]]
    return lines if len(shown) <= 5 else [*lines, f"  …… 共 {len(shown)} 处"]


def _usage_lines(error: click.UsageError) -> list[str]:
    """The usage, what is wrong, where the help is."""
    message = f"用法有误：{error.format_message().removesuffix('.')}"
    if error.ctx is None:
        return [message]
    return [error.ctx.get_usage(), message, f"说明见 {error.ctx.command_path} --help"]


def _sentence(error: BaseException) -> str:
    text = str(error)
    return text if text.endswith(("。", "！", "？")) else f"{text}。"


def _hint() -> str:
    return f"设置环境变量 {DEBUG}=1 再运行可看到详细信息；请连同输入文件反馈给维护者。"
