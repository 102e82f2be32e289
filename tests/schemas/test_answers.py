"""What goes out as JSON: decimal strings, days and instants as text, null for what there is not."""

from datetime import UTC, date, datetime

from schemas.answers import AnswerShape, BookShape, EntryShape, HouseholdShape, StockShape


def test_an_answer_says_points_as_decimal_strings_and_quantities_as_whole_numbers():
    sold = {
        "book": "LY01", "number": 812, "household": "H001", "points": 490, "spent": {"support": 200, "merit": 290},
        "purses": {"support": 0, "merit": 5}, "occurred_on": date(2026, 3, 6),
        "lines": [{"item": "SOAP", "lot": "L7", "quantity": 1, "points": 490}],
    }
    assert AnswerShape().dump(sold) == {
        "book": "LY01", "number": 812, "household": "H001", "points": "49.0", "occurred_on": "2026-03-06",
        "spent": {"support": "20.0", "merit": "29.0"}, "purses": {"support": "0.0", "merit": "0.5"},
        "lines": [{"item": "SOAP", "lot": "L7", "quantity": 1, "points": "49.0"}],
    }


def test_an_answer_that_waits_for_another_person_names_its_number_and_state_only():
    assert AnswerShape().dump({"book": "LY01", "n": 3, "status": "waiting"}) == {
        "book": "LY01", "n": 3, "status": "waiting"
    }


def test_an_answer_that_was_stored_says_its_day_as_it_did_the_first_time():
    assert AnswerShape().dump({"occurred_on": "2026-03-06"}) == AnswerShape().dump({"occurred_on": date(2026, 3, 6)})


def test_a_book_is_the_countys_or_an_outlets_and_names_its_last_entry():
    row = {"book": "LY01", "name": "贤村", "town": "西淮坝镇", "entries": 812, "digest": "ab" * 32}
    assert BookShape().dump(row) == {
        "book": "LY01", "kind": "outlet", "name": "贤村", "town": "西淮坝镇",
        "head": {"number": 812, "digest": "ab" * 32},
    }
    assert BookShape().dump({**row, "book": "COUNTY"})["kind"] == "county"


def test_a_household_goes_out_with_both_purses():
    line = {"number": "H001", "name": "王**", "group": 1, "status": "active"}
    row = {**line, "support": 0, "merit": 365, "card": "610001"}
    assert HouseholdShape().dump(row) == {**line, "purses": {"support": "0.0", "merit": "36.5"}}


def test_a_lot_without_price_or_best_before_says_null():
    lot = {"item": "TOWEL", "name": "毛巾", "lot": "L9", "best_before": None, "expired": False, "quantity": 5}
    assert StockShape().dump({**lot, "points": None}) == {**lot, "points": None}
    priced = {**lot, "best_before": date(2027, 1, 31), "points": 0}
    assert StockShape().dump(priced) == {**lot, "best_before": "2027-01-31", "points": "0.0"}


def test_an_entry_says_its_instant_in_utc_and_its_postings_as_they_stand():
    posting = {
        "source": "purse:H001:merit", "destination": "redeemed", "commodity": "POINT", "lot": "", "quantity": 380,
    }
    row = {
        "number": 3, "recorded_at": datetime(2026, 3, 6, 2, 0, tzinfo=UTC), "occurred_on": date(2026, 3, 6),
        "late": False, "postings": [posting], "facts": {"household": "H001"},
    }
    assert EntryShape().dump(row) == {
        "number": 3, "recorded_at": "2026-03-06T02:00:00Z", "occurred_on": "2026-03-06", "late": False,
        "postings": [posting], "facts": {"household": "H001"},
    }
