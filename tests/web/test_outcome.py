"""The end of a proposal: it waits, it was decided, or it fell; only a second person is offered a yes and a no."""

from tests.web.page import Page


def offered(page):
    """Return what one may press here."""
    return [one.text for one in page.main.all("button")]


def test_who_is_no_second_person_reads_that_it_waits(house):
    at = difference(house)
    assert offered(house.sit("gao").open(at)) == ["Confirm the difference", "Decline"]
    for name in ("lin", "mei", "chen"):
        page = house.sit(name).open(at)
        assert offered(page) == [] and "Waits for a second person" in page.main.text


def test_what_fell_with_its_arrival_waits_no_longer_and_a_yes_too_late_is_told(house):
    at = difference(house)
    action, inputs = house.sit("gao").open(at).form("/confirmation")
    liuhe = house.county.book("LY01")
    kinds = liuhe.kinds()
    for kind in ("redemption", "arrival"):
        liuhe.reverse(kinds.index(kind) + 1)
    late = house.sit("gao").send(action, inputs)
    assert late.status_code == 422
    assert Page(late.text).summary() == ["Request 1 has been decided already."]
    page = house.sit("gao").open(at)
    assert offered(page) == [] and "Withdrawn" in page.main.text and "Waits" not in page.main.text


def difference(house):
    """Return the address of the difference that waits at Liuhe."""
    links = (one["href"] for one in house.sit("gao").open("/books/LY01/").main.all("a"))
    return next(link for link in links if "/requests/" in link and "arrivals" in link)
