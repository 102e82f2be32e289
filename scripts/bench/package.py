"""How fast a stranger checks a package, and how much memory writing and checking take as a book grows."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from scripts.bench.core import copy
from scripts.bench.growth import age
from scripts.bench.place import fill, folder

SMALL, LARGE = 10_000, 200_000
WRITE = """
import resource, sys
from datetime import UTC, datetime
from ledger.db import open_database
from ledger.exports.audit import write_package
with open_database(sys.argv[1]).reading() as session, open(sys.argv[2], "wb") as file:
    write_package(session, book="LY01", file=file, now=datetime.now(UTC), language="en")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
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
        [sys.executable, "-c", WRITE, f"sqlite:///{book}", package], check=True, capture_output=True, text=True
    )
    start = time.perf_counter()
    checker = Path("ledger/exports/verify.py").resolve()
    process = subprocess.Popen([sys.executable, "-I", checker, package], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0, f"verify.py found fault with {package}"
    took = time.perf_counter() - start
    return {"seconds": took, "write_mb": int(written.stdout), "verify_mb": used.ru_maxrss // 1024}
