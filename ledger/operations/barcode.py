"""Barcodes of items: noted once for one item, and taken away again where one was noted wrong."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError, Unknown
from ledger.journal import act
from ledger.registers.items import Item, ItemEan
from ledger.registers.register import find, note_change
from ledger.terms import N_


class EanTaken(LedgerError):
    """A barcode stands for one item."""

    message = N_("This barcode stands for item %(item)s already.")
    field = "ean"


@act
def note_ean(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, item: str, ean: str, removed: int = 0
) -> dict[str, Any]:
    """Note a barcode of an item, or take one away."""
    row, there = find(session, Item, item), session.get(ItemEan, ean)
    if removed:
        if there is None or there.item != item:
            raise Unknown(what=N_("barcode"), code=ean, at="ean")
        session.delete(there)
    elif there is not None:
        raise EanTaken(item=there.item)
    else:
        session.add(ItemEan(ean=ean, item=item))
    note_change(session, row, "ean", ean if removed else None, None if removed else ean, by=clerk, now=now)
    session.flush()
    return {"register": "items", "key": [item]}
