"""The doors: one table of who may do what in which books. A page without a row is shut to everybody."""

from dataclasses import dataclass, field
from typing import Any

from flask import Flask, g, redirect, render_template, request, url_for

from ledger.db import database
from ledger.errors import LedgerError, NotFound, NotYourDoor
from ledger.registers.register import can_be_asked
from ledger.registers.sites import Site
from ledger.registers.staff import Staff, may_read
from ledger.terms import COUNTY, N_, Role
from ledger.web.keeping import kept_form


class SignInFirst(LedgerError):
    """Nobody is signed in."""

    message = N_("Please sign in first.")
    status = 401


@dataclass(frozen=True)
class Door:
    """Who may pass: for each role the books it may pass for ("outlet", "county", or "any"; "office": what concerns the
    county, whose book this role does not read otherwise); none: anybody, unseen.
    """

    roles: dict[Role, str] = field(default_factory=dict)

    def lets(self, staff: Staff, site: Site | None) -> bool:
        """Tell whether a person may pass for a site (None: a page that belongs to no book)."""
        books = self.roles.get(Role(staff.role))
        if books is None:
            return False
        if books == "office":
            return site is None or site.kind == "county"
        return site is None or (books in ("any", site.kind) and may_read(staff, site))


def door(**roles: str) -> Door:
    """Return a door from role names: door(keeper="outlet", county="county")."""
    return Door({Role(name): books for name, books in roles.items()})


PUBLIC = Door()
SHUT = Door()
"""For a page without a row: it opens for nobody."""
READERS = door(
    reporter="any", clerk="any", keeper="any", supervisor="any", checker="any", county="any", auditor="any"
)
EVERYBODY = READERS
SECOND_HAND = door(supervisor="outlet", checker="outlet", county="any")
NOTICE_HANDS = door(clerk="outlet", keeper="outlet", supervisor="outlet")
ANSWER_HANDS = door(clerk="outlet", keeper="outlet", supervisor="outlet", checker="outlet", county="any")
OBJECTION_HANDS = door(
    reporter="outlet", clerk="outlet", keeper="outlet", supervisor="outlet", checker="outlet", county="any"
)
TOWN = door(checker="outlet", county="any")
PRICE_HANDS = door(checker="office", county="county")
RECEIVERS = door(keeper="outlet", county="county")
OFFICE = door(county="any")
STORE = door(county="county")
STORE_READERS = door(county="county", auditor="county")
OFFICE_READERS = door(county="any", auditor="any")
DEED_WRITERS = door(reporter="outlet", clerk="outlet", keeper="outlet")
CORRECTORS = door(keeper="outlet", supervisor="outlet", checker="outlet", county="any")
LINE_PRINTERS = door(keeper="outlet", supervisor="outlet")
LIVES = door(clerk="outlet", keeper="outlet", supervisor="outlet", checker="outlet", county="outlet")
HOUSEHOLD_WRITERS = door(clerk="outlet", supervisor="outlet", county="outlet")
# The form shows name, card and ID tail whole, as only the outlet's own people see them; the office may enter new ones.
HOUSEHOLD_EDITORS = door(clerk="outlet", supervisor="outlet")
CARD_HANDS = door(clerk="outlet", keeper="outlet", supervisor="outlet")
PRINTERS = door(clerk="outlet", keeper="outlet", supervisor="outlet", checker="outlet", county="any")

