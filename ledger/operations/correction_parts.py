"""What of a redemption a correction takes back: goods, their points, and what they had used up of limits."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.errors import LedgerError, refuse_together
from ledger.journal import Entry, body_of, moves_of
from ledger.registers.corrections import taken_back
from ledger.registers.items import Item
from ledger.registers.policy import policy
from ledger.registers.purses import paid
from ledger.registers.register import find
from ledger.terms import N_, Purse


class NothingLeft(LedgerError):
    """What has been taken back is not taken back again."""

    message = N_("All of this entry has been taken back already.")


class MoreThanHandedOut(LedgerError):
    """A correction takes back at most what was handed out and has not been taken back."""

    message = N_("%(name)s: of this entry %(held)s can be taken back, %(asked)s named.")


def parts_of(session: Session, entry: Entry, lines: list[dict[str, Any]] | None) -> Counter[int]:
    """Return how much of each posting is to be taken back: the goods, and their points, so that what stays is paid as a
    basket of that day is.

    Raises NothingLeft, and MoreThanHandedOut for all lines together.
    """
    # What was found to be more than the book had, as it was carried home, stays found when it comes back.
    moves = {line: move for line, move in enumerate(moves_of(entry), start=1) if move.source != chart.DIFFERENCE}
    done = taken_back(session, entry.book, entry.number)
    left = Counter({line: move.quantity - done[line] for line, move in moves.items()})
    points = [line for line, move in moves.items() if move.commodity == chart.POINT]
    if lines is None:
        lines = [
            {"item": move.commodity, "lot": move.lot, "quantity": left[line]}
            for line, move in moves.items() if line not in points and left[line]
        ]
    parts: Counter[int] = Counter()
    refusals: list[LedgerError] = []
    for place, want in enumerate(lines):
        item, lot = want["item"], want.get("lot")
        fitting = [line for line, move in moves.items() if move.commodity == item and lot in (None, move.lot)]
        held = sum(left[line] for line in fitting)
        if want["quantity"] > held:
            name = find(session, Item, item, at=f"lines.{place}.item").name
            refusals.append(
                MoreThanHandedOut(name=name, held=held, asked=want["quantity"], at=f"lines.{place}.quantity")
            )
        take(left, parts, fitting, want["quantity"])
    refuse_together(refusals)
    prices = body_of(entry)["facts"]["prices"]
    price = sum(prices.get(moves[line].commodity, 0) * many for line, many in parts.items())
    stays = still_paid(session, entry, {line: left[line] for line in points}, price)
    for line in reversed(points):
        part = min(price, left[line] - stays[line])
        take(left, parts, [line], part)
        price -= part
    if not parts:
        raise NothingLeft
    return parts


def still_paid(session: Session, entry: Entry, left: Mapping[int, int], back: int) -> dict[int, int]:
    """Return what of each posting of points stays when so many come back, by the settings of the redemption's day.

    What was over-issued comes back before any purse.
    """
    moves, rest = moves_of(entry), sum(left.values()) - back
    lines = {moves[line - 1].source.rpartition(":")[2]: line for line in left}
    has = {str(purse): left[lines[purse]] if purse in lines else 0 for purse in Purse}
    order = policy(session, entry.book, "spending_order", entry.occurred_on).split()
    beside = int(policy(session, entry.book, "support_beside_merit", entry.occurred_on))
    stays = paid(has, rest, order, beside)
    return {line: stays.get(purse, rest - sum(stays.values())) for purse, line in lines.items()}


def take(left: Counter[int], parts: Counter[int], lines: list[int], quantity: int) -> None:
    """Take a quantity from what is left of postings, in order."""
    for line in lines:
        part = min(quantity, left[line])
        if part:
            left[line] -= part
            parts[line] += part
            quantity -= part


def limits_of_parts(entry: Entry, parts: Counter[int]) -> list[dict[str, Any]]:
    """Return what the goods taken back had used up of limits, {item, period, quantity}."""
    goods = Counter[str]()
    for line, move in enumerate(moves_of(entry), start=1):
        goods[move.commodity] += parts[line]
    limits = body_of(entry)["facts"].get("limits", [])
    return [{**one, "quantity": goods[one["item"]]} for one in limits if goods[one["item"]]]
