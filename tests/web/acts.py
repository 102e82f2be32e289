"""The acts of the shop as people do them on pages: who, on which page, what they type, and where it can be read."""

from dataclasses import dataclass, field
from typing import Any

from werkzeug.test import TestResponse

from tests.web.house import House


@dataclass(frozen=True)
class Act:
    """One act in the house of 6 March. `to` is how the address ends to which its form is sent."""

    name: str
    person: str
    page: str
    to: str
    done: str
    form: dict[str, str] = field(default_factory=dict)
    shows: tuple[str, ...] = ()
    other: dict[str, str] = field(default_factory=dict)

    def inputs(self, house: House, **typed: Any) -> tuple[str, dict[str, str]]:
        """Return where the form goes, and all its inputs as they stand on the page with what is typed into them."""
        action, inputs = house.sit(self.person).open(self.page).form(self.to)
        assert not self.form.keys() - inputs.keys(), f"{self.page} has no input {self.form.keys() - inputs.keys()}"
        return action, {**inputs, **self.form, **typed}

    def do(self, house: House, language: str = "en", **typed: Any) -> TestResponse:
        """Do the act, with more or other inputs than usual."""
        action, inputs = self.inputs(house, **typed)
        return house.sit(self.person, language).send(action, inputs)


GIFT = Act(
    "donation", "wei", "/books/COUNTY/donations/new", "/donations", "/books/COUNTY/entries/6",
    {"donor": "D7", "lines-0-item": "SOAP", "lines-0-quantity": "12", "lines-3-item": "RICE", "lines-3-quantity": "4",
     "lines-3-best_before": "2026-09-01", "lines-3-unit_value": "38.50", "lines-4-item": "OIL", "lines-4-refused": "2",
     "lines-4-reason": "leaking", "wish-kind": "outlets", "wish-text": "for Liuhe"},
    ("D7", "For named outlets", "for Liuhe", "OIL: leaking", "donor:D7 stock SOAP 肥皂 L5 12", "RICE 大米 L6 4"),
    {"lines-0-quantity": "13"},
)
DISPATCH = Act(
    "dispatch", "wei", "/books/COUNTY/dispatches/new", "/dispatches", "/books/COUNTY/entries/6",
    {"to": "LY02", "lines-1-quantity": "6", "lines-3-quantity": "7"},
    ("LY02", "stock sent:LY02 RICE 大米 L2 6", "stock sent:LY02 SOAP 肥皂 L1 7"), {"to": "LY03"},
)
ARRIVAL = Act(
    "arrival", "lin", "/books/LY01/arrivals/new?from=COUNTY&dispatch=5", "/arrivals", "/books/LY01/entries/12",
    {"lines-0-quantity": "3"}, ("COUNTY-5", "received:COUNTY stock SOAP 肥皂 L1 3"), {"lines-0-quantity": "2"},
)
DIFFERENCE = Act(
    "difference", "gao", "/books/LY01/arrivals/requests/1", "/arrivals/1/confirmation", "/books/LY01/entries/12",
    shows=("Arrival difference", "two soaps were missing", "received:COUNTY difference SOAP 肥皂 L1 2"),
)
SHEET = Act(
    "sheet", "mei", "/books/LY01/sheets/new", "/sheets", "/books/LY01/sheets/4",
    {"period": "2026-03", "purse": "merit", "minutes": "No. 7", "lines-0-household": "H001", "lines-0-rule": "WORK",
     "lines-0-points": "8", "lines-2-household": "H003", "lines-2-rule": "CLEAN",
     "lines-2-evidence": "seen on 1 March"},
    ("Sheet 4 · 2026-03 · Merit points", "王秀兰 H001 WORK 公益劳动 8.0",
     "张玉芳 H003 CLEAN 庭院整洁 5.0 seen on 1 March"),
    {"lines-0-points": "9"},
)
NOTICE = Act(
    "notice", "mei", "/books/LY01/sheets/3", "/sheets/3/notice", "/books/LY01/sheets/3", {"place": "at the well"},
    ("LY01-12 at the well, 2026-03-06 through 2026-03-13",), {"place": "at the mill"},
)
CREDIT = Act(
    "credit", "gao", "/books/LY01/sheets/2", "/sheets/2/credit", "/books/LY01/sheets/2", shows=("Credited LY01-12",),
    other={"paper_number": "0031"},
)
REDEMPTION = Act(
    "redemption", "lin", "/books/LY01/redemptions/new?household=H001", "/redemptions", "/books/LY01/redemptions/12",
    {"basket-0-quantity": "1", "basket-1-quantity": "3"},
    ("王秀兰 · group 1 · H001", "大米 5千克 1 袋 36.5 36.5", "食盐 3 袋 0.0 0.0", "Points available now: 3.0"),
    {"basket-1-quantity": "4"},
)
REVERSAL = Act(
    "reversal", "gao", "/books/LY01/entries/9", "/entries/9/reversal", "/books/LY01/entries/12",
    {"reason": "another household was meant"},
    ("Reversal", "Reverses LY01-9", "another household was meant", "handed-out stock RICE 大米 L2 1"), {"reason": "no"},
)
ERASURE = Act("erasure", "wei", "/books/LY01/entries/9", "/entries/9/erasure", "/books/LY01/entries/9",
              shows=("erased",))
