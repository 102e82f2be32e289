"""The writer's turn on SQLite: a fair wait for the one pen, one commit for all who wait, no harm from another."""

import signal
import sqlite3
import threading
import time
from contextvars import ContextVar

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, OperationalError

from ledger.db import Database, group
from ledger.errors import Busy, LedgerError
from ledger.journal import next_serial
from ledger.journal.tables import Serial
from tests.stores import outside

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
LONG_ENOUGH = 60


class Slip(LedgerError):
    """A refusal of an operation."""


def number(session):
    """A small operation: the next number of a serial."""
    return next_serial(session, book="LY12", kind="turn")


def last(store):
    """Return the last number that stands."""
    with outside(store) as connection:
        found = connection.execute("SELECT last FROM serial WHERE kind = 'turn'").fetchone()
    return found[0] if found else 0


def with_the_pen(store, operation):
    """Write in a turn of one's own."""
    with store.writing() as session:
        answer = operation(session)
    return answer


WAYS = {"with the pen": with_the_pen, "handing it in": Database.write}


class Clerks:
    """Clerks who all want to write at once, each in a thread, with the pen or by handing their work in."""

    def __init__(self, store, way):
        self.store, self.way, self.answers, self.threads = store, way, [], []

    def queue(self, operation):
        """Let one more clerk stand in line behind those already there."""
        before = len(self.store.turn.waiting)
        self.threads.append(threading.Thread(target=self.write, args=(operation,), daemon=True))
        self.threads[-1].start()
        wait_until(lambda: len(self.store.turn.waiting) > before)

    def hold(self):
        """Let one clerk take the pen and keep it until the event that is returned."""
        inside, go_on = threading.Event(), threading.Event()

        def slow(session):
            inside.set()
            go_on.wait(LONG_ENOUGH)
            return number(session)

        self.threads.append(threading.Thread(target=self.write, args=(slow,), daemon=True))
        self.threads[-1].start()
        assert inside.wait(LONG_ENOUGH)
        return go_on

    def write(self, operation):
        """Write, and keep the answer or the error."""
        try:
            self.answers.append(WAYS[self.way](self.store, operation))
        except BaseException as error:
            self.answers.append(error)

    def all_answers(self):
        """Wait for everybody; return their answers, in the order they came."""
        for thread in self.threads:
            thread.join(LONG_ENOUGH)
            assert not thread.is_alive(), "a clerk waits for ever"
        return self.answers


def wait_until(happened):
    """Wait for something another thread does."""
    end = time.monotonic() + LONG_ENOUGH
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.001)


@pytest.fixture(autouse=True)
def patience():
    """A test in which the pen is lost fails instead of waiting for ever, and so does closing the store after it."""

    def enough(*_):
        raise AssertionError("somebody waits for ever")

    before = signal.signal(signal.SIGALRM, enough)
    signal.setitimer(signal.ITIMER_REAL, 2 * LONG_ENOUGH, 1)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(params=WAYS)
def clerks(store, request):
    """Nobody in line yet."""
    return Clerks(store, request.param)


@pytest.fixture
def commits(store):
    """A mark for each commit."""
    marks = []
    event.listen(store.turn.engine, "commit", lambda connection: marks.append("commit"))
    return marks


def test_all_who_wait_share_one_commit(store, clerks, commits):
    with store.writing() as session:
        number(session)
        for _ in range(5):
            clerks.queue(number)
    assert sorted(clerks.all_answers()) == [2, 3, 4, 5, 6]
    assert commits == ["commit"]
    assert last(store) == 6


def test_one_alone_commits_alone(store, commits):
    for _ in range(3):
        with store.writing() as session:
            number(session)
    assert len(commits) == 3


def test_a_group_has_room_for_so_many_and_no_more(store, clerks, commits, monkeypatch):
    monkeypatch.setattr(group, "MOST_IN_A_GROUP", 3)
    with store.writing() as session:
        number(session)
        for _ in range(6):
            clerks.queue(number)
    assert sorted(clerks.all_answers()) == [2, 3, 4, 5, 6, 7]
    assert len(commits) == 3


