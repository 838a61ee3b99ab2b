"""Hostile and foreign files end in one clear message."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zhiban.io import raw_package
from zhiban.io.read_workbook import read_problem
from zhiban.model.errors import InputError

PEOPLE_PART = "xl/worksheets/sheet3.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


def message(path: Path) -> str:
    """The one message about a file that cannot be read."""
    with pytest.raises(InputError) as caught:
        read_problem(path)
    complaints = caught.value.complaints
    assert [c.weight for c in complaints] == ["错误"], [c.text for c in complaints][:5]
    return complaints[0].text


def rewritten(path: Path, part: str, change: Callable[[bytes], bytes], **extra: bytes) -> Path:
    """The workbook with one part changed and parts added."""
    target = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry.filename)
            new.writestr(entry.filename, change(data) if entry.filename == part else data)
        for name, data in extra.items():
            new.writestr(f"xl/{name}", data)
    return target


def rows_added(rows: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(b"</sheetData>", rows + b"</sheetData>")


# ---- files that are no workbook -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.xlsx", b"", "空文件"),
        ("a.xlsx", b"hello", "不是 Excel 工作簿"),
        ("a.xlsx", OLE, "设有密码或是旧格式"),
        ("a.xls", OLE, "旧格式（.xls）"),
        ("a.et", OLE, "旧格式（.et）"),
        ("a.xls", b"<html><table/></html>", "是 .xls 文件"),
        ("a.csv", "工号,姓名".encode(), "文本文件（.csv）"),
        ("a.xlsx", b"PK\x03\x04" + bytes(100), "已损坏或不完整"),
    ],
)
def test_foreign_files(tmp_path: Path, name: str, content: bytes, word: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    text = message(path)
    assert word in text
    assert "xlsx" in text


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    assert "找不到文件" in message(tmp_path / "没有.xlsx")
    assert "是一个文件夹" in message(tmp_path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_truncated_files(office: Any, share: float) -> None:
    path = office.write()
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert "已损坏或不完整" in message(path)


def test_a_flipped_byte_in_a_sheet(office: Any) -> None:
    path = office.write()
    with zipfile.ZipFile(path) as archive:
        place = archive.getinfo(PEOPLE_PART).header_offset + 80
    data = bytearray(path.read_bytes())
    data[place] ^= 0xFF
    path.write_bytes(bytes(data))
    assert "已损坏" in message(path)


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        ({"word/document.xml": b"<a/>"}, "Word 或 PPT"),
        ({"content.xml": b"<a/>", "mimetype": b"x"}, ".ods"),
        ({"readme.txt": b"hello"}, "缺少必要的部件"),
    ],
)
def test_other_zips(tmp_path: Path, parts: dict[str, bytes], word: str) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert word in message(path)


def test_a_binary_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    with zipfile.ZipFile(path, "w") as archive:
        relation = f'<Relationships><Relationship Id="r1" Type="{kind}" Target="xl/workbook.bin"/></Relationships>'
        archive.writestr("_rels/.rels", relation)
    assert ".xlsb" in message(path)


def test_an_encrypted_zip(office: Any) -> None:
    path = office.write()
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first = archive.infolist()[0]
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    data[first.header_offset + 6] |= 1
    path.write_bytes(bytes(data))
    assert "设有密码" in message(path)


def test_a_compression_that_workbooks_do_not_use(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    assert "压缩方式" in message(path)


# ---- content that is meant to hang ----------------------------------------------------------------------------------


def test_entities_are_refused(office: Any) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    path = rewritten(office.write(), PEOPLE_PART, lambda data: bomb + data[data.index(b"<worksheet") :])
    assert "XML 实体" in message(path)


def test_xml_that_breaks_off(office: Any) -> None:
    assert "已损坏" in message(rewritten(office.write(), PEOPLE_PART, lambda data: data[:300]))


@pytest.mark.parametrize(
    "cell", [b'<c r="A1"><v>x</v></c>', b'<c r="A1" s="x"><v>1</v></c>', b'<c r="A1" t="s"><v>y</v></c>']
)
def test_xml_against_the_format(office: Any, cell: bytes) -> None:
    path = rewritten(office.write(), PEOPLE_PART, rows_added(b'<row r="99">' + cell + b"</row>"))
    assert "不合规范" in message(path)


def test_a_zip_bomb(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhiban.io.raw_package.MAX_UNPACKED_BYTES", 3 * 1024 * 1024)
    path = rewritten(office.write(), "", bytes, media=bytes(3 * 1024 * 1024))
    assert path.stat().st_size < 100_000
    assert "解压后超过 3 MB" in message(path)


def test_a_file_over_20_mb(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(raw_package.MAX_FILE_BYTES + 1)
    assert "超过 20 MB" in message(path)


def test_too_many_parts(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(raw_package.MAX_PARTS + 1):
            archive.writestr(str(number), b"")
    assert "10,001 个部件" in message(path)


def test_over_100000_filled_rows(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhiban.io.raw_workbook.MAX_ROWS", 8)
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(10, 14))
    assert "超过 8 行" in message(rewritten(office.write(), PEOPLE_PART, rows_added(rows)))


def test_over_200_columns(office: Any) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "超过 200 列" in message(rewritten(office.write(), PEOPLE_PART, rows_added(far)))
    formatted = b'<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert len(read_problem(rewritten(office.write(), PEOPLE_PART, rows_added(formatted))).problem.people) == 5


def test_too_many_cells_are_refused_before_parsing(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhiban.io.raw_workbook.MAX_CELLS", 3000)
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(10, 3100))
    assert "超过 3,000 个单元格" in message(rewritten(office.write(), PEOPLE_PART, rows_added(rows)))


def test_a_tail_of_formatted_blank_cells_is_skipped(office: Any) -> None:
    tail = b"".join(
        b'<row r="%d" s="1" customFormat="1">%s</row>' % (n, b'<c r="A%d" s="1"/><c r="B%d" s="1"></c>' % (n, n))
        for n in range(10, 150_000)
    )
    result = read_problem(rewritten(office.write(), PEOPLE_PART, rows_added(tail)))
    assert len(result.problem.people) == 5
    assert result.remarks == ()


def test_a_token_that_never_ends(office: Any) -> None:
    comment = b"<!-- " + b">" * (raw_package.MAX_TOKEN_BYTES * 2) + b" -->"
    assert "不合规范" in message(rewritten(office.write(), PEOPLE_PART, rows_added(comment)))


def test_elements_nested_without_end(office: Any) -> None:
    assert "已损坏" in message(rewritten(office.write(), PEOPLE_PART, rows_added(b"<a>" * 100_000)))


def test_a_cell_of_many_megabytes_is_cut(office: Any) -> None:
    text = b'<row r="99"><c r="B99" t="inlineStr"><is><t>' + b"x" * 5_000_000 + b"</t></is></c></row>"
    with pytest.raises(InputError) as caught:
        read_problem(rewritten(office.write(), PEOPLE_PART, rows_added(text)))
    long = next(c for c in caught.value.complaints if c.cell == "人员!B99")
    assert "超过 2,000 个字" in long.text
    assert len(long.value) < 200


def test_a_merge_over_a_million_rows(office: Any) -> None:
    merges = b"</sheetData><mergeCells>" + b'<mergeCell ref="C2:C1048576"/>' * 50 + b"</mergeCells>"
    path = rewritten(office.write(), PEOPLE_PART, lambda data: data.replace(b"</sheetData>", merges))
    assert len(read_problem(path).problem.people) == 5


def test_faults_beyond_a_thousand_are_not_told(office: Any) -> None:
    rows = [["工号", "姓名", "窗口编号"], *([str(n), None, "W01"] for n in range(1500))]
    found = [c for c in office.errors({"人员": rows}) if c.sheet == "人员"]
    assert len(found) == 1001
    assert "超过 1000 处" in found[-1].text


def test_macros_are_not_looked_at(office: Any) -> None:
    path = rewritten(office.write(), "", bytes, **{"vbaProject.bin": OLE})
    with_macros = path.with_suffix(".xlsm")
    path.rename(with_macros)
    assert len(read_problem(with_macros).problem.people) == 5
