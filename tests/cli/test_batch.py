"""`zhiban batch`: a folder in, rosters and a summary out; a bad workbook or a dead process stops nobody else."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

from zhiban import sample_data
from zhiban.cli.batch_centre import Centre, Job
from zhiban.cli.batch_local import LocalPool
from zhiban.cli.batch_run import TRIES, Batch
from zhiban.io.read_roster import read_roster

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two centres, and beside them what is none."""
    path = tmp_path / "各中心"
    path.mkdir()
    for name in ("东城.xlsx", "西城.xlsx"):
        shutil.copy(sample_data.path_of("tiny"), path / name)
    (path / "~$东城.xlsx").write_bytes(b"\x05user")
    (path / "说明.txt").write_text("请勿删除", "utf-8")
    (path / "旧").mkdir()
    return path


def change(path: Path, edit: Callable[[openpyxl.Workbook], None]) -> None:
    """Edit a workbook in place."""
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)


def spoil(book: openpyxl.Workbook) -> None:
    """People of a window that is not there."""
    book["人员"].append(["99901", "钱某", "W99"])


def turn_to_december(book: openpyxl.Workbook) -> None:
    """The same centre a month later."""
    dates = {"开始日期": date(2026, 12, 1), "结束日期": date(2026, 12, 31)}
    for row in book["基本设置"].iter_rows(min_row=2):
        row[1].value = dates.get(str(row[0].value), row[1].value)
    for sheet in ("请假外出", "预约登记"):
        book[sheet].delete_rows(2, book[sheet].max_row)


def leave_all(book: openpyxl.Workbook) -> None:
    """Nobody of window W03 is there on a Saturday."""
    for person in ("10301", "10302", "10303"):
        book["请假外出"].append([person, "事假", "2026-11-07", None, "2026-11-07", None, "已批", "窗口负责人"])


def rows_of(path: Path, sheet: str) -> list[dict[str, object]]:
    """The rows of a sheet of the summary by column."""
    header, *rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def test_three_centres_of_which_one_is_bad(run: Run, folder: Path) -> None:
    shutil.copy(folder / "东城.xlsx", folder / "北城.xlsx")
    change(folder / "北城.xlsx", spoil)
    result = run("batch", folder, "--jobs", "2")
    assert result.exit_code == 1
    out = folder / "值班表"
    assert {path.name for path in out.iterdir()} == {"东城-值班表.xlsx", "西城-值班表.xlsx", "汇总.xlsx"}

    rows = rows_of(out / "汇总.xlsx", "汇总")
    assert [(row["文件"], row["退出码"], row["结果"]) for row in rows] == [
        ("东城.xlsx", 0, "全部满足"),
        ("北城.xlsx", 1, "输入有错误"),
        ("西城.xlsx", 0, "全部满足"),
    ]
    good, bad, _ = rows
    assert (good["T1 预约未满足"], good["T6 公平"], good["证明"]) == (0, 7500, "全部证明")
    assert (good["值班表"], good["试次"], str(good["开始日期"])) == ("东城-值班表.xlsx", 1, "2026-11-01 00:00:00")
    assert "W99" in str(bad["说明"]) and str(bad["说明"]).startswith("人员!")
    assert (bad["T1 预约未满足"], bad["值班表"], bad["证明"]) == (None, None, None)
    assert "W99" in result.stdout and "共 3 个中心：全部满足 2 个，输入有错误 1 个" in result.stdout
    tiers = rows_of(out / "汇总.xlsx", "目标层级")
    assert [t["层级"] for t in tiers] == ["T1", "T2", "T3", "T4", "T6", "T7", "T8", "T9"] * 2
    fairness = [(t["文件"], t["值"], t["下界"], t["状态"]) for t in tiers if t["层级"] == "T6"]
    assert fairness == [("东城.xlsx", 7500, 7500, "最优"), ("西城.xlsx", 7500, 7500, "最优")]
    errors = [row for row in rows_of(out / "汇总.xlsx", "问题明细") if row["级别"] == "错误"]
    assert [(row["文件"], row["位置"] is not None, row["建议"] is not None) for row in errors] == [
        ("北城.xlsx", True, True)
    ]


