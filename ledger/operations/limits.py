"""Limits at the counter: what a household may still have of an item, and a second person's yes to more than that."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError, refuse_together
from ledger.journal import Entry, act, body_of, county_day
from ledger.registers.households import served
from ledger.registers.items import Item
from ledger.registers.limits import OVERRIDE, had, holds, limits_on, period_of, use
from ledger.registers.register import find
from ledger.registers.requests import Request, ask, decide, for_second_hand
from ledger.registers.staff import Staff, check_not_kin
from ledger.terms import N_, Role

Basket = list[dict[str, Any]]


class OverLimit(LedgerError):
    """When goods are few a household gets so many and no more, unless a second person says yes."""

    message = N_("%(name)s: a household gets at most %(most)s each %(per)s. Left: %(left)s, asked: %(asked)s.")


class NotTheBasket(LedgerError):
    """What was allowed is handed out as it was asked, once."""

    message = N_("Request %(n)s does not allow this basket, or not any more. Ask again.")
    field = "household"


class NotYourYes(LedgerError):
    """What one second person allowed another does not forbid."""

    message = N_("A yes is taken back by who gave it, or by the supervisor.")


@dataclass(frozen=True)
class Counted:
    """What a basket uses up of limits, {item, period, quantity}, and the request that allows more."""

    uses: Basket
    allowed: Request | None = None

    def facts(self) -> dict[str, Any]:
        """Return what the entry says of it: its reversal gives back exactly that."""
        override = {OVERRIDE: self.allowed.n} if self.allowed else {}
        return {**({"limits": self.uses} if self.uses else {}), **override}

    def notes(self) -> dict[str, str]:
        """Return why more was allowed, in words."""
        return {OVERRIDE: self.allowed.reason} if self.allowed else {}

    def keep(self, session: Session, book: str, household: str, number: int) -> None:
        """Count it, and note that the request has been used."""
        use(session, book, household, self.uses)
        if self.allowed:
            decide(self.allowed, "used", number)


def within_limits(
    session: Session, book: str, household: str, basket: Basket, day: date, override: int | None
) -> Counted:
    """Return what a basket uses up of limits on a day. Refuses every line beyond one, unless a request allows it."""
    allowed = None if override is None else allowed_by(session, book, household, basket, day, override)
    asked, last = quantities(basket), {line["item"]: place for place, line in enumerate(basket)}
    limits = {limited: most for limited, most in limits_on(session, book, day).items() if limited[0] in asked}
    before = had(session, book, household, day, limits)
    if allowed is None:
        refuse_together([
            OverLimit(
                name=session.get_one(Item, item).name, most=most, per=per, left=max(0, most - before[item, per]),
                asked=asked[item], at=f"basket.{last[item]}.quantity",
            )
            for (item, per), most in limits.items() if before[item, per] + asked[item] > most
        ])
    return Counted(uses_of(asked, limits, day), allowed)


def uses_of(asked: Counter[str], limits: Iterable[tuple[str, str]], day: date) -> Basket:
    """Return what goods use up of limits on a day, {item, period, quantity}."""
    return [
        {"item": item, "period": period_of(per, day), "quantity": asked[item]}
        for item, per in sorted(limits) if item in asked
    ]


def quantities(basket: Basket) -> Counter[str]:
    """Return how much of each item a basket holds, over all its lines."""
    asked: Counter[str] = Counter()
    for line in basket:
        asked[line["item"]] += line["quantity"]
    return asked


def allowed_by(session: Session, book: str, household: str, basket: Basket, day: date, n: int) -> Request:
    """Return the request that allows this very basket for this household on a day. Raises NotTheBasket."""
    request = session.get(Request, (book, n))
    if request is not None and holds(request, day):
        said = request.lines()
        if said["household"] == household and quantities(said["basket"]) == quantities(basket):
            return request
    raise NotTheBasket(n=n)


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
    """Allow the basket that was asked for, as a second person; the keeper then hands it out by the month's end."""
    asked = for_second_hand(session, book, request, kind=OVERRIDE, by=clerk)
    check_not_kin(session, clerk, book, asked.lines()["household"])
    day = county_day(session, now).isoformat()
    asked.asked = json.dumps({**asked.lines(), "allowed_by": clerk, "allowed_on": day}, sort_keys=True)
    decide(asked, "allowed")
    return {"book": book, "n": request, "status": asked.status}


def may_take_back(allowed: Request, staff: Staff) -> bool:
    """Tell whether somebody gave this yes or is the supervisor, and so takes it back until it is used."""
    mine = staff.role == Role.SUPERVISOR or staff.name == allowed.lines().get("allowed_by")
    return mine and staff.name != allowed.asked_by


def give_back(session: Session, entry: Entry) -> None:
    """Give back what a redemption used up of limits, and the yes to more than that: its basket may be handed out."""
    facts = body_of(entry)["facts"]
    if "limits" in facts:
        use(session, entry.book, facts["household"], facts["limits"], sign=-1)
    if OVERRIDE in facts:
        decide(session.get_one(Request, (entry.book, facts[OVERRIDE])), "allowed")
