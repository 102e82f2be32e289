"""Who came for a household: a collector, if this person may, for how many on a day, and whether the goods came."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ledger.errors import LedgerError, NotFound
from ledger.journal import Booked, act, county_day, post
from ledger.journal.serials import next_serial
from ledger.operations.answer import answer_of
from ledger.operations.delivery import deliverer
from ledger.registers.deliveries import Delivery
from ledger.registers.households import Household, households_by_number
from ledger.registers.policy import policy
from ledger.registers.proxies import Collected, Proxy, households_on, known_as, squeezed, to_be_asked
from ledger.registers.register import add, can_be_asked, find, in_use
from ledger.registers.staff import Kin, Staff, check_not_kin
from ledger.terms import N_, EntryKind, Role

LOOKED_INTO = "looked-into"


class NoName(LedgerError):
    """Goods are not handed to somebody without a name."""

    message = N_("Enter the name of who collects, or choose somebody known.")
    field = "proxy.name"


class TwoCollectors(LedgerError):
    """Who chooses one person and writes down another leaves open which of them came."""

    message = N_("Choose a known collector or enter one, not both.")
    field = "proxy.name"


class HouseholdSays(LedgerError):
    """Whether the goods came is asked of the household, never of who collects for it."""

    message = N_("Only the household itself says whether it came. Leave this open when somebody collects.")
    field = "received"


class StaffCollects(LedgerError):
    """Who serves or keeps the points collects for nobody, and neither do their relatives."""

    message = N_("The storekeeper, the points clerk and their relatives may not collect for others.")
    field = "proxy.name"


class EnoughForToday(LedgerError):
    """One person collects for a few households on a day, so that nobody gathers everybody's goods."""

    message = N_("This person has collected for %(most)s households on %(day)s; more are not allowed on one day.")
    field = "proxy.name"


@dataclass(frozen=True)
class Visit:
    """Who came for a household, what was answered about the collection before, and who carries the goods home."""

    person: Proxy | None = None
    last: Collected | None = None
    received: int = 0
    delivered_by: str | None = None

    def facts(self) -> dict[str, Any]:
        """Return what the redemption says of it for ever: codes and numbers only."""
        answered = {"collection": self.last.number, "received": self.received} if self.last else {}
        collected = {"proxy": self.person.code} if self.person else {}
        return {**answered, **collected, **({"delivered_by": self.delivered_by} if self.delivered_by else {})}

    def notes(self) -> dict[str, str]:
        """Return its words, which can be erased."""
        return {"proxy": " · ".join(filter(None, (self.person.name, self.person.relation)))} if self.person else {}

    def keep(self, session: Session, entry: Booked, household: str) -> None:
        """Note what is asked about next time: a collection, a slip to come; and the answer about the one before."""
        noted: dict[str, Any] = {
            "book": entry.book, "number": entry.number, "household": household, "day": entry.occurred_on,
        }
        if self.last:
            self.last.received, self.last.asked = self.received, entry.number
        if self.person:
            session.add(Collected(**noted, code=self.person.code))
        if self.delivered_by:
            session.add(Delivery(**noted, by=self.delivered_by))


def visit_of(
    session: Session, book: str, household: str, proxy: Mapping[str, Any] | None, received: str | None,
    delivered_by: str | None, day: date, *, by: str, now: datetime,
) -> Visit:
    """Return who came: the household itself, or a collector, taken into the register the first time.

    `proxy` is {name, relation?, phone?, home?}, or {code} of somebody known. Raises HouseholdSays,
    NoName, TwoCollectors, StaffCollects, EnoughForToday and WhoDelivers.
    """
    said = {name: value for name, value in (proxy or {}).items() if value}
    if said and received:
        raise HouseholdSays
    last = to_be_asked(session, book, household) if received else None
    person = collector(session, book, household, said, day, by=by, now=now) if said else None
    carrier = deliverer(session, book, household, delivered_by, person.code if person else None)
    return Visit(person, last, int(received == "yes"), carrier)


def collector(
    session: Session, book: str, household: str, said: Mapping[str, Any], day: date, *, by: str, now: datetime
) -> Proxy:
    """Return who collects, if this person may."""
    if "code" in said and "name" in said:
        raise TwoCollectors
    if "code" in said:
        person = in_use(session, Proxy, book, household, said["code"], at="proxy.code")
    else:
        person = introduced(session, book, household, said, by=by, now=now)
    check_not_staff(session, person)
    most = int(policy(session, book, "proxy_households_a_day", day))
    if len(households_on(session, book, person.code, day) | {household}) > most:
        raise EnoughForToday(most=most, day=day.isoformat())
    return person


def introduced(
    session: Session, book: str, household: str, said: Mapping[str, Any], *, by: str, now: datetime
) -> Proxy:
    """Return the line of a person named at the counter; who is known from another household keeps the code."""
    if "name" not in said:
        raise NoName
    if "home" in said:
        find(session, Household, book, said["home"], at="proxy.home")
    phone = said.get("phone", "")
    before = known_as(session, book, said["name"], phone)
    code = before.code if before else f"P{next_serial(session, book=book, kind='proxy')}"
    home = said.get("home") or (before.home if before else "")
    line = session.get(Proxy, (book, household, code))
    if line is None:
        relation = said.get("relation", "")
        line = Proxy(
            book=book, household=household, code=code, name=said["name"], relation=relation, phone=phone, home=home
        )
        return add(session, line, by=by, now=now)
    line.retired, line.home = 0, home
    return line


def check_not_staff(session: Session, person: Proxy) -> None:
    """Refuse the outlet's keepers and clerks, and who lives in a household of theirs or of a relative, or is called as
    they or the head of such a household are.
    """
    roles = col(Staff.role).in_((Role.KEEPER, Role.CLERK))
    mine = select(Staff).where(col(Staff.book) == person.book, roles, col(Staff.retired) == 0)
    staff = list(session.scalars(mine))
    theirs = select(Kin.household).where(col(Kin.book) == person.book, col(Kin.staff).in_([one.name for one in staff]))
    homes = list(session.scalars(theirs))
    names = {squeezed(one.full_name) for one in staff}
    names |= {squeezed(one.name) for one in households_by_number(session, person.book, homes).values()}
    if squeezed(person.name) in names or person.home in homes:
        raise StaffCollects


@act
def look_into(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, number: int, reason: str
) -> dict[str, Any]:
    """Note what was found out about goods a household says it did not get; `number` is the redemption."""
    row = session.get(Collected, (book, number)) if can_be_asked(number) else None
    if row is None or row.received != 0 or row.settled:
        raise NotFound(what=N_("collection to look into"))
    check_not_kin(session, clerk, book, row.household)
    entry = post(
        session, book=book, kind=EntryKind.HOUSEHOLD, by=clerk, occurred_on=county_day(session, now), now=now, key=key,
        facts={"event": LOOKED_INTO, "household": row.household, "number": number, "proxy": row.code},
        notes={"reason": reason},
    )
    row.settled = entry.number
    return answer_of(entry)
