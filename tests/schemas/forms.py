"""Every form of the service, filled in once as text, as a page sends it, and once as JSON, as a program does."""

from typing import Any

from schemas.arrival import ArrivalForm, ConfirmationForm
from schemas.closing import CloseForm
from schemas.dispatch import DispatchForm
from schemas.donation import DonationForm
from schemas.entries import JournalFilter
from schemas.form import Form
from schemas.redemption import RedemptionForm
from schemas.registers import (
    ButtonForm,
    DonorForm,
    HouseholdForm,
    ItemForm,
    KinForm,
    LotForm,
    PriceForm,
    RetireForm,
    SiteForm,
    StaffForm,
)
from schemas.reversal import ReversalForm
from schemas.sheet import CreditForm, NoticeForm, SheetForm
from schemas.signin import PasswordForm, SignInForm

Data = dict[str, Any]
EMPTY: tuple[Data, Data] = ({}, {})

FILLED: dict[type[Form], tuple[Data, Data]] = {
    DonationForm: (
        {
            "donor": "d07", "occurred_on": "2026年3月6日", "paper_number": "",
            "wish": {"kind": "group", "text": " 老人 "},
            "lines": [
                {"item": "g001", "quantity": "２０", "best_before": "2027-01-31", "unit_value": "12.50", "refused": "",
                 "reason": ""},
                {"item": "G002", "quantity": "", "best_before": "", "unit_value": "", "refused": "1", "reason": "湿"},
            ],
        },
        {
            "donor": "D07", "occurred_on": "2026-03-06", "wish": {"kind": "group", "text": "老人"},
            "lines": [
                {"item": "G001", "quantity": 20, "best_before": "2027-01-31", "unit_value": 12.5},
                {"item": "G002", "quantity": 0, "best_before": None, "unit_value": None, "refused": 1, "reason": "湿"},
            ],
        },
    ),
    DispatchForm: (
        {"to": "ly12", "occurred_on": "2026-03-06", "paper_number": "调-2026-7",
         "lines": [{"item": "G001", "lot": "", "quantity": "5"}, {"item": "G001", "lot": "l42", "quantity": "6"}]},
        {"to": "LY12", "occurred_on": "2026-03-06", "paper_number": "调-2026-7",
         "lines": [{"item": "G001", "quantity": 5}, {"item": "G001", "lot": "L42", "quantity": 6}]},
    ),
    ArrivalForm: (
        {"from": "county", "dispatch": "12", "occurred_on": "2026-03-06",
         "lines": [{"item": "G001", "lot": "L42", "quantity": "5", "short": "1", "over": "", "reason": "破袋"}]},
        {"from": "COUNTY", "dispatch": 12, "occurred_on": "2026-03-06",
         "lines": [{"item": "G001", "lot": "L42", "quantity": 5, "short": 1, "over": 0, "reason": "破袋"}]},
    ),
    ConfirmationForm: EMPTY,
    SheetForm: (
        {"period": "２０２６-03", "purse": "merit", "minutes": "", "occurred_on": "2026-03-06", "lines": [
            {"household": "h0031", "rule": "hj01", "points": "", "evidence": ""},
            {"household": "H0032", "rule": "HJ01", "points": "5.5", "evidence": "院子"}]},
        {"period": "2026-03", "purse": "merit", "minutes": None, "occurred_on": "2026-03-06", "lines": [
            {"household": "H0031", "rule": "HJ01"},
            {"household": "H0032", "rule": "HJ01", "points": 5.5, "evidence": "院子"}]},
    ),
    NoticeForm: (
        {"place": "村务公开栏", "occurred_on": "2026-03-06"}, {"place": "村务公开栏", "occurred_on": "2026-03-06"},
    ),
    CreditForm: (
        {"occurred_on": "2026-3-16", "paper_number": "３１"}, {"occurred_on": "2026-03-16", "paper_number": "31"},
    ),
    RedemptionForm: (
        {"household": "ｈ００３１", "occurred_on": "2026-03-06", "proxy": {"name": "", "relation": "女儿"}, "basket": [
            {"item": "g001", "quantity": "2", "points": "36.5"}, {"item": "G002", "quantity": "1", "points": ""}]},
        {"household": "H0031", "occurred_on": "2026-03-06", "proxy": {"relation": "女儿"}, "basket": [
            {"item": "G001", "quantity": 2, "points": "36.5"}, {"item": "G002", "quantity": 1, "points": None}]},
    ),
    ReversalForm: ({"reason": " 户号写错 "}, {"reason": "户号写错"}),
    CloseForm: ({"through": "2026-02-28"}, {"through": "2026-02-28"}),
    SiteForm: (
        {"version": "", "code": "ly12", "name": "贤村爱心超市", "town": "", "division_code": "610727104203"},
        {"code": "LY12", "name": "贤村爱心超市", "division_code": "610727104203"},
    ),
    HouseholdForm: (
        {"version": "3", "number": "", "name": "王秀兰", "group": "２", "card": "６１０００１", "cannot_work": "on",
         "status": "frozen", "id_tail": "123x"},
        {"version": 3, "name": "王秀兰", "group": 2, "card": "610001", "cannot_work": True, "status": "frozen",
         "id_tail": "123X"},
    ),
    DonorForm: (
        {"code": "d07", "name": "粮油公司", "contact": "", "phone": "13812345678", "anonymous": "0"},
        {"code": "D07", "name": "粮油公司", "phone": "13812345678", "anonymous": False},
    ),
    ItemForm: (
        {"code": "g001", "name": "大米", "spec": "", "unit": "袋"}, {"code": "G001", "name": "大米", "unit": "袋"},
    ),
    PriceForm: ({"points": "36.5", "valid_from": "2026.3.6"}, {"points": 36.5, "valid_from": "2026-03-06"}),
    LotForm: (
        {"version": "2", "best_before": "", "unit_value": "3"}, {"version": 2, "best_before": None, "unit_value": 3},
    ),
    StaffForm: (
        {"name": "Lin", "full_name": "林玉芳", "role": "keeper", "book": "ly01", "town": ""},
        {"name": "lin", "full_name": "林玉芳", "role": "keeper", "book": "LY01"},
    ),
    KinForm: ({"outlet": "ly01", "household": "h003"}, {"outlet": "LY01", "household": "H003", "tie": "relative"}),
    RetireForm: ({"version": "4"}, {"version": 4}),
    ButtonForm: EMPTY,
    SignInForm: ({"name": "lin", "password": "a b c", "next": ""}, {"name": "lin", "password": "a b c"}),
    PasswordForm: ({"password": "a b c", "again": "a b c"}, {"password": "a b c", "again": "a b c"}),
    JournalFilter: ({"kind": "credit", "since": "", "household": "h001"}, {"kind": "credit", "household": "H001"}),
}
"""By form: what a page sends, and what a program sends for the same."""
