"""The package as it is installed: every subpackage and data file in the wheel, nothing that breaks the stdlib."""

import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("cli", "io", "model", "sample_data", "solver")
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]


def folders_with_code(package: str) -> list[Path]:
    """The folders of a root package that hold modules."""
    return sorted({path.parent for path in (ROOT / package).rglob("*.py")})


def test_every_folder_with_code_is_listed() -> None:
    found = {
        "zhiban." + ".".join(folder.relative_to(ROOT).parts) for name in PACKAGES for folder in folders_with_code(name)
    }
    assert found == set(SETTINGS["packages"])


def test_every_folder_with_code_is_a_regular_package() -> None:
    folders = [folder for name in PACKAGES for folder in folders_with_code(name)]
    assert [str(folder) for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_every_root_package_is_mapped_and_linked() -> None:
    assert SETTINGS["package-dir"] == {f"zhiban.{name}": name for name in PACKAGES}
    for name in PACKAGES:
        link = ROOT / "src" / "zhiban" / name
        target = str(link.readlink()) if link.is_symlink() else link.read_text("utf-8")
        assert Path(target).as_posix() == f"../../{name}"


def test_nothing_makes_pytest_import_our_io_as_the_stdlib_one() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []
    assert [path for name in PACKAGES for path in (ROOT / name).rglob("conftest.py")] == []


def test_no_module_is_named_like_one_of_the_stdlib() -> None:
    modules = [path for name in PACKAGES for path in (ROOT / name).rglob("*.py")]
    assert len(modules) > len(PACKAGES)
    assert [str(path) for path in modules if path.stem in sys.stdlib_module_names] == []


def copied(folder: Path) -> Path:
    """The files a build needs, away from any build or egg-info that lies about here."""
    for name in (*PACKAGES, "tests", "pyproject.toml", "README.md", "LICENSE", "MANIFEST.in"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


def wheel_names(source: Path, target: Path) -> set[str]:
    """Build a wheel of `source` and list it."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(target), str(source)]
    subprocess.run(command, check=True)
    (wheel,) = target.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


@pytest.mark.slow
def test_the_wheel_holds_all_code_and_data(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    held = wheel_names(copied(source), tmp_path / "wheel")
    files = [path for name in PACKAGES for path in (ROOT / name).rglob("*") if path.is_file() and path.suffix != ".pyc"]
    wanted = {f"zhiban/{path.relative_to(ROOT).as_posix()}" for path in files}
    assert {"zhiban/model/policies.toml", "zhiban/sample_data/zibo.xlsx"} <= wanted
    assert {name for name in held if ".dist-info/" not in name} == wanted
    assert any(name.endswith("LICENSE") for name in held)
