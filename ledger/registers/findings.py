"""Findings: what the last check-up of a book found wrong, until a check-up of the same depth finds it gone."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Text, delete, func, select, true
from sqlalchemy.exc import DBAPIError
from sqlmodel import Field, Session, SQLModel, col

from ledger.db.busy import damage
from ledger.db.types import Whole
from ledger.journal import Wrong, microseconds
from ledger.journal.check import DAMAGED, too_damaged
from ledger.registers.register import STRICT

FILE = "the file itself"
"""Stands for a book where what is wrong lies in the file, perhaps in no book: with blanks it is nobody's code."""

LOG = "the county log"
"""Stands for a book where what is wrong lies in the log of all books."""


class Finding(SQLModel, table=True):
    """The first thing wrong in a book; `whole` says whether all of the book was looked at, or its end at a glance."""

    __table_args__ = (STRICT,)
    book: str = Field(primary_key=True, sa_type=Text)
    whole: int = Field(primary_key=True, sa_type=Whole, sa_column_kwargs={"autoincrement": False})
    number: int | None = Field(default=None, sa_type=Whole)
    what: str = Field(sa_type=Text)
    found_us: int = Field(sa_type=Whole)

    @property
    def of_the_file(self) -> bool:
        """Tell whether it lies in the file, whatever book that concerns."""
        return self.book == FILE

    @property
    def of_the_log(self) -> bool:
        """Tell whether it lies in the county log, whatever book that concerns."""
        return self.book == LOG

    def sentence(self) -> str:
        """Return where and what, for the county office: it may name a household and its points."""
        return Wrong(self.what, self.number).at(self.book)

    def outline(self) -> str:
        """Return where and of what kind, for anybody."""
        kind = DAMAGED if self.what.startswith(DAMAGED) else "it does not agree with itself"
        return Wrong(kind, self.number).at(self.book)


def findings(session: Session) -> list[Finding]:
    """Return what is known to be wrong, by book.

    That there is none can be read from the table alone or from its index; both are read, to meet a spoilt page.
    """
    in_the_index = select(func.min(col(Finding.book))).subquery()
    found = session.scalars(select(Finding).select_from(in_the_index).outerjoin(Finding, true()))
    return sorted(filter(None, found), key=lambda one: (one.book, one.whole))


def what_is_known(session: Session) -> list[Finding]:
    """Return one finding of each book, that of a whole check if there is one; or, where none can be read, that the file
    is damaged.

    On PostgreSQL nothing more can be read in this session then.
    """
    try:
        return [*{one.book: one for one in findings(session)}.values()]
    except DBAPIError as fault:
        if why := damage(fault):
            return [Finding(book=FILE, whole=1, what=too_damaged(why).what, found_us=0)]
        raise


def keep_findings(session: Session, found: Mapping[str, Wrong | None], *, whole: bool, now: datetime) -> None:
    """Keep what a check-up found in place of what one before it had found.

    A book that is right as a whole is right at its end too; but a glance knows nothing of what a whole check found.
    """
    depths = [0, 1] if whole else [0]
    session.execute(delete(Finding).where(Finding.book.in_(found), Finding.whole.in_(depths)))
    session.add_all(
        Finding(book=book, whole=int(whole), number=wrong.number, what=wrong.what, found_us=microseconds(now))
        for book, wrong in found.items() if wrong
    )
