"""A day without power in the demo: served from the pack's paper, keyed next morning, one line of it by two people."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from ledger.demo.cases import recount, someone
from ledger.demo.gifts import RICE
from ledger.demo.scene import Outlet, Scene, at
from ledger.operations.over_issue import confirm_paper_line
from ledger.operations.paper_day import key_paper_day

POWER_FAILS_AT = "LY02"
SOAP, VINEGAR = "G018", "G011"


def key_power_cut(scene: Scene, now: datetime) -> None:
    """Key what was written yesterday on the pack that had been printed the evening before: soap, vinegar, a spoilt
    line, and rice for points the household did not have.
    """
    outlet, yesterday = scene.outlets[POWER_FAILS_AT], now.date() - timedelta(days=1)
    sheet, lines = f"{yesterday - timedelta(days=1):%y%m%d}-1", written(scene, outlet)
    made = scene.do(key_paper_day, outlet.book, "keeper", now, sheet=sheet, lines=lines, occurred_on=yesterday)
    for line in lines:
        outlet.shelf.subtract({one["item"]: one["quantity"] for one in line.get("basket", ())})
    recount(scene, outlet.book)
    for request in made["requests"]:
        scene.agenda.add(at(now.date(), "15:10"), partial(confirm, scene, request))


def written(scene: Scene, outlet: Outlet) -> list[dict[str, Any]]:
    """Return the lines of the paper, as far as there are households and goods for them."""
    rice = scene.goods[RICE].price
    able = [someone(outlet, place, least=scene.goods[SOAP].price) for place in (2, 5)]
    short = next((one.number for one in outlet.households if one.number not in [*able, *outlet.kin.values()]
                  and 0 < outlet.points[one.number] < rice), None)
    why = "停电时看错余额单上的一行"
    taken = [(able[0], SOAP, None), (None, "", None), (able[1], VINEGAR, None), (short, RICE, why)]
    lines: list[dict[str, Any]] = []
    for household, item, reason in taken:
        if not item:
            lines.append({"line": len(lines) + 1, "void": 1})
        elif household and outlet.shelf[item] > 1:
            basket = [{"item": item, "quantity": 1}]
            lines.append({"line": len(lines) + 1, "household": household, "basket": basket, "reason": reason})
    return lines


def confirm(scene: Scene, request: int, now: datetime) -> None:
    """Book the line that went beyond the points, as the supervisor who has seen the paper."""
    scene.do(confirm_paper_line, POWER_FAILS_AT, "supervisor", now, request=request)
    recount(scene, POWER_FAILS_AT)
