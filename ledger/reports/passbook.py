"""Households by their purses: the list of them, and the passbook of one, every line with the balance after it."""

from collections import Counter
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session

from ledger import chart
from ledger.journal import Entry, Place, Posting, body_of, held
from ledger.registers.households import search
from ledger.registers.items import Item, items_by_code
from ledger.registers.rules import Rule, every_version
from ledger.registers.successors import lines_open
from ledger.reports.table import DAY, ENTRY, GROUP, HEAD, KIND, POINTS, PURSE, RETIRED, STATE, Column, Table
from ledger.terms import N_, EntryKind, Purse

COLUMNS = (
    ENTRY, DAY, KIND,
    Column("rule", N_("Rule")),
    PURSE, POINTS,
    Column("balance", N_("Balance after"), "points"),
    Column("goods", N_("Goods")),
    Column("undoes", N_("Undoes entry"), "number"),
)

HOUSEHOLD_COLUMNS = (
    Column("number", N_("Household"), "code"),
    GROUP, HEAD,
    Column("card", N_("Card"), "code"),
    STATE,
    Column("support", N_("Support points"), "points"),
    Column("merit", N_("Merit points"), "points"),
    RETIRED,
)
TOLD = {"number", "group", "name", "card", "status", "retired", "version"}
"""What of the register is told: the rest of it stays there."""


def household_rows(
    session: Session, book: str, words: str = "", *, after: str = "", limit: int = 50
) -> list[dict[str, Any]]:
    """Return households found, with their purses in tenths. Names are whole: who shows them masks what leaves."""
    found = search(session, book, words, after=after, limit=limit)
    held = purses(session, book, [household.number for household in found])
    return [{**household.model_dump(include=TOLD), **held[household.number]} for household in found]


def households(session: Session, book: str, words: str = "", *, after: str = "", limit: int = 50) -> Table:
    """Return households as a table."""
    rows = household_rows(session, book, words, after=after, limit=limit)
    empty = N_("No household found.")
    return Table("households", N_("Households"), HOUSEHOLD_COLUMNS, rows, empty)


def purses(session: Session, book: str, households: list[str]) -> dict[str, dict[str, int]]:
    """Return what the purses of households hold, in tenths, by household and purse."""
    places = {
        household: {str(purse): Place(chart.purse(household, purse), chart.POINT, "") for purse in Purse}
        for household in households
    }
    now = held(session, book, [place for both in places.values() for place in both.values()])
    return {household: {purse: now[place] for purse, place in both.items()} for household, both in places.items()}


def not_yet_credited(session: Session, book: str, household: str) -> int:
    """Return the points, in tenths, that were assessed or hang on the board for a household, or for one it took over;
    they cannot be spent yet.
    """
    return sum(line.points_tenths for line in lines_open(session, book, household))


def passbook_rows(session: Session, book: str, household: str, *, limit: int = 200) -> list[dict[str, Any]]:
    """Return the lines of a household's purses, the newest first."""
    accounts = {chart.purse(household, purse): str(purse) for purse in Purse}
    query = (
        select(Posting, Entry)
        .join(Entry, (Entry.book == Posting.book) & (Entry.number == Posting.number))
        .where(Posting.book == book, or_(Posting.source.in_(accounts), Posting.destination.in_(accounts)))
        .order_by(Posting.number.desc(), Posting.line)
        .limit(limit)
    )
    rules, items = every_version(session), items_by_code(session)
    return [line_of(leg, entry, accounts, rules, items) for leg, entry in session.execute(query)]


def line_of(
    leg: Posting, entry: Entry, accounts: dict[str, str], rules: dict[tuple[str, int], Rule], items: dict[str, Item]
) -> dict[str, Any]:
    """Return a leg as a line of the passbook: what came is positive, what went is negative."""
    body = body_of(entry)
    went, facts = leg.source in accounts, body["facts"]
    rule = rules.get((facts.get("rule", ""), facts.get("rule_version", 1)))
    return {
        "number": entry.number, "occurred_on": entry.occurred_on, "kind": entry.kind,
        "rule": rule.called.with_code(rule.code) if rule else facts.get("rule"),
        "purse": accounts[leg.source if went else leg.destination],
        "points": -leg.quantity if went else leg.quantity,
        "balance": leg.source_after if went else leg.destination_after,
        "goods": goods_of(body["postings"], items) if entry.kind == EntryKind.REDEMPTION else None,
        "undoes": facts["number"] if entry.kind == EntryKind.CORRECTION else entry.reverses,
    }


def goods_of(postings: list[dict[str, Any]], items: dict[str, Item]) -> str:
    """Return what was handed out, each item once with its number and unit."""
    many = Counter[str]()
    for one in postings:
        many[one["commodity"]] += one["quantity"] if one["destination"] == chart.HANDED_OUT else 0
    return " · ".join(f"{items[code].called} {many[code]} {items[code].unit}" for code in many if many[code])


def passbook(session: Session, book: str, household: str, *, limit: int = 200) -> Table:
    """Return a household's passbook as a table."""
    rows = passbook_rows(session, book, household, limit=limit)
    return Table("passbook", N_("Passbook"), COLUMNS, rows, N_("No points have been credited yet."))
