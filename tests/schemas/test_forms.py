"""Whole forms: one schema serves page and program, and says at each field what is wrong with it."""

import importlib
import pkgutil

import pytest
from marshmallow import ValidationError

import schemas
from schemas.allocation import AllocationForm
from schemas.dispatch import DispatchForm
from schemas.donation import DonationForm
from schemas.fields import DocumentNumber
from schemas.form import Act, Form, Line, Lines, Papered
from schemas.redemption import RedemptionForm
from schemas.registers import DonorForm, HouseholdForm, LotForm, Versioned
from schemas.sheet import SheetForm
from tests.schemas.forms import FILLED
from tests.schemas.reading import shortly

OF_MANY_LINES = [
    form for form in FILLED if any(isinstance(one, Lines) and one.required for one in form().fields.values())
]
SALE = {"household": "H0031", "occurred_on": "2026-03-06"}
SOAP = {"item": "G001", "quantity": 1}


def refusals(form, data):
    """Return what a form says is wrong, by field."""
    with pytest.raises(ValidationError) as caught:
        form().load(data)
    return caught.value.messages


def lines_field(form):
    """Return the name under which a form takes its lines."""
    return next(name for name, field in form().fields.items() if isinstance(field, Lines))


def test_every_form_is_tried_here():
    for module in pkgutil.iter_modules(schemas.__path__):
        importlib.import_module(f"schemas.{module.name}")
    found, waiting = set(), [Form]
    while waiting:
        found.update(below := waiting.pop().__subclasses__())
        waiting += below
    parts = {"WishFields", "ProxyFields", "RightFields"}
    whole = {form for form in found if not issubclass(form, Line) and form.__module__.startswith("schemas.")}
    assert {form for form in whole if form.__name__ not in parts} - {Act, Papered, Versioned} == set(FILLED)


@pytest.mark.parametrize("form", FILLED)
def test_typed_text_and_json_mean_the_same(form):
    typed, sent = FILLED[form]
    assert form().load(typed) == form().load(sent)


@pytest.mark.parametrize("form", FILLED)
def test_what_a_form_means_can_be_shown_in_it_again(form):
    content = form().load(FILLED[form][0])
    assert form().load(form().dump(content)) == content


def test_a_sale_comes_in_as_the_counter_means_it():
    content = RedemptionForm().load(FILLED[RedemptionForm][0])
    assert content["household"] == "H0031"
    assert content["basket"] == [
        {"item": "G001", "quantity": 2, "points": 365}, {"item": "G002", "quantity": 1, "points": None}
    ]
    who = {"code": None, "name": None, "relation": "女儿", "phone": "4321", "home": "H0007"}
    assert (content["proxy"], content["received"]) == (who, "yes")


def test_a_gift_comes_in_with_what_was_refused():
    first, money, second = DonationForm().load(FILLED[DonationForm][0])["lines"]
    assert (money["item"], money["cash"], money["source"]) == (None, 100_000, "union")
    assert (first["quantity"], first["unit_value"], first["refused"]) == (20, 1250, 0)
    assert (second["quantity"], second["best_before"], second["refused"], second["reason"]) == (0, None, 1, "湿")


def test_everything_that_is_missing_is_asked_for_at_once():
    assert refusals(RedemptionForm, {}) == {
        "occurred_on": ["Please fill this in."], "household": ["Please fill this in."],
        "basket": ["Enter at least one line."],
    }


def test_a_lorry_of_exercise_books_is_one_line_of_what_comes_in():
    def gift(many):
        return {"donor": "D07", "occurred_on": "2026-03-06", "lines": [{"item": "G041", "quantity": many}]}

    assert DonationForm().load(gift("999999"))["lines"][0]["quantity"] == 999_999
    assert refusals(DonationForm, gift("1000000")) == {
        "lines": {0: {"quantity": ["Enter a whole number from 0 to 999999."]}},
    }


