"""Staff beyond the register: a one-time password, and declared relatives."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ledger.errors import LedgerError
from ledger.operations.register import declare_kin, reset_password
from ledger.registers.passwords import hashed, one_time_password
from ledger.terms import COUNTY
from ledger.web.acts import perform
from ledger.web.county.register import line_page
from ledger.web.forms import read_form
from schemas.registers import ButtonForm, KinForm

blueprint = Blueprint("staff", __name__, url_prefix="/registers/staff/<code>")


@blueprint.post("/password")
def reset(code: str) -> ResponseReturnValue:
    """Give a one-time password, shown this once."""
    form = read_form(ButtonForm)
    if form.errors:
        return line_page("staff", code, form), 422
    password = one_time_password()
    answer = perform(reset_password, book=COUNTY, key=form.key, name=code, password_hash=hashed(password))
    return render_template("county/staff_password.html", name=answer["key"][0], password=password)


@blueprint.post("/kin")
def declare(code: str) -> ResponseReturnValue:
    """Note a household this person may not act for."""
    form = read_form(KinForm)
    if not form.errors:
        try:
            content = {**form.content, "outlet": form.content["book"]}
            del content["book"]
            perform(declare_kin, book=COUNTY, key=form.key, name=code, **content)
            return redirect(url_for("register.show", name="staff", code=code), 303)
        except LedgerError as refusal:
            form.refuse(refusal)
    return line_page("staff", code, form), 422
