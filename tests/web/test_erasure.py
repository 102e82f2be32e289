"""Words that could name a person are erased on their page, by the county office alone."""

import pytest

from ledger.operations.correction import correct
from ledger.operations.declining import decline
from ledger.operations.deed import record_deed
from ledger.operations.limits import allow_override, ask_override
from tests.county import book
from tests.web.test_closing import send, service, sit_down

__all__ = ["book", "service", "sit_down"]


def test_the_county_office_erases_the_words_of_an_entry_on_its_page(book, county, sit_down):
    """
    2026-03-01 donation
      donor:D7   -> stock             SALT/L7   20
    """
    sold = book.redeem("H001", salt=1, proxy={"name": "Zheng Guo", "relation": "niece"})["number"]
    path = f"/books/LY01/entries/{sold}"
    for name in ("lin", "gao", "luo", "chen"):
        browser = sit_down(name)
        assert "Erase the words" not in browser.get(path).text
        assert send(browser, f"{path}/erasure").status_code == 403
    office = sit_down("wei")
    page = office.get(path).text
    assert "Erase the words" in page and "Zheng Guo" in page
    done = send(office, f"{path}/erasure")
    assert (done.status_code, done.location) == (303, path)
    page = office.get(path).text
    assert "Zheng" not in page and "erased" in page and "Erase the words" not in page
    assert not any("Zheng" in row for row in county.state()["note"])
    again = send(office, f"{path}/erasure")
    assert again.status_code == 422
    assert "There are no words here that could be erased." in again.text


def test_the_county_office_erases_why_a_proposal_was_declined(book, sit_down):
    """
    2026-03-01 donation
      donor:D7   -> stock             SALT/L7   20
    """
    sold = book.redeem("H001", salt=1)["number"]
    book.do(correct, by="lin", number=sold, goods="back", reason="Zheng took it")
    book.do(decline, by="luo", request=1, reason="Zheng says no")
    path = "/books/LY01/requests"
    for name in ("lin", "luo", "chen"):
        browser = sit_down(name)
        assert path in browser.get("/books/LY01/entries").text
        page = browser.get(path).text
        assert "Zheng says no" in page and "Erase the words" not in page
        assert send(browser, f"{path}/1/erasure").status_code == 403
    office = sit_down("wei")
    assert "Erase the words" in office.get(path).text
    done = send(office, f"{path}/1/erasure")
    assert (done.status_code, done.location) == (303, path)
    for where in (path, "/books/LY01/", "/books/LY01/corrections/requests/1"):
        page = office.get(where).text
        assert "Zheng" not in page and "erased" in page
    again = send(office, f"{path}/1/erasure")
    assert again.status_code == 422
    assert "There are no words here that could be erased." in again.text


NOTHING = "There are no words here that could be erased."


def test_the_county_office_erases_the_words_of_a_deed_by_its_number(book, county, sit_down):
    book.act(record_deed, by="lin", household="H001", rule="WORK", evidence="Zheng saw it")
    path = "/books/LY01/deeds"
    for name in ("lin", "luo", "chen"):
        browser = sit_down(name)
        assert "Erase the words" not in browser.get(path).text
        assert send(browser, f"{path}/erasure", deed="1").status_code == 403
    office = sit_down("wei")
    page = office.get(path).text
    assert "Erase the words of a deed" in page and "Zheng" not in page
    wrong = send(office, f"{path}/erasure", deed="one")
    assert (wrong.status_code, "Enter a whole number" in wrong.text) == (422, True)
    done = send(office, f"{path}/erasure", deed="1")
    assert (done.status_code, done.location) == (303, path)
    assert not any("Zheng" in row for row in county.state()["deed"])
    again = send(office, f"{path}/erasure", deed="1")
    assert (again.status_code, NOTHING in again.text) == (422, True)


def test_the_county_office_erases_who_collects_also_who_does_no_more(book, county, sit_down):
    """
    2026-03-01 donation
      donor:D7   -> stock             SALT/L7   20
    """
    book.redeem("H001", salt=1, proxy={"name": "Zheng Guo", "relation": "niece"})
    path = "/books/LY01/households/H001/life"
    where = "/books/LY01/households/H001/collectors/P1"
    assert "Erase who" not in sit_down("gao").get(path).text
    office = sit_down("wei")
    assert send(office, where).status_code == 303  # collects no more
    page = office.get(path).text
    assert "P1" in page and "Erase who P1 is" in page
    done = send(office, f"{where}/erasure")
    assert (done.status_code, done.location) == (303, path)
    assert "P1" not in office.get(path).text
    assert not any("Zheng" in row for table in ("proxy", "note") for row in county.state()[table])
    again = send(office, f"{where}/erasure")
    assert (again.status_code, NOTHING in again.text) == (422, True)


@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
def test_the_county_office_erases_what_a_households_line_said_before(book, county, sit_down, language):
    browser = sit_down("mei")
    typed = {"version": "1", "name": "郑果", "group": "1"}
    assert send(browser, "/books/LY01/households/H001", **typed).status_code == 303
    path = "/books/LY01/households/H001"
    office = sit_down("wei")
    office.set_cookie("language", language)
    assert "王秀兰" not in office.get(path).text
    label = {"en": "Erase what the register said before", "zh_Hans_CN": "删去登记册的旧内容"}[language]
    assert label in office.get(path).text
    done = send(office, f"{path}/erasure")
    assert (done.status_code, done.location) == (303, path)
    assert not any("王秀兰" in row or "郑果" in row for row in county.state()["register_change"])
    page = browser.get(path).text
    assert "王秀兰" not in page and "erased" in page and "郑果" in page
    again = send(office, f"{path}/erasure")
    assert again.status_code == 422


def test_the_county_office_erases_why_more_than_the_limit_was_allowed(book, county, sit_down):
    basket = [{"item": "SALT", "quantity": 5}]
    n = book.do(ask_override, by="lin", household="H001", basket=basket, reason="Zheng eats much")["n"]
    path = f"/books/LY01/overrides/{n}"
    office = sit_down("wei")
    assert "Erase the words" not in office.get(path).text
    book.do(allow_override, by="gao", request=n)
    assert "Erase the words" in office.get(path).text and "Erase the words" not in sit_down("gao").get(path).text
    done = send(office, f"/books/LY01/requests/{n}/erasure")
    assert (done.status_code, done.location) == (303, path)
    page = office.get(path).text
    assert "Zheng" not in page and "erased" in page and "Erase the words" not in page
