"""aixin demo: into an empty database only, with one password that is kept beside it, wholly or not at all."""

import re
import signal

import pytest
from sqlalchemy import func, select

from ledger.commands import main
from ledger.journal import County, Entry
from ledger.registers.passwords import fits
from ledger.registers.staff import Staff
from tests.commands.conftest import UNTIL, calling, code_of, database_in, start


def rows_in(folder):
    """Return how many counties and entries a database holds."""
    store = database_in(folder)
    with store.reading() as session:
        found = [session.scalar(select(func.count()).select_from(table)) for table in (County, Entry)]
    store.close()
    return found


def test_the_demo_says_that_it_is_one_and_how_to_sign_in(demo_place):
    said = (demo_place / "said").read_text()
    assert "DEMO COUNTY" in said and "演示县" in said
    assert all(name in said for name in ("county", "auditor", "ly01-keeper", "ly01-supervisor", "town-jieguanting"))


def test_one_password_for_all_is_made_for_this_demo_and_kept_for_its_owner_alone(demo_place):
    file = demo_place / "instance" / "demo-password"
    password = file.read_text().strip()
    assert file.stat().st_mode & 0o777 == 0o600
    assert f"password for all: {password}" in (demo_place / "said").read_text()
    store = database_in(demo_place)
    with store.reading() as session:
        hashes = set(session.scalars(select(Staff.password_hash)))
    store.close()
    assert len(hashes) == 1 and fits(hashes.pop(), password)


def test_progress_stands_on_standard_error(demo_place):
    told = (demo_place / "told").read_text().splitlines()
    assert told == ["Building the demo county up to 2026-11-20 ...", *(f"demo {n}%" for n in (0, 25, 50, 75, 100))]


def test_a_second_demo_is_refused_in_one_sentence(demo_copy):
    done = calling(demo_copy)("demo", "--until", UNTIL)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "This database holds a county already: 略阳县（演示）. One database is one county.\n"


def test_if_empty_is_quiet_where_there_is_a_county(demo_copy):
    before = (demo_copy / "instance" / "demo-password").read_text()
    done = calling(demo_copy)("demo", "--if-empty")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (demo_copy / "instance" / "demo-password").read_text() == before


def test_the_first_start_migrates_and_builds_in_one_program(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("ledger.commands.demo.ALL_HOUSEHOLDS", 60)
    assert main(["migrate", "--demo"]) == 0
    assert (tmp_path / "instance" / "demo-password").exists()
    told = capsys.readouterr()
    assert told.out == "" and told.err.startswith("The database is up to date.\nBuilding the demo county up to ")


def test_the_second_start_leaves_the_county_as_it_stands(demo_copy):
    before = (demo_copy / "instance" / "demo-password").read_text()
    done = calling(demo_copy)("migrate", "--demo")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "The database is up to date.\n")
    assert (demo_copy / "instance" / "demo-password").read_text() == before


def test_a_real_county_never_becomes_a_demo(aixin, county):
    assert aixin("migrate", "--demo").returncode == 0
    assert aixin("demo").returncode == 1
    assert aixin("demo", "--if-empty").returncode == 0
    assert rows_in(county) == [1, 0]


@pytest.mark.parametrize("arguments", [["--until", "soon"], ["--until", "0001-01-01"], ["--households", "0"]])
def test_a_day_or_a_number_that_is_none_is_wrong_usage(arguments):
    assert code_of("demo", *arguments) == 2


def test_a_demo_before_the_database_is_migrated_is_refused(tmp_path):
    assert calling(tmp_path)("demo").returncode == 1


@pytest.mark.parametrize(("how", "code"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 130)])
def test_killed_or_stopped_halfway_it_leaves_the_database_as_it_was(place, how, code):
    running = start(place, "demo", "--until", UNTIL, "--households", "120")
    while "25%" not in running.stderr.readline():
        assert running.poll() is None
    running.send_signal(how)
    _, error = running.communicate(timeout=120)
    assert running.returncode == code
    assert "Traceback" not in error
    assert rows_in(place) == [0, 0]
    assert not (place / "instance" / "demo-password").exists()


def test_staff_and_tokens_of_a_demo_are_made_like_any_others(demo_copy):
    aixin = calling(demo_copy)
    added = aixin("staff", "add", "ly01-lin", "--role", "keeper", "--book", "LY01")
    assert re.fullmatch(r"\w{4}-\w{4}-\w{4}\n", added.stdout)
    assert len(aixin("token", "create", "--staff", "LY01-LIN").stdout.strip()) > 30
