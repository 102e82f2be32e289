"""Sums: the line that proves a book, what it held after any of its entries, and the county's board."""

from datetime import date

from ledger.operations.count import begin_count, key_lines
from ledger.operations.count_confirmation import confirm_count
from ledger.registers.cover import cover_of
from ledger.reports.balances_at import balances_at
from ledger.reports.board import board
from ledger.reports.proof import points_proof


def rows_by_book(county, **more):
    """Return the board by book."""
    return {row["book"]: row for row in county.ask(board, county.day, **more).rows}


# The proof line

def test_what_was_issued_is_held_or_redeemed(book, county):
    """
    2026-03-05 donation
      donor:D7     -> stock               SOAP/L7   20
    2026-03-05 credit
      fund:support -> purse:H001:support  POINT    100
      fund:merit   -> purse:H001:merit    POINT   1000
      fund:merit   -> purse:H003:merit    POINT    500
    """
    book.redeem("H001", soap=2)
    assert county.ask(points_proof, "LY01") == {
        "issued": 1600, "held": 1360, "redeemed": 240, "lapsed": 0, "withdrawn": 0, "moved": 0, "over_issued": 0,
        "difference": 0,
    }


def test_points_that_lapsed_or_were_withdrawn_are_told_apart(book, county):
    """
    2026-03-01 credit
      opening          -> purse:H001:merit  POINT   100
      fund:merit       -> purse:H001:merit  POINT   500
    2026-03-02 credit
      purse:H001:merit -> lapsed            POINT    30
      purse:H001:merit -> withdrawn         POINT    40
      purse:H001:merit -> moved:LY02        POINT    50
    """
    assert county.ask(points_proof, "LY01") == {
        "issued": 600, "held": 480, "redeemed": 0, "lapsed": 30, "withdrawn": 40, "moved": 50, "over_issued": 0,
        "difference": 0,
    }


def test_a_balance_that_no_entry_explains_shows_as_a_difference(book, county):
    """
    2026-03-01 credit
      fund:merit -> purse:H001:merit  POINT   500
    """
    with county.store.writing() as session:
        session.connection().exec_driver_sql("UPDATE balance SET quantity = 700 WHERE account = 'purse:H001:merit'")
    assert county.ask(points_proof, "LY01")["difference"] == -200


def test_goods_are_not_counted_among_points_and_all_books_can_be_asked_together(book, county):
    """
    2026-03-01 donation
      donor:D7   -> stock             SOAP/L7  20
      opening    -> stock             SOAP/L7   1
    2026-03-01 credit
      fund:merit -> purse:H001:merit  POINT   500
    """
    county.book("LY02").write("2026-03-01 credit\nfund:merit -> purse:H101:merit POINT 70")
    assert county.ask(points_proof, "LY01")["issued"] == 500
    assert county.ask(points_proof)["issued"] == 570


# What a book held after an entry

