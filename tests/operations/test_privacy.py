"""No personal data in the journal: an entry holds codes and numbers; words and names can be erased beside it."""

import re

import pytest

from ledger.operations.register import amend
from ledger.registers.donors import Donor
from ledger.registers.households import Household
from tests.county import DONORS, HOUSEHOLDS, STAFF, SUPPLIERS

WORDS = {
    "wish": "for widow Zheng", "refused": "Zheng's cat sat on it", "minutes": "at Zheng's", "evidence": "Zheng saw it",
    "place": "Zheng's gate", "proxy": "Zheng Guo", "relation": "Zheng's niece", "difference": "Zheng dropped it",
    "reversal": "meant Zheng",
}
"""What people write in free words, each naming somebody."""
PHONE = "0417"
"""The end of the phone number the collector leaves."""

SEALED = ("entry", "posting", "balance", "book", "on_the_road", "serial", "submission", "county", "lot")
"""Tables that are kept for ever as they are."""


@pytest.fixture
def season(book, county):
    """Every act once, with a name in every free word that a form has."""
    store_room = county.book("COUNTY")
    store_room.give(
        donor="D7", wish={"kind": "group", "text": WORDS["wish"]},
        lines=[{"item": "SOAP", "quantity": 30, "refused": 1, "reason": WORDS["refused"]}],
    )
    store_room.give(lines=[{"cash": 10_000}])
    store_room.buy({"item": "SOAP", "quantity": 1, "unit_value": 500})
    note = store_room.send("LY01", soap=20)
    line = {"item": "SOAP", "lot": "L1", "quantity": 18, "short": 2, "over": 0, "reason": WORDS["difference"]}
    book.confirm(book.arrive(note, lines=[line])["request"])
    award = {"household": "H001", "rule": "WORK", "points": 100, "evidence": WORDS["evidence"]}
    sheet = book.draw(lines=[award, award], another=1, minutes=WORDS["minutes"])["n"]
    book.hang(sheet, place=WORDS["place"])
    county.wait(8)
    book.credit(sheet)
    sold = book.redeem("H001", soap=1, proxy={"name": WORDS["proxy"], "relation": WORDS["relation"], "phone": PHONE})
    book.reverse(sold, reason=WORDS["reversal"])
    donor = {"version": 1, "name": "郑氏粮油", "contact": "郑国", "phone": "13900000001", "anonymous": 0}
    store_room.do(amend, by="wei", register="donors", of=["D7"], values=donor)
    return county


def names():
    """Return every personal value the registers of this county hold."""
    people = [[one.name, one.card, one.id_tail] for one in HOUSEHOLDS]
    people += [[one.full_name] for one in STAFF] + [[one.name, one.contact, one.phone] for one in DONORS]
    people += [[one.phone] for one in SUPPLIERS]
    return {value for values in people for value in values if value} | {"郑氏粮油", "郑国", "13900000001"}


def test_what_is_kept_for_ever_names_nobody(season):
    state = season.state()
    assert len(state["entry"]) == 12
    # Four digits meet by chance inside a digest.
    secret = re.compile("|".join([*map(re.escape, names()), "Zheng", rf"(?<![\w-]){PHONE}(?![\w-])"]))
    assert [secret.findall(row) for row in state["proxy"]] == [["Zheng", "Zheng", PHONE]]
    for table in SEALED:
        for row in state[table]:
            assert not secret.search(row), (table, row)


def test_every_free_word_is_kept_where_it_can_be_erased(season):
    state = season.state()
    erasable = "\n".join(row for table in ("note", "sheet_line", "request", "sheet") for row in state[table])
    # The texts of rows are quoted, so the apostrophes are looked past.
    for name, words in WORDS.items():
        assert words.replace("'", "’") in erasable.replace("'", "’"), name


def test_a_note_that_was_erased_leaves_the_chain_whole(season):
    with season.store.writing() as session:
        session.connection().exec_driver_sql("UPDATE note SET text = NULL")
    assert not any("Zheng" in row for row in season.state()["note"])
    season.replay()


def test_a_household_that_leaves_can_be_made_nameless_without_touching_the_journal(season):
    head = season.book("LY01").entry(1).digest
    season.edit(Household, ("LY01", "H001"), name="—", card="", initials="")
    season.edit(Donor, "D7", name="—", contact="", phone="")
    assert season.book("LY01").entry(1).digest == head
    season.replay()