DOORS: dict[str, Door] = {
    # before the door
    "static": PUBLIC,
    "health.healthz": PUBLIC,
    "health.readyz": PUBLIC,
    "signin.new": PUBLIC,
    "signin.create": PUBLIC,
    "signin.language": PUBLIC,
    "gift.show": PUBLIC,
    "own_page.show": PUBLIC,
    "letters.choose": PUBLIC,
    # everybody inside
    "signin.end": EVERYBODY,
    "signin.password": EVERYBODY,
    "signin.change_password": EVERYBODY,
    "home.show": EVERYBODY,
    "guide.show": EVERYBODY,
    # an outlet's work
    "today.show": READERS,
    "redemption.new": door(keeper="outlet"),
    "redemption.create": door(keeper="outlet"),
    "redemption.show": READERS,
    "signing.index": READERS,
    "signing.lines": LINE_PRINTERS,
    "signing.filled": READERS,
    "signing.pack": LINE_PRINTERS,
    "paper_day.index": READERS,
    "paper_day.new": door(keeper="outlet"),
    "paper_day.create": door(keeper="outlet"),
    "paper_day.request_shown": READERS,
    "paper_day.confirm": SECOND_HAND,
    "delivery.index": READERS,
    "delivery.note": NOTICE_HANDS,
    "delivery.paper": READERS,
    "need.index": READERS,
    "need.create": door(keeper="outlet"),
    "need.drop": door(keeper="outlet"),
    "donation.new": RECEIVERS,
    "donation.create": RECEIVERS,
    "donation.receipt": RECEIVERS,
    "donation.paper": READERS,
    "donation.note": RECEIVERS,
    "purchase.index": STORE_READERS,
    "purchase.new": STORE,
    "purchase.create": STORE,
    "allocation.new": STORE,
    "allocation.spread": STORE,
    "allocation.create": STORE,
    "allocation.show": STORE_READERS,
    "allocation.paper": STORE_READERS,
    "allocation.notes": STORE_READERS,
    "dispatch.new": RECEIVERS,
    "dispatch.create": RECEIVERS,
    "dispatch.paper": READERS,
    "redirect.new": RECEIVERS,
    "redirect.create": RECEIVERS,
    "arrival.index": READERS,
    "arrival.new": RECEIVERS,
    "arrival.create": RECEIVERS,
    "arrival.request": READERS,
    "arrival.confirm": SECOND_HAND,
    "deed.index": READERS,
    "deed.new": DEED_WRITERS,
    "deed.create": DEED_WRITERS,
    "deed.drop": DEED_WRITERS,
    "deed.erasure": OFFICE,
    "sheet.index": READERS,
    "sheet.new": door(clerk="outlet", keeper="outlet"),
    "sheet.create": door(clerk="outlet", keeper="outlet"),
    "sheet.show": READERS,
    "sheet.publish": door(clerk="outlet", keeper="outlet", supervisor="outlet"),
    "sheet.notice": READERS,
    "sheet.down": NOTICE_HANDS,
    "sheet.credit": SECOND_HAND,
    "objection.create": OBJECTION_HANDS,
    "objection.show": READERS,
    "objection.answer": ANSWER_HANDS,
    "objection.confirm": TOWN,
    "claw_back.index": READERS,
    "claw_back.create": NOTICE_HANDS,
    "claw_back.confirm": SECOND_HAND,
    "claw_back.paper": READERS,
    "claw_back_objection.index": READERS,
    "claw_back_objection.create": OBJECTION_HANDS,
    "claw_back_objection.show": READERS,
    "claw_back_objection.answer": ANSWER_HANDS,
    "stock.show": READERS,
    "stock.card": READERS,
    "stock.place": RECEIVERS,
    "write_off.index": READERS,
    "write_off.new": RECEIVERS,
    "write_off.create": RECEIVERS,
    "write_off.show": READERS,
    "write_off.paper": READERS,
    "write_off.confirm": SECOND_HAND,
    "count.index": READERS,
    "count.create": RECEIVERS,
    "count.show": READERS,
    "count.keep": RECEIVERS,
    "count.confirm": SECOND_HAND,
    "count.drop": door(keeper="outlet", supervisor="outlet", checker="outlet", county="any"),
    "count.paper": READERS,
    "count.back": READERS,
    "count.rolled": READERS,
    "override.create": door(keeper="outlet"),
    "override.show": READERS,
    "override.confirm": SECOND_HAND,
    "request.index": READERS,
    "request.decline": SECOND_HAND,
    "request.erasure": OFFICE,
    "month.index": READERS,
    "handover.new": READERS,
    "handover.show": READERS,
    "handover.create": SECOND_HAND,
    "month.show": READERS,
    "month.statement": READERS,
    "closing.index": READERS,
    "closing.create": RECEIVERS,
    "closing.confirm": SECOND_HAND,
    "lapse.index": READERS,
    "lapse.show": READERS,
    "lapse.create": door(clerk="outlet", keeper="outlet", supervisor="outlet"),
    "lapse.confirm": SECOND_HAND,
    "support.index": READERS,
    "support.create": HOUSEHOLD_WRITERS,
    "support.end": HOUSEHOLD_WRITERS,
    "entry.index": READERS,
    "entry.show": READERS,
    "entry.reversal": door(keeper="outlet", supervisor="outlet", checker="outlet", county="any"),
    "entry.erasure": OFFICE,
    "correction.new": CORRECTORS,
    "correction.create": CORRECTORS,
    "correction.show": READERS,
    "correction.request": READERS,
    "correction.confirm": SECOND_HAND,
    "life.show": READERS,
    "life.create": LIVES,
    "life.request": READERS,
    "life.confirm": SECOND_HAND,
    "life.moves": READERS,
    "life.proxy": READERS,
    "life.take_in": LIVES,
    "life.retire": LIVES,
    "life.erasure": OFFICE,
    "collection.index": READERS,
    "collection.note": SECOND_HAND,
    "household.index": READERS,
    "household.show": READERS,
    "household.new": HOUSEHOLD_WRITERS,
    "household.create": HOUSEHOLD_WRITERS,
    "household.edit": HOUSEHOLD_EDITORS,
    "household.change": HOUSEHOLD_EDITORS,
    "household.retire": HOUSEHOLD_EDITORS,
    "household.erasure": OFFICE,
    "household.paper": READERS,
    "card.switch": CARD_HANDS,
    "card.index": CARD_HANDS,
    "card.paper": CARD_HANDS,
    "label.paper": READERS,
    "printing.create": PRINTERS,
    "printing.slip": READERS,
    "package.show": door(supervisor="outlet", county="any", auditor="any"),
    # the county's work
    "board.show": door(checker="any", county="any", auditor="any"),
    "register.index": READERS,
    "register.show": READERS,
    "register.new": OFFICE,
    "register.create": OFFICE,
    "register.edit": OFFICE,
    "register.change": OFFICE,
    "register.retire": OFFICE,
    "price.create": OFFICE,
    "imports.index": OFFICE,
    "proposal.index": door(checker="any", county="any", auditor="any"),
    "proposal.decide": PRICE_HANDS,
    "imports.headings": OFFICE,
    "imports.create": OFFICE,
    "rule.new": OFFICE,
    "rule.show": READERS,
    "rule.create": OFFICE,
    "policy.index": OFFICE_READERS,
    "policy.show": OFFICE_READERS,
    "policy.create": OFFICE,
    "limit.create": OFFICE,
    "limit.note": OFFICE,
    "staff.reset": OFFICE,
    "staff.programs": OFFICE,
    "staff.declare": OFFICE,
    "statement.show": OFFICE_READERS,
    "statement.renew": OFFICE,
    # programs
    "api.openapi": PUBLIC,
    "api.checkpoint": PUBLIC,
    "api.books": READERS,
    "api.book": READERS,
    "api.households": READERS,
    "api.household": READERS,
    "api.stock": READERS,
    "api.entries": READERS,
    "api.entry": READERS,
    "api.donations": RECEIVERS,
    "api.donation_receipt": RECEIVERS,
    "api.purchases": STORE,
    "api.allocations": STORE,
    "api.dispatches": RECEIVERS,
    "api.redirections": RECEIVERS,
    "api.arrivals": RECEIVERS,
    "api.arrival_confirmation": SECOND_HAND,
    "api.deeds": DEED_WRITERS,
    "api.sheets": door(clerk="outlet", keeper="outlet"),
    "api.notice": door(clerk="outlet", keeper="outlet", supervisor="outlet"),
    "api.notice_end": NOTICE_HANDS,
    "api.credit": SECOND_HAND,
    "api.objections": OBJECTION_HANDS,
    "api.objection_answer": ANSWER_HANDS,
    "api.objection_confirmation": TOWN,
    "api.claw_backs": NOTICE_HANDS,
    "api.claw_back_confirmation": SECOND_HAND,
    "api.claw_back_objections": OBJECTION_HANDS,
    "api.claw_back_objection_answer": ANSWER_HANDS,
    "api.redemptions": door(keeper="outlet"),
    "api.paper_days": door(keeper="outlet"),
    "api.paper_line_confirmation": SECOND_HAND,
    "api.delivery_slip": NOTICE_HANDS,
    "api.needs": door(keeper="outlet"),
    "api.write_offs": RECEIVERS,
    "api.write_off_confirmation": SECOND_HAND,
    "api.counts": RECEIVERS,
    "api.count_lines": RECEIVERS,
    "api.count_confirmation": SECOND_HAND,
    "api.overrides": door(keeper="outlet"),
    "api.override_confirmation": SECOND_HAND,
    "api.refusal": SECOND_HAND,
    "api.closings": RECEIVERS,
    "api.prices": STORE,
    "api.proposals_decision": PRICE_HANDS,
    "api.closing_confirmation": SECOND_HAND,
    "api.correction": CORRECTORS,
    "api.correction_confirmation": SECOND_HAND,
    "api.life": LIVES,
    "api.cancellation": SECOND_HAND,
    "api.moving_in": LIVES,
    "api.reversal": door(keeper="outlet", supervisor="outlet", checker="outlet", county="any"),
}
"""By endpoint. `tests/web/test_doors.py` tries every cell."""

