"""Sites and sheets: each outlet has its own book, and its sheets are listed for it alone."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from ledger.errors import NotFound
from ledger.journal import Book
from ledger.registers.register import TakenAlready, changes_of
from ledger.registers.sheets import Sheet, SheetLine, lines_of, sheet_of, sheets_of
from ledger.registers.sites import Site, all_sites, open_site, outlets
from tests.county import TODAY


def open_outlet(county, code, **more):
    """Open an outlet."""
    with county.store.writing() as session:
        return open_site(session, Site(code=code, name="贤村爱心超市", **more), by="wei", now=TODAY)


def test_a_new_outlet_has_a_book_with_nothing_in_it(county):
    site = open_outlet(county, "LY03")
    with county.store.reading() as session:
        assert session.get(Book, "LY03").number == 0
        assert [(change.field, change.by) for change in changes_of(session, site)] == [("", "wei")]


def test_an_outlets_code_is_given_once(county):
    with county.refuses(TakenAlready):
        open_outlet(county, "LY01")
    with county.refuses(TakenAlready):
        open_outlet(county, "COUNTY")


def test_a_site_is_the_county_store_or_an_outlet(county):
    with pytest.raises(IntegrityError):
        open_outlet(county, "LY03", kind="shop")


def test_sites_are_listed_with_the_county_store_first(county):
    open_outlet(county, "A1")
    assert [site.code for site in county.ask(all_sites)] == ["COUNTY", "A1", "LY01", "LY02"]


def test_outlets_in_use_are_listed_without_the_store_and_the_retired(county):
    county.edit(Site, "LY02", retired=1)
    assert [site.code for site in county.ask(outlets)] == ["LY01"]


def test_a_sheets_lines_keep_the_order_of_the_meeting(county):
    county.book("LY01").draw(("H006", "WORK", 80), ("H001", "WORK"), ("H006", "CLEAN"))
    lines = [(line.line, line.household, line.points_tenths) for line in county.ask(lines_of, "LY01", 1)]
    assert lines == [(1, "H006", 80), (2, "H001", 50), (3, "H006", 50)]
    assert county.ask(lines_of, "LY02", 1) == []


def test_sheets_are_listed_the_newest_first_and_by_how_far_they_have_come(county):
    book = county.book("LY01")
    for _ in range(3):
        book.draw(("H001", "WORK"))
    book.hang(2)
    assert [sheet.n for sheet in county.ask(sheets_of, "LY01")] == [3, 2, 1]
    assert [sheet.n for sheet in county.ask(sheets_of, "LY01", status="on-notice")] == [2]
    assert [sheet.n for sheet in county.ask(sheets_of, "LY01", status="assessed")] == [3, 1]
    assert county.ask(sheets_of, "LY02") == []


def test_a_sheet_of_another_outlet_is_not_there(county):
    county.book("LY01").draw(("H001", "WORK"))
    assert county.ask(sheet_of, "LY01", 1).notice_from is None
    with pytest.raises(NotFound) as refusal:
        county.ask(sheet_of, "LY02", 1)
    assert str(refusal.value) == "There is no points sheet here."


def test_a_sheet_on_notice_knows_its_days(county):
    book = county.book("LY01")
    book.draw(("H001", "WORK"))
    book.hang(1)
    sheet = county.ask(sheet_of, "LY01", 1)
    assert (sheet.notice_from, sheet.notice_until) == (date(2026, 3, 6), date(2026, 3, 13))


@pytest.mark.parametrize("wrong", [{"points_tenths": 0}, {"n": 2}], ids=str)
def test_the_database_itself_refuses_a_line_without_points_or_without_a_sheet(county, wrong):
    county.book("LY01").draw(("H001", "WORK"))
    line = {"book": "LY01", "n": 1, "line": 2, "household": "H001", "rule": "WORK", "points_tenths": 50, **wrong}
    with pytest.raises(IntegrityError), county.store.writing() as session:
        session.add(SheetLine(**line))
        session.flush()


def test_the_database_itself_refuses_a_sheet_for_another_purse(county):
    sheet = {"book": "LY01", "n": 1, "period": "2026-03", "purse": "cash", "drawn_by": "mei", "drawn_number": 1}
    with pytest.raises(IntegrityError), county.store.writing() as session:
        session.add(Sheet(**sheet, digest=""))
        session.flush()
