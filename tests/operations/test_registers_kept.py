"""Keeping the registers: a line is taken in, changed with both values kept, or retired. Nothing is ever deleted."""

from datetime import date

import pytest

from ledger.errors import NotFound, Refusals, Unknown
from ledger.journal import instant
from ledger.operations.register import (
    MODELS,
    ReservedCode,
    SizeStays,
    amend,
    enter,
)
from ledger.operations.staff import (
    PlaceMissing,
)
from ledger.registers.donors import Donor
from ledger.registers.households import CardTaken, Household
from ledger.registers.items import Item
from ledger.registers.lots import ByInvoice, CountedInClosedMonth, Lot
from ledger.registers.register import FixedOnceUsed, Stale, TakenAlready, changes_of
from ledger.registers.staff import Staff
from tests.county import TODAY, said
from tests.operations.test_closing import close
from tests.replay import rows


@pytest.fixture
def office(county):
    """The county office's desk."""
    return county.book("COUNTY")


def write_in(desk, register, by="wei", **values):
    """Take a line in."""
    return desk.do(enter, by=by, register=register, values=values)


def change(desk, model, key, by="wei", version=None, **values):
    """Change a line as a form does: all its values come back, some of them changed."""
    register = next(name for name, one in MODELS.items() if one is model)
    row = line(desk.county, model, *key)
    form = {name: value for name, value in row.model_dump().items() if name in FORMS[register]}
    version = row.version if version is None else version
    return desk.do(amend, by=by, register=register, of=list(key), values={**form, "version": version, **values})


FORMS = {
    "households": ("name", "group", "card", "id_tail"),
    "donors": ("name", "contact", "phone", "anonymous"),
    "items": ("name", "spec", "unit", "category"),
    "lots": ("best_before", "unit_value_fen", "value_basis"),
    "sites": ("name", "town", "division_code", "division_year"),
    "staff": ("full_name", "role", "book", "town"),
}
"""What the form of each register says beside the code."""


def line(county, model, *key):
    """Return a line as it stands."""
    with county.store.reading() as session:
        return session.get_one(model, key if len(key) > 1 else key[0])


def changes(county, model, *key):
    """Return what was changed in a line, the first first: field, before, after, by."""
    row = line(county, model, *key)
    noted = reversed(county.ask(changes_of, row))
    return [(one.field, one.before, one.after, one.by) for one in noted if one.field]


# Taking in

def test_a_new_outlet_has_a_book_of_its_own_at_once(office, county):
    write_in(office, "sites", code="LY03", name="桐花村爱心超市", town="演示镇")
    county.book("LY03").give(soap=3)
    assert county.book("LY03").stock("SOAP") == 3


def test_a_new_donor_and_a_new_item_can_be_used_at_once(office):
    write_in(office, "donors", code="D9", name="县总工会")
    write_in(office, "items", code="SILK", name="丝绸", unit="匹")
    office.give(donor="D9", silk=2)
    assert office.stock("SILK") == 2


def test_a_new_household_can_earn_points_at_once(book):
    assert write_in(book, "households", by="mei", number="H007", name="郑国")["key"] == ["LY01", "H007"]
    book.draw(("H007", "CLEAN"))


def test_a_household_without_a_number_gets_the_next_one(book):
    first = write_in(book, "households", number="", name="郑国")["key"][1]
    second = write_in(book, "households", number="", name="郑家")["key"][1]
    assert (first, second) == ("H0001", "H0002")


def test_numbers_that_were_brought_along_are_passed_over(book):
    for number in ("H0001", "H0002"):
        write_in(book, "households", number=number, name="郑国")
    assert write_in(book, "households", number="", name="郑家")["key"][1] == "H0003"


def test_a_household_is_found_by_the_first_letters_of_its_name(book, county):
    write_in(book, "households", number="H007", name="单国强")
    assert line(county, Household, "LY01", "H007").initials == "sgq"


def test_a_code_names_one_thing_for_ever(office, book):
    for desk, register, values, field in (
        (office, "donors", {"code": "D7", "name": "x"}, "code"),
        (office, "items", {"code": "SOAP", "name": "x", "unit": "x"}, "code"),
        (office, "sites", {"code": "LY01", "name": "x"}, "code"),
        (book, "households", {"number": "H001", "name": "郑国"}, "number"),
        (office, "staff", {"name": "lin", "full_name": "x", "role": "keeper", "book": "LY01", "town": ""}, "name"),
    ):
        with desk.refuses(TakenAlready) as refusal:
            write_in(desk, register, **values)
        assert said(refusal)[0][0] == field


