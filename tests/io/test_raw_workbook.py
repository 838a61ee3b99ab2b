"""Raw cells against what openpyxl and XlsxWriter write, and the corners of the format that they do not."""

import datetime as dt
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from zhiban.io import raw_package
from zhiban.io.raw_cells import column_letters, column_number, serial_datetime, shows_date
from zhiban.io.raw_workbook import RawWorkbook, SheetFrame

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def cells_of(path: Path, sheet: int = 0) -> dict[tuple[int, int], Any]:
    with RawWorkbook(path) as book:
        return {(c.row, c.column): c.value for row in book.rows(book.sheets[sheet], SheetFrame()) for c in row.cells}


def package(tmp_path: Path, sheet: str, strings: str = "<sst/>", workbook: str = "") -> Path:
    """A workbook from hand-written parts."""
    path = tmp_path / "a.xlsx"
    body = workbook or '<workbook xmlns:r="x"><sheets><sheet name="一" sheetId="1" r:id="r1"/></sheets></workbook>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships><Relationship Id="q" Type="{RELATIONS}/officeDocument" Target="/xl/workbook.xml"/>'
            "</Relationships>",
        )
        archive.writestr("xl/workbook.xml", body)
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships><Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/s.xml"/>'
            f'<Relationship Id="r2" Type="{RELATIONS}/sharedStrings" Target="/xl/other.xml"/></Relationships>',
        )
        archive.writestr("xl/worksheets/s.xml", sheet)
        archive.writestr("xl/other.xml", strings)
    return path


def test_values_that_openpyxl_writes(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    page.append(["文字", 1, 2.5, True, dt.date(2026, 11, 7), dt.time(9, 30), None, "  "])
    book.save(path)
    with RawWorkbook(path) as raw:
        row = next(raw.rows(raw.sheets[0], SheetFrame()))
    assert [cell.value for cell in row.cells] == ["文字", 1.0, 2.5, True, 46333.0, 9.5 / 24, "  "]
    assert [cell.dated for cell in row.cells] == [False, False, False, False, True, True, False]


def test_formulas_cached_values_and_errors(tmp_path: Path) -> None:
    sheet = (
        '<worksheet><sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c>'
        '<c r="C1" t="str"><f>A1</f><v>x</v></c><c r="D1" t="e"><v>#REF!</v></c><c r="E1" t="str"><f>""</f><v></v></c>'
        "</row></sheetData></worksheet>"
    )
    with RawWorkbook(package(tmp_path, sheet)) as raw:
        cells = next(raw.rows(raw.sheets[0], SheetFrame())).cells
    assert [(c.value, c.formula, c.error) for c in cells] == [
        (2.0, True, False),
        (None, True, False),
        ("x", True, False),
        ("#REF!", False, True),
        ("", True, False),
    ]


def test_shared_rich_inline_and_escaped_texts(tmp_path: Path) -> None:
    strings = "<sst><si><r><t>何</t></r><r><t>雨晴</t></r><rPh><t>he</t></rPh></si><si><t>a_x000D_b</t></si></sst>"
    sheet = (
        '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
        '<c r="C1" t="inlineStr"><is><r><t>内</t></r><r><t>联</t></r></is></c><c r="D1" t="d"><v>2026-11-07</v></c>'
        "</row></sheetData></worksheet>"
    )
    assert list(cells_of(package(tmp_path, sheet, strings)).values()) == ["何雨晴", "a\rb", "内联", "2026-11-07"]


def test_cells_and_rows_that_do_not_tell_their_place(tmp_path: Path) -> None:
    sheet = (
        "<worksheet><sheetData><row><c><v>1</v></c><c/><c><v>3</v></c></row><row/>"
        "<row><c><v>4</v></c></row></sheetData></worksheet>"
    )
    assert cells_of(package(tmp_path, sheet)) == {(1, 1): 1.0, (1, 3): 3.0, (3, 1): 4.0}


def test_prefixed_names_and_another_encoding(tmp_path: Path) -> None:
    sheet = (
        '<x:worksheet xmlns:x="y"><x:sheetData><x:row r="2"><x:c r="B2" t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c>'
        "</x:row></x:sheetData></x:worksheet>"
    )
    assert cells_of(package(tmp_path, sheet)) == {(2, 2): "甲"}
    path = package(tmp_path, "")
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        wide = '<?xml version="1.0" encoding="UTF-16"?>' + sheet
        archive.writestr("xl/worksheets/s.xml", wide.encode("utf-16"))
    assert cells_of(path) == {(2, 2): "甲"}


def test_hidden_and_merged(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    page["A1"], page["B2"] = 1, 2
    page.merge_cells("A1:A3")
    page.row_dimensions[2].hidden = True
    page.column_dimensions["C"].hidden = True
    book.create_sheet("隐").sheet_state = "veryHidden"
    book.save(path)
    frame = SheetFrame()
    with RawWorkbook(path) as raw:
        rows = list(raw.rows(raw.sheets[0], frame))
        assert [(s.name, s.hidden) for s in raw.sheets] == [("Sheet", False), ("隐", True)]
    assert [(row.number, row.hidden) for row in rows] == [(1, False), (2, True)]
    assert frame.merged == [(1, 1, 3, 1)]
    assert frame.hidden_columns == [(3, 3)]


@pytest.mark.parametrize(
    ("code", "dated"),
    [
        ("yyyy-mm-dd", True),
        ("h:mm", True),
        ("[h]:mm", True),
        ('yyyy"年"m"月"d"日"', True),
        ("[$-804]aaaa;@", False),
        ("General", False),
        ("0.00", False),
        ('0"days"', False),
        ("[Red]0", False),
        ("#,##0_d", False),
    ],
)
def test_formats_that_show_dates(code: str, dated: bool) -> None:
    assert shows_date(code) is dated


def test_serials() -> None:
    assert serial_datetime(46333) == dt.datetime(2026, 11, 7)
    assert serial_datetime(46333 - 1462, epoch_1904=True) == dt.datetime(2026, 11, 7)
    assert serial_datetime(46333 + 9.5 / 24) == dt.datetime(2026, 11, 7, 9, 30)
    assert serial_datetime(float("nan")) is None
    assert serial_datetime(-1) is None
    assert serial_datetime(1e9) is None


@pytest.mark.parametrize(
    ("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")]
)
def test_column_letters(number: int, letters: str) -> None:
    assert column_letters(number) == letters
    assert column_number(letters + "7") == number


# ---- rows read by pattern -----------------------------------------------------------------------------------------

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "sample_data").glob("*.xlsx"))
SIMPLE = '<row r="{0}"><c r="A{0}" s="1" t="s"><v>0</v></c><c r="B{0}"/><c r="C{0}" s="2"><v>-1.5e3</v></c></row>'
ODD_ROWS = (
    '<row r="2" hidden="1"><c r="B2" t="b"><v>1</v></c><c r="D2"><v>1e999</v></c></row>',
    '<row r="3"><c r="A3" t="inlineStr"><is><t xml:space="preserve"> 甲_x000A_乙 </t></is></c><c r="B3" s="1" /></row>',
    '<row r="4"><c r="A4"><f>1+1</f><v>2</v></c></row>',
    '<row r="5"><c r="A5" t="inlineStr"><is><t>a&amp;b</t></is></c></row>',
    '<row><c><v>7</v></c><c><v>8</v></c></row>',
    '<!--<row r="8"><c r="A8"><v>8</v></c></row>-->',
    '<row r="9"><c r="A9" t="s"><v>99</v></c></row>',
    '<row r="10"><c r="A10" t="inlineStr"><is><t></t></is></c></row>',
    '<row r="11" ht="30" customHeight="1"></row>',
)  # fmt: skip


