"""Who holds which pen: the duty table of the shop, row by row. Everything marked “another” is a second sign-in.

Two people work at Liuhe: the clerk Mei (A) and the keeper Lin (B). The checker Luo sits in the town. Gao, the
supervisor, is away: each act must come to its end without him.
"""

from datetime import date
from typing import Any, NamedTuple

import pytest

from ledger.errors import LedgerError
from ledger.operations.arrival import accept_arrival, confirm_difference
from ledger.operations.claw_back import confirm_claw_back
from ledger.operations.closing import confirm_close, propose_close
from ledger.operations.correction import confirm_correction, correct
from ledger.operations.count import begin_count
from ledger.operations.count_confirmation import confirm_count
from ledger.operations.credit import OwnSheet, credit_sheet
from ledger.operations.deed import record_deed
from ledger.operations.item import limit_item
from ledger.operations.lapse import announce_lapse, book_lapse
from ledger.operations.life import change_life, confirm_cancel
from ledger.operations.limits import allow_override, ask_override
from ledger.operations.objection_answer import confirm_answer
from ledger.operations.own_award import OwnAward
from ledger.operations.policy import decide_policy
from ledger.operations.proposal import decide_proposals, propose_price
from ledger.operations.reversal import AskSupervisor, reverse
from ledger.operations.write_off import decide_write_off, propose_write_off
from ledger.registers.requests import SamePerson
from ledger.registers.sites import Site
from ledger.registers.staff import Staff
from ledger.web.doors import DOORS
from tests.county import said

LIVED = """
    2026-02-20 donation
      donor:D7   -> stock             SOAP/L7   40
    2026-02-20 credit
      fund:merit -> purse:H001:merit  POINT    900
"""
MEI, LIN, LUO, WEI, HAN = "mei", "lin", "luo", "wei", "han"
APRIL = date(2026, 4, 1)


class Duty(NamedTuple):
    """A row: who proposes, what they do, what the second hand does with it and who that is, and the refusal of one."""

    first: str
    begin: Any
    finish: Any
    second: str = LUO
    alone: type[LedgerError] = SamePerson
    doors: tuple[str, str] = ("", "")


def sheet(book, by):
    """Draw a sheet for the Wangs and let its notice run."""
    n = book.on_notice(("H001", "CLEAN"), by=by)
    book.county.wait(8)
    return n


def objected(book, by):
    """Let who scored a line answer the objection to it: a proposal."""
    n = book.on_notice(("H001", "CLEAN"), by=by)
    objection = book.object(n, 1, by="bao" if by != LIN else MEI)["n"]
    return n, book.answer(n, objection, "not-upheld", by=by)["n"]


def differing(book, by):
    """Take goods in, two short."""
    store = book.county.book("COUNTY")
    store.give(soap=20)
    note = store.send("LY01", soap=20)
    line = {**note["lines"][0], "quantity": 18, "short": 2, "reason": "two missing"}
    return book.act(accept_arrival, by=by, sender="COUNTY", dispatch=note["number"], lines=[line])["request"]


def sold_yesterday(book, by):
    """Hand a soap out, and let the day pass."""
    number = book.redeem("H001", soap=1, by=by)["number"]
    book.county.wait(1)
    return number


def asked_to_correct(book, by):
    """Ask for a correction of what was handed out yesterday."""
    number = sold_yesterday(book, by)
    return book.do(correct, by=by, number=number, goods="back", reason="keyed wrong")["n"]


def announced(book, by):
    """Hang up what lapses, let the notice run and hold an exchange day."""
    book.county.setting("lapse_period", "month", book="LY01", since="2026-02-01")
    n = book.act(announce_lapse, by=by, through=date(2026, 2, 28), place="board")["n"]
    book.county.wait(16)
    book.redeem("H001", soap=1, by="zhao")
    return n


def on_a_notice(book, by):
    """Propose to take points back, and let the household be told."""
    n = book.claw_back("H001", 50, by=by)["n"]
    book.county.wait(8)
    return n


def limited(book, by):
    """Ask for more than a limit."""
    book.county.book("COUNTY").do(
        limit_item, by="wei", item="SOAP", outlet="LY01", per="month", holds_from=book.county.day, quantity=1,
    )
    basket = [{"item": "SOAP", "quantity": 3}]
    return book.do(ask_override, by=by, household="H001", basket=basket, reason="nine mouths")["n"]


def priced(book, by):
    """Propose a price of soap from April on."""
    return book.county.book("COUNTY").do(propose_price, by=by, item="SOAP", valid_from=APRIL, points=150)["n"]


def rated(book, by):
    """Propose what a point is worth from April on."""
    return book.county.book("COUNTY").do(decide_policy, by=by, name="rate_fen", valid_from=APRIL, value=150)["n"]


def decided(book, by, n):
    """Confirm a price or a rate."""
    return book.county.book("COUNTY").do(decide_proposals, by=by, proposals=[{"request": n}])


def request(operation, **more):
    """Return what a second hand does with a request."""
    return lambda book, by, n: book.do(operation, by=by, request=n, **more)


