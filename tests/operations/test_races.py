"""Races: twenty clients at once, each a process of its own. What is there once is given once; the others hear why."""

from datetime import date
from uuid import uuid4

import pytest

from ledger.operations.allocation import allocate_goods
from ledger.operations.arrival import accept_arrival, confirm_difference
from ledger.operations.count import begin_count
from ledger.operations.count_confirmation import confirm_count
from ledger.operations.dispatch import send_goods
from ledger.operations.donation import accept_donation
from ledger.operations.purchase import buy_goods
from ledger.operations.redemption import redeem
from ledger.operations.redirect import redirect_goods
from ledger.operations.reversal import reverse
from ledger.reports.road_check import check_road
from tests.county import road
from tests.operations.clients import CLIENTS, Clients

DAY = date(2026, 3, 6)


@pytest.fixture(scope="module")
def clients():
    """Twenty clients, waiting."""
    ready = Clients()
    yield ready
    ready.go_home()


def counter(household="H001", by="lin", key=None, **goods):
    """Return the job of serving a household at the counter."""
    basket = [{"item": item.upper(), "quantity": quantity} for item, quantity in goods.items()]
    form = {"household": household, "occurred_on": DAY, "basket": basket}
    return redeem, "LY01", {"clerk": by, "key": key or uuid4().hex, **form}


def act(operation, book, by, **form):
    """Return the job of any other act."""
    return operation, book, {"clerk": by, "key": uuid4().hex, **form}


