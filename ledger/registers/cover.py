"""Cover: whether the goods an outlet has, and those on the road to it, honour the points its households hold."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from ledger import chart
from ledger.journal import Balance, OnTheRoad
from ledger.registers.items import prices_on
from ledger.registers.lots import Lot


class Cover(NamedTuple):
    """Points held and points' worth of goods, both in tenths."""

    held: int
    goods: int

    @property
    def hundredths(self) -> int | None:
        """Return goods for each point held, in hundredths; None while nobody holds any."""
        return self.goods * 100 // self.held if self.held else None


def cover_of(session: Session, book: str, day: date, *, coming: int = 0) -> Cover:
    """Return an outlet's cover on a day; `coming` are tenths about to be credited. What is expired honours nothing."""
    held = session.scalar(
        select(func.coalesce(func.sum(col(Balance.quantity)), 0)).where(
            col(Balance.book) == book, col(Balance.account) >= "purse:", col(Balance.account) < "purse;",
        )
    )
    good = or_(col(Lot.best_before).is_(None), col(Lot.best_before) >= day)
    shelf = (
        select(col(Balance.commodity), func.sum(col(Balance.quantity)))
        .join(Lot, col(Lot.code) == col(Balance.lot))
        .where(
            col(Balance.book) == book, col(Balance.account) == chart.STOCK, col(Balance.quantity) > 0, good
        )
        .group_by(col(Balance.commodity))
    )
    road = (
        select(col(OnTheRoad.commodity), func.sum(col(OnTheRoad.quantity)))
        .join(Lot, col(Lot.code) == col(OnTheRoad.lot))
        .where(col(OnTheRoad.destination) == book, col(OnTheRoad.quantity) > 0, good)
        .group_by(col(OnTheRoad.commodity))
    )
    prices = prices_on(session, book, day)
    pieces = [*session.execute(shelf), *session.execute(road)]
    return Cover(int(held or 0) + coming, sum(prices.get(item, 0) * int(count) for item, count in pieces))
