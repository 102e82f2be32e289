"""aixin export: files that leave the house."""

import os
from argparse import Namespace
from pathlib import Path

from ledger.commands.tools import Commands, WrongUsage, a_number, add_command, add_group, county_database, now
from ledger.errors import Unknown
from ledger.exports.audit import write_package
from ledger.journal import Book
from ledger.settings import read_settings


def add_to(commands: Commands) -> None:
    """Add this group."""
    acts = add_group(
        commands, "export", "write files that leave the house", example="aixin export audit --book LY01 ly01.zip"
    )
    audit = add_command(
        acts, "audit", run, "write the audit package of a book",
        description="Write the audit package of a book: all of it, a run of entry numbers, or a month.",
        example="aixin export audit --book LY01 --period 2026-10 ly01-2026-10.zip",
    )
    audit.add_argument("out", metavar="OUT.zip", type=Path, help="the file to write")
    audit.add_argument("--book", required=True, help="the book, such as LY01 or COUNTY")
    audit.add_argument("--from", dest="first", type=a_number, metavar="N", help="the first entry; 1 if left out")
    audit.add_argument("--to", dest="last", type=a_number, metavar="N", help="the last entry; the head if left out")
    audit.add_argument("--period", metavar="MONTH", help="instead: all that was booked in a month, such as 2026-10")


def run(asked: Namespace) -> None:
    """Write the package beside its place and move it there when it is whole."""
    if asked.period and (asked.first or asked.last):
        raise WrongUsage("Name either --period or --from and --to.")
    if not asked.out.absolute().parent.is_dir():
        raise WrongUsage(f"There is no folder {asked.out.absolute().parent}.")
    settings = read_settings()
    half = asked.out.with_name(f"{asked.out.name}.half-{os.getpid()}")
    try:
        with county_database(settings) as opened, opened.reading() as session, half.open("w+b") as file:
            if session.get(Book, asked.book) is None:
                raise Unknown(what="book", code=asked.book)
            said = write_package(
                session, book=asked.book, file=file, now=now(), first=asked.first or 1, last=asked.last,
                period=asked.period, language=settings.language,
            )
        half.replace(asked.out)
    finally:
        half.unlink(missing_ok=True)
    run = f"entries {said['first']} to {said['last']} of {asked.book}, last digest {said['digest']}"
    print(f"{asked.out}: {run if said['last'] else f'{asked.book} has no entry yet'}")
