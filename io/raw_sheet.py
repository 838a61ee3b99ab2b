"""The elements of worksheets and shared strings turned into rows of filled cells."""

import math
import re
from collections.abc import Callable

from zhiban.io.raw_cells import Plain, RawCell, RawRow, SheetFrame, area, column_number
from zhiban.io.raw_package import MAX_SHARED_STRINGS, MAX_TEXT, SIMPLE_CELL, UnreadableError

_HIDDEN = re.compile(rb"""\shidden=["'](?:1|true)["']""")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _unescape(text: str) -> str:
    """Undo the _xHHHH_ of characters that XML cannot hold."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class StringCollector:
    """The shared strings: the runs of each item joined, phonetic hints left out."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._parts: list[str] = []
        self._length = 0
        self._in_text = False
        self._phonetic = False

    def start(self, tag: str, _: dict[str, str]) -> None:
        if tag == "si":
            self._parts = []
            self._length = 0
        elif tag == "t":
            self._in_text = not self._phonetic
        elif tag == "rPh":
            self._phonetic = True

    def end(self, tag: str) -> None:
        if tag == "si":
            self.strings.append(_unescape("".join(self._parts)))
            if len(self.strings) > MAX_SHARED_STRINGS:
                raise UnreadableError(f"文件中的文字超过 {MAX_SHARED_STRINGS:,} 段，不是正常的排班数据，未读取")
        elif tag == "t":
            self._in_text = False
        elif tag == "rPh":
            self._phonetic = False

    def text(self, data: str) -> None:
        if self._in_text and self._length < MAX_TEXT:
            self._parts.append(data)
            self._length += len(data)


class SheetParser:
    """Turns the elements of a worksheet into rows of filled cells."""

    def __init__(self, frame: SheetFrame, shared: Callable[[int], str], dated_styles: list[bool]) -> None:
        self._frame = frame
        self._shared = shared
        self._dated = dated_styles
        self._done: list[RawRow] = []
        self._row = RawRow(0, False, [])
        self._columns: dict[bytes, int] = {}
        self._column = 0
        self._kind = "n"
        self._style = 0
        self._formula = False
        self._reading = False
        self._phonetic = False
        self._parts: list[str] = []
        self._length = 0
        self._has_value = False

    def take(self) -> list[RawRow]:
        """The rows finished since the last call."""
        done, self._done = self._done, []
        return done

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            place = attributes.get("r")
            self._column = column_number(place) if place else self._column + 1
            self._kind = attributes.get("t", "n")
            self._style = int(attributes.get("s", "0"))
            self._formula = self._has_value = False
            self._parts.clear()
            self._length = 0
        elif tag == "v":
            self._reading = self._has_value = True
        elif tag == "t":
            self._reading, self._has_value = not self._phonetic, True
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            number = int(attributes["r"]) if "r" in attributes else self._row.number + 1
            self._row = RawRow(number, attributes.get("hidden") in {"1", "true"}, [])
            self._column = 0
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "col":
            if attributes.get("hidden") in {"1", "true"}:
                self._frame.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))
        elif tag == "mergeCell":
            self._frame.merged.append(area(attributes.get("ref", "")))

    def end(self, tag: str) -> None:
        if tag == "c":
            self._end_cell()
        elif tag == "v" or tag == "t":
            self._reading = False
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "row" and self._row.cells:
            self._done.append(self._row)

    def text(self, data: str) -> None:
        if self._reading and self._length < MAX_TEXT:
            self._parts.append(data)
            self._length += len(data)

    def simple_row(self, number: bytes, attributes: bytes, cells: bytes) -> None:
        """A row of simple cells, as `raw_package.SIMPLE_ROW` finds it."""
        count = int(number)
        self._row = RawRow(count, _HIDDEN.search(attributes) is not None, [])
        for letters, style, kind, text, inline in SIMPLE_CELL.findall(cells):
            if not (text or inline):
                continue
            column = self._columns.get(letters)
            if column is None:
                column = self._columns[letters] = column_number(letters.decode())
            dated = False
            value: Plain
            if inline:
                value = _unescape(inline.decode())
            elif kind == b"s":
                value = self._shared(int(text))
            elif kind == b"b":
                value = text == b"1"
            else:
                value = float(text)
                if not math.isfinite(value):
                    value = text.decode()
                dated = self._is_dated(int(style or b"0"))
            self._row.cells.append(RawCell(count, column, value, dated))
        if self._row.cells:
            self._done.append(self._row)

    def _is_dated(self, style: int) -> bool:
        return 0 <= style < len(self._dated) and self._dated[style]

    def _end_cell(self) -> None:
        text = "".join(self._parts)
        if not text and not self._formula:
            return
        dated = self._kind == "n" and self._is_dated(self._style)
        value: Plain | None
        if not self._has_value or (not text and self._kind != "str"):
            value = None
        elif self._kind == "s":
            value = self._shared(int(text))
        elif self._kind == "n":
            value = float(text)
            if not math.isfinite(value):
                value = text
        elif self._kind == "b":
            value = text.strip() in {"1", "true"}
        else:
            value = _unescape(text)
        if value is None and not self._formula:
            return
        self._row.cells.append(RawCell(self._row.number, self._column, value, dated, self._formula, self._kind == "e"))
