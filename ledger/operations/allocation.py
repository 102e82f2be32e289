"""Allocation: the county gives goods out to many outlets by one decision; one dispatch for each, all or nothing."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError, kept_in, refuse_together
from ledger.journal import Draft, act, post_all
from ledger.journal.road import put_on_the_road
from ledger.operations.answer import answer_of
from ledger.operations.days import check_day
from ledger.operations.dispatch import ToItself, check_items, moves_to
from ledger.operations.lots import Parts, Shelf, Wanted, choose_lots, is_expired, shelf_of, short
from ledger.operations.serial import serial_facts
from ledger.operations.wish import GivenForOthers, meant_for, refused_by_wish
from ledger.registers.allocations import Allocation, next_allocation
from ledger.registers.register import in_use
from ledger.registers.sites import Site
from ledger.terms import N_, EntryKind


class NamedTwice(LedgerError):
    """Goods have one line, so that its sum is theirs."""

    message = N_("%(item)s stands on two lines. Put the quantities on one.")


class TotalDiffers(LedgerError):
    """A total that was stated is what the shares come to, or one of them was mistyped."""

    message = N_("The shares come to %(shares)s, and %(total)s was to be given out. Change one of them.")


class NothingGivenOut(LedgerError):
    """An allocation gives something to somebody."""

    message = N_("Enter at least one quantity for an outlet.")
    field = "goods"


def share_out(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Share a whole number out by weight, exactly: each gets its whole part, and the largest remainders one more."""
    # Where nobody weighs anything all count the same.
    by = dict(weights) if any(weights.values()) else dict.fromkeys(weights, 1)
    whole = sum(by.values())
    shares = {code: total * weight // whole for code, weight in by.items()}
    rest = sorted(by, key=lambda code: -(total * by[code] % whole))
    return {code: share + (code in rest[: total - sum(shares.values())]) for code, share in shares.items()}


@act
def allocate_goods(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    decision: str,
    occurred_on: date,
    goods: list[dict[str, Any]],
) -> dict[str, Any]:
    """Give goods out to many outlets. `goods` are {item, shares: {outlet: quantity}, quantity? (their sum)}; `decision`
    is the number of the paper by which it was decided. What an outlet gets expires first; what a donor meant for others
    it does not get.
    """
    check_day(session, occurred_on, now)
    wanted = wanted_by_outlet(session, book, goods)
    shelf = shelf_of(session, book, sorted({line["item"] for line in goods}))
    check_enough(session, shelf, goods, occurred_on)
    parts = parts_of(session, shelf, goods, wanted, occurred_on)
    moves = {to: moves_to(to, chosen) for to, chosen in parts.items()}
    n = next_allocation(session, book)
    facts = {"decision": decision, "allocation": n}
    drafts = [
        Draft(EntryKind.DISPATCH, legs, {"to": to, **facts, **serial_facts(session, book, "dispatch", occurred_on)})
        for to, legs in moves.items()
    ]
    notes = post_all(session, book=book, drafts=drafts, by=clerk, occurred_on=occurred_on, now=now, key=key)
    for note, to in zip(notes, moves, strict=True):
        put_on_the_road(session, book=book, number=note.number, destination=to, moves=moves[to])
    first, last = notes[0].number, notes[-1].number
    session.add(Allocation(book=book, n=n, decision=decision, occurred_on=occurred_on, first=first, last=last))
    return answer_of(notes[0], n=n, last=last)


def wanted_by_outlet(session: Session, book: str, goods: list[dict[str, Any]]) -> dict[str, list[Wanted]]:
    """Return how much of each item each outlet is to get. Refuses unknown goods and sites, all at once."""
    check_items(session, goods, at="goods")
    wanted: dict[str, list[Wanted]] = {}
    first = {to: place for place, line in reversed(list(enumerate(goods))) for to in line["shares"]}
    refusals: list[LedgerError] = [ToItself(at=f"goods.{first[book]}.shares.{book}")] if book in first else []
    for to in sorted(first):
        with kept_in(refusals):
            in_use(session, Site, to, at=f"goods.{first[to]}.shares.{to}")
        wanted[to] = [Wanted(line["item"], line["shares"][to]) for line in goods if line["shares"].get(to)]
    refuse_together(refusals)
    if not any(wanted.values()):
        raise NothingGivenOut
    return {to: asked for to, asked in wanted.items() if asked}


def check_enough(session: Session, shelf: Shelf, goods: list[dict[str, Any]], day: date) -> None:
    """Refuse goods of which more is given out than there is, or other than was stated, all at once, with both numbers.
    """
    refusals: list[LedgerError] = []
    for place, line in enumerate(goods):
        if line["item"] in [other["item"] for other in goods[:place]]:
            refusals.append(NamedTwice(item=line["item"], at=f"goods.{place}.item"))
        asked, lots = sum(line["shares"].values()), shelf.get(line["item"], [])
        if line.get("quantity") and line["quantity"] != asked:
            refusals.append(TotalDiffers(shares=asked, total=line["quantity"], at=f"goods.{place}.quantity"))
        held = sum(quantity for lot, quantity in lots if not is_expired(lot, day))
        if asked > held:
            expired = sum(quantity for _, quantity in lots) - held
            refusals.append(short(session, Wanted(line["item"], asked), held, expired, at=f"goods.{place}.item"))
    refuse_together(refusals)


def parts_of(
    session: Session, shelf: Shelf, goods: list[dict[str, Any]], wanted: dict[str, list[Wanted]], day: date
) -> dict[str, Parts]:
    """Return the lots each outlet gets, in the order of their codes. Raises for what only others were meant to get."""
    places = {line["item"]: place for place, line in enumerate(goods)}
    parts: dict[str, Parts] = {}
    refusals: list[LedgerError] = []
    for to, asked in wanted.items():
        fields = [f"goods.{places[want.item]}.shares.{to}" for want in asked]
        refused = refused_by_wish(session, shelf, asked, to, day, at=fields.__getitem__, refusal=GivenForOthers)
        refusals += refused
        if not refused:
            chosen = choose_lots(session, meant_for(shelf, to), asked, day, at="goods")
            parts[to] = [part for line in chosen for part in line]
            shelf = without(shelf, parts[to])
    refuse_together(refusals)
    return parts


def without(shelf: Shelf, parts: Parts) -> Shelf:
    """Return what is left of a shelf when some of it has been taken."""
    taken = {lot.code: quantity for lot, quantity in parts}
    return {
        item: [(lot, held - taken.get(lot.code, 0)) for lot, held in lots if held > taken.get(lot.code, 0)]
        for item, lots in shelf.items()
    }
