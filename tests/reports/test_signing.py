"""The redemption register as the journal fills it: page by page, year by year, and with what never stood on a line."""

from datetime import date

import pytest
from sqlalchemy import text

from ledger.journal import Move, body_of, post
from ledger.operations.correction import correct
from ledger.operations.declining import decline
from ledger.operations.over_issue import confirm_paper_line
from ledger.operations.paper_day import SignedByAnother, key_paper_day
from ledger.registers.paper_lines import next_line
from ledger.reports.signing import coming_pages, filled_day, filled_pages, lines_to_key, pack_pages
from ledger.terms import EntryKind


@pytest.fixture
def shop(book):
    """
    2026-03-01 donation
      donor:D7   -> stock              SOAP/L7   60
    2026-03-01 credit
      fund:merit -> purse:H001:merit   POINT   3000
    2026-03-01 credit
      fund:merit -> purse:H004:merit   POINT   3000
    """
    book.write(shop.__doc__)
    return book


def served_before(shop, redemptions, year=2026):
    """Let so many lines of a year have been signed already."""
    with shop.county.store.writing() as session:
        session.execute(
            text("INSERT INTO serial (book, kind, year, last) VALUES ('LY01', 'register', :year, :last)"),
            {"year": year, "last": redemptions},
        )


def lines_of_day(shop, day="2026-03-06"):
    """Return the register's pages of a day and its sums."""
    return shop.county.ask(filled_day, "LY01", date.fromisoformat(day))


def keyed(shop, *lines, on="2026-03-05", sheet="1-1"):
    """Key lines of a paper as (line, household, soaps, reason); without a household the line is void."""
    made = [
        {"line": n, "household": household, "basket": [{"item": "SOAP", "quantity": many}], "reason": reason,
         "again": 1}
        if household else {"line": n, "void": 1}
        for n, household, many, reason in lines
    ]
    return shop.act(key_paper_day, by="lin", on=on, sheet=sheet, lines=made)


@pytest.mark.parametrize(("before", "line"), [
    (0, (1, 1, 1)), (14, (1, 1, 15)), (15, (1, 2, 1)), (299, (1, 20, 15)), (300, (2, 1, 1)),
])
def test_the_next_line_to_sign_follows_from_how_many_were_signed(shop, county, before, line):
    if before:
        served_before(shop, before)
    assert county.ask(next_line, "LY01", 2026) == line
    shop.redeem("H001", soap=1)
    pages, _ = lines_of_day(shop)
    assert [(*page.at[:2], [row["line"] for row in page.rows]) for page in pages] == [
        (line[0], line[1], [line[2]]),
    ]


@pytest.mark.parametrize(("before", "places", "used"), [
    (0, [(1, 1), (1, 2)], []), (14, [(1, 1), (1, 2)], list(range(1, 15))), (15, [(1, 2), (1, 3)], []),
    (299, [(1, 20), (2, 1)], list(range(1, 15))), (300, [(2, 1), (2, 2)], []),
])
def test_the_coming_pages_begin_with_the_page_of_the_next_line_and_strike_out_what_was_used(
    shop, county, before, places, used
):
    if before:
        served_before(shop, before)
    pages = county.ask(coming_pages, "LY01", 2026, 2)
    assert [page.at[:2] for page in pages] == places
    assert [[row["line"] for row in page.rows] for page in pages] == [list(range(1, 16))] * 2
    assert [[row["line"] for row in page.rows if row.get("used")] for page in pages] == [used, []]
    assert [(page.points, page.households) for page in pages] == [(0, 0), (0, 0)]


def test_a_day_that_turns_the_page_and_the_volume_stands_on_two_pages(shop):
    served_before(shop, 299)
    shop.redeem("H001", soap=1)
    shop.redeem("H004", soap=2)
    shop.redeem("H001", soap=3)
    pages, sums = lines_of_day(shop)
    assert [(*page.at[:2], page.points, page.households) for page in pages] == [
        (1, 20, 120, 1), (2, 1, 600, 2),
    ]
    assert sums == {"booked": 720, "undone": 0, "listed": 720, "difference": 0}


