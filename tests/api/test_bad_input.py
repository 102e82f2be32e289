"""What cannot be right is answered with problem+json that names the field, and nothing is written."""

import json

import pytest

from ledger.web.words import catalogue
from tests.api.calls import ARRIVAL, CALLS, CREDIT, DIFFERENCE, DISPATCH, GIFT, NOTICE, REDEMPTION, REVERSAL, SHEET

WHOLE = "Enter a whole number from {} to 9999."
FILL = "Please fill this in."
DAY = "Enter a day as year-month-day, such as 2026-03-06."
NO_FIELD = "There is no such field."
NO_OBJECT = "This must be an object with fields."
ONE_LINE = "Enter at least one line."
SOAP = {"item": "SOAP", "quantity": 1}


def line(**more):
    """Return a basket or slip of one line."""
    return [{**SOAP, **more}]


CASES = [
    *[(REDEMPTION, {"basket": line(quantity=wrong)}, {"basket.0.quantity": WHOLE.format(1)})
      for wrong in (-1, 0, 2.9, 10**9, 10**30, "2.9", "1e3", True, [], {}, [1], "x" * 5000, 1.5e300)],
    (REDEMPTION, {"basket": line(quantity=None)}, {"basket.0.quantity": FILL}),
    (REDEMPTION, {"basket": [{"quantity": 1}]}, {"basket.0.item": FILL}),
    (REDEMPTION, {"basket": line(item="GOLD")}, {"basket.0.item": "There is no item GOLD."}),
    (REDEMPTION, {"basket": line(item="TOWEL")}, {"basket.0.item": "毛巾 has no points price."}),
    (REDEMPTION, {"basket": line(item=7)},
     {"basket.0.item": "Enter a code of letters, digits and hyphens, such as G001."}),
    (REDEMPTION, {"basket": line(points="11")},
     {"basket.0.item": "The price of 肥皂 is now 12.0 points; the page showed 11.0."}),
    (REDEMPTION, {"basket": line(points="12.55")},
     {"basket.0.points": "Enter points from 0.0 to 9999.9, with at most one decimal."}),
    (REDEMPTION, {"basket": line(quantity=37)},
     {"basket.0.quantity": "Not enough on the shelf: 肥皂, asked 37, there is 36."}),
    (REDEMPTION, {"basket": line(item="OIL")},
     {"basket.0.quantity": "菜籽油 5升: asked 1; 0 can be handed out, 5 more are past their best-before."}),
    (REDEMPTION, {"basket": [{**SOAP, "quantity": 30}, {**SOAP, "quantity": 30}, {"item": "RICE", "quantity": 10}]},
     {"basket.1.quantity": "Not enough on the shelf: 肥皂, asked 30, there is 6.",
      "basket.2.quantity": "Not enough on the shelf: 大米 5千克, asked 10, there is 9."}),
    (REDEMPTION, {"basket": line(quantity=4)},
     {"household": "Not enough points: the basket needs 48.0, the household has 39.5."}),
    (REDEMPTION, {"basket": []}, {"basket": ONE_LINE}), (REDEMPTION, {"basket": None}, {"basket": ONE_LINE}),
    (REDEMPTION, {"basket": {}}, {"basket": "This must be a list of lines."}),
    (REDEMPTION, {"basket": "SOAP"}, {"basket": "This must be a list of lines."}),
    (REDEMPTION, {"basket": ["SOAP"]}, {"basket.0": NO_OBJECT}),
    (REDEMPTION, {"basket": line(colour="red")}, {"basket.0.colour": NO_FIELD}),
    (REDEMPTION, {"basket": [SOAP] * 501}, {"basket": "At most 500 lines at a time."}),
    (REDEMPTION, {"household": "H101"}, {"household": "There is no household H101."}),
    (REDEMPTION, {"household": "61072719500101123X"},
     {"household": "This is a whole ID number, and none is kept here. Enter another one, such as H0031."}),
    (REDEMPTION, {"household": "H002"}, {"household": "Household H002 is frozen or closed; ask the supervisor."}),
    (REDEMPTION, {"household": "H003"},
     {"household": "Household H003 is your own or a relative's; another person must do this."}),
    (REDEMPTION, {"household": ""}, {"household": FILL}), (REDEMPTION, {"household": None}, {"household": FILL}),
    (REDEMPTION, {"household": ["H001"]}, {"household": "Enter a code of letters, digits and hyphens, such as H0031."}),
    (REDEMPTION, {"occurred_on": "2026-03-07"}, {"occurred_on": "2026-03-07 is still to come; today is 2026-03-06."}),
    (REDEMPTION, {"occurred_on": "2026-03-05"},
     {"paper_number": "2026-03-05 is past: enter the number of the paper it was written on."}),
    (REDEMPTION, {"occurred_on": "2025-03-04", "paper_number": "0031"},
     {"occurred_on": "2025-03-04 is more than a year ago. Please check the day."}),
    (REDEMPTION, {"occurred_on": "2026-02-30"}, {"occurred_on": DAY}),
    (REDEMPTION, {"occurred_on": 20260306}, {"occurred_on": DAY}),
    (REDEMPTION, {"occurred_on": None}, {"occurred_on": FILL}),
    (REDEMPTION, {"proxy": {"name": "n" * 5000}}, {"proxy.name": "At most 40 characters; this has 5000."}),
    (REDEMPTION, {"proxy": "Zheng"}, {"proxy": NO_OBJECT}),
    (REDEMPTION, {"proxy": {"age": 4}}, {"proxy.age": NO_FIELD}),
    (REDEMPTION, {"price": 1}, {"price": NO_FIELD}), (REDEMPTION, {"clerk": "gao"}, {"clerk": NO_FIELD}),
    (REDEMPTION, {"book": "LY02"}, {"book": NO_FIELD}), (REDEMPTION, {"key": "x"}, {"key": NO_FIELD}),
    (GIFT, {"donor": "D99"}, {"donor": "There is no donor D99."}),
    (GIFT, {"wish": {"kind": "fame"}}, {"wish.kind": "Choose one of: none, outlets, group, purpose."}),
    (GIFT, {"lines": line(best_before="2026-03-05")},
     {"lines.0.best_before": "肥皂 was best before 2026-03-05. Write it under refused goods."}),
    (GIFT, {"lines": line(unit_value="0.001")},
     {"lines.0.unit_value": "Enter an amount in yuan from 0.01 to 999999.99, with at most two decimals."}),
    (GIFT, {"lines": line(quantity=0)}, {"lines": "Nothing was accepted. Enter at least one line with a quantity."}),
    (DISPATCH, {"to": "LY99"}, {"to": "There is no outlet LY99."}),
    (DISPATCH, {"lines": line(lot="L99")}, {"lines.0.quantity": "Not enough on the shelf: 肥皂, asked 1, there is 0."}),
    (DISPATCH, {"lines": line(item="GOLD")}, {"lines.0.item": "There is no item GOLD."}),
    (ARRIVAL, {"from": "LY02"}, {"dispatch": "There is no transfer note 5."}),
    (ARRIVAL, {"dispatch": 10**9}, {"dispatch": "Enter a whole number from 1 to 999999999."}),
    (ARRIVAL, {"from": None}, {"from": FILL}), (ARRIVAL, {"sender": "COUNTY"}, {"sender": NO_FIELD}),
    (ARRIVAL, {"lines": line(lot="L4")}, {"lines.0.quantity": "肥皂 L4 is not on this transfer note."}),
    (SHEET, {"lines": [{"household": "H001", "rule": "WORK", "points": "99999999"}]},
     {"lines.0.points": "Enter points from 0.1 to 9999.9, with at most one decimal."}),
    (SHEET, {"lines": [{"household": "H001", "rule": "LUCK"}, {"household": "H999", "rule": "WORK"}]},
     {"lines.0.rule": "There is no rule LUCK.", "lines.1.household": "There is no household H999."}),
    (SHEET, {"period": "March"}, {"period": "Enter a month as year-month, such as 2026-10."}),
    (NOTICE, {"place": None}, {"place": FILL}),
    (NOTICE, {"occurred_on": "2026-02-20", "paper_number": "0031"},
     {"occurred_on": "The meeting was on 2026-02-26; its sheet cannot hang before that."}),
    (CREDIT, {"paper_number": "the paper of Wang Xiulan"},
     {"paper_number": "Enter the number as it is printed, such as 0031 or 兑-2026-0007."}),
    (DIFFERENCE, {"reason": "x"}, {"reason": NO_FIELD}),
    (REVERSAL, {"reason": ""}, {"reason": FILL}), (REVERSAL, {"reason": 7}, {"reason": "Enter words here."}),
    (REVERSAL, {"reason": "r" * 5000}, {"reason": "At most 200 characters; this has 5000."}),
]
IDS = [f"{place} {call.name} {str(more)[:50]}" for place, (call, more, _) in enumerate(CASES)]


