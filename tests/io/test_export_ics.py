"""Calendars that other programs read: the same duties, China's time, identifiers that stay."""

import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from zhiban.io.export_files import file_name, write_files
from zhiban.io.export_ics import IcsExport, write_ics
from zhiban.io.public_roster import PublicRoster
from zhiban.io.read_public import read_public
from zhiban.io.write_workbook import write_roster
from zhiban.model.errors import UsageError
from zhiban.model.kinds import Line, Mode
from zhiban.model.problem import Problem
from zhiban.model.roster import Outcome

CHINA = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory, small_problem: Problem, small_outcome: Outcome) -> PublicRoster:
    path = tmp_path_factory.mktemp("ics") / "值班表.xlsx"
    write_roster(path, small_problem, small_outcome)
    return read_public(path)


def events(content: bytes) -> list[Event]:
    return list(Calendar.from_ical(content).events)


def timed(content: bytes, category: str) -> list[tuple[datetime, datetime]]:
    found = [e for e in events(content) if category in e.categories]
    return sorted((e.decoded("dtstart"), e.decoded("dtend")) for e in found)


def at(day: date, minutes: int) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=CHINA) + timedelta(minutes=minutes)


@pytest.mark.parametrize("line", [Line.WEEKEND, Line.LUNCH, Line.CALL_IN, Line.LEAD])
def test_a_person_has_exactly_his_rows(roster: PublicRoster, small_outcome: Outcome, line: Line) -> None:
    rows = [row for row in small_outcome.roster.duties if row.person == "0101" and row.line == line]
    assert rows
    assert timed(IcsExport(roster).person("0101"), line) == sorted((at(r.day, r.start), at(r.day, r.end)) for r in rows)


def test_a_person_has_his_leave_and_the_posts_he_stands_in_for(roster: PublicRoster, small_outcome: Outcome) -> None:
    leaves = [row for row in small_outcome.roster.leaves if row.person == "0101"]
    assert timed(IcsExport(roster).person("0101"), "调休") == [(at(r.day, r.start), at(r.day, r.end)) for r in leaves]
    stood = [row for row in small_outcome.roster.stand_ins if row.stand_in == "0102"]
    found = [e for e in events(IcsExport(roster).person("0102")) if "顶岗" in e.categories]
    assert [e.decoded("dtstart") for e in found] == [row.day for row in stood] != []
    assert {e["transp"] for e in found} == {"TRANSPARENT"}


def test_an_appointment_kept_at_the_desk_stands_in_the_calendar(roster: PublicRoster) -> None:
    booking = roster.bookings[0].model_copy(update={"servers": ("0303",), "modes": (Mode.AT_POST,), "met": True})
    changed = roster.model_copy(update={"bookings": (booking,)})
    for content in (IcsExport(changed).person("0303"), IcsExport(changed).window(booking.window)):
        (event,) = [e for e in events(content) if "预约" in e.categories]
        assert booking.appointment in event["summary"]


def test_a_window_has_one_event_a_segment_with_all_its_people(roster: PublicRoster, small_outcome: Outcome) -> None:
    rows = [row for row in small_outcome.roster.duties if row.window == "W01" and row.line == Line.WEEKEND]
    content = IcsExport(roster).window("W01")
    assert timed(content, "周末") == sorted({(at(r.day, r.start), at(r.day, r.end)) for r in rows})
    names = {person.person: person.name for person in roster.people}
    first = min(rows, key=lambda row: (row.day, row.start))
    event = next(e for e in events(content) if e.decoded("dtstart") == at(first.day, first.start))
    assert names[first.person] in event["summary"]


def test_the_end_of_a_day_is_midnight(roster: PublicRoster) -> None:
    late = roster.duties[0].model_copy(update={"start": "20:00", "end": "24:00"})
    content = IcsExport(roster.model_copy(update={"duties": (late,)})).person(late.person)
    assert timed(content, late.line) == [(at(late.day, 1200), at(late.day + timedelta(1), 0))]


