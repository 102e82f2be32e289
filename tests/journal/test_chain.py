"""The chain: each entry's digest seals what it says and every entry before it."""

import json
from pathlib import Path

import pytest

from ledger.journal.leaf import NOTHING_BEFORE, canonical, leaf, new_salt, salted
from tests.replay import leaf_by_definition, replay

VECTORS = Path(__file__).parent.parent / "vectors"


def vectors(name):
    """The examples anybody may check another program against."""
    return json.loads((VECTORS / f"{name}.json").read_text())


@pytest.mark.parametrize("vector", vectors("leaf"), ids=lambda vector: f"{vector['book']}-{vector['number']}")
def test_the_digest_of_an_entry_is_the_published_one(vector):
    parts = (vector["book"], vector["number"], vector["recorded_us"], bytes.fromhex(vector["previous"]))
    assert leaf(*parts, vector["body"].encode()).hex() == vector["digest"]
    assert leaf_by_definition(*parts, vector["body"].encode()).hex() == vector["digest"]


def test_the_published_bodies_are_canonical():
    for vector in vectors("leaf"):
        assert canonical(json.loads(vector["body"])) == vector["body"].encode()


@pytest.mark.parametrize("vector", vectors("canonical"))
def test_a_body_is_hashed_as_rfc_8785_writes_it(vector):
    assert canonical(vector["value"]).hex() == vector["bytes_hex"]


@pytest.mark.parametrize("value", [1.5, 2**53, -(2**53), b"x", {1}])
def test_what_two_programs_could_write_differently_does_not_get_into_a_body(value):
    with pytest.raises(TypeError):
        canonical({"facts": [{"deep": value}]})


def test_names_in_a_body_are_ascii():
    with pytest.raises(TypeError):
        canonical({"facts": {"户号": 1}})


def test_a_note_stands_in_the_body_as_its_salted_digest():
    (vector,) = vectors("note")
    assert salted(vector["text"], vector["salt"]) == vector["digest"]
    assert salted(vector["text"], new_salt()) != salted(vector["text"], new_salt())


@pytest.mark.parametrize(
    "changed",
    [
        ("LY13", 2, 1000, b"\1" * 32, b"{}"),
        ("LY12", 3, 1000, b"\1" * 32, b"{}"),
        ("LY12", 2, 1001, b"\1" * 32, b"{}"),
        ("LY12", 2, 1000, b"\2" * 32, b"{}"),
        ("LY12", 2, 1000, b"\1" * 32, b"{ }"),
    ],
)
def test_the_digest_changes_with_every_part_it_seals(changed):
    assert leaf(*changed) != leaf("LY12", 2, 1000, b"\1" * 32, b"{}")


def test_the_chain_begins_with_zeros_and_each_entry_names_the_one_before(book):
    """
    2026-03-05 donation
      donor:D7 -> stock       SOAP/L7  20
    2026-03-06 redemption
      stock    -> handed-out  SOAP/L7   2
    2026-03-07 notice
    """
    assert NOTHING_BEFORE == bytes(32)
    with book.store.reading() as session:
        replay(session, "LY12")


def test_the_head_of_a_book_is_its_last_entry(book):
    """
    2026-03-05 notice
    """
    entry = book.post("2026-03-06", "notice")
    head = book.head()
    assert (head.number, head.digest, head.recorded_us) == (2, entry.digest, entry.recorded_us)


def test_a_donation_posted_on_either_store_is_the_first_published_entry(book):
    vector = vectors("leaf")[0]
    entry = book.post("2026-03-05", "donation", "donor:D7 -> stock SOAP/L7 20", key="k", facts={"slip": "收-2026-0001"})
    assert entry.body == vector["body"]
    assert entry.digest.hex() == vector["digest"]
