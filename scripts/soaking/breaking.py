"""Faults made on purpose, one at a time, in a copy of the house: the tests that are named must catch each of them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from scripts.soaking.faults import FAULTS, Fault
from scripts.soaking.places import folder

PROJECT = Path(__file__).parent.parent.parent
PARTS = ("ledger", "schemas", "tests", "scripts", "pyproject.toml")


def faults(most: int) -> dict[str, Any]:
    """Make the faults in a copy of the house, and say which test has caught each."""
    chosen = FAULTS[:most]
    with folder() as house:
        for part in PARTS:
            copy = shutil.copytree if (PROJECT / part).is_dir() else shutil.copy
            copy(PROJECT / part, house / part)
        sound, said = tested(house, " ".join(dict.fromkeys(" ".join(fault.tests for fault in chosen).split())))
        assert sound == 0, f"the house is not sound to begin with:\n{said}"
        results = [is_caught(fault, house) for fault in chosen]
    return {"faults": len(results), "caught": sum(results), "not_caught": len(results) - sum(results)}


def is_caught(fault: Fault, house: Path) -> bool:
    """Make one fault, run its tests, and mend it again."""
    whole = {file: (house / file).read_text(encoding="utf-8") for file, _, _ in fault.patches}
    for file, old, new in fault.patches:
        (house / file).write_text(patched((house / file).read_text(encoding="utf-8"), old, new), encoding="utf-8")
    code, said = tested(house, fault.tests)
    for file, text in whole.items():
        (house / file).write_text(text, encoding="utf-8")
    by = re.search(r"^(?:FAILED|ERROR) (.+?)(?: - |$)", said, re.M)
    # 1: tests failed. Anything else, such as a house that cannot even be imported, proves nothing.
    caught = code == 1 and by is not None
    print("  caught    " if caught else "  NOT caught", f"{fault.name}: {by[1] if by else said[-300:]}", flush=True)
    return caught


def patched(text: str, old: str, new: str) -> str:
    """Return a file with the fault in it."""
    assert text.count(old) == 1, f"this stands there {text.count(old)} times, not once: {old}"
    return text.replace(old, new)


def tested(house: Path, tests: str) -> tuple[int, str]:
    """Run tests in the copy until the first one fails; return pytest's exit code and what it said."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--tb=no", "-p", "no:cacheprovider", *tests.split()]
    surroundings = os.environ | {"PYTHONPATH": str(house), "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(command, cwd=house, env=surroundings, capture_output=True, text=True)
    return ran.returncode, ran.stdout + ran.stderr
