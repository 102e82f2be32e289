"""aixin staff: give people a sign-in, or a new one-time password."""

from argparse import Namespace
from typing import Any

from ledger.commands.tools import BY, Commands, add_command, add_group, checked, county_database, fresh_key, now
from ledger.journal import county_of
from ledger.operations.register import enter
from ledger.operations.staff import reset_password
from ledger.registers.passwords import hashed, one_time_password
from ledger.registers.register import in_use
from ledger.registers.staff import Staff
from ledger.terms import COUNTY, Role
from schemas.registers import StaffForm


def add_to(commands: Commands) -> None:
    """Add this group."""
    acts = add_group(
        commands, "staff", "give people a sign-in", example="aixin staff add ly01-lin --role keeper --book LY01"
    )
    add = add_command(
        acts, "add", run_add, "take in a member of staff",
        description="Take in a member of staff. A one-time password is printed alone on standard output.",
        example="aixin staff add ly01-lin --role keeper --book LY01 --full-name 林某",
    )
    add.add_argument("name", metavar="NAME", help="the sign-in name: small letters, digits, hyphens")
    add.add_argument("--role", required=True, choices=[str(role) for role in Role])
    add.add_argument("--book", help="the outlet, such as LY01; COUNTY for the county office")
    add.add_argument("--town", help="for a checker: the town")
    add.add_argument("--full-name", help="the person's name; the sign-in name if left out")
    reset = add_command(
        acts, "reset", run_reset, "give a new one-time password",
        description="Give a member of staff a new one-time password, printed alone on standard output, "
        "and end their sessions.",
        example="aixin staff reset ly01-lin",
    )
    reset.add_argument("name", metavar="NAME", help="the sign-in name")


def run_add(asked: Namespace) -> None:
    """Take in a member of staff and print a one-time password."""
    typed = {
        "name": asked.name, "full_name": asked.full_name or asked.name, "role": asked.role, "book": asked.book,
        "town": asked.town,
    }
    give_password(asked.name.lower(), checked(StaffForm(), typed))


def run_reset(asked: Namespace) -> None:
    """Print a new one-time password."""
    give_password(asked.name.lower())


def give_password(name: str, fresh: dict[str, Any] | None = None) -> None:
    """Give a member of staff, a fresh one if values are given, a one-time password, and print it."""
    password = one_time_password()
    kept = hashed(password)
    with county_database() as opened, opened.writing() as session:
        county_of(session)
        said = {"book": COUNTY, "clerk": BY, "now": now()}
        if fresh:
            enter(session, **said, key=fresh_key(), register="staff", values=fresh)
        in_use(session, Staff, name, at="name")
        reset_password(session, **said, key=fresh_key(), name=name, password_hash=kept)
    print(password)
