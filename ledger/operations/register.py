"""Keeping the registers: a line is taken in, changed with both values kept, or retired; each form counts once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ledger import chart
from ledger.errors import LedgerError, refuse_together
from ledger.journal import Balance, OnTheRoad, act
from ledger.operations.staff import check_office_stays, check_place
from ledger.registers.donors import Donor
from ledger.registers.households import Household, check_card, take_in
from ledger.registers.items import Item
from ledger.registers.lots import Lot, check_worth, worth_of
from ledger.registers.money import Supplier
from ledger.registers.pinyin import initials_of
from ledger.registers.proxies import Proxy
from ledger.registers.register import FixedOnceUsed, Registered, add, change, find, retire
from ledger.registers.sites import Site, open_site
from ledger.registers.staff import Staff, end_tokens
from ledger.terms import COUNTY, N_, Purse, Role

MODELS: dict[str, type[Registered]] = {
    "sites": Site, "households": Household, "donors": Donor, "items": Item, "lots": Lot, "staff": Staff,
    "proxies": Proxy, "suppliers": Supplier,
}
"""The registers a form can write to, by the name they have in an address."""


class ReservedCode(LedgerError):
    """Points and money are counted in the same books as goods, under codes of their own."""

    message = N_("%(code)s means points or money in the book. Choose another code.")
    field = "code"


@act
def enter(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, register: str, values: Mapping[str, Any]
) -> dict[str, Any]:
    """Take a new line into a register. `book` is the outlet of a household, else COUNTY."""
    given = {**values, "book": book} if register == "households" else values
    row = take_line_in(session, register, given, by=clerk, now=now)
    return {"register": register, "key": [str(part) for part in row.key]}


def take_line_in(
    session: Session, register: str, values: Mapping[str, Any], *, by: str, now: datetime
) -> Registered:
    """Take a line with these values into its register, in the way of that register."""
    row = MODELS[register](**{name: value for name, value in values.items() if name != "version"})
    if isinstance(row, Site):
        open_site(session, row, by=by, now=now)
    elif isinstance(row, Household):
        take_in(session, row, by=by, now=now)
    else:
        if isinstance(row, Item) and row.code in (chart.POINT, chart.CNY):
            raise ReservedCode(code=row.code)
        check_place(session, row, values)
        add(session, row, by=by, now=now)
    return row


@act
def amend(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, register: str, of: list[str],
    values: Mapping[str, Any],
) -> dict[str, Any]:
    """Change a line of a register; codes never change, unit and size not after first use. Raises Stale."""
    row = find(session, MODELS[register], *of)
    wanted = {name: value for name, value in values.items() if name not in ("version", *row.key_fields)}
    if isinstance(row, Household):
        check_card(session, row.book, wanted.get("card", ""), row.number)
    if isinstance(row, Item):
        check_unit(session, row, wanted)
    check_place(session, row, wanted)
    if wanted.get("role", Role.COUNTY) != Role.COUNTY:
        check_office_stays(session, row)
    post_before, worth_before = post_of(row), worth_of(row)
    change(session, row, version=values["version"], values=wanted, by=clerk, now=now)
    # Afterwards: a form that was opened before goods were valued leaves their value alone.
    check_worth(session, row, worth_before)
    follow(session, row, moved=post_of(row) != post_before)
    return {"register": register, "key": [str(part) for part in row.key]}


def post_of(row: Registered) -> tuple[str, ...]:
    """Return where and as what a member of staff works; nothing for any other line."""
    return (row.role, row.book, row.town) if isinstance(row, Staff) else ()


def follow(session: Session, row: Registered, *, moved: bool) -> None:
    """Let what nobody types follow a change: a name's initials; who works elsewhere or no more is signed out, and the
    keys of programs are ended.
    """
    if isinstance(row, Household):
        row.initials = initials_of(row.name)
    if isinstance(row, Staff) and moved:
        row.sessions += 1
        end_tokens(session, row.name)


class SizeStays(FixedOnceUsed):
    """Who signed for ten bags of five kilos did not sign for ten bags of ten."""

    message = N_("The size stays: goods of this size are in the book. Enter another size as an item of its own.")


def check_unit(session: Session, item: Item, wanted: Mapping[str, Any]) -> None:
    """Refuse another base unit or size for an item the book already counts."""
    fixed = {"unit": FixedOnceUsed, "spec": SizeStays}
    changed: list[LedgerError] = [
        refusal(at=name) for name, refusal in fixed.items() if wanted.get(name) not in (None, getattr(item, name))
    ]
    counted = select(Lot.code).where(Lot.item == item.code).limit(1)
    if changed and session.scalars(counted).first():
        refuse_together(changed)


class StillHolds(LedgerError):
    """What still counts in the book is not retired."""

    message = N_("%(code)s still holds something in the book; that must be settled first.")


class OwnSignIn(LedgerError):
    """Nobody shuts themselves out."""

    message = N_("This is your own sign-in; another person must retire it.")


class StoreStays(LedgerError):
    """A county has one store; gifts come in nowhere else."""

    message = N_("The county store stays in use; only outlets can be retired.")


LYING = Balance.account.in_([chart.STOCK, chart.SET_ASIDE])
HOLDING = {
    Household: lambda row: (Balance.book == row.book) & Balance.account.in_(
        [chart.purse(row.number, purse) for purse in Purse]
    ),
    Item: lambda row: (Balance.commodity == row.code) & LYING,
    Lot: lambda row: (Balance.lot == row.code) & LYING,
    Site: lambda row: (Balance.book == row.code) & (LYING | Balance.account.startswith("purse:")),
}
"""Where the book must show nothing before a line is retired."""
COMING = {Item: col(OnTheRoad.commodity), Lot: col(OnTheRoad.lot), Site: col(OnTheRoad.destination)}
"""What must not be on the road any more."""


def check_holds_nothing(session: Session, row: Registered) -> None:
    """Refuse to retire a household with points, goods that still lie or travel somewhere, a site with either."""
    kind = type(row)
    queries = [select(Balance.quantity).where(HOLDING[kind](row), Balance.quantity > 0)] if kind in HOLDING else []
    if kind in COMING:
        queries.append(select(OnTheRoad.quantity).where(COMING[kind] == row.key[-1], OnTheRoad.quantity > 0))
    if any(session.scalars(query.limit(1)).first() is not None for query in queries):
        raise StillHolds(code=row.called)


def check_may_go(session: Session, row: Registered, clerk: str) -> None:
    """Refuse to retire one's own sign-in, the last of the county office, or the county store."""
    if isinstance(row, Site) and row.code == COUNTY:
        raise StoreStays
    if isinstance(row, Staff) and row.name == clerk:
        raise OwnSignIn
    check_office_stays(session, row)


@act
def put_away(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, register: str, of: list[str], version: int,
    back: int = 0,
) -> dict[str, Any]:
    """Retire a line: it is used for nothing new, its past stays; or, with `back`, use it again.

    A retired member of staff is signed out at once.
    """
    row = find(session, MODELS[register], *of)
    if not back:
        check_may_go(session, row, clerk)
        check_holds_nothing(session, row)
    retire(session, row, version=version, by=clerk, now=now, retired=int(not back))
    follow(session, row, moved=True)
    return {"register": register, "key": [str(part) for part in row.key]}


@act
def renew_link(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, donor: str, link: str
) -> dict[str, Any]:
    """Give a donor a new private link; the old one opens nothing any more."""
    row = find(session, Donor, donor)
    change(session, row, version=row.version, values={"link": link}, by=clerk, now=now)
    return {"register": "donors", "key": [donor]}
