"""What villages live through besides the straight walk: caps, an objection, a count, spoiled oil, a mistake, a move."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from ledger.demo.counter import hand_out
from ledger.demo.people import SECOND_OF_OFFICE
from ledger.demo.points import post
from ledger.demo.scene import Outlet, Scene, at
from ledger.journal import Balance
from ledger.operations.claw_back import confirm_claw_back, propose_claw_back
from ledger.operations.claw_back_objection import answer_claw_back_objection, object_to_claw_back
from ledger.operations.correction import correct
from ledger.operations.count import begin_count, key_lines
from ledger.operations.count_confirmation import confirm_count
from ledger.operations.item import limit_item
from ledger.operations.lapse import announce_lapse, book_lapse, what_lapses
from ledger.operations.life import change_life
from ledger.operations.limits import allow_override, ask_override
from ledger.operations.moving_in import take_household_in
from ledger.operations.objection import raise_objection
from ledger.operations.objection_answer import answer_objection
from ledger.operations.proposal import decide_proposals, propose_price
from ledger.operations.reversal import reverse
from ledger.operations.write_off import decide_write_off, propose_write_off
from ledger.registers.counts import StockCount, lines_of_count
from ledger.registers.households import Household
from ledger.registers.lapses import lapse_lines, runs_of
from ledger.registers.policy import set_policy
from ledger.registers.sheets import SheetLine, lines_of, sheets_of
from ledger.reports.stock import stock_rows
from ledger.terms import COUNTY, Purse, Role, SheetStatus

FORGET_TO_COUNT = {"LY19", "LY23"}
"""Where nobody has counted yet: the county's board says for how long."""
COUNTED_AT = ("LY01", "LY02", "LY13", "LY27")
OBJECTED_AT = {"LY08": "not-upheld", "LY11": "corrected"}
LAPSES_AT, LEAKS_AT, MISTAKE_AT, MISSING_AT, LIMITED_AT = "LY03", "LY13", "LY01", "LY02", ("LY06", "LY02")
LEAVES, TAKES_IN, SPLITS, DIES, RETURNED = "LY10", "LY12", "LY16", "LY22", "LY20"
OIL, SOAP, NOODLES, POWDER = "G007", "G018", "G004", "G020"
DEARER = 5
"""By how much a price goes up, in tenths."""
KEPT = 250
"""What a household keeps at a quarter's end where points lapse, in tenths."""


def plan_cases(scene: Scene, months: list[date]) -> None:
    """Put on the agenda what does not happen every month."""
    first, second, third, running = months
    add = scene.agenda.add
    for book, result in OBJECTED_AT.items():
        add(at(first.replace(day=27), "10:20"), partial(objection, scene, book, result))
    for month, books in counted_in(second, third, running, set(scene.outlets)):
        for book in sorted(books):
            add(at(month.replace(day=28), "14:00"), partial(count, scene, book, month == third))
    add(at(second.replace(day=9), "10:00"), partial(leaking_oil, scene))
    add(at(third.replace(day=11), "14:00"), partial(mistake, scene))
    for outlet in LIMITED_AT:
        # Noodles are short there: one packet a visit for each household.
        scene.later(
            at(second.replace(day=6), "09:00"), limit_item, COUNTY, "county", item=NOODLES, outlet=outlet, per="visit",
            holds_from=second.replace(day=6), quantity=1,
        )
    add(at(third.replace(day=10), "11:20"), partial(override, scene))
    add(at(second.replace(day=21), "15:00"), partial(move_away, scene))
    add(at(second.replace(day=21), "16:00"), partial(split, scene))
    add(at(third.replace(day=5), "09:30"), partial(death, scene))
    add(at(second.replace(day=18), "10:00"), partial(points_back, scene))
    add(at(second.replace(day=27), "15:10"), partial(dearer_powder, scene, third))
    plan_lapse(scene, months)


