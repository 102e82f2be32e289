"""Prices and rates have two hands: one of the office proposes, another confirms; until then the old value holds.

Soap costs 12 points, a towel has no price yet, and a point is worth one yuan. Wei proposes; Han, of the office too, or
Luo, who checks for the town, confirms.
"""

from datetime import date

import pytest

from ledger.errors import NotFound, Refusals, Unknown
from ledger.operations.basket import NoPrice
from ledger.operations.declining import decline
from ledger.operations.policy import decide_policy
from ledger.operations.proposal import ProposalWaits, decide_proposals, propose_price
from ledger.registers.items import Item, PriceInThePast, PriceStands, prices_of, prices_on
from ledger.registers.policy import SettingInThePast, SettingStands, policy
from ledger.registers.register import changes_of
from ledger.registers.requests import AlreadyDecided, Request, SamePerson
from ledger.reports.proposals import proposals, proposals_decided
from ledger.reports.today import today
from tests.county import said


@pytest.fixture
def office(county):
    """The desk of the county office."""
    return county.book("COUNTY")


def price(office, item="SOAP", points=150, since="2026-03-10", by="wei"):
    """Propose a price; return the number of the proposal."""
    return office.do(propose_price, by=by, item=item, points=points, valid_from=date.fromisoformat(since))["n"]


def rate(office, value=150, since="2026-03-10", outlet=None, by="wei"):
    """Propose what a point is worth; return the number of the proposal."""
    said = {"name": "rate_fen", "value": value, "valid_from": date.fromisoformat(since), "outlet": outlet}
    return office.do(decide_policy, by=by, **said)["n"]


def decide(office, *requests, by="han", **more):
    """Confirm proposals, or decline them, as a second person."""
    return office.do(decide_proposals, by=by, proposals=[{"request": n} for n in requests], **more)


def costs(county, day, item="SOAP"):
    """Return what an item costs at Liuhe on a day, in tenths."""
    return county.ask(prices_on, "LY01", date.fromisoformat(day)).get(item)


def worth(county, day, book="LY01"):
    """Return what a point is worth on a day, in fen."""
    return county.ask(policy, book, "rate_fen", date.fromisoformat(day))


def test_a_proposed_price_does_not_hold_until_another_person_has_confirmed_it(office, county):
    n = price(office)
    assert costs(county, "2026-03-10") == 120
    decide(office, n)
    assert [costs(county, day) for day in ("2026-03-09", "2026-03-10")] == [120, 150]


def test_a_proposed_rate_does_not_hold_until_another_person_has_confirmed_it(office, county):
    n, of_outlet = rate(office), rate(office, 200, outlet="LY02")
    assert worth(county, "2026-03-10") == "100"
    decide(office, n, of_outlet, by="luo")
    assert [worth(county, day) for day in ("2026-03-09", "2026-03-10")] == ["100", "150"]
    assert worth(county, "2026-03-10", "LY02") == "200"


@pytest.mark.parametrize("propose", [price, rate])
def test_who_proposed_neither_confirms_nor_declines(office, propose):
    n = propose(office)
    for no in ({}, {"declined": 1, "reason": "a mistake"}):
        with office.refuses(SamePerson) as refusal:
            decide(office, n, by="wei", **no)
        assert said(refusal) == [
            ("proposals.0.request", "You proposed this yourself; another person must confirm it.")
        ]


def test_an_item_without_a_price_is_not_redeemed_before_its_first_price_is_confirmed(office, county, book):
    book.write("""
        2026-03-05 donation
          donor:D7   -> stock             TOWEL/L7  5
        2026-03-05 credit
          fund:merit -> purse:H001:merit  POINT    90
    """)
    n = price(office, "TOWEL", 45, county.day.isoformat())
    with book.refuses(NoPrice):
        book.redeem("H001", towel=1)
    decide(office, n)
    assert book.redeem("H001", towel=1)["points"] == 45


def test_what_waited_beyond_its_day_holds_from_the_day_it_is_confirmed_and_that_is_told_before(office, county):
    n, other = price(office), rate(office)
    county.move_to("2026-03-12")
    told = county.ask(proposals, county.day)
    assert [(row["late"], row["holds_from"].isoformat()) for row in told] == [(True, "2026-03-12")] * 2
    decide(office, n, other)
    assert [costs(county, day) for day in ("2026-03-10", "2026-03-11", "2026-03-12")] == [120, 120, 150]
    assert [worth(county, day) for day in ("2026-03-11", "2026-03-12")] == ["100", "150"]
    assert {row["valid_from"].isoformat() for row in county.ask(proposals_decided).rows} == {"2026-03-12"}


def test_what_waits_is_told_with_what_holds_until_then_and_who_proposed_it(office, county):
    price(office)
    price(office, "TOWEL", 45)
    rate(office, 200, outlet="LY02")
    told = county.ask(proposals, county.day)
    assert [(row["name"], row["old"], row["new"], row["site"]) for row in told] == [
        ("肥皂", "12.0", "15.0", "The whole county"), ("毛巾", None, "4.5", "The whole county"),
        ("What one point is worth", "1.00", "2.00", "LY02"),
    ]
    assert {(row["asked_by"], row["asked_on"], row["late"]) for row in told} == {("wei", county.day, False)}
    assert county.ask(today, "COUNTY", county.day)["proposals"] == 3
    assert county.ask(today, "LY01", county.day)["proposals"] == 0


