"""What a county begins with: its store and book, and from the package's own tables the starter rules and items."""

import csv
from datetime import date, datetime
from decimal import Decimal
from importlib import resources
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError
from ledger.journal import County, microseconds
from ledger.registers.items import Item, set_price
from ledger.registers.register import add
from ledger.registers.rules import Rule, set_rule
from ledger.registers.sites import Site, open_site
from ledger.terms import COUNTY, N_

RULE_NUMBERS = ("points_min", "points_max", "cap_month", "cap_year")


class CountyStands(LedgerError):
    """One database is one county."""

    message = N_("This database holds a county already: %(name)s. One database is one county.")


def found_county(session: Session, *, name: str, code: str, demo: bool, by: str, now: datetime) -> Site:
    """Found the county of an empty database, with its store and the store's book. Raises CountyStands."""
    refuse_county(session)
    session.add(County(name=name, code=code, timezone="Asia/Shanghai", demo=int(demo), made_us=microseconds(now)))
    session.flush()
    store = Site(code=COUNTY, kind="county", name="县级中心库", division_code=code)
    return open_site(session, store, by=by, now=now)


def refuse_county(session: Session) -> None:
    """Refuse a database that holds a county. Raises CountyStands."""
    standing = session.get(County, 1)
    if standing is not None:
        raise CountyStands(name=standing.name)


def take_in_rules(session: Session, *, by: str, now: datetime) -> list[Rule]:
    """Take the starter rules into the rule book, in force as soon as the county is founded."""
    return [set_rule(session, starter_rule(row), by=by, now=now) for row in rows_of("rules")]


def starter_rule(row: dict[str, str]) -> Rule:
    """Return the first version of a rule: it also holds for paper of the time before the county was founded."""
    values: dict[str, Any] = {**row, "valid_from": date(2000, 1, 1)}
    values |= {name: tenths(row[name]) if row[name] else None for name in RULE_NUMBERS}
    return Rule(**values)


def take_in_items(session: Session, *, valid_from: date, by: str, now: datetime) -> list[Item]:
    """Take the starter items into the register, with their points prices from a day on."""
    items = []
    for row in rows_of("items"):
        item = Item(code=row["code"], name=row["name"], spec=row["spec"], unit=row["unit"], category=row["category"])
        items.append(add(session, item, by=by, now=now))
        set_price(
            session, item=item.code, book=COUNTY, valid_from=valid_from, points_tenths=tenths(row["points"]),
            by=by, now=now,
        )
    return items


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the package's own tables."""
    text = (resources.files("ledger") / "data" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def tenths(points: str) -> int:
    """Return points as they stand in a table, in tenths."""
    return int(Decimal(points) * 10)
