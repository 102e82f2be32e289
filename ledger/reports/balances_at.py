"""What a book held after one of its entries: the postings up to it, added up."""

from collections.abc import Iterator

from sqlalchemy import func, select, union_all
from sqlmodel import Session

from ledger.db.types import table_of
from ledger.journal import Place, Posting

legs = table_of(Posting)


def balances_at(session: Session, book: str, number: int) -> Iterator[tuple[Place, int]]:
    """Yield every place the book had used by entry `number`, in order, with what it held then."""
    mine = (legs.c.book == book, legs.c.number <= number)
    came = select(legs.c.destination.label("account"), legs.c.commodity, legs.c.lot, legs.c.quantity).where(*mine)
    went = select(legs.c.source.label("account"), legs.c.commodity, legs.c.lot, -legs.c.quantity).where(*mine)
    moved = union_all(came, went).subquery()
    place = (moved.c.account, moved.c.commodity, moved.c.lot)
    query = select(*place, func.sum(moved.c.quantity)).group_by(*place).order_by(*place)
    for account, commodity, lot, quantity in session.execute(query, execution_options={"yield_per": 1_000}):
        yield Place(account, commodity, lot), int(quantity)
