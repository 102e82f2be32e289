"""Gifts of the demo: who brings goods or money to the county store, what is bought, and what is turned away."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from ledger.demo.scene import Goods, Scene, chance
from ledger.operations.donation import accept_donation
from ledger.operations.purchase import buy_goods
from ledger.registers.donors import Donor
from ledger.registers.money import Supplier
from ledger.registers.register import add
from ledger.registers.starter import rows_of
from ledger.terms import COUNTY, MoneySource, WishKind

Line = dict[str, Any]

UNION, RICE_FIRM = "D01", "D07"
RICE = "G001"
KEPT_BACK = 5
"""Bags of the wished rice, packed later than the others, that are sent on much later."""

RICE_GIFT = 200
WISHED_BY_THE_RICE_FIRM = ("LY12", "LY13", "LY14", "LY15", "LY16", "LY26")
WISH = {"kind": WishKind.OUTLETS, "text": "只送白水江镇、马蹄湾镇各村和柳湾村"}
FRESH_DAYS = 200
"""What keeps shorter than this is not bought for a season's shelf."""

MONEY_FROM = {"D08": MoneySource.DONATED, "D09": MoneySource.DONATED, "D04": MoneySource.DONATED}
"""Who gives money for the last purchase, each half of what it costs; a third of all is left over."""
SUPPLIERS = (("S01", "嘉陵批发部（虚构）", "0916-0000021"), ("S02", "秦岭粮油店（虚构）", "0916-0000022"))

TURNED_AWAY = {
    "D03": [("G022", 6, "包装破损"), ("G016", 10, "无生产日期")],
    "D05": [("G027", 2, "破损")],
    "D09": [("G015", 12, "临近保质期"), ("G013", 8, "临近保质期"), ("G045", 4, "临近保质期")],
}
"""Six lines of the opening gifts that were refused: donor, then item, quantity and why."""


def introduce_donors(scene: Scene, now: datetime) -> None:
    """Take the donors, and who sells to the county, into their registers."""
    for row in rows_of("demo_donors"):
        donor = Donor(code=row["code"], name=row["name"], contact=row["contact"], phone=row["phone"])
        add(scene.session, donor, by="county", now=now)
    for code, name, phone in SUPPLIERS:
        add(scene.session, Supplier(code=code, name=name, phone=phone), by="county", now=now)


def opening_gifts(scene: Scene, now: datetime) -> None:
    """Let every donor bring a first gift: the union brings most of each item, those of the trade bring the rest."""
    brought: dict[str, list[Line]] = defaultdict(list)
    for code, quantity in wanted(scene, fresh=False).items():
        union = quantity * 6 // 10 if quantity > 5 else 0
        brought[of_the_trade(scene.goods[code])].append(line_of(scene, code, quantity - union, now))
        brought[UNION] += [line_of(scene, code, union, now)] if union else []
    for donor, lines in TURNED_AWAY.items():
        brought[donor] += [
            {"item": item, "quantity": 0, "refused": quantity, "reason": why} for item, quantity, why in lines
        ]
    bring_in_turn(scene, brought, now)


def refill_gifts(scene: Scene, now: datetime) -> None:
    """Let the donors of each trade bring what the county lacks."""
    brought: dict[str, list[Line]] = defaultdict(list)
    for code, quantity in wanted(scene, fresh=True).items():
        brought[of_the_trade(scene.goods[code])].append(line_of(scene, code, quantity, now))
    bring_in_turn(scene, brought, now)


