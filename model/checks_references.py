"""References to nothing and keys given twice, over the records as they were read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import islice

from zhiban.model.errors import Complaint
from zhiban.model.inputs import TABLES, Inputs
from zhiban.model.kinds import Line
from zhiban.model.records import Pin, Record


@dataclass(frozen=True, slots=True)
class Reference:
    """A field that names ids of another table; `column` is its header."""

    table: str
    field: str
    column: str
    target: str


REFERENCES = (
    Reference("windows", "head", "窗口负责人", "people"),
    Reference("windows", "deputies", "代理负责人", "people"),
    Reference("people", "window", "窗口编号", "windows"),
    Reference("people", "stand_in_windows", "可顶岗窗口", "windows"),
    Reference("people", "items", "可办事项", "items"),
    Reference("posts", "window", "窗口编号", "windows"),
    Reference("posts", "a", "A角", "people"),
    Reference("posts", "b", "B角", "people"),
    Reference("leaders", "person", "工号", "people"),
    Reference("leaves", "person", "工号", "people"),
    Reference("items", "host", "主办窗口", "windows"),
    Reference("items", "assists", "配合窗口", "windows"),
    Reference("appointments", "item", "事项编号", "items"),
    Reference("opening", "person", "工号", "people"),
    Reference("history", "person", "工号", "people"),
    Reference("wishes", "person", "工号", "people"),
    Reference("pins", "window", "窗口编号", "windows"),
    Reference("pins", "person", "工号", "people"),
    Reference("pins", "appointment", "预约编号", "appointments"),
    Reference("swaps", "a", "甲", "people"),
    Reference("swaps", "b", "乙", "people"),
    Reference("overtime", "person", "工号", "people"),
    Reference("actuals", "window", "窗口编号", "windows"),
    Reference("actuals", "person", "工号", "people"),
)
"""Every reference between records."""

MOST_OF_A_KIND = 1000
MOST_GUESSES = 100
"""So many faults of one column are told, and so many of them get a near miss named: enough to see what is wrong."""

ID_COLUMNS = {
    "windows": "窗口编号",
    "people": "工号",
    "posts": "岗位编号",
    "items": "事项编号",
    "appointments": "预约编号",
}


@dataclass(frozen=True, slots=True)
class Key:
    """Fields that together may not repeat within a table; the complaint stands at `columns[0]`."""

    table: str
    fields: tuple[str, ...]
    columns: tuple[str, ...]


KEYS = (
    Key("windows", ("id",), ("窗口编号",)),
    Key("people", ("id",), ("工号",)),
    Key("posts", ("id",), ("岗位编号",)),
    Key("items", ("id",), ("事项编号",)),
    Key("appointments", ("id",), ("预约编号",)),
    Key("demand_rows", ("line", "scope", "name", "day"), ("线", "范围", "名称", "日期")),
    Key("leaders", ("person", "group"), ("工号", "带班组")),
    Key("history", ("person",), ("工号",)),
    Key("wishes", ("person", "day", "line"), ("工号", "日期", "线")),
    Key("actuals", ("day", "line", "segment", "window", "person"), ("日期", "线", "时段", "窗口编号", "工号")),
)
"""Keys that may stand once only (workbook.md)."""


def reference_complaints(inputs: Inputs) -> list[Complaint]:
    """Every id that nothing has, the nearest one named."""
    known = {table: _known_ids(inputs, table) for table in ID_COLUMNS}
    found: list[Complaint] = []
    for reference in REFERENCES:
        found += islice(_dangling_of(inputs, reference, known[reference.target]), MOST_OF_A_KIND)
    return found


def _dangling_of(inputs: Inputs, reference: Reference, known: set[str]) -> Iterator[Complaint]:
    """The complaints about one field, each wrong id compared with the known ones once."""
    near = _ids_by_name(inputs, reference.target)
    most = len(near) + MOST_GUESSES
    for record in inputs.table(reference.table):
        if isinstance(record, Pin) and record.line == Line.LEAD and reference.field == "window":
            continue  # On the line 带班 the column holds the leader group's name.
        for wanted in _named(record, reference.field):
            if wanted not in known:
                if wanted not in near:
                    near[wanted] = nearest(wanted, known) if len(near) < most else ""
                yield _dangling(reference, record, wanted, near[wanted])


def _ids_by_name(inputs: Inputs, table: str) -> dict[str, str]:
    """The ids of a table by name, for a name typed where the id belongs; names of two are left out."""
    found: dict[str, str] = {}
    doubled: set[str] = set()
    for record in inputs.table(table):
        name, own = str(getattr(record, "name", "") or ""), str(getattr(record, "id", "") or "")
        if name and own:
            doubled |= {name} & found.keys()
            found[name] = own
    return {name: own for name, own in found.items() if name not in doubled}


def _known_ids(inputs: Inputs, table: str) -> set[str]:
    ids = {str(getattr(record, "id", "")) for record in inputs.table(table)}
    return ids | inputs.broken.get(TABLES[table], set())


def _named(record: Record, field: str) -> tuple[str, ...]:
    value = getattr(record, field, None)
    if isinstance(value, tuple):
        return tuple(map(str, value))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    return (str(value),) if value else ()


def _dangling(reference: Reference, record: Record, wanted: str, near: str) -> Complaint:
    sheet, column = TABLES[reference.target], ID_COLUMNS[reference.target]
    text = f"{reference.column} {wanted} 不存在" + (f"，是否为 {near}？" if near else "")
    advice = f"请改为 {near}" if near else f"请改为{sheet}表中已有的{column}，或在{sheet}表中增加 {wanted}"
    return Complaint(TABLES[reference.table], record.row, reference.column, wanted, text, advice)


def nearest(wanted: str, known: Iterable[str]) -> str:
    """The id most like a wrong one (W0l: W01), empty where none is near."""
    pool = sorted(known)
    if len(wanted) > 60 or len(pool) > 5000:
        return ""
    folded = {_fold(name): name for name in reversed(pool)}
    if _fold(wanted) in folded:
        return folded[_fold(wanted)]
    near = get_close_matches(wanted, pool, n=1, cutoff=0.6)
    return near[0] if near else ""


_LOOKALIKE = str.maketrans({"l": "1", "i": "1", "o": "0", " ": "", "-": "", "_": ""})


def _fold(text: str) -> str:
    """One form for ids that look alike: case, l and 1, O and 0, leading zeros, blanks and dashes."""
    return text.lower().translate(_LOOKALIKE).lstrip("0")


def key_complaints(inputs: Inputs) -> list[Complaint]:
    """Every key given twice; the first row stands, each later one is told."""
    found: list[Complaint] = []
    for key in KEYS:
        found += islice(_doubled_of(inputs, key), MOST_OF_A_KIND)
    return found


def _doubled_of(inputs: Inputs, key: Key) -> Iterator[Complaint]:
    seen: dict[tuple[object, ...], int] = {}
    for record in inputs.table(key.table):
        values = tuple(getattr(record, name, None) for name in key.fields)
        unread = len(values) > 1 and (TABLES[key.table], record.row) in inputs.damaged
        if getattr(record, key.fields[0]) in (None, "") or unread:
            continue
        if values in seen:
            yield _doubled(key, record, values, seen[values])
        else:
            seen[values] = record.row


def _doubled(key: Key, record: Record, values: tuple[object, ...], first: int) -> Complaint:
    shown = "、".join(str(value) for value in values if value not in (None, ""))
    text = f"{'+'.join(key.columns)} {shown} 重复，与第 {first} 行相同"
    advice = "请改为不同的编号，或删去其中一行" if len(key.columns) == 1 else "请合并为一行，或删去其中一行"
    return Complaint(TABLES[key.table], record.row, key.columns[0], shown, text, advice)


def without_dangling(inputs: Inputs, complaints: list[Complaint]) -> Inputs:
    """The inputs without damaged rows, rows with errors, and rows that name what is then no longer there."""
    bad = inputs.damaged | {(c.sheet, c.row) for c in complaints if c.weight == "错误" and c.row}
    tables = {
        name: [record for record in inputs.table(name) if (sheet, record.row) not in bad or not record.row]
        for name, sheet in TABLES.items()
    }
    clean = replace(inputs, **tables)  # pyright: ignore[reportArgumentType]
    while _drop_dangling(clean):
        pass
    return clean


def _drop_dangling(inputs: Inputs) -> bool:
    """Drop, in place, records with a reference to nothing; whether any was dropped."""
    known = {table: {str(getattr(record, "id", "")) for record in inputs.table(table)} for table in ID_COLUMNS}
    dropped = False
    for reference in REFERENCES:
        records = inputs.table(reference.table)
        kept = [
            record
            for record in records
            if (isinstance(record, Pin) and record.line == Line.LEAD and reference.field == "window")
            or all(name in known[reference.target] for name in _named(record, reference.field))
        ]
        if len(kept) < len(records):
            setattr(inputs, reference.table, kept)
            dropped = True
    return dropped
