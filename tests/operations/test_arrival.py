"""Arrival: goods from the road are counted at the door; what is short or over waits for a second hand.

Twenty soaps (L1) and ten bags of rice (L2) are on the road from the county store to Liuhe.
"""

from datetime import date

import pytest

from ledger.errors import NotFound, Refusals, Unknown
from ledger.journal import body_of
from ledger.journal.posting import FutureDay
from ledger.operations.arrival import (
    BeforeItWasSent,
    DifferenceWithoutReason,
    MoreThanOnTheRoad,
    NothingArrived,
    NotOnThisDispatch,
    WaitsAsShort,
)
from ledger.operations.days import LateWithoutPaper
from ledger.registers.requests import AlreadyDecided, Request, SamePerson
from ledger.reports.stock import to_be_counted
from ledger.reports.today import today
from tests.county import road, said
from tests.replay import rows


@pytest.fixture
def note(county):
    """The transfer note the driver brings."""
    store_room = county.book("COUNTY")
    store_room.give(soap=50, rice=30)
    return store_room.send("LY01", soap=20, rice=10)


def soap(quantity=0, **more):
    """Return the line of the soap."""
    return {"item": "SOAP", "lot": "L1", "quantity": quantity, **more}


def rice(quantity=0, **more):
    """Return the line of the rice."""
    return {"item": "RICE", "lot": "L2", "quantity": quantity, **more}


def request(county, n=1):
    """Return a difference as it waits."""
    with county.store.reading() as session:
        return session.get_one(Request, ("LY01", n))


# What arrives

def test_goods_that_arrive_are_on_the_shelf_in_the_lots_they_came_from(book, note, county):
    book.arrive(note)
    assert (book.lots("SOAP"), book.lots("RICE")) == ({"L1": 20}, {"L2": 10})
    assert book.holds("received:COUNTY", "SOAP") == -20
    assert road(county) == {}


def test_the_entry_names_the_note_it_answers_and_the_paper(book, note):
    book.county.move_to("2026-03-07")
    entry = book.entry(book.arrive(note, on="2026-03-06", paper_number="T-3")["number"])
    assert body_of(entry)["facts"] == {"from": "COUNTY", "dispatch": note["number"], "paper_number": "T-3"}
    assert (entry.occurred_on, entry.late) == (date(2026, 3, 6), 1)


def test_goods_may_arrive_in_parts(book, note, county):
    book.arrive(note, lines=[soap(15)])
    assert road(county) == {"L1": 5, "L2": 10}
    book.arrive(note, lines=[soap(5), rice(10)])
    assert (book.stock("SOAP"), book.stock("RICE"), road(county)) == (20, 10, {})


def test_no_more_arrives_than_is_on_the_road(book, note):
    book.arrive(note, lines=[soap(15)])
    with book.refuses(MoreThanOnTheRoad) as refusal:
        book.arrive(note, lines=[rice(1), soap(6)])
    assert said(refusal) == [
        ("lines.1.quantity", "SOAP L1: 5 on the road, 6 named. Enter what is more under “over”.")
    ]


def test_what_has_arrived_does_not_arrive_again(book, note):
    book.arrive(note)
    with book.refuses(Refusals) as refusal:
        book.arrive(note)
    assert [field for field, _ in said(refusal)] == ["lines.0.quantity", "lines.1.quantity"]


def test_two_lines_of_one_lot_take_no_more_than_is_on_the_road(book, note):
    with book.refuses(MoreThanOnTheRoad) as refusal:
        book.arrive(note, lines=[soap(15), soap(6)])
    assert said(refusal)[0][0] == "lines.1.quantity"


def test_goods_of_another_note_are_refused_at_their_line(book, note):
    with book.refuses(NotOnThisDispatch) as refusal:
        book.arrive(note, lines=[soap(20), {"item": "OIL", "lot": "L9", "quantity": 1}])
    assert said(refusal) == [("lines.1.quantity", "OIL L9 is not on this transfer note.")]


