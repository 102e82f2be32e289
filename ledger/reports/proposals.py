"""Prices and rates that wait for a second person, what was decided about others, and whether there is one."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from ledger.journal import county_day, instant
from ledger.registers.items import Item, prices_on
from ledger.registers.policy import DEFAULTS, policy
from ledger.registers.register import RegisterChange
from ledger.registers.requests import PRICE, RATE, Request, proposals_waiting
from ledger.registers.staff import Staff
from ledger.reports.policies import EVERYWHERE, value_shown
from ledger.reports.table import ASKED_BY, STATE, VALID_FROM, Column, Table
from ledger.terms import COUNTY, N_, Role

MOST = 100
COLUMNS = (
    Column("name", N_("Price or setting"), "word"),
    Column("site", N_("Applies to"), "site"),
    Column("new", N_("New value"), "word"),
    VALID_FROM, ASKED_BY, STATE,
    Column("by", N_("Decided by"), "who"),
    Column("why", N_("Why not")),
)


def proposals(session: Session, day: date, waiting: Iterable[Request] | None = None) -> list[dict[str, Any]]:
    """Return what waits, each with what holds until then: on the day it would begin, or today where that has passed."""
    # Many prices of one list begin on one day.
    prices = cache(lambda on: prices_on(session, COUNTY, on))
    rows = []
    for asked in proposals_waiting(session) if waiting is None else waiting:
        row, said = row_of(session, asked), asked.lines()
        holds_from = max(row["valid_from"], day)
        if asked.kind == PRICE:
            old = prices(holds_from).get(said["item"])
            row["old"] = None if old is None else value_shown("points", str(old))
        else:
            said_so_far = policy(session, said["place"], said["name"], holds_from)
            row["old"] = value_shown(DEFAULTS[said["name"]].kind, said_so_far)
        rows.append({**row, "late": row["valid_from"] < day, "holds_from": holds_from})
    return rows


def row_of(session: Session, asked: Request) -> dict[str, Any]:
    """Return what a proposal says: of which item or setting, where, what and from which day, and who asked when."""
    said = asked.lines()
    if asked.kind == PRICE:
        name, site = session.get_one(Item, said["item"]).called, COUNTY
        code, new = said["item"], value_shown("points", str(said["points"]))
    else:
        name, site, code = DEFAULTS[said["name"]].words, said["place"], said["name"]
        new = value_shown(DEFAULTS[code].kind, said["value"])
    return {
        "request": asked.n, "kind": asked.kind, "name": name, "code": code, "new": new,
        "site": EVERYWHERE if site == COUNTY else site, "valid_from": date.fromisoformat(said["valid_from"]),
        "asked_by": asked.asked_by, "asked_on": county_day(session, instant(asked.asked_us)),
        "paper_number": said.get("paper_number"),
    }


def proposals_decided(session: Session) -> Table:
    """Return what was confirmed or declined last, by whom, and why not."""
    query = select(Request).where(Request.book == COUNTY, Request.kind.in_((PRICE, RATE)), Request.status != "waiting")
    asked = list(session.scalars(query.order_by(Request.n.desc()).limit(MOST)))
    changes = session.scalars(select(RegisterChange).where(
        RegisterChange.of_register == Request.word, RegisterChange.field == "status",
        RegisterChange.key.in_([f"{COUNTY}/{one.n}" for one in asked]),
    ))
    by_key = {change.key: change for change in changes}
    rows = [decided_row(session, one, by_key[f"{COUNTY}/{one.n}"]) for one in asked]
    return Table("proposals", N_("Decided lately"), COLUMNS, rows, N_("Nothing has been decided yet."))


def decided_row(session: Session, asked: Request, change: RegisterChange) -> dict[str, Any]:
    """Return what was proposed and what became of it; what was confirmed after its day holds from that one on."""
    row, day = row_of(session, asked), county_day(session, instant(change.recorded_us))
    if asked.status == "confirmed":
        row["valid_from"] = max(row["valid_from"], day)
    return {**row, "status": asked.status, "by": change.by, "why": asked.declined_why}


def second_person_missing(session: Session) -> bool:
    """Tell whether there is nobody yet who could confirm what one person of the office proposes."""
    hands = Staff.role.in_((Role.COUNTY, Role.CHECKER)), Staff.retired == 0
    return (session.scalar(select(func.count()).select_from(Staff).where(*hands)) or 0) < 2