def test_everything_that_is_wrong_is_said_at_its_place():
    basket = [SOAP, {"item": "肥皂", "quantity": "2.9"}, {"quantity": 1, "price": 3}]
    assert refusals(RedemptionForm, {"household": "../H1", "occurred_on": "2026-02-30", "basket": basket}) == {
        "household": ["Enter a code of letters, digits and hyphens, such as H0031."],
        "occurred_on": ["Enter a day as year-month-day, such as 2026-03-06."],
        "basket": {
            1: {
                "item": ["Enter a code of letters, digits and hyphens, such as G001."],
                "quantity": ["Enter a whole number from 1 to 9999."],
            },
            2: {"item": ["Please fill this in."], "price": ["There is no such field."]},
        },
    }


@pytest.mark.parametrize("form", FILLED)
def test_a_name_nobody_knows_is_refused_on_every_form(form):
    assert refusals(form, {**FILLED[form][1], "quantiti": 1}) == {"quantiti": ["There is no such field."]}


@pytest.mark.parametrize("form", OF_MANY_LINES)
def test_a_name_nobody_knows_is_refused_in_every_line(form):
    data, name = FILLED[form][1], lines_field(form)
    data = {**data, name: [data[name][0], {**data[name][0], "quantiti": 1}]}
    assert refusals(form, data) == {name: {1: {"quantiti": ["There is no such field."]}}}


@pytest.mark.parametrize(("form", "part"), [(RedemptionForm, "proxy"), (DonationForm, "wish")])
def test_a_part_of_a_form_is_as_strict_as_the_whole(form, part):
    data = FILLED[form][1]
    assert refusals(form, {**data, part: {"nam": "x"}}) == {part: {"nam": ["There is no such field."]}}
    for wrong in ("x", 5, True, [], [{}]):
        assert refusals(form, {**data, part: wrong}) == {part: {"_schema": ["This must be an object with fields."]}}
    for nothing in (None, "", "  "):
        assert form().load({**data, part: nothing})[part] is None


@pytest.mark.parametrize("data", [None, [], [{}], "x", "{}", 0, 5, 2.9, True, float("nan")], ids=shortly)
@pytest.mark.parametrize("form", FILLED)
def test_what_is_no_form_at_all_is_refused(form, data):
    assert refusals(form, data) == {"_schema": ["This must be an object with fields."]}


@pytest.mark.parametrize("lines", [None, "", "  ", []], ids=shortly)
@pytest.mark.parametrize("form", OF_MANY_LINES)
def test_a_form_without_a_line_is_refused(form, lines):
    name = lines_field(form)
    assert refusals(form, {**FILLED[form][1], name: lines}) == {name: ["Enter at least one line."]}


@pytest.mark.parametrize("lines", ["x", 5, True, {}, {"0": SOAP}, SOAP], ids=shortly)
def test_lines_that_are_no_list_are_refused(lines):
    assert refusals(RedemptionForm, {**SALE, "basket": lines}) == {"basket": ["This must be a list of lines."]}


@pytest.mark.parametrize("line", ["x", 5, True, [], [SOAP]], ids=shortly)
def test_a_line_that_is_no_line_is_named_by_its_place(line):
    no_line = {1: {"_schema": ["This must be an object with fields."]}}
    assert refusals(RedemptionForm, {**SALE, "basket": [SOAP, line]}) == {"basket": no_line}
    assert refusals(RedemptionForm, {**SALE, "basket": [SOAP, None]}) == {"basket": {1: ["Please fill this in."]}}


def test_a_form_has_room_for_five_hundred_lines():
    assert len(RedemptionForm().load({**SALE, "basket": [SOAP] * 500})["basket"]) == 500
    assert refusals(RedemptionForm, {**SALE, "basket": [SOAP] * 501}) == {"basket": ["At most 500 lines at a time."]}


def test_too_many_lines_are_counted_before_any_is_read():
    lines = [{}] * 100_000
    assert refusals(RedemptionForm, {**SALE, "basket": lines}) == {"basket": ["At most 500 lines at a time."]}


