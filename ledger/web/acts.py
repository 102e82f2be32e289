"""An act at the door: read the form, do it in one turn, and show where it stands, or the same page again."""

import re
from collections.abc import Callable
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from ledger.db import database
from ledger.errors import LedgerError
from ledger.operations.closing import confirm_close
from ledger.terms import COUNTY
from ledger.web.forms import Filled, read_form
from ledger.web.people import now, signed_in
from ledger.web.sealing import seal_the_log
from schemas.arrival import ConfirmationForm
from schemas.form import Form

Answer = dict[str, Any]
Operation = Callable[..., Answer]
Page = ResponseReturnValue
"""What a view answers with: a page, a file, or the way to the next page."""


def perform(operation: Operation, *, book: str, key: str, **content: Any) -> Answer:
    """Do an act in one writer's turn, as the person signed in, by the service's clock. A close is sealed afterwards."""
    answer = database().write(
        lambda session: operation(session, book=book, clerk=signed_in().name, now=now(), key=key, **content)
    )
    if operation is confirm_close:
        seal_the_log()
    return answer


def entry_shown(answer: Answer) -> str:
    """Return the page of the entry an act made."""
    return url_for("entry.show", book=answer["book"], number=answer["number"])


def thing_shown(answer: Answer) -> str:
    """Return the page of what an act made that has a number of its own, such as a sheet."""
    return url_for(".show", book=answer["book"], n=answer["n"])


def act_on_form(
    schema: type[Form],
    operation: Operation,
    *,
    again: Callable[..., Any],
    done: str | Callable[[Answer], str] = entry_shown,
    under: str = "",
    prepare: Callable[[Filled], dict[str, Any]] | None = None,
    **more: Any,
) -> Page:
    """Do what a form asks, in the book of the address or else the county's, and go to the page that shows it: that of
    the entry, unless `done` says another. A refusal is the same page `again`, 422, nothing written: the view that shows
    it, called for this address with the form in hand.

    The form's fields are the operation's arguments; or, with `under`, one argument of that name holds them all.
    `prepare` is that of `read_form`.
    """
    filled, address = read_form(schema, prepare), request.view_args or {}
    if not filled.errors:
        try:
            content = {under: filled.content} if under else filled.content
            answer = perform(operation, book=address.get("book", COUNTY), key=filled.key, **{**content, **more})
            return redirect(done if isinstance(done, str) else done(answer), 303)
        except LedgerError as refusal:
            if refusal.status != 422:
                raise
            filled.refuse(refusal)
    return with_labels(again(**address), filled), 200 if filled.shown_again else 422


def act_on_button(operation: Operation, **more: Any) -> Page:
    """Do what a button asks that needs nothing typed, such as a second person's yes; the rest is as with a form."""
    return act_on_form(ConfirmationForm, operation, **more)


def with_labels(page: Any, form: Filled) -> Any:
    """Put the label of its input before each sentence at the head of a page: “please fill this in” does not say what.

    The head comes before the inputs, so their labels are known when all is laid out. A line of a table names itself.
    """
    for name in form.unread if isinstance(page, str) else ():
        label = re.search(rf'<label for="{re.escape(name)}">\s*([^<]+)', page)
        if label and not form.line_of(name):
            page = page.replace(f'<li><a href="#{name}">', f'<li><a href="#{name}">{label[1].strip()}: ')
    return page


