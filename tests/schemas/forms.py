"""Every form of the service, filled in once as text, as a page sends it, and once as JSON, as a program does."""

from typing import Any

from schemas.allocation import AllocationForm, SpreadForm
from schemas.arrival import ArrivalForm, ConfirmationForm
from schemas.claw_back import ClawBackForm
from schemas.closing import CloseForm
from schemas.correction import CorrectionForm
from schemas.count import CountForm, CountLinesForm
from schemas.deed import DeedErasureForm, DeedForm
from schemas.delivery import SlipForm
from schemas.dispatch import DispatchForm, RedirectForm
from schemas.donation import DonationForm, ReceiptNumberForm
from schemas.entries import JournalFilter, JournalPage, PageForm
from schemas.form import Form
from schemas.handover import HandoverForm
from schemas.household_page import OwnPageForm
from schemas.lapse import LapseForm
from schemas.life import LifeForm
from schemas.limit import EanForm, LimitForm, OverrideForm
from schemas.lists import DonorRow, HouseholdRow, ItemRow, ListForm, OpeningRow, RightRow, SiteRow, StaffRow
from schemas.need import NeedForm
from schemas.objection import AnswerForm, ClawBackAnswerForm, ClawBackObjectionForm, ObjectionForm
from schemas.paper_day import PaperDayForm
from schemas.proposal import ProposalsForm
from schemas.purchase import PurchaseForm
from schemas.redemption import RedemptionForm
from schemas.registers import (
    DonorForm,
    HouseholdForm,
    ItemForm,
    KinForm,
    LotForm,
    PlaceForm,
    PriceForm,
    RetireForm,
    SiteForm,
    StaffForm,
    SupplierForm,
)
from schemas.reversal import ReasonForm
from schemas.rule import RuleForm
from schemas.sheet import CreditForm, NoticeForm, SheetForm, TakingDownForm
from schemas.signin import PasswordForm, SignInForm
from schemas.support import RightEndForm, RightForm
from schemas.write_off import DisposalForm, WriteOffForm

Data = dict[str, Any]
EMPTY: tuple[Data, Data] = ({}, {})

