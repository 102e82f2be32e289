"""A correction: nothing is taken back twice, who may propose, make and agree to it, and which entries it is for."""

from io import BytesIO

from ledger.errors import NotFound, Refusals
from ledger.exports import verify
from ledger.exports.audit import write_package
from ledger.journal import body_of, check_book
from ledger.journal.posting import ReversedAlready
from ledger.operations.correction import OnlyRedemptions
from ledger.operations.correction_parts import NothingLeft
from ledger.operations.item import limit_item
from ledger.operations.limits import OverLimit
from ledger.operations.reversal import CorrectionStands, OwnEntry
from ledger.registers.corrections import CorrectedInPart
from ledger.registers.households import Household
from ledger.registers.requests import AlreadyDecided, Request, SamePerson
from ledger.registers.staff import OwnHousehold
from tests.county import said
from tests.operations.test_correction import agree, goods, put_right, sold

__all__ = ["sold"]


# Nothing twice

def test_what_was_taken_back_is_not_taken_back_again(book, sold):
    put_right(book, sold, lines=goods(soap=1))
    with book.refuses(Refusals) as caught:
        put_right(book, sold, lines=goods(soap=2, rice=2))
    assert said(caught) == [
        ("lines.0.quantity", "肥皂: of this entry 1 can be taken back, 2 named."),
        ("lines.1.quantity", "大米: of this entry 1 can be taken back, 2 named."),
    ]
    put_right(book, sold)
    assert (book.points("H001"), book.stock("SOAP"), book.stock("RICE")) == (1000, 20, 10)
    with book.refuses(NothingLeft):
        put_right(book, sold, "damaged")


def test_a_corrected_entry_is_not_reversed_and_a_reversed_one_not_corrected(book, sold, county):
    put_right(book, sold, lines=goods(soap=1))
    with book.refuses(CorrectedInPart):
        book.reverse(sold)
    other = book.redeem("H001", soap=1)["number"]
    book.reverse(other)
    with book.refuses(ReversedAlready):
        put_right(book, other)


def test_what_was_corrected_whole_counts_as_reversed(book, sold):
    put_right(book, sold)
    with book.refuses(ReversedAlready):
        book.reverse(sold)
    with book.refuses(ReversedAlready):
        put_right(book, sold)


def test_a_correction_stands_but_the_redemption_it_made_can_be_corrected_again(book, sold):
    answer = put_right(book, sold, "elsewhere", right={"household": "H004", "basket": goods(soap=1)})
    with book.refuses(CorrectionStands):
        book.reverse(answer["number"], by="wei")
    put_right(book, answer["right"], by="luo")
    assert (book.points("H001"), book.points("H004"), book.stock("SOAP")) == (1000, 1000, 20)


def test_the_same_form_sent_twice_corrects_once(book, sold):
    right = {"household": "H004", "basket": goods(soap=2)}
    first = put_right(book, sold, "elsewhere", right=right, key="one form")
    assert put_right(book, sold, "elsewhere", right=right, key="one form") == first
    assert book.kinds().count("correction") == 1


def test_limits_are_given_back_with_the_goods_and_hold_for_the_right_one(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT    900
      fund:merit -> purse:H004:merit  POINT    900
    """
    county.book("COUNTY").do(
        limit_item, by="wei", item="SOAP", outlet="LY01", per="month", holds_from=county.day, quantity=2
    )
    first = book.redeem("H001", soap=2)["number"]
    with book.refuses(OverLimit):
        book.redeem("H001", soap=1)
    with book.refuses(OverLimit):
        put_right(book, first, "elsewhere", right={"household": "H004", "basket": goods(soap=3)})
    put_right(book, first, lines=goods(soap=1))
    book.redeem("H001", soap=1)
    with book.refuses(OverLimit):
        book.redeem("H001", soap=1)


# Who may

def test_the_keeper_asks_and_another_makes_it(book, sold, county):
    asked = put_right(book, sold, by="lin")
    assert (asked["status"], book.points("H001")) == ("waiting", 395)
    answer = agree(book, asked["n"], by="gao")
    assert (book.points("H001"), book.entry(answer["number"]).by) == (1000, "gao")
    with book.refuses(AlreadyDecided):
        agree(book, asked["n"])


def test_a_correction_keeps_the_number_of_its_paper_also_when_another_makes_it(book, sold):
    asked = put_right(book, sold, by="lin", lines=goods(soap=1), paper_number="更-17")
    made = agree(book, asked["n"], by="gao")["number"], put_right(book, sold, paper_number="更-18")["number"]
    papers = [body_of(book.entry(number))["facts"]["paper_number"] for number in made]
    assert papers == ["更-17", "更-18"]


def test_nobody_agrees_to_what_they_asked_for(book, sold):
    asked = put_right(book, sold, "gone")["n"]
    with book.refuses(SamePerson):
        agree(book, asked, by="gao")


def test_nobody_corrects_an_entry_of_their_own(book, sold):
    right = put_right(book, sold, "elsewhere", right={"household": "H004", "basket": goods(soap=1)})["right"]
    with book.refuses(OwnEntry):
        put_right(book, right, by="gao")
    asked = put_right(book, right, by="lin")["n"]
    with book.refuses(OwnEntry):
        agree(book, asked, by="gao")


def test_nobody_corrects_what_a_relative_took(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
    2026-03-05 credit
      fund:merit -> purse:H006:merit  POINT    900
    """
    sold = book.redeem("H006", soap=1)["number"]
    with book.refuses(OwnHousehold):
        put_right(book, sold, by="gao")
    asked = put_right(book, sold, by="lin")["n"]
    with book.refuses(OwnHousehold):
        agree(book, asked, by="gao")
    agree(book, asked, by="luo")


def test_what_is_done_takes_the_place_of_what_was_asked(book, sold, county):
    first, second = put_right(book, sold, by="lin")["n"], put_right(book, sold, "damaged", by="lin")["n"]
    with county.store.reading() as session:
        assert session.get_one(Request, ("LY01", first)).status == "withdrawn"
    put_right(book, sold, lines=goods(soap=1))
    with book.refuses(AlreadyDecided):
        agree(book, second)


def test_points_are_given_back_into_a_frozen_household(book, sold, county):
    county.edit(Household, ("LY01", "H001"), status="frozen")
    put_right(book, sold)
    assert book.points("H001") == 1000


def test_only_a_redemption_that_is_there_is_corrected(book, sold):
    with book.refuses(OnlyRedemptions):
        put_right(book, 1)
    with book.refuses(NotFound):
        put_right(book, 99)
    with book.refuses(NotFound):
        agree(book, 7)


def test_a_package_with_corrections_of_every_kind_is_all_right(book, sold, county, tmp_path, capsys):
    other = book.redeem("H004", soap=2)["number"]
    put_right(book, sold, "elsewhere", right={"household": "H004", "basket": goods(soap=1)})
    put_right(book, other, "damaged", lines=goods(soap=1))
    agree(book, put_right(book, other, "gone")["n"])
    file = BytesIO()
    with county.store.reading() as session:
        assert check_book(session, "LY01") is None
        write_package(session, book="LY01", file=file, now=county.now)
    (tmp_path / "ly01.zip").write_bytes(file.getvalue())
    assert verify.main([str(tmp_path / "ly01.zip")]) == 0
    assert "ALL RIGHT" in capsys.readouterr().out
