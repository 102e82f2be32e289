"""A page asks the database a handful of questions, however long its list is."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from ledger.registers.households import Household, take_in_all

MOST = 22
ALL_THAT_WAITS = {"/books/LY01/": 30}
"""The first page asks one question for each kind of work that may wait; still never one for each line."""


@contextmanager
def counted(house):
    """Count what the database is asked."""
    asked = []

    def note(connection, cursor, statement, *_):
        if statement != "BEGIN":
            asked.append(statement)

    engine = house.county.store.engine
    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture(scope="module")
def crowded(standing):
    """The house with 300 more households, a sheet of 300 lines, 300 credits, and gifts in more than a hundred lots."""
    fill(standing)
    return standing


def fill(house):
    """Let a lot happen."""
    with house.county.store.writing() as session:
        more = [Household(book="LY01", number=f"K{n:03d}", name=f"户{n}", group=1 + n % 9) for n in range(300)]
        take_in_all(session, more, by="mei", now=house.county.now)
    liuhe, store = house.county.book("LY01"), house.county.book("COUNTY")
    liuhe.draw(*[(f"K{n:03d}", "WORK", 80) for n in range(300)])
    liuhe.write("\n".join(f"2026-03-06 credit\n fund:merit -> purse:K{n:03d}:merit POINT 80" for n in range(300)))
    store.give(lines=[{"item": "SALT", "quantity": 1} for _ in range(60)])
    liuhe.arrive(store.send("LY01", salt=100))
    store.give(lines=[{"item": item, "quantity": 1} for item in ("SOAP", "RICE", "OIL", "TOWEL") for _ in range(12)])
    house.basket = liuhe.redeem("H001",
                                basket=[{"item": "SALT", "quantity": 115}, {"item": "SOAP", "quantity": 1}])["number"]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("lin", "/books/LY01/"), ("lin", "/books/LY01/stock"), ("lin", "/books/LY01/stock/SALT"),
        ("lin", "/books/LY01/households"),
        ("lin", "/books/LY01/entries"),
        ("lin", "/books/LY01/households/H001"), ("lin", "/books/LY01/sheets"), ("lin", "/books/LY01/sheets/4"),
        ("mei", "/books/LY01/sheets/new"), ("lin", "/books/LY01/redemptions/new?household=H001"),
        ("gao", "/books/LY01/sheets/4"),
        ("lin", "/books/LY01/redemptions/new?q=1"), ("lin", "/books/LY01/entries/9"), ("lin", "/books/LY01/arrivals"),
        ("lin", "/books/LY01/dispatches/new"), ("wei", "/books/COUNTY/dispatches/new"),
        ("wei", "/books/COUNTY/donations/new"),
        ("wei", "/county/"), ("wei", "/registers/lots/"), ("wei", "/registers/items/"), ("wei", "/registers/staff/"),
        ("wei", "/registers/staff/lin"), ("wei", "/donors/D7/statement"), ("lin", "/books/LY01/redemptions/{basket}"),
        ("lin", "/books/LY01/households?format=csv"), ("lin", "/books/LY01/sheets/4?format=csv"),
        ("lin", "/books/LY01/entries?format=csv"), ("lin", "/books/LY01/closings"),
    ],
)
def test_a_page_asks_a_handful_of_questions(crowded, name, path):
    browser = crowded.sit(name)
    with counted(crowded) as asked:
        assert browser.get(path.format(basket=crowded.basket), buffered=True).status_code == 200
    assert len(asked) <= ALL_THAT_WAITS.get(path, MOST), "\n".join(asked)


@pytest.mark.parametrize("path",
                         ["/books", "/books/LY01", "/books/LY01/households?limit=500", "/books/LY01/stock?limit=500",
                                  "/books/LY01/entries?limit=500", "/books/LY01/entries/9",
                                  "/books/LY01/households/K001"])
def test_a_program_asks_no_more_of_it(crowded, path):
    program = crowded.program("lin")
    with counted(crowded) as asked:
        assert program.get(path).status_code == 200
    assert len(asked) <= ALL_THAT_WAITS.get(path, MOST), "\n".join(asked)