def every_row(path: Path) -> list[tuple[str, Any]]:
    with RawWorkbook(path) as raw:
        return [(entry.name, row) for entry in raw.sheets for row in raw.rows(entry, SheetFrame())]


def without_patterns(monkeypatch: pytest.MonkeyPatch, path: Path) -> list[tuple[str, Any]]:
    """The rows as the XML parser alone gives them."""
    with monkeypatch.context() as patched:
        patched.setattr(raw_package, "SIMPLE_ROW", re.compile(rb"(?!)"))
        return every_row(path)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_rows_read_by_pattern_are_those_of_the_parser(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    assert every_row(path) == without_patterns(monkeypatch, path)


@pytest.mark.parametrize("odd", ODD_ROWS)
@pytest.mark.parametrize("chunk", [16, 64, 1 << 20])
def test_odd_rows_among_simple_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: str, chunk: int) -> None:
    monkeypatch.setattr(raw_package, "CHUNK_BYTES", chunk)
    rows = SIMPLE.format(1) + odd + "".join(SIMPLE.format(n) for n in range(20, 40))
    path = package(tmp_path, f"<worksheet><sheetData>{rows}</sheetData></worksheet>", "<sst><si><t>甲</t></si></sst>")
    found = every_row(path)
    assert found == without_patterns(monkeypatch, path)
    assert len(found) >= 21


def test_simple_rows_do_not_reach_the_parser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The patterns are not idle: what they read is not parsed."""
    rows = "".join(SIMPLE.format(n) for n in range(1, 50))
    path = package(tmp_path, f"<worksheet><sheetData>{rows}</sheetData></worksheet>", "<sst><si><t>甲</t></si></sst>")
    seen: list[int] = []
    feed = raw_package._parsed
    monkeypatch.setattr(raw_package, "_parsed", lambda parser, piece: seen.append(len(piece)) or feed(parser, piece))
    assert len(every_row(path)) == 49
    assert sum(seen) < 100
