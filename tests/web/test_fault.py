"""When the program itself breaks: a calm page, nothing booked, the fault in the log, and no trace for the reader."""

import logging

import pytest
from sqlalchemy.exc import OperationalError

from ledger.db import Database
from ledger.errors import Busy, Damaged
from tests.web.acts import ALL, REDEMPTION
from tests.web.faults import faults
from tests.web.house import HERE
from tests.web.page import Page

BROKEN = "Nothing was booked. The fault has been written down for the county office; please try again."


@pytest.fixture
def breaks(monkeypatch):
    """How an act breaks at its very end, when it has done all its work: `breaks(RuntimeError("..."))`."""

    def broken(error):
        def fail(*_):
            raise error

        # What every act does last is to keep its answer under the key of its form.
        monkeypatch.setattr("ledger.journal.submission.KEEP.send", fail)

    return broken


@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
def test_a_fault_shows_a_page_without_a_trace_and_books_nothing(house, breaks, caplog, language):
    action, inputs = REDEMPTION.inputs(house)
    breaks(RuntimeError("the household of Wang Xiulan"))
    with house.untouched():
        answer = house.sit("lin", language).send(action, inputs)
    assert answer.status_code == 500
    assert faults(answer.text, language) == []
    for told in ("Traceback", "RuntimeError", "Wang Xiulan", "submission", ".py"):
        assert told not in answer.text
    if language == "en":
        assert BROKEN in Page(answer.text).main.text
    [said] = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert said.startswith("fault at POST redemption.create\nTraceback") and "submission.py" in said
    assert "basket=[{" not in said and "H001" not in said


def test_what_stood_in_a_row_that_the_database_refused_is_not_in_the_log(house, breaks, caplog):
    action, inputs = REDEMPTION.inputs(house)
    breaks(RuntimeError("new row breaks household_check\nDETAIL:  In it (H001, 王秀兰,\n 1).\nCONTEXT:  function"))
    house.sit("lin").send(action, inputs)
    assert "household_check" in caplog.text and "CONTEXT:  function" in caplog.text
    assert "DETAIL" not in caplog.text and "王秀兰" not in caplog.text


def test_after_a_fault_the_same_form_is_booked(house, monkeypatch):
    action, inputs = REDEMPTION.inputs(house)
    with monkeypatch.context() as patch:
        patch.setattr("ledger.operations.redemption.told", lambda *_: 1 / 0)
        assert house.sit("lin").send(action, inputs).status_code == 500
    assert house.sit("lin").send(action, inputs).location == REDEMPTION.done


@pytest.mark.parametrize("act", ALL, ids=lambda act: act.name)
def test_whatever_act_breaks_nothing_of_it_stands(house, breaks, act):
    action, inputs = act.inputs(house)
    breaks(ZeroDivisionError("oh"))
    before = house.county.state()
    answer = house.sit(act.person).send(action, inputs)
    assert answer.status_code == 500
    assert house.county.state() == before


def test_a_page_that_breaks_shows_the_same_page(house, monkeypatch):
    monkeypatch.setattr("ledger.web.outlet.stock.stock", lambda *_: {}["nothing"])
    answer = house.sit("lin").get("/books/LY01/stock")
    assert answer.status_code == 500
    assert "KeyError" not in answer.text and BROKEN in answer.text


def test_a_program_is_told_as_problem_json(house, breaks):
    breaks(RuntimeError("the household of Wang Xiulan"))
    with house.untouched():
        answer = house.program("gao").post("/books/LY01/entries/9/reversal", {"reason": "wrong"})
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert answer.json == {
        "type": "about:blank", "title": "Something is wrong with the program", "status": 500, "detail": BROKEN
    }


@pytest.mark.parametrize("error", [Busy(), OperationalError("SELECT 1", {}, Exception("disk I/O error"))],
                         ids=["busy", "disk"])
def test_a_busy_book_or_a_full_disk_asks_to_try_again(house, breaks, error):
    action, inputs = REDEMPTION.inputs(house)
    breaks(error)
    with house.untouched():
        answer = house.sit("lin").send(action, inputs)
        told = house.program("gao").post("/books/LY01/entries/9/reversal", {"reason": "wrong"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert "Please send the same form again" in Page(answer.text).main.text
    assert "disk I/O" not in answer.text
    assert (told.status_code, told.mimetype, told.headers["Retry-After"]) == (503, "application/problem+json", "2")


def test_a_damaged_file_is_told_and_what_is_whole_is_served(house, monkeypatch, caplog):
    def torn(*_, **__):
        raise Damaged(why="database disk image is malformed")

    browser, program = house.sit("lin"), house.program("lin")
    monkeypatch.setattr("ledger.web.outlet.stock.stock", torn)
    page, told = browser.get("/books/LY01/stock"), program.get("/books/LY01/stock")
    assert page.status_code == 500
    assert "Please tell the county office at once." in Page(page.text).main.text
    assert "malformed" not in page.text and "at GET stock.show: database disk image is malformed" in caplog.text
    assert faults(house.sit("lin", "zh_Hans_CN").get("/books/LY01/stock").text, "zh_Hans_CN") == []
    assert (told.status_code, told.mimetype) == (200, "application/json")
    assert browser.get("/books/LY01/").status_code == 200


@pytest.mark.parametrize(("error", "said"), [(Busy(), "does not answer"), (Damaged(why="torn"), "is damaged")],
                         ids=["busy", "damaged"])
def test_whether_it_is_ready_is_told_to_a_program_without_a_database_too(house, monkeypatch, error, said):
    def gone(*_, **__):
        raise error

    monkeypatch.setattr(Database, "reading", gone)
    ready = house.sit("lin").get("/readyz")
    assert (ready.status_code, ready.json) == (503, {"status": "not ready", "database": said})


def test_without_a_database_every_page_says_busy_and_the_process_still_lives(house, monkeypatch):
    def gone(*_, **__):
        raise OperationalError("SELECT 1", {}, Exception("unable to open database file"))

    browser, program = house.sit("lin"), house.program("lin")
    monkeypatch.setattr(Database, "reading", gone)
    assert browser.get("/books/LY01/").status_code == 503
    assert browser.client.post("/sign-out", headers=HERE).status_code == 503
    assert program.get("/books").status_code == 503
    assert browser.get("/healthz").json == {"status": "ok"}
    ready = browser.get("/readyz")
    assert (ready.status_code, ready.json["status"]) == (503, "not ready")
    assert browser.get("/static/ledger.css", buffered=True).status_code == 200
