"""The donor's statement: what became of my gift, outlet by outlet, without anybody's name.

Given + over = handed out + on the shelf + on the road + set aside + written off + short, always.
"""

import pytest

from ledger.reports.donor_statement import FATES, TOLD, statement


def told(county, donor="D7"):
    """Return a donor's statement, after seeing that every line of it closes."""
    answer = county.ask(statement, donor)
    for line in [*answer["gifts"].rows, answer]:
        assert line["given"] + line["over"] == sum(line[name] for name in FATES)
    for name in TOLD:
        assert answer[name] == sum(row[name] for row in answer["outlets"].rows)
    return answer


def fate(answer):
    """Return what there is to tell."""
    return {name: answer[name] for name in ("given", *TOLD) if answer[name]}


def at(answer):
    """Return what became of the gifts, site by site."""
    return [
        (row["site"], row["name"], {name: row[name] for name in TOLD if row[name]}) for row in answer["outlets"].rows
    ]


def test_a_donor_who_gave_nothing_is_told_so(county):
    answer = told(county)
    assert (answer["given"], list(answer["gifts"].rows), answer["households"]) == (0, [], 0)


def test_a_gift_in_the_store_is_on_the_shelf(county):
    county.book("COUNTY").give(soap=200)
    assert fate(told(county)) == {"given": 200, "on_shelf": 200}


def test_a_gift_on_its_way_is_on_the_road_to_the_outlet(county):
    county.book("COUNTY").give(soap=200)
    county.book("COUNTY").send("LY01", soap=30)
    answer = told(county)
    assert fate(answer) == {"given": 200, "on_shelf": 170, "on_the_road": 30}
    assert at(answer) == [
        ("县级中心库", "肥皂", {"on_shelf": 170}), ("六河村爱心超市", "肥皂", {"on_the_road": 30})
    ]


def test_a_gift_is_followed_to_the_households(book, county):
    """
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   9000
      fund:merit -> purse:H003:merit  POINT   9000
    """
    county.book("COUNTY").give(soap=200)
    book.arrive(county.book("COUNTY").send("LY01", soap=30))
    book.redeem("H001", soap=3)
    book.redeem("H001", soap=2)
    book.redeem("H003", soap=1, by="gao")
    answer = told(county)
    assert fate(answer) == {"given": 200, "handed_out": 6, "on_shelf": 194}
    assert answer["households"] == 2


def test_a_gift_is_followed_over_two_hops_and_keeps_its_lot(book, county):
    county.book("LY02").write("2026-03-05 credit\nfund:merit -> purse:H101:merit POINT 9000")
    county.book("COUNTY").give(soap=200)
    book.arrive(county.book("COUNTY").send("LY01", soap=30))
    county.book("LY02").arrive(book.send("LY02", soap=12, by="lin"), by="zhao")
    county.book("LY02").redeem("H101", soap=5, by="zhao")
    answer = told(county)
    assert fate(answer) == {"given": 200, "handed_out": 5, "on_shelf": 195}
    assert at(answer) == [
        ("县级中心库", "肥皂", {"on_shelf": 170}), ("六河村爱心超市", "肥皂", {"on_shelf": 18}),
        ("石磨村爱心超市", "肥皂", {"handed_out": 5, "on_shelf": 7}),
    ]
    assert [row["lot"] for row in answer["gifts"].rows] == ["L1"]


