"""Own awards: who scored an award does not hand out goods for its points."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import bindparam, exists, func, or_, select
from sqlmodel import Session, col

from ledger import chart
from ledger.errors import LedgerError
from ledger.journal import Place, held
from ledger.registers.deeds import ON_LINE, Deed
from ledger.registers.objections import Objection
from ledger.registers.sheets import Sheet, SheetLine
from ledger.terms import N_, LineStatus, Purse


class OwnAward(LedgerError):
    """Who scored an award never serves the counter for it."""

    message = N_(
        "You scored an award that would be spent here (sheet %(sheet)s, line %(line)s). Another storekeeper of this "
        "outlet serves this household."
    )
    field = "household"


MINE = or_(col(Sheet.drawn_by) == bindparam("clerk"), exists().where(ON_LINE, col(Deed.by) == bindparam("clerk")))
LEFT = col(SheetLine.points_tenths) - func.coalesce(col(SheetLine.taken_tenths), 0)
# Asked at every redemption, by household and the months of one year, so the cost does not grow with the years. A line
# that was put right stands on an earlier sheet than the right one, which has this line alone.
LINES = (
    select(SheetLine.n, SheetLine.line, LEFT, SheetLine.status, MINE, Objection.corrected)
    .join(Sheet, (col(Sheet.book) == SheetLine.book) & (col(Sheet.n) == SheetLine.n))
    .outerjoin(
        Objection,
        (col(Objection.book) == SheetLine.book) & (col(Objection.sheet) == SheetLine.n)
        & (col(Objection.line) == SheetLine.line) & col(Objection.corrected).is_not(None),
    )
    .where(
        SheetLine.book == bindparam("book"), SheetLine.household == bindparam("household"),
        SheetLine.period >= bindparam("since"), Sheet.purse == Purse.MERIT,
        col(SheetLine.status).in_((LineStatus.CREDITED, LineStatus.WITHDRAWN)),
    )
)


def check_not_scored(session: Session, clerk: str, book: str, household: str, spent: int, day: date) -> None:
    """Refuse to take merit points that this person scored: recorded the deed, drew up the sheet, or did so of the line
    that an answer to an objection put right.

    Points are spent in the order they were given, the oldest first; looked at are the awards of the last twelve months.
    """
    if not spent:
        return
    place = Place(chart.purse(household, Purse.MERIT), chart.POINT, "")
    # The newest awards lie on top of what is held; the basket takes from the bottom.
    below = held(session, book, [place])[place]
    asked = {"clerk": clerk, "book": book, "household": household, "since": f"{day.year - 1}-{day.month:02}"}
    for n, line, points, mine in reversed(credited(session.execute(LINES, asked))):
        if below <= 0:
            return
        below -= points
        if mine and below < spent:
            raise OwnAward(sheet=n, line=line)


def credited(lines: Iterable[Any]) -> list[tuple[int, int, int, bool]]:
    """Return (sheet, line, points, mine) of the lines that were credited, the oldest first."""
    found, mine_before = [], set[int]()
    # Sorted here: asked to sort, SQLite would walk all sheets of the book in their order.
    for n, line, points, status, mine, corrected in sorted(lines, key=lambda line: (line[0], line[1])):
        mine = mine or n in mine_before
        if mine and corrected:
            mine_before.add(corrected)
        if status == LineStatus.CREDITED:
            found.append((n, line, points, mine))
    return found
