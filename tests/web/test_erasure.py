"""Words that could name a person are erased on their page, by the county office alone."""

from ledger.operations.correction import correct
from ledger.operations.declining import decline
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
