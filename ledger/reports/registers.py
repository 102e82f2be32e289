"""The county's registers as tables."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlmodel import Session, func, select

from ledger.registers.donors import all_donors
from ledger.registers.items import all_items, prices_on
from ledger.registers.lots import Lot
from ledger.registers.money import all_suppliers
from ledger.registers.rules import Rule, all_rules
from ledger.registers.sites import all_sites
from ledger.registers.staff import Staff
from ledger.reports.table import CATEGORY, CODE, NAME, PRICE, RETIRED, SPEC, TOWN, UNIT, VALID_FROM, Column, Table
from ledger.terms import COUNTY, N_


def all_lots(session: Session) -> list[Lot]:
    """Return all lots in the order in which they came: L10 after L9."""
    return list(session.exec(select(Lot).order_by(func.length(Lot.code), Lot.code)))


def all_staff(session: Session) -> list[Staff]:
    """Return all who may sign in, by book and role."""
    return list(session.exec(select(Staff).order_by(Staff.book, Staff.role, Staff.name)))


BOOK, PHONE = Column("book", N_("Book"), "site"), Column("phone", N_("Phone"))
REGISTERS: dict[str, tuple[str, Callable[[Session], list[Any]], tuple[Column, ...]]] = {
    "sites": (N_("Sites"), all_sites, (
        CODE, Column("kind", N_("Kind"), "word"), NAME, TOWN, Column("division_code", N_("Division code"), "code"),
        RETIRED,
    )),
    "donors": (N_("Donors"), all_donors, (
        CODE, NAME, Column("contact", N_("Contact")), PHONE, Column("anonymous", N_("Anonymous"), "yes"), RETIRED,
    )),
    "suppliers": (N_("Suppliers"), all_suppliers, (CODE, NAME, PHONE, RETIRED)),
    "items": (N_("Items"), all_items, (CODE, NAME, SPEC, UNIT, CATEGORY, PRICE, RETIRED)),
    "lots": (N_("Lots"), all_lots, (
        Column("code", N_("Lot"), "code"), Column("item", N_("Item"), "item"), Column("donor", N_("Donor"), "donor"),
        BOOK, Column("number", N_("Entry"), "number"), Column("quantity", N_("Quantity"), "number"),
        Column("best_before", N_("Best before"), "day"), Column("unit_value_fen", N_("Value of one"), "money"), RETIRED,
    )),
    "rules": (N_("Rule book"), all_rules, (
        CODE, Column("name", N_("Words of the rule")), Column("name_en", N_("In English")),
        Column("category", N_("Class")), Column("purse", N_("Purse"), "word"),
        Column("points_min", N_("Points from"), "points"), Column("points_max", N_("to"), "points"),
        Column("cap_month", N_("Most a month"), "points"), Column("cap_year", N_("Most a year"), "points"),
        Column("award_by", N_("Who may award")), Column("evidence", N_("Evidence")),
        Column("version", N_("Version"), "number"), VALID_FROM, Column("valid_to", N_("Valid to"), "day"),
    )),
    "staff": (N_("Staff"), all_staff, (
        Column("name", N_("Sign-in name"), "code"), Column("full_name", N_("Full name")),
        Column("role", N_("Role"), "word"), BOOK, TOWN, RETIRED,
    )),
}
"""Title, lines and columns of each register, by the name it has in an address."""


def rule_versions(code: str, versions: list[Rule]) -> Table:
    """Return the versions of one rule, the latest first."""
    columns = tuple(column for column in REGISTERS["rules"][2] if column.name not in ("code", "name_en", "purse"))
    wanted = [*columns, Column("by", N_("By"), "who")]
    rows = [{column.name: getattr(rule, column.name) for column in wanted} for rule in versions]
    return Table(f"rule-{code}", N_("Versions of the rule"), tuple(wanted), rows)


def register(session: Session, name: str, day: date) -> Table:
    """Return one register of the county; items with the county's price on a day."""
    title, lines, columns = REGISTERS[name]
    prices = prices_on(session, COUNTY, day) if name == "items" else {}
    wanted = [column.name for column in columns]
    rows = [
        {**{column: shown(line, column) for column in wanted}, **({"points": prices.get(line.code)} if prices else {})}
        for line in lines(session)
    ]
    empty = N_("Nothing in this register yet.")
    if name == "lots":
        empty = N_("No lot yet. Each line of a gift that is taken in makes one.")
    return Table(name, title, columns, rows, empty)


def shown(line: Any, column: str) -> Any:
    """Return a value of a line. The county store's kind has the code of a role, and is named by itself."""
    value = getattr(line, column, None)
    return COUNTY if (column, value) == ("kind", "county") else value
