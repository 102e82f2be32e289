"""Forms as no page of ours sends them: they are refused like a slip of the finger, and never a fault of the program."""

import io
from uuid import uuid4

import pytest

from tests.web.acts import ALL, ARRIVAL, CLOSE, DONOR, GIFT, REDEMPTION, REVERSAL, SHEET
from tests.web.house import HERE
from tests.web.page import Page

EACH = pytest.mark.parametrize("act", ALL, ids=lambda act: act.name)
NO_FIELD = "There is no such field."
NO_LINES = "This must be a list of lines."


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("basket-x-item", "SOAP", NO_LINES), ("basket--1-item", "SOAP", NO_LINES), ("basket-１-item", "SOAP", NO_LINES),
        ("basket-99999-quantity", "1", NO_LINES), (f"basket-{'9' * 5000}-quantity", "1", NO_LINES),
        ("basket-", "1", NO_LINES), ("basket-7", "SOAP", NO_LINES), ("basket", "SOAP", NO_FIELD),
        ("basket-0-item-9", "SOAP", NO_FIELD), ("basket-0-quantity-", "1", NO_FIELD),
        ("basket-0-colour", "red", f"大米 5千克: {NO_FIELD}"),
        ("proxy", "Zheng", NO_FIELD), ("proxy-name-0", "Zheng", NO_FIELD), ("proxy-age", "40", NO_FIELD),
        ("household-", "H001", NO_FIELD), ("price", "0", NO_FIELD), ("clerk", "gao", NO_FIELD),
        ("book", "LY02", NO_FIELD),
        ("now", "2020-01-01", NO_FIELD), ("session", "1", NO_FIELD), ("", "1", NO_FIELD), ("-", "1", NO_FIELD),
        ("---", "1", NO_FIELD), ("_schema", "1", NO_FIELD), ("käse", "1", NO_FIELD), ("\x00", "1", NO_FIELD),
    ],
)
def test_an_input_that_no_page_has_is_not_passed_over(house, name, value, sentence):
    with house.untouched():
        answer = REDEMPTION.do(house, **{name: value})
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.summary() == [sentence]
    assert page.form()[1]["basket-0-quantity"] == "1"


def test_inputs_are_refused_in_whichever_order_they_come(house):
    action, inputs = REDEMPTION.inputs(house)
    for first in ({"basket": "SOAP"}, {"basket-0": "SOAP"}, {"basket-0-item-9": "SOAP"}, {"proxy": "Zheng"}):
        with house.untouched():
            answer = house.sit("lin").send(action, {**first, **inputs, "proxy-name": "Zheng"})
        assert answer.status_code == 422


def test_of_a_name_that_comes_twice_the_last_counts(house):
    action, inputs = REDEMPTION.inputs(house)
    inputs["basket-0-quantity"] = ["9", "1"]
    assert house.sit("lin").send(action, inputs).location == REDEMPTION.done


def test_a_box_that_is_ticked_is_ticked(house):
    action, inputs = DONOR.inputs(house)
    inputs["anonymous"] = ["0", "1"]
    done = house.sit("wei").send(action, inputs)
    boxes = [one for one in house.sit("wei").open(f"{done.location}/edit").all("input") if one["type"] == "checkbox"]
    assert ["checked" in one.attributes for one in boxes] == [True]


def test_unticking_a_box_is_kept(house):
    for tick in ("1", "0"):
        house.sit("wei").fill("/registers/donors/D7/edit", {"anonymous": tick}, to="/D7")
        _, inputs = house.sit("wei").open("/registers/donors/D7/edit").form("/D7")
        assert inputs["anonymous"] == tick


@EACH
def test_an_empty_form_is_refused(house, act):
    action, _ = act.inputs(house)
    with house.untouched():
        for data in ({}, {"": ""}, b"\xff\xfe", b"&&&===", b"a" * 100_000, b"%zz=%ff&%00=%00"):
            answer = house.sit(act.person).client.post(action, data=data, headers=HERE)
            assert answer.status_code == 422


@EACH
def test_json_or_a_file_is_not_a_form(house, act):
    action, inputs = act.inputs(house)
    with house.untouched():
        answer = house.sit(act.person).client.post(action, json=inputs, headers=HERE)
        assert answer.status_code == 422
        files = {name: (io.BytesIO(b"MZ\x00\x01"), "photo.exe") for name in act.form or {"reason": ""}}
        files["key"] = (io.BytesIO(uuid4().hex.encode()), "key.txt")
        answer = house.sit(act.person).client.post(action, data=files, headers=HERE, content_type="multipart/form-data")
        assert answer.status_code == 422


