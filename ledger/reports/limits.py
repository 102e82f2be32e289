"""What a household may still have of limited items."""

from datetime import date
from typing import Any

from sqlmodel import Session

from ledger.registers.limits import had, limits_on


def limits_left(session: Session, book: str, household: str, day: date) -> list[dict[str, Any]]:
    """Return each limit that holds on a day with what is left of it for a household."""
    limits = limits_on(session, book, day)
    before = had(session, book, household, day, limits)
    return [
        {"item": item, "per": per, "most": most, "left": max(0, most - before[item, per])}
        for (item, per), most in sorted(limits.items())
    ]
