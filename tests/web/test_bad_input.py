"""What cannot be right is refused at its input with a sentence, the rest stays as typed, and nothing is written."""

import pytest

from ledger.web.words import catalogue
from tests.web.acts import (
    ALL,
    ARRIVAL,
    CLAW_BACK,
    CLOSE,
    DEED,
    DISPATCH,
    DONOR,
    GIFT,
    HOUSEHOLD,
    HOUSEHOLD_CHANGE,
    ITEM_CHANGE,
    NOTICE,
    OBJECTION,
    PRICE,
    RECEIPT,
    REDEMPTION,
    REDIRECT,
    RELATIVE,
    REVERSAL,
    RULE,
    SETTING,
    SHEET,
    SUPPLIER,
    TAKING_DOWN,
)
from tests.web.page import Page

NUMBERS = ["-1", "2.9", "1000000000", "1e3", "zwei", "1 2", "٣٫", "0x10", "9" * 5000, "<b>1</b>", "１．５", "½", "NaN"]
WHOLE = "Enter a whole number from {} to {}."
DAY = "Enter a day as year-month-day, such as 2026-03-06."
CODE = "Enter a code of letters, digits and hyphens, such as {}."
IDENTITY = "This is a whole ID number, and none is kept here. Enter another one, such as {}."
FILL = "Please fill this in."
LONG = "At most {} characters; this has 5000."
FUTURE = "2026-03-07 is still to come; today is 2026-03-06."
PAST = "2026-03-05 is past: enter the number of the paper it was written on."
LINES = "This must be a list of lines."
NEVER = (
    "“信访” may not stand in the rule book: petitions, births, religion, refusals and complaints are people's rights, "
    "and no points are given or withheld for them."
)

