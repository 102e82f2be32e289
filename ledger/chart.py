"""The accounts of a book, their names, and which of them may go below zero."""

STOCK = "stock"
SET_ASIDE = "set-aside"
HANDED_OUT = "handed-out"
WRITTEN_OFF = "written-off"
OVER_ISSUED = "over-issued"
DIFFERENCE = "difference"
OPENING = "opening"
CASH = "cash"
REDEEMED = "redeemed"
LAPSED = "lapsed"
WITHDRAWN = "withdrawn"

POINT = "POINT"
"""The commodity of points, counted in tenths."""

CNY = "CNY"
"""The commodity of money, counted in fen."""

_SOURCES = (OPENING, OVER_ISSUED, DIFFERENCE)
_SOURCE_FAMILIES = ("donor:", "supplier:", "received:", "fund:", "moved:")


def donor(code: str) -> str:
    """Name the account goods of this donor come from."""
    return f"donor:{code}"


def supplier(code: str) -> str:
    """Name the account money for goods goes to, and the goods come from."""
    return f"supplier:{code}"


def sent(book: str) -> str:
    """Name the account of goods sent to another site."""
    return f"sent:{book}"


def received(book: str) -> str:
    """Name the account of goods received from another site."""
    return f"received:{book}"


def moved(book: str) -> str:
    """Name the account of points that a household took to another outlet, or brought from there."""
    return f"moved:{book}"


def fund(purse: str) -> str:
    """Name the account points of this purse are given from."""
    return f"fund:{purse}"


def purse(household: str, kind: str) -> str:
    """Name one purse of one household."""
    return f"purse:{household}:{kind}"


def may_go_below_zero(account: str) -> bool:
    """Tell whether an account is a source, whose balance says how much has come out of it."""
    return account in _SOURCES or account.startswith(_SOURCE_FAMILIES)
