"""
The demo county on 20 November 2026: who is in it, what happened in its season, and what adds up.

Three full months lie behind it, August to October, and the open one. Each month has its meeting on the 25th, its notice
on the 26th, its credit about the fourth and its exchange day on the tenth.
"""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import func, select

from ledger.demo.scene import at
from ledger.exports import verify
from ledger.exports.audit import write_package
from ledger.journal import Balance, Entry, Note, OnTheRoad, Posting, body_of, county_of
from ledger.registers.allocations import Allocation
from ledger.registers.donors import Donor
from ledger.registers.households import Household, search
from ledger.registers.items import Item, prices_on
from ledger.registers.paper_lines import lines_keyed
from ledger.registers.requests import Request
from ledger.registers.rules import Rule
from ledger.registers.sheets import SheetLine
from ledger.registers.sites import outlets
from ledger.registers.staff import Staff
from ledger.registers.support import SupportRight
from ledger.reports.counter import limits_left
from ledger.reports.donor_statement import statement
from ledger.reports.proof import points_proof
from ledger.reports.signing import filled_day
from ledger.reports.stock import shelf
from ledger.terms import COUNTY
from tests.demo.conftest import UNTIL
from tests.stores import outside, refused

MONTHS = ("2026-08", "2026-09", "2026-10")


@pytest.fixture
def season(demo):
    """The demo's database, being read."""
    with demo.reading() as session:
        yield session


def entries(session, kind, month=""):
    """Return the entries of a kind, of one month if asked."""
    query = select(Entry).where(Entry.kind == kind).order_by(Entry.book, Entry.number)
    return [entry for entry in session.scalars(query) if entry.occurred_on.isoformat().startswith(month)]


# Who and what


def test_there_are_28_outlets_in_ten_towns_and_the_last_three_are_invented(season):
    sites = outlets(season)
    assert [site.code for site in sites] == [f"LY{n:02d}" for n in range(1, 29)]
    assert len({site.town for site in sites}) == 10
    assert [site.name for site in sites[25:]] == ["柳湾村（虚构）", "石磨村（虚构）", "桐花村（虚构）"]
    assert not any("虚构" in site.name for site in sites[:25])
    assert (sites[0].name, sites[0].town, sites[0].division_code) == ("观音堂村", "接官亭镇", "610727101208")
    assert {site.division_year for site in sites[:25]} == {"2023"}


def test_each_outlet_has_a_clerk_a_keeper_and_a_supervisor_and_each_town_a_checker(season):
    staff = list(season.scalars(select(Staff)))
    assert Counter(person.role for person in staff) == {
        "clerk": 28, "keeper": 28, "supervisor": 28, "checker": 10, "county": 2, "auditor": 1,
    }
    names = {person.name for person in staff}
    assert {"ly01-clerk", "ly28-supervisor", "county", "auditor", "town-jieguanting"} <= names
    assert not any(person.one_time for person in staff)


def test_the_starter_items_rules_and_donors_are_all_there(season):
    assert season.scalar(select(func.count()).select_from(Item)) == 45
    assert season.scalar(select(func.count()).select_from(Rule)) == 30
    assert len(prices_on(season, "LY01", UNTIL)) == 45
    assert prices_on(season, "LY01", UNTIL)["G011"] == 5, "vinegar costs half a point"
    assert season.get(Donor, "D07").name == "秦岭粮油公司（虚构）"


def test_households_have_initials_and_of_their_id_numbers_only_a_tail_is_known(season):
    households = list(season.scalars(select(Household)))
    assert all(len(household.initials) == len(household.name) for household in households)
    assert all(len(household.id_tail) in (0, 4) for household in households)
    assert {household.group for household in households if household.book == "LY26"} == {1, 2, 3, 4, 5, 6}


def test_the_database_is_a_demo_for_ever(demo, season):
    assert county_of(season).demo == 1
    with outside(demo) as connection:
        assert "refused" in refused(connection, "UPDATE county SET demo = 0")


# What adds up


def test_points_close_in_every_book(season):
    for book in [site.code for site in outlets(season)]:
        proof = points_proof(season, book)
        assert proof["difference"] == 0
        gone = proof["redeemed"] + proof["lapsed"] + proof["withdrawn"] + proof["moved"]
        assert proof["issued"] - proof["over_issued"] == proof["held"] + gone > 0
    assert points_proof(season)["redeemed"] > 0


