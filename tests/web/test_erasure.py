"""The words of an entry are erased on its page, by the county office alone."""

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
    assert "This entry has no words that could be erased." in again.text
