"""Who is at the door: a person with a session, a program with a token, or nobody."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, request, session
from flask.sessions import SecureCookieSessionInterface
from sqlmodel import Session

from ledger.db import database
from ledger.errors import LedgerError
from ledger.journal import County
from ledger.registers.findings import what_is_known
from ledger.registers.passwords import token_digest
from ledger.registers.staff import Staff, Token
from ledger.terms import N_


@dataclass(frozen=True)
class NobodyYet:
    """Stands in for the county before there is one."""

    name: str = "爱心账本"
    timezone: str = "Asia/Shanghai"
    demo: int = 0


class BadToken(LedgerError):
    """A program named a token nobody gave it."""

    message = N_("This token is not valid.")
    status = 401


def now() -> datetime:
    """Return the instant it is, by the clock the service was given."""
    instant: datetime = current_app.config["CLOCK"]()
    return instant


def today() -> date:
    """Return the day it is in the county."""
    return now().astimezone(ZoneInfo(g.county.timezone)).date()


def find_out_who() -> None:
    """Note who is at the door, and the county whose door it is."""
    g.staff, g.county, g.findings = None, NobodyYet(), []
    if request.endpoint in ("static", "health.healthz", "health.readyz"):
        return
    with database().reading() as reading:
        county = reading.get(County, 1)
        if county is not None:
            g.county = county
            if request.path.startswith("/api/"):
                g.staff = by_token(reading)
            else:
                g.staff, g.findings = by_session(reading), what_is_known(reading)


def by_session(reading: Session) -> Staff | None:
    """Return the person whose session this is, if it has not been ended since."""
    staff = reading.get(Staff, session.get("name", ""))
    if staff is None or staff.retired or staff.sessions != session.get("sessions"):
        return None
    return staff


def by_token(reading: Session) -> Staff | None:
    """Return the member of staff a program acts for. Raises BadToken."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer":
        return None
    row = reading.get(Token, token_digest(token.strip()))
    staff = reading.get(Staff, row.staff) if row else None
    if staff is None or staff.retired:
        raise BadToken
    return staff


def open_session(staff: Staff) -> None:
    """Begin a session for a person; the language stays."""
    session.clear()
    session.permanent = True
    session.update(name=staff.name, sessions=staff.sessions)


class Sessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie; behind a safe line it is for the safe line only."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Tell whether the cookie may be sent by https alone."""
        return request.is_secure


def install(app: Flask) -> None:
    """Ask at each request who is there."""
    app.session_interface = Sessions()
    app.before_request(find_out_who)
    app.context_processor(standing_here)


def standing_here() -> dict[str, Any]:
    """Return whom and what every page names: the person, the county, the site whose book it is about, what is wrong;
    behind the sign-in the day it is, and the instant at which the page is made.
    """
    times = {"day": today(), "printed_at": now()} if g.get("staff") else {}
    here = {"staff": g.get("staff"), "county": g.county, "site": g.get("site")}
    return {**times, **here, "findings": g.get("findings") or []}


def signed_in() -> Any:
    """Return the person at the door; the door table has seen to it that there is one."""
    return g.staff
