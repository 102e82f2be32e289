"""The county's registers as tables."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlmodel import Session, select

from ledger.registers.donors import all_donors
from ledger.registers.items import all_items, prices_on
from ledger.registers.lots import Lot
from ledger.registers.rules import all_rules
from ledger.registers.sites import all_sites
from ledger.registers.staff import Staff
from ledger.reports.table import Column, Table
from ledger.terms import COUNTY, N_

RETIRED = Column("retired", N_("Retired"), "yes")
COLUMNS: dict[str, tuple[str, tuple[Column, ...]]] = {
    "sites": (N_("Sites"), (
        Column("code", N_("Code"), "code"), Column("kind", N_("Kind"), "word"), Column("name", N_("Name")),
        Column("town", N_("Town")), Column("division_code", N_("Division code"), "code"), RETIRED,
    )),
    "donors": (N_("Donors"), (
        Column("code", N_("Code"), "code"), Column("name", N_("Name")), Column("contact", N_("Contact")),
        Column("phone", N_("Phone")), Column("anonymous", N_("Anonymous"), "yes"), RETIRED,
    )),
    "items": (N_("Items"), (
        Column("code", N_("Code"), "code"), Column("name", N_("Name")), Column("spec", N_("Size")),
        Column("unit", N_("Unit")), Column("category", N_("Category")), Column("points", N_("Points each"), "points"),
        RETIRED,
    )),
    "lots": (N_("Lots"), (
        Column("code", N_("Lot"), "code"), Column("item", N_("Item"), "code"), Column("donor", N_("Donor no."), "code"),
        Column("book", N_("Book"), "code"), Column("number", N_("Entry"), "number"),
        Column("quantity", N_("Quantity"), "number"), Column("best_before", N_("Best before"), "day"),
        Column("unit_value_fen", N_("Value of one"), "money"), RETIRED,
    )),
    "rules": (N_("Rule book"), (
        Column("code", N_("Code"), "code"), Column("name", N_("Words of the rule")),
        Column("name_en", N_("In English")), Column("category", N_("Class")), Column("purse", N_("Purse"), "word"),
        Column("points_min", N_("Points from"), "points"), Column("points_max", N_("to"), "points"), RETIRED,
    )),
    "staff": (N_("Staff"), (
        Column("name", N_("Sign-in name"), "code"), Column("full_name", N_("Full name")),
        Column("role", N_("Role"), "word"), Column("book", N_("Book"), "code"), Column("town", N_("Town")), RETIRED,
    )),
}
"""Title and columns of each register, by the name it has in an address."""

LINES: dict[str, Callable[[Session], list[Any]]] = {
    "sites": all_sites,
    "donors": all_donors,
    "items": all_items,
    "lots": lambda session: list(session.exec(select(Lot).order_by(Lot.book, Lot.number, Lot.code))),
    "rules": all_rules,
    "staff": lambda session: list(session.exec(select(Staff).order_by(Staff.book, Staff.role, Staff.name))),
}


def register(session: Session, name: str, day: date) -> Table:
    """Return one register of the county; items with the county's price on a day."""
    title, columns = COLUMNS[name]
    prices = prices_on(session, COUNTY, day) if name == "items" else {}
    wanted = [column.name for column in columns]
    rows = [
        {**{column: shown(line, column) for column in wanted}, **({"points": prices.get(line.code)} if prices else {})}
        for line in LINES[name](session)
    ]
    empty = N_("Nothing in this register yet. Enter the first line with the button above.")
    return Table(name, title, columns, rows, empty)


def shown(line: Any, column: str) -> Any:
    """Return a value of a line. The county store's kind has the code of a role, and is named by itself."""
    value = getattr(line, column, None)
    return N_("County store") if (column, value) == ("kind", "county") else value
