"""Money given to the county: a receipt for each amount, and which receipts a purchase spends."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.errors import LedgerError, Unknown, refuse_together
from ledger.journal import Move
from ledger.registers.money import MoneyReceipt, money_left, next_receipt_code
from ledger.terms import COUNTY, N_, MoneySource, WishKind


class MoneyOnlyInCounty(LedgerError):
    """Outlets hold goods and points; money is held in one place, by the county office."""

    message = N_("Only the county store takes in money. Send the donor to the county office.")


class NotEnoughMoney(LedgerError):
    """A receipt of money is spent once."""

    message = N_("Of %(receipt)s %(held)s yuan are left; this line costs %(asked)s yuan.")


class NoReceiptPays(LedgerError):
    """Union and public money is spent only by who names it."""

    message = N_("No single gift of money has the %(asked)s yuan this line costs. Choose the money to be spent.")


def yuan(fen: int) -> str:
    """Return an amount as it is written in a sentence."""
    return f"{fen // 100}.{fen % 100:02d}"


def refused_money(book: str, lines: Sequence[dict[str, Any]]) -> list[LedgerError]:
    """Return a refusal for each line of money that came to another book than the county's."""
    named = [place for place, line in enumerate(lines) if line.get("cash")]
    return [] if book == COUNTY else [MoneyOnlyInCounty(at=f"lines.{place}.cash") for place in named]


def new_receipt(session: Session, line: dict[str, Any], donor: str, book: str, wish: dict[str, str]) -> MoneyReceipt:
    """Return a new receipt for a line of money; its entry is not numbered yet."""
    return MoneyReceipt(
        code=next_receipt_code(session), source=line.get("source") or MoneySource.DONATED, donor=donor,
        amount_fen=line["cash"], book=book, number=0, wish=wish["wish"], wish_outlets=wish["wish_outlets"],
    )


def money_in(receipt: MoneyReceipt) -> Move:
    """Return the move by which money comes in."""
    return Move(chart.donor(receipt.donor), chart.CASH, chart.CNY, receipt.amount_fen, receipt.code)


def receipts_to_spend(session: Session, lines: list[dict[str, Any]]) -> list[MoneyReceipt]:
    """Return for each line of a purchase the receipt that pays all of it. Raises for all lines together.

    A line names its receipt, else it takes the oldest gift that can pay it; other money is never taken unnamed.
    """
    purse = money_left(session)
    left = {receipt.code: held for receipt, held in purse}
    known = {receipt.code: receipt for receipt, _ in purse}
    chosen: dict[int, MoneyReceipt] = {}
    refusals: dict[int, LedgerError] = {}
    # Lines that name their money come first, so that no other line takes it from them.
    for place, line in sorted(enumerate(lines), key=lambda pair: not pair[1].get("receipt")):
        at, named, cost = f"lines.{place}.receipt", line.get("receipt"), line["quantity"] * line["unit_value"]
        gifts = [receipt.code for receipt, _ in purse if receipt.source == MoneySource.DONATED]
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


def wish_of(wish: dict[str, Any] | None) -> dict[str, str]:
    """Return a donor's wish as it is kept beside goods and money: its kind, and the outlets it names."""
    said = wish or {}
    kind = said.get("kind") or WishKind.NONE
    return {"wish": "" if kind == WishKind.NONE else str(kind), "wish_outlets": " ".join(said.get("outlets") or [])}
