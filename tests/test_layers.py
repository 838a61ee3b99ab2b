"""Who may import whom: model <- solver, model <- io, all <- cli; solver and io do not know each other."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

ALLOWED = {
    "model": {"model"},
    "solver": {"model", "solver"},
    "io": {"model", "io"},
    "sample_data": {"model", "io", "sample_data"},
    "cli": {"model", "solver", "io", "sample_data", "cli"},
}


def imported_packages(source: str) -> Iterator[str]:
    """The packages of ours that a module imports anywhere, lazily too; "." for a relative import."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level:
            names = ["zhiban.."]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            root, _, rest = name.partition(".")
            if root == "zhiban":
                yield rest.split(".")[0] or "."


@pytest.mark.parametrize("layer", ALLOWED)
def test_each_layer_imports_only_what_it_may(layer: str) -> None:
    modules = sorted((ROOT / layer).rglob("*.py"))
    assert modules
    found = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in modules
        for name in imported_packages(path.read_text("utf-8"))
    }
    assert [entry for entry in sorted(found) if entry[1] not in ALLOWED[layer]] == []


def test_every_layer_of_the_code_is_judged() -> None:
    assert {link.name for link in (ROOT / "src" / "zhiban").iterdir()} == set(ALLOWED)


def test_the_finder_sees_every_way_to_import() -> None:
    source = "\n".join(
        [
            "import zhiban.cli.main",
            "from zhiban import io",
            "def late():",
            "    from zhiban.solver.solve import solve",
            "from . import neighbour",
            "import json, zhiban.model",
        ]
    )
    assert sorted(imported_packages(source)) == [".", "cli", "io", "model", "solver"]
