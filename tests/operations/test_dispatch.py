"""Dispatch: goods leave one site for another and are on the road until they arrive."""

from datetime import date

import pytest

from ledger.errors import Refusals, Unknown
from ledger.journal import body_of
from ledger.journal.posting import FutureDay
from ledger.operations.days import LateWithoutPaper
from ledger.operations.dispatch import ToItself
from ledger.operations.lots import OnlyExpired, ShortOnShelf
from ledger.operations.wish import AgainstTheWish
from ledger.registers.register import Retired
from ledger.registers.sites import Site
from ledger.reports.journal import entry_page
from tests.county import road, said


@pytest.fixture
def store_room(county):
    """The county store with rice of three gifts, the oldest last to expire, and soap that keeps for ever."""
    desk = county.book("COUNTY")
    desk.write(
        """
        2026-03-01 donation
          donor:D7 -> stock  RICE/L11  10  best 2026-09-01
        2026-03-02 donation
          donor:D8 -> stock  RICE/L12   4  best 2026-06-01
        2026-03-03 donation
          donor:D7 -> stock  SOAP/L13  30
        """
    )
    return desk


def test_goods_leave_the_shelf_and_are_on_the_road(store_room, county):
    note = store_room.send("LY01", soap=20)
    assert note["to"] == "LY01"
    assert note["lines"] == [{"item": "SOAP", "lot": "L13", "quantity": 20}]
    assert (store_room.stock("SOAP"), store_room.holds("sent:LY01", "SOAP")) == (10, 20)
    assert road(county) == {"L13": 20}
    assert county.book("LY01").balances() == {}


def test_what_expires_first_is_sent_first_and_a_line_may_be_filled_from_several_lots(store_room, county):
    note = store_room.send("LY01", rice=6)
    assert [(line["lot"], line["quantity"]) for line in note["lines"]] == [("L12", 4), ("L11", 2)]
    assert road(county) == {"L12": 4, "L11": 2}


def test_a_named_lot_is_sent_and_no_other(store_room):
    note = store_room.send("LY01", lines=[{"item": "RICE", "quantity": 6, "lot": "L11"}])
    assert note["lines"] == [{"item": "RICE", "lot": "L11", "quantity": 6}]


def test_lines_of_the_same_lot_stand_on_the_note_as_one(store_room, county):
    note = store_room.send("LY01", lines=[{"item": "SOAP", "quantity": 3}, {"item": "SOAP", "quantity": 4}])
    assert note["lines"] == [{"item": "SOAP", "lot": "L13", "quantity": 7}]
    assert road(county) == {"L13": 7}


def test_a_named_lot_is_kept_for_the_line_that_names_it(store_room):
    lines = [{"item": "RICE", "quantity": 4}, {"item": "RICE", "quantity": 4, "lot": "L12"}]
    note = store_room.send("LY01", lines=lines)
    assert sorted((line["lot"], line["quantity"]) for line in note["lines"]) == [("L11", 4), ("L12", 4)]


def test_an_outlet_may_send_to_another_outlet_or_back(store_room, county):
    outlet = county.book("LY01")
    outlet.arrive(store_room.send("LY01", soap=20))
    outlet.send("LY02", soap=5, by="lin")
    outlet.send("COUNTY", soap=1, by="lin")
    assert (outlet.stock("SOAP"), road(county)) == (14, {"L13": 6})


def test_transfer_notes_carry_a_number_without_gaps(store_room):
    first, second = store_room.send("LY01", soap=1), store_room.send("LY02", soap=1)
    serials = [body_of(store_room.entry(note["number"]))["facts"]["serial"] for note in (first, second)]
    assert serials == ["调-2026-0001", "调-2026-0002"]


def test_the_entry_says_where_to_and_from_which_paper(store_room):
    note = store_room.send("LY01", soap=1, on="2026-03-05", paper_number="T-3")
    entry = store_room.entry(note["number"])
    assert body_of(entry)["facts"] == {"to": "LY01", "serial": "调-2026-0001", "paper_number": "T-3"}
    assert (entry.occurred_on, entry.late) == (date(2026, 3, 5), 1)


def test_all_short_lines_are_named_at_once_with_what_there_is(store_room):
    with store_room.refuses(Refusals) as refusal:
        store_room.send("LY01", soap=31, rice=15)
    assert said(refusal) == [
        ("lines.0.quantity", "Not enough on the shelf: 肥皂, asked 31, there is 30."),
        ("lines.1.quantity", "Not enough on the shelf: 大米 5千克, asked 15, there is 14."),
    ]


