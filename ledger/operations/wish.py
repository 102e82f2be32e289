"""A donor's wish: goods for named outlets go elsewhere only with the donor's consent on paper."""

from collections.abc import Callable
from datetime import date

from sqlmodel import Session

from ledger.errors import LedgerError
from ledger.operations.lots import Shelf, Wanted, is_expired
from ledger.registers.items import Item
from ledger.registers.lots import Lot
from ledger.registers.register import find
from ledger.terms import N_


class AgainstTheWish(LedgerError):
    """Goods do not go where their donor did not want them."""

    message = N_(
        "%(name)s %(lot)s: the donor (%(donor)s) gave it for %(outlets)s. For another site enter the number of the "
        "donor's consent."
    )


class GivenForOthers(AgainstTheWish):
    """An allocation sends nothing against a wish: a donor's consent goes with one transfer note."""

    message = N_(
        "%(name)s %(lot)s: the donor (%(donor)s) gave it for %(outlets)s. If the donor has agreed, send it by a "
        "transfer note of its own, with the number of the consent."
    )


def against(
    session: Session, lot: Lot, *, at: str, refusal: type[AgainstTheWish] = AgainstTheWish
) -> LedgerError:
    """Return the refusal that names a lot's wish."""
    name = find(session, Item, lot.item).called
    return refusal(name=name, lot=lot.code, donor=lot.donor, outlets=lot.wish_outlets, at=at)


def meant_for(shelf: Shelf, to: str) -> Shelf:
    """Return what of a shelf may go to a site: first what was given for it and can go nowhere else."""
    return {
        item: sorted((pair for pair in lots if pair[0].is_meant_for(to)), key=lambda pair: not pair[0].wish_outlets)
        for item, lots in shelf.items()
    }


def refused_by_wish(
    session: Session, shelf: Shelf, asked: list[Wanted], to: str, day: date, *, at: Callable[[int], str],
    refusal: type[AgainstTheWish] = AgainstTheWish,
) -> list[LedgerError]:
    """Return a refusal for each line that only goods meant for others could fill."""
    refusals = []
    for place, want in enumerate(asked):
        good = [(lot, held) for lot, held in shelf.get(want.item, []) if not is_expired(lot, day)]
        lots = [(lot, held) for lot, held in good if want.lot in (None, lot.code)]
        elsewhere = [lot for lot, _ in lots if not lot.is_meant_for(to)]
        if elsewhere and sum(held for lot, held in lots if lot.is_meant_for(to)) < want.quantity:
            refusals.append(against(session, elsewhere[0], at=at(place), refusal=refusal))
    return refusals
