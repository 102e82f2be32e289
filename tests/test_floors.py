"""A file imports only from floors below its own; docs/architecture.md draws the house."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent


def look_at_the_floors(house):
    """Run import-linter in a process of its own: within one, what was imported once stays."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as look; look()", "--no-cache"]
    surroundings = os.environ | {"PYTHONPATH": str(house), "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=house, env=surroundings, capture_output=True, text=True, encoding="utf-8")


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A copy of the house, to break."""
    copy = tmp_path_factory.mktemp("house")
    shutil.copy(PROJECT / "pyproject.toml", copy)
    for part in ("ledger", "schemas"):
        shutil.copytree(PROJECT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def test_no_file_imports_from_a_floor_above_its_own():
    looked = look_at_the_floors(PROJECT)
    assert looked.returncode == 0, looked.stdout


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("ledger/terms.py", "import ledger.errors"),
        ("ledger/chart.py", "import ledger.registers"),
        ("ledger/journal/posting.py", "import ledger.operations"),
        ("ledger/registers/sites.py", "import ledger.reports"),
        ("ledger/operations/redemption.py", "import ledger.reports"),
        ("ledger/reports/__init__.py", "import ledger.operations"),
        ("ledger/operations/redemption.py", "import schemas"),
        ("ledger/operations/redemption.py", "import ledger.settings"),
        ("ledger/exports/__init__.py", "import ledger.web"),
        ("ledger/web/__init__.py", "import ledger.commands"),
        ("ledger/web/__init__.py", "import ledger.app"),
        ("schemas/__init__.py", "import ledger.registers"),
        ("schemas/__init__.py", "import ledger.errors"),
    ],
)
def test_an_import_from_above_or_beside_is_found(house, file, line):
    broken = house / file
    before = broken.read_text(encoding="utf-8")
    broken.write_text(f"{before}\n{line}\n", encoding="utf-8")
    looked = look_at_the_floors(house)
    broken.write_text(before, encoding="utf-8")
    importer = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    assert looked.returncode == 1, looked.stdout
    assert f"{importer} -> {line.removeprefix('import ')}" in looked.stdout


def test_every_part_of_the_house_stands_on_a_floor():
    floors = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    placed = {part.strip(" ()") for layer in floors["contracts"][0]["layers"] for part in re.split("[|:]", layer)}
    built = {f"ledger.{path.stem}" for path in (PROJECT / "ledger").glob("*.py") if path.stem != "__init__"}
    built |= {f"ledger.{path.parent.name}" for path in (PROJECT / "ledger").glob("*/__init__.py")}
    assert built - placed == set()
