"""What the commands share: examples in --help, kinds of argument, the database at hand, and progress."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import which
from typing import Any
from uuid import uuid4

from marshmallow import Schema, ValidationError
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from ledger.db import Database, close_database, is_migrated, open_database
from ledger.errors import Busy, Damaged, LedgerError
from ledger.settings import Settings, read_settings

BY = "aixin"
"""Who did it, in the registers: somebody at the machine itself, not a member of staff."""

Commands = Any
"""The place of sub-commands in a parser; argparse has no public name for it."""


class WrongUsage(Exception):
    """The command was called in a wrong way."""


class NotReady(LedgerError):
    """The database has not the form this program needs."""

    message = "This database is not ready for this program. Run: aixin migrate"


def with_example(example: str) -> dict[str, Any]:
    """Return how a parser shows an example at the end of its help."""
    return {"epilog": f"example:\n  {example}", "formatter_class": argparse.RawDescriptionHelpFormatter}


def add_command(
    commands: Commands, name: str, run: Callable[[argparse.Namespace], int | None], summary: str, *, description: str,
    example: str,
) -> argparse.ArgumentParser:
    """Add a command with the words of its help, and return its parser for the arguments."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=summary, description=description, **with_example(example)
    )
    parser.set_defaults(run=run)
    return parser


def add_group(commands: Commands, name: str, summary: str, *, example: str) -> Commands:
    """Add a group of commands, and return where they go."""
    group = commands.add_parser(name, help=summary, **with_example(example))
    return group.add_subparsers(title="commands", metavar="COMMAND", required=True)


@contextmanager
def county_database(given: Settings | None = None) -> Iterator[Database]:
    """Open the database of the settings, given or read, and close it again. Raises NotReady when it is not migrated."""
    settings = given or read_settings()
    file = make_url(settings.database_url).database or ""
    # Opening a file of SQLite makes it, and asking whether there is a county must not.
    if settings.database_url.startswith("sqlite") and not Path(file).exists():
        raise NotReady
    opened = open_database(settings.database_url)
    try:
        with opened.reading() as session:
            if not is_migrated(session):
                raise NotReady
        yield opened
    finally:
        close_database()


def now() -> datetime:
    """Return the instant it is."""
    return datetime.now(UTC)


def program() -> str:
    """Return how the aixin command is called from here: by its name where the shell knows it, else by its place."""
    place = Path(sys.executable).with_name("aixin")
    if which("aixin"):
        return "aixin"
    return str(place.relative_to(Path.cwd())) if place.is_relative_to(Path.cwd()) else str(place)


def fresh_key() -> str:
    """Return a key for a submission that is sent once."""
    return str(uuid4())


def checked(form: Schema, typed: dict[str, Any]) -> dict[str, Any]:
    """Return what a form makes of the arguments. Raises WrongUsage naming the first wrong one."""
    try:
        values: dict[str, Any] = form.load({name: value for name, value in typed.items() if value is not None})
        return values
    except ValidationError as fault:
        name, sentences = next(iter(fault.messages_dict.items()))
        raise WrongUsage(f"{name}: {sentences[0]}") from None


def a_day(text: str) -> date:
    """Read a day such as 2026-11-20."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-11-20") from None
    if not 2001 <= day.year <= 2099:
        raise argparse.ArgumentTypeError(f"{text!r} is too far away")
    return day


def a_number(text: str) -> int:
    """Read a whole number from 1 up."""
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 up")
    return int(text)


def first_line(fault: DBAPIError) -> str:
    """Return the first line of a driver's own words."""
    return next(iter(str(fault.orig).splitlines()), "no reason given")


def sentence(refusal: LedgerError) -> str:
    """Return a refusal for who looks after the machine: nobody here sent a form, and the driver knows more."""
    if isinstance(refusal, Damaged):
        return f"The database is damaged: {refusal.values['why']}"
    if isinstance(refusal, Busy):
        why = refusal.__cause__
        said = first_line(why) if isinstance(why, DBAPIError) else "it is busy or its disk is full"
        return f"The database cannot be used: {said}"
    return str(refusal)


def say(*lines: str) -> None:
    """Say how things go, on standard error."""
    print(*lines, sep="\n", file=sys.stderr, flush=True)


class Progress:
    """Shows how much is done: a bar on a terminal, else a line at each quarter."""

    def __init__(self, what: str) -> None:
        self.what, self.shown, self.is_terminal = what, -1, sys.stderr.isatty()

    def __call__(self, part: float) -> None:
        """Show that so much of the whole is done."""
        step = int(part * 50) if self.is_terminal else int(part * 4)
        if step == self.shown:
            return
        self.shown = step
        if self.is_terminal:
            end = "\n" if part >= 1 else ""
            print(f"\r{self.what} [{'#' * step:<50}] {part:4.0%}", end=end, file=sys.stderr, flush=True)
        else:
            say(f"{self.what} {step * 25}%")
