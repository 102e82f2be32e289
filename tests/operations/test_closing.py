"""Close of month: the keeper proposes, a second person attests, and what is closed stays as it is."""

from datetime import date
from uuid import uuid4

import pytest

from ledger.errors import NotFound
from ledger.journal import Book, body_of, closed_through
from ledger.journal.closing import ClosedAlready, NotOver
from ledger.journal.submission import KeyUsedForOther
from ledger.operations.closing import NotAMonthsEnd, confirm_close, propose_close
from ledger.operations.redemption import redeem
from ledger.operations.reversal import StaysClosed
from ledger.registers.requests import AlreadyDecided, Request, SamePerson
from ledger.reports.closings import closings
from ledger.reports.today import today
from tests.county import said
from tests.operations.clients import CLIENTS, Clients
from tests.replay import entries_of

JANUARY, FEBRUARY = date(2026, 1, 31), date(2026, 2, 28)


def propose(book, through=FEBRUARY, by="lin", **more):
    """Propose to close."""
    return book.do(propose_close, by=by, through=through, **more)


def attest(book, request, by="gao", **more):
    """Close, as a second person."""
    return book.do(confirm_close, by=by, request=request, **more)


def close(book, through=FEBRUARY, by="lin", second="gao"):
    """Close with two hands."""
    return attest(book, propose(book, through, by=by)["n"], by=second)


def closed(county, code="LY01"):
    """Return the last day that is closed."""
    with county.store.reading() as session:
        return closed_through(session.get_one(Book, code))


# Two hands

def test_a_proposal_waits_for_a_second_person_and_closes_nothing(book, county):
    assert propose(book) == {"book": "LY01", "n": 1, "status": "waiting", "through": "2026-02-28"}
    assert book.kinds() == []
    assert closed(county) < date(2001, 1, 1)
    assert [one.kind for one in county.ask(today, "LY01", county.day)["closings"]] == ["close"]


@pytest.mark.parametrize("second", ["gao", "luo", "wei"])
def test_the_second_person_closes_the_book(book, county, second):
    waiting = propose(book)["n"]
    answer = attest(book, waiting, by=second)
    assert (answer["number"], answer["through"], answer["request"]) == (1, "2026-02-28", waiting)
    entry = book.entry(1)
    assert (entry.kind, entry.by) == ("close", second)
    assert body_of(entry)["facts"] == {"through": "2026-02-28", "request": waiting, "asked_by": "lin"}
    assert closed(county) == FEBRUARY
    assert county.ask(today, "LY01", county.day)["closings"] == []


def test_nobody_attests_an_own_proposal(book):
    waiting = propose(book, by="wei")["n"]
    with book.refuses(SamePerson):
        attest(book, waiting, by="wei")


def test_the_county_store_is_closed_by_two_people_of_the_county_office(county):
    store_room = county.book("COUNTY")
    close(store_room, by="wei", second="han")
    assert (closed(county, "COUNTY"), closed(county) < FEBRUARY) == (FEBRUARY, True)


def test_a_close_is_attested_once(book):
    waiting = propose(book)["n"]
    attest(book, waiting)
    with book.refuses(AlreadyDecided):
        attest(book, waiting, by="luo")


def test_a_new_proposal_takes_the_place_of_the_one_that_waits(book, county):
    first = propose(book, JANUARY)["n"]
    second = propose(book, FEBRUARY)["n"]
    with book.refuses(AlreadyDecided):
        attest(book, first)
    assert attest(book, second)["through"] == "2026-02-28"
    with county.store.reading() as session:
        assert session.get_one(Request, ("LY01", first)).status == "withdrawn"


def test_a_new_proposal_leaves_other_requests_waiting(book, county):
    county.book("COUNTY").give(soap=20)
    line = {"item": "SOAP", "lot": "L1", "quantity": 18, "short": 2, "reason": "torn"}
    book.arrive(county.book("COUNTY").send("LY01", soap=20), lines=[line])
    propose(book)
    waiting = county.ask(today, "LY01", county.day)
    assert [len(waiting[name]) for name in ("differences", "closings")] == [1, 1]
    with book.refuses(NotFound):
        attest(book, waiting["differences"][0].n)


def test_a_proposal_that_is_not_there_is_not_found(book):
    with book.refuses(NotFound):
        attest(book, 7)


# Which days

@pytest.mark.parametrize("day", ["2026-03-06", "2026-03-07", "2030-01-01"])
def test_only_days_that_are_over_are_closed(book, day):
    with book.refuses(NotOver) as caught:
        propose(book, date.fromisoformat(day))
    sentence = f"{day} is not over yet; today is 2026-03-06. Only past days can be closed."
    assert said(caught) == [("through", sentence)]