def test_a_card_belongs_to_one_household_of_an_outlet(book, county):
    with book.refuses(CardTaken) as refusal:
        write_in(book, "households", number="H007", name="郑国", card="610001")
    assert said(refusal) == [("card", "This card belongs to household H001.")]
    with book.refuses(CardTaken):
        change(book, Household, ("LY01", "H003"), card="610001")
    write_in(county.book("LY02"), "households", number="H102", name="郑国", card="610001")


@pytest.mark.parametrize(
    ("role", "book", "town", "field"),
    [
        ("keeper", "", "", "book"), ("clerk", "COUNTY", "", "book"), ("checker", "", "", "town"),
        ("county", "LY01", "", "book"),
    ],
)
def test_everybody_on_the_staff_has_a_place_to_work_at(office, role, book, town, field):
    with office.refuses(PlaceMissing) as refusal:
        write_in(office, "staff", name="new", full_name="新人", role=role, book=book, town=town)
    assert said(refusal)[0][0] == field


def test_nobody_works_at_an_outlet_that_does_not_exist(office):
    with office.refuses(Unknown) as refusal:
        write_in(office, "staff", name="new", full_name="新人", role="keeper", book="LY99", town="")
    assert said(refusal) == [("book", "There is no outlet LY99.")]


def test_a_checker_checks_a_town_that_has_outlets(office):
    with office.refuses(Unknown) as refusal:
        write_in(office, "staff", name="new", full_name="新人", role="checker", book="", town="无店镇")
    assert said(refusal) == [("town", "There is no town 无店镇.")]


@pytest.mark.parametrize("code", ["POINT", "CNY"])
def test_no_item_has_the_code_of_points_or_of_money(office, code):
    with office.refuses(ReservedCode) as refusal:
        write_in(office, "items", code=code, name="脸盆", unit="个")
    assert said(refusal) == [("code", f"{code} means points or money in the book. Choose another code.")]


@pytest.mark.parametrize(
    ("role", "book", "town"),
    [("keeper", "LY01", ""), ("checker", "", "演示镇"), ("county", "", ""), ("auditor", "COUNTY", "")],
)
def test_staff_is_taken_in_with_role_and_place(office, county, role, book, town):
    write_in(office, "staff", name="new", full_name="新人", role=role, book=book, town=town)
    assert line(county, Staff, "new").role == role


# Changing

def test_a_change_keeps_who_when_before_and_after(office, county):
    change(office, Donor, ("D7",), by="han", name="汉中粮油集团", contact="张经理")
    assert line(county, Donor, "D7").name == "汉中粮油集团"
    noted = [one for one in county.ask(changes_of, line(county, Donor, "D7")) if one.field == "name"]
    assert [(one.before, one.after, one.by, instant(one.recorded_us)) for one in noted] == [
        ("汉中粮油公司", "汉中粮油集团", "han", TODAY)
    ]
    assert sorted(changes(county, Donor, "D7")) == [
        ("contact", "刘经理", "张经理", "han"), ("name", "汉中粮油公司", "汉中粮油集团", "han")
    ]


def test_what_did_not_change_is_not_noted_and_counts_as_no_change(office, county):
    change(office, Donor, ("D7",))
    assert changes(county, Donor, "D7") == []
    assert line(county, Donor, "D7").version == 1


def test_the_first_entry_of_a_line_is_noted_too(office, county):
    write_in(office, "donors", by="han", code="D9", name="县总工会")
    with county.store.reading() as session:
        (noted,) = rows(session, "SELECT * FROM register_change WHERE of_register = 'donor' AND key = 'D9'")
    assert (noted["field"], noted["after"], noted["by"]) == ("", "+", "han")


def test_personal_values_are_marked_so_that_they_can_be_erased(book, office, county):
    change(book, Household, ("LY01", "H004"), name="马五", id_tail="0000", card="610009", group=3)
    change(office, Donor, ("D7",), phone="13800000000", contact="李", anonymous=1)
    change(office, Staff, ("lin",), full_name="林芳", town="x")
    with county.store.reading() as session:
        noted = rows(session, "SELECT field, personal FROM register_change WHERE field <> ''")
    personal = {row["field"] for row in noted if row["personal"]}
    others = {row["field"] for row in noted if not row["personal"]}
    assert personal == {"name", "id_tail", "card", "phone", "contact", "full_name"}
    assert others == {"group", "anonymous", "town"}


