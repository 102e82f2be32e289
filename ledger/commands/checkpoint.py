"""aixin checkpoint: sign the county log, or make the key that signs it."""

from argparse import Namespace
from pathlib import Path

from ledger.commands.rebuild import in_the_log, keep
from ledger.commands.tools import Commands, WrongUsage, add_command, county_database, now, say
from ledger.journal.checkpoint import origin_of, seal
from ledger.journal.logcheck import LogWrong
from ledger.journal.signing import new_key, public_line, read_key
from ledger.registers.findings import LOG
from ledger.settings import read_settings

KEPT = """{path} holds the key now; nobody but you can read it. Put a copy where this machine cannot reach it, set
AIXIN_SIGNING_KEY_FILE={path} and give the line below to the auditors: it is the public key."""


def add_to(commands: Commands) -> None:
    """Add this command."""
    parser = add_command(
        commands, "checkpoint", run, "sign the county log",
        description="Work the county log out again; where it is right give every entry its place in it, sign size and "
        "root with the key in AIXIN_SIGNING_KEY_FILE, keep the note and print it. Nothing new since the last one: that "
        "one again.",
        example="aixin checkpoint > checkpoint-2026-11-24.txt",
    )
    parser.add_argument(
        "--new-key", type=Path, metavar="FILE", help="instead: make a key in a new file, and print its public line"
    )


def run(asked: Namespace) -> None:
    """Sign the log, or make a key."""
    if asked.new_key:
        make_key(asked.new_key)
        return
    settings = read_settings()
    if settings.signing_key_file is None:
        raise WrongUsage("Set AIXIN_SIGNING_KEY_FILE to the key's file. To make one: aixin checkpoint --new-key FILE")
    key = read_key(settings.signing_key_file)
    with county_database(settings) as opened:
        found, _ = in_the_log(opened, to_sign=True)
        keep(opened, found, whole=True)
        if wrong := found[LOG]:
            raise LogWrong(what=wrong.what)
        checkpoint = seal(opened, key=key, now=now())
    print(checkpoint.note, end="")


def make_key(path: Path) -> None:
    """Make a key for the county of this database."""
    if not path.absolute().parent.is_dir():
        raise WrongUsage(f"There is no folder {path.absolute().parent}.")
    with county_database() as opened, opened.reading() as session:
        origin = origin_of(session)
    key = new_key(path)
    say(KEPT.format(path=path.absolute()))
    print(public_line(origin, key))
