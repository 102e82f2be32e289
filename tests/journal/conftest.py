"""The book of Liuhe, where Lin keeps the outlet."""

import pytest

from ledger.db import Database
from tests.journaltext import WrittenBook, book_from


@pytest.fixture
def book(store: Database, request: pytest.FixtureRequest) -> WrittenBook:
    """A book of a demo county in which the journal text of the test's docstring has been written."""
    return book_from(request.function.__doc__, store)
