"""Keeping a register from a form: the form's fields are the line's values."""

from typing import Any

from sqlmodel import Session

from ledger.operations.register import amend, enter
from ledger.web.acts import Operation


def entering(register: str) -> Operation:
    """Return the act of taking a form's values into a register as a new line."""

    def act(session: Session, *, book: str, clerk: str, now: Any, key: str, **values: Any) -> dict[str, Any]:
        return enter(session, book=book, clerk=clerk, now=now, key=key, register=register, values=values)

    return act


def amending(register: str, *of: str) -> Operation:
    """Return the act of changing a line to a form's values."""

    def act(session: Session, *, book: str, clerk: str, now: Any, key: str, **values: Any) -> dict[str, Any]:
        return amend(session, book=book, clerk=clerk, now=now, key=key, register=register, of=list(of), values=values)

    return act
