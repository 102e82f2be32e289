"""The writer's turn on SQLite: a fair wait for the one pen, and one commit for all who wait."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from ledger.db.busy import raise_refusal
from ledger.db.group import Group, Place
from ledger.db.prepared import Line
from ledger.errors import Busy

Answer = TypeVar("Answer")


class Turn:
    """Hands the one write connection to one operation at a time, in the order of asking."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.line: Line | None = None
        self.spare: Session | None = None
        self.group: Group | None = None
        self.guard = threading.Lock()
        self.holder: int | None = None
        self.waiting: deque[Place] = deque()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session for one operation; return only after the commit that holds it.

        Raises Busy when the database lost the whole group; then nothing of any member was written.
        """
        self.take(Place())
        try:
            group = self.join()
            with self.savepoint(group) as session:
                yield session
        finally:
            self.pass_on()
        group.await_commit()

    def write(self, work: Callable[[Session], Answer]) -> Answer:
        """Do one operation, as `writing` does, and return its answer.

        Whoever holds the pen does what others brought meanwhile, each within its own context: waking a thread for
        each would cost more than the work.
        """
        mine = copy_context()
        place = Place(lambda session: mine.run(work, session))
        self.take(place)
        if not place.taken_on:
            try:
                self.do(place)
            finally:
                self.pass_on()
        answer: Answer = place.outcome()
        return answer

    def do(self, place: Place) -> None:
        """Do what was brought; keep its answer or what it raised."""
        try:
            group = self.join()
            with self.savepoint(group) as session:
                place.answer = place.work and place.work(session)
            place.group = group
        except BaseException as error:
            place.error = error

    def take(self, place: Place) -> None:
        """Wait for the pen behind those who came before, or until the work has been done."""
        with self.guard:
            if self.holder == place.thread:
                raise RuntimeError("This thread is writing already; an operation takes the session it is given.")
            if self.holder is None:
                self.holder = place.thread
                return
            self.waiting.append(place)
        try:
            place.gate.acquire()
        except BaseException:
            self.leave(place)
            raise

    def leave(self, place: Place) -> None:
        """Give up waiting; the pen is passed on if it has just been handed over."""
        with self.guard:
            still_waiting = place in self.waiting
            if still_waiting:
                self.waiting.remove(place)
        if not still_waiting and not place.taken_on:
            self.pass_on()

    def join(self) -> Group:
        """Join the open group, or begin one. Raises Busy when the file cannot be written now."""
        if self.group is None:
            try:
                self.line = self.line or Line(self.engine.connect())
                self.line.connection.begin()
            except BaseException as error:
                self.drop_connection()
                raise_refusal(error)
                raise
            self.group = Group(self.line)
        self.group.joined += 1
        return self.group

    @contextmanager
    def savepoint(self, group: Group) -> Iterator[Session]:
        """Run one operation inside its own savepoint: a refusal harms no other member."""
        line, session = group.line, self.session(group)
        try:
            line.say("SAVEPOINT operation")
            yield session
            if session.in_transaction():
                session.commit()
                session.close()
            else:
                # Who has only sent prepared statements leaves it as new, and a new one costs 20 µs.
                self.spare = session
            line.say("RELEASE operation")
            group.kept += 1
        except BaseException as error:
            self.undo(session, group)
            # What is heard last need not be what happened: after a full disk, that a savepoint is gone.
            if group.broken and isinstance(error, SQLAlchemyError):
                raise Busy from error
            raise_refusal(error)
            raise

    def session(self, group: Group) -> Session:
        """Return a session for one operation, which begins and ends nothing beyond that."""
        session, self.spare = self.spare, None
        if session is None:
            session = Session(group.line.connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
            session.info[Line] = group.line
        return session

    def undo(self, session: Session, group: Group) -> None:
        """Take one operation back; a full disk or a failing one takes the whole group back."""
        self.spare = None
        try:
            session.rollback()
            group.line.say("ROLLBACK TO operation")
            group.line.say("RELEASE operation")
            session.close()
        except SQLAlchemyError:
            # SQLite ends the transaction by itself when it cannot go on: the savepoint is gone with all others wrote.
            group.broken = True

    def pass_on(self) -> None:
        """Let the next in line join the open group; settle it when nobody waits or it takes no more."""
        while self.group is not None and self.group.takes_more():
            place = self.next_in_line()
            if place is None:
                break
            if place.work is None:
                place.gate.release()
                return
            self.do(place)
        try:
            self.settle()
        finally:
            self.lay_down()

    def next_in_line(self) -> Place | None:
        """Take the next one out of the line: with his work, or with the pen from now on his."""
        with self.guard:
            if not self.waiting:
                return None
            place = self.waiting.popleft()
            if place.work is None:
                self.holder = place.thread
            elif self.group is not None:
                place.taken_on = True
                self.group.guests.append(place)
            return place

    def lay_down(self) -> None:
        """Hand the pen to the next in line, whatever he wants with it; if nobody waits, lay it down."""
        with self.guard:
            self.holder = None
            if self.waiting:
                place = self.waiting.popleft()
                self.holder = place.thread
                place.gate.release()

    def settle(self) -> None:
        """Commit the open group, or take all of it back, and tell its members."""
        group, self.group = self.group, None
        if group is None:
            return
        try:
            transaction = group.line.connection.get_transaction()
            if transaction and not group.broken:
                transaction.commit() if group.kept else transaction.rollback()
                group.stands = True
        except SQLAlchemyError:
            # The members are told: none of them stands.
            pass
        finally:
            if not group.stands:
                self.drop_connection()
            group.tell()

    def drop_connection(self) -> None:
        """Forget a connection that failed; the next group opens a fresh one."""
        line, self.line, self.spare = self.line, None, None
        if line is not None:
            line.connection.invalidate()
            line.connection.close()

    def close(self) -> None:
        """Let those who wait finish, then put the pen away."""
        self.take(Place())
        try:
            self.settle()
            line, self.line, self.spare = self.line, None, None
            if line is not None:
                line.connection.close()
        finally:
            self.pass_on()
