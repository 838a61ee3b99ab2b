"""Declarations of leave, time bank, history, wishes, pins, swaps, records of what happened, segments and holidays."""

from zhiban.io.sheet_parts import Column, Kind, Sheet
from zhiban.model.days import DaySource, HolidayKind, HolidayRow
from zhiban.model.kinds import LEAVE_PIN, Half, LeaveKind, Line, PinMode, Presence, SegmentKind
from zhiban.model.records import Actual, History, Leave, OpeningLot, Overtime, Pin, Swap, Wish
from zhiban.model.segments import APPLICABLE_DAYS, SegmentRow

HALVES = tuple(half.value for half in Half)
ANY_LINE = tuple(line.value for line in Line)
SOURCES = ("周末", "节假日", "法定当日", "午间", "延时", "其他")
MOST_LOT_MINUTES = 100_000

LEAVES = Sheet(
    "请假外出",
    Leave,
    "请假、外出，按半天；已批的调休从时间银行扣。",
    (
        Column("工号", "person", Kind.ID, "谁请假", "10101", required=True, refers="人员"),
        Column(
            "类型",
            "kind",
            Kind.CHOICE,
            "类型",
            "年休假",
            required=True,
            choices=tuple(kind.value for kind in LeaveKind),
            private=True,
        ),
        Column("开始日", "first", Kind.DATE, "从哪天起", "2026-11-10", required=True, in_period=True, end="结束日"),
        Column("开始半日", "first_half", Kind.CHOICE, "下午 = 开始日只请下午；空 = 从上午起", "下午", choices=HALVES),
        Column("结束日", "last", Kind.DATE, "到哪天为止（含）", "2026-11-12", required=True, in_period=True),
        Column("结束半日", "last_half", Kind.CHOICE, "上午 = 结束日只请上午；空 = 到下午止", "上午", choices=HALVES),
        Column("状态", "approved", Kind.CHOICE, "待批的只当作意愿；空 = 已批", "已批", choices=("已批", "待批")),
        Column("批准人", "approver", Kind.NAME, "批准人", "窗口负责人"),
    ),
)

OPENING = Sheet(
    "时间银行期初",
    OpeningLot,
    "期初还没调休的时间，每笔一行。",
    (
        Column("工号", "person", Kind.ID, "谁的", "10101", required=True, refers="人员"),
        Column("产生日期", "earned", Kind.DATE, "哪天值班挣得", "2026-10-18", required=True),
        Column(
            "分钟",
            "minutes",
            Kind.NUMBER,
            "还剩多少分钟",
            "240",
            required=True,
            low=1,
            high=MOST_LOT_MINUTES,
            units=("分钟", "分"),
        ),
        Column("来源", "source", Kind.CHOICE, "怎样挣得", "周末", choices=SOURCES),
        Column("到期日", "expires", Kind.DATE, "到哪天为止（含）；空 = 按调休有效月数", "2027-04-18"),
    ),
)


def _count(header: str, field: str, help_text: str) -> Column:
    return Column(header, field, Kind.NUMBER, help_text, "3", high=100_000, units=("次", "天", "件"))


HISTORY = Sheet(
    "历史累计",
    History,
    "此前各条线的值班次数，用来公平分担。",
    (
        Column("工号", "person", Kind.ID, "谁的", "10101", required=True, refers="人员"),
        _count("周六", "saturday", "周六值班次数"),
        _count("周日", "sunday", "周日值班次数"),
        _count("节假日", "holiday", "节假日值班次数（含法定当日）"),
        _count("法定当日", "statutory", "其中法定节日当天的次数"),
        _count("午间", "lunch", "午间值班次数"),
        _count("应约", "call_in", "应约服务次数"),
        _count("带班", "lead", "带班次数"),
        Column("最近值班日", "last_duty", Kind.DATE, "最近一次值班的日期", "2026-10-25"),
    ),
    key=("工号",),
)

WISHES = Sheet(
    "意愿",
    Wish,
    "希望或不希望值班的日期；尽量满足，不保证。",
    (
        Column("工号", "person", Kind.ID, "谁的意愿", "10101", required=True, refers="人员"),
        Column("日期", "day", Kind.DATE, "哪天", "2026-11-15", required=True, in_period=True),
        Column("线", "line", Kind.CHOICE, "哪条线；空 = 任何一条", "周末", choices=ANY_LINE),
        Column("意愿", "wants", Kind.CHOICE, "希望或不希望值班", "不希望", required=True, choices=("希望", "不希望")),
        Column("权重", "weight", Kind.NUMBER, "1 到 10，越大越看重；空 = 1", "5", low=1, high=10),
    ),
    key=("工号", "日期", "线"),
)

PINS = Sheet(
    "指定与锁定",
    Pin,
    "负责人的决定：谁必须、谁不得在哪天值班、应约、带班或调休。",
    (
        Column("日期", "day", Kind.DATE, "哪天", "2026-11-14", required=True, in_period=True),
        Column("线", "line", Kind.CHOICE, "哪条线，或调休", "周末", required=True, choices=(*ANY_LINE, LEAVE_PIN)),
        Column("时段", "segment", Kind.NAME, "时段名称；调休写上午或下午；空 = 任何时段", "上午"),
        Column("窗口编号", "window", Kind.ID, "哪个窗口；带班写组名；空 = 任何窗口", "W01", refers="窗口"),
        Column("工号", "person", Kind.ID, "谁；只有“禁止”且填了窗口编号时可空", "10101", refers="人员"),
        Column(
            "预约编号",
            "appointment",
            Kind.ID,
            "指定谁承办哪件预约；此时不看日期和线",
            "YY2026110001",
            refers="预约登记",
        ),
        Column(
            "方式",
            "mode",
            Kind.CHOICE,
            "必须、禁止或锁定",
            "必须",
            required=True,
            choices=tuple(mode.value for mode in PinMode),
        ),
        Column("原因", "reason", Kind.TEXT, "原因", "负责人指定", private=True),
    ),
)