def test_goods_close_item_by_item_from_the_postings_alone(season):
    """Accepted or bought is on the shelf, set aside, handed out, written off or on the road, but for what was short."""
    there = Counter()
    for leg in season.scalars(select(Posting).where(Posting.commodity != "POINT")):
        there[leg.commodity, leg.source] -= leg.quantity
        there[leg.commodity, leg.destination] += leg.quantity
    road = select(OnTheRoad.commodity, func.sum(OnTheRoad.quantity)).group_by(OnTheRoad.commodity)
    on_the_road = dict(season.execute(road).all())
    for item in {commodity for commodity, _ in there} - {"CNY"}:
        mine = {account: quantity for (code, account), quantity in there.items() if code == item}
        came = [quantity for account, quantity in mine.items() if account.startswith(("donor:", "supplier:"))]
        accepted = -sum(came)
        between = sum(quantity for account, quantity in mine.items() if account.startswith(("sent:", "received:")))
        assert between == on_the_road.get(item, 0)
        here = ("stock", "set-aside", "handed-out", "written-off", "difference")
        assert accepted == sum(there[item, account] for account in here) + between


def test_money_that_was_given_is_cash_or_paid_to_a_supplier_who_gave_goods_for_it(season):
    money = select(Posting).where(Posting.commodity == "CNY")
    given, paid = Counter(), Counter()
    for leg in season.scalars(money):
        (given if leg.source.startswith("donor:") else paid)[leg.lot] += leg.quantity
    assert len(given) == 3 and 0 < sum(paid.values()) < sum(given.values())
    assert all(paid[receipt] <= many for receipt, many in given.items())
    [decision] = season.scalars(select(Allocation))
    notes = [entry for entry in entries(season, "dispatch", "2026-10") if "allocation" in body_of(entry)["facts"]]
    assert len(notes) == decision.last - decision.first + 1 > 1


def test_no_household_is_overdrawn_and_no_shelf_is_empty(season):
    lowest = season.scalar(select(func.min(Balance.quantity)).where(Balance.account.startswith("purse:")))
    assert lowest >= 0
    for site in outlets(season):
        assert len(shelf(season, site.code, UNTIL)) >= 40


# What happened


@pytest.mark.parametrize("month", MONTHS)
def test_each_full_month_credits_both_purses_in_every_outlet(season, month):
    credited = {(entry.book, body_of(entry)["postings"][0]["source"]) for entry in entries(season, "credit", month)}
    assert credited == {(site.code, f"fund:{purse}") for site in outlets(season) for purse in ("support", "merit")}


def test_support_is_ten_points_a_month_for_each_household_with_a_right_to_them(season):
    frail = {(right.book, right.household) for right in season.scalars(select(SupportRight))
             if season.get(Household, (right.book, right.household)).status != "closed"}
    support = [entry for entry in entries(season, "credit", "2026-10") if body_of(entry)["facts"]["rule"] == "BS01"]
    assert {(entry.book, body_of(entry)["facts"]["household"]) for entry in support} == frail
    assert {body_of(entry)["postings"][0]["quantity"] for entry in support} == {100}


def test_one_household_gets_more_than_a_limit_by_a_second_hand(season):
    [asked] = season.scalars(select(Request).where(Request.kind == "override"))
    entry = season.get_one(Entry, (asked.book, asked.number))
    assert (asked.status, body_of(entry)["facts"]["override"], entry.by) == ("used", asked.n, asked.asked_by)


def test_a_merit_line_has_nine_points_in_the_mean(season):
    query = select(func.avg(SheetLine.points_tenths)).join(Rule, Rule.code == SheetLine.rule)
    mean = float(season.scalar(query.where(Rule.purse == "merit"))) / 10
    assert 8 < mean < 10


