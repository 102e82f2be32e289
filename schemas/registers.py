"""Lines of the registers as they are typed. `version` names the state the form showed."""

import re
from typing import Any

from ledger.terms import N_, Role
from schemas.fields import Code, Day, OneOf, Points, Spoken, WholeNumber, Words, YesNo, Yuan, digits, plain
from schemas.form import Form, Papered


class SignInName(Spoken):
    """A sign-in name: small letters and digits, given once."""

    default_error_messages = {"name": N_("Enter 2 to 24 small letters, digits or hyphens, such as %(example)s.")}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text = plain(value)
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]{0,22}[A-Za-z0-9]", text):
            raise self.make_error("name", example="ly01-lin")
        return text.lower()


class IdTail(Spoken):
    """The end of an ID number; the whole number is never asked for and never kept."""

    default_error_messages = {"tail": N_("Enter at most the last four signs of the ID number, such as 123X.")}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text = digits(value)
        if not re.fullmatch(r"[0-9]{0,3}[0-9Xx]", text):
            raise self.make_error("tail")
        return text.upper()


class Digits(Spoken):
    """A number that is no quantity: so many digits, or nothing."""

    default_error_messages = {"digits": N_("Enter %(count)s digits.")}

    def __init__(self, count: int, **more: Any) -> None:
        self.count = count
        super().__init__(load_default="", **more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text = digits(value)
        if not re.fullmatch(f"[0-9]{{{self.count}}}", text):
            raise self.make_error("digits", count=self.count)
        return text


class Phone(Spoken):
    """A phone number as people write it, with its area code."""

    default_error_messages = {"phone": N_("Enter a phone number, such as 0916-4822333.")}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text = digits(value)
        if not re.fullmatch(r"\+?[0-9][0-9 ()-]{3,18}[0-9]", text):
            raise self.make_error("phone")
        return text


class Versioned(Form):
    """A change of a line that stands in the register."""

    version = WholeNumber(load_default=1, most=999_999_999)


class SiteForm(Versioned):
    """A site: code once and for ever, name and place as they are now."""

    code = Code(required=True, example="LY12")
    name = Words(required=True, most=40)
    town = Words(most=40, load_default="")
    division_code = Digits(12)
    division_year = Digits(4)


class HouseholdForm(Versioned):
    """A household; of the ID number at most the last four signs. Its state changes by an event and its paper only."""

    number = Code(load_default="", example="H0031")
    name = Words(required=True, most=40)
    group = WholeNumber(required=True, most=99)
    card = Code(load_default="", example="610001")
    id_tail = IdTail(load_default="")


class DonorForm(Versioned):
    """A donor and how to reach them."""

    code = Code(required=True, example="D07")
    name = Words(required=True, most=60)
    contact = Words(most=40, load_default="")
    phone = Phone(load_default="")
    anonymous = YesNo(load_default=0)


class SupplierForm(Versioned):
    """A supplier and how to reach them."""

    code = Code(required=True, example="S03")
    name = Words(required=True, most=60)
    phone = Phone(load_default="")


class ItemForm(Versioned):
    """An item; its base unit never changes after first use."""

    code = Code(required=True, example="G001")
    name = Words(required=True, most=40)
    spec = Words(most=40, load_default="")
    unit = Words(required=True, most=8)
    category = Words(most=20, load_default="")


class PlaceForm(Form):
    """Where an item lies in an outlet."""

    item = Code(required=True, example="G001")
    place = Words(most=20, load_default="")


class PriceForm(Papered):
    """A points price from a day on."""

    points = Points(required=True, least=0)
    valid_from = Day(required=True)


class LotForm(Versioned):
    """What may be put right about a lot: its best-before, its value and what that rests on."""

    best_before = Day(load_default=None)
    unit_value_fen = Yuan(load_default=None, data_key="unit_value")
    value_basis = OneOf(("invoice", "fair"), load_default=None)


class StaffForm(Versioned):
    """A member of staff: who, with which role, at which door."""

    name = SignInName(required=True)
    full_name = Words(required=True, most=40)
    role = OneOf(Role, required=True)
    book = Code(load_default="", example="LY12")
    town = Words(most=40, load_default="")


class KinForm(Form):
    """A household a member of staff may not act for."""

    outlet = Code(required=True, example="LY12")
    household = Code(required=True, example="H0031")
    tie = OneOf(("own", "relative"), load_default="relative")


class RetireForm(Versioned):
    """Retiring a line, or with `back` using it again."""

    back = YesNo(load_default=0)
