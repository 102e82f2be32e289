"""Donation: goods are counted, checked and taken onto the shelf, each line a lot of its donor.

A gift comes in at the county store or at an outlet. What is refused at the door is written down and never shelved.
"""

from datetime import date

import pytest

from ledger.errors import NotFound, Refusals, Unknown
from ledger.journal import body_of
from ledger.journal.posting import FutureDay
from ledger.operations.acceptance import (
    MadeTooLate,
    MadeWhen,
    NothingAccepted,
    PastBestBefore,
    RefusedWithoutReason,
    ShelfLifeShort,
    ValuedByCounty,
    ValuedOrNot,
    WishForOutlets,
    WishWithoutWords,
)
from ledger.operations.days import FarPast, LateWithoutPaper
from ledger.operations.receipt_number import note_receipt
from ledger.operations.register import amend
from ledger.registers.donors import Donor
from ledger.registers.items import Item
from ledger.registers.lots import Lot
from ledger.registers.register import Retired, changes_of
from tests.county import said
from tests.replay import rows


def lot(county, code):
    """Return a lot as the register keeps it."""
    with county.store.reading() as session:
        return session.get_one(Lot, code)


def notes(county):
    """Return the words kept beside the journal."""
    with county.store.reading() as session:
        return {row["name"]: row["text"] for row in rows(session, "SELECT name, text FROM note")}


def test_goods_come_onto_the_shelf_and_the_donor_is_known_by_what_came_from_them(book):
    book.give(donor="D7", soap=20)
    assert book.stock("SOAP") == 20
    assert book.holds("donor:D7", "SOAP") == -20


def test_each_line_is_a_lot_with_a_code_of_its_own_in_the_whole_county(book, county):
    slip = [{"item": "SOAP", "quantity": 20}, {"item": "RICE", "quantity": 5}, {"item": "RICE", "quantity": 7}]
    assert book.give(lines=slip)["lines"] == [
        {"item": "SOAP", "lot": "L1", "quantity": 20},
        {"item": "RICE", "lot": "L2", "quantity": 5},
        {"item": "RICE", "lot": "L3", "quantity": 7},
    ]
    assert county.book("COUNTY").give(soap=1)["lines"][0]["lot"] == "L4"


def test_a_lot_keeps_its_donor_its_best_before_its_value_and_the_entry_that_took_it_in(book, county):
    entry = county.book("COUNTY").give(
        donor="D7", lines=[{"item": "RICE", "quantity": 5, "best_before": date(2026, 12, 1), "unit_value": 2_990}]
    )
    rice = lot(county, "L1")
    assert (rice.donor, rice.best_before, rice.unit_value_fen) == ("D7", date(2026, 12, 1), 2_990)
    assert (rice.book, rice.number, rice.quantity) == ("COUNTY", entry["number"], 5)


def test_goods_without_a_value_are_still_booked_by_quantity(book, county):
    book.give(soap=3)
    assert lot(county, "L1").unit_value_fen is None
    assert book.stock("SOAP") == 3


def test_goods_refused_at_the_door_are_written_down_with_why_and_never_shelved(book, county):
    torn = {"item": "RICE", "quantity": 8, "refused": 2, "reason": "bags torn"}
    wet = {"item": "SALT", "quantity": 0, "refused": 5, "reason": "wet"}
    entry = book.give(lines=[torn, wet])
    assert (book.stock("RICE"), book.stock("SALT")) == (8, 0)
    assert body_of(book.entry(entry["number"]))["facts"]["refused"] == [
        {"line": 1, "item": "RICE", "quantity": 2}, {"line": 2, "item": "SALT", "quantity": 5}
    ]
    assert notes(county)["refused"] == "1. 大米 5千克 (RICE): bags torn\n2. 食盐 (SALT): wet"


def test_the_donors_wish_is_kept_its_kind_in_the_entry_and_its_words_beside_it(book, county):
    entry = book.give(soap=20, wish={"kind": "outlets", "text": "for Liuhe only"})
    assert body_of(book.entry(entry["number"]))["facts"]["wish"] == "outlets"
    assert notes(county) == {"wish": "for Liuhe only"}