def test_an_edit_of_an_older_version_is_refused_with_both_values(office, county):
    change(office, Donor, ("D7",), phone="13900000000")
    with office.refuses(Stale) as refusal:
        change(office, Donor, ("D7",), version=1, phone="13700000000")
    assert said(refusal) == [(
        "phone",
        "Somebody changed this meanwhile: it now says “13900000000”, you typed “13700000000”. Please look again.",
    )]


def test_every_field_that_both_changed_is_named_and_no_other(book, county):
    change(book, Household, ("LY01", "H001"), group=2)
    with book.refuses(Stale) as refusal:
        change(book, Household, ("LY01", "H001"), version=1, name="王秀英", group=3)
    assert [field for field, _ in said(refusal)] == ["group"]


def test_what_two_people_change_in_different_fields_stands_both(office, county):
    change(office, Donor, ("D7",), by="han", name="汉中粮油集团")
    change(office, Donor, ("D7",), version=1, name="汉中粮油公司", phone="13700000000")
    row = line(county, Donor, "D7")
    assert (row.name, row.phone, row.version) == ("汉中粮油集团", "13700000000", 3)


def test_what_was_changed_before_a_form_was_opened_is_no_change_since(office, county):
    change(office, Donor, ("D7",), phone="13900000000")
    county.wait(1)
    change(office, Donor, ("D7",), name="汉中粮油集团")
    county.wait(1)
    change(office, Donor, ("D7",), version=2, name="汉中粮油公司", phone="13700000000")
    assert (line(county, Donor, "D7").phone, line(county, Donor, "D7").name) == ("13700000000", "汉中粮油集团")


def test_an_edit_of_an_older_version_that_would_change_nothing_passes(office, county):
    change(office, Donor, ("D7",), phone="13900000000")
    change(office, Donor, ("D7",), version=1, phone="13900000000")
    assert line(county, Donor, "D7").version == 2


def test_a_household_with_another_name_is_found_by_its_new_letters(book, county):
    change(book, Household, ("LY01", "H001"), name="王兰英")
    assert line(county, Household, "LY01", "H001").initials == "wly"
    assert [field for field, *_ in changes(county, Household, "LY01", "H001")] == ["name"]


def test_a_household_keeps_its_own_card(book, county):
    change(book, Household, ("LY01", "H001"), group=4)
    assert line(county, Household, "LY01", "H001").card == "610001"


def test_a_code_never_changes(office, book, county):
    change(office, Donor, ("D7",), code="D70")
    change(book, Household, ("LY01", "H001"), number="H100", book="LY02")
    assert (line(county, Donor, "D7").code, line(county, Household, "LY01", "H001").number) == ("D7", "H001")


def test_the_base_unit_changes_only_while_nothing_is_counted_in_it(office, county):
    change(office, Item, ("SOAP",), unit="箱")
    office.give(soap=2)
    with office.refuses(FixedOnceUsed) as refusal:
        change(office, Item, ("SOAP",), unit="块")
    assert said(refusal) == [("unit", "This cannot change any more: the book already counts in it.")]
    change(office, Item, ("SOAP",), name="香皂")
    assert (line(county, Item, "SOAP").unit, line(county, Item, "SOAP").name) == ("箱", "香皂")


def test_the_size_of_goods_stays_once_they_are_booked_for_signed_papers_tell_it(office, county):
    """Ten bags of 5 kg were signed for; were the bags made 10 kg in the register, the paper would say double."""
    change(office, Item, ("RICE",), spec="2.5千克/袋")
    office.give(rice=10)
    with office.refuses(SizeStays) as refusal:
        change(office, Item, ("RICE",), spec="10千克/袋")
    assert said(refusal) == [
        ("spec", "The size stays: goods of this size are in the book. Enter another size as an item of its own."),
    ]
    with office.refuses(Refusals) as refusal:
        change(office, Item, ("RICE",), spec="10千克/袋", unit="包")
    assert [field for field, _ in said(refusal)] == ["unit", "spec"]
    change(office, Item, ("RICE",), name="东北大米", spec="2.5千克/袋")


