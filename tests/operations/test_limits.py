"""Limits: when goods are few a household gets so many and no more, unless a second person has said yes."""

from datetime import date
from itertools import count
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.errors import LedgerError, Refusals, Unknown
from ledger.journal import body_of
from ledger.operations.declining import decline
from ledger.operations.item import LimitInThePast, limit_item
from ledger.operations.limits import NotTheBasket, NotYourYes, OverLimit, allow_override, ask_override
from ledger.operations.redemption import redeem
from ledger.registers.households import Household, take_in
from ledger.registers.items import Item
from ledger.registers.limits import limits_of, limits_on
from ledger.registers.register import Retired, changes_of
from ledger.registers.requests import AlreadyDecided, Request, SamePerson
from ledger.registers.staff import OwnHousehold
from tests.county import said
from tests.operations.clients import CLIENTS, Clients

DAY = date(2026, 3, 6)


def limit(county, item, quantity, per="month", *, outlet="COUNTY", since="2026-03-06", **more):
    """Let a limit hold from a day on."""
    since = date.fromisoformat(since)
    return county.book("COUNTY").do(
        limit_item, by="wei", item=item, outlet=outlet, per=per, holds_from=since, quantity=quantity, **more
    )


def ask(book, household="H001", by="lin", reason="nine mouths to feed", **goods):
    """Ask for more than a limit allows."""
    basket = [{"item": item.upper(), "quantity": quantity} for item, quantity in goods.items()]
    return book.do(ask_override, by=by, household=household, basket=basket, reason=reason)["n"]


def allow(book, request, by="gao", **more):
    """Say yes, as a second person."""
    return book.do(allow_override, by=by, request=request, **more)


def serve(book, override=None, on=None, **goods):
    """Hand salt or other goods to the Wangs."""
    basket = [{"item": item.upper(), "quantity": quantity} for item, quantity in goods.items()]
    paper = {"paper_number": "31"} if on else {}
    return book.act(redeem, by="lin", household="H001", basket=basket, override=override, on=on, **paper)


# How many