def test_the_time_zone_is_defined_and_used(roster: PublicRoster) -> None:
    content = IcsExport(roster).person("0101")
    calendar = Calendar.from_ical(content)
    assert [zone.tz_name for zone in calendar.timezones] == ["Asia/Shanghai"]
    assert calendar.get_missing_tzids() == set()
    assert b"DTSTART;TZID=Asia/Shanghai:" in content
    assert calendar["method"] == "PUBLISH"


def test_every_calendar_reads_back_with_identifiers_of_its_own(roster: PublicRoster) -> None:
    files = IcsExport(roster).files()
    assert len(files) == 9 + 4, "nine people, three windows and the leader group"
    for name, content in files.items():
        found = events(content)
        assert found, name
        assert all({"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"} <= set(e) for e in found)
        assert len({e["uid"] for e in found}) == len(found), name


def test_identifiers_stay_when_something_else_changes(roster: PublicRoster) -> None:
    before = {e["uid"] for e in events(IcsExport(roster).person("0101"))}
    fewer = tuple(d for d in roster.duties if d.line != Line.LUNCH)
    renamed = tuple(p.model_copy(update={"name": "别名"}) for p in roster.people)
    later = roster.model_copy(update={"duties": fewer, "people": renamed})
    after = {e["uid"] for e in events(IcsExport(later).person("0101"))}
    assert after < before


def test_the_same_roster_gives_the_same_bytes(roster: PublicRoster, tmp_path: Path) -> None:
    assert IcsExport(roster).files() == IcsExport(roster).files()
    for name in ("a.zip", "b.zip"):
        write_ics(roster, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_folder_and_zip_hold_the_same_files(roster: PublicRoster, tmp_path: Path) -> None:
    assert write_ics(roster, tmp_path / "日历") == write_ics(roster, tmp_path / "日历.zip")
    with zipfile.ZipFile(tmp_path / "日历.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    found = (tmp_path / "日历").rglob("*.ics")
    assert {path.relative_to(tmp_path / "日历").as_posix(): path.read_bytes() for path in found} == packed
    assert "人员/0101 赵文静.ics" in packed
    assert "窗口/W01 企业开办.ics" in packed


def test_names_will_do_and_strangers_are_named_with_near_misses(roster: PublicRoster) -> None:
    export = IcsExport(roster)
    assert export.person("赵文静") == export.person("0101")
    assert export.window("企业开办") == export.window("W01")
    with pytest.raises(UsageError, match="是否为 0101"):
        export.person("01011")
    with pytest.raises(UsageError, match="没有窗口 W9"):
        export.window("W9")


def test_a_name_that_two_share_asks_for_the_id(roster: PublicRoster) -> None:
    people = tuple(p.model_copy(update={"name": "王芳"}) for p in roster.people)
    with pytest.raises(UsageError, match="请写工号"):
        IcsExport(roster.model_copy(update={"people": people})).person("王芳")


@pytest.mark.parametrize(
    ("parts", "name"),
    [(("W01", "办/证\n口"), "W01 办_证_口"), (("..",), "_"), (("a:b*c",), "a_b_c"), (("x" * 99,), "x" * 80)],
)
def test_file_names_suit_every_file_system(parts: tuple[str, ...], name: str) -> None:
    assert file_name(*parts) == name


def test_a_file_in_the_folders_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "日历").write_text("x")
    with pytest.raises(UsageError, match="不是文件夹"):
        write_files({"a.ics": b""}, tmp_path / "日历")


def test_days_of_an_unpublished_year_are_marked(roster: PublicRoster) -> None:
    first = roster.calendar[0].model_copy(update={"flags": ("推算",)})
    marked = IcsExport(roster.model_copy(update={"calendar": (first, *roster.calendar[1:])}))
    found = {e.decoded("dtstart").date() for e in events(marked.window("W01")) if "（推算）" in e["summary"]}
    assert found == {first.day}


def test_a_run_without_a_time_still_dates_its_events(roster: PublicRoster) -> None:
    undated = IcsExport(roster.model_copy(update={"info": ()}))
    (stamp,) = {e.decoded("dtstamp") for e in events(undated.person("0101"))}
    assert stamp == at(date(2026, 11, 1), 0)