def test_an_empty_quantity_is_nothing_accepted_but_never_nothing_handed_out():
    gift = {"donor": "D07", "occurred_on": "2026-03-06", "lines": [{"item": "G001", "quantity": "0", "refused": "2"}]}
    assert DonationForm().load(gift)["lines"][0]["quantity"] == 0
    note = {"to": "LY12", "occurred_on": "2026-03-06"}
    for quantity in ("", "0", 0, None, "-1"):
        lines = [{"item": "G001", "quantity": quantity}]
        assert list(refusals(RedemptionForm, {**SALE, "basket": lines})["basket"][0]) == ["quantity"]
        assert list(refusals(DispatchForm, {**note, "lines": lines})["lines"][0]) == ["quantity"]


def test_a_sheet_is_for_one_of_the_two_purses():
    sheet = {**FILLED[SheetForm][1], "purse": "cash"}
    assert refusals(SheetForm, sheet) == {"purse": ["Choose one of: support, merit."]}


def test_goods_that_cost_nothing_may_be_shown_at_no_points():
    sale = RedemptionForm().load({**SALE, "basket": [{**SOAP, "points": "0"}]})
    assert sale["basket"][0]["points"] == 0


def test_what_is_left_out_of_a_registers_line_is_empty_there():
    household = HouseholdForm().load({"name": "王秀兰", "group": 1})
    assert household == {
        "version": 1, "number": "", "name": "王秀兰", "group": 1, "card": "", "id_tail": "",
    }
    donor = DonorForm().load({"code": "D07", "name": "粮油公司"})
    assert donor == {"version": 1, "code": "D07", "name": "粮油公司", "contact": "", "phone": "", "anonymous": 0}
    assert LotForm().load({}) == {"version": 1, "best_before": None, "unit_value_fen": None, "value_basis": None}


@pytest.mark.parametrize(
    ("line", "field", "sentence"),
    [
        ({"quantity": 3}, "item", "Please fill this in."),
        ({"item": "G001", "quantity": 3, "cash": 5}, "cash", "Money stands on a line of its own."),
        ({"item": "G001", "cash": "100000000"}, "cash",
         "Enter an amount in yuan from 0.01 to 99999999.99, with at most two decimals."),
    ],
)
def test_a_line_of_a_gift_is_goods_or_money(line, field, sentence):
    gift = {"donor": "D07", "occurred_on": "2026-03-06", "lines": [line]}
    assert refusals(DonationForm, gift) == {"lines": {0: {field: [sentence]}}}


@pytest.mark.parametrize(
    ("typed", "taken"),
    [("略工发〔2026〕12号", "略工发〔2026〕12号"), (" 略政办发 [2026] 3号", "略政办发[2026]3号"),
     ("２０２６-12", "2026-12"),
     ("a/17", "A/17"), ("评2026-9", "评2026-9"), ("（2026）第1号", "(2026)第1号")],
)
def test_numbers_of_office_papers_are_taken_as_they_are_printed(typed, taken):
    assert DocumentNumber().deserialize(typed) == taken


@pytest.mark.parametrize(
    "words", ["王秀兰", "第3", "王秀兰2026-3", "给王秀兰的2026年3号", "略工发", "abc", "3 号 的 人"]
)
def test_a_document_number_has_no_room_for_a_name(words):
    with pytest.raises(ValidationError, match="as it stands on the paper"):
        DocumentNumber().deserialize(words)


def test_every_wrong_cell_of_an_allocation_is_told_by_outlet():
    grid = {"decision": "3", "occurred_on": "2026-03-06", "goods": [
        {"item": "G001", "shares": {"LY01": "3", "LY02": "two", "L Y": 1}}, {"item": "G002", "shares": 7}]}
    wrong = refusals(AllocationForm, grid)["goods"]
    assert set(wrong[0]["shares"]) == {"LY02", "L Y"}
    assert wrong[1]["shares"] == ["Enter a quantity for each outlet, by its code."]
