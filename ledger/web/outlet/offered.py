"""The rules a page offers: those of today, of the month a meeting may still speak of, and of the deeds that wait."""

from datetime import date, timedelta

from sqlmodel import Session

from ledger.registers.deeds import proposed_deeds
from ledger.registers.rules import Rule, rules_on


def offered_rules(session: Session, book: str, day: date) -> dict[str, Rule]:
    """Return the rules in force on a day or since the first of the last month, and since the oldest deed that waits."""
    last_month = (day.replace(day=1) - timedelta(days=1)).replace(day=1)
    waiting = (deed.occurred_on for deed in proposed_deeds(session, book))
    return rules_on(session, day, since=min([last_month, *waiting]))
