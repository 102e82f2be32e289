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


class TwoNames(str):
    """What is called in Chinese, and carries its English name, "" where it has none."""

    english: str

    def __new__(cls, name: str, english: str) -> "TwoNames":
        """Keep both names."""
        made = super().__new__(cls, name)
        made.english = english
        return made

    def with_code(self, code: str) -> "TwoNames":
        """Return both names with a code behind them."""
        return TwoNames(f"{self} ({code})", f"{self.english or self} ({code})")


COUNTY = "COUNTY"
"""The code of the county store's own book."""

BIGGEST_QUANTITY = 9_999
"""The most of one item that one line of a form may hold; more is a slip of the finger."""

BIGGEST_GOODS_IN = 999_999
"""The most of one item that comes in on one line: a lorry of exercise books is counted book by book."""

BIGGEST_POINTS = 99_999
"""The most tenths of a point that one line may hold."""


class EntryKind(StrEnum):
    """What happened."""

    DONATION = "donation"
    RECEIPT_NUMBER = "receipt-number"
    PURCHASE = "purchase"
    DISPATCH = "dispatch"
    REDIRECT = "redirect"
    ARRIVAL = "arrival"
    ARRIVAL_DIFFERENCE = "arrival-difference"
    SHEET = "sheet"
    NOTICE = "notice"
    NOTICE_DOWN = "notice-down"
    OBJECTION = "objection"
    OBJECTION_ANSWER = "objection-answer"
    CREDIT = "credit"
    CLAW_BACK_NOTICE = "claw-back-notice"
    CLAW_BACK = "claw-back"
    REDEMPTION = "redemption"
    VOID = "void"
    REVERSAL = "reversal"
    CORRECTION = "correction"
    DELIVERY_SLIP = "delivery-slip"
    HOUSEHOLD = "household"
    MOVE = "move"
    CLOSE = "close"
    SET_ASIDE = "set-aside"
    WRITE_OFF = "write-off"
    PUT_BACK = "put-back"
    COUNT = "count"
    OPENING = "opening"
    HANDOVER = "handover"
    LAPSE_NOTICE = "lapse-notice"
    LAPSE = "lapse"


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


class LifeEvent(StrEnum):
    """What happens to a household as a whole."""

    FREEZE = "freeze"
    THAW = "thaw"
    INHERIT = "inherit"
    MERGE = "merge"
    SPLIT = "split"
    MOVE = "move-out"
    CANCEL = "cancel"
    CARD = "card"


class FreezeCause(StrEnum):
    """Why a household is frozen."""

    DEATH = "death"
    MOVED = "moved"
    CHECK = "check"


class GoodsFate(StrEnum):
    """What became of goods that were redeemed by mistake."""

    BACK = "back"
    DAMAGED = "damaged"
    ELSEWHERE = "elsewhere"
    GONE = "gone"
    EXCHANGED = "exchanged"


class SheetStatus(StrEnum):
    """How far an assessment sheet has come."""

    ASSESSED = "assessed"
    ON_NOTICE = "on-notice"
    CREDITED = "credited"
    WITHDRAWN = "withdrawn"


class LineStatus(StrEnum):
    """How far one line of a sheet has come: what the meeting decided, and what became of a line that passed."""

    PASSED = "passed"
    REFUSED = "refused"
    DEFERRED = "deferred"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"
    CREDITED = "credited"
    CLAWED_BACK = "clawed-back"


class DeedStatus(StrEnum):
    """Whether a deed waits for a meeting, comes back to the next one by itself, stands on a sheet, or was a mistake."""

    OPEN = "recorded"
    DEFERRED = "deferred"
    DRAWN = "drawn"
    DROPPED = "dropped"


class LapseStatus(StrEnum):
    """How far a run of the year's end has come."""

    ANNOUNCED = "announced"
    BOOKED = "booked"
    WITHDRAWN = "withdrawn"


class ObjectionWay(StrEnum):
    """How an objection came in."""

    SPOKEN = "spoken"
    WRITTEN = "written"
    PHONE = "phone"
    ANONYMOUS = "anonymous"


class ObjectionResult(StrEnum):
    """What an objection led to: the line was put right, or struck, or stands; what was missing is noted elsewhere."""

    CORRECTED = "corrected"
    CANCELLED = "cancelled"
    NOT_UPHELD = "not-upheld"
    ON_ANOTHER_SHEET = "on-another-sheet"


class WishKind(StrEnum):
    """Whom a donor wants to reach."""

    NONE = "none"
    OUTLETS = "outlets"
    GROUP = "group"
    PURPOSE = "purpose"


class MoneySource(StrEnum):
    """Where money comes from; each kind is kept apart until it is spent."""

    DONATED = "donated"
    UNION = "union"
    PUBLIC = "public"
    VILLAGE = "village"
    PARTNER = "partner"


class ValueBasis(StrEnum):
    """What the value of goods rests on."""

    INVOICE = "invoice"
    FAIR = "fair"
    NONE = "none"


class LossReason(StrEnum):
    """Why goods are taken off the shelf."""

    EXPIRED = "expired"
    DAMAGED = "damaged"
    LEAKING = "leaking"
    PESTS = "pests"
    LOST = "lost"
    OTHER = "other"


class CountStatus(StrEnum):
    """How far a stock-take has come."""

    COUNTING = "counting"
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


class CountNature(StrEnum):
    """What a stock-take is made for."""

    MONTH = "month-end"
    QUARTER = "quarter-end"
    HANDOVER = "handover"
    SURPRISE = "surprise"


class CountReason(StrEnum):
    """Why a count differs from the book."""

    NOT_BOOKED = "not-booked"
    BOOKED_WRONG = "booked-wrong"
    MIXED_UP = "mixed-up"
    DAMAGED = "damaged"
    LOST = "lost"
    UNKNOWN = "unknown"
    OTHER = "other"


class LimitPeriod(StrEnum):
    """What a limit per household is counted over; all that is handed out on one day is one visit."""

    VISIT = "visit"
    MONTH = "month"
