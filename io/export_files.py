"""Several files of one export: into a folder, or into one zip file."""

import unicodedata
import zipfile
from collections.abc import Mapping
from pathlib import Path

from zhiban.io.atomic import written_whole
from zhiban.model.errors import UsageError

FORBIDDEN = set('<>:"/\\|?*')
"""Characters that Windows allows in no file name."""

MOST_NAME = 80
ZIP_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a zip, so that the same roster gives the same bytes."""


def file_name(*parts: str) -> str:
    """A name for a file from an id and a name, without what no file system takes; never empty."""
    text = " ".join(part for part in parts if part)
    kept = "".join("_" if c in FORBIDDEN or unicodedata.category(c).startswith("C") else c for c in text)
    return kept[:MOST_NAME].strip(" .") or "_"


def write_files(files: Mapping[str, bytes], target: Path) -> int:
    """Write files (paths with / → content) into a folder, or one zip file where the target is called so.

    Each file is written whole or not at all; other files of the folder stay. Returns how many there are.
    `UsageError` when the folder cannot be made or a file not be written.
    """
    if target.suffix.lower() == ".zip":
        with written_whole(target) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(zipfile.ZipInfo(name, ZIP_DAY), content, zipfile.ZIP_DEFLATED)
        return len(files)
    for name, content in files.items():
        path = target / name
        _make_folder(path.parent)
        with written_whole(path) as temporary:
            temporary.write_bytes(content)
    return len(files)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise UsageError(f"{folder} 是一个文件，不是文件夹。请改用别的文件夹名") from error
    except OSError as error:
        raise UsageError(f"不能建立文件夹 {folder}：{error.strerror or error}。请改用别的位置") from error
