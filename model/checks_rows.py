"""The laws that single rows and rows of one sheet must keep, whatever the calendar says (workbook.md, Reading)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zhiban.model.checks_references import nearest
from zhiban.model.errors import Complaint
from zhiban.model.inputs import TABLES, Inputs
from zhiban.model.kinds import Half
from zhiban.model.records import DemandRow, Leave, Person, Post, Record
from zhiban.model.segments import clock

NOTE = "提示"
REMIND = "提醒"


@dataclass(frozen=True, slots=True)
class Ends:
    """Two fields of a table that are the ends of one range, with their columns."""

    table: str
    start: str
    end: str
    start_column: str
    end_column: str
    may_be_equal: bool = True


ENDS = (
    Ends("windows", "active_from", "active_to", "启用起", "启用止"),
    Ends("people", "exempt_from", "exempt_to", "免加班起", "免加班止"),
    Ends("people", "hired", "left", "到岗日", "离岗日"),
    Ends("posts", "valid_from", "valid_to", "起", "止"),
    Ends("leaves", "first", "last", "开始日", "结束日"),
    Ends("appointments", "earliest", "latest", "最早开始", "最晚开始"),
    Ends("appointments", "actual_start", "actual_end", "实际开始", "实际结束"),
    Ends("opening", "earned", "expires", "产生日期", "到期日"),
    Ends("overtime", "start", "end", "开始", "结束", may_be_equal=False),
    Ends("actuals", "arrived", "departed", "实到", "实离"),
)
"""Every range of an input row; its end may not lie before its start."""


def row_complaints(inputs: Inputs) -> list[Complaint]:
    """Everything wrong with single rows, of the rows that could be read whole."""
    return [
        *_reversed_ends(inputs),
        *_posts(inputs),
        *_items(inputs),
        *_demand(inputs),
        *_leaders(inputs),
        *_leaves(inputs),
        *_history(inputs),
    ]


def undamaged(inputs: Inputs, table: str, records: Iterable[Record]) -> list[Record]:
    """The records of a table without unreadable cells."""
    return [record for record in records if (TABLES[table], record.row) not in inputs.damaged]


def _reversed_ends(inputs: Inputs) -> list[Complaint]:
    found: list[Complaint] = []
    for ends in ENDS:
        for record in undamaged(inputs, ends.table, inputs.table(ends.table)):
            start, end = getattr(record, ends.start), getattr(record, ends.end)
            if start is None or end is None or start < end or (start == end and ends.may_be_equal):
                continue
            text = f"{ends.end_column} {_shown(end)} 早于{ends.start_column} {_shown(start)}"
            if start == end:
                text = f"{ends.end_column} {_shown(end)} 与{ends.start_column}相同"
            advice = f"请改为晚于 {_shown(start)} 的值，或更正{ends.start_column}"
            found.append(Complaint(TABLES[ends.table], record.row, ends.end_column, _shown(end), text, advice))
    return found


def _shown(value: object) -> str:
    return clock(value) if isinstance(value, int) else str(value)


def _posts(inputs: Inputs) -> list[Complaint]:
    windows = {window.id for window in inputs.windows}
    people = {person.id: person for person in inputs.people if person.window in windows}
    found: list[Complaint] = []
    for post in inputs.posts:
        if (TABLES["posts"], post.row) in inputs.damaged:
            continue
        found += _post(post, people)
    return found


def _post(post: Post, people: dict[str, Person]) -> list[Complaint]:
    found: list[Complaint] = []

    def tell(column: str, value: str, text: str, advice: str, weight: str = "错误") -> None:
        found.append(Complaint("岗位", post.row, column, value, text, advice, weight))

    a = people.get(post.a)
    if a is not None and a.window != post.window:
        text = f"A角 {post.a} {a.name}是窗口 {a.window} 的人，不属于岗位 {post.id} 的窗口 {post.window}"
        tell("A角", post.a, text, f"请改为窗口 {post.window} 的人；外窗口的人可作B角（并在人员表填可顶岗窗口）")
    if post.a in post.b:
        tell("B角", post.a, f"岗位 {post.id} 的A角 {post.a} 又列在B角中", f"请从B角中删去 {post.a}")
    for stand_in in post.b:
        b = people.get(stand_in)
        if b is not None and post.window not in b.windows:
            text = f"B角 {stand_in} {b.name}不能在窗口 {post.window} 服务（属于窗口 {b.window}）"
            tell("B角", stand_in, text, f"请在人员表 {stand_in} 的可顶岗窗口中增加 {post.window}，或改为别人")
    if not post.b:
        text = f"岗位 {post.id} {post.name}没有B角，A角不在时将空岗"
        tell("B角", "", text, "请填写B角，可列多人", REMIND)
    return found


def _items(inputs: Inputs) -> list[Complaint]:
    return [
        Complaint(
            "事项",
            item.row,
            "配合窗口",
            item.host,
            f"事项 {item.id} 的主办窗口 {item.host} 又列在配合窗口中",
            f"请从配合窗口中删去 {item.host}",
        )
        for item in inputs.items
        if ("事项", item.row) not in inputs.damaged and item.host in item.assists
    ]


def _demand(inputs: Inputs) -> list[Complaint]:
    groups = {
        "互助组": {window.mutual_group for window in inputs.windows if window.mutual_group},
        "类别": {window.category for window in inputs.windows if window.category},
    }
    found: list[Complaint] = []
    for row in inputs.demand_rows:
        if ("值班需求", row.row) in inputs.damaged or row.scope not in groups:
            continue
        found += _named_scope(row, groups[row.scope])
    return found


def _named_scope(row: DemandRow, known: set[str]) -> list[Complaint]:
    if not row.name:
        text = f"范围为{row.scope}时须写明名称"
        return [
            Complaint("值班需求", row.row, "名称", "", text, f"请改为：{'、'.join(sorted(known)) or '窗口表中的名称'}")
        ]
    if row.name in known:
        return []
    near = nearest(row.name, known)
    text = f"没有窗口的{row.scope}是“{row.name}”" + (f"，是否为 {near}？" if near else "")
    advice = f"请改为 {near}" if near else f"请改为窗口表中已有的{row.scope}，或在窗口表中填写"
    return [Complaint("值班需求", row.row, "名称", row.name, text, advice)]


def _leaders(inputs: Inputs) -> list[Complaint]:
    """带班组 of a leader must be some window's; where leaders go by another scope the column is not used (a note)."""
    known = {window.leader_group for window in inputs.windows if window.leader_group} | {"全中心"}
    used = inputs.settings.get("带班范围") == "带班组"
    found: list[Complaint] = []
    for row in inputs.leaders:
        if ("带班领导", row.row) in inputs.damaged or not row.group or row.group in known:
            continue
        near = nearest(row.group, known)
        text = f"没有窗口的带班组是“{row.group}”" + (f"，是否为 {near}？" if near else "")
        advice = f"请改为 {near}" if near else "请改为窗口表中已有的带班组，或留空"
        found.append(Complaint("带班领导", row.row, "带班组", row.group, text, advice, "错误" if used else NOTE))
    return found


