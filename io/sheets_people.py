"""Declarations of 基本设置, 窗口 and 人员."""

from zhiban.io.sheet_parts import Column, Kind, Sheet
from zhiban.model.records import Person, Record, Window

MOST_PEOPLE = 1000
"""Largest headcount anybody may ask for (rules.md 5)."""

SETTINGS = Sheet(
    "基本设置",
    Record,
    "中心、方案、排班期间；其余项目不填时用方案的值。",
    (
        Column("项目", "key", Kind.NAME, "设置项目，见下表；不要改动", "开始日期", required=True),
        Column("值", "value", Kind.SETTING, "填写的值；空 = 方案的值", "2026-11-01"),
        Column("说明", "note", Kind.TEXT, "说明，程序不读", "本次排班的第一天", lenient=True),
    ),
    required=True,
)

WINDOWS = Sheet(
    "窗口",
    Window,
    "参加排班的每个窗口一行；中心领导可放在一个各项最少人数为 0 的窗口。",
    (
        Column("窗口编号", "id", Kind.ID, "窗口的唯一编号", "W01", required=True),
        Column("窗口名称", "name", Kind.NAME, "印在值班表上的名称", "社会保险窗口", required=True),
        Column("进驻单位", "unit", Kind.NAME, "所属部门（单位）", "人力资源和社会保障局"),
        Column(
            "类别",
            "category",
            Kind.CHOICE,
            "窗口类别；值班需求可按类别提要求",
            "专业",
            choices=("综合", "专业", "咨询台", "帮办", "自助辅导", "办不成事"),
        ),
        Column("窗口负责人", "head", Kind.ID, "负责人的工号", "10101", refers="人员"),
        Column("代理负责人", "deputies", Kind.IDS, "负责人不在时代行职责的人，按次序", "10102；10103", refers="人员"),
        Column(
            "工作日最少",
            "workday_minimum",
            Kind.NUMBER,
            "有人调休的半天，窗口至少要有几人在；空 = 基本设置的工作日最少人数",
            "1",
            high=MOST_PEOPLE,
            units=("人",),
        ),
        Column(
            "午间最少",
            "lunch_minimum",
            Kind.NUMBER,
            "午间至少几人值班；0 = 不设午间值班；空 = 基本设置的午间最少人数",
            "1",
            high=MOST_PEOPLE,
            units=("人",),
        ),
        Column(
            "周末最少",
            "weekend_minimum",
            Kind.NUMBER,
            "周末至少几人值班；0 = 不设周末值班；空 = 基本设置的周末最少人数",
            "1",
            high=MOST_PEOPLE,
            units=("人",),
        ),
        Column(
            "节假日最少",
            "holiday_minimum",
            Kind.NUMBER,
            "节假日至少几人值班；0 = 不设节假日值班；空 = 基本设置的节假日最少人数",
            "0",
            high=MOST_PEOPLE,
            units=("人",),
        ),
        Column("互助组", "mutual_group", Kind.NAME, "可以合并值班的相邻窗口写同一个组名", "互助1组"),
        Column("带班组", "leader_group", Kind.NAME, "由同一批领导带班的窗口写同一个组名", "一楼"),
        Column(
            "同时调休上限",
            "leave_cap",
            Kind.NUMBER,
            "同一半天至多几人调休；空 = 在岗人数的三分之一（至少 1）",
            "2",
            high=MOST_PEOPLE,
            units=("人",),
        ),
        Column("窗口电话", "phone", Kind.PHONE, "印在公示版上的办公电话", "0533-2589708"),
        Column("启用起", "active_from", Kind.DATE, "窗口从哪天起开放；空 = 一直开放", "2026-11-12"),
        Column("启用止", "active_to", Kind.DATE, "窗口到哪天为止（含）；空 = 一直开放", "2026-12-31"),
    ),
    key=("窗口编号",),
    required=True,
)

PEOPLE = Sheet(
    "人员",
    Person,
    "每人一行。",
    (
        Column("工号", "id", Kind.ID, "唯一的工号；重名的人靠它区分", "10101", required=True),
        Column("姓名", "name", Kind.NAME, "姓名", "何雨晴", required=True),
        Column("窗口编号", "window", Kind.ID, "本人所属的窗口", "W01", required=True, refers="窗口"),
        Column("性别", "gender", Kind.CHOICE, "性别", "女", choices=("男", "女")),
        Column("可顶岗窗口", "stand_in_windows", Kind.IDS, "本人还能去顶岗的其他窗口", "W02；W03", refers="窗口"),
        Column("可办事项", "items", Kind.IDS, "只能办理其中的事项；空 = 窗口的全部事项", "SX003；SX004", refers="事项"),
        Column(
            "身份",
            "status",
            Kind.CHOICE,
            "人员身份",
            "事业",
            choices=("公务员", "参公", "事业", "合同", "派遣"),
        ),
        Column("公平组", "fairness_group", Kind.NAME, "在哪个范围内比较负担；空 = 本窗口", "青年组"),
        Column("手机", "mobile", Kind.PHONE, "手机号码，公示版不印", "13900000001", private=True),
        Column("参加午间", "joins_lunch", Kind.YES_NO, "是否参加午间值班；空 = 是", "是"),
        Column("参加周末", "joins_weekend", Kind.YES_NO, "是否参加周末值班；空 = 是", "是"),
        Column("参加节假日", "joins_holiday", Kind.YES_NO, "是否参加节假日值班；空 = 是", "否"),
        Column("免加班起", "exempt_from", Kind.DATE, "从哪天起不安排加班（如孕期）", "2026-11-01", private=True),
        Column("免加班止", "exempt_to", Kind.DATE, "到哪天为止（含）不安排加班", "2027-02-28", private=True),
        Column("免加班原因", "exempt_reason", Kind.TEXT, "原因，只供内部查看", "哺乳期", private=True),
        Column("到岗日", "hired", Kind.DATE, "从哪天起上班；空 = 一直在岗", "2026-11-12"),
        Column("离岗日", "left", Kind.DATE, "最后一个上班日；空 = 一直在岗", "2026-11-20"),
        Column(
            "每月周末上限",
            "weekend_cap",
            Kind.NUMBER,
            "一个月至多几天周末值班；0 = 不排；空 = 不限",
            "4",
            high=31,
            units=("天", "次"),
        ),
        Column("备注", "note", Kind.TEXT, "备注", "新入职", private=True, lenient=True),
    ),
    key=("工号",),
    required=True,
)
