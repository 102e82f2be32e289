"""The household's own page: opened by a code on its card where the household wants it, and shut again."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from ledger.journal import act
from ledger.registers.household_pages import open_page, page_of
from ledger.registers.households import Household, check_served
from ledger.registers.register import find, note_change
from ledger.registers.staff import check_not_kin


@act
def switch_page(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, household: str, digest: str, on: int
) -> dict[str, Any]:
    """Open a household's page to a new code, of which the digest is kept, or shut it; the code before dies either way.

    It is noted in the household's changes. Answer and changes hold no code.
    """
    row = find(session, Household, book, household)
    check_not_kin(session, clerk, book, household)
    page = page_of(session, row)
    if on:
        open_page(session, check_served(row, household), key, digest)
    elif page:
        # No code opens it any more.
        page.digest = None
    note_change(session, row, "page", int(page is not None), on, by=clerk, now=now)
    return {"household": household, "on": on}
