"""Who stands where a household stood: it was inherited or merged, and what was still to come to it goes there."""

from sqlalchemy import Text, bindparam, cast, or_, select
from sqlalchemy.sql.selectable import Select
from sqlmodel import Session

from ledger.journal import Entry, body_of, entry_of
from ledger.registers.households import Household
from ledger.registers.sheets import SheetLine
from ledger.terms import EntryKind, HouseholdStatus, LifeEvent, LineStatus

HANDED_OVER = (LifeEvent.INHERIT, LifeEvent.MERGE)


def successor_of(session: Session, row: Household) -> Household:
    """Return who stands for a household: itself, or who took it over, or who in turn took that one over."""
    while row.status == HouseholdStatus.CLOSED and row.life_number is not None:
        facts = body_of(entry_of(session, row.book, row.life_number))["facts"]
        if facts["event"] not in HANDED_OVER:
            break
        row = session.get_one(Household, (row.book, facts["to"]))
    return row


def taken_over() -> Select[tuple[str]]:
    """Return the statement that finds a household, `:household` of `:book`, and all that it took over."""
    numbers = select(cast(bindparam("household"), Text).label("number")).cte("taken_over", recursive=True)
    # Only the entry a closed household's state comes from is looked into, and few are closed.
    closed = (
        select(Household.number)
        .join(Entry, (Entry.book == Household.book) & (Entry.number == Household.life_number))
        .join(numbers, Entry.body.contains('"to":"' + numbers.c.number + '"'))
        .where(
            Household.book == bindparam("book"), Household.status == HouseholdStatus.CLOSED,
            Entry.kind == EntryKind.HOUSEHOLD,
        )
    )
    return select(numbers.union(closed).c.number)


STANDS_FOR = taken_over()


def stands_for(session: Session, book: str, household: str) -> list[str]:
    """Return the numbers of a household and of all that it took over.

    It is a question of its own: put into another one, PostgreSQL would read all lines of the book for it.
    """
    return list(session.scalars(STANDS_FOR, {"book": book, "household": household}))


OPEN = or_(
    SheetLine.status == LineStatus.WAITING,
    (SheetLine.status == LineStatus.PASSED) & (SheetLine.points_tenths > 0),
)
MINE = (SheetLine.book == bindparam("book"), SheetLine.household.in_(bindparam("households", expanding=True)))
LINES_OPEN = select(SheetLine).where(*MINE, OPEN).order_by(SheetLine.n, SheetLine.line)


def lines_open(session: Session, book: str, household: str) -> list[SheetLine]:
    """Return the lines that were assessed or hang for a household, or for one it took over, and are not credited."""
    asked = {"book": book, "households": stands_for(session, book, household)}
    return list(session.scalars(LINES_OPEN, asked))
