"""Rights to support points, and the grant of a month or year: who gets how many, and who has had them already."""

from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session

from ledger.registers.grants import grant_time, had_already, rights_in
from ledger.registers.households import Household, households_by_number
from ledger.registers.rules import Rule, rules_on
from ledger.registers.sheets import Sheet, SheetLine
from ledger.registers.support import SupportRight, rights_of
from ledger.reports.table import GROUP, HEAD, HOUSEHOLD, Column, Table
from ledger.terms import N_, HouseholdStatus, Purse

COLUMNS = (
    HOUSEHOLD, HEAD, GROUP,
    Column("points", N_("Points each time"), "points"),
    Column("valid_from", N_("Holds from"), "day"),
    Column("valid_through", N_("Holds through"), "day"),
    Column("paper_number", N_("Paper no.")),
)


def support_rights(session: Session, book: str) -> Table:
    """Return every right of an outlet."""
    rows = rows_of(session, book, rights_of(session, book))
    return Table("support", N_("Rights to support points"), COLUMNS, rows, N_("No household has a right yet."))


def grant(session: Session, book: str, period: str, rule: Rule | None) -> Table:
    """Return whom a month's grant (2026-03) by a rule is for: with a right in it, in use, and not given by this rule at
    that time yet. What a household gets by another rule, for a hardship perhaps, does not take its place. `fits` says
    whether the rule gives as many points as the right says.
    """
    had = had_already(session, book, grant_time(session, book, period), rule.code) if rule else set()
    rights = rights_in(session, book, period)
    rows = [
        {**row, "fits": rule is not None and rule.points_min <= right.points_tenths <= rule.points_max}
        for right, row in zip(rights.values(), rows_of(session, book, list(rights.values())), strict=True)
        if row["household"] not in had and row["status"] == HouseholdStatus.ACTIVE
    ]
    return Table("grant", N_("Support points to grant"), COLUMNS[:4], rows, N_("Nobody is left to grant to."))


def support_rules(session: Session, book: str, day: date) -> list[Rule]:
    """Return the rules by which support points are granted on a day; the one most lines here are by goes first."""
    query = select(SheetLine.rule, func.count()).join(Sheet).where(Sheet.book == book, Sheet.purse == Purse.SUPPORT)
    lines = {rule: count for rule, count in session.execute(query.group_by(SheetLine.rule))}
    rules = [rule for rule in rules_on(session, day).values() if rule.purse == Purse.SUPPORT]
    return sorted(rules, key=lambda rule: -lines.get(rule.code, 0))


def rows_of(session: Session, book: str, rights: list[SupportRight]) -> list[dict[str, object]]:
    """Return rights as rows, with whose they are."""
    known: dict[str, Household] = households_by_number(session, book, [right.household for right in rights])
    return [
        {
            "household": right.household, "points": right.points_tenths, "valid_from": right.valid_from,
            "valid_through": right.valid_through, "paper_number": right.paper_number,
            **known[right.household].model_dump(include={"name", "group", "status"}),
        }
        for right in rights
    ]
