"""What a book held after one of its entries: the postings up to it, added up."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select
from sqlmodel import Session

from ledger.db.types import table_of
from ledger.journal import Place, Posting

legs = table_of(Posting)


def balances_at(session: Session, book: str, number: int) -> Iterator[tuple[Place, int]]:
    """Yield every place the book had used by entry `number`, in order, with what it held then."""
    held: dict[tuple[str, str, str], int] = defaultdict(int)
    columns = (legs.c.source, legs.c.destination, legs.c.commodity, legs.c.lot, legs.c.quantity)
    query = select(*columns).where(legs.c.book == book, legs.c.number <= number)
    # Added up here and not in the database: it would sort every posting, SQLite 100 MB of them in a long book.
    for source, destination, commodity, lot, quantity in session.execute(query, execution_options={"yield_per": 1_000}):
        held[source, commodity, lot] -= quantity
        held[destination, commodity, lot] += quantity
    for place in sorted(held):
        yield Place(*place), held[place]
