"""Statements of the write path: written with SQLAlchemy, worked out once, and sent by the driver itself.

One statement costs 20 µs by way of SQLAlchemy and 3 µs by the driver's own cursor, and posting an entry takes nine.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import ClauseElement
from sqlalchemy.types import TypeEngine
from sqlmodel import Session

Row = tuple[Any, ...]
Worker = Callable[[Any], Any] | None
ONE_BY_ONE = nullcontext()


class Spoken(NamedTuple):
    """A statement in the words of one database: its text, how a row of values goes in, and which columns to work over
    on their way out.
    """

    text: str
    into: Callable[[Mapping[str, Any]], Any]
    out: tuple[tuple[int, Callable[[Any], Any]], ...]


class Line:
    """A connection, spoken to on the driver's own cursor. A writing session keeps the one it holds."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.dialect = connection.dialect
        self.errors = connection.dialect.loaded_dbapi.Error
        self.driver: Any = connection.connection.dbapi_connection
        self.cursor: Any = connection.connection.cursor()

    @classmethod
    def of(cls, session: Session) -> "Line":
        """Return the line of a session."""
        return session.info.get(cls) or cls(session.connection())

    def say(self, text: str, values: Any = ()) -> Any:
        """Say one statement and return the cursor. Raises SQLAlchemy's errors, without the values."""
        try:
            return self.cursor.execute(text, values)
        except self.errors as error:
            raise self.told(text, error) from error

    def say_all(self, text: str, rows: Sequence[Any]) -> None:
        """Say one statement for each row of values."""
        try:
            self.cursor.executemany(text, rows)
        except self.errors as error:
            raise self.told(text, error) from error

    def together(self) -> AbstractContextManager[None]:
        """Let what is said within be said in one breath: PostgreSQL answers, and refuses, at its end at the latest.

        Only prepared statements may be said within; SQLite lives in this process and is asked as ever.
        """
        return ONE_BY_ONE if self.dialect.name == "sqlite" else self.in_one_breath()

    @contextmanager
    def in_one_breath(self) -> Iterator[None]:
        """Send statements of PostgreSQL without waiting for the answer of each."""
        try:
            with self.driver.pipeline():
                yield
        except self.errors as error:
            raise self.told(None, error) from error

    def told(self, text: str | None, error: Any) -> DBAPIError:
        """Return an error of the driver as SQLAlchemy tells it; the values stay out of it."""
        lost = self.dialect.is_disconnect(error, self.driver, None)
        told: DBAPIError = DBAPIError.instance(
            text, None, error, self.errors, hide_parameters=True, connection_invalidated=lost, dialect=self.dialect
        )
        return told


class Prepared:
    """A statement with named values that never changes."""

    def __init__(self, clause: ClauseElement) -> None:
        self.clause = clause
        self.spoken: dict[str, Spoken] = {}

    def send(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
        """Send the statement once for each row of values. Raises SQLAlchemy's errors, as any other statement."""
        line = Line.of(session)
        spoken = self.in_words_of(line.dialect)
        line.say_all(spoken.text, [spoken.into(row) for row in rows])

    def ask(self, session: Session, values: Mapping[str, Any]) -> list[Row]:
        """Send the statement once and return its rows."""
        line = Line.of(session)
        spoken = self.in_words_of(line.dialect)
        found: list[Row] = line.say(spoken.text, spoken.into(values)).fetchall()
        return [worked_over(row, spoken.out) for row in found] if spoken.out else found

    def one(self, session: Session, values: Mapping[str, Any]) -> Row | None:
        """Send the statement once and return its only row, or None."""
        found = self.ask(session, values)
        return found[0] if found else None

    def in_words_of(self, dialect: Dialect) -> Spoken:
        """Return the statement as this database is told it; it is worked out once."""
        spoken = self.spoken.get(dialect.name)
        if spoken is None:
            spoken = self.spoken[dialect.name] = translated(self.clause, dialect)
        return spoken


def translated(clause: ClauseElement, dialect: Dialect) -> Spoken:
    """Work a statement out for one database."""
    compiled: Any = clause.compile(dialect=dialect)
    names = compiled.positiontup if compiled.positional else list(compiled.binds)
    columns = getattr(clause, "selected_columns", ())
    readers = [(place, column.type.result_processor(dialect, None)) for place, column in enumerate(columns)]
    into = [(name, worker_of(compiled.binds[name].type, dialect)) for name in names]
    return Spoken(
        compiled.string, packer(into, bool(compiled.positional)),
        tuple((place, reader) for place, reader in readers if reader is not None),
    )


def worker_of(kind: TypeEngine[Any], dialect: Dialect) -> Worker:
    """Return what works a value over before the driver takes it; both drivers take bytes as they are."""
    return None if isinstance(kind, LargeBinary) else kind.bind_processor(dialect)


def packer(into: Sequence[tuple[str, Worker]], by_place: bool) -> Callable[[Mapping[str, Any]], Any]:
    """Return what packs named values as the driver takes them: by place, or by name."""
    if not by_place:
        return lambda values: {name: work(values[name]) if work else values[name] for name, work in into}
    if len(into) < 2:
        return lambda values: [work(values[name]) if work else values[name] for name, work in into]
    take = itemgetter(*(name for name, _ in into))
    workers = [(place, work) for place, (_, work) in enumerate(into) if work]
    return (lambda values: worked_over(take(values), workers)) if workers else take


def worked_over(row: Row, workers: Sequence[tuple[int, Callable[[Any], Any]]]) -> Row:
    """Return a row with some of its columns worked over, on their way in or out."""
    values = list(row)
    for place, work in workers:
        values[place] = work(values[place])
    return tuple(values)
