"""Acceptance: what a slip for donated goods may say before anything is taken in."""

from datetime import date
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError, kept_in, refuse_together
from ledger.registers.items import Item
from ledger.registers.policy import policy
from ledger.registers.register import in_use
from ledger.registers.sites import Site
from ledger.terms import COUNTY, N_, ValueBasis, WishKind


class PastBestBefore(LedgerError):
    """Food past its best-before is refused at the door, not shelved."""

    message = N_("%(item)s was best before %(day)s. Write it under refused goods.")


class RefusedWithoutReason(LedgerError):
    """A donor who asks is told why."""

    message = N_("Say in words why these goods were refused.")


class WishWithoutWords(LedgerError):
    """A wish can be followed only if somebody knows which."""

    message = N_("Write down in words what the donor wishes.")
    field = "wish.text"


class WishForOutlets(LedgerError):
    """Outlets are named where the wish is for outlets."""

    message = N_("Outlets are named: choose “For named outlets”, or leave them out.")
    field = "wish.kind"


class ValuedOrNot(LedgerError):
    """What is not valued has no value."""

    message = N_("Leave the value empty for goods that are not valued, or say what the value rests on.")


class ValuedByCounty(LedgerError):
    """At an outlet two receive and check; what a gift is worth the county says, in the lot's page."""

    message = N_("The county values what an outlet receives. Leave the value empty.")


class MoneyOnlyInCounty(LedgerError):
    """Outlets hold goods and points; money is held in one place, by the county office."""

    message = N_("Only the county store takes in money. Send the donor to the county office.")


class MadeTooLate(LedgerError):
    """Goods are made first."""

    message = N_("Goods are made before they are brought and before they expire. Please check both days.")


class MadeWhen(LedgerError):
    """A share of shelf life is asked for; it takes two days to tell."""

    message = N_(
        "At least %(least)s per cent of the shelf life must be left here. Enter the day these goods were made."
    )


class ShelfLifeShort(LedgerError):
    """Food that is nearly over is a burden for a shop of slow turns."""

    message = N_(
        "%(item)s has %(share)s per cent of its shelf life left; at least %(least)s is asked here. "
        "Write it under refused goods."
    )


class NothingAccepted(LedgerError):
    """A donation of which nothing was accepted has no place in the book of goods."""

    message = N_("Nothing was accepted. Enter at least one line with a quantity.")
    field = "lines"


def check_lines(session: Session, book: str, lines: list[dict[str, Any]], occurred_on: date) -> None:
    """Refuse what a slip may not say, all lines at once."""
    least = int(policy(session, book, "shelf_life_least", occurred_on))
    cash = [place for place, line in enumerate(lines) if line.get("cash")]
    refusals: list[LedgerError] = [MoneyOnlyInCounty(at=f"lines.{place}.cash") for place in cash if book != COUNTY]
    for place, line in enumerate(lines):
        if line.get("cash"):
            continue
        with kept_in(refusals):
            in_use(session, Item, line["item"], at=f"lines.{place}.item")
        best_before = line.get("best_before")
        if line.get("quantity") and best_before and best_before < occurred_on:
            at = f"lines.{place}.best_before"
            refusals.append(PastBestBefore(item=line["item"], day=best_before.isoformat(), at=at))
        if line.get("refused") and not line.get("reason"):
            refusals.append(RefusedWithoutReason(at=f"lines.{place}.reason"))
        if line.get("unit_value") and line.get("basis") == ValueBasis.NONE:
            refusals.append(ValuedOrNot(at=f"lines.{place}.unit_value"))
        if line.get("unit_value") and book != COUNTY:
            refusals.append(ValuedByCounty(at=f"lines.{place}.unit_value"))
        refusals += refused_shelf_life(line, place, occurred_on, least)
    refuse_together(refusals)
    if not any(line.get("quantity") or line.get("cash") for line in lines):
        raise NothingAccepted


def refused_shelf_life(line: dict[str, Any], place: int, day: date, least: int) -> list[LedgerError]:
    """Return why an accepted line has too little of its shelf life left, if a least share is asked for."""
    made, best = line.get("made_on"), line.get("best_before")
    if made and (made > day or (best and made >= best)):
        return [MadeTooLate(at=f"lines.{place}.made_on")]
    if not (line.get("quantity") and best and best >= day and least):
        return []
    if not made:
        return [MadeWhen(least=least, at=f"lines.{place}.made_on")]
    share = (best - day).days * 100 // (best - made).days
    named = {"item": line["item"], "share": share, "least": least, "at": f"lines.{place}.best_before"}
    return [ShelfLifeShort(**named)] if share < least else []


def check_wish(session: Session, wish: dict[str, Any]) -> None:
    """Refuse a wish nobody can follow: without words or outlets, or naming outlets there are not."""
    kind, outlets = wish.get("kind") or WishKind.NONE, wish.get("outlets") or []
    if outlets and kind != WishKind.OUTLETS:
        raise WishForOutlets
    for code in outlets:
        in_use(session, Site, code, at="wish.outlets")
    if kind != WishKind.NONE and not outlets and not wish.get("text"):
        raise WishWithoutWords
