"""The lists that can be taken in: their columns as offices head them, and the form each row must satisfy."""

from dataclasses import dataclass, field

from ledger.terms import N_, Purse, Role
from schemas.form import Form
from schemas.lists import DonorRow, HouseholdRow, ItemRow, OpeningRow, RightRow, SiteRow, StaffRow

YES_NO = {"是": "1", "有": "1", "√": "1", "否": "0", "无": "0", "×": "0"}
PURSES = {"保障": Purse.SUPPORT, "保障积分": Purse.SUPPORT, "激励": Purse.MERIT, "激励积分": Purse.MERIT}
ROLES = {
    "信息员": Role.REPORTER, "积分管理员": Role.CLERK, "物品管理员": Role.KEEPER, "监督员": Role.SUPERVISOR,
    "镇审核": Role.CHECKER, "县总工会": Role.COUNTY, "审计员": Role.AUDITOR,
}
ALSO = {
    "户主": "户主姓名", "组": "组别", "爱心卡号": "卡号", "证件号后四位": "身份证后四位", "乡镇": "镇", "分类": "类别",
    "基本单位": "单位", "物品": "物品编号", "积分种类": "积分类别", "单件价值": "单价",
}
"""Words of our own pages and tables for what a list calls otherwise."""


@dataclass(frozen=True)
class List:
    """One kind of list: `columns` are heading by field, in order; `words` say what words in a cell stand for."""

    label: str
    form: type[Form]
    columns: dict[str, str]
    words: dict[str, dict[str, str]] = field(default_factory=dict)

    def field_of(self, heading: str) -> str | None:
        """Return the field a heading stands over: its Chinese heading or the field's own name."""
        wanted = ALSO.get(heading.strip(), heading.strip().lower())
        return next((name for name, head in self.columns.items() if wanted in (name, head)), None)


LISTS = {
    "sites": List(N_("Sites"), SiteRow, {
        "code": "编号", "name": "名称", "town": "镇", "division_code": "区划代码", "division_year": "代码年份",
    }),
    "staff": List(N_("Staff"), StaffRow, {
        "name": "登录名", "full_name": "姓名", "role": "岗位", "book": "网点", "town": "镇",
    }, {"role": {word: str(role) for word, role in ROLES.items()}}),
    "households": List(N_("Households"), HouseholdRow, {
        "book": "网点", "number": "户编号", "name": "户主姓名", "group": "组别", "card": "卡号",
        "id_tail": "身份证后四位",
    }),
    "rights": List(N_("Rights to support points"), RightRow, {
        "book": "网点", "household": "户编号", "valid_from": "起始日", "valid_through": "截止日", "points": "每次积分",
        "paper_number": "依据文号",
    }),
    "items": List(N_("Items"), ItemRow, {
        "code": "编号", "name": "名称", "spec": "规格", "unit": "单位", "category": "类别", "points": "积分价",
    }),
    "donors": List(N_("Donors"), DonorRow, {
        "code": "编号", "name": "名称", "contact": "联系人", "phone": "电话", "anonymous": "匿名",
    }, {"anonymous": YES_NO}),
    "opening": List(N_("Opening balances"), OpeningRow, {
        "book": "网点", "household": "户编号", "purse": "积分类别", "points": "积分", "item": "物品编号",
        "quantity": "数量", "best_before": "保质期至", "donor": "捐赠方", "unit_value": "单价",
    }, {"purse": {word: str(purse) for word, purse in PURSES.items()}}),
}
"""By the name a list has in a command and an address."""
