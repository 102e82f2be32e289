"""Lapse 年终结转: what is held above the carry-over at a period's end lapses, after a notice and by a second hand."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ledger import chart
from ledger.errors import LedgerError
from ledger.journal import Balance, Move, act, county_day, entries_of, post
from ledger.journal.serials import next_serial
from ledger.journal.since import Since, purses_since
from ledger.operations.answer import answer_of
from ledger.operations.days import check_day
from ledger.operations.serial import serial_facts
from ledger.registers.cover import cover_of
from ledger.registers.households import households_by_number
from ledger.registers.lapses import LapseLine, LapseRun, lapse_lines, runs_of
from ledger.registers.policy import policy
from ledger.registers.register import find
from ledger.registers.requests import SamePerson
from ledger.terms import N_, EntryKind, HouseholdStatus, LapseStatus, Purse

MONTHS = {"month": 1, "quarter": 3, "year": 12}


class NothingEverLapses(LedgerError):
    """Where no period is set, points do not lapse."""

    message = N_("In this outlet points do not lapse. The county office sets the period under Settings.")
    field = "through"


class NotAPeriodsEnd(LedgerError):
    """Points lapse at the end of a period, when it is over."""

    message = N_("Choose the last day of a %(period)s that is over.")
    field = "through"


class BeforeTheEnd(LedgerError):
    """What is left at a period's end is known when it is over."""

    message = N_("The period ends on %(day)s; its notice hangs after that.")
    field = "occurred_on"


class AnnouncedAlready(LedgerError):
    """A period lapses once."""

    message = N_("There is a run for %(through)s already.")
    field = "through"


class LaterRun(LedgerError):
    """Periods lapse in their order."""

    message = N_("There is a run for %(through)s, a later period; an earlier one does not lapse after it.")
    field = "through"


class NothingLapses(LedgerError):
    """A run takes at least something."""

    message = N_("No household holds more than is carried over; nothing lapses.")
    field = "through"


class NotAnnounced(LedgerError):
    """Only what was announced lapses."""

    message = N_("Run %(n)s does not wait to be booked.")


class NoticeStillHangs(LedgerError):
    """Everybody has the whole notice to come to the counter in."""

    message = N_("The notice hangs through %(until)s; the run can be booked the day after.")


class CannotBeHonoured(LedgerError):
    """A promise the shop could not honour is not taken away."""

    message = N_(
        "Stopped: the goods are worth %(goods)s points, households hold %(held)s. Nobody loses points the shop "
        "could not have honoured."
    )


class NoExchangeDay(LedgerError):
    """Who could not come to the counter does not lose points."""

    message = N_("Stopped: nobody has redeemed since the notice went up on %(day)s. Hold an exchange day first.")


@act
def announce_lapse(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    through: date,
    occurred_on: date,
    place: str,
) -> dict[str, Any]:
    """Hang up what will lapse: of the points held at the end of a period, what is above the carry-over."""
    check_day(session, occurred_on, now)
    check_period(session, book, through, county_day(session, now))
    if occurred_on <= through:
        raise BeforeTheEnd(day=through.isoformat())
    last = max((run.through for run in runs_of(session, book) if run.status != LapseStatus.WITHDRAWN), default=None)
    if last == through:
        raise AnnouncedAlready(through=through.isoformat())
    if last is not None and last > through:
        raise LaterRun(through=last.isoformat())
    carry_over = int(policy(session, book, "carry_over", through))
    lines = what_lapses(session, book, through, carry_over)
    if not lines:
        raise NothingLapses
    n = next_serial(session, book=book, kind="lapse")
    until = occurred_on + timedelta(days=int(policy(session, book, "lapse_notice_days", occurred_on)))
    told = {"until": until.isoformat(), "households": len(lines), "points": sum(lines.values())}
    entry = post(
        session, book=book, kind=EntryKind.LAPSE_NOTICE, by=clerk, occurred_on=occurred_on, now=now, key=key,
        facts={
            "run": n, "through": through.isoformat(), "carry_over": carry_over, **told,
            **serial_facts(session, book, "notice", occurred_on),
        },
        notes={"place": place},
    )
    session.add(LapseRun(
        book=book, n=n, through=through, until=until, carry_over=carry_over, announced_by=clerk,
        announced_on=occurred_on, announced_number=entry.number,
    ))
    session.flush()
    session.add_all([LapseLine(book=book, n=n, household=who, points_tenths=some) for who, some in lines.items()])
    return answer_of(entry, n=n, **told)


