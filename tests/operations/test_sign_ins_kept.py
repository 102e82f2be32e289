"""Sign-ins, relatives, links and keys of programs: what ends them, and who knows them."""

import pytest

from ledger.errors import NotFound, Unknown
from ledger.operations.register import (
    put_away,
    renew_link,
)
from ledger.operations.staff import (
    choose_password,
    declare_kin,
    end_program_keys,
    reset_password,
)
from ledger.registers.donors import Donor, donor_behind
from ledger.registers.households import Household
from ledger.registers.register import RegisterChange, changes_of
from ledger.registers.staff import OwnHousehold, Staff, Token, tokens_of
from tests.county import said
from tests.operations.test_registers_kept import change, changes, line, office, write_in

__all__ = ["office"]


# Sign-ins, relatives, links

def test_a_one_time_password_ends_the_sessions_and_asks_for_a_new_one(office, county):
    office.do(reset_password, by="wei", name="lin", password_hash="$argon2id$one")
    lin = line(county, Staff, "lin")
    assert (lin.password_hash, lin.one_time, lin.sessions) == ("$argon2id$one", 1, 2)


def test_a_password_of_ones_own_ends_the_other_sessions(office, county):
    office.do(reset_password, by="wei", name="lin", password_hash="$argon2id$one")
    answer = county.book("LY01").do(choose_password, by="lin", password_hash="$argon2id$two")
    lin = line(county, Staff, "lin")
    assert (lin.password_hash, lin.one_time, lin.sessions, answer["sessions"]) == ("$argon2id$two", 0, 3, 3)


def test_passwords_and_links_stand_in_no_log(office, county):
    office.do(reset_password, by="wei", name="lin", password_hash="$argon2id$one")
    county.book("LY01").do(choose_password, by="lin", password_hash="$argon2id$two")
    office.do(renew_link, by="wei", donor="D7", link="private-link-of-the-grain-firm")
    noted = [(one.field, one.before, one.after) for one in county.ask(changes_of, line(county, Staff, "lin"))]
    assert ("password_hash", None, None) in noted
    state = county.state()
    for secret in ("$argon2id$one", "$argon2id$two", "private-link-of-the-grain-firm"):
        for table in ("register_change", "submission", "entry", "note"):
            assert not any(secret in row for row in state[table]), table


def test_a_new_link_opens_the_statement_and_the_old_one_does_not(office, county):
    old = line(county, Donor, "D7").link
    office.do(renew_link, by="wei", donor="D7", link="a-new-long-link")
    assert county.ask(donor_behind, "a-new-long-link").code == "D7"
    with county.store.reading() as session, pytest.raises(NotFound):
        donor_behind(session, old)


def test_a_declared_relative_is_not_served_by_their_kin(office, county, book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  20
    """
    book.redeem("H001", salt=1, by="lin")
    office.do(declare_kin, by="wei", name="lin", outlet="LY01", household="H001", tie="relative")
    with book.refuses(OwnHousehold):
        book.redeem("H001", salt=1, by="lin")


def test_who_declared_a_relative_is_noted_once(office, county):
    for _ in range(2):
        office.do(declare_kin, by="wei", name="lin", outlet="LY01", household="H001", tie="relative")
    assert changes(county, Staff, "lin") == [("kin", None, "LY01/H001 relative", "wei")]


def test_only_known_people_and_households_are_kin(office):
    with office.refuses(NotFound):
        office.do(declare_kin, by="wei", name="nobody", outlet="LY01", household="H001", tie="own")
    with office.refuses(Unknown) as refusal:
        office.do(declare_kin, by="wei", name="lin", outlet="LY01", household="H101", tie="own")
    assert said(refusal)[0][0] == "household"


def test_a_name_is_written_in_the_registers_and_in_their_changes_only(book, county):
    write_in(book, "households", number="H007", name="郑成功")
    change(book, Household, ("LY01", "H007"), name="郑国强")
    state = county.state()
    for name in ("郑成功", "郑国强"):
        holding = {table for table, kept in state.items() if any(name in row for row in kept)}
        assert holding <= {Household.__tablename__, RegisterChange.__tablename__}


# Programs


@pytest.fixture
def keys(county):
    """Return how many programs have a key of Lin; there are two, and Wei's own program."""
    with county.store.writing() as session:
        session.add_all([Token(digest=f"{name}-{n}", staff=name, made_us=0)
                         for name, n in (("lin", 1), ("lin", 2), ("wei", 1))])

    def keys():
        assert county.ask(tokens_of, "wei") == 1
        return county.ask(tokens_of, "lin")

    return keys


ENDS = {
    "a one-time password": lambda office: office.do(reset_password, by="wei", name="lin", password_hash="x"),
    "retirement": lambda office: office.do(put_away, by="wei", register="staff", of=["lin"], version=1),
    "another role": lambda office: change(office, Staff, ("lin",), role="clerk"),
    "another outlet": lambda office: change(office, Staff, ("lin",), book="LY02"),
    "the button": lambda office: office.do(end_program_keys, by="wei", name="lin"),
}


@pytest.mark.parametrize("name", ENDS)
def test_a_key_of_a_program_ends_with_what_ends_its_person_s_work_and_never_comes_back(office, county, keys, name):
    ENDS[name](office)
    assert keys() == 0
    if name == "retirement":
        office.do(put_away, by="wei", register="staff", of=["lin"], version=2, back=1)
        assert keys() == 0


def test_a_key_of_a_program_stays_where_somebody_chooses_a_password_or_a_name_is_put_right(office, county, keys):
    county.book("LY01").do(choose_password, by="lin", password_hash="x")
    change(office, Staff, ("lin",), full_name="林玉方", version=line(county, Staff, "lin").version)
    assert keys() == 2


def test_who_ended_the_keys_and_how_many_there_were_is_kept(office, county, keys):
    for _ in range(2):
        office.do(end_program_keys, by="wei", name="lin")
    lin = line(county, Staff, "lin")
    noted = [(one.field, one.before, one.after, one.by) for one in county.ask(changes_of, lin)]
    assert [one for one in noted if one[0] == "token"] == [("token", "2", "0", "wei")]
    assert lin.sessions == 1, "she goes on working"
    with office.refuses(NotFound):
        office.do(end_program_keys, by="wei", name="nobody")
