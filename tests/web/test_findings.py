"""When a book does not agree with itself every page says so in red; the counter stays open."""

import pytest

from ledger.db import sqlite
from ledger.journal import Wrong
from ledger.journal.check import too_damaged
from ledger.registers.findings import LOG, keep_findings
from tests.county import book
from tests.stores import outside
from tests.web.test_closing import send, service, sit_down

__all__ = ["book", "service", "sit_down"]
RED = 'class="alarm" role="alert"'


@pytest.fixture
def find(county):
    """How a check-up ends: `find(LY01=Wrong(...), LY02=None)`."""

    def found(whole=True, **wrong):
        with county.store.writing() as session:
            keep_findings(session, wrong, whole=whole, now=county.now)

    return found


PAGES = ["/sign-in", "/books/LY01/", "/books/LY01/entries", "/books/LY01/closings", "/books/LY01/entries/99"]


def test_nothing_is_red_while_all_agrees(sit_down, find):
    find(LY01=None, COUNTY=None)
    browser = sit_down("lin")
    assert [path for path in PAGES if RED in browser.get(path).text] == []


def test_every_page_says_which_book_and_entry_is_wrong(sit_down, find):
    find(LY01=Wrong("its digest does not fit it", 12), COUNTY=Wrong("the balances of POINT do not close"))
    browser = sit_down("lin")
    pages = {path: browser.get(path).text for path in PAGES}
    assert [path for path, page in pages.items() if RED not in page] == []
    assert [path for path, page in pages.items() if "book COUNTY, book LY01, entry 12</aside>" not in page] == []
    assert [path for path, page in pages.items() if "digest does not fit" in page] == []


POINTS = "purse:H0119:support POINT holds 100, its balance says 110"


@pytest.mark.parametrize(("language", "named"), [
    ("en", "book COUNTY, book LY01, entry 12</aside>"), ("zh_Hans_CN", "账簿 COUNTY, 账簿 LY01 第 12 号凭证</aside>"),
])
def test_a_book_in_which_both_checks_found_something_is_named_once(sit_down, find, language, named):
    for whole in (True, False):
        find(whole, LY01=Wrong("its digest does not fit it", 12 if whole else 40), COUNTY=Wrong(POINTS))
    browser = sit_down("lin")
    browser.set_cookie("language", language)
    assert named in browser.get("/books/LY01/").text


def test_the_county_office_reads_the_whole_sentence_and_nobody_else(sit_down, find):
    """Wei and Han are the office; the keeper, the supervisor, the town and the auditor know which book it is."""
    find(LY01=Wrong(POINTS))
    told = [name for name in ("wei", "han", "lin", "gao", "luo", "chen", "")
            if f"LY01: {POINTS}" in sit_down(name).get("/books/LY01/", follow_redirects=True).text]
    assert told == ["wei", "han"]


@pytest.mark.parametrize(("language", "said"), [
    ("en", "The books do not agree with themselves.</strong> Go on serving, and tell the county office:\nbook LY01, "
           "the county log</aside>"),
    ("zh_Hans_CN", "账簿 LY01, 县总账</aside>"),
])
def test_what_is_wrong_in_the_log_of_all_books_is_said_of_the_log(service, find, language, said):
    find(**{LOG: Wrong("the node kept is missing"), "LY01": Wrong("the balances of POINT do not close")})
    browser = service.test_client()
    browser.set_cookie("language", language)
    assert said in browser.get("/sign-in").text


def test_the_counter_stays_open(book, sit_down, find):
    """
    2026-03-01 donation
      donor:D7   -> stock             SALT/L7   20
    """
    find(LY01=Wrong("its digest does not fit it", 1))
    basket = {"basket-0-item": "SALT", "basket-0-quantity": "1"}
    done = send(sit_down("lin"), "/books/LY01/redemptions", household="H001", occurred_on="2026-03-06", **basket)
    assert done.status_code == 303
    assert book.stock("SALT") == 19


def test_who_looks_after_the_service_is_told_what_is_wrong_and_that_it_is_ready(service, find):
    """Anybody may ask, so it is told where, and of what kind it is; who may know more finds it in the books."""
    find(
        LY01=Wrong("its digest does not fit it", 12), LY02=Wrong(POINTS), COUNTY=too_damaged("Tree 12 page 9"),
    )
    find(whole=False, LY02=Wrong("the balances of POINT do not close"))
    said = service.test_client().get("/readyz")
    assert (said.status_code, said.json["status"]) == (200, "ready")
    assert said.json["differences"] == [
        "COUNTY: the database is damaged", "LY01-12: it does not agree with itself",
        "LY02: it does not agree with itself",
    ]


def test_who_looks_after_the_service_is_told_how_far_each_book_is(book, service):
    """
    2026-03-01 donation
      donor:D7   -> stock             SALT/L7   20
    """
    said = service.test_client().get("/readyz").json
    assert (said["heads"], said["differences"]) == ({"COUNTY": 0, "LY01": 1, "LY02": 0}, [])


def test_who_looks_after_the_service_is_told_how_much_room_is_left(county, service):
    free = service.test_client().get("/readyz").json["disk_free_mb"]
    assert (free > 0) if county.store.is_sqlite else (free is None), "the disk of a PostgreSQL server is its own"


@pytest.mark.parametrize("sound", [True, False])
def test_who_looks_after_the_service_is_told_of_an_engine_that_can_damage_its_file(
    county, service, monkeypatch, sound
):
    monkeypatch.setattr(sqlite, "fixed", lambda version: sound)
    said = service.test_client().get("/readyz")
    assert (said.status_code, said.json["status"]) == (200, "ready")
    warned = county.store.is_sqlite and not sound
    assert ["can damage its file" in sentence for sentence in said.json["warnings"]] == [True] * warned


def test_a_database_of_another_form_is_not_ready_and_not_asked_for_more(county, service):
    with outside(county.store) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
        connection.execute("DROP TABLE finding")
    said = service.test_client().get("/readyz")
    assert (said.status_code, said.json["status"], said.json["migrated"]) == (503, "not ready", False)
    assert (said.json["heads"], said.json["differences"]) == ({}, [])


def test_a_finding_stands_until_a_check_of_the_same_depth_finds_it_gone(sit_down, find):
    browser = sit_down("lin")

    def red():
        return RED in browser.get("/books/LY01/").text

    find(LY01=Wrong("its digest does not fit it", 12))
    find(whole=False, LY01=None)
    find(LY02=None)
    assert red(), "a glance, or another book, says nothing of it"
    find(LY01=None)
    assert not red()
    find(whole=False, LY01=Wrong("its head is not its last entry"))
    find(LY01=None)
    assert not red(), "a book that is right as a whole is right at its end"
