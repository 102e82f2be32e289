"""Refusals: what is the case, what was asked, and which field to look at."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from ledger.terms import N_


class LedgerError(Exception):
    """An act was refused; nothing was written.

    `message` is a sentence with named places; `field` is the input to look at; `values` fill the places.
    """

    message: ClassVar[str] = N_("The act was refused.")
    field: ClassVar[str | None] = None
    status: ClassVar[int] = 422

    def __init__(self, *, at: str | None = None, **values: Any) -> None:
        self.at = at or self.field
        self.values = values
        super().__init__(self.message % values if values else self.message)

    def sentences(self) -> list[tuple[str | None, str, dict[str, Any]]]:
        """Return (field, sentence, values) for each thing that was wrong, ready to be translated."""
        return [(self.at, self.message, self.values)]


class Refusals(LedgerError):
    """Several things were wrong at once; all are told at once."""

    message = N_("Some lines were refused.")

    def __init__(self, refusals: list[LedgerError]) -> None:
        super().__init__()
        self.refusals = refusals

    def sentences(self) -> list[tuple[str | None, str, dict[str, Any]]]:
        """Return the sentences of every refusal, in the order they were found."""
        return [sentence for refusal in self.refusals for sentence in refusal.sentences()]

    def __str__(self) -> str:
        return " ".join(str(refusal) for refusal in self.refusals)


class NotFound(LedgerError):
    """There is no such thing here."""

    message = N_("There is no %(what)s here.")
    status = 404


class Unknown(LedgerError):
    """A form names something that is in no register."""

    message = N_("There is no %(what)s %(code)s.")


class NotYourDoor(LedgerError):
    """The person signed in may not do this."""

    message = N_("This is not for your role or your outlet.")
    status = 403


class Busy(LedgerError):
    """The database could not take the act just now; the same form may be sent again, and is booked once.

    A server that dies while it commits cannot say whether the act stands, so the sentence does not say it either.
    """

    message = N_("The book is busy or its disk is full. Please send the same form again; it is booked once.")
    status = 503


class Damaged(LedgerError):
    """A part of the database cannot be read, and no waiting helps; `why` is what the database says of it."""

    message = N_(
        "A part of the book's file is damaged and cannot be read. Nothing was booked. Please tell the county office at "
        "once."
    )
    status = 500


def refusals_in(refusal: LedgerError) -> list[LedgerError]:
    """Return the single refusals in one."""
    return refusal.refusals if isinstance(refusal, Refusals) else [refusal]


@contextmanager
def kept_in(refusals: list[LedgerError], *, at: str = "") -> Iterator[None]:
    """Keep what is refused in here, so that the next line is looked at too; `at` is the line its fields stand in."""
    try:
        yield
    except LedgerError as refusal:
        for part in refusals_in(refusal):
            part.at = f"{at}.{part.at or ''}" if at else part.at
            refusals.append(part)


def refuse_together(refusals: list[LedgerError]) -> None:
    """Raise all refusals as one, or none if there are none."""
    if len(refusals) == 1:
        raise refusals[0]
    if refusals:
        raise Refusals(refusals)
