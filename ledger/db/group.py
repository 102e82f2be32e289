"""Who waits to write, and the group whose operations share one commit."""

import threading
from collections.abc import Callable
from typing import Any

from sqlmodel import Session

from ledger.db.prepared import Line
from ledger.errors import Busy

MOST_IN_A_GROUP = 64
"""How many operations share one commit at the most, so that the first does not wait for ever."""


class Group:
    """Operations that share one commit: all are acknowledged after it, or none."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.joined = 0
        self.kept = 0
        self.broken = False
        # Only a commit that has come back makes this true: who is interrupted before it tells nobody "booked".
        self.stands = False
        self.guests: list[Place] = []
        self.settled = threading.Event()

    def takes_more(self) -> bool:
        """Tell whether another operation may join."""
        return not self.broken and self.joined < MOST_IN_A_GROUP

    def tell(self) -> None:
        """Tell all members that the group is settled."""
        self.settled.set()
        for place in self.guests:
            place.gate.release()

    def await_commit(self) -> None:
        """Wait until the group is settled. Raises Busy when it does not stand."""
        self.settled.wait()
        if not self.stands:
            raise Busy


class Place:
    """A place in the line of those who want to write: for the pen itself, or with work for whoever holds it."""

    def __init__(self, work: Callable[[Session], Any] | None = None) -> None:
        self.thread = threading.get_ident()
        self.work = work
        self.taken_on = False
        self.group: Group | None = None
        self.answer: Any = None
        self.error: BaseException | None = None
        # Locked until it is this one's turn, or until the work has been done; half the price of an Event.
        self.gate = threading.Lock()
        self.gate.acquire()

    def outcome(self) -> Any:
        """Return what the work answered, once it stands. Raises what it raised, and Busy when the group was lost."""
        if self.error is not None:
            raise self.error
        if self.group is not None:
            self.group.await_commit()
        return self.answer
