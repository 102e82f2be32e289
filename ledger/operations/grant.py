"""A grant of support points: by a right in force, no more than it says, once in its month or year."""

from sqlmodel import Session

from ledger.errors import LedgerError, refuse_together
from ledger.operations.sheet_lines import Lines
from ledger.registers.grants import by_right, grant_time, had_already, rights_in
from ledger.registers.rules import Rule
from ledger.registers.sheets import PUT_ASIDE
from ledger.terms import N_


class NoRight(LedgerError):
    """What is granted every month or year is granted by a right, recorded from a paper."""

    message = N_(
        "Household %(household)s has no right to support points in %(month)s. Record the right from its paper first."
    )


class AboveTheRight(LedgerError):
    """A right says how many points it is to."""

    message = N_("The right of household %(household)s is to %(right)s points each time, not to %(points)s.")


class GrantedAlready(LedgerError):
    """A right is to one grant in its month or year."""

    message = N_("Household %(household)s has been given its support points of %(period)s by rule %(rule)s already.")


def check_grants(session: Session, book: str, period: str, lines: Lines, rules: list[Rule]) -> None:
    """Refuse what is granted by right where no right holds in the month, where it is to less, or where the month or
    year has been granted. Refuses all such lines at once.
    """
    time = grant_time(session, book, period)
    passed = [line.get("status") not in PUT_ASIDE for line in lines]
    granting = [place for place, rule in enumerate(rules) if passed[place] and by_right(rule, time)]
    rights = rights_in(session, book, period) if granting else {}
    had = {code: had_already(session, book, time, code) for code in {rules[place].code for place in granting}}
    refusals: list[LedgerError] = []
    for place in granting:
        household, rule, at = lines[place]["household"], rules[place], f"lines.{place}"
        right, points = rights.get(household), lines[place].get("points") or rule.points_min
        if right is None:
            refusals.append(NoRight(household=household, month=period, at=f"{at}.household"))
        elif household in had[rule.code]:
            refusals.append(GrantedAlready(household=household, period=time, rule=rule.code, at=f"{at}.household"))
        elif points > right.points_tenths:
            said = {"household": household, "right": right.points_tenths / 10, "points": points / 10}
            refusals.append(AboveTheRight(**said, at=f"{at}.points"))
        had[rule.code].add(household)
    refuse_together(refusals)
