"""The kinds of input: numbers, points, money, days, codes and words, each with a sentence that says what to do."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields

from ledger.terms import BIGGEST_POINTS, BIGGEST_QUANTITY, N_, Sentence

REQUIRED = N_("Please fill this in.")


class Spoken(fields.Field[Any]):
    """A field whose refusals can be said in every language."""

    default_error_messages = {
        "required": REQUIRED,
        "null": REQUIRED,
        "validator_failed": N_("This is not a value that can be used here."),
    }

    def make_error(self, key: str, **values: Any) -> ValidationError:
        """Return a refusal with its sentence and the values in it."""
        values = {name: value for name, value in values.items() if name != "input"}
        return ValidationError(Sentence(str(self.error_messages[key]), values))


def plain(value: Any) -> str:
    """Return typed text with full-width signs made plain, as Chinese keyboards send them; "" for what is no text."""
    return unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else ""


def digits(value: Any) -> str:
    """Return a number as it would be typed, whether it came as text or as a JSON number; "" for anything else."""
    # No field takes a longer number, and Python refuses to write out the longest.
    return str(value) if isinstance(value, int | float) and abs(value) < 10**15 else plain(value)


class WholeNumber(Spoken):
    """A whole number within limits; "１２" is 12, 2.9 is refused."""

    default_error_messages = {"whole": N_("Enter a whole number from %(least)s to %(most)s.")}

    def __init__(self, *, least: int = 1, most: int = BIGGEST_QUANTITY, **more: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> int:
        text = digits(value)
        if not re.fullmatch(r"-?[0-9]{1,15}", text) or not self.least <= int(text) <= self.most:
            raise self.make_error("whole", least=self.least, most=self.most)
        return int(text)


class Tenths(Spoken):
    """A decimal with a fixed number of places, kept as a whole number of its smallest part."""

    places = 1

    def __init__(self, *, least: int = 1, most: int = BIGGEST_POINTS, **more: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> int:
        text, parts = digits(value), 10**self.places
        number = Decimal(text) * parts if re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", text) else None
        if number is None or number % 1 or not self.least <= number <= self.most:
            least, most = (f"{limit / parts:.{self.places}f}" for limit in (self.least, self.most))
            raise self.make_error("amount", least=least, most=most)
        return int(number)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **more: Any) -> str | None:
        return None if value is None else f"{Decimal(value) / 10**self.places:.{self.places}f}"


class Points(Tenths):
    """Points with at most one place after the point, kept in tenths."""

    default_error_messages = {"amount": N_("Enter points from %(least)s to %(most)s, with at most one decimal.")}


class Yuan(Tenths):
    """Money in yuan with at most two places after the point, kept in fen."""

    places = 2
    default_error_messages = {
        "amount": N_("Enter an amount in yuan from %(least)s to %(most)s, with at most two decimals."),
    }

    def __init__(self, *, least: int = 1, most: int = 99_999_999, **more: Any) -> None:
        super().__init__(least=least, most=most, **more)


class Day(Spoken):
    """A calendar day of the county."""

    default_error_messages = {"day": N_("Enter a day as year-month-day, such as 2026-03-06.")}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> date:
        match = re.fullmatch(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?", plain(value))
        try:
            if not match:
                raise ValueError
            return date(*map(int, match.groups()))
        except ValueError:
            raise self.make_error("day") from None

    def _serialize(self, value: Any, attr: str | None, obj: Any, **more: Any) -> str | None:
        return value if isinstance(value, str) or value is None else value.isoformat()


# Seventeen digits and a digit or X, however they are parted: a resident's whole ID number (GB 11643).
IDENTITY = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])")


class Code(Spoken):
    """A code from a register, such as H0031 or G001; small letters and full-width signs are read as meant. A whole ID
    number is none, whoever finds it handy as the number of a household or card.
    """

    default_error_messages = {
        "code": N_("Enter a code of letters, digits and hyphens, such as %(example)s."),
        "identity": N_("This is a whole ID number, and none is kept here. Enter another one, such as %(example)s."),
    }

    def __init__(self, *, example: str = "H0031", **more: Any) -> None:
        self.example = example
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text = plain(value)
        # Tried before it is made upper case: the upper case of other letters may be one of these, as SS is of ß.
        if not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,22}[A-Za-z0-9])?", text):
            raise self.make_error("code", example=self.example)
        if IDENTITY.search(text.replace("-", "")):
            raise self.make_error("identity", example=self.example)
        return text.upper()


CONTROL = ("Cc", "Cf", "Cs")
"""Signs nobody sees. Letters younger than this Python's table (Cn) and private ones (Co) stay: rare names have them."""


