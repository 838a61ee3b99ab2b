"""docs/cli.md is what the commands say of themselves."""

from pathlib import Path

from zhiban.cli.cli_doc import document
from zhiban.cli.main import FOLDER

PAGE = Path(__file__).resolve().parents[2] / "docs" / "cli.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == document(), "run: python -m zhiban.cli.cli_doc docs/cli.md"


def test_every_command_has_its_section() -> None:
    text = document()
    for path in FOLDER.glob("*_cmd.py"):
        assert f"\n## {path.stem.removesuffix('_cmd')}\n" in text
    assert "| `--seconds 秒` | 求解最多用多少秒。 [默认：60] |" in text
    assert "PATH" not in text and "--help` |" not in text
