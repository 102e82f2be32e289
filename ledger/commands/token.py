"""aixin token: give a program a key."""

from argparse import Namespace

from ledger.commands.tools import BY, Commands, add_command, add_group, county_database, now
from ledger.journal import county_of, microseconds
from ledger.registers.passwords import new_token, token_digest
from ledger.registers.register import in_use, note_change
from ledger.registers.staff import Staff, Token


def add_to(commands: Commands) -> None:
    """Add this group."""
    acts = add_group(commands, "token", "give a program a key", example="aixin token create --staff ly01-lin")
    create = add_command(
        acts, "create", run, "make a token for a program that acts as a member of staff",
        description="Make a token for a program that acts as a member of staff. It is printed alone on standard "
        "output, once, and is good at once; only its digest is kept.",
        example="aixin token create --staff ly01-lin",
    )
    create.add_argument("--staff", required=True, metavar="NAME", help="the sign-in name the program acts as")


def run(asked: Namespace) -> None:
    """Make a token and print it."""
    token = new_token()
    with county_database() as opened, opened.writing() as session:
        county_of(session)
        when = now()
        staff = in_use(session, Staff, asked.staff.lower(), at="staff")
        session.add(Token(digest=token_digest(token), staff=staff.name, made_us=microseconds(when)))
        note_change(session, staff, "token", None, "+", by=BY, now=when)
    print(token)
