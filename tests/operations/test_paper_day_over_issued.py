"""Carried home beyond the book: what a paper day gave out that the household or the shelf did not have."""

from datetime import date
from uuid import uuid4

import pytest

from ledger.errors import Refusals, Unknown
from ledger.journal.check import check_book
from ledger.operations.basket import NoPrice
from ledger.operations.correction import correct
from ledger.operations.declining import decline
from ledger.operations.item import limit_item
from ledger.operations.over_issue import NeverHere
from ledger.operations.paper_day import StillWaits, key_paper_day
from ledger.registers.paper_lines import PaperLine
from ledger.registers.proxies import Proxy
from ledger.registers.requests import Request, SamePerson, waiting_requests
from ledger.registers.staff import OwnHousehold
from ledger.reports.journal import entry_page
from ledger.reports.proof import points_proof
from tests.county import said
from tests.operations.clients import CLIENTS, Clients
from tests.operations.test_paper_day import confirm, facts, key, line, shop

__all__ = ["shop"]


def test_without_a_reason_too_few_points_are_told_and_what_can_be_done(shop):
    with shop.refuses(Refusals) as caught:
        key(shop, line(1, "H004", soap=1), line(2, "H001", soap=5))
    assert said(caught) == [
        ("lines.1.household", "Not enough points: the basket needs 60.0, the household has 40.0."),
        ("lines.1.reason", StillWaits.message),
    ]


def test_points_the_household_has_are_taken_and_the_rest_is_over_issued_by_two_people(shop, county):
    answer = key(shop, line(1, "H001", soap=5, reason="the list of the eve was misread"), line(2, "H004", soap=1))
    assert answer == {"book": "LY01", "entries": [6], "requests": [1]}
    assert (shop.points("H001"), shop.stock("SOAP")) == (400, 19)
    assert facts(shop, 6)["serial"] == "兑-2026-0002"
    done = confirm(shop, 1)
    assert (done["number"], done["rest"], done["spent"]) == (7, 200, {"support": 100, "merit": 300})
    assert (shop.points("H001"), shop.stock("SOAP")) == (0, 14)
    assert (shop.holds("over-issued", "POINT"), shop.holds("redeemed", "POINT")) == (-200, 720)
    entry = shop.entry(7)
    assert (entry.kind, entry.by, entry.late, entry.occurred_on) == ("redemption", "gao", 1, date(2026, 3, 5))
    told = facts(shop, 7)
    assert (told["serial"], told["asked_by"], told["request"]) == ("兑-2026-0001", "lin", 1)
    assert (told["beyond"], told["paper_number"]) == (["points-short"], "1-1-1")
    assert county.ask(entry_page, "LY01", 7)["notes"] == {"reason": "the list of the eve was misread"}
    county.replay()


def test_the_proof_of_the_points_closes_and_names_what_was_over_issued(shop, county):
    key(shop, line(1, "H001", soap=5, reason="misread"))
    confirm(shop, 1)
    proof = county.ask(points_proof, "LY01")
    assert (proof["issued"], proof["held"], proof["redeemed"]) == (2400, 2000, 600)
    assert (proof["over_issued"], proof["moved"], proof["difference"]) == (-200, 0, 0)
    assert county.ask(check_book, "LY01") is None


def test_who_keyed_a_line_does_not_confirm_it(shop):
    key(shop, line(1, "H001", soap=5, reason="misread"))
    with shop.refuses(SamePerson):
        confirm(shop, 1, by="lin")


def test_a_relative_of_the_household_does_not_confirm_it_either(shop):
    shop.write("""
        2026-03-01 credit
          fund:merit -> purse:H006:merit  POINT  10
    """)
    key(shop, line(1, "H006", soap=1, reason="misread"))
    with shop.refuses(OwnHousehold):
        confirm(shop, 1, by="gao")
    assert confirm(shop, 1, by="luo")["rest"] == 110


def test_what_the_book_does_not_have_was_found_on_the_shelf(shop, county):
    # Its lot is the one that came last; the book takes it in as a difference and hands it out.
    key(shop, line(1, "H004", soap=8), line(2, "H001", rice=1, soap=14, reason="the soap of the second box"))
    confirm(shop, 1, by="luo")
    assert (shop.stock("SOAP"), shop.holds("handed-out", "SOAP/L7"), shop.holds("difference", "SOAP/L7")) == (0, 22, -2)
    assert facts(shop, 7)["beyond"] == ["points-short", "shelf-short"]
    county.replay()


def test_goods_of_which_no_lot_was_ever_here_wait_for_their_arrival(shop):
    with shop.refuses(NeverHere) as caught:
        key(shop, line(1, "H004", salt=1, reason="it stood there"))
    assert said(caught) == [
        ("lines.0.basket.0.item", "No lot of 食盐 has ever been here. Key its arrival first, then this line."),
    ]


def test_what_has_expired_by_the_book_and_went_home_is_told_to_the_second_person(shop):
    key(shop, line(1, "H004", rice=2), line(2, "H003", soap=1, reason="my own household"))
    key(shop, line(3, "H001", rice=1, reason="it was not seen"))
    assert shop.lots("RICE") == {"L8": 3}
    confirm(shop, 2)
    assert (shop.lots("RICE"), facts(shop, 7)["beyond"]) == ({"L8": 2}, ["past-best-before"])


@pytest.mark.parametrize(("household", "word"), [
    ("H002", "not-active"), ("H005", "not-active"), ("H003", "own-household"),
])
def test_a_line_nobody_here_may_serve_waits_for_another_person(shop, household, word):
    key(shop, line(1, household, soap=1, reason="it was served from the list"))
    confirm(shop, 1)
    assert facts(shop, 6)["beyond"][0] == word
    assert facts(shop, 6)["household"] == household


