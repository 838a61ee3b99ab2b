"""The rows of the machine sheets as records, each cell checked; the counterpart of `machine_rows`."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from zhiban.io.edited_rows import PlacedRow
from zhiban.io.machine_rows import GRANTED, YES
from zhiban.io.roster_cells import Table, TableRow
from zhiban.model.kinds import Half, Mode, Role, Severity, TierStatus
from zhiban.model.records import History, OpeningLot
from zhiban.model.roster import AppointmentRow, BankRow, Finding, LeaveRow, StandInRow, TierValue


class Label(NamedTuple):
    """A stated text of 排班明细 or 调休明细 that follows from the rest of its row, such as 星期."""

    sheet: str
    cell: str
    column: str
    value: str
    day: date
    window: str
    person: str
    line: str = ""
    minutes: int = 0


def duty_labels(table: Table, placed: Sequence[PlacedRow]) -> list[Label]:
    """The texts of 排班明细 that follow from the rest of their rows."""
    duties = {found.number: found.row for found in placed}
    labels: list[Label] = []
    for row in table.records():
        duty = duties.get(row.number)
        for column in ("星期", "日类", "窗口名称", "姓名"):
            if duty is not None and column in table.places:
                place, value = row.place(column), row.text(column)
                labels.append(
                    Label(table.sheet, place, column, value, duty.day, duty.window, duty.person, duty.line.value)
                )
    return labels


def leave_of(row: TableRow, labels: list[Label]) -> LeaveRow:
    """A row of 调休明细; the texts that follow from the rest are added to `labels`."""
    leave = LeaveRow(
        person=row.needed("工号"),
        day=row.day("日期"),
        half=row.choice("时段", Half),
        start=row.minutes("开始"),
        end=row.minutes("结束"),
        granted=row.text("来源") == GRANTED,
    )
    window = row.text("窗口编号")
    for column in ("姓名", "窗口编号", "分钟"):
        if column in row.table.places:
            place, value = row.place(column), row.text(column)
            labels.append(
                Label(row.table.sheet, place, column, value, leave.day, window, leave.person, "调休", leave.minutes)
            )
    return leave


def stand_in_of(row: TableRow) -> StandInRow:
    """A row of 顶岗明细."""
    return StandInRow(
        day=row.day("日期"),
        half=row.choice("时段", Half),
        post=row.needed("岗位编号"),
        absentee=row.needed("缺席人"),
        reason=row.text("原因"),
        stand_in=row.text("顶岗人") or None,
    )


def appointment_of(row: TableRow) -> AppointmentRow:
    """A row of 预约明细."""
    modes: list[Mode] = []
    for text in row.items("方式"):
        if text in list(Mode):
            modes.append(Mode(text))
        else:
            row.complain("方式", "不在可选值之中", "请改为：" + "、".join(Mode))
    return AppointmentRow(
        appointment=row.needed("预约编号"),
        window=row.needed("窗口编号"),
        day=row.day("日期"),
        start=row.minutes("开始"),
        end=row.minutes("结束"),
        people=row.items("工号"),
        modes=tuple(modes),
        role=row.choice("角色", Role, Role.HOST),
        met=row.text("满足") == YES,
    )


def tier_of(row: TableRow) -> TierValue:
    """A row of 目标层级."""
    return TierValue(
        row.needed("层级"),
        row.text("名称"),
        row.whole_or_none("值"),
        row.whole_or_none("下界"),
        row.choice("状态", TierStatus),
    )


def bank_of(row: TableRow) -> BankRow:
    """A row of 时间银行."""
    columns = ("期初", "周末", "节假日", "午间", "应约", "延时", "已休", "过期", "期末")
    return BankRow(row.needed("工号"), *(row.whole(column) for column in columns))


def lot_of(row: TableRow) -> OpeningLot:
    """A row of 期末余额, as the next month's input would say it."""
    minutes = row.whole("分钟")
    if minutes < 0:
        row.complain("分钟", "不能为负", "请改为不小于 0 的整数")
    return OpeningLot(
        row=row.number,
        person=row.needed("工号"),
        earned=row.day("产生日期"),
        minutes=max(minutes, 0),
        source=row.text("来源"),
        expires=row.day_or_none("到期日"),
    )


def count_of(row: TableRow) -> History:
    """A row of 期末累计, as the next month's input would say it."""
    return History(
        row=row.number,
        person=row.needed("工号"),
        saturday=row.whole("周六"),
        sunday=row.whole("周日"),
        holiday=row.whole("节假日"),
        statutory=row.whole("法定当日"),
        lunch=row.whole("午间"),
        call_in=row.whole("应约"),
        lead=row.whole("带班"),
        last_duty=row.day_or_none("最近值班日"),
    )


def finding_of(row: TableRow) -> Finding:
    """A row of 问题明细."""
    return Finding(
        severity=row.choice("级别", Severity),
        code=row.text("代码"),
        text=row.prose("说明"),
        advice=row.prose("建议"),
        day=row.day_or_none("日期"),
        line=row.text("线"),
        segment=row.text("时段"),
        window=row.text("窗口编号"),
        person=row.text("工号"),
        subject=row.prose("对象"),
    )
