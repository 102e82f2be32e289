"""Moving in: a household that left another outlet is taken into this one, with points, collectors, rights and card."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.errors import LedgerError, NotFound
from ledger.journal import Move, act, body_of, county_day, entry_of, post
from ledger.journal.serials import next_serial
from ledger.operations.answer import answer_of
from ledger.operations.life_events import copy_kin
from ledger.registers.households import Household, holder_of, take_in
from ledger.registers.limits import bring_uses
from ledger.registers.moves import moving_of
from ledger.registers.proxies import Proxy, known_as, proxies_of
from ledger.registers.register import add
from ledger.registers.staff import check_not_kin
from ledger.registers.support import SupportRight, rights_between
from ledger.terms import N_, EntryKind, Purse

MOVED_IN = "moved-in"


class TakenIn(LedgerError):
    """A household is taken in once."""

    message = N_("This household has been taken in already.")


@act
def take_household_in(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, sender: str, number: int
) -> dict[str, Any]:
    """Take a household in that moved here; `number` is the entry by which `sender` let it go."""
    row = moving_of(session, sender, number)
    if row.destination != book:
        raise NotFound(what=N_("move"))
    if row.taken is not None:
        raise TakenIn
    check_not_kin(session, clerk, sender, row.household)
    old, today = session.get_one(Household, (sender, row.household)), county_day(session, now)
    new = registered(session, old, book, by=clerk, now=now)
    rights = bring_rights(session, old, book, new, day=today, by=clerk, now=now)
    bring_uses(session, book, new, today, there=(sender, row.household))
    points, door = {Purse.SUPPORT: row.support, Purse.MERIT: row.merit}, chart.moved(sender)
    left = body_of(entry_of(session, sender, number))["facts"]
    entry = post(
        session, book=book, kind=EntryKind.MOVE, by=clerk, occurred_on=today, now=now, key=key,
        moves=[Move(door, chart.purse(new, purse), chart.POINT, many) for purse, many in points.items() if many],
        facts={
            "event": MOVED_IN, "household": new, "from": sender, "number": number, "there": row.household,
            "rate_fen": left["rate_there"], "rate_there": left["rate_fen"],
            **({"rights": rights} if rights else {}),
        },
    )
    row.taken, row.arrived = entry.number, new
    return answer_of(entry, household=new)


def registered(session: Session, old: Household, book: str, *, by: str, now: datetime) -> str:
    """Take the household into this register with what belongs to it; return its number here."""
    # A card that another household here holds already stays behind; the life page gives a new one.
    card = old.card if old.card and holder_of(session, book, old.card) is None else ""
    new = take_in(session, Household(
        book=book, number="", name=old.name, group=old.group, card=card, id_tail=old.id_tail,
    ), by=by, now=now)
    copy_kin(session, old, new)
    for one in proxies_of(session, old.book, old.number):
        known = known_as(session, book, one.name, one.phone)
        code = known.code if known else f"P{next_serial(session, book=book, kind='proxy')}"
        add(session, Proxy(
            book=book, household=new.number, code=code, name=one.name, relation=one.relation, phone=one.phone,
        ), by=by, now=now)
    return new.number


def bring_rights(
    session: Session, old: Household, book: str, new: str, *, day: date, by: str, now: datetime
) -> list[str]:
    """Let the rights to support points that still hold go on here, by the same papers, from the day of arrival or their
    own; return their first days here.
    """
    rights = rights_between(session, old.book, day, None, household=old.number)
    for right in rights:
        add(session, SupportRight(
            book=book, household=new, valid_from=max(day, right.valid_from), valid_through=right.valid_through,
            points_tenths=right.points_tenths, paper_number=right.paper_number,
        ), by=by, now=now)
    return [max(day, right.valid_from).isoformat() for right in rights]
