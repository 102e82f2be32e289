"""Redirecting 改送: what is on the road goes to another outlet; its keeper checks it in as a second person."""

from flask import Blueprint, render_template

from ledger.db import database
from ledger.operations.redirect import redirect_goods
from ledger.registers.sites import all_sites
from ledger.reports.journal import entry_page
from ledger.reports.stock import road_rows
from ledger.web.acts import Page, act_on_form
from schemas.dispatch import RedirectForm

blueprint = Blueprint("redirect", __name__, url_prefix="/books/<book>/dispatches/<int:number>/redirection")


@blueprint.get("/new")
def new(book: str, number: int) -> Page:
    """Show what of a note is still on the road, and ask where it goes. Raises NotFound."""
    with database().reading() as session:
        entry = entry_page(session, book, number)
        lines = [row for row in road_rows(session, sender=book) if row["dispatch"] == number]
        there = {book, *(line["to"] for line in lines)}
        sites = [site for site in all_sites(session) if site.code not in there and not site.retired]
    return render_template("outlet/redirect/new.html", entry=entry, lines=lines, sites=sites)


@blueprint.post("")
def create(book: str, number: int) -> Page:
    """Redirect the goods and show the entry."""
    return act_on_form(RedirectForm, redirect_goods, number=number, again=new)
