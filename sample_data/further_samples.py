"""Three more halls: one for first steps, one in a year not published yet, one that asks too much."""

import datetime as dt

from zhiban.model.kinds import DayClass
from zhiban.sample_data.absences import add_credits, add_history, add_leave, add_wishes, grant
from zhiban.sample_data.bookings import Bookings
from zhiban.sample_data.hall import Hall, WindowPlan
from zhiban.sample_data.hours import HOURS


def tiny() -> Hall:
    """Three windows, ten people, a month without holidays."""
    hall = Hall(201, "淄博2024", dt.date(2026, 11, 1), dt.date(2026, 11, 30), HOURS["淄博2024"])
    hall.settings("柳湾镇便民服务中心", {"带班范围": "无"})
    hall.staff([WindowPlan("咨询台", 3, 2), WindowPlan("社保", 4, 2), WindowPlan("民政", 3, 2)])
    grant(hall, hall.windows["W02"], "10202", "年休假", dt.date(2026, 11, 9), dt.date(2026, 11, 11))
    grant(hall, hall.windows["W03"], "10301", "培训", dt.date(2026, 11, 18), dt.date(2026, 11, 18), "下午")
    book = Bookings(hall, ("现场", "电话"))
    book.several(2, hall.dates(DayClass.WEEKEND))
    return hall


def jan2027() -> Hall:
    """January 2027, projected: half-day duties, leaders by 带班组, one lunch post for the whole centre."""
    first, last = dt.date(2027, 1, 1), dt.date(2027, 1, 31)
    hall = Hall(202, "自定义", first, last, HOURS["自定义"])
    values: dict[str, object] = {"周末服务": "周六日", "周末方式": "值班", "节假日方式": "值班", "值班粒度": "半天"}
    values |= {"午间方式": "值班", "午间模式": "总值班岗", "午间最少人数": 2, "带班范围": "带班组", "带班方式": "听班"}
    hall.settings("云岭区政务服务中心", {**values, "计入延时": "是", "标准日小时": 7})
    hall.segments()
    kinds = (
        ("咨询台", 4),
        ("社保", 5),
        ("医保", 4),
        ("不动产", 5),
        ("市场监管", 5),
        ("税务", 5),
        ("公安", 4),
        ("民政", 4),
    )
    groups = ("一厅", "二厅")
    plans = [
        WindowPlan(kind, size, 3, 1, ("周末", "节假日"), cells={"带班组": groups[place // 4]})
        for place, (kind, size) in enumerate(kinds)
    ]
    hall.staff(plans)
    for number, window in enumerate(hall.windows.values()):
        hall.lead(window.people[0], "窗口负责人", number % 4 + 1, groups[number // 4])
    add_leave(hall, 7)
    add_wishes(hall, 8)
    add_credits(hall, 0.4)
    add_history(hall, 12, lunch=0.25)
    book = Bookings(hall, ("现场", "电话", "网上"))
    free_days = hall.dates(DayClass.WEEKEND, DayClass.HOLIDAY)
    book.several(2, free_days, joint=True)
    book.several(7, free_days)
    book.several(2, hall.workdays)
    late = {"工号": "10201", "日期": dt.date(2027, 1, 6), "开始": dt.time(17), "结束": dt.time(17, 45)}
    hall.add("延时记录", {**late, "事由": "下班时事项未办结", "备案": "是"})
    return hall


def overloaded() -> Hall:
    """August 2026: a window away as a whole, posts without B, too many at one appointment, one leader for all days."""
    first, last = dt.date(2026, 8, 1), dt.date(2026, 8, 31)
    hall = Hall(203, "沂源2022", first, last, HOURS["沂源2022"])
    hall.settings("石桥县政务服务中心", {})
    kinds = (
        ("咨询台", 4),
        ("社保", 4),
        ("医保", 3),
        ("不动产", 4),
        ("市场监管", 4),
        ("税务", 2),
        ("公安", 4),
        ("残联", 1),
    )
    hall.staff([WindowPlan(kind, size, min(size, 3)) for kind, size in kinds])
    hall.directors(("主任",))
    hall.sheets["带班领导"][0] = {**hall.sheets["带班领导"][0], "不可用": "2026-08-08；2026-08-22"}
    for person in hall.windows["W02"].people:
        hall.absent.pop("W02", None)
        grant(hall, hall.windows["W02"], person, "培训", dt.date(2026, 8, 14), dt.date(2026, 8, 15))
    for person in hall.windows["W06"].people:
        hall.change(person, {"参加周末": "否"})
    _without_b(hall, "G0302")
    grant(hall, hall.windows["W03"], "10302", "病假", dt.date(2026, 8, 10), dt.date(2026, 8, 14))
    add_leave(hall, 4, pending=0)
    add_wishes(hall, 10)
    add_credits(hall, 0.4)
    add_history(hall, 7)
    book = Bookings(hall, ("现场", "电话"))
    for start in (9 * 60, 9 * 60 + 15, 9 * 60 + 30):
        book.book(book.item("契税申报"), dt.date(2026, 8, 5), start)
    book.book(book.item("不动产转移登记"), dt.date(2026, 8, 9), 10 * 60, servers=5)
    book.several(2, hall.dates(DayClass.WEEKEND), joint=True)
    book.several(5, hall.dates(DayClass.WEEKEND))
    return hall


def _without_b(hall: Hall, post: str) -> None:
    """Take a post's stand-ins away."""
    rows = hall.sheets["岗位"]
    place = next(n for n, row in enumerate(rows) if row["岗位编号"] == post)
    rows[place] = {**rows[place], "B角": ""}
