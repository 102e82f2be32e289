"""A household changes: frozen, died, merged, split, moved away, cancelled, a new card; each with its paper."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.errors import LedgerError, NotFound, Unknown
from ledger.journal import body_of
from ledger.operations.days import LateWithoutPaper
from ledger.operations.life import NotForYou, change_life, confirm_cancel
from ledger.operations.life_events import CannotBeDivided, OtherHousehold
from ledger.operations.life_states import NotInThisState, TooSoonAfterDeath
from ledger.operations.moving_in import take_household_in
from ledger.operations.reversal import PointsSpent, reverse
from ledger.operations.undo_lives import LaterEvent
from ledger.registers.households import CardTaken, Household, NotActive
from ledger.registers.requests import AlreadyDecided, SamePerson
from ledger.registers.staff import Kin, OwnHousehold
from ledger.reports.proof import points_proof
from tests.county import said
from tests.operations.clients import CLIENTS, Clients

HELD = """
    2026-03-05 donation
      donor:D7     -> stock               SOAP/L7   20
    2026-03-05 credit
      fund:support -> purse:H001:support  POINT    300
      fund:merit   -> purse:H001:merit    POINT    500
      fund:merit   -> purse:H004:merit    POINT    100
"""


@pytest.fixture
def liuhe(book):
    """Liuhe, where the Wangs (H001) hold 30 support and 50 merit points and the Mas (H004) 10."""
    book.write(HELD)
    return book


def let(book, event, household="H001", *, by="gao", paper_number="2026-12", **more):
    """Book an event of a household by its paper."""
    return book.act(change_life, by=by, household=household, event=event, paper_number=paper_number, **more)


def take_in(book, left, by="lin", **more):
    """Take in a household that moved here."""
    return book.do(take_household_in, by=by, sender=left["book"], number=left["number"], **more)


def row(county, number="H001", book="LY01"):
    """Return a household's line in the register."""
    with county.store.reading() as session:
        return session.get_one(Household, (book, number))


def facts(book, answer):
    """Return what an entry says for ever."""
    return body_of(book.entry(answer["number"]))["facts"]


# Frozen

@pytest.mark.parametrize("by", ["lin", "mei", "gao", "luo", "wei"])
def test_anybody_at_the_outlet_freezes_and_then_nobody_is_served(liuhe, county, by):
    answer = let(liuhe, "freeze", by=by, cause="moved")
    assert (row(county).status, row(county).life_number) == ("frozen", answer["number"])
    told = facts(liuhe, answer)
    assert (told["event"], told["cause"], told["paper_number"]) == ("freeze", "moved", "2026-12")
    with liuhe.refuses(NotActive):
        liuhe.redeem("H001", soap=1)


def test_a_second_hand_lets_it_thaw(liuhe, county):
    let(liuhe, "freeze", by="mei", cause="check")
    with liuhe.refuses(NotForYou):
        let(liuhe, "thaw", by="mei")
    let(liuhe, "thaw")
    assert row(county).status == "active"
    with liuhe.refuses(NotInThisState) as caught:
        let(liuhe, "thaw")
    assert said(caught) == [("event", "Household H001 is active; this cannot be done with it.")]


def test_a_past_day_has_its_paper_and_a_household_that_is_not_there_is_named(liuhe):
    answer = let(liuhe, "freeze", cause="death", on="2026-03-01")
    assert liuhe.entry(answer["number"]).occurred_on == date(2026, 3, 1)
    with liuhe.refuses(LateWithoutPaper):
        let(liuhe, "freeze", cause="death", on="2026-03-01", paper_number="")
    with liuhe.refuses(Unknown):
        let(liuhe, "freeze", "H099", cause="death")


# After a death

def test_after_a_death_the_points_wait_and_then_go_to_the_household_the_paper_names(liuhe, county):
    let(liuhe, "freeze", cause="death")
    county.move_to("2026-04-04")
    with liuhe.refuses(TooSoonAfterDeath) as caught:
        let(liuhe, "inherit", to="H004")
    sentence = "After a death 30 days pass first: from 2026-04-05 on the points are handed over or withdrawn."
    assert said(caught) == [("event", sentence)]
    county.move_to("2026-04-05")
    let(liuhe, "inherit", to="H004")
    assert (liuhe.points("H001"), liuhe.purse("H004", "support"), liuhe.purse("H004", "merit")) == (0, 300, 600)
    assert row(county).status == "closed"
    with liuhe.refuses(NotInThisState):
        let(liuhe, "freeze", cause="check")


def test_how_long_the_family_has_is_a_setting_of_the_place(liuhe, county):
    county.setting("death_days", "49", book="LY01")
    let(liuhe, "freeze", cause="death")
    county.move_to("2026-04-23")
    with liuhe.refuses(TooSoonAfterDeath):
        let(liuhe, "merge", to="H004")
    county.move_to("2026-04-24")
    let(liuhe, "merge", to="H004")