def test_a_line_with_nothing_on_it_is_passed_over_and_the_others_keep_their_place(book, note):
    with book.refuses(MoreThanOnTheRoad) as refusal:
        book.arrive(note, lines=[soap(0), rice(11)])
    assert said(refusal)[0][0] == "lines.1.quantity"
    book.arrive(note, lines=[soap(0), rice(10)])
    assert (book.stock("SOAP"), book.stock("RICE")) == (0, 10)


def test_an_arrival_of_nothing_is_none(book, note):
    with book.refuses(NothingArrived) as refusal:
        book.arrive(note, lines=[soap(0)])
    assert said(refusal)[0][0] == "lines"


def test_goods_for_liuhe_are_not_taken_in_at_shimo(county, note):
    with county.refuses(Unknown) as refusal:
        county.book("LY02").arrive(note, by="zhao")
    assert said(refusal) == [("dispatch", f"There is no transfer note {note['number']}.")]


def test_a_note_nobody_wrote_is_refused_at_its_field(book, note):
    with book.refuses(Unknown) as refusal:
        book.arrive({**note, "number": 99})
    assert said(refusal)[0][0] == "dispatch"


def test_an_entry_that_is_no_transfer_note_brings_nothing(book, note):
    with book.refuses(Unknown):
        book.arrive({**note, "number": 1})


def test_the_day_of_an_arrival_is_today_or_a_day_with_its_paper(book, note):
    with book.refuses(FutureDay):
        book.arrive(note, on="2026-03-07")
    with book.refuses(LateWithoutPaper):
        book.arrive(note, on="2026-03-05")
    with book.refuses(BeforeItWasSent) as refusal:
        book.arrive(note, on="2026-03-05", paper_number="12")
    assert said(refusal) == [
        ("occurred_on", "These goods were sent on 2026-03-06; they cannot have arrived before.")
    ]


# Short and over

def test_a_shortage_waits_for_a_second_person_and_stays_on_the_road_until_then(book, note, county):
    answer = book.arrive(note, lines=[soap(17, short=3, reason="box torn open"), rice(10)])
    assert answer["request"] == 1
    assert (book.stock("SOAP"), road(county)) == (17, {"L1": 3})
    assert (request(county).status, request(county).reason) == ("waiting", "肥皂 L1: box torn open")


def test_a_confirmed_shortage_is_booked_with_its_reason_and_nothing_stays_on_the_road(book, note, county):
    waiting = book.arrive(note, lines=[soap(17, short=3, reason="box torn open"), rice(10)])["request"]
    entry = book.entry(book.confirm(waiting, by="gao")["number"])
    assert (entry.kind, entry.by) == ("arrival-difference", "gao")
    assert body_of(entry)["facts"] == {"from": "COUNTY", "dispatch": 2, "request": 1, "asked_by": "lin"}
    assert (book.stock("SOAP"), book.holds("difference", "SOAP/L1"), road(county)) == (17, 3, {})
    assert book.holds("received:COUNTY", "SOAP") == -20
    assert (request(county).status, request(county).number) == ("confirmed", entry.number)


def test_an_overage_comes_onto_the_shelf_when_it_is_confirmed(book, note):
    waiting = book.arrive(note, lines=[soap(20, over=4, reason="two boxes more"), rice(10)])["request"]
    assert book.stock("SOAP") == 20
    book.confirm(waiting)
    assert (book.stock("SOAP"), book.holds("difference", "SOAP/L1")) == (24, -4)


def test_nothing_is_over_on_a_note_that_was_taken_back(book, note, county):
    county.book("COUNTY").reverse(note, by="luo")
    with county.refuses(Unknown):
        book.arrive(note, lines=[soap(over=4, reason="two boxes more")])


def test_short_and_over_of_one_note_are_one_request(book, note):
    lines = [soap(17, short=3, reason="box torn open"), rice(10, over=2, reason="counted twice")]
    book.confirm(book.arrive(note, lines=lines)["request"])
    assert (book.stock("SOAP"), book.stock("RICE")) == (17, 12)
    assert book.kinds() == ["arrival", "arrival-difference"]


