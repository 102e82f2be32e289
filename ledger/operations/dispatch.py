"""Dispatch: goods leave one site for another and are on the road until they arrive."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.errors import LedgerError, kept_in, refuse_together
from ledger.journal import Move, act, post
from ledger.journal.road import put_on_the_road
from ledger.operations.answer import answer_of
from ledger.operations.days import check_day
from ledger.operations.lots import Parts, Wanted, choose_lots, shelf_of
from ledger.operations.serial import serial_facts
from ledger.operations.wish import meant_for, refused_by_wish
from ledger.registers.items import Item
from ledger.registers.lots import Lot
from ledger.registers.register import in_use
from ledger.registers.sites import Site
from ledger.terms import N_, EntryKind


class ToItself(LedgerError):
    """Goods do not travel to where they are."""

    message = N_("Choose another site: the goods are here already.")
    field = "to"


@act
def send_goods(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    to: str,
    occurred_on: date,
    lines: list[dict[str, Any]],
    consent: str | None = None,
    carrier: str | None = None,
) -> dict[str, Any]:
    """Send goods from a site's shelf to another site. `lines` are {item, quantity, lot?}; without a lot the first to
    expire goes first, and nothing expired is sent. `consent` is the number of the paper by which a donor agrees that
    goods go where they were not meant for; `carrier` is words: who drives, and the plate.
    """
    check_day(session, occurred_on, now)
    check_destination(session, book, to)
    parts = parts_to_send(session, book, to, lines, occurred_on, consent)
    moves = moves_to(to, parts)
    entry = post(
        session, book=book, kind=EntryKind.DISPATCH, by=clerk, occurred_on=occurred_on, now=now, key=key, moves=moves,
        facts={
            "to": to, **consent_facts(consent), **serial_facts(session, book, "dispatch", occurred_on),
        },
        notes={"carrier": carrier or ""},
    )
    put_on_the_road(session, book=book, number=entry.number, destination=to, moves=moves)
    sent = [{"item": lot.item, "lot": lot.code, "quantity": quantity} for lot, quantity in parts]
    return answer_of(entry, to=to, lines=sent)


def check_destination(session: Session, book: str, to: str) -> None:
    """Refuse an unknown or retired site, and the sender itself."""
    in_use(session, Site, to, at="to")
    if to == book:
        raise ToItself


def consent_facts(consent: str | None) -> dict[str, str]:
    """Return the number of the donor's consent as a fact, if there is one."""
    return {"consent": consent} if consent else {}


def parts_to_send(
    session: Session, book: str, to: str, lines: list[dict[str, Any]], day: date, consent: str | None
) -> Parts:
    """Return the lots and quantities to send, lines of the same lot together."""
    check_items(session, lines)
    shelf = shelf_of(session, book, sorted({line["item"] for line in lines}))
    asked = [Wanted(line["item"], line["quantity"], line.get("lot") or None) for line in lines]
    if not consent:
        refuse_together(refused_by_wish(session, shelf, asked, to, day, at=lambda place: f"lines.{place}.quantity"))
        shelf = meant_for(shelf, to)
    together: dict[str, tuple[Lot, int]] = {}
    for parts in choose_lots(session, shelf, asked, day, at="lines"):
        for lot, quantity in parts:
            together[lot.code] = (lot, quantity + together.get(lot.code, (lot, 0))[1])
    return list(together.values())


def moves_to(to: str, parts: Parts) -> list[Move]:
    """Return the moves of goods from the shelf onto the road to a site."""
    return [Move(chart.STOCK, chart.sent(to), lot.item, quantity, lot.code) for lot, quantity in parts]


def check_items(session: Session, lines: list[dict[str, Any]], *, at: str = "lines") -> None:
    """Refuse unknown items, all at once."""
    refusals: list[LedgerError] = []
    for place, line in enumerate(lines):
        with kept_in(refusals):
            in_use(session, Item, line["item"], at=f"{at}.{place}.item")
    refuse_together(refusals)
