"""The number of a paper: every act may name the paper it was first written on, and where it does the number is found
again: in what the act books, in what waits for a second person, or in its answer.
"""

from datetime import date
from uuid import uuid4

import pytest

from ledger.errors import LedgerError
from ledger.journal import Replayed, body_of
from ledger.journal.submission import KeyUsedForOther
from ledger.operations.closing import confirm_close, propose_close
from ledger.operations.correction import confirm_correction, correct
from ledger.operations.count import begin_count, key_lines
from ledger.operations.count_confirmation import confirm_count
from ledger.operations.days import LateWithoutPaper
from ledger.operations.deed import record_deed
from ledger.operations.limits import allow_override, ask_override
from ledger.operations.need import note_need
from ledger.operations.over_issue import confirm_paper_line
from ledger.operations.paper_day import key_paper_day
from ledger.operations.policy import decide_policy
from ledger.operations.proposal import decide_proposals, propose_price
from ledger.operations.receipt_number import note_receipt
from ledger.operations.redemption import redeem
from ledger.operations.write_off import decide_write_off, propose_write_off
from ledger.registers.requests import Request
from ledger.reports.journal import entry_page
from tests.operations.test_paper_day import line, shop

__all__ = ["shop"]

SHELF = """
2026-03-05 donation
  donor:D7     -> stock              SOAP/L7    20
2026-03-05 credit
  fund:merit   -> purse:H001:merit   POINT    1000
"""


def papers(book, number):
    """Return the papers an entry names: its own, and that of its confirmation."""
    facts = body_of(book.entry(number))["facts"]
    return facts.get("paper_number"), facts.get("confirmation_paper")


def asked(county, n, book="LY01"):
    """Return the paper a proposal names."""
    with county.store.reading() as session:
        return session.get_one(Request, (book, n)).lines().get("paper_number")


def kept(county, key):
    """Return the answer that is kept of an act, as it stands in the database."""
    (row,) = [row for row in county.state()["submission"] if key in row]
    return row


# What is booked

def test_what_an_act_books_names_its_paper_and_so_does_the_answer(book, county):
    gift = county.book("COUNTY").give(soap=5)["number"]
    said = {"receipt_code": "61010125", "receipt_number": "0000123456"}
    noted = county.book("COUNTY").do(note_receipt, by="wei", number=gift, **said, paper_number="票-2026-3")
    assert noted["paper_number"] == "票-2026-3"
    page = county.ask(entry_page, "COUNTY", noted["number"])
    assert (page["paper_number"], page["facts"]["paper_number"]) == ("票-2026-3", "票-2026-3")


def test_an_act_without_a_paper_says_nothing_of_one(book, county):
    book.write(SHELF)
    sold = book.redeem("H001", soap=1)
    assert "paper_number" not in sold and papers(book, sold["number"]) == (None, None)


def test_every_line_that_is_credited_from_one_paper_names_it(book, county):
    sheet = book.on_notice(("H001", "WORK", 80), ("H001", "CLEAN"))
    county.move_to("2026-03-14")
    done = book.credit(sheet, paper_number="评-2026-7")
    assert [papers(book, n)[0] for n in range(done["number"], done["last"] + 1)] == ["评-2026-7"] * 2


def test_a_correction_names_its_slip_and_the_redemption_it_makes_right_names_none(book):
    # A redemption that names a paper has its line there: nobody could key that line any more.
    book.write(SHELF)
    sold = book.redeem("H001", soap=2)["number"]
    right = {"household": "H001", "basket": [{"item": "SOAP", "quantity": 1}]}
    said = {"number": sold, "goods": "elsewhere", "reason": "one only", "right": right}
    done = book.do(correct, by="gao", **said, paper_number="9-3")
    assert [papers(book, n) for n in (done["number"], done["right"])] == [("9-3", None), (None, None)]
    assert "register" in body_of(book.entry(done["right"]))["facts"], "it is signed for in the register"
    keyed = book.do(
        key_paper_day, by="lin", occurred_on=date(2026, 3, 5), sheet="9", lines=[line(3, "H001", soap=1)]
    )
    assert papers(book, keyed["entries"][0]) == ("9-3", None)


