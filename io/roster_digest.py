"""排班明细 as written: its normal form, the digest of it, and the form in which 求解信息 keeps it.

The digest tells whether somebody edited the sheet; the kept original tells what he edited.
"""

import base64
import binascii
import hashlib
import zlib
from collections.abc import Iterable
from datetime import date

from zhiban.model.kinds import Line, Role
from zhiban.model.roster import DutyRow

DIGEST_ITEM = "排班明细SHA-256"
ORIGINAL_ITEM = "排班明细原文"
"""Items of 求解信息; the original takes as many as it needs, 排班明细原文1, 排班明细原文2, …"""

CHUNK = 30_000
MOST_UNPACKED = 50 * 1024 * 1024


def normal_form(duties: Iterable[DutyRow]) -> str:
    """The rows as text, one a line, sorted: the same for any order of rows and columns."""
    return "\n".join(sorted("\t".join(_fields(row)) for row in duties))


def digest_of(duties: Iterable[DutyRow]) -> str:
    """SHA-256 of the normal form, hexadecimal."""
    return hashlib.sha256(normal_form(duties).encode()).hexdigest()


def packed(duties: Iterable[DutyRow]) -> list[str]:
    """The normal form, compressed, in pieces that fit a cell."""
    text = base64.b64encode(zlib.compress(normal_form(duties).encode(), 6)).decode()
    return [text[start : start + CHUNK] for start in range(0, len(text), CHUNK)]


def unpacked(info: dict[str, str]) -> tuple[DutyRow, ...] | None:
    """The rows as written, from the items of 求解信息; None where they are missing, damaged or not those digested."""
    pieces: list[str] = []
    while (piece := info.get(f"{ORIGINAL_ITEM}{len(pieces) + 1}")) is not None:
        pieces.append(piece)
    try:
        text = zlib.decompressobj().decompress(base64.b64decode("".join(pieces)), MOST_UNPACKED).decode()
        rows = tuple(_row(line.split("\t")) for line in text.split("\n") if line)
    except (binascii.Error, zlib.error, UnicodeDecodeError, ValueError):
        return None
    return rows if pieces and digest_of(rows) == info.get(DIGEST_ITEM) else None


def _fields(row: DutyRow) -> tuple[str, ...]:
    return (
        row.day.isoformat(),
        row.line.value,
        str(row.start),
        str(row.end),
        row.window,
        row.person,
        row.segment,
        row.role.value,
        ";".join(row.posts),
        ";".join(row.appointments),
        str(row.credited),
        "是" if row.locked else "",
    )


def _row(fields: list[str]) -> DutyRow:
    day, line, start, end, window, person, segment, role, posts, appointments, credited, locked = fields
    return DutyRow(
        date.fromisoformat(day),
        Line(line),
        int(start),
        int(end),
        window,
        person,
        segment,
        Role(role),
        tuple(posts.split(";")) if posts else (),
        tuple(appointments.split(";")) if appointments else (),
        int(credited),
        locked == "是",
    )
