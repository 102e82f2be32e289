"""What every register can do: take in, change with both values kept, and retire; nothing is ever deleted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from sqlalchemy import Index, Text, select
from sqlmodel import Field, Session, SQLModel

from ledger.db.types import Whole
from ledger.errors import LedgerError, NotFound, Unknown, refuse_together
from ledger.journal import microseconds
from ledger.terms import N_

STRICT = {"sqlite_strict": True}


class Registered(SQLModel):
    """A line of a register: `version` counts its changes, `retired` says that it is used no more."""

    __table_args__: ClassVar[tuple[Any, ...]] = (STRICT,)
    word: ClassVar[str]
    key_fields: ClassVar[tuple[str, ...]] = ("code",)
    personal: ClassVar[frozenset[str]] = frozenset()
    unseen: ClassVar[frozenset[str]] = frozenset()

    version: int = Field(default=1, sa_type=Whole)
    retired: int = Field(default=0, sa_type=Whole)

    @property
    def key(self) -> tuple[Any, ...]:
        """What names this line in its register."""
        return tuple(getattr(self, name) for name in self.key_fields)

    @property
    def called(self) -> str:
        """What a sentence calls this line: its name with its code; where the name is a person's, the code alone."""
        code, name = str(self.key[-1]), getattr(self, "name", "")
        return code if not name or "name" in self.personal or "name" in self.key_fields else f"{name} ({code})"


class Numbered(Registered):
    """A line of a register that each book numbers for itself."""

    key_fields: ClassVar[tuple[str, ...]] = ("book", "n")

    book: str = Field(primary_key=True, sa_type=Text)
    n: int = Field(primary_key=True, sa_type=Whole)


class RegisterChange(SQLModel, table=True):
    """Who changed what in a register, when, from what to what. Personal values here can be erased."""

    __tablename__ = "register_change"
    __table_args__ = (Index("register_change_of", "of_register", "key"), STRICT)
    id: int | None = Field(default=None, primary_key=True, sa_type=Whole)
    of_register: str = Field(sa_type=Text)
    key: str = Field(sa_type=Text)
    field: str = Field(sa_type=Text)
    before: str | None = Field(default=None, sa_type=Text)
    after: str | None = Field(default=None, sa_type=Text)
    personal: int = Field(default=0, sa_type=Whole)
    by: str = Field(sa_type=Text)
    recorded_us: int = Field(sa_type=Whole)


Row = TypeVar("Row", bound=Registered)
AnyRow = TypeVar("AnyRow", bound=SQLModel)


class TakenAlready(LedgerError):
    """A code names one thing for ever."""

    message = N_("%(code)s is in the register already.")


class Stale(LedgerError):
    """Somebody else changed the line while this form was open."""

    message = N_("Somebody changed this meanwhile: it now says “%(now)s”, you typed “%(typed)s”. Please look again.")


class ChangedMeanwhile(Stale):
    """A line is retired as it was seen."""

    message = N_("Somebody changed this line meanwhile. Please look at it again first.")


class Retired(LedgerError):
    """What is retired is not used for anything new."""

    message = N_("%(code)s is retired and not used any more.")


class FixedOnceUsed(LedgerError):
    """Codes, base units and sizes never change after first use."""

    message = N_("This cannot change any more: the book already counts in it.")


def find(session: Session, model: type[Row], *key: Any, at: str | None = None) -> Row:
    """Return a line of a register. Raises NotFound; if a form named it at field `at`, Unknown."""
    found = session.get(model, key) if all(map(can_be_asked, key)) else None
    if found is None:
        raise Unknown(what=model.word, code=key[-1], at=at) if at else NotFound(what=model.word)
    return found


def can_be_asked(value: Any) -> bool:
    """Tell whether both databases can be asked for a value: no NUL within, no number that needs more than 64 bits."""
    return "\0" not in value if isinstance(value, str) else not isinstance(value, int) or abs(value) < 2**63


