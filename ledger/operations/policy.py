"""Setting what differs from place to place, from today or a later day on; the past keeps what held in it."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger.journal import act, county_day
from ledger.operations.proposal import check_none_waits, put_forward
from ledger.registers.policy import DEFAULTS, check_policy, set_policy
from ledger.registers.register import in_use
from ledger.registers.requests import RATE
from ledger.registers.sites import Site
from ledger.terms import COUNTY


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
    """Let a setting hold from a day on, for one outlet or, without one, for the county. What needs a second hand is
    proposed.
    """
    place = in_use(session, Site, outlet, at="outlet").code if outlet else COUNTY
    check_policy(session, place, name, valid_from, county_day(session, now))
    said = "" if value is None else str(value)
    answer: dict[str, Any] = {"register": "settings", "key": [name]}
    if DEFAULTS[name].second_hand:
        check_none_waits(session, valid_from, now, name=name, place=place)
        wanted = {"name": name, "place": place, "value": said}
        asked = put_forward(session, RATE, wanted, valid_from=valid_from, by=clerk, now=now)
        return {**answer, "n": asked.n, "status": asked.status}
    set_policy(session, book=place, name=name, valid_from=valid_from, value=said, by=clerk, now=now)
    return answer
