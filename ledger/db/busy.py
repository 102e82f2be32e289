"""When a database could not take an act just now, when it is damaged, and when the fault is ours."""

from sqlalchemy.exc import DBAPIError, OperationalError, TimeoutError

from ledger.errors import Busy, Damaged

SQLITE_ERROR = 1
"""What SQLite says of a statement it does not understand; no waiting helps."""

DAMAGE = {11, 26, "XX001", "XX002", "58030", "58P01"}
"""SQLITE_CORRUPT, also of what the disk does not give, and SQLITE_NOTADB; data_corrupted, index_corrupted, io_error and
undefined_file of PostgreSQL.
"""

NO_TEXT = "Could not decode to UTF-8"
"""How the driver of SQLite begins, without a code, about a text it cannot read; the text itself follows."""


def raise_refusal(error: BaseException) -> None:
    """Raise Damaged, or Busy for a locked, full or absent database; any other error is left to the caller."""
    if isinstance(error, DBAPIError) and (why := damage(error)):
        raise Damaged(why=why) from error
    if isinstance(error, TimeoutError) or (isinstance(error, OperationalError) and not misunderstood(error)):
        raise Busy from error


def damage(error: DBAPIError) -> str | None:
    """Return what the database says of its own damage, and nothing of what lies in it; None of another trouble."""
    said = str(error.orig)
    if sqlite_code(error) in DAMAGE or getattr(error.orig, "sqlstate", None) in DAMAGE:
        return said.partition("\n")[0]
    return "a text is not UTF-8" if said.startswith(NO_TEXT) else None


def misunderstood(error: OperationalError) -> bool:
    """Tell whether SQLite refused the statement itself. PostgreSQL has another class for that."""
    return sqlite_code(error) == SQLITE_ERROR


def sqlite_code(error: DBAPIError) -> int:
    """Return SQLite's own number of an error, without what it says more closely; 0 of another database."""
    code: int = getattr(error.orig, "sqlite_errorcode", 0)
    return code & 0xFF
