"""A paper day: what was written by hand while the power was out is keyed line by line; what went home stays gone."""

from datetime import date
from uuid import uuid4

import pytest

from ledger.errors import NotFound, Refusals, Unknown
from ledger.journal import body_of
from ledger.journal.check import check_book
from ledger.operations.basket import NoPrice
from ledger.operations.correction import correct
from ledger.operations.days import LateWithoutPaper
from ledger.operations.declining import decline
from ledger.operations.delivery import WhoDelivers
from ledger.operations.item import limit_item
from ledger.operations.over_issue import NeverHere, confirm_paper_line
from ledger.operations.paper_day import KeyedAlready, SameAgain, StillWaits, key_paper_day
from ledger.registers.paper_lines import PaperLine
from ledger.registers.proxies import Proxy
from ledger.registers.requests import AlreadyDecided, Request, SamePerson, waiting_requests
from ledger.registers.staff import OwnHousehold
from ledger.reports.carried_home import slips_waiting
from ledger.reports.journal import entry_page
from ledger.reports.proof import points_proof
from tests.county import said
from tests.operations.clients import CLIENTS, Clients

STOCKED = """
    2026-03-01 donation
      donor:D7   -> stock               SOAP/L7  20
      donor:D7   -> stock               RICE/L8   3  best 2026-03-03
      donor:D7   -> stock               RICE/L9   2  best 2026-09-01
    2026-03-01 credit
      fund:support -> purse:H001:support  POINT  100
    2026-03-01 credit
      fund:merit   -> purse:H001:merit    POINT  300
    2026-03-01 credit
      fund:merit   -> purse:H004:merit    POINT  1000
    2026-03-01 credit
      fund:merit   -> purse:H003:merit    POINT  1000
"""


@pytest.fixture
def shop(book):
    """Liuhe with soap and rice; the Wangs have 40 points, the Mas and the Zhangs 100. The power was out on 5 March."""
    book.write(STOCKED)
    return book


def line(n, household, *, reason=None, proxy=None, **goods):
    """Return one line as it is written: line(3, "H001", soap=2)."""
    basket = [{"item": name.upper(), "quantity": many} for name, many in goods.items()]
    return {"line": n, "household": household, "basket": basket, "reason": reason, "proxy": proxy}


def void(n):
    """Return a line that was spoilt."""
    return {"line": n, "void": 1}


def key(book, *lines, by="lin", on="2026-03-05", sheet="1-1"):
    """Key lines of a paper."""
    return book.act(key_paper_day, by=by, on=on, sheet=sheet, lines=list(lines))


def confirm(book, request, by="gao"):
    """Say yes as a second person."""
    return book.do(confirm_paper_line, by=by, request=request)


def facts(book, number):
    """Return the facts of an entry."""
    return body_of(book.entry(number))["facts"]


# Keyed line by line

def test_each_line_of_the_paper_becomes_an_entry_of_its_own_on_its_true_day(shop, county):
    answer = key(shop, line(1, "H001", soap=1), line(2, "H004", soap=2, rice=1))
    assert answer == {"book": "LY01", "entries": [6, 7], "requests": []}
    first, second = shop.entry(6), shop.entry(7)
    assert (first.kind, first.occurred_on, first.late, first.by) == ("redemption", date(2026, 3, 5), 1, "lin")
    assert [facts(shop, n)["paper_number"] for n in (6, 7)] == ["1-1-1", "1-1-2"]
    assert [facts(shop, n)["serial"] for n in (6, 7)] == ["兑-2026-0001", "兑-2026-0002"]
    assert (first.key != second.key, body_of(first)["submission"] == body_of(second)["submission"]) == (True, True)
    assert (shop.points("H001"), shop.points("H004"), shop.stock("SOAP")) == (280, 395, 17)
    county.replay()


def test_a_void_line_is_kept_so_that_the_numbers_have_no_gap(shop, county):
    answer = key(shop, line(1, "H001", soap=1), void(2), line(3, "H004", soap=1))
    assert answer["entries"] == [6, 7, 8]
    assert (shop.entry(7).kind, body_of(shop.entry(7))["postings"]) == ("void", [])
    assert facts(shop, 7) == {"serial": "兑-2026-0002", "paper_number": "1-1-2"}
    assert facts(shop, 8)["serial"] == "兑-2026-0003"
    county.replay()


def test_a_past_day_needs_the_number_of_its_paper(shop):
    with shop.refuses(LateWithoutPaper):
        key(shop, line(1, "H001", soap=1), sheet="")


def test_every_refused_line_is_told_at_its_place_and_nothing_is_written(shop):
    with shop.refuses(Refusals) as caught:
        key(shop, line(1, "H001", soap=1), line(2, "H099", soap=1), line(3, "H004", towel=1), line(1, "H004", soap=1))
    assert said(caught) == [
        ("lines.1.household", "There is no household H099."),
        ("lines.2.basket.0.item", "毛巾 has no points price."),
        ("lines.3.line", "Line 1 of the paper stands on this form twice."),
    ]


