"""Every act of a program takes the number of the paper it was first written on; what is none is refused at its field.
"""

import pytest

from ledger.web.api.acts import ACTS
from schemas.fields import DocumentNumber, PaperNumber

EACH = pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
NONE = ["王秀兰", "0" * 30, "no digits", ["0031"], 31, {"number": "0031"}]
"""What is the number of no paper."""


@EACH
def test_every_act_takes_the_number_of_a_paper(act):
    assert isinstance(act.schema().fields["paper_number"], PaperNumber | DocumentNumber)
    assert "paper_number" not in act.schema().validate({"paper_number": "兑-2026-0031"})


@EACH
def test_what_is_the_number_of_no_paper_is_refused_at_its_field_on_every_act(act):
    for wrong in NONE:
        (sentence,) = act.schema().validate({"paper_number": wrong})["paper_number"]
        assert sentence.message.startswith("Enter the number as it "), wrong


@pytest.mark.parametrize(("language", "sentence"), [
    ("en", "Enter the number as it is printed, such as 0031 or 兑-2026-0007."),
    ("zh_Hans_CN", "请照纸上印的编号填写，如 0031 或 兑-2026-0007。"),
])
@pytest.mark.parametrize(("who", "path", "content"), [
    ("lin", "/books/LY01/needs", {"item": "RICE"}),
    ("gao", "/books/LY01/arrivals/1/confirmation", {}),
    ("lin", "/books/LY01/closings", {"through": "2026-02-28"}),
])
def test_and_nothing_is_written_in_either_language(house, who, path, content, language, sentence):
    with house.untouched():
        answer = house.program(who, language).post(path, {**content, "paper_number": "王秀兰"})
    assert (answer.status_code, answer.json["errors"]) == (422, {"paper_number": [sentence]})


def test_the_number_comes_back_in_the_answer_and_stands_in_the_entry(house):
    program = house.program("gao")
    done = program.post("/books/LY01/arrivals/1/confirmation", {"paper_number": "调-2026-7"})
    assert (done.status_code, done.json["paper_number"]) == (201, "调-2026-7")
    entry = program.get(f"/books/LY01/entries/{done.json['number']}").json
    assert entry["facts"]["paper_number"] == "调-2026-7"


def test_the_description_for_programs_tells_of_it_at_every_act(house):
    told = house.nobody().get("/api/v1/openapi.json").json
    doors = [door["post"] for door in told["paths"].values() if "post" in door]
    assert len(doors) == len(ACTS)
    for door in doors:
        for body in (door["requestBody"], door["responses"]["201"]):
            shape = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            field = told["components"]["schemas"][shape]["properties"]["paper_number"]
            assert "string" in field["type"], (door["operationId"], shape)
