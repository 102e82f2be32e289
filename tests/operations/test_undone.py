"""Whatever it was: an entry and its reversal leave nothing changed, in no account and in no register.

Each kind of entry is booked at Liuhe, or at the county's store, and reversed by another person. Afterwards points,
goods on every shelf and on the road, what is left of limits, sheets, objections, proposals, households and the keepers
are as they were before; what was begun by the entry is withdrawn. What a second person decided stays decided.
"""

from datetime import date

import pytest

from ledger.operations.claw_back import confirm_claw_back
from ledger.operations.count import begin_count
from ledger.operations.count_confirmation import confirm_count
from ledger.operations.delivery import note_slip
from ledger.operations.handover import hand_over
from ledger.operations.item import limit_item
from ledger.operations.lapse import announce_lapse, book_lapse
from ledger.operations.life import change_life, confirm_cancel
from ledger.operations.limits import allow_override, ask_override
from ledger.operations.lists import take_over
from ledger.operations.over_issue import confirm_paper_line
from ledger.operations.paper_day import key_paper_day
from ledger.operations.receipt_number import note_receipt
from ledger.operations.redemption import redeem
from ledger.operations.write_off import decide_write_off, propose_write_off
from ledger.registers.register import add
from ledger.registers.staff import Staff
from ledger.terms import EntryKind
from tests.county import TODAY
from tests.replay import rows

LIVED = """
    2026-02-20 donation
      donor:D7     -> stock               SOAP/L901   20
      donor:D7     -> stock               RICE/L902    3  best 2026-09-01
    2026-02-20 credit
      fund:support -> purse:H001:support  POINT      100
      fund:merit   -> purse:H001:merit    POINT      900
"""
STANDS = (EntryKind.REVERSAL, EntryKind.CORRECTION, EntryKind.CLOSE)
"""What is not reversed: a mistake in it is booked anew."""
REGISTERS = (
    "balance", "on_the_road", "limit_use", "sheet", "sheet_line", "objection", "request", "deed", "lapse_run",
    "stock_count", "household", "moving", "collected", "delivery", "paper_line", "corrected", "staff",
)
FALLEN = ("withdrawn", "dropped")
DECIDED = {
    "arrival-difference": "request", "claw-back": "request", "household cancelled": "request", "count": "stock_count",
    "redemption beyond the shelf": "request paper_line",
}
"""What is asked anew, not decided anew, when the decision's entry was reversed."""
TWO_SOAPS = [{"item": "SOAP", "lot": "L901", "quantity": 2}]


class Days:
    """The desks of the store room, Liuhe and Shimo, and what is done before the entry that is reversed."""

    def __init__(self, county):
        self.county, self.room = county, county.book("COUNTY")
        self.book, self.shimo = county.book("LY01"), county.book("LY02")
        self.book.write(LIVED)

    def note(self):
        """Ten soaps are on the road to Liuhe."""
        self.room.give(soap=10)
        return self.room.send("LY01", soap=10)

    def short(self):
        """Two of the ten were missing."""
        note = self.note()
        line = {**note["lines"][0], "quantity": 8, "short": 2, "reason": "two missing"}
        return self.book.arrive(note, lines=[line])["request"]

    def hung(self):
        """A sheet for the Wangs hangs."""
        return self.book.on_notice(("H001", "CLEAN"), ("H006", "CLEAN"))

    def objected(self):
        """Somebody objects to the line of the Wangs."""
        return self.book.object(self.hung(), 1)["n"]

    def ripe(self):
        """The notice has run."""
        self.hung()
        self.county.wait(8)

    def taken(self, *, objected=False):
        """The award of the Wangs is to be taken back, and they were told; it may be that they object."""
        self.ripe()
        number = self.book.credit(1)["number"]
        n = self.book.claw_back("H001", 50, credit=number)["n"]
        if objected:
            self.book.object_to_claw_back(n)
        self.county.wait(8)
        return n

    def limited(self):
        """A household gets two soaps a month; a second person allowed three."""
        self.room.do(
            limit_item, by="wei", item="SOAP", outlet="LY01", per="month", holds_from=self.county.day, quantity=2,
        )
        asked = {"household": "H001", "basket": [{"item": "SOAP", "quantity": 3}], "reason": "nine mouths"}
        n = self.book.do(ask_override, by="lin", **asked)["n"]
        self.book.do(allow_override, by="gao", request=n)
        return n

    def over(self, n):
        return self.book.act(redeem, by="lin", household="H001", basket=[{"item": "SOAP", "quantity": 3}], override=n)

    def fetched(self):
        """A neighbour fetched a soap for the Wangs."""
        return self.book.redeem("H001", soap=1, proxy={"name": "郑果", "relation": "邻居"})["number"]

    def key(self, *lines):
        keyed = self.book.act(key_paper_day, by="lin", on="2026-03-05", sheet="1-1", lines=list(lines))
        return {"number": next(iter(keyed["entries"]), None), **keyed}

    def life(self, event, household="H001", **more):
        said = {"household": household, "event": event, "paper_number": "7", **more}
        return self.book.act(change_life, by="gao", **said)

    def counted(self):
        lines = [{"lot": "L901", "quantity": 19, "reason": "unknown"}, {"lot": "L902", "quantity": 3}]
        return self.book.do(begin_count, by="lin", lines=lines, finished=1, nature="handover")["n"]

    def aside(self):
        return self.book.act(propose_write_off, by="lin", lines=TWO_SOAPS, reason="damaged")

    def monthly(self):
        """What is held at a month's end lapses."""
        self.county.setting("lapse_period", "month", since="2026-01-01")

    def announced(self):
        """What was held at the end of February is to lapse; the Wangs came to the counter meanwhile."""
        self.monthly()
        self.announce()
        self.county.wait(16)
        self.book.redeem("H001", soap=1)

    def announce(self):
        return self.book.act(announce_lapse, by="mei", through=date(2026, 2, 28), place="board")

    def two_keepers(self):
        """The shelf was counted, for Hao comes after Lin."""
        with self.county.store.writing() as session:
            add(session, Staff(name="hao", full_name="郝建", role="keeper", book="LY01"), by="wei", now=TODAY)
        self.book.do(confirm_count, by="luo", count=self.counted())