def test_two_donors_of_the_same_goods_are_told_apart(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SALT/L7   5  best 2026-09-01
    2026-03-05 donation
      donor:D8   -> stock             SALT/L8   5  best 2026-06-01
    """
    book.redeem("H001", salt=6)
    assert fate(told(county, "D7")) == {"given": 5, "handed_out": 1, "on_shelf": 4}
    assert fate(told(county, "D8")) == {"given": 5, "handed_out": 5}


def test_a_reversed_redemption_takes_its_household_back(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SALT/L7   5
    """
    book.reverse(book.redeem("H001", salt=2))
    answer = told(county)
    assert fate(answer) == {"given": 5, "on_shelf": 5}
    assert answer["households"] == 0
    book.redeem("H001", salt=1)
    assert told(county)["households"] == 1


@pytest.mark.parametrize(
    ("difference", "became"),
    [
        ({"quantity": 27, "short": 3}, {"on_shelf": 197, "short": 3}),
        ({"quantity": 30, "over": 3}, {"on_shelf": 203, "over": 3}),
    ],
)
def test_what_was_short_or_over_on_arrival_is_told(book, county, difference, became):
    county.book("COUNTY").give(soap=200)
    line = {"item": "SOAP", "lot": "L1", "reason": "counted at the door", **difference}
    book.confirm(book.arrive(county.book("COUNTY").send("LY01", soap=30), lines=[line])["request"])
    assert fate(told(county)) == {"given": 200, **became}


def test_what_was_short_of_one_gift_is_not_set_off_against_what_was_over_of_another(book, county):
    county.book("COUNTY").give(soap=200, rice=50)
    lines = [{"item": "SOAP", "lot": "L1", "quantity": 27, "short": 3, "reason": "box torn open"},
             {"item": "RICE", "lot": "L2", "quantity": 10, "over": 1, "reason": "one bag more"}]
    book.confirm(book.arrive(county.book("COUNTY").send("LY01", soap=30, rice=10), lines=lines)["request"])
    assert fate(told(county)) == {"given": 250, "on_shelf": 248, "short": 3, "over": 1}


def test_a_gift_is_told_with_its_day_and_the_number_of_its_slip(county):
    county.book("COUNTY").give(soap=200, on="2026-03-01", paper_number="A-17")
    (gift,) = told(county)["gifts"].rows
    assert (gift["day"].isoformat(), gift["serial"]) == ("2026-03-01", "捐-2026-0001")


def test_a_shortage_nobody_has_confirmed_is_still_on_the_road(book, county):
    county.book("COUNTY").give(soap=200)
    line = {"item": "SOAP", "lot": "L1", "quantity": 27, "short": 3, "reason": "box torn open"}
    book.arrive(county.book("COUNTY").send("LY01", soap=30), lines=[line])
    assert fate(told(county)) == {"given": 200, "on_shelf": 197, "on_the_road": 3}


def test_goods_set_aside_and_written_off_are_told(county):
    county.book("COUNTY").write(
        """
        2026-03-01 donation
          donor:D7  -> stock        RICE/L7   9
        2026-03-02 donation
          stock     -> set-aside    RICE/L7   4
          set-aside -> written-off  RICE/L7   1
        """
    )
    assert fate(told(county)) == {"given": 9, "on_shelf": 5, "set_aside": 3, "written_off": 1}


def test_a_reversed_gift_was_not_given(county):
    store_room = county.book("COUNTY")
    store_room.give(soap=9)
    store_room.reverse(store_room.give(soap=200), by="han")
    assert fate(told(county)) == {"given": 9, "on_shelf": 9}


def test_gifts_of_a_donor_are_told_one_by_one_and_summed_by_site_and_goods(county):
    store_room = county.book("COUNTY")
    store_room.give(soap=9)
    store_room.give(soap=11, rice=2)
    answer = told(county)
    assert [(row["lot"], row["name"], row["given"]) for row in answer["gifts"].rows] == [
        ("L1", "肥皂", 9), ("L2", "肥皂", 11), ("L3", "大米 5千克", 2)
    ]
    assert at(answer) == [("县级中心库", "肥皂", {"on_shelf": 20}), ("县级中心库", "大米 5千克", {"on_shelf": 2})]


def test_a_statement_names_nobody(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SALT/L7   5
    """
    book.redeem("H001", salt=2, proxy={"name": "李长贵", "relation": "邻居"})
    answer = told(county)
    text = str([list(answer["gifts"].rows), list(answer["outlets"].rows), answer["households"]])
    for name in ("王秀兰", "李长贵", "林玉芳", "H001", "lin"):
        assert name not in text
