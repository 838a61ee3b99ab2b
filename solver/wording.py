"""How findings name dates, times, people and windows, so that all of them speak alike."""

from collections.abc import Iterable
from datetime import date

from zhiban.model.problem import Problem

WEEKDAYS = "一二三四五六日"
MOST_NAMES = 5
"""So many names a text lists before it says 等."""


def day_text(day: date) -> str:
    """2026-12-05（周六）."""
    return f"{day.isoformat()}（周{WEEKDAYS[day.weekday()]}）"


def span_text(start: int, end: int) -> str:
    """9:00–12:00 from minutes of the day."""
    return f"{start // 60}:{start % 60:02}–{end // 60}:{end % 60:02}"


def minutes_text(minutes: int) -> str:
    """210分钟（3小时30分）; whole hours without the minutes."""
    hours, rest = divmod(abs(minutes), 60)
    if not hours:
        return f"{minutes}分钟"
    return f"{minutes}分钟（{hours}小时{f'{rest}分' if rest else ''}）"


def person_text(problem: Problem, person: str) -> str:
    """姓名(工号); an unknown id as it stands."""
    known = problem.person.get(person)
    return f"{known.name}({person})" if known else person


def window_text(problem: Problem, window: str) -> str:
    """窗口名称(编号); a leader group's name or an unknown id as it stands."""
    known = problem.window.get(window)
    return f"{known.name}({window})" if known else window


def people_text(problem: Problem, people: Iterable[str]) -> str:
    """甲(1)、乙(2)、…, cut with 等N人."""
    names = [person_text(problem, p) for p in people]
    shown = "、".join(names[:MOST_NAMES])
    return shown if len(names) <= MOST_NAMES else f"{shown}等{len(names)}人"