def paper(n, soap, reason=None):
    return {"line": n, "household": "H001", "basket": [{"item": "SOAP", "quantity": soap}], "reason": reason}


# By what the entry is: what was there before it, and the act. `d` are the days, `it` is what was there.
ACTS = {
    "donation": (None, lambda d, it: d.book.give(soap=1)),
    "receipt-number": (
        lambda d: d.book.give(soap=1)["number"],
        lambda d, it: d.book.do(note_receipt, by="lin", number=it, receipt_code="61", receipt_number="0123"),
    ),
    "purchase": (
        lambda d: d.room.give(lines=[{"cash": 10_000}]),
        lambda d, it: d.room.buy({"item": "SOAP", "quantity": 3, "unit_value": 1_000}),
    ),
    "dispatch": (lambda d: d.room.give(soap=9), lambda d, it: d.room.send("LY01", soap=4)),
    "dispatch of an allocation": (
        lambda d: d.room.give(soap=9), lambda d, it: d.room.allocate(soap={"LY01": 4}) | {"number": 2},
    ),
    "redirect": (lambda d: d.note(), lambda d, it: d.room.redirect(it, "LY02")),
    "arrival": (lambda d: d.note(), lambda d, it: d.book.arrive(it, soap=4)),
    "arrival counted short": (lambda d: d.note(), lambda d, it: d.book.arrive(it, lines=[
        {**it["lines"][0], "quantity": 8, "short": 2, "reason": "two missing"}
    ])),
    "arrival-difference": (lambda d: d.short(), lambda d, it: d.book.confirm(it)),
    "sheet": (None, lambda d, it: d.book.draw(("H001", "CLEAN"))),
    "notice": (lambda d: d.book.draw(("H001", "CLEAN")), lambda d, it: d.book.hang(it["n"])),
    "notice-down": (lambda d: d.ripe(), lambda d, it: d.book.take_down(1)),
    "objection": (lambda d: d.hung(), lambda d, it: d.book.object(it, 1)),
    "objection-answer, not upheld": (lambda d: d.objected(), lambda d, it: d.book.answer(1, it, "not-upheld")),
    "objection-answer, cancelled": (lambda d: d.objected(), lambda d, it: d.book.answer(1, it, "cancelled")),
    "credit": (lambda d: d.ripe(), lambda d, it: d.book.credit(1)),
    "claw-back-notice": (None, lambda d, it: d.book.claw_back("H001", 50)),
    "objection to a claw-back": (lambda d: d.taken(), lambda d, it: d.book.object_to_claw_back(it)),
    "objection-answer, claw-back stands": (
        lambda d: d.taken(objected=True), lambda d, it: d.book.answer_claw_back(it, 1, "not-upheld"),
    ),
    "objection-answer, claw-back struck": (
        lambda d: d.taken(objected=True), lambda d, it: d.book.answer_claw_back(it, 1, "cancelled"),
    ),
    "claw-back": (lambda d: d.taken(), lambda d, it: d.book.do(confirm_claw_back, by="gao", request=it)),
    "redemption from both purses": (None, lambda d, it: d.book.redeem("H001", soap=2, rice=1)),
    "redemption beyond a limit": (lambda d: d.limited(), lambda d, it: d.over(it)),
    "redemption fetched by a neighbour": (
        lambda d: d.fetched(),
        lambda d, it: d.book.redeem("H001", soap=1, proxy={"code": "P1"}),
    ),
    "redemption that says what was fetched has come": (
        lambda d: d.fetched(), lambda d, it: d.book.redeem("H001", soap=1, received="yes"),
    ),
    "redemption keyed from paper": (None, lambda d, it: d.key(paper(1, 2))),
    "redemption beyond the shelf": (
        lambda d: d.key(paper(1, 25, "the second box"))["requests"][0],
        lambda d, it: d.book.do(confirm_paper_line, by="gao", request=it),
    ),
    "redemption brought home": (None, lambda d, it: d.book.redeem("H001", soap=2, delivered_by="lin")),
    "void": (None, lambda d, it: d.key({"line": 1, "void": 1})),
    "delivery-slip": (
        lambda d: d.book.redeem("H001", soap=2, delivered_by="lin")["number"],
        lambda d, it: d.book.do(note_slip, by="mei", number=it, signed_on=d.county.day),
    ),
    "household frozen": (None, lambda d, it: d.life("freeze", cause="moved")),
    "household thawed": (lambda d: d.life("freeze", cause="moved"), lambda d, it: d.life("thaw")),
    "household merged": (None, lambda d, it: d.life("merge", to="H004")),
    "household cancelled": (
        lambda d: d.life("cancel")["n"], lambda d, it: d.book.do(confirm_cancel, by="zhao", request=it),
    ),
    "move": (None, lambda d, it: d.life("move-out", outlet="LY02")),
    "set-aside": (None, lambda d, it: d.aside()),
    "write-off": (
        lambda d: d.aside()["n"], lambda d, it: d.book.do(decide_write_off, by="gao", request=it, disposal="buried"),
    ),
    "put-back": (lambda d: d.aside()["n"], lambda d, it: d.book.do(decide_write_off, by="gao", request=it, back=1)),
    "count": (lambda d: d.counted(), lambda d, it: d.book.do(confirm_count, by="gao", count=it)),
    "opening": (None, lambda d, it: d.shimo.do(take_over, by="wei", lines={
        "rows.0": {"household": "H101", "purse": "merit", "points": 50},
    })),
    "handover": (
        lambda d: d.two_keepers(),
        lambda d, it: d.book.act(hand_over, by="gao", leaving="lin", coming="hao", declared=1),
    ),
    "lapse-notice": (lambda d: d.monthly(), lambda d, it: d.announce()),
    "lapse": (lambda d: d.announced(), lambda d, it: d.book.do(book_lapse, by="gao", run=1)),
}


