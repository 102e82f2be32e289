"""What every test can ask for."""

from tests.county import county, postgresql_anew, postgresql_county, sqlite_anew, sqlite_county
from tests.stores import empty_url, postgresql_template, server, sqlite_template, store

__all__ = [
    "county", "empty_url", "postgresql_anew", "postgresql_county", "postgresql_template", "server", "sqlite_anew",
    "sqlite_county", "sqlite_template", "store",
]
