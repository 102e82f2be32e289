"""Points of the demo: each month a meeting, a notice on the board, and a second person who credits."""

from datetime import date, datetime, timedelta
from functools import partial

from ledger.demo.people import SUPPORT_TENTHS
from ledger.demo.scene import Outlet, Scene, at
from ledger.operations.credit import credit_sheet
from ledger.operations.notice import publish_notice
from ledger.operations.sheet import draw_sheet
from ledger.registers.rules import Rule
from ledger.registers.sheets import lines_of, sheet_of
from ledger.terms import LineStatus, Purse, Role, SheetStatus

SUPPORT_RULE = "BS01"
SHARE = 0.3
"""How many of an outlet's households earn merit in a month."""

DEEDS = {
    "HJ01": 12, "HJ02": 12, "HJ03": 8, "HJ04": 2, "HJ05": 6, "CY01": 7, "CY02": 1, "CY05": 11, "XL01": 8, "XL02": 1,
    "YF02": 5, "LL01": 8, "LL02": 2, "LL04": 6, "GY01": 14, "GY02": 7, "GY03": 10, "HY01": 6, "BZ01": 1,
}
"""How often a deed comes up; together a line has nine points in the mean."""

CAPPED_AT = "LY05"
ALWAYS_HELPED = ("LY01", "H0001", "GY01")
"""The household a visitor sees first has earned something every month."""


def assess(scene: Scene, purse: Purse, period: str, posted: datetime | None, book: str, now: datetime) -> None:
    """Draw up an outlet's sheet after the meeting; it goes on notice at `posted`, if at all."""
    outlet = scene.outlets[book]
    lines = support_lines(outlet) if purse == Purse.SUPPORT else merit_lines(scene, outlet, now.date())
    if not lines:
        return
    answer = scene.do(
        draw_sheet, book, "clerk", now, period=period, purse=str(purse), occurred_on=now.date(), lines=lines,
        minutes=f"{outlet.name}{period}评议会记录",
    )
    if posted:
        scene.agenda.add(posted, partial(post, scene, book, answer["n"]))


def support_lines(outlet: Outlet) -> list[dict[str, object]]:
    """Return a line for each household with a right to them; the notice never says why."""
    return [
        {"household": household.number, "rule": SUPPORT_RULE, "points": SUPPORT_TENTHS}
        for household in outlet.households
        if household.number in outlet.frail and household.number != outlet.kin["clerk"]
    ]


def merit_lines(scene: Scene, outlet: Outlet, day: date) -> list[dict[str, object]]:
    """Return one to three deeds for a share of the households, never the clerk's own."""
    able = [household.number for household in outlet.households if household.number != outlet.kin["clerk"]]
    helped = {*outlet.dice.sample(able, round(SHARE * len(able)))}
    lines: list[dict[str, object]] = []
    for number in able:
        if (outlet.book, number) == ALWAYS_HELPED[:2]:
            lines.append({"household": number, "rule": ALWAYS_HELPED[2], "points": 100})
        elif number in helped:
            lines += [{"household": number, **deed} for deed in deeds(outlet, scene.rules, day)]
    if outlet.book == CAPPED_AT:
        # Three times ten points for sweeping in one month: the cap of twenty leaves nothing for the third.
        lines += [
            {"household": able[0], "rule": "HJ02", "points": 100, "evidence": f"第{time}次大扫除签到表"}
            for time in "一二三"
        ]
    return lines


def deeds(outlet: Outlet, rules: dict[str, Rule], day: date) -> list[dict[str, object]]:
    """Return what one household did in a month, in whole points within the range of each rule."""
    done = {*outlet.dice.choices(list(DEEDS), list(DEEDS.values()), k=outlet.dice.choice((1, 1, 1, 2, 2, 3)))}
    return [
        {
            "rule": code, "evidence": f"见{day.month}月{day.day}日评议记录",
            "points": outlet.dice.randrange(rules[code].points_min, rules[code].points_max + 1, 10),
        }
        for code in sorted(done)
    ]


def post(scene: Scene, book: str, sheet: int, now: datetime, *, creditor: Role = Role.SUPERVISOR) -> None:
    """Hang a sheet on the board; when the notice has run, it is credited."""
    answer = scene.do(publish_notice, book, "keeper", now, sheet=sheet, occurred_on=now.date(), place="村务公开栏")
    ready = credited_on(date.fromisoformat(answer["until"]))
    scene.agenda.add(at(ready, "15:30"), partial(credit, scene, book, sheet, creditor))


def credited_on(until: date) -> date:
    """Return the day a sheet is credited: about the fourth, never before its notice has run."""
    after = until + timedelta(days=1)
    return max(after, after.replace(day=4))


def credit(scene: Scene, book: str, sheet: int, creditor: Role, now: datetime) -> None:
    """Credit a sheet as somebody who scored nothing on it; one whose only line was struck is left."""
    if sheet_of(scene.session, book, sheet).status != SheetStatus.ON_NOTICE:
        return
    scene.do(credit_sheet, book, creditor, now, sheet=sheet, occurred_on=now.date())
    for line in lines_of(scene.session, book, sheet):
        if line.status == LineStatus.CREDITED:
            scene.outlets[book].points[line.household] += line.points_tenths
