"""Erasure: words that name a person are taken away for ever, every copy of them; the book is as right as before."""

from io import BytesIO

import pytest

from ledger.errors import NotFound
from ledger.exports import verify
from ledger.exports.audit import write_package
from ledger.journal import check_book
from ledger.operations.correction import correct
from ledger.operations.declining import decline
from ledger.operations.deed import drop_deed, record_deed
from ledger.operations.erasure import (
    NothingToErase,
    erase_collector,
    erase_deed,
    erase_former,
    erase_refusal,
    erase_words,
)
from ledger.operations.register import amend
from ledger.registers.deeds import Deed
from ledger.registers.households import Household
from ledger.registers.register import changes_of
from ledger.reports.journal import entry_page
from tests.county import said
from tests.operations.test_life import let, take_in
from tests.operations.test_limits import allow, ask, limit, serve


@pytest.fixture
def season(book, county):
    """Entries of Liuhe with words that name Zheng: a difference (2), a sheet (3), its notice (4), a redemption (7)
    and its reversal (8).
    """
    note = county.book("COUNTY").give(soap=30) and county.book("COUNTY").send("LY01", soap=20)
    line = {"item": "SOAP", "lot": "L1", "quantity": 18, "short": 2, "reason": "Zheng dropped it"}
    book.confirm(book.arrive(note, lines=[line])["request"])
    award = {"household": "H001", "rule": "WORK", "points": 100, "evidence": "Zheng saw it"}
    sheet = book.draw(lines=[award, award], another=1, minutes="at Zheng's")["n"]
    book.hang(sheet, place="Zheng's gate")
    county.wait(8)
    book.credit(sheet)
    sold = book.redeem("H001", soap=1, proxy={"name": "Zheng Guo", "relation": "Zheng's niece"})
    book.reverse(sold, reason="meant Zheng")
    return county


def words_left(county):
    """Return the tables in which Zheng is still named."""
    return {table for table, rows in county.state().items() if any("Zheng" in row for row in rows)}


def erase(book, number, **more):
    """Erase the words of an entry, as the county office does."""
    return book.do(erase_words, by="wei", number=number, **more)


def numbers_with_words(county):
    """Return the entries of Liuhe that have words."""
    with county.store.reading() as session:
        return [n for n in range(1, 9) if any(entry_page(session, "LY01", n)["notes"].values())]


def test_every_copy_of_the_words_is_gone_from_the_whole_database(season, book):
    assert words_left(season) == {"note", "proxy", "request", "sheet", "sheet_line"}
    numbers = numbers_with_words(season)
    assert len(numbers) == 5
    for number in numbers:
        erase(book, number)
    assert words_left(season) == set()


def test_a_book_whose_words_were_erased_is_found_right_and_so_is_its_package(season, book, tmp_path, capsys):
    before = book.entry(8).digest
    for number in numbers_with_words(season):
        erase(book, number)
    assert book.entry(8).digest == before
    season.replay()
    file = BytesIO()
    with season.store.reading() as session:
        assert check_book(session, "LY01") is None
        write_package(session, book="LY01", file=file, now=season.now)
    (tmp_path / "ly01.zip").write_bytes(file.getvalue())
    assert verify.main([str(tmp_path / "ly01.zip")]) == 0
    assert "ALL RIGHT" in capsys.readouterr().out


def test_only_the_words_of_that_entry_are_erased(season, book):
    first, *others = numbers_with_words(season)
    erase(book, first)
    assert numbers_with_words(season) == others
    with season.store.reading() as session:
        page = entry_page(session, "LY01", first)
    assert set(page["notes"].values()) == {None}


def test_it_is_kept_who_erased_and_when_and_not_what(season, book):
    erase(book, numbers_with_words(season)[0])
    (kept,) = [row for row in season.state()["register_change"] if "words" in row]
    assert "wei" in kept and "LY01/2" in kept
    assert "Zheng" not in kept


def test_the_same_form_sent_twice_is_one_erasure(season, book):
    first = erase(book, numbers_with_words(season)[0], key="erasure")
    assert erase(book, first["number"], key="erasure") == first
    assert len([row for row in season.state()["register_change"] if "words" in row]) == 1