CLOSE = Act(
    "closing", "lin", "/books/LY01/closings", "/closings", "/books/LY01/closings", {"through": "2026-02-28"},
    ("lin proposes to close through 2026-02-28.",), {"through": "2026-02-27"},
)
HOUSEHOLD = Act(
    "household", "mei", "/books/LY01/households/new", "/households", "/books/LY01/households/H0001",
    {"name": "吴大海", "group": "4", "card": "610044", "id_tail": "004x", "cannot_work": "1"},
    ("吴大海 H0001", "group 4 · Active · card …0044 · ID …004X"), {"name": "吴小海"},
)
HOUSEHOLD_CHANGE = Act(
    "household change", "mei", "/books/LY01/households/H001/edit", "/households/H001", "/books/LY01/households/H001",
    {"status": "frozen"}, ("Frozen", "mei State Active Frozen"), {"status": "closed"},
)
DONOR = Act(
    "donor", "wei", "/registers/donors/new", "/donors/", "/registers/donors/D9",
    {"code": "D9", "name": "县医院", "contact": "钱主任", "phone": "13800001111", "anonymous": "1"},
    ("D9", "县医院", "钱主任", "13800001111", "Wants to stay anonymous yes"), {"name": "市医院"},
)
ITEM_CHANGE = Act(
    "item change", "wei", "/registers/items/TOWEL/edit", "/items/TOWEL", "/registers/items/TOWEL",
    {"spec": "70×140", "category": "日杂"}, ("70×140", "日杂"), {"spec": "50×100"},
)
PRICE = Act(
    "price", "wei", "/registers/items/TOWEL", "/items/TOWEL/prices", "/registers/items/TOWEL",
    {"points": "８.5", "valid_from": "2026-03-07"}, ("2026-03-07 COUNTY 8.5 wei",), {"points": "9"},
)
RELATIVE = Act(
    "relative", "wei", "/registers/staff/lin", "/staff/lin/kin", "/registers/staff/lin",
    {"outlet": "LY01", "household": "h001", "tie": "relative"}, ("LY01 H001 · Relative",), {"household": "H004"},
)
RETIREMENT = Act(
    "retirement", "wei", "/registers/items/TOWEL/edit", "/items/TOWEL/retirement", "/registers/items/TOWEL",
    shows=("TOWEL · Retired",),
)
LINK = Act("link", "wei", "/donors/D7/statement", "/donors/D7/link", "/donors/D7/statement", shows=("/gifts/",))

BOOKING = (GIFT, DISPATCH, ARRIVAL, DIFFERENCE, SHEET, NOTICE, CREDIT, REDEMPTION, REVERSAL)
ALL = (
    *BOOKING, ERASURE, CLOSE, HOUSEHOLD, HOUSEHOLD_CHANGE, DONOR, ITEM_CHANGE, PRICE, RELATIVE, RETIREMENT, LINK,
)