def test_what_goods_are_worth_stays_once_a_closed_month_counts_them(office, county):
    """February's statement was signed with five soaps at 3 yuan; one hand must not make them 5 yuan afterwards."""
    book = county.book("LY01")
    county.move_to("2026-02-10")
    book.give(by="lin", soap=5)
    change(office, Lot, ("L1",), unit_value_fen=300, value_basis="fair")
    county.move_to("2026-03-06")
    close(book)
    for wrong in ({"unit_value_fen": 500}, {"unit_value_fen": None}, {"value_basis": None}):
        with office.refuses(CountedInClosedMonth) as refusal:
            change(office, Lot, ("L1",), **wrong)
        assert said(refusal) == [(next(iter(wrong)), (
            "The book of LY01 is closed through 2026-02-28 and counts these goods; what was signed there stays, and "
            "so does their value."
        ))]
    change(office, Lot, ("L1",), best_before=date(2026, 9, 1))


def test_goods_may_be_valued_while_every_month_that_counts_them_is_open(office, county):
    """Liuhe's February is closed; the soap came in on its 27th, but the paper was keyed in March and counts there."""
    book = county.book("LY01")
    close(book)
    book.give(by="lin", on="2026-02-27", paper_number="31", soap=5)
    change(office, Lot, ("L1",), unit_value_fen=300, value_basis="fair")
    assert line(county, Lot, "L1").unit_value_fen == 300
    county.move_to("2026-03-31")
    note = book.send("LY02", by="lin", soap=2)
    county.move_to("2026-04-01")
    close(county.book("LY02"), date(2026, 3, 31), by="zhao", second="luo")
    change(office, Lot, ("L1",), unit_value_fen=310)
    county.book("LY02").arrive(note, by="zhao")
    county.move_to("2026-05-01")
    close(county.book("LY02"), date(2026, 4, 30), by="zhao", second="luo")
    with office.refuses(CountedInClosedMonth):
        change(office, Lot, ("L1",), unit_value_fen=320)


def test_what_an_invoice_says_stays(office, county):
    store_room = county.book("COUNTY")
    store_room.give(lines=[{"item": "SOAP", "quantity": 5, "unit_value": 300, "basis": "invoice"}])
    for wrong in ({"unit_value_fen": 500}, {"value_basis": "fair"}):
        with office.refuses(ByInvoice) as refusal:
            change(office, Lot, ("L1",), **wrong)
        assert said(refusal) == [(next(iter(wrong)), "The value of these goods is what their invoice says, and stays.")]
    change(office, Lot, ("L1",), best_before=date(2026, 9, 1))


def test_who_had_the_form_open_while_goods_were_valued_may_still_put_their_best_before_right(office, county):
    book = county.book("LY01")
    county.move_to("2026-02-10")
    book.give(by="lin", soap=5)
    change(office, Lot, ("L1",), unit_value_fen=300, value_basis="fair")
    county.move_to("2026-03-06")
    close(book)
    change(office, Lot, ("L1",), version=1, unit_value_fen=None, value_basis=None, best_before=date(2026, 9, 1))
    kept = line(county, Lot, "L1")
    assert (kept.unit_value_fen, kept.best_before) == (300, date(2026, 9, 1))


def test_the_best_before_of_a_lot_is_put_right_and_noted(office, county):
    office.give(rice=2)
    change(office, Lot, ("L1",), best_before=date(2026, 9, 1))
    assert changes(county, Lot, "L1") == [("best_before", None, "2026-09-01", "wei")]


def test_staff_who_change_their_post_are_signed_out_everywhere(office, county):
    change(office, Staff, ("lin",), full_name="林小芳")
    assert line(county, Staff, "lin").sessions == 1
    change(office, Staff, ("lin",), role="clerk")
    assert line(county, Staff, "lin").sessions == 2
    assert ("role", "keeper", "clerk", "wei") in changes(county, Staff, "lin")


def test_staff_are_not_moved_to_a_place_that_is_none(office):
    with office.refuses(PlaceMissing):
        change(office, Staff, ("lin",), book="")


def test_a_line_that_is_in_no_register_is_not_found(office):
    with office.refuses(NotFound):
        office.do(amend, by="wei", register="donors", of=["D99"], values={"version": 1, "name": "x"})