def test_for_one_day_one_price_waits(office):
    n = price(office)
    with office.refuses(ProposalWaits) as refusal:
        price(office, points=160, by="han")
    assert said(refusal) == [
        ("valid_from", "A proposal from 2026-03-10 waits for a second person already. Choose a later day.")
    ]
    price(office, points=160, since="2026-03-11")
    price(office, "RICE", 400)
    decide(office, n, declined=1, reason="too dear")
    price(office, points=140)


def test_for_one_day_and_place_one_rate_waits(office):
    rate(office)
    with office.refuses(ProposalWaits):
        rate(office, 160)
    rate(office, 160, outlet="LY01")
    with office.refuses(ProposalWaits):
        rate(office, 170, outlet="LY01")


def test_a_price_that_would_hold_from_today_leaves_today_to_no_other(office, county):
    price(office)
    county.move_to("2026-03-12")
    with office.refuses(ProposalWaits):
        price(office, points=160, since="2026-03-12")


def test_what_stands_or_lies_in_the_past_is_not_even_proposed(office, county):
    county.price("SOAP", 150, since="2026-03-10")
    county.setting("rate_fen", "150", since="2026-03-10")
    for propose, stands, past in ((price, PriceStands, PriceInThePast), (rate, SettingStands, SettingInThePast)):
        with office.refuses(stands) as refusal:
            propose(office)
        assert said(refusal)[0][0] == "valid_from"
        with office.refuses(past):
            propose(office, since="2026-03-05")


def test_only_a_known_item_has_a_price(office):
    with office.refuses(NotFound):
        price(office, "SILK")


def test_many_are_confirmed_in_one_go_or_none_and_each_that_cannot_be_is_named(office, county):
    first, second, mine = price(office), price(office, "RICE", 400), price(office, "OIL", 520, by="han")
    decide(office, second, declined=1, reason="too dear")
    with office.refuses(Refusals) as refusal:
        decide(office, first, second, mine, 99)
    assert said(refusal) == [
        ("proposals.1.request", "Request 2 has been decided already."),
        ("proposals.2.request", "You proposed this yourself; another person must confirm it."),
        ("proposals.3.request", "There is no request 99."),
    ]
    decide(office, first)
    assert (costs(county, "2026-03-10"), costs(county, "2026-03-10", "RICE")) == (150, 365)


def test_the_same_proposal_twice_in_one_form_is_decided_once(office):
    n = price(office)
    with office.refuses(AlreadyDecided) as refusal:
        decide(office, n, n)
    assert said(refusal)[0][0] == "proposals.1.request"


def test_of_two_that_would_hold_from_the_same_day_one_is_confirmed(office, county):
    first, second = price(office), price(office, points=160, since="2026-03-11")
    county.move_to("2026-03-12")
    with office.refuses(PriceStands) as refusal:
        decide(office, first, second)
    assert said(refusal) == [
        ("proposals.1.request", "A price from 2026-03-12 stands already. Choose a later day.")
    ]
    decide(office, second)
    assert costs(county, "2026-03-12") == 160


def test_what_is_declined_never_holds_and_who_proposed_it_reads_why(office, county):
    n, other = price(office), rate(office)
    decide(office, n, other, declined=1, reason="the firm gave them for nothing")
    assert (costs(county, "2026-03-10"), worth(county, "2026-03-10")) == (120, "100")
    assert [one.declined_why for one in county.ask(today, "COUNTY", county.day)["declined"]] == [
        "the firm gave them for nothing"
    ] * 2
    with office.refuses(AlreadyDecided):
        decide(office, n)


def test_the_door_that_declines_all_proposals_declines_these_too(office, county):
    n = price(office)
    assert office.do(decline, by="han", request=n, reason="too dear")["status"] == "declined"
    assert county.ask(proposals, county.day) == []


def test_a_proposal_of_another_kind_is_none_of_these(office, county):
    store = county.book("COUNTY")
    with county.store.writing() as session:
        session.add(Request(book="COUNTY", n=7, kind="write-off", asked_by="wei", asked_us=0, asked="{}"))
    with store.refuses(Unknown):
        decide(office, 7)


def test_the_register_and_the_list_of_what_was_decided_keep_both_hands(office, county):
    n, no, of_rate = price(office), price(office, "RICE", 400), rate(office)
    decide(office, n, of_rate)
    decide(office, no, declined=1, reason="too dear", by="luo")
    changes = county.ask(lambda session: changes_of(session, session.get_one(Item, "SOAP")))
    assert [(one.field, one.before, one.after, one.by) for one in changes][:2] == [
        ("price", "12.0", "15.0 2026-03-10", "han"), ("price-proposed", None, "15.0 2026-03-10", "wei"),
    ]
    assert county.ask(prices_of, "SOAP")[0].by == "wei"
    rows = county.ask(proposals_decided).rows
    assert [(row["name"], row["asked_by"], row["status"], row["by"], row["why"]) for row in rows] == [
        ("What one point is worth", "wei", "confirmed", "han", None),
        ("大米 5千克", "wei", "declined", "luo", "too dear"), ("肥皂", "wei", "confirmed", "han", None),
    ]


def test_other_settings_need_one_hand(office, county):
    office.do(decide_policy, by="wei", name="notice_days", value=5, valid_from=county.day)
    assert county.ask(policy, "LY01", "notice_days", county.day) == "5"
