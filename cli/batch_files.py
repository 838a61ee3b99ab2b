"""Which workbooks of a folder are centres to be rostered, and where their rosters go."""

from dataclasses import dataclass
from pathlib import Path

from zhiban.cli.batch_centre import INPUT, Centre, Job, failed
from zhiban.model.errors import Complaint, InputError

ROSTER_ENDING = "-值班表.xlsx"
SUMMARY = "汇总.xlsx"
LOCK_PREFIXES = ("~$", ".~")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder's centres by file name, and the other files with why they are left out."""

    path: Path
    centres: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]


def roster_name(name: str) -> str:
    """清河.xlsx → 清河-值班表.xlsx."""
    return f"{Path(name).stem}{ROSTER_ENDING}"


def survey(path: Path) -> Folder:
    """Look at every file of a folder, in the order of their names; subfolders are not entered.

    A workbook that cannot be opened counts as a centre: its owner must hear of it.
    """
    centres: dict[str, str] = {}
    skipped: list[tuple[str, str]] = []
    for file in sorted(path.iterdir(), key=lambda entry: entry.name):
        if file.is_dir():
            continue
        other = centres.get(roster_name(file.name))
        reason = _foreign(file) or (f"与 {other} 只差扩展名的写法，请改名" if other else "")
        if reason:
            skipped.append((file.name, reason))
        else:
            centres[roster_name(file.name)] = file.name
    return Folder(path, tuple(centres.values()), tuple(skipped))


def _foreign(file: Path) -> str:
    """Why a file is no centre's workbook; empty where it is one."""
    if file.name.startswith(LOCK_PREFIXES):
        return "Excel 或 WPS 的临时锁文件"
    if file.name.startswith("."):
        return "隐藏文件"
    if file.suffix.lower() != ".xlsx":
        return "不是 .xlsx 工作簿"
    return _foreign_sheets(file)


def _foreign_sheets(file: Path) -> str:
    from zhiban.io.cell_text import clean_header
    from zhiban.io.raw_workbook import RawWorkbook, UnreadableError
    from zhiban.io.sheets import INPUT_SHEETS

    try:
        with RawWorkbook(file) as book:
            sheets = {clean_header(entry.name) for entry in book.sheets}
    except UnreadableError:
        return ""
    if "排班明细" in sheets:
        return f"是值班表，不是{INPUT}"
    return "" if sheets & {sheet.name for sheet in INPUT_SHEETS} else f"没有{INPUT}的工作表"


@dataclass(frozen=True, slots=True)
class Loader:
    """Reads a centre's workbook, and last month's roster of the same name, when its turn comes."""

    folder: Path
    seconds: float
    seed: int
    previous: Path | None = None

    def __call__(self, name: str) -> Job | Centre:
        """The job, or an outcome that says why the files cannot be read."""
        try:
            workbook = _content(self.folder / name)
            before = self.earlier(name)
            if before is None:
                return Job(name, workbook, self.seconds, self.seed)
            return Job(name, workbook, self.seconds, self.seed, _content(before), before.name)
        except InputError as error:
            return failed(name, error)

    def earlier(self, name: str) -> Path | None:
        """Last month's roster: NAME-值班表.xlsx, or a roster of the workbook's own name; None: there is none."""
        if self.previous is None:
            return None
        candidates = (self.previous / roster_name(name), self.previous / name)
        return next((path for path in candidates if path.is_file()), None)


def _content(path: Path) -> bytes:
    """A file's bytes; InputError where it cannot be read or is too large to be a workbook."""
    from zhiban.io.raw_package import UnreadableError, check_file

    try:
        check_file(path)
        return path.read_bytes()
    except (UnreadableError, OSError) as error:
        raise InputError([Complaint("", 0, "", path.name, str(error))]) from error
