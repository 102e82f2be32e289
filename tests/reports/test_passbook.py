"""A household's passbook: every line that moved its purses, the newest first, with the balance after it."""

from ledger.reports.passbook import household_rows, households, passbook, passbook_rows, purses


def lines(county, household="H001", **more):
    """Return the lines of a passbook: kind, purse, points, balance."""
    rows = county.ask(passbook_rows, "LY01", household, **more)
    return [(row["kind"], row["purse"], row["points"], row["balance"]) for row in rows]


def test_what_came_is_positive_what_went_is_negative_and_the_balance_follows(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   1000
    """
    book.reverse(book.redeem("H001", soap=2))
    assert lines(county) == [
        ("reversal", "merit", 240, 1000), ("redemption", "merit", -240, 760), ("credit", "merit", 1000, 1000)
    ]
    assert [row["undoes"] for row in county.ask(passbook_rows, "LY01", "H001")] == [3, None, None]


def test_a_basket_paid_from_both_purses_has_a_line_for_each(book, county):
    """
    2026-03-05 donation
      donor:D7     -> stock               SOAP/L7   20
    2026-03-05 credit
      fund:support -> purse:H001:support  POINT    100
      fund:merit   -> purse:H001:merit    POINT    500
    """
    book.redeem("H001", soap=2)
    assert lines(county)[:2] == [("redemption", "support", -100, 0), ("redemption", "merit", -140, 360)]


def test_a_line_says_by_which_rule_points_were_earned(book, county):
    sheet = book.on_notice(("H001", "WORK", 80), ("H001", "CLEAN"))
    county.wait(8)
    book.credit(sheet)
    assert [row["rule"] for row in county.ask(passbook_rows, "LY01", "H001")] == [
        "庭院整洁 (CLEAN)", "公益劳动 (WORK)"
    ]


def test_a_line_says_what_was_taken_home(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SOAP/L7  1
      donor:D7 -> stock  SOAP/L8  5
      donor:D7 -> stock  SALT/L9  5
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT  1000
    """
    book.redeem("H001", soap=2, salt=1)
    assert [row["goods"] for row in county.ask(passbook_rows, "LY01", "H001")] == ["肥皂 2 块 · 食盐 1 袋", None]


def test_no_household_sees_the_lines_of_another(book, county):
    """
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   1000
      fund:merit -> purse:H003:merit  POINT    500
    """
    county.book("LY02").write("2026-03-05 credit\nfund:merit -> purse:H001:merit POINT 77")
    assert lines(county, "H003") == [("credit", "merit", 500, 500)]
    assert lines(county, "H001") == [("credit", "merit", 1000, 1000)]
    assert lines(county, "H006") == []


def test_the_newest_lines_are_told_first_and_as_many_as_are_asked_for(book, county):
    """
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   10
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   30
    """
    assert lines(county, limit=2) == [("credit", "merit", 30, 60), ("credit", "merit", 20, 30)]
    assert len(county.ask(passbook, "LY01", "H001").rows) == 3


def test_purses_of_many_households_are_told_together_empty_ones_too(book, county):
    """
    2026-03-05 credit
      fund:merit   -> purse:H001:merit    POINT   1000
      fund:support -> purse:H004:support  POINT    400
    """
    assert county.ask(purses, "LY01", ["H001", "H004", "H006"]) == {
        "H001": {"support": 0, "merit": 1000}, "H004": {"support": 400, "merit": 0}, "H006": {"support": 0, "merit": 0}
    }


def test_the_list_of_households_tells_their_purses_in_order_of_number_and_never_of_points(book, county):
    """
    2026-03-05 credit
      fund:merit   -> purse:H006:merit    POINT   1000
      fund:support -> purse:H004:support  POINT    400
    """
    rows = county.ask(household_rows, "LY01")
    assert [(row["number"], row["status"], row["support"], row["merit"]) for row in rows] == [
        ("H001", "active", 0, 0), ("H002", "frozen", 0, 0), ("H003", "active", 0, 0), ("H004", "active", 400, 0),
        ("H005", "closed", 0, 0), ("H006", "active", 0, 1000),
    ]


def test_a_household_is_found_by_number_card_name_letters_or_group(county):
    def found(words):
        return [row["number"] for row in county.ask(households, "LY01", words).rows]

    for words in ("H001", "h001", "610001", "王秀兰", "wxl", "1 王"):
        assert found(words) == ["H001"], words
    assert found("2组") == ["H003", "H004"]
    assert found("周") == found("H101") == []


def test_the_list_of_households_is_read_page_by_page(county):
    first = county.ask(household_rows, "LY01", limit=4)
    rest = county.ask(household_rows, "LY01", after=first[-1]["number"], limit=4)
    assert [row["number"] for row in [*first, *rest]] == ["H001", "H002", "H003", "H004", "H005", "H006"]
