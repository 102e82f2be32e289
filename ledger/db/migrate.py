"""Bring a database to the form this program needs, all or nothing, with its guards in place."""

from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from ledger.db import sqlite
from ledger.db.busy import raise_refusal
from ledger.db.guards import grants, put_guards, take_guards_off

ONE_AT_A_TIME = 610_727
"""The name of PostgreSQL's lock for migrations, so that two starts do not take the same step twice."""


def migrate(url: str, *, service_role: str | None = None) -> None:
    """Take every step the database still lacks and put its guards in place again; a new database is made whole.

    `service_role` is the PostgreSQL role the service signs in with, when that is not the owner: it is given its rights.
    """
    engine = owner_engine(url)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
            # Guards name each other's tables, so a table cannot be rebuilt under them.
            take_guards_off(connection)
            stood = step_of(connection)
            command.upgrade(steps(connection=connection), "head")
            put_guards(connection)
            # Reads every row: a start that takes no step shall neither wait for it nor fail over an old damage.
            if step_of(connection) != stood:
                check_references(connection)
            for statement in grants(connection, service_role) if service_role else ():
                connection.exec_driver_sql(statement)
    except SQLAlchemyError as error:
        raise_refusal(error)
        raise
    finally:
        engine.dispose()


def is_migrated(session: Session) -> bool:
    """Tell whether the database stands at the last step this program knows."""
    now = step_of(session.connection())
    return now is not None and now == ScriptDirectory.from_config(steps()).get_current_head()


def step_of(connection: Connection) -> str | None:
    """Return the last step that was taken."""
    return MigrationContext.configure(connection).get_current_revision()


def steps(**attributes: Any) -> Config:
    """Return where the steps are kept, with what they need at hand."""
    config = Config()
    config.set_main_option("script_location", "ledger.db:migrations")
    config.attributes.update(attributes)
    return config


def owner_engine(url: str) -> Engine:
    """Return an engine that takes one connection and may rebuild tables."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=1)
    engine = sqlite.writer_engine(url)
    # A rebuilt table is dropped for a moment; references are checked before the commit instead.
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys = OFF"))
    return engine


def check_references(connection: Connection) -> None:
    """Refuse steps that would leave a row pointing nowhere."""
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if lost is not None:
            raise RuntimeError(f"A row of {lost[0]} would point to nothing in {lost[2]}; nothing was changed.")
