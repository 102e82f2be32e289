"""Signing in."""

from schemas.fields import Words
from schemas.form import Form


class SignInForm(Form):
    """Name and password, and the page asked for before."""

    name = Words(required=True, most=40)
    password = Words(required=True, most=200)
    next = Words(most=400, load_default="")


class PasswordForm(Form):
    """A new password, typed twice, and the one it takes the place of; who has a one-time password leaves that out."""

    old = Words(most=200, load_default="")
    password = Words(required=True, most=200)
    again = Words(required=True, most=200)
