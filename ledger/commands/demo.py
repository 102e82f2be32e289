"""aixin demo: build the demo county in an empty database."""

from argparse import Namespace
from contextlib import suppress
from datetime import date, datetime

from sqlmodel import Session

from ledger.commands.tools import Commands, Progress, a_day, a_number, add_command, county_database, say
from ledger.db import Database
from ledger.demo.scene import ZONE
from ledger.demo.script import ALL_HOUSEHOLDS, play
from ledger.registers.passwords import fits, hashed, one_time_password
from ledger.registers.staff import Staff
from ledger.registers.starter import CountyStands, refuse_county
from ledger.settings import Settings, read_settings, write_private

SIGN_INS = """演示县 DEMO COUNTY — invented people and invented books; nothing here is real.
  county, county2   the county office of two   auditor           reads every book
  ly01-keeper       serves the counter         ly01-clerk        draws the sheets
  ly01-supervisor   confirms and reverses      town-jieguanting  the town's checker
  … and so on for ly02 to ly28. One password for all: {password}"""
PASSWORD = "demo-password"
"""The file beside the demo with the one password of all its staff; its owner alone can read it."""
LOST = "unknown here; run: aixin staff reset NAME"


def add_to(commands: Commands) -> None:
    """Add this command."""
    parser = add_command(
        commands, "demo", run, "build the demo county in an empty database",
        description="Build the demo county: 28 outlets, three full months and the open one, all or nothing. "
        "The database is marked as a demo for ever.",
        example="aixin demo --until 2026-11-20",
    )
    parser.add_argument("--until", type=a_day, metavar="DAY", help="the day it is in the demo; today if left out")
    parser.add_argument("--if-empty", action="store_true", help="do nothing, quietly, if there is a county already")
    parser.add_argument(
        "--households", type=a_number, default=ALL_HOUSEHOLDS, metavar="N",
        help=f"about how many households; {ALL_HOUSEHOLDS} if left out",
    )


def run(asked: Namespace) -> None:
    """Build the demo, unless the database is in use."""
    settings = read_settings()
    with county_database(settings) as opened:
        try:
            build(opened, settings, asked.until or datetime.now(ZONE).date(), asked.households)
        except CountyStands:
            if asked.if_empty:
                return
            raise
        with opened.reading() as session:
            print(sign_ins(session, settings))


def build_where_empty(settings: Settings) -> None:
    """Build the whole demo up to today in a database that holds no county."""
    with county_database(settings) as opened, suppress(CountyStands):
        build(opened, settings, datetime.now(ZONE).date(), ALL_HOUSEHOLDS)


def build(opened: Database, settings: Settings, until: date, households: int) -> None:
    """Build the demo in one transaction, and keep its password just before it stands. Raises CountyStands."""
    with opened.reading() as session:
        refuse_county(session)
    password = one_time_password()
    password_hash = hashed(password)
    say(f"Building the demo county up to {until} ...")
    with opened.writing() as session:
        play(session, until=until, password_hash=password_hash, households=households, tell=Progress("demo"))
        write_private(settings.instance / PASSWORD, password + "\n")


def sign_ins(session: Session, settings: Settings) -> str:
    """Return what a visitor of the demo needs to know, if the kept password is that of this demo: another database may
    have left its own.
    """
    file, staff = settings.instance / PASSWORD, session.get(Staff, "county")
    password = file.read_text().strip() if file.exists() else ""
    return SIGN_INS.format(password=password if staff and fits(staff.password_hash, password) else LOST)