ACTS_WITH_A_DAY = (GIFT, DISPATCH, ARRIVAL, SHEET, NOTICE, REDEMPTION)
DAYS = [
    ("2026-03-07", {"occurred_on": FUTURE}), ("2026-03-05", {"paper_number": PAST}),
    ("2026-02-30", {"occurred_on": DAY}),
    ("", {"occurred_on": FILL}), ("yesterday", {"occurred_on": DAY}), ("2026-3-6T10:00", {"occurred_on": DAY}),
]
CASES = [
    # goods donated in
    (GIFT, {"donor": ""}, {"donor": FILL}),
    (GIFT, {"donor": "D99"}, {"donor": "There is no donor D99."}),
    (GIFT, {"donor": "x" * 5000}, {"donor": CODE.format("D07")}),
    (GIFT, {"lines-0-item": ""}, {"lines-0-item": FILL}),
    (GIFT, {"lines-3-item": "GOLD"}, {"lines-3-item": "There is no item GOLD."}),
    (GIFT, {"lines-0-quantity": "1000000"}, {"lines-0-quantity": WHOLE.format(0, 999999)}),
    (GIFT, {"lines-0-quantity": "0", "lines-3-quantity": ""},
     {"lines": "Nothing was accepted. Enter at least one line with a quantity."}),
    (GIFT, {"lines-3-best_before": "2026-03-05"},
     {"lines-3-best_before": "大米 5千克 was best before 2026-03-05. Write it under refused goods."}),
    (GIFT, {"lines-3-best_before": "soon"}, {"lines-3-best_before": DAY}),
    (GIFT, {"lines-3-unit_value": "38.505"},
     {"lines-3-unit_value": "Enter an amount in yuan from 0.01 to 999999.99, with at most two decimals."}),
    (GIFT, {"lines-4-reason": "r" * 5000}, {"lines-4-reason": LONG.format(100)}),
    (GIFT, {"wish-text": "w" * 5000}, {"wish-text": LONG.format(200)}),
    (GIFT, {"wish-kind": "fame"},
     {"wish-kind": "Choose one of: No wish / For named outlets / For a group of people / For a purpose."}),
    # goods sent
    (DISPATCH, {"to": ""}, {"to": FILL}),
    (DISPATCH, {"to": "COUNTY"}, {"to": "Choose another site: the goods are here already."}),
    (DISPATCH, {"to": "LY99"}, {"to": "There is no outlet LY99."}),
    (DISPATCH, {"lines-3-quantity": "0"}, {"lines-3-quantity": WHOLE.format(1, 9999)}),
    (DISPATCH, {"lines-3-quantity": "141"},
     {"lines-3-quantity": "Not enough on the shelf: 肥皂, asked 141, there is 137."}),
    (DISPATCH, {"lines-1-quantity": "", "lines-3-quantity": ""}, {"lines": "Enter at least one line."}),
    # goods checked in
    (ARRIVAL, {"lines-0-quantity": "4"},
     {"lines-0-quantity": "肥皂 L1: 3 on the road, 4 named. Enter what is more under “over”."}),
    (ARRIVAL, {"lines-0-quantity": "2", "lines-0-short": "1"},
     {"lines-0-reason": "Say in words why goods are short or over."}),
    (ARRIVAL, {"lines-0-over": "-1"}, {"lines-0-over": WHOLE.format(0, 999999)}),
    (ARRIVAL, {"lines-0-quantity": ""}, {"lines": "Enter at least one line."}),
    (ARRIVAL, {"lines-0-quantity": "0"}, {"lines": "Enter what arrived, or what is short."}),
    # the sheet and its notice
    (SHEET, {"period": "2026-13"}, {"period": "Enter a month as year-month, such as 2026-10."}),
    (SHEET, {"period": ""}, {"period": FILL}),
    (SHEET, {"purse": "gold"}, {"purse": "Choose one of: Support points / Merit points."}),
    (SHEET, {"lines-0-household": "H101"}, {"lines-0-household": "There is no household H101."}),
    (SHEET, {"lines-0-household": "H002"},
     {"lines-0-household": "Household H002 is frozen or closed; ask the supervisor."}),
    (SHEET, {"lines-0-household": "H004"},
     {"lines-0-household": "Household H004 is your own or a relative's; another person must do this."}),
    (SHEET, {"lines-0-household": "王秀兰"}, {"lines-0-household": CODE.format("H0031")}),
    (SHEET, {"lines-0-rule": "LUCK"}, {"lines-0-rule": "There is no rule LUCK."}),
    (SHEET, {"lines-0-rule": "BASE"},
     {"lines-0-rule": "BASE gives points of the other purse; draw a sheet of its own for them."}),
    (SHEET, {"lines-0-points": "11"}, {"lines-0-points": "WORK gives from 5.0 to 10.0 points."}),
    (SHEET, {"lines-0-points": "8.55"},
     {"lines-0-points": "Enter points from 0.1 to 9999.9, with at most one decimal."}),
    (SHEET, {"lines-0-household": "", "lines-2-rule": ""}, {"lines-0-household": FILL, "lines-2-rule": FILL}),
    (SHEET, {"lines-2-evidence": "e" * 5000}, {"lines-2-evidence": LONG.format(200)}),
    (SHEET, {"minutes": "m" * 5000}, {"minutes": LONG.format(60)}),
    (NOTICE, {"place": ""}, {"place": FILL}),
    (NOTICE, {"place": "　"}, {"place": FILL}),
    (NOTICE, {"place": "p" * 5000}, {"place": LONG.format(60)}),
    # the counter
    (REDEMPTION, {"basket-0-quantity": "10"},
     {"basket-0-quantity": "Not enough on the shelf: 大米 5千克, asked 10, there is 9."}),
    (REDEMPTION, {"basket-0-quantity": "2"},
     {"household": "Not enough points: the basket needs 73.0, the household has 39.5."}),
    (REDEMPTION, {"basket-0-quantity": "", "basket-1-quantity": ""}, {"basket": "Enter at least one line."}),
    (REDEMPTION, {"basket-0-quantity": "99", "basket-2-quantity": "99"},
     {"basket-0-quantity": "Not enough on the shelf: 大米 5千克, asked 99, there is 9.",
      "basket-2-quantity": "Not enough on the shelf: 肥皂, asked 99, there is 36."}),
    (REDEMPTION, {"proxy-name": "n" * 5000}, {"proxy-name": LONG.format(40)}),
    (REDEMPTION, {"household": "H002"}, {"household": "Household H002 is frozen or closed; ask the supervisor."}),
    (REDEMPTION, {"household": "H003"},
     {"household": "Household H003 is your own or a relative's; another person must do this."}),
    # the journal
    (REVERSAL, {"reason": ""}, {"reason": FILL}),
    (REVERSAL, {"reason": "r" * 5000}, {"reason": LONG.format(200)}),
    (CLOSE, {"through": "2026-03-06"},
     {"through": "2026-03-06 is not over yet; today is 2026-03-06. Only past days can be closed."}),
    # registers
    (HOUSEHOLD, {"name": ""}, {"name": FILL}),
    (HOUSEHOLD, {"number": "61072719500101123X"}, {"number": IDENTITY.format("H0031")}),
    (HOUSEHOLD, {"card": "610727195001011234"}, {"card": IDENTITY.format("610001")}),
    (HOUSEHOLD, {"name": "n" * 5000}, {"name": LONG.format(40)}),
    (HOUSEHOLD, {"number": "H001"}, {"number": "H001 is in the register already."}),
    (HOUSEHOLD, {"card": "610001"}, {"card": "This card belongs to household H001."}),
    (HOUSEHOLD, {"id_tail": "61072719660307004X"},
     {"id_tail": "Enter at most the last four signs of the ID number, such as 123X."}),
    (HOUSEHOLD, {"group": "0"}, {"group": WHOLE.format(1, 99)}),
    (HOUSEHOLD, {"group": ""}, {"group": FILL}),
    (DONOR, {"anonymous": "perhaps"}, {"anonymous": "Answer yes or no."}),
    (HOUSEHOLD_CHANGE, {"name": " "}, {"name": FILL}),
    (DONOR, {"code": "D7"}, {"code": "D7 is in the register already."}),
    (DONOR, {"code": ""}, {"code": FILL}),
    (DONOR, {"phone": "1" * 5000}, {"phone": "Enter a phone number, such as 0916-4822333."}),
    (DONOR, {"phone": "not a phone"}, {"phone": "Enter a phone number, such as 0916-4822333."}),
    (ITEM_CHANGE, {"unit": ""}, {"unit": FILL}),
    (ITEM_CHANGE, {"name": "n" * 5000}, {"name": LONG.format(40)}),
    (PRICE, {"points": "-1"}, {"points": "Enter points from 0.0 to 9999.9, with at most one decimal."}),
    (PRICE, {"valid_from": "2026-03-05"}, {"valid_from": "A price holds from today (2026-03-06) or later."}),
    (RELATIVE, {"household": "H999"}, {"household": "There is no household H999."}),
    (SUPPLIER, {"code": ""}, {"code": FILL}),
    (RULE, {"points_max": "4"}, {"points_max": "The most cannot be below the least."}),
    (RULE, {"category": "信访"}, {"category": NEVER}),
    (SETTING, {"value": "soon"}, {"value": WHOLE.format(1, 9999)}),
    # points and goods, their other cases
    (REDIRECT, {"to": "LY99"}, {"to": "There is no outlet LY99."}),
    (RECEIPT, {"receipt_code": "c" * 5000}, {"receipt_code": CODE.format("61010125")}),
    (TAKING_DOWN, {"occurred_on": "2026-03-07"}, {"occurred_on": FUTURE}),
    (OBJECTION, {"words": ""}, {"words": FILL}),
    (OBJECTION, {"line": "9"}, {"line": "There is no line 9."}),
    (CLAW_BACK, {"household": "H999"}, {"household": "There is no household H999."}),
    (DEED, {"household": ""}, {"household": FILL}),
    (DEED, {"evidence": "e" * 5000}, {"evidence": LONG.format(200)}),
    (RELATIVE, {"household": "H101"}, {"household": "There is no household H101."}),
    (RELATIVE, {"tie": "friend"}, {"tie": "Choose one of: Own household / Relative."}),
]
QUANTITIES = [
    (GIFT, "lines-0-quantity", 0, 999_999), (GIFT, "lines-4-refused", 0, 999_999),
    (DISPATCH, "lines-3-quantity", 1, 9_999), (ARRIVAL, "lines-0-quantity", 0, 999_999),
    (ARRIVAL, "lines-0-short", 0, 999_999), (REDEMPTION, "basket-1-quantity", 1, 9_999),
]