def test_what_has_no_words_is_not_erased(season, book):
    number = numbers_with_words(season)[0]
    erase(book, number)
    for without in (1, number):
        with book.refuses(NothingToErase) as caught:
            erase(book, without)
    assert said(caught) == [(None, "There are no words here that could be erased.")]


def test_an_entry_that_is_not_there_is_not_found(season, book):
    with book.refuses(NotFound):
        erase(book, 99)


@pytest.fixture
def refused(book):
    """Three times the keeper proposes to correct an entry, each in words on Zheng: 1 is withdrawn for 2, the town
    declines 2, and 3 waits.
    """
    book.write("""
        2026-03-05 donation
          donor:D7   -> stock             SALT/L7  9
    """)
    sold = book.redeem("H001", salt=1)["number"]
    for n in (1, 2, 3):
        book.do(correct, by="lin", number=sold, goods="back", reason="Zheng took it")
        if n == 2:
            book.do(decline, by="luo", request=2, reason="ask Zheng first")
    return book


def test_the_words_of_what_became_no_entry_are_erased_and_that_it_was_declined_stays(refused, county):
    for n in (1, 2):
        refused.do(erase_refusal, by="wei", request=n)
    (waits,) = [row for row in county.state()["request"] if "Zheng" in row]
    assert "waiting" in waits
    (declined,) = [row for row in county.state()["request"] if "declined" in row]
    assert "luo" in declined
    kept = [row for row in county.state()["register_change"] if "words" in row]
    assert len(kept) == 2 and all("wei" in row for row in kept)


def test_what_waits_keeps_its_words_and_what_was_erased_has_none(refused):
    refused.do(erase_refusal, by="wei", request=1)
    for without in (1, 3):
        with refused.refuses(NothingToErase):
            refused.do(erase_refusal, by="wei", request=without)
    with refused.refuses(NotFound):
        refused.do(erase_refusal, by="wei", request=9)


# Deeds


def told(book, **more):
    """Record a deed of the Wangs in words that name Zheng."""
    return book.act(record_deed, by="lin", household="H001", rule="WORK", evidence="Zheng saw it", **more)["n"]


def test_a_deed_goes_with_the_sheet_on_which_it_stands_also_where_the_sheet_has_no_minutes(book, county):
    book.draw(lines=[{"household": "H001", "rule": "WORK", "deed": told(book), "evidence": "Zheng and Li saw it"}])
    assert words_left(county) == {"deed", "sheet_line"}
    erase(book, 1)
    assert words_left(county) == set()
    with book.refuses(NothingToErase):
        erase(book, 1)


def test_a_deed_that_a_sheet_made_of_what_was_put_off_goes_with_it(book, county):
    book.draw(lines=[{"household": "H001", "rule": "WORK", "evidence": "Zheng saw it", "status": "deferred"}])
    assert words_left(county) == {"deed", "sheet_line"}
    erase(book, 1)
    assert words_left(county) == set()


def test_the_words_of_a_deed_are_erased_where_it_waits_was_dropped_or_stands_on_a_sheet(book, county):
    waits, dropped, stands = told(book), told(book, another=1), told(book, another=1)
    book.do(drop_deed, by="lin", deed=dropped)
    line = {"household": "H001", "rule": "WORK", "deed": stands, "evidence": "Zheng saw it"}
    book.draw(lines=[line])
    for n in (waits, dropped, stands):
        book.do(erase_deed, by="wei", deed=n)
    assert words_left(county) == set()
    with county.store.reading() as session:
        assert session.get_one(Deed, ("LY01", stands)).status == "drawn"
    with book.refuses(NothingToErase):
        book.do(erase_deed, by="wei", deed=waits)
    with book.refuses(NotFound):
        book.do(erase_deed, by="wei", deed=9)


# Collectors


