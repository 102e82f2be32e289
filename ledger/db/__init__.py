"""The database behind the ledger: one write path on SQLite and PostgreSQL alike."""

from ledger.db.database import Database, close_database, database, open_database
from ledger.db.migrate import is_migrated, migrate

__all__ = ["Database", "close_database", "database", "is_migrated", "migrate", "open_database"]