DUTIES = {
    # act                      first  what they do                  what another does
    "credit of a sheet": Duty(
        MEI, sheet, lambda book, by, n: book.act(credit_sheet, by=by, sheet=n), alone=OwnSheet,
        doors=("sheet.create", "sheet.credit"),
    ),
    "answer to an objection": Duty(
        MEI, objected, lambda book, by, asked: book.do(confirm_answer, by=by, sheet=asked[0], objection=asked[1]),
        doors=("objection.answer", "objection.confirm"),
    ),
    "later reversal": Duty(
        LIN, sold_yesterday, lambda book, by, n: book.do(reverse, by=by, number=n, reason="keyed wrong"),
        alone=AskSupervisor, doors=("redemption.create", "entry.reversal"),
    ),
    "correction": Duty(
        LIN, asked_to_correct, request(confirm_correction), doors=("correction.create", "correction.confirm"),
    ),
    "arrival difference": Duty(
        LIN, differing, request(confirm_difference), doors=("arrival.create", "arrival.confirm"),
    ),
    "count": Duty(
        LIN,
        lambda book, by: book.do(
            begin_count, by=by, lines=[{"lot": "L7", "quantity": 39, "reason": "unknown"}], finished=1,
        )["n"],
        lambda book, by, n: book.do(confirm_count, by=by, count=n), doors=("count.create", "count.confirm"),
    ),
    "write-off": Duty(
        LIN,
        lambda book, by: book.act(
            propose_write_off, by=by, lines=[{"item": "SOAP", "lot": "L7", "quantity": 2}], reason="damaged",
        )["n"],
        request(decide_write_off, disposal="buried"), doors=("write_off.create", "write_off.confirm"),
    ),
    "more than a limit": Duty(LIN, limited, request(allow_override), doors=("override.create", "override.confirm")),
    "claw-back": Duty(MEI, on_a_notice, request(confirm_claw_back), doors=("claw_back.create", "claw_back.confirm")),
    "lapse": Duty(
        MEI, announced, lambda book, by, n: book.do(book_lapse, by=by, run=n), doors=("lapse.create", "lapse.confirm"),
    ),
    "cancellation of a household": Duty(
        MEI,
        lambda book, by: book.act(change_life, by=by, household="H001", event="cancel", paper_number="7")["n"],
        request(confirm_cancel), doors=("life.create", "life.confirm"),
    ),
    "close of a month": Duty(
        LIN, lambda book, by: book.do(propose_close, by=by, through=date(2026, 2, 28))["n"], request(confirm_close),
        doors=("closing.create", "closing.confirm"),
    ),
    # The office proposes what holds for all outlets; the other of the office confirms it, or the town.
    "price": Duty(WEI, priced, decided, doors=("item.price", "proposal.decide")),
    "rate": Duty(WEI, rated, decided, second=HAN, doors=("policy.create", "proposal.decide")),
}
EACH = pytest.mark.parametrize("act", DUTIES)


@pytest.fixture
def liuhe(book):
    """Liuhe with forty soaps on its shelf and the Wangs with 90 points."""
    book.write(LIVED)
    return book


PEOPLE = {
    "bao": ("reporter", "LY01", ""), MEI: ("clerk", "LY01", ""), LIN: ("keeper", "LY01", ""),
    "gao": ("supervisor", "LY01", ""), LUO: ("checker", "", "演示镇"), WEI: ("county", "COUNTY", ""),
    HAN: ("county", "COUNTY", ""),
}
"""What each of them is, where, and in which town."""


def opens(door, name):
    """Tell whether a page of Liuhe, or of the office for prices and proposals, opens for somebody."""
    role, book, town = PEOPLE[name]
    of_office = door.startswith(("item.", "proposal."))
    site = None if of_office else Site(code="LY01", kind="outlet", name="六河村", town="演示镇")
    return DOORS[door].lets(Staff(name=name, full_name=name, role=role, book=book, town=town), site)


@EACH
def test_with_two_on_site_and_the_town_far_away_it_comes_to_its_end(liuhe, county, act):
    duty = DUTIES[act]
    begun = duty.begin(liuhe, duty.first)
    assert duty.finish(liuhe, duty.second, begun)
    county.replay()


@EACH
def test_the_first_hand_is_never_the_second(liuhe, county, act):
    duty = DUTIES[act]
    begun = duty.begin(liuhe, duty.first)
    with county.refuses(duty.alone):
        duty.finish(liuhe, duty.first, begun)


@pytest.mark.parametrize("act", ["arrival difference", "write-off", "claw-back", "cancellation of a household"])
def test_who_is_a_second_hand_for_others_is_none_for_oneself(liuhe, county, act):
    duty = DUTIES[act]
    begun = duty.begin(liuhe, LUO)
    with county.refuses(SamePerson):
        duty.finish(liuhe, LUO, begun)
    assert duty.finish(liuhe, "gao", begun)


@EACH
def test_the_pages_open_for_the_first_hand_and_for_the_second(act):
    first, second = DUTIES[act].doors
    assert opens(first, DUTIES[act].first)
    assert opens(second, DUTIES[act].second)