def test_nothing_expired_is_sent(store_room, county):
    county.move_to("2026-06-02")
    with store_room.refuses(OnlyExpired) as refusal:
        store_room.send("LY01", rice=11)
    assert said(refusal) == [
        ("lines.0.quantity", "大米 5千克: asked 11; 10 can be handed out, 4 more are past their best-before.")
    ]
    with store_room.refuses(OnlyExpired):
        store_room.send("LY01", lines=[{"item": "RICE", "quantity": 1, "lot": "L12"}])


def test_a_lot_that_does_not_lie_here_is_short(store_room):
    with store_room.refuses(ShortOnShelf):
        store_room.send("LY01", lines=[{"item": "RICE", "quantity": 1, "lot": "L13"}])


def test_goods_on_the_road_cannot_be_sent_again(store_room):
    store_room.send("LY01", soap=30)
    with store_room.refuses(ShortOnShelf):
        store_room.send("LY02", soap=1)


def test_goods_do_not_travel_to_where_they_are(store_room):
    with store_room.refuses(ToItself) as refusal:
        store_room.send("COUNTY", soap=1)
    assert said(refusal) == [("to", "Choose another site: the goods are here already.")]


def test_a_site_nobody_knows_is_refused_at_its_field(store_room):
    with store_room.refuses(Unknown) as refusal:
        store_room.send("LY99", soap=1)
    assert said(refusal)[0][0] == "to"


def test_nothing_is_sent_to_a_site_that_is_closed(store_room, county):
    county.edit(Site, "LY02", retired=1)
    with store_room.refuses(Retired) as refusal:
        store_room.send("LY02", soap=1)
    assert said(refusal)[0][0] == "to"


def test_an_item_nobody_knows_is_refused_at_its_line(store_room):
    with store_room.refuses(Unknown) as refusal:
        store_room.send("LY01", lines=[{"item": "SOAP", "quantity": 1}, {"item": "SILK", "quantity": 1}])
    assert said(refusal)[0][0] == "lines.1.item"


def test_the_day_of_a_note_is_today_or_a_day_with_its_paper(store_room):
    with store_room.refuses(FutureDay):
        store_room.send("LY01", soap=1, on="2026-03-07")
    with store_room.refuses(LateWithoutPaper):
        store_room.send("LY01", soap=1, on="2026-03-05")


# What donors wished

@pytest.fixture
def wished(store_room):
    """Oil for Liuhe alone (L1), on the shelf beside oil for everybody (L2)."""
    store_room.give(lines=[{"item": "OIL", "quantity": 6}], wish={"kind": "outlets", "outlets": ["LY01"]})
    store_room.give(lines=[{"item": "OIL", "quantity": 5}])
    return store_room


def test_goods_for_named_outlets_go_nowhere_else_and_the_refusal_names_the_wish(wished):
    with wished.refuses(AgainstTheWish) as refusal:
        wished.send("LY02", lines=[{"item": "OIL", "quantity": 1, "lot": "L1"}])
    assert said(refusal) == [(
        "lines.0.quantity",
        "菜籽油 5升 L1: the donor (D7) gave it for LY01. For another site enter the number of the donor's consent.",
    )]


def test_with_the_donors_consent_they_do_and_its_number_is_a_fact(wished):
    note = wished.send("LY02", lines=[{"item": "OIL", "quantity": 1, "lot": "L1"}], consent="略粮函〔2026〕5号")
    assert body_of(wished.entry(note["number"]))["facts"]["consent"] == "略粮函〔2026〕5号"


def test_a_line_that_names_no_lot_takes_what_was_meant_for_the_outlet_first_and_for_others_never(wished):
    assert [line["lot"] for line in wished.send("LY01", oil=2)["lines"]] == ["L1"]
    assert [line["lot"] for line in wished.send("LY02", oil=2)["lines"]] == ["L2"]
    with wished.refuses(AgainstTheWish):
        wished.send("LY02", oil=4)


def test_goods_meant_for_an_outlet_may_always_go_back_to_the_county_store(wished, county):
    liuhe = county.book("LY01")
    liuhe.arrive(wished.send("LY01", oil=6))
    with liuhe.refuses(AgainstTheWish):
        liuhe.send("LY02", by="lin", oil=1)
    liuhe.send("COUNTY", by="lin", oil=1)


def test_who_drives_is_words_that_can_be_erased(store_room, county):
    entry = store_room.entry(store_room.send("LY01", soap=1, carrier="Wang, 陕F12345")["number"])
    assert county.ask(entry_page, "COUNTY", entry.number)["notes"] == {"carrier": "Wang, 陕F12345"}
    assert "Wang" not in entry.body
