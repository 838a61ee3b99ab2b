"""Click's own words in Chinese: help headings, usage errors. Whatever is not in the table stays as Click says it."""

import importlib
import unicodedata

MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "types")
"""Click's modules that speak to the user; each looks up its words as `_` and `ngettext` when it says them."""

WORDS = {
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "Show this message and exit.": "显示本说明。",
    "Show the version and exit.": "显示版本。",
    "default: {default}": "默认：{default}",
    "env var: {var}": "环境变量：{var}",
    "required": "必填",
    "Error: {message}": "用法有误：{message}",
    "Try '{command} {option}' for help.": "说明见 {command} {option}",
    "Missing command.": "请写明命令。",
    "Missing argument": "缺少",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Invalid value: {message}": "值不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值不对：{message}",
    "No such option {name!r}.": "没有选项 {name}。",
    "No such option: {name}": "没有选项 {name}。",
    "No such command {name!r}.": "没有命令 {name}。",
    "Did you mean {possibility}?": "是否为 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是否为其中之一：{possibilities}？）",
    "(Possible options: {possibilities})": "（是否为其中之一：{possibilities}？）",
    "Got unexpected extra argument ({args})": "多出了 {args}",
    "Got unexpected extra arguments ({args})": "多出了 {args}",
    "Option {name!r} requires an argument.": "选项 {name} 之后要写值。",
    "Option {name!r} requires {nargs} arguments.": "选项 {name} 之后要写 {nargs} 个值。",
    "Option {name!r} does not take a value.": "选项 {name} 之后不写值。",
    "Argument {name!r} takes {nargs} values.": "{name} 要写 {nargs} 个值。",
    "{value!r} is not a valid {number_type}.": "{value} 不是数。",
    "{value} is not in the range {range}.": "{value} 不在 {range} 之内。",
    "{value!r} is not {choice}.": "{value} 不是 {choice}。",
    "{value!r} is not one of {choices}.": "{value} 不在可选值之中：{choices}。",
    "Choose from:\n\t{choices}": "可选：{choices}",
    "{value!r} does not match the format {format}.": "{value} 应写成 {format}。",
    "{value!r} does not match the formats {formats}.": "{value} 应写成其中之一：{formats}。",
    "{name} {filename!r} does not exist.": "{filename} 不存在。",
    "{name} {filename!r} is a file.": "{filename} 是文件，不是文件夹。",
    "{name} {filename!r} is a directory.": "{filename} 是文件夹，不是文件。",
    "{name} {filename!r} is not readable.": "{filename} 不可读。",
    "{name} {filename!r} is not writable.": "{filename} 不可写。",
}
"""Click's English with its fields → what we say; some are of earlier releases (from 8.2 on)."""


def speak_chinese() -> None:
    """Make Click say `WORDS`, and measure Chinese text as wide as a terminal shows it; twice is once."""
    for name in MODULES:
        module = importlib.import_module(f"click.{name}")
        for looked_up, said in (("_", _said), ("ngettext", _counted), ("term_len", shown_width)):
            if hasattr(module, looked_up):
                setattr(module, looked_up, said)


def shown_width(text: str) -> int:
    """Columns of a terminal that a text takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _said(message: str) -> str:
    return WORDS.get(message, message)


def _counted(one: str, many: str, number: int) -> str:
    return _said(one if number == 1 else many)
