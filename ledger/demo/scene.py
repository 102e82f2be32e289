"""The stage of the demo: the outlets as the script remembers them, the agenda, and the one way to call an operation."""

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from ledger.registers.households import Household
from ledger.registers.rules import Rule
from ledger.terms import COUNTY, Role

ZONE = ZoneInfo("Asia/Shanghai")
SEED = 610_727
"""Decides everything but the dates, the password and the salts."""

Act = Callable[[datetime], object]
Tell = Callable[[float], None]
Operation = Callable[..., dict[str, Any]]


def at(day: date, clock: str) -> datetime:
    """Return the instant when a clock in the county shows this."""
    return datetime.combine(day, time.fromisoformat(clock), ZONE)


def chance(name: str) -> Random:
    """Return dice of one's own, so that a change in one place does not shift all others."""
    return Random(f"{SEED}/{name}")


def checker_of(town: str) -> str:
    """Return the sign-in name of a town's checker: town-guo."""
    # The dictionary takes a moment to load; commands other than the demo do not pay for it.
    from pypinyin import lazy_pinyin

    return "town-" + "".join(lazy_pinyin(town.removesuffix("（虚构）").removesuffix("镇")))


@dataclass
class Outlet:
    """An outlet, with what its purses and its shelf hold by the script's own count."""

    book: str
    name: str
    town: str
    households: list[Household]
    kin: dict[str, str]
    dice: Random
    points: Counter[str] = field(default_factory=Counter)
    shelf: Counter[str] = field(default_factory=Counter)
    papers: int = 0
    frail: set[str] = field(default_factory=set)

    def who(self, role: str) -> str:
        """Return the sign-in name of the outlet's clerk, keeper or supervisor, or of the checker of its town."""
        return checker_of(self.town) if role == Role.CHECKER else f"{self.book.lower()}-{role}"


@dataclass
class Goods:
    """An item as the demo knows it: its price in tenths, how long it keeps, and how much of it a village wants."""

    code: str
    category: str
    price: int
    shelf_days: int | None
    per_hundred: float
    liked: float

    @property
    def least(self) -> int:
        """What even a small village wants on its shelf; of small things one piece is always left."""
        return 2 if self.per_hundred >= 1 else 1


class Agenda:
    """What happens when, in order of time; whatever falls on the last day or later never happens."""

    def __init__(self, until: date) -> None:
        self.until = at(until, "00:00")
        self.waiting: list[tuple[datetime, int, Act]] = []
        self.added = 0

    def add(self, when: datetime, act: Act) -> None:
        """Put an act on the agenda."""
        self.added += 1
        heapq.heappush(self.waiting, (when, self.added, act))

    def run(self, tell: Tell) -> None:
        """Let everything happen that happens before the last day; `tell` hears how much of the time has passed."""
        start = self.waiting[0][0]
        while self.waiting and self.waiting[0][0] < self.until:
            when, _, act = heapq.heappop(self.waiting)
            tell((when - start) / (self.until - start))
            act(when)


@dataclass
class Scene:
    """Everything the script has at hand."""

    session: Session
    until: date
    agenda: Agenda
    outlets: dict[str, Outlet]
    goods: dict[str, Goods]
    rules: dict[str, Rule] = field(default_factory=dict)
    store: Counter[str] = field(default_factory=Counter)
    wished: list[dict[str, Any]] = field(default_factory=list)
    said: int = 0

    def do(self, operation: Operation, book: str, who: str, now: datetime, **content: Any) -> dict[str, Any]:
        """Call an operation at an instant of the demo's own clock; `who` is a role in an outlet, or in the county's
        book a sign-in name.
        """
        self.said += 1
        clerk = self.outlets[book].who(who) if book in self.outlets else who
        return operation(self.session, book=book, clerk=clerk, now=now, key=f"demo-{self.said:06d}", **content)

    def later(self, when: datetime, operation: Operation, book: str, who: str, **content: Any) -> None:
        """Put on the agenda that an operation is called."""
        self.agenda.add(when, lambda now: self.do(operation, book, who, now, **content))

    def shelf(self, book: str) -> Counter[str]:
        """Return what the script knows to lie on a site's shelf."""
        return self.store if book == COUNTY else self.outlets[book].shelf
