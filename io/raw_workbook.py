"""Raw cells of an .xlsx file: values, cached values of formulas, cell errors, hidden rows and columns, merged cells.

A reader of its own because a stranger's file must end within seconds and a gibibyte whatever it holds: parts are
unpacked in pieces and counted, blank formatted cells are dropped before parsing, document types (XML entities) are
refused, and one pass gives formula and cached value at once. Nothing is ever evaluated; macros are not even looked at.
Formats: ECMA-376 part 1 (SpreadsheetML), transitional and strict.
"""

import math
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Literal
from xml.parsers import expat

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_PARTS = 10_000
MAX_SHARED_STRINGS = 3_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 200
CHUNK_BYTES = 1024 * 1024

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAVE_AS = "请在 Excel 或 WPS 中打开它，另存为“Excel 工作簿（.xlsx）”后再试"


class UnreadableError(Exception):
    """The file cannot be read as a whole; the text says why and what to do."""


Plain = str | float | bool
"""What stands in a cell: text, number (dates are serials) or truth value."""


@dataclass(frozen=True, slots=True)
class RawCell:
    """One filled cell. `value` None: a formula without a cached value. `dated`: a number shown as date or time."""

    row: int
    column: int
    value: Plain | None
    dated: bool = False
    formula: bool = False
    error: bool = False


@dataclass(slots=True)
class RawRow:
    """The filled cells of one worksheet row."""

    number: int
    hidden: bool
    cells: list[RawCell]


