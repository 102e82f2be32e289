"""How the county's registers are written: the form of each, and its inputs in order."""

from dataclasses import dataclass

from ledger.terms import N_
from schemas.form import Form
from schemas.registers import DonorForm, ItemForm, LotForm, SiteForm, StaffForm, SupplierForm


@dataclass(frozen=True)
class Input:
    """One input of a register's form. `fixed`: written once, never changed.

    Kinds: text, date, yes, role, outlet, basis.
    """

    name: str
    label: str
    kind: str = "text"
    fixed: bool = False
    hint: str = ""


@dataclass(frozen=True)
class Register:
    """A register a form writes to. Lots come in by donations only, so nobody enters one here."""

    schema: type[Form]
    inputs: tuple[Input, ...]
    can_enter: bool = True
    new: str = N_("New line")

    def must_be_filled(self, name: str) -> bool:
        """Tell whether a line cannot be without this value."""
        return any(field.required and name in (key, field.data_key) for key, field in self.schema().fields.items())


FIELDS: dict[str, Register] = {
    "sites": Register(SiteForm, new=N_("New outlet"), inputs=(
        Input("code", N_("Code"), fixed=True, hint=N_("LY12: given once, on every paper for ever.")),
        Input("name", N_("Name")),
        Input("town", N_("Town")),
        Input("division_code", N_("Division code"), hint=N_("Twelve digits of the statistics office.")),
        Input("division_year", N_("Year of the code")),
    )),
    "donors": Register(DonorForm, new=N_("New donor"), inputs=(
        Input("code", N_("Code"), fixed=True, hint=N_("D07: stands on every lot.")),
        Input("name", N_("Name")),
        Input("contact", N_("Contact")),
        Input("phone", N_("Phone")),
        Input("anonymous", N_("Wants to stay anonymous"), "yes"),
    )),
    "suppliers": Register(SupplierForm, new=N_("New supplier"), inputs=(
        Input("code", N_("Code"), fixed=True, hint=N_("S03: stands on every purchase.")),
        Input("name", N_("Name")),
        Input("phone", N_("Phone")),
    )),
    "items": Register(ItemForm, new=N_("New item"), inputs=(
        Input("code", N_("Code"), fixed=True, hint=N_("G001: letters and digits.")),
        Input("name", N_("Name")),
        Input("spec", N_("Size")),
        Input("unit", N_("Base unit"), hint=N_("Bag, bottle, piece. It cannot change once goods are booked.")),
        Input("category", N_("Category")),
    )),
    "lots": Register(LotForm, can_enter=False, inputs=(
        Input("best_before", N_("Best before"), "date"),
        Input("unit_value", N_("Value of one (yuan)"),
              hint=N_("It stays once a month that counts these goods is closed, or an invoice says it.")),
        Input("value_basis", N_("Value by"), "basis"),
    )),
    "staff": Register(StaffForm, new=N_("New member of staff"), inputs=(
        Input("name", N_("Sign-in name"), fixed=True, hint=N_("Small letters and digits, such as ly12-lin.")),
        Input("full_name", N_("Full name")),
        Input("role", N_("Role"), "role"),
        Input("book", N_("Outlet"), "outlet", hint=N_("Left empty for the county office, auditors and town checkers.")),
        Input("town", N_("Town"), hint=N_("For a town checker: the town whose outlets they check.")),
    )),
}
"""By the name a register has in an address."""
