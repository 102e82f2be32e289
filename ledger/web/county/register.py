"""The county's registers: list, one line with its changes, new, edit, retire; one set of pages for all of them."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from ledger.db import database
from ledger.errors import NotFound, NotYourDoor
from ledger.operations.register import MODELS, amend, enter, put_away
from ledger.registers.items import eans_of, item_of_ean, prices_of
from ledger.registers.limits import limits_of
from ledger.registers.register import Registered, changes_of, find
from ledger.registers.requests import proposals_waiting
from ledger.registers.sites import outlets
from ledger.registers.staff import kin_of, tokens_of
from ledger.reports.proposals import proposals
from ledger.reports.registers import REGISTERS, register
from ledger.terms import N_, LimitPeriod, Role
from ledger.web.acts import Answer, Page, act_on_form
from ledger.web.county.fields import FIELDS, Register
from ledger.web.forms import over_line
from ledger.web.people import signed_in, today
from ledger.web.tables import as_csv, seen_table, wants_csv
from ledger.web.words import language, say
from schemas.registers import RetireForm

blueprint = Blueprint("register", __name__, url_prefix="/registers/<name>")
OPEN_TO_ALL = ("items", "rules")


def known(name: str) -> Register | None:
    """Return how a register is written; None for one that is only read. Raises NotFound, NotYourDoor."""
    if name not in REGISTERS:
        raise NotFound(what=N_("register"))
    if name not in OPEN_TO_ALL and signed_in().role not in (Role.COUNTY, Role.AUDITOR):
        raise NotYourDoor
    return FIELDS.get(name)


def written_by_form(name: str) -> Register:
    """Return how a register is written. Raises NotFound for one that no form writes."""
    form = known(name)
    if form is None:
        raise NotFound(what=N_("register"))
    return form


@blueprint.get("/")
def index(name: str) -> Page:
    """Show a register, or give it as a file with personal values masked."""
    form = known(name)
    with database().reading() as session:
        scanned = item_of_ean(session, request.args.get("ean", "").strip()) if name == "items" else None
        if scanned:
            return redirect(url_for(".show", name=name, code=scanned.code))
        table = register(session, name, today())
        waiting = len(proposals_waiting(session)) if name == "items" else 0
    if wants_csv() or signed_in().role != Role.COUNTY:
        table = masked_table(name, table)
    if wants_csv():
        return as_csv(table)
    if language() != "en":
        table = replace(table, columns=tuple(column for column in table.columns if column.name != "name_en"))
    return render_template("county/register/index.html", name=name, table=table, writes=form, waiting=waiting)


PERSONAL = {"donors": ("contact", "phone"), "suppliers": ("phone",)}
"""Which columns are for the county office alone."""
LEAVING = {**PERSONAL, "staff": ("full_name",)}
"""Which columns name people, and leave the house with masks; sites, items and rules name none."""


def masked_table(name: str, table: Any) -> Any:
    """Return a register with the names of people masked, and without the names of donors who want none."""
    rows = [{**row, "name": ""} if row.get("anonymous") else row for row in table.rows]
    personal = (LEAVING if wants_csv() else PERSONAL).get(name, ())
    return seen_table(replace(table, rows=rows), personal)


def personal_of(name: str, line: Registered) -> tuple[str, ...]:
    """Return what the person signed in sees only masked in a line."""
    if signed_in().role == Role.COUNTY:
        return ()
    return (*PERSONAL.get(name, ()), *(["name"] if getattr(line, "anonymous", 0) else []))


@blueprint.get("/<code>")
def show(name: str, code: str) -> str:
    """Show one line of a register with the forms that stand on it, and who changed what in it."""
    writes = written_by_form(name)
    with database().reading() as session:
        line = find(session, MODELS[name], code)
        waiting = proposals(session, today(), proposals_waiting(session, item=code)) if name == "items" else []
        return render_template(
            "county/register/show.html", name=name, line=line, writes=writes,
            changes=changes_of(session, line) if signed_in().role == Role.COUNTY else [],
            personal=personal_of(name, line),
            prices=prices_of(session, code) if name == "items" else [],
            limits=limits_of(session, code) if name == "items" else [],
            eans=eans_of(session, code) if name == "items" else [],
            periods=[(per, say(per)) for per in LimitPeriod],
            kin=kin_of(session, code) if name == "staff" else [],
            programs=tokens_of(session, code) if name == "staff" else 0,
            outlets=outlets(session), title=REGISTERS[name][0], waiting=waiting,
        )


@blueprint.get("/new")
def new(name: str) -> Page:
    """Show an empty line."""
    return form_page(name, entered_by_form(name), None)


def entered_by_form(name: str) -> Register:
    """Return how a register gets new lines. Raises NotFound for one that gets them by acts alone, as lots do."""
    writes = written_by_form(name)
    if not writes.can_enter:
        raise NotFound(what=N_("register"))
    return writes


def form_page(name: str, writes: Register, line: Registered | None) -> str:
    """Return the page on which a line is written."""
    with database().reading() as session:
        sites = outlets(session)
    return render_template(
        "county/register/edit.html", name=name, line=line, writes=writes, outlets=sites, title=REGISTERS[name][0]
    )


@blueprint.post("/")
def create(name: str) -> Page:
    """Take a new line in."""
    schema = entered_by_form(name).schema
    return act_on_form(schema, enter, register=name, under="values", done=shown, again=new)


def shown(answer: Answer) -> str:
    """Return the address of the line a form was about."""
    return url_for("register.show", name=answer["register"], code=answer["key"][-1])


@blueprint.get("/<code>/edit")
def edit(name: str, code: str) -> Page:
    """Show a line to be changed. Raises NotFound."""
    writes = written_by_form(name)
    with database().reading() as session:
        line = find(session, MODELS[name], code)
    over_line(writes.schema, line)
    return form_page(name, writes, line)


@blueprint.post("/<code>")
def change(name: str, code: str) -> Page:
    """Change a line."""
    schema = written_by_form(name).schema
    return act_on_form(schema, amend, register=name, of=[code], under="values", done=shown, again=edit)


@blueprint.post("/<code>/retirement")
def retire(name: str, code: str) -> Page:
    """Retire a line, or use it again."""
    written_by_form(name)
    return act_on_form(RetireForm, put_away, register=name, of=[code], done=shown, again=edit)