def in_use(session: Session, model: type[Row], *key: Any, at: str | None = None) -> Row:
    """Return a line that may be used for something new. Raises as `find`, and Retired."""
    found = find(session, model, *key, at=at)
    if found.retired:
        raise Retired(code=found.called, at=at)
    return found


def listed(session: Session, table: type[AnyRow], *which: Any, by: Sequence[Any]) -> list[AnyRow]:
    """Return the rows of a table for which all of this holds, in the order of these columns."""
    return list(session.scalars(select(table).where(*which).order_by(*by)))


def add(session: Session, row: Row, *, by: str, now: datetime) -> Row:
    """Take a new line into its register. Raises TakenAlready."""
    if session.get(type(row), row.key) is not None:
        raise TakenAlready(code=row.key[-1], at=row.key_fields[-1])
    add_all(session, [row], by=by, now=now)
    return row


def add_all(session: Session, rows: Sequence[Row], *, by: str, now: datetime) -> None:
    """Take many new lines into a register; the database refuses a key that is taken, and then all of them."""
    session.add_all(rows)
    session.flush()
    for row in rows:
        note_change(session, row, "", None, "+", by=by, now=now)


def change(session: Session, row: Row, *, version: int, values: Mapping[str, Any], by: str, now: datetime) -> Row:
    """Change a line, keeping who, when, before and after. What somebody else changed since the form was opened, and the
    form left alone, stays. Raises Stale for each field that both changed.
    """
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if version != row.version:
        then = values_then(session, row, version)
        changed = {name: value for name, value in changed.items() if name not in then or noted(value) != then[name]}
        refuse_together([
            Stale(at=name, now=shown(name, getattr(row, name)), typed=shown(name, value))
            for name, value in changed.items() if name in then
        ])
    for name, value in changed.items():
        note_change(session, row, name, getattr(row, name), value, by=by, now=now)
        setattr(row, name, value)
    if changed:
        row.version += 1
    return row


def values_then(session: Session, row: Registered, version: int) -> dict[str, str | None]:
    """Return the fields that changed since a version, each with its value then; of a version there never was, all."""
    instants, then = set(), {}
    for one in changes_of(session, row):
        if one.field not in type(row).model_fields:
            continue
        instants.add(one.recorded_us)
        # Each change of a line is one instant; two at the same one are taken together, which refuses rather too much.
        if len(instants) > row.version - version > 0:
            break
        then[one.field] = one.before
    return then


def retire(session: Session, row: Row, *, version: int, by: str, now: datetime, retired: int = 1) -> Row:
    """Say that a line is used no more, or again; its past stays. Raises ChangedMeanwhile."""
    if version != row.version and row.retired != retired:
        raise ChangedMeanwhile
    return change(session, row, version=row.version, values={"retired": retired}, by=by, now=now)


def noted(value: Any) -> str | None:
    """Return a value as the list of changes keeps it."""
    return None if value is None else str(value)


def shown(name: str, value: Any) -> str:
    """Return a value for a sentence; money as yuan, as it is typed."""
    if value is None:
        return ""
    return f"{value / 100:.2f}" if name.endswith("_fen") else str(value)


def note_change(
    session: Session, row: Registered, name: str, before: Any, after: Any, *, by: str, now: datetime
) -> None:
    """Keep one change; what nobody may read, such as a password's hash, is noted without its values."""
    kept = name not in row.unseen
    session.add(
        RegisterChange(
            of_register=row.word, key="/".join(map(str, row.key)), field=name,
            before=noted(before) if kept else None, after=noted(after) if kept else None,
            personal=int(name in row.personal), by=by, recorded_us=microseconds(now),
        )
    )


def changes_of(session: Session, row: Registered) -> list[RegisterChange]:
    """Return what was ever changed in a line, the latest first."""
    mine = (RegisterChange.of_register == row.word, RegisterChange.key == "/".join(map(str, row.key)))
    return listed(session, RegisterChange, *mine, by=[RegisterChange.id.desc()])
