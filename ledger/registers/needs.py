"""What was asked for at a counter in vain: an item of the list, or other goods in words; never by whom."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Index, Text
from sqlmodel import Field

from ledger.db.types import Day, Whole
from ledger.registers.register import STRICT, Numbered
from ledger.terms import N_


class Need(Numbered, table=True):
    """One time that goods were asked for and not there. `words` are free; they are erased when the line is dropped."""

    __table_args__ = (Index("need_by_day", "book", "day"), STRICT)
    word: ClassVar[str] = N_("line of what was asked for")
    personal: ClassVar[frozenset[str]] = frozenset({"words"})

    day: date = Field(sa_type=Day)
    item: str = Field(default="", sa_type=Text)
    words: str = Field(default="", sa_type=Text)
    by: str = Field(sa_type=Text)
    recorded_us: int = Field(sa_type=Whole)
