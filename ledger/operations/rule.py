"""Keeping the rule book: a new rule, or another version of one from a day on; what was awarded keeps its version."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from ledger.journal import act, county_day
from ledger.registers.rules import Rule, set_rule


@act
def decide_rule(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, **said: Any
) -> dict[str, Any]:
    """Let a version of a rule hold from today or a later day on; `said` are the fields of `Rule`, points and caps in
    tenths. Raises as `set_rule`.
    """
    rule = set_rule(session, Rule(**said), by=clerk, now=now, today=county_day(session, now))
    return {"register": "rules", "key": [rule.code], "n": rule.version}
