"""Acts as JSON: the forms' own schemas and operations, an Idempotency-Key, and 201 with the place in the book."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, jsonify, request
from marshmallow import ValidationError
from werkzeug.exceptions import BadRequest

from ledger.journal import Replayed
from ledger.operations.allocation import allocate_goods
from ledger.operations.arrival import accept_arrival, confirm_difference
from ledger.operations.claw_back import confirm_claw_back, propose_claw_back
from ledger.operations.claw_back_objection import answer_claw_back_objection, object_to_claw_back
from ledger.operations.closing import confirm_close, propose_close
from ledger.operations.correction import confirm_correction, correct
from ledger.operations.count import begin_count, key_lines
from ledger.operations.count_confirmation import confirm_count
from ledger.operations.credit import credit_sheet
from ledger.operations.declining import decline
from ledger.operations.deed import record_deed
from ledger.operations.delivery import note_slip
from ledger.operations.dispatch import send_goods
from ledger.operations.donation import accept_donation
from ledger.operations.life import change_life, confirm_cancel
from ledger.operations.limits import allow_override, ask_override
from ledger.operations.moving_in import take_household_in
from ledger.operations.need import note_need
from ledger.operations.notice import publish_notice, take_down
from ledger.operations.objection import raise_objection
from ledger.operations.objection_answer import answer_objection, confirm_answer
from ledger.operations.over_issue import confirm_paper_line
from ledger.operations.paper_day import key_paper_day
from ledger.operations.proposal import decide_proposals, propose_price
from ledger.operations.purchase import buy_goods
from ledger.operations.receipt_number import note_receipt
from ledger.operations.redemption import redeem
from ledger.operations.redirect import redirect_goods
from ledger.operations.reversal import reverse
from ledger.operations.sheet import draw_sheet
from ledger.operations.write_off import decide_write_off, propose_write_off
from ledger.terms import N_, Sentence
from ledger.web.acts import Operation, perform
from ledger.web.api.openapi import description
from ledger.web.forms import KEY_FORM, flat
from ledger.web.problems import answer
from schemas.allocation import AllocationForm
from schemas.answers import AnswerShape
from schemas.arrival import ArrivalForm, ConfirmationForm
from schemas.claw_back import ClawBackForm
from schemas.closing import CloseForm
from schemas.correction import CorrectionForm
from schemas.count import CountForm, CountLinesForm
from schemas.deed import DeedForm
from schemas.delivery import SlipForm
from schemas.dispatch import DispatchForm, RedirectForm
from schemas.donation import DonationForm, ReceiptNumberForm
from schemas.form import Form
from schemas.life import LifeForm
from schemas.limit import OverrideForm
from schemas.need import NeedForm
from schemas.objection import AnswerForm, ClawBackAnswerForm, ClawBackObjectionForm, ObjectionForm
from schemas.paper_day import PaperDayForm
from schemas.proposal import ProposalsForm
from schemas.purchase import PurchaseForm
from schemas.redemption import RedemptionForm
from schemas.registers import PriceForm
from schemas.reversal import ReasonForm
from schemas.sheet import CreditForm, NoticeForm, SheetForm, TakingDownForm
from schemas.write_off import DisposalForm, WriteOffForm


@dataclass(frozen=True)
class Act:
    """An act a program can do in a book: its door, where it stands under the book, its form and its operation."""

    name: str
    under: str
    schema: type[Form]
    operation: Operation

    @property
    def path(self) -> str:
        """Its path under /api/v1."""
        return f"/books/<book>/{self.under}"


ACTS = (
    Act("donations", "donations", DonationForm, accept_donation),
    Act("donation_receipt", "donations/<int:number>/receipt", ReceiptNumberForm, note_receipt),
    Act("purchases", "purchases", PurchaseForm, buy_goods),
    Act("allocations", "allocations", AllocationForm, allocate_goods),
    Act("dispatches", "dispatches", DispatchForm, send_goods),
    Act("redirections", "dispatches/<int:number>/redirection", RedirectForm, redirect_goods),
    Act("arrivals", "arrivals", ArrivalForm, accept_arrival),
    Act("arrival_confirmation", "arrivals/<int:request>/confirmation", ConfirmationForm, confirm_difference),
    Act("deeds", "deeds", DeedForm, record_deed),
    Act("sheets", "sheets", SheetForm, draw_sheet),
    Act("notice", "sheets/<int:sheet>/notice", NoticeForm, publish_notice),
    Act("notice_end", "sheets/<int:sheet>/notice/end", TakingDownForm, take_down),
    Act("objections", "sheets/<int:sheet>/objections", ObjectionForm, raise_objection),
    Act("objection_answer", "sheets/<int:sheet>/objections/<int:objection>/answer", AnswerForm, answer_objection),
    Act(
        "objection_confirmation", "sheets/<int:sheet>/objections/<int:objection>/answer/confirmation",
        ConfirmationForm, confirm_answer,
    ),
    Act("credit", "sheets/<int:sheet>/credit", CreditForm, credit_sheet),
    Act("claw_backs", "claw-backs", ClawBackForm, propose_claw_back),
    Act("claw_back_confirmation", "claw-backs/<int:request>/confirmation", ConfirmationForm, confirm_claw_back),
    Act("claw_back_objections", "claw-backs/<int:request>/objections", ClawBackObjectionForm, object_to_claw_back),
    Act(
        "claw_back_objection_answer", "claw-backs/<int:request>/objections/<int:objection>/answer",
        ClawBackAnswerForm, answer_claw_back_objection,
    ),
    Act("redemptions", "redemptions", RedemptionForm, redeem),
    Act("paper_days", "paper-days", PaperDayForm, key_paper_day),
    Act(
        "paper_line_confirmation", "paper-days/requests/<int:request>/confirmation",
        ConfirmationForm, confirm_paper_line,
    ),
    Act("delivery_slip", "deliveries/<int:number>/slip", SlipForm, note_slip),
    Act("needs", "needs", NeedForm, note_need),
    Act("write_offs", "write-offs", WriteOffForm, propose_write_off),
    Act("write_off_confirmation", "write-offs/<int:request>/confirmation", DisposalForm, decide_write_off),
    Act("counts", "counts", CountForm, begin_count),
    Act("count_lines", "counts/<int:count>/lines", CountLinesForm, key_lines),
    Act("count_confirmation", "counts/<int:count>/confirmation", ConfirmationForm, confirm_count),
    Act("overrides", "overrides", OverrideForm, ask_override),
    Act("override_confirmation", "overrides/<int:request>/confirmation", ConfirmationForm, allow_override),
    Act("refusal", "requests/<int:request>/refusal", ReasonForm, decline),
    Act("prices", "items/<item>/prices", PriceForm, propose_price),
    Act("proposals_decision", "proposals/decision", ProposalsForm, decide_proposals),
    Act("closings", "closings", CloseForm, propose_close),
    Act("closing_confirmation", "closings/<int:request>/confirmation", ConfirmationForm, confirm_close),
    Act("correction", "entries/<int:number>/correction", CorrectionForm, correct),
    Act("correction_confirmation", "corrections/<int:request>/confirmation", ConfirmationForm, confirm_correction),
    Act("life", "households/<household>/life", LifeForm, change_life),
    Act("cancellation", "cancellations/<int:request>/confirmation", ConfirmationForm, confirm_cancel),
    Act("moving_in", "moves/<sender>/<int:number>", ConfirmationForm, take_household_in),
    Act("reversal", "entries/<int:number>/reversal", ReasonForm, reverse),
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
        except BadRequest:
            return answer(400, [("", Sentence(N_("The JSON that was sent cannot be read.")))])
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
