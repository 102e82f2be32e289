"""What every register does: it takes in, changes with both values kept, and retires; nothing is ever deleted."""

import pytest

from ledger.errors import NotFound, Refusals, Unknown
from ledger.journal import entry_of, instant
from ledger.registers.donors import Donor, donor_behind
from ledger.registers.households import Household
from ledger.registers.items import Item
from ledger.registers.lots import Lot
from ledger.registers.register import Retired, Stale, TakenAlready, add, change, changes_of, find, in_use, retire
from ledger.registers.requests import Request
from ledger.registers.sheets import Sheet, sheet_of
from ledger.registers.sites import Site
from ledger.registers.staff import Staff
from tests.county import TODAY, said

REGISTERS = [Donor, Household, Item, Lot, Request, Sheet, Site, Staff]


def alter(county, *, version, by="wei", **values):
    """Change the grain firm's line and return it."""
    with county.store.writing() as session:
        return change(session, find(session, Donor, "D7"), version=version, values=values, by=by, now=TODAY)


def noted(county, *key, model=Donor):
    """Return what was ever noted about a line, the latest first: field, before, after, by."""
    with county.store.reading() as session:
        changes = changes_of(session, find(session, model, *key))
    return [(one.field, one.before, one.after, one.by) for one in changes]


def test_a_new_line_is_noted_without_its_values(county):
    with county.store.writing() as session:
        line = add(session, Donor(code="D9", name="爱心人士"), by="han", now=TODAY)
    assert (line.version, line.retired) == (1, 0)
    assert noted(county, "D9") == [("", None, "+", "han")]


def test_a_code_is_given_once_even_after_its_line_is_retired(county):
    for _ in range(2):
        with county.refuses(TakenAlready) as refusal, county.store.writing() as session:
            add(session, Donor(code="D7", name="别家"), by="wei", now=TODAY)
        assert said(refusal) == [("code", "D7 is in the register already.")]
        county.edit(Donor, "D7", retired=1)


def test_a_change_notes_each_field_with_who_when_before_and_after(county):
    line = alter(county, version=1, name="汉中粮油集团", phone="13812345678", contact="", by="han")
    assert (line.version, line.name, line.contact) == (2, "汉中粮油集团", "")
    assert sorted(noted(county, "D7")[:2]) == [
        ("contact", "刘经理", "", "han"), ("name", "汉中粮油公司", "汉中粮油集团", "han"),
    ]
    assert {instant(one.recorded_us) for one in county.ask(changes_of, line)[:2]} == {TODAY}
    assert {one.personal for one in county.ask(changes_of, line)[:2]} == {1}


def test_changes_are_told_the_latest_first(county):
    for version, name in enumerate(["甲", "乙", "丙"], start=1):
        alter(county, version=version, name=name)
    assert [after for _, _, after, _ in noted(county, "D7")] == ["丙", "乙", "甲", "+"]


def test_a_form_sent_without_a_change_changes_nothing(county):
    before = county.state()
    assert alter(county, version=1, name="汉中粮油公司").version == 1
    assert county.state() == before


def test_an_older_form_is_refused_with_both_values_of_each_field(county):
    alter(county, version=1, name="汉中粮油集团", contact="张经理")
    with county.refuses(Refusals) as refusal:
        alter(county, version=1, name="汉中米业", contact="李经理", phone="13812345678")
    told = "Somebody changed this meanwhile: it now says “{}”, you typed “{}”. Please look again."
    assert said(refusal) == [
        ("name", told.format("汉中粮油集团", "汉中米业")), ("contact", told.format("张经理", "李经理")),
    ]


@pytest.mark.parametrize("version", [0, 1, 3, 10**12])
def test_only_the_version_that_stands_can_be_changed(county, version):
    alter(county, version=1, name="汉中粮油集团")
    with county.refuses(Stale):
        alter(county, version=version, name="汉中米业")
    assert alter(county, version=2, name="汉中米业").version == 3


def test_an_older_form_that_says_what_stands_by_now_is_content(county):
    alter(county, version=1, name="汉中粮油集团")
    before = county.state()
    assert alter(county, version=1, name="汉中粮油集团").version == 2
    assert county.state() == before


def test_what_nobody_may_read_is_noted_without_its_values(county):
    alter(county, version=1, link="a-new-and-long-private-link")
    assert noted(county, "D7")[0] == ("link", None, None, "wei")


def test_a_value_that_was_nothing_is_noted_as_nothing(county):
    with county.store.writing() as session:
        add(session, Lot(code="L7", item="SOAP", donor="D7", book="COUNTY", number=1, quantity=5), by="wei", now=TODAY)
        change(session, find(session, Lot, "L7"), version=1, values={"unit_value_fen": 350}, by="wei", now=TODAY)
        change(session, find(session, Lot, "L7"), version=2, values={"unit_value_fen": None}, by="wei", now=TODAY)
    told = [(before, after) for _, before, after, _ in noted(county, "L7", model=Lot)]
    assert told == [("350", None), (None, "350"), (None, "+")]


def test_a_retired_line_stays_and_is_used_for_nothing_new(county):
    with county.store.writing() as session:
        retire(session, find(session, Donor, "D7"), version=1, by="wei", now=TODAY)
    assert county.ask(find, Donor, "D7").retired == 1
    assert noted(county, "D7")[0] == ("retired", "0", "1", "wei")
    with county.refuses(Retired) as refusal:
        county.ask(in_use, Donor, "D7", at="donor")
    assert said(refusal) == [("donor", "D7 is retired and not used any more.")]


def test_a_line_that_changed_meanwhile_is_not_retired(county):
    alter(county, version=1, name="汉中粮油集团")
    with county.refuses(Stale), county.store.writing() as session:
        retire(session, find(session, Donor, "D7"), version=1, by="wei", now=TODAY)


def test_retiring_twice_is_once(county):
    for version in (1, 2):
        with county.store.writing() as session:
            retire(session, find(session, Donor, "D7"), version=version, by="wei", now=TODAY)
    assert [field for field, *_ in noted(county, "D7")] == ["retired", ""]


def test_what_a_form_names_and_nobody_knows_is_said_at_its_field(county):
    with county.refuses(Unknown) as refusal:
        county.ask(find, Item, "GOLD", at="lines.3.item")
    assert said(refusal) == [("lines.3.item", "There is no item GOLD.")]


def test_what_an_address_names_and_nobody_knows_is_not_there(county):
    with county.refuses(NotFound) as refusal:
        county.ask(find, Item, "GOLD")
    assert (refusal.value.status, str(refusal.value)) == (404, "There is no item here.")


def test_an_address_with_anything_in_it_is_only_not_there(county):
    for code in ("", " ", "d7", "D7 ", "D7\x00", "\x00", "%", "D_", "' OR 1=1 --", "x" * 5000):
        for question, *about in ((find, Donor, code), (find, Household, "LY01", code), (donor_behind, code)):
            with pytest.raises(NotFound):
                county.ask(question, *about)


def test_a_number_with_any_digits_is_only_not_there(county):
    for number in (0, 1, 2**63 - 1, 2**63, 10**30):
        for question in (sheet_of, entry_of):
            with pytest.raises(NotFound):
                county.ask(question, "LY01", number)


@pytest.mark.parametrize("model", REGISTERS)
def test_every_register_knows_its_word_and_its_key(model):
    assert model.word
    assert set(model.key_fields) == {column.name for column in model.__table__.primary_key}
    assert model.personal | model.unseen <= set(model.model_fields)