@pytest.mark.parametrize(("act", "door", "pens"), [
    ("record a deed", "deed.create", "bao mei lin"),
    ("draw the sheet", "sheet.create", "mei lin"),
    ("post a notice", "sheet.publish", "mei lin gao"),
    ("take it down", "sheet.down", "mei lin gao"),
    ("enter an answer", "objection.answer", "mei lin gao luo wei han"),
    ("check who answered for an own line", "objection.confirm", "luo wei han"),
    ("serve the counter", "redemption.create", "lin"),
    ("undo an own redemption, or a later one for others", "entry.reversal", "lin gao luo wei han"),
    ("ask for a correction", "correction.create", "lin gao luo wei han"),
    ("take in a donation", "donation.create", "lin"),
    ("value it", "register.change", "wei han"),
    ("attest a close with one tap", "closing.confirm", "gao luo wei han"),
])
def test_an_act_of_one_hand_opens_for_that_hand_and_for_no_other(act, door, pens):
    assert [name for name in PEOPLE if opens(door, name)] == pens.split(), act


@pytest.mark.parametrize("door", sorted({duty.doors[1] for duty in DUTIES.values()} - {"entry.reversal"}))
def test_no_second_hand_is_the_clerk_or_the_keeper(door):
    assert not opens(door, MEI) and not opens(door, LIN)


def test_a_keeper_undoes_an_own_redemption_of_the_same_day_and_only_that(liuhe, county):
    mine = liuhe.redeem("H001", soap=1, by=LIN)
    liuhe.do(reverse, by=LIN, number=mine["number"], reason="keyed wrong")
    others = liuhe.redeem("H001", soap=1, by="zhao")
    with county.refuses(AskSupervisor):
        liuhe.do(reverse, by=LIN, number=others["number"], reason="keyed wrong")


def test_a_relative_of_who_objects_or_is_objected_to_neither_hangs_the_notice_nor_answers(book, county):
    sheet = book.on_notice(("H001", "CLEAN"), by=LIN)
    # Mei is a relative of the Mas (H004), who object.
    book.object(sheet, 1, by=LIN, objector="H004")
    for act in (lambda: book.take_down(sheet, by=MEI), lambda: book.answer(sheet, 1, "not-upheld", by=MEI)):
        with county.refuses(LedgerError):
            act()
    book.answer(sheet, 1, "not-upheld", by="gao")


# The counter: a keeper, who never scored the award that is spent

def awarded(book, *awards, **more):
    """Draw a sheet, let its notice run and credit it."""
    sheet = book.on_notice(*awards, **more)
    book.county.wait(8)
    book.credit(sheet)
    return sheet


def test_a_keeper_who_recorded_the_deed_never_hands_out_goods_for_it(liuhe, county):
    liuhe.act(record_deed, by=LIN, household="H001", rule="WORK")
    awarded(liuhe, lines=[{"household": "H001", "rule": "WORK", "points": 100, "deed": 1}])
    liuhe.redeem("H001", soap=7, by=LIN)  # 84 of the 90 points that nobody scored here; they are the oldest
    with county.refuses(OwnAward) as caught:
        liuhe.redeem("H001", soap=1, by=LIN)
    assert said(caught) == [("household", "You scored an award that would be spent here (sheet 1, line 1). "
                                          "Another storekeeper of this outlet serves this household.")]
    liuhe.redeem("H001", soap=1, by="zhao")
    assert liuhe.points("H001") == 40


def test_a_keeper_who_drew_the_sheet_serves_again_when_its_points_are_spent(liuhe, county):
    liuhe.redeem("H001", soap=7, by=LIN)
    awarded(liuhe, ("H001", "WORK", 100), by=LIN)
    awarded(liuhe, ("H001", "WORK", 90), ("H001", "CLEAN"), period="2026-04")
    with county.refuses(OwnAward):
        liuhe.redeem("H001", soap=1, by=LIN)
    liuhe.redeem("H001", soap=1, by="zhao")  # six left of the old and six of Lin's
    with county.refuses(OwnAward):
        liuhe.redeem("H001", soap=1, by=LIN)
    liuhe.redeem("H001", soap=1, by="zhao")
    assert liuhe.points("H001") == 60
    county.price("SOAP", 60, since=county.day.isoformat())
    assert liuhe.redeem("H001", soap=1, by=LIN)


def test_what_was_not_credited_or_costs_no_merit_points_keeps_nobody_from_serving(liuhe, county):
    liuhe.redeem("H001", soap=7, by=LIN)
    liuhe.write("2026-03-06 credit\n fund:support -> purse:H001:support POINT 120")
    awarded(liuhe, ("H001", "WORK", 100), by=LIN)
    liuhe.on_notice(("H004", "CLEAN"), by=LIN)
    assert liuhe.redeem("H001", soap=1, by=LIN)["spent"] == {"support": 120, "merit": 0}


def test_an_award_of_more_than_a_year_ago_keeps_nobody_from_serving(liuhe, county):
    awarded(liuhe, ("H001", "WORK", 100), by=LIN)
    county.wait(340)
    with county.refuses(OwnAward):
        liuhe.redeem("H001", soap=8, by=LIN)
    county.wait(60)
    assert liuhe.redeem("H001", soap=8, by=LIN)
