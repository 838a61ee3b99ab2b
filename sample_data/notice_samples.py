"""One realistic hall for each of the five notices; all their demand can be met."""

import datetime as dt

from zhiban.model.kinds import DayClass
from zhiban.sample_data.absences import add_credits, add_history, add_leave, add_wishes, grant
from zhiban.sample_data.bookings import Bookings
from zhiban.sample_data.hall import Hall, WindowPlan, clock, fake_phone
from zhiban.sample_data.hours import HOURS


def zibo() -> Hall:
    """October 2026: booked National Day, make-up Saturday the 10th followed by a weekend Sunday."""
    day = dt.date(2026, 10, 1)
    hall = Hall(101, "淄博2024", day, day.replace(day=31), HOURS["淄博2024"])
    hall.settings("临河市政务服务中心", {})
    hall.staff(
        [
            WindowPlan("咨询台", 4, 3),
            WindowPlan("社保", 6, 4),
            WindowPlan("医保", 5, 3),
            WindowPlan("不动产", 6, 4, 2),
            WindowPlan("公积金", 4, 3),
            WindowPlan("市场监管", 6, 4, cells={"周末最少": 2}),
            WindowPlan("税务", 6, 4),
            WindowPlan("公安", 5, 3),
            WindowPlan("住建", 4, 2),
            WindowPlan("帮办", 4, 2, 0),
            WindowPlan("民政", 4, 2),
            WindowPlan("残联", 1, 1, cover_by="民政"),
        ]
    )
    hall.directors(("主任", "副主任", "副主任"))
    hall.lead("10601", "窗口负责人", 4, 参加="周末")
    hall.lead("10201", "窗口负责人", 5, 不可用="2026-10-17；2026-10-18")
    hall.change(hall.woman("W03"), {"免加班起": day, "免加班止": dt.date(2026, 12, 31), "免加班原因": "哺乳期"})
    hall.change("10406", {"到岗日": dt.date(2026, 10, 12)})
    hall.change("10206", {"每月周末上限": 2})
    grant(hall, hall.windows["W12"], "11201", "年休假", dt.date(2026, 10, 20), dt.date(2026, 10, 22))
    add_leave(hall, 12, pending=2)
    add_wishes(hall, 10)
    add_credits(hall, 0.45, expiring=True)
    add_history(hall, 9)
    book = Bookings(hall, ("现场", "电话"))
    hall.change("10604", {"可办事项": book.item("企业设立登记").id})
    holidays, weekends = hall.dates(DayClass.HOLIDAY), hall.dates(DayClass.WEEKEND)
    book.several(2, holidays, joint=True)
    book.several(2, weekends, joint=True, flexible=1)
    book.several(5, holidays)
    book.several(7, weekends)
    book.several(2, hall.workdays)
    book.book(book.item("不动产转移登记"), dt.date(2026, 10, 24), 14 * 60, servers=2, 预计分钟=90, 备注="批量转移登记")
    book.book(book.item("食品经营许可"), dt.date(2026, 10, 21), 17 * 60 + 30, 备注="下班后办理")
    _not_kept(book, dt.date(2026, 10, 3), dt.date(2026, 10, 25))
    hall.add("指定与锁定", _pin(dt.date(2026, 10, 17), "周末", "10602", "必须"))
    hall.add("指定与锁定", _pin(dt.date(2026, 10, 31), "周末", "10703", "禁止"))
    swap = {"类型": "代班", "甲": "10801", "甲日期": dt.date(2026, 10, 25), "甲线": "周末", "乙": "10803"}
    hall.add("调换班", {**swap, "批准人": "窗口负责人", "原因": "家中有事"})
    return hall


def yiyuan() -> Hall:
    """September 2026: a Sunday worked, Mid-Autumn booked, three small windows sharing one weekend duty."""
    first, last = dt.date(2026, 9, 1), dt.date(2026, 9, 30)
    hall = Hall(102, "沂源2022", first, last, HOURS["沂源2022"])
    hall.settings("青源县政务服务中心", {"调休有效月数": 6, "每月延时上限小时": 36})
    small = {"互助组": "民生组"}
    hall.staff(
        [
            WindowPlan("咨询台", 4, 3),
            WindowPlan("社保", 5, 3),
            WindowPlan("医保", 4, 3),
            WindowPlan("不动产", 5, 4),
            WindowPlan("市场监管", 5, 4),
            WindowPlan("税务", 5, 3),
            WindowPlan("公安", 4, 3),
            WindowPlan("卫健", 3, 2),
            WindowPlan("交通", 3, 2),
            WindowPlan("退役军人", 2, 1, 0, cells=small),
            WindowPlan("农业农村", 3, 2, 0, cells=small),
            WindowPlan("残联", 1, 1, 0, cover_by="农业农村", cells=small),
        ]
    )
    hall.add("值班需求", {"线": "周末", "范围": "互助组", "名称": "民生组", "最少人数": 1})
    market = {"线": "周末", "范围": "互助组", "名称": "民生组", "最少人数": 2, "日期": dt.date(2026, 9, 12)}
    hall.add("值班需求", market)
    hall.directors(("局长", "副局长", "科长"))
    hall.lead("10501", "窗口负责人", 4)
    hall.change("10104", {"离岗日": dt.date(2026, 9, 21)})
    hall.change(hall.woman("W02"), {"免加班起": first, "免加班止": last, "免加班原因": "孕晚期"})
    add_leave(hall, 9)
    add_wishes(hall, 8)
    add_credits(hall, 0.5)
    add_history(hall, 8)
    book = Bookings(hall, ("现场", "电话"))
    holidays, weekends = hall.dates(DayClass.HOLIDAY), hall.dates(DayClass.WEEKEND)
    book.several(1, holidays, joint=True)
    book.several(2, weekends, joint=True)
    book.several(4, holidays, flexible=0.6)
    book.several(6, weekends)
    book.several(2, hall.workdays)
    _not_kept(book, dt.date(2026, 9, 26), dt.date(2026, 9, 13))
    return hall


