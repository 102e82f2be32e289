"""A real beginning: migrate, found the county, take in the office. One sentence whenever that is refused."""

import os
import re
import shutil
import subprocess

import pytest
from sqlalchemy import func, select

from ledger.db import is_migrated
from ledger.journal import books, county_of
from ledger.registers.items import Item, ItemPrice
from ledger.registers.passwords import fits, token_digest
from ledger.registers.register import changes_of
from ledger.registers.rules import Rule
from ledger.registers.staff import Staff, Token
from tests.commands.conftest import PROJECT, calling, code_of, database_in
from tests.postgres import SERVICE

PLACE = "This role needs a place: an outlet, for a town checker a town."


@pytest.fixture
def kept(place):
    """What stands in the database when the commands are done."""
    store = database_in(place)
    with store.reading() as session:
        yield session
    store.close()


def one_sentence(done):
    """Return what was refused, in the one line it takes."""
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    return line


# aixin migrate


def test_migrate_makes_a_new_database_and_may_be_called_again(tmp_path):
    for _ in range(2):
        done = calling(tmp_path)("migrate")
        assert (done.returncode, done.stdout) == (0, "")
        assert "up to date" in done.stderr
    store = database_in(tmp_path)
    with store.reading() as session:
        assert is_migrated(session)
    store.close()
    assert (tmp_path / "instance").stat().st_mode & 0o777 == 0o700


def test_migrate_says_in_one_sentence_why_a_database_cannot_be_used(tmp_path):
    done = calling(tmp_path)("migrate", AIXIN_DATABASE_URL="sqlite:////nowhere/at/all/ledger.sqlite")
    assert done.returncode == 1
    assert one_sentence(done).startswith("The database cannot be used: unable to open database file")


def test_a_wrong_setting_is_wrong_usage(tmp_path):
    done = calling(tmp_path)("migrate", AIXIN_DATABASE_URL="mysql://somewhere/county")
    assert done.returncode == 2
    assert one_sentence(done) == "AIXIN_DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://."


@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
def test_migrate_gives_the_role_of_the_service_its_rights_and_no_more(empty_url, tmp_path):
    service = empty_url.replace("//owner@", f"//{SERVICE}@")
    done = calling(tmp_path)("migrate", AIXIN_DATABASE_URL=service, AIXIN_MIGRATION_URL=empty_url)
    assert done.returncode == 0, done.stderr
    founded = calling(tmp_path)("county", "new", "略阳县", "--code", "610727", AIXIN_DATABASE_URL=service)
    assert founded.returncode == 0, founded.stderr
    refused = calling(tmp_path)("migrate", AIXIN_DATABASE_URL=service)
    assert refused.returncode == 1
    assert "may not change this database: must be owner of relation" in one_sentence(refused)


@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
def test_where_it_may_not_give_rights_migrate_prints_what_to_say_to_the_database(empty_url, tmp_path):
    nobody = empty_url.replace("//owner@", "//nobody-yet@")
    done = calling(tmp_path)("migrate", AIXIN_DATABASE_URL=nobody, AIXIN_MIGRATION_URL=empty_url)
    assert done.returncode == 1
    assert 'GRANT USAGE ON SCHEMA "public" TO "nobody-yet";' in done.stdout
    assert "nobody-yet could not be given its rights" in done.stderr


# aixin county new


def test_a_new_county_is_no_demo_and_has_a_store_with_a_book_and_the_starter_rules(aixin, kept):
    done = aixin("county", "new", "略阳县", "--code", "610727")
    assert done.returncode == 0, done.stderr
    assert "aixin staff add NAME --role county --book COUNTY" in done.stdout
    assert "proposed by one and confirmed by another" in done.stdout
    county = county_of(kept)
    assert (county.name, county.code, county.timezone, county.demo) == ("略阳县", "610727", "Asia/Shanghai", 0)
    assert [book.code for book in books(kept)] == ["COUNTY"]
    assert kept.scalar(select(func.count()).select_from(Rule)) == 30
    assert kept.scalar(select(func.count()).select_from(Item)) == 0


def test_with_items_it_also_has_45_items_with_prices_in_tenths_from_today(aixin, kept):
    assert aixin("county", "new", "略阳县", "--code", "610727", "--with-items").returncode == 0
    assert kept.scalar(select(func.count()).select_from(Item)) == 45
    prices = dict(kept.execute(select(ItemPrice.item, ItemPrice.points_tenths)).all())
    assert (len(prices), prices["G001"], prices["G011"]) == (45, 390, 5)


