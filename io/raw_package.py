"""The zip package around a workbook: limits, parts unpacked in pieces, XML parsed without entities.

A stranger's file must end within seconds and a gibibyte whatever it holds: parts are unpacked in pieces and counted,
blank formatted cells are dropped before parsing, document types (XML entities) are refused.
"""

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from xml.parsers import expat

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_PARTS = 10_000
MAX_SHARED_STRINGS = 2_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_CELLS = 2_000_000
"""Filled cells of a workbook: 人员 with as many rows as a sheet may have."""

MAX_TEXT = 40_000
"""Characters kept of one cell; spreadsheets themselves hold 32,767."""

CHUNK_BYTES = 1024 * 1024
MAX_TOKEN_BYTES = 4 * CHUNK_BYTES
"""Longest tag or comment; beyond that the parser would start it over with every piece."""

COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The only ones of the Office formats; others may ask for gigabytes before the first byte."""

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAVE_AS = "请在 Excel 或 WPS 中打开它，另存为“Excel 工作簿（.xlsx）”后再试"


class UnreadableError(Exception):
    """The file cannot be read as a whole; the text says why and what to do."""


class Package:
    """An open zip package of XML parts. Every failure is an `UnreadableError` with one clear message."""

    def __init__(self, path: Path) -> None:
        check_file(path)
        self.name = path.name
        try:
            self._archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, struct.error) as error:
            raise UnreadableError(f"{path.name} 已损坏或不完整，无法读取。{SAVE_AS}") from error
        try:
            self._check_archive()
        except BaseException:
            self._archive.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._archive.close()

    def has(self, part: str) -> bool:
        """Whether there is such a part; names differ in case only from writer to writer."""
        return part.lower() in self._parts

    def size(self, part: str) -> int:
        """Bytes of a part, unpacked."""
        return self._parts[part.lower()].file_size

    def count(self, part: str, word: bytes) -> int:
        """How often a word stands in a part, without parsing it."""
        with self._told_if_broken(part), self._archive.open(self._parts[part.lower()]) as stream:
            return sum(piece.count(word) for piece, _ in _pieces(stream, False))

    def _check_archive(self) -> None:
        entries = self._archive.infolist()
        if len(entries) > MAX_PARTS:
            raise UnreadableError(f"{self.name} 内部含 {len(entries):,} 个部件，不是正常的工作簿。{SAVE_AS}")
        if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
            raise UnreadableError(
                f"{self.name} 解压后超过 {MAX_UNPACKED_BYTES // 1024 // 1024} MB，不是正常的排班数据，未读取。"
                "请把数据复制到新模板（zhiban template）中再试"
            )
        if any(entry.compress_type not in COMPRESSIONS for entry in entries):
            raise UnreadableError(f"{self.name} 用了工作簿不允许的压缩方式，未读取。{SAVE_AS}")
        if any(entry.flag_bits & 1 for entry in entries):
            raise UnreadableError(
                f"{self.name} 设有密码，无法读取。请取消密码（文件→信息→保护工作簿），另存为 .xlsx 后再试"
            )
        self._parts = {entry.filename.lower().lstrip("/"): entry for entry in entries}

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id → (type, target part) of a part ("" the package)."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                target = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                found[attributes.get("Id", "")] = (attributes.get("Type", ""), posixpath.normpath(target))

        if self.has(path):
            self.run(path, start)
        return found

    # ---- one part of the package

    def run(
        self,
        part: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        for _ in self.parse(part, start, end, text):
            pass

    def parse(
        self,
        part: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
        row: Callable[[bytes, bytes, bytes], None] | None = None,
    ) -> Iterator[None]:
        """Feed a part to the handlers, giving control back after every piece.

        Names come without the prefix of the part's own namespace, which is that of its root. `row`: the part is a
        sheet, and the number, attributes and cells of its simple rows (see `SIMPLE_ROW`) go there.
        """
        parser = _safe_parser(start, end, text)
        fed = 0
        with self._told_if_broken(part):
            with self._archive.open(self._parts[part.lower()]) as stream:
                for piece, simple in _pieces(stream, row is not None):
                    fed += _fed(parser, piece, row if simple else None)
                    if fed - max(parser.CurrentByteIndex, 0) > MAX_TOKEN_BYTES:
                        raise ValueError(part)
                    yield
            parser.Parse(b"", True)
            yield

    @contextmanager
    def _told_if_broken(self, part: str) -> Generator[None, None, None]:
        """Turn what goes wrong with a broken part into one message."""
        try:
            yield
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, KeyError) as error:
            raise UnreadableError(f"{self.name} 已损坏或不完整，无法读取。{SAVE_AS}") from error
        except expat.ExpatError as error:
            raise UnreadableError(
                f"{self.name} 的内容已损坏（{part} 第 {error.lineno} 行），无法读取。{SAVE_AS}"
            ) from error
        except (ValueError, OverflowError, IndexError) as error:
            raise UnreadableError(f"{self.name} 的内容不合规范（{part}），无法读取。{SAVE_AS}") from error


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


_BLANK_CELL = re.compile(rb"<c(?:\s[^<>]*)?/>|<c(?:\s[^<>]*)?></c>")
_BLANK_ROW = re.compile(rb"<row(?:\s[^<>]*)?/>|<row(?:\s[^<>]*)?>\s*</row>")


_VALUE = rb'(?: t="([nsb])")?><v>([0-9eE.+-]+)</v>'
_INLINE = rb' t="inlineStr"><is><t(?: xml:space="preserve")?>([^<&\x00-\x08\x0b-\x1f]{1,4000})</t></is>'
_CELL = rb'<c r="([A-Z]{1,3})[0-9]+"(?: s="([0-9]+)")?(?: ?/>|(?:' + _VALUE + rb"|" + _INLINE + rb")</c>)"

SIMPLE_CELL = re.compile(_CELL)
"""A cell as nearly every writer writes it: letters, style, kind, value, inline text; blank ones have neither."""

SIMPLE_ROW = re.compile(rb'<row r="([0-9]+)"([^<>]*)>((?:' + re.sub(rb"\((?![?])", rb"(?:", _CELL) + rb")+)</row>")
"""A row of simple cells: number, further attributes, cells. Read by pattern, several times as fast."""

_NOT_AS_IT_LOOKS = re.compile(rb"<!")
"""Comments and CDATA: what stands in them is no row."""


def _pieces(stream: IO[bytes], sheet: bool) -> Iterator[tuple[bytes, bool]]:
    """A part in pieces, and whether patterns may be looked for in a piece: a sheet's tags are not cut then.

    Rows whose cells carry no number of their own (r) count by position, so blanks are only dropped where all do.
    """
    rest = b""
    first = True
    while chunk := stream.read(CHUNK_BYTES):
        chunk = rest + chunk
        if first:
            sheet = sheet and _numbered_utf8(chunk)
            first = False
        sheet = sheet and not _NOT_AS_IT_LOOKS.search(chunk)
        if not sheet:
            rest = b""
            yield chunk, False
            continue
        # A row may lie across the cut: keep everything from the last one's start for the next piece.
        cut = chunk.rfind(b"<row")
        if cut <= 0 or len(chunk) - cut > CHUNK_BYTES:
            cut = max(chunk.rfind(b"<c "), 0)
        if cut <= 0 or len(chunk) - cut > CHUNK_BYTES:
            cut = len(chunk)
        piece, rest = chunk[:cut], chunk[cut:]
        yield piece, True
    if rest:
        yield rest, sheet


def _fed(parser: expat.XMLParserType, piece: bytes, row: Callable[[bytes, bytes, bytes], None] | None) -> int:
    """Feed a piece, its simple rows to `row` and the rest, without formatted blank cells and rows, to the parser; the
    number of bytes that the parser got.
    """
    if row is None:
        parser.Parse(piece, False)
        return len(piece)
    fed = done = 0
    for found in SIMPLE_ROW.finditer(piece):
        if found.start() > done:
            fed += _parsed(parser, piece[done : found.start()])
        row(found[1], found[2], found[3])
        done = found.end()
    return fed + _parsed(parser, piece[done:])


def _parsed(parser: expat.XMLParserType, piece: bytes) -> int:
    bare = _BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", piece))
    parser.Parse(bare, False)
    return len(bare)


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

    def root(tag: str, attributes: dict[str, str]) -> None:
        """Parts without a prefix, nearly all, go to the handlers directly: there are millions of elements."""
        parser.StartElementHandler, parser.EndElementHandler = (stripped, stripped_end) if ":" in tag else (start, end)
        parser.StartElementHandler(tag, attributes)

    def stripped(tag: str, attributes: dict[str, str]) -> None:
        start(tag.rpartition(":")[2], attributes)

    def stripped_end(tag: str) -> None:
        if end is not None:
            end(tag.rpartition(":")[2])

    parser.StartElementHandler = root

    def refuse(*_: object) -> None:
        raise UnreadableError(f"文件含有不允许的 XML 实体声明（DOCTYPE），未读取。{SAVE_AS}")

    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    return parser