def test_goods_are_not_refused_without_a_word_why(book):
    with book.refuses(RefusedWithoutReason) as refusal:
        book.give(lines=[{"item": "SOAP", "quantity": 9}, {"item": "RICE", "quantity": 8, "refused": 2}])
    assert said(refusal) == [("lines.1.reason", "Say in words why these goods were refused.")]


@pytest.mark.parametrize("words", [None, ""])
def test_a_wish_is_written_down_in_words(book, words):
    with book.refuses(WishWithoutWords) as refusal:
        book.give(soap=20, wish={"kind": "outlets", "text": words})
    assert said(refusal) == [("wish.text", "Write down in words what the donor wishes.")]
    book.give(soap=20, wish={"kind": "none", "text": words})


def test_a_gift_without_a_wish_says_so(book):
    entry = book.give(soap=20)
    assert body_of(book.entry(entry["number"]))["facts"]["wish"] == "none"


def test_slips_carry_a_number_without_gaps_per_book_and_year(book, county):
    def serial(desk, **more):
        return body_of(desk.entry(desk.give(soap=1, **more)["number"]))["facts"]["serial"]

    assert serial(book) == "捐-2026-0001"
    with book.refuses(Unknown):
        book.give(donor="D99", soap=1)
    assert serial(book) == "捐-2026-0002"
    assert serial(county.book("COUNTY")) == "捐-2026-0001"
    assert serial(book, on="2025-12-30", paper_number="9") == "捐-2025-0001"


def test_a_slip_written_earlier_keeps_its_true_day_and_is_marked_late(book):
    entry = book.entry(book.give(soap=20, on="2026-03-02", paper_number="A-17")["number"])
    assert (entry.occurred_on, entry.late) == (date(2026, 3, 2), 1)
    assert body_of(entry)["facts"]["paper_number"] == "A-17"


def test_food_on_its_last_day_is_still_good_and_taken_in(book):
    book.give(lines=[{"item": "RICE", "quantity": 5, "best_before": date(2026, 3, 6)}])
    assert book.stock("RICE") == 5


def test_food_past_its_best_before_is_refused_at_the_door(book):
    old = {"item": "RICE", "quantity": 5, "best_before": date(2026, 3, 5)}
    with book.refuses(PastBestBefore) as refusal:
        book.give(lines=[{"item": "SOAP", "quantity": 2}, old])
    assert said(refusal) == [
        ("lines.1.best_before", "RICE was best before 2026-03-05. Write it under refused goods.")
    ]


def test_what_was_good_on_the_day_of_the_slip_is_taken_in_though_it_is_keyed_later(book):
    rice = {"item": "RICE", "quantity": 5, "best_before": date(2026, 3, 5)}
    book.give(lines=[rice], on="2026-03-04", paper_number="A-17")
    assert book.stock("RICE") == 5


def test_old_food_written_under_refused_goods_keeps_nothing_off_the_shelf(book):
    old = {"item": "RICE", "quantity": 0, "refused": 5, "reason": "too old", "best_before": date(2025, 3, 5)}
    book.give(lines=[old, {"item": "SOAP", "quantity": 2}])
    assert (book.stock("RICE"), book.stock("SOAP")) == (0, 2)


def test_every_wrong_line_is_named_at_once(book):
    lines = [
        {"item": "SILK", "quantity": 1},
        {"item": "SOAP", "quantity": 1},
        {"item": "RICE", "quantity": 5, "best_before": date(2026, 3, 1)},
    ]
    with book.refuses(Refusals) as refusal:
        book.give(lines=lines)
    assert [field for field, _ in said(refusal)] == ["lines.0.item", "lines.2.best_before"]


def test_a_slip_on_which_everything_was_refused_is_no_donation(book):
    with book.refuses(NothingAccepted) as refusal:
        book.give(lines=[{"item": "RICE", "quantity": 0, "refused": 5, "reason": "wet"}])
    assert said(refusal)[0][0] == "lines"