def test_refused_clerks_count_for_the_room_too(store, clerks, monkeypatch):
    def refused(session):
        raise Slip

    groups = []
    event.listen(store.turn.engine, "begin", lambda connection: groups.append("group"))
    monkeypatch.setattr(group, "MOST_IN_A_GROUP", 3)
    with store.writing() as session:
        number(session)
        for _ in range(4):
            clerks.queue(refused)
    clerks.all_answers()
    assert len(groups) == 2


def test_the_pen_is_handed_on_in_the_order_of_asking(store, clerks):
    order = []
    with store.writing() as session:
        number(session)
        for place in range(8):
            clerks.queue(lambda session, place=place: order.append(place))
    clerks.all_answers()
    assert order == list(range(8))


def test_nobody_is_answered_before_the_commit(store, clerks):
    answered_before = []
    event.listen(store.turn.engine, "commit", lambda connection: answered_before.extend(clerks.answers))
    with store.writing() as session:
        number(session)
        for _ in range(3):
            clerks.queue(number)
    assert sorted(clerks.all_answers()) == [2, 3, 4]
    assert answered_before == []


@pytest.mark.parametrize(
    "slip",
    [
        Slip(),
        KeyboardInterrupt(),
        ZeroDivisionError(),
    ],
    ids=["a refusal", "an interrupt", "a fault of ours"],
)
def test_one_who_fails_takes_only_his_own_back(store, clerks, slip):
    def fail(session):
        number(session)
        raise slip

    with store.writing() as session:
        number(session)
        for operation in (number, fail, number):
            clerks.queue(operation)
    answers = clerks.all_answers()
    assert slip in answers
    assert sorted(answer for answer in answers if answer is not slip) == [2, 3]
    assert last(store) == 3


def test_a_row_the_database_refuses_harms_nobody_else(store, clerks):
    def twice(session):
        session.execute(text("INSERT INTO serial VALUES ('LY12', 'turn', 0, 1)"))

    with store.writing() as session:
        number(session)
        for operation in (twice, number):
            clerks.queue(operation)
    refused, booked = sorted(clerks.all_answers(), key=str, reverse=True)
    assert (type(refused), booked) == (IntegrityError, 2) or (type(booked), refused) == (IntegrityError, 2)
    assert last(store) == 2


def test_a_statement_nobody_understands_is_a_fault_and_not_a_busy_book(store):
    with pytest.raises(OperationalError, match="no such table"), store.writing() as session:
        session.execute(text("SELECT * FROM nowhere"))


def fill_the_disk(session):
    """Write more than the file may hold."""
    pages = session.execute(text("PRAGMA page_count")).scalar_one()
    session.execute(text(f"PRAGMA max_page_count = {pages}"))
    for line in range(1000):
        session.execute(text("INSERT INTO serial VALUES (:b, :k, 0, 1)"), {"b": f"X{line}", "k": "x" * 4000})


def fill_the_disk_with_objects(session):
    """Write more than the file may hold, as registers write."""
    pages = session.execute(text("PRAGMA page_count")).scalar_one()
    session.execute(text(f"PRAGMA max_page_count = {pages}"))
    session.add_all([Serial(book=f"X{line}", kind="x" * 4000, year=0, last=1) for line in range(1000)])
    session.flush()


@pytest.mark.parametrize("fill", [fill_the_disk, fill_the_disk_with_objects])
def test_a_full_disk_loses_the_whole_group_and_everybody_is_told(store, clerks, fill):
    with pytest.raises(Busy), store.writing() as session:
        number(session)
        for operation in (number, fill):
            clerks.queue(operation)
    assert [type(answer) for answer in clerks.all_answers()] == [Busy, Busy]
    assert last(store) == 0


def test_after_a_full_disk_the_next_clerk_writes_on_a_fresh_connection(store, clerks):
    with pytest.raises(Busy), store.writing() as session:
        fill_the_disk(session)
    with store.writing() as session:
        assert number(session) == 1
    assert last(store) == 1


def test_those_behind_a_lost_group_are_written_in_the_next(store, clerks):
    with pytest.raises(Busy), store.writing():
        for operation in (fill_the_disk, number, number):
            clerks.queue(operation)
    answers = clerks.all_answers()
    assert sorted(answer for answer in answers if isinstance(answer, int)) == [1, 2]
    assert [type(answer) for answer in answers if not isinstance(answer, int)] == [Busy]