@pytest.mark.parametrize(("call", "more", "errors"), CASES, ids=IDS)
def test_a_field_that_cannot_be_right_is_named_with_a_sentence(standing, call, more, errors):
    with standing.untouched():
        answer = call.do(standing, **more)
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert answer.json == {
        "type": "about:blank", "title": "Not accepted", "status": 422, "detail": " ".join(errors.values()),
        "errors": {name: [sentence] for name, sentence in errors.items()},
    }


@pytest.mark.parametrize(("call", "more", "errors"), CASES, ids=IDS)
def test_in_chinese_the_same_fields_are_named_in_chinese(standing, call, more, errors):
    answer = call.do(standing, "zh_Hans_CN", **more)
    assert answer.json["errors"].keys() == errors.keys()
    for sentence in (answer.json["title"], *[one for said in answer.json["errors"].values() for one in said]):
        assert any("一" <= sign <= "鿿" for sign in sentence)
        assert sentence not in catalogue("zh_Hans_CN")


@pytest.mark.parametrize("content", [None, [], [1], "text", 7, True, [{}], 1.5])
@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_what_is_sent_is_an_object(standing, call, content):
    with standing.untouched():
        answer = standing.program(call.person).post(
            call.path, data=json.dumps(content), content_type="application/json"
        )
    assert (answer.status_code, answer.json["errors"]) == (422, {"": [NO_OBJECT]})


def test_full_width_digits_are_digits(house):
    done = REDEMPTION.do(house, basket=[{"item": "ｓａｌｔ", "quantity": "１２", "points": "０．０"}])
    assert (done.status_code, done.json["lines"][0]["quantity"]) == (201, 12)


def test_an_act_on_what_is_not_there_is_not_found(standing):
    with standing.untouched():
        for name, path, content in [
            ("gao", "/books/LY01/entries/99/reversal", REVERSAL.content),
            ("gao", "/books/LY01/sheets/99/credit", CREDIT.content),
            ("mei", "/books/LY01/sheets/99/notice", NOTICE.content),
            ("gao", "/books/LY01/arrivals/99/confirmation", {}),
            ("gao", f"/books/LY01/entries/{10**40}/reversal", REVERSAL.content),
            ("gao", f"/books/LY01/sheets/{10**40}/credit", CREDIT.content),
            ("gao", f"/books/LY01/arrivals/{2**63}/confirmation", {}),
        ]:
            answer = standing.program(name).post(path, content)
            assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
            assert answer.json["detail"].startswith("There is no ")
