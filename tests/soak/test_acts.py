"""Any acts in any order, beside a plain model: book and model always hold the same."""

import pytest

from scripts.soaking.acts import lived_through
from scripts.soaking.model import Model


@pytest.mark.slow
def test_whatever_people_do_the_book_says_what_the_handbook_says(county):
    done = lived_through(county, 6)
    assert done["booked"] > 150 and done["refused"] > 10


def test_a_model_that_is_wrong_about_one_piece_of_a_gift_is_told(county, monkeypatch):
    right = Model.book

    def one_more(self, book, kind, moves, *when, **facts):
        more = int(kind == "donation")
        right(self, book, kind, [move._replace(quantity=move.quantity + more) for move in moves], *when, **facts)

    monkeypatch.setattr(Model, "book", one_more)
    with pytest.raises(AssertionError):
        lived_through(county, 1)
