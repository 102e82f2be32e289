"""The aixin command: what an operator does at the machine itself, each with an example in its --help."""

import argparse
import sys
from collections.abc import Sequence

from sqlalchemy.exc import OperationalError

from ledger.commands import (
    checkpoint,
    county,
    demo,
    export,
    imports,
    lapse,
    migrate,
    nightly,
    rebuild,
    serve,
    staff,
    token,
    verify,
)
from ledger.commands.tools import WrongUsage, first_line, sentence, with_example
from ledger.errors import LedgerError
from ledger.settings import WrongSetting

GROUPS = (migrate, county, staff, token, imports, export, verify, checkpoint, rebuild, nightly, lapse, demo, serve)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 when it is done, 1 when it was refused, 2 when it was called in a wrong way."""
    asked = parser().parse_args(arguments)
    try:
        done: int | None = asked.run(asked)
        return done or 0
    except (WrongUsage, WrongSetting) as fault:
        return tell(str(fault), 2)
    except LedgerError as refusal:
        return tell(sentence(refusal), 1)
    except OperationalError as fault:
        return tell(f"The database cannot be used: {first_line(fault)}", 1)
    except KeyboardInterrupt:
        return tell("Stopped.", 130)


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    made = argparse.ArgumentParser(
        prog="aixin", description="Keep the ledger of a county's charity supermarkets.",
        **with_example("aixin migrate --demo && aixin serve"),
    )
    commands = made.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for group in GROUPS:
        group.add_to(commands)
    return made


def tell(sentence: str, code: int) -> int:
    """Say one sentence on standard error and return the exit code."""
    print(sentence, file=sys.stderr)
    return code
