"""The old woman and her neighbour: who collects for whom, for how many on a day, and whether the goods came."""

from datetime import date
from uuid import uuid4

import pytest

from ledger.errors import NotFound, Unknown
from ledger.journal import body_of
from ledger.operations.collecting import (
    EnoughForToday,
    HouseholdSays,
    NoName,
    StaffCollects,
    TwoCollectors,
    look_into,
)
from ledger.operations.erasure import erase_words
from ledger.operations.redemption import redeem
from ledger.operations.register import put_away
from ledger.registers.households import Household, take_in
from ledger.registers.proxies import not_received, proxies_of, to_be_asked
from ledger.registers.register import Retired
from ledger.registers.staff import OwnHousehold
from tests.county import said
from tests.operations.clients import CLIENTS, Clients

NEIGHBOUR = {"name": "郑果", "relation": "邻居", "phone": "4321"}
OLD = [f"K{n}" for n in range(1, 6)]


@pytest.fixture
def hamlet(book, county):
    """Liuhe with salt for everybody and five more households, K1 to K5, whose people cannot walk far."""
    book.write("""
        2026-03-05 donation
          donor:D7   -> stock   SALT/L9   90
    """)
    with county.store.writing() as session:
        for number in OLD:
            take_in(session, Household(book="LY01", number=number, name="赵奶奶"), by="mei", now=county.now)
    return book


def fetch(book, household="K1", who=NEIGHBOUR, **more):
    """Let somebody collect a salt for a household."""
    return book.redeem(household, salt=1, proxy=who, **more)["number"]


def facts(book, number):
    """Return what an entry says for ever."""
    return body_of(book.entry(number))["facts"]


# Who collects

def test_who_collects_for_the_first_time_is_entered_at_the_counter_in_the_same_step(hamlet, county):
    number = fetch(hamlet)
    (line,) = county.ask(proxies_of, "LY01", "K1")
    assert (line.code, line.name, line.relation, line.phone) == ("P1", "郑果", "邻居", "4321")
    assert facts(hamlet, number)["proxy"] == "P1"


def test_the_journal_knows_the_code_only(hamlet, county):
    body = hamlet.entry(fetch(hamlet)).body
    assert not [word for word in ("郑果", "邻居", "4321") if word in body]


def test_next_time_the_code_is_enough(hamlet, county):
    fetch(hamlet)
    number = fetch(hamlet, who={"code": "P1"})
    assert facts(hamlet, number)["proxy"] == "P1"
    assert len(county.ask(proxies_of, "LY01", "K1")) == 1
    with hamlet.refuses(Unknown) as caught:
        fetch(hamlet, "K2", {"code": "P1"})
    assert said(caught) == [("proxy.code", "There is no collector P1.")]


def test_one_person_has_one_code_for_all_households_and_two_of_one_name_are_told_apart_by_phone(hamlet):
    numbers = [fetch(hamlet, "K1"), fetch(hamlet, "K2"), fetch(hamlet, "K2", {**NEIGHBOUR, "phone": "9999"})]
    assert [facts(hamlet, number)["proxy"] for number in numbers] == ["P1", "P1", "P2"]


def test_who_leaves_the_phone_out_is_no_other_person(hamlet):
    unnamed = {"name": "郑果", "relation": "邻居"}
    numbers = [fetch(hamlet, "K1"), fetch(hamlet, "K2", unnamed), fetch(hamlet, "K3", unnamed)]
    assert [facts(hamlet, number)["proxy"] for number in numbers] == ["P1", "P1", "P1"]
    with hamlet.refuses(EnoughForToday):
        fetch(hamlet, "K4", unnamed)
    later = [fetch(hamlet, "K1", {"name": "钱多"}), fetch(hamlet, "K2", {"name": "钱多", "phone": "1111"})]
    assert [facts(hamlet, number)["proxy"] for number in later] == ["P2", "P2"]


def test_a_name_is_the_same_however_it_is_spaced_and_wide(hamlet):
    names = ("郑果", "郑 果", "郑　果", " 郑果 ")
    numbers = [fetch(hamlet, f"K{n}", {"name": name, "phone": "4321"}) for n, name in enumerate(names[:3], start=1)]
    assert [facts(hamlet, number)["proxy"] for number in numbers] == ["P1", "P1", "P1"]
    with hamlet.refuses(EnoughForToday):
        fetch(hamlet, "K4", {"name": names[3]})
    numbers = [fetch(hamlet, "K4", {"name": name}) for name in ("Li Mei", "ＬＩ　ＭＥＩ", "limei")]
    assert [facts(hamlet, number)["proxy"] for number in numbers] == ["P2", "P2", "P2"]


