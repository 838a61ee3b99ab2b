"""What somebody changed by hand in 值班表, 午间值班表 and 排班明细: the manager's decisions, as pins.

A cell that names other people than 排班明细 as written becomes pins: 必须 for those who came, 禁止 for those who went.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from zhiban.io.edited_rows import Key, PlacedRow, key_of, people_by_key
from zhiban.io.edited_tables import TableCell, table_cells
from zhiban.io.name_book import NameBook
from zhiban.io.read_roster import RosterFile, opened, roster_in
from zhiban.io.roster_view import RosterView
from zhiban.model.errors import Complaint, InputError
from zhiban.model.kinds import Line, PinMode, Role
from zhiban.model.problem import Problem
from zhiban.model.records import BY_HAND, Pin
from zhiban.model.roster import DutyRow, Judgement, Outcome, Roster

DETAIL = "排班明细"


@dataclass(frozen=True, slots=True)
class Edit:
    """One place whose people differ from 排班明细 as written; `cell` is where that stands."""

    key: Key
    segment: str
    before: frozenset[str]
    after: frozenset[str]
    sheet: str
    cell: str


def read_edits(path: str | Path, problem: Problem) -> list[Pin]:
    """The pins that hand-made edits of a roster stand for, each with its cell as `source`.

    `InputError`: a name that fits nobody or two people, edits of two sheets that disagree, an edit at a place where
    nobody stands on duty, all with their cells; a roster of another centre or version.
    """
    return _Edits(path, problem).pins()


def read_edited(path: str | Path, problem: Problem) -> RosterFile:
    """The roster with the edits of all three sheets in it, to be judged as it now stands; errors as `read_edits`."""
    return _Edits(path, problem).applied()


def read_with_edits(path: str | Path, problem: Problem) -> tuple[RosterFile, list[Pin]]:
    """The roster as it now stands (see `read_edited`) and its edits as pins, in one reading."""
    edits = _Edits(path, problem)
    return edits.applied(), edits.pins()


class _Edits:
    """The edits of one roster workbook."""

    def __init__(self, path: str | Path, problem: Problem) -> None:
        self.problem = problem
        names = NameBook(problem)
        self.complaints: list[Complaint] = []
        with opened(path) as book:
            self.file = roster_in(book, Path(path), problem)
            view = RosterView(problem, Outcome(self.file.roster, Judgement((), (), (), {}, (), (), ()), ()))
            cells = list(table_cells(book, view, names, self.complaints))
        written = self._written()
        self.before = people_by_key(written)
        self.labels = {key_of(row): row.segment for row in (*written, *self.file.roster.duties)}
        self.locked = {(key_of(row), row.person) for row in written if row.locked}
        by_key = self._by_key(self._table_edits(cells), self._row_edits())
        self.edits = [edit for edits in by_key.values() for edit in edits[:1]]
        for edit in self.edits:
            self._check(edit)
        if self.complaints:
            raise InputError(list(dict.fromkeys(self.complaints)))

    def _written(self) -> tuple[DutyRow, ...]:
        """排班明细 as the program wrote it."""
        if self.file.written is not None:
            return self.file.written
        if not self.file.edited:
            return self.file.roster.duties
        text = "排班明细已被修改，而求解信息中的原文缺失或损坏，无法判断改了哪些"
        advice = "请从原文件恢复求解信息，或把改动写入输入的指定与锁定"
        raise InputError([Complaint("求解信息", 0, "值", "", text, advice, cell="求解信息")])

    # ---- what differs -----------------------------------------------------------------------------------------

    def _row_edits(self) -> list[Edit]:
        """Places of 排班明细 whose people differ."""
        now: dict[Key, list[PlacedRow]] = defaultdict(list)
        for placed in self.file.placed:
            now[key_of(placed.row)].append(placed)
        found: list[Edit] = []
        for key in dict.fromkeys([*self.before, *now]):
            before, after = set(self.before.get(key, ())), {p.row.person for p in now.get(key, ())}
            if before == after:
                continue
            new = [p.cell for p in now.get(key, ()) if p.row.person not in before]
            cell = new[0] if new else self._emptied_cell(key)
            found.append(Edit(key, self._segment(key), frozenset(before), frozenset(after), DETAIL, cell))
        return found

    def _emptied_cell(self, key: Key) -> str:
        """Where somebody was taken out of 排班明细: the row may be gone, so its place is told in words."""
        day, line, window, _, _ = key
        return f"{DETAIL}（{day.month}月{day.day}日{line}{self._segment(key)} {window}）"

    def _table_edits(self, cells: Iterable[TableCell]) -> list[Edit]:
        """Cells of the printed tables that name other people than was written."""
        found: list[Edit] = []
        for cell in cells:
            keys = self._keys(cell)
            was = {person for key in keys for person in self.before.get(key, ())}
            if was == set(cell.people):
                continue
            if not keys:
                self._complain(cell.sheet, cell.cell, f"{cell.day} 的该处不安排{cell.line}，不能填人")
            for key in keys:
                before = frozenset(self.before.get(key, ()))
                found.append(Edit(key, self._segment(key), before, frozenset(cell.people), cell.sheet, cell.cell))
        return found

    def _keys(self, cell: TableCell) -> list[Key]:
        """The places a printed cell is about: the segments of its day, or the one it names."""
        known = [
            key
            for key in self._keys_at.get((cell.day, cell.line, cell.window), ())
            if not cell.segment or self._segment(key) == cell.segment
        ]
        if known:
            return known
        segments = [s for s in self._segments(cell.day, cell.line, cell.window) if cell.segment in ("", s[0])]
        keys: list[Key] = [(cell.day, cell.line, cell.window, start, "") for _, start in segments]
        self.labels.update({key: name for key, (name, _) in zip(keys, segments, strict=True)})
        return keys

    @cached_property
    def _keys_at(self) -> dict[tuple[date, Line, str], list[Key]]:
        found: dict[tuple[date, Line, str], list[Key]] = defaultdict(list)
        for key in self.before:
            found[key[:3]].append(key)
        return found

    def _segments(self, day: date, line: Line, window: str) -> list[tuple[str, int]]:
        """Name and start of the segments in which somebody may be put at a place that was empty."""
        facts = self.problem.facts
        if line == Line.LEAD:
            units = [unit for unit in facts.units if unit.day == day and unit.group == window]
            found = [(s.name, s.start) for unit in units for s in unit.segments]
            return found or [("", unit.earliest[0]) for unit in units]
        slots = [slot for slot in facts.slots_by_day_line.get((day, line), ()) if slot.window == window]
        return [(segment.name, segment.start) for slot in slots for segment in slot.segments]

    def _segment(self, key: Key) -> str:
        return self.labels.get(key, "")

    # ---- whether it holds together ----------------------------------------------------------------------------

    def _by_key(self, *sources: list[Edit]) -> dict[Key, list[Edit]]:
        """The edits of each place; two that disagree are a complaint naming both cells."""
        found: dict[Key, list[Edit]] = defaultdict(list)
        for edit in (edit for edits in sources for edit in edits):
            found[edit.key].append(edit)
        told: set[tuple[str, str]] = set()
        for edits in found.values():
            first = edits[0]
            for other in edits[1:]:
                if other.after != first.after and (first.cell, other.cell) not in told:
                    told.add((first.cell, other.cell))
                    text = f"{first.cell} 与 {other.cell} 的改动不一致：{self._said(first)}；{self._said(other)}"
                    advice = "请只改其中一处，或把两处改成相同的人"
                    self.complaints.append(Complaint(first.sheet, 0, "", "", text, advice, cell=first.cell))
        return found

    def _said(self, edit: Edit) -> str:
        return "、".join(sorted(self.problem.person[p].name for p in edit.after)) or "空"

    def _check(self, edit: Edit) -> None:
        """New people must be put where the line stands on that date."""
        day, line, window, start, appointment = edit.key
        if not edit.after - edit.before:
            return
        if not self.problem.holds(day):
            self._complain(edit.sheet, edit.cell, f"日期 {day} 不在 {self.problem.first} 至 {self.problem.last} 之内")
        elif line == Line.CALL_IN:
            if appointment not in self.problem.appointment:
                self._complain(edit.sheet, edit.cell, f"预约编号“{appointment}”不存在，应约须写明预约编号")
        elif edit.key not in self.before and start not in {s for _, s in self._segments(day, line, window)}:
            self._complain(edit.sheet, edit.cell, f"{day} 的 {window} 不安排{line}，不能填人")

    def _complain(self, sheet: str, cell: str, text: str) -> None:
        advice = "请改到有值班的日期、窗口和时段，或恢复原样"
        self.complaints.append(Complaint(sheet, 0, "", "", f"{cell}：{text}", advice, cell=cell))

    # ---- what follows -----------------------------------------------------------------------------------------

    def pins(self) -> list[Pin]:
        """必须 and 禁止 per person and place; all segments of a day in one pin where they were edited alike."""
        wanted: dict[tuple[date, Line, str, str, str, PinMode], list[Edit]] = defaultdict(list)
        for edit in self.edits:
            day, line, window, _, appointment = edit.key
            for person in sorted(edit.after - edit.before):
                wanted[day, line, window, appointment, person, PinMode.MUST].append(edit)
            for person in sorted(edit.before - edit.after):
                wanted[day, line, window, appointment, person, PinMode.MUST_NOT].append(edit)
        found: list[Pin] = []
        for (day, line, window, appointment, person, mode), edits in wanted.items():
            whole = len(edits) >= max(1, self._parts(day, line, window))
            for edit in edits[:1] if whole else edits:
                segment = "" if whole else edit.segment
                found.append(_pin(day, line, window, appointment, person, mode, segment, edit.cell))
        return found + self._locks()

    def _parts(self, day: date, line: Line, window: str) -> int:
        """How many segments a place has on a day."""
        return max(len(self._segments(day, line, window)), len(self._keys_at.get((day, line, window), ())))

    def _locks(self) -> list[Pin]:
        """锁定 typed into 排班明细."""
        found: list[Pin] = []
        for placed in self.file.placed:
            row, key = placed.row, key_of(placed.row)
            if row.locked and (key, row.person) not in self.locked:
                segment = row.segment if self._parts(row.day, row.line, row.window) > 1 else ""
                pin = _pin(row.day, row.line, row.window, key[4], row.person, PinMode.LOCKED, segment, placed.cell)
                found.append(pin)
        return found

    def applied(self) -> RosterFile:
        """The file with a roster as it now stands."""
        rows = [placed.row for placed in self.file.placed]
        for edit in self.edits:
            if edit.sheet != DETAIL:
                rows = self._with(rows, edit)
        old = self.file.roster
        roster = Roster.of(rows, list(old.leaves), list(old.stand_ins), list(old.appointments))
        return replace(self.file, roster=roster)

    def _with(self, rows: list[DutyRow], edit: Edit) -> list[DutyRow]:
        """The rows with the people of one place exchanged; who is new holds no posts and earns what the duty earns."""
        here = [row for row in rows if key_of(row) == edit.key]
        kept = [row for row in rows if key_of(row) != edit.key or row.person in edit.after]
        present = {row.person for row in here}
        model = here[0] if here else self._model_row(edit)
        for person in sorted(edit.after - present):
            kept.append(self._taken_over(model, person))
        return kept

    def _model_row(self, edit: Edit) -> DutyRow:
        """A row for a place where nobody stood."""
        day, line, window, start, _ = edit.key
        if line == Line.LEAD:
            unit = next(u for u in self.problem.facts.units if u.day == day and u.group == window)
            spans = {s.start: (s.end, s.name) for s in unit.segments} or {unit.earliest[0]: (unit.earliest[1], "")}
            end, name = spans[start]
            return DutyRow(day, line, start, end, window, "", name, Role.LEAD)
        segment = next(s for s in self.problem.facts.line_segments(line, day) if s.start == start)
        return DutyRow(day, line, start, segment.end, window, "", segment.name)

    def _taken_over(self, row: DutyRow, person: str) -> DutyRow:
        credit = row.credited
        if row.line not in (Line.LEAD, Line.CALL_IN):
            segments = [s for s in self.problem.facts.line_segments(row.line, row.day) if s.start == row.start]
            if segments:
                credit = self.problem.facts.duty_credit(person, row.line, row.window, row.day, segments[0])
        return replace(row, person=person, posts=(), credited=credit)


def _pin(
    day: date, line: Line, window: str, appointment: str, person: str, mode: PinMode, segment: str, cell: str
) -> Pin:
    return Pin(
        day=day,
        line=line.value,
        segment=segment,
        window=window,
        person=person,
        appointment=appointment or None,
        mode=mode,
        reason=BY_HAND,
        source=cell,
    )
