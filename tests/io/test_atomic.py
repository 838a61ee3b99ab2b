"""Files are written whole or not at all."""

from pathlib import Path

import pytest

from zhiban.io.atomic import other_name, written_whole
from zhiban.model.errors import UsageError


def test_a_new_file_appears_complete(tmp_path: Path) -> None:
    target = tmp_path / "值班表.xlsx"
    with written_whole(target) as temporary:
        temporary.write_text("full")
        assert temporary.parent == tmp_path
        assert not target.exists()
    assert target.read_text() == "full"
    assert [p.name for p in tmp_path.iterdir()] == ["值班表.xlsx"]


def test_an_error_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "值班表.xlsx"
    target.write_text("old")
    with pytest.raises(RuntimeError, match="midway"), written_whole(target) as temporary:
        temporary.write_text("half")
        raise RuntimeError("midway")
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["值班表.xlsx"]


def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "值班表.xlsx"
    target.write_text("old")
    target.chmod(0o640)
    with written_whole(target) as temporary:
        temporary.write_text("new")
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_file_open_in_excel_is_named_with_another_name(tmp_path: Path) -> None:
    target = tmp_path / "值班表.xlsx"
    target.write_text("old")
    (tmp_path / "~$值班表.xlsx").write_text("")
    with pytest.raises(UsageError, match=r"Excel 或 WPS 打开.*值班表\(2\)\.xlsx"), written_whole(target):
        pass
    assert target.read_text() == "old"


def test_a_rename_refused_by_the_system_gives_the_same_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr("zhiban.io.atomic.os.replace", refuse)
    with pytest.raises(UsageError, match="请先关闭它"), written_whole(tmp_path / "值班表.xlsx") as temporary:
        temporary.write_text("new")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="不存在"), written_whole(tmp_path / "nowhere" / "值班表.xlsx"):
        pass


def test_a_folder_given_as_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="请写明文件名"), written_whole(tmp_path):
        pass


def test_other_name_skips_names_in_use(tmp_path: Path) -> None:
    (tmp_path / "a(2).xlsx").write_text("")
    assert other_name(tmp_path / "a.xlsx").name == "a(3).xlsx"