# What moves nothing and changes no register: its entry is all there is.
WORDS_ALONE = ("receipt-number", "void")


def standing(county, without=""):
    """Return what stands in every register: not what holds nothing, has fallen, is reversed, or only counts changes."""
    found = []
    with county.store.reading() as session:
        undone = {(row["book"], row["reverses"]) for row in rows(session, "SELECT * FROM entry WHERE reverses > 0")}
        for register in {*REGISTERS} - {*without.split()}:
            for row in rows(session, f"SELECT * FROM {register}"):
                gone = register in ("paper_line", "delivery") and (row["book"], row["number"]) in undone
                if not gone and row.get("quantity") != 0 and row.get("status") not in FALLEN:
                    said = {name: value for name, value in row.items() if name not in ("version", "sessions")}
                    found.append(f"{register} {said}")
    return sorted(found)


def kind(what):
    """Return the kind of entry that an act of the table makes."""
    return what.split(",")[0].split(" ")[0]


@pytest.mark.parametrize("what", ACTS)
def test_an_entry_and_its_reversal_leave_nothing_changed(county, what):
    before, act = ACTS[what]
    days, decided = Days(county), DECIDED.get(what, "")
    it = before(days) if before else None
    stood, nothing_decided = standing(county), standing(county, decided)
    done = act(days, it)
    desk = county.book(done["book"])
    assert desk.entry(done["number"]).kind == kind(what)
    assert standing(county) != stood or what in WORDS_ALONE
    desk.reverse(done["number"], by="han")
    assert standing(county, decided) == nothing_decided
    county.replay()


def test_no_kind_of_entry_is_left_out():
    assert {kind(what) for what in ACTS} == {*EntryKind} - {*STANDS}