@pytest.mark.parametrize(("donor", "item", "field"), [("D99", "SOAP", "donor"), ("D7", "SILK", "lines.0.item")])
def test_what_is_in_no_register_is_refused_at_its_field(book, donor, item, field):
    with book.refuses(Unknown) as refusal:
        book.give(donor=donor, lines=[{"item": item, "quantity": 1}])
    assert [at for at, _ in said(refusal)] == [field]


@pytest.mark.parametrize(("model", "code", "field"), [(Donor, "D7", "donor"), (Item, "RICE", "lines.0.item")])
def test_what_is_retired_is_used_for_nothing_new(book, county, model, code, field):
    county.edit(model, code, retired=1)
    with book.refuses(Retired) as refusal:
        book.give(donor="D7", rice=1)
    words = {"D7": "D7", "RICE": "大米 5千克"}[code]
    assert said(refusal) == [(field, f"{words} is retired and not used any more.")]


def test_nothing_is_taken_in_on_a_day_to_come(book):
    with book.refuses(FutureDay) as refusal:
        book.give(soap=1, on="2026-03-07")
    assert said(refusal)[0][0] == "occurred_on"


def test_a_past_day_needs_the_number_of_its_paper(book):
    with book.refuses(LateWithoutPaper) as refusal:
        book.give(soap=1, on="2026-03-05")
    assert said(refusal) == [
        ("paper_number", "2026-03-05 is past: enter the number of the paper it was written on.")
    ]


def test_a_day_more_than_a_year_ago_is_a_slip_of_the_finger(book):
    book.give(soap=1, on="2025-03-06", paper_number="A-17")
    with book.refuses(FarPast) as refusal:
        book.give(soap=1, on="2025-03-04", paper_number="A-17")
    assert said(refusal)[0][0] == "occurred_on"


# Wish, value, shelf life, papers

def test_a_wish_for_outlets_names_them_and_stays_with_the_lot(book, county):
    entry = book.give(soap=20, wish={"kind": "outlets", "text": None, "outlets": ["LY01", "LY02"]})
    facts = body_of(book.entry(entry["number"]))["facts"]
    assert (facts["wish"], facts["outlets"]) == ("outlets", ["LY01", "LY02"])
    assert (lot(county, "L1").wish, lot(county, "L1").wish_outlets) == ("outlets", "LY01 LY02")


@pytest.mark.parametrize(
    ("wish", "kind", "field"),
    [
        ({"kind": "outlets", "outlets": ["LY01", "LY99"]}, Unknown, "wish.outlets"),
        ({"kind": "group", "text": "the old", "outlets": ["LY01"]}, WishForOutlets, "wish.kind"),
    ],
)
def test_a_wish_names_outlets_there_are_and_only_where_it_is_for_outlets(book, wish, kind, field):
    with book.refuses(kind) as refusal:
        book.give(soap=20, wish=wish)
    assert said(refusal)[0][0] == field


def test_what_a_value_rests_on_and_when_goods_were_made_is_kept_with_the_lot(book, county):
    rice = {"item": "RICE", "quantity": 5, "unit_value": 2_990, "basis": "fair", "made_on": date(2026, 1, 5)}
    county.book("COUNTY").give(lines=[rice, {"item": "SOAP", "quantity": 1, "basis": "none"}])
    assert (lot(county, "L1").value_basis, lot(county, "L1").made_on) == ("fair", date(2026, 1, 5))
    assert (lot(county, "L2").value_basis, lot(county, "L2").unit_value_fen) == (None, None)


def test_what_is_not_valued_has_no_value(county):
    with county.refuses(ValuedOrNot) as refusal:
        county.book("COUNTY").give(lines=[{"item": "SOAP", "quantity": 1, "basis": "none", "unit_value": 300}])
    assert said(refusal)[0][0] == "lines.0.unit_value"


