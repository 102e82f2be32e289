"""Own awards: who scored an award does not hand out goods for its points."""

from datetime import date

from sqlalchemy import bindparam, exists, or_, select
from sqlmodel import Session, col

from ledger import chart
from ledger.errors import LedgerError
from ledger.journal import Place, held
from ledger.registers.deeds import Deed
from ledger.registers.sheets import Sheet, SheetLine
from ledger.terms import N_, LineStatus, Purse


class OwnAward(LedgerError):
    """Who scored an award never serves the counter for it."""

    message = N_(
        "You scored an award that would be spent here (sheet %(sheet)s, line %(line)s). Another storekeeper of this "
        "outlet serves this household."
    )
    field = "household"


MINE = or_(
    col(Sheet.drawn_by) == bindparam("clerk"),
    exists().where(
        col(Deed.book) == SheetLine.book, col(Deed.household) == SheetLine.household,
        col(Deed.rule) == SheetLine.rule, col(Deed.sheet) == SheetLine.n, col(Deed.by) == bindparam("clerk"),
    ),
)
# Asked at every redemption, by household and the months of one year, so the cost does not grow with the years.
AWARDS = (
    select(SheetLine.n, SheetLine.line, SheetLine.points_tenths, MINE)
    .join(Sheet, (col(Sheet.book) == SheetLine.book) & (col(Sheet.n) == SheetLine.n))
    .where(
        SheetLine.book == bindparam("book"), SheetLine.household == bindparam("household"),
        SheetLine.period >= bindparam("since"), SheetLine.status == LineStatus.CREDITED, Sheet.purse == Purse.MERIT,
    )
    .order_by(col(SheetLine.n).desc(), col(SheetLine.line).desc())
)


def check_not_scored(session: Session, clerk: str, book: str, household: str, spent: int, day: date) -> None:
    """Refuse to take merit points that this person scored, as recorder of the deed or drawer of the sheet.

    Points are spent in the order they were given, the oldest first; looked at are the awards of the last twelve months.
    """
    if not spent:
        return
    place = Place(chart.purse(household, Purse.MERIT), chart.POINT, "")
    # The newest awards lie on top of what is held; the basket takes from the bottom.
    below = held(session, book, [place])[place]
    asked = {"clerk": clerk, "book": book, "household": household, "since": f"{day.year - 1}-{day.month:02}"}
    for n, line, points, mine in session.execute(AWARDS, asked):
        if below <= 0:
            return
        below -= points
        if mine and below < spent:
            raise OwnAward(sheet=n, line=line)
