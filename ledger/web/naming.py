"""What codes are called on a page, each in one place: people, sites, donors, goods, accounts, and what a leg moves."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import g
from sqlmodel import select

from ledger import chart
from ledger.db import database
from ledger.exports.labels import ACCOUNTS
from ledger.registers.donors import Donor
from ledger.registers.items import Item
from ledger.registers.money import Supplier
from ledger.registers.register import Registered
from ledger.registers.sites import Site
from ledger.registers.staff import Staff
from ledger.terms import COUNTY, N_, Sentence
from ledger.web.seeing import sees_staff

PARTS = {
    "donor": ("donor",), "supplier": ("supplier",), "sent": ("site",), "received": ("site",), "moved": ("site",),
    "fund": ("purse",), "purse": ("household", "purse"),
}
"""What stands behind the first part of an account's code."""


def lines(register: type[Registered]) -> Mapping[str, Any]:
    """Return the lines of a register by their codes, read once for a page."""
    read = g.setdefault("registers_read", {})
    if register not in read:
        with database().reading() as session:
            read[register] = {str(line.key[-1]): line for line in session.scalars(select(register))}
    found: Mapping[str, Any] = read[register]
    return found


def person(name: str) -> str:
    """Return a member of staff by full name with the sign-in name behind it, as far as the reader may see it."""
    staff = lines(Staff).get(name) if name and sees_staff() else None
    return name if staff is None or staff.full_name == name else f"{staff.full_name} ({name})"


def site(code: str) -> str:
    """Return a site by name with its code behind it; of the county store there is one."""
    found = lines(Site).get(code)
    return code if found is None or code == COUNTY else str(found.called)


def donor(code: str) -> str | Sentence:
    """Return a donor by name with the code behind it, unless the donor wants no name or the reader may not see it."""
    found = lines(Donor).get(code) if sees_staff() else None
    if found is None:
        return code
    return Sentence(N_("anonymous (%(code)s)"), {"code": code}) if found.anonymous else f"{found.name} ({code})"


def supplier(code: str) -> str:
    """Return a supplier by name with the code behind it."""
    found = lines(Supplier).get(code)
    return str(found.called) if found else code


def goods(code: str) -> str:
    """Return an item by its name and size."""
    found = lines(Item).get(code)
    return str(found.called) if found else code


def account(code: str) -> str | Sentence:
    """Return an account of a book in words: whose purse, which shelf, from or to where."""
    family, *parts = code.split(":")
    if family not in ACCOUNTS:
        return code
    return Sentence(ACCOUNTS[family], dict(zip(PARTS.get(family, ()), parts, strict=True)))


def counted(leg: Mapping[str, Any]) -> str | Sentence:
    """Return what a leg moves, with its unit: points, money, or so many bags of rice."""
    quantity, commodity = leg["quantity"], leg["commodity"]
    if commodity == chart.POINT:
        return Sentence(N_("%(points)s points"), {"points": f"{quantity / 10:.1f}"})
    if commodity == chart.CNY:
        return Sentence(N_("%(yuan)s yuan"), {"yuan": f"{quantity / 100:.2f}"})
    unit = lines(Item)[commodity].unit if commodity in lines(Item) else ""
    return f"{goods(commodity)} {quantity} {unit}".strip()


NAMED: dict[str, Callable[[str], Any]] = {
    "who": person, "site": site, "donor": donor, "supplier": supplier, "item": goods, "commodity": goods,
    "account": account,
}
"""By the name of a place in a sentence: what its code is called there."""