class Words(Spoken):
    """Free words up to a length, on one line; control signs are dropped, rare letters of any script stay."""

    default_error_messages = {
        "text": N_("Enter words here."),
        "long": N_("At most %(most)s characters; this has %(has)s."),
        "required": REQUIRED,
    }

    def __init__(self, *, most: int = 200, **more: Any) -> None:
        self.most = most
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("text")
        kept = (sign for sign in value if sign.isspace() or unicodedata.category(sign) not in CONTROL)
        text = " ".join("".join(kept).split())
        if len(text) > self.most:
            raise self.make_error("long", most=self.most, has=len(text))
        if self.required and not text:
            raise self.make_error("required")
        return text


# The sign before the number is one of the county's own papers: gift, transfer, redemption, register and so on.
NUMBER = re.compile("(?=.*[0-9])[捐调兑盘损示证册评更购交追]?[A-Za-z0-9/-]{1,24}")


class PaperNumber(Spoken):
    """The number of a paper: it goes into the journal for ever, so it has no room for a name."""

    default_error_messages = {"paper": N_("Enter the number as it is printed, such as 0031 or 兑-2026-0007.")}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text = plain(value)
        if not NUMBER.fullmatch(text):
            raise self.make_error("paper")
        return text.upper()


class DocumentNumber(Spoken):
    """The number of an office's paper, such as 略工发〔2026〕12号: a short sign of the office, a year and a number.

    It goes into the journal for ever, so it has no room for a name: words before the year end like an office's sign.
    """

    default_error_messages = {"document": N_("Enter the number as it stands on the paper, such as 略工发〔2026〕12号.")}
    form = re.compile(r"([\u4e00-\u9fff]{1,8}[发字函办协决会])?[\[(〔]?(19|20)[0-9]{2}[\])〕]?[-第]?[0-9]{1,6}号?")

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text = "".join(plain(value).split())
        if not self.form.fullmatch(text) and not NUMBER.fullmatch(text):
            raise self.make_error("document")
        return text.upper()


class Codes(Spoken):
    """Codes from a register: a list, or text with spaces or commas between them."""

    default_error_messages = {"codes": N_("Enter codes with spaces between them, such as LY01 LY12.")}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> list[str]:
        parts = re.split(r"[\s,、;]+", plain(value)) if isinstance(value, str) else value
        if not isinstance(parts, list) or len(parts) > 500:
            raise self.make_error("codes")
        try:
            return [str(code) for code in dict.fromkeys(Code().deserialize(part) for part in parts)]
        except ValidationError:
            raise self.make_error("codes") from None


class OneOf(Spoken):
    """One of a few words."""

    default_error_messages = {"choice": N_("Choose one of: %(choices)s.")}

    def __init__(self, choices: Any, **more: Any) -> None:
        self.choices = [str(choice) for choice in choices]
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        if value not in self.choices:
            raise self.make_error("choice", choices=", ".join(self.choices))
        return str(value)


class PhoneTail(Spoken):
    """The last four digits of a phone number, by which two people of one name are told apart; no more is kept."""

    default_error_messages = {"tail": N_("Enter the last four digits of the phone number.")}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text = plain(value)
        if not re.fullmatch("[0-9]{4}", text):
            raise self.make_error("tail")
        return text


class YesNo(Spoken):
    """Yes or no; a box not ticked is no."""

    default_error_messages = {"yes_no": N_("Answer yes or no.")}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> int:
        if value in (True, "1", "on", "true", "yes"):
            return 1
        if value in (False, "0", "", "false", "no"):
            return 0
        raise self.make_error("yes_no")