def test_one_soap_is_left_and_one_of_twenty_gets_it_the_others_are_told_which_line(clients, book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7    1
      donor:D7   -> stock             SALT/L8   90
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT  9000
    """
    booked, refused = clients.race(county, [counter(salt=1, soap=1) for _ in range(CLIENTS)])
    assert len(booked) == 1
    sentence = ("basket.1.quantity", "Not enough on the shelf: 肥皂, asked 1, there is 0.")
    assert refused == [[sentence]] * (CLIENTS - 1)
    assert (book.stock("SOAP"), book.stock("SALT"), book.points("H001")) == (0, 89, 8880)
    county.replay()


def test_points_for_one_basket_are_spent_once(clients, book, county):
    """
    2026-03-05 donation
      donor:D7     -> stock               SOAP/L7   90
    2026-03-05 credit
      fund:merit   -> purse:H001:merit    POINT    100
      fund:support -> purse:H001:support  POINT     50
    """
    booked, refused = clients.race(county, [counter(soap=1) for _ in range(CLIENTS)])
    assert [answer["spent"] for answer in booked] == [{"support": 50, "merit": 70}]
    sentence = ("household", "Not enough points: the basket needs 12.0, the household has 3.0.")
    assert refused == [[sentence]] * (CLIENTS - 1)
    assert (book.points("H001"), book.stock("SOAP")) == (30, 89)
    county.replay()


def test_two_who_want_the_same_lot_get_one_lot_each(clients, book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   1  best 2026-06-01
      donor:D7   -> stock             SOAP/L8   1  best 2026-09-01
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT  9000
      fund:merit -> purse:H006:merit  POINT  9000
    """
    booked, refused = clients.race(county, [counter("H001", soap=1), counter("H006", soap=1)])
    assert sorted(answer["lines"][0]["lot"] for answer in booked) == ["L7", "L8"]
    assert refused == []
    county.replay()


def test_the_last_lot_is_handed_out_or_sent_away_but_not_both(clients, book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   5
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT  9000
    """
    send = act(send_goods, "LY01", "lin", to="LY02", occurred_on=DAY, lines=[{"item": "SOAP", "quantity": 5}])
    booked, refused = clients.race(county, [counter(soap=5), send])
    assert (len(booked), len(refused)) == (1, 1)
    assert book.stock("SOAP") == 0
    assert book.holds("handed-out", "SOAP") + road(county).get("L7", 0) == 5
    county.replay()


def test_a_note_arrives_once_however_many_take_it_in(clients, book, county):
    county.book("COUNTY").give(soap=50)
    note = county.book("COUNTY").send("LY01", soap=20)
    form = {"sender": "COUNTY", "dispatch": note["number"], "occurred_on": DAY, "lines": note["lines"]}
    booked, refused = clients.race(county, [act(accept_arrival, "LY01", "lin", **form) for _ in range(CLIENTS)])
    assert len(booked) == 1
    sentence = ("lines.0.quantity", "SOAP L1: 0 on the road, 20 named. Enter what is more under “over”.")
    assert refused == [[sentence]] * (CLIENTS - 1)
    assert (book.stock("SOAP"), road(county)) == (20, {})
    county.replay()


def test_a_note_arrives_or_is_taken_back_but_not_both(clients, book, county):
    store_room = county.book("COUNTY")
    store_room.give(soap=50)
    note = store_room.send("LY01", soap=20)
    form = {"sender": "COUNTY", "dispatch": note["number"], "occurred_on": DAY, "lines": note["lines"]}
    arrive = act(accept_arrival, "LY01", "lin", **form)
    take_back = act(reverse, "COUNTY", "han", number=note["number"], reason="wrong village")
    booked, refused = clients.race(county, [arrive, take_back])
    assert (len(booked), len(refused)) == (1, 1)
    assert (store_room.stock("SOAP"), book.stock("SOAP")) in ((50, 0), (30, 20))
    assert road(county) == {}
    county.replay()


def test_a_gift_of_money_is_spent_once(clients, county):
    store_room = county.book("COUNTY")
    store_room.give(lines=[{"cash": 10_000}])
    line = {"item": "SOAP", "quantity": 3, "unit_value": 1_000}
    order = {"supplier": "S1", "occurred_on": DAY, "lines": [line]}
    jobs = [act(buy_goods, "COUNTY", "wei", **order, invoice=f"2461200{n}") for n in range(CLIENTS)]
    booked, refused = clients.race(county, jobs)
    assert (len(booked), len(refused)) == (3, CLIENTS - 3)
    assert (store_room.holds("cash", "CNY/M1"), store_room.stock("SOAP")) == (1_000, 9)
    county.replay()


def test_an_invoice_is_paid_once_however_many_key_it_in(clients, county):
    store_room = county.book("COUNTY")
    store_room.give(lines=[{"cash": 10_000}])
    line = {"item": "SOAP", "quantity": 1, "unit_value": 1_000}
    order = {"supplier": "S1", "invoice": "24612000", "occurred_on": DAY, "lines": [line]}
    booked, refused = clients.race(county, [act(buy_goods, "COUNTY", "wei", **order) for _ in range(CLIENTS)])
    sentence = ("invoice", "Invoice 24612000 of this supplier is booked already, by entry 2.")
    assert (len(booked), refused) == (1, [[sentence]] * (CLIENTS - 1))


def test_goods_arrive_where_they_were_sent_or_where_they_were_redirected_but_not_twice(clients, book, county):
    store_room = county.book("COUNTY")
    store_room.give(soap=20)
    note = store_room.send("LY01", soap=20)
    arrival = {"sender": "COUNTY", "dispatch": note["number"], "occurred_on": DAY, "lines": note["lines"]}
    jobs = [act(accept_arrival, "LY01", "lin", **arrival) for _ in range(10)]
    jobs += [act(redirect_goods, "COUNTY", "wei", number=note["number"], to="LY02", occurred_on=DAY) for _ in range(10)]
    booked, refused = clients.race(county, jobs)
    assert (len(booked), len(refused)) == (1, CLIENTS - 1)
    assert book.stock("SOAP") + store_room.holds("sent:LY02", "SOAP") == 20
    assert county.ask(check_road, ["COUNTY"]) == {}
    county.replay()


def test_two_allocations_at_once_give_no_more_than_there_is(clients, county):
    store_room = county.book("COUNTY")
    store_room.give(soap=20)
    goods = [{"item": "SOAP", "shares": {"LY01": 4, "LY02": 4}}]
    order = {"decision": "2026-3", "occurred_on": DAY, "goods": goods}
    booked, _ = clients.race(county, [act(allocate_goods, "COUNTY", "wei", **order) for _ in range(CLIENTS)])
    assert sorted(answer["n"] for answer in booked) == [1, 2]
    assert (store_room.stock("SOAP"), road(county)) == (4, {"L1": 16})
    county.replay()


def test_a_difference_is_confirmed_once(clients, book, county):
    county.book("COUNTY").give(soap=50)
    line = {"item": "SOAP", "lot": "L1", "quantity": 15, "short": 5, "reason": "box torn open"}
    waiting = book.arrive(county.book("COUNTY").send("LY01", soap=20), lines=[line])["request"]
    jobs = [act(confirm_difference, "LY01", by, request=waiting) for by in ("gao", "luo", "wei", "han")]
    booked, refused = clients.race(county, jobs)
    assert len(booked) == 1
    assert refused == [[(None, "Request 1 has been decided already.")]] * 3
    assert book.holds("difference", "SOAP/L1") == 5
    county.replay()


def test_an_entry_is_reversed_once(clients, book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   5
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   500
    """
    sold = book.redeem("H001", soap=2)["number"]
    jobs = [act(reverse, "LY01", by, number=sold, reason="wrong") for by in ("gao", "luo", "wei", "han", "lin")]
    booked, refused = clients.race(county, jobs)
    assert len(booked) == 1
    assert refused == [[(None, "Entry 3 has been reversed already.")]] * 4
    assert (book.stock("SOAP"), book.points("H001")) == (5, 500)
    county.replay()


def test_the_same_form_sent_by_all_at_once_is_booked_once_and_answered_the_same(clients, book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7  90
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT  9000
    """
    booked, refused = clients.race(county, [counter(soap=1, key="one form")] * CLIENTS)
    assert booked == [booked[0]] * CLIENTS
    assert refused == []
    assert (book.stock("SOAP"), book.kinds()) == (89, ["donation", "credit", "redemption"])
    county.replay()


def test_gifts_at_all_sites_at_once_each_get_a_lot_of_their_own(clients, county):
    form = {"donor": "D7", "occurred_on": DAY, "lines": [{"item": "SOAP", "quantity": 1}]}
    jobs = [act(accept_donation, book, "wei", **form) for book in ("COUNTY", "LY01", "LY02") * 6]
    booked, refused = clients.race(county, jobs)
    assert refused == []
    assert {answer["lines"][0]["lot"] for answer in booked} == {f"L{n}" for n in range(1, 19)}
    county.replay()


def test_papers_and_entries_are_numbered_without_a_gap_however_many_write(clients, book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SALT/L7  90
    """
    booked, _ = clients.race(county, [counter(salt=1) for _ in range(CLIENTS)])
    assert sorted(answer["number"] for answer in booked) == list(range(2, CLIENTS + 2))
    serials = {row.split("兑-2026-")[1][:4] for row in county.state()["entry"] if "兑-2026-" in row}
    assert serials == {f"{n:04d}" for n in range(1, CLIENTS + 1)}
    county.replay()


def test_a_stock_take_is_confirmed_once_while_the_shop_is_open(clients, book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock  SALT/L7  40
    """
    lines = [{"lot": "L7", "quantity": 38, "reason": "unknown"}]
    n = book.do(begin_count, by="lin", lines=lines, finished=1)["n"]
    jobs = [act(confirm_count, "LY01", by, count=n) for by in ("gao", "luo", "wei", "han")]
    booked, refused = clients.race(county, [*jobs, *[counter(salt=1) for _ in range(10)]])
    assert (len(booked), len(refused)) == (11, 3)
    assert {sentence for [(_, sentence)] in refused} == {
        "Stock-take 盘-2026-0001 does not wait for a second person."
    }
    assert (book.stock("SALT"), book.holds("difference", "SALT/L7")) == (28, 2)
    county.replay()


def test_what_was_handed_out_meanwhile_is_not_missing_too(clients, book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock  SALT/L7  12
    """
    n = book.do(begin_count, by="lin", lines=[{"lot": "L7", "quantity": 4, "reason": "unknown"}], finished=1)["n"]
    confirm = act(confirm_count, "LY01", "gao", count=n)
    booked, refused = clients.race(county, [confirm, *[counter(salt=1) for _ in range(12)]])
    gone, handed = book.holds("difference", "SALT/L7"), book.holds("handed-out", "SALT")
    assert gone in (0, 8) and handed + gone <= 12 and book.stock("SALT") == 12 - handed - gone
    assert len(booked) == handed + gone // 8 and refused
    county.replay()
