"""Sheets read back: what was assessed, what hangs, what is credited."""

from typing import Any, NamedTuple

from sqlmodel import Session

from ledger.registers.households import Household, households_by_number
from ledger.registers.rules import Rule, every_version
from ledger.registers.sheets import (
    PUT_ASIDE,
    Sheet,
    SheetLine,
    first_of,
    lines_of,
    passed_of,
    sheet_of,
    sheets_of,
)
from ledger.reports.journal import entry_page
from ledger.reports.table import EVIDENCE, GROUP, HEAD, HOUSEHOLD, POINTS, PURSE, RULE, STATE, Column, Table
from ledger.terms import N_, LineStatus, Purse

COLUMNS = (
    Column("n", N_("Sheet"), "number"),
    Column("period", N_("Month")),
    PURSE, STATE,
    Column("drawn_by", N_("Drawn up by"), "who"),
    Column("notice_from", N_("On notice from"), "day"),
    Column("notice_until", N_("through"), "day"),
    Column("credit_number", N_("Credited by entry"), "number"),
)

LINE_COLUMNS = (
    Column("line", N_("No."), "number"),
    GROUP, HEAD, HOUSEHOLD, RULE,
    Column("rule_name", N_("Words of the rule")),
    POINTS,
    Column("taken", N_("Taken back"), "points"),
    Column("asked", N_("Asked"), "points"),
    Column("cut_by", N_("Cut by"), "word"),
    EVIDENCE, STATE,
)
WITHOUT_REASON = ("rule", "rule_name", "evidence")
WHEN_CUT = ("asked", "cut_by")
WHEN_TAKEN = ("taken",)


def sheets(session: Session, book: str) -> Table:
    """Return an outlet's sheets, the newest first."""
    rows = [sheet.model_dump() for sheet in sheets_of(session, book)]
    empty = N_("No sheet yet. The points clerk draws one up after the meeting.")
    return Table("sheets", N_("Points sheets"), COLUMNS, rows, empty)


class SheetPage(NamedTuple):
    """A sheet, all its lines with the households they name, those that passed as a table, and those that did not: they
    do not hang on the board.
    """

    sheet: Sheet
    lines: list[SheetLine]
    known: dict[str, Household]
    table: Table
    aside: Table


def sheet_page(session: Session, book: str, n: int) -> SheetPage:
    """Return a sheet with its lines; what a cap cut or a claw-back took stands beside them only where one did. Names
    are whole: who shows them masks what leaves. Raises NotFound.
    """
    sheet, lines = sheet_of(session, book, n), lines_of(session, book, n)
    known = households_by_number(session, book, [line.household for line in lines])
    rules = every_version(session)
    passed, aside = passed_of(lines), [line for line in lines if line.status in PUT_ASIDE]
    # Support points stand on a notice of their own, without a reason: nobody's illness is published.
    hidden = WITHOUT_REASON if sheet.purse == Purse.SUPPORT else ()
    uncut = () if any(line.cut_by for line in passed) else WHEN_CUT
    untaken = () if any(line.taken_tenths for line in passed) else WHEN_TAKEN

    def table(name: str, title: str, lines: list[SheetLine], hidden: set[str], empty: str) -> Table:
        columns = tuple(column for column in LINE_COLUMNS if column.name not in hidden)
        told = [line_row(line, known[line.household], rules[line.rule, line.rule_version]) for line in lines]
        rows = [{column.name: line[column.name] for column in columns} for line in told]
        return Table(name, title, columns, rows, empty)

    empty = N_("Nothing this month: the meeting gave no points.")
    return SheetPage(
        sheet, lines, known,
        table(f"sheet-{n}", N_("Points sheet"), passed, {"status", *uncut, *untaken, *hidden}, empty),
        table(f"sheet-{n}-aside", N_("Not passed or put off"), aside, {"points", "cut_by", *WHEN_TAKEN, *hidden}, ""),
    )


def line_row(line: SheetLine, household: Household, rule: Rule) -> dict[str, Any]:
    """Return one award with the household and the version of the rule it names."""
    return {
        **line.model_dump(), "group": household.group, "name": household.name, "rule_name": rule.called,
        "points": line.points_tenths, "taken": line.taken_tenths, "asked": line.asked_tenths,
    }


def meeting_paper(session: Session, book: str, n: int) -> dict[str, Any]:
    """Return what stands on the paper the members of the meeting sign: its head, and each line that was before them
    with what they decided. Names are whole: who shows them masks them. Raises NotFound.
    """
    sheet, _, _, passed, aside = sheet_page(session, book, n)
    drawn, first = entry_page(session, book, sheet.drawn_number), first_of(session, sheet)
    rows = [{"asked": row["points"], **row, "status": LineStatus.PASSED} for row in passed.rows]
    rows += [{**row, "points": None} for row in aside.rows]
    return {
        "sheet": sheet, "drawn": drawn, "first": first, "reasons": sheet.purse == Purse.MERIT,
        "meeting": entry_page(session, book, first.drawn_number)["occurred_on"],
        "lines": Table(f"sheet-{n}-paper", passed.title, (), sorted(rows, key=lambda row: row["line"])),
    }
