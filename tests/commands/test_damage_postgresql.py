"""A page that the disk of a PostgreSQL server has spoilt: found in the night, said in red, and the counter is open."""

import re

import psycopg
import pytest

from ledger.app import create_app
from ledger.db import Database, close_database
from ledger.journal import Wrong
from ledger.registers.findings import FILE, findings, keep_findings
from ledger.settings import Settings
from tests.commands.conftest import calling
from tests.county import TODAY
from tests.stores import SERVICE

FOUND = r"the file itself: the database is damaged \(%s\)"
TORN = FOUND % "invalid page in block 0 of relation base/[0-9]+/[0-9]+"
LOST = FOUND % 'could not open file "base/[0-9]+/[0-9]+": No such file or directory'
KNOWN = {"LY01": Wrong("its digest does not fit it", 12)}


@pytest.fixture
def spoilt(server, postgresql_county):
    """How the disk spoils the first page of a table, or loses its file: `spoilt("household")` gives the URL of the
    database.
    """

    def spoil(table, *, lost=False):
        server.copy(postgresql_county, "sound")
        kept = Database(server.url("sound", SERVICE))
        with kept.writing() as session:
            keep_findings(session, KNOWN, whole=True, now=TODAY)
        kept.close()
        # Of a copy made file by file the server has read nothing yet.
        server.copy("sound", "spoilt")
        with psycopg.connect(server.url("spoilt").replace("+psycopg", "")) as connection:
            (path,) = connection.execute("SELECT pg_relation_filepath(%s)", [table]).fetchone()
        file = server.folder / "data" / path
        if lost:
            file.unlink()
        else:
            file.write_bytes(b"\xff" * 8192 + file.read_bytes()[8192:])
        return server.url("spoilt", SERVICE)

    yield spoil
    for name in ("sound", "spoilt"):
        server.say(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def pages():
    """The service beside a database: `pages(url, "en")` gives a browser nobody has signed in at."""

    def opened(url, language):
        settings = Settings(database_url=url, migration_url=url, secret_key="a secret of this test", language=language)
        return create_app(settings, clock=lambda: TODAY).test_client()

    yield opened
    close_database()


@pytest.mark.parametrize(("register", "lost", "told"), [
    ("household", False, TORN), ("item", False, TORN), ("staff", True, LOST),
])
def test_a_register_that_the_disk_has_spoilt_is_found_in_the_first_night(spoilt, tmp_path, register, lost, told):
    url = spoilt(register, lost=lost)
    done = calling(tmp_path)("nightly", AIXIN_DATABASE_URL=url)
    (said,) = done.stdout.splitlines()[1:-1]
    assert (done.returncode, bool(re.fullmatch(told, said))) == (1, True)
    store = Database(url)
    with store.reading() as session:
        assert FILE in [finding.book for finding in findings(session)]
    store.close()


@pytest.mark.parametrize(("language", "red"), [
    ("en", "The file of the books is damaged."), ("zh_Hans_CN", "账簿文件有损坏。"),
])
def test_the_counter_is_open_and_says_in_red_that_the_findings_themselves_are_spoilt(spoilt, pages, language, red):
    browser = pages(spoilt("finding"), language)
    page, ready = browser.get("/sign-in"), browser.get("/readyz")
    assert (page.status_code, red in page.text, ready.status_code) == (200, True, 200)
    assert ready.json["differences"] == ["the file itself: the database is damaged"]
