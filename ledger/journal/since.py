"""What has moved since a day, by the day it was booked on: how an account stood then, without reading further back."""

from collections import defaultdict
from datetime import date

from sqlalchemy import and_, false, func, or_, select, union_all
from sqlmodel import Session

from ledger.db.types import table_of
from ledger.journal.reading import body_of
from ledger.journal.tables import Entry, Posting
from ledger.terms import EntryKind

entries, legs = table_of(Entry), table_of(Posting)
reversed_ones = entries.alias("reversed_one")


class Since:
    """What an account took in, less what went out (`net`), and what went out of it for good (`gone`), in tenths.

    What came back counts against what went the same way since: a redemption and its reversal are nothing. What takes
    an older entry back stands for itself: a credit from before that is reversed is gone, whatever was credited since.
    """

    def __init__(self) -> None:
        self.net = 0
        self.gone = 0


def purses_since(session: Session, book: str, day: date) -> dict[str, Since]:
    """Return each purse of a book that moved in what was booked after a day. Reads the entries after that day alone."""
    later = entries.join(legs, (legs.c.book == entries.c.book) & (legs.c.number == entries.c.number)).outerjoin(
        reversed_ones,
        (reversed_ones.c.book == entries.c.book) & (reversed_ones.c.number == entries.c.reverses),
    )
    takes_back_older = or_(
        func.coalesce(reversed_ones.c.booked_on <= day, false()), entries.c.number.in_(put_right(session, book, day))
    )
    sides = [
        select(
            account.label("account"), other.label("other"), takes_back_older.label("older"),
            (legs.c.quantity * sign).label("net"),
        ).select_from(later).where(entries.c.book == book, entries.c.booked_on > day, account.startswith("purse:"))
        for account, other, sign in (
            (legs.c.destination, legs.c.source, 1), (legs.c.source, legs.c.destination, -1),
        )
    ]
    moved = union_all(*sides).subquery()
    query = select(moved.c.account, func.sum(moved.c.net)).group_by(moved.c.account, moved.c.other, moved.c.older)
    found: dict[str, Since] = defaultdict(Since)
    for account, net in session.execute(query):
        found[account].net += int(net)
        found[account].gone += max(0, -int(net))
    return found


def put_right(session: Session, book: str, day: date) -> list[int]:
    """Return the entries since a day by which a redemption from before it was put right: what was taken back of it,
    and what was meant instead.
    """
    meant = and_(entries.c.kind == EntryKind.REDEMPTION, entries.c.body.contains('"correction":'))
    since = select(Entry).where(
        entries.c.book == book, entries.c.booked_on > day, or_(entries.c.kind == EntryKind.CORRECTION, meant)
    )
    about: dict[int, int] = {}
    for entry in session.scalars(since):
        facts = body_of(entry)["facts"]
        about[entry.number] = facts["number"] if entry.kind == EntryKind.CORRECTION else facts["corrects"]
    old = select(entries.c.number).where(
        entries.c.book == book, entries.c.booked_on <= day, entries.c.number.in_(set(about.values()))
    )
    before = set(session.scalars(old))
    return [number for number, wrong in about.items() if wrong in before]