def yangquan() -> Hall:
    """April 2026: Qingming on a Sunday, lunch at every window, nobody on both days of a weekend."""
    first, last = dt.date(2026, 4, 1), dt.date(2026, 4, 30)
    hall = Hall(103, "阳泉2023", first, last, HOURS["阳泉2023"])
    hall.settings("泉山市政务服务中心", {"同人周六日": "禁止"})
    hall.segments()
    both = ("午间", "周末")
    hall.staff(
        [
            WindowPlan("咨询台", 4, 2, 1, both),
            WindowPlan("社保", 5, 3, 1, both),
            WindowPlan("医保", 4, 3),
            WindowPlan("不动产", 5, 4, 1, both),
            WindowPlan("公积金", 3, 2),
            WindowPlan("市场监管", 5, 4),
            WindowPlan("税务", 5, 3),
            WindowPlan("民政", 4, 2),
            WindowPlan("残联", 1, 1, 1, both, cover_by="民政"),
        ]
    )
    hall.directors(("主任", "副主任", "副主任"))
    hall.change("10402", {"姓名": hall.names["10702"], "备注": "与税务窗口一人同名"})
    hall.change("10103", {"参加午间": "否", "备注": "午间送餐"})
    hall.change("10605", {"每月周末上限": 1})
    grant(hall, hall.windows["W09"], "10901", "年休假", dt.date(2026, 4, 14), dt.date(2026, 4, 15))
    add_leave(hall, 9)
    add_wishes(hall, 8)
    add_credits(hall, 0.4, expiring=True)
    add_history(hall, 3, lunch=1)
    book = Bookings(hall, ("现场", "电话", "网上"), lead_hours=24)
    holidays, weekends = hall.dates(DayClass.HOLIDAY), hall.dates(DayClass.WEEKEND)
    book.several(2, holidays, joint=True)
    book.several(1, weekends, joint=True, flexible=1)
    book.several(4, holidays)
    book.several(5, weekends)
    book.several(4, hall.workdays)
    _not_kept(book, dt.date(2026, 4, 5), dt.date(2026, 4, 12))
    return hall


def xixia() -> Hall:
    """May 2026: no service on Labour Day, Saturday the 9th worked, the other Saturdays booked; leave by the hour."""
    first, last = dt.date(2026, 5, 1), dt.date(2026, 5, 31)
    hall = Hall(104, "西峡2023", first, last, HOURS["西峡2023"])
    hall.settings("西陵县政务服务中心", {"午间模式": "比例", "午间比例": 0.5, "调休最小单位": "1小时"})
    hall.segments()
    kinds = (
        "咨询台",
        "社保",
        "医保",
        "不动产",
        "公积金",
        "市场监管",
        "税务",
        "公安",
        "住建",
        "民政",
        "水电气暖",
        "教体",
    )
    sizes = (4, 5, 4, 5, 3, 5, 5, 4, 3, 3, 3, 3)
    plans = [WindowPlan(kind, size, min(size - 1, 3), 0) for kind, size in zip(kinds, sizes, strict=True)]
    plans[-1] = WindowPlan("教体", 3, 2, 0, cells={"启用起": dt.date(2026, 5, 11)})
    hall.staff([*plans, WindowPlan("办不成事", 1, 1, 0, cover_by="咨询台")])
    hall.change("10403", {"到岗日": dt.date(2026, 5, 18)})
    hall.change("10702", {"参加午间": "否"})
    add_leave(hall, 10, pending=2)
    add_wishes(hall, 6)
    add_credits(hall, 0.5, expiring=True)
    add_history(hall, 4, lunch=0.5, saturdays_only=True)
    book = Bookings(hall, ("电话", "现场"), lead_hours=24, weekend_items=0.8)
    saturdays = [day for day in hall.dates(DayClass.WEEKEND) if day.weekday() == 5]
    book.several(3, saturdays, joint=True, flexible=0.7)
    book.several(12, saturdays)
    book.several(2, hall.workdays)
    book.book(book.item("购房提取"), dt.date(2026, 5, 23), 8 * 60 + 30, servers=2)
    _not_kept(book, dt.date(2026, 5, 16), dt.date(2026, 5, 23))
    for person, day, end in (("10203", 12, "18:40"), ("10602", 20, "18:25")):
        hour, minute = end.split(":")
        late = {
            "工号": person,
            "日期": dt.date(2026, 5, day),
            "开始": dt.time(18),
            "结束": dt.time(int(hour), int(minute)),
        }
        hall.add("延时记录", {**late, "事由": "下班时事项未办结", "备案": "是"})
    return hall


