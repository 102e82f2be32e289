"""Rows of lists taken in from a file; each is a line as it would be typed, with its outlet where it has one."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from ledger.terms import BIGGEST_GOODS_IN, N_, Purse, Sentence
from schemas.fields import Code, Day, OneOf, Points, WholeNumber, YesNo, Yuan
from schemas.form import Form
from schemas.registers import DonorForm, HouseholdForm, ItemForm, SiteForm, StaffForm
from schemas.support import RightForm

KINDS = ("sites", "staff", "households", "rights", "items", "donors", "opening")


class ListForm(Form):
    """Which list a file holds, and whether it is only tried. The file itself comes beside the form."""

    kind = OneOf(KINDS, required=True)
    trying = YesNo(load_default=0)


class SiteRow(SiteForm):
    """A site."""


class StaffRow(StaffForm):
    """A member of staff; a one-time password is given afterwards."""


class HouseholdRow(HouseholdForm):
    """A household of an outlet."""

    book = Code(required=True, example="LY12")
    group = WholeNumber(load_default=1, most=99)


class RightRow(RightForm):
    """A household's right to support points."""

    book = Code(required=True, example="LY12")


class ItemRow(ItemForm):
    """An item, perhaps with its points price from today on."""

    points = Points(least=0, load_default=None)


class DonorRow(DonorForm):
    """A donor."""


class OpeningRow(Form):
    """What an outlet had before: points of a household, or goods on its shelf."""

    book = Code(required=True, example="LY12")
    household = Code(load_default=None, example="H0031")
    purse = OneOf(Purse, load_default=None)
    points = Points(most=9_999_999, load_default=None)
    item = Code(load_default=None, example="G001")
    quantity = WholeNumber(load_default=None, most=BIGGEST_GOODS_IN)
    best_before = Day(load_default=None)
    donor = Code(load_default=None, example="D07")
    unit_value = Yuan(load_default=None)

    @validates_schema
    def one_or_the_other(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a row that is neither points of a household nor goods of a donor, or both."""
        points = [name for name in ("household", "purse", "points") if data.get(name) is not None]
        goods = [name for name in ("item", "quantity", "donor") if data.get(name) is not None]
        if (len(points), len(goods)) not in ((3, 0), (0, 3)):
            raise ValidationError(
                Sentence(N_("Fill in household, purse and points, or item, quantity and donor.")), "book"
            )
