"""What should be looked at before the roster is made, though nothing is wrong: 提醒 and 提示 from the input alone."""

from collections import defaultdict
from datetime import date, timedelta

from zhiban.model.checks_rows import NOTE, REMIND
from zhiban.model.errors import Complaint
from zhiban.model.inputs import SETTINGS_SHEET, Inputs
from zhiban.model.kinds import Half
from zhiban.model.ledger import opening_lots
from zhiban.model.problem import Problem
from zhiban.model.records import Record, Window

EXPIRY_NOTICE_DAYS = 30
"""Comp leave that lapses so soon after the period should be taken first (domain.md E 32)."""

SHOWN_DATES = 3
SHOWN_PEOPLE = 5

HalfDay = tuple[date, Half]


def warning_complaints(problem: Problem, inputs: Inputs) -> list[Complaint]:
    """Every warning; needs working halves, hence a calendar and segments without fault."""
    return [
        *_projected(problem),
        *_long_runs(problem),
        *_short_windows(problem),
        *_absent_teams(problem),
        *_expiring(problem),
        *_outside(problem),
        *_idle_flags(problem, inputs),
    ]


def _remind(sheet: str, record: Record | None, column: str, value: str, text: str, advice: str = "") -> Complaint:
    return Complaint(sheet, record.row if record else 0, column, value, text, advice, REMIND)


def _projected(problem: Problem) -> list[Complaint]:
    years = problem.calendar.unpublished_years(problem.first, problem.last)
    return [
        _remind(
            SETTINGS_SHEET,
            None,
            "",
            str(year),
            f"{year}年放假安排未公布，节假日按法定日推算",
            "通知公布后，请用 zhiban calendar --notice 生成放假安排表，再排一次",
        )
        for year in years
    ]


def _long_runs(problem: Problem) -> list[Complaint]:
    """Runs of workdays longer than 最多连续工作天, which no roster can break (H5)."""
    most = problem.policy.max_days_in_row
    found: list[Complaint] = []
    run: list[date] = []
    day = problem.first - timedelta(most)
    while day <= problem.last + timedelta(1):
        if day <= problem.last and problem.day(day).is_workday:
            run.append(day)
        else:
            if len(run) > most:
                text = f"{run[0]} 至 {run[-1]} 连续 {len(run)} 个工作日，超过最多连续工作天 {most}"
                found.append(_remind(SETTINGS_SHEET, None, "", str(len(run)), text, "请为连续上班的人安排休息"))
            run = []
        day += timedelta(1)
    return found


# ---- who is there by the input alone ------------------------------------------------------------------------------


def _short_windows(problem: Problem) -> list[Complaint]:
    """Windows with fewer people present than 工作日最少 by employment and approved leave alone."""
    found: list[Complaint] = []
    for window in problem.windows:
        least = window.workday_minimum
        least = problem.policy.workday_minimum if least is None else least
        own = {person.id for person in problem.people_of[window.id]}
        counts = [
            (half_day, len(own & problem.facts.staff_in(*half_day))) for half_day in _open_halves(problem, window)
        ]
        short = [(half_day, count) for half_day, count in counts if count < least]
        if short:
            worst = min(count for _, count in short)
            text = (
                f"窗口 {window.id} {window.name}有 {len(short)} 个半天本窗口人员在岗少于工作日最少 {least} 人"
                f"（最少时 {worst} 人）：{_dates([half_day for half_day, _ in short])}"
            )
            advice = "请安排外窗口的人顶岗、调整请假，或减小工作日最少"
            found.append(_remind("窗口", window, "工作日最少", str(least), text, advice))
    return found


def _absent_teams(problem: Problem) -> list[Complaint]:
    """Posts whose A and all of whose B are absent at once."""
    found: list[Complaint] = []
    for post in problem.posts:
        gone = [
            (day, half)
            for day, half in _open_halves(problem, problem.window[post.window])
            if problem.facts.staff_in(day, half).isdisjoint(post.team)
        ]
        gone = [(day, half) for day, half in gone if (post.valid_from or day) <= day <= (post.valid_to or day)]
        if gone:
            who = "A角和全部B角同时" if post.b else "A角（没有B角）"
            text = f"岗位 {post.id} {post.name}的{who}不在，共 {len(gone)} 个半天：{_dates(gone)}"
            found.append(_remind("岗位", post, "A角", post.a, text, "请调整请假，或增设B角"))
    return found


def _open_halves(problem: Problem, window: Window) -> list[HalfDay]:
    return [(day, half) for day in problem.facts.workdays if window.active_on(day) for half in Half]


def _dates(half_days: list[HalfDay]) -> str:
    shown = "、".join(f"{day:%m-%d}{half}" for day, half in half_days[:SHOWN_DATES])
    return shown + ("等" if len(half_days) > SHOWN_DATES else "")


# ---- the rest -----------------------------------------------------------------------------------------------------


def _expiring(problem: Problem) -> list[Complaint]:
    """Opening credit that lapses in the period or soon after, all people in one line, the earliest first."""
    limit = problem.last + timedelta(EXPIRY_NOTICE_DAYS)
    minutes: dict[str, int] = defaultdict(int)
    earliest: dict[str, date] = {}
    for lot in opening_lots(problem):
        if lot.expires is not None and lot.expires <= limit:
            minutes[lot.person] += lot.minutes
            earliest[lot.person] = min(lot.expires, earliest.get(lot.person, lot.expires))
    if not minutes:
        return []
    people = sorted(minutes, key=lambda person: (earliest[person], person))
    shown = [f"{problem.person[p].name}（{p}）{minutes[p]} 分钟 {earliest[p]:%m-%d}" for p in people[:SHOWN_PEOPLE]]
    text = (
        f"{len(people)} 人共 {sum(minutes.values())} 分钟调休将在 {limit} 前到期："
        f"{'、'.join(shown)}{'等' if len(people) > SHOWN_PEOPLE else ''}"
    )
    row = next(row for row in problem.opening if row.person == people[0])
    return [_remind("时间银行期初", row, "到期日", str(earliest[people[0]]), text, "请优先安排这些人调休")]


def _outside(problem: Problem) -> list[Complaint]:
    """Dated rows outside the period: read, but of no use this time."""
    found: list[Complaint] = []
    dated = (("意愿", problem.wishes), ("值班需求", problem.demand_rows), ("延时记录", problem.overtime))
    for sheet, rows in dated:
        for row in rows:
            if row.day is not None and not problem.holds(row.day):
                text = f"日期 {row.day} 不在排班期间，本次不用"
                found.append(Complaint(sheet, row.row, "日期", row.day.isoformat(), text, "", NOTE))
    return found


def _idle_flags(problem: Problem, inputs: Inputs) -> list[Complaint]:
    """仅预约 on a workday has no effect."""
    return [
        Complaint(
            "放假安排",
            row.row,
            "类型",
            row.kind,
            f"{row.date} 是{problem.day(row.date).day_class}，仅预约不起作用",
            "",
            NOTE,
        )
        for row in inputs.holidays
        if row.kind == "仅预约" and problem.day(row.date).is_workday
    ]
