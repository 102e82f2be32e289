"""A keeper leaves: counted first, three people, the old sign-in ends, and relatives are declared."""

import pytest

from ledger.errors import Unknown
from ledger.journal import body_of
from ledger.operations.handover import CountFirst, NotAKeeperHere, RelativesUnsaid, hand_over
from ledger.operations.write_off import propose_write_off
from ledger.registers.counts import StockCount
from ledger.registers.register import Retired, add
from ledger.registers.requests import SamePerson
from ledger.registers.staff import Staff, Token, tokens_of
from ledger.terms import CountStatus


@pytest.fixture
def two_keepers(county, book):
    """Liuhe, where Hao comes after Lin; the shelf was counted this morning."""
    with county.store.writing() as session:
        add(session, Staff(name="hao", full_name="郝建", role="keeper", book="LY01"), by="wei", now=county.now)
        session.add(
            StockCount(
                book="LY01", n=1, status=CountStatus.CONFIRMED, nature="handover", serial="盘-2026-0001", frozen=0,
                begun_by="lin", begun_us=0, counted_on=county.day, number=1,
            )
        )
    return book


def pass_on(book, leaving="lin", coming="hao", by="gao", declared=1, **more):
    """Enter the handover, as the supervisor."""
    return book.act(hand_over, by=by, leaving=leaving, coming=coming, declared=declared, **more)


def test_the_shelf_passes_on_and_the_old_sign_in_ends(two_keepers, county):
    answer = pass_on(two_keepers, words="钥匙两把交给郝建")
    entry = two_keepers.entry(answer["number"])
    assert entry.kind == "handover" and "郝建" not in entry.body
    facts = body_of(entry)["facts"]
    assert facts.pop("list")["line"] == "1-1-1"
    assert facts == {"from": "lin", "to": "hao", "count": 1, "serial": "交-2026-0001"}
    with county.store.reading() as session:
        old, new = session.get_one(Staff, "lin"), session.get_one(Staff, "hao")
        assert (old.retired, old.sessions, new.retired) == (1, 2, 0)


def test_the_entry_keeps_what_was_open_when_the_list_was_signed(two_keepers, county):
    # Two soaps are short of six on the road, three bags set aside to be written off, and a line is objected to.
    liuhe, store = two_keepers, county.book("COUNTY")
    store.give(soap=6)
    note = store.send("LY01", soap=6)
    liuhe.arrive(note, lines=[{**note["lines"][0], "quantity": 4, "short": 2, "reason": "box open"}])
    lot = liuhe.give(rice=5)["lines"][0]["lot"]
    liuhe.do(propose_write_off, by="lin", lines=[{"item": "RICE", "lot": lot, "quantity": 3}], reason="pests")
    liuhe.object(liuhe.on_notice(("H001", "WORK", 50)), 1)
    kept = body_of(liuhe.entry(pass_on(liuhe)["number"]))["facts"]["list"]
    assert kept["road"] == 2
    assert [(one["what"], one["n"], one["by"]) for one in kept["open"]] == [
        ("arrival-difference", "1", "lin"), ("write-off", "2", "lin"), ("objection", "1-1", None),
    ]
    assert {one["since"] for one in kept["open"]} == {"2026-03-06"}
    assert (kept["line"], kept["slips"]) == ("1-1-1", [])
    assert (kept["papers"][0], kept["papers"][-1]) == ("捐-2026-0002", "追-2026-0001")


def test_it_takes_three_people(two_keepers, county):
    for people in ({"by": "hao"}, {"by": "lin"}, {"coming": "lin"}):
        with county.refuses(SamePerson):
            pass_on(two_keepers, **people)


@pytest.mark.parametrize(("who", "refusal"), [("mei", NotAKeeperHere), ("zhao", NotAKeeperHere), ("nobody", Unknown)])
def test_only_keepers_of_the_outlet_hand_over_and_take_over(two_keepers, county, who, refusal):
    with county.refuses(refusal):
        pass_on(two_keepers, coming=who)
    with county.refuses(refusal):
        pass_on(two_keepers, leaving=who)


def test_the_count_is_of_that_day_or_the_three_before_it(two_keepers, county):
    county.wait(4)
    with county.refuses(CountFirst):
        pass_on(two_keepers)
    county.edit(StockCount, ("LY01", 1), counted_on=county.day)
    pass_on(two_keepers)


def test_without_a_count_nothing_is_handed_over(two_keepers, county):
    county.edit(StockCount, ("LY01", 1), status=CountStatus.DROPPED)
    with county.refuses(CountFirst):
        pass_on(two_keepers)


def test_relatives_are_declared_first(two_keepers, county):
    with county.refuses(RelativesUnsaid):
        pass_on(two_keepers, declared=0)


def test_who_has_left_does_not_hand_over_again(two_keepers, county):
    pass_on(two_keepers)
    with county.refuses(Retired):
        pass_on(two_keepers)


def test_a_handover_taken_back_lets_the_old_keeper_sign_in_again(two_keepers, county):
    with county.store.writing() as session:
        session.add(Token(digest="of lin", staff="lin", made_us=0))
    answer = pass_on(two_keepers)
    two_keepers.reverse(answer, by="luo", reason="the day was put off")
    with county.store.reading() as session:
        assert session.get_one(Staff, "lin").retired == 0
        assert tokens_of(session, "lin") == 0
    pass_on(two_keepers)
