"""aixin county: found the county of an empty database."""

import argparse

from ledger.commands.tools import BY, Commands, add_command, add_group, county_database, now, program
from ledger.journal import county_day
from ledger.registers.starter import found_county, take_in_items, take_in_rules

NEXT = """{name} stands, with its store, {rules} starter rules and {items} items. What to do next:
  {program} staff add NAME --role county --book COUNTY
      makes a sign-in for the county office and prints its one-time password; do it
      twice: a price and the value of a point are proposed by one and confirmed by another
  {program} serve
      then sign in, add outlets, donors and staff in the browser"""


def add_to(commands: Commands) -> None:
    """Add this group."""
    acts = add_group(commands, "county", "found the county", example="aixin county new 略阳县 --code 610727")
    new = add_command(
        acts, "new", run, "found the county of an empty database",
        description="Found the county of an empty database, with the county store and the starter rules.",
        example="aixin county new 略阳县 --code 610727 --with-items",
    )
    new.add_argument("name", metavar="NAME", type=a_name, help="the county's name")
    new.add_argument("--code", required=True, type=a_code, help="its division code, such as 610727")
    new.add_argument("--with-items", action="store_true", help="take in 45 starter items with their prices from today")


def a_name(text: str) -> str:
    """Read a name of 1 to 40 signs."""
    if not 1 <= len(text.strip()) <= 40:
        raise argparse.ArgumentTypeError("enter a name of 1 to 40 signs")
    return text.strip()


def a_code(text: str) -> str:
    """Read a division code."""
    if not (text.isascii() and text.isdigit() and 6 <= len(text) <= 12):
        raise argparse.ArgumentTypeError(f"{text!r} is not a division code of 6 to 12 digits, such as 610727")
    return text


def run(asked: argparse.Namespace) -> None:
    """Found the county."""
    with county_database() as opened, opened.writing() as session:
        when = now()
        found_county(session, name=asked.name, code=asked.code, demo=False, by=BY, now=when)
        rules = take_in_rules(session, by=BY, now=when)
        today = county_day(session, when)
        items = take_in_items(session, valid_from=today, by=BY, now=when) if asked.with_items else []
    print(NEXT.format(name=asked.name, rules=len(rules), items=len(items), program=program()))