LONGEST = 400
"""How long an address may be that the sign-in form takes along."""
BEFORE_THE_PASSWORD = ("signin.password", "signin.change_password", "signin.end")
"""Where somebody may go who has not chosen a password yet."""


def check_door() -> Any:
    """Let a request through its door, or answer why not. Sets the site whose book it is about."""
    g.site = None
    if request.endpoint is None:
        return None
    here, program = DOORS.get(request.endpoint, SHUT), request.path.startswith("/api/")
    if here is PUBLIC:
        return None
    if g.staff is None:
        if program:
            raise SignInFirst
        if kept_form():
            return render_template("public/sign_in.html", next="", kept=kept_form()), 401
        return redirect(url_for("signin.new", next=page_asked_for()), 303)
    site = site_asked_for()
    if not here.lets(g.staff, site):
        raise NotYourDoor
    g.site = site
    # A token is not a password: it is good at once, whatever its owner still has to choose.
    if g.staff.one_time and not program and request.endpoint not in BEFORE_THE_PASSWORD:
        return redirect(url_for("signin.password"), 303)
    return None


def page_asked_for() -> str | None:
    """Return the address to come back to; a form that was sent is not one, its address shows nothing."""
    address = request.full_path.rstrip("?")
    return address if request.method == "GET" and len(address) <= LONGEST else None


def site_asked_for() -> Site | None:
    """Return the site whose book a request is about. Raises NotFound for people who may see all books."""
    code = (request.view_args or {}).get("book")
    if code is None:
        return None
    with database().reading() as reading:
        site: Site | None = reading.get(Site, code) if can_be_asked(code) else None
    if site is None:
        if g.staff.role in (Role.COUNTY, Role.AUDITOR):
            raise NotFound(what=N_("book"))
        raise NotYourDoor
    return site


def may(endpoint: str, site: Site | None = None) -> bool:
    """Tell whether the person signed in may pass a door, so that a page shows only doors that open."""
    return g.staff is not None and DOORS.get(endpoint, SHUT).lets(g.staff, site)


def home_of(staff: Staff) -> str:
    """Return the address of a person's first page."""
    if staff.role in (Role.COUNTY, Role.CHECKER, Role.AUDITOR):
        return url_for("board.show")
    return url_for("today.show", book=staff.book or COUNTY)


def install(app: Flask) -> None:
    """Put the doors before every page."""
    app.before_request(check_door)
    app.jinja_env.globals.update(may=may, page_asked_for=page_asked_for)
