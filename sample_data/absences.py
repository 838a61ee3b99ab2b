"""What people bring into the month: leave, wishes, opening credits and counted duties."""

import datetime as dt

from zhiban.model.kinds import DayClass
from zhiban.sample_data.hall import Hall, HallWindow
from zhiban.sample_data.workbook import Row

LEAVE_KINDS = ("年休假", "年休假", "病假", "事假", "公差", "培训", "会议")
SHORT_KINDS = ("培训", "会议", "公差", "事假")
MONTHLY_WEEKEND_DAYS = 7
"""Weekend duties of a window in a month, one person each, as the year goes (84 in 2026)."""

MONTHLY_WORKDAYS = 20.7
"""248 workdays in 2026."""


def add_leave(hall: Hall, amount: int, pending: int = 1) -> None:
    """Leave for some people, at most one of a window away on a date; the last `pending` rows still wait for approval.

    Half of it is a half-day or a day, the rest up to a week. Who is alone at a window gets none here.
    """
    windows = [window for window in hall.windows.values() if len(window.people) > 1]
    hall.dice.shuffle(windows)
    given = 0
    for turn in range(amount * 4):
        if given == amount:
            return
        given += _try_leave(hall, windows[turn % len(windows)], short=turn % 2 == 0, approved=given < amount - pending)


def _try_leave(hall: Hall, window: HallWindow, short: bool, approved: bool) -> bool:
    dice = hall.dice
    length = 1 if short else dice.randint(2, 5)
    start = dice.choice(hall.workdays)
    last = min(start + dt.timedelta(length - 1), hall.last)
    half = dice.choice(("上午", "下午", "")) if short else ""
    kind = dice.choice(SHORT_KINDS if short else LEAVE_KINDS)
    return grant(hall, window, dice.choice(window.people), kind, start, last, half, approved)


def grant(
    hall: Hall,
    window: HallWindow,
    person: str,
    kind: str,
    first: dt.date,
    last: dt.date,
    half: str = "",
    approved: bool = True,
) -> bool:
    """A row of 请假外出, unless somebody of the window (or of those who stand in there) is away then."""
    days = {first + dt.timedelta(n) for n in range((last - first).days + 1)}
    linked = [other for other in hall.windows.values() if other is window or _linked(other, window)]
    if any(hall.absent.get(other.id, set()) & days for other in linked):
        return False
    hall.absent.setdefault(window.id, set()).update(days)
    row: Row = {"工号": person, "类型": kind, "开始日": first, "开始半日": half, "结束日": last, "结束半日": half}
    hall.add("请假外出", {**row, "状态": "已批" if approved else "待批", "批准人": "窗口负责人" if approved else ""})
    return True


def add_wishes(hall: Hall, amount: int) -> None:
    """Wishes about weekends and holidays of the period, no two of one person for one date."""
    free_days = hall.dates(DayClass.WEEKEND, DayClass.HOLIDAY)
    staff = [person for window in hall.windows.values() for person in window.people]
    pairs = [(person, day) for person in staff for day in free_days]
    for person, day in sorted(hall.dice.sample(pairs, min(amount, len(pairs)))):
        row: Row = {
            "工号": person,
            "日期": day,
            "线": hall.dice.choice(("", "", hall.calendar.day(day).day_class.value)),
            "意愿": hall.dice.choice(("不希望", "不希望", "不希望", "希望")),
            "权重": hall.dice.choice((None, 2, 3, 5, 8)),
        }
        hall.add("意愿", row)


def add_credits(hall: Hall, share: float, expiring: bool = False, months: int = 3) -> None:
    """Opening lots for a share of the people, earned on weekends of the last `months`; some end within the period."""
    minutes = sum(end - start for start, end in hall.hours.weekend) or 360
    past = [
        day.date for day in hall.calendar.period(hall.first - dt.timedelta(31 * months), hall.first - dt.timedelta(1))
    ]
    past = [day for day in past if hall.calendar.day(day).day_class is DayClass.WEEKEND]
    for person in (person for window in hall.windows.values() for person in window.people):
        if hall.dice.random() >= share:
            continue
        for day in sorted(hall.dice.sample(past, hall.dice.choice((1, 1, 2)))):
            ends = (
                hall.first + dt.timedelta(hall.dice.randint(9, 60)) if expiring and hall.dice.random() < 0.4 else None
            )
            amount = hall.dice.choice((minutes, minutes, minutes // 2, 90))
            hall.add("时间银行期初", {"工号": person, "产生日期": day, "分钟": amount, "来源": "周末", "到期日": ends})


def add_history(hall: Hall, months: int, lunch: float = 0, saturdays_only: bool = False) -> None:
    """Counted duties of the `months` before the period, each person near his window's mean; a newcomer has no row.

    `lunch` is how many people a window has on lunch duty on a workday, on average.
    """
    new = {row["工号"] for row in hall.sheets["人员"] if row.get("到岗日")}
    leaders = [str(row["工号"]) for row in hall.sheets.get("带班领导", ())]
    share = months * MONTHLY_WEEKEND_DAYS / max(len(leaders), 1)
    leads = {person: max(0, round(share) + hall.dice.randint(-1, 1)) for person in leaders}
    for window in hall.windows.values():
        sharers = _sharers(hall, window)
        for person in window.people:
            if person not in new:
                row = _counts(hall, person, sharers, months, lunch, saturdays_only)
                hall.add("历史累计", {**row, "带班": leads.pop(person, 0)})
    for person, count in leads.items():
        hall.add("历史累计", {"工号": person, "周六": 0, "周日": 0, "节假日": 0, "法定当日": 0, "带班": count})


def _sharers(hall: Hall, window: HallWindow) -> float:
    """How many people have shared one duty of a window: its own and those who stand in, or its 互助组 as a whole."""
    group = window.plan.cells.get("互助组")
    if any(row["范围"] == "互助组" and row["名称"] == group for row in hall.sheets.get("值班需求", ())):
        return sum(len(other.people) for other in hall.windows.values() if other.plan.cells.get("互助组") == group)
    pool = [other for other in hall.windows.values() if other is window or _linked(other, window)]
    return max(2.0, sum(len(other.people) for other in pool) / len(pool))


def _linked(one: HallWindow, other: HallWindow) -> bool:
    """Whether people of one window stand in at the other."""
    return bool({*one.helpers} & {*other.people} or {*other.helpers} & {*one.people})


def _counts(hall: Hall, person: str, sharers: float, months: int, lunch: float, saturdays_only: bool) -> Row:
    dice = hall.dice
    past = hall.calendar.period(hall.first - dt.timedelta(28), hall.first - dt.timedelta(1))
    past_weekends = [day.date for day in past if day.day_class is DayClass.WEEKEND]
    weekends = months * MONTHLY_WEEKEND_DAYS / sharers / 2
    lunches = months * MONTHLY_WORKDAYS * lunch / sharers
    holidays = dice.randint(0, 2)
    return {
        "工号": person,
        "周六": max(0, round(weekends) + dice.randint(-1, 1)),
        "周日": 0 if saturdays_only else max(0, round(weekends) + dice.randint(-1, 1)),
        "节假日": holidays,
        "法定当日": dice.randint(0, holidays),
        "午间": max(0, round(lunches) + dice.randint(-1, 1)) if lunch else None,
        "应约": dice.randint(0, 2),
        "最近值班日": dice.choice(past_weekends),
    }
