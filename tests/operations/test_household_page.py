"""The household's own page: a code on the card opens it if the household wants one, and dies with the card."""

import pytest

from ledger.errors import NotFound
from ledger.operations.household_page import switch_page
from ledger.operations.life import change_life
from ledger.operations.register import amend
from ledger.registers.household_pages import household_behind, page_of
from ledger.registers.households import Household, NotActive
from ledger.registers.passwords import token_digest
from ledger.registers.register import changes_of
from ledger.registers.staff import OwnHousehold

CODE, OTHER = "ABCDEFGHIJKLMNOPQRSTUVWX", "the-code-of-another-card"


def switch(book, on=1, *, code=CODE, household="H001", by="lin", **more):
    """Switch a household's page on, with this code, or off."""
    return book.do(switch_page, by=by, household=household, digest=token_digest(code), on=on, **more)


def opens(county, code=CODE):
    """Return whose page a code opens, if any."""
    try:
        return county.ask(household_behind, code).number
    except NotFound:
        return None


def test_no_household_has_a_page_until_it_wants_one(book, county):
    assert opens(county) is None
    switch(book)
    assert opens(county) == "H001"
    assert opens(county, CODE.lower()) is None and opens(county, "") is None and opens(county, "\0") is None


def test_a_new_code_ends_the_old_one_and_switched_off_none_opens(book, county):
    switch(book)
    switch(book, code=OTHER)
    assert (opens(county), opens(county, OTHER)) == (None, "H001")
    switch(book, 0)
    assert opens(county, OTHER) is None
    switch(book, 0)
    switch(book, code="a-third-code-after-all-12")
    assert opens(county, "a-third-code-after-all-12") == "H001"


@pytest.mark.parametrize("way", ["life", "register"])
def test_a_new_card_ends_the_code_whichever_way_it_is_given(book, county, way):
    switch(book)
    if way == "life":
        book.do(change_life, by="lin", household="H001", event="card", card="619999", paper_number="卡-1",
                occurred_on=county.day)
    else:
        row = county.ask(lambda session: session.get_one(Household, ("LY01", "H001")))
        values = {"version": row.version, "name": row.name, "card": "619999"}
        book.do(amend, by="mei", register="households", of=["LY01", "H001"], values=values)
    assert opens(county) is None
    assert county.ask(lambda session: page_of(session, session.get_one(Household, ("LY01", "H001")))) is None


def test_a_household_that_is_closed_or_retired_has_no_page_and_a_frozen_one_still_reads_it(book, county):
    switch(book)
    county.edit(Household, ("LY01", "H001"), status="frozen")
    assert opens(county) == "H001"
    with book.refuses(NotActive):
        switch(book, code=OTHER)
    county.edit(Household, ("LY01", "H001"), status="closed")
    assert opens(county) is None
    county.edit(Household, ("LY01", "H001"), status="active", retired=1)
    assert opens(county) is None


def test_nobody_switches_the_page_of_their_own_or_a_relatives_household(book):
    with book.refuses(OwnHousehold):
        switch(book, household="H003")


def test_each_switch_is_noted_with_who_did_it(book, county):
    for on, code in [(1, CODE), (1, OTHER), (0, OTHER)]:
        switch(book, on, code=code)
    changes = county.ask(lambda session: changes_of(session, session.get_one(Household, ("LY01", "H001"))))
    assert [(one.field, one.before, one.after, one.by) for one in changes[:3]] == [
        ("page", "1", "0", "lin"), ("page", "1", "1", "lin"), ("page", "0", "1", "lin"),
    ]


def test_the_code_stands_nowhere_in_the_database(book, county):
    answer = switch(book)
    assert answer == {"household": "H001", "on": 1}
    found = [(table, row) for table, rows in county.state().items() for row in rows if CODE in str(row)]
    assert found == []
    card = county.ask(lambda session: session.get_one(Household, ("LY01", "H001"))).card
    assert card and not [row for row in county.state()["household_page"] if card in str(row)]


@pytest.mark.parametrize("household", ["H101", "H999", ""])
def test_only_a_household_of_this_outlet_gets_a_page(book, household):
    for on in (1, 0):
        with book.refuses(NotFound):
            switch(book, on, household=household)


@pytest.mark.parametrize("change", [{"status": "frozen"}, {"status": "closed"}, {"retired": 1}])
def test_a_page_is_shut_also_when_the_household_may_no_longer_be_served(book, county, change):
    switch(book)
    county.edit(Household, ("LY01", "H001"), **change)
    assert switch(book, 0) == {"household": "H001", "on": 0}
    county.edit(Household, ("LY01", "H001"), status="active", retired=0)
    assert opens(county) is None, "it does not come back by itself"


def test_a_switch_pressed_twice_is_noted_once_and_the_code_goes_on_opening(book, county):
    for _ in range(2):
        switch(book, key="pressed twice")
    changes = county.ask(lambda session: changes_of(session, session.get_one(Household, ("LY01", "H001"))))
    assert [one.field for one in changes].count("page") == 1
    assert opens(county) == "H001"


def test_each_household_has_its_own_page(book, county):
    switch(book)
    switch(book, household="H006", code=OTHER)
    switch(book, 0)
    assert (opens(county), opens(county, OTHER)) == (None, "H006")
