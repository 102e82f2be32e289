"""Items, their barcodes and places, and their points prices, each with the day it holds from."""

import re
import unicodedata
from collections.abc import Collection
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Text, select
from sqlmodel import Field, Session, SQLModel

from ledger.db.types import Day, Whole
from ledger.errors import LedgerError
from ledger.journal import microseconds
from ledger.registers.register import STRICT, Registered, listed
from ledger.terms import COUNTY, N_


class Item(Registered, table=True):
    """A kind of goods. Quantities are whole numbers of its base unit; that and the size stay after first use."""

    word: ClassVar[str] = N_("item")

    code: str = Field(primary_key=True, sa_type=Text)
    name: str = Field(sa_type=Text)
    spec: str = Field(default="", sa_type=Text)
    unit: str = Field(sa_type=Text)
    category: str = Field(default="", sa_type=Text)

    @property
    def called(self) -> str:
        """What people call these goods: their name with their size, if that says more than the unit."""
        return self.name if self.spec in ("", self.unit) else f"{self.name} {self.spec}"


class ItemPrice(SQLModel, table=True):
    """The points price of one base unit from a day on, in one outlet or (book COUNTY) in all that set none."""

    __tablename__ = "item_price"
    __table_args__ = (CheckConstraint("points_tenths >= 0", name="item_price_points"), STRICT)
    item: str = Field(primary_key=True, sa_type=Text, foreign_key="item.code")
    book: str = Field(primary_key=True, sa_type=Text)
    valid_from: date = Field(primary_key=True, sa_type=Day)
    points_tenths: int = Field(sa_type=Whole)
    by: str = Field(sa_type=Text)
    recorded_us: int = Field(sa_type=Whole)


class ItemEan(SQLModel, table=True):
    """A barcode (EAN-13) under which an item is sold; an item has as many as makers pack it."""

    __tablename__ = "item_ean"
    __table_args__ = (STRICT,)
    ean: str = Field(primary_key=True, sa_type=Text)
    item: str = Field(sa_type=Text, foreign_key="item.code")


class ShelfPlace(SQLModel, table=True):
    """The place of an item in one outlet, in the keeper's own words: who counts walks along the shelves once."""

    __tablename__ = "shelf_place"
    __table_args__ = (STRICT,)
    book: str = Field(primary_key=True, sa_type=Text)
    item: str = Field(primary_key=True, sa_type=Text, foreign_key="item.code")
    place: str = Field(sa_type=Text)


class PriceStands(LedgerError):
    """A price that holds from a day is not written over."""

    message = N_("A price from %(day)s stands already. Choose a later day.")
    field = "valid_from"


class PriceInThePast(LedgerError):
    """A new price begins today or later: what was redeemed keeps its price."""

    message = N_("A price holds from today (%(today)s) or later.")
    field = "valid_from"


def set_price(
    session: Session, *, item: str, book: str, valid_from: date, points_tenths: int, by: str, now: datetime,
    today: date | None = None,
) -> ItemPrice:
    """Set the price of an item from a day on. `today`, if given, is the first day allowed."""
    check_price(session, item, book, valid_from, today)
    price = ItemPrice(
        item=item, book=book, valid_from=valid_from, points_tenths=points_tenths, by=by, recorded_us=microseconds(now)
    )
    session.add(price)
    session.flush()
    return price


def check_price(session: Session, item: str, book: str, valid_from: date, today: date | None) -> None:
    """Refuse a price that cannot begin on a day. Raises PriceInThePast and PriceStands."""
    if today is not None and valid_from < today:
        raise PriceInThePast(today=today.isoformat())
    if session.get(ItemPrice, (item, book, valid_from)) is not None:
        raise PriceStands(day=valid_from.isoformat())


def prices_on(session: Session, book: str, day: date, items: Collection[str] | None = None) -> dict[str, int]:
    """Return the points price, in tenths, of each priced item (or some) in an outlet on a day; its own goes first."""
    return prices_in(session, [book], day, items)[book]


