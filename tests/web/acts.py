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
    ("For named outlets", "for Liuhe", "菜籽油 5升 (OIL): leaking",
     "Donor 汉中粮油公司 (D7) (donor:D7) Shelf (stock) 肥皂 12 块 L5", "大米 5千克 4 袋 L6 2026-09-01 38.50",
     "Refused 菜籽油 5升 2 桶", "Received by ____________________ Checked by"),
    {"lines-0-quantity": "13"},
)
DISPATCH = Act(
    "dispatch", "wei", "/books/COUNTY/dispatches/new", "/dispatches", "/books/COUNTY/entries/6",
    {"to": "LY02", "lines-1-quantity": "6", "lines-3-quantity": "7"},
    ("To 石磨村爱心超市 (LY02)", "On the road to 石磨村爱心超市 (LY02) (sent:LY02) 大米 5千克 6 袋 L2 2026-04-20",
     "肥皂 7 块 L1"), {"to": "LY03"},
)
REDIRECT = Act(
    "redirect", "wei", "/books/COUNTY/dispatches/5/redirection/new", "/dispatches/5/redirection",
    "/books/COUNTY/entries/6", {"to": "LY02"},
    ("Redirected", "COUNTY-5", "sent:LY01", "sent:LY02", "肥皂 3 块"), {"to": "LY03"},
)
RECEIPT = Act(
    "receipt", "wei", "/books/COUNTY/donations/1/receipt", "/donations/1/receipt", "/books/COUNTY/entries/1",
    {"receipt_code": "61010125", "receipt_number": "0000123456"}, ("Official receipt COUNTY-6",),
    {"receipt_number": "7"},
)
ARRIVAL = Act(
    "arrival", "lin", "/books/LY01/arrivals/new?from=COUNTY&dispatch=5", "/arrivals", "/books/LY01/entries/12",
    {"lines-0-quantity": "3"}, ("COUNTY-5", "Sent by County store Shelf 肥皂 3 块 L1"), {"lines-0-quantity": "2"},
)
DIFFERENCE = Act(
    "difference", "gao", "/books/LY01/arrivals/requests/1", "/arrivals/1/confirmation", "/books/LY01/entries/12",
    shows=("Arrival difference", "肥皂 L1: two soaps were missing",
           "Sent by County store Differences 肥皂 2 块 L1"),
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
    ("LY01-12 at the well · 2026-03-06 through 2026-03-13",), {"place": "at the mill"},
)
CREDIT = Act(
    "credit", "gao", "/books/LY01/sheets/2", "/sheets/2/credit", "/books/LY01/sheets/2", shows=("Credited LY01-12",),
    other={"paper_number": "0031"},
)
TAKING_DOWN = Act(
    "taking down", "mei", "/books/LY01/sheets/2?do=down", "/notice/end", "/books/LY01/sheets/2",
    shows=("Taken down LY01-12",), other={"paper_number": "0032"},
)
OBJECTION = Act(
    "objection", "gao", "/books/LY01/sheets/2?do=object", "/objections", "/books/LY01/sheets/2/objections/1",
    {"line": "１", "way": "phone", "words": "the yard was not swept"}, ("By phone", "the yard was not swept"),
    {"words": "it was swept on Sunday only"},
)
CLAW_BACK = Act(
    "claw-back", "lin", "/books/LY01/claw-backs", "/claw-backs", "/books/LY01/claw-backs",
    {"household": "h001", "purse": "merit", "points": "1.5", "reason": "she was away", "place": "at the well"},
    ("1.5 points of household H001", "she was away"), {"points": "2"},
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
    ("Reversal", "Reverses LY01-9", "another household was meant", "Household H001 王秀兰 · points now 100.0",
     "Handed out Shelf 大米 5千克 1 袋 L2", "Redeemed Household H001, Support points 60.5 points"), {"reason": "no"},
)
ERASURE = Act("erasure", "wei", "/books/LY01/entries/9", "/entries/9/erasure", "/books/LY01/entries/9",
              shows=("erased",))
