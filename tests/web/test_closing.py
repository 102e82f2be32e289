"""The page of the close: the keeper proposes, the supervisor attests with one tap, and the entry shows it."""

import re
from dataclasses import replace
from uuid import uuid4

import pytest

from ledger.app import create_app
from ledger.db import close_database
from ledger.journal import Book, Wrong, closed_through
from ledger.journal.checkpoint import latest_checkpoint
from ledger.journal.signing import new_key
from ledger.registers.findings import LOG, keep_findings
from ledger.registers.passwords import token_digest
from ledger.registers.staff import Token
from ledger.settings import Settings

HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def service(county, monkeypatch):
    """The service of the county, on the county's clock."""
    url = county.store.url
    settings = Settings(database_url=url, migration_url=url, secret_key="a secret of this test", language="en")
    yield create_app(settings, clock=lambda: county.now)
    close_database()


@pytest.fixture
def key(service, tmp_path):
    """The file of the key with which the service signs the county log."""
    path = tmp_path / "key"
    new_key(path)
    service.config["SETTINGS"] = replace(service.config["SETTINGS"], signing_key_file=path)
    return path


@pytest.fixture
def sit_down(service):
    """How somebody signs in: `sit_down("lin")` gives the browser in which Lin has signed in."""

    def signed_in(name):
        browser = service.test_client()
        with browser.session_transaction() as session:
            session.update(name=name, sessions=1)
        return browser

    return signed_in


def send(browser, path, **form):
    """Send a form."""
    return browser.post(path, data={"key": uuid4().hex, **form}, headers=HERE)


def closed(county, code="LY01"):
    """Return through which day a book is closed."""
    with county.store.reading() as session:
        return closed_through(session.get_one(Book, code)).isoformat()


def test_a_keeper_proposes_the_month_before_and_a_supervisor_closes_it_with_one_tap(county, sit_down):
    keeper, supervisor = sit_down("lin"), sit_down("gao")
    page = keeper.get("/books/LY01/closings").text
    assert 'name="through" type="date" value="2026-02-28"' in page
    assert "This book has not been closed yet." in page
    asked = send(keeper, "/books/LY01/closings", through="2026-02-28")
    assert (asked.status_code, asked.location) == (303, "/books/LY01/closings")
    assert "林玉芳 (lin) proposes to close through 2026-02-28." in keeper.get("/books/LY01/closings").text
    assert "A close of month waits for a second person" in supervisor.get("/books/LY01/").text
    assert "Close through 2026-02-28" in supervisor.get("/books/LY01/closings").text
    done = send(supervisor, "/books/LY01/closings/1/confirmation")
    assert (done.status_code, done.location) == (303, "/books/LY01/entries/1")
    entry = supervisor.get(done.location).text
    assert "Close of month" in entry and "2026-02-28" in entry
    assert closed(county) == "2026-02-28"
    page = keeper.get("/books/LY01/closings").text
    assert "This book is closed through 2026-02-28." in page
    assert 'value="2026-02-28"' not in page, "what is closed is not offered again"


def signed(county):
    """Return how many entries the last checkpoint covers."""
    with county.store.reading() as session:
        last = latest_checkpoint(session)
        return last and last.size


def close_february(sit_down):
    """Propose and attest; return the answer to the tap."""
    send(sit_down("lin"), "/books/LY01/closings", through="2026-02-28")
    return send(sit_down("gao"), "/books/LY01/closings/1/confirmation")


def test_the_county_log_is_signed_behind_the_close_where_there_is_a_key(county, key, sit_down):
    county.book("COUNTY").give(soap=1)
    assert close_february(sit_down).status_code == 303
    assert signed(county) == 2


def test_without_a_key_a_month_is_closed_all_the_same(county, sit_down):
    assert close_february(sit_down).status_code == 303
    assert (closed(county), signed(county)) == ("2026-02-28", None)


def test_a_seal_that_fails_does_not_undo_the_close(county, key, sit_down, caplog):
    key.write_text("not a key any more")
    assert close_february(sit_down).status_code == 303
    assert (closed(county), signed(county)) == ("2026-02-28", None)
    assert "no checkpoint could be signed after a close" in caplog.text


def test_over_what_is_known_to_be_wrong_in_the_log_nothing_is_signed_and_the_month_is_closed(
    county, key, sit_down, caplog
):
    with county.store.writing() as session:
        keep_findings(session, {LOG: Wrong("the node kept is missing")}, whole=True, now=county.now)
    assert close_february(sit_down).status_code == 303
    assert (closed(county), signed(county)) == ("2026-02-28", None)
    assert "the county log is wrong, so it was not signed after a close" in caplog.text


