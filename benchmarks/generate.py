"""Generate halls of any size as input workbooks: seeded, every rule on, from easy to over-constrained.

    python benchmarks/generate.py --windows 60 --people 10 --seed 1 --policy 山亭2022 -o hall.xlsx

Windows stand in groups of three (互助组) whose people may stand in for each other; `--stand-ins 0` takes that away,
and every window is a part of its own but for the leader and the appointments of several departments.
"""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import click

from zhiban.model.kinds import DayClass
from zhiban.sample_data.absences import add_credits, add_history, add_leave, add_wishes, grant
from zhiban.sample_data.bookings import Bookings
from zhiban.sample_data.catalogue import WINDOW_KINDS
from zhiban.sample_data.hall import Hall, HallWindow, WindowPlan, ids
from zhiban.sample_data.hours import HOURS
from zhiban.sample_data.workbook import write_hall

GROUP = 3
"""Windows in a 互助组."""

LUNCH_POLICIES = ("阳泉2023", "西峡2023", "山亭2022")
LUNCH_SHARE = {"每窗口": 1, "比例": 0.25, "互助组": 1 / GROUP, "总值班岗": 0}
"""People on lunch duty a window and workday, by 午间模式; one for a whole hall is next to none."""

BOOKED_WEEKENDS = ("西峡2023",)
LEVELS = ("easy", "tight", "over")


@dataclass(frozen=True, slots=True)
class HallSize:
    """What to generate. `leave` is a number of rows a window; `stand_ins` a share of people."""

    windows: int = 60
    people: int = 10
    seed: int = 1
    policy: str = "山亭2022"
    month: str = "2026-11"
    level: str = "easy"
    lead: str = "听班"
    lunch: str = "每窗口"
    appointments: int = 40
    joint: int = 10
    stand_ins: float = 0.2
    leave: float = 1.0

    @property
    def first(self) -> dt.date:
        """First day of the month."""
        return dt.date.fromisoformat(f"{self.month}-01")

    @property
    def last(self) -> dt.date:
        """Last day of the month."""
        return (self.first + dt.timedelta(31)).replace(day=1) - dt.timedelta(1)