def shanting() -> Hall:
    """February 2026: Spring Festival open but for the three booked days, two Saturdays worked, AB posts throughout."""
    first, last = dt.date(2026, 2, 1), dt.date(2026, 2, 28)
    hall = Hall(105, "山亭2022", first, last, HOURS["山亭2022"])
    hall.settings("山阳区政务服务中心", {"午间模式": "互助组", "节后首日不调休": "是"})
    for label, start, end, season in (
        ("上午", 8 * 60 + 30, 12 * 60, ("", "")),
        ("下午", 13 * 60 + 30, 17 * 60, ("10-01", "05-31")),
        ("下午", 14 * 60, 17 * 60 + 30, ("06-01", "09-30")),
        ("午间", 12 * 60, 13 * 60 + 30, ("10-01", "05-31")),
        ("午间", 12 * 60, 14 * 60, ("06-01", "09-30")),
    ):
        kind = label if label == "午间" else f"工作日{label}"
        row = {"名称": label, "类型": kind, "适用日": "工作日", "开始": clock(start), "结束": clock(end)}
        hall.add("作息时段", {**row, "季节起": season[0], "季节止": season[1]})
    lines = ("周末", "节假日")
    plans = [
        WindowPlan(kind, size, 3, 1, lines, cells={"互助组": group})
        for kind, size, group in (
            ("咨询台", 5, "一组"),
            ("社保", 6, "一组"),
            ("医保", 5, "一组"),
            ("不动产", 6, "二组"),
            ("公积金", 5, "二组"),
            ("税务", 6, "二组"),
            ("公安", 5, "三组"),
            ("民政", 6, "三组"),
        )
    ]
    market = WindowPlan("市场监管", 8, 4, 2, lines, cells={"互助组": "二组", "周末最少": 2, "节假日最少": 2})
    helped = WindowPlan("残联", 1, 1, 1, lines, "民政", cells={"互助组": "三组"})
    closed = WindowPlan("自助", 3, 2, 0, cells={"周末最少": 0, "节假日最少": 0})
    hall.staff([*plans, market, helped, closed])
    hall.change("10105", {"参加节假日": "否", "备注": "春节返乡探亲"})
    hall.change(hall.woman("W02"), {"免加班起": first, "免加班止": last, "免加班原因": "哺乳期"})
    add_leave(hall, 7)
    add_wishes(hall, 12)
    add_credits(hall, 0.6)
    add_history(hall, 1, lunch=0.3)
    book = Bookings(hall, ("现场", "电话", "网上"))
    spring = [dt.date(2026, 2, day) for day in (16, 17, 18)]
    later = [day for day in hall.dates(DayClass.HOLIDAY, DayClass.WEEKEND) if day not in spring]
    book.several(4, spring)
    book.several(2, later, joint=True)
    book.several(6, later)
    book.several(2, hall.workdays)
    _not_kept(book, dt.date(2026, 2, 17), dt.date(2026, 2, 21))
    return hall


def _pin(day: dt.date, line: str, person: str, mode: str) -> dict[str, object]:
    """A row of 指定与锁定."""
    return {"日期": day, "线": line, "工号": person, "方式": mode, "原因": "负责人指定"}


def _not_kept(book: Bookings, holiday: dt.date, weekend: dt.date) -> None:
    """Appointments that need nobody: not confirmed yet, called off, put off to another day."""
    pool = [item for item in book.items if item.weekend_ok and item.holiday_ok]
    book.book(pool[0], holiday, 10 * 60, state="待确认")
    book.book(
        pool[1], weekend, 9 * 60 + 30, state="申请人取消", 变更原因="申请人来电取消", 联系电话=fake_phone(99999999)
    )
    told = dt.datetime.combine(weekend - dt.timedelta(1), dt.time(9, 30))
    book.book(pool[2], weekend, 10 * 60, state="已推迟", 变更原因="材料未齐", 批准人="政务服务管理科", 告知时间=told)