def test_a_second_county_is_refused(aixin, county):
    done = aixin("county", "new", "宁强县", "--code", "610726")
    assert done.returncode == 1
    assert one_sentence(done) == "This database holds a county already: 略阳县. One database is one county."


def test_nothing_begins_before_the_database_is_migrated(tmp_path):
    done = calling(tmp_path)("county", "new", "略阳县", "--code", "610727")
    assert done.returncode == 1
    assert one_sentence(done) == "This database is not ready for this program. Run: aixin migrate"
    assert not (tmp_path / "instance" / "ledger.sqlite").exists(), "asking makes no file"


@pytest.mark.parametrize("arguments", [["略阳县"], ["略阳县", "--code", "六一"], ["", "--code", "610727"]])
def test_a_county_without_a_name_or_a_code_is_wrong_usage(arguments):
    assert code_of("county", "new", *arguments) == 2


# aixin staff, aixin token


def test_a_new_member_of_staff_gets_a_one_time_password_alone_on_standard_output(aixin, county, kept):
    done = aixin("staff", "add", "lin", "--role", "county", "--book", "COUNTY", "--full-name", "林某")
    assert (done.returncode, done.stderr) == (0, "")
    lin = kept.get(Staff, "lin")
    assert (lin.full_name, lin.role, lin.one_time) == ("林某", "county", 1)
    assert re.fullmatch(r"\w{4}-\w{4}-\w{4}\n", done.stdout)
    assert fits(lin.password_hash, done.stdout.strip())
    assert done.stdout.strip() not in {change.after for change in changes_of(kept, lin)}


def test_reset_gives_another_password_and_ends_every_session(aixin, county, kept):
    first = aixin("staff", "add", "lin", "--role", "auditor").stdout.strip()
    done = aixin("staff", "reset", "lin")
    assert done.returncode == 0
    lin = kept.get(Staff, "lin")
    assert fits(lin.password_hash, done.stdout.strip()) and not fits(lin.password_hash, first)
    assert lin.sessions > 2


def test_a_token_is_printed_alone_and_only_its_digest_is_kept(aixin, county, kept):
    aixin("staff", "add", "lin", "--role", "county")
    done = aixin("token", "create", "--staff", "lin")
    assert (done.returncode, done.stderr) == (0, "")
    assert kept.get(Token, token_digest(done.stdout.strip())).staff == "lin"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["staff", "add", "lin", "--role", "keeper", "--book", "LY01"], "There is no outlet LY01."),
        (["staff", "add", "lin", "--role", "checker"], PLACE),
        (["staff", "reset", "nobody"], "There is no member of staff nobody."),
        (["token", "create", "--staff", "nobody"], "There is no member of staff nobody."),
    ],
)
def test_who_has_no_place_or_is_not_there_is_refused(aixin, county, arguments, sentence):
    done = aixin(*arguments)
    assert done.returncode == 1
    assert one_sentence(done) == sentence


def test_before_there_is_a_county_there_is_no_staff(aixin):
    done = aixin("staff", "add", "lin", "--role", "county")
    assert done.returncode == 1
    assert one_sentence(done) == "This database has no county yet. Run: aixin county new NAME --code CODE"


@pytest.mark.parametrize(
    "arguments",
    [["staff", "add", "lin"], ["staff", "add", "林", "--role", "county"], ["staff", "reset"], ["token", "create"]],
)
def test_a_sign_in_without_role_or_in_chinese_is_wrong_usage(arguments):
    assert code_of(*arguments) == 2


def test_wrong_usage_says_which_argument_is_wrong(aixin, county):
    done = aixin("staff", "add", "林", "--role", "county")
    assert done.returncode == 2
    assert one_sentence(done) == "name: Enter 2 to 24 small letters, digits or hyphens, such as ly01-lin."


def test_the_first_command_finds_its_own_folder_whatever_the_shell_looks_through(tmp_path):
    """Who has set CDPATH would else be led into another folder of that name."""
    project, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    (elsewhere / "scripts").mkdir(parents=True)
    for name, does in (("scripts/setup", "pwd"), (".venv/bin/aixin", "exit 0")):
        (project / name).parent.mkdir(parents=True)
        (project / name).write_text(f"#!/bin/sh\n{does}\n")
        (project / name).chmod(0o755)
    shutil.copy(PROJECT / "scripts" / "server", project / "scripts")
    started = subprocess.run(
        ["sh", "scripts/server", "--empty"], cwd=project, env={**os.environ, "CDPATH": str(elsewhere)},
        capture_output=True, text=True, check=False,
    )
    assert (started.returncode, started.stdout, started.stderr) == (0, f"{project}\n", "")