def test_a_past_day_still_needs_a_paper_and_today_needs_none(book):
    book.write(SHELF)
    with book.refuses(LateWithoutPaper):
        book.redeem("H001", soap=1, on="2026-03-05")
    late = book.redeem("H001", soap=1, on="2026-03-05", paper_number="0031")
    assert (papers(book, late["number"]), book.entry(late["number"]).late) == (("0031", None), 1)


# Two hands, each with a paper

def test_a_close_names_the_paper_of_who_proposed_it_and_of_who_attested_it(book, county):
    asked_for = book.do(propose_close, by="lin", through=date(2026, 2, 28), paper_number="2026-77")
    assert asked(county, asked_for["n"]) == asked_for["paper_number"] == "2026-77"
    done = book.do(confirm_close, by="gao", request=asked_for["n"], paper_number="2026-88")
    assert papers(book, done["number"]) == ("2026-77", "2026-88")
    assert done["paper_number"] == "2026-88"


@pytest.mark.parametrize(("proposed", "confirmed", "entry"), [
    (None, None, (None, None)), ("损-9", None, ("损-9", None)), (None, "损-10", ("损-10", None)),
    ("损-9", "损-10", ("损-9", "损-10")), ("损-9", "损-9", ("损-9", "损-9")),
])
def test_a_write_off_names_the_papers_of_both_hands(book, county, proposed, confirmed, entry):
    book.write(SHELF)
    goods = [{"item": "SOAP", "lot": "L7", "quantity": 2}]
    aside = book.do(propose_write_off, by="lin", lines=goods, reason="damaged", paper_number=proposed)
    assert (papers(book, aside["number"]), asked(county, aside["n"])) == ((proposed, None), proposed)
    said = {"request": aside["n"], "disposal": "burned"}
    done = book.do(decide_write_off, by="gao", **said, paper_number=confirmed)
    assert papers(book, done["number"]) == entry


def test_a_claw_back_names_the_papers_of_both_hands(book, county):
    book.write(SHELF)
    notice = book.claw_back("H001", 80, paper_number="追-5")
    county.wait(8)
    done = book.confirm_claw_back(notice["n"], paper_number="追-6")
    assert (papers(book, notice["number"]), papers(book, done["number"])) == (("追-5", None), ("追-5", "追-6"))


def test_a_correction_that_waited_names_the_papers_of_both_hands(book, county):
    book.write(SHELF)
    sold = book.redeem("H001", soap=2)["number"]
    said = {"number": sold, "goods": "back", "reason": "keyed wrong"}
    waiting = book.do(correct, by="lin", **said, paper_number="更-1")
    done = book.do(confirm_correction, by="gao", request=waiting["n"], paper_number="更-2")
    assert (asked(county, waiting["n"]), papers(book, done["number"])) == ("更-1", ("更-1", "更-2"))


def test_a_line_of_a_paper_day_keeps_its_own_number_beside_that_of_its_confirmation(shop):
    lines = [line(1, "H001", soap=5, reason="misread"), line(2, "H004", soap=1)]
    keyed = {"occurred_on": date(2026, 3, 5), "sheet": "1-1", "lines": lines}
    answer = shop.do(key_paper_day, by="lin", **keyed, paper_number="2026-70")
    assert (papers(shop, answer["entries"][0]), answer["paper_number"]) == (("1-1-2", None), "2026-70")
    done = shop.do(confirm_paper_line, by="gao", request=answer["requests"][0], paper_number="2026-71")
    assert papers(shop, done["number"]) == ("1-1-1", "2026-71")


def test_a_stock_take_is_booked_by_the_paper_of_who_confirms_it(book):
    book.write(SHELF)
    begun = book.do(begin_count, by="lin", paper_number="盘-1")
    lines = [{"lot": "L7", "quantity": 20}]
    keyed = book.do(key_lines, by="lin", count=begun["n"], lines=lines, finished=1, paper_number="盘-2")
    assert [answer["paper_number"] for answer in (begun, keyed)] == ["盘-1", "盘-2"]
    done = book.do(confirm_count, by="gao", count=begun["n"], paper_number="盘-3")
    assert papers(book, done["number"]) == ("盘-3", None)


