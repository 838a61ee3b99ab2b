"""`zhiban batch --engine ray` on a real cluster of two workers: the local engine's rows, and workers that die."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from zhiban import sample_data

pytestmark = pytest.mark.slow

NEVER = 600
"""Seconds after which a wait has gone wrong."""


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A head that computes nothing; workers are added by the tests."""
    pytest.importorskip("ray", reason="Ray is not installed: pip install 'zhiban[cluster]'")
    from ray.cluster_utils import Cluster

    found = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    yield found
    found.shutdown()


@pytest.fixture
def workers(cluster: Any, tmp_path: Path) -> Iterator[dict[Any, Path]]:
    """Two workers of one core each, with the folder in which each keeps its temporary files."""
    nodes: dict[Any, Path] = {}
    for number in range(2):
        folder = tmp_path / f"worker{number}"
        folder.mkdir()
        nodes[cluster.add_node(num_cpus=1, env_vars={"TMPDIR": str(folder)})] = folder
    cluster.wait_for_nodes()
    yield nodes
    for node in nodes:
        if node in cluster.list_all_nodes():
            cluster.remove_node(node, allow_graceful=False)


def batch(folder: Path, out: Path, *words: str) -> "subprocess.Popen[str]":
    """`zhiban batch` under way."""
    command = [sys.executable, "-m", "zhiban.cli", "batch", str(folder), "-o", str(out), "--json", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")


def rows_of(running: "subprocess.Popen[str]") -> dict[str, dict[str, Any]]:
    """The centres of a batch by file, without the times."""
    stdout, stderr = running.communicate(timeout=NEVER)
    assert stdout.startswith("{"), stderr
    assert "Traceback" not in stderr
    centres = json.loads(stdout)["centres"]
    return {centre["file"]: {key: value for key, value in centre.items() if key != "seconds"} for centre in centres}


def duties(path: Path) -> list[object]:
    """排班明细 of a roster."""
    from zhiban.io.read_roster import read_roster

    return list(read_roster(path).roster.duties)


@pytest.mark.usefixtures("workers")
def test_both_engines_give_the_same_rows(cluster: Any, tmp_path: Path) -> None:
    folder = tmp_path / "各中心"
    folder.mkdir()
    for name in ("tiny", "overloaded"):
        shutil.copy(sample_data.path_of(name), folder / f"{name}.xlsx")
    (folder / "坏.xlsx").write_bytes(b"PK broken")
    local = rows_of(batch(folder, tmp_path / "local"))
    ray = rows_of(batch(folder, tmp_path / "ray", "--engine", "ray", "--address", cluster.address))
    assert ray == local
    assert [row["exit"] for row in local.values()] == [3, 0, 1]
    for name in ("tiny-值班表.xlsx", "overloaded-值班表.xlsx"):
        assert duties(tmp_path / "ray" / name) == duties(tmp_path / "local" / name)


def test_a_worker_killed_in_the_middle_loses_no_centre(cluster: Any, workers: dict[Any, Path], tmp_path: Path) -> None:
    folder, out = tmp_path / "各中心", tmp_path / "结果"
    folder.mkdir()
    for name in ("甲", "乙", "丙"):
        shutil.copy(sample_data.path_of("overloaded"), folder / f"{name}.xlsx")
    running = batch(folder, out, "--engine", "ray", "--address", cluster.address)
    node, files = next(iter(workers.items()))
    # It has unpacked a centre's workbook, and solving takes some seconds.
    wait_for(lambda: list(files.rglob("*.xlsx")), running)
    cluster.remove_node(node, allow_graceful=False)
    rows = rows_of(running)
    assert [row["exit"] for row in rows.values()] == [3, 3, 3]
    assert sorted(row["tries"] for row in rows.values()) == [1, 1, 2]
    assert len(list(out.glob("*-值班表.xlsx"))) == 3


def wait_for(happened: Callable[[], object], running: "subprocess.Popen[str]") -> None:
    """Until something has happened, while the batch is under way."""
    deadline = time.monotonic() + NEVER
    while not happened():
        assert running.poll() is None and time.monotonic() < deadline
        time.sleep(0.02)


def test_an_address_where_nobody_answers(run: Any, tmp_path: Path) -> None:
    pytest.importorskip("ray")
    shutil.copy(sample_data.path_of("tiny"), tmp_path)
    result: Result = run("batch", tmp_path, "--engine", "ray", "--address", "127.0.0.1:1")
    assert result.exit_code == 2
    assert "连不上 Ray 集群 127.0.0.1:1" in result.stderr
