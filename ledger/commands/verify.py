"""aixin verify: check an audit package with the file that lies in it, or the database against an older checkpoint."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from ledger.commands.tools import Commands, Progress, WrongUsage, add_command, county_database
from ledger.db import Database
from ledger.exports import verify
from ledger.journal import Entry, Wrong, log_size
from ledger.journal.checkpoint import all_checkpoints, as_signed, origin_of
from ledger.journal.logtables import Checkpoint
from ledger.journal.witness import roots_at


def add_to(commands: Commands) -> None:
    """Add this command."""
    parser = add_command(
        commands, "verify", run, "check an audit package, or the database against an older checkpoint",
        description="Check an audit package: chain, numbers, balances, files, seal; with --against also that it "
        "continues an older checkpoint or package. Without a package, --against compares the database itself.",
        example="aixin verify ly01.zip --against checkpoint-2026-03-31.txt",
    )
    parser.add_argument("package", metavar="PACKAGE", type=Path, nargs="?", help="the package, packed or unpacked")
    parser.add_argument("--against", metavar="OLD", type=Path, help="an older checkpoint or package that was kept")


def run(asked: Namespace) -> int:
    """Check a package or the database; 1 if something is wrong with it."""
    paths = [path for path in (asked.package, asked.against) if path is not None]
    if not paths:
        raise WrongUsage("Name a package, or with --against an older checkpoint to compare the database with.")
    for path in paths:
        if not path.exists():
            raise WrongUsage(f"There is no {path}.")
    if asked.package is not None:
        against = ["--against", str(asked.against)] if asked.against else []
        return verify.main([str(asked.package), *against])
    with county_database() as opened:
        return check_database(opened, asked.against)


def check_database(opened: Database, path: Path) -> int:
    """Compare the log, worked out again from the entries, with what was kept outside and all that was ever signed."""
    try:
        kept = verify.read_witness(path)
        said = [*compare_entry(opened, kept), *compare_log(opened, kept.note)]
    except (verify.Wrong, Wrong) as wrong:
        print(f"WRONG: {wrong}")
        return 1
    print(*said, sep="\n")
    return 0


def compare_entry(opened: Database, kept: verify.Witness) -> list[str]:
    """Compare the last entry of a package, or of its seal, that was kept; return what was found right. Raises Wrong."""
    if not kept.last:
        return []
    with opened.reading() as session:
        entry = session.get(Entry, (kept.book, kept.last))
    digest = entry.digest.hex() if entry else ""
    same = verify.is_in(kept.note, digest, kept.seal.place, kept.seal.proof) if kept.seal else digest == kept.digest
    if not same:
        raise Wrong(f"{kept.book}-{kept.last}: it is not that of the package; history was rewritten")
    return [f"{kept.book}-{kept.last} is still the entry of the package."]


def compare_log(opened: Database, kept: verify.Note | None) -> list[str]:
    """Compare the log with a checkpoint and with all that were signed here. Raises Wrong and NoteSpoilt."""
    if kept is None:
        return ["NOTE: the package carries no checkpoint; the other books were not looked at."]
    with opened.reading() as session:
        origin, size, signed = origin_of(session), log_size(session), all_checkpoints(session)
        if kept.origin != origin:
            raise Wrong(f"the checkpoint is of {kept.origin}, this database is {origin}")
        if kept.size > size:
            raise Wrong(f"the checkpoint is of {kept.size} entries, the log has {size}: entries are missing")
        show = Progress("verify")
        roots = roots_at(session, {kept.size, *(one.size for one in signed)}, lambda done: show(done / size))
        if roots.get(kept.size) != kept.root:
            by_hand = "" if kept.signatures else verify.BY_HAND
            raise Wrong(
                f"the first {kept.size} entries of the log are not the checkpoint's: history was rewritten{by_hand}"
            )
        for one in signed:
            if roots.get(one.size) != one.root:
                raise Wrong(f"the first {one.size} entries of the log are not those that were signed here")
            as_signed(session, one)
    return [
        f"The {kept.size} entries of the checkpoint are the beginning of the log; {size - kept.size} were added since.",
        f"So are those of all {len(signed)} checkpoints kept here; every entry in the log fits its digest.",
        who_signed(kept, signed),
    ]


def who_signed(kept: verify.Note, signed: Sequence[Checkpoint]) -> str:
    """Return by which key the checkpoint was signed, of those that ever signed here. Raises Wrong."""
    for key in {one.key for one in signed}:
        good = verify.is_signed(kept, key)
        if good:
            return f"Its signature is good: {key}"
        if good is False:
            raise verify.Wrong(f"its signature is not good: {key}")
    return "NOTE: it carries no signature of a key that ever signed here."
