"""A table as a report returns it: named columns and rows, ready for a page, a CSV file or a sheet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ledger.terms import N_


@dataclass(frozen=True)
class Column:
    """A column: its lasting name, its heading, and the kind of its values.

    Kinds: text, code, number, points (tenths), money (fen), day, instant, word (to translate), yes (a mark or nothing);
    who, site, donor, item: codes that a page says in words.
    """

    name: str
    label: str
    kind: str = "text"


@dataclass(frozen=True)
class Table:
    """Rows under columns; `name` is the file's name. `empty` says what to do when there are no rows.

    Below the columns named in `sums` a page shows what they come to; a file leaves that to who opens it.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Mapping[str, Any]]
    empty: str = N_("Nothing here yet.")
    sums: tuple[str, ...] = ()


# Columns of more than two tables: what is the same has one name and one heading wherever it stands.
ENTRY = Column("number", N_("Entry"), "number")
DAY = Column("occurred_on", N_("Day"), "day")
KIND = Column("kind", N_("What"), "word")
STATE = Column("status", N_("State"), "word")
SERIAL = Column("serial", N_("Serial no."), "code")
REVERSED_BY = Column("reversed_by", N_("Reversed by"), "number")
BY = Column("by", N_("By"), "who")
ASKED_BY = Column("asked_by", N_("Proposed by"), "who")

HOUSEHOLD = Column("household", N_("Household"), "code")
HEAD = Column("name", N_("Head of household"))
GROUP = Column("group", N_("Group"), "number")
PURSE = Column("purse", N_("Purse"), "word")
POINTS = Column("points", N_("Points"), "points")
RULE = Column("rule", N_("Rule"), "code")
EVIDENCE = Column("evidence", N_("Evidence"))

ITEM = Column("item", N_("Item"), "code")
CALLED = Column("name", N_("Goods"))
SPEC = Column("spec", N_("Size"))
UNIT = Column("unit", N_("Unit"))
GOODS = (ITEM, CALLED, SPEC, UNIT)
CATEGORY = Column("category", N_("Category"))
LOT = Column("lot", N_("Lot"), "code")
DONOR = Column("donor", N_("Donor no."), "code")
BEST_BEFORE = Column("best_before", N_("Best before"), "day")
QUANTITY = Column("quantity", N_("Quantity"), "number")
PIECES = Column("pieces", N_("Pieces"), "number")
OVER = Column("over", N_("Over"), "number")
SHORT = Column("short", N_("Short"), "number")
PRICE = Column("points", N_("Points each"), "points")

CODE = Column("code", N_("Code"), "code")
NAME = Column("name", N_("Name"))
TOWN = Column("town", N_("Town"))
VALID_FROM = Column("valid_from", N_("Valid from"), "day")
RETIRED = Column("retired", N_("Retired"), "yes")