def test_other_files_are_left_out_with_a_note(run: Run, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "结果"
    assert run("batch", folder, "-o", out).exit_code == 0
    # Rosters and the summary of an earlier run, beside the inputs.
    for path in out.iterdir():
        shutil.copy(path, folder)
    result = run("batch", folder, "-o", tmp_path / "又一次", "--json")
    data = json.loads(result.stdout)
    assert [centre["file"] for centre in data["centres"]] == ["东城.xlsx", "西城.xlsx"]
    assert {row["file"]: row["reason"] for row in data["skipped"]} == {
        "~$东城.xlsx": "Excel 或 WPS 的临时锁文件",
        "东城-值班表.xlsx": "是值班表，不是排班数据",
        "汇总.xlsx": "没有排班数据的工作表",
        "西城-值班表.xlsx": "是值班表，不是排班数据",
        "说明.txt": "不是 .xlsx 工作簿",
    }
    assert "跳过 说明.txt：不是 .xlsx 工作簿" in result.stderr
    skipped = rows_of(tmp_path / "又一次" / "汇总.xlsx", "未处理的文件")
    assert len(skipped) == len(data["skipped"])


def test_what_is_unmet_is_counted_and_the_code_is_the_largest(run: Run, folder: Path) -> None:
    change(folder / "西城.xlsx", leave_all)
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    result = run("batch", folder, "--json")
    data = json.loads(result.stdout)
    assert result.exit_code == data["exit"] == 3
    codes = {centre["file"]: centre["exit"] for centre in data["centres"]}
    assert codes == {"东城.xlsx": 0, "西城.xlsx": 3, "坏.xlsx": 1}
    short = next(centre for centre in data["centres"] if centre["exit"] == 3)
    # Nobody on duty, and its post that is open at weekends empty in the morning and in the afternoon.
    assert [tier["value"] for tier in short["tiers"][:4]] == [0, 1, 2, 0]
    assert sorted(remark["code"] for remark in short["remarks"]) == ["D1", "D2", "D2"]
    assert all(remark["place"].startswith("2026-11-07") for remark in short["remarks"])
    assert short["proven"] and "有 3 项需求未满足" in short["message"]


def test_each_centre_carries_on_from_its_own_roster(run: Run, folder: Path, tmp_path: Path) -> None:
    before = tmp_path / "上期"
    before.mkdir()
    run("solve", folder / "东城.xlsx", "-o", before / "东城-值班表.xlsx")
    change(folder / "东城.xlsx", turn_to_december)
    result = run("batch", folder, "--previous-dir", before)
    assert result.exit_code == 0
    assert "西城.xlsx：没有找到上期值班表，不接续" in result.stderr
    assert result.stderr.count("没有找到上期值班表") == 1
    out = folder / "值班表"
    assert read_roster(out / "东城-值班表.xlsx").info["上期值班表"] == "东城-值班表.xlsx"
    assert "上期值班表" not in read_roster(out / "西城-值班表.xlsx").info


def test_the_earlier_rosters_are_never_overwritten(run: Run, folder: Path) -> None:
    before = folder / "值班表"
    before.mkdir()
    result = run("batch", folder, "--previous-dir", before)
    assert result.exit_code == 2
    assert "就是上期值班表所在文件夹" in result.stderr
    assert list(before.iterdir()) == []


def test_a_roster_that_cannot_be_written_stops_nobody(run: Run, folder: Path) -> None:
    out = folder / "值班表"
    assert run("batch", folder).exit_code == 0
    (out / "~$东城-值班表.xlsx").write_bytes(b"")
    (out / "西城-值班表.xlsx").unlink()
    result = run("batch", folder)
    assert result.exit_code == 2
    rows = rows_of(out / "汇总.xlsx", "汇总")
    assert [(row["文件"], row["退出码"]) for row in rows] == [("东城.xlsx", 2), ("西城.xlsx", 0)]
    assert "正被 Excel 或 WPS 打开" in str(rows[0]["说明"])
    assert (out / "西城-值班表.xlsx").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--engine", "spark"], "spark"),
        (["--address", "auto"], "--address 只用于 --engine ray"),
        (["--seconds", "0"], "请写大于 0 的秒数"),
    ],
)
def test_wrong_usage(run: Run, folder: Path, words: list[str], told: str) -> None:
    result = run("batch", folder, *words)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not (folder / "值班表").exists()


def test_a_folder_without_workbooks(run: Run, tmp_path: Path) -> None:
    result = run("batch", tmp_path)
    assert result.exit_code == 2
    assert "没有排班数据" in result.stderr
    assert run("batch", tmp_path / "没有").exit_code == 2


