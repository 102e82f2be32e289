"""Shelves: where in a shop an item has its place, so that who counts walks along them once."""

from sqlalchemy import Text, select
from sqlmodel import Field, Session, SQLModel, col

from ledger.registers.register import STRICT


class ShelfPlace(SQLModel, table=True):
    """The place of an item in one outlet, in the keeper's own words."""

    __tablename__ = "shelf_place"
    __table_args__ = (STRICT,)
    book: str = Field(primary_key=True, sa_type=Text)
    item: str = Field(primary_key=True, sa_type=Text, foreign_key="item.code")
    place: str = Field(sa_type=Text)


def places_of(session: Session, book: str) -> dict[str, str]:
    """Return the places of an outlet's items, by item."""
    query = select(col(ShelfPlace.item), col(ShelfPlace.place)).where(ShelfPlace.book == book)
    return {item: place for item, place in session.execute(query)}