@pytest.mark.parametrize("first", ["booked", "void", "waiting"])
def test_a_line_of_a_paper_is_keyed_once(shop, first):
    lines = {"booked": line(1, "H001", soap=1), "void": void(1), "waiting": line(1, "H001", soap=9, reason="gone")}
    key(shop, lines[first])
    with shop.refuses(KeyedAlready) as caught:
        key(shop, line(1, "H004", soap=1), on="2026-03-04")
    assert said(caught) == [("lines.0.line", "Line 1 of paper 1-1 has been keyed already, for 2026-03-05.")]
    key(shop, line(1, "H004", soap=1), sheet="1-2")


@pytest.mark.parametrize("written", ["260305-1", "260305-01", "260305/1", "260305/001"])
def test_a_paper_is_the_same_however_its_number_is_written(shop, written):
    key(shop, line(1, "H001", soap=1), sheet="260305-1")
    with shop.refuses(KeyedAlready):
        key(shop, line(1, "H004", soap=1), sheet=written)
    with shop.refuses(KeyedAlready):
        shop.redeem("H004", soap=1, on="2026-03-05", paper_number=f"{written}-1")
    key(shop, line(2, "H004", soap=1), sheet=written)
    assert facts(shop, 7)["paper_number"] == "260305-1-2"
    shop.redeem("H004", soap=1, on="2026-03-05", paper_number=f"{written}/03")
    with shop.refuses(KeyedAlready):
        key(shop, line(3, "H001", soap=1), sheet="260305-1")


def test_a_household_twice_with_the_same_goods_on_one_paper_is_asked_about(shop):
    with shop.refuses(SameAgain) as caught:
        key(shop, line(1, "H001", soap=1), line(2, "H004", soap=1), line(3, "H001", soap=1))
    assert said(caught) == [(
        "lines.2.again", "Household H001 has the same goods in line 1 of this paper. If it came twice, say so in this "
        "line; else leave one of the two out.",
    )]
    again = {**line(3, "H004", soap=1), "again": 1}
    key(shop, line(1, "H004", soap=1), void(2), again, line(4, "H004", soap=2), void(5))
    assert shop.stock("SOAP") == 16


@pytest.mark.parametrize("waits", [False, True], ids=["within the book", "beyond it"])
def test_what_was_delivered_to_the_house_waits_for_its_slip(shop, county, waits):
    # Lin carried soap to the Wangs, who have points for three pieces, and a neighbour one to the Mas.
    more = {"soap": 9, "reason": "the list was old"} if waits else {"soap": 1}
    key(shop, {**line(1, "H001", **more), "delivered_by": "LIN"},
        {**line(2, "H004", soap=1, proxy={"name": "郑果"}), "delivered_by": "COLLECTOR"})
    if waits:
        confirm(shop, 1)
    found = {row["household"]: row["by"] for row in county.ask(slips_waiting, "LY01", county.day)}
    assert found == {"H001": "lin", "H004": "P1"}
    with shop.refuses(WhoDelivers):
        key(shop, {**line(3, "H001", soap=1), "delivered_by": "COLLECTOR"})
    county.replay()


def test_nor_is_a_paper_whose_number_a_redemption_carries_already(shop):
    shop.redeem("H001", soap=1, on="2026-03-05", paper_number="1-1-1")
    with shop.refuses(KeyedAlready):
        key(shop, line(1, "H001", soap=1))


def test_the_papers_of_another_year_have_the_same_numbers(shop, county):
    key(shop, line(1, "H001", soap=1))
    county.move_to("2027-01-04")
    assert key(shop, line(1, "H001", soap=1), on="2027-01-03")["entries"] == [7]
    assert facts(shop, 7)["serial"] == "兑-2027-0001"


def test_a_line_that_was_reversed_may_be_keyed_again(shop, county):
    number = key(shop, line(1, "H001", soap=1))["entries"][0]
    shop.reverse(number)
    assert shop.points("H001") == 400
    assert key(shop, line(1, "H001", soap=2))["entries"] == [8]
    assert (shop.points("H001"), facts(shop, 8)["serial"]) == (160, "兑-2026-0002")
    county.replay()


def test_a_void_line_that_was_not_void_is_reversed_by_the_supervisor(shop):
    shop.reverse(key(shop, void(1))["entries"][0])
    assert key(shop, line(1, "H001", soap=1))["entries"] == [8]


def test_a_line_that_was_corrected_is_not_keyed_again(shop):
    number = key(shop, line(1, "H001", soap=1))["entries"][0]
    right = {"household": "H004", "basket": [{"item": "SOAP", "quantity": 1}]}
    shop.do(correct, by="luo", number=number, goods="elsewhere", right=right, reason="the Mas, not the Wangs")
    with shop.refuses(KeyedAlready):
        key(shop, line(1, "H004", soap=1))


def test_who_collected_is_named_in_the_register_and_not_in_the_entry(shop, county):
    number = key(shop, line(1, "H001", soap=1, proxy={"name": "郑果", "relation": "侄女"}))["entries"][0]
    assert "郑果" not in shop.entry(number).body
    assert county.ask(entry_page, "LY01", number)["notes"] == {"proxy": "郑果 · 侄女"}


