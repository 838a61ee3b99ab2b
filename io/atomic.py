"""Files written whole or not at all: a temporary file in the same folder, then a rename."""

import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from zhiban.model.errors import UsageError


@contextmanager
def written_whole(path: str | Path) -> Generator[Path, None, None]:
    """Give a temporary path beside `path`; rename it onto `path` when the block ends well, else remove it.

    An existing file stays as it was unless the new one is complete. `UsageError` when the folder is missing or not
    writable, or the file is open in Excel or WPS; the message names another file name to use.
    """
    target = Path(path)
    check_target(target)
    temporary = _temporary_beside(target)
    try:
        yield temporary
        _keep_permissions(target, temporary)
        _flush(temporary)
        try:
            os.replace(temporary, target)
        except PermissionError as error:
            raise UsageError(_busy(target)) from error
    except OSError as error:
        raise UsageError(f"写入 {target} 失败：{error.strerror or error}。请检查磁盘空间和权限后重试") from error
    finally:
        temporary.unlink(missing_ok=True)


def other_name(target: Path) -> Path:
    """A free name beside `target`: 值班表.xlsx → 值班表(2).xlsx."""
    number = 2
    while (other := target.with_name(f"{target.stem}({number}){target.suffix}")).exists():
        number += 1
    return other


def check_target(target: Path) -> None:
    """`UsageError` where a file cannot be written, to be said before any work is done."""
    if target.is_dir():
        raise UsageError(f"输出 {target} 是一个文件夹。请写明文件名，如 {target / '值班表.xlsx'}")
    if not target.parent.is_dir():
        raise UsageError(f"文件夹 {target.parent} 不存在。请先建立文件夹，或改用别的位置")
    if _open_in_office(target):
        raise UsageError(_busy(target))
    if target.exists() and not os.access(target, os.W_OK):
        raise UsageError(f"{target} 不可写（只读文件）。请取消只读，或改用文件名 {other_name(target).name}")


def _open_in_office(target: Path) -> bool:
    """Whether Excel's, WPS's or LibreOffice's lock file stands beside the target."""
    names = (f"~${target.name}", f"~${target.name[2:]}", f".~{target.name}", f".~lock.{target.name}#")
    return target.exists() and any((target.parent / name).exists() for name in names)


def _busy(target: Path) -> str:
    return f"{target} 正被 Excel 或 WPS 打开，无法覆盖。请先关闭它，或改用文件名 {other_name(target).name}"


def _temporary_beside(target: Path) -> Path:
    try:
        handle, name = tempfile.mkstemp(prefix=".zhiban-", suffix=target.suffix or ".tmp", dir=target.parent)
    except OSError as error:
        raise UsageError(f"文件夹 {target.parent} 不可写。请改用别的位置，如您的“文档”文件夹") from error
    os.close(handle)
    return Path(name)


def _keep_permissions(target: Path, temporary: Path) -> None:
    """A new file gets the usual permissions (mkstemp's are for the owner alone), an existing one keeps its own."""
    if target.exists():
        mode = target.stat().st_mode & 0o777
    else:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    temporary.chmod(mode)


def _flush(temporary: Path) -> None:
    """Onto the disk before the rename, so that a power cut cannot leave an empty file under the final name."""
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
