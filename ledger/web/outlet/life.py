"""A household's life 农户变动: what happened to it, an event by its paper, and households that move in."""

from flask import Blueprint, g, render_template, request, url_for

from ledger.db import database
from ledger.operations.erasure import erase_collector
from ledger.operations.life import ANYBODY, change_life, confirm_cancel
from ledger.operations.life_states import fitting
from ledger.operations.moving_in import take_household_in
from ledger.operations.printing import PROXY
from ledger.operations.register import put_away
from ledger.registers.households import Household
from ledger.registers.policy import policy
from ledger.registers.printings import times_printed
from ledger.registers.proxies import named_before, proxies_of
from ledger.registers.register import find
from ledger.registers.requests import request_of
from ledger.registers.sites import outlets
from ledger.registers.staff import SECOND_HANDS
from ledger.reports.lives import life, moves_in
from ledger.reports.passbook import purses
from ledger.terms import EntryKind, LifeEvent
from ledger.web.acts import Answer, Page, act_on_button, act_on_form
from ledger.web.doors import may
from ledger.web.forms import form_in_hand
from ledger.web.people import signed_in, today
from ledger.web.tables import seen_table, table_page
from schemas.life import NEEDS, LifeForm
from schemas.registers import RetireForm

blueprint = Blueprint("life", __name__, url_prefix="/books/<book>")


@blueprint.get("/households/<number>/life")
def show(book: str, number: str) -> Page:
    """Show what happened to a household, and the form of the event asked for."""
    asked = str(form_in_hand({"event": request.args.get("event", "")}).value("event"))
    with database().reading() as session:
        household = find(session, Household, book, number)
        events = events_open(fitting(session, household))
        return table_page(
            "outlet/life/show.html", life(session, book, number), of=number, household=household,
            purses=purses(session, book, [number])[number], proxies=proxies_of(session, book, number),
            before=named_before(session, book, number) if may("life.erasure", g.site) else [],
            events=events, event=asked if asked in events else None,
            needs=NEEDS.get(LifeEvent(asked), ()) if asked in list(LifeEvent) else (),
            sites=[one for one in outlets(session) if one.code != book] if asked == LifeEvent.MOVE else [],
        )


def events_open(fit: list[LifeEvent]) -> list[str]:
    """Return the events this person may enter or ask for, of those that fit the household's state."""
    mine = LifeEvent if signed_in().role in SECOND_HANDS else ANYBODY
    return [str(event) for event in fit if event in mine]


@blueprint.post("/households/<number>/life")
def create(book: str, number: str) -> Page:
    """Book the event and show the household, or put a cancellation before a second person."""

    def done(answer: Answer) -> str:
        if answer.get("n"):
            return url_for(".request", book=book, n=answer["n"])
        return url_for(".show", book=book, number=number)

    return act_on_form(LifeForm, change_life, household=number, done=done, again=show)


@blueprint.get("/households/<number>/proxy-paper")
def proxy(book: str, number: str) -> Page:
    """Show the paper by which a household lets somebody collect for it, to be printed and signed."""
    with database().reading() as session:
        most, kind, year = policy(session, book, "proxy_households_a_day", today()), f"{PROXY}{number}", today().year
        return render_template(
            "outlet/life/proxy.html", household=find(session, Household, book, number), most=most, kind=kind, year=year,
            times=times_printed(session, book, kind, [year])[year],
        )


@blueprint.get("/cancellations/<int:n>", endpoint="request")
def show_request(book: str, n: int) -> Page:
    """Show a cancellation that was asked for. Raises NotFound."""
    with database().reading() as session:
        asked = request_of(session, book, n, kind=EntryKind.HOUSEHOLD)
        number = asked.lines()["household"]
        return render_template(
            "outlet/life/request.html", asked=asked, said=asked.lines(),
            household=session.get_one(Household, (book, number)), purses=purses(session, book, [number])[number],
        )


@blueprint.post("/cancellations/<int:n>/confirmation")
def confirm(book: str, n: int) -> Page:
    """Cancel the household, as a second person."""
    return act_on_button(
        confirm_cancel, request=n, again=show_request,
        done=lambda answer: url_for(".show", book=book, number=answer["household"]),
    )


@blueprint.get("/moves")
def moves(book: str) -> Page:
    """Show the households that move here, each with its button."""
    with database().reading() as session:
        return table_page("outlet/life/moves.html", seen_table(moves_in(session, book)))


@blueprint.post("/moves/<sender>/<int:number>")
def take_in(book: str, sender: str, number: int) -> Page:
    """Take a household in and show it."""
    return act_on_button(
        take_household_in, sender=sender, number=number, again=lambda **_: moves(book),
        done=lambda answer: url_for(".show", book=book, number=answer["household"]),
    )


@blueprint.post("/households/<number>/collectors/<code>")
def retire(book: str, number: str, code: str) -> Page:
    """Let somebody collect for this household no more."""
    return act_on_form(
        RetireForm, put_away, register="proxies", of=[book, number, code],
        done=url_for(".show", book=book, number=number), again=lambda **_: show(book, number),
    )


@blueprint.post("/households/<number>/collectors/<code>/erasure")
def erasure(book: str, number: str, code: str) -> Page:
    """Erase who a collector is."""
    return act_on_button(
        erase_collector, household=number, collector=code,
        done=url_for(".show", book=book, number=number), again=lambda **_: show(book, number),
    )