@act
def book_lapse(session: Session, *, book: str, clerk: str, now: datetime, key: str, run: int) -> dict[str, Any]:
    """Book an announced run once its notice has hung, as a second person; one entry, so that it is reversed as one.

    From each household goes what would lapse today, at most what was announced.
    """
    announced = find(session, LapseRun, book, run)
    today = county_day(session, now)
    check_may_be_booked(session, announced, clerk, today)
    hung, due = lapse_lines(session, book, run), what_lapses(session, book, announced.through, announced.carry_over)
    lines = {who: min(points, due[who]) for who, points in hung.items() if due.get(who)}
    if not lines:
        raise NothingLapses
    entry = post(
        session, book=book, kind=EntryKind.LAPSE, by=clerk, occurred_on=today, now=now, key=key,
        moves=[
            Move(chart.purse(who, Purse.MERIT), chart.LAPSED, chart.POINT, points) for who, points in lines.items()
        ],
        facts={
            "run": run, "through": announced.through.isoformat(), "notice": announced.announced_number,
            "asked_by": announced.announced_by,
        },
    )
    announced.status, announced.booked_number = LapseStatus.BOOKED, entry.number
    return answer_of(entry, n=run, households=len(lines), points=sum(lines.values()))


def check_period(session: Session, book: str, through: date, today: date) -> None:
    """Refuse a day that does not end a period of this outlet, and a period that is not over."""
    period = policy(session, book, "lapse_period", through)
    if period not in MONTHS:
        raise NothingEverLapses
    following = through + timedelta(days=1)
    if through >= today or following.day != 1 or (following.month - 1) % MONTHS[period]:
        raise NotAPeriodsEnd(period=period)


def check_may_be_booked(session: Session, run: LapseRun, clerk: str, today: date) -> None:
    """Refuse a run whose notice hangs, one's own, and one that would take what the shop could not have honoured."""
    if run.status != LapseStatus.ANNOUNCED:
        raise NotAnnounced(n=run.n)
    if run.announced_by == clerk:
        raise SamePerson
    if today <= run.until:
        raise NoticeStillHangs(until=run.until.isoformat())
    cover = cover_of(session, run.book, today)
    if cover.goods < cover.held:
        raise CannotBeHonoured(goods=cover.goods / 10, held=cover.held / 10)
    came = entries_of(session, run.book, kind=EntryKind.REDEMPTION, booked_from=run.announced_on, limit=1)
    if next(came, None) is None:
        raise NoExchangeDay(day=run.announced_on.isoformat())


def what_lapses(session: Session, book: str, through: date, carry_over: int) -> dict[str, int]:
    """Return the tenths that lapse from each household's merit purse; support points do not lapse.

    max(0, min(held now, held at the period's end - gone since) - carried over), by the day things were booked on. Gone
    is what was redeemed, divided off, taken back or lapsed: what was earned after the end never lapses in its place.
    """
    since = purses_since(session, book, through)
    purses = merit_purses(session, book)
    known = households_by_number(session, book, [*purses])
    lapsing = {}
    for household, holds in purses.items():
        moved = since.get(chart.purse(household, Purse.MERIT), Since())
        points = min(holds, holds - moved.net - moved.gone) - carry_over
        # Who is frozen cannot come to the counter, so nothing of theirs lapses meanwhile.
        if points > 0 and known[household].status == HouseholdStatus.ACTIVE:
            lapsing[household] = points
    return lapsing


def merit_purses(session: Session, book: str) -> dict[str, int]:
    """Return what is in each household's merit purse, in tenths; empty ones are left out."""
    query = select(col(Balance.account), col(Balance.quantity)).where(
        col(Balance.book) == book, col(Balance.account) >= "purse:", col(Balance.account) < "purse;",
        col(Balance.account).endswith(f":{Purse.MERIT}"), col(Balance.quantity) > 0,
    )
    return {account.split(":")[1]: held for account, held in session.execute(query.order_by(col(Balance.account)))}