def test_the_whole_pages_show_the_line_before_the_turn_and_the_one_after_it(shop, county):
    served_before(shop, 14)
    shop.redeem("H001", soap=1)
    shop.redeem("H004", soap=1)
    first, second = county.ask(filled_pages, "LY01", 2026, 1, 1, 2)
    assert [row.get("household") for row in first.rows] == [None] * 14 + ["H001"]
    assert [row.get("household") for row in second.rows] == ["H004"] + [None] * 14
    only = county.ask(filled_pages, "LY01", 2026, 1, 2, 1)
    assert [(page.at.page, page.points) for page in only] == [(2, 120)]


def test_each_year_begins_a_register_of_its_own_by_the_day_the_goods_went_home(shop, county):
    county.move_to("2026-12-31")
    shop.redeem("H001", soap=1)
    county.move_to("2027-01-01")
    shop.redeem("H004", soap=2)
    shop.redeem("H001", soap=3, on="2026-12-31", paper_number="7")
    pages = {year: county.ask(filled_pages, "LY01", year, 1, 1, 1)[0].rows for year in (2025, 2026, 2027)}
    told = {year: [(row["line"], row["household"]) for row in rows if "household" in row]
            for year, rows in pages.items()}
    assert told == {2025: [], 2026: [(1, "H001")], 2027: [(1, "H004")]}, "paper 7 is no page of the register"
    assert [county.ask(next_line, "LY01", year) for year in (2026, 2027)] == [(1, 1, 2), (1, 1, 2)]


def test_an_empty_outlet_and_a_neighbours_day_leave_the_register_empty(shop, county):
    shop.redeem("H001", soap=1)
    assert county.ask(filled_day, "LY02", county.day) == (
        [], {"booked": 0, "undone": 0, "listed": 0, "difference": 0},
    )
    assert county.ask(next_line, "LY02", 2026) == (1, 1, 1)
    (page,) = county.ask(filled_pages, "LY02", 2026, 1, 1, 1)
    assert page.rows == [{"line": n} for n in range(1, 16)]


def test_a_household_that_came_twice_counts_once_on_its_page_and_a_reversed_line_not_at_all(shop):
    shop.redeem("H001", soap=1)
    shop.redeem("H001", soap=2)
    gone = shop.redeem("H004", soap=4)
    shop.reverse(gone, by="luo")
    (page,), sums = lines_of_day(shop)
    assert (page.points, page.households) == (360, 1)
    assert [row["stands"] for row in page.rows] == [True, True, False]
    assert page.rows[2]["notes"] == ["reversed"]
    assert sums == {"booked": 840, "undone": 480, "listed": 360, "difference": 0}


def test_a_redemption_of_which_a_part_came_back_shows_what_was_signed_for_and_what_came_off(shop):
    number = shop.redeem("H001", soap=3)["number"]
    said = {"number": number, "goods": "back", "reason": "one too many"}
    shop.do(correct, by="luo", lines=[{"item": "SOAP", "quantity": 1}], **said)
    (page,), sums = lines_of_day(shop)
    (row,) = page.rows
    assert (row["stands"], row["pieces"], row["points"], row["notes"]) == (True, 3, 360, ["corrected-since"])
    assert (row["back"], page.points) == ({"pieces": 1, "points": 120}, 240)
    assert sums == {"booked": 360, "undone": 120, "listed": 240, "difference": 0}
    shop.do(correct, by="luo", **{**said, "goods": "damaged"})
    (page,), sums = lines_of_day(shop)
    assert (page.rows[0]["stands"], page.points, page.households) == (False, 0, 0)
    assert sums == {"booked": 360, "undone": 360, "listed": 0, "difference": 0}


def test_who_came_is_told_by_one_of_three_boxes(shop):
    shop.redeem("H001", soap=1)
    shop.redeem("H001", soap=1, proxy={"name": "郑果", "relation": "侄女"})
    shop.redeem("H004", soap=1, delivered_by="LIN")
    shop.redeem("H001", soap=1, delivered_by="COLLECTOR", proxy={"name": "郑果", "relation": "侄女"})
    (page,), _ = lines_of_day(shop)
    assert [(row["who"], row["collector"]) for row in page.rows] == [
        ("self", None), ("other-person", "郑果 · 侄女"), ("delivered", None), ("delivered", "郑果 · 侄女"),
    ]


