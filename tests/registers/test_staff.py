"""Staff: whose book a person may read, and for whom they may not act."""

import pytest
from sqlalchemy.exc import IntegrityError

from ledger.registers.passwords import new_token, token_digest
from ledger.registers.sites import Site
from ledger.registers.staff import (
    Kin,
    OwnHousehold,
    Staff,
    Token,
    check_not_among,
    check_not_kin,
    kin_in,
    kin_of,
    may_read,
)
from ledger.terms import Role
from tests.county import said

SITES = {
    "store": Site(code="COUNTY", kind="county", name="县级中心库", town="演示镇"),
    "own": Site(code="LY01", kind="outlet", name="六河村", town="演示镇"),
    "same town": Site(code="LY02", kind="outlet", name="石磨村", town="演示镇"),
    "other town": Site(code="LY03", kind="outlet", name="贤村", town="西淮坝镇"),
    "no town": Site(code="LY04", kind="outlet", name="寒峰村", town=""),
    "retired": Site(code="LY05", kind="outlet", name="天台村", town="金家河镇", retired=1),
}
MAY_READ = {
    Role.REPORTER: {"own"},
    Role.CLERK: {"own"},
    Role.KEEPER: {"own"},
    Role.SUPERVISOR: {"own"},
    Role.CHECKER: {"own", "same town"},
    Role.COUNTY: set(SITES),
    Role.AUDITOR: set(SITES),
}
"""By role: which of the sites are in reach of somebody at LY01, of the town's checker, of the county office."""


def somebody(role):
    """Return a member of staff, posted where their role works."""
    post = {Role.CHECKER: {"town": "演示镇"}, Role.COUNTY: {}, Role.AUDITOR: {}}.get(role, {"book": "LY01"})
    return Staff(name="x", full_name="某人", role=role, **post)


@pytest.mark.parametrize("where", SITES)
@pytest.mark.parametrize("role", Role)
def test_a_person_reads_the_books_their_work_includes_and_no_other(role, where):
    assert may_read(somebody(role), SITES[where]) is (where in MAY_READ[role])


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.COUNTY, Role.AUDITOR)])
def test_a_person_without_a_place_reads_nothing(role):
    nowhere = Staff(name="x", full_name="某人", role=role, book="", town="")
    assert not any(may_read(nowhere, site) for site in SITES.values())


def test_a_town_written_for_a_keeper_opens_no_door():
    keeper = Staff(name="x", full_name="某人", role=Role.KEEPER, book="LY01", town="演示镇")
    assert [where for where, site in SITES.items() if may_read(keeper, site)] == ["own"]


def test_an_outlet_written_for_a_checker_opens_no_door():
    checker = Staff(name="x", full_name="某人", role=Role.CHECKER, book="LY03", town="演示镇")
    assert [where for where, site in SITES.items() if may_read(checker, site)] == ["own", "same town"]


def test_an_unknown_role_reads_at_most_the_own_outlet():
    stranger = Staff(name="x", full_name="某人", role="owner", book="LY01", town="演示镇")
    assert [where for where, site in SITES.items() if may_read(stranger, site)] == ["own"]


def test_nobody_acts_for_their_own_or_a_relatives_household(county):
    for staff, household in (("lin", "H003"), ("mei", "H004"), ("gao", "H006")):
        with pytest.raises(OwnHousehold) as refusal:
            county.ask(check_not_kin, staff, "LY01", household, at="lines.0.household")
        told = f"Household {household} is your own or a relative's; another person must do this."
        assert said(refusal) == [("lines.0.household", told)]


def test_everybody_acts_for_all_others(county):
    for staff, household in (("lin", "H001"), ("lin", "H004"), ("mei", "H003"), ("zhao", "H003")):
        county.ask(check_not_kin, staff, "LY01", household)


def test_kin_are_of_one_outlet_only(county):
    assert county.ask(kin_in, "lin", "LY01") == {"H003"}
    assert county.ask(kin_in, "lin", "LY02") == frozenset()
    county.ask(check_not_kin, "lin", "LY02", "H003")


def test_kin_that_were_looked_up_once_are_asked_for_many_lines(county):
    kin = county.ask(kin_in, "mei", "LY01")
    check_not_among(kin, "H001")
    with pytest.raises(OwnHousehold) as refusal:
        check_not_among(kin, "H004")
    assert refusal.value.at == "household"


def test_kin_are_listed_by_outlet_and_number(county):
    with county.store.writing() as session:
        session.add(Kin(staff="lin", book="LY02", household="H101", tie="relative"))
        session.add(Kin(staff="lin", book="LY01", household="H001", tie="relative"))
    listed = [(kin.book, kin.household, kin.tie) for kin in county.ask(kin_of, "lin")]
    assert listed == [("LY01", "H001", "relative"), ("LY01", "H003", "own"), ("LY02", "H101", "relative")]


@pytest.mark.parametrize("kin", [{"staff": "nobody"}, {"tie": "friend"}], ids=str)
def test_the_database_itself_refuses_kin_of_nobody_and_other_ties(county, kin):
    with pytest.raises(IntegrityError), county.store.writing() as session:
        session.add(Kin(**{"staff": "lin", "book": "LY01", "household": "H001", "tie": "own", **kin}))
        session.flush()


def test_a_token_is_found_by_its_digest_and_cannot_be_read_back(county):
    token = new_token()
    with county.store.writing() as session:
        session.add(Token(digest=token_digest(token), staff="wei", made_us=0))
    with county.store.reading() as session:
        assert session.get(Token, token_digest(token)).staff == "wei"
        assert session.get(Token, token) is None
        assert session.get(Token, token_digest(token[:-1])) is None
    assert not any(token in row for row in county.state()["token"])
