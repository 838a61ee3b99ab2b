"""Hours of the sample halls under each policy; what the preset says already is repeated here, not written."""

from zhiban.sample_data.hall import Hours, Span

WRITTEN = ("工作日上午", "工作日下午", "午间", "周末")


def _at(first: str, last: str) -> Span:
    """A clock range from two times like 8:30."""
    return _minutes(first), _minutes(last)


def _minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


_NINE_TO_FIVE = (_at("9:00", "12:00"), _at("13:00", "17:00"))
_EARLY = (_at("8:30", "12:00"), _at("13:30", "17:00"))

HOURS: dict[str, Hours] = {
    "淄博2024": Hours(*_NINE_TO_FIVE, weekend=_NINE_TO_FIVE, intake=_NINE_TO_FIVE),
    "沂源2022": Hours(*_EARLY, weekend=_EARLY, intake=_EARLY),
    "阳泉2023": Hours(
        *_EARLY, weekend=_NINE_TO_FIVE, lunch=(_at("12:00", "13:30"),), intake=_NINE_TO_FIVE, written=WRITTEN
    ),
    "西峡2023": Hours(
        _at("8:00", "12:00"),
        _at("14:30", "18:00"),
        weekend=(_at("8:00", "11:30"), _at("15:00", "17:30")),
        lunch=(_at("12:00", "14:30"),),
        intake=(_at("8:00", "11:00"),),
        written=WRITTEN[:2],
    ),
    "山亭2022": Hours(
        *_EARLY,
        weekend=(_at("9:00", "16:00"),),
        holiday=(_at("9:00", "16:00"),),
        lunch=(_at("12:00", "13:30"),),
        intake=_EARLY,
        written=WRITTEN[:3],
    ),
    "自定义": Hours(
        *_NINE_TO_FIVE,
        weekend=_NINE_TO_FIVE,
        holiday=_NINE_TO_FIVE,
        lunch=(_at("12:00", "13:00"),),
        intake=_NINE_TO_FIVE,
        written=(*WRITTEN, "节假日", "预约受理"),
    ),
}