def test_a_book_can_be_asked_what_it_held_after_any_of_its_entries(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   1000
    """
    book.redeem("H001", soap=2)

    def after(number):
        with county.store.reading() as session:
            return [(*place, held) for place, held in balances_at(session, "LY01", number)]

    assert after(0) == []
    assert after(1) == [("donor:D7", "SOAP", "L7", -20), ("stock", "SOAP", "L7", 20)]
    assert ("purse:H001:merit", "POINT", "", 1000) in after(2)
    assert after(3) == sorted((*place, held) for place, held in book.balances().items())


def test_a_place_that_was_emptied_is_told_as_nought(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
    """
    book.reverse(1, by="han")
    with county.store.reading() as session:
        assert {held for _, held in balances_at(session, "LY01", 2)} == {0}


# The board

def test_every_site_has_a_line_the_county_store_first_and_no_household_is_ranked(county):
    table = county.ask(board, county.day)
    assert [row["book"] for row in table.rows] == ["COUNTY", "LY01", "LY02"]
    assert not {"household", "name_of_head"} & {column.name for column in table.columns}


def test_a_site_where_nothing_has_happened_says_nought_everywhere(county):
    row = rows_by_book(county)["LY02"]
    assert [row[name] for name in ("entries", "last", "on_notice", "issued", "redeemed", "held", "pieces", "road")] == [
        0, None, 0, 0, 0, 0, 0, 0
    ]


def test_the_line_of_a_site_tells_its_points_its_goods_and_the_road_to_it(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
      donor:D7   -> stock             RICE/L8    5
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   1000
    """
    sold = book.redeem("H001", soap=2)
    county.book("COUNTY").give(oil=9)
    county.book("COUNTY").send("LY01", oil=4)
    row = rows_by_book(county)["LY01"]
    assert (row["entries"], row["last"], row["digest"]) == (3, date(2026, 3, 6), sold["digest"])
    assert (row["issued"], row["redeemed"], row["held"], row["pieces"], row["road"]) == (1000, 240, 760, 23, 4)
    assert (rows_by_book(county)["COUNTY"]["pieces"], rows_by_book(county)["COUNTY"]["road"]) == (5, 0)


def test_a_sheet_counts_while_it_hangs(book, county):
    sheet = book.draw(("H001", "CLEAN"))["n"]
    assert rows_by_book(county)["LY01"]["on_notice"] == 0
    book.hang(sheet)
    assert rows_by_book(county)["LY01"]["on_notice"] == 1


def test_a_notice_that_has_run_out_is_pointed_out_until_its_sheet_is_credited(book, county):
    sheet = book.on_notice(("H001", "CLEAN"))
    county.wait(7)
    assert (rows_by_book(county)["LY01"]["on_notice"], rows_by_book(county)["LY01"]["run_out"]) == (1, 0)
    county.wait(1)
    assert (rows_by_book(county)["LY01"]["on_notice"], rows_by_book(county)["LY01"]["run_out"]) == (1, 1)
    book.credit(sheet)
    assert rows_by_book(county)["LY01"]["run_out"] == 0


def test_a_stock_take_is_late_by_the_setting_of_each_site_and_not_where_nothing_lies_or_one_is_under_way(book, county):
    for desk, lot in ((book, "L7"), (county.book("LY02"), "L8")):
        desk.write(f"2026-03-02 donation\n donor:D7 -> stock SOAP/{lot} 20")
    county.setting("count_days", "20")
    county.setting("count_days", "30", book="LY02")
    county.move_to("2026-04-06")

    def late():
        return {code: row["count_overdue"] for code, row in rows_by_book(county).items()}

    assert late() == {"COUNTY": 0, "LY01": 15, "LY02": 5}
    count = book.do(begin_count, by="lin")["n"]
    assert late()["LY01"] == 0
    lines = [{"account": "stock", "lot": "L7", "quantity": 20}]
    book.do(key_lines, by="lin", count=count, lines=lines, finished=1)
    book.do(confirm_count, by="gao", count=count)
    county.wait(22)
    assert late()["LY01"] == 2


def test_cover_is_what_the_goods_of_each_site_and_on_the_road_to_it_are_worth_beside_the_points_held(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
      donor:D7   -> stock             RICE/L8   90  best 2026-03-05
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   3000
    """
    store = county.book("COUNTY")
    store.give(soap=50)
    store.send("LY01", soap=5)
    assert [row["cover"] for row in rows_by_book(county).values()] == [None, 100, None]
    county.price("SOAP", 60, book="LY01", since="2026-03-06")
    assert rows_by_book(county)["LY01"]["cover"] == 50
    assert county.ask(cover_of, "LY01", county.day) == (3000, 1500)
    assert county.ask(cover_of, "LY01", county.day, coming=500) == (3500, 1500)


def test_a_reader_sees_the_sites_of_their_work_only(county):
    assert list(rows_by_book(county, may_see=lambda site: site.town == "演示镇")) == ["LY01", "LY02"]
