"""A basket: what it costs by the prices of a day, from which lots it is taken, and which purse pays how much of it."""

from datetime import date
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.errors import LedgerError, kept_in, refuse_together
from ledger.journal import Move, Place, held
from ledger.operations.limits import Basket
from ledger.operations.lots import Parts, Wanted, choose_lots, shelf_of
from ledger.registers.items import Item, prices_on
from ledger.registers.policy import policy
from ledger.registers.purses import paid
from ledger.registers.register import find
from ledger.terms import N_, Purse

Priced = list[tuple[str, int, int]]
"""Item, quantity and price of one, line by line."""


class NoPrice(LedgerError):
    """Only what has a points price is redeemed."""

    message = N_("%(name)s has no points price.")


class PriceChanged(LedgerError):
    """The server's price counts; a price that changed since the form was shown is told."""

    message = N_("The price of %(name)s is now %(now)s points; the page showed %(shown)s.")


class NotEnoughPoints(LedgerError):
    """A basket costs at most what the household holds."""

    message = N_("Not enough points: the basket needs %(price)s, the household has %(held)s.")
    field = "household"


class TooFewBeside(LedgerError):
    """Some villages let support points be spent only beside merit points."""

    message = N_(
        "Here each merit point lets %(beside)s support points be spent. Of %(price)s points at most %(support)s "
        "can be support points; the household has too few merit points for the rest."
    )
    field = "household"


def price_basket(session: Session, book: str, basket: Basket, day: date) -> Priced:
    """Return (item, quantity, price of one) for each line, by the price of the day. Refuses all wrong lines at once."""
    prices = prices_on(session, book, day, [line["item"] for line in basket])
    refusals: list[LedgerError] = []
    for place, line in enumerate(basket):
        with kept_in(refusals):
            check_price(session, line, prices.get(line["item"]), at=f"basket.{place}.item")
    refuse_together(refusals)
    return [(line["item"], line["quantity"], prices[line["item"]]) for line in basket]


def check_price(session: Session, line: dict[str, Any], price: int | None, *, at: str) -> None:
    """Refuse an unknown item, one without a price, and a price other than the one shown."""
    item = find(session, Item, line["item"], at=at)
    if price is None:
        raise NoPrice(name=item.called, at=at)
    if line.get("points") is not None and line["points"] != price:
        raise PriceChanged(name=item.called, now=price / 10, shown=line["points"] / 10, at=at)


def goods_for(session: Session, book: str, priced: Priced, day: date) -> list[Parts]:
    """Return the lots each line is taken from."""
    shelf = shelf_of(session, book, sorted({item for item, _, _ in priced}))
    wanted = [Wanted(item, quantity) for item, quantity, _ in priced]
    return choose_lots(session, shelf, wanted, day, at="basket")


def spend(session: Session, book: str, household: str, priced: Priced, day: date) -> list[Move]:
    """Return the moves of points that pay the price, emptying the purses in the set order. Raises NotEnoughPoints and
    TooFewBeside.
    """
    price = sum(quantity * points for _, quantity, points in priced)
    has, order = purses_of(session, book, household), policy(session, book, "spending_order", day).split()
    beside = int(policy(session, book, "support_beside_merit", day))
    spent = paid(has, price, order, beside)
    if sum(spent.values()) < price:
        if sum(has[purse] for purse in order) >= price:
            raise TooFewBeside(beside=beside, price=price / 10, support=spent[Purse.SUPPORT] / 10)
        raise NotEnoughPoints(price=price / 10, held=sum(spent.values()) / 10)
    return points_moves(household, spent)


def purses_of(session: Session, book: str, household: str) -> dict[str, int]:
    """Return what each purse of a household holds, in tenths."""
    places = {str(purse): Place(chart.purse(household, purse), chart.POINT, "") for purse in Purse}
    now = held(session, book, places.values())
    return {purse: now[place] for purse, place in places.items()}


def points_moves(household: str, spent: dict[str, int]) -> list[Move]:
    """Return the moves of points out of the purses."""
    return [
        Move(chart.purse(household, purse), chart.REDEEMED, chart.POINT, points)
        for purse, points in spent.items() if points
    ]


def spent_of(household: str, paid: list[Move]) -> dict[str, int]:
    """Return how much each purse paid."""
    points = {move.source: move.quantity for move in paid}
    return {str(purse): points.get(chart.purse(household, purse), 0) for purse in Purse}
