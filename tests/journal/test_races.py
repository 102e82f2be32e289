"""Races: many at once, and the power cut. What may happen once happens once; what was acknowledged is there."""

import signal
import threading
import time

import pytest

from ledger.journal import books
from tests.journal.clients import all_at_once, keeper_without_end, processes, send
from tests.journaltext import WrittenBook, book_from
from tests.replay import replay


def check(store, code="LY12"):
    """Replay a book; return how many entries it has."""
    with store.reading() as session:
        replay(session, code)
        return next(head.number for head in books(session) if head.code == code)


def shelf(store, soaps):
    """Return the book of Liuhe with so many soaps on the shelf."""
    return book_from(f"2026-03-05 donation\n donor:D7 -> stock SOAP/L7 {soaps}", store)


def test_twenty_clients_want_the_last_soap_and_exactly_one_gets_it(store):
    book = shelf(store, 1)
    answers = all_at_once(store.url, [f"client-{place}" for place in range(20)])
    assert [answer["number"] for answer in answers if isinstance(answer, dict)] == [2]
    refusals = [answer for answer in answers if not isinstance(answer, dict)]
    assert refusals == ["NotThere: There is not enough in stock: 0 of SOAP L7, 1 asked."] * 19
    assert book.holds("stock", "SOAP/L7") == 0
    assert check(store) == 2


def test_twenty_clients_of_one_server_want_the_last_soap_and_exactly_one_gets_it(store):
    shelf(store, 1)
    answers = []
    keys = [f"client-{place}" for place in range(20)]
    clients = [threading.Thread(target=lambda key=key: answers.append(send(store, key))) for key in keys]
    for one in clients:
        one.start()
    for one in clients:
        one.join(60)
    assert len(answers) == 20
    assert sum(isinstance(answer, dict) for answer in answers) == 1
    assert check(store) == 2


def test_the_same_form_from_ten_processes_is_booked_once_and_answered_the_same(store):
    book = shelf(store, 20)
    answers = all_at_once(store.url, ["one-form"] * 10)
    assert answers == [answers[0]] * 10
    assert answers[0]["number"] == 2
    assert book.holds("handed-out", "SOAP/L7") == 1
    assert check(store) == 2


def test_one_key_used_in_two_books_at_one_moment_is_booked_in_one_of_them(store):
    shelf(store, 20)
    WrittenBook(store, "LY13").write("2026-03-05 donation\n donor:D7 -> stock SOAP/L7 20")
    answers = all_at_once(store.url, ["one-form"] * 8, ["LY12", "LY13"] * 4)
    booked = [answer for answer in answers if isinstance(answer, dict)]
    assert booked == [booked[0]] * 4
    assert {answer.partition(":")[0] for answer in answers if isinstance(answer, str)} == {"KeyUsedForOther"}
    assert check(store) + check(store, "LY13") == 3


@pytest.mark.parametrize("milliseconds", [50, 130, 310])
def test_what_was_acknowledged_before_the_power_went_is_there(store, tmp_path, milliseconds):
    shelf(store, 1_000_000)
    paper = tmp_path / "acknowledged"
    keeper = processes.Process(target=keeper_without_end, args=(store.url, str(paper)), daemon=True)
    keeper.start()
    kill_in_the_middle(keeper, paper, milliseconds / 1000)
    acknowledged = [int(line) for line in paper.read_text().split()]
    entries = check(store)
    assert len(set(acknowledged)) == len(acknowledged) >= 3
    assert max(acknowledged) <= entries
    assert send(store, "the next morning")["number"] == entries + 1


def kill_in_the_middle(keeper, paper, seconds):
    """Let the keeper serve somebody, and go on for so long; then cut the power."""
    end = time.monotonic() + 60
    while not (paper.exists() and paper.read_text().count("\n") >= 3):
        assert time.monotonic() < end, "the keeper served nobody"
        time.sleep(0.005)
    time.sleep(seconds)
    keeper.kill()
    keeper.join(60)
    assert keeper.exitcode == -signal.SIGKILL