def plan_lapse(scene: Scene, months: list[date]) -> None:
    """Plan the run after the quarter's end that lies in the season; the first booking is taken back and made again."""
    end = next(month for month in months if month.month % 3 == 1 and month > months[0]) - timedelta(days=1)
    for name, value in (("lapse_period", "quarter"), ("carry_over", str(KEPT))):
        set_policy(
            scene.session, book=LAPSES_AT, name=name, valid_from=months[0], value=value, by="county",
            now=at(months[0], "08:00"),
        )
    scene.agenda.add(at(end + timedelta(days=1), "17:00"), partial(announce, scene, end))
    scene.agenda.add(at(end + timedelta(days=17), "10:00"), partial(lapse_twice, scene))


def someone(outlet: Outlet, place: int, *, least: int = 0) -> str | None:
    """Return a household of an outlet that is nobody's relative and holds at least so many tenths, if there is one."""
    able = [
        household.number for household in outlet.households
        if household.number not in outlet.kin.values() and outlet.points[household.number] >= least
        and (outlet.book, household.number) != ("LY01", "H0001")
    ]
    return able[place % len(able)] if able else None


def recount(scene: Scene, *books: str) -> None:
    """Let the script know again what the purses of outlets hold."""
    for book in books:
        query = select(Balance.account, Balance.quantity).where(
            Balance.book == book, Balance.account >= "purse:", Balance.account < "purse;"
        )
        points = scene.outlets[book].points
        points.clear()
        for account, quantity in scene.session.execute(query):
            points[account.split(":")[1]] += quantity


def objection(scene: Scene, book: str, result: str, now: datetime) -> None:
    """Let a neighbour object to a line of the merit sheet on the board; it is answered after two days."""
    strange = [
        line for sheet in sheets_of(scene.session, book, status=SheetStatus.ON_NOTICE) if sheet.purse == Purse.MERIT
        for line in lines_of(scene.session, book, sheet.n) if line.household not in scene.outlets[book].kin.values()
    ]
    if not strange:
        return
    sheet, line = strange[0].n, strange[0].line
    said = scene.do(
        raise_objection, book, "keeper", now, sheet=sheet, line=line, way="spoken", words="邻居说当天没有看见",
        occurred_on=now.date(),
    )
    when = now + timedelta(days=2)
    scene.agenda.add(when, partial(answer, scene, book, strange[0], said["n"], result))


def answer(scene: Scene, book: str, line: SheetLine, n: int, result: str, now: datetime) -> None:
    """Answer an objection as the supervisor: a line put right gets the least its rule gives, and hangs again."""
    least = scene.rules[line.rule].points_min
    if result == "corrected" and least == line.points_tenths:
        result = "cancelled"
    points = {"points": least} if result == "corrected" else {}
    answered = scene.do(
        answer_objection, book, "supervisor", now, sheet=line.n, objection=n, result=result, decided_by="committee",
        words="入户核实，已当面答复", occurred_on=now.date(), **points,
    )
    if "corrected" in answered:
        # Who answered has scored the new line, so the town credits it.
        hang = partial(post, scene, book, answered["corrected"], creditor=Role.CHECKER)
        scene.agenda.add(now + timedelta(days=1), hang)


def counted_in(second: date, third: date, running: date, outlets: set[str]) -> list[tuple[date, set[str]]]:
    """Return who counts the shelf in which month; the last count of one still waits for a second person."""
    usual = outlets - FORGET_TO_COUNT
    return [(second, set(COUNTED_AT)), (third, usual), (running, usual - {MISTAKE_AT})]


def count(scene: Scene, book: str, waits: bool, now: datetime) -> None:
    """Count a shelf while the shop is open; one piece is missing in one, and the last count of another waits."""
    n = scene.do(begin_count, book, "keeper", now)["n"]
    found = lines_of_count(scene.session, scene.session.get_one(StockCount, (book, n)))
    lines: list[dict[str, Any]] = [
        {"lot": line.lot, "account": line.account, "quantity": line.frozen} for line in found
    ]
    short = next((place for place, line in enumerate(found) if line.account == "stock" and line.frozen > 2), None)
    if short is not None and book == MISSING_AT:
        lines[short].update(quantity=found[short].frozen - 1, reason="unknown")
        scene.outlets[book].shelf[found[short].item] -= 1
    scene.do(key_lines, book, "keeper", now + timedelta(minutes=40), count=n, lines=lines, finished=1)
    if not (waits and book == MISTAKE_AT):
        scene.later(at(now.date() + timedelta(days=1), "16:00"), confirm_count, book, "supervisor", count=n)


