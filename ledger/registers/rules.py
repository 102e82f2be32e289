"""The rule book: what earns points, and how many; each rule in versions, and none is ever written over."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar

from sqlalchemy import CheckConstraint, Text, select
from sqlmodel import Field, Session, SQLModel

from ledger.db.types import Day, Whole
from ledger.errors import LedgerError, Unknown, refuse_together
from ledger.journal import microseconds
from ledger.registers.forbidden import forbidden_word
from ledger.registers.register import STRICT, FixedOnceUsed, TakenAlready, can_be_asked, listed
from ledger.terms import N_, TwoNames


class Rule(SQLModel, table=True):
    """One item of the rule book as it holds from a day on: range and caps in tenths of a point, who awards it, on what
    evidence. A version ends on `valid_to`, or on the eve of the next.
    """

    __table_args__ = (
        CheckConstraint("purse IN ('support', 'merit')", name="rule_purse"),
        CheckConstraint("points_min > 0 AND points_max >= points_min", name="rule_range"),
        STRICT,
    )
    word: ClassVar[str] = N_("rule")

    code: str = Field(primary_key=True, sa_type=Text)
    version: int = Field(default=1, primary_key=True, sa_type=Whole)
    valid_from: date = Field(sa_type=Day)
    valid_to: date | None = Field(default=None, sa_type=Day)
    name: str = Field(sa_type=Text)
    name_en: str = Field(default="", sa_type=Text)
    category: str = Field(sa_type=Text)
    purse: str = Field(sa_type=Text)
    points_min: int = Field(sa_type=Whole)
    points_max: int = Field(sa_type=Whole)
    cap_month: int | None = Field(default=None, sa_type=Whole)
    cap_year: int | None = Field(default=None, sa_type=Whole)
    award_by: str = Field(default="", sa_type=Text)
    evidence: str = Field(default="", sa_type=Text)
    by: str = Field(default="", sa_type=Text)
    recorded_us: int = Field(default=0, sa_type=Whole)

    @property
    def called(self) -> TwoNames:
        """Return what the rule is called in either language."""
        return TwoNames(self.name, self.name_en)


class NeverARule(LedgerError):
    """A county may not add these classes: what a person has a right to neither earns points nor costs any."""

    message = N_(
        "“%(word)s” may not stand in the rule book: petitions, births, religion, refusals and complaints are "
        "people's rights, and no points are given or withheld for them."
    )


class RuleInThePast(LedgerError):
    """A version begins today or later: what was awarded keeps its rule."""

    message = N_("A rule changes from today (%(today)s) or later.")
    field = "valid_from"


class RuleStands(LedgerError):
    """A version that holds from a day is not written over."""

    message = N_("A version from %(day)s stands already. Choose a later day.")
    field = "valid_from"


class RangeUpsideDown(LedgerError):
    """The most is at least the least."""

    message = N_("The most cannot be below the least.")
    field = "points_max"


class LastDayFirst(LedgerError):
    """A version holds for at least a day."""

    message = N_("The last day cannot be before the first.")
    field = "valid_to"


class NotInForce(LedgerError):
    """Points are given by the rules in force on their day."""

    message = N_("Rule %(code)s is not in force on %(day)s.")


WORDS = ("category", "name", "name_en", "award_by", "evidence")
"""Where a rule says in words what it is about."""


def set_rule(session: Session, rule: Rule, *, by: str, now: datetime, today: date | None = None) -> Rule:
    """Let a rule hold from a day on: version 1 of a new one, or the next of one that stands. `today`, if given, is the
    first day allowed.
    """
    check_words(rule)
    if rule.points_max < rule.points_min:
        raise RangeUpsideDown
    if rule.valid_to is not None and rule.valid_to < rule.valid_from:
        raise LastDayFirst
    if today is not None and rule.valid_from < today:
        raise RuleInThePast(today=today.isoformat())
    versions = versions_of(session, rule.code)
    if versions:
        check_follows(rule, versions, today)
    rule.by, rule.recorded_us = by, microseconds(now)
    session.add(rule)
    session.flush()
    return rule


def check_words(rule: Rule) -> None:
    """Refuse a rule that would reward or punish what people have a right to, at the field that says so."""
    found = [(name, forbidden_word(getattr(rule, name) or "")) for name in WORDS]
    refuse_together([NeverARule(word=word, at=name) for name, word in found if word])


def check_follows(rule: Rule, versions: Sequence[Rule], today: date | None) -> None:
    """Refuse a version that is not the next, does not begin after the last one, or gives points of the other purse.

    A version that has not begun by `today` gave nobody anything: one that begins earlier takes its place.
    """
    if rule.version == 1:
        raise TakenAlready(code=rule.code, at="code")
    stands = next((one for one in versions if today is None or one.valid_from <= today), None)
    if stands is not None and rule.valid_from <= stands.valid_from:
        raise RuleStands(day=stands.valid_from.isoformat())
    if rule.version != versions[0].version + 1:
        raise RuleStands(day=versions[0].valid_from.isoformat())
    if rule.purse != versions[0].purse:
        raise FixedOnceUsed(at="purse")


def replaced_ones(versions: Sequence[Rule]) -> list[Rule]:
    """Return which of a rule's versions, the latest first, never held: a later one begins no later."""
    return [
        one for place, one in enumerate(versions)
        if any(later.valid_from <= one.valid_from for later in versions[:place])
    ]


def rules_on(session: Session, day: date, *, since: date | None = None) -> dict[str, Rule]:
    """Return the rules in force on a day, or on any day since an earlier one, by their codes and in that order."""
    query = select(Rule).where(Rule.valid_from <= day).order_by(Rule.code, Rule.version)
    latest = {rule.code: rule for rule in session.scalars(query)}
    return {code: rule for code, rule in latest.items() if rule.valid_to is None or rule.valid_to >= (since or day)}


def in_force(session: Session, rules: Mapping[str, Rule], code: str, day: date, *, at: str = "rule") -> Rule:
    """Return a rule of those in force on a day. Raises NotInForce for one that is not, Unknown for none."""
    if code not in rules:
        known = session.scalars(select(Rule.code).where(Rule.code == code)).first()
        raise NotInForce(code=code, day=day.isoformat(), at=at) if known else Unknown(what=Rule.word, code=code, at=at)
    return rules[code]


def rule_day(period: str, occurred_on: date) -> date:
    """Return the day whose rules a month's awards go by: that of the meeting, but never after the month itself."""
    year, month = int(period[:4]), int(period[5:])
    return min(occurred_on, date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1))


def versions_of(session: Session, code: str) -> list[Rule]:
    """Return every version of a rule, the latest first."""
    return listed(session, Rule, Rule.code == code, by=[Rule.version.desc()]) if can_be_asked(code) else []


def every_version(session: Session) -> dict[tuple[str, int], Rule]:
    """Return every version of every rule, by code and version: a line names the one it was given by."""
    return {(rule.code, rule.version): rule for rule in session.scalars(select(Rule))}


def all_rules(session: Session) -> list[Rule]:
    """Return the rule book: the latest version of each rule in the order of their codes."""
    query = select(Rule).order_by(Rule.code, Rule.version)
    return list({rule.code: rule for rule in session.scalars(query)}.values())
