"""Sheets read back: what was assessed, what hangs, what is credited."""

from typing import Any

from sqlmodel import Session

from ledger.registers.households import Household, households_by_number
from ledger.registers.rules import Rule, all_rules
from ledger.registers.sheets import Sheet, SheetLine, lines_of, sheet_of, sheets_of
from ledger.reports.table import Column, Table
from ledger.terms import N_

COLUMNS = (
    Column("n", N_("Sheet"), "number"),
    Column("period", N_("Month")),
    Column("purse", N_("Purse"), "word"),
    Column("status", N_("State"), "word"),
    Column("drawn_by", N_("Drawn up by")),
    Column("notice_from", N_("On notice from"), "day"),
    Column("notice_until", N_("through"), "day"),
    Column("credit_number", N_("Credited by entry"), "number"),
)

LINE_COLUMNS = (
    Column("line", N_("No."), "number"),
    Column("group", N_("Group"), "number"),
    Column("name", N_("Head of household")),
    Column("household", N_("Household"), "code"),
    Column("rule", N_("Rule"), "code"),
    Column("rule_name", N_("Words of the rule")),
    Column("points", N_("Points"), "points"),
    Column("evidence", N_("Evidence")),
)


def sheets(session: Session, book: str) -> Table:
    """Return an outlet's sheets, the newest first."""
    rows = [{name: getattr(sheet, name) for name in (column.name for column in COLUMNS)}
            for sheet in sheets_of(session, book)]
    return Table("sheets", N_("Points sheets"), COLUMNS, rows, N_("No sheet yet. Draw one up after the meeting."))


def sheet_page(session: Session, book: str, n: int) -> tuple[Sheet, Table]:
    """Return a sheet and its lines. Names are whole: who shows them masks what leaves. Raises NotFound."""
    sheet = sheet_of(session, book, n)
    columns: tuple[Column, ...] = LINE_COLUMNS
    if sheet.purse == "support":
        # Support points stand on a notice of their own, without a reason: nobody's illness is published.
        columns = tuple(column for column in LINE_COLUMNS if column.name not in ("rule", "rule_name", "evidence"))
    lines = lines_of(session, book, n)
    known = households_by_number(session, book, [line.household for line in lines])
    rules = {rule.code: rule for rule in all_rules(session)}
    told = [line_row(line, known[line.household], rules[line.rule]) for line in lines]
    rows = [{column.name: line[column.name] for column in columns} for line in told]
    return sheet, Table(f"sheet-{n}", N_("Points sheet"), columns, rows)


def line_row(line: SheetLine, household: Household, rule: Rule) -> dict[str, Any]:
    """Return one award with the household and the rule it names."""
    return {
        "line": line.line, "group": household.group, "name": household.name, "household": line.household,
        "rule": line.rule, "rule_name": rule.name, "points": line.points_tenths, "evidence": line.evidence,
    }
