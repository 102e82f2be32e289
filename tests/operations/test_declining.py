"""A second person says no to what waits, with a reason; nothing is booked, and it may be asked for anew."""

from datetime import date

import pytest

from ledger.errors import NotFound
from ledger.operations.closing import confirm_close, propose_close
from ledger.operations.correction import confirm_correction, correct
from ledger.operations.declining import TownDecides, decline
from ledger.operations.life import change_life, confirm_cancel
from ledger.operations.limits import allow_override, ask_override
from ledger.operations.objection_answer import confirm_answer
from ledger.operations.paper_day import key_paper_day
from ledger.operations.write_off import OneOrTheOther, propose_write_off
from ledger.registers.objections import open_objections
from ledger.registers.register import changes_of
from ledger.registers.requests import AlreadyDecided, Request, SamePerson
from ledger.registers.staff import OwnHousehold
from ledger.reports.today import today

PROPOSALS = {
    "correction": (lambda book: put_right(book), confirm_correction),
    "cancellation": (lambda book: book.act(
        change_life, by="lin", household="H001", event="cancel", paper_number="7")["n"], confirm_cancel),
    "override": (lambda book: book.do(
        ask_override, by="lin", household="H001", basket=[{"item": "SOAP", "quantity": 9}], reason="nine")["n"],
        allow_override),
    "close": (lambda book: book.do(propose_close, by="lin", through=date(2026, 2, 28))["n"], confirm_close),
    "claw-back": (lambda book: book.claw_back("H001", 50, on="2026-03-06")["n"], None),
}
"""How each is proposed, and how a second person would say yes."""


@pytest.fixture
def liuhe(book, county):
    """Liuhe, where the Wangs hold 50 points and took a soap."""
    book.write("""
        2026-03-05 donation
          donor:D7   -> stock             SOAP/L7   20
        2026-03-05 credit
          fund:merit -> purse:H001:merit  POINT    620
    """)
    book.redeem("H001", soap=1)
    return book


def put_right(book):
    """Let the keeper ask for the correction of the Wangs' redemption."""
    return book.do(correct, by="lin", number=3, goods="back", reason="keyed wrong")["n"]


def no(book, request, *, by="luo", reason="the paper says otherwise"):
    """Say no, as a second person."""
    return book.do(decline, by=by, request=request, reason=reason)


@pytest.mark.parametrize("kind", PROPOSALS)
def test_what_is_declined_is_done_with_and_nothing_was_booked(liuhe, county, kind):
    propose, confirm = PROPOSALS[kind]
    n = propose(liuhe)
    entries, held = liuhe.kinds(), liuhe.balances()
    assert no(liuhe, n)["status"] == "declined"
    assert (liuhe.kinds(), liuhe.balances()) == (entries, held)
    with liuhe.refuses(AlreadyDecided):
        liuhe.confirm_claw_back(n) if confirm is None else liuhe.do(confirm, by="luo", request=n)
    with liuhe.refuses(AlreadyDecided):
        no(liuhe, n)
    asked = county.ask(lambda session: session.get_one(Request, ("LY01", n)))
    assert (asked.declined_by, asked.declined_why) == ("luo", "the paper says otherwise")


def test_who_proposed_reads_the_reason_on_the_first_page_for_a_week(liuhe, county):
    n = put_right(liuhe)
    no(liuhe, n)
    assert [one.declined_why for one in county.ask(today, "LY01", county.day)["declined"]] == [
        "the paper says otherwise"
    ]
    assert county.ask(today, "LY01", county.day)["corrections"] == []
    county.wait(8)
    assert county.ask(today, "LY01", county.day)["declined"] == []


def test_it_may_be_asked_for_anew_and_then_made(liuhe):
    no(liuhe, put_right(liuhe))
    liuhe.do(confirm_correction, by="luo", request=put_right(liuhe))
    assert liuhe.points("H001") == 620


def test_the_list_of_changes_keeps_who_said_no(liuhe, county):
    n = put_right(liuhe)
    no(liuhe, n)
    last = county.ask(lambda session: changes_of(session, session.get_one(Request, ("LY01", n)))[0])
    assert (last.field, last.before, last.after, last.by) == ("status", "waiting", "declined", "luo")


