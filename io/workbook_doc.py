"""docs/workbook.md from the declaration of sheets: `python -m zhiban.io.workbook_doc docs/workbook.md`."""

import sys
from collections.abc import Iterable
from pathlib import Path

from zhiban.io.machine_sheets import MACHINE_SHEETS
from zhiban.io.read_settings import OWN_KEYS
from zhiban.io.sheet_parts import Column, Sheet
from zhiban.io.sheets import INPUT_SHEETS
from zhiban.model.policy import load_preset, preset_names, setting_text, settings

HEAD = """# 工作簿

本页由 `python -m zhiban.io.workbook_doc docs/workbook.md` 从程序中的声明生成，请勿手改。

`zhiban template -o 排班数据.xlsx` 写出空白的输入工作簿，`zhiban check 排班数据.xlsx` 检查填好的工作簿。

## 怎样读

- 列的次序随意，不认识的列和工作表不读（提示）。表头前可以有标题行；表头后的 `*` 和括号不算。
- 必填列全空的行当作空行；合计、小计、总计行和末尾的说明、备注、注、制表行不读；隐藏的照常读。
- 竖向合并的单元格，对合并范围内不空的每一行都有效。
- 日期可写 2026-11-07、2026/11/7、2026.11.7、20261107、2026年11月7日；排班期间内的日期可省年份。
- 时刻可写 9:00、9：00、9时30分；起止可以写在一格里（9:00-12:00）。
- 是可写 是 √ ✓ 1 Y TRUE 有，否可写 否 × ✗ 0 N FALSE 无；人数可写 2人，分钟可写 30分钟。
- 多个值用 ； 、 ， 或换行分隔；日期还可写 2026-11-14~2026-11-15。
- 公式按表格软件存下的结果读，不计算；宏不运行。
- 只读 .xlsx 和 .xlsm：20 MB 以内，解压后 200 MB 以内，每表 100,000 行、200 列以内。

标 `*` 的列必填，标 🔒 的列只在本中心的工作簿中出现，公示版和对外文件没有。
"""


def document() -> str:
    """The whole page."""
    parts = [HEAD, "## 输入：排班数据.xlsx\n"]
    parts += [_sheet(sheet) for sheet in INPUT_SHEETS]
    parts += [_settings(), _machine_sheets()]
    return "\n".join(parts)


def _sheet(sheet: Sheet) -> str:
    star = "*" if sheet.required else ""
    lines = [f"### {sheet.name}{star}\n", f"{sheet.help}\n"]
    if sheet.key:
        lines.append(f"不得重复：{' + '.join(sheet.key)}。\n")
    lines += _table(("列", "填什么", "例", "说明"), map(_row, sheet.columns))
    return "\n".join(lines) + "\n"


def _row(column: Column) -> tuple[str, ...]:
    marks = ("*" if column.required else "") + (" 🔒" if column.private else "")
    refers = f"（{column.refers}表中的）" if column.refers else ""
    return column.header + marks, refers + column.expected, column.example, column.help


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [_line(header), _line(("---",) * len(header))]
    return lines + [_line(row) for row in rows]


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _settings() -> str:
    """The keys of 基本设置 and each policy's value."""
    names = preset_names()
    lines = ["## 基本设置的项目\n", "必填：\n"]
    lines += _table(("项目", "例", "说明"), ((key, column.example, column.help) for key, column in OWN_KEYS.items()))
    lines += ["", "其余项目不填时用方案的值：\n"]
    rows = [
        (key, setting.expected, *(setting_text(load_preset(name).policy.values[key]) for name in names))
        for key, setting in settings().items()
    ]
    return "\n".join(lines + _table(("项目", "可填", *names), rows)) + "\n"


def _machine_sheets() -> str:
    lines = ["## 输出：值班表.xlsx 的明细表\n", "一行表头，没有合并单元格；程序可由它们还原整个排班。\n"]
    lines += _table(("工作表", "列"), ((name, "、".join(columns)) for name, columns in MACHINE_SHEETS.items()))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if len(sys.argv) == 2:
        Path(sys.argv[1]).write_text(document(), encoding="utf-8")
    else:
        print(document())
