"""Today: what waits for a hand at an outlet, what was redeemed today, and the line that proves the book."""

from datetime import date

import pytest

from ledger.operations.correction import confirm_correction, correct
from ledger.reports.today import today

DAY = date(2026, 3, 6)


def test_an_empty_book_has_nothing_waiting_and_its_sums_close(county):
    told = county.ask(today, "LY01", DAY)
    assert (told["arrivals"], told["differences"], told["sheets"], told["expiring"]) == ([], [], [], [])
    assert (list(told["redemptions"].rows), told["points"], told["households"]) == ([], 0, 0)
    assert set(told["proof"].values()) == {0}


def test_the_redemptions_of_the_day_are_told_with_their_sum(book, county):
    """
    2026-03-01 donation
      donor:D7   -> stock             SOAP/L7   20
    2026-03-01 credit
      fund:merit -> purse:H001:merit  POINT   5000
      fund:merit -> purse:H003:merit  POINT   5000
    """
    county.move_to("2026-03-05")
    book.redeem("H001", soap=4)
    county.move_to("2026-03-06")
    book.redeem("H001", soap=1)
    book.redeem("H001", soap=2)
    book.redeem("H003", soap=1, by="gao")
    book.redeem("H001", soap=1, on="2026-03-05", paper_number="P-1")
    told = county.ask(today, "LY01", DAY)
    rows = [(row["household"], row["points"], row["total"]) for row in told["redemptions"].rows]
    assert rows == [("H001", 120, 120), ("H001", 240, 360), ("H003", 120, 480)]
    assert (told["points"], told["households"]) == (480, 2)


def test_what_was_undone_does_not_count(book, county):
    """
    2026-03-01 donation
      donor:D7   -> stock             SOAP/L7   20
    2026-03-01 credit
      fund:merit -> purse:H001:merit  POINT   5000
    """
    book.reverse(book.redeem("H001", soap=1))
    told = county.ask(today, "LY01", DAY)
    assert (list(told["redemptions"].rows), told["points"], told["households"]) == ([], 0, 0)


@pytest.mark.parametrize("fate", ["back", "damaged", "gone"])
def test_what_a_correction_took_back_is_off_the_total_wherever_its_goods_are(book, county, fate):
    """
    2026-03-01 donation
      donor:D7   -> stock             SOAP/L7   20
      donor:D7   -> stock             RICE/L8   20
    2026-03-01 credit
      fund:merit -> purse:H001:merit  POINT   5000
    """
    sold = book.redeem("H001", soap=2, rice=1)
    soap = [{"item": "SOAP", "quantity": 1}]
    for lines, who, left in ((soap, ("gao", "luo"), [(485, 2)]), (None, ("gao", "luo"), [])):
        asked = book.do(correct, by=who[0], number=sold["number"], goods=fate, reason="keyed wrong", lines=lines)
        if fate == "gone":
            book.do(confirm_correction, by=who[1], request=asked["n"])
        told = county.ask(today, "LY01", DAY)
        assert [(row["points"], row["pieces"]) for row in told["redemptions"].rows] == left
        assert told["points"] == sum(points for points, _ in left)


def test_goods_free_of_points_count_as_a_visit(book, county):
    """
    2026-03-01 donation
      donor:D7   -> stock             SALT/L7   20
      donor:D7   -> stock             SOAP/L8   20
    2026-03-01 credit
      fund:merit -> purse:H001:merit  POINT   5000
    """
    book.redeem("H003", salt=1, by="gao")
    book.redeem("H001", soap=1)
    told = county.ask(today, "LY01", DAY)
    assert [row["total"] for row in told["redemptions"].rows] == [0, 120]
    assert (told["points"], told["households"]) == (120, 2)


def test_notes_on_the_road_wait_until_all_of_them_has_arrived(book, county):
    store_room = county.book("COUNTY")
    store_room.give(soap=50, rice=9)
    note = store_room.send("LY01", soap=20, rice=9)
    store_room.send("LY02", soap=5)

    def waiting():
        return county.ask(today, "LY01", DAY)["arrivals"]

    called = {"from": "COUNTY", "dispatch": note["number"], "called": f"调-2026-0001 (COUNTY-{note['number']})"}
    assert waiting() == [{**called, "lines": 2}]
    book.arrive(note, rice=9)
    assert waiting() == [{**called, "lines": 1}]
    book.arrive(note, soap=20)
    assert waiting() == []


def test_a_difference_waits_until_a_second_person_has_confirmed_it(book, county):
    county.book("COUNTY").give(soap=50)
    line = {"item": "SOAP", "lot": "L1", "quantity": 15, "short": 5, "reason": "box torn open"}
    n = book.arrive(county.book("COUNTY").send("LY01", soap=20), lines=[line])["request"]
    assert [request.n for request in county.ask(today, "LY01", DAY)["differences"]] == [n]
    book.confirm(n)
    assert county.ask(today, "LY01", DAY)["differences"] == []


def test_a_sheet_waits_for_its_notice_then_hangs_then_may_be_credited(book, county):
    def waiting(day):
        told = county.ask(today, "LY01", date.fromisoformat(day))["sheets"]
        return [(one["sheet"].status, one["ready"]) for one in told]

    sheet = book.draw(("H001", "CLEAN"))["n"]
    assert waiting("2026-03-06") == [("assessed", False)]
    book.hang(sheet)
    assert waiting("2026-03-13") == [("on-notice", False)]
    assert waiting("2026-03-14") == [("on-notice", True)]
    county.move_to("2026-03-14")
    book.credit(sheet)
    assert waiting("2026-03-14") == []


def test_lots_near_their_best_before_are_pointed_out_sixty_days_ahead_the_nearest_first(book, county):
    """
    2026-03-01 donation
      donor:D7 -> stock  RICE/L1   5  best 2026-05-05
      donor:D7 -> stock  RICE/L2   5  best 2026-05-06
      donor:D7 -> stock  OIL/L3    5  best 2026-03-04
      donor:D7 -> stock  SOAP/L4   5
    """
    told = [(lot["lot"], lot["days"]) for lot in county.ask(today, "LY01", DAY)["expiring"]]
    assert told == [("L3", -2), ("L1", 60)]
