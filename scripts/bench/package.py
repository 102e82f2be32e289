"""How fast a stranger checks a package, and how much memory writing and checking take as a book grows."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from scripts.bench.core import copy
from scripts.bench.growth import age
from scripts.bench.place import fill, folder

SMALL, LARGE = 10_000, 200_000
# The most memory a program's own image held: what getrusage says begins with the program that started it.
PEAK = """
import re
peak = int(re.search(r"VmHWM:\\s+([0-9]+)", open("/proc/self/status").read())[1]) // 1024
"""
WRITE = """
import sys
from datetime import UTC, datetime
from ledger.db import open_database
from ledger.exports.audit import write_package
with open_database(sys.argv[1]).reading() as session, open(sys.argv[2], "wb") as file:
    write_package(session, book="LY01", file=file, now=datetime.now(UTC), language="en")
"""
CHECK = """
import runpy, sys
sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except SystemExit as end:
    assert not end.code, end.code
"""


def package() -> dict[str, Any]:
    """Return entries a second of verify.py, and the memory (MB) of writing and checking a small and a large book."""
    with folder() as place:
        fill(f"sqlite:///{place / 'start.sqlite'}")
        small, large = (measured(place, entries) for entries in (SMALL, LARGE))
    return {
        "entries_per_s": round(LARGE / large["seconds"]), "write_mb": f"{small['write_mb']}->{large['write_mb']}",
        "verify_mb": f"{small['verify_mb']}->{large['verify_mb']}",
    }


def measured(place: Path, entries: int) -> dict[str, Any]:
    """Return the figures of one book."""
    book, package = copy(place, f"book-{entries}"), place / f"{entries}.zip"
    age(book, entries * 2, lots=0)
    written = subprocess.run(
        [sys.executable, "-c", f"{WRITE}{PEAK}print(peak)", f"sqlite:///{book}", package],
        check=True, capture_output=True, text=True,
    )
    checker = Path("ledger/exports/verify.py").resolve()
    start = time.perf_counter()
    checked = subprocess.run(
        [sys.executable, "-I", "-c", f"{CHECK}{PEAK}print(peak)", checker, package],
        check=True, capture_output=True, text=True,
    )
    took = time.perf_counter() - start
    return {"seconds": took, "write_mb": int(written.stdout), "verify_mb": int(checked.stdout.split()[-1])}
