"""Shelf labels 货架标签: goods on the shelf, their price in points large, their unit in words, bars to be scanned."""

from flask import Blueprint, render_template

from ledger.db import database
from ledger.exports.bars import card_bars, drawn, ean_bars
from ledger.registers.items import eans_of
from ledger.reports.stock import shelf
from ledger.web.people import today

blueprint = Blueprint("label", __name__, url_prefix="/books/<book>/labels")


@blueprint.get("")
def paper(book: str) -> str:
    """Show the labels of all priced goods on the shelf, to be printed and cut."""
    with database().reading() as session:
        labels = []
        for row in shelf(session, book, today()):
            ean = next(iter(eans_of(session, row["item"])), "")
            bars = ean_bars(ean) if ean else card_bars(row["item"])
            labels.append({**row, "ean": ean, "bars": drawn([bars]), "width": len(bars)})
    return render_template("outlet/label/paper.html", labels=labels)
