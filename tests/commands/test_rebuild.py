"""aixin rebuild --check: every book worked out again; what is wrong is named, and known to all until it is gone."""

import json

import pytest
from sqlalchemy import text

from ledger.db.guards import put_guards, take_guards_off
from ledger.db.migrate import owner_engine
from ledger.registers.findings import findings
from tests.commands.conftest import calling, code_of, database_in
from tests.commands.test_serve import answered, serving, stopped

__all__ = ["serving"]
RIGHT = "UPDATE balance SET quantity = quantity - 1 WHERE book = 'LY03' AND account = 'fund:merit'"
SPOILT = {
    "an old body": ("UPDATE entry SET body = body || ' ' WHERE book = 'LY03' AND number = 2",
                    "LY03-2: its digest does not fit it"),
    "a balance": (RIGHT.replace("- 1", "+ 1"), "LY03: fund:merit POINT holds "),
    "the road": ("UPDATE on_the_road SET quantity = 1 WHERE number = (SELECT MIN(number) FROM on_the_road)", "COUNTY-"),
}


@pytest.fixture
def aixin(demo_copy):
    """The command, called beside a demo."""
    return calling(demo_copy)


def spoil(folder, statement):
    """Change something behind the program's back, past every guard."""
    engine = owner_engine(f"sqlite:///{folder / 'instance' / 'ledger.sqlite'}")
    with engine.begin() as connection:
        take_guards_off(connection)
        assert connection.execute(text(statement)).rowcount > 0
        put_guards(connection)
    engine.dispose()


def known(folder):
    """Return what the service knows to be wrong."""
    store = database_in(folder)
    with store.reading() as session:
        found = [(finding.book, finding.whole) for finding in findings(session)]
    store.close()
    return found


def test_a_demo_agrees_from_its_first_entry_to_its_last_balance(aixin, demo_copy):
    done = aixin("rebuild", "--check")
    assert (done.returncode, known(demo_copy)) == (0, [])
    assert done.stdout.startswith("29 books: all ")
    assert done.stdout.endswith(" entries agree with the rows; the file can be read whole.\n")
    assert "check 100%" in done.stderr


def test_one_book_is_checked_alone(aixin):
    done = aixin("rebuild", "--check", "--book", "LY03")
    assert done.returncode == 0
    assert done.stdout.startswith("LY03: all ")


@pytest.mark.parametrize("what", SPOILT)
def test_what_is_wrong_is_named_and_known_and_forgotten_when_it_is_right_again(aixin, demo_copy, what):
    statement, sentence = SPOILT[what]
    spoil(demo_copy, statement)
    done = aixin("rebuild", "--check")
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 1)
    assert done.stdout.startswith(sentence)
    assert len(known(demo_copy)) == 1
    if what == "a balance":
        spoil(demo_copy, RIGHT)
        assert aixin("rebuild", "--check", "--book", "LY04").returncode == 0
        assert known(demo_copy) == [("LY03", 1)], "another book says nothing of this one"
        assert aixin("rebuild", "--check", "--book", "LY03").returncode == 0
        assert known(demo_copy) == []


def test_a_book_that_there_never_was_is_forgotten_with_the_row_that_named_it(aixin, demo_copy):
    """A letter of a balance is spoilt and put right again; of Liuye 3 nobody had heard before or since."""
    spoil(demo_copy, "UPDATE balance SET book = 'LYe3' WHERE book = 'LY03' AND account = 'fund:merit'")
    assert aixin("rebuild", "--check").returncode == 1
    assert known(demo_copy) == [("LY03", 1), ("LYe3", 1)]
    spoil(demo_copy, "UPDATE balance SET book = 'LY03' WHERE book = 'LYe3'")
    assert aixin("rebuild", "--check", "--book", "LY03").returncode == 0
    assert known(demo_copy) == [], "each check looks for books that have no head"


@pytest.mark.parametrize("arguments", [["rebuild"], ["rebuild", "--check", "--book"]])
def test_it_does_nothing_but_check(arguments):
    assert code_of(*arguments) == 2


def test_a_book_that_is_not_there_is_wrong_usage(aixin):
    done = aixin("rebuild", "--check", "--book", "LY99")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "There is no book LY99.\n")


def test_a_county_without_books_has_nothing_wrong(place):
    done = calling(place)("rebuild", "--check")
    assert (done.returncode, done.stdout) == (0, "0 books: no entry yet; the file can be read whole.\n")


def test_the_service_looks_over_the_books_when_it_starts_says_what_is_wrong_and_opens_all_the_same(demo_copy, serving):
    spoil(demo_copy, SPOILT["a balance"][0])
    process, port = serving(demo_copy)
    said = readiness(port)
    assert said["status"] == "ready"
    assert said["differences"] == ["LY03: it does not agree with itself"]
    assert known(demo_copy) == [("LY03", 0)]
    code, _, error = stopped(process)
    assert (code, error) == (0, "Something is wrong in LY03: the balances of POINT do not close, 1 too many\n")
    spoil(demo_copy, RIGHT)
    assert readiness(serving(demo_copy)[1])["differences"] == []


def readiness(port):
    """Return what the service says of itself, once it answers."""
    with answered(port, "/readyz") as answer:
        return json.load(answer)
