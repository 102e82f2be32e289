"""Purchase: money that was given becomes goods; each line names the receipt it spends, so the donor's chain holds."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.errors import LedgerError, Unknown, refuse_together
from ledger.journal import Move, act, body_of, entries_of, post, reversal_of
from ledger.operations.answer import answer_of
from ledger.operations.days import check_day
from ledger.operations.dispatch import check_items
from ledger.operations.donation import new_lot, shelve
from ledger.operations.serial import serial_facts
from ledger.registers.lots import Lot
from ledger.registers.money import MoneyReceipt, Supplier, money_left, yuan
from ledger.registers.register import in_use
from ledger.terms import COUNTY, N_, EntryKind, MoneySource, ValueBasis


class OnlyCountyBuys(LedgerError):
    """Money is held in one book, and so goods are bought in it."""

    message = N_("Only the county store holds money and buys goods.")


class BoughtTooOld(LedgerError):
    """Nobody buys what nobody may be given."""

    message = N_("%(item)s was best before %(day)s. Give it back to the supplier.")


class InvoiceBooked(LedgerError):
    """An invoice is paid once."""

    message = N_("Invoice %(invoice)s of this supplier is booked already, by entry %(number)s.")
    field = "invoice"


class NotEnoughMoney(LedgerError):
    """A receipt of money is spent once."""

    message = N_("Of %(receipt)s %(held)s yuan are left; this line costs %(asked)s yuan.")


class NoReceiptPays(LedgerError):
    """Union and public money is spent only by who names it."""

    message = N_("No single gift of money has the %(asked)s yuan this line costs. Choose the money to be spent.")


@act
def buy_goods(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    supplier: str,
    invoice: str,
    occurred_on: date,
    lines: list[dict[str, Any]],
) -> dict[str, Any]:
    """Buy goods for the county store. `lines` are {item, quantity, unit_value (fen), best_before?, receipt?}; each is
    paid whole from one receipt of money, and becomes a lot of the donor who gave that money.
    """
    if book != COUNTY:
        raise OnlyCountyBuys
    check_day(session, occurred_on, now)
    in_use(session, Supplier, supplier, at="supplier")
    check_new(session, supplier, invoice)
    check_items(session, lines)
    check_good(lines, occurred_on)
    receipts = receipts_to_spend(session, lines)
    lots = [bought_lot(session, line, receipt) for line, receipt in zip(lines, receipts, strict=True)]
    entry = post(
        session, book=book, kind=EntryKind.PURCHASE, by=clerk, occurred_on=occurred_on, now=now, key=key,
        moves=[move for lot in lots for move in moves_of_purchase(supplier, lot)],
        facts={
            "supplier": supplier, "invoice": invoice, "receipts": {lot.code: lot.receipt for lot in lots},
            **serial_facts(session, book, "purchase", occurred_on),
        },
    )
    shelve(session, lots, entry)
    return answer_of(entry, cost=sum(map(cost_of, lots)), lines=[
        {"item": lot.item, "lot": lot.code, "quantity": lot.quantity, "receipt": lot.receipt} for lot in lots
    ])


def check_new(session: Session, supplier: str, invoice: str) -> None:
    """Refuse an invoice that was booked and not reversed. A county buys some dozen times a year: each is looked at."""
    for entry in entries_of(session, COUNTY, kind=EntryKind.PURCHASE):
        facts = body_of(entry)["facts"]
        same = (facts["supplier"], facts["invoice"]) == (supplier, invoice)
        if same and reversal_of(session, COUNTY, entry.number) is None:
            raise InvoiceBooked(invoice=invoice, number=entry.number)


def check_good(lines: list[dict[str, Any]], day: date) -> None:
    """Refuse goods past their best-before, all lines at once."""
    refuse_together([
        BoughtTooOld(item=line["item"], day=line["best_before"].isoformat(), at=f"lines.{place}.best_before")
        for place, line in enumerate(lines) if line.get("best_before") and line["best_before"] < day
    ])


def receipts_to_spend(session: Session, lines: list[dict[str, Any]]) -> list[MoneyReceipt]:
    """Return for each line of a purchase the receipt that pays all of it. Raises for all lines together.

    A line names its receipt, else it takes the oldest gift that can pay it; other money is never taken unnamed.
    """
    purse = money_left(session)
    left = {receipt.code: held for receipt, held in purse}
    known = {receipt.code: receipt for receipt, _ in purse}
    gifts = [receipt.code for receipt, _ in purse if receipt.source == MoneySource.DONATED]
    chosen: dict[int, MoneyReceipt] = {}
    refusals: dict[int, LedgerError] = {}
    # Lines that name their money come first, so that no other line takes it from them.
    for place, line in sorted(enumerate(lines), key=lambda pair: not pair[1].get("receipt")):
        at, named, cost = f"lines.{place}.receipt", line.get("receipt"), line["quantity"] * line["unit_value"]
        found = next((code for code in ([named] if named else gifts) if left.get(code, 0) >= cost), None)
        if found:
            left[found] -= cost
            chosen[place] = known[found]
        elif not named:
            refusals[place] = NoReceiptPays(asked=yuan(cost), at=at)
        elif session.get(MoneyReceipt, named) is None:
            refusals[place] = Unknown(what=MoneyReceipt.word, code=named, at=at)
        else:
            refusals[place] = NotEnoughMoney(receipt=named, held=yuan(left.get(named, 0)), asked=yuan(cost), at=at)
    refuse_together([refusals[place] for place in sorted(refusals)])
    return [chosen[place] for place in range(len(lines))]


def bought_lot(session: Session, line: dict[str, Any], receipt: MoneyReceipt) -> Lot:
    """Return the lot a line becomes; it keeps the donor and the wish of the money."""
    kept = {"receipt": receipt.code, "wish": receipt.wish, "wish_outlets": receipt.wish_outlets}
    return new_lot(session, {**line, "basis": ValueBasis.INVOICE}, receipt.donor, COUNTY, **kept)


def cost_of(lot: Lot) -> int:
    """Return what a lot cost, in fen."""
    return lot.quantity * (lot.unit_value_fen or 0)


def moves_of_purchase(supplier: str, lot: Lot) -> list[Move]:
    """Return what a line moves: its money to the supplier, and its goods from there."""
    seller = chart.supplier(supplier)
    return [
        Move(chart.CASH, seller, chart.CNY, cost_of(lot), lot.receipt or ""),
        Move(seller, chart.STOCK, lot.item, lot.quantity, lot.code),
    ]
