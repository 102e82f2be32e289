"""The counter in the demo: exchange days, a few papers keyed the next morning, and mistakes put right."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from ledger.demo.gifts import RICE
from ledger.demo.people import invented_name
from ledger.demo.scene import Outlet, Scene, at, chance
from ledger.operations.redemption import redeem
from ledger.operations.reversal import reverse

LEAST = 60
"""With less than six points nobody comes, in tenths."""

SAVED_FOR_RICE = 0.5
MISTAKES = 0.015
PROXIES = 0.04
KEYED_LATE_AT = ("LY17", "LY21")
SHOWN_FIRST = ("LY01", "H0001")
FIRST_BASKET = {"G018": 1, "G016": 1}
"""What the household a visitor sees first once took: soap and toothpaste."""

Basket = dict[str, int]


def exchange(scene: Scene, share: float, book: str, now: datetime) -> None:
    """Serve a morning's queue, half past eight to half past eleven."""
    outlet = scene.outlets[book]
    queue = visitors(outlet, share)
    on_paper = queue[-2:] if book in KEYED_LATE_AT and len(queue) > 8 else []
    pace = timedelta(hours=3) / max(1, len(queue))
    for place, household in enumerate(queue[: len(queue) - len(on_paper)]):
        serve(scene, outlet, household, now + pace * place, undo_after=pace * 0.4)
    for place, household in enumerate(on_paper):
        keyed = at(now.date() + timedelta(days=1), "08:05") + timedelta(minutes=4 * place)
        scene.agenda.add(keyed, partial(key_paper, scene, outlet, household))


def visitors(outlet: Outlet, share: float) -> list[str]:
    """Return who comes: mostly those with more points, never the keeper's relative, in no order."""
    holders = [
        number for number, points in sorted(outlet.points.items())
        if points >= LEAST and number != outlet.kin["keeper"] and (outlet.book, number) != SHOWN_FIRST
    ]
    wish = {number: outlet.points[number] * (0.4 + outlet.dice.random()) for number in holders}
    queue = sorted(holders, key=lambda number: -wish[number])[: round(share * len(outlet.households))]
    outlet.dice.shuffle(queue)
    return queue


def serve(scene: Scene, outlet: Outlet, household: str, now: datetime, *, undo_after: timedelta) -> None:
    """Redeem a basket; now and then it is undone at once by the keeper, or later by the supervisor."""
    basket = fill_basket(scene, outlet, outlet.points[household])
    if not basket:
        return
    number = hand_out(scene, outlet, household, basket, now, proxy=neighbour(outlet))
    fate = outlet.dice.random()
    if fate < MISTAKES / 3:
        undo(scene, outlet, household, basket, number, "keeper", "点错商品，当场撤销", now + undo_after)
    elif fate < MISTAKES:
        later = at(now.date() + timedelta(days=outlet.dice.choice((1, 1, 2, 3))), "14:20")
        scene.agenda.add(later, partial(undo, scene, outlet, household, basket, number, "supervisor", "错录农户"))


def neighbour(outlet: Outlet) -> dict[str, str] | None:
    """Return who collects for a household that cannot come, now and then."""
    if outlet.dice.random() >= PROXIES:
        return None
    name = invented_name(outlet.dice)
    # One person has one number. With a zero before it, it is like no number of an entry or of pieces.
    phone = f"0{chance(f'{outlet.book}/{name}').randrange(1000):03d}"
    return {"name": name, "relation": "邻居", "phone": phone}


def fill_basket(scene: Scene, outlet: Outlet, points: int) -> Basket:
    """Return what a household takes: a bag of rice it has saved for, or what it likes, for most of its points."""
    dice, basket = outlet.dice, Basket()
    left = int(points * dice.uniform(0.65, 1.0))
    rice = scene.goods[RICE]
    if points >= rice.price and outlet.shelf[RICE] >= rice.least and dice.random() < SAVED_FOR_RICE:
        basket[RICE] = 1
        left = max(0, left - rice.price)
    for _ in range(dice.choice((1, 2, 2, 3, 3, 4, 5))):
        fitting = [
            goods for code, goods in scene.goods.items()
            if goods.liked and goods.price <= left and code not in basket and outlet.shelf[code] >= goods.least
        ]
        if not fitting:
            break
        weights = [goods.liked * (goods.price / left) ** 0.5 for goods in fitting]
        chosen = dice.choices(fitting, weights)[0]
        basket[chosen.code] = 1
        left -= chosen.price
    return basket


def hand_out(scene: Scene, outlet: Outlet, household: str, basket: Basket, now: datetime, **late: Any) -> int:
    """Redeem a basket; return the number of the entry."""
    lines = [{"item": item, "quantity": quantity} for item, quantity in basket.items()]
    said = {"household": household, "basket": lines, "occurred_on": now.date(), **late}
    answer = scene.do(redeem, outlet.book, "keeper", now, **said)
    outlet.points[household] -= answer["points"]
    outlet.shelf.subtract(basket)
    number: int = answer["number"]
    return number


def key_paper(scene: Scene, outlet: Outlet, household: str, now: datetime) -> None:
    """Key from a numbered paper what was handed out the day before, when there was no power."""
    basket = fill_basket(scene, outlet, outlet.points[household])
    if basket:
        outlet.papers += 1
        paper, yesterday = f"{outlet.book}-{outlet.papers:04d}", now.date() - timedelta(days=1)
        hand_out(scene, outlet, household, basket, now, occurred_on=yesterday, paper_number=paper)


def undo(
    scene: Scene, outlet: Outlet, household: str, basket: Basket, number: int, role: str, reason: str, now: datetime
) -> None:
    """Reverse a redemption; points and goods are back."""
    scene.do(reverse, outlet.book, role, now, number=number, reason=reason)
    outlet.points[household] += sum(scene.goods[item].price * quantity for item, quantity in basket.items())
    outlet.shelf.update(basket)


def first_visit(scene: Scene, now: datetime) -> None:
    """Let the household a visitor sees first come once for something small."""
    book, household = SHOWN_FIRST
    outlet = scene.outlets[book]
    if all(outlet.shelf[item] > 1 for item in FIRST_BASKET):
        hand_out(scene, outlet, household, FIRST_BASKET, now)
