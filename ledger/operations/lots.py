"""Which lots goods are taken from: first expired, first out."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import Session

from ledger import chart
from ledger.errors import LedgerError, refuse_together
from ledger.journal import Balance
from ledger.registers.items import Item
from ledger.registers.lots import Lot
from ledger.terms import N_

Parts = list[tuple[Lot, int]]
"""Quantities, and the lots they are of."""
Shelf = dict[str, Parts]


@dataclass(frozen=True)
class Wanted:
    """A quantity of an item, from a named lot or from whichever expires first."""

    item: str
    quantity: int
    lot: str | None = None


class ShortOnShelf(LedgerError):
    """The shelf holds less than was asked."""

    message = N_("Not enough on the shelf: %(name)s, asked %(asked)s, there is %(held)s.")


class OnlyExpired(LedgerError):
    """What is left of an item is past its best-before."""

    message = N_("%(name)s: asked %(asked)s; %(held)s can be handed out, %(expired)s more are past their best-before.")


def shelf_of(session: Session, book: str, items: list[str]) -> Shelf:
    """Return the lots of these items on the shelf with their quantity, the first to expire first.

    Only what is above zero is read, so used-up lots cost nothing.
    """
    query = (
        select(Lot, Balance.quantity)
        .join(Balance, Balance.lot == Lot.code)
        .where(Balance.book == book, Balance.account == chart.STOCK, Balance.quantity > 0, Balance.commodity.in_(items))
        .order_by(Lot.best_before.is_(None), Lot.best_before, Lot.book, Lot.number, Lot.code)
    )
    shelf: Shelf = defaultdict(list)
    for lot, quantity in session.execute(query):
        shelf[lot.item].append((lot, quantity))
    return shelf


def is_expired(lot: Lot, day: date) -> bool:
    """Tell whether a lot's best-before has passed: it is good through its last day."""
    return lot.best_before is not None and lot.best_before < day


def choose_lots(session: Session, shelf: Shelf, asked: list[Wanted], day: date, *, at: str) -> list[Parts]:
    """Return for each line the lots it is taken from. Raises for all short lines together."""
    left = {lot.code: quantity for lots in shelf.values() for lot, quantity in lots}
    chosen: dict[int, Parts] = {}
    refusals: dict[int, LedgerError] = {}
    # Lines that name their lot come first, so that no other line takes it from them.
    for place, want in sorted(enumerate(asked), key=lambda line: line[1].lot is None):
        lots = [lot for lot, _ in shelf.get(want.item, []) if want.lot in (None, lot.code)]
        parts = take([lot for lot in lots if not is_expired(lot, day)], left, want.quantity)
        held = sum(part for _, part in parts)
        if held < want.quantity:
            expired = sum(left[lot.code] for lot in lots if is_expired(lot, day))
            refusals[place] = short(session, want, held, expired, at=f"{at}.{place}.quantity")
        chosen[place] = parts
    refuse_together([refusals[place] for place in sorted(refusals)])
    return [chosen[place] for place in range(len(asked))]


def take(lots: list[Lot], left: dict[str, int], quantity: int) -> Parts:
    """Take a quantity from lots in order; return the parts, which may be too few."""
    parts = []
    for lot in lots:
        part = min(quantity, left[lot.code])
        if part:
            parts.append((lot, part))
            left[lot.code] -= part
            quantity -= part
    return parts


def short(session: Session, want: Wanted, held: int, expired: int, *, at: str) -> LedgerError:
    """Return the sentence for a short line, with the item's name and size, as the clerk knows it."""
    found = session.get(Item, want.item)
    name = found.called if found else want.item
    if expired:
        return OnlyExpired(name=name, asked=want.quantity, held=held, expired=expired, at=at)
    return ShortOnShelf(name=name, asked=want.quantity, held=held, at=at)
