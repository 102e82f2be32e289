"""The journal's filter: an address is read as far as it can be understood, and what cannot be is told."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from schemas.entries import JournalFilter

EVERYTHING = {"kind": None, "since": None, "until": None, "household": None}


@pytest.mark.parametrize(
    ("asked", "understood"),
    [
        ({}, {}),
        ({"kind": "credit", "since": "2026-3-1", "until": "2026年3月31日", "household": "h001"},
         {"kind": "credit", "since": date(2026, 3, 1), "until": date(2026, 3, 31), "household": "H001"}),
        ({"kind": "", "since": " "}, {}),
        ({"kind": "gift", "since": "2026-02-30", "household": "H001"}, {"household": "H001"}),
        ({"kind": "x" * 5000, "until": "2026-03-31", "household": "../H"}, {"until": date(2026, 3, 31)}),
        ({"after": "3", "limit": "x", "kind": "credit"}, {"kind": "credit"}),
        (MultiDict([("kind", "credit"), ("kind", "sheet")]), {"kind": "credit"}),
    ],
)
def test_what_cannot_be_understood_is_as_if_it_had_not_been_asked(asked, understood):
    assert JournalFilter().read(asked)[0] == {**EVERYTHING, **understood}


def test_what_cannot_be_understood_is_told_at_its_field():
    understood, wrong = JournalFilter().read({"household": "王", "since": "2026-3-1", "limit": "x"})
    assert understood == {**EVERYTHING, "since": date(2026, 3, 1)}
    assert {name: [str(one) for one in said] for name, said in wrong.items()} == {
        "household": ["Enter a code of letters, digits and hyphens, such as H0031."]
    }