def _leaves(inputs: Inputs) -> list[Complaint]:
    of_person: dict[str, list[Leave]] = defaultdict(list)
    found: list[Complaint] = []
    for leave in inputs.leaves:
        if ("请假外出", leave.row) in inputs.damaged or leave.last < leave.first:
            continue
        if _half_span(leave)[1] < _half_span(leave)[0]:
            text = f"{leave.first} 从下午开始、到上午结束，结束早于开始"
            found.append(Complaint("请假外出", leave.row, "结束半日", "上午", text, "请改为下午，或更正结束日"))
            continue
        of_person[leave.person].append(leave)
    for leaves in of_person.values():
        found += _overlapping(leaves)
    return found


def _half_span(leave: Leave) -> tuple[tuple[date, int], tuple[date, int]]:
    """First and last half of a leave, 0 the morning and 1 the afternoon."""
    return (
        (leave.first, int(leave.first_half == Half.AFTERNOON)),
        (leave.last, int(leave.last_half != Half.MORNING)),
    )


def _overlapping(leaves: list[Leave]) -> list[Complaint]:
    """Leaves of one person that share a half; the later row is told."""
    found: list[Complaint] = []
    longest: Leave | None = None
    for leave in sorted(leaves, key=lambda row: (_half_span(row)[0], row.row)):
        if longest is not None and _half_span(leave)[0] <= _half_span(longest)[1]:
            later, other = (leave, longest) if leave.row >= longest.row else (longest, leave)
            rival = f"第 {other.row} 行的{other.kind}（{_told(other)}）"
            text = f"工号 {leave.person} 的{later.kind}（{_told(later)}）与{rival}重叠"
            advice = "请改为互不重叠的日期，或删去其中一行"
            found.append(Complaint("请假外出", later.row, "开始日", later.first.isoformat(), text, advice))
        if longest is None or _half_span(leave)[1] > _half_span(longest)[1]:
            longest = leave
    return found


def _told(leave: Leave) -> str:
    first, last = leave.first.isoformat(), leave.last.isoformat()
    return f"{first}{leave.first_half or ''} 至 {last}{leave.last_half or ''}"


def _history(inputs: Inputs) -> list[Complaint]:
    return [
        Complaint(
            "历史累计",
            row.row,
            "法定当日",
            str(row.statutory),
            f"工号 {row.person} 的法定当日 {row.statutory} 次多于节假日 {row.holiday} 次；节假日应含法定当日",
            f"请改为不大于 {row.holiday} 的数，或更正节假日",
            NOTE,
        )
        for row in inputs.history
        if ("历史累计", row.row) not in inputs.damaged and row.statutory > row.holiday
    ]
