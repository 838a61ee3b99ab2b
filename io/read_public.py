"""Reads a roster workbook as it may be published: every export starts here, so nothing private gets past."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from zhiban.io.machine_rows import FORMAT_VERSION, GRANTED, PLACED
from zhiban.io.printed_extras import WEEKDAYS, calendar_day, calendar_in, changes_in, shares_in
from zhiban.io.public_roster import (
    SCHEMA_NAME,
    TIME_ZONE,
    Account,
    Booking,
    CalendarDay,
    CompLeave,
    CountSoFar,
    Duty,
    InfoItem,
    Issue,
    LotLeft,
    PersonShare,
    PublicRoster,
    StandIn,
    Tier,
    WindowName,
)
from zhiban.io.public_text import public_reason, public_text
from zhiban.io.raw_workbook import RawWorkbook
from zhiban.io.read_roster import RosterFile, opened, roster_in
from zhiban.io.roster_digest import ORIGINAL_ITEM
from zhiban.io.sheet_problems import rule_text
from zhiban.model.kinds import DayClass, Line
from zhiban.model.roster import AppointmentRow, BankRow, DutyRow, Finding, LeaveRow


def read_public(path: str | Path) -> PublicRoster:
    """The roster of a workbook without applicants, phones and leave reasons.

    `InputError` as `read_roster`: missing sheets, another program's workbook, cells that cannot be read.
    """
    with opened(path) as book:
        return _Publisher(book, roster_in(book, Path(path), None)).roster()


def clock_text(minutes: int) -> str:
    """Minutes from midnight as 09:00; the end of a day is 24:00."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