# What books nothing

def test_what_waits_for_a_second_person_names_its_paper(book, county):
    office, basket = county.book("COUNTY"), [{"item": "SOAP", "quantity": 5}]
    more = book.do(ask_override, by="lin", household="H001", basket=basket, reason="many", paper_number="2026-1")
    price = office.do(
        propose_price, by="wei", item="SOAP", points=150, valid_from=date(2026, 3, 6), paper_number="2026-2"
    )
    assert (asked(county, more["n"]), asked(county, price["n"], "COUNTY")) == ("2026-1", "2026-2")
    allowed = book.do(allow_override, by="gao", request=more["n"], paper_number="2026-3")
    decided = office.do(decide_proposals, by="han", proposals=[{"request": price["n"]}], paper_number="2026-4")
    assert [answer["paper_number"] for answer in (allowed, decided)] == ["2026-3", "2026-4"]
    assert asked(county, more["n"]) == "2026-1", "who asked named this one"


@pytest.mark.parametrize(("where", "by", "operation", "content"), [
    ("LY01", "lin", note_need, {"item": "RICE"}),
    ("LY01", "mei", record_deed, {"household": "H001", "rule": "CLEAN", "occurred_on": date(2026, 3, 6)}),
    ("COUNTY", "wei", decide_policy, {"name": "notice_days", "value": 5, "valid_from": date(2026, 3, 6)}),
])
def test_the_answer_that_is_kept_of_what_books_nothing_names_its_paper(county, where, by, operation, content):
    key = uuid4().hex
    desk = county.book(where)
    answer = desk.do(operation, by=by, key=key, **content, paper_number="2026-31")
    assert answer["paper_number"] == "2026-31" and "2026-31" in kept(county, key)
    again = desk.do(operation, by=by, key=key, **content, paper_number="2026-31")
    assert again == answer and isinstance(again, Replayed)
    with county.refuses(KeyUsedForOther):
        desk.do(operation, by=by, key=key, **content, paper_number="2026-32")


# One act after the other

def test_a_paper_is_never_taken_for_that_of_the_next_act_at_the_same_desk(book, county):
    book.write(SHELF)
    with county.store.writing() as session:
        who = {"book": "LY01", "now": county.now, "occurred_on": county.day, "household": "H001"}
        soap = {"basket": [{"item": "SOAP", "quantity": 1}]}
        first, second = (
            book_one(session, **who, **soap, **paper) for paper in ({"paper_number": "0031"}, {})
        )
    third = book.redeem("H001", soap=1)
    assert [papers(book, one["number"])[0] for one in (first, second, third)] == ["0031", None, None]
    assert "paper_number" not in second and "paper_number" not in third


def book_one(session, **content):
    """Serve a household in a writer's turn that is held already."""
    return redeem(session, clerk="lin", key=uuid4().hex, **content)


def test_nor_is_the_paper_of_an_act_that_was_refused(book, county):
    book.write(SHELF)
    with county.store.writing() as session:
        who = {"book": "LY01", "now": county.now, "occurred_on": county.day, "household": "H001"}
        with pytest.raises(LedgerError):
            book_one(session, **who, basket=[{"item": "SOAP", "quantity": 99}], paper_number="0031")
        sold = book_one(session, **who, basket=[{"item": "SOAP", "quantity": 1}])
    assert papers(book, sold["number"]) == (None, None)


def test_nor_is_the_paper_of_what_was_confirmed_before(book, county):
    book.write(SHELF)
    goods = [{"item": "SOAP", "lot": "L7", "quantity": 2}]
    first = book.do(propose_write_off, by="lin", lines=goods, reason="damaged", paper_number="损-9")
    second = book.do(propose_write_off, by="lin", lines=goods, reason="damaged")
    with county.store.writing() as session:
        numbers = [
            decide_write_off(
                session, book="LY01", clerk="gao", now=county.now, key=uuid4().hex, request=n, disposal="burned"
            )["number"]
            for n in (first["n"], second["n"])
        ]
    assert [papers(book, number) for number in numbers] == [("损-9", None), (None, None)]
