"""Runs of the year's end: what would lapse, what was announced and what became of it; and cover, which may stop one."""

from sqlmodel import Session

from ledger.registers.households import households_by_number
from ledger.registers.lapses import LapseRun, lapse_lines, runs_of
from ledger.registers.register import find
from ledger.reports.table import GROUP, HEAD, HOUSEHOLD, STATE, Column, Table
from ledger.terms import N_

RUNS = (
    Column("n", N_("Run"), "number"),
    Column("through", N_("Held at the end of"), "day"),
    STATE,
    Column("until", N_("Notice hangs through"), "day"),
    Column("carry_over", N_("Carried over"), "points"),
    Column("announced_by", N_("Announced by"), "who"),
    Column("announced_number", N_("Notice, entry"), "number"),
    Column("booked_number", N_("Booked, entry"), "number"),
)
LINES = (GROUP, HOUSEHOLD, HEAD, Column("points", N_("Lapses"), "points"))


def lapse_runs(session: Session, book: str) -> Table:
    """Return an outlet's runs, the latest first."""
    rows = [run.model_dump() for run in runs_of(session, book)]
    return Table("lapses", N_("Runs so far"), RUNS, rows, N_("No points have been announced to lapse."))


def lapse_preview(session: Session, book: str, lines: dict[str, int]) -> Table:
    """Return what lapses from whom, by group, as it hangs on the board."""
    known = households_by_number(session, book, [*lines])
    rows = [
        {"group": known[number].group, "household": number, "name": known[number].name, "points": points}
        for number, points in lines.items()
    ]
    rows.sort(key=lambda row: (row["group"], row["household"]))
    return Table("lapse", N_("Points that lapse"), LINES, rows, N_("No household holds more than is carried over."))


def lapse_page(session: Session, book: str, n: int) -> tuple[LapseRun, Table]:
    """Return one run and what it announced. Raises NotFound."""
    return find(session, LapseRun, book, n), lapse_preview(session, book, lapse_lines(session, book, n))