def test_lines_of_a_paper_stand_in_their_order_whatever_became_of_them(shop):
    keyed(shop, (1, "H001", 26, "the second box"), (2, None, 0, None), (3, "H004", 1, None), (4, "H001", 27, "misread"))
    shop.do(decline, by="gao", request=2, reason="the paper says two")
    (page,), sums = lines_of_day(shop, "2026-03-05")
    told = [(row["line"], row.get("household"), row.get("points"), row["notes"]) for row in page.rows]
    assert told == [
        (1, None, None, ["waits-for-second"]), (2, None, None, ["void"]), (3, "H004", 120, ["late"]),
        (4, None, None, ["to-be-keyed-again"]),
    ]
    assert [row["entry"] for row in page.rows] == ["1-1-1", "LY01-4", "LY01-5", "1-1-4"]
    assert (page.points, page.households, sums["difference"]) == (120, 1, 0)
    assert page.rows[2]["time"] is None, "nobody knows the hour"


def test_points_nobody_had_stand_in_the_line_and_the_sum_still_agrees(shop):
    keyed(shop, (1, "H001", 26, "the second box"))
    shop.do(confirm_paper_line, by="gao", request=1)
    (page,), sums = lines_of_day(shop, "2026-03-05")
    (row,) = page.rows
    assert (row["points"], row["support"], row["merit"], row["over"], row["after"]) == (3120, 0, 3000, 120, 0)
    assert row["notes"] == ["late", "points-short"]
    assert sums == {"booked": 3120, "undone": 0, "listed": 3120, "difference": 0}


def test_what_was_booked_before_serials_were_has_no_line_and_is_listed_first(shop, county):
    with county.store.writing() as session:
        post(
            session, book="LY01", kind=EntryKind.REDEMPTION, by="lin", occurred_on=county.day, now=county.now,
            key="a-day-of-the-old-book", moves=[
                Move("stock", "handed-out", "SOAP", 1, "L7"), Move("purse:H001:merit", "redeemed", "POINT", 120),
            ], facts={"household": "H001", "prices": {"SOAP": 120}, "rate_fen": 10},
        )
    shop.redeem("H004", soap=1)
    (loose, page), sums = lines_of_day(shop)
    assert (loose.at, loose.sheet, [row["line"] for row in loose.rows]) == (None, "", [0])
    assert (*page.at[:2], [row["line"] for row in page.rows]) == (1, 1, [1])
    assert (loose.points, page.points, sums["difference"]) == (120, 120, 0)


# The power fails: papers of the pack beside the register

def sent_to(shop, number):
    """Return the line of the register a household was sent to; None if it has signed on a paper."""
    return body_of(shop.entry(number))["facts"].get("register")


@pytest.fixture
def power_cut(shop, county):
    """Lin printed a pack of one page on the evening of 6 March, after two redemptions.

    On the 7th four households took goods home by it, one line of it was spoilt; the power came back at noon, and two
    more were served at the counter before the paper was keyed.
    """
    before = [shop.redeem("H001", soap=1)["number"], shop.redeem("H004", soap=1)["number"]]
    (page,) = pack_pages(county.day, 1)
    assert (page.sheet, page.at, [row["line"] for row in page.rows]) == ("260306-1", None, list(range(1, 16)))
    county.move_to("2026-03-07")
    at_noon = [shop.redeem("H001", soap=1)["number"], shop.redeem("H004", soap=1)["number"]]
    lines = ((1, "H001", 1, None), (2, "H004", 2, None), (3, None, 0, None), (4, "H001", 1, None), (5, "H004", 1, None))
    paper = keyed(shop, *lines, on="2026-03-07", sheet=page.sheet)["entries"]
    after = [shop.redeem("H001", soap=2)["number"], shop.redeem("H004", soap=2)["number"]]
    return {"before": before, "at noon": at_noon, "paper": paper, "after": after}