def generate(size: HallSize) -> Hall:
    """A hall of that size; the same size gives the same rows."""
    hall = Hall(size.seed, size.policy, size.first, size.last, HOURS[size.policy])
    hall.settings(f"基准{size.windows}窗口{size.people}人政务服务中心", _settings(size))
    hall.segments()
    hall.staff([_plan(size, number) for number in range(size.windows)])
    if size.lead != "无":
        hall.directors(("主任", "副主任", "副主任", "科长", "副科长"))
    _stand_ins(hall, size)
    _exceptions(hall)
    if size.level == "over":
        _break(hall)
    add_leave(hall, round(size.leave * size.windows), pending=max(1, size.windows // 20))
    add_wishes(hall, size.windows)
    add_credits(hall, 0.5, expiring=True)
    lunch = LUNCH_SHARE[size.lunch] if size.policy in LUNCH_POLICIES else 0
    add_history(hall, size.first.month - 1 or 12, lunch, size.policy in BOOKED_WEEKENDS)
    _book(hall, size)
    _pins(hall, size)
    return hall


def _settings(size: HallSize) -> dict[str, object]:
    values: dict[str, object] = {"带班范围": "无" if size.lead == "无" else "全中心", "每月延时上限小时": 72}
    if size.lead != "无":
        values["带班方式"] = size.lead
    if size.policy in LUNCH_POLICIES:
        values["午间模式"] = size.lunch
    return values


def _plan(size: HallSize, number: int) -> WindowPlan:
    """The next kind of the catalogue; tight halls have more posts, and two on duty in every fourth window."""
    kinds = tuple(WINDOW_KINDS)
    cells: dict[str, object] = {"互助组": f"互助{number // GROUP + 1}组"}
    if size.level != "easy" and number % 4 == 0 and size.people > GROUP:
        cells["周末最少"] = 2
    posts = min(size.people, 4) if size.level == "easy" else min(size.people, 6)
    lines = ("午间", "周末", "节假日") if number % 2 == 0 else ("周末", "节假日")
    return WindowPlan(kinds[number % len(kinds)], size.people, posts, 1, lines, cells=cells)


def _stand_ins(hall: Hall, size: HallSize) -> None:
    """可顶岗窗口: a share of the people may serve the other windows of their 互助组."""
    windows = list(hall.windows.values())
    for number, window in enumerate(windows):
        group = windows[number // GROUP * GROUP : number // GROUP * GROUP + GROUP]
        others = [other.id for other in group if other is not window]
        for person in window.people:
            if others and hall.dice.random() < size.stand_ins:
                hall.change(person, {"可顶岗窗口": ids(others)})


def _exceptions(hall: Hall) -> None:
    """Every third window has one person with something special."""
    middle = hall.first + dt.timedelta(14)
    special: tuple[dict[str, object], ...] = (
        {"每月周末上限": 2},
        {"免加班起": hall.first, "免加班止": middle, "免加班原因": "哺乳期"},
        {"参加周末": "否"},
        {"到岗日": hall.first + dt.timedelta(9)},
        {"离岗日": middle},
        {"参加午间": "否", "参加节假日": "否"},
    )
    for number, window in enumerate(hall.windows.values()):
        if number % 3 == 0 and len(window.people) > 3:
            hall.change(window.people[-1], special[number // 3 % len(special)])


def _break(hall: Hall) -> None:
    """Over-constrained: all but one of every fifth window are away over a weekend, all of every fourth 互助组."""
    days = [day for day in hall.dates(DayClass.WEEKEND) if day.weekday() == 5]
    shared = hall.dice.choice(days)
    for number, window in enumerate(hall.windows.values()):
        if number // GROUP % 4 == 0:
            _send_away(hall, window, window.people, shared)
        elif number % 5 == 0:
            _send_away(hall, window, window.people[:-1], hall.dice.choice(days))


def _send_away(hall: Hall, window: HallWindow, people: list[str], saturday: dt.date) -> None:
    """A training from Friday to Sunday, whoever else of the window is away."""
    start = max(saturday - dt.timedelta(1), hall.first)
    for person in people:
        hall.absent.pop(window.id, None)
        grant(hall, window, person, "培训", start, min(saturday + dt.timedelta(1), hall.last))


def _book(hall: Hall, size: HallSize) -> None:
    """Appointments on weekends (holidays where they are), a quarter on workdays, and those of several departments."""
    bookings = Bookings(hall, ("现场", "电话"), lead_hours=24)
    free_days = hall.dates(DayClass.WEEKEND, DayClass.HOLIDAY)
    if size.policy in BOOKED_WEEKENDS:
        free_days = [day for day in hall.dates(DayClass.WEEKEND) if day.weekday() == 5]
    joint = bookings.several(size.joint, free_days, joint=True)
    single = size.appointments - joint
    bookings.several(single // 4, hall.workdays)
    bookings.several(single - single // 4, free_days)


def _pins(hall: Hall, size: HallSize) -> None:
    """A few fixed duties, one in every tenth window, of people with nothing special and no leave."""
    away = {row["工号"] for row in hall.sheets.get("请假外出", ())}
    days = hall.dates(DayClass.WEEKEND)
    if size.policy in BOOKED_WEEKENDS:
        return
    for number, window in enumerate(hall.windows.values()):
        free = [person for person in window.people[:-1] if person not in away]
        if number % 10 == 5 and free:
            row = {"日期": hall.dice.choice(days), "线": "周末", "工号": free[0], "方式": "必须", "原因": "负责人指定"}
            hall.add("指定与锁定", row)


@click.command()
@click.option("--windows", default=60, show_default=True, help="Number of windows.")
@click.option("--people", default=10, show_default=True, help="People in each window.")
@click.option("--seed", default=1, show_default=True)
@click.option("--policy", default="山亭2022", show_default=True, type=click.Choice([p for p in HOURS if p != "自定义"]))
@click.option("--month", default="2026-11", show_default=True, help="YYYY-MM.")
@click.option("--level", default="easy", show_default=True, type=click.Choice(LEVELS))
@click.option("--lead", default="听班", show_default=True, type=click.Choice(["在岗", "听班", "无"]))
@click.option(
    "--lunch", default="每窗口", show_default=True, type=click.Choice(["每窗口", "比例", "互助组", "总值班岗"])
)
@click.option("--appointments", default=40, show_default=True)
@click.option("--joint", default=10, show_default=True, help="Appointments of several departments among them.")
@click.option("--stand-ins", default=0.2, show_default=True, help="Share of people who may serve neighbouring windows.")
@click.option("--leave", default=1.0, show_default=True, help="Rows of leave a window.")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False))
def main(output: Path, **size: object) -> None:
    """Write one generated hall as an input workbook."""
    hall = generate(HallSize(**size))  # type: ignore[arg-type]  # click has checked the types
    write_hall(hall.sheets, output)
    staff = len(hall.sheets["人员"])
    click.echo(f"{output}: {size['windows']} windows, {staff} people, {len(hall.sheets['预约登记'])} appointments")


if __name__ == "__main__":
    main()