CLOSE = Act(
    "closing", "lin", "/books/LY01/closings", "/closings", "/books/LY01/closings", {"through": "2026-02-28"},
    ("林玉芳 (lin) proposes to close through 2026-02-28.",), {"through": "2026-01-31"},
)
HOUSEHOLD = Act(
    "household", "mei", "/books/LY01/households/new", "/households", "/books/LY01/households/H0001",
    {"name": "吴大海", "group": "4", "card": "610044", "id_tail": "004x"},
    ("吴大海 H0001", "group 4 · Active · card …0044 · ID …004X"), {"name": "吴小海"},
)
HOUSEHOLD_CHANGE = Act(
    "household change", "mei", "/books/LY01/households/H001/edit", "/households/H001", "/books/LY01/households/H001",
    {"group": "5"}, ("group 5", "梅小雨 (mei) Group 1 5"), {"group": "6"},
)
DONOR = Act(
    "donor", "wei", "/registers/donors/new", "/donors/", "/registers/donors/D9",
    {"code": "D9", "name": "县医院", "contact": "钱主任", "phone": "13800001111", "anonymous": "1"},
    ("D9", "县医院", "钱主任", "13800001111", "Wants to stay anonymous yes"), {"name": "市医院"},
)
SUPPLIER = Act(
    "supplier", "wei", "/registers/suppliers/new", "/suppliers/", "/registers/suppliers/S3",
    {"code": "s3", "name": "徐家坪百货", "phone": "0916-4822333"},
    ("S3", "徐家坪百货", "0916-4822333"), {"name": "别家"},
)
ITEM_CHANGE = Act(
    "item change", "wei", "/registers/items/TOWEL/edit", "/items/TOWEL", "/registers/items/TOWEL",
    {"spec": "70×140", "category": "日杂"}, ("70×140", "日杂"), {"spec": "50×100"},
)
PRICE = Act(
    "price", "wei", "/registers/items/TOWEL", "/items/TOWEL/prices", "/registers/items/TOWEL",
    {"points": "８.5", "valid_from": "2026-03-07"},
    ("The price waits for a second person: 8.5 instead of nothing yet, from 2026-03-07",), {"points": "9"},
)
RELATIVE = Act(
    "relative", "wei", "/registers/staff/lin", "/staff/lin/kin", "/registers/staff/lin",
    {"outlet": "LY01", "household": "h001", "tie": "relative"}, ("六河村爱心超市 (LY01) H001 · Relative",),
    {"household": "H004"},
)
RETIREMENT = Act(
    "retirement", "wei", "/registers/items/TOWEL/edit", "/items/TOWEL/retirement", "/registers/items/TOWEL",
    shows=("TOWEL 毛巾 · Retired",),
)
DEED = Act(
    "deed", "bao", "/books/LY01/deeds/new", "/deeds", "/books/LY01/deeds",
    {"household": "h001", "rule": "WORK", "evidence": "cleared the path"},
    ("王秀兰 H001 WORK 公益劳动 cleared the path Waits for the meeting 包小红 (bao)",), {"rule": "CLEAN"},
)
RULE = Act(
    "rule", "wei", "/registers/rules/CLEAN", "/rules/", "/registers/rules/CLEAN",
    {"points_max": "8", "cap_month": "８", "valid_from": "2026-04-01"},
    ("环境卫生 5.0 8.0 8.0 2 2026-04-01 魏建国 (wei)", "环境卫生 5.0 5.0 1 2026-01-02 魏建国 (wei)"),
    {"points_max": "9"},
)
SETTING = Act(
    "setting", "wei", "/county/settings/notice_days", "/settings/notice_days", "/county/settings/notice_days",
    {"value": "5", "outlet": "LY02"},
    ("石磨村爱心超市 (LY02) 5 2026-03-06 魏建国 (wei)", "Usual 7"), {"value": "6"},
)
LINK = Act("link", "wei", "/donors/D7/statement", "/donors/D7/link", "/donors/D7/statement", shows=("/gifts/",))

BOOKING = (
    GIFT, DISPATCH, REDIRECT, RECEIPT, ARRIVAL, DIFFERENCE, SHEET, NOTICE, TAKING_DOWN, OBJECTION, CREDIT, CLAW_BACK,
    REDEMPTION, REVERSAL,
)
ALL = (
    *BOOKING, ERASURE, CLOSE, HOUSEHOLD, HOUSEHOLD_CHANGE, DONOR, SUPPLIER, ITEM_CHANGE, PRICE, RELATIVE, RETIREMENT,
    LINK,
    DEED, RULE, SETTING,
)
