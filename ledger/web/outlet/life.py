"""A household's life 农户变动: what happened to it, an event by its paper, and households that move in."""

from typing import Any

from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ledger.db import database
from ledger.journal import county_day
from ledger.operations.erasure import erase_collector
from ledger.operations.life import ANYBODY, DECIDE, change_life, confirm_cancel
from ledger.operations.life_states import fitting
from ledger.operations.moving_in import take_household_in
from ledger.operations.register import put_away
from ledger.registers.households import Household
from ledger.registers.policy import policy
from ledger.registers.proxies import named_before, proxies_of
from ledger.registers.register import find
from ledger.registers.requests import request_of
from ledger.registers.sites import outlets
from ledger.reports.lives import life, moves_in
from ledger.reports.passbook import purses
from ledger.terms import EntryKind, LifeEvent
from ledger.web.acts import act_on_form
from ledger.web.doors import may
from ledger.web.forms import Filled
from ledger.web.people import now, signed_in
from ledger.web.seeing import seen_table
from ledger.web.tables import as_csv, wants_csv
from schemas.arrival import ConfirmationForm
from schemas.life import NEEDS, LifeForm
from schemas.registers import RetireForm

blueprint = Blueprint("life", __name__, url_prefix="/books/<book>")


@blueprint.get("/households/<number>/life")
def show(book: str, number: str) -> ResponseReturnValue:
    """Show what happened to a household, and the form of the event asked for."""
    return page(book, number, Filled(typed={"event": request.args.get("event", "")}))


def page(book: str, number: str, form: Filled) -> ResponseReturnValue:
    """Return a household's life with what was typed."""
    with database().reading() as session:
        household = find(session, Household, book, number)
        table = life(session, book, number)
        if wants_csv():
            return as_csv(table, prefix=f"{book}-{number}")
        asked, events = str(form.value("event")), events_open(fitting(session, household))
        return render_template(
            "outlet/life/show.html", household=household, table=table, form=form, day=county_day(session, now()),
            purses=purses(session, book, [number])[number], proxies=proxies_of(session, book, number),
            before=named_before(session, book, number) if may("life.erasure", g.site) else [],
            events=events, event=asked if asked in events else None,
            needs=NEEDS.get(LifeEvent(asked), ()) if asked in list(LifeEvent) else (),
            sites=[one for one in outlets(session) if one.code != book] if asked == LifeEvent.MOVE else [],
        )


def events_open(fit: list[LifeEvent]) -> list[str]:
    """Return the events this person may enter or ask for, of those that fit the household's state."""
    mine = LifeEvent if signed_in().role in DECIDE else ANYBODY
    return [str(event) for event in fit if event in mine]


@blueprint.post("/households/<number>/life")
def create(book: str, number: str) -> ResponseReturnValue:
    """Book the event and show the household, or put a cancellation before a second person."""

    def done(answer: dict[str, Any]) -> str:
        if answer.get("n"):
            return url_for(".request", book=book, n=answer["n"])
        return url_for(".show", book=book, number=number)

    return act_on_form(
        LifeForm, change_life, book=book, household=number, done=done, again=lambda form: page(book, number, form)
    )


@blueprint.get("/households/<number>/proxy-paper")
def proxy(book: str, number: str) -> ResponseReturnValue:
    """Show the paper by which a household lets somebody collect for it, to be printed and signed."""
    with database().reading() as session:
        most = policy(session, book, "proxy_households_a_day", county_day(session, now()))
        return render_template(
            "outlet/life/proxy.html", household=find(session, Household, book, number), most=most, printed_at=now()
        )


@blueprint.get("/cancellations/<int:n>", endpoint="request")
def show_request(book: str, n: int) -> ResponseReturnValue:
    """Show a cancellation that was asked for."""
    return request_page(book, n, Filled())


def request_page(book: str, n: int, form: Filled) -> str:
    """Return the page of one cancellation. Raises NotFound."""
    with database().reading() as session:
        asked = request_of(session, book, n, kind=EntryKind.HOUSEHOLD)
        number = asked.lines()["household"]
        return render_template(
            "outlet/life/request.html", form=form, asked=asked, said=asked.lines(),
            household=session.get_one(Household, (book, number)), purses=purses(session, book, [number])[number],
        )


@blueprint.post("/cancellations/<int:n>/confirmation")
def confirm(book: str, n: int) -> ResponseReturnValue:
    """Cancel the household, as a second person."""
    return act_on_form(
        ConfirmationForm, confirm_cancel, book=book, request=n, again=lambda form: request_page(book, n, form),
        done=lambda answer: url_for(".show", book=book, number=answer["household"]),
    )


@blueprint.get("/moves")
def moves(book: str) -> ResponseReturnValue:
    """Show the households that move here."""
    return moves_page(Filled())


def moves_page(form: Filled) -> ResponseReturnValue:
    """Return the households that move here, each with its button."""
    with database().reading() as session:
        table = seen_table(moves_in(session, g.site.code), leaving=wants_csv())
    if wants_csv():
        return as_csv(table, prefix=g.site.code)
    return render_template("outlet/life/moves.html", form=form, table=table)


@blueprint.post("/moves/<sender>/<int:number>")
def take_in(book: str, sender: str, number: int) -> ResponseReturnValue:
    """Take a household in and show it."""
    return act_on_form(
        ConfirmationForm, take_household_in, book=book, sender=sender, number=number, again=moves_page,
        done=lambda answer: url_for(".show", book=book, number=answer["household"]),
    )


@blueprint.post("/households/<number>/collectors/<code>")
def retire(book: str, number: str, code: str) -> ResponseReturnValue:
    """Let somebody collect for this household no more."""
    return act_on_form(
        RetireForm, put_away, book=book, register="proxies", of=[book, number, code],
        done=lambda _: url_for(".show", book=book, number=number), again=lambda form: page(book, number, form),
    )


@blueprint.post("/households/<number>/collectors/<code>/erasure")
def erasure(book: str, number: str, code: str) -> ResponseReturnValue:
    """Erase who a collector is."""
    return act_on_form(
        ConfirmationForm, erase_collector, book=book, household=number, collector=code,
        done=lambda _: url_for(".show", book=book, number=number), again=lambda form: page(book, number, form),
    )
