"""How the service talks to PostgreSQL: what it waits for, and how it finds out that a connection is dead."""

import time
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.exc import DisconnectionError

WAITS = "-c lock_timeout=15s -c idle_in_transaction_session_timeout=60s -c timezone=UTC"
IDLE_SECONDS = 1
"""Who was spoken to this short a time ago is not asked first: it would cost every operation one way there and back."""


def make_engine(url: str) -> Engine:
    """Return an engine whose connections outlive a server that was started again."""
    engine = create_engine(
        url, isolation_level="READ COMMITTED", pool_size=16, max_overflow=16, connect_args={"options": WAITS},
        hide_parameters=True,
    )

    def put_back(driver: Any, record: Any) -> None:
        record.info["since"] = time.monotonic()

    def taken(driver: Any, record: Any, proxy: Any) -> None:
        if time.monotonic() - record.info.get("since", time.monotonic()) > IDLE_SECONDS:
            try:
                engine.dialect.do_ping(driver)
            except engine.dialect.loaded_dbapi.Error as error:
                raise DisconnectionError from error

    event.listen(engine, "checkin", put_back)
    event.listen(engine, "checkout", taken)
    return engine


def read_every_row(connection: Connection) -> None:
    """Read each row of each table whole, also where its place is apart; the server itself says what it cannot read.

    Counting alone may be answered from an index. Whether the indexes are right is asked with pg_amcheck, by who owns
    the server.
    """
    for table in sorted(inspect(connection).get_table_names()):
        connection.exec_driver_sql(f'SELECT count(one) FROM "{table}" AS one')
