"""Objections to what hangs on the board: how they came in, until when they are answered, and with what result."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Index, Text, or_, select, true
from sqlmodel import Field, Session

from ledger.db.types import Day, Whole
from ledger.errors import LedgerError, NotFound
from ledger.registers.deeds import ON_LINE, Deed
from ledger.registers.register import STRICT, Numbered, find, listed
from ledger.registers.sheets import Sheet, SheetLine
from ledger.registers.staff import kin_in
from ledger.terms import N_, DeedStatus


class Objection(Numbered, table=True):
    """An objection to one line of a sheet, or, with line 0, to what a household misses on it. Its words and its
    answer's stand beside the entries, where they can be erased; so can `objector`, the household that objects, if it
    gave its number. An objection to a claw-back names its request in `claw_back`; its sheet and line are 0.
    """

    __table_args__ = (
        Index("objection_by_status", "book", "status"),
        Index("objection_by_sheet", "book", "sheet"),
        STRICT,
    )
    word: ClassVar[str] = N_("objection")

    sheet: int = Field(sa_type=Whole)
    line: int = Field(sa_type=Whole)
    household: str = Field(sa_type=Text)
    way: str = Field(sa_type=Text)
    objector: str = Field(default="", sa_type=Text)
    status: str = Field(default="open", sa_type=Text)
    received_on: date = Field(sa_type=Day)
    due: date = Field(sa_type=Day)
    number: int = Field(sa_type=Whole)
    request: int | None = Field(default=None, sa_type=Whole)
    result: str = Field(default="", sa_type=Text)
    answered_number: int | None = Field(default=None, sa_type=Whole)
    corrected: int | None = Field(default=None, sa_type=Whole)
    claw_back: int | None = Field(default=None, sa_type=Whole)


class Concerned(LedgerError):
    """Who is related to a household that objects, or that is objected to, neither posts the notice nor answers.

    The sentence does not say to whom: it would tell who objected.
    """

    message = N_("An objection here concerns you or a relative; another person must do this.")


def objection_of(session: Session, book: str, n: int, *, sheet: int = 0, claw_back: int | None = None) -> Objection:
    """Return one objection to a sheet, or to a claw-back. Raises NotFound."""
    found = find(session, Objection, book, n)
    if (found.sheet, found.claw_back) != (sheet, claw_back):
        raise NotFound(what=Objection.word)
    return found


def objections_to(session: Session, book: str, sheet: int) -> list[Objection]:
    """Return the objections to a sheet, and those by which it came to be drawn, in the order they came in."""
    here = or_(Objection.sheet == sheet, Objection.corrected == sheet)
    return listed(session, Objection, Objection.book == book, here, by=[Objection.n])


def objections_to_claw_back(session: Session, book: str, request: int) -> list[Objection]:
    """Return the objections to a claw-back, in the order they came in."""
    here = (Objection.book == book, Objection.sheet == 0, Objection.claw_back == request)
    return listed(session, Objection, *here, by=[Objection.n])


def open_objections(session: Session, book: str) -> list[Objection]:
    """Return what has not been answered yet, the oldest limit first."""
    query = select(Objection).where(Objection.book == book, Objection.status == "open")
    return list(session.scalars(query.order_by(Objection.due, Objection.n)))


def scorers_of(session: Session, book: str, sheet: int, line: int | None = None) -> set[str]:
    """Return who scored a sheet, or one line of it: who drew it up, who recorded what stands there, and where it puts a
    line of another sheet right, who scored that one.
    """
    before = [one for one in objections_to(session, book, sheet) if one.corrected == sheet]
    recorded = select(Deed.by).join(SheetLine, ON_LINE).where(
        SheetLine.book == book, SheetLine.n == sheet, Deed.status == DeedStatus.DRAWN,
        true() if line is None else SheetLine.line == line,
    )
    return {find(session, Sheet, book, sheet).drawn_by, *session.scalars(recorded)}.union(
        *(scorers_of(session, book, one.sheet, one.line) for one in before)
    )


def check_not_concerned(session: Session, clerk: str, book: str, objections: list[Objection]) -> None:
    """Refuse who belongs or is related to a household on either side of these objections."""
    sides = {side for one in objections for side in (one.household, one.objector)}
    if sides & kin_in(session, clerk, book):
        raise Concerned
