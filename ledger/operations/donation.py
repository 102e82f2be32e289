"""Donation: goods are checked and taken onto the shelf, each line a new lot of its donor; money is taken in."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.journal import Booked, Move, act, post
from ledger.operations.acceptance import check_lines, check_wish
from ledger.operations.answer import answer_of
from ledger.operations.days import check_day
from ledger.operations.serial import serial_facts
from ledger.registers.donors import Donor
from ledger.registers.items import Item
from ledger.registers.lots import Lot, next_lot_code
from ledger.registers.money import MoneyReceipt, next_receipt_code
from ledger.registers.register import find, in_use
from ledger.terms import EntryKind, MoneySource, WishKind


@act
def accept_donation(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    donor: str,
    occurred_on: date,
    lines: list[dict[str, Any]],
    wish: dict[str, Any] | None = None,
    agreement: str | None = None,
    receipt_code: str | None = None,
    receipt_number: str | None = None,
) -> dict[str, Any]:
    """Take donated goods onto the shelf, and money into the county's cash; each accepted line becomes a lot, or a
    receipt of money, that keeps its donor in every book.

    `lines` are {item, quantity, made_on?, best_before?, unit_value? (fen), basis?, condition?, refused?, reason?} or
    {cash (fen), source?}; `wish` is {kind, text?, outlets?}; the other numbers are those of the donor's papers.
    """
    check_day(session, occurred_on, now)
    in_use(session, Donor, donor, at="donor")
    check_lines(session, book, lines, occurred_on)
    wish = wish or {}
    check_wish(session, wish)
    kept = wish_of(wish)
    lots = [new_lot(session, line, donor, book, **kept) for line in lines if line.get("quantity")]
    receipts = [new_receipt(session, line, donor, book, **kept) for line in lines if line.get("cash")]
    papers = {"agreement": agreement, "receipt_code": receipt_code, "receipt_number": receipt_number}
    giver = chart.donor(donor)
    goods_in = [Move(giver, chart.STOCK, lot.item, lot.quantity, lot.code) for lot in lots]
    money_in = [Move(giver, chart.CASH, chart.CNY, receipt.amount_fen, receipt.code) for receipt in receipts]
    entry = post(
        session, book=book, kind=EntryKind.DONATION, by=clerk, occurred_on=occurred_on, now=now, key=key,
        moves=[*goods_in, *money_in], notes=notes_of(session, lines, wish),
        facts={
            "donor": donor, **facts_of(lines, wish), **{name: number for name, number in papers.items() if number},
            **serial_facts(session, book, "donation", occurred_on),
        },
    )
    shelve(session, [*lots, *receipts], entry)
    return answer_of(
        entry, lines=[{"item": lot.item, "lot": lot.code, "quantity": lot.quantity} for lot in lots],
        **({"receipts": [{"receipt": one.code, "cash": one.amount_fen} for one in receipts]} if receipts else {}),
    )


def wish_of(wish: dict[str, Any]) -> dict[str, str]:
    """Return a donor's wish as it is kept beside goods and money: its kind, and the outlets it names."""
    kind = wish.get("kind") or WishKind.NONE
    return {"wish": "" if kind == WishKind.NONE else str(kind), "wish_outlets": " ".join(wish.get("outlets") or [])}


def new_lot(
    session: Session, line: dict[str, Any], donor: str, book: str, *, wish: str | None = None,
    wish_outlets: str | None = None, receipt: str | None = None,
) -> Lot:
    """Return a new lot for an accepted line; its entry is not numbered yet."""
    value = line.get("unit_value")
    return Lot(
        code=next_lot_code(session), item=line["item"], donor=donor, book=book, number=0, quantity=line["quantity"],
        best_before=line.get("best_before"), unit_value_fen=value, made_on=line.get("made_on"),
        value_basis=line.get("basis") if value else None, wish=wish or None, wish_outlets=wish_outlets or None,
        receipt=receipt,
    )


def new_receipt(session: Session, line: dict[str, Any], donor: str, book: str, **kept: Any) -> MoneyReceipt:
    """Return a new receipt for a line of money; its entry is not numbered yet."""
    return MoneyReceipt(
        code=next_receipt_code(session), source=line.get("source") or MoneySource.DONATED, donor=donor,
        amount_fen=line["cash"], book=book, number=0, **kept,
    )


def shelve(session: Session, lots: Sequence[Lot | MoneyReceipt], entry: Booked) -> None:
    """Enter lots, or receipts of money, in their register, with the entry that took them in."""
    for lot in lots:
        lot.number = entry.number
    session.add_all(lots)


def facts_of(lines: list[dict[str, Any]], wish: dict[str, Any]) -> dict[str, Any]:
    """Return the wish, on which lines of the slip the lots stand, and what was refused, in codes and numbers."""
    numbered = list(enumerate(lines, start=1))
    refused = [
        {
            "line": n, "item": line["item"], "quantity": line["refused"],
            **{day: line[day].isoformat() for day in ("made_on", "best_before") if line.get(day)},
        }
        for n, line in numbered if line.get("refused")
    ]
    return {
        "wish": str(wish.get("kind") or WishKind.NONE),
        "lines": [n for n, line in numbered if line.get("quantity")],
        **({"outlets": wish["outlets"]} if wish.get("outlets") else {}),
        **({"refused": refused} if refused else {}),
    }


def notes_of(session: Session, lines: list[dict[str, Any]], wish: dict[str, Any]) -> dict[str, str]:
    """Return the free words of the slip: the wish, in what condition goods are, and why some were refused.

    Each has the number of its line: what the goods are called may change.
    """
    told = {
        name: "\n".join(
            f"{n}. {find(session, Item, line['item']).called} ({line['item']}): {line[word]}"
            for n, line in enumerate(lines, start=1) if line.get(word) and (name != "refused" or line.get("refused"))
        )
        for name, word in (("condition", "condition"), ("refused", "reason"))
    }
    return {"wish": wish.get("text") or "", **told}
