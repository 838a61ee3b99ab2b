"""Declarations of 岗位, 值班需求, 带班领导, 事项 and 预约登记."""

from zhiban.io.sheet_parts import Column, Kind, Sheet
from zhiban.io.sheets_people import MOST_PEOPLE
from zhiban.model.kinds import ACCEPTED, NOT_ACCEPTED, STANDING_LINES
from zhiban.model.records import Appointment, DemandRow, Item, LeaderRow, Post

MOST_MINUTES = 600
"""Longest appointment (workbook.md)."""

STATES = (
    "待确认",
    "已登记",
    "已派单",
    "已签收",
    "已联系",
    "已办结",
    "已备案",
    "已回访",
    "已推迟",
    "申请人取消",
    "爽约放弃",
    "不可抗力",
    "转工作日",
)
assert frozenset(STATES) == ACCEPTED | NOT_ACCEPTED

CHANNELS = ("现场", "电话", "网上", "掌上", "其他")
SCOPES = ("互助组", "类别", "全中心")

POSTS = Sheet(
    "岗位",
    Post,
    "AB角：每个岗位一行，A角不在时由B角按次序顶岗。",
    (
        Column("岗位编号", "id", Kind.ID, "岗位的唯一编号", "G0101", required=True),
        Column("岗位名称", "name", Kind.NAME, "岗位名称", "综合受理岗", required=True),
        Column("窗口编号", "window", Kind.ID, "岗位所在的窗口", "W01", required=True, refers="窗口"),
        Column("A角", "a", Kind.ID, "A角的工号，须是本窗口的人", "10101", required=True, refers="人员"),
        Column("B角", "b", Kind.IDS, "B角的工号，按顶岗次序；须能在本窗口服务", "10102；10103", refers="人员"),
        Column("午间开放", "open_lunch", Kind.YES_NO, "午间值班时本岗是否须有人；空 = 否", "否"),
        Column("周末开放", "open_weekend", Kind.YES_NO, "周末值班时本岗是否须有人；空 = 否", "是"),
        Column("节假日开放", "open_holiday", Kind.YES_NO, "节假日值班时本岗是否须有人；空 = 否", "否"),
        Column("起", "valid_from", Kind.DATE, "岗位从哪天起设；空 = 一直", "2026-11-01"),
        Column("止", "valid_to", Kind.DATE, "岗位到哪天为止（含）；空 = 一直", "2026-12-31"),
    ),
    key=("岗位编号",),
)

DEMAND = Sheet(
    "值班需求",
    DemandRow,
    "几个窗口合起来至少要有几人值班（互助组、类别或全中心）。",
    (
        Column(
            "线",
            "line",
            Kind.CHOICE,
            "哪条值班线",
            "周末",
            required=True,
            choices=tuple(line.value for line in STANDING_LINES),
        ),
        Column("范围", "scope", Kind.CHOICE, "按什么合并窗口", "互助组", required=True, choices=SCOPES),
        Column("名称", "name", Kind.NAME, "互助组或类别的名称；范围为全中心时可空", "互助1组"),
        Column(
            "最少人数",
            "minimum",
            Kind.NUMBER,
            "合起来至少几人",
            "2",
            required=True,
            high=MOST_PEOPLE,
            units=("人",),
        ),
        Column(
            "日期", "day", Kind.DATE, "只对这一天有效，并代替同名的一般要求；空 = 每天", "2026-11-07", in_period=True
        ),
    ),
    key=("线", "范围", "名称", "日期"),
)

LEADERS = Sheet(
    "带班领导",
    LeaderRow,
    "轮流带班的领导；没有本表时由窗口负责人和代理负责人带班。",
    (
        Column("工号", "person", Kind.ID, "须是人员表中的人", "90001", required=True, refers="人员"),
        Column("职务", "title", Kind.NAME, "职务", "副主任"),
        Column("带班组", "group", Kind.NAME, "只带这个组；空 = 都可以带", "一楼"),
        Column("参加", "joins", Kind.CHOICE, "只带周末或只带节假日；空 = 都带", "周末", choices=("周末", "节假日")),
        Column("次序", "order", Kind.NUMBER, "条件相同时的先后", "1", high=10_000),
        Column(
            "不可用", "unavailable", Kind.DATES, "不能带班的日期", "2026-11-07；2026-11-14~2026-11-15", in_period=True
        ),
    ),
    key=("工号", "带班组"),
)