@dataclass(slots=True)
class SheetFrame:
    """What is known of a sheet beside its cells; columns and rows count from 1. Filled while the rows are read."""

    hidden_columns: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    merged: list[tuple[int, int, int, int]] = field(default_factory=list[tuple[int, int, int, int]])
    """First row, first column, last row, last column."""


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it."""

    name: str
    hidden: bool
    part: str


class RawWorkbook:
    """An open workbook; use as a context manager. Every failure is an `UnreadableError` with one clear message."""

    def __init__(self, path: Path) -> None:
        check_file(path)
        try:
            self._archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise UnreadableError(f"{path.name} 已损坏或不完整，无法读取。{SAVE_AS}") from error
        self._name = path.name
        try:
            self._check_archive()
            self._rooted = self._root()
            self.sheets, self.epoch_1904 = self._read_workbook()
            self._dated_styles = self._read_styles()
        except BaseException:
            self._archive.close()
            raise
        self._strings: list[str] | None = None

    def __enter__(self) -> "RawWorkbook":
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def to_datetime(self, serial: float) -> datetime | None:
        """A date serial as date and time (rounded to the second), None outside what a calendar can hold."""
        return serial_datetime(serial, self.epoch_1904)

    def rows(self, entry: SheetEntry, frame: SheetFrame) -> Iterator[RawRow]:
        """The filled rows of a sheet in file order; blank cells and rows are left out, `frame` is filled on the way."""
        parser = _SheetParser(frame, self._shared_string, self._dated_styles)
        filled = 0
        for _ in self._parse(entry.part, parser.start, parser.end, parser.text, strip_blank=True):
            for row in parser.take():
                filled += 1
                if filled > MAX_ROWS:
                    raise UnreadableError(
                        f"工作表“{entry.name}”超过 {MAX_ROWS:,} 行，不像是一个中心一个月的数据。请删去多余的行后再试"
                    )
                if any(cell.column > MAX_COLUMNS for cell in row.cells):
                    raise UnreadableError(
                        f"工作表“{entry.name}”第 {row.number} 行超过 {MAX_COLUMNS} 列。请删去多余的列后再试"
                    )
                yield row

    # --- the package around the sheets ---

    def _check_archive(self) -> None:
        entries = self._archive.infolist()
        if len(entries) > MAX_PARTS:
            raise UnreadableError(f"{self._name} 内部含 {len(entries):,} 个部件，不是正常的工作簿。{SAVE_AS}")
        if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
            raise UnreadableError(
                f"{self._name} 解压后超过 {MAX_UNPACKED_BYTES // 1024 // 1024} MB，不是正常的排班数据，未读取。"
                "请把数据复制到新模板（zhiban template）中再试"
            )
        if any(entry.flag_bits & 1 for entry in entries):
            raise UnreadableError(
                f"{self._name} 设有密码，无法读取。请取消密码（文件→信息→保护工作簿），另存为 .xlsx 后再试"
            )
        self._parts = {entry.filename.lower().lstrip("/"): entry for entry in entries}

    def _root(self) -> str:
        """The part that is the workbook: named by the package's relations, mostly xl/workbook.xml."""
        for kind, target in self._relations("").values():
            if kind.endswith("/officeDocument"):
                if target.lower().endswith(".bin"):
                    raise UnreadableError(f"{self._name} 是 .xlsb 二进制工作簿，无法读取。{SAVE_AS}")
                if target.lower() in self._parts and target.lower().startswith("xl/"):
                    return target
        if "content.xml" in self._parts and "mimetype" in self._parts:
            raise UnreadableError(f"{self._name} 是 .ods 表格，无法读取。{SAVE_AS}")
        if "word/document.xml" in self._parts or "ppt/presentation.xml" in self._parts:
            raise UnreadableError(f"{self._name} 不是 Excel 工作簿（是 Word 或 PPT 文件）。请选择 .xlsx 文件")
        raise UnreadableError(f"{self._name} 不是 Excel 工作簿，或缺少必要的部件。{SAVE_AS}")

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id → (type, target part) of a part ("" the package)."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                target = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                found[attributes.get("Id", "")] = (attributes.get("Type", ""), posixpath.normpath(target))

        if path.lower() in self._parts:
            self._run(path, start)
        return found

    def _read_workbook(self) -> tuple[list[SheetEntry], bool]:
        relations = self._relations(self._rooted)
        sheets: list[SheetEntry] = []
        epoch_1904 = False

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal epoch_1904
            if tag == "workbookPr":
                epoch_1904 = attributes.get("date1904") in {"1", "true"}
            elif tag == "sheet":
                kind, part = relations.get(attributes.get("id", ""), ("", ""))
                if kind.endswith("/worksheet") and part.lower() in self._parts:
                    hidden = attributes.get("state", "visible") != "visible"
                    sheets.append(SheetEntry(attributes.get("name", ""), hidden, part))

        self._run(self._rooted, start)
        return sheets, epoch_1904

    def _read_styles(self) -> list[bool]:
        """Per cell style: whether its number format shows a date or a time."""
        part = posixpath.join(posixpath.dirname(self._rooted), "styles.xml")
        formats: dict[str, bool] = {}
        styles: list[bool] = []
        inside = False

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal inside
            if tag == "numFmt":
                formats[attributes.get("numFmtId", "")] = shows_date(attributes.get("formatCode", ""))
            elif tag == "cellXfs":
                inside = True
            elif tag == "xf" and inside:
                number = attributes.get("numFmtId", "0")
                styles.append(formats.get(number, number in _BUILT_IN_DATES))

        def end(tag: str) -> None:
            nonlocal inside
            if tag == "cellXfs":
                inside = False

        if part.lower() in self._parts:
            self._run(part, start, end)
        return styles

    def _shared_string(self, index: int) -> str:
        if self._strings is None:
            part = posixpath.join(posixpath.dirname(self._rooted), "sharedStrings.xml")
            collector = _StringCollector()
            if part.lower() in self._parts:
                self._run(part, collector.start, collector.end, collector.text)
            self._strings = collector.strings
        return self._strings[index] if 0 <= index < len(self._strings) else ""

    # --- one part of the package ---

    def _run(
        self,
        part: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        for _ in self._parse(part, start, end, text):
            pass

    def _parse(
        self,
        part: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
        strip_blank: bool = False,
    ) -> Iterator[None]:
        """Feed a part to the handlers (names without prefix), giving control back after every piece."""
        parser = _safe_parser(start, end, text)
        try:
            with self._archive.open(self._parts[part.lower()]) as stream:
                for piece in _pieces(stream, strip_blank):
                    parser.Parse(piece, False)
                    yield
            parser.Parse(b"", True)
            yield
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, KeyError) as error:
            raise UnreadableError(f"{self._name} 已损坏或不完整，无法读取。{SAVE_AS}") from error
        except expat.ExpatError as error:
            raise UnreadableError(
                f"{self._name} 的内容已损坏（{part} 第 {error.lineno} 行），无法读取。{SAVE_AS}"
            ) from error
        except (ValueError, OverflowError, IndexError) as error:
            raise UnreadableError(f"{self._name} 的内容不合规范（{part}），无法读取。{SAVE_AS}") from error


