"""A stock-take confirmed: a second person has seen the differences and why, and they are booked; or it is dropped."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.errors import LedgerError
from ledger.journal import Move, NotThere, act, post
from ledger.operations.answer import answer_of
from ledger.operations.count import CountOver
from ledger.registers.counts import CountLine, StockCount, lines_of_count
from ledger.registers.register import find
from ledger.registers.requests import SamePerson
from ledger.registers.staff import SECOND_HANDS, Staff
from ledger.terms import N_, CountReason, CountStatus, EntryKind


class ReasonMissing(LedgerError):
    """A difference says why."""

    message = N_("These differ from the book and have no reason yet: %(lots)s.")
    field = "lines"


class StillCounting(LedgerError):
    """Only a finished stock-take is confirmed."""

    message = N_("Stock-take %(serial)s does not wait for a second person.")


class DroppedByAnother(LedgerError):
    """Who has seen what should be there does not count it again as if blind."""

    message = N_(
        "All is counted and compared: only a second person can drop this stock-take now, the supervisor, the town "
        "checker or the county."
    )


class GoneMeanwhile(LedgerError):
    """Goods that have left the shelf since cannot be missing from it."""

    message = N_(
        "Of %(item)s %(lot)s the book holds %(held)s by now, and the stock-take takes away %(asked)s. "
        "Drop this stock-take and count again."
    )


@act
def confirm_count(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, count: int
) -> dict[str, Any]:
    """Book the differences of a stock-take, once a second person has seen them and why; also when there are none."""
    counted = find(session, StockCount, book, count)
    if counted.status != CountStatus.WAITING or counted.counted_on is None:
        raise StillCounting(serial=counted.serial)
    lines = lines_of_count(session, counted)
    check_hands(counted, lines, clerk)
    try:
        entry = post(
            session, book=book, kind=EntryKind.COUNT, by=clerk, occurred_on=counted.counted_on, now=now, key=key,
            moves=[move_of(line) for line in lines if line.difference], facts=facts_of(counted, lines),
            notes={"words": "\n".join(f"{line.item} {line.lot}: {line.words}" for line in lines if line.words)},
        )
    except NotThere as gone:
        raise GoneMeanwhile(item=gone.values["commodity"], **gone.values) from gone
    counted.status, counted.number = CountStatus.CONFIRMED, entry.number
    return answer_of(entry, n=count, status=str(counted.status))


def check_hands(count: StockCount, lines: list[CountLine], clerk: str) -> None:
    """Refuse who counted, and differences without a reason; “other” is one only with words."""
    if clerk in hands(count, lines):
        raise SamePerson
    bare = [line.lot for line in lines if line.difference and not why(line)]
    if bare:
        raise ReasonMissing(lots=", ".join(bare))


def why(line: CountLine) -> str:
    """Return why a line differs, empty if that is not said yet."""
    return line.words if line.reason == CountReason.OTHER else line.reason


def move_of(line: CountLine) -> Move:
    """Return what is booked for a line: short goods go to the differences, what was found above comes from there."""
    ends = (line.account, chart.DIFFERENCE) if line.difference < 0 else (chart.DIFFERENCE, line.account)
    return Move(*ends, line.item, abs(line.difference), line.lot)


def facts_of(count: StockCount, lines: list[CountLine]) -> dict[str, Any]:
    """Return what the entry says beside its postings: every line as it was counted, at which entry."""
    return {
        "count": count.n, "serial": count.serial, "nature": count.nature, "frozen": count.frozen,
        "asked_by": count.begun_by,
        "lines": [
            {
                "account": line.account, "item": line.item, "lot": line.lot, "counted": line.counted,
                "expected": line.expected, "at": line.at_number, **({"reason": line.reason} if line.reason else {}),
            }
            for line in lines
        ],
    }


@act
def drop_count(session: Session, *, book: str, clerk: str, now: datetime, key: str, count: int) -> dict[str, Any]:
    """Drop a stock-take that is not confirmed: nothing is booked, its number stays and is listed."""
    dropped = find(session, StockCount, book, count)
    if dropped.status not in (CountStatus.COUNTING, CountStatus.WAITING):
        raise CountOver(serial=dropped.serial)
    if dropped.status == CountStatus.WAITING:
        check_may_drop(session, dropped, clerk)
    return {"book": book, "n": count, "status": drop(session, dropped)}


def check_may_drop(session: Session, count: StockCount, clerk: str) -> None:
    """Refuse who counted, or could count again, to drop what has been compared."""
    if session.get_one(Staff, clerk).role not in SECOND_HANDS or clerk in hands(count, lines_of_count(session, count)):
        raise DroppedByAnother


def hands(count: StockCount, lines: list[CountLine]) -> set[str]:
    """Return who counted: whoever began, or keyed a line."""
    return {count.begun_by, *(line.by for line in lines)}


def drop(session: Session, count: StockCount) -> str:
    """Let a stock-take fall, its words with it."""
    count.status = CountStatus.DROPPED
    for line in lines_of_count(session, count):
        line.words = ""
    return str(count.status)
