"""Own awards: who scored an award does not hand out goods for its points."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import bindparam, exists, func, or_, select
from sqlmodel import Session, col

from ledger import chart
from ledger.errors import LedgerError
from ledger.journal import on_hand
from ledger.registers.deeds import ON_LINE, Deed
from ledger.registers.objections import Objection
from ledger.registers.sheets import Sheet, SheetLine
from ledger.registers.successors import stands_for
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
# that was put right stands on an earlier sheet than the right one, which has this line alone. What was given to a
# household that was inherited or merged is in the purse of the one that took it over.
LINES = (
    select(SheetLine.n, SheetLine.line, SheetLine.household, LEFT, SheetLine.status, MINE, Objection.corrected)
    .join(Sheet, (col(Sheet.book) == SheetLine.book) & (col(Sheet.n) == SheetLine.n))
    .outerjoin(
        Objection,
        (col(Objection.book) == SheetLine.book) & (col(Objection.sheet) == SheetLine.n)
        & (col(Objection.line) == SheetLine.line) & col(Objection.corrected).is_not(None),
    )
    .where(
        SheetLine.book == bindparam("book"), col(SheetLine.household).in_(bindparam("households", expanding=True)),
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
    # The newest awards lie on top of what is held; the basket takes from the bottom. Of what two households that became
    # one were given, nobody knows which is spent: a line may lie as high as under its own household's newer ones alone,
    # and as low as under those of all.
    holds = on_hand(session, book, chart.purse(household, Purse.MERIT), chart.POINT)
    newer = Counter[str]()
    asked = {
        "clerk": clerk, "book": book, "households": stands_for(session, book, household),
        "since": f"{day.year - 1}-{day.month:02}",
    }
    for n, line, given_to, points, mine in reversed(credited(session.execute(LINES, asked))):
        still_there = newer[given_to] < holds
        newer[given_to] += points
        if mine and still_there and holds - newer.total() < spent:
            raise OwnAward(sheet=n, line=line)


def credited(lines: Iterable[Any]) -> list[tuple[int, int, str, int, bool]]:
    """Return (sheet, line, household, points, mine) of the lines that were credited, the oldest first."""
    found, mine_before = [], set[int]()
    # Sorted here: asked to sort, SQLite would walk all sheets of the book in their order.
    for n, line, household, points, status, mine, corrected in sorted(lines, key=lambda line: (line[0], line[1])):
        mine = mine or n in mine_before
        if mine and corrected:
            mine_before.add(corrected)
        if status == LineStatus.CREDITED:
            found.append((n, line, household, points, mine))
    return found