def test_one_chooses_a_known_collector_or_enters_one(hamlet):
    fetch(hamlet)
    with hamlet.refuses(TwoCollectors) as caught:
        fetch(hamlet, who={"code": "P1", "name": "孙明"})
    assert said(caught) == [("proxy.name", "Choose a known collector or enter one, not both.")]


def test_somebody_without_a_name_gets_nothing_and_a_household_that_comes_itself_has_no_collector(hamlet, county):
    with hamlet.refuses(NoName) as caught:
        fetch(hamlet, who={"relation": "邻居"})
    assert said(caught) == [("proxy.name", "Enter the name of who collects, or choose somebody known.")]
    for nobody in (None, {}, {"name": None, "relation": ""}):
        assert "proxy" not in facts(hamlet, fetch(hamlet, who=nobody))
    assert county.state()["collected"] == []


def test_a_collector_who_is_retired_collects_no_more_until_named_again(hamlet, county):
    fetch(hamlet)
    hamlet.do(put_away, by="mei", register="proxies", of=["LY01", "K1", "P1"], version=1)
    with hamlet.refuses(Retired):
        fetch(hamlet, who={"code": "P1"})
    fetch(hamlet)
    assert [line.retired for line in county.ask(proxies_of, "LY01", "K1")] == [0]


# Who may not

@pytest.mark.parametrize(
    "who",
    [{"name": "林玉芳"}, {"name": "林 玉　芳"}, {"name": "梅小雨"}, {"name": "张小二", "home": "H003"},
     {"name": "马老五", "home": "H004"}, {"name": "马老四"}, {"name": "张 玉芳"}],
    ids=["keeper", "keeper, spaced", "clerk", "keeper's own household", "clerk's relative", "head of the relative's",
         "head of the keeper's"],
)
def test_keeper_clerk_and_their_relatives_collect_for_nobody(hamlet, county, who):
    with hamlet.refuses(StaffCollects) as caught:
        fetch(hamlet, who=who)
    sentence = "The storekeeper, the points clerk and their relatives may not collect for others."
    assert said(caught) == [("proxy.name", sentence)]


def test_a_relative_is_known_again_where_the_own_household_is_not_named(hamlet, county):
    fetch(hamlet, who={**NEIGHBOUR, "home": "H006"})
    with county.store.writing() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO kin (staff, book, household, tie) VALUES ('lin', 'LY01', 'H006', 'relative')"
        )
    with hamlet.refuses(StaffCollects):
        fetch(hamlet, "K2")


def test_the_supervisors_relative_and_who_works_elsewhere_may_collect(hamlet):
    fetch(hamlet, who={"name": "苏平", "home": "H006"})
    fetch(hamlet, who={"name": "赵德明"})


def test_an_own_household_is_one_of_the_outlet(hamlet):
    with hamlet.refuses(Unknown) as caught:
        fetch(hamlet, who={**NEIGHBOUR, "home": "H999"})
    assert said(caught) == [("proxy.home", "There is no household H999.")]


# How many on a day

def test_one_person_collects_for_three_households_on_a_day_and_for_each_as_often_as_they_like(hamlet, county):
    for household in ("K1", "K2", "K3", "K1", "K3"):
        fetch(hamlet, household)
    with hamlet.refuses(EnoughForToday) as caught:
        fetch(hamlet, "K4")
    sentence = "This person has collected for 3 households on 2026-03-06; more are not allowed on one day."
    assert said(caught) == [("proxy.name", sentence)]
    fetch(hamlet, "K4", {"name": "孙明"})
    county.wait(1)
    fetch(hamlet, "K4")


def test_the_day_on_the_paper_counts(hamlet, county):
    for household in ("K1", "K2", "K3"):
        fetch(hamlet, household)
    fetch(hamlet, "K4", on="2026-03-05", paper_number="31")
    county.wait(1)
    with hamlet.refuses(EnoughForToday):
        fetch(hamlet, "K5", on="2026-03-06", paper_number="32")


def test_how_many_is_a_setting_of_the_place(hamlet, county):
    county.setting("proxy_households_a_day", "1", book="LY01")
    fetch(hamlet, "K1")
    with hamlet.refuses(EnoughForToday):
        fetch(hamlet, "K2")


def test_what_was_reversed_does_not_count(hamlet):
    for household in ("K1", "K2"):
        fetch(hamlet, household)
    hamlet.reverse(fetch(hamlet, "K3"))
    fetch(hamlet, "K4")


# Did it come?

def test_at_the_next_visit_it_is_asked_and_the_answer_is_kept(hamlet, county):
    number = fetch(hamlet)
    assert county.ask(to_be_asked, "LY01", "K1").number == number
    answered = hamlet.redeem("K1", salt=1, received="no")["number"]
    assert (facts(hamlet, answered)["collection"], facts(hamlet, answered)["received"]) == (number, 0)
    assert county.ask(to_be_asked, "LY01", "K1") is None
    assert [row.number for row in county.ask(not_received, "LY01")] == [number]