def test_everything_may_be_short(book, note, county):
    lines = [soap(0, short=20, reason="never loaded"), rice(0, short=10, reason="never loaded")]
    book.confirm(book.arrive(note, lines=lines)["request"])
    assert (book.stock("SOAP"), book.holds("difference", "RICE"), road(county)) == (0, 10, {})


@pytest.mark.parametrize("difference", [{"short": 3}, {"over": 3}])
def test_a_difference_says_why(book, note, difference):
    with book.refuses(DifferenceWithoutReason) as refusal:
        book.arrive(note, lines=[rice(10), soap(17, **difference)])
    assert said(refusal) == [("lines.1.reason", "Say in words why goods are short or over.")]


def test_arrived_and_short_together_are_at_most_what_is_on_the_road(book, note):
    with book.refuses(MoreThanOnTheRoad) as refusal:
        book.arrive(note, lines=[soap(18, short=3, reason="box torn open")])
    assert said(refusal)[0][1] == "SOAP L1: 20 on the road, 21 named. Enter what is more under “over”."


def test_every_wrong_line_is_named_at_once(book, note):
    lines = [soap(18, short=3), {"item": "OIL", "lot": "L9", "quantity": 1}]
    with book.refuses(Refusals) as refusal:
        book.arrive(note, lines=lines)
    assert [field for field, _ in said(refusal)] == ["lines.0.quantity", "lines.0.reason", "lines.1.quantity"]


def test_what_waits_as_short_neither_arrives_nor_falls_short_a_second_time(book, note):
    book.arrive(note, lines=[soap(15, short=5, reason="box torn open")])
    for again in (soap(1), soap(0, short=5, reason="still missing")):
        with book.refuses(WaitsAsShort) as refusal:
            book.arrive(note, lines=[again])
    assert said(refusal)[0][1] == (
        "SOAP L1: 5 are reported short and wait for a second person; 0 are still to come, 5 named."
    )


def test_nobody_confirms_a_difference_they_counted_themselves(book, note):
    waiting = book.arrive(note, lines=[soap(17, short=3, reason="box torn open")], by="gao")["request"]
    with book.refuses(SamePerson):
        book.confirm(waiting, by="gao")
    book.confirm(waiting, by="luo")


def test_a_difference_is_confirmed_once(book, note):
    waiting = book.arrive(note, lines=[soap(17, short=3, reason="box torn open")])["request"]
    book.confirm(waiting)
    with book.refuses(AlreadyDecided):
        book.confirm(waiting, by="luo")


def test_a_request_that_was_never_made_is_not_found(book):
    with book.refuses(NotFound):
        book.confirm(1)


def test_the_reason_stands_beside_the_journal_and_not_in_it(book, note, county):
    waiting = book.arrive(note, lines=[soap(17, short=3, reason="Wang dropped it")])["request"]
    entry = book.entry(book.confirm(waiting)["number"])
    assert "Wang" not in entry.body
    with county.store.reading() as session:
        assert [row["text"] for row in rows(session, "SELECT text FROM note")] == ["肥皂 L1: Wang dropped it"]


def test_each_reason_stands_with_its_goods(book, note, county):
    book.arrive(note, lines=[soap(17, short=3, reason="box torn open"), rice(10, over=2, reason="counted twice")])
    assert request(county).reason == "肥皂 L1: box torn open\n大米 5千克 L2: counted twice"


def test_what_waits_as_short_is_not_to_be_counted_any_more(book, note, county):
    assert [one["lines"] for one in county.ask(today, "LY01", county.day)["arrivals"]] == [2]
    book.arrive(note, lines=[soap(15, short=3, reason="box torn open"), rice(10)])
    assert [(row["item"], row["quantity"]) for row in county.ask(to_be_counted, "LY01")] == [("SOAP", 2)]
    book.arrive(note, lines=[soap(2)])
    waiting = county.ask(today, "LY01", county.day)
    assert (waiting["arrivals"], len(waiting["differences"])) == ([], 1)
