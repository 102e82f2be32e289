"""What waits on the demo's last day, so that every first page has something to do."""

from datetime import date, datetime, timedelta
from functools import partial

from ledger.demo.delivery import arrive, send
from ledger.demo.gifts import RICE, Line, bring, line_of
from ledger.demo.people import SECOND_OF_OFFICE
from ledger.demo.points import assess
from ledger.demo.scene import Scene, at
from ledger.operations.proposal import propose_price
from ledger.reports.stock import stock_rows
from ledger.terms import COUNTY, Purse

SHEETS_AT, ARRIVAL_AT, SHORT_AT, EXPIRING_AT, RICE_TO = "LY01", "LY04", "LY09", "LY13", "LY15"
FARMERS, TISSUES = "D06", "G024"
ELEVEN = ("G001", "G003", "G004", "G007", "G010", "G012", "G016", "G018", "G020", "G024", "G026")
FRESH = {"G045": (8, 10), "G014": (12, 35), "G004": (10, 56)}
"""Goods for one outlet: how many, and for how many days: at the end one lot is within seven days, two within sixty."""


def plan_what_waits(scene: Scene) -> None:
    """Put on the agenda what shall not be done yet on the last day."""
    period = f"{scene.until:%Y-%m}"
    add = scene.agenda.add
    ends_today, runs_on = at(day(scene, 7), "09:10"), at(day(scene, 3), "09:10")
    add(at(day(scene, 9), "13:40"), partial(rice_under_way, scene))
    add(at(day(scene, 8), "19:00"), partial(assess, scene, Purse.MERIT, period, ends_today, SHEETS_AT))
    add(at(day(scene, 4), "19:00"), partial(assess, scene, Purse.SUPPORT, period, runs_on, SHEETS_AT))
    add(at(day(scene, 1), "19:00"), partial(assess, scene, Purse.MERIT, period, None, SHEETS_AT))
    add(at(day(scene, 4), "13:30"), partial(fresh_gift, scene))
    add(at(day(scene, 3), "13:30"), partial(two_notes, scene))
    # The other of the office has not looked yet at a lower price from next week on.
    scene.later(
        at(day(scene, 2), "16:30"), propose_price, COUNTY, SECOND_OF_OFFICE, item=TISSUES,
        valid_from=day(scene, -7), points=scene.goods[TISSUES].price - 20,
    )


def day(scene: Scene, before: int) -> date:
    """Return the day so many days before the last one."""
    return scene.until - timedelta(days=before)


def rice_under_way(scene: Scene, now: datetime) -> None:
    """Send the last bags of the wished rice; nobody has counted them in since."""
    send(scene, RICE_TO, scene.wished[1:], now)


def fresh_gift(scene: Scene, now: datetime) -> None:
    """Let farmers bring what does not keep; it goes to one outlet the same day."""
    lines = [line_of(scene, code, quantity, now, keeps=keeps) for code, (quantity, keeps) in FRESH.items()]
    note = send(scene, EXPIRING_AT, bring(scene, FARMERS, lines, now), now + timedelta(minutes=40))
    scene.agenda.add(at(day(scene, 1), "15:00"), partial(arrive, scene, note))


def two_notes(scene: Scene, now: datetime) -> None:
    """Send eleven lines nobody has counted yet, and a note that turns out short and waits for the second person."""
    send(scene, ARRIVAL_AT, eleven_lines(scene, now), now)
    note = send(scene, SHORT_AT, [{"item": RICE, "quantity": 4}, {"item": "G026", "quantity": 3}], now)
    short = partial(arrive, scene, note, different=True, confirmed=False)
    scene.agenda.add(at(day(scene, 2), "15:40"), short)


def eleven_lines(scene: Scene, now: datetime) -> list[Line]:
    """Return two of each of eleven items, each from the lot the store has most of, so that no line is split."""
    most: dict[str, Line] = {}
    for row in sorted(stock_rows(scene.session, COUNTY, now.date()), key=lambda row: row["quantity"]):
        if row["item"] in ELEVEN:
            most[row["item"]] = {"item": row["item"], "lot": row["lot"], "quantity": 2}
    return list(most.values())