def check_file(path: Path) -> None:
    """Refuse what is not an .xlsx or .xlsm of bearable size, by its first bytes more than by its name."""
    if path.is_dir():
        raise UnreadableError(f"{path} 是一个文件夹。请写明文件名，如 排班数据.xlsx")
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(512)
    except FileNotFoundError as error:
        raise UnreadableError(f"找不到文件 {path}。请检查文件名和所在文件夹") from error
    except OSError as error:
        raise UnreadableError(
            f"无法打开 {path}（{error.strerror or error}）。请检查权限，并关闭占用它的程序"
        ) from error
    if size > MAX_FILE_BYTES:
        raise UnreadableError(
            f"{path.name} 有 {size / 1024 / 1024:.1f} MB，超过 {MAX_FILE_BYTES // 1024 // 1024} MB 的上限。"
            "请删去图片和多余的表后再试"
        )
    if head.startswith(b"PK"):
        return
    raise UnreadableError(_foreign_file(path, head))


def _foreign_file(path: Path, head: bytes) -> str:
    suffix = path.suffix.lower()
    if not head:
        return f"{path.name} 是空文件。请选择填写好的 .xlsx 工作簿"
    if head.startswith(OLE_MAGIC):
        if suffix in {".xls", ".et"}:
            return f"{path.name} 是旧格式（{suffix}）工作簿，无法读取。{SAVE_AS}"
        return f"{path.name} 设有密码或是旧格式（.xls、.et），无法读取。请取消密码，另存为 .xlsx 后再试"
    if suffix in {".csv", ".txt", ".tsv"}:
        return f"{path.name} 是文本文件（{suffix}），无法读取。{SAVE_AS}"
    if suffix in {".xls", ".et"}:
        return f"{path.name} 是 {suffix} 文件，无法读取。{SAVE_AS}"
    return f"{path.name} 不是 Excel 工作簿。{SAVE_AS}"


# --- the pieces of a part ---

_BLANK_CELL = re.compile(rb"<c(?:\s[^<>]*)?/>|<c(?:\s[^<>]*)?></c>")
_BLANK_ROW = re.compile(rb"<row(?:\s[^<>]*)?/>|<row(?:\s[^<>]*)?>\s*</row>")


def _pieces(stream: IO[bytes], strip_blank: bool) -> Iterator[bytes]:
    """A part in pieces that end at a tag's end; with `strip_blank`, without formatted blank cells and rows.

    Rows whose cells carry no number of their own (r) count by position, so blanks are only dropped where all do.
    """
    rest = b""
    first = True
    while chunk := stream.read(CHUNK_BYTES):
        chunk = rest + chunk
        if first:
            strip_blank = strip_blank and _numbered_utf8(chunk)
            first = False
        if not strip_blank:
            yield chunk
            continue
        # A blank row or cell may lie across the cut: keep everything from the last row's start for the next piece.
        cut = max(chunk.rfind(b"<row"), chunk.rfind(b"<c "))
        if cut <= 0 or len(chunk) - cut > CHUNK_BYTES:
            cut = chunk.rfind(b">") + 1
        piece, rest = chunk[:cut], chunk[cut:]
        yield _BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", piece))
    if rest:
        yield rest


def _numbered_utf8(head: bytes) -> bool:
    """Whether a sheet is plain UTF-8 whose rows and cells all tell their place, by its first ones."""
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in head[:64]:
        return False
    declared = re.search(rb"""encoding=["']([\w-]+)["']""", head[:200])
    if declared and declared[1].lower() not in {b"utf-8", b"us-ascii"}:
        return False
    cell, row = re.search(rb"<c[ />][^<]*", head), re.search(rb"<row[ />][^<]*", head)
    return all(tag is None or b" r=" in tag[0] for tag in (cell, row))


