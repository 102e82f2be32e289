"""The script of the demo: three full months and the open one, each with its rhythm."""

from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlmodel import Session

from ledger.demo.cases import plan_cases
from ledger.demo.counter import exchange, first_visit
from ledger.demo.delivery import allocate, delivery_morning, send_the_wished_rice
from ledger.demo.gifts import bought_with_cash, introduce_donors, opening_gifts, refill_gifts, rice_with_a_wish
from ledger.demo.paper import key_power_cut
from ledger.demo.people import employ, employ_the_county, settle
from ledger.demo.points import assess, credited_on
from ledger.demo.scene import Agenda, Goods, Outlet, Scene, Tell, at, chance
from ledger.demo.sums import check_sums
from ledger.demo.waiting import SHEETS_AT, plan_what_waits
from ledger.journal import County
from ledger.registers.donors import Donor
from ledger.registers.items import Item
from ledger.registers.policy import set_policy
from ledger.registers.sites import Site, open_site
from ledger.registers.staff import Staff
from ledger.registers.starter import found_county, rows_of, take_in_items, take_in_rules, tenths
from ledger.terms import COUNTY, Purse

ALL_HOUSEHOLDS = 2940
EXCHANGE_DAYS = {1: 0.02, 10: 0.07, 25: 0.02}
"""Day of the month, and the share of an outlet's households that come: a third of a real county's, to start quickly."""

NOTICE_DAYS = 7
POLICIES = {"notice_days": str(NOTICE_DAYS), "rate_fen": "100", "spending_order": "support merit"}


def play(session: Session, *, until: date, password_hash: str, tell: Tell, households: int = ALL_HOUSEHOLDS) -> None:
    """Build the demo county, up to the evening before `until`. Raises CountyStands in a database that is in use."""
    months = months_until(until)
    scene = Scene(session, until, Agenda(until), {}, goods_of_the_demo())
    opens = at((months[0] - timedelta(days=1)).replace(day=20), "08:00")
    found(scene, opens, password_hash=password_hash, households=households)
    # The session forgets a row nobody holds, and operations look these up again and again.
    kept = [list(session.scalars(select(table))) for table in (County, Item, Donor, Site, Staff)]
    plan_supply(scene, months)
    plan_points(scene, months)
    plan_counter(scene, months)
    plan_cases(scene, months)
    plan_what_waits(scene)
    scene.agenda.run(tell)
    check_sums(session)
    kept.clear()
    tell(1)


def months_until(until: date) -> list[date]:
    """Return the first days of the three full months before a day, and of its own."""
    months = [until.replace(day=1)]
    while len(months) < 4:
        months.insert(0, (months[0] - timedelta(days=1)).replace(day=1))
    return months


def goods_of_the_demo() -> dict[str, Goods]:
    """Return the items with what the demo knows about each."""
    items = {row["code"]: row for row in rows_of("items")}
    return {
        row["item"]: Goods(
            row["item"], items[row["item"]]["category"], tenths(items[row["item"]]["points"]),
            int(row["shelf_days"]) if row["shelf_days"] else None, float(row["per_hundred"]), float(row["liked"]),
        )
        for row in rows_of("demo_goods")
    }


def found(scene: Scene, now: datetime, *, password_hash: str, households: int) -> None:
    """Found the county with its registers: rules, items, donors, outlets, people."""
    session = scene.session
    found_county(session, name="略阳县（演示）", code="610727", demo=True, by="county", now=now)
    scene.rules = {rule.code: rule for rule in take_in_rules(session, by="county", now=now)}
    take_in_items(session, valid_from=now.date(), by="county", now=now)
    for name, value in POLICIES.items():
        set_policy(session, book=COUNTY, name=name, valid_from=now.date(), value=value, by="county", now=now)
    introduce_donors(scene, now)
    rows = rows_of("demo_outlets")
    towns = list(dict.fromkeys(row["town"] for row in rows))
    employ_the_county(session, towns, password_hash=password_hash, now=now)
    for row in rows:
        open_outlet(scene, row, now, password_hash=password_hash, part=households / ALL_HOUSEHOLDS)


def open_outlet(scene: Scene, row: dict[str, str], now: datetime, *, password_hash: str, part: float) -> None:
    """Open one outlet with its book, its households and its staff."""
    year = "2023" if row["division_code"] else ""
    site = Site(
        code=row["book"], name=row["name"], town=row["town"], division_code=row["division_code"], division_year=year
    )
    open_site(scene.session, site, by="county", now=now)
    outlet = Outlet(row["book"], row["name"], row["town"], [], {}, chance(row["book"]))
    scene.outlets[outlet.book] = outlet
    number = max(4, round(int(row["households"]) * part))
    frail = max(1, round(int(row["cannot_work"]) * part))
    settle(scene.session, outlet, households=number, cannot_work=frail, now=now)
    employ(scene.session, outlet, password_hash=password_hash, now=now)


def plan_supply(scene: Scene, months: list[date]) -> None:
    """Plan gifts and delivery mornings: the first month opens with them, the next two bring more."""
    add, (first, second, third, _) = scene.agenda.add, months
    add(at(first, "09:00"), partial(opening_gifts, scene))
    add(at(first.replace(day=3), "06:40"), partial(delivery_morning, scene, first=True))
    add(at(second.replace(day=8), "10:00"), partial(rice_with_a_wish, scene))
    add(at(second.replace(day=9), "07:00"), partial(send_the_wished_rice, scene))
    add(at(second.replace(day=11), "09:00"), partial(refill_gifts, scene))
    add(at(second.replace(day=12), "06:40"), partial(delivery_morning, scene))
    add(at(third.replace(day=17), "09:00"), partial(bought_with_cash, scene))
    add(at(third.replace(day=18), "06:40"), partial(allocate, scene))


def plan_points(scene: Scene, months: list[date]) -> None:
    """Plan the meetings of the 25th and the notices of the 26th, from the month before the first."""
    before = (months[0] - timedelta(days=1)).replace(day=25)
    for meeting in [before, *(month.replace(day=25) for month in months)]:
        for place, book in enumerate(scene.outlets):
            # What waits at this outlet on the last day is planned by itself.
            if book == SHEETS_AT and credited_on(meeting + timedelta(days=1 + NOTICE_DAYS)) >= scene.until:
                continue
            for purse, minute in ((Purse.SUPPORT, 0), (Purse.MERIT, 10)):
                posted = at(meeting + timedelta(days=1), "09:00") + timedelta(minutes=place + minute)
                held = at(meeting, "19:00") + timedelta(minutes=place + minute)
                act = partial(assess, scene, purse, f"{meeting:%Y-%m}", posted, book)
                scene.agenda.add(held, act)


def plan_counter(scene: Scene, months: list[date]) -> None:
    """Plan the exchange days."""
    for month in months:
        for day, share in EXCHANGE_DAYS.items():
            for book in scene.outlets:
                scene.agenda.add(at(month.replace(day=day), "08:30"), partial(exchange, scene, share, book))
    scene.agenda.add(at(months[1].replace(day=10), "11:35"), partial(first_visit, scene))
    scene.agenda.add(at(months[2].replace(day=11), "08:20"), partial(key_power_cut, scene))
