"""Cover: whether the goods an outlet has, and those on the road to it, honour the points its households hold."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, or_, select, union_all
from sqlmodel import Session

from ledger import chart
from ledger.journal import Balance, OnTheRoad
from ledger.registers.items import prices_in
from ledger.registers.lots import Lot


class Cover(NamedTuple):
    """Points held and points' worth of goods, both in tenths."""

    held: int
    goods: int

    @property
    def percent(self) -> int | None:
        """Return how much of the points held the goods honour; None while nobody holds any."""
        return self.goods * 100 // self.held if self.held else None


def cover_of(session: Session, book: str, day: date, *, coming: int = 0) -> Cover:
    """Return an outlet's cover on a day; `coming` are tenths about to be credited. What is expired honours nothing."""
    held, goods = covers(session, [book], day)[book]
    return Cover(held + coming, goods)


def covers(session: Session, books: Collection[str], day: date) -> dict[str, Cover]:
    """Return the cover of each of several outlets on a day, asked for together."""
    purses = select(Balance.book, func.sum(Balance.quantity)).where(
        Balance.book.in_(books), Balance.account >= "purse:", Balance.account < "purse;",
    )
    held = {book: int(points) for book, points in session.execute(purses.group_by(Balance.book))}
    good = or_(Lot.best_before.is_(None), Lot.best_before >= day)
    shelf = (
        select(Balance.book, Balance.commodity, Balance.quantity)
        .join(Lot, Lot.code == Balance.lot)
        .where(Balance.book.in_(books), Balance.account == chart.STOCK, Balance.quantity > 0, good)
    )
    road = (
        select(OnTheRoad.destination, OnTheRoad.commodity, OnTheRoad.quantity)
        .join(Lot, Lot.code == OnTheRoad.lot)
        .where(OnTheRoad.destination.in_(books), OnTheRoad.quantity > 0, good)
    )
    prices, goods = prices_in(session, books, day), Counter[str]()
    for book, item, count in session.execute(union_all(shelf, road)):
        goods[book] += prices[book].get(item, 0) * count
    return {book: Cover(held.get(book, 0), goods[book]) for book in books}
