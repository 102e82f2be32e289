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
KEEPERS = door(keeper="outlet")
SECOND_HAND = door(supervisor="outlet", checker="outlet", county="any")
DESK = door(clerk="outlet", keeper="outlet", supervisor="outlet")
DESK_AND_ABOVE = door(clerk="outlet", keeper="outlet", supervisor="outlet", checker="outlet", county="any")
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
BOARD_READERS = door(checker="any", county="any", auditor="any")
SHEET_DRAWERS = door(clerk="outlet", keeper="outlet")
DEED_WRITERS = door(reporter="outlet", clerk="outlet", keeper="outlet")
CORRECTORS = door(keeper="outlet", supervisor="outlet", checker="outlet", county="any")
LINE_PRINTERS = door(keeper="outlet", supervisor="outlet")
LIVES = door(clerk="outlet", keeper="outlet", supervisor="outlet", checker="outlet", county="outlet")
HOUSEHOLD_WRITERS = door(clerk="outlet", supervisor="outlet", county="outlet")
# The form shows name, card and ID tail whole, as only the outlet's own people see them; the office may enter new ones.
HOUSEHOLD_EDITORS = door(clerk="outlet", supervisor="outlet")

ROWS = {
    # before the door
    "static": PUBLIC,
    "health.healthz health.readyz": PUBLIC,
    "signin.new signin.create signin.language": PUBLIC,
    "gift.show": PUBLIC,
    "own_page.show": PUBLIC,
    "letters.choose": PUBLIC,
    # everybody inside
    "signin.end signin.password signin.change_password": EVERYBODY,
    "home.show home.guide": EVERYBODY,
    # an outlet's work
    "today.show": READERS,
    "redemption.new redemption.create api.redemptions": KEEPERS,
    "redemption.show": READERS,
    "signing.index signing.filled": READERS,
    "signing.lines signing.pack": LINE_PRINTERS,
    "paper_day.index paper_day.request_shown": READERS,
    "paper_day.new paper_day.create api.paper_days": KEEPERS,
    "paper_day.confirm api.paper_line_confirmation": SECOND_HAND,
    "delivery.index delivery.paper": READERS,
    "delivery.note api.delivery_slip": DESK,
    "need.index": READERS,
    "need.create need.drop api.needs": KEEPERS,
    "donation.new donation.create donation.receipt donation.note api.donations api.donation_receipt": RECEIVERS,
    "donation.paper": READERS,
    "purchase.index": STORE_READERS,
    "purchase.new purchase.create api.purchases": STORE,
    "allocation.new allocation.spread allocation.create api.allocations": STORE,
    "allocation.show allocation.paper allocation.notes": STORE_READERS,
    "dispatch.new dispatch.create api.dispatches": RECEIVERS,
    "dispatch.paper": READERS,
    "redirect.new redirect.create api.redirections": RECEIVERS,
    "arrival.index arrival.request": READERS,
    "arrival.new arrival.create api.arrivals": RECEIVERS,
    "arrival.confirm api.arrival_confirmation": SECOND_HAND,
    "deed.index": READERS,
    "deed.new deed.create deed.drop api.deeds": DEED_WRITERS,
    "deed.erasure": OFFICE,
    "sheet.index sheet.show sheet.paper sheet.notice": READERS,
    "sheet.new sheet.create api.sheets": SHEET_DRAWERS,
    "sheet.publish sheet.down api.notice api.notice_end": DESK,
    "sheet.credit api.credit": SECOND_HAND,
    "objection.create api.objections": OBJECTION_HANDS,
    "objection.show": READERS,
    "objection.answer api.objection_answer": DESK_AND_ABOVE,
    "objection.confirm api.objection_confirmation": TOWN,
    "claw_back.index claw_back.paper": READERS,
    "claw_back.create api.claw_backs": DESK,
    "claw_back.confirm api.claw_back_confirmation": SECOND_HAND,
    "claw_back_objection.index claw_back_objection.show": READERS,
    "claw_back_objection.create api.claw_back_objections": OBJECTION_HANDS,
    "claw_back_objection.answer api.claw_back_objection_answer": DESK_AND_ABOVE,
    "stock.show stock.card": READERS,
    "stock.place": RECEIVERS,
    "write_off.index write_off.show write_off.paper": READERS,
    "write_off.new write_off.create api.write_offs": RECEIVERS,
    "write_off.confirm api.write_off_confirmation": SECOND_HAND,
    "count.index count.show count.paper count.back count.rolled": READERS,
    "count.create count.keep api.counts api.count_lines": RECEIVERS,
    "count.confirm api.count_confirmation": SECOND_HAND,
    "count.drop": CORRECTORS,
    "override.create api.overrides": KEEPERS,
    "override.show": READERS,
    "override.confirm api.override_confirmation": SECOND_HAND,
    "request.index": READERS,
    "request.decline api.refusal": SECOND_HAND,
    "request.erasure": OFFICE,
    "month.index month.show month.statement": READERS,
    "handover.new handover.show": READERS,
    "handover.create": SECOND_HAND,
    "closing.index": READERS,
    "closing.create api.closings": RECEIVERS,
    "closing.confirm api.closing_confirmation": SECOND_HAND,
    "lapse.index lapse.show lapse.paper": READERS,
    "lapse.create": DESK,
    "lapse.confirm": SECOND_HAND,
    "support.index": READERS,
    "support.create support.end": HOUSEHOLD_WRITERS,
    "entry.index entry.show": READERS,
    "entry.reversal api.reversal": CORRECTORS,
    "entry.erasure": OFFICE,
    "correction.new correction.create api.correction": CORRECTORS,
    "correction.show correction.request": READERS,
    "correction.confirm api.correction_confirmation": SECOND_HAND,
    "life.show life.request life.moves life.proxy": READERS,
    "life.create life.take_in life.retire api.life api.moving_in": LIVES,
    "life.confirm api.cancellation": SECOND_HAND,
    "life.erasure": OFFICE,
    "collection.index": READERS,
    "collection.note": SECOND_HAND,
    "household.index household.show household.paper": READERS,
    "household.new household.create": HOUSEHOLD_WRITERS,
    "household.edit household.change household.retire": HOUSEHOLD_EDITORS,
    "household.erasure": OFFICE,
    "card.switch card.index card.paper": DESK,
    "label.paper": READERS,
    "printing.create": DESK_AND_ABOVE,
    "printing.slip": READERS,
    "package.show": door(supervisor="outlet", county="any", auditor="any"),
    # the county's work
    "board.show": BOARD_READERS,
    "register.index register.show": READERS,
    "register.new register.create register.edit register.change register.retire": OFFICE,
    "item.price item.limit item.barcode": OFFICE,
    "imports.index imports.headings imports.create": OFFICE,
    "proposal.index": BOARD_READERS,
    "proposal.decide": PRICE_HANDS,
    "rule.new rule.create": OFFICE,
    "rule.show": READERS,
    "policy.index policy.show": OFFICE_READERS,
    "policy.create": OFFICE,
    "staff.reset staff.programs staff.declare": OFFICE,
    "statement.show": OFFICE_READERS,
    "statement.renew": OFFICE,
    # programs
    "api.openapi api.checkpoint": PUBLIC,
    "api.books api.book api.households api.household api.stock api.entries api.entry": READERS,
    "api.prices": STORE,
    "api.proposals_decision": PRICE_HANDS,
}
"""A row for each thing and whom it opens to: the pages, their acts, and the JSON doors (`api.`) of the same acts."""
DOORS = {endpoint: who for endpoints, who in ROWS.items() for endpoint in endpoints.split()}
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