def _safe_parser(
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None,
    text: Callable[[str], None] | None,
) -> expat.XMLParserType:
    """A parser that refuses document types, hence every entity but the five of XML itself."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def local_start(tag: str, attributes: dict[str, str]) -> None:
        if ":" in tag or any(":" in name for name in attributes):
            attributes = {name.rpartition(":")[2]: value for name, value in attributes.items()}
        start(tag.rpartition(":")[2], attributes)

    def refuse(*_: object) -> None:
        raise UnreadableError(f"文件含有不允许的 XML 实体声明（DOCTYPE），未读取。{SAVE_AS}")

    parser.StartElementHandler = local_start
    if end is not None:
        finish = end
        parser.EndElementHandler = lambda tag: finish(tag.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    return parser


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _unescape(text: str) -> str:
    """Undo the _xHHHH_ of characters that XML cannot hold."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class _StringCollector:
    """The shared strings: the runs of each item joined, phonetic hints left out."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._parts: list[str] = []
        self._in_text = False
        self._phonetic = False

    def start(self, tag: str, _: dict[str, str]) -> None:
        if tag == "si":
            self._parts = []
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
        if self._in_text:
            self._parts.append(data)


class _SheetParser:
    """Turns the elements of a worksheet into rows of filled cells."""

    def __init__(self, frame: SheetFrame, shared: Callable[[int], str], dated_styles: list[bool]) -> None:
        self._frame = frame
        self._shared = shared
        self._dated = dated_styles
        self._done: list[RawRow] = []
        self._row = RawRow(0, False, [])
        self._column = 0
        self._kind = "n"
        self._style = 0
        self._formula = False
        self._reading: Literal["", "v", "t"] = ""
        self._phonetic = False
        self._parts: list[str] = []
        self._has_value = False

    def take(self) -> list[RawRow]:
        """The rows finished since the last call."""
        done, self._done = self._done, []
        return done

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "v":
            self._reading, self._has_value = "v", True
        elif tag == "t":
            self._reading = "" if self._phonetic else "t"
            self._has_value = True
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
            self._frame.merged.append(_area(attributes.get("ref", "")))

    def end(self, tag: str) -> None:
        if tag == "c":
            self._end_cell()
        elif tag in {"v", "t"}:
            self._reading = ""
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "row" and self._row.cells:
            self._done.append(self._row)

    def text(self, data: str) -> None:
        if self._reading:
            self._parts.append(data)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        self._column = _column_number(place) if place else self._column + 1
        self._kind = attributes.get("t", "n")
        self._style = int(attributes.get("s", "0"))
        self._formula = False
        self._has_value = False
        self._parts = []

    def _end_cell(self) -> None:
        text = "".join(self._parts)
        if not text and not self._formula:
            return
        row, column = self._row.number, self._column
        dated = 0 <= self._style < len(self._dated) and self._dated[self._style]
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
        self._row.cells.append(
            RawCell(row, column, value, dated and self._kind == "n", self._formula, self._kind == "e")
        )


# --- places, formats, serials ---

_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d*)")


def _column_number(place: str) -> int:
    number = 0
    for letter in place:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter.upper()) - 64
    return number


def column_letters(column: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _area(reference: str) -> tuple[int, int, int, int]:
    first, _, last = reference.partition(":")
    begin, finish = _PLACE.fullmatch(first), _PLACE.fullmatch(last or first)
    if begin is None or finish is None:
        raise ValueError(reference)
    return (
        int(begin[2] or 1),
        _column_number(begin[1]),
        int(finish[2] or 1_048_576),
        _column_number(finish[1]),
    )


_BUILT_IN_DATES = frozenset(str(n) for n in (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Number formats for dates and times that no file spells out (ECMA-376 18.8.30, the Chinese ones included)."""

_NOT_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


def shows_date(code: str) -> bool:
    """Whether a number format shows a date or a time: a y, m, d, h or s outside quotes, escapes and colours."""
    section = code.split(";")[0]
    if section.strip().lower() in {"general", "g/通用格式", "@"}:
        return False
    return re.search("[ymdhs]", _NOT_DATE.sub("", section), re.IGNORECASE) is not None


_EPOCH_1900 = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_LAST_SERIAL = 2_958_465


def serial_datetime(serial: float, epoch_1904: bool = False) -> datetime | None:
    """A spreadsheet's date serial as a moment, rounded to the second; None outside 1900 to 9999.

    Serials below 61 lie before 1900-03-01, where spreadsheets count a 29 February 1900 that never was; no date of
    ours lies there, so they are not corrected.
    """
    if not math.isfinite(serial) or not 0 <= serial <= _LAST_SERIAL:
        return None
    epoch = _EPOCH_1904 if epoch_1904 else _EPOCH_1900
    return epoch + timedelta(seconds=round(serial * 86_400))
