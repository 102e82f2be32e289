"""The county's page for lists: tried first, then taken in; what is wrong is named by row and column."""

import io
from uuid import uuid4

import pytest

from tests.web.house import HERE

LIST = "网点,户编号,户主姓名,组别\nLY01,H0201,单小云,3\n"


def send(browser, content=LIST, kind="households", **more):
    """Send a file."""
    form = {"key": uuid4().hex, "kind": kind, "file": (io.BytesIO(content.encode()), "农户.csv"), **more}
    return browser.client.post("/lists", data=form, headers=HERE, content_type="multipart/form-data")


def test_a_list_is_tried_and_then_taken_in(house):
    wei = house.sit("wei")
    assert "Choose the file once more" in send(wei, trying="1").text
    assert "H0201" not in house.sit("lin").open("/books/LY01/households").main.text
    assert "1 rows were taken in" in send(wei).text
    assert "单小云" in house.sit("lin").open("/books/LY01/households").main.text


def test_what_is_wrong_is_named_by_row_and_column_in_the_readers_language(house):
    refused = send(house.sit("wei", "zh_Hans_CN"), LIST.replace(",3", ",三"))
    assert refused.status_code == 422
    assert "第 2 行，组别：" in refused.text and "整数" in refused.text


def test_a_reload_of_the_same_form_takes_nothing_in_twice(house):
    wei, key = house.sit("wei"), uuid4().hex
    assert send(wei, key=key).status_code == send(wei, key=key).status_code == 200


@pytest.mark.parametrize("content", ["", "\x00\x01"])
def test_a_file_that_is_no_table_is_refused_at_its_field(house, content):
    refused = send(house.sit("wei"), content)
    assert refused.status_code == 422 and 'id="file-error"' in refused.text


def test_every_wrong_cell_is_named_at_once_what_the_form_and_what_the_registers_refuse(house):
    rows = "LY01,H0201,单小云,三\nLY99,H0202,赵一,1\nLY01,H001,钱二,1\n"
    refused = send(house.sit("wei"), LIST.splitlines()[0] + "\n" + rows).text
    assert [refused.count(f"Row {row}, ") for row in (2, 3, 4)] == [1, 1, 1]
    assert "LY99" in refused and "H001 is in the register already" in refused


def test_without_a_file_chosen_the_page_says_so(house):
    wei = house.sit("wei")
    sent = wei.client.post("/lists", data={"key": uuid4().hex, "kind": "items"}, headers=HERE)
    assert sent.status_code == 422 and "Please choose a file." in sent.text


def test_without_a_list_chosen_the_page_says_so(house):
    refused = send(house.sit("wei"), kind="")
    assert refused.status_code == 422 and 'id="kind-error"' in refused.text


def test_an_empty_list_with_its_headings_opens_in_excel(house):
    file = house.sit("wei").get("/lists/households.csv").get_data().decode("utf-8")
    assert file == "\ufeff网点,户编号,户主姓名,组别,卡号,身份证后四位\r\n"
    assert house.sit("wei").get("/lists/nonsense.csv").status_code == 404
