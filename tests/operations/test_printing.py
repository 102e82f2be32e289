"""Printing: every print of a paper is counted, so that only one of them is the original."""

from ledger.errors import NotFound
from ledger.operations.printing import print_papers
from ledger.registers.printings import times_printed

DAY = """
2026-03-05 donation
  donor:D7   -> stock             SOAP/L7  9
2026-03-05 credit
  fund:merit -> purse:H001:merit  POINT    900
"""


def printed(book, kind, *numbers, by="lin", **more):
    """Print the papers of some entries together and return how often each was printed by now."""
    return book.do(print_papers, by=by, kind=kind, numbers=list(numbers), **more)["times"]


def test_the_first_print_is_the_original_and_each_one_after_it_has_its_number(book, county):
    book.write(DAY)
    slip = book.redeem("H001", soap=1)["number"]
    assert county.ask(times_printed, "LY01", "slip", [slip]) == {slip: 0}
    assert [printed(book, "slip", slip) for _ in range(3)] == [[1], [2], [3]]
    assert county.ask(times_printed, "LY01", "slip", [slip, 99]) == {slip: 3, 99: 0}


def test_a_press_that_comes_twice_is_one_print(book):
    book.write(DAY)
    slip = book.redeem("H001", soap=1)["number"]
    assert [printed(book, "slip", slip, key="pressed twice") for _ in range(2)] == [[1], [1]]
    assert printed(book, "slip", slip) == [2]


def test_papers_of_different_entries_are_counted_apart_also_when_printed_together(book):
    book.write(DAY)
    first, second = (book.send(to, by="lin", soap=1)["number"] for to in ("LY02", "COUNTY"))
    assert printed(book, "transfer-note", second) == [1]
    assert printed(book, "transfer-note", first, second) == [1, 2]


def test_each_kind_of_paper_tells_of_its_own_entries_and_one_wrong_one_leaves_all_uncounted(book, county):
    book.write(DAY)
    slip, note = book.redeem("H001", soap=1)["number"], book.send("LY02", by="lin", soap=1)["number"]
    assert printed(book, "donation-slip", 1) == [1]
    for kind, numbers in [("slip", [slip, note]), ("transfer-note", [slip]), ("donation-slip", [2]), ("poster", [1]),
                          ("slip", [99]), ("slip", [10**30])]:
        with book.refuses(NotFound):
            printed(book, kind, *numbers)
    assert county.ask(times_printed, "LY01", "slip", [slip]) == {slip: 0}


def test_a_print_books_nothing(book):
    book.write(DAY)
    slip = book.redeem("H001", soap=1)["number"]
    before = book.kinds()
    printed(book, "slip", slip)
    assert book.kinds() == before


def test_outlets_count_their_prints_apart_also_of_entries_with_the_same_number(book, county):
    book.write(DAY)
    county.book("LY02").write(DAY.replace("H001", "H101").replace("L7", "L8"))
    assert printed(book, "donation-slip", 1) == [1]
    assert printed(county.book("LY02"), "donation-slip", 1, by="zhao") == [1]
    assert printed(book, "donation-slip", 1, by="gao") == [2]
    assert county.ask(times_printed, "LY02", "donation-slip", [1]) == {1: 1}


def test_a_redirected_note_is_a_transfer_note_and_has_its_own_first_print(county):
    store = county.book("COUNTY")
    store.give(soap=9)
    note = store.send("LY01", soap=4)
    assert printed(store, "transfer-note", note["number"], by="wei") == [1]
    other = store.redirect(note, "LY02")
    assert printed(store, "transfer-note", other["number"], by="wei") == [1]


def test_the_slip_of_what_was_reversed_can_still_be_printed_and_goes_on_counting(book):
    book.write(DAY)
    slip = book.redeem("H001", soap=1)["number"]
    assert printed(book, "slip", slip) == [1]
    undone = book.reverse(slip)["number"]
    assert printed(book, "slip", slip) == [2]
    with book.refuses(NotFound):
        printed(book, "slip", undone)