@pytest.mark.parametrize("failure", [OperationalError("COMMIT", {}, sqlite3.OperationalError("I/O")), MemoryError()])
def test_a_commit_that_fails_tells_every_member_that_nothing_stands(store, clerks, failure):
    def fail(connection):
        raise failure

    with pytest.raises((Busy, MemoryError)), store.writing() as session:
        event.listen(store.turn.engine, "commit", fail, once=True)
        number(session)
        for _ in range(3):
            clerks.queue(number)
    assert all(isinstance(answer, Busy | MemoryError) for answer in clerks.all_answers())
    assert last(store) == 0
    with store.writing() as session:
        assert number(session) == 1


def test_an_interrupt_while_committing_tells_nobody_that_it_stands(store, clerks):
    def interrupt(connection):
        raise KeyboardInterrupt

    with pytest.raises((Busy, KeyboardInterrupt)) as told, store.writing() as session:
        event.listen(store.turn.engine, "commit", interrupt, once=True)
        number(session)
        clerks.queue(number)
    heard = {told.type, *(type(answer) for answer in clerks.all_answers())}
    assert heard == {Busy, KeyboardInterrupt}
    assert last(store) == 0


@pytest.fixture
def interruptible():
    """A process that hears an interrupt, even when it was started in the background, where it is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_one_who_gives_up_waiting_leaves_the_line_and_the_pen_goes_on(store, clerks, interruptible):
    go_on = clerks.hold()
    main = threading.main_thread().ident

    def grow_impatient():
        wait_until(lambda: store.turn.waiting)
        time.sleep(0.2)
        signal.pthread_kill(main, signal.SIGINT)

    threading.Thread(target=grow_impatient, daemon=True).start()
    with pytest.raises(KeyboardInterrupt), store.writing():
        raise AssertionError("the pen was given away twice")
    assert len(store.turn.waiting) == 0
    clerks.queue(number)
    go_on.set()
    assert sorted(clerks.all_answers()) == [1, 2]


def test_one_who_gives_up_just_as_the_pen_comes_passes_it_on(store, clerks):
    line, place = store.turn, group.Place()
    go_on = clerks.hold()
    line.waiting.append(place)
    clerks.queue(number)
    go_on.set()
    assert place.gate.acquire(timeout=LONG_ENOUGH)
    line.leave(place)
    assert sorted(clerks.all_answers()) == [1, 2]
    assert last(store) == 2


def test_an_operation_that_opens_a_second_one_is_told_so_instead_of_waiting_for_ever(store):
    with store.writing(), pytest.raises(RuntimeError, match="writing already"), store.writing():
        pass
    with store.writing() as session:
        assert number(session) == 1


SIGNED_IN = ContextVar("signed_in")


def test_work_handed_in_is_done_in_the_name_of_who_brought_it(store):
    names, threads = [], []

    def clerk(name):
        SIGNED_IN.set(name)
        store.write(lambda session: names.append((name, SIGNED_IN.get(), threading.current_thread().name)))

    with store.writing():
        for name in ("Zhou", "Wu"):
            threads.append(threading.Thread(target=clerk, args=(name,), daemon=True))
            threads[-1].start()
            wait_until(lambda: len(store.turn.waiting) == len(threads))
    for thread in threads:
        thread.join(LONG_ENOUGH)
    here = threading.current_thread().name
    assert names == [("Zhou", "Zhou", here), ("Wu", "Wu", here)]
    assert SIGNED_IN.get(None) is None


def test_work_handed_in_that_writes_on_its_own_is_told_so(store, clerks):
    def twice(session):
        store.write(number)

    with store.writing() as session:
        number(session)
        for operation in (twice, number):
            clerks.queue(operation)
    told = [answer for answer in clerks.all_answers() if answer != 2]
    assert [type(answer) for answer in told] == [RuntimeError]
    assert last(store) == 2


def test_a_clean_close_lets_those_who_wait_finish(store, clerks):
    closing = threading.Thread(target=store.close, daemon=True)
    with store.writing() as session:
        number(session)
        clerks.queue(number)
        closing.start()
        wait_until(lambda: len(store.turn.waiting) == 2)
        clerks.queue(number)
    assert sorted(clerks.all_answers()) == [2, 3]
    closing.join(LONG_ENOUGH)
    assert not closing.is_alive()
    assert last(store) == 3
