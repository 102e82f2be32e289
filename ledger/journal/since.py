"""What has moved since a day, by the day it was booked on: how an account stood then, without reading further back."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import case, func, select, union_all
from sqlmodel import Session

from ledger import chart
from ledger.db.types import table_of
from ledger.journal.tables import Entry, Posting

entries, legs = table_of(Entry), table_of(Posting)


class Since(NamedTuple):
    """What an account took in, less what went out, and what of that was redeemed (tenths, less what came back)."""

    account: str
    net: int
    redeemed: int


def purses_since(session: Session, book: str, day: date) -> Iterator[Since]:
    """Yield each purse of a book that moved in what was booked after a day. Reads the entries after that day alone."""
    later = entries.join(legs, (legs.c.book == entries.c.book) & (legs.c.number == entries.c.number))
    ours = (entries.c.book == book, entries.c.booked_on > day)
    sides = [
        select(
            account.label("account"), (legs.c.quantity * sign).label("net"),
            case((other == chart.REDEEMED, -legs.c.quantity * sign), else_=0).label("redeemed"),
        ).select_from(later).where(*ours, account.startswith("purse:"))
        for account, other, sign in (
            (legs.c.destination, legs.c.source, 1), (legs.c.source, legs.c.destination, -1),
        )
    ]
    moved = union_all(*sides).subquery()
    query = select(moved.c.account, func.sum(moved.c.net), func.sum(moved.c.redeemed)).group_by(moved.c.account)
    for account, net, redeemed in session.execute(query.order_by(moved.c.account)):
        yield Since(account, int(net), int(redeemed))
