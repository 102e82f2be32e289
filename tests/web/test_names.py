"""One word for one thing: the input of a page is called like the field of its schema and the argument of its act."""

import inspect
import re

import pytest
from marshmallow import fields

from ledger.operations import register, staff
from ledger.operations.closing import confirm_close, propose_close
from ledger.operations.erasure import erase_words
from ledger.operations.policy import decide_policy
from ledger.operations.proposal import propose_price
from ledger.operations.rule import decide_rule
from ledger.web.api.acts import ACTS
from schemas.arrival import ConfirmationForm
from schemas.closing import CloseForm
from schemas.policy import policy_form
from schemas.registers import (
    DonorForm,
    HouseholdForm,
    ItemForm,
    KinForm,
    PriceForm,
    RetireForm,
    SupplierForm,
)
from schemas.rule import RuleForm
from tests.web import acts

BY_NAME = {act.name: (act.schema, act.operation) for act in ACTS}
MEANS = [
    (acts.GIFT, *BY_NAME["donations"]),
    (acts.DISPATCH, *BY_NAME["dispatches"]),
    (acts.REDIRECT, *BY_NAME["redirections"]),
    (acts.RECEIPT, *BY_NAME["donation_receipt"]),
    (acts.ARRIVAL, *BY_NAME["arrivals"]),
    (acts.DIFFERENCE, *BY_NAME["arrival_confirmation"]),
    (acts.SHEET, *BY_NAME["sheets"]),
    (acts.NOTICE, *BY_NAME["notice"]),
    (acts.TAKING_DOWN, *BY_NAME["notice_end"]),
    (acts.OBJECTION, *BY_NAME["objections"]),
    (acts.CREDIT, *BY_NAME["credit"]),
    (acts.CLAW_BACK, *BY_NAME["claw_backs"]),
    (acts.REDEMPTION, *BY_NAME["redemptions"]),
    (acts.REVERSAL, *BY_NAME["reversal"]),
    (acts.CLOSE, CloseForm, propose_close),
    (acts.ERASURE, ConfirmationForm, erase_words),
    (acts.PRICE, PriceForm, propose_price),
    (acts.RELATIVE, KinForm, staff.declare_kin),
    (acts.RETIREMENT, RetireForm, register.put_away),
    (acts.LINK, ConfirmationForm, register.renew_link),
    (acts.DEED, *BY_NAME["deeds"]),
    (acts.RULE, RuleForm, decide_rule),
    (acts.SETTING, policy_form("some"), decide_policy),
]
LATER = {"notice": {"reason"}, "sheet": {"another"}}
"""What a page asks only later: why a sheet is hung again, and whether deeds that look like known ones are others."""
LINES_OF_REGISTERS = [
    (acts.HOUSEHOLD, HouseholdForm, {"version"}), (acts.HOUSEHOLD_CHANGE, HouseholdForm, {"number"}),
    (acts.DONOR, DonorForm, {"version"}), (acts.SUPPLIER, SupplierForm, {"version"}),
    (acts.ITEM_CHANGE, ItemForm, set()),
]
ASKED_OF_EVERY_ACT = {"session", "book", "clerk", "now", "key", "paper_number"}
ANOTHER_WAY_TO_WRITE = {"paste", "scan", "need-words"}
"""What is pasted or scanned becomes lines before the schema reads them; what was asked for in vain is another act."""
IN_THE_ADDRESS_OR_MADE = {"request", "sheet", "number", "item", "name", "register", "of", "donor", "link"}


def inputs(house, act):
    """Return the names of the inputs, those of all lines as one."""
    return {re.sub(r"-\d+-", "-", name) for name in act.inputs(house)[1]} - {"key"}


def named(schema, attribute=False):
    """Return the names of a schema's fields as they come in, or as its content has them; of a table those of a line."""
    names = set()
    for name, field in schema().fields.items():
        name = name if attribute else field.data_key or name
        inner = field.line if hasattr(field, "line") else type(field.schema) if isinstance(field,
                                                                                           fields.Nested) else None
        names |= {f"{name}-{one}" for one in named(inner)} if inner and not attribute else {name}
    return names


@pytest.mark.parametrize(("act", "schema", "operation"), MEANS, ids=[act.name for act, *_ in MEANS])
def test_input_field_and_argument_have_the_same_name(house, act, schema, operation):
    shown = inputs(house, act) - ANOTHER_WAY_TO_WRITE
    # Not every page has room for what every schema takes.
    assert shown | {"paper_number"} == (named(schema) - LATER.get(act.name, set())) | {"paper_number"}
    arguments = set(inspect.signature(operation).parameters) - ASKED_OF_EVERY_ACT
    fields_of_its_own = named(schema, attribute=True) - ASKED_OF_EVERY_ACT
    assert fields_of_its_own == arguments - (IN_THE_ADDRESS_OR_MADE - fields_of_its_own)


@pytest.mark.parametrize(("act", "schema", "apart"), LINES_OF_REGISTERS,
                         ids=[act.name for act, *_ in LINES_OF_REGISTERS])
def test_the_form_of_a_register_has_the_fields_of_its_schema(house, act, schema, apart):
    assert inputs(house, act) == named(schema) - apart


def test_a_second_person_has_nothing_to_type_but_the_number_of_a_paper(house):
    assert named(ConfirmationForm) == {"paper_number"}
    assert set(inspect.signature(confirm_close).parameters) - ASKED_OF_EVERY_ACT == {"request"}


def test_every_act_is_looked_at_here():
    assert {act.name for act, *_ in [*MEANS, *LINES_OF_REGISTERS]} == {act.name for act in acts.ALL}
