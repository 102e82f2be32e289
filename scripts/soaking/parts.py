"""What there is to prove, how large, and which figures must be nothing."""

from typing import Any

PARTS = {
    "kill-sqlite": ("kills", "server_killed", ["sqlite"], 50),
    "kill-postgresql": ("kills", "server_killed", ["postgresql"], 50),
    "kill-the-server-beneath": ("kills", "postgresql_killed", [], 50),
    "calls": ("syscalls", "faults", [], 1_000),
    "syncs": ("syncs", "synced", [], 100),
    "full-pages": ("disk", "full", ["pages"], 50),
    "full-file": ("disk", "full", ["file"], 50),
    "rows-sqlite": ("tampering", "rows", ["sqlite"], 10_000),
    "rows-postgresql": ("tampering", "rows", ["postgresql"], 10_000),
    "package": ("packages", "bytes_changed", [], 10_000),
    "draws-sqlite": ("races", "draws", ["sqlite"], 200),
    "draws-postgresql": ("races", "draws", ["postgresql"], 200),
    "forms-sqlite": ("races", "submissions", ["sqlite"], 500),
    "forms-postgresql": ("races", "submissions", ["postgresql"], 500),
    "acts-sqlite": ("acts", "acts", ["sqlite"], 300),
    "acts-postgresql": ("acts", "acts", ["postgresql"], 300),
    "counter": ("counter", "redemptions", [], 200),
    "faults": ("breaking", "faults", [], 1_000),
}
"""For each proof its module and function, what that is told, and how many rounds, changes or forms."""

MUST_BE_NOTHING = (
    "lost", "not_once", "answered_otherwise", "unclear", "untrue", "unsynced", "not_found", "misnamed", "excess",
    "refused_falsely", "not_caught",
)


def wrong_in(figures: dict[str, Any]) -> dict[str, Any]:
    """Return the figures that must be nothing and are something."""
    return {name: figures[name] for name in MUST_BE_NOTHING if figures.get(name)}
