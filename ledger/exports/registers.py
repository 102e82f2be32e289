"""The registers as they leave the house: codes and what auditors need, names masked, free words left at home."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import literal, select, union
from sqlmodel import Session, SQLModel

from ledger import chart
from ledger.db.types import table_of
from ledger.journal import Posting
from ledger.registers.donors import Donor
from ledger.registers.households import Household
from ledger.registers.items import Item, ItemPrice
from ledger.registers.limits import ItemLimit
from ledger.registers.lots import Lot
from ledger.registers.masking import masked
from ledger.registers.money import MoneyReceipt, Supplier
from ledger.registers.objections import Objection
from ledger.registers.proxies import Collected, Proxy
from ledger.registers.rules import Rule
from ledger.registers.sheets import Sheet, SheetLine
from ledger.registers.sites import Site
from ledger.registers.staff import Staff
from ledger.reports.table import CODE, ENTRY, HOUSEHOLD, ITEM, NAME, PURSE, RETIRED, STATE, VALID_FROM, Column, Table
from ledger.terms import COUNTY, N_

CATEGORY = Column("category", N_("Category"))
BOOK, BY = Column("book", N_("Book"), "code"), Column("by", N_("By"), "code")

# Each with its file, its title and the columns that may leave. Names here are those of the tables; what a register
# calls personal is masked.
REGISTERS: dict[type[SQLModel], tuple[str, str, tuple[Column, ...]]] = {
    Site: ("sites", N_("Sites"), (
        CODE, Column("kind", N_("Kind"), "word"), NAME, Column("town", N_("Town")),
        Column("division_code", N_("Division code"), "code"), Column("division_year", N_("of the year"), "code"),
        RETIRED,
    )),
    Household: ("households", N_("Households"), (
        Column("number", N_("Household"), "code"), Column("name", N_("Head of household")),
        Column("group", N_("Group"), "number"), STATE, RETIRED,
    )),
    Item: ("items", N_("Items"), (
        CODE, NAME, Column("spec", N_("Size")), Column("unit", N_("Unit")), CATEGORY, RETIRED,
    )),
    ItemPrice: ("prices", N_("Prices"), (
        ITEM, BOOK, VALID_FROM, Column("points_tenths", N_("Points each"), "points"), BY,
    )),
    Lot: ("lots", N_("Lots"), (
        CODE, ITEM, Column("donor", N_("Donor no."), "code"), BOOK, ENTRY,
        Column("quantity", N_("Quantity"), "number"), Column("best_before", N_("Best before"), "day"),
        Column("unit_value_fen", N_("Value of one, yuan"), "money"),
        Column("value_basis", N_("Basis of value"), "code"),
        Column("made_on", N_("Made on"), "day"), Column("wish", N_("Donor's wish"), "code"),
        Column("wish_outlets", N_("For the outlets"), "code"), Column("receipt", N_("Bought with money"), "code"),
    )),
    Donor: ("donors", N_("Donors"), (CODE, NAME, Column("anonymous", N_("Anonymous"), "yes"), RETIRED)),
    Supplier: ("suppliers", N_("Suppliers"), (CODE, NAME, RETIRED)),
    MoneyReceipt: ("money", N_("Money received"), (
        CODE, Column("source", N_("Source of money"), "word"), Column("donor", N_("Donor no."), "code"),
        Column("amount_fen", N_("Amount, yuan"), "money"), BOOK, ENTRY,
    )),
    Rule: ("rules", N_("Rules"), (
        CODE, Column("version", N_("Version"), "number"), NAME, CATEGORY, PURSE,
        Column("points_min", N_("Points from"), "points"), Column("points_max", N_("to"), "points"),
        Column("cap_month", N_("Most a month"), "points"), Column("cap_year", N_("Most a year"), "points"),
        VALID_FROM, Column("valid_to", N_("Valid to"), "day"),
    )),
    Staff: ("staff", N_("Staff"), (
        Column("name", N_("Sign-in"), "code"), Column("role", N_("Role"), "word"), BOOK, Column("town", N_("Town")),
        RETIRED,
    )),
    Sheet: ("sheets", N_("Points sheets"), (
        Column("n", N_("Sheet"), "number"), Column("period", N_("Month"), "code"), PURSE, STATE,
        Column("drawn_by", N_("Drawn up by"), "code"), Column("drawn_number", N_("Drawn up by entry"), "number"),
        Column("notice_from", N_("On notice from"), "day"), Column("notice_until", N_("through"), "day"),
        Column("notice_number", N_("Put on notice by entry"), "number"),
        Column("credit_number", N_("Credited by entry"), "number"), Column("digest", N_("Digest of the lines"), "code"),
    )),
    SheetLine: ("sheet-lines", N_("Lines of points sheets"), (
        Column("n", N_("Sheet"), "number"), Column("line", N_("No."), "number"), HOUSEHOLD,
        Column("rule", N_("Rule"), "code"), Column("rule_version", N_("Version"), "number"),
        Column("points_tenths", N_("Points"), "points"), Column("asked_tenths", N_("Asked"), "points"),
        Column("cut_by", N_("Cut by"), "word"), STATE, Column("taken_tenths", N_("Taken back"), "points"),
    )),
    Proxy: ("collectors", N_("Collectors"), (HOUSEHOLD, CODE, NAME, RETIRED)),
    Collected: ("collections", N_("Collections"), (
        ENTRY, HOUSEHOLD, Column("code", N_("Collector"), "code"), Column("day", N_("Day"), "day"),
        Column("received", N_("Household says it came"), "yes"), Column("asked", N_("Answered at entry"), "number"),
        Column("settled", N_("Looked into by entry"), "number"),
    )),
    ItemLimit: ("limits", N_("Limits"), (
        ITEM, BOOK, Column("per", N_("Each"), "word"), VALID_FROM, Column("quantity", N_("At most"), "number"), BY,
    )),
    # Who objects stays at home.
    Objection: ("objections", N_("Objections"), (
        Column("n", N_("No."), "number"), Column("sheet", N_("Sheet"), "number"), Column("line", N_("Line"), "number"),
        HOUSEHOLD, Column("way", N_("How"), "word"), Column("received_on", N_("Came in"), "day"),
        Column("due", N_("Answer by"), "day"), STATE, Column("result", N_("Result"), "word"), ENTRY,
        Column("answered_number", N_("Answered by entry"), "number"),
        Column("corrected", N_("Put right on sheet"), "number"),
        Column("claw_back", N_("To claw-back no."), "number"),
    )),
}


def masked_registers(session: Session, book: str, last: int) -> Iterator[Table]:
    """Yield the registers a reader of a book up to entry `last` needs, as they stand now."""
    for model, (name, title, columns) in REGISTERS.items():
        yield Table(name, title, columns, rows_of(session, model, columns, book, last))


def rows_of(
    session: Session, model: type[SQLModel], columns: tuple[Column, ...], book: str, last: int
) -> Iterator[dict[str, Any]]:
    """Yield the lines of one register, personal values masked."""
    table = table_of(model)
    query = select(*(table.c[column.name] for column in columns)).order_by(*table.primary_key)
    for row in session.execute(narrowed(query, model, book, last), execution_options={"yield_per": 1_000}).mappings():
        yield {name: shown(model, name, row) for name in row}


def narrowed(query: Any, model: type[SQLModel], book: str, last: int) -> Any:
    """Keep to this book, to the prices that hold in it, and to the lots and donors that occur in it."""
    columns = table_of(model).c
    if model is Collected:
        return query.where(columns.book == book, columns.number <= last)
    if model in (Household, Sheet, SheetLine, Objection, Proxy):
        return query.where(columns.book == book)
    if model in (ItemPrice, ItemLimit):
        return query.where(columns.book.in_([book, COUNTY]))
    legs, lots = table_of(Posting).c, table_of(Lot).c
    occur = select(legs.lot).where(legs.book == book, legs.number <= last, legs.lot != "")
    if model in (Lot, MoneyReceipt):
        return query.where(columns.code.in_(occur))
    if model is Supplier:
        paid = select(legs.destination).where(legs.book == book, legs.number <= last)
        return query.where((literal(chart.supplier("")) + columns.code).in_(paid))
    if model is Donor:
        money = table_of(MoneyReceipt).c
        gave = [select(gift.donor).where(gift.code.in_(occur)) for gift in (lots, money)]
        return query.where(columns.code.in_(union(*gave)))
    return query


def shown(model: type[SQLModel], name: str, row: Any) -> Any:
    """Return a value as it may leave: of a personal one its mask, of who wishes to be unnamed nothing."""
    if (name, row[name]) == ("kind", "county"):
        # As a term it is a role; the one site of this kind is named by itself.
        return COUNTY
    if name not in getattr(model, "personal", ()):
        return row[name]
    return "" if row.get("anonymous") else masked(name, row[name])