def dearer_powder(scene: Scene, first: date, now: datetime) -> None:
    """Propose a new price of washing powder from the first of the month; the other of the office confirms it."""
    wanted = scene.goods[POWDER].price + DEARER
    asked = scene.do(propose_price, COUNTY, "county", now, item=POWDER, valid_from=first, points=wanted)
    said = [{"request": asked["n"]}]
    scene.later(now + timedelta(hours=18), decide_proposals, COUNTY, SECOND_OF_OFFICE, proposals=said)
    scene.agenda.add(at(first, "00:00"), partial(know_price, scene, wanted))


def know_price(scene: Scene, price: int, now: datetime) -> None:
    """Let the script know the price that holds from now on."""
    scene.goods[POWDER].price = price


def leaking_oil(scene: Scene, now: datetime) -> None:
    """Set two leaking drums aside; the town checker, far away, approves, and they are destroyed with a witness."""
    lying = [row for row in stock_rows(scene.session, LEAKS_AT, now.date()) if row["item"] == OIL]
    if not lying:
        return
    lot = max(lying, key=lambda row: row["quantity"])
    drums = min(2, lot["quantity"])
    asked = scene.do(
        propose_write_off, LEAKS_AT, "keeper", now, occurred_on=now.date(), reason="leaking",
        lines=[{"item": OIL, "lot": lot["lot"], "quantity": drums}], words="运输磕碰，桶底漏油",
    )
    scene.outlets[LEAKS_AT].shelf[OIL] -= drums
    scene.do(
        decide_write_off, LEAKS_AT, "checker", now + timedelta(hours=3), request=asked["n"], disposal="就地填埋",
        witness="村监委会主任",
    )


def mistake(scene: Scene, now: datetime) -> None:
    """Put right next day a soap that was booked for the wrong household: both versions stand, in one step."""
    outlet = scene.outlets[MISTAKE_AT]
    price = scene.goods[SOAP].price
    wrong, right = (someone(outlet, place, least=price) for place in (3, 7))
    if not wrong or not right or wrong == right or outlet.shelf[SOAP] < 2:
        return
    late = {"occurred_on": now.date() - timedelta(days=1), "paper_number": f"{MISTAKE_AT}-9001"}
    number = hand_out(scene, outlet, wrong, {SOAP: 1}, now, **late)
    scene.do(
        correct, MISTAKE_AT, "supervisor", now + timedelta(minutes=20), number=number, goods="elsewhere",
        reason="领取的是另一户", right={"household": right, "basket": [{"item": SOAP, "quantity": 1}]},
    )
    recount(scene, MISTAKE_AT)


def override(scene: Scene, now: datetime) -> None:
    """Let one household have a second packet: the keeper asks, the supervisor says yes."""
    outlet = scene.outlets[LIMITED_AT[0]]
    household = someone(outlet, 0, least=2 * scene.goods[NOODLES].price)
    if not household or outlet.shelf[NOODLES] < 2:
        return
    basket = [{"item": NOODLES, "quantity": 2}]
    said = {"household": household, "basket": basket, "reason": "家中老人过寿"}
    n = scene.do(ask_override, outlet.book, "keeper", now, **said)["n"]
    scene.do(allow_override, outlet.book, "supervisor", now + timedelta(minutes=5), request=n)
    hand_out(scene, outlet, household, {NOODLES: 2}, now + timedelta(minutes=9), override=n)


def life(scene: Scene, book: str, household: str, now: datetime, **said: Any) -> dict[str, Any]:
    """Book what happened to a household, as the supervisor."""
    return scene.do(change_life, book, "supervisor", now, household=household, occurred_on=now.date(), **said)


