"""Settings read back: what each means, what holds in the county, where an outlet has its own, and what is to come."""

from datetime import date

from sqlmodel import Session, select

from ledger.registers.policy import DEFAULTS, Policy
from ledger.reports.table import BY, VALID_FROM, Column, Table
from ledger.terms import COUNTY, N_

COLUMNS = (
    Column("words", N_("Setting"), "word"),
    Column("place", N_("Applies to"), "site"),
    Column("value", N_("Value"), "word"),
    VALID_FROM, BY,
)
EVERYWHERE, USUAL = N_("The whole county"), N_("Usual")


def policies(session: Session, day: date) -> Table:
    """Return each setting as it holds in the county on a day, beneath it the outlets with their own, and what is to
    come.
    """
    query = select(Policy).order_by(Policy.name, Policy.book != COUNTY, Policy.book, Policy.valid_from)
    kept = [policy for policy in session.scalars(query) if policy.name in DEFAULTS]
    # Of those of one place that have begun the latest holds: it comes last.
    holding = {(policy.name, policy.book): policy.valid_from for policy in kept if policy.valid_from <= day}
    rows = {name: [] if (name, COUNTY) in holding else [usual_row(name)] for name in DEFAULTS}
    for policy in kept:
        if policy.valid_from >= holding.get((policy.name, policy.book), policy.valid_from):
            rows[policy.name].append(row_of(policy))
    return Table("settings", N_("Settings"), COLUMNS, [row for found in rows.values() for row in found])


def policy_history(session: Session, name: str) -> Table:
    """Return all a setting ever said, the latest first, and what is usual."""
    query = select(Policy).where(Policy.name == name).order_by(Policy.valid_from.desc(), Policy.book)
    rows = [*map(row_of, session.scalars(query)), usual_row(name)]
    columns = tuple(column for column in COLUMNS if column.name != "words")
    return Table(f"setting-{name}", N_("All this setting has said"), columns, rows)


def usual_row(name: str) -> dict[str, object]:
    """Return what a setting says where nobody has set it."""
    setting = DEFAULTS[name]
    return {
        "words": setting.words, "name": name, "place": USUAL, "value": value_shown(setting.kind, setting.usual),
        "valid_from": None, "by": "",
    }


def row_of(policy: Policy) -> dict[str, object]:
    """Return one setting of one place."""
    setting = DEFAULTS[policy.name]
    return {
        "words": setting.words, "name": policy.name, "place": EVERYWHERE if policy.book == COUNTY else policy.book,
        "value": value_shown(setting.kind, policy.value), "valid_from": policy.valid_from, "by": policy.by,
    }


def value_shown(kind: str, value: str) -> str:
    """Return a value as it is typed: points with one place, money in yuan; "no cap" for none."""
    if not value:
        return N_("no cap")
    places = {"points": 1, "fen": 2}.get(kind.rstrip("?"))
    return f"{int(value) / 10**places:.{places}f}" if places else value
