"""The two purses: what of them can be spent, and which of them pays what of a price."""

from collections.abc import Mapping, Sequence

from ledger.terms import Purse


def spendable(has: Mapping[str, int], beside: int) -> int:
    """Return what can be spent at once, where each merit point lets `beside` support points be spent; 0: freely."""
    support = min(has[Purse.SUPPORT], has[Purse.MERIT] * beside) if beside else has[Purse.SUPPORT]
    return has[Purse.MERIT] + support


def paid(has: Mapping[str, int], price: int, order: Sequence[str], beside: int) -> dict[str, int]:
    """Return what each purse pays of a price, emptied in this order; together less than it where that is too much."""
    most = dict(has)
    if beside:
        # So much of the price may be support points that merit points pay the rest of it, 1 to so many.
        most[Purse.SUPPORT] = min(has[Purse.SUPPORT], price * beside // (beside + 1))
    spent = dict.fromkeys(map(str, Purse), 0)
    for purse in order:
        spent[purse] = min(most[purse], price)
        price -= spent[purse]
    return spent


def left_after(has: Mapping[str, int], price: int, order: Sequence[str], beside: int) -> int:
    """Return what can be spent after a price was paid; below zero what is missing."""
    spent = paid(has, price, order, beside)
    if sum(spent.values()) < price:
        return spendable(has, beside) - price
    return spendable({purse: has[purse] - spent[purse] for purse in has}, beside)