def refused(house, act, typed):
    """Do an act that must be refused without a trace, and return the page that is shown again."""
    with house.untouched():
        answer = act.do(house, **typed)
    assert answer.status_code == 422, answer.location
    return Page(answer.text)


def case(act, typed):
    return f"{act.name} with {' '.join(f'{name}={value[:12]}' for name, value in typed.items())}"


EACH = pytest.mark.parametrize(("act", "typed", "sentences"), CASES, ids=[case(*one[:2]) for one in CASES])


@EACH
def test_what_is_wrong_is_said_at_its_input_and_what_was_typed_still_stands_there(standing, act, typed, sentences):
    page = refused(standing, act, typed)
    assert page.errors() == {name: [sentence] for name, sentence in sentences.items()} or unseen(page, sentences)
    assert all(said.endswith(sentence) for said, sentence in zip(page.summary(), sentences.values(), strict=True))
    inputs = [one for one in page.main.all("input", "select") if one["type"] != "hidden"]
    assert {one["name"] for one in inputs if one["aria-invalid"]} == {one["name"] for one in inputs} & sentences.keys()
    kept = {one["name"] for one in inputs if one["type"] in ("text", "date") or one["name"] not in typed}
    wanted = {name: value for name, value in {**act.form, **typed}.items() if name in kept}
    _, shown = page.form(act.to)
    assert {name: shown[name] for name in wanted if name in shown} == wanted