@pytest.mark.parametrize("act", [REVERSAL, CLOSE, REDEMPTION], ids=lambda act: act.name)
def test_a_form_may_be_sent_in_parts_as_well(house, act):
    action, inputs = act.inputs(house)
    answer = house.sit(act.person).client.post(action, data=inputs, headers=HERE, content_type="multipart/form-data")
    assert answer.location == act.done


def test_a_file_beside_the_inputs_is_left_aside(house):
    action, inputs = REVERSAL.inputs(house)
    answer = house.sit("gao").client.post(action, data={**inputs, "photo": (io.BytesIO(b"GIF89a"), "a.gif")},
                                          headers=HERE)
    assert answer.location == REVERSAL.done


def test_a_form_that_is_too_large_is_refused_with_a_page(house):
    action, inputs = REVERSAL.inputs(house)
    with house.untouched():
        head = b'--cut\r\nContent-Disposition: form-data; name="reason"\r\n\r\n'
        parts = head + b"x" * 2_100_000 + b"\r\n--cut--\r\n"
        for data, kind in [
            ({**inputs, "reason": "x" * 2_100_000}, None), (parts, "multipart/form-data; boundary=cut"),
        ]:
            answer = house.sit("gao").client.post(action, data=data, headers=HERE, content_type=kind)
            assert answer.status_code == 413
            assert "Too large" in Page(answer.text).main.text


@pytest.mark.parametrize("act", [GIFT, SHEET, ARRIVAL], ids=lambda act: act.name)
def test_more_lines_than_a_form_may_have_are_refused_at_once(house, act):
    line = next(name for name in act.form if name.startswith("lines-0-"))
    most = 3600 if act is SHEET else 500  # three hundred households by twelve rules
    with house.untouched():
        answer = act.do(house, **{line.replace("-0-", f"-{n}-"): act.form[line] for n in range(most + 1)})
    assert answer.status_code == 422
    assert f"At most {most} lines at a time." in Page(answer.text).summary()


def test_a_line_far_below_is_shown_again_where_it_was(house):
    answer = SHEET.do(house, **{"lines-90-household": "H001", "lines-90-rule": "LUCK"})
    page = Page(answer.text)
    assert page.errors() == {"lines-90-rule": ["There is no rule LUCK."]}
    assert page.form()[1]["lines-90-rule"] == "LUCK"


@pytest.mark.parametrize("number", ["0", "99", str(2**63), "9" * 60])
def test_what_is_not_there_is_not_found_by_a_form_either(house, number):
    with house.untouched():
        for name, path in [
            ("gao", f"/books/LY01/entries/{number}/reversal"), ("wei", f"/books/LY01/entries/{number}/erasure"),
            ("gao", f"/books/LY01/arrivals/{number}/confirmation"), ("gao", f"/books/LY01/sheets/{number}/credit"),
            ("mei", f"/books/LY01/sheets/{number}/notice"), ("gao", f"/books/LY01/closings/{number}/confirmation"),
            ("mei", f"/books/LY01/households/{number}"), ("mei", f"/books/LY01/households/{number}/retirement"),
            ("wei", f"/registers/items/{number}"), ("wei", f"/registers/items/{number}/prices"),
            ("wei", f"/registers/staff/{number}/password"), ("wei", f"/registers/staff/{number}/kin"),
            ("wei", f"/donors/{number}/link"), ("wei", f"/registers/{number}/"),
        ]:
            form = {
                "reason": "r", "place": "p", "occurred_on": "2026-03-06", "name": "n", "code": "X1", "unit": "个",
                "points": "1", "valid_from": "2026-03-06", "outlet": "LY01", "household": "H001",
            }
            wanted = wanted_by(path)
            answer = house.sit(name).send(path, {field: form[field] for field in wanted})
            assert answer.status_code == 404, path


def wanted_by(path):
    """Return which inputs the form has that is sent to an address."""
    names = {
        "reversal": ["reason"], "credit": ["occurred_on"], "notice": ["occurred_on", "place"],
        "prices": ["points", "valid_from"], "kin": ["outlet", "household"],
    }
    last = path.rsplit("/", 1)[1]
    if "/registers/items/" in path and last.isdigit():
        return ["code", "name", "unit"]
    return names.get(last, ["name"] if "/households/" in path and last.isdigit() else [])


def test_what_was_not_filled_in_is_named_at_the_head_of_the_form_by_its_label(house):
    page = Page(house.sit("gao").fill("/books/LY01/households/new", {"name": "", "group": "x"}, "/households").text)
    assert sorted(page.summary()) == [
        "Group: Enter a whole number from 1 to 99.", "Head of household: Please fill this in.",
    ]