def test_only_of_who_died_is_inherited(liuhe):
    for event in (None, "moved"):
        if event:
            let(liuhe, "freeze", cause=event)
        with liuhe.refuses(NotInThisState):
            let(liuhe, "inherit", to="H004")


# Cancelled

def test_a_cancellation_takes_two_people_and_the_points_out_of_circulation(liuhe, county):
    asked = let(liuhe, "cancel", by="mei")
    assert (asked["status"], row(county).status, liuhe.points("H001")) == ("waiting", "active", 800)
    answer = liuhe.do(confirm_cancel, by="gao", request=asked["n"])
    assert (row(county).status, liuhe.points("H001"), liuhe.holds("withdrawn", "POINT")) == ("closed", 0, 800)
    assert facts(liuhe, answer)["asked_by"] == "mei"
    with liuhe.refuses(AlreadyDecided):
        liuhe.do(confirm_cancel, by="luo", request=asked["n"])


def test_nobody_confirms_an_own_cancellation_and_a_new_one_takes_its_place(liuhe):
    first = let(liuhe, "cancel")["n"]
    with liuhe.refuses(SamePerson):
        liuhe.do(confirm_cancel, by="gao", request=first)
    second = let(liuhe, "cancel", by="mei")["n"]
    with liuhe.refuses(AlreadyDecided):
        liuhe.do(confirm_cancel, by="luo", request=first)
    liuhe.do(confirm_cancel, by="luo", request=second)


# Merged and split

def test_two_households_merge_and_all_purses_are_one(liuhe, county):
    let(liuhe, "merge", to="H004")
    assert (liuhe.points("H001"), liuhe.points("H004"), row(county).status) == (0, 900, "closed")
    with liuhe.refuses(NotActive):
        let(liuhe, "merge", "H004", to="H001")


def test_a_household_merges_with_another_that_is_there_and_in_use(liuhe):
    for to, refusal in (("H001", OtherHousehold), ("H002", NotActive), ("H099", Unknown), ("H101", Unknown)):
        with liuhe.refuses(refusal) as caught:
            let(liuhe, "merge", to=to)
        assert said(caught)[0][0] == "to"


def test_a_household_splits_and_the_new_one_gets_what_the_paper_says(liuhe, county):
    new = let(liuhe, "split", name="王小明", support=0, merit=200)["to"]
    assert (liuhe.points("H001"), liuhe.purse(new, "merit"), liuhe.purse(new, "support")) == (600, 200, 0)
    line = row(county, new)
    assert (line.name, line.group, line.status, line.card) == ("王小明", 1, "active", "")
    assert row(county).status == "active"
    assert not any("王小明" in row for row in county.state()["entry"])


def test_no_more_is_split_off_than_there_is(liuhe):
    with liuhe.refuses(CannotBeDivided) as caught:
        let(liuhe, "split", name="王小明", support=0, merit=501)
    assert said(caught) == [("merit", "The household has 50.0 of these points; 50.1 cannot be divided off.")]


def test_who_may_not_act_for_a_household_may_not_for_the_one_that_came_from_it(liuhe, county):
    new = let(liuhe, "split", "H004", name="马小四", support=0, merit=10)["to"]
    with county.store.reading() as session:
        assert session.get(Kin, ("mei", "LY01", new)).tie == "relative"
    with liuhe.refuses(OwnHousehold):
        let(liuhe, "freeze", new, by="mei", cause="check")


# A new card

def test_an_old_card_is_dead_at_once_and_the_points_are_where_they_were(liuhe, county):
    let(liuhe, "card", by="lin", card="610099")
    assert (row(county).card, liuhe.points("H001"), row(county).status) == ("610099", 800, "active")
    assert not any("610099" in line for line in county.state()["entry"])
    with liuhe.refuses(CardTaken):
        let(liuhe, "card", "H004", by="lin", card="610099")


def test_a_new_card_for_a_frozen_household_does_not_hide_why_it_is_frozen(liuhe):
    let(liuhe, "freeze", cause="death")
    let(liuhe, "card", card="610099")
    with liuhe.refuses(TooSoonAfterDeath):
        let(liuhe, "inherit", to="H004")


# Who may, and taking back

def test_points_change_hands_by_decision_of_a_second_hand_and_never_for_relatives(liuhe):
    for by in ("lin", "mei"):
        for event, more in (("merge", {"to": "H006"}), ("split", {"name": "王二"}), ("move-out", {"outlet": "LY02"})):
            with liuhe.refuses(NotForYou):
                let(liuhe, event, by=by, **more)
    for household, more in (("H006", {"to": "H001"}), ("H001", {"to": "H006"})):
        with liuhe.refuses(OwnHousehold):
            let(liuhe, "merge", household, **more)


EVENTS = [
    ("freeze", {"cause": "moved"}), ("merge", {"to": "H004"}), ("split", {"name": "王二", "merit": 100}),
    ("move-out", {"outlet": "LY02"}),
]