# Carried home beyond the book

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


# Turns, neighbours and odd days

def test_papers_of_two_outlets_have_the_same_numbers_and_registers_of_their_own(shop, county):
    key(shop, line(1, "H001", soap=1))
    neighbour = county.book("LY02")
    neighbour.write("""
        2026-03-01 donation
          donor:D7   -> stock             SOAP/L11  9
        2026-03-01 credit
          fund:merit -> purse:H101:merit  POINT   300
    """)
    number = key(neighbour, line(1, "H101", soap=1), by="zhao")["entries"][0]
    assert facts(neighbour, number)["serial"] == facts(shop, 6)["serial"] == "兑-2026-0001"
    with shop.refuses(Unknown):
        key(shop, line(2, "H101", soap=1))


def test_a_paper_of_new_years_eve_counts_in_its_own_year_when_it_is_keyed_in_the_next(shop, county):
    county.move_to("2027-01-02")
    shop.redeem("H004", soap=1)
    assert key(shop, line(1, "H004", soap=1), on="2026-12-31", sheet="261231-1")["entries"] == [7]
    assert key(shop, line(1, "H004", soap=1), on="2027-01-01", sheet="261231-1")["entries"] == [8]
    assert [facts(shop, n)["serial"] for n in (6, 7, 8)] == ["兑-2027-0001", "兑-2026-0001", "兑-2027-0002"]


def test_two_lines_of_one_household_share_what_it_holds_in_the_order_of_the_paper(shop):
    with shop.refuses(Refusals) as caught:
        key(shop, line(1, "H001", soap=2), {**line(2, "H001", soap=2), "again": 1})
    assert said(caught)[0] == (
        "lines.1.household", "Not enough points: the basket needs 24.0, the household has 16.0.",
    )
    answer = key(shop, line(1, "H001", soap=2), line(2, "H001", soap=2, reason="both were read out"))
    assert (answer["entries"], answer["requests"], shop.points("H001")) == ([6], [1], 160)
    assert confirm(shop, 1)["rest"] == 80


def test_exactly_what_the_household_holds_and_the_shelf_has_waits_for_nobody(shop):
    assert key(shop, line(1, "H004", soap=8, reason="it may be too much"))["requests"] == []
    shop.write("""
        2026-03-01 credit
          fund:merit -> purse:H006:merit  POINT  1440
    """)
    assert key(shop, line(2, "H006", soap=12, reason="the last of the box"))["requests"] == []
    assert (shop.points("H004"), shop.points("H006"), shop.stock("SOAP")) == (40, 0, 0)


def test_a_line_is_confirmed_once_and_not_when_it_was_declined(shop):
    key(shop, line(1, "H001", soap=5, reason="misread"), line(2, "H001", soap=6, reason="misread"))
    confirm(shop, 1)
    shop.do(decline, by="gao", request=2, reason="the paper says none")
    for request in (1, 2):
        with shop.refuses(AlreadyDecided):
            confirm(shop, request, by="luo")
    for request in (0, 99, 10**30):
        with shop.refuses(NotFound):
            confirm(shop, request, by="luo")


def test_a_yes_pressed_twice_is_one_redemption(shop, county):
    key(shop, line(1, "H001", soap=5, reason="misread"))
    first = shop.do(confirm_paper_line, by="gao", request=1, key="pressed twice")
    state = county.state()
    assert shop.do(confirm_paper_line, by="gao", request=1, key="pressed twice") == first
    assert county.state() == state


def test_what_waits_is_confirmed_by_what_the_household_holds_then(shop):
    key(shop, line(1, "H001", soap=5, reason="misread"))
    shop.redeem("H001", soap=3)
    done = confirm(shop, 1)
    assert (done["rest"], shop.points("H001"), shop.holds("over-issued", "POINT")) == (560, 0, -560)
    assert facts(shop, done["number"])["beyond"] == ["points-short"]


def test_the_lot_taken_in_for_what_was_found_is_the_one_that_keeps_longest(book, county):
    """
    2026-03-01 donation
      donor:D7   -> stock             RICE/L1  1  best 2027-01-31
      donor:D7   -> stock             RICE/L2  1  best 2026-09-01
      donor:D7   -> stock             RICE/L3  1
    2026-03-01 credit
      fund:merit -> purse:H004:merit  POINT    2000
    """
    key(book, line(1, "H004", rice=5, reason="a sack behind the door"))
    number = confirm(book, 1)["number"]
    assert [book.holds("difference", f"RICE/L{n}") for n in (1, 2, 3)] == [-2, 0, 0]
    assert facts(book, number)["beyond"] == ["shelf-short"]
    county.replay()


def test_a_declined_line_that_was_spoilt_after_all_becomes_a_void_line_under_its_number(shop):
    key(shop, line(1, "H001", soap=5, reason="misread"))
    shop.do(decline, by="gao", request=1, reason="it is struck out")
    number = key(shop, void(1))["entries"][0]
    assert (shop.entry(number).kind, facts(shop, number)["serial"]) == ("void", "兑-2026-0001")