def prices_in(
    session: Session, books: Collection[str], day: date, items: Collection[str] | None = None
) -> dict[str, dict[str, int]]:
    """Return what `prices_on` does for each of several outlets, asked for together."""
    query = (
        select(ItemPrice.book, ItemPrice.item, ItemPrice.points_tenths)
        .where(ItemPrice.book.in_([*books, COUNTY]), ItemPrice.valid_from <= day)
        .order_by(ItemPrice.valid_from)
    )
    if items is not None:
        query = query.where(ItemPrice.item.in_(items))
    found: dict[str, dict[str, int]] = {book: {} for book in (*books, COUNTY)}
    for book, item, points in session.execute(query):
        found[book][item] = points
    return {book: found[COUNTY] | found[book] for book in books}


def prices_of(session: Session, item: str) -> list[ItemPrice]:
    """Return all prices an item has had or will have, the latest first."""
    return listed(session, ItemPrice, ItemPrice.item == item, by=[ItemPrice.valid_from.desc(), ItemPrice.book])


def all_items(session: Session) -> list[Item]:
    """Return all items in the order of their codes."""
    return listed(session, Item, by=[Item.code])


def items_by_code(session: Session) -> dict[str, Item]:
    """Return all items by their codes, in the order of these."""
    return {item.code: item for item in all_items(session)}


def item_of_ean(session: Session, ean: str) -> Item | None:
    """Return the item a barcode stands for."""
    found = session.get(ItemEan, ean) if re.fullmatch("[0-9]{13}", ean) else None
    return session.get(Item, found.item) if found else None


def eans_of(session: Session, item: str) -> list[str]:
    """Return the barcodes of an item."""
    return list(session.scalars(select(ItemEan.ean).where(ItemEan.item == item).order_by(ItemEan.ean)))


def places_of(session: Session, book: str) -> dict[str, str]:
    """Return the places of an outlet's items, by item."""
    query = select(ShelfPlace.item, ShelfPlace.place).where(ShelfPlace.book == book)
    return {item: place for item, place in session.execute(query)}


MEASURES = {
    "kg": ("千克", 1), "公斤": ("千克", 1), "斤": ("千克", 0.5), "g": ("克", 1), "l": ("升", 1), "ml": ("毫升", 1),
}
"""What people write of a size, and what it is called here."""
JIN = {"千克": 2, "克": 0.002}
"""How many jin 斤 people say for one of a measure."""
LOOSE = {"千克": "2斤", "公斤": "1千克＝2斤", "kg": "1千克＝2斤", "斤": "0.5千克"}
"""What one is of goods that are weighed out."""
SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(千克|公斤|斤|克|毫升|升|kg|g|ml|l)(?:装|/(.+))?", re.IGNORECASE)
PACK = re.compile(r"([0-9]+[瓶袋盒包罐桶支个块条片卷只双把枚粒张听本根件])(?:装|/(.+))")
HOLD = frozenset("瓶桶袋盒壶罐听杯坛提箱包支")
"""Units that hold something: five litres of anything else, such as of a cooker, are not what one comes to."""
LARGE = frozenset("台部辆套")
"""Units of appliances, whose measures, also those of weight, say what goes into them."""


def unit_words(unit: str, spec: str, *, each: str = "1%s＝%s") -> str:
    """Return a base unit in measures people know, such as 1袋＝5千克＝10斤; just the unit if its size tells none."""
    said = LOOSE.get(unit.lower()) or size_of(unit, unicodedata.normalize("NFKC", spec))
    return each % (unit, said) if said else unit


def size_of(unit: str, spec: str) -> str:
    """Return what one of a unit holds or weighs by its size: 5kg/袋, 5公斤装, 12瓶/箱; "" if that tells nothing."""
    if pack := PACK.fullmatch(spec):
        return pack[1] if (pack[2] or unit) == unit else ""
    size = SIZE.fullmatch(spec)
    if size is None or (size[3] or unit) != unit or unit in LARGE:
        return ""
    measure, parts = MEASURES.get(size[2].lower(), (size[2], 1))
    if "升" in measure and unit not in HOLD:
        return ""
    number = float(size[1]) * parts
    return f"{number:g}{measure}" + (f"＝{number * JIN[measure]:g}斤" if measure in JIN else "")
