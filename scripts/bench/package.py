"""How fast a stranger checks a package, and how much memory writing and checking take as a book grows."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from scripts.bench.place import fill, post_in_parts, sale
from scripts.soaking.places import folder
from tests.postgres import Server

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


def package(small: int = SMALL, large: int = LARGE) -> dict[str, Any]:
    """Return entries a second of verify.py, and the memory (MB) of writing and checking a small and a large book."""
    server = Server()
    server.start()
    try:
        server.say("CREATE DATABASE book")
        with folder() as place:
            urls = {"sqlite": f"sqlite:///{place / 'book.sqlite'}", "postgresql": server.url("book")}
            figures = {store: grown(url, place / "book.zip", small, large) for store, url in urls.items()}
    finally:
        server.stop()
    young, old = figures["sqlite"]
    return {
        "entries_per_s": round(large / old["seconds"]), "verify_mb": f"{young['verify_mb']}->{old['verify_mb']}",
        **{f"write_mb_{store}": "->".join(str(each["write_mb"]) for each in both) for store, both in figures.items()},
    }


def grown(url: str, package: Path, small: int, large: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the figures of a book while it is small, and when it has grown large."""
    fill(url)
    post_in_parts(url, [sale() for _ in range(small)], "young")
    young = measured(url, package)
    post_in_parts(url, [sale() for _ in range(large - small)], "old")
    return young, measured(url, package)


def measured(url: str, package: Path) -> dict[str, Any]:
    """Return the figures of a book as it stands."""
    write_mb = peak(WRITE, url, package)
    start = time.perf_counter()
    verify_mb = peak(CHECK, Path("ledger/exports/verify.py").resolve(), package, alone=True)
    return {"seconds": time.perf_counter() - start, "write_mb": write_mb, "verify_mb": verify_mb}


def peak(program: str, *arguments: object, alone: bool = False) -> int:
    """Return the memory a program took; `alone` is as a stranger runs it, with nothing of ours at hand."""
    options = ["-I"] if alone else []
    command = [sys.executable, *options, "-c", f"{program}{PEAK}print(peak)", *map(str, arguments)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return int(said.split()[-1])
