"""What is noted of an item beside its line: its barcodes, where it lies, and how much of it a household may have."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError, Unknown
from ledger.journal import act, county_day, microseconds
from ledger.registers.items import Item, ItemEan, ShelfPlace, places_of
from ledger.registers.limits import ItemLimit
from ledger.registers.register import find, in_use, note_change
from ledger.registers.sites import Site
from ledger.terms import COUNTY, N_


class EanTaken(LedgerError):
    """A barcode stands for one item."""

    message = N_("This barcode stands for item %(item)s already.")
    field = "ean"


class LimitInThePast(LedgerError):
    """A new limit begins today or later: what was handed out before is not counted."""

    message = N_("A limit holds from today (%(today)s) or later.")
    field = "holds_from"


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
    return {"register": "items", "key": [item]}


@act
def place_goods(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, item: str, place: str = ""
) -> dict[str, Any]:
    """Note where an item lies in this outlet; without words it has no place of its own any more."""
    row = in_use(session, Item, item, at="item")
    before = places_of(session, book).get(item)
    session.merge(ShelfPlace(book=book, item=item, place=place))
    note_change(session, row, "place", f"{book} {before}" if before else None, f"{book} {place}", by=clerk, now=now)
    return {"book": book, "item": item, "place": place}


@act
def limit_item(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, item: str, outlet: str, per: str,
    holds_from: date, quantity: int | None = None,
) -> dict[str, Any]:
    """Set how much of an item a household may have from a day on, in one outlet or in all; nothing lifts the limit.

    Said again for the same day, the later word counts; the register of changes keeps both.
    """
    row, today = in_use(session, Item, item), county_day(session, now)
    in_use(session, Site, outlet, at="outlet")
    if holds_from < today:
        raise LimitInThePast(today=today.isoformat())
    session.merge(ItemLimit(
        item=item, book=outlet, per=per, valid_from=holds_from, quantity=quantity, by=clerk,
        recorded_us=microseconds(now),
    ))
    where, many = "everywhere" if outlet == COUNTY else outlet, "none" if quantity is None else quantity
    note_change(session, row, "limit", None, f"{where} {per} {holds_from} {many}", by=clerk, now=now)
    return {"register": "items", "key": [item]}
