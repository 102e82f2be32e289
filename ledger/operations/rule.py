"""Keeping the rule book: a new rule, or another version of one from a day on; what was awarded keeps its version."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger.journal import act, county_day
from ledger.registers.rules import Rule, set_rule


@act
def decide_rule(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    code: str,
    valid_from: date,
    name: str,
    category: str,
    purse: str,
    points_min: int,
    points_max: int,
    valid_to: date | None = None,
    name_en: str = "",
    cap_month: int | None = None,
    cap_year: int | None = None,
    award_by: str = "",
    evidence: str = "",
    version: int = 1,
) -> dict[str, Any]:
    """Let a version of a rule hold from today or a later day on, points and caps in tenths. Raises as `set_rule`."""
    rule = Rule(
        code=code, version=version, valid_from=valid_from, valid_to=valid_to, name=name, name_en=name_en,
        category=category, purse=purse, points_min=points_min, points_max=points_max, cap_month=cap_month,
        cap_year=cap_year, award_by=award_by, evidence=evidence,
    )
    set_rule(session, rule, by=clerk, now=now, today=county_day(session, now))
    return {"register": "rules", "key": [code], "n": rule.version}