def test_a_household_gets_up_to_the_limit_of_a_month_and_is_told_what_is_left(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  90
    """
    limit(county, "SALT", 5)
    serve(book, salt=3)
    with book.refuses(OverLimit) as caught:
        serve(book, salt=3)
    sentence = "食盐: a household gets at most 5 each month. Left: 2, asked: 3."
    assert said(caught) == [("basket.0.quantity", sentence)]
    serve(book, salt=2)
    book.redeem("H006", salt=5)
    county.move_to("2026-04-01")
    serve(book, salt=5)


def test_all_of_one_day_is_one_visit(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  90
    """
    limit(county, "SALT", 2, "visit")
    serve(book, salt=1)
    with book.refuses(OverLimit) as caught:
        serve(book, salt=2)
    assert said(caught)[0][1] == "食盐: a household gets at most 2 each visit. Left: 1, asked: 2."
    county.wait(1)
    serve(book, salt=2)


def test_every_line_beyond_a_limit_is_named_at_once_and_two_lines_of_one_item_count_together(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SALT/L7  90
      donor:D7   -> stock             SOAP/L8  90
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT  9000
    """
    limit(county, "SALT", 3)
    limit(county, "SOAP", 1, "visit")
    lines = [{"item": item, "quantity": 2} for item in ("SALT", "SOAP", "SALT")]
    with book.refuses(LedgerError) as caught:
        book.redeem("H001", basket=lines)
    assert [at for at, _ in said(caught)] == ["basket.2.quantity", "basket.1.quantity"]


def test_an_outlets_own_limit_goes_before_the_countys_and_an_empty_one_lifts_it(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  90
    """
    limit(county, "SALT", 1)
    limit(county, "SALT", 4, outlet="LY01")
    limit(county, "SALT", 0, outlet="LY02")
    assert county.ask(limits_on, "LY01", DAY) == {("SALT", "month"): 4}
    assert county.ask(limits_on, "LY02", DAY) == {("SALT", "month"): 0}
    serve(book, salt=4)
    limit(county, "SALT", None, outlet="LY01", since="2026-03-07")
    county.wait(1)
    serve(book, salt=9)


def test_a_limit_holds_from_its_day_on_and_what_was_had_before_does_not_count(book, county):
    """
    2026-03-04 donation
      donor:D7 -> stock  SALT/L7  90
    """
    serve(book, salt=9)
    limit(county, "SALT", 2)
    serve(book, salt=1)
    serve(book, salt=9, on="2026-03-05")
    with book.refuses(OverLimit):
        serve(book, salt=2)


def test_what_is_keyed_later_counts_in_the_month_of_its_paper(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  90
    """
    limit(county, "SALT", 2)
    county.move_to("2026-04-02")
    serve(book, salt=2, on="2026-03-31")
    serve(book, salt=2)
    with book.refuses(OverLimit):
        serve(book, salt=1, on="2026-03-30")


def test_a_reversal_gives_back_exactly_what_was_counted(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  90
    """
    before = serve(book, salt=5)
    limit(county, "SALT", 2)
    first = serve(book, salt=2)
    limit(county, "SALT", 3, "visit")
    book.reverse(before)
    with book.refuses(OverLimit):
        serve(book, salt=1)
    book.reverse(first)
    second = serve(book, salt=2)
    assert body_of(book.entry(second["number"]))["facts"]["limits"] == [
        {"item": "SALT", "period": "2026-03", "quantity": 2}, {"item": "SALT", "period": "2026-03-06", "quantity": 2},
    ]


def test_without_a_limit_nothing_is_counted(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  90
    """
    limit(county, "SOAP", 1)
    answer = serve(book, salt=9)
    assert "limits" not in body_of(book.entry(answer["number"]))["facts"]
    assert county.state()["limit_use"] == []


# Set by the county

def test_a_limit_is_set_from_today_on_for_a_known_item_and_outlet(county):
    with county.refuses(LimitInThePast) as caught:
        limit(county, "SALT", 2, since="2026-03-05")
    assert said(caught) == [("holds_from", "A limit holds from today (2026-03-06) or later.")]
    with county.refuses(Unknown) as caught:
        limit(county, "SALT", 2, outlet="LY77")
    assert said(caught)[0][0] == "outlet"
    county.edit(Item, "SALT", retired=1)
    with county.refuses(Retired):
        limit(county, "SALT", 2)


def test_of_two_limits_for_one_day_the_later_word_counts_and_the_register_keeps_both(county):
    limit(county, "SALT", 20)
    limit(county, "SALT", 2)
    assert [one.quantity for one in county.ask(limits_of, "SALT")] == [2]
    with county.store.reading() as session:
        changes = [change.after for change in changes_of(session, session.get_one(Item, "SALT"))]
    assert changes[:2] == ["everywhere month 2026-03-06 2", "everywhere month 2026-03-06 20"]


# More than the limit

def test_the_very_basket_is_handed_out_once_after_a_second_person_has_said_yes(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  90
    """
    limit(county, "SALT", 2)
    n = ask(book, salt=5)
    with book.refuses(NotTheBasket):
        serve(book, salt=5, override=n)
    assert allow(book, n, by="luo")["status"] == "allowed"
    for other in ({"salt": 6}, {"salt": 5, "soap": 1}):
        with book.refuses(LedgerError):
            serve(book, override=n, **other)
    answer = serve(book, salt=5, override=n)
    facts = body_of(book.entry(answer["number"]))["facts"]
    assert (facts["override"], facts["limits"]) == (n, [{"item": "SALT", "period": "2026-03", "quantity": 5}])
    with book.refuses(NotTheBasket) as caught:
        serve(book, salt=5, override=n)
    assert said(caught) == [("household", "Request 1 does not allow this basket, or not any more. Ask again.")]
    with book.refuses(OverLimit):
        serve(book, salt=1)


def test_why_more_was_allowed_is_kept_beside_the_journal(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  90
    """
    limit(county, "SALT", 2)
    n = ask(book, salt=5, reason="Wang Xiulan feeds nine")
    allow(book, n)
    entry = book.entry(serve(book, salt=5, override=n)["number"])
    assert "Wang" not in entry.body
    assert list(body_of(entry)["notes"]) == ["override"]
    with county.store.reading() as session:
        request = session.get_one(Request, ("LY01", n))
        assert (request.status, request.number) == ("used", entry.number)


def test_an_override_is_for_one_household(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  90
    """
    limit(county, "SALT", 2)
    n = ask(book, household="H006", salt=5)
    allow(book, n, by="luo")
    with book.refuses(NotTheBasket):
        serve(book, salt=5, override=n)


def test_who_asked_does_not_allow_and_nobody_asks_or_allows_for_their_own(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  90
    """
    n = ask(book, salt=5, by="gao")
    with book.refuses(SamePerson):
        allow(book, n, by="gao")
    with book.refuses(OwnHousehold):
        ask(book, household="H003", salt=5, by="lin")
    relatives = ask(book, household="H006", salt=5)
    with book.refuses(OwnHousehold):
        allow(book, relatives, by="gao")


def test_a_declined_request_allows_nothing_and_is_decided_once(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  90
    """
    limit(county, "SALT", 2)
    n = ask(book, salt=5)
    assert book.do(decline, by="luo", request=n, reason="two are enough")["status"] == "declined"
    with book.refuses(AlreadyDecided):
        allow(book, n)
    with book.refuses(NotTheBasket):
        serve(book, salt=5, override=n)


def test_a_yes_holds_through_the_month_in_which_it_was_given(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  90
    """
    limit(county, "SALT", 2)
    n = ask(book, salt=5)
    allow(book, n)
    book.reverse(serve(book, salt=5, override=n), reason="not fetched")
    county.move_to("2026-04-01")
    with book.refuses(NotTheBasket):
        serve(book, salt=5, override=n)
    # What went home on the 31st and is keyed today went home in time.
    assert serve(book, salt=5, override=n, on="2026-03-31")["number"]


def test_a_yes_that_was_not_used_is_taken_back_by_who_gave_it_or_by_the_supervisor(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  90
    """
    limit(county, "SALT", 2)
    n = ask(book, salt=5)
    allow(book, n, by="luo")
    with book.refuses(NotYourYes):
        book.do(decline, by="wei", request=n, reason="too many")
    assert book.do(decline, by="luo", request=n, reason="they have five already")["status"] == "declined"
    with book.refuses(NotTheBasket):
        serve(book, salt=5, override=n)
    used, unused = ask(book, salt=5), ask(book, salt=6)
    for one in (used, unused):
        allow(book, one, by="luo")
    sold = serve(book, salt=5, override=used)
    with book.refuses(AlreadyDecided):
        book.do(decline, by="luo", request=used, reason="too late")
    book.reverse(sold, reason="not fetched")
    for one in (used, unused):
        assert book.do(decline, by="gao", request=one, reason="nobody came")["status"] == "declined"
    with county.store.reading() as session:
        request = session.get_one(Request, ("LY01", used))
        assert [(one.before, one.after, one.by) for one in changes_of(session, request)] == [
            ("allowed", "declined", "gao")
        ]


# Many at once, and always

@pytest.fixture(scope="module")
def clients():
    """Twenty clients, waiting."""
    ready = Clients()
    yield ready
    ready.go_home()


def test_of_twenty_counters_at_once_only_so_many_hand_out_as_the_limit_has_room_for(clients, book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  90
    """
    limit(county, "SALT", 3)
    basket = [{"item": "SALT", "quantity": 1}]
    form = {"clerk": "lin", "household": "H001", "occurred_on": DAY, "basket": basket}
    booked, refused = clients.race(county, [(redeem, "LY01", {**form, "key": uuid4().hex}) for _ in range(CLIENTS)])
    sentence = "食盐: a household gets at most 3 each month. Left: 0, asked: 1."
    assert (len(booked), refused) == (3, [[("basket.0.quantity", sentence)]] * (CLIENTS - 3))
    assert book.stock("SALT") == 87
    county.replay()


def test_of_two_who_use_one_yes_at_once_one_hands_out(clients, book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  90
    """
    limit(county, "SALT", 3)
    n = ask(book, salt=9)
    allow(book, n)
    form = {"household": "H001", "occurred_on": DAY, "basket": [{"item": "SALT", "quantity": 9}], "override": n}
    jobs = [(redeem, "LY01", {"clerk": "lin", "key": uuid4().hex, **form}) for _ in range(CLIENTS)]
    booked, refused = clients.race(county, jobs)
    assert (len(booked), len(refused), book.stock("SALT")) == (1, CLIENTS - 1, 81)


EXAMPLES = count(1)
visits = st.lists(st.tuples(st.sampled_from(("serve", "undo", "wait")), st.integers(1, 4)), max_size=14)


@settings(max_examples=12, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(visits=visits)
def test_in_whatever_order_visits_and_reversals_come_no_limit_is_passed(county, visits):
    limit(county, "SALT", 5, since=county.day.isoformat())
    limit(county, "SALT", 3, "visit", since=county.day.isoformat())
    desk, stand, number = county.book("LY01"), [], f"X{next(EXAMPLES)}"
    with county.store.writing() as session:
        take_in(session, Household(book="LY01", number=number, name="王"), by="wei", now=county.now)
    desk.give(salt=60)
    for what, many in visits:
        if what == "wait":
            county.wait(many * 5)
        elif what == "undo" and stand:
            desk.reverse(stand.pop(many % len(stand))[0])
        elif what == "serve":
            try:
                stand.append((desk.redeem(number, salt=many), county.day, many))
            except (OverLimit, Refusals):
                assert had(stand, county.day, 10) + many > 3 or had(stand, county.day, 7) + many > 5
        for day in {day for _, day, _ in stand}:
            assert had(stand, day, 10) <= 3 and had(stand, day, 7) <= 5


def had(stand, day, signs):
    """Return what was had in a day (10 signs) or a month (7)."""
    return sum(many for _, on, many in stand if on.isoformat()[:signs] == day.isoformat()[:signs])
