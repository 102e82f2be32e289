"""Goods set aside: what a proposal to write off names already, so that nothing is proposed twice."""

from collections import Counter

from sqlmodel import Session

from ledger import chart
from ledger.registers.requests import waiting_about
from ledger.terms import EntryKind


def spoken_for(session: Session, book: str) -> Counter[tuple[str, str]]:
    """Return how much of each item and lot set aside waits for a second person in proposals."""
    named: Counter[tuple[str, str]] = Counter()
    for request in waiting_about(session, book, EntryKind.WRITE_OFF):
        for line in request.lines()["lines"]:
            named[line["item"], line["lot"]] += line["quantity"]
    return named


def may_be_proposed(account: str, item: str, lot: str, held: int, named: Counter[tuple[str, str]]) -> int:
    """Return how much of what an account holds may still be proposed."""
    return held - named[item, lot] if account == chart.SET_ASIDE else held