def test_nobody_declines_what_they_proposed_or_what_is_about_a_relative(liuhe):
    n = liuhe.act(change_life, by="gao", household="H001", event="cancel", paper_number="7")["n"]
    with liuhe.refuses(SamePerson):
        no(liuhe, n, by="gao")
    relatives = liuhe.act(change_life, by="lin", household="H006", event="cancel", paper_number="8")["n"]
    with liuhe.refuses(OwnHousehold):
        no(liuhe, relatives, by="gao")


def test_goods_that_were_short_are_on_the_road_again_and_can_be_counted(book, county):
    store = county.book("COUNTY")
    store.give(soap=20)
    note = store.send("LY01", soap=20)
    line = {**note["lines"][0], "quantity": 18, "short": 2, "reason": "two missing"}
    n = book.arrive(note, lines=[line])["request"]
    no(book, n, reason="they were in the cab")
    book.arrive(note, lines=[{**line, "quantity": 2, "short": 0}])
    assert book.stock("SOAP") == 20


def test_an_answer_by_who_scored_the_line_is_declined_by_the_town_and_then_answered_anew(book, county):
    sheet = book.on_notice(("H001", "CLEAN"), by="lin")
    objection = book.object(sheet, 1, by="gao")["n"]
    n = book.answer(sheet, objection, "not-upheld", by="lin")["request"]
    with book.refuses(TownDecides):
        no(book, n, by="gao")
    no(book, n)
    with book.refuses(NotFound):
        book.do(confirm_answer, by="luo", sheet=sheet, objection=objection)
    assert book.answer(sheet, objection, "cancelled", by="gao")["status"] == "answered"


def test_goods_set_aside_are_disposed_of_or_put_back_and_never_just_left(liuhe):
    lines = [{"item": "SOAP", "lot": "L7", "quantity": 2}]
    n = liuhe.act(propose_write_off, by="lin", lines=lines, reason="damaged")["n"]
    with liuhe.refuses(OneOrTheOther):
        no(liuhe, n)


@pytest.mark.parametrize("kind", ["correction", "override", "claw-back", "paper line"])
def test_no_kind_of_proposal_about_a_relative_is_declined_by_them(book, county, kind):
    book.write("""
        2026-03-05 donation
          donor:D7   -> stock             SOAP/L7   20
        2026-03-05 credit
          fund:merit -> purse:H006:merit  POINT    120
    """)
    soaps = [{"item": "SOAP", "quantity": 9}]
    keyed = {"line": 1, "household": "H006", "basket": soaps, "reason": "misread"}
    propose = {
        "correction": lambda: book.do(
            correct, by="lin", number=book.redeem("H006", soap=1)["number"], goods="back", reason="keyed wrong")["n"],
        "override": lambda: book.do(ask_override, by="lin", household="H006", basket=soaps, reason="nine")["n"],
        "claw-back": lambda: book.claw_back("H006", 50, on="2026-03-06")["n"],
        "paper line": lambda: book.act(
            key_paper_day, by="lin", on="2026-03-05", sheet="260305-1", lines=[keyed])["requests"][0],
    }
    n = propose[kind]()
    with book.refuses(OwnHousehold):
        no(book, n, by="gao")
    assert no(book, n)["status"] == "declined"


@pytest.mark.parametrize("request_number", [0, 2, 10**30])
def test_what_nobody_asked_for_here_is_not_declined(liuhe, request_number):
    put_right(liuhe)
    with liuhe.refuses(NotFound):
        no(liuhe, request_number)


def test_what_was_confirmed_already_is_not_declined(liuhe):
    n = put_right(liuhe)
    liuhe.do(confirm_correction, by="luo", request=n)
    with liuhe.refuses(AlreadyDecided):
        no(liuhe, n, by="gao")
    assert liuhe.points("H001") == 620


def test_a_no_pressed_twice_is_one_no(liuhe, county):
    n = put_right(liuhe)
    said = {"by": "luo", "request": n, "reason": "the paper says otherwise", "key": "pressed twice"}
    first = liuhe.do(decline, **said)
    state = county.state()
    assert liuhe.do(decline, **said) == first
    assert county.state() == state


def test_an_answer_the_town_declines_leaves_other_objections_as_they_were(book, county):
    sheet = book.on_notice(("H001", "CLEAN"), ("H006", "CLEAN"), by="lin")
    first, second = (book.object(sheet, line, by="mei")["n"] for line in (1, 2))
    one, two = (book.answer(sheet, n, "not-upheld", by="lin")["request"] for n in (first, second))
    no(book, one)
    left = county.ask(open_objections, "LY01")
    assert [(objection.n, objection.request) for objection in left] == [(first, None), (second, two)]
