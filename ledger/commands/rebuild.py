"""aixin rebuild --check: work the books out again from their entries, and name the first thing that does not agree."""

from argparse import Namespace
from collections.abc import Callable, Sized

from sqlmodel import Session

from ledger.commands.tools import Commands, Progress, WrongUsage, add_command, county_database, now
from ledger.db import Database
from ledger.errors import Damaged
from ledger.journal import Book, books, log_size
from ledger.journal.check import too_damaged
from ledger.journal.logcheck import check_log
from ledger.registers.findings import FILE, LOG, findings, keep_findings, what_is_known
from ledger.reports.checkup import Found, at_a_glance, check_whole
from ledger.terms import COUNTY


def add_to(commands: Commands) -> None:
    """Add this command."""
    parser = add_command(
        commands, "rebuild", run, "work the books out again from their entries",
        description="Work balances, heads and goods on the road out again from the entries, and compare every row with "
        "what was hashed; read the file whole, registers too; work the county log out again and compare it with every "
        "node, root and note that is kept. Nothing is repaired: the first thing wrong in each book, in the file and in "
        "the log is named, and stands in red on every page until a check finds it gone.",
        example="aixin rebuild --check --book LY01",
    )
    parser.add_argument("--check", action="store_true", required=True, help="compare; there is nothing else it does")
    parser.add_argument("--book", metavar="BOOK", help="this book alone; all if left out")


def run(asked: Namespace) -> int:
    """Check the books and the county log; 1 if something is wrong."""
    with county_database() as opened:
        return max(look_through(opened, asked.book), look_at_log(opened))


def look_through(opened: Database, book: str | None) -> int:
    """Check one book or all as a whole, keep what was found and print it. Raises WrongUsage."""
    heads: list[Book] = []

    def check(session: Session) -> Found:
        every = books(session)
        heads.extend(head for head in every if book in (None, head.code))
        if book is not None and not heads:
            raise WrongUsage(f"There is no book {book}.")
        found, codes = check_whole(session, heads, Progress("check")), {head.code for head in every}
        # A spoilt row may have named a book there never was: each check looks for such names, so it may forget one.
        forgotten: Found = {one.book: None for one in what_is_known(session) if one.book not in {*codes, LOG}}
        return forgotten | found

    found = found_by(opened, check, book or COUNTY)
    entries = sum(head.number for head in heads)
    all_right = f"all {entries} entries agree with the rows" if entries else "no entry yet"
    found |= in_the_file(opened)
    code = told(found, f"{book or books_in(heads)}: {all_right}; the file can be read whole.")
    keep(opened, found, whole=True)
    return code


def in_the_file(opened: Database) -> Found:
    """Read the file whole, registers and all, and return whether it is damaged, for `keep`."""
    try:
        opened.read_whole()
    except Damaged as damaged:
        return {FILE: too_damaged(damaged.values["why"])}
    return {FILE: None}


def look_at_log(opened: Database) -> int:
    """Work the county log out again, keep what was found and print it; 1 if something is wrong."""
    found, size = in_the_log(opened)
    code = 0
    if size or found[LOG]:
        code = told(found, f"{LOG}: all {size} places agree with the entries, the tree and what was signed.")
    keep(opened, found, whole=True)
    return code


def in_the_log(opened: Database, *, to_sign: bool = False) -> tuple[Found, int]:
    """Return what is wrong with the county log, for `keep`, and how many places it has."""
    sizes: list[int] = []

    def check(session: Session) -> Found:
        sizes.append(log_size(session))
        show = Progress("log")
        return {LOG: check_log(session, lambda done: show(done / sizes[0]), to_sign=to_sign)}

    return found_by(opened, check, LOG), sum(sizes)


def glance(opened: Database) -> Found:
    """Look at every book at a glance and return what was found, for `keep`."""
    return found_by(opened, at_a_glance, COUNTY)


def found_by(opened: Database, check: Callable[[Session], Found], book: str) -> Found:
    """Return what a check finds; where not even the books can be listed, that this book is wrong."""
    try:
        with opened.reading() as session:
            return check(session)
    except Damaged as damaged:
        return {book: too_damaged(damaged.values["why"])}


def keep(opened: Database, found: Found, *, whole: bool) -> None:
    """Keep what was found, after it was told: a damaged database may not take it. Nothing before or now: none."""
    with opened.reading() as session:
        known = [finding for finding in findings(session) if whole or not finding.whole]
    if known or any(found.values()):
        with opened.writing() as session:
            keep_findings(session, found, whole=whole, now=now())


def books_in(looked_at: Sized) -> str:
    """Return how many books were looked at."""
    return f"{len(looked_at)} book{'s' * (len(looked_at) != 1)}"


def told(found: Found, all_right: str) -> int:
    """Print what was found, or that all is right; return the exit code."""
    wrong = [fault.at(book) for book, fault in found.items() if fault]
    print(*(wrong or [all_right]), sep="\n")
    return 1 if wrong else 0
