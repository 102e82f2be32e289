"""Prints that are counted: a press on “Print” counts, then the paper is shown and printed; and the counter's slip."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from sqlmodel import Session

from ledger.db import database
from ledger.journal import body_of, entry_of
from ledger.operations.printing import MONTH, NUMBERED, PROXY, print_papers
from ledger.registers.households import Household
from ledger.registers.policy import policy
from ledger.registers.printings import times_printed
from ledger.reports.receipt import receipt
from ledger.web.acts import Page, act_on_button
from ledger.web.county.allocation import notes_that_stand
from ledger.web.forms import form_in_hand
from ledger.web.problems import answer

blueprint = Blueprint("printing", __name__, url_prefix="/books/<book>")
SIZES = ("58mm", "a5")
SHOWN_AT = {
    "slip": "printing.slip", "transfer-note": "dispatch.paper", "donation-slip": "donation.paper",
    "sheet": "sheet.paper", "notice": "sheet.notice", "count": "count.paper", "rollback": "count.rolled",
    "delivery": "delivery.paper", "claw-back": "claw_back.paper", "allocation-summary": "allocation.paper",
    "lapse-notice": "lapse.paper", "handover": "handover.show", "write-off": "write_off.paper",
    "correction": "correction.show", MONTH: "month.statement",
}


@blueprint.post("/papers/<kind>/<int:number>")
def create(book: str, kind: str, number: int) -> Page:
    """Count a print and show the paper to be printed; `allocation` prints all its transfer notes together."""
    numbers, endpoint, paper = [number], SHOWN_AT.get(kind, ""), kind
    page: dict[str, Any] = {name: request.args.get(name) for name in ("size", "since", "entry")}
    with database().reading() as session:
        if kind == "allocation":
            numbers, page["n"] = notes_that_stand(session, book, number), number
            endpoint, paper = "allocation.notes", "transfer-note"
        elif kind in NUMBERED:
            page["number" if kind == "delivery" else "n"] = number
        elif kind.startswith(PROXY):
            endpoint, page["number"] = "life.proxy", kind.removeprefix(PROXY)
        elif kind == MONTH:
            page["name"] = f"{number // 100}-{number % 100:02}"
        elif kind != "handover":
            page |= named_by(session, book, number, kind)
    return act_on_button(
        print_papers, kind=paper, numbers=numbers, again=not_counted,
        done=lambda _: url_for(endpoint, book=book, printed=1, **page),
    )


def named_by(session: Session, book: str, number: int, kind: str) -> dict[str, int]:
    """Return what names a paper in its address: the sheet, count or write-off its entry is about, else the entry."""
    facts = body_of(entry_of(session, book, number))["facts"]
    n = facts.get("request") if kind == "write-off" else facts.get("count", facts.get("sheet"))
    return {"number": number} if n is None else {"n": n}


def not_counted(**_: Any) -> Any:
    """Say why a print was not counted."""
    return answer(422, [("", sentence) for said in form_in_hand().errors.values() for sentence in said])


@blueprint.get("/redemptions/<int:number>/slip")
def slip(book: str, number: int) -> Page:
    """Show the slip a household takes home, in the size asked for or that of the outlet."""
    with database().reading() as session:
        told = receipt(session, book, number)
        size = request.args.get("size") or policy(session, book, "slip", told["occurred_on"])
        return render_template(
            "outlet/redemption/slip.html", receipt=told, size=size if size in SIZES else "a5",
            household=session.get_one(Household, (book, told["household"])),
            times=times_printed(session, book, "slip", [number]),
        )