SWAPS = Sheet(
    "调换班",
    Swap,
    "对调：两人互换；代班：乙替甲。公平仍记原来的人，时间记实际值班的人。",
    (
        Column("类型", "kind", Kind.CHOICE, "对调或代班", "代班", required=True, choices=("对调", "代班")),
        Column("甲", "a", Kind.ID, "原来该值班的人", "10101", required=True, refers="人员"),
        Column("甲日期", "a_day", Kind.DATE, "甲原来的日期", "2026-11-21", required=True, in_period=True),
        Column("甲线", "a_line", Kind.CHOICE, "甲原来的线", "周末", required=True, choices=ANY_LINE),
        Column("乙", "b", Kind.ID, "替甲值班的人", "10103", required=True, refers="人员"),
        Column("乙日期", "b_day", Kind.DATE, "对调时乙原来的日期", "2026-11-22", in_period=True),
        Column("乙线", "b_line", Kind.CHOICE, "对调时乙原来的线；空 = 同甲线", "周末", choices=ANY_LINE),
        Column("批准人", "approver", Kind.NAME, "批准人", "窗口负责人"),
        Column("原因", "reason", Kind.TEXT, "原因", "看病", private=True),
    ),
)

OVERTIME = Sheet(
    "延时记录",
    Overtime,
    "下班后继续办完事项的时间；备案的才可计入时间银行。",
    (
        Column("工号", "person", Kind.ID, "谁", "10101", required=True, refers="人员"),
        Column("日期", "day", Kind.DATE, "哪天", "2026-11-05", required=True, in_period=True),
        Column("开始", "start", Kind.CLOCK, "从几点", "17:00", required=True, end="结束"),
        Column("结束", "end", Kind.CLOCK_END, "到几点", "17:40", required=True),
        Column("事由", "matter", Kind.TEXT, "办什么事", "群众事项未办结"),
        Column("备案", "filed", Kind.YES_NO, "是否已备案；空 = 否", "是"),
    ),
)

ACTUALS = Sheet(
    "实际到岗",
    Actual,
    "实际值班的情况，用来更正时间银行。",
    (
        Column("日期", "day", Kind.DATE, "哪天", "2026-11-07", required=True, in_period=True),
        Column("线", "line", Kind.CHOICE, "哪条线", "周末", required=True, choices=ANY_LINE),
        Column("时段", "segment", Kind.NAME, "时段名称；空 = 当天各时段", "上午"),
        Column("窗口编号", "window", Kind.ID, "在哪个窗口", "W01", required=True, refers="窗口"),
        Column("工号", "person", Kind.ID, "谁；只有空岗可空", "10101", refers="人员"),
        Column("实到", "arrived", Kind.CLOCK, "实际几点到", "9:05", end="实离"),
        Column("实离", "departed", Kind.CLOCK_END, "实际几点走", "12:00"),
        Column(
            "情况",
            "presence",
            Kind.CHOICE,
            "情况",
            "迟到",
            required=True,
            choices=tuple(presence.value for presence in Presence),
        ),
    ),
    key=("日期", "线", "时段", "窗口编号", "工号"),
)

SEGMENTS = Sheet(
    "作息时段",
    SegmentRow,
    "每天的时段；写了某个类型就不再用方案里这个类型的时段。",
    (
        Column("名称", "name", Kind.NAME, "时段名称；预约受理的名称写渠道时只对该渠道有效", "上午", required=True),
        Column(
            "类型",
            "kind",
            Kind.CHOICE,
            "哪一类时段",
            "工作日上午",
            required=True,
            choices=tuple(kind.value for kind in SegmentKind),
        ),
        Column(
            "适用日", "days", Kind.CHOICES, "哪些日子用；空 = 每天", "周一；周二；周三；周四", choices=APPLICABLE_DAYS
        ),
        Column("开始", "start", Kind.CLOCK, "从几点", "9:00", required=True, end="结束"),
        Column("结束", "end", Kind.CLOCK_END, "到几点", "12:00", required=True),
        Column("季节起", "season_from", Kind.MONTH_DAY, "从几月几日；空 = 全年", "05-01", end="季节止"),
        Column("季节止", "season_to", Kind.MONTH_DAY, "到几月几日（含）", "09-30"),
    ),
)

HOLIDAYS = Sheet(
    "放假安排",
    HolidayRow,
    "比内置放假安排更优先的日期；一天一行，仅预约可另加一行。",
    (
        Column("日期", "date", Kind.DATE, "哪天", "2027-01-01", required=True, in_period=True),
        Column(
            "类型",
            "kind",
            Kind.CHOICE,
            "这天是什么日子",
            "法定节假日",
            required=True,
            choices=tuple(kind.value for kind in HolidayKind),
        ),
        Column("节日名称", "name", Kind.NAME, "节日名称", "元旦"),
        Column(
            "来源",
            "source",
            Kind.CHOICE,
            "从哪里来；空 = 手工",
            "通知",
            choices=tuple(source.value for source in DaySource),
        ),
    ),
)
