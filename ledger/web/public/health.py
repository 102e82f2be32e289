"""Is the service up, and can it serve?"""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from ledger.db import database, is_migrated
from ledger.errors import Busy, Damaged
from ledger.journal import books
from ledger.registers.findings import what_is_known

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Say that the process lives."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Say whether the database answers and is of this version, whether its engine is sound and has room, how far each
    book is, and where something was found wrong; not what, for it may name a household, and anybody may ask.

    A warning or a difference is for people to look into; it does not stop the counter, so the service stays ready.
    """
    try:
        with database().reading() as session:
            engine = engine_of(session)
            migrated = is_migrated(session)
            heads = {head.code: head.number for head in books(session)} if migrated else {}
            wrong = [finding.outline() for finding in what_is_known(session)] if migrated else []
    except Damaged:
        return jsonify(status="not ready", database="is damaged"), 503
    except (DBAPIError, Busy):
        return jsonify(status="not ready", database="does not answer"), 503
    status = "ready" if migrated else "not ready"
    free = database().free_bytes()
    said = {
        "status": status, "database": engine, "warnings": database().warnings(), "migrated": migrated,
        "disk_free_mb": None if free is None else free // 1_000_000, "heads": heads, "differences": wrong,
    }
    return jsonify(said), 200 if migrated else 503


def engine_of(session: Session) -> str:
    """Return which database answers, with its version."""
    if database().is_sqlite:
        return f"SQLite {session.execute(text('SELECT sqlite_version()')).scalar_one()}"
    return f"PostgreSQL {session.execute(text('SHOW server_version')).scalar_one()}"
