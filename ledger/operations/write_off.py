"""Write-off: spoilt goods are set aside at once, and a second person decides what becomes of them."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.errors import LedgerError, refuse_together
from ledger.journal import Move, Place, act, county_day, held, post, take_book
from ledger.operations.answer import answer_of
from ledger.operations.days import check_day
from ledger.operations.serial import serial_facts
from ledger.registers.requests import ask, decide, for_second_hand, missing_of, spoken_for
from ledger.terms import N_, EntryKind, LossReason

Lines = list[dict[str, Any]]


class NotSoMany(LedgerError):
    """Only what lies there is set aside, and only what is set aside is written off."""

    message = N_("Of %(item)s %(lot)s there is %(held)s, %(asked)s named.")


class WordsMissing(LedgerError):
    """“Other” is no reason by itself."""

    message = N_("Say in words what is the matter.")
    field = "words"


class OneOrTheOther(LedgerError):
    """Goods are disposed of, or they go back on the shelf."""

    message = N_("Say how the goods are disposed of, or put them back on the shelf: one or the other.")
    field = "disposal"


@act
def propose_write_off(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    lines: Lines,
    reason: str,
    words: str | None = None,
    occurred_on: date | None = None,
) -> dict[str, Any]:
    """Set goods aside, so that nobody is given them, and propose to a second person to write them off.

    `lines` are {item, lot, quantity, account?}; `account` says that goods are set aside already.
    """
    day = occurred_on or county_day(session, now)
    check_day(session, day, now)
    if reason == LossReason.OTHER and not words:
        raise WordsMissing
    check_there(session, book, lines)
    goods = [{name: line[name] for name in ("item", "lot", "quantity")} for line in lines]
    asked = {"number": take_book(session, book).number + 1, "lines": goods, "reason": reason}
    request = ask(session, book=book, kind=EntryKind.WRITE_OFF, by=clerk, now=now, asked=asked)
    entry = post(
        session, book=book, kind=EntryKind.SET_ASIDE, by=clerk, occurred_on=day, now=now, key=key,
        moves=[
            Move(chart.STOCK, chart.SET_ASIDE, line["item"], line["quantity"], line["lot"])
            for line in lines if line.get("account") != chart.SET_ASIDE
        ],
        facts={
            "request": request.n, "reason": reason, **serial_facts(session, book, "write-off", day),
        },
        notes={"words": words or ""},
    )
    return answer_of(entry, n=request.n, status=request.status, lines=goods)


def check_there(session: Session, book: str, lines: Lines) -> None:
    """Refuse more than lies on the shelf, or is set aside and in no proposal yet; all lines at once."""
    places = [Place(line.get("account") or chart.STOCK, line["item"], line["lot"]) for line in lines]
    there, named, asked = held(session, book, places), spoken_for(session, book), Counter[Place]()
    refusals: list[LedgerError] = []
    for n, (place, line) in enumerate(zip(places, lines, strict=True)):
        left = there[place] - named[place] - asked[place]
        asked[place] += line["quantity"]
        if line["quantity"] > left:
            refusals.append(NotSoMany(
                item=place.commodity, lot=place.lot, held=max(0, left), asked=line["quantity"],
                at=f"lines.{n}.quantity",
            ))
    refuse_together(refusals)


@act
def decide_write_off(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    request: int,
    disposal: str | None = None,
    witness: str | None = None,
    back: int = 0,
) -> dict[str, Any]:
    """Write off goods that were set aside, or put them back on the shelf, once a second person has decided.

    What a stock-take has found missing of them meanwhile is out of the book already, and is told as such.
    """
    asked = for_second_hand(session, book, request, kind=EntryKind.WRITE_OFF, by=clerk)
    if bool(back) == bool(disposal):
        raise OneOrTheOther
    said, kind = asked.lines(), EntryKind.PUT_BACK if back else EntryKind.WRITE_OFF
    to = chart.STOCK if back else chart.WRITTEN_OFF
    missing = missing_of(session, book, said["lines"])
    entry = post(
        session, book=book, kind=kind, by=clerk, occurred_on=county_day(session, now), now=now, key=key,
        moves=[
            Move(chart.SET_ASIDE, to, line["item"], line["quantity"] - gone, line["lot"])
            for line, gone in zip(said["lines"], missing, strict=True) if line["quantity"] > gone
        ],
        facts={
            "request": request, "asked_by": asked.asked_by, "set_aside": said["number"], "reason": said["reason"],
            **({"missing": missing} if any(missing) else {}),
        },
        notes={"disposal": disposal or "", "witness": witness or ""},
    )
    decide(asked, kind, entry.number)
    return answer_of(entry, request=request)