def bought_with_cash(scene: Scene, now: datetime) -> None:
    """Let donors give money, and buy with it what the county lacks; each line names the gift it spends."""
    lines = [line_of(scene, code, quantity, now) for code, quantity in wanted(scene, fresh=True).items()]
    if not lines:
        # A county made small for trying may lack nothing.
        return
    cost = sum(line["quantity"] * line["unit_value"] for line in lines)
    for place, (donor, source) in enumerate(MONEY_FROM.items()):
        cash = {"cash": -(-cost // 2 // 100_000) * 100_000, "source": source}
        scene.do(
            accept_donation, COUNTY, "county", now + timedelta(minutes=10 * place), donor=donor,
            occurred_on=now.date(), lines=[cash],
        )
    shops: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        shops[SUPPLIERS[scene.goods[line["item"]].category == "粮油"][0]].append(line)
    for place, (supplier, part) in enumerate(sorted(shops.items())):
        bought = scene.do(
            buy_goods, COUNTY, "county", now + timedelta(hours=3, minutes=20 * place), supplier=supplier,
            invoice=f"{now.year}6100{place + 1:04d}", occurred_on=now.date(), lines=part,
        )
        for lot in bought["lines"]:
            scene.store[lot["item"]] += lot["quantity"]


def rice_with_a_wish(scene: Scene, now: datetime) -> None:
    """Let the rice firm bring 200 bags of two packing days for named villages; fewer in a county made small."""
    bags = min(RICE_GIFT, 40 + sum(len(scene.outlets[book].households) for book in WISHED_BY_THE_RICE_FIRM) // 4)
    lines = [line_of(scene, RICE, bags - KEPT_BACK, now, keeps=260), line_of(scene, RICE, KEPT_BACK, now, keeps=540)]
    scene.wished = bring(scene, RICE_FIRM, lines, now, wish=WISH)


def bring_in_turn(scene: Scene, brought: dict[str, list[Line]], now: datetime) -> None:
    """Let one donor after the other bring goods."""
    for place, donor in enumerate(sorted(brought)):
        bring(scene, donor, brought[donor], now + timedelta(minutes=20 * place))


def bring(scene: Scene, donor: str, lines: list[Line], now: datetime, wish: Line | None = None) -> list[Line]:
    """Let a donor bring goods to the county store; return the lots."""
    lots: list[Line] = scene.do(
        accept_donation, COUNTY, "county", now, donor=donor, occurred_on=now.date(), lines=lines, wish=wish
    )["lines"]
    for lot in lots:
        scene.store[lot["item"]] += lot["quantity"]
    return lots


def line_of(scene: Scene, code: str, quantity: int, now: datetime, *, keeps: int | None = None) -> Line:
    """Return a line of a gift, worth one yuan a point; it keeps so many days from now, or as long as its kind does."""
    goods, day = scene.goods[code], now.date()
    line: Line = {"item": code, "quantity": quantity, "unit_value": goods.price * 10}
    if goods.shelf_days and not keeps:
        keeps = goods.shelf_days - chance(f"{code}/{day}").randrange(7, 20)
    if keeps:
        line["best_before"] = day + timedelta(days=keeps)
    return line


def wanted(scene: Scene, *, fresh: bool) -> dict[str, int]:
    """Return what the county store lacks of each item, so that all shelves can be full and some is kept beside."""
    lacks = {code: sum(lack(scene, book, code) for book in scene.outlets) for code in scene.goods}
    keeps = {code for code, goods in scene.goods.items() if fresh or (goods.shelf_days or FRESH_DAYS) >= FRESH_DAYS}
    return {
        code: quantity + reserve(scene, code) - scene.store[code] for code, quantity in lacks.items()
        if quantity and code in keeps and quantity + reserve(scene, code) > scene.store[code]
    }


def lack(scene: Scene, book: str, code: str) -> int:
    """Return what a shelf lacks of an item to be full."""
    outlet, goods = scene.outlets[book], scene.goods[code]
    if not goods.per_hundred:
        return 0
    full = max(goods.least, round(goods.per_hundred * len(outlet.households) / 100))
    return max(0, full - outlet.shelf[code])


def reserve(scene: Scene, code: str) -> int:
    """Return what the county store keeps beside a delivery, enough for what is sent later in the season."""
    return 20 if scene.goods[code].per_hundred >= 3 else 4


def of_the_trade(goods: Goods) -> str:
    """Return the donor whose trade an item is; two share the household chemicals, and rice is the union's."""
    if goods.code == RICE:
        return UNION
    donors = [row["code"] for row in rows_of("demo_donors") if row["categories"] == goods.category]
    return donors[int(goods.code[1:]) % len(donors)]
