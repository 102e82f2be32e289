"""The database of one county, and the two ways to use it: writing and reading."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from shutil import disk_usage

from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from ledger.db import postgresql, sqlite
from ledger.db.busy import raise_refusal
from ledger.db.prepared import Line
from ledger.db.turn import Answer, Turn
from ledger.errors import Damaged


class Database:
    """One county's database. Connections are opened at first use, never before a fork."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")

    @cached_property
    def turn(self) -> Turn:
        """The one pen of an SQLite file."""
        return Turn(sqlite.writer_engine(self.url))

    @cached_property
    def engine(self) -> Engine:
        """Connections for readers; on PostgreSQL for writers too."""
        if self.is_sqlite:
            return sqlite.reader_engine(self.url)
        return postgresql.make_engine(self.url)

    def warnings(self) -> list[str]:
        """Return what who looks after the service should know of the engine."""
        warning = sqlite.warning() if self.is_sqlite else None
        return [warning] if warning else []

    def free_bytes(self) -> int | None:
        """Return how much room is left on the disk of an SQLite file; of another machine's disk nothing is known."""
        return disk_usage(Path(make_url(self.url).database or "").parent).free if self.is_sqlite else None

    def read_whole(self) -> None:
        """Read all that lies in the database once, whatever it is; the counter stays open. Raises Damaged."""
        with self.reading() as session:
            read = sqlite.read_every_page if self.is_sqlite else postgresql.read_every_row
            if why := read(session.connection()):
                raise Damaged(why=why)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session for one whole operation; it is durable when the block ends without an error."""
        if self.is_sqlite:
            with self.turn.writing() as session:
                yield session
            return
        try:
            with self.engine.begin() as connection, joined(connection) as session:
                session.info[Line] = Line(connection)
                yield session
                # Who has only sent prepared statements has nothing that SQLAlchemy must write.
                if session.in_transaction():
                    session.commit()
        except SQLAlchemyError as error:
            raise_refusal(error)
            raise

    def write(self, work: Callable[[Session], Answer]) -> Answer:
        """Do one whole operation, and return its answer once it is durable."""
        if self.is_sqlite:
            return self.turn.write(work)
        with self.writing() as session:
            return work(session)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one moment of the book and writes nothing."""
        options = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        try:
            with Session(self.engine, expire_on_commit=False, autoflush=False) as session:
                session.connection(execution_options=options)
                yield session
        except SQLAlchemyError as error:
            raise_refusal(error)
            raise

    def close(self) -> None:
        """Let writers finish and close every connection."""
        if "turn" in self.__dict__:
            self.turn.close()
        if "engine" in self.__dict__:
            self.engine.dispose()


def joined(connection: Connection) -> Session:
    """Return a session within the transaction of a connection; it may end it only by taking it back."""
    return Session(connection, join_transaction_mode="rollback_only", expire_on_commit=False)


class _Current:
    """The database this process serves."""

    database: Database | None = None


def open_database(url: str) -> Database:
    """Make this the database of the process; nothing is connected yet."""
    close_database()
    _Current.database = Database(url)
    return _Current.database


def database() -> Database:
    """Return the database this process serves."""
    if _Current.database is None:
        raise RuntimeError("No database has been opened.")
    return _Current.database


def close_database() -> None:
    """Close the database of the process, if one is open."""
    if _Current.database is not None:
        _Current.database.close()
        _Current.database = None
