"""The writer's turn on SQLite: a fair wait for the one pen, and one commit for all who wait."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from ledger.db.busy import raise_if_busy
from ledger.errors import Busy

MOST_IN_A_GROUP = 64
"""How many operations share one commit at the most, so that the first does not wait for ever."""


class Group:
    """Operations that share one commit: all are acknowledged after it, or none."""

    def __init__(self) -> None:
        self.joined = 0
        self.kept = 0
        self.broken = False
        # Only a commit that has come back makes this true: who is interrupted before it tells nobody "booked".
        self.stands = False
        self.settled = threading.Event()

    def takes_more(self) -> bool:
        """Tell whether another operation may join."""
        return not self.broken and self.joined < MOST_IN_A_GROUP


class Turn:
    """Hands the one write connection to one operation at a time, in the order of asking."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.connection: Connection | None = None
        self.group: Group | None = None
        self.guard = threading.Lock()
        self.holder: int | None = None
        self.waiting: deque[tuple[int, threading.Event]] = deque()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session for one operation; return only after the commit that holds it.

        Raises Busy when the database lost the whole group; then nothing of any member was written.
        """
        self.take()
        try:
            group = self.join()
            with self.savepoint(group) as session:
                yield session
        finally:
            self.pass_on()
        group.settled.wait()
        if not group.stands:
            raise Busy

    def take(self) -> None:
        """Wait for the pen behind those who came before."""
        me = threading.get_ident()
        with self.guard:
            if self.holder == me:
                raise RuntimeError("This thread is writing already; an operation takes the session it is given.")
            if self.holder is None:
                self.holder = me
                return
            place = (me, threading.Event())
            self.waiting.append(place)
        try:
            place[1].wait()
        except BaseException:
            self.leave(place)
            raise

    def leave(self, place: tuple[int, threading.Event]) -> None:
        """Give up waiting; the pen is passed on if it has just been handed over."""
        with self.guard:
            still_waiting = place in self.waiting
            if still_waiting:
                self.waiting.remove(place)
        if not still_waiting:
            self.pass_on()

    def join(self) -> Group:
        """Join the open group, or begin one. Raises Busy when the file cannot be written now."""
        if self.group is None:
            try:
                self.connection = self.connection or self.engine.connect()
                self.connection.begin()
            except BaseException as error:
                self.drop_connection()
                raise_if_busy(error)
                raise
            self.group = Group()
        self.group.joined += 1
        return self.group

    @contextmanager
    def savepoint(self, group: Group) -> Iterator[Session]:
        """Run one operation inside its own savepoint: a refusal harms no other member."""
        session = Session(bind=self.connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        try:
            yield session
            session.commit()
            group.kept += 1
        except BaseException as error:
            self.undo(session, group)
            # What is heard last need not be what happened: after a full disk, that a savepoint is gone.
            if group.broken and isinstance(error, SQLAlchemyError):
                raise Busy from error
            raise_if_busy(error)
            raise
        finally:
            if not group.broken:
                session.close()

    def undo(self, session: Session, group: Group) -> None:
        """Take one operation back; a full disk or a failing one takes the whole group back."""
        try:
            session.rollback()
            # SQLite ends the transaction by itself when it cannot go on; what others wrote in it is gone too.
            group.broken = not self.in_transaction()
        except SQLAlchemyError:
            group.broken = True

    def in_transaction(self) -> bool:
        """Tell whether the database still holds the transaction of the open group."""
        driver = self.connection and self.connection.connection.driver_connection
        return bool(driver and driver.in_transaction)

    def pass_on(self) -> None:
        """Let the next in line join the open group; settle it when nobody waits or it takes no more."""
        if self.group is not None and self.group.takes_more() and self.hand_over():
            return
        try:
            self.settle()
        finally:
            self.hand_over(or_lay_down=True)

    def hand_over(self, *, or_lay_down: bool = False) -> bool:
        """Hand the pen to the next in line and tell whether there was one."""
        with self.guard:
            if self.waiting:
                self.holder, place = self.waiting.popleft()
                place.set()
                return True
            if or_lay_down:
                self.holder = None
            return False

    def settle(self) -> None:
        """Commit the open group, or take all of it back, and tell its members."""
        group, self.group = self.group, None
        if group is None:
            return
        try:
            transaction = self.connection and self.connection.get_transaction()
            if transaction and not group.broken:
                transaction.commit() if group.kept else transaction.rollback()
                group.stands = True
        except SQLAlchemyError:
            # The members are told: none of them stands.
            pass
        finally:
            if not group.stands:
                self.drop_connection()
            group.settled.set()

    def drop_connection(self) -> None:
        """Forget a connection that failed; the next group opens a fresh one."""
        connection, self.connection = self.connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()

    def close(self) -> None:
        """Let those who wait finish, then put the pen away."""
        self.take()
        try:
            self.settle()
            connection, self.connection = self.connection, None
            if connection is not None:
                connection.close()
        finally:
            self.pass_on()
