"""The audit package: a run of one book's entries that anybody can check without us."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib.resources import files
from typing import IO, Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from ledger.exports.csvfile import Say, csv_lines, instant
from ledger.exports.leaflet import leaflet
from ledger.exports.parcel import Parcel
from ledger.exports.plaintext import add_plain_text
from ledger.exports.registers import masked_registers
from ledger.exports.run import Run, run_of
from ledger.exports.seal import seal_lines, seal_of
from ledger.exports.words import in_language
from ledger.journal import Place, balances_of, county_of, entries_of
from ledger.reports.balances_at import balances_at
from ledger.reports.table import Column, Table
from ledger.terms import N_

SEAL = "checkpoints.txt"
BALANCE_COLUMNS = (
    Column("account", N_("Account"), "code"),
    Column("commodity", N_("What is counted"), "code"),
    Column("lot", N_("Lot"), "code"),
    Column("quantity", N_("Quantity (points in tenths, money in fen)"), "number"),
)


def write_package(
    session: Session,
    *,
    book: str,
    file: IO[bytes],
    now: datetime,
    first: int = 1,
    last: int | None = None,
    period: str | None = None,
    language: str = "zh_Hans_CN",
) -> dict[str, Any]:
    """Write the audit package of a book into a file and return its manifest; `session` reads one moment of the book.

    All of the book, or the entries `first` to `last`, or those of a month such as 2026-03. Headings are in `language`.
    Raises NotFound, NoSuchRun, NoMonth, NothingInPeriod and EntriesMissing before anything is written.
    """
    run = run_of(session, book, first=first, last=last, period=period)
    seal = seal_of(session, run)
    manifest = said_of(session, run, now) | {"signature": SEAL if seal else None}
    with Parcel(file, now.astimezone(ZoneInfo(county_of(session).timezone))) as parcel:
        parcel.add("说明.txt", [leaflet(manifest)])
        parcel.add("journal.jsonl", journal_lines(session, run))
        add_tables(parcel, session, run, in_language(language))
        add_plain_text(parcel, session, run)
        if seal:
            parcel.add(SEAL, seal_lines(session, run, seal))
        parcel.add("verify.py", [files("ledger.exports").joinpath("verify.py").read_bytes()])
        manifest["files"] = dict(sorted(parcel.files.items()))
        parcel.add("manifest.json", [json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"])
    return manifest


def said_of(session: Session, run: Run, now: datetime) -> dict[str, Any]:
    """Return what a package says of itself, but for its files."""
    county = county_of(session)
    return {
        "v": 1, "county": county.code, "demo": bool(county.demo), "book": run.book,
        "first": run.first, "last": run.last, "head": run.head, "period": run.period,
        "previous": run.previous.hex(), "digest": run.digest.hex(), "made_at": instant(now),
    }


def journal_lines(session: Session, run: Run) -> Iterator[str]:
    """Yield the entries as lines of JSON; the body is a text in it, so that its bytes stay those that were hashed."""
    for entry in entries_of(session, run.book, after=run.first - 1, through=run.last):
        said = {
            "number": entry.number, "recorded_us": entry.recorded_us, "previous": entry.previous.hex(),
            "digest": entry.digest.hex(), "body": entry.body,
        }
        yield json.dumps(said, separators=(",", ":"), ensure_ascii=False) + "\n"


def add_tables(parcel: Parcel, session: Session, run: Run, say: Say) -> None:
    """Add the balances after the last entry, those before the first one, and the registers."""
    for table in balance_tables(session, run):
        parcel.add(f"{table.name}.csv", csv_lines(table, say))
    for table in masked_registers(session, run.book, run.last):
        parcel.add(f"registers/{table.name}.csv", csv_lines(table, say))


def balance_tables(session: Session, run: Run) -> Iterator[Table]:
    """Yield the balances of a run: at the head of the book those it keeps, else those its postings lead to."""
    if run.first > 1:
        before = balances_at(session, run.book, run.first - 1)
        yield Table("taken-over", N_("Balances taken over"), BALANCE_COLUMNS, balance_rows(before))
    kept = ((Place(row.account, row.commodity, row.lot), row.quantity) for row in balances_of(session, run.book))
    after = kept if run.is_head else balances_at(session, run.book, run.last)
    yield Table("balances", N_("Balances"), BALANCE_COLUMNS, balance_rows(after))


def balance_rows(places: Iterable[tuple[Place, int]]) -> Iterator[dict[str, Any]]:
    """Yield what each place holds as rows."""
    return ({**place._asdict(), "quantity": quantity} for place, quantity in places)
