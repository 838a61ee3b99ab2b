"""Duties as iCalendar files (RFC 5545), one a person and one a window, in China's time zone.

UIDs follow from what an event is about, so that importing a later roster moves events instead of doubling them.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Event, Timezone

from zhiban.io.export_files import file_name, write_files
from zhiban.io.public_roster import TIME_ZONE, Booking, Duty, PublicRoster
from zhiban.model.errors import UsageError
from zhiban.model.kinds import Line, Mode, Role

PRODUCT = "-//zhiban//值班表//ZH"
UID_SPACE = uuid.UUID("6f0c2d4e-5b0a-5c7e-9a65-0e5d6b8a7c11")
"""The name space of all UIDs; never to be changed, else every imported event doubles."""

ZONE = ZoneInfo(TIME_ZONE)
UTC = ZoneInfo("UTC")
ZONE_FROM = date(2000, 1, 1)
PROJECTED = "（推算）"
"""Marks dates whose class is worked out, the year's arrangement not being published."""

PEOPLE_FOLDER = "人员"
WINDOW_FOLDER = "窗口"
ROLE_WORDS = {Role.HOST: "主办", Role.ASSIST: "配合"}


@dataclass(frozen=True, slots=True)
class Entry:
    """An event. Without clock times (minutes) it is of the whole day; `key` is what makes its UID."""

    key: tuple[str, ...]
    day: date
    title: str
    start: str = ""
    end: str = ""
    place: str = ""
    notes: tuple[str, ...] = ()
    category: str = ""


class IcsExport:
    """The calendars of a roster."""

    def __init__(self, roster: PublicRoster) -> None:
        self.roster = roster
        self.names = {person.person: person.name for person in roster.people}
        self.windows = {window.window: window.window_name for window in roster.windows}

    # ---- files ------------------------------------------------------------------------------------------------

    def files(self) -> dict[str, bytes]:
        """Path in the export → content: everybody with an entry, then every window and leader group."""
        people = {p: self._of_person(p) for p in self.names}
        windows = {w: self._of_window(w) for w in self.windows}
        found: dict[str, bytes] = {}
        for folder, names, calendars in (
            (PEOPLE_FOLDER, self.names, people),
            (WINDOW_FOLDER, self.windows, windows),
        ):
            for key, entries in calendars.items():
                if entries:
                    label = names[key] if names[key] != key else ""
                    found[f"{folder}/{file_name(key, label)}.ics"] = self._calendar(names[key] or key, entries)
        return found

    def person(self, person: str) -> bytes:
        """The calendar of one person by 工号, or by a name that only one has. `UsageError` for anybody else."""
        key = _known(person, self.names, "人员", "工号")
        return self._calendar(self.names[key] or key, self._of_person(key))

    def window(self, window: str) -> bytes:
        """The calendar of one window or leader group by id or unique name. `UsageError` for any other."""
        key = _known(window, self.windows, "窗口", "窗口编号")
        return self._calendar(self.windows[key], self._of_window(key))

    # ---- entries ----------------------------------------------------------------------------------------------

    def _of_person(self, person: str) -> list[Entry]:
        entries = [self._duty(row) for row in self._duties_of.get(person, ())]
        entries += [
            Entry(("leave", person, str(row.day), row.half), row.day, "调休", row.start, row.end, "", (), "调休")
            for row in self.roster.leaves
            if row.person == person
        ]
        entries += [
            Entry(
                ("stand-in", person, str(row.day), row.half, row.post),
                row.day,
                f"顶岗（{row.half}）岗位 {row.post}",
                notes=(f"代 {self.names.get(row.absentee) or row.absentee}（{row.reason}）",),
                category="顶岗",
            )
            for row in self.roster.stand_ins
            if row.stand_in == person
        ]
        entries += [
            self._booking(("person", person), row)
            for row in self.roster.bookings
            if (person, Mode.AT_POST) in zip(row.servers, row.modes, strict=False)
        ]
        return entries

    def _of_window(self, window: str) -> list[Entry]:
        """One event a segment with all its people, and the appointments that nobody stands in the rows for."""
        together: dict[tuple[date, Line, str, str], list[Duty]] = defaultdict(list)
        for row in self._duties_at.get(window, ()):
            booked = "；".join(row.appointments) if row.line == Line.CALL_IN else ""
            together[row.day, row.line, row.start, booked].append(row)
        entries = [
            Entry(
                ("window", window, str(day), line, start, booked),
                day,
                f"{_title(rows[0])}：{'、'.join(row.name or row.person for row in rows)}",
                start,
                max(row.end for row in rows),
                self.windows.get(window, window),
                _notes(rows[0], with_credit=False),
                line,
            )
            for (day, line, start, booked), rows in together.items()
        ]
        entries += [
            self._booking(("window", window), row)
            for row in self.roster.bookings
            if row.window == window and (not row.met or Mode.AT_POST in row.modes)
        ]
        return entries

    def _duty(self, row: Duty) -> Entry:
        key = ("duty", row.person, str(row.day), row.line, row.window, row.start, *_booked(row))
        place = row.window_name or row.window
        return Entry(
            key, row.day, f"{_title(row)} {place}", row.start, row.end, place, _notes(row, with_credit=True), row.line
        )

    def _booking(self, whose: tuple[str, str], row: Booking) -> Entry:
        served = "、".join(self.names.get(person) or person for person in row.servers)
        title = f"预约 {row.appointment}（{ROLE_WORDS.get(row.role, row.role)}）"
        title += f"：{served}" if whose[0] == "window" and served else ""
        return Entry(
            ("booking", *whose, row.appointment, str(row.day)),
            row.day,
            title if row.met else f"{title} 人员不足",
            row.start,
            row.end,
            self.windows.get(row.window, row.window),
            (),
            "预约",
        )

    @cached_property
    def _duties_of(self) -> dict[str, list[Duty]]:
        found: dict[str, list[Duty]] = defaultdict(list)
        for row in self.roster.duties:
            found[row.person].append(row)
        return found

    @cached_property
    def _duties_at(self) -> dict[str, list[Duty]]:
        found: dict[str, list[Duty]] = defaultdict(list)
        for row in self.roster.duties:
            found[row.window].append(row)
        return found

    # ---- iCalendar --------------------------------------------------------------------------------------------

    def _calendar(self, name: str, entries: Iterable[Entry]) -> bytes:
        calendar = Calendar()
        _put(calendar, "prodid", PRODUCT)
        _put(calendar, "version", "2.0")
        _put(calendar, "calscale", "GREGORIAN")
        _put(calendar, "method", "PUBLISH")
        _put(calendar, "x-wr-calname", f"{name} 值班")
        _put(calendar, "x-wr-timezone", TIME_ZONE)
        calendar.add_component(self._zone)
        for entry in sorted(entries, key=lambda e: (e.day, e.start, e.key)):
            calendar.add_component(self._event(entry))
        return calendar.to_ical()

    def _event(self, entry: Entry) -> Event:
        event = Event()
        _put(event, "uid", f"{uuid.uuid5(UID_SPACE, chr(31).join((self.roster.center, *entry.key)))}@zhiban")
        _put(event, "dtstamp", self._made)
        _put(event, "summary", entry.title + (PROJECTED if entry.day in self._projected else ""))
        if entry.start:
            _put(event, "dtstart", _moment(entry.day, entry.start))
            _put(event, "dtend", _moment(entry.day, entry.end))
        else:
            _put(event, "dtstart", entry.day)
            _put(event, "dtend", entry.day + timedelta(days=1))
            _put(event, "transp", "TRANSPARENT")
        if entry.place:
            _put(event, "location", entry.place)
        if entry.notes:
            _put(event, "description", "\n".join(entry.notes))
        if entry.category:
            _put(event, "categories", [entry.category])
        return event

    @cached_property
    def _projected(self) -> set[date]:
        return {day.day for day in self.roster.calendar if "推算" in day.flags}

    @cached_property
    def _zone(self) -> Timezone:
        return Timezone.from_tzid(TIME_ZONE, first_date=ZONE_FROM)

    @cached_property
    def _made(self) -> datetime:
        """现在 of the run as the time of every event: the same roster gives the same files."""
        said = next((item.content for item in self.roster.info if item.item == "现在"), "")
        try:
            made = datetime.fromisoformat(said)
        except ValueError:
            made = datetime.combine(self.roster.first, time())
        return (made if made.tzinfo else made.replace(tzinfo=ZONE)).astimezone(UTC)