def test_points_of_an_award_that_the_keeper_scored_wait_for_another_person(shop, county):
    sheet = shop.on_notice(("H001", "WORK", 100), by="lin")
    county.wait(8)
    shop.credit(sheet)
    key(shop, line(1, "H001", soap=4, reason="nobody else was there"), on="2026-03-13")
    confirm(shop, 1)
    assert (facts(shop, 9)["beyond"], shop.points("H001")) == (["own-award"], 20)


def test_more_than_a_limit_counts_against_the_limit(shop, county):
    county.move_to("2026-03-05")
    shop.do(limit_item, by="wei", item="SOAP", outlet="COUNTY", per="month", holds_from=date(2026, 3, 5), quantity=2)
    county.move_to("2026-03-06")
    key(shop, line(1, "H004", soap=3, reason="the limit list was overlooked"))
    confirm(shop, 1)
    assert facts(shop, 6)["beyond"] == ["over-limit"]
    assert facts(shop, 6)["limits"] == [{"item": "SOAP", "period": "2026-03", "quantity": 3}]


def test_a_collector_who_may_not_collect_is_told_and_a_second_person_decides(shop, county):
    key(shop, line(1, "H001", soap=1, reason="she was sent", proxy={"name": "林玉芳"}))
    asked = county.ask(lambda session: session.get(Request, ("LY01", 1)))
    assert asked.lines()["proxy"] == "P1" and "林玉芳" not in asked.asked
    confirm(shop, 1)
    assert (facts(shop, 6)["proxy"], facts(shop, 6)["beyond"]) == ("P1", ["collector"])
    assert county.ask(lambda session: session.get(Proxy, ("LY01", "H001", "P1"))).name == "林玉芳"


def test_what_no_second_person_can_mend_is_refused_with_a_reason_too(shop):
    with shop.refuses(NoPrice):
        key(shop, line(1, "H001", towel=1, reason="it went home"))
    with shop.refuses(Unknown):
        key(shop, line(1, "H099", soap=1, reason="it went home"))


def test_a_line_that_was_declined_is_keyed_again_under_its_own_number(shop, county):
    key(shop, line(1, "H001", soap=5, reason="misread"), line(2, "H004", soap=1))
    shop.do(decline, by="gao", request=1, reason="the paper says three")
    assert key(shop, line(1, "H001", soap=3))["entries"] == [7]
    assert facts(shop, 7)["serial"] == "兑-2026-0001"
    keyed = county.ask(lambda session: session.get(PaperLine, ("LY01", 2026, "1-1", 1)))
    assert (keyed.number, keyed.request) == (7, None)
    county.replay()


def test_it_is_reversed_like_any_redemption_and_then_nothing_is_over_issued(shop, county):
    key(shop, line(1, "H001", soap=25, reason="the second box"))
    number = confirm(shop, 1)["number"]
    before = shop.balances()
    assert before["over-issued", "POINT", ""] == -2600
    shop.reverse(number, by="luo")
    assert (shop.points("H001"), shop.stock("SOAP")) == (400, 20)
    assert (shop.holds("over-issued", "POINT"), shop.holds("difference", "SOAP")) == (0, 0)
    county.replay()


def test_a_correction_gives_back_first_what_nobody_had_paid(shop, county):
    key(shop, line(1, "H001", soap=22, reason="the second box"))
    number = confirm(shop, 1)["number"]
    two = [{"item": "SOAP", "quantity": 2}]
    shop.do(correct, by="luo", number=number, goods="back", lines=two, reason="two came back")
    assert (shop.points("H001"), shop.holds("over-issued", "POINT")) == (0, -2000)
    assert (shop.stock("SOAP"), shop.holds("difference", "SOAP")) == (2, -2)
    county.replay()


def test_the_same_paper_sent_twice_is_booked_once(shop, county):
    form = {"by": "lin", "key": "paper-of-5-march", "on": "2026-03-05", "sheet": "1-1",
            "lines": [line(1, "H001", soap=1), line(2, "H001", soap=9, reason="misread")]}
    first = shop.act(key_paper_day, **form)
    state = county.state()
    assert shop.act(key_paper_day, **form) == first
    assert county.state() == state


def test_twenty_who_key_the_same_line_at_once_book_it_once(shop, county):
    form = {"occurred_on": date(2026, 3, 5), "sheet": "1-1", "lines": [line(1, "H001", soap=1)]}
    ready = Clients()
    jobs = [(key_paper_day, "LY01", {"clerk": "lin", "key": uuid4().hex, **form}) for _ in range(CLIENTS)]
    booked, refused = ready.race(county, jobs)
    ready.go_home()
    assert (len(booked), len(refused), shop.points("H001")) == (1, CLIENTS - 1, 280)
    assert {at for told in refused for at, _ in told} == {"lines.0.line"}
    county.replay()


@pytest.mark.parametrize("soaps", [1, 3, 4, 20, 21, 30])
def test_whatever_went_home_its_price_is_paid_or_over_issued_and_its_reversal_leaves_nothing(shop, county, soaps):
    before = shop.balances()
    key(shop, line(1, "H001", soap=soaps, reason="it was written so"))
    number = confirm(shop, 1)["number"] if county.ask(waiting_requests, "LY01") else 6
    paid = 400 - shop.points("H001")
    assert paid - shop.holds("over-issued", "POINT") == soaps * 120 and shop.points("H001") >= 0
    assert shop.stock("SOAP") == max(0, 20 - soaps) and shop.holds("handed-out", "SOAP") == soaps
    assert county.ask(points_proof, "LY01")["difference"] == 0
    shop.reverse(number, by="luo")
    assert shop.balances() == before
    county.replay()
