"""Caps: how many points a household may still be given by a rule in a month and a year, and by all rules in a year."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session

from ledger.registers.moves import came_from
from ledger.registers.policy import policy
from ledger.registers.rules import Rule
from ledger.registers.sheets import SheetLine
from ledger.terms import LineStatus, Purse

COUNTED = (LineStatus.PASSED, LineStatus.WAITING, LineStatus.CREDITED, LineStatus.CLAWED_BACK)
"""Lines that count against a cap, less what was taken of them; what was refused, put off or struck does not."""

ALL_RULES = ""


@dataclass
class Room:
    """What a month's caps still leave to each household; it gets less with every award that is counted."""

    period: str
    all_year: int | None
    given: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def count(self, household: str, rule: str, period: str, points: int) -> None:
        """Count points given in a month: for the rule in that month and its year, and for all rules in the year."""
        for key in ((rule, period), (rule, period[:4]), (ALL_RULES, period[:4])):
            self.given[household, *key] += points

    def award(self, household: str, rule: Rule, asked: int) -> tuple[int, str]:
        """Count an award and return what the caps leave of it, and which of them cut it ("" if none did)."""
        year = self.period[:4]
        caps = {
            "cap-month": (rule.cap_month, self.given[household, rule.code, self.period]),
            "cap-year": (rule.cap_year, self.given[household, rule.code, year]),
            "cap-all-year": (self.all_year, self.given[household, ALL_RULES, year]),
        }
        left = {name: max(0, most - given) for name, (most, given) in caps.items() if most is not None}
        tightest = min(left, key=lambda name: left[name], default="")
        points = min(asked, left.get(tightest, asked))
        self.count(household, rule.code, self.period, points)
        return points, tightest if points < asked else ""


def room_for(
    session: Session, book: str, households: Collection[str], *, period: str, purse: str, day: date
) -> Room:
    """Return what the caps of a month, as they are on a day, leave to these households of an outlet, by what the year
    has given them so far.

    Who moved here brings along what the year has given it elsewhere. The cost is bounded by one year of these
    households; it does not grow with the age of the book.
    """
    all_year = policy(session, book, "cap_all_year", day) if purse == Purse.MERIT else ""
    room, here = Room(period, int(all_year) if all_year else None), set(households)
    count_given(session, room, book, {number: number for number in here}, purse)
    for there, numbers in came_from(session, book, int(period[:4])).items():
        mine = {old: number for old, number in numbers.items() if number in here}
        count_given(session, room, there, mine, purse)
    return room


def count_given(session: Session, room: Room, book: str, known_as: Mapping[str, str], purse: str) -> None:
    """Count what an outlet has given to households in the year, each under the number it is known as."""
    year = room.period[:4]
    of_this_purse = select(Rule.code).where(Rule.purse == purse)
    points = func.sum(SheetLine.points_tenths - func.coalesce(SheetLine.taken_tenths, 0))
    query = (
        select(SheetLine.household, SheetLine.rule, SheetLine.period, points)
        .where(
            SheetLine.book == book, SheetLine.household.in_(known_as), SheetLine.rule.in_(of_this_purse),
            SheetLine.period.between(f"{year}-01", f"{year}-12"), SheetLine.status.in_(COUNTED),
        )
        .group_by(SheetLine.household, SheetLine.rule, SheetLine.period)
    )
    for household, rule, month, given in session.execute(query):
        room.count(known_as[household], rule, month, int(given))