FILLED: dict[type[Form], tuple[Data, Data]] = {
    DonationForm: (
        {
            "donor": "d07", "occurred_on": "2026年3月6日", "paper_number": "",
            "wish": {"kind": "outlets", "text": " 老人 ", "outlets": "ly01、LY12 ly01"},
            "agreement": "略工协（2026）3号", "receipt_code": "61010125", "receipt_number": "",
            "lines": [
                {"item": "g001", "quantity": "２０", "best_before": "2027-01-31", "unit_value": "12.50", "refused": "",
                 "reason": "", "made_on": "2026-01-31", "basis": "fair", "condition": " 完好 ", "cash": ""},
                {"cash": "１０００", "source": "union", "item": ""},
                {"item": "G002", "quantity": "", "best_before": "", "unit_value": "", "refused": "1", "reason": "湿"},
            ],
        },
        {
            "donor": "D07", "occurred_on": "2026-03-06",
            "wish": {"kind": "outlets", "text": "老人", "outlets": ["LY01", "LY12"]},
            "agreement": "略工协(2026)3号", "receipt_code": "61010125",
            "lines": [
                {"item": "G001", "quantity": 20, "best_before": "2027-01-31", "unit_value": 12.5,
                 "made_on": "2026-01-31", "basis": "fair", "condition": "完好"},
                {"cash": 1000, "source": "union"},
                {"item": "G002", "quantity": 0, "best_before": None, "unit_value": None, "refused": 1, "reason": "湿"},
            ],
        },
    ),
    DispatchForm: (
        {"to": "ly12", "occurred_on": "2026-03-06", "paper_number": "调-2026-7", "consent": "2026-5", "carrier": " 王 ",
         "lines": [{"item": "G001", "lot": "", "quantity": "5"}, {"item": "G001", "lot": "l42", "quantity": "6"}]},
        {"to": "LY12", "occurred_on": "2026-03-06", "paper_number": "调-2026-7", "consent": "2026-5", "carrier": "王",
         "lines": [{"item": "G001", "quantity": 5}, {"item": "G001", "lot": "L42", "quantity": 6}]},
    ),
    RedirectForm: (
        {"to": "ly12", "consent": "略粮函〔2026〕5号", "occurred_on": "2026-03-06"},
        {"to": "LY12", "consent": "略粮函〔2026〕5号", "occurred_on": "2026-03-06"},
    ),
    ReceiptNumberForm: (
        {"receipt_code": "６１０１０１２５", "receipt_number": "0000123456"},
        {"receipt_code": "61010125", "receipt_number": "0000123456"},
    ),
    PurchaseForm: (
        {"supplier": "s03", "invoice": "24612000", "occurred_on": "2026-03-06", "lines": [
            {"item": "g001", "quantity": "１０", "unit_value": "5.5", "best_before": "", "receipt": "m1"},
            {"item": "G002", "quantity": "1", "unit_value": "3", "best_before": "2027-01-31", "receipt": ""}]},
        {"supplier": "S03", "invoice": "24612000", "occurred_on": "2026-03-06", "lines": [
            {"item": "G001", "quantity": 10, "unit_value": 5.5, "receipt": "M1"},
            {"item": "G002", "quantity": 1, "unit_value": 3, "best_before": "2027-01-31"}]},
    ),
    AllocationForm: (
        {"decision": " 略工发〔2026〕12号 ", "occurred_on": "2026-03-06", "goods": [
            {"item": "g001", "shares": {"ly01": "３", "LY02": "", "LY03": "0"}}]},
        {"decision": "略工发〔2026〕12号", "occurred_on": "2026-03-06", "goods": [
            {"item": "G001", "shares": {"LY01": 3, "LY03": 0}}]},
    ),
    SpreadForm: (
        {"goods": [{"item": "g001", "quantity": "１００"}]}, {"goods": [{"item": "G001", "quantity": 100}]},
    ),
    ArrivalForm: (
        {"from": "county", "dispatch": "12", "occurred_on": "2026-03-06",
         "lines": [{"item": "G001", "lot": "L42", "quantity": "5", "short": "1", "over": "", "reason": "破袋"}]},
        {"from": "COUNTY", "dispatch": 12, "occurred_on": "2026-03-06",
         "lines": [{"item": "G001", "lot": "L42", "quantity": 5, "short": 1, "over": 0, "reason": "破袋"}]},
    ),
    ConfirmationForm: EMPTY,
    SheetForm: (
        {"period": "２０２６-03", "purse": "merit", "minutes": "", "due": "９", "present": "7", "nothing": "0",
         "occurred_on": "2026-03-06", "lines": [
            {"household": "h0031", "rule": "hj01", "points": "", "evidence": "", "status": "deferred", "deed": "4"},
            {"household": "H0032", "rule": "HJ01", "points": "5.5", "evidence": "院子"}]},
        {"period": "2026-03", "purse": "merit", "minutes": None, "due": 9, "present": 7, "occurred_on": "2026-03-06",
         "lines": [
            {"household": "H0031", "rule": "HJ01", "status": "deferred", "deed": 4},
            {"household": "H0032", "rule": "HJ01", "points": 5.5, "evidence": "院子"}]},
    ),
    NoticeForm: (
        {"place": "村务公开栏", "reason": "", "occurred_on": "2026-03-06"},
        {"place": "村务公开栏", "reason": None, "occurred_on": "2026-03-06"},
    ),
    TakingDownForm: (
        {"occurred_on": "2026-03-14", "paper_number": ""}, {"occurred_on": "2026-03-14"},
    ),
    ObjectionForm: (
        {"line": "３", "way": "phone", "words": " 没有参加 ", "objector": "h0031", "occurred_on": "2026-03-08"},
        {"line": 3, "way": "phone", "words": "没有参加", "objector": "H0031", "occurred_on": "2026-03-08"},
    ),
    AnswerForm: (
        {"result": "corrected", "decided_by": "committee", "words": "更正", "points": "5.5",
         "occurred_on": "2026-03-09"},
        {"result": "corrected", "decided_by": "committee", "words": "更正", "points": 5.5,
         "occurred_on": "2026-03-09"},
    ),
    ClawBackObjectionForm: (
        {"way": "phone", "words": " 参加了 ", "objector": "h0031", "occurred_on": "2026-03-22"},
        {"way": "phone", "words": "参加了", "objector": "H0031", "occurred_on": "2026-03-22"},
    ),
    ClawBackAnswerForm: (
        {"result": "not-upheld", "decided_by": "committee", "words": " 已核实 ", "occurred_on": "2026-03-23"},
        {"result": "not-upheld", "decided_by": "committee", "words": "已核实", "occurred_on": "2026-03-23"},
    ),
    ClawBackForm: (
        {"household": "h0031", "purse": "merit", "points": "８", "credit": "12", "reason": "未参加", "place": "公开栏",
         "occurred_on": "2026-03-20"},
        {"household": "H0031", "purse": "merit", "points": 8, "credit": 12, "reason": "未参加", "place": "公开栏",
         "occurred_on": "2026-03-20"},
    ),
    CreditForm: (
        {"occurred_on": "2026-3-16", "paper_number": "３１"}, {"occurred_on": "2026-03-16", "paper_number": "31"},
    ),
    RedemptionForm: (
        {"household": "ｈ００３１", "occurred_on": "2026-03-06", "received": "yes", "basket": [
            {"item": "g001", "quantity": "2", "points": "36.5"}, {"item": "G002", "quantity": "1", "points": ""}],
         "delivered_by": "ly01-keeper", "seen": "１２",
         "proxy": {"code": "", "name": "", "relation": "女儿", "phone": "４３２１", "home": "h0007"}},
        {"household": "H0031", "occurred_on": "2026-03-06", "received": "yes",
         "delivered_by": "LY01-KEEPER", "seen": 12,
         "proxy": {"relation": "女儿", "phone": "4321", "home": "H0007"}, "basket": [
            {"item": "G001", "quantity": 2, "points": "36.5"}, {"item": "G002", "quantity": 1, "points": None}]},
    ),
    SlipForm: (
        {"signed_on": "2026-3-7", "paper_number": "兑-2026-0007"},
        {"signed_on": "2026-03-07", "paper_number": "兑-2026-0007"},
    ),
    OwnPageForm: ({"on": "1"}, {"on": 1}),
    NeedForm: ({"item": "", "words": " 胶鞋 "}, {"words": "胶鞋"}),
    CorrectionForm: (
        {"goods": "elsewhere", "reason": "错录农户", "lines": [{"item": "g001", "lot": "", "quantity": "2"}],
         "right": {"household": "h0032", "basket": [{"item": "g001", "quantity": "２", "points": ""}]}},
        {"goods": "elsewhere", "reason": "错录农户", "lines": [{"item": "G001", "quantity": 2}],
         "right": {"household": "H0032", "basket": [{"item": "G001", "quantity": 2}]}},
    ),
    LifeForm: (
        {"event": "split", "occurred_on": "2026-03-06", "paper_number": "2026-12", "name": "王小明", "support": "",
         "merit": "10.5", "reason": ""},
        {"event": "split", "occurred_on": "2026-03-06", "paper_number": "2026-12", "name": "王小明", "merit": 10.5},
    ),
    WriteOffForm: (
        {"reason": "other", "words": "柴油味", "occurred_on": "", "paper_number": "", "lines": [
            {"item": "g001", "lot": "l42", "quantity": "３", "account": "stock"}]},
        {"reason": "other", "words": "柴油味", "lines": [{"item": "G001", "lot": "L42", "quantity": 3}]},
    ),
    DisposalForm: ({"disposal": "深埋", "witness": "", "back": ""}, {"disposal": "深埋", "back": False}),
    CountForm: ({"nature": "surprise"}, {"nature": "surprise"}),
    CountLinesForm: (
        {"finished": "1", "lines": [
            {"lot": "l42", "account": "stock", "quantity": "0", "reason": "", "words": ""},
            {"lot": "L42", "account": "set-aside", "quantity": "", "reason": "lost", "words": ""}]},
        {"finished": True, "lines": [
            {"lot": "L42", "quantity": 0}, {"lot": "L42", "account": "set-aside", "reason": "lost"}]},
    ),
    LimitForm: (
        {"outlet": "county", "per": "month", "quantity": "", "holds_from": "2026-3-6"},
        {"outlet": "COUNTY", "per": "month", "holds_from": "2026-03-06"},
    ),
    PlaceForm: ({"item": "g001", "place": "甲架二层"}, {"item": "G001", "place": "甲架二层"}),
    EanForm: ({"ean": "6901234 567892", "removed": ""}, {"ean": 6901234567892}),
    OverrideForm: (
        {"household": "h0031", "reason": "人多", "basket": [{"item": "g001", "quantity": "5"}]},
        {"household": "H0031", "reason": "人多", "basket": [{"item": "G001", "quantity": 5}]},
    ),
    PaperDayForm: (
        {"occurred_on": "2026-3-6", "sheet": "３-2", "lines": [
            {"line": "７", "household": "h0031", "basket": [{"item": "g001", "quantity": "2"}], "reason": " 看错 ",
             "proxy": {"name": "", "relation": ""}, "void": ""},
            {"line": "8", "void": "1"},
        ]},
        {"occurred_on": "2026-03-06", "sheet": "3-2", "lines": [
            {"line": 7, "household": "H0031", "basket": [{"item": "G001", "quantity": 2}], "reason": "看错",
             "proxy": {}},
            {"line": 8, "void": True},
        ]},
    ),
    ReasonForm: ({"reason": " 户号写错 ", "paper_number": "０032"}, {"reason": "户号写错", "paper_number": "0032"}),
    CloseForm: ({"through": "2026-02-28"}, {"through": "2026-02-28"}),
    SiteForm: (
        {"version": "", "code": "ly12", "name": "贤村爱心超市", "town": "", "division_code": "610727104203"},
        {"code": "LY12", "name": "贤村爱心超市", "division_code": "610727104203"},
    ),
    HouseholdForm: (
        {"version": "3", "number": "", "name": "王秀兰", "group": "２", "card": "６１０００１", "id_tail": "123x"},
        {"version": 3, "name": "王秀兰", "group": 2, "card": "610001", "id_tail": "123X"},
    ),
    DonorForm: (
        {"code": "d07", "name": "粮油公司", "contact": "", "phone": "13812345678", "anonymous": "0"},
        {"code": "D07", "name": "粮油公司", "phone": "13812345678", "anonymous": False},
    ),
    SupplierForm: (
        {"code": "s03", "name": "粮油店", "phone": "0916-4822333"},
        {"code": "S03", "name": "粮油店", "phone": "0916-4822333"},
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
    DeedForm: (
        {"household": "h001", "rule": "gy01", "occurred_on": "2026-3-6", "evidence": "修路", "another": "0"},
        {"household": "H001", "rule": "GY01", "occurred_on": "2026-03-06", "evidence": "修路"},
    ),
    DeedErasureForm: ({"deed": "７"}, {"deed": 7}),
    RuleForm: (
        {"code": "hj08", "version": "", "name": "浇树", "category": "环境卫生", "purse": "merit", "points_min": "5",
         "points_max": "１０", "cap_month": "", "cap_year": "60", "valid_from": "2026-03-06", "valid_to": ""},
        {"code": "HJ08", "version": 1, "name": "浇树", "category": "环境卫生", "purse": "merit", "points_min": 5,
         "points_max": 10, "cap_year": 60, "valid_from": "2026-03-06", "valid_to": None},
    ),
    HandoverForm: (
        {"leaving": "LY01-Lin", "coming": "ly01-hao", "declared": "1", "words": " 钥匙 ", "occurred_on": "2026-03-06"},
        {"leaving": "ly01-lin", "coming": "ly01-hao", "declared": 1, "words": "钥匙", "occurred_on": "2026-03-06"},
    ),
    LapseForm: (
        {"through": "2026-3-31", "place": "村务公开栏", "occurred_on": "2026-04-02"},
        {"through": "2026-03-31", "place": "村务公开栏", "occurred_on": "2026-04-02"},
    ),
    RightForm: (
        {"household": "h0031", "valid_from": "2026-3-1", "valid_through": "", "points": "２０",
         "paper_number": "略民发〔2026〕3号"},
        {"household": "H0031", "valid_from": "2026-03-01", "points": 20, "paper_number": "略民发〔2026〕3号"},
    ),
    RightEndForm: (
        {"household": "h0031", "valid_from": "2026-3-1", "valid_through": "2026-4-30", "paper_number": "评-9"},
        {"household": "H0031", "valid_from": "2026-03-01", "valid_through": "2026-04-30", "paper_number": "评-9"},
    ),
    ListForm: ({"kind": "items", "trying": ""}, {"kind": "items"}),
    SiteRow: ({"code": "ly07", "name": "寒峰村"}, {"code": "LY07", "name": "寒峰村"}),
    StaffRow: (
        {"name": "Hao", "full_name": "郝建", "role": "keeper", "book": "ly01"},
        {"name": "hao", "full_name": "郝建", "role": "keeper", "book": "LY01"},
    ),
    HouseholdRow: (
        {"book": "ly01", "name": "单小云", "group": "３"},
        {"book": "LY01", "name": "单小云", "group": 3},
    ),
    RightRow: (
        {"book": "ly01", "household": "h1", "valid_from": "2026-3-1", "points": "20", "paper_number": "评2026-3"},
        {"book": "LY01", "household": "H1", "valid_from": "2026-03-01", "points": 20, "paper_number": "评2026-3"},
    ),
    ItemRow: (
        {"code": "g9", "name": "搪瓷碗", "unit": "只", "points": "4.5"},
        {"code": "G9", "name": "搪瓷碗", "unit": "只", "points": 4.5},
    ),
    DonorRow: ({"code": "d9", "name": "好心人", "anonymous": "1"}, {"code": "D9", "name": "好心人", "anonymous": True}),
    OpeningRow: (
        {"book": "ly01", "household": "h001", "purse": "merit", "points": "36.5", "item": ""},
        {"book": "LY01", "household": "H001", "purse": "merit", "points": 36.5},
    ),
    ProposalsForm: (
        {"proposals": [{"request": "１"}, {"request": "2"}], "declined": "1", "reason": " too dear "},
        {"proposals": [{"request": 1}, {"request": 2}], "declined": True, "reason": "too dear"},
    ),
    SignInForm: ({"name": "lin", "password": "a b c", "next": ""}, {"name": "lin", "password": "a b c"}),
    PasswordForm: ({"password": "a b c", "again": "a b c"}, {"password": "a b c", "again": "a b c"}),
    PageForm: ({"limit": "２０"}, {"limit": 20}),
    JournalPage: ({"kind": "credit", "after": "7"}, {"kind": "credit", "after": 7}),
    JournalFilter: ({"kind": "credit", "since": "", "household": "h001"}, {"kind": "credit", "household": "H001"}),
}
"""By form: what a page sends, and what a program sends for the same."""