def unseen(page, sentences):
    """Tell whether the sentence is about an input that this page hides, so that it stands at the head alone."""
    return all(name not in page.form()[1] for name in sentences)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(("act", "name", "least", "most"), QUANTITIES,
                         ids=[f"{act.name} {name}" for act, name, _, _ in QUANTITIES])
def test_a_quantity_is_a_whole_number_within_its_limits(standing, act, name, least, most, number):
    assert refused(standing, act, {name: number}).errors() == {name: [WHOLE.format(least, most)]}


@pytest.mark.parametrize(("act", "name", "least", "most"), QUANTITIES,
                         ids=[f"{act.name} {name}" for act, name, _, _ in QUANTITIES])
def test_full_width_digits_are_digits(house, act, name, least, most):
    typed = {"lines-0-reason": "one is missing", "lines-0-quantity": "２"} if name == "lines-0-short" else {}
    assert act.do(house, **typed, **{name: "１"}).status_code == 303


@pytest.mark.parametrize(("day", "sentences"), DAYS, ids=[day or "no day" for day, _ in DAYS])
@pytest.mark.parametrize("act", ACTS_WITH_A_DAY, ids=lambda act: act.name)
def test_an_act_happened_today_or_on_a_past_day_that_has_its_paper(standing, act, day, sentences):
    page = refused(standing, act, {"occurred_on": day})
    assert page.errors() == {name: [sentence] for name, sentence in sentences.items()}
    assert page.form(act.to)[1]["occurred_on"] == day


@pytest.mark.parametrize("act", [GIFT, ARRIVAL, SHEET, REDEMPTION], ids=lambda act: act.name)
def test_with_its_paper_a_past_day_is_taken(house, act):
    assert act.do(house, occurred_on="2026-03-05", paper_number="兑-2026-0007").location == act.done


def test_an_expired_lot_is_neither_offered_nor_taken(house):
    page = house.sit("lin").open("/books/LY01/redemptions/new?household=H001")
    assert not any("菜籽油" in table.text for table in page.main.all("table"))
    page = refused(house, REDEMPTION, {"basket-0-item": "OIL"})
    assert page.summary() == ["The price of 菜籽油 5升 is now 50.0 points; the page showed 36.5."]
    page = refused(house, REDEMPTION, {"basket-0-item": "OIL", "basket-0-points": "50"})
    assert page.summary() == ["菜籽油 5升: asked 1; 0 can be handed out, 5 more are past their best-before."]
    page = refused(house, DISPATCH, {"lines-0-quantity": "1"})
    assert page.summary() == ["菜籽油 5升: asked 1; 0 can be handed out, 15 more are past their best-before."]


@pytest.mark.parametrize("household",
                         ["H101", "H999", "x" * 5000, "", "<script>alert(1)</script>",
                          "H001'; DROP TABLE household; --"])
def test_a_household_of_another_outlet_or_of_none_is_not_served(house, household):
    page = refused(house, REDEMPTION, {"household": household})
    assert len(page.summary()) == 1
    assert "周大山" not in page.text


SIGNS = "<script>alert('x')</script> \" & {{ 7*7 }} ' 一"


@pytest.mark.parametrize(
    ("act", "name"),
    [(GIFT, "wish-text"), (SHEET, "lines-2-evidence"), (NOTICE, "place"), (REVERSAL, "reason"), (HOUSEHOLD, "name"),
     (DONOR, "name"), (ITEM_CHANGE, "spec")],
    ids=lambda value: getattr(value, "name", value),
)
def test_signs_of_a_program_in_words_are_words(house, act, name):
    done = act.do(house, **{name: SIGNS[:40]})
    assert done.status_code == 303
    answer = house.sit(act.person).get(act.done)
    assert SIGNS[:40] in Page(answer.text).text
    assert "<script>alert" not in answer.text


@EACH
def test_in_chinese_the_same_is_said_in_chinese(standing, act, typed, sentences):
    answer = act.do(standing, "zh_Hans_CN", **typed)
    assert answer.status_code == 422
    page = Page(answer.text)
    said = [sentence for at_one in page.errors().values() for sentence in at_one] + page.summary()
    assert said
    for sentence in said:
        assert any("一" <= sign <= "鿿" for sign in sentence)
        assert sentence not in catalogue("zh_Hans_CN")


def test_every_act_that_has_inputs_is_tried_here():
    tried = {act.name for act, *_ in CASES}
    assert {act.name for act in ALL if act.form} - tried == set()