@pytest.mark.parametrize("day", ["2026-03-01", "2026-02-27", "2026-01-01"])
def test_a_book_is_closed_through_a_months_last_day(book, day):
    with book.refuses(NotAMonthsEnd) as caught:
        propose(book, date.fromisoformat(day))
    assert said(caught) == [("through", f"A book is closed through the last day of a month; {day} is none.")]


@pytest.mark.parametrize("day", ["2026-02-28", "2026-02-01"])
def test_a_close_never_goes_back(book, day):
    close(book)
    with book.refuses(ClosedAlready) as caught:
        propose(book, date.fromisoformat(day))
    assert said(caught) == [("through", "The book is closed through 2026-02-28 already.")]


def test_a_proposal_that_was_overtaken_is_not_attested(book, county):
    waiting = propose(book, JANUARY)["n"]
    county.edit(Request, ("LY01", waiting), status="kept aside")
    close(book)
    county.edit(Request, ("LY01", waiting), status="waiting")
    with book.refuses(ClosedAlready):
        attest(book, waiting)


# Afterwards

def test_a_late_paper_is_booked_in_the_open_month_and_february_stays_as_it_was(book, county):
    """
    2026-02-10 donation
      donor:D7   -> stock             SOAP/L7   20
    2026-02-10 credit
      fund:merit -> purse:H001:merit  POINT  1000
    """
    close(book)
    sold = book.redeem("H001", soap=2, on="2026-02-27", paper_number="31")
    assert (sold["occurred_on"], sold["booked_on"]) == ("2026-02-27", "2026-03-01")
    assert book.entry(sold["number"]).late == 1
    undone = book.reverse(sold)
    assert (undone["occurred_on"], undone["booked_on"]) == ("2026-03-06", "2026-03-06")
    assert february(county) == [(1, "donation"), (2, "credit")]


def february(county):
    """Return what is booked through the end of February."""
    with county.store.reading() as session:
        entries = entries_of(session, "LY01")
    return [(entry["number"], entry["kind"]) for entry in entries if entry["booked_on"] <= FEBRUARY.isoformat()]


@pytest.mark.parametrize("by", ["gao", "luo", "han"])
def test_a_close_is_not_reversed(book, by):
    number = close(book, second="wei")["number"]
    with book.refuses(StaysClosed) as caught:
        book.reverse(number, by=by)
    sentence = "A closed month stays closed. What was missed or wrong is booked now, in the open month."
    assert said(caught) == [(None, sentence)]


def test_the_closes_of_a_book_are_told_the_latest_first(book, county):
    close(book, JANUARY)
    close(book, FEBRUARY, second="luo")
    rows = [(row["through"], row["asked_by"], row["by"], row["number"]) for row in county.ask(closings, "LY01").rows]
    assert rows == [("2026-02-28", "lin", "luo", 2), ("2026-01-31", "lin", "gao", 1)]


def test_the_same_proposal_and_the_same_yes_sent_twice_count_once(book):
    first = propose(book, key="proposal")
    assert propose(book, key="proposal") == first
    booked = attest(book, first["n"], key="one tap")
    assert attest(book, first["n"], key="one tap") == booked
    assert book.kinds() == ["close"]
    with book.refuses(KeyUsedForOther):
        propose(book, JANUARY, key="proposal")


# Many at once

@pytest.fixture(scope="module")
def clients():
    """Twenty clients, waiting."""
    ready = Clients()
    yield ready
    ready.go_home()


def test_papers_that_come_in_while_the_book_is_closed_stand_before_the_close_or_in_the_open_month(
    clients, book, county
):
    """
    2026-02-10 donation
      donor:D7   -> stock             SALT/L7   90
    """
    form = {"household": "H001", "occurred_on": date(2026, 2, 27), "basket": [{"item": "SALT", "quantity": 1}]}
    papers = [
        (redeem, "LY01", {"clerk": "lin", "key": uuid4().hex, "paper_number": f"{n}", **form})
        for n in range(1, CLIENTS)
    ]
    job = (confirm_close, "LY01", {"clerk": "gao", "key": uuid4().hex, "request": propose(book)["n"]})
    booked, refused = clients.race(county, [*papers, job])
    assert (len(booked), refused) == (CLIENTS, [])
    (at_close,) = [answer["number"] for answer in booked if "through" in answer]
    for answer in booked:
        before = answer["number"] < at_close
        assert answer["booked_on"] == ("2026-02-27" if before else max(answer["occurred_on"], "2026-03-01"))
    county.replay()
