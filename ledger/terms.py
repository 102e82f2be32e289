"""Words that every floor shares: kinds of entry, roles, purses and states, and the mark for sentences to translate."""

from enum import StrEnum


def N_(message: str) -> str:
    """Mark a sentence for the catalogue; it is translated where a person reads it."""
    return message


class Sentence(str):
    """A sentence for a person: reads in English, and carries its `message` and `values` for the catalogue."""

    message: str
    values: dict[str, object]

    def __new__(cls, message: str, values: dict[str, object] | None = None) -> "Sentence":
        """Fill the places of a message with values."""
        made = super().__new__(cls, message % values if values else message)
        made.message, made.values = message, values or {}
        return made


COUNTY = "COUNTY"
"""The code of the county store's own book."""

BIGGEST_QUANTITY = 9_999
"""The most of one item that one line of a form may hold; more is a slip of the finger."""

BIGGEST_POINTS = 99_999
"""The most tenths of a point that one line may hold."""


class EntryKind(StrEnum):
    """What happened."""

    DONATION = "donation"
    DISPATCH = "dispatch"
    ARRIVAL = "arrival"
    ARRIVAL_DIFFERENCE = "arrival-difference"
    SHEET = "sheet"
    NOTICE = "notice"
    CREDIT = "credit"
    REDEMPTION = "redemption"
    REVERSAL = "reversal"
    CLOSE = "close"


class Role(StrEnum):
    """Who holds which pen."""

    REPORTER = "reporter"
    CLERK = "clerk"
    KEEPER = "keeper"
    SUPERVISOR = "supervisor"
    CHECKER = "checker"
    COUNTY = "county"
    AUDITOR = "auditor"


class Purse(StrEnum):
    """The two purses of a household."""

    SUPPORT = "support"
    MERIT = "merit"


class HouseholdStatus(StrEnum):
    """Whether a household may be credited and served."""

    ACTIVE = "active"
    FROZEN = "frozen"
    CLOSED = "closed"


class SheetStatus(StrEnum):
    """How far an assessment sheet has come."""

    ASSESSED = "assessed"
    ON_NOTICE = "on-notice"
    CREDITED = "credited"
    WITHDRAWN = "withdrawn"


class WishKind(StrEnum):
    """Whom a donor wants to reach."""

    NONE = "none"
    OUTLETS = "outlets"
    GROUP = "group"
    PURPOSE = "purpose"
