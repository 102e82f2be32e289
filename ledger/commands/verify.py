"""aixin verify: check an audit package, with the same file that lies in it."""

from argparse import Namespace
from pathlib import Path

from ledger.commands.tools import Commands, WrongUsage, with_example
from ledger.exports import verify


def add_to(commands: Commands) -> None:
    """Add this command."""
    parser = commands.add_parser(
        "verify", help="check an audit package",
        description="Check an audit package: chain, numbers, balances, files. Needs no database.",
        **with_example("aixin verify ly01.zip"),
    )
    parser.add_argument("package", metavar="PACKAGE", type=Path, help="the package, packed or unpacked")
    parser.set_defaults(run=run)


def run(asked: Namespace) -> int:
    """Check a package; 1 if something is wrong with it."""
    if not asked.package.exists():
        raise WrongUsage(f"There is no {asked.package}.")
    return verify.main([str(asked.package)])