def test_who_collects_is_erased_where_the_household_moved_to(book, county):
    """
    2026-03-05 donation
      donor:D7     -> stock               SOAP/L7   20
    2026-03-05 credit
      fund:merit   -> purse:H001:merit    POINT    500
    """
    sold = book.redeem("H001", soap=1, proxy={"name": "Zheng Guo", "relation": "niece", "phone": "4321"})["number"]
    left, there = let(book, "move-out", outlet="LY02"), county.book("LY02")
    new = take_in(there, left, by="zhao")["household"]
    erase(book, sold)
    assert words_left(county) == {"proxy"}
    there.do(erase_collector, by="wei", household=new, collector="P1")
    assert words_left(county) == set()
    assert not any("4321" in row for rows in county.state().values() for row in rows)
    with there.refuses(NothingToErase):
        there.do(erase_collector, by="wei", household=new, collector="P1")
    with there.refuses(NotFound):
        there.do(erase_collector, by="wei", household=new, collector="P7")


def test_a_collector_is_erased_for_all_households_and_in_the_words_of_every_entry(book, county):
    """
    2026-03-05 donation
      donor:D7     -> stock               SOAP/L7   20
    2026-03-05 credit
      fund:merit   -> purse:H001:merit    POINT    500
      fund:merit   -> purse:H004:merit    POINT    500
    """
    for household in ("H001", "H004"):
        book.redeem(household, soap=1, proxy={"name": "Zheng Guo", "relation": "niece"})
    book.redeem("H001", soap=1, proxy={"name": "Li Changgui"})
    book.do(erase_collector, by="wei", household="H001", collector="P1")
    assert words_left(county) == set()
    assert any("Li Changgui" in row for row in county.state()["proxy"])
    with county.store.reading() as session:
        assert check_book(session, "LY01") is None


# More than a limit


@pytest.mark.parametrize("became", ["allowed", "used", "given back"])
def test_why_more_than_the_limit_was_asked_for_is_erased_whatever_became_of_it(book, county, became):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  90
    """
    limit(county, "SALT", 2)
    n = ask(book, salt=5, reason="Zheng feeds nine")
    with book.refuses(NothingToErase):
        book.do(erase_refusal, by="wei", request=n)
    allow(book, n)
    if became != "allowed":
        sold = serve(book, salt=5, override=n)["number"]
        with book.refuses(NothingToErase):
            book.do(erase_refusal, by="wei", request=n)
        if became == "given back":
            book.reverse(sold)
        erase(book, sold)
    else:
        book.do(erase_refusal, by="wei", request=n)
    assert words_left(county) == set()
    if became == "allowed":
        assert serve(book, salt=5, override=n)["number"]


def test_of_a_yes_that_was_given_back_the_reason_alone_is_erased_too(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  90
    """
    limit(county, "SALT", 2)
    n = ask(book, salt=5, reason="Zheng feeds nine")
    allow(book, n)
    book.reverse(serve(book, salt=5, override=n)["number"])
    book.do(erase_refusal, by="wei", request=n)
    assert words_left(county) == {"note"}


# What a register said before


def test_what_a_households_line_said_before_is_erased_and_who_changed_it_and_when_stays(book, county):
    with county.store.reading() as session:
        line = session.get_one(Household, ("LY01", "H001"))
    values = {"name": "Zheng Guo", "group": line.group, "card": line.card, "id_tail": "123X"}
    for version, name in ((line.version, "Zheng Guo"), (line.version + 1, line.name)):
        changed = {**values, "name": name, "version": version}
        book.do(amend, by="mei", register="households", of=["LY01", "H001"], values=changed)
    assert words_left(county) == {"register_change"}
    book.do(erase_former, by="wei", household="H001")
    assert words_left(county) == set()
    with county.store.reading() as session:
        line = session.get_one(Household, ("LY01", "H001"))
        changes = changes_of(session, line)
    assert line.id_tail == "123X"
    assert [(one.field, one.by, one.before, one.after) for one in changes if one.personal] == [
        ("words", "wei", None, None), ("name", "mei", None, None), ("id_tail", "mei", None, None),
        ("name", "mei", None, None),
    ]
    with book.refuses(NothingToErase):
        book.do(erase_former, by="wei", household="H001")
    with book.refuses(NotFound):
        book.do(erase_former, by="wei", household="H999")