def test_nobody_is_sent_to_a_line_that_is_signed_and_none_is_given_twice(shop, county, power_cut):
    assert [sent_to(shop, n) for name in ("before", "at noon", "after") for n in power_cut[name]] == [
        "1-1-1", "1-1-2", "1-1-3", "1-1-4", "1-1-5", "1-1-6",
    ]
    facts = [body_of(shop.entry(n))["facts"] for n in power_cut["paper"]]
    assert [(one.get("register"), one["paper_number"]) for one in facts] == [
        (None, f"260306-1-{line}") for line in range(1, 6)
    ]
    assert county.ask(next_line, "LY01", 2026) == (1, 1, 7)
    serials = [body_of(shop.entry(n))["facts"]["serial"] for some in power_cut.values() for n in some]
    assert sorted(serials) == [f"兑-2026-{n:04d}" for n in range(1, 12)], "a spoilt line has its serial too"


def test_the_register_of_that_day_explains_every_line_of_page_and_paper(shop, county, power_cut):
    (register, paper), sums = lines_of_day(shop, "2026-03-07")
    assert (register.sheet, [row["line"] for row in register.rows]) == ("1-1", [3, 4, 5, 6])
    assert (paper.sheet, [(row["line"], row.get("household"), row["notes"]) for row in paper.rows]) == ("260306-1", [
        (1, "H001", []), (2, "H004", []), (3, None, ["void"]), (4, "H001", []), (5, "H004", []),
    ])
    assert (register.points + paper.points, sums["difference"]) == (1320, 0)
    (page,) = county.ask(filled_pages, "LY01", 2026, 1, 1, 1)
    assert [(row["line"], "household" in row) for row in page.rows] == [(n, n <= 6) for n in range(1, 16)]
    assert [row["line"] for row in county.ask(coming_pages, "LY01", 2026, 1)[0].rows if not row.get("used")] == [
        7, 8, 9, 10, 11, 12, 13, 14, 15,
    ]


def test_the_rest_of_the_paper_can_be_keyed_and_a_line_in_between_that_was_not_says_so(shop, county, power_cut):
    assert county.ask(lines_to_key, "LY01", 2026, "260306-1") == list(range(6, 16))
    keyed(shop, (8, "H001", 1, None), on="2026-03-07", sheet="260306-1")
    (_, paper), _ = lines_of_day(shop, "2026-03-07")
    assert [(row["line"], row["notes"]) for row in paper.rows[5:]] == [(6, ["not-keyed"]), (7, ["not-keyed"]), (8, [])]
    assert county.ask(lines_to_key, "LY01", 2026, "260306-1") == [6, 7, *range(9, 16)]


def test_a_line_reversed_or_declined_is_offered_again(shop, county, power_cut):
    shop.reverse(power_cut["paper"][1], by="luo")
    keyed(shop, (6, "H001", 26, "the second box"), on="2026-03-07", sheet="260306-1")
    assert county.ask(lines_to_key, "LY01", 2026, "260306-1") == [2, *range(7, 16)]
    shop.do(decline, by="gao", request=1, reason="the paper says two")
    assert county.ask(lines_to_key, "LY01", 2026, "260306-1") == [2, *range(6, 16)]


def test_who_writes_on_the_register_itself_by_hand_finds_those_lines_passed_over(shop, county):
    shop.redeem("H001", soap=1)
    keyed(shop, (2, "H004", 1, None), (3, None, 0, None), (5, "H001", 1, None), on="2026-03-06")
    assert county.ask(next_line, "LY01", 2026) == (1, 1, 4)
    served = [shop.redeem("H004", soap=1)["number"] for _ in range(2)]
    assert [sent_to(shop, n) for n in served] == ["1-1-4", "1-1-6"]
    (page,), _ = lines_of_day(shop)
    assert [(row["line"], row.get("household")) for row in page.rows] == [
        (1, "H001"), (2, "H004"), (3, None), (4, "H004"), (5, "H001"), (6, "H004"),
    ]


def test_a_line_of_the_register_that_was_given_at_the_counter_is_not_keyed_for_somebody_else(shop, county):
    shop.redeem("H001", soap=1)
    with shop.refuses(SignedByAnother):
        keyed(shop, (1, "H004", 1, None))
    keyed(shop, (1, "H004", 1, None), sheet="1-1B")
    assert county.ask(lines_to_key, "LY01", 2026, "1-1") == list(range(2, 16))
    assert county.ask(next_line, "LY01", 2026) == (1, 1, 2)
