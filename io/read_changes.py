"""What if: changes to an input, from a workbook of its form or from KEY=VALUE, laid over it before it is checked.

A row of the changes replaces the row with the same key, or is one more; settings replace settings. No file is touched.
"""

from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from zhiban.io.read_workbook import read_tables
from zhiban.io.sheets import SHEET_BY_NAME
from zhiban.model.errors import UsageError
from zhiban.model.inputs import TABLES, Inputs
from zhiban.model.policy import Policy
from zhiban.model.records import Record

OWN_KEYS = {
    "请假外出": ("person", "first"),
    "时间银行期初": ("person", "earned", "source"),
    "延时记录": ("person", "day", "start"),
    "放假安排": ("day",),
    "作息时段": ("name", "kind"),
}
"""What tells rows apart on sheets whose columns may repeat; on the remaining ones every row is one more."""

Change = Callable[[Inputs], None]


def changes_of(workbook: Path | None, settings: Mapping[str, str]) -> Change:
    """What a workbook of changes and single settings do to an input. Raises UsageError for an unknown key."""
    _check_keys(settings)

    def change(inputs: Inputs) -> None:
        if workbook is not None:
            period: tuple[date, date] | None = None
            if inputs.first is not None and inputs.last is not None:
                period = inputs.first, inputs.last
            lay_over(inputs, read_tables(workbook, period))
        inputs.settings.update(settings)

    return change


def _check_keys(settings: Mapping[str, str]) -> None:
    known = [str(field.alias) for field in Policy.model_fields.values()]
    for key in settings:
        if key not in known:
            near = get_close_matches(key, known, n=1, cutoff=0.5)
            guess = f"，是否为 {near[0]}？" if near else f"，可用：{'、'.join(known)}"
            raise UsageError(f"没有项目“{key}”{guess}")


def lay_over(inputs: Inputs, changes: Inputs) -> None:
    """Put the changes' rows and settings in the place of, or beside, those of an input."""
    inputs.settings.update(changes.settings)
    for name in ("center", "preset", "first", "last"):
        value = getattr(changes, name)
        if value:
            setattr(inputs, name, value)
    for table, sheet in TABLES.items():
        rows: list[Record] = getattr(changes, table)
        if rows:
            setattr(inputs, table, _replaced(getattr(inputs, table), rows, _fields(sheet)))


def _fields(sheet: str) -> tuple[str, ...]:
    if sheet in OWN_KEYS:
        return OWN_KEYS[sheet]
    declared = SHEET_BY_NAME[sheet]
    return tuple(declared.by_header[header].field for header in declared.key)


def _replaced(old: list[Record], new: list[Record], fields: tuple[str, ...]) -> list[Record]:
    """The rows in their order, replaced by key; without a key all new ones follow."""
    if not fields:
        return [*old, *new]
    fresh = {tuple(getattr(row, field) for field in fields): row for row in new}
    found = [fresh.pop(tuple(getattr(row, field) for field in fields), row) for row in old]
    return [*found, *fresh.values()]
