"""The line that proves a book: what was issued is held, redeemed, lapsed or taken back."""

from sqlalchemy import case, func, select
from sqlmodel import Session

from ledger import chart
from ledger.journal import Balance


def points_proof(session: Session, *books: str) -> dict[str, int]:
    """Return points issued, held, redeemed, lapsed and withdrawn in books (or all), in tenths, and the difference."""
    part = case(
        (Balance.account.startswith("fund:"), "issued"),
        (Balance.account.startswith("purse:"), "held"),
        (Balance.account == chart.REDEEMED, "redeemed"),
        (Balance.account == chart.LAPSED, "lapsed"),
        (Balance.account == chart.WITHDRAWN, "withdrawn"),
        (Balance.account == chart.OPENING, "issued"),
        (Balance.account == chart.OVER_ISSUED, "over_issued"),
        else_="moved",
    )
    query = select(part, func.sum(Balance.quantity)).where(Balance.commodity == chart.POINT).group_by(part)
    if books:
        query = query.where(Balance.book.in_(books))
    sums = dict.fromkeys(("issued", "held", "redeemed", "lapsed", "withdrawn", "moved", "over_issued"), 0)
    sums.update({name: int(total) for name, total in session.execute(query)})
    sums["issued"] = -sums["issued"]
    sums["difference"] = sums["issued"] - sum(total for name, total in sums.items() if name != "issued")
    return sums
