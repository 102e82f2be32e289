"""What every test can ask for."""

import os

from tests.county import county, postgresql_anew, postgresql_county, sqlite_anew, sqlite_county
from tests.postgres import memory
from tests.stores import empty_url, postgresql_template, server, sqlite_template, store

__all__ = [
    "county", "empty_url", "postgresql_anew", "postgresql_county", "postgresql_template", "server", "sqlite_anew",
    "sqlite_county", "sqlite_template", "store",
]

# What a test writes need not outlast it, and in memory no commit waits for a disk: a hundred of them take a moment, not
# half a second and more. What is about disks and power cuts makes a place of its own: scripts/soaking/places.py.
if roomy := memory():
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", roomy)
