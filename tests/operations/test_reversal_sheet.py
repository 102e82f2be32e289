"""A reversal of a credit and of the steps of a sheet."""

from ledger.operations.credit import NotOnNotice
from ledger.operations.notice import NotAssessed
from ledger.operations.reversal import PointsSpent
from ledger.operations.undo import LaterStep
from tests.county import said
from tests.operations.test_reversal import sheet

# A credit

def test_a_reversed_credit_takes_the_points_back_out_of_the_purse(book):
    """
    2026-03-05 credit
      fund:merit  -> purse:H001:merit   POINT   1000
    """
    book.reverse(1)
    assert (book.points("H001"), book.holds("fund:merit", "POINT")) == (0, 0)


def test_a_credit_whose_points_are_spent_cannot_be_taken_back_as_a_whole(book):
    """
    2026-03-05 donation
      donor:D7    -> stock              SOAP/L7   20
    2026-03-05 credit
      fund:merit  -> purse:H001:merit   POINT   1000
    """
    book.redeem("H001", soap=2)
    with book.refuses(PointsSpent) as refusal:
        book.reverse(2)
    assert said(refusal)[0][1] == (
        "Household H001 has 76.0 of these 100.0 points left; they cannot all be taken back."
    )


def test_one_line_of_a_sheet_is_reversed_and_the_others_stand(book, county):
    n = book.on_notice(("H001", "CLEAN"), ("H003", "WORK", 80))
    county.wait(8)
    first = book.credit(n)["number"]
    book.reverse(first, by="luo")
    assert (book.points("H001"), book.points("H003")) == (0, 80)
    assert sheet(county).status == "on-notice", "the line waits again"


# The steps of a sheet

def test_a_reversed_notice_comes_down_and_the_sheet_can_hang_again(book, county):
    drawn = book.draw(("H001", "CLEAN"))
    book.reverse(book.hang(drawn["n"]))
    assert (sheet(county).status, sheet(county).notice_until) == ("assessed", None)
    county.wait(2)
    assert book.hang(drawn["n"])["until"] == "2026-03-15"


def test_a_sheet_whose_notice_was_reversed_is_not_credited(book, county):
    drawn = book.draw(("H001", "CLEAN"))
    book.reverse(book.hang(drawn["n"]))
    county.wait(9)
    with book.refuses(NotOnNotice):
        book.credit(drawn["n"])


def test_a_reversed_sheet_is_withdrawn_and_goes_no_further(book, county):
    drawn = book.draw(("H001", "CLEAN"))
    book.reverse(drawn)
    assert sheet(county).status == "withdrawn"
    with book.refuses(NotAssessed):
        book.hang(drawn["n"])


def test_only_the_last_step_of_a_sheet_is_reversed(book, county):
    drawn = book.draw(("H001", "CLEAN"))
    hung = book.hang(drawn["n"])
    with book.refuses(LaterStep) as refusal:
        book.reverse(drawn)
    assert said(refusal)[0][1] == "Sheet 1 has gone a step further; reverse that first."
    county.wait(8)
    book.credit(drawn["n"])
    for step in (drawn, hung):
        with book.refuses(LaterStep):
            book.reverse(step, by="luo")
