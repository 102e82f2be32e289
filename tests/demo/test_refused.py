"""
What the demo could not do, because the operations refuse it: hand out what has expired, credit before the notice has
run, serve a relative, score one's own household, credit one's own sheet. Nothing of it is written.
"""

from datetime import date

import pytest
from sqlalchemy import select

from ledger.demo.scene import at
from ledger.journal import Balance, Book
from ledger.operations.credit import NoticeStillRuns, OwnSheet, credit_sheet
from ledger.operations.lots import OnlyExpired
from ledger.operations.redemption import redeem
from ledger.operations.sheet import draw_sheet
from ledger.registers.staff import Kin, OwnHousehold
from tests.demo.conftest import UNTIL


@pytest.fixture
def tried(demo):
    """Try an act on the demo, see it refused, and see that its book has not grown."""

    def try_it(refusal, operation, *, book, clerk, day, **content):
        with demo.reading() as session:
            before = session.get(Book, book).number
        with pytest.raises(refusal), demo.writing() as session:
            operation(
                session, book=book, clerk=clerk, now=at(day, "10:00"), key=f"refused {operation.__name__}",
                occurred_on=day, **content,
            )
        with demo.reading() as session:
            assert session.get(Book, book).number == before

    return try_it


def richest(demo, book):
    """Return the household of an outlet that holds most merit points, and is nobody's relative."""
    with demo.reading() as session:
        kin = set(session.scalars(select(Kin.household).where(Kin.book == book)))
        query = select(Balance.account).where(Balance.book == book, Balance.account.like("purse:%:merit"))
        numbers = [account.split(":")[1] for account in session.scalars(query.order_by(Balance.quantity.desc()))]
    return next(number for number in numbers if number not in kin)


def kin_of(demo, who):
    """Return the household a member of staff has declared."""
    with demo.reading() as session:
        return session.scalars(select(Kin.household).where(Kin.staff == who)).one()


def test_eggs_past_their_best_before_are_not_handed_out(demo, tried):
    """The eggs of LY13 were best before 21 December."""
    eggs = [{"item": "G014", "quantity": 1}]
    tried(
        OnlyExpired, redeem, book="LY13", clerk="ly13-keeper", day=date(2026, 12, 22), household=richest(demo, "LY13"),
        basket=eggs,
    )


def test_a_sheet_is_not_credited_on_the_last_day_of_its_notice(tried):
    tried(NoticeStillRuns, credit_sheet, book="LY01", clerk="ly01-supervisor", day=UNTIL, sheet=9)


def test_a_keeper_does_not_serve_a_relative(demo, tried):
    tried(
        OwnHousehold, redeem, book="LY01", clerk="ly01-keeper", day=UNTIL, household=kin_of(demo, "ly01-keeper"),
        basket=[{"item": "G010", "quantity": 1}],
    )


def test_a_clerk_does_not_score_the_own_household(demo, tried):
    award = {"household": kin_of(demo, "ly01-clerk"), "rule": "GY01", "points": 100}
    tried(
        OwnHousehold, draw_sheet, book="LY01", clerk="ly01-clerk", day=UNTIL, period="2026-11", purse="merit",
        lines=[award],
    )


def test_who_scored_a_sheet_does_not_credit_it(tried):
    tried(OwnSheet, credit_sheet, book="LY01", clerk="ly01-clerk", day=date(2026, 11, 21), sheet=9)
