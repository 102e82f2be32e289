"""Submission: whatever the act, the same form sent twice is booked once and answered the same."""

from datetime import date

import pytest

from ledger.journal import Replayed
from ledger.journal.submission import KeyUsedForOther
from ledger.operations.arrival import accept_arrival, confirm_difference
from ledger.operations.basket import NotEnoughPoints
from ledger.operations.credit import credit_sheet
from ledger.operations.dispatch import send_goods
from ledger.operations.donation import accept_donation
from ledger.operations.notice import publish_notice
from ledger.operations.proposal import decide_proposals, propose_price
from ledger.operations.redemption import redeem
from ledger.operations.register import amend, enter, put_away, renew_link
from ledger.operations.reversal import reverse
from ledger.operations.sheet import draw_sheet
from ledger.operations.staff import declare_kin

DAY = date(2026, 3, 6)
KEY = "the key hidden in the form"


def soap(quantity, **more):
    """Return a line of the form."""
    return [{"item": "SOAP", "quantity": quantity, **more}]


def arrived(county):
    """Twenty soaps are on the road to Liuhe."""
    county.book("COUNTY").give(soap=50)
    return county.book("COUNTY").send("LY01", soap=20)["number"]


def proposed(county):
    """Wei has proposed a price."""
    said = {"item": "SOAP", "valid_from": DAY, "points": 150}
    return county.book("COUNTY").do(propose_price, by="wei", **said)["n"]


def counted_short(county):
    """Twenty soaps were on the road to Liuhe; two were missing."""
    dispatch = arrived(county)
    line = soap(18, lot="L1", short=2, reason="box torn open")
    return county.book("LY01").arrive({"book": "COUNTY", "number": dispatch}, lines=line)["request"]


def stocked(county):
    """Liuhe has soap, and the Wangs have points."""
    county.book("LY01").write(
        """
        2026-03-05 donation
          donor:D7   -> stock             SOAP/L7   20
        2026-03-05 credit
          fund:merit -> purse:H001:merit  POINT   1000
        """
    )


def drawn(county):
    """A sheet waits for its notice."""
    return county.book("LY01").draw(("H001", "CLEAN"))["n"]


def run_out(county):
    """A sheet hung from 20 February on."""
    county.move_to("2026-02-20")
    n = county.book("LY01").on_notice(("H001", "CLEAN"), ("H003", "CLEAN"))
    county.move_to("2026-03-06")
    return n


def sold(county):
    """The Wangs took soap home."""
    stocked(county)
    return county.book("LY01").redeem("H001", soap=2)["number"]


def nothing(county):
    """Nothing needs to have happened before."""


donor = {"name": "汉中粮油集团", "contact": "", "phone": "", "anonymous": 0}

# The act; where; by whom; what happened before; the form, given what that left; what another form would say.
ACTS = {
    "donation": (accept_donation, "LY01", "lin", nothing,
                 lambda _: {"donor": "D7", "occurred_on": DAY, "lines": soap(20)}, {"lines": soap(21)}),
    "dispatch": (send_goods, "LY01", "lin", stocked,
                 lambda _: {"to": "LY02", "occurred_on": DAY, "lines": soap(20)}, {"to": "COUNTY"}),
    "arrival": (accept_arrival, "LY01", "lin", arrived,
                lambda n: {"sender": "COUNTY", "dispatch": n, "occurred_on": DAY, "lines": soap(20, lot="L1")},
                {"lines": soap(19, lot="L1")}),
    "difference": (confirm_difference, "LY01", "gao", counted_short, lambda n: {"request": n}, {"request": 2}),
    "sheet": (draw_sheet, "LY01", "mei", nothing,
              lambda _: {"period": "2026-03", "purse": "merit", "occurred_on": DAY,
                         "lines": [{"household": "H001", "rule": "CLEAN"}]}, {"period": "2026-02"}),
    "notice": (publish_notice, "LY01", "mei", drawn,
               lambda n: {"sheet": n, "occurred_on": DAY, "place": "board"}, {"place": "gate"}),
    "credit": (credit_sheet, "LY01", "gao", run_out, lambda n: {"sheet": n, "occurred_on": DAY}, {"sheet": 2}),
    "redemption": (redeem, "LY01", "lin", stocked,
                   lambda _: {"household": "H001", "occurred_on": DAY, "basket": soap(8)}, {"basket": soap(1)}),
    "reversal": (reverse, "LY01", "gao", sold, lambda n: {"number": n, "reason": "wrong"}, {"reason": "other"}),
    "new line": (enter, "LY01", "mei", nothing,
                 lambda _: {"register": "households", "values": {"number": "", "name": "郑国"}},
                 {"values": {"number": "", "name": "郑家"}}),
    "changed line": (amend, "COUNTY", "wei", nothing,
                     lambda _: {"register": "donors", "of": ["D7"], "values": {**donor, "version": 1}}, {"of": ["D8"]}),
    "retired line": (put_away, "COUNTY", "wei", nothing,
                     lambda _: {"register": "donors", "of": ["D7"], "version": 1}, {"of": ["D8"]}),
    "price": (propose_price, "COUNTY", "wei", nothing,
              lambda _: {"item": "SOAP", "valid_from": DAY, "points": 150}, {"points": 160}),
    "second hand": (decide_proposals, "COUNTY", "han", proposed, lambda n: {"proposals": [{"request": n}]},
                    {"declined": 1, "reason": "too dear"}),
    "relative": (declare_kin, "COUNTY", "wei", nothing,
                 lambda _: {"name": "lin", "outlet": "LY01", "household": "H001", "tie": "own"}, {"tie": "relative"}),
    "link": (renew_link, "COUNTY", "wei", nothing, lambda _: {"donor": "D7", "link": "new-link"}, {"donor": "D8"}),
}


@pytest.fixture(params=ACTS)
def form(request, county):
    """An act that can be done now: its desk, what is sent, and what another form under the same key would say."""
    operation, code, clerk, before, content, other = ACTS[request.param]
    content = content(before(county))

    def send(by=clerk, **changed):
        return county.book(code).do(operation, by=by, key=KEY, **{**content, **changed})

    return send, other


def test_the_same_form_sent_twice_is_booked_once_and_answered_the_same(form, county):
    send, _ = form
    first = send()
    booked = county.state()
    county.wait(1)
    again = send()
    assert again == first
    assert isinstance(again, Replayed) and not isinstance(first, Replayed)
    assert county.state() == booked


def test_the_same_key_with_other_content_or_by_another_person_is_refused(form, county):
    send, other = form
    send()
    with county.refuses(KeyUsedForOther):
        send(**other)
    with county.refuses(KeyUsedForOther):
        send(by="luo")


def test_an_answer_kept_for_later_holds_no_name(form, county):
    send, _ = form
    send()
    kept = county.state()["submission"]
    assert any(KEY in row for row in kept)
    assert not any(name in row for row in kept for name in ("郑国", "王秀兰", "汉中粮油", "torn", "wrong"))


def test_what_was_refused_can_be_put_right_and_sent_again_under_the_same_key(book, county):
    stocked(county)
    with book.refuses(NotEnoughPoints):
        book.redeem("H001", soap=9, key=KEY)
    assert book.redeem("H001", soap=8, key=KEY)["number"] == 3


def test_the_first_answer_stands_whatever_has_changed_since(book, county):
    stocked(county)
    first = book.redeem("H001", soap=8, key=KEY)
    county.price("SOAP", 999, since="2026-03-06")
    book.reverse(first)
    assert book.redeem("H001", soap=8, key=KEY) == first
