"""The State Council's published arrangements as chinese-calendar bundles them, completed to whole spans.

The package is imported when first asked, to keep the start quick. A later release with more years is used as it is.
"""

import datetime as dt
from functools import lru_cache
from importlib import import_module

from zhiban.model.statutory import DRAGON_BOAT, LABOUR, MID_AUTUMN, NATIONAL, NEW_YEAR, SPRING, TOMB_SWEEPING

NAMES = {
    "New Year's Day": NEW_YEAR,
    "Spring Festival": SPRING,
    "Tomb-sweeping Day": TOMB_SWEEPING,
    "Labour Day": LABOUR,
    "Dragon Boat Festival": DRAGON_BOAT,
    "National Day": NATIONAL,
    "Mid-autumn Festival": MID_AUTUMN,
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}

LEFT_OUT = {dt.date(2015, 9, 5): "抗战胜利纪念日"}
"""Weekend days that a notice names as part of a span and the package leaves out (9月3日至5日调休放假, 2015)."""


class Arrangement:
    """Days off and make-up days by date; `years` are those published."""

    def __init__(self, holidays: dict[dt.date, str], make_up: frozenset[dt.date]) -> None:
        self.holidays = _whole_spans(holidays, make_up)
        self.make_up = make_up
        # 国庆节 is in every year's arrangement; a lone 12-31 or 01-01 may come with a neighbouring year's notice.
        self.years = frozenset(day.year for day in holidays if (day.month, day.day) == (10, 1))


@lru_cache(maxsize=1)
def bundled() -> Arrangement:
    """The arrangement of every year the installed chinese-calendar knows."""
    constants = import_module("chinese_calendar.constants")
    holidays: dict[dt.date, str] = {day: NAMES.get(str(name), str(name)) for day, name in constants.holidays.items()}
    return Arrangement(holidays | LEFT_OUT, frozenset(constants.workdays))


def _whole_spans(holidays: dict[dt.date, str], make_up: frozenset[dt.date]) -> dict[dt.date, str]:
    """Add the weekend days between two days off of one festival.

    A notice such as 6月20日放假，6月22日（星期一）补休 does not name the Sunday between, but the span holds it.
    """
    whole = dict(holidays)
    for day, name in holidays.items():
        between: list[dt.date] = []
        following = day + dt.timedelta(days=1)
        while following not in holidays and following not in make_up and following.weekday() >= 5:
            between.append(following)
            following += dt.timedelta(days=1)
        if holidays.get(following) == name:
            whole.update(dict.fromkeys(between, name))
    return whole
