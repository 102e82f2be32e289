"""aixin import: lists from Excel, WPS or text files, all rows or none."""

from argparse import Namespace
from pathlib import Path

from ledger.commands.tools import BY, Commands, Progress, WrongUsage, add_command, county_database, fresh_key, now, say
from ledger.imports.lists import LISTS
from ledger.imports.taking import prices_in, take_file_in


def add_to(commands: Commands) -> None:
    """Add this command."""
    parser = add_command(
        commands, "import", run, "take a list in from a file",
        description="Take a list in from an .xlsx, .xls or .csv file: all its rows or none. The first row holds the "
        "headings. Every wrong cell is named by row and column. Opening balances become one entry in each book.",
        example="aixin import households 农户.xlsx --dry-run",
    )
    parser.add_argument("kind", choices=[*LISTS], help="which list")
    parser.add_argument("file", type=Path, metavar="FILE", help="the file")
    parser.add_argument("--dry-run", action="store_true", help="only say what is wrong; write nothing")


def run(asked: Namespace) -> int:
    """Take the list in; 1 if a cell is wrong."""
    try:
        content = asked.file.read_bytes()
    except OSError as fault:
        raise WrongUsage(f"{asked.file} cannot be read: {fault.strerror}.") from None
    with county_database() as opened:
        rows, wrong = take_file_in(
            opened, asked.kind, content, clerk=BY, now=now(), key=fresh_key(), dry_run=asked.dry_run,
            tell=Progress(f"{asked.file.name}:"),
        )
    for cell in wrong:
        say(f"{asked.file}: row {cell.row}, {cell.heading}: {cell.sentence}")
    if wrong:
        say(f"Nothing was taken in. Wrong cells: {len(wrong)}")
        return 1
    print(f"{len(rows)} rows {'could be' if asked.dry_run else 'were'} taken in.")
    if prices := prices_in(asked.kind, rows):
        print(f"{prices} prices {'would wait' if asked.dry_run else 'wait'} for a second person of the county office.")
    return 0