def test_a_yes_is_kept_and_is_no_exception(hamlet, county):
    fetch(hamlet)
    answered = hamlet.redeem("K1", salt=1, received="yes")["number"]
    assert facts(hamlet, answered)["received"] == 1
    assert county.ask(not_received, "LY01") == []


def test_every_collection_is_asked_about_the_oldest_first_and_nothing_where_there_was_none(hamlet, county):
    # 郑果 fetched twice before old Zhao came herself: the first bag came, the second did not.
    first, second = fetch(hamlet), fetch(hamlet)
    assert county.ask(to_be_asked, "LY01", "K1").number == first
    hamlet.redeem("K1", salt=1, received="yes")
    assert county.ask(to_be_asked, "LY01", "K1").number == second
    hamlet.redeem("K1", salt=1, received="no")
    assert [row.number for row in county.ask(not_received, "LY01")] == [second]
    assert county.ask(to_be_asked, "LY01", "K1") is None
    assert "received" not in facts(hamlet, hamlet.redeem("K2", salt=1, received="yes")["number"])


def test_who_collects_does_not_say_that_it_came(hamlet, county):
    number = fetch(hamlet)
    with hamlet.refuses(HouseholdSays) as caught:
        fetch(hamlet, received="yes")
    sentence = "Only the household itself says whether it came. Leave this open when somebody collects."
    assert said(caught) == [("received", sentence)]
    assert county.ask(to_be_asked, "LY01", "K1").number == number


def test_a_visit_that_is_reversed_takes_its_answer_with_it(hamlet, county):
    number = fetch(hamlet)
    hamlet.reverse(hamlet.redeem("K1", salt=1, received="no"))
    assert county.ask(to_be_asked, "LY01", "K1").number == number
    assert county.ask(not_received, "LY01") == []


def test_a_no_stands_until_a_second_hand_has_looked_into_it(hamlet, county):
    number = fetch(hamlet)
    hamlet.redeem("K1", salt=1, received="no")
    answer = hamlet.do(look_into, by="gao", number=number, reason="郑果 brought it the day after")
    assert county.ask(not_received, "LY01") == []
    told = facts(hamlet, answer["number"])
    assert (told["event"], told["number"], told["proxy"], told["household"]) == ("looked-into", number, "P1", "K1")
    with hamlet.refuses(NotFound):
        hamlet.do(look_into, by="gao", number=number, reason="again")
    hamlet.reverse(answer, by="luo")
    assert [row.number for row in county.ask(not_received, "LY01")] == [number]


@pytest.mark.parametrize("number", [0, 99, 10**30])
def test_there_is_nothing_to_look_into_where_nobody_said_no(hamlet, number):
    fetch(hamlet)
    with hamlet.refuses(NotFound):
        hamlet.do(look_into, by="gao", number=number, reason="fine")


def test_nobody_looks_into_a_relatives_household(hamlet):
    number = fetch(hamlet, "H006")
    hamlet.redeem("H006", salt=1, received="no")
    with hamlet.refuses(OwnHousehold):
        hamlet.do(look_into, by="gao", number=number, reason="fine")


# Erased, and many at once

def test_with_the_words_of_a_redemption_its_collector_becomes_nameless(hamlet, county):
    number = fetch(hamlet)
    fetch(hamlet, "K2")
    hamlet.do(erase_words, by="wei", number=number)
    state = county.state()
    assert not any("郑果" in row or "4321" in row or "邻居" in row for row in state["proxy"])
    assert not any("郑果" in row for row in state["register_change"])
    assert facts(hamlet, number)["proxy"] == "P1"


@pytest.fixture(scope="module")
def clients():
    """Twenty clients, waiting."""
    ready = Clients()
    yield ready
    ready.go_home()


def test_twenty_counters_at_once_let_one_person_collect_for_three(clients, hamlet, county):
    basket = [{"item": "SALT", "quantity": 1}]
    form = {"occurred_on": date(2026, 3, 6), "basket": basket, "proxy": NEIGHBOUR}
    households = [*OLD, "H001", "H006", "H004"]
    jobs = [
        (redeem, "LY01", {"clerk": "lin", "key": uuid4().hex, "household": households[n % 8], **form})
        for n in range(CLIENTS)
    ]
    booked, refused = clients.race(county, jobs)
    assert len({answer["household"] for answer in booked}) == 3
    sentence = "This person has collected for 3 households on 2026-03-06; more are not allowed on one day."
    assert refused == [[("proxy.name", sentence)]] * (CLIENTS - len(booked))
    county.replay()
