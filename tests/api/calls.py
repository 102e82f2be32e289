"""The acts of the shop as programs do them: who, where, with what, and what is answered beside the place in a book."""

from dataclasses import dataclass, field
from typing import Any

from werkzeug.test import TestResponse

from tests.web import acts
from tests.web.house import House

TODAY = "2026-03-06"


@dataclass(frozen=True)
class Call:
    """One act in the house of 6 March, and the act of a page that does the same."""

    name: str
    person: str
    path: str
    content: dict[str, Any]
    answers: dict[str, Any]
    page: acts.Act
    other: dict[str, Any] = field(default_factory=dict)

    def do(self, house: House, language: str = "en", **more: Any) -> TestResponse:
        """Do the act, with more or other fields than usual."""
        return house.program(self.person, language).post(self.path, {**self.content, **more})


GIFT = Call(
    "donations", "wei", "/books/COUNTY/donations",
    {
        "donor": "D7", "occurred_on": TODAY, "wish": {"kind": "outlets", "text": "for Liuhe"},
        "lines": [
            {"item": "SOAP", "quantity": 12},
            {"item": "RICE", "quantity": 4, "best_before": "2026-09-01", "unit_value": "38.50"},
            {"item": "OIL", "quantity": 0, "refused": 2, "reason": "leaking"},
        ],
    },
    {"lines": [{"item": "SOAP", "lot": "L5", "quantity": 12}, {"item": "RICE", "lot": "L6", "quantity": 4}]},
    acts.GIFT, {"donor": "D8"},
)
DISPATCH = Call(
    "dispatches", "wei", "/books/COUNTY/dispatches",
    {"to": "LY02", "occurred_on": TODAY,
     "lines": [{"item": "RICE", "lot": "L2", "quantity": 6}, {"item": "SOAP", "lot": "L1", "quantity": 7}]},
    {"to": "LY02",
     "lines": [{"item": "RICE", "lot": "L2", "quantity": 6}, {"item": "SOAP", "lot": "L1", "quantity": 7}]},
    acts.DISPATCH, {"to": "LY03"},
)
ARRIVAL = Call(
    "arrivals", "lin", "/books/LY01/arrivals",
    {"from": "COUNTY", "dispatch": 5, "occurred_on": TODAY, "lines": [{"item": "SOAP", "lot": "L1", "quantity": 3}]},
    {}, acts.ARRIVAL, {"lines": [{"item": "SOAP", "lot": "L1", "quantity": 2}]},
)
DIFFERENCE = Call(
    "arrival_confirmation", "gao", "/books/LY01/arrivals/1/confirmation", {}, {"request": 1}, acts.DIFFERENCE
)
SHEET = Call(
    "sheets", "mei", "/books/LY01/sheets",
    {
        "period": "2026-03", "purse": "merit", "minutes": "No. 7", "occurred_on": TODAY,
        "lines": [
            {"household": "H001", "rule": "WORK", "points": "8"},
            {"household": "H003", "rule": "CLEAN", "evidence": "seen on 1 March"},
        ],
    },
    {"n": 4, "status": "assessed", "points": "13.0"}, acts.SHEET, {"period": "2026-02"},
)
NOTICE = Call(
    "notice", "mei", "/books/LY01/sheets/3/notice", {"occurred_on": TODAY, "place": "at the well"},
    {"n": 3, "status": "on-notice", "until": "2026-03-13"}, acts.NOTICE, {"place": "at the mill"},
)
CREDIT = Call(
    "credit", "gao", "/books/LY01/sheets/2/credit", {"occurred_on": TODAY},
    {"n": 2, "status": "credited", "points": "5.0", "last": 12, "left": []}, acts.CREDIT, {"paper_number": "0031"},
)
REDEMPTION = Call(
    "redemptions", "lin", "/books/LY01/redemptions",
    {"household": "H001", "occurred_on": TODAY,
     "basket": [{"item": "RICE", "quantity": 1, "points": "36.5"}, {"item": "SALT", "quantity": 3, "points": "0.0"}]},
    {
        "household": "H001", "points": "36.5", "spent": {"support": "36.5", "merit": "0.0"},
        "purses": {"support": "3.0", "merit": "0.0"},
        "lines": [{"item": "RICE", "lot": "L2", "quantity": 1, "points": "36.5"},
                  {"item": "SALT", "lot": "L4", "quantity": 3, "points": "0.0"}],
    },
    acts.REDEMPTION, {"basket": [{"item": "SALT", "quantity": 1}]},
)
REVERSAL = Call(
    "reversal", "gao", "/books/LY01/entries/9/reversal", {"reason": "another household was meant"}, {"reverses": 9},
    acts.REVERSAL, {"reason": "no"},
)
CALLS = (GIFT, DISPATCH, ARRIVAL, DIFFERENCE, SHEET, NOTICE, CREDIT, REDEMPTION, REVERSAL)