def test_who_proposed_waits_and_is_not_shown_the_button(county, sit_down):
    county_office, colleague = sit_down("wei"), sit_down("han")
    send(county_office, "/books/COUNTY/closings", through="2026-02-28")
    assert "/closings/1/confirmation" not in county_office.get("/books/COUNTY/closings").text
    refused = send(county_office, "/books/COUNTY/closings/1/confirmation")
    assert refused.status_code == 422
    assert "another person must confirm it" in refused.text
    assert "/closings/1/confirmation" in colleague.get("/books/COUNTY/closings").text
    assert send(colleague, "/books/COUNTY/closings/1/confirmation").status_code == 303
    assert closed(county, "COUNTY") == "2026-02-28"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2026-03-06", "2026-03-06 is not over yet; today is 2026-03-06. Only past days can be closed."),
        ("soon", "Enter a day as year-month-day, such as 2026-03-06."),
        ("", "Please fill this in."),
    ],
)
def test_a_wrong_day_is_refused_at_its_field_with_what_was_typed(county, sit_down, typed, sentence):
    refused = send(sit_down("lin"), "/books/LY01/closings", through=typed)
    assert refused.status_code == 422
    assert re.search(rf'id="through-error">{re.escape(sentence)}', refused.text)
    assert f'name="through" type="date" value="{typed}"' in refused.text
    assert county.state()["request"] == []


def test_the_door_is_the_keepers_and_then_the_second_hands(county, sit_down):
    proposing = {name: send(sit_down(name), "/books/LY01/closings", through="2026-02-28").status_code
                 for name in ("mei", "gao", "luo", "wei", "chen", "zhao")}
    assert set(proposing.values()) == {403}
    assert send(sit_down("lin"), "/books/COUNTY/closings", through="2026-02-28").status_code == 403
    attesting = {name: send(sit_down(name), "/books/LY01/closings/1/confirmation").status_code
                 for name in ("lin", "mei", "chen", "zhao", "gao", "luo", "han")}
    shut, open_but_nothing_waits = 403, 404
    assert attesting == {**dict.fromkeys(("lin", "mei", "chen", "zhao"), shut),
                         **dict.fromkeys(("gao", "luo", "han"), open_but_nothing_waits)}


def test_whoever_reads_the_book_reads_its_closes(county, sit_down):
    send(sit_down("lin"), "/books/LY01/closings", through="2026-02-28")
    send(sit_down("gao"), "/books/LY01/closings/1/confirmation")
    for name in ("lin", "mei", "gao", "luo", "wei", "chen"):
        browser = sit_down(name)
        page = browser.get("/books/LY01/closings").text
        # The checker comes from the town; full names are for who works here, for the county and the auditor.
        keeper, supervisor = ("lin", "gao") if name == "luo" else ("林玉芳 (lin)", "高志强 (gao)")
        cells = (f">{keeper}<", f">{supervisor}<", ">2026-02-28<")
        assert [cell in page for cell in cells] == [True, True, True]
        table = browser.get("/books/LY01/closings?format=csv").data.decode("utf-8-sig").splitlines()
        assert len(table) == 2
        assert table[1].startswith("2026-02-28,lin,gao,")


def test_a_close_is_offered_no_reversal(county, sit_down):
    send(sit_down("lin"), "/books/LY01/closings", through="2026-02-28")
    send(sit_down("gao"), "/books/LY01/closings/1/confirmation")
    office = sit_down("han")
    assert "Reverse this entry" not in office.get("/books/LY01/entries/1").text
    refused = send(office, "/books/LY01/entries/1/reversal", reason="too early")
    assert refused.status_code == 422
    assert "A closed month stays closed." in refused.text


def test_a_close_that_waits_is_not_shown_as_a_difference_on_arrival(county, sit_down):
    keeper = sit_down("lin")
    send(keeper, "/books/LY01/closings", through="2026-02-28")
    assert "A difference on arrival waits" not in keeper.get("/books/LY01/").text
    assert keeper.get("/books/LY01/arrivals/requests/1").status_code == 404


@pytest.fixture
def program(service, county):
    """How a program comes: with the token of somebody, `program("lin", path, key, content)`."""
    with county.store.writing() as session:
        session.add_all([Token(digest=token_digest(f"{name}-token"), staff=name, made_us=0) for name in ("lin", "gao")])

    def call(name, path, key, **content):
        headers = {"Authorization": f"Bearer {name}-token", "Idempotency-Key": key}
        return service.test_client().post(f"/api/v1{path}", json=content, headers=headers)

    return call


def test_programs_close_a_month_with_the_same_two_hands(county, program):
    asked = program("lin", "/books/LY01/closings", "proposal-1", through="2026-02-28")
    assert asked.status_code == 201
    assert asked.json == {"book": "LY01", "n": 1, "status": "waiting", "through": "2026-02-28"}
    assert program("lin", "/books/LY01/closings", "proposal-1", through="2026-02-28").headers["Idempotency-Replayed"]
    refused = program("gao", "/books/LY01/closings", "proposal-2", through="2026-02-28")
    assert refused.status_code == 403
    done = program("gao", "/books/LY01/closings/1/confirmation", "one-tap-1")
    assert done.status_code == 201
    assert (done.json["book"], done.json["number"], done.json["through"]) == ("LY01", 1, "2026-02-28")
    late = program("lin", "/books/LY01/closings", "proposal-3", through="2026-02-01")
    assert (late.status_code, late.json["errors"]) == (
        422, {"through": ["The book is closed through 2026-02-28 already."]}
    )
    assert closed(county) == "2026-02-28"