def test_what_an_outlet_receives_is_valued_by_the_county_with_a_sign_in_of_its_own(book, county):
    with book.refuses(ValuedByCounty) as refusal:
        book.give(by="lin", lines=[{"item": "SOAP", "quantity": 5, "unit_value": 300, "basis": "fair"}])
    assert said(refusal) == [
        ("lines.0.unit_value", "The county values what an outlet receives. Leave the value empty."),
    ]
    book.give(by="lin", lines=[{"item": "SOAP", "quantity": 5}])
    worth = {"unit_value_fen": 300, "value_basis": "fair"}
    county.book("COUNTY").do(amend, by="wei", register="lots", of=["L1"], values={"version": 1, **worth})
    assert (lot(county, "L1").unit_value_fen, lot(county, "L1").value_basis) == (300, "fair")
    changed = [(one.field, one.by) for one in county.ask(changes_of, lot(county, "L1"))]
    assert sorted(changed) == [("unit_value_fen", "wei"), ("value_basis", "wei")]


def test_in_what_condition_goods_are_is_kept_beside_the_entry(book, county):
    dry = {"item": "RICE", "quantity": 5, "condition": "dry, from Wang Xiulan"}
    book.give(lines=[dry, {"item": "SOAP", "quantity": 1}])
    assert notes(county) == {"condition": "1. 大米 5千克 (RICE): dry, from Wang Xiulan"}


def test_numbers_of_the_donors_papers_are_facts(book):
    entry = book.give(soap=1, agreement="略工协〔2026〕3号", receipt_code="61010125", receipt_number="0000123456")
    facts = body_of(book.entry(entry["number"]))["facts"]
    assert (facts["agreement"], facts["receipt_code"], facts["receipt_number"]) == (
        "略工协〔2026〕3号", "61010125", "0000123456"
    )


def test_the_official_receipt_may_be_noted_later_and_moves_nothing(book):
    gift, before = book.give(soap=1), book.balances()
    noted = book.do(note_receipt, by="lin", number=gift["number"], receipt_code="61010125", receipt_number="0000123456")
    entry = book.entry(noted["number"])
    assert (entry.kind, book.balances()) == ("receipt-number", before)
    assert body_of(entry)["facts"] == {
        "number": gift["number"], "receipt_code": "61010125", "receipt_number": "0000123456"
    }
    with book.refuses(NotFound):
        book.do(note_receipt, by="lin", number=noted["number"], receipt_code="1", receipt_number="2")


def rice(best, made="2026-01-05", **more):
    """Return a line of rice made in January, with its best-before."""
    days = {"best_before": date.fromisoformat(best), "made_on": date.fromisoformat(made) if made else None}
    return {"item": "RICE", "quantity": 5, **days, **more}


def test_how_much_of_its_shelf_life_food_must_have_left_is_a_setting(book, county):
    book.give(lines=[rice("2026-03-07")])
    county.setting("shelf_life_least", "60")
    book.give(lines=[rice("2026-06-04")])
    with book.refuses(ShelfLifeShort) as refusal:
        book.give(lines=[{"item": "SOAP", "quantity": 1}, rice("2026-06-03")])
    assert said(refusal) == [(
        "lines.1.best_before",
        "RICE has 59 per cent of its shelf life left; at least 60 is asked here. Write it under refused goods.",
    )]


def test_where_a_share_is_asked_the_day_of_making_is_too(book, county):
    county.setting("shelf_life_least", "60")
    with book.refuses(MadeWhen) as refusal:
        book.give(lines=[rice("2027-06-05", made=None)])
    assert said(refusal)[0][0] == "lines.0.made_on"
    book.give(lines=[rice("2026-03-07", quantity=0, refused=5, reason="nearly over"), {"item": "SOAP", "quantity": 1}])


@pytest.mark.parametrize(("made", "best"), [("2026-03-07", "2027-01-01"), ("2026-03-06", "2026-03-06")])
def test_goods_are_made_before_they_come_and_before_they_expire(book, made, best):
    with book.refuses(MadeTooLate) as refusal:
        book.give(lines=[rice(best, made)])
    assert said(refusal)[0][0] == "lines.0.made_on"