@pytest.mark.parametrize("month", MONTHS)
def test_the_tenth_is_exchange_day_half_past_eight_to_half_past_eleven(season, month):
    visits = entries(season, "redemption", month)
    assert {entry.occurred_on.day for entry in visits} <= {1, 10, 25}
    on_time = [entry for entry in visits if not entry.late]
    minutes = [(entry.recorded_us // 60_000_000 + 8 * 60) % 1440 for entry in on_time]
    assert 8 * 60 + 30 <= min(minutes) and max(minutes) <= 11 * 60 + 40
    assert len([entry for entry in visits if entry.occurred_on.day == 10]) > len(visits) / 2


def test_the_first_month_opens_with_gifts_and_a_delivery_morning(season):
    gifts, notes = entries(season, "donation", "2026-08"), entries(season, "dispatch", "2026-08")
    assert {body_of(entry)["facts"]["donor"] for entry in gifts} == {f"D{n:02d}" for n in range(1, 12)}
    assert {body_of(entry)["facts"]["to"] for entry in notes} == {site.code for site in outlets(season)}
    refused_lines = [line for entry in gifts for line in body_of(entry)["facts"].get("refused", [])]
    assert len(refused_lines) == 6


def test_on_that_morning_one_outlet_counted_short_one_over_and_another_person_confirmed(season):
    short, over = entries(season, "arrival-difference", "2026-08")
    assert (short.book, short.by, body_of(short)["facts"]["asked_by"]) == ("LY09", "ly09-supervisor", "ly09-keeper")
    assert (over.book, over.by, body_of(over)["facts"]["asked_by"]) == ("LY14", "town-baishuijiang", "ly14-keeper")


def test_what_was_written_on_paper_is_marked_late_and_names_its_paper(season):
    late = list(season.scalars(select(Entry).where(Entry.late == 1)))
    assert [entry.book for entry in late if entry.kind == "arrival"] == ["LY21"]
    # A correction has the day of what it corrects, a count the day of counting; every other late entry has its paper.
    keyed = [entry for entry in late if entry.kind != "count" and "corrects" not in body_of(entry)["facts"]]
    assert all(body_of(entry)["facts"]["paper_number"].startswith((entry.book, "261009-1-")) for entry in keyed)


def test_the_power_was_out_in_one_village_and_its_paper_was_keyed_one_line_of_it_by_two_people(season):
    lines = lines_keyed(season, "LY02", date(2026, 10, 10))
    assert {row.sheet for row, _ in lines} == {"261009-1"}
    assert [(row.line, state) for row, state in lines] == [
        (1, "redemption"), (2, "void"), (3, "redemption"), (4, "redemption"),
    ]
    entry = season.get_one(Entry, ("LY02", lines[3][0].number))
    assert (entry.by, body_of(entry)["facts"]["asked_by"]) == ("ly02-supervisor", "ly02-keeper")
    assert body_of(entry)["facts"]["beyond"] == ["points-short"]
    assert points_proof(season, "LY02")["over_issued"] < 0
    pages, sums = filled_day(season, "LY02", date(2026, 10, 10))
    assert (pages[-1].sheet, [row["line"] for row in pages[-1].rows]) == ("261009-1", [1, 2, 3, 4])
    assert sums["difference"] == 0 < sums["listed"]


def test_a_visitor_meets_a_limit_at_one_counter_and_plain_rules_at_the_first(season):
    household = season.scalars(select(Household).where(Household.book == "LY02")).first()
    [limit] = limits_left(season, "LY02", household.number, UNTIL)
    assert (limit["item"], limit["per"], limit["most"], limit["left"]) == ("G004", "visit", 1, 1)
    assert limits_left(season, "LY01", "H0001", UNTIL) == []


def test_surnames_that_are_hard_to_read_occur_and_are_found_by_their_initials(season):
    for surname, typed in ("单s", "仇c", "仇q", "解x", "区o", "曾z"):
        someone = season.scalars(select(Household).where(Household.name.startswith(surname))).first()
        assert someone in search(season, someone.book, typed + someone.initials[1:]), surname


def test_no_entry_carries_a_name_and_the_names_of_proxies_stand_beside_the_journal(season):
    names = {name for table in (Household.name, Staff.full_name, Donor.name) for name in season.scalars(select(table))}
    proxies = {note.text.partition(" · ")[0] for note in season.scalars(select(Note).where(Note.name == "proxy"))}
    assert proxies, "somebody collected for a household that could not come"
    bodies = "\n".join(season.scalars(select(Entry.body)))
    assert [name for name in names | proxies if name in bodies] == []


def test_a_donor_reads_what_became_of_the_wished_rice(season):
    told = statement(season, "D07")
    rice = [row for row in told["gifts"].rows if row["item"] == "G001"]
    given, handed_out, on_shelf, on_the_road = (
        sum(row[part] for row in rice) for part in ("given", "handed_out", "on_shelf", "on_the_road")
    )
    assert handed_out > 0 and on_the_road == 5
    assert given == handed_out + on_shelf + on_the_road
    there = select(Balance.book).where(Balance.lot.in_([row["lot"] for row in rice]), Balance.account == "stock")
    assert set(season.scalars(there)) == {COUNTY, "LY12", "LY13", "LY14", "LY15", "LY16", "LY26"}


def test_every_book_is_whole_in_its_audit_package(season, tmp_path):
    for book in (COUNTY, "LY01", "LY21"):
        package = tmp_path / f"{book}.zip"
        with package.open("w+b") as file:
            write_package(season, book=book, file=file, now=at(UNTIL, "12:00"))
        assert verify.main([str(package)]) == 0
