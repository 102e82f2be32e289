"""The place of goods on the shelf: noted by who keeps it; nothing is booked."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from ledger.journal import act
from ledger.registers.items import Item
from ledger.registers.register import in_use, note_change
from ledger.registers.shelves import ShelfPlace, places_of


@act
def place_goods(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, item: str, place: str = ""
) -> dict[str, Any]:
    """Note where an item lies in this outlet; without words it has no place of its own any more."""
    row = in_use(session, Item, item, at="item")
    before = places_of(session, book).get(item)
    session.merge(ShelfPlace(book=book, item=item, place=place))
    note_change(session, row, "place", f"{book} {before}" if before else None, f"{book} {place}", by=clerk, now=now)
    session.flush()
    return {"book": book, "item": item, "place": place}