def write_ics(roster: PublicRoster, target: Path) -> int:
    """Write all calendars into a folder or a zip file; how many there are. `UsageError` when that fails."""
    return write_files(IcsExport(roster).files(), target)


def _title(row: Duty) -> str:
    if row.line == Line.CALL_IN:
        return f"应约服务（{ROLE_WORDS.get(row.role, row.role)}）"
    return "带班" if row.line == Line.LEAD else f"{row.line}值班"


def _notes(row: Duty, *, with_credit: bool) -> tuple[str, ...]:
    told = [("时段", row.segment), ("岗位", "、".join(row.posts)), ("预约编号", "、".join(row.appointments))]
    if with_credit and row.credited:
        told.append(("计入时间银行", f"{row.credited} 分钟"))
    return tuple(f"{label}：{text}" for label, text in told if text)


def _booked(row: Duty) -> Sequence[str]:
    """What tells two rows of one person apart that begin at the same time."""
    return row.appointments if row.line == Line.CALL_IN else ()


def _put(component: Component, name: str, value: object) -> None:
    """Add a property; icalendar chooses its type by the value's."""
    component.add(name, value)  # pyright: ignore[reportUnknownMemberType]


def _moment(day: date, text: str) -> datetime:
    hours, minutes = map(int, text.split(":"))
    return datetime.combine(day, time(), ZONE) + timedelta(hours=hours, minutes=minutes)


def _known(asked: str, names: dict[str, str], what: str, key: str) -> str:
    if asked in names:
        return asked
    namesakes = [known for known, name in names.items() if name == asked]
    if len(namesakes) == 1:
        return namesakes[0]
    if namesakes:
        raise UsageError(f"有 {len(namesakes)} 个{what}叫 {asked}，请写{key}：{'、'.join(namesakes)}")
    near = get_close_matches(asked, [*names, *names.values()], 1)
    hint = f"，是否为 {near[0]}？" if near else ""
    raise UsageError(f"值班表中没有{what} {asked}{hint}")
