"""Staff beyond the register: a one-time password, and declared relatives."""

from flask import Blueprint, render_template

from ledger.errors import LedgerError
from ledger.journal.submission import KeyUsedForOther
from ledger.operations.staff import declare_kin, end_program_keys, reset_password
from ledger.registers.passwords import hashed, one_time_password
from ledger.terms import COUNTY
from ledger.web.acts import Page, act_on_button, act_on_form, perform
from ledger.web.county.register import show, shown
from ledger.web.forms import read_form
from schemas.arrival import ConfirmationForm
from schemas.registers import KinForm

blueprint = Blueprint("staff", __name__, url_prefix="/registers/staff/<code>")


@blueprint.post("/password")
def reset(code: str) -> Page:
    """Give a one-time password, shown this once; the same form sent again gives no other."""
    form, password = read_form(ConfirmationForm), one_time_password()
    if not form.errors:
        try:
            perform(reset_password, book=COUNTY, key=form.key, name=code, password_hash=hashed(password))
            return render_template("county/staff_password.html", name=code, password=password)
        except KeyUsedForOther:
            # The page was loaded again: its password was shown before, and this fresh one was given to nobody.
            return render_template("county/staff_password.html", name=code, password=None)
        except LedgerError as refusal:
            if refusal.status != 422:
                raise
            form.refuse(refusal)
    return again(code), 422


def again(code: str) -> str:
    """Show the line of a member of staff again, with the form in hand."""
    return show("staff", code)


@blueprint.post("/programs")
def programs(code: str) -> Page:
    """End the keys that programs have of this person."""
    return act_on_button(end_program_keys, name=code, done=shown, again=again)


@blueprint.post("/kin")
def declare(code: str) -> Page:
    """Note a household this person may not act for."""
    return act_on_form(KinForm, declare_kin, name=code, done=shown, again=again)