@pytest.mark.parametrize(("event", "more"), EVENTS, ids=[event for event, _ in EVENTS])
def test_an_event_taken_back_leaves_points_and_state_as_they_were(liuhe, county, event, more):
    before = liuhe.balances()
    answer = let(liuhe, event, **more)
    liuhe.reverse(answer, by="luo")
    assert (liuhe.balances(), row(county).status, row(county).life_number) == (before, "active", None)
    if event == "split":
        assert row(county, answer["to"]).status == "closed"
    if event == "move-out":
        with liuhe.refuses(NotFound):
            take_in(county.book("LY02"), answer, by="zhao")


def test_only_the_last_event_is_taken_back_and_a_card_never(liuhe, county):
    first = let(liuhe, "freeze", cause="moved")
    let(liuhe, "freeze", cause="death")
    card = let(liuhe, "card", card="610099")
    for answer in (first, card):
        with liuhe.refuses(LaterEvent):
            liuhe.reverse(answer, by="luo")


def test_points_that_were_spent_are_not_taken_back_from_who_got_them(liuhe):
    answer = let(liuhe, "merge", to="H004")
    liuhe.redeem("H004", soap=5)
    with liuhe.refuses(PointsSpent):
        liuhe.reverse(answer, by="luo")


def test_a_move_is_taken_back_from_the_last_step_to_the_first(liuhe, county):
    shimo, left = county.book("LY02"), let(liuhe, "move-out", outlet="LY02")
    arrived = take_in(shimo, left, by="zhao")
    with liuhe.refuses(LaterEvent):
        liuhe.reverse(left, by="luo")
    shimo.reverse(arrived, by="luo")
    assert row(county, arrived["household"], "LY02").status == "closed"
    liuhe.reverse(left, by="luo")
    assert (liuhe.points("H001"), row(county).status) == (800, "active")


# What is always so, and many at once

events = st.lists(
    st.tuples(
        st.sampled_from(("freeze", "thaw", "inherit", "merge", "split", "move-out", "cancel", "in", "undo")),
        st.integers(0, 5), st.integers(0, 5),
    ),
    max_size=10,
)


@settings(max_examples=15, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=events)
def test_whatever_happens_to_households_no_point_is_lost_or_made(book, county, events):
    county.move_to("2026-03-06")
    book.write(HELD.replace("L7", f"L{uuid4().int % 10**9}"))
    shimo, households, left = county.book("LY02"), ["H001", "H004", "H006"], []
    for event, which, other in [("split", 0, 0), ("move-out", 0, 0), *events, ("in", 0, 0), ("in", 0, 0)]:
        household, to = households[which % len(households)], households[other % len(households)]
        try:
            if event == "in":
                take_in(shimo, left[which % len(left)], by="zhao") if left else None
            elif event == "undo":
                book.reverse(len(book.kinds()) - which, by="han")
            else:
                more = {"cause": "check", "to": to, "name": "王二", "merit": 50, "outlet": "LY02"}
                answer = let(book, event, household, by="luo", **more)
                if event == "cancel":
                    book.do(confirm_cancel, by="han", request=answer["n"])
                left += [answer] if event == "move-out" else []
                households += [answer["to"]] if event == "split" else []
        except LedgerError:
            continue
    proof = county.ask(points_proof)
    assert proof["difference"] == 0
    on_the_way = sum(support + merit for support, merit in moving(county))
    assert proof["moved"] == on_the_way, "what is in neither book's purses is on the way"
    county.replay()


def moving(county):
    """Return the points of each household that has left one book and not come into another."""
    with county.store.reading() as session:
        return list(session.connection().exec_driver_sql("SELECT support, merit FROM moving WHERE taken IS NULL"))


@pytest.fixture(scope="module")
def clients():
    """Twenty clients, waiting."""
    ready = Clients()
    yield ready
    ready.go_home()


def test_of_twenty_who_press_one_takes_the_household_in(clients, liuhe, county):
    left = let(liuhe, "move-out", outlet="LY02")
    form = {"sender": "LY01", "number": left["number"]}
    jobs = [(take_household_in, "LY02", {"clerk": "zhao", "key": uuid4().hex, **form}) for _ in range(CLIENTS)]
    booked, refused = clients.race(county, jobs)
    assert len(booked) == 1
    assert refused == [[(None, "This household has been taken in already.")]] * (CLIENTS - 1)
    assert county.book("LY02").holds("moved:LY01", "POINT") == -800
    county.replay()


def test_a_household_is_taken_in_or_its_move_taken_back_but_not_both(clients, liuhe, county):
    left = let(liuhe, "move-out", outlet="LY02")
    form = {"sender": "LY01", "number": left["number"]}
    taking = (take_household_in, "LY02", {"clerk": "zhao", "key": uuid4().hex, **form})
    undoing = (reverse, "LY01", {"clerk": "luo", "key": uuid4().hex, "number": left["number"], "reason": "stays"})
    booked, refused = clients.race(county, [taking, undoing])
    assert (len(booked), len(refused)) == (1, 1)
    shimo = -county.book("LY02").holds("moved:LY01", "POINT")
    assert (liuhe.points("H001"), shimo) in ((800, 0), (0, 800))
    county.replay()