def move_away(scene: Scene, now: datetime) -> None:
    """Let a household move to another outlet; its points go along and are taken in there."""
    leaves, takes = scene.outlets[LEAVES], scene.outlets[TAKES_IN]
    household = someone(leaves, 2)
    if not household:
        return
    moved = life(scene, LEAVES, household, now, event="move-out", paper_number="2026-19", outlet=TAKES_IN)
    said = {"sender": LEAVES, "number": moved["number"]}
    taken = scene.do(take_household_in, TAKES_IN, "supervisor", now + timedelta(hours=1), **said)
    takes.households.append(scene.session.get_one(Household, (TAKES_IN, taken["household"])))
    # A right to support points goes along.
    if household in leaves.frail:
        takes.frail.add(taken["household"])
    leaves.households = [one for one in leaves.households if one.number != household]
    recount(scene, LEAVES, TAKES_IN)


def split(scene: Scene, now: datetime) -> None:
    """Let a household split in two, ten of its points going along."""
    household = someone(scene.outlets[SPLITS], 1)
    if household:
        life(scene, SPLITS, household, now, event="split", paper_number="2026-8", name="演示分户")


def death(scene: Scene, now: datetime) -> None:
    """Freeze a household after a death, until the family has brought its papers."""
    outlet = scene.outlets[DIES]
    household = someone(outlet, 3)
    if household:
        life(scene, DIES, household, now, event="freeze", cause="death", paper_number="2026-101")
        outlet.households = [one for one in outlet.households if one.number != household]
        outlet.points.pop(household, None)


def points_back(scene: Scene, now: datetime) -> None:
    """Take merit points back after a re-visit, with a notice and a second person; the household objects in vain."""
    household = someone(scene.outlets[RETURNED], 1, least=50)
    if not household:
        return
    asked = scene.do(
        propose_claw_back, RETURNED, "keeper", now, household=household, purse="merit", points=20,
        reason="回访与申报不符", place="村务公开栏", occurred_on=now.date(),
    )
    scene.agenda.add(now + timedelta(days=3), partial(object_in_vain, scene, asked["n"], household))
    scene.agenda.add(now + timedelta(days=10), partial(take_back, scene, asked["n"]))


def object_in_vain(scene: Scene, request: int, household: str, now: datetime) -> None:
    """Let the household object to what is to be taken back; the answer, two days later, does not uphold it."""
    said = scene.do(
        object_to_claw_back, RETURNED, "keeper", now, request=request, way="spoken", objector=household,
        words="户主说当天在场", occurred_on=now.date(),
    )
    answered = now + timedelta(days=2)
    scene.later(
        answered, answer_claw_back_objection, RETURNED, "supervisor", request=request, objection=said["n"],
        result="not-upheld", decided_by="committee", words="再次入户核实，已当面答复", occurred_on=answered.date(),
    )


def take_back(scene: Scene, request: int, now: datetime) -> None:
    """Take the points back, as the supervisor."""
    scene.do(confirm_claw_back, RETURNED, "supervisor", now, request=request)
    recount(scene, RETURNED)


def announce(scene: Scene, end: date, now: datetime) -> None:
    """Hang up what will lapse at a quarter's end."""
    if what_lapses(scene.session, LAPSES_AT, end, KEPT):
        said = {"through": end, "occurred_on": now.date(), "place": "村务公开栏"}
        scene.do(announce_lapse, LAPSES_AT, "clerk", now, **said)


def lapse_twice(scene: Scene, now: datetime) -> None:
    """Book the run, take it back the same day as a whole, and book it again."""
    runs = runs_of(scene.session, LAPSES_AT)
    due = what_lapses(scene.session, LAPSES_AT, runs[0].through, KEPT) if runs else {}
    if not due.keys() & lapse_lines(scene.session, LAPSES_AT, 1).keys():
        # In a small county all may have been spent meanwhile.
        return
    booked = scene.do(book_lapse, LAPSES_AT, "supervisor", now, run=1)
    said = {"number": booked["number"], "reason": "先核对一遍名单"}
    scene.do(reverse, LAPSES_AT, "checker", now + timedelta(hours=4), **said)
    scene.do(book_lapse, LAPSES_AT, "supervisor", now + timedelta(hours=5), run=1)
    recount(scene, LAPSES_AT)
