"""Rows that a roster had when it was written and has no more: whoever is taken out by hand leaves his row standing.

An emptied cell is a decision; a row that is gone may as well be a slip, and nothing tells which.
"""

from collections import Counter
from datetime import date

from zhiban.io.edited_rows import Key, key_of
from zhiban.io.read_roster import RosterFile
from zhiban.model.errors import Complaint, InputError
from zhiban.model.kinds import Line

DETAIL, LEAVES, SERVED = "排班明细", "调休明细", "预约明细"
ADVICE = "请从原文件恢复；要取消某人的班次，请清空该行的工号和姓名，不要删除整行"
MOST_TOLD = 10


def require_rows(file: RosterFile) -> None:
    """InputError where rows of the machine sheets were deleted, naming what stood in them."""
    found = [*_duties(file), *_leaves(file), *_appointments(file)]
    if found:
        raise InputError(found[:MOST_TOLD])


def _duties(file: RosterFile) -> list[Complaint]:
    """Fewer rows of 排班明细 than were written; a row moved to another place is none the fewer."""
    if file.written is None:
        return []
    there = Counter(key_of(found.row) for found in file.placed) + Counter(file.emptied)
    before = Counter(key_of(row) for row in file.written)
    short = before.total() - there.total()
    if short <= 0:
        return []
    gone = [_place(key) for key in before - there]
    listed = "；".join(gone[:MOST_TOLD])
    text = f"{DETAIL}少了 {short} 行（{listed}{'等' if len(gone) > MOST_TOLD else ''}）"
    return [Complaint(DETAIL, 0, "", "", text, ADVICE, cell=DETAIL)]


def _place(key: Key) -> str:
    day, line, window, start, appointment = key
    where = window if line != Line.LEAD or window else ""
    return f"{day.month}月{day.day}日{line}{appointment} {where} {start // 60}:{start % 60:02}"


def _leaves(file: RosterFile) -> list[Complaint]:
    """Leave that 时间银行 says was taken and 调休明细 does not list."""
    listed: Counter[str] = Counter()
    for row in file.roster.leaves:
        listed[row.person] += row.minutes
    found: list[Complaint] = []
    for row in file.bank:
        if listed[row.person] < row.taken:
            text = f"{LEAVES}少了 {row.person} 的调休：列出 {listed[row.person]} 分钟，时间银行已休 {row.taken} 分钟"
            found.append(Complaint(LEAVES, 0, "", row.person, text, "请从原文件恢复调休明细", cell=LEAVES))
    return found


def _appointments(file: RosterFile) -> list[Complaint]:
    """Appointments that 排班明细 as written has people on and 预约明细 does not list."""
    listed: set[tuple[str, date]] = {(row.appointment, row.day) for row in file.roster.appointments}
    served = {(a, row.day) for row in file.written or () for a in row.appointments}
    return [
        Complaint(
            SERVED,
            0,
            "",
            appointment,
            f"{SERVED}少了预约 {appointment}（{day}）的行",
            "请从原文件恢复预约明细",
            cell=SERVED,
        )
        for appointment, day in sorted(served - listed)
    ]
