"""More than a limit: the keeper asks with the basket in hand, a second person says yes, and it is handed out."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from ledger.journal import act
from ledger.registers.households import served
from ledger.registers.items import Item
from ledger.registers.limits import OVERRIDE
from ledger.registers.register import find
from ledger.registers.requests import ask, decide, for_second_hand
from ledger.registers.staff import check_not_kin


@act
def ask_override(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, household: str, basket: list[dict[str, Any]],
    reason: str,
) -> dict[str, Any]:
    """Ask a second person to let a household have more than a limit allows: this basket, once."""
    served(session, book, household)
    check_not_kin(session, clerk, book, household)
    for place, line in enumerate(basket):
        find(session, Item, line["item"], at=f"basket.{place}.item")
    asked = {"household": household, "basket": [{"item": one["item"], "quantity": one["quantity"]} for one in basket]}
    request = ask(session, book=book, kind=OVERRIDE, by=clerk, now=now, asked=asked, reason=reason)
    return {"book": book, "n": request.n, "status": request.status}


@act
def allow_override(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, request: int
) -> dict[str, Any]:
    """Allow the basket that was asked for, as a second person; the keeper then hands it out."""
    asked = for_second_hand(session, book, request, kind=OVERRIDE, by=clerk)
    check_not_kin(session, clerk, book, asked.lines()["household"])
    decide(asked, "allowed")
    return {"book": book, "n": request, "status": asked.status}
