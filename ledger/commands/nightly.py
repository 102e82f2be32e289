"""aixin nightly: what is looked after every night while nobody is at the counter."""

from argparse import Namespace
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from ledger.commands.rebuild import books_in, glance, in_the_log, keep, look_through, told
from ledger.commands.tools import Commands, add_command, county_database, now, sentence
from ledger.db import Database
from ledger.errors import LedgerError
from ledger.journal import books, county_day
from ledger.journal.checkpoint import seal
from ledger.journal.signing import read_key
from ledger.registers.findings import LOG
from ledger.settings import read_settings


def add_to(commands: Commands) -> None:
    """Add this command."""
    parser = add_command(
        commands, "nightly", run, "look after the books at night",
        description="Look at every book at a glance, check one book as a whole, another each night in turn, read the "
        "file whole, work the county log out again, and sign it if it is right and AIXIN_SIGNING_KEY_FILE is set. For "
        "cron or a systemd timer; a line for each step, exit code 1 when something was found.",
        example="aixin nightly --full",
    )
    parser.add_argument("--full", action="store_true", help="check every book as a whole")


def run(asked: Namespace) -> int:
    """Take every step, whatever the one before has found; 1 if any found something."""
    settings = read_settings()
    with county_database(settings) as opened:
        steps: list[Callable[[], int]] = [
            lambda: look_over(opened),
            lambda: look_through(opened, None if asked.full else whose_turn(opened, now())),
            lambda: sign(opened, settings.signing_key_file),
        ]
        return max([taken(step) for step in steps])


def taken(step: Callable[[], int]) -> int:
    """Take a step and return its exit code; what refuses it is told in its line."""
    try:
        return step()
    except LedgerError as refusal:
        print(sentence(refusal))
        return 1


def look_over(opened: Database) -> int:
    """Look at every book at a glance; 1 if something is wrong."""
    found = glance(opened)
    code = told(found, f"{books_in(found)}: heads, last entries and sums agree.")
    keep(opened, found, whole=False)
    return code


def sign(opened: Database, path: Path | None) -> int:
    """Work the county log out again and, where it is right and there is a key, sign it; 1 if it is not right."""
    found, _ = in_the_log(opened, to_sign=path is not None)
    code = told(found, "No checkpoint: AIXIN_SIGNING_KEY_FILE is not set.") if path is None or found[LOG] else 0
    keep(opened, found, whole=True)
    if path is None or code:
        return code
    checkpoint = seal(opened, key=read_key(path), now=now())
    print(f"Checkpoint: {checkpoint.size} entries, root {checkpoint.root.hex()[:16]}.")
    return 0


def whose_turn(opened: Database, when: datetime) -> str | None:
    """Return the book whose turn it is tonight; by the day, so that nothing need be remembered."""
    with opened.reading() as session:
        codes = [head.code for head in books(session)]
        return codes[county_day(session, when).toordinal() % len(codes)] if codes else None
