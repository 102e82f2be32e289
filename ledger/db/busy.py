"""When a database could not take an act just now, and when the fault is ours."""

from sqlalchemy.exc import OperationalError, TimeoutError

from ledger.errors import Busy

SQLITE_ERROR = 1
"""What SQLite says of a statement it does not understand; no waiting helps."""


def raise_if_busy(error: BaseException) -> None:
    """Raise Busy for a locked, full or absent database; any other error is left to the caller."""
    if isinstance(error, TimeoutError) or (isinstance(error, OperationalError) and not misunderstood(error)):
        raise Busy from error


def misunderstood(error: OperationalError) -> bool:
    """Tell whether SQLite refused the statement itself. PostgreSQL has another class for that."""
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF == SQLITE_ERROR
