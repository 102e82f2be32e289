"""Acts as JSON: the forms' own schemas and operations, an Idempotency-Key, and 201 with the place in the book."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, jsonify, request
from marshmallow import ValidationError
from werkzeug.exceptions import BadRequest

from ledger.journal import Replayed
from ledger.operations.arrival import accept_arrival
from ledger.operations.closing import confirm_close, propose_close
from ledger.operations.credit import credit_sheet
from ledger.operations.difference import confirm_difference
from ledger.operations.dispatch import send_goods
from ledger.operations.donation import accept_donation
from ledger.operations.notice import publish_notice
from ledger.operations.redemption import redeem
from ledger.operations.reversal import reverse
from ledger.operations.sheet import draw_sheet
from ledger.terms import N_, Sentence
from ledger.web.acts import Operation, perform
from ledger.web.api.openapi import description
from ledger.web.forms import KEY_FORM, flat
from ledger.web.problems import answer
from schemas.answers import AnswerShape
from schemas.arrival import ArrivalForm, ConfirmationForm
from schemas.closing import CloseForm
from schemas.dispatch import DispatchForm
from schemas.donation import DonationForm
from schemas.form import Form
from schemas.redemption import RedemptionForm
from schemas.reversal import ReversalForm
from schemas.sheet import CreditForm, NoticeForm, SheetForm


@dataclass(frozen=True)
class Act:
    """An act a program can do: its door, its path, its form and its operation."""

    name: str
    path: str
    schema: type[Form]
    operation: Operation


ACTS = (
    Act("donations", "/books/<book>/donations", DonationForm, accept_donation),
    Act("dispatches", "/books/<book>/dispatches", DispatchForm, send_goods),
    Act("arrivals", "/books/<book>/arrivals", ArrivalForm, accept_arrival),
    Act(
        "arrival_confirmation", "/books/<book>/arrivals/<int:request>/confirmation",
        ConfirmationForm, confirm_difference,
    ),
    Act("sheets", "/books/<book>/sheets", SheetForm, draw_sheet),
    Act("notice", "/books/<book>/sheets/<int:sheet>/notice", NoticeForm, publish_notice),
    Act("credit", "/books/<book>/sheets/<int:sheet>/credit", CreditForm, credit_sheet),
    Act("redemptions", "/books/<book>/redemptions", RedemptionForm, redeem),
    Act("closings", "/books/<book>/closings", CloseForm, propose_close),
    Act(
        "closing_confirmation", "/books/<book>/closings/<int:request>/confirmation", ConfirmationForm, confirm_close,
    ),
    Act("reversal", "/books/<book>/entries/<int:number>/reversal", ReversalForm, reverse),
)

NO_KEY = N_("Send an Idempotency-Key header of 8 to 80 letters, digits, . _ : or -.")


def view_of(act: Act) -> Callable[..., Any]:
    """Return the view that does an act."""

    def view(book: str, **named: Any) -> Any:
        key = request.headers.get("Idempotency-Key", "")
        if not KEY_FORM.fullmatch(key):
            return answer(400, [("", Sentence(NO_KEY))])
        if not request.is_json:
            return answer(415, [("", Sentence(N_("Send JSON, with Content-Type: application/json.")))])
        try:
            content = act.schema().load(sent())
        except ValidationError as error:
            return answer(422, flat(error.messages))
        done = perform(act.operation, book=book, key=key, **{**content, **named})
        response = jsonify(AnswerShape().dump(done))
        if isinstance(done, Replayed):
            response.headers["Idempotency-Replayed"] = "true"
        return response, 201

    view.__doc__ = act.operation.__doc__
    return view


def sent() -> Any:
    """Return the JSON that was sent. Raises BadRequest for what is none."""
    try:
        return request.get_json()
    except RecursionError:
        # Lists within lists, deeper than any form of ours by a thousand.
        raise BadRequest from None


def install(app: Flask) -> None:
    """Open the acting doors for programs, and say what they are."""
    for act in ACTS:
        app.add_url_rule(f"/api/v1{act.path}", f"api.{act.name}", view_of(act), methods=["POST"])
    app.add_url_rule("/api/v1/openapi.json", "api.openapi", lambda: jsonify(description(app, ACTS)))
