"""All pages, by who walks through them."""

from flask import Flask

from ledger.web.api import acts as api_acts
from ledger.web.api import books as api_books
from ledger.web.auditor import package
from ledger.web.county import (
    allocation,
    board,
    imports,
    item,
    policy,
    proposal,
    purchase,
    register,
    rule,
    staff,
    statement,
)
from ledger.web.donor import gift
from ledger.web.outlet import (
    arrival,
    card,
    claw_back,
    claw_back_objection,
    closing,
    collection,
    correction,
    count,
    deed,
    delivery,
    dispatch,
    donation,
    entry,
    handover,
    household,
    label,
    lapse,
    life,
    month,
    need,
    objection,
    override,
    paper_day,
    printing,
    redemption,
    redirect,
    request,
    sheet,
    signing,
    stock,
    support,
    today,
    write_off,
)
from ledger.web.public import health, home, letters, own_page, signin

PAGES = (
    purchase, allocation, redirect,
    correction, life, collection,
    objection, claw_back, claw_back_objection,
    card, printing, label, own_page, letters,
    count, write_off, override, request, item, deed, rule, policy, signing, paper_day,
    health, signin, home, today, redemption, delivery, need, donation, dispatch, arrival, sheet, stock, entry, closing,
    household, lapse, month, handover, support, package, board, register, proposal, staff, statement, imports,
    gift,
)


def install(app: Flask) -> None:
    """Open the pages."""
    for page in PAGES:
        app.register_blueprint(page.blueprint)
    letters.install(app)
    api_books.install(app)
    api_acts.install(app)
