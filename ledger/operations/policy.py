"""Setting what differs from place to place, from today or a later day on; the past keeps what held in it."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError
from ledger.journal import act, county_day
from ledger.registers.policy import Policy, set_policy
from ledger.registers.register import in_use
from ledger.registers.sites import Site
from ledger.terms import COUNTY, N_


class SettingInThePast(LedgerError):
    """A setting begins today or later: what was done keeps the setting it was done under."""

    message = N_("A setting holds from today (%(today)s) or later.")
    field = "valid_from"


class SettingStands(LedgerError):
    """A setting that holds from a day is not written over."""

    message = N_("A setting from %(day)s stands already. Choose a later day.")
    field = "valid_from"


@act
def decide_policy(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    name: str,
    valid_from: date,
    value: int | str | None = None,
    outlet: str | None = None,
) -> dict[str, Any]:
    """Let a setting hold from a day on, for one outlet or, without one, for the county."""
    today = county_day(session, now)
    if valid_from < today:
        raise SettingInThePast(today=today.isoformat())
    place = in_use(session, Site, outlet, at="outlet").code if outlet else COUNTY
    if session.get(Policy, (place, name, valid_from)) is not None:
        raise SettingStands(day=valid_from.isoformat())
    said = "" if value is None else str(value)
    set_policy(session, book=place, name=name, valid_from=valid_from, value=said, by=clerk, now=now)
    return {"register": "settings", "key": [name]}