def test_without_ray_it_is_said_how_to_get_it(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    result = run("batch", folder, "--engine", "ray")
    assert result.exit_code == 2
    assert "pip install 'zhiban[cluster]'" in result.stderr


# ---- Ctrl-C ---------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="os.kill sends no Ctrl-C on Windows")
def test_ctrl_c_leaves_what_is_finished_and_the_summary(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = tmp_path / "临时"
    files.mkdir()
    monkeypatch.setenv("TMPDIR", str(files))
    # Large enough to be under way for long after the first has ended.
    shutil.copy(sample_data.path_of("zibo"), folder / "远郊.xlsx")
    out = tmp_path / "结果"
    words = [sys.executable, "-m", "zhiban.cli", "batch", str(folder), "-o", str(out), "--jobs", "1"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8"}
    with subprocess.Popen(words, **pipes, start_new_session=True) as batch:
        while not list(out.glob("*-值班表.xlsx")):
            assert batch.poll() is None
            time.sleep(0.02)
        # As a terminal does it: to the program and to all its workers.
        os.killpg(batch.pid, signal.SIGINT)
        stdout, stderr = batch.communicate()
    assert batch.returncode == 5, stderr
    assert "正在停止" in stderr and "Traceback" not in stderr
    rows = rows_of(out / "汇总.xlsx", "汇总")
    assert rows[0]["退出码"] == 0
    assert rows[-1]["说明"] == "已中断，未排班"
    assert sum(row["值班表"] is not None for row in rows) == len(list(out.glob("*-值班表.xlsx")))
    assert "没有排出" in stdout
    # Nobody's data stay behind.
    assert list(files.iterdir()) == []


# ---- workers that die -----------------------------------------------------------------------------------------------


class DyingPool:
    """Workers that die at given attempts of a job."""

    def __init__(self, deaths: dict[str, int]) -> None:
        self.deaths = deaths
        self.begun: list[str] = []
        self.running: list[str] = []

    @property
    def room(self) -> int:
        return 2 - len(self.running)

    def begin(self, job: Job) -> None:
        self.begun.append(job.name)
        self.running.append(job.name)

    def finished(self, seconds: float) -> list[tuple[str, Centre | None]]:
        name = self.running.pop(0)
        if self.deaths.get(name, 0) >= self.begun.count(name):
            return [(name, None)]
        return [(name, Centre(name, 0, ""))]

    def close(self) -> None:
        self.running.clear()


def load(name: str) -> Job:
    return Job(name, b"", 1, 0)


def never() -> bool:
    return False


def test_a_dead_workers_centre_is_tried_again_but_not_for_ever(capsys: pytest.CaptureFixture[str]) -> None:
    pool = DyingPool({"b": 1, "c": TRIES})
    told: list[str] = []

    def done(centre: Centre) -> Centre:
        told.append(centre.name)
        return centre

    found = Batch(pool, ["a", "b", "c", "d"], load, done).run(never)
    assert [(centre.name, centre.exit, centre.tries) for centre in found] == [
        ("a", 0, 1),
        ("b", 0, 2),
        ("c", 70, TRIES),
        ("d", 0, 1),
    ]
    assert "意外终止" in found[2].message
    assert sorted(told) == ["a", "b", "c", "d"]
    assert pool.begun.count("c") == TRIES
    assert capsys.readouterr().err.count("重新计算") == 1 + TRIES - 1


@pytest.fixture
def pool() -> Iterator[LocalPool]:
    """One process of this machine."""
    found = LocalPool(1)
    yield found
    found.close()


def test_a_process_killed_in_the_middle_is_replaced(pool: LocalPool) -> None:
    job = Job("甲.xlsx", sample_data.path_of("tiny").read_bytes(), 60, 0)
    pool.begin(job)
    assert pool.room == 0
    (process,) = pool.processes
    process.kill()
    ended: list[tuple[str, Centre | None]] = []
    while not ended:
        ended = pool.finished(1)
    assert ended == [("甲.xlsx", None)]
    assert pool.room == 1 and pool.processes == []
    pool.begin(job)
    ended = []
    while not ended:
        ended = pool.finished(1)
    ((name, centre),) = ended
    assert centre is not None
    assert (name, centre.exit, centre.center) == ("甲.xlsx", 0, centre.center)
    assert centre.roster is not None and centre.roster.startswith(b"PK")