class _Publisher:
    """A roster file with the names and classes that its rows are told with."""

    def __init__(self, book: RawWorkbook, file: RosterFile) -> None:
        self.file = file
        self.shares = shares_in(book)
        self.changes = changes_in(book)
        self.names = {share.person: share.name for share in self.shares} | file.people
        self.home = {share.person: share.place for share in self.shares}
        self.calendar = self._calendar(calendar_in(book))
        self.leave_windows = {
            label.person: label.value
            for label in file.labels
            if label.sheet == "调休明细" and label.column == "窗口编号"
        }

    def roster(self) -> PublicRoster:
        """All of it."""
        file = self.file
        return PublicRoster(
            schema_name=SCHEMA_NAME,
            version=FORMAT_VERSION,
            center=file.center,
            first=file.first,
            last=file.last,
            time_zone=TIME_ZONE,
            edited=file.edited,
            calendar=tuple(self.calendar.values()),
            windows=tuple(self._windows()),
            people=tuple(self._people()),
            duties=tuple(self._duty(row) for row in file.roster.duties),
            leaves=tuple(self._leave(row) for row in file.roster.leaves),
            stand_ins=tuple(
                StandIn(
                    day=row.day,
                    half=row.half,
                    post=row.post,
                    absentee=row.absentee,
                    reason=public_reason(row.reason),
                    stand_in=row.stand_in,
                )
                for row in file.roster.stand_ins
            ),
            bookings=tuple(_booking(row) for row in file.roster.appointments),
            bank=tuple(self._account(row) for row in file.bank),
            lots=tuple(
                LotLeft(
                    person=lot.person, earned=lot.earned, minutes=lot.minutes, origin=lot.source, expires=lot.expires
                )
                for lot in file.lots
            ),
            counts=tuple(
                CountSoFar(
                    person=count.person,
                    saturday=count.saturday,
                    sunday=count.sunday,
                    holiday=count.holiday,
                    statutory=count.statutory,
                    lunch=count.lunch,
                    call_in=count.call_in,
                    lead=count.lead,
                    last_duty=count.last_duty,
                )
                for count in file.counts
            ),
            issues=tuple(_issue(found) for found in file.findings),
            tiers=tuple(
                Tier(tier=t.code, label=t.name, value=t.value, bound=t.bound, status=t.status) for t in file.tiers
            ),
            info=tuple(_info(file.info)),
            changes=tuple(self.changes),
        )

    def _calendar(self, stated: dict[date, CalendarDay]) -> dict[date, CalendarDay]:
        """Every date of the period: as 参数与日历 states it, else by the 日类 of the day's duties."""
        classes = {
            label.day: DayClass(label.value)
            for label in self.file.labels
            if label.column == "日类" and label.value in list(DayClass)
        }
        days = (self.file.first + timedelta(n) for n in range((self.file.last - self.file.first).days + 1))
        return {day: stated.get(day) or calendar_day(day, classes.get(day)) for day in days}

    def _windows(self) -> Iterable[WindowName]:
        """Every window that a row names, leader groups after the windows."""
        duties = self.file.roster.duties
        ids = {row.window for row in duties if row.line != Line.LEAD}
        ids |= set(self.file.windows) | {row.window for row in self.file.roster.appointments}
        groups = {row.window for row in duties if row.line == Line.LEAD} - ids
        for window in (*sorted(ids), *sorted(groups)):
            yield WindowName(window=window, window_name=self.file.windows.get(window) or window)

    def _people(self) -> Iterable[PersonShare]:
        """Everybody, in the order of 统计表, else of 时间银行."""
        yield from self.shares
        told = {share.person for share in self.shares}
        for person, name in self.names.items():
            if person not in told:
                yield PersonShare(person=person, name=name, place="", hours=None, mean_hours=None)

    def _duty(self, row: DutyRow) -> Duty:
        known = self.calendar.get(row.day)
        return Duty(
            day=row.day,
            weekday=f"星期{WEEKDAYS[row.day.weekday()]}",
            day_class=known.day_class if known else None,
            line=row.line,
            segment=row.segment,
            start=clock_text(row.start),
            end=clock_text(row.end),
            window=row.window,
            window_name=self.file.windows.get(row.window, ""),
            person=row.person,
            name=self.names.get(row.person, ""),
            role=row.role,
            posts=row.posts,
            appointments=row.appointments,
            credited=row.credited,
            locked=row.locked,
        )

    def _leave(self, row: LeaveRow) -> CompLeave:
        return CompLeave(
            person=row.person,
            name=self.names.get(row.person, ""),
            window=self.leave_windows.get(row.person, ""),
            day=row.day,
            half=row.half,
            start=clock_text(row.start),
            end=clock_text(row.end),
            minutes=row.minutes,
            origin=GRANTED if row.granted else PLACED,
        )

    def _account(self, row: BankRow) -> Account:
        return Account(
            person=row.person,
            name=self.names.get(row.person, ""),
            opening=row.opening,
            weekend=row.weekend,
            holiday=row.holiday,
            lunch=row.lunch,
            call_in=row.call_in,
            overtime=row.overtime,
            taken=row.taken,
            expired=row.expired,
            closing=row.closing,
        )


def _booking(row: AppointmentRow) -> Booking:
    return Booking(
        appointment=row.appointment,
        window=row.window,
        day=row.day,
        start=clock_text(row.start),
        end=clock_text(row.end),
        servers=row.people,
        role=row.role,
        modes=row.modes,
        met=row.met,
    )


def _issue(found: Finding) -> Issue:
    return Issue(
        severity=found.severity,
        code=found.code,
        rule=rule_text(found.code),
        day=found.day,
        line=found.line,
        segment=found.segment,
        window=found.window,
        person=found.person,
        subject=found.subject,
        text=public_text(found.text, found.subject),
        advice=public_text(found.advice, found.subject),
    )


def _info(info: dict[str, str]) -> Iterable[InfoItem]:
    """求解信息 without the packed original of 排班明细, whose rows stand there openly."""
    for item, content in info.items():
        if not item.startswith(ORIGINAL_ITEM):
            yield InfoItem(item=item, content=content)