ITEMS = Sheet(
    "事项",
    Item,
    "可以预约的事项清单。",
    (
        Column("事项编号", "id", Kind.ID, "事项的唯一编号", "SX001", required=True),
        Column("事项名称", "name", Kind.NAME, "事项名称", "企业职工参保登记", required=True),
        Column("主办窗口", "host", Kind.ID, "主办窗口的编号", "W01", required=True, refers="窗口"),
        Column("配合窗口", "assists", Kind.IDS, "并联办理时配合的窗口", "W02；W03", refers="窗口"),
        Column(
            "标准分钟",
            "minutes",
            Kind.NUMBER,
            "一般要几分钟；预约登记没填预计分钟时用它",
            "30",
            low=1,
            high=MOST_MINUTES,
            units=("分钟", "分"),
        ),
        Column("周末可办", "weekend_ok", Kind.YES_NO, "周末能否办理；空 = 是", "是"),
        Column("节假日可办", "holiday_ok", Kind.YES_NO, "节假日能否办理；空 = 是", "是"),
        Column("所需材料", "materials", Kind.TEXT, "一次性告知的材料", "身份证；申请表", lenient=True),
    ),
    key=("事项编号",),
)

APPOINTMENTS = Sheet(
    "预约登记",
    Appointment,
    "每件预约一行；开始时间固定的填开始时间，可以商量的填最早开始和最晚开始。",
    (
        Column("预约编号", "id", Kind.ID, "预约的唯一编号", "YY2026110001", required=True),
        Column("登记时间", "registered", Kind.MOMENT, "什么时候登记的", "2026-11-05 9:25", required=True),
        Column("渠道", "channel", Kind.CHOICE, "怎样预约的", "电话", required=True, choices=CHANNELS),
        Column("预约人", "applicant", Kind.NAME, "申请人姓名", "张某", required=True, private=True),
        Column("联系电话", "phone", Kind.PHONE, "申请人电话", "13900000002", required=True, private=True),
        Column("单位", "unit", Kind.NAME, "申请人单位", "某某商店", private=True),
        Column("代理人", "agent", Kind.NAME, "代为办理的人", "李某", private=True),
        Column("事项编号", "item", Kind.ID, "要办的事项", "SX001", required=True, refers="事项"),
        Column("预约日期", "day", Kind.DATE, "来办理的日期", "2026-11-07", required=True, in_period=True),
        Column("开始时间", "start", Kind.CLOCK, "固定的开始时间", "9:30"),
        Column("最早开始", "earliest", Kind.CLOCK, "时间可商量时，最早几点开始", "9:00", end="最晚开始"),
        Column("最晚开始", "latest", Kind.CLOCK, "时间可商量时，最晚几点开始", "11:00"),
        Column(
            "预计分钟",
            "duration",
            Kind.NUMBER,
            "预计要几分钟；空 = 事项的标准分钟",
            "30",
            low=1,
            high=MOST_MINUTES,
            units=("分钟", "分"),
        ),
        Column(
            "承办人数",
            "servers",
            Kind.NUMBER,
            "每个窗口几人承办；空 = 基本设置的承办人数",
            "1",
            low=1,
            high=5,
            units=("人",),
        ),
        Column("记录人", "recorder", Kind.NAME, "登记的工作人员", "何雨晴"),
        Column("交办时间", "handed_over", Kind.MOMENT, "什么时候交办", "2026-11-05 9:55"),
        Column("签收人", "signed_by", Kind.NAME, "窗口签收人的姓名或工号", "何雨晴"),
        Column("联系确认时间", "contacted", Kind.MOMENT, "什么时候与申请人联系确认", "2026-11-06 10:00"),
        Column("已一次性告知", "told_all", Kind.YES_NO, "是否已一次性告知", "是"),
        Column("状态", "state", Kind.CHOICE, "办到哪一步", "已登记", required=True, choices=STATES),
        Column("变更原因", "change_reason", Kind.TEXT, "推迟、取消的原因", "申请人出差", private=True),
        Column("批准人", "approver", Kind.NAME, "同意变更的人", "管理科"),
        Column("告知时间", "told_at", Kind.MOMENT, "什么时候告知变更", "2026-11-06 15:00"),
        Column("实际开始", "actual_start", Kind.MOMENT, "实际几点开始；只写时刻即预约当天", "9:32", end="实际结束"),
        Column("实际结束", "actual_end", Kind.MOMENT, "实际几点结束；只写时刻即预约当天", "10:05"),
        Column("办理情况", "outcome", Kind.TEXT, "办理结果", "已办结", private=True, lenient=True),
        Column("评价", "rating", Kind.TEXT, "好差评", "非常满意", lenient=True),
        Column("备案日期", "filed", Kind.DATE, "报管理科备案的日期", "2026-11-09", in_period=True),
        Column("回访日期", "called_back", Kind.DATE, "回访的日期", "2026-11-10", in_period=True),
        Column("备注", "note", Kind.TEXT, "备注", "需轮椅", private=True, lenient=True),
    ),
    key=("预约编号",),
)
