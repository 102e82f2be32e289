"""Deeds read back: what waits for a meeting, and the latest that were decided or dropped."""

from sqlmodel import Session, select

from ledger.registers.deeds import PROPOSED, Deed, proposed_deeds
from ledger.registers.households import households_by_number
from ledger.registers.rules import all_rules
from ledger.reports.table import DAY, EVIDENCE, GROUP, HEAD, HOUSEHOLD, RULE, STATE, Column, Table
from ledger.terms import N_

LATEST = 60

COLUMNS = (
    Column("n", N_("Deed"), "number"),
    DAY, GROUP, HEAD, HOUSEHOLD, RULE,
    Column("rule_name", N_("Words of the rule")),
    EVIDENCE, STATE,
    Column("sheet", N_("Sheet"), "number"),
    Column("by", N_("Recorded by"), "who"),
)
EMPTY = N_("No deed yet. The group's reporter records what a household did.")


def deeds(session: Session, book: str) -> Table:
    """Return an outlet's deeds: all that wait, then the latest others. Names are whole: who shows them masks them."""
    decided = select(Deed).where(Deed.book == book, Deed.status.not_in(PROPOSED)).order_by(Deed.n.desc()).limit(LATEST)
    found = [*proposed_deeds(session, book), *session.scalars(decided)]
    known = households_by_number(session, book, [deed.household for deed in found])
    rules = {rule.code: rule.called for rule in all_rules(session)}
    rows = [
        {
            **deed.model_dump(), "group": known[deed.household].group, "name": known[deed.household].name,
            "rule_name": rules[deed.rule],
        }
        for deed in found
    ]
    return Table("deeds", N_("Deeds"), COLUMNS, rows, EMPTY)
