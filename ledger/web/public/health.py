"""Is the service up, and can it serve?"""

from flask import Blueprint, jsonify
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from ledger.db import database, is_migrated

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz():  # type: ignore[no-untyped-def]
    """Say that the process lives."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz():  # type: ignore[no-untyped-def]
    """Say whether the database answers and is of this version."""
    try:
        with database().reading() as session:
            version = session.execute(text("SELECT sqlite_version()" if database().is_sqlite else "SHOW server_version"))
            engine = f"{'SQLite' if database().is_sqlite else 'PostgreSQL'} {version.scalar_one()}"
        migrated = is_migrated(database().url)
    except DBAPIError:
        return jsonify(status="not ready", database="does not answer"), 503
    return jsonify(status="ready" if migrated else "not ready", database=engine, migrated=migrated), 200 if migrated else 503
