"""Signing in and out, the password, and the language of the pages."""

from urllib.parse import urlsplit

from flask import Blueprint, g, redirect, render_template, request, session, url_for

from ledger.db import database
from ledger.errors import LedgerError, NotFound
from ledger.operations.staff import choose_password
from ledger.registers.passwords import fits, hashed
from ledger.registers.staff import Staff, end_sessions
from ledger.terms import COUNTY, N_
from ledger.web.acts import Page, perform
from ledger.web.doors import home_of
from ledger.web.forms import read_form
from ledger.web.keeping import form_to_go_on, kept_form
from ledger.web.people import NobodyYet, open_session, signed_in
from ledger.web.words import LANGUAGES, choose_language
from schemas.signin import PasswordForm, SignInForm

blueprint = Blueprint("signin", __name__)
SHORTEST = 8


class WrongPassword(LedgerError):
    """Name or password do not fit; which of the two is not said."""

    message = N_("Name and password do not fit. Ask the county office if you have forgotten them.")
    field = "password"


class WrongOldPassword(LedgerError):
    """Who finds a counter left open does not lock its keeper out."""

    message = N_("This is not the password until now. Ask the county office if you have forgotten it.")
    field = "old"


class NotTheSame(LedgerError):
    """A new password is typed twice alike."""

    message = N_("The two passwords differ.")
    field = "again"


class TooShort(LedgerError):
    """A password is long enough not to be guessed."""

    message = N_("Choose at least %(least)s characters; it must not be your name.")
    field = "password"


@blueprint.get("/sign-in")
def new() -> str:
    """Show the sign-in form; without a county, say what to do first."""
    template = "public/empty.html" if isinstance(g.county, NobodyYet) else "public/sign_in.html"
    return render_template(template, next=next_address(), kept=kept_form())


@blueprint.post("/sign-in")
def create() -> Page:
    """Open a session for who knows name and password."""
    form = read_form(SignInForm, lambda filled: {name: text for name, text in filled.typed.items() if name != "kept"})
    staff = None
    if not form.errors:
        staff = person(form.content["name"].strip().lower(), form.content["password"])
        if staff is None:
            form.refuse(WrongPassword())
    if staff is None:
        form.typed.pop("password", None)
        return new(), 422
    open_session(staff)
    if kept_form():
        return render_template("public/kept.html", **form_to_go_on(kept_form()))
    return redirect(next_address() or home_of(staff), 303)


def person(name: str, password: str) -> Staff | None:
    """Return the member of staff with this name and password."""
    with database().reading() as reading:
        staff = reading.get(Staff, name)
    kept = staff.password_hash if staff and not staff.retired else None
    return staff if fits(kept, password) else None


def next_address() -> str:
    """Return the page asked for before signing in, if it is one of ours."""
    address = request.values.get("next", "")
    parts = urlsplit(address)
    ours = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc
    return address if ours else ""


@blueprint.post("/sign-out")
def end() -> Page:
    """End the session, and those on other devices: a copy of the cookie opens nothing any more."""
    session.clear()
    database().write(lambda writing: end_sessions(writing, signed_in().name))
    return redirect(url_for(".new"), 303)


@blueprint.get("/password")
def password() -> str:
    """Show the form for a new password."""
    return render_template("public/password.html")


@blueprint.post("/password")
def change_password() -> Page:
    """Take a new password; other sessions of this person end."""
    form = read_form(PasswordForm)
    staff = signed_in()
    if not form.errors:
        new_one = form.content["password"]
        if not (staff.one_time or fits(staff.password_hash, form.content["old"])):
            form.refuse(WrongOldPassword())
        elif new_one != form.content["again"]:
            form.refuse(NotTheSame())
        elif len(new_one) < SHORTEST or new_one.lower() == staff.name:
            form.refuse(TooShort(least=SHORTEST))
    if form.errors:
        form.typed.clear()
        return password(), 422
    answer = perform(choose_password, book=staff.book or COUNTY, key=form.key, password_hash=hashed(new_one))
    staff.sessions = answer["sessions"]
    open_session(staff)
    return redirect(home_of(staff), 303)


@blueprint.get("/language/<code>")
def language(code: str) -> Page:
    """Remember the language this browser reads."""
    if code not in LANGUAGES:
        raise NotFound(what=N_("page"))
    choose_language(code)
    return redirect(next_address() or "/", 303)
