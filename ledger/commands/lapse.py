"""aixin lapse: what would lapse from whom at a period's end; announced and booked it is on the page, by two hands."""

from argparse import Namespace

from ledger.commands.tools import Commands, a_day, add_command, county_database, now
from ledger.journal import county_day
from ledger.operations.lapse import check_period, what_lapses
from ledger.registers.policy import policy
from ledger.registers.register import find
from ledger.registers.sites import Site


def add_to(commands: Commands) -> None:
    """Add this command."""
    parser = add_command(
        commands, "lapse", run, "show what would lapse at a period's end",
        description="Print a line for each household whose merit points would lapse: number, points. Nothing is "
        "written: the notice and the run are two people's work on the outlet's page.",
        example="aixin lapse --book LY03 --through 2026-09-30",
    )
    parser.add_argument("--book", required=True, metavar="CODE", help="the outlet")
    parser.add_argument("--through", required=True, type=a_day, metavar="DAY", help="the last day of the period")


def run(asked: Namespace) -> int:
    """Print what would lapse, and the sum."""
    with county_database() as opened, opened.reading() as session:
        find(session, Site, asked.book)
        check_period(session, asked.book, asked.through, county_day(session, now()))
        carry_over = int(policy(session, asked.book, "carry_over", asked.through))
        lines = what_lapses(session, asked.book, asked.through, carry_over)
    for household, points in lines.items():
        print(f"{household} {points / 10:.1f}")
    print(f"{len(lines)} households, {sum(lines.values()) / 10:.1f} points above {carry_over / 10:.1f} carried over.")
    return 0
