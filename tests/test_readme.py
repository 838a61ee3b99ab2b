"""The READMEs promise what CI runs, name commands that exist, and no tracked file speaks of one machine."""

import re
import subprocess
from pathlib import Path

import pytest

from zhiban import sample_data

ROOT = Path(__file__).resolve().parent.parent
ENGLISH = (ROOT / "README.md").read_text("utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text("utf-8")

MACHINE_WORDS = re.compile("|".join((r"(?<![\w.])/(work|opt|farm|root|home|tmp)/\w", "shared" + "/", r"[A-Z]:\\Users")))
"""Paths of one machine, and folders that are not part of the project."""


def blocks(text: str, language: str = "sh") -> list[str]:
    """The fenced code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)\n```$", text, flags=re.MULTILINE | re.DOTALL)


def tracked_files() -> list[Path]:
    """What git keeps; without git every file but what tools leave behind."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listing.returncode == 0:
        return [ROOT / name for name in listing.stdout.split("\0") if name]
    skipped = {".git", ".venv", "build", "dist", "__pycache__"}
    return [path for path in ROOT.rglob("*") if not skipped & set(path.relative_to(ROOT).parts)]


def test_ci_runs_exactly_the_two_commands_of_the_readme() -> None:
    commands = blocks(ENGLISH)
    assert len(commands) == 2
    assert all("\n" not in command for command in commands)
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert [line for line in lines if line.startswith("python3 -m venv")] == commands


def test_the_chinese_readme_gives_the_same_first_command() -> None:
    assert blocks(CHINESE) == blocks(ENGLISH)[:1]
    windows = blocks(CHINESE, "bat")[0]
    assert windows == blocks(ENGLISH)[0].replace("python3", "py").replace(".venv/bin/", ".venv\\Scripts\\")


def test_every_sample_is_described() -> None:
    table = re.findall(
        r"^\| (\w+) \| (?:\w+) \| ", ENGLISH.partition("## Samples")[2].partition("## ")[0], flags=re.MULTILINE
    )
    assert [name for name in table if name != "name"] == list(sample_data.names())


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["english", "chinese"])
def test_links_lead_somewhere(text: str) -> None:
    targets = [target for target in re.findall(r"(?<!!)\]\(([^)]+)\)", text) if "://" not in target]
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["english", "chinese"])
def test_every_command_named_exists(text: str) -> None:
    named = set(re.findall(r"zhiban ([a-z]+)\b", text)) - {"zhiban"}
    assert {"sample", "solve"} <= named
    assert [name for name in sorted(named) if not (ROOT / "cli" / f"{name}_cmd.py").is_file()] == []


def test_no_tracked_file_speaks_of_one_machine() -> None:
    found = []
    for path in tracked_files():
        if path.is_file() and path.suffix not in {".xlsx", ".png", ".pdf"}:
            lines = path.read_text("utf-8", errors="replace").splitlines()
            found += [f"{path.relative_to(ROOT)}:{n}" for n, line in enumerate(lines, 1) if MACHINE_WORDS.search(line)]
    assert found == []


def test_machine_words_are_found() -> None:
    assert MACHINE_WORDS.search("see /" + "work/main") and MACHINE_WORDS.search("../sha" + "red/spec")
    assert not MACHINE_WORDS.search("a/work/b or https://example.org/tmp/x")
